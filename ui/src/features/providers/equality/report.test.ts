import { describe, expect, it } from 'vitest';
import type { EqualityReport, FirmShare } from '$lib/api/generated';
import { daysOf, wrongDays } from './period';
import { compared, conclusion, deviation, linesOf, part, sorted, type Line } from './report';

const share = (firm: string, over: Partial<FirmShare> = {}): FirmShare => ({
  firm, passed: 10, left_out: 2, drawn: 3, expected_millionths: 3_000_000, real_share: 2_500, expected_share: 2_500, deviation_hundredths: 10, listed: 3, chosen: 1, ...over,
});
const report = (firms: FirmShare[], names = 400): EqualityReport => ({ from: '2026-01-01', until: '2026-11-22', lists: 140, names, without_choice: 12, firms, filters: [] });
const line = (name: string, over: Partial<FirmShare> = {}): Line => ({ name, share: share(name, over) });

describe('the period', () => {
  it('ends today and begins where it says', () => {
    expect(daysOf('year', '2026-11-22')).toEqual({ from: '2026-01-01', until: '2026-11-22' });
    expect(daysOf('quarter', '2026-11-22').from).toBe('2026-10-01');
    expect(daysOf('quarter', '2026-03-31').from).toBe('2026-01-01');
    expect(daysOf('months', '2026-11-22').from).toBe('2025-11-23');
    expect(daysOf('months', '2026-12-31').from).toBe('2026-01-01');
    expect(daysOf('months', '2028-02-29').from).toBe('2027-03-01');
  });

  it('has two days in their order', () => {
    expect(wrongDays({ from: '', until: '2026-01-01' })).toBe('dayMissing');
    expect(wrongDays({ from: '2026-02-01', until: '2026-01-01' })).toBe('order');
    expect(wrongDays({ from: '2026-01-01', until: '2026-01-01' })).toBeNull();
  });
});

describe('the equality report', () => {
  it('writes figures as French reads them', () => {
    expect([0, 123, -310].map(deviation)).toEqual(['0', '+1,2', '−3,1']);
    expect(part(1_250)).toBe('12,5\u202f%');
  });

  it('sorts by any column, both ways', () => {
    const lines = [line('Ardenvor', { drawn: 1 }), line('Octobaie', { drawn: 5 }), line('Bocalys', { drawn: 5 })];
    expect(sorted(lines, 'drawn', false).map(({ name }) => name)).toEqual(['Bocalys', 'Octobaie', 'Ardenvor']);
    expect(sorted(lines, 'firm', true).map(({ name }) => name)).toEqual(['Octobaie', 'Bocalys', 'Ardenvor']);
  });

  it('compares those that could be drawn, the furthest first', () => {
    const lines = [line('A', { deviation_hundredths: 20 }), line('B', { deviation_hundredths: -350 }), line('C', { passed: 0 })];
    expect(compared(lines).map(({ name }) => name)).toEqual(['B', 'A']);
  });

  it('concludes: fair, unfair by name, exactly as expected, nothing', () => {
    const near = [line('A'), line('B', { deviation_hundredths: 300 })];
    expect(conclusion(report([]), near)).toMatchObject({ fair: true });
    expect(conclusion(report([]), near).sentences[0]).toContain('Les 2 entreprises');
    expect(conclusion(report([], 12), near).sentences.at(-1)).toContain('12 noms seulement');
    const far = conclusion(report([]), [...near, line('Octobaie', { deviation_hundredths: -301 })]);
    expect(far.fair).toBe(false);
    expect(far.sentences[0]).toContain('Octobaie');
    expect(conclusion(report([]), [line('A', { deviation_hundredths: 0 })]).sentences[0]).toContain('exactement');
    expect(conclusion(report([], 0), []).sentences[0]).toContain('Aucun nom');
  });

  it('names firms that are gone', () => {
    const [only] = linesOf({ report: report([share('x')]), firms: [] });
    expect(only?.name).toContain('n’est plus');
  });
});
