// What a finding leads to: a fix that the product applies, or the place where a person settles it.
import type { Rfc2350Finding, Rfc2350Fix, Rfc2350Lang, Rfc2350Section } from '$lib/api/generated';

/** A field of the head that a finding may lead to. */
export type HeadField = 'tlp' | 'version' | 'dated' | 'found_at' | 'announced_at' | 'key_at';

export type Destination =
  | { to: 'text'; section: Rfc2350Section; lang: Rfc2350Lang }
  | { to: 'section'; section: Rfc2350Section }
  | { to: 'head'; field: HeadField }
  | { to: 'profile' }
  | { to: 'key' };

const BY_HAND: readonly Rfc2350Fix['fix'][] = ['write', 'translate', 'change_place', 'fill_profile', 'choose_key', 'extend_key'];

/** Whether the product can do it by itself. */
export function isAutomatic(fix: Rfc2350Fix): boolean {
  return !BY_HAND.includes(fix.fix);
}

function placeOf(section: Rfc2350Section): HeadField {
  if (section === 'distribution') return 'announced_at';
  return section === 'location' ? 'found_at' : 'key_at';
}

/** Where a person settles it; none for the document as a whole. */
export function destination({ fix, section }: Rfc2350Finding): Destination | null {
  switch (fix?.fix) {
    case 'write':
      return { to: 'text', section: fix.section, lang: 'fr' };
    case 'translate':
      return { to: 'text', section: fix.section, lang: 'en' };
    case 'change_place':
      return { to: 'head', field: placeOf(fix.section) };
    case 'fill_profile':
      return { to: 'profile' };
    case 'choose_key':
    case 'extend_key':
      return { to: 'key' };
    default:
      return section === null ? null : { to: 'section', section };
  }
}

/** Where the facts of a section come from. */
export type Source = 'profile' | 'key' | 'head';

export function sourceOf(section: Rfc2350Section): Source {
  if (section === 'keys') return 'key';
  return ['last_update', 'distribution', 'location', 'authentication', 'members'].includes(section) ? 'head' : 'profile';
}
