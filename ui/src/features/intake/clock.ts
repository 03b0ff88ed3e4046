import { t } from '$lib/messages/index.svelte';

const SECONDS = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

/** « 09 h 41 min 52 s », Paris time. */
export function clock(instant: string): string {
  // By its parts: engines write a whole time differently.
  const parts = SECONDS.formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return t.intake.clock(part('hour'), part('minute'), part('second'));
}

/** « 06 min 12 s », « 1 h 04 min »; milliseconds in. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${two(minutes)}\u202fmin\u202f${two(seconds % 60)}\u202fs`
    : `${Math.floor(minutes / 60)}\u202fh\u202f${two(minutes % 60)}\u202fmin`;
}
