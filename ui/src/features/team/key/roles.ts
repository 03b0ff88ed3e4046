// What a key of the certificate is for.
import type { KeyEntryView, TeamKeyView } from '$lib/api/generated';

export const ROLES = ['certification', 'documents', 'mail', 'encryption'] as const;
export type KeyRole = (typeof ROLES)[number] | 'other';

/** A key that does not say what it signs signs documents when the team chose it for that. */
export function role(key: TeamKeyView, entry: KeyEntryView): KeyRole {
  if (entry.fingerprint === key.document_key && entry.role !== 'certification') return 'documents';
  return ROLES.find((known) => known === entry.role) ?? 'other';
}

export function roleOf(key: TeamKeyView, fingerprint: string): KeyRole {
  const entry = key.keys.find((known) => known.fingerprint === fingerprint);
  return entry ? role(key, entry) : 'other';
}

/** What an access must open to hold it, as the host names it. */
export function heldBy(what: KeyRole): 'documents' | 'mail' {
  return what === 'mail' || what === 'encryption' ? 'mail' : 'documents';
}
