// What the list of keys shows, and which keys end soon.
import type { CorrespondentKey } from '$lib/api/generated';
import { standing } from '$shared/key/standing';

export type Filter = 'all' | 'attention' | 'verified' | 'seen';
export const FILTERS: readonly Filter[] = ['all', 'attention', 'verified', 'seen'];

/** The name of a key's first user id, without the address. */
export function nameOf(key: Pick<CorrespondentKey, 'user_ids' | 'addresses'>): string {
  const first = key.user_ids[0] ?? '';
  const name = first.replace(/<[^>]*>\s*$/, '').trim();
  return name || key.addresses[0] || first;
}

/** Whether somebody should do something about it: it changed, or it is no use or soon none. A refused key is settled. */
export function needsAttention(key: CorrespondentKey): boolean {
  const each = standing(key);
  if (each === 'refused') return false;
  return !['seen', 'accepted', 'verified'].includes(each) || key.days !== null;
}

export function shownBy(filter: Filter, key: CorrespondentKey): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'attention':
      return needsAttention(key);
    case 'verified':
      return standing(key) === 'verified';
    case 'seen':
      return ['seen', 'accepted', 'again'].includes(standing(key));
  }
}

/** Keys that have ended or will within sixty days, the nearest first; those that nobody uses any more are left out. */
export function endings(keys: readonly CorrespondentKey[]): CorrespondentKey[] {
  return keys
    .filter((key) => key.days !== null && key.trust !== 'refused' && key.fitness !== 'revoked')
    .sort((a, b) => (a.days ?? 0) - (b.days ?? 0));
}
