// What sending a draft means, counted: the sentences of the right column and of the block of obstacles are made from it.
import type { KeylessWay, Obstacle, ProtectionView, RecipientView, Tlp } from '$lib/api/generated';
import { TLP_ORDER } from '$lib/marking.svelte';
import { canVerify, standingOf } from '$shared/key/standing';

/** Told where the ways out are, and not among the other obstacles. */
const WAYS_OUT: readonly Obstacle[] = ['keyless_undecided', 'key_unconfirmed', 'awaiting_key'];

/** How many recipients the mail reaches in each way. */
export interface Counts {
  all: number;
  encrypted: number;
  locked: number;
  clear: number;
  blocked: number;
  leftOut: number;
}

export function countWays(recipients: readonly RecipientView[]): Counts {
  const of = (way: RecipientView['way']) => recipients.filter((recipient) => recipient.way === way).length;
  return { all: recipients.length, encrypted: of('encrypted'), locked: of('locked'), clear: of('clear'), blocked: of('blocked'), leftOut: of('left_out') };
}

/** What a protection says, in one code: the first that holds. */
export type ProtectionCode = 'nobody' | 'blocked' | 'encrypted' | 'mixed' | 'locked' | 'clear';

export function protectionCode(protection: ProtectionView): ProtectionCode {
  const { all, encrypted, locked, clear, blocked, leftOut } = countWays(protection.recipients);
  if (all === 0) return 'nobody';
  if (blocked > 0) return 'blocked';
  if (clear > 0) return encrypted + locked > 0 ? 'mixed' : 'clear';
  if (locked > 0) return encrypted > 0 ? 'mixed' : 'locked';
  return encrypted === 0 && leftOut > 0 ? 'nobody' : 'encrypted';
}

/** Those whom nothing can be encrypted to, whatever was decided for them. */
export function keyless(protection: ProtectionView): RecipientView[] {
  return protection.recipients.filter((recipient) => recipient.way === 'blocked' || recipient.way === 'locked' || recipient.way === 'left_out');
}

/** Those who have a key that would do once somebody has compared it: the remedy is a call. */
export function unconfirmed(protection: ProtectionView): RecipientView[] {
  return protection.recipients.filter((recipient) => recipient.way === 'blocked' && canVerify(standingOf(recipient.key)));
}

/** What is only not written yet: no reason for alarm. */
const UNFINISHED = ['no_recipient', 'no_subject', 'empty'] as const;
export type Unfinished = (typeof UNFINISHED)[number];

export function unfinished(protection: ProtectionView): Unfinished[] {
  return UNFINISHED.filter((each) => protection.obstacles.includes(each));
}

/** Obstacles that neither writing on nor the ways out for keyless recipients take away. */
export function otherObstacles(protection: ProtectionView): Obstacle[] {
  const told: readonly Obstacle[] = [...WAYS_OUT, ...UNFINISHED];
  return protection.obstacles.filter((obstacle) => !told.includes(obstacle));
}

/** Whether the ways out are to be chosen from: somebody cannot be reached, or a way was chosen for them. */
export function mustChoose(protection: ProtectionView): boolean {
  return keyless(protection).length > 0;
}

/** From TLP:AMBER on nothing leaves in clear. */
export function forbidsClear(tlp: Tlp): boolean {
  return TLP_ORDER.indexOf(tlp) >= TLP_ORDER.indexOf('TLP:AMBER');
}

/** What the one full button does, so that it says it. */
export type Going = 'send' | 'lock' | 'password' | 'ask';

export function going(protection: ProtectionView, way: KeylessWay): Going {
  const locked = protection.recipients.some((recipient) => recipient.way === 'locked');
  const lacking = keyless(protection).length - unconfirmed(protection).length;
  if (way === 'ask_key' && lacking > 0) return 'ask';
  if (locked) return way === 'password' ? 'password' : 'lock';
  return 'send';
}
