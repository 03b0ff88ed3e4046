import { describe, expect, it } from 'vitest';
import type { CaseView, FactView } from '$lib/api/generated';
import { emptyReport } from '$shared/report/items';
import { midnight } from './day';
import { days, figure } from './timeline';

const fact = (id: string, at: string): FactView => ({
  id, at, estimated: false, kind: 'action', title: id, detail: '', author: null, automatic: false,
});
const now = Date.parse('2026-03-12T09:00:00Z');

function view(part: Partial<CaseView>): CaseView {
  return {
    report: emptyReport(), received_at: '2026-03-11T07:17:00Z', status: 'coordination', reached: {}, facts: [], ...part,
  } as CaseView;
}

describe('the list by day', () => {
  it('puts the newest day and the newest fact first, as Paris counts days', () => {
    const found = days([fact('a', '2026-03-11T07:40:00Z'), fact('b', '2026-03-11T23:30:00Z'), fact('c', '2026-03-12T08:00:00Z')], midnight);
    expect(found.map((day) => day.facts.map((each) => each.id))).toEqual([['c', 'b'], ['a']]);
  });
});

describe('the figure', () => {
  it('holds every fact between its edges, in the order of time', () => {
    const drawn = figure(view({ facts: [fact('a', '2026-03-06T22:00:00Z'), fact('b', '2026-03-11T07:40:00Z')] }), now, midnight);
    const [a, b] = drawn.dots.map((dot) => dot.x);
    expect(a).toBeGreaterThan(0);
    expect(b).toBeGreaterThan(a ?? 0);
    expect(b).toBeLessThan(1_000);
    expect(drawn.now).toBeLessThanOrEqual(1_000);
  });

  it('never draws more than ten lines, from an hour to years', () => {
    for (const first of ['2026-03-12T08:10:00Z', '2026-03-11T07:17:00Z', '2026-01-01T00:00:00Z', '2019-01-01T00:00:00Z']) {
      const drawn = figure(view({ received_at: first, facts: [fact('a', first)] }), now, midnight);
      expect(drawn.ticks.length).toBeGreaterThan(0);
      expect(drawn.ticks.length).toBeLessThanOrEqual(10);
    }
  });

  it('puts the lines of days at midnight in Paris, across a clock change', () => {
    const drawn = figure(view({ received_at: '2026-03-24T10:00:00Z' }), Date.parse('2026-03-31T10:00:00Z'), midnight);
    for (const tick of drawn.ticks) expect(midnight(tick.at)).toBe(tick.at);
  });

  it('ends with the closing of a closed case', () => {
    const drawn = figure(view({ status: 'closed', reached: { closed: '2026-03-11T20:00:00Z' } }), now, midnight);
    expect(drawn.now).toBeNull();
    expect(drawn.care.to).toBeLessThan(1_000);
  });

  it('shows the attack from its beginning to its detection', () => {
    const report = emptyReport();
    report.started = { state: 'known', value: { at: '2026-03-06T22:00:00Z', estimated: true } };
    report.detected = { state: 'known', value: { at: '2026-03-11T07:40:00Z', estimated: false } };
    const { attack, detected } = figure(view({ report }), now, midnight);
    expect(attack?.estimated).toBe(true);
    expect(attack?.to).toBe(detected);
  });
});
