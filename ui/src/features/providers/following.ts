// What comes of a list: how far a firm came, what is to be noted next, and when to ask again.
import type { ListedFirm, ReferralFollowUp, ReferralStep, ReferralView, ShortlistView } from '$lib/api/generated';
import { plusDays } from '$lib/days';

/** The team asks for the first time so many days after the choice, or after the list was told. */
export const FIRST_CHECK_DAYS = 5;
/** And again so many days after an answer, while the work is not finished. */
const NEXT_CHECK_DAYS = 14;

export type Stage = Exclude<ReferralStep, 'declined'>;
export const DATED = ['handed_over_on', 'contact_on', 'quote_on', 'started_on', 'finished_on'] as const;
export type Dated = (typeof DATED)[number];

const STAGES: readonly { stage: Stage; field: Dated | null }[] = [
  { stage: 'chosen', field: null }, { stage: 'handed_over', field: 'handed_over_on' }, { stage: 'in_contact', field: 'contact_on' },
  { stage: 'quoted', field: 'quote_on' }, { stage: 'started', field: 'started_on' }, { stage: 'finished', field: 'finished_on' },
];

export interface Reached {
  stage: Stage;
  on: string | null;
  /** A step that was left out has no date, though a later one was reached. */
  state: 'done' | 'skipped' | 'next' | 'later';
}

/** The way of a firm, from the choice to the end. */
export function stages({ chosen_on, after }: Pick<ReferralView, 'chosen_on' | 'after'>): Reached[] {
  const days = STAGES.map(({ field }) => (field === null ? chosen_on : after[field]));
  const furthest = days.findLastIndex((on) => on !== null);
  return STAGES.map(({ stage }, place) => {
    const on = days[place] ?? null;
    const state = on !== null ? 'done' : place < furthest ? 'skipped' : place === furthest + 1 ? 'next' : 'later';
    return { stage, on, state };
  });
}

/** When to ask again after what was heard on a day; null once it is finished. The host proposes the same. */
export function nextCheck(after: ReferralFollowUp, on: string): string | null {
  if (after.finished_on !== null) return null;
  const heard = after.contact_on !== null || after.quote_on !== null || after.started_on !== null;
  return plusDays(on, heard ? NEXT_CHECK_DAYS : FIRST_CHECK_DAYS);
}

export type DayMistake = 'outOfOrder' | 'inTheFuture';

/** The days that cannot be. Details may be passed on late, so only the firm's own steps follow one another. */
export function mistakes(after: ReferralFollowUp, chosenOn: string, today: string): Partial<Record<Dated, DayMistake>> {
  const found: Partial<Record<Dated, DayMistake>> = {};
  let least = chosenOn;
  for (const field of DATED) {
    const on = after[field];
    if (on === null) continue;
    if (on > today) found[field] = 'inTheFuture';
    else if (on < least) found[field] = 'outOfOrder';
    else if (field !== 'handed_over_on') least = on;
  }
  return found;
}

/** The choice that stands: the last one that was not declined. */
export function standing(list: Pick<ShortlistView, 'referrals'>): ReferralView | null {
  return list.referrals.findLast((each) => each.step !== 'declined') ?? null;
}

/** Whether something of a list is still to be followed. */
export function isOpen(list: Pick<ShortlistView, 'referrals'>): boolean {
  const current = standing(list);
  return current !== null && current.step !== 'finished';
}

/** The name of a firm of a list. */
export function nameOf(list: Pick<ShortlistView, 'listed' | 'list'>, id: string): string {
  const everybody = [...list.listed.map((firm: ListedFirm) => firm.face), ...list.list.shortlist, ...[...list.list.ranked, ...list.list.excluded].map((firm) => firm.provider)];
  return everybody.find((face) => face.id === id)?.name ?? '';
}
