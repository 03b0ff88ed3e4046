import { describe, expect, it } from 'vitest';
import * as format from './format';

const now = new Date('2026-03-12T08:42:00Z');

describe('dates', () => {
  it('are told in Paris time, with the hour in the French manner', () => {
    expect(format.dateTime('2026-03-12T08:42:00Z', 'fr', now)).toBe('12\u00a0mars, 09\u202fh\u202f42');
    expect(format.dateTime('2026-07-12T22:30:00Z', 'fr', now)).toBe('13\u00a0juillet, 00\u202fh\u202f30');
  });
  it('carry the year only when it is another one', () => {
    expect(format.date('2025-12-31T12:00:00Z', 'fr', now)).toBe('31\u00a0décembre 2025');
    expect(format.date('2025-12-31T23:30:00Z', 'fr', now)).toBe('1er\u00a0janvier');
  });
  it('begin with a capital when they stand alone', () => {
    expect(format.longDate(now, 'fr')).toBe('Jeudi 12\u00a0mars 2026');
    expect(format.longDate(now, 'fr', false)).toBe('Jeudi 12\u00a0mars');
    expect(format.longDate(now, 'en')).toBe('Thursday 12\u00a0March 2026');
  });
  it('say yesterday and tomorrow by the Paris day, not by 24 hours', () => {
    expect(format.nearDate('2026-03-11T22:59:00Z', 'fr', now)).toBe('hier');
    expect(format.nearDate('2026-03-11T23:01:00Z', 'fr', now)).toBe('00\u202fh\u202f01');
    expect(format.nearDate('2026-03-13T07:00:00Z', 'en', now)).toBe('tomorrow');
    expect(format.nearDate('2026-03-02T07:00:00Z', 'fr', now)).toBe('2\u00a0mars');
  });
});

describe('local inputs', () => {
  it('go to UTC and come back, in winter and in summer', () => {
    for (const [local, utc] of [
      ['2026-03-12T09:42', '2026-03-12T08:42:00.000Z'],
      ['2026-07-14T00:00', '2026-07-13T22:00:00.000Z'],
      ['2026-10-26T09:00', '2026-10-26T08:00:00.000Z'],
      ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ] as const) {
      expect(format.fromLocalInput(local)).toBe(utc);
      expect(format.toLocalInput(utc)).toBe(local);
    }
  });
  it('refuse what is not a date', () => {
    expect(format.fromLocalInput('')).toBeNull();
    expect(format.fromLocalInput('hier')).toBeNull();
  });
});

describe('durations', () => {
  it('use the two largest units that help', () => {
    expect(format.duration(40_000, 'fr')).toBe('40\u202fs');
    expect(format.duration(12 * 60_000, 'fr')).toBe('12\u202fmin');
    expect(format.duration((45 * 60 + 58) * 60_000, 'fr')).toBe('45\u202fh\u202f58');
    expect(format.duration(3 * 24 * 3_600_000, 'fr')).toBe('3\u202fj');
    expect(format.duration(-5, 'fr')).toBe('0\u202fs');
  });
});

describe('numbers', () => {
  it('part the thousands with a narrow no-break space', () => {
    expect(format.euros(48_200, 'fr')).toBe('48\u202f200\u202f€');
    expect(format.number(100_000, 'fr')).toBe('100\u202f000');
    expect(format.percent(0.58, 'fr')).toBe('58\u202f%');
  });
  it('tell sizes in decimal units', () => {
    expect(format.size(999, 'fr')).toBe('999\u202fo');
    expect(format.size(1_430_000, 'fr')).toBe('1,4\u202fMo');
    expect(format.size(182_400, 'fr')).toBe('182\u202fko');
    expect(format.size(999_600, 'en')).toBe('1\u202fMB');
  });
});

describe('names', () => {
  it('shorten to initials and to a narrow form', () => {
    expect(format.initials('Aurore Vasselin')).toBe('AV');
    expect(format.initials('  élodie ')).toBe('É');
    expect(format.shortName('Aurore de La Vasselin')).toBe('A. de La Vasselin');
  });
});
