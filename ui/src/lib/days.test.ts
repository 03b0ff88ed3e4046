import { describe, expect, it } from 'vitest';
import { daysUntil, plusDays, today } from './days';

describe('days', () => {
  it('are those of Paris, on both sides of midnight', () => {
    expect(today(new Date('2026-11-22T22:59:00Z'))).toBe('2026-11-22');
    expect(today(new Date('2026-11-22T23:01:00Z'))).toBe('2026-11-23');
    expect(today(new Date('2026-07-14T22:30:00Z'))).toBe('2026-07-15');
  });

  it('are counted whole over the change of the clocks, months and years', () => {
    expect(plusDays('2026-10-23', 5)).toBe('2026-10-28');
    expect(plusDays('2026-12-29', 5)).toBe('2027-01-03');
    expect(daysUntil('2026-10-28', '2026-10-23')).toBe(5);
    expect(daysUntil('2026-11-20', '2026-11-22')).toBe(-2);
    expect(daysUntil('2026-11-22', '2026-11-22')).toBe(0);
  });
});
