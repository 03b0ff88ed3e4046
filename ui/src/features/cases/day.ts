// Days as Paris counts them.
import { fromLocalInput, toLocalInput } from '$lib/format';

/** The instant at which a day ("2026-03-11") begins in Paris, `days` later. */
export function dayStart(day: string, days: number): string {
  const shifted = new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  return fromLocalInput(`${shifted}T00:00`) ?? new Date(`${shifted}T00:00:00Z`).toISOString();
}

/** The instant, milliseconds, at which the Paris day of an instant begins. */
export function midnight(at: number): number {
  return new Date(dayStart(toLocalInput(new Date(at)).slice(0, 10), 0)).getTime();
}
