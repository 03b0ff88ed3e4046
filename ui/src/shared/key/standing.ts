// What a key is worth, at a glance: the team's opinion and what the key is good for, in one word.
import type { KeyFitness, KeyTrust, RecipientKey } from '$lib/api/generated';

export type Standing = 'absent' | 'refused' | 'expired' | 'revoked' | 'weak' | 'no_encryption' | 'not_yet_valid' | 'again' | 'seen' | 'accepted' | 'verified';

/** Colour of a standing (badges.css); never the only sign. */
export type StandingTone = 'verified' | 'seen' | 'expired' | 'absent';

const TONES: Record<Standing, StandingTone> = {
  absent: 'absent', refused: 'absent', revoked: 'absent', weak: 'absent', no_encryption: 'absent',
  expired: 'expired', not_yet_valid: 'expired', again: 'expired', seen: 'seen', accepted: 'seen', verified: 'verified',
};

/** A key that cannot be used says why before anybody's opinion counts. */
export function standing(key: { trust: KeyTrust | null; fitness: KeyFitness | null }): Standing {
  if (key.trust === null || key.fitness === null) return 'absent';
  if (key.trust === 'refused') return 'refused';
  if (key.fitness !== 'fit') return key.fitness;
  return key.trust === 'to_verify_again' ? 'again' : key.trust;
}

export function standingOf(key: RecipientKey): Standing {
  return key.id === null ? 'absent' : standing(key);
}

export function toneOf(each: Standing): StandingTone {
  return TONES[each];
}

/** Whether comparing the fingerprint over the telephone would help. */
export function canVerify(each: Standing): boolean {
  return each === 'seen' || each === 'accepted' || each === 'again';
}

/** The groups of a fingerprint, four characters each, whatever separates them. */
export function groups(fingerprint: string): string[] {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase().match(/.{1,4}/g) ?? [];
}

/** The groups by lines of five, as they are read aloud. */
export function lines(fingerprint: string, perLine = 5): string[][] {
  const all = groups(fingerprint);
  return Array.from({ length: Math.ceil(all.length / perLine) }, (_, line) => all.slice(line * perLine, (line + 1) * perLine));
}
