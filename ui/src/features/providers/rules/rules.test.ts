import { describe, expect, it } from 'vitest';
import type { MatchRules } from '$lib/api/generated';
import { bandsOf, changesOf, CRITERIA, draftOf, rulesOf, sameRules, shareOf, totalOf } from './rules';

const rules: MatchRules = {
  weights: { experience: 20, technologies: 20, label: 15, distance: 10, on_site: 15, key: 5, kind: 5, size: 0, satisfaction: 10 },
  band_points: 10,
  names: 3,
};

describe('the rule as it is written', () => {
  it('comes back as it went in', () => {
    expect(rulesOf(draftOf(rules))).toEqual(rules);
    expect(totalOf(draftOf(rules))).toBe(100);
  });

  it('is none while a number is wrong', () => {
    const draft = draftOf(rules);
    for (const text of ['', '-1', '2,5', '1001']) expect(rulesOf({ ...draft, weights: { ...draft.weights, key: text } }), text).toBeNull();
    for (const text of ['', '0', '101']) expect(rulesOf({ ...draft, band: text }), text).toBeNull();
  });

  it('shares 100 points out, and none where all weights are nought', () => {
    expect(shareOf(15, 60)).toBe(25);
    expect(shareOf(0, 0)).toBe(0);
    expect([1, 10, 30, 100].map(bandsOf)).toEqual([100, 10, 4, 1]);
  });

  it('tells what changes in points, so that twice all weights changes nothing but the text', () => {
    const twice: MatchRules = { ...rules, weights: Object.fromEntries(CRITERIA.map((each) => [each, rules.weights[each] * 2])) as MatchRules['weights'] };
    expect(changesOf(rules, twice)).toEqual([]);
    expect(sameRules(rules, twice)).toBe(false);
    const other = { ...rules, names: 4, band_points: 5, weights: { ...rules.weights, size: 100 } };
    const found = changesOf(rules, other);
    expect(found.find((change) => change.what === 'size')).toEqual({ what: 'size', before: 0, after: 50 });
    expect(found.slice(-2)).toEqual([{ what: 'band', before: 10, after: 5 }, { what: 'names', before: 3, after: 4 }]);
  });
});
