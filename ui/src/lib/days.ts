// Days without an hour, as the host writes them: "2026-11-27", by the calendar of Paris.
import { toLocalInput } from './format';

const DAY = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day that it is in Paris. */
export function today(now: Date = new Date()): string {
  return toLocalInput(now).slice(0, 10);
}

/** Days from one to another, negative when it is over. */
export function daysUntil(day: string, from: string = today()): number {
  return Math.round((at(day) - at(from)) / DAY);
}

/** So many days later. */
export function plusDays(day: string, count: number): string {
  return new Date(at(day) + count * DAY).toISOString().slice(0, 10);
}
