// How a mail of the outbox stands, in one state.
import type { DeliveryState, OutboxRow } from '$lib/api/generated';
import { t } from '$lib/messages/index.svelte';

/** Told in a sentence of its own; the first that holds. */
export type OutboxState =
  | 'approval' | 'held' | 'uncertain' | 'refused' | 'bounced' | 'offline' | 'failed' | 'waiting' | 'sent' | 'cancelled' | 'exported';

/** States in which nothing goes on before somebody decides. */
const STUCK: readonly OutboxState[] = ['approval', 'uncertain', 'refused', 'bounced'];

export function outboxState(row: OutboxRow, now: Date): OutboxState {
  const has = (state: DeliveryState) => row.deliveries.some((delivery) => delivery.state === state);
  if (row.awaits_approval) return 'approval';
  if (has('uncertain')) return 'uncertain';
  if (has('waiting')) {
    if (row.held_until !== null && new Date(row.held_until) > now) return 'held';
    if (row.failure === 'unreachable') return 'offline';
    return row.failure === '' ? 'waiting' : 'failed';
  }
  if (has('refused')) return 'refused';
  if (has('bounced')) return 'bounced';
  if (has('sent')) return 'sent';
  return has('exported') ? 'exported' : has('cancelled') ? 'cancelled' : 'waiting';
}

export function isStuck(state: OutboxState): boolean {
  return STUCK.includes(state);
}

/** Whether it can still be kept from leaving, for those to whom it has not left. */
export function canCancel(row: OutboxRow): boolean {
  return row.deliveries.some((delivery) => delivery.state === 'waiting' || delivery.state === 'refused');
}

/** Seconds until a mail that is held leaves; 0 once it may. */
export function secondsLeft(heldUntil: string | null, now: Date): number {
  return heldUntil === null ? 0 : Math.max(0, Math.ceil((new Date(heldUntil).getTime() - now.getTime()) / 1000));
}

/** Why a line to a server failed, in a sentence. */
export function lineFailure(code: string): string {
  const known = t.mail.outbox.failures;
  return code !== 'other' && code in known ? (known[code as keyof typeof known] as string) : known.other(code);
}
