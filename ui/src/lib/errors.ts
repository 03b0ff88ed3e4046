// What the host refused, in a sentence: looked up by code, never by the text of the message.
import { isApiError } from './api/client';
import type { ApiError, Obstacle } from './api/generated';
import { t } from './messages/index.svelte';

export interface Explanation {
  what: string;
  safe: string;
  next: string;
  /** The field at fault, as the host names it. */
  field: string | null;
}

export function explain(error: unknown): Explanation {
  if (!isApiError(error) || !(error.code in t.errors.byCode)) return { ...t.errors.unknown, field: null };
  const known = t.errors.byCode[error.code];
  const seconds = waitSeconds(error);
  if (seconds !== null) return { ...known, next: t.errors.waitFor(seconds), field: error.field };
  // The field of a wrong PIN is the number of tries left, not a place in the form.
  if (error.code === 'card_pin') return { ...known, next: t.errors.triesLeft(Number(error.field)), field: null };
  // What stands in a mail's way is an obstacle of the composer's list, not a place in a form.
  if (error.code === 'mail_blocked') return { ...known, next: obstacle(error.field) ?? known.next, field: null };
  return { ...known, field: error.field };
}

function obstacle(name: string | null): string | null {
  if (name === 'four_eyes') return t.mail.compose.byOutboxOnly;
  const told = t.mail.compose.obstacles;
  return name !== null && name in told ? told[name as Obstacle] : null;
}

/** « Le disque est plein. Ce qui était enregistré est conservé. Libérez… » */
export function sentence(error: unknown): string {
  const { what, safe, next } = explain(error);
  return `${what} ${safe} ${next}`;
}

export function hasCode(error: unknown, ...codes: ApiError['code'][]): error is ApiError {
  return isApiError(error) && codes.includes(error.code);
}

/** Seconds to wait of a `wait` error, else null. */
export function waitSeconds(error: unknown): number | null {
  if (!hasCode(error, 'wait') || error.field === null) return null;
  const seconds = Number(error.field);
  return Number.isFinite(seconds) ? seconds : null;
}
