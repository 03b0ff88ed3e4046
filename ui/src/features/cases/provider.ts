// Where the help of a provider stands: whom the beneficiary chose, or what is missing for it.
import type { ShortlistView } from '$lib/api/generated';
import { daysUntil, plusDays } from '$lib/days';
import { t } from '$lib/messages/index.svelte';

/** A choice is asked for so many days after the list was told. */
const FIRST_CHECK_DAYS = 5;

export interface Said {
  text: string;
  /** « prochain point demain », or empty. */
  check: string;
  late: boolean;
}

type Lists = readonly Pick<ShortlistView, 'listed' | 'referrals' | 'told_on'>[];

/** In words; null where no list was drawn. Lists come newest first. */
export function standingOf(lists: Lists): Said | null {
  const words = t.referrals.line;
  const nameOf = (firm: string) => lists.flatMap((list) => list.listed).find((each) => each.face.id === firm)?.face.name ?? t.referrals.today.gone;
  const referrals = lists.toReversed().flatMap((list) => list.referrals);
  const current = referrals.findLast((each) => each.step !== 'declined');
  if (current) {
    const on = current.after.check_on;
    const text = words.firm(nameOf(current.firm), t.referrals.step[current.step].toLocaleLowerCase());
    return { text, check: on === null ? '' : words.check(t.referrals.due(daysUntil(on))), late: on !== null && daysUntil(on) < 0 };
  }
  const [newest] = lists;
  if (!newest) return null;
  const refused = newest.referrals.at(-1);
  if (refused) return { text: words.declined(nameOf(refused.firm)), check: '', late: false };
  if (newest.told_on === null) return { text: words.notTold, check: '', late: false };
  const left = daysUntil(plusDays(newest.told_on, FIRST_CHECK_DAYS));
  return { text: words.waiting, check: t.referrals.due(left), late: left < 0 };
}
