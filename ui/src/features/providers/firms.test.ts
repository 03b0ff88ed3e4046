import { describe, expect, it } from 'vitest';
import type { ExcludedFirm, FirmFace, MatchView, RankedFirm } from '$lib/api/generated';
import { bands, entries, letter, replaced, toggled, withOwn } from './firms';

const face = (id: string): FirmFace => ({ id, name: id, commune: 'Angers', departement: '49', place: null, labels: [], archived: false });
const ranked = (id: string, band: number): RankedFirm => ({ provider: face(id), score: 5_000, criteria: [], band, drawn: null, km: 10, referrals: 0, notices: [], answers_from: null });
const excluded = (id: string, comes_close: boolean, km: number | null = null): ExcludedFirm => ({ provider: face(id), km, reasons: [{ kind: 'remote_only' }], remedies: [], comes_close });

describe('the letters', () => {
  it('go on after Z as columns of a table do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(letter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});

describe('the bands', () => {
  it('keep the order of the answer', () => {
    const found = bands([ranked('a', 1), ranked('b', 1), ranked('c', 2), ranked('d', 4)]);
    expect(found.map((band) => [band.band, band.firms.map((firm) => firm.provider.id)])).toEqual([[1, ['a', 'b']], [2, ['c']], [4, ['d']]]);
    expect(bands([])).toEqual([]);
  });
});

describe('the entries', () => {
  const view = {
    ranked: [ranked('a', 1), ranked('b', 2)],
    excluded: [excluded('z', false), excluded('far', true, 171), excluded('near', true, 12), excluded('m', false)],
  } as unknown as MatchView;

  it('stand in the order of the screen, with a letter for those that may come onto the list', () => {
    expect(entries(view, ['b']).map((entry) => [entry.letter, entry.face.id, entry.standing])).toEqual([
      ['A', 'a', 'possible'], ['B', 'b', 'listed'], ['C', 'near', 'close'], ['D', 'far', 'close'], ['', 'm', 'excluded'], ['', 'z', 'excluded'],
    ]);
  });
});

describe('the short list', () => {
  it('takes a replacement in the place of the name that left, one after the other', () => {
    const changes = [{ out: 'b', by: 'x', reason: 'r' }, { out: 'x', by: 'y', reason: 'r' }];
    expect(replaced(['a', 'b', 'c'], changes)).toEqual(['a', 'y', 'c']);
    expect(replaced(['a'], [])).toEqual(['a']);
  });
});

describe('the choices', () => {
  it('are put in and taken out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('hold the value that is set', () => {
    expect(withOwn([50, 100], 71)).toEqual([50, 71, 100]);
    expect(withOwn([50, 100], 100)).toEqual([50, 100]);
    expect(withOwn([50], null)).toEqual([50]);
  });
});
