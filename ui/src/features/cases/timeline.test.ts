import { describe, expect, it } from 'vitest';
import type { CaseView, FactView } from '$lib/api/generated';
import { emptyReport } from '$shared/report/items';
import { midnight } from './day';
import { axis, days, figure } from './timeline';

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

describe('the axis', () => {
  const between = (from: string, until: string) => axis(Date.parse(from), Date.parse(until), midnight);
  const hoursOf = (ticks: { at: number }[]) => ticks.map((tick) => new Date(tick.at).toISOString().slice(11, 13));

  it('names the one day of a figure of some hours, at its left edge', () => {
    const { days: named, hours } = between('2026-03-11T07:10:00Z', '2026-03-11T13:00:00Z');
    expect(named.map((tick) => tick.x)).toEqual([0]);
    expect(hoursOf(hours)).toEqual(['08', '09', '10', '11', '12', '13']);
  });

  it('names every day that two days and a half touch, with hours between them and none at midnight', () => {
    const { days: named, hours } = between('2026-03-10T06:00:00Z', '2026-03-12T20:00:00Z');
    expect(named.map((tick) => tick.at)).toEqual(['2026-03-09T23:00Z', '2026-03-10T23:00Z', '2026-03-11T23:00Z'].map(Date.parse));
    expect(named[0]?.x).toBe(0);
    expect(hours.some((tick) => midnight(tick.at) === tick.at)).toBe(false);
  });

  it('leaves the day that ends at the left edge without a name, where the next one needs the room', () => {
    const { days: named } = between('2026-03-10T21:00:00Z', '2026-03-12T20:00:00Z');
    expect(named.map((tick) => tick.at)).toEqual(['2026-03-10T23:00Z', '2026-03-11T23:00Z'].map(Date.parse));
  });

  it('gives every date the room that it needs, from an hour to twenty years', () => {
    for (const from of ['2026-03-12T08:10Z', '2026-03-11T07:17Z', '2026-03-07T07:17Z', '2026-03-01T00:00Z', '2026-01-01T00:00Z', '2019-01-01T00:00Z', '2006-01-01T00:00Z']) {
      const { days: named, hours } = between(from, '2026-03-12T09:10Z');
      expect(named.length).toBeGreaterThan(0);
      for (const [ticks, room] of [[named, 125], [hours, 100]] as const) {
        for (const [index, tick] of ticks.slice(1).entries()) expect(tick.x - ticks[index]!.x, from).toBeGreaterThan(room);
      }
    }
  });

  it('puts the lines of days at midnight in Paris, across a clock change', () => {
    const { days: named } = between('2026-03-24T10:00Z', '2026-03-31T10:00Z');
    expect(named.length).toBeGreaterThan(2);
    for (const tick of named) expect(midnight(tick.at)).toBe(tick.at);
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
