// A plan that is being made and is not kept yet: it stays in memory while one looks elsewhere, as other texts that were begun.
import type { CrisisPin } from '$lib/api/generated';
import { keep, unsent } from '$lib/unsent';

const PLACE = 'crisis';

export interface Begun {
  cases: string[];
  pins: CrisisPin[];
}

export function begun(): Begun {
  const text = unsent(PLACE);
  return text === '' ? { cases: [], pins: [] } : (JSON.parse(text) as Begun);
}

/** Keeps it; without a case there is nothing to keep. */
export function keepBegun(plan: Begun): void {
  keep(PLACE, plan.cases.length === 0 ? '' : JSON.stringify(plan));
}
