import { describe, expect, it } from 'vitest';
import type { Provider, ProviderArea } from '$lib/api/generated';
import { checked, placeOf, still, TABS } from './firm/checking';
import { checks, codes, digits, moved, NO_PROVIDER, whole, withAreas, wrongDepartement } from './form';

describe('the form of a firm', () => {
  it('reads whole numbers and nothing else', () => {
    expect(['', ' 12 ', '0', '1 000'].map(whole)).toEqual([null, 12, 0, 1000]);
    expect(['-1', '1,5', 'deux', '70000'].map(whole)).toEqual([undefined, undefined, undefined, undefined]);
    expect(digits('812 345 678 00017')).toBe('81234567800017');
  });

  it('checks numbers of firms by their last digit', () => {
    expect(checks('732 829 320', 9)).toBe(true);
    expect(checks('732 829 321', 9)).toBe(false);
    expect(checks('73282932000074', 14)).toBe(true);
    expect(checks('73282932', 9)).toBe(false);
  });

  it('adds areas, each once', () => {
    const areas: ProviderArea[] = [{ kind: 'departement', code: '44' }, { kind: 'radius', km: 60 }];
    const more = codes('49, 44 2a').map((code): ProviderArea => ({ kind: 'departement', code }));
    expect(withAreas(areas, more)).toEqual([...areas, { kind: 'departement', code: '49' }, { kind: 'departement', code: '2A' }]);
  });

  it('tells codes of départements from others', () => {
    expect(wrongDepartement('44 2A 2B 974 01')).toBeNull();
    expect(wrongDepartement('44 20')).toBe('20');
    expect(wrongDepartement('44 99')).toBe('99');
    expect(wrongDepartement('44 Vendée')).toBe('VENDÉE');
  });

  it('moves what stands in a list, and nothing beyond its ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});

describe('what the host would refuse', () => {
  const today = '2026-11-22';
  const firm = (over: Partial<Provider>): Provider => ({ ...NO_PROVIDER, name: 'Octobaie', ...over });

  it('is told at its field, and at its place in a list', () => {
    expect(checked(firm({}), today)).toEqual([]);
    expect(checked(firm({ name: ' ', siret: '123' }), today).map((wrong) => wrong.field)).toEqual(['name', 'siret']);
    expect(checked(firm({ areas: [{ kind: 'france' }, { kind: 'radius', km: 40 }] }), today)).toEqual([{ field: 'areas', index: 1, mistake: 'contradictory' }]);
    expect(checked(firm({ absences: [{ from: '2026-08-10', to: '2026-08-01', reason: '' }, { from: '', to: '', reason: '' }] }), today)).toEqual([
      { field: 'absences', index: 0, mistake: 'ends_before_it_begins' }, { field: 'absences', index: 1, mistake: 'missing' },
    ]);
    expect(checked(firm({ conflicts: [{ kind: 'noted', note: '' }, { kind: 'beneficiary', siren: '1', note: '' }] }), today).map((wrong) => wrong.mistake)).toEqual(['missing', 'malformed']);
    expect(checked(firm({ charter_signed: '2026-11-23' }), today)).toEqual([{ field: 'charter_signed', index: null, mistake: 'in_the_future' }]);
    expect(checked(firm({ hours: { rule: 'working_days', from_minute: 1080, until_minute: 540 } }), today)[0]?.field).toBe('hours');
  });

  it('has a tab for every field', () => {
    for (const field of ['name', 'commune', 'areas', 'labels', 'label_expires', 'categories', 'hours', 'absences', 'conflicts', 'confirmed_on'] as const) expect(TABS).toContain(placeOf(field));
  });

  it('holds for the record only as long as its field is what it was', () => {
    const before = firm({});
    const told = [{ field: 'areas' as const, index: null, mistake: 'missing' as const }, { field: 'categories' as const, index: null, mistake: 'missing' as const }];
    expect(still(told, before, firm({ areas: [{ kind: 'france' }] })).map((wrong) => wrong.field)).toEqual(['categories']);
  });
});
