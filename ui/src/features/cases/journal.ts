// A change of the journal in words: which field, from what, to what.
import type { JournalChange } from '$lib/api/generated';
import { date, dateTime, euros, number } from '$lib/format';
import { speech, t } from '$lib/messages/index.svelte';
import { session } from '$lib/session.svelte';

/** One change as it is read. */
export interface Told {
  label: string;
  /** None when there was nothing, or nothing said. */
  before: string | null;
  /** None when it was taken away. */
  after: string | null;
}

/** Longest value shown, characters; the whole of it stands in its own tab. */
const LONGEST = 240;
const SEMICOLON = '\u202f; ';
const AXES = ['functional', 'information', 'recovery', 'urgency'];
/** Fields whose values are words of the field, by the list that names them. */
const WORDED: Record<string, keyof typeof t.words> = {
  kind: 'kind', categories: 'category', confirmation: 'confirmation', status: 'status', part: 'part', audience: 'audience',
  state: 'documentState', channel: 'channel', told_by: 'channel', remediation: 'remediation', target: 'reorientation', role: 'role',
};
/** Fields that hold a person of the team. */
const PEOPLE = ['assignee', 'recorded_by', 'settled_by', 'prepared_by', 'author', 'made_by', 'chosen_by'];
/** Fields that hold a firm of the registry. */
const FIRMS = ['chosen', 'firm', 'firms'];
const MOMENTS = ['at', 'received_at', 'changed_at', 'prepared_at', 'settled_at', 'written_at'];

function words(list: keyof typeof t.words, value: string): string {
  return (t.words[list] as Record<string, string>)[value] ?? value;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing, or an answer, a person or a list without anything in it. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isMap(value)) return false;
  return value.state === 'unasked' || Object.values(value).every(isNothing);
}

/** A value in words; `field` is its last name ("urgency" of "axes.urgency"). */
function say(entity: string, field: string, value: unknown): string {
  if (isNothing(value)) return t.cases.journal.nothing;
  if (Array.isArray(value)) return value.map((each) => say(entity, field, each)).join(value.some(isMap) ? SEMICOLON : ', ');
  if (typeof value === 'boolean') return value ? t.common.yes : t.common.no;
  if (isMap(value)) return sayMap(entity, field, value);
  if (typeof value === 'number') return sayNumber(field, value);
  const text = String(value);
  if (field === 'known_as') return t.cases.journal.card;
  if (PEOPLE.includes(field)) return session.nameOf(text) ?? t.common.somebody;
  if (field === 'kind' && entity === 'fact') return words('factKind', text);
  if (field === 'kind' && entity === 'organisation') return words('organisationKind', text);
  const list = WORDED[field];
  if (list) return words(list, text);
  if (field === 'rsit') return rsit(text);
  if (MOMENTS.includes(field) || /^\d{4}-\d\d-\d\dT/.test(text)) return dateTime(text, speech.language);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return date(text, speech.language);
  return cut(text);
}

function rsit(id: string): string {
  const found = session.reference?.rsit.find((each) => each.id === id);
  return found ? (speech.language === 'fr' ? found.label_fr : found.label_en) : id;
}

function sayNumber(field: string, value: number): string {
  if (AXES.includes(field)) {
    const axis = session.reference?.axes.find((each) => each.axis === field);
    const sentence = (speech.language === 'fr' ? axis?.levels_fr : axis?.levels_en)?.[value];
    return sentence === undefined ? String(value) : `${value} (${sentence})`;
  }
  // Instants travel as milliseconds inside the journal.
  if (value > 100_000_000_000) return dateTime(new Date(value), speech.language);
  if (field.endsWith('_euros')) return euros(value, speech.language);
  return number(value, speech.language);
}

function sayMap(entity: string, field: string, value: Record<string, unknown>): string {
  if ('state' in value && ['known', 'unknown', 'unasked'].includes(String(value.state))) {
    return value.state === 'unknown' ? t.intake.unknown : say(entity, field, value.value);
  }
  if ('measure' in value) return measure(value);
  if ('estimated' in value && 'at' in value) {
    const told = say(entity, 'at', value.at);
    return value.estimated === true ? `${told} (${t.intake.estimatedHour})` : told;
  }
  if ('given' in value) return t.cases.journal.consent(value.given === true ? t.common.yes : t.common.no, String(value.by ?? ''));
  if ('grade' in value) return [value.grade, value.reason].filter(Boolean).join(t.cases.colon);
  // An organisation inside a report is told like one.
  const inside = field === 'organisation' ? field : entity;
  const parts = Object.entries(value)
    .filter(([, part]) => !isNothing(part))
    .map(([name, part]) => `${label(inside, name)}${t.cases.colon}${say(inside, name, part)}`);
  return cut(parts.join(SEMICOLON));
}

/** A reflex measure, and how far it is. */
function measure({ measure: id, done_at }: Record<string, unknown>): string {
  const found = session.reference?.measures.find((each) => each.id === id);
  const title = (speech.language === 'fr' ? found?.title_fr : found?.title_en) ?? String(id);
  return `${title} (${done_at === null ? t.cases.journal.saidOnly : t.cases.journal.done})`;
}

/** The name of a field. */
function label(entity: string, field: string): string {
  const { fields, entities } = t.cases.journal;
  const path = `${entity}.${field}`;
  const last = field.split('.').at(-1) ?? field;
  const consent = /^consents\.(.+)$/.exec(field)?.[1];
  if (consent) return words('consent', consent);
  const reached = /^reached\.(.+)$/.exec(field)?.[1];
  if (reached) return t.cases.journal.reached(words('status', reached));
  const named = (fields as Record<string, string>)[path] ?? (fields as Record<string, string>)[field] ?? (fields as Record<string, string>)[last];
  if (named !== undefined) return named;
  const axis = session.reference?.axes.find((each) => each.axis === last);
  if (axis) return speech.language === 'fr' ? axis.name_fr : axis.name_en;
  // A field of a newer version: its own name, under the entity's.
  return `${(entities as Record<string, string>)[entity] ?? entity}, ${field}`;
}

/** A value as the journal writes it. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}

/** Firms by name, where it is known. */
function firms(value: unknown, named: Map<string, string>): string {
  const ids = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
  return ids.map((each) => named.get(each) ?? t.cases.journal.firm).join(', ') || t.cases.journal.nothing;
}

/** One change in words. `named` gives the names of things, by identifier. */
export function tell(change: JournalChange, named: Map<string, string> = new Map()): Told {
  const { entity, field, before, after } = change;
  const last = field.split('.').at(-1) ?? field;
  const value = (json: string) => {
    const found = parsed(json);
    if (entity === 'case' && field === 'organisation' && typeof found === 'string') return named.get(found) ?? t.cases.journal.card;
    if (FIRMS.includes(last) && ['shortlist', 'referral'].includes(entity)) return firms(found, named);
    return say(entity, last, found);
  };
  return {
    label: label(entity, field),
    before: before === null || isNothing(parsed(before)) ? null : value(before),
    after: after === null ? null : value(after),
  };
}
