// What the form can say of a profile before the host is asked, and what the host said. The host's own check decides.
import type { TeamProfile } from '$lib/api/generated';
import { hasCode } from '$lib/errors';

export type Problem =
  | 'missing' | 'mail' | 'phone' | 'web' | 'prefix' | 'hours' | 'repeated' | 'shape' | 'line_too_long' | 'text_too_long' | 'too_many';

const MAIL = /^[^\s@<>(),;"\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const WEB = /^https?:\/\/[^\s/]+\.[^\s]+$/;

/** What is wrong, by path of the field as the host names it (`authorities.2.phone`). */
export function check(profile: TeamProfile): Record<string, Problem> {
  const found: Record<string, Problem> = {};
  const required = (field: string, text: string) => {
    if (text.trim() === '') found[field] = 'missing';
  };
  const shaped = (field: string, text: string, shape: RegExp, problem: Problem) => {
    if (text.trim() !== '' && !shape.test(text.trim())) found[field] = problem;
  };
  required('short_name', profile.short_name);
  required('full_name', profile.full_name);
  required('host', profile.host);
  if (profile.address.every((line) => line.trim() === '')) found.address = 'missing';
  required('region', profile.region);
  required('reference_prefix', profile.reference_prefix);
  shaped('reference_prefix', profile.reference_prefix, /^[A-Z]{2,5}$/, 'prefix');
  required('phone', profile.phone);
  shaped('phone', profile.phone, /\d/, 'phone');
  required('mail', profile.mail);
  shaped('mail', profile.mail, MAIL, 'mail');
  shaped('website', profile.website, WEB, 'web');
  const { rule } = profile.opening;
  if (rule.rule === 'working_days' && rule.from_minute >= rule.until_minute) found['opening.rule'] = 'hours';
  profile.authorities.forEach((authority, place) => {
    required(`authorities.${place}.name`, authority.name);
    shaped(`authorities.${place}.phone`, authority.phone, /\d/, 'phone');
    shaped(`authorities.${place}.mail`, authority.mail, MAIL, 'mail');
    shaped(`authorities.${place}.url`, authority.url, WEB, 'web');
  });
  profile.sectors.forEach((sector, place) => {
    if (profile.sectors.indexOf(sector) !== place) found.sectors = 'repeated';
  });
  return found;
}

/** The last name of a field, and the problem of a wrong shape there. */
const SHAPES: Record<string, Problem> = { mail: 'mail', phone: 'phone', website: 'web', url: 'web', reference_prefix: 'prefix', rule: 'hours' };
/** Texts of several lines; the other fields have one. */
const TEXTS = ['text_fr', 'text_en', 'note', 'disclaimer_fr', 'disclaimer_en'];
const LISTS = ['address', 'sectors', 'authorities'];

/** The field that the host refused and why; empty when its error is about something else. */
export function refused(error: unknown): Record<string, Problem> {
  if (!hasCode(error, 'invalid', 'too_long') || !error.field?.startsWith('profile.')) return {};
  const field = error.field.slice('profile.'.length);
  // A line of the address and a sector are written in one field, with the others.
  const [list] = /^(address|sectors)\./.exec(field)?.slice(1) ?? [];
  return { [list ?? field]: problem(field, error.message) };
}

/** `reason` is the host's word for what is wrong. */
function problem(field: string, reason: string): Problem {
  const last = field.split('.').at(-1) ?? field;
  if (reason === 'missing' || reason === 'repeated') return reason;
  if (reason !== 'too_long') return SHAPES[last] ?? 'shape';
  if (LISTS.includes(field)) return 'too_many';
  return TEXTS.includes(last) ? 'text_too_long' : 'line_too_long';
}

/** Minutes after midnight of "09:30"; null of anything else. */
export function minutesOf(clock: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(clock);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= 24 * 60 ? minutes : null;
}

/** "09:30" of minutes after midnight. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** One entry a line, without blank lines. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}
