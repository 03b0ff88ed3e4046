import { describe, expect, it } from 'vitest';
import { toLocalInput } from '$lib/format';
import { understand } from './when';

// Thursday 12 March 2026, 09:42 in Paris.
const now = new Date('2026-03-12T08:42:30Z');
function heard(text: string) {
  const found = understand(text, now);
  return found && `${toLocalInput(found.at)}${found.estimated ? ' ~' : ''}`;
}

describe('a moment as a caller tells it', () => {
  it('is understood from a spoken day and an hour', () => {
    expect(heard('maintenant')).toBe('2026-03-12T09:42');
    expect(heard('hier 16h30')).toBe('2026-03-11T16:30');
    expect(heard('avant-hier à 7 h')).toBe('2026-03-10T07:00');
    expect(heard('lundi 9:05')).toBe('2026-03-09T09:05');
    expect(heard('jeudi')).toBe('2026-03-05T12:00 ~');
    expect(heard('16h30')).toBe('2026-03-12T16:30');
  });

  it('is an estimate when the hour was not told', () => {
    expect(heard('ce matin')).toBe('2026-03-12T08:00 ~');
    expect(heard('hier soir')).toBe('2026-03-11T20:00 ~');
    expect(heard('mardi après-midi')).toBe('2026-03-10T15:00 ~');
    expect(heard('hier')).toBe('2026-03-11T12:00 ~');
  });

  it('is understood from a date in figures or in words', () => {
    expect(heard('12/03/2026 16:30')).toBe('2026-03-12T16:30');
    expect(heard('2/3 à 8h')).toBe('2026-03-02T08:00');
    expect(heard('11 mars, 16 h 30')).toBe('2026-03-11T16:30');
    expect(heard('1er février 2025 23h')).toBe('2025-02-01T23:00');
    expect(heard('2026-03-01 04:00')).toBe('2026-03-01T04:00');
  });

  it('lies in the past when the year was left out', () => {
    expect(heard('25/12')).toBe('2025-12-25T12:00 ~');
  });

  it('holds across the night of a clock change', () => {
    expect(understand('25/10/2026 12h', new Date('2026-10-26T09:00:00Z'))?.at).toBe('2026-10-25T11:00:00.000Z');
  });

  it('is refused rather than guessed', () => {
    for (const text of ['', 'il y a longtemps', '31/02', '32 mars', 'hier 25h00', '12/03 à 9h75']) {
      expect(heard(text)).toBeNull();
    }
  });
});
