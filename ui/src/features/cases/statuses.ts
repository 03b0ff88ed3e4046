// Where a case may go from where it stands, as the host judges it.
import type { Status } from '$lib/api/generated';

/** Every status, in the order of the work. */
export const STATUSES: readonly Status[] = ['reported', 'qualification', 'coordination', 'resolution', 'closed'];

/** Forward by any number of steps, back by one; from closed to qualification or resolution (reopening). */
export function reachable(from: Status): Status[] {
  const here = STATUSES.indexOf(from);
  return STATUSES.filter((next, place) => {
    if (from === 'closed') return next === 'qualification' || next === 'resolution';
    return place > here || place === here - 1;
  });
}

/** Closing, reopening and going back need a reason. */
export function needsReason(from: Status, next: Status): boolean {
  return next === 'closed' || from === 'closed' || STATUSES.indexOf(next) < STATUSES.indexOf(from);
}
