// An entry of the journal in words: what it did, thing by thing, what matters first.
import type { JournalChange, JournalLine } from '$lib/api/generated';
import { t } from '$lib/messages/index.svelte';
import { isMap, isNothing, parsed, tell, type Told } from './journal';

/** Lines of a group that are shown at once; beyond, only the main ones are. */
const MOST = 8;
/** What one wants to know first of a thing. */
const MAIN = [
  'title', 'name', 'person', 'part', 'kind', 'categories', 'urgent', 'status', 'state', 'audience', 'organisation', 'tlp', 'at', 'text', 'detail',
];
/** The field that every thing of this entity is begun with, and that is never written again. */
const BEGINNING: Record<string, string> = { case: 'reference', contact: 'case', fact: 'case', note: 'case', document: 'case', organisation: 'name', shortlist: 'case', referral: 'case' };
/** The field that names a thing in the heading of its group. */
const NAMING: Record<string, string> = { fact: 'title', contact: 'person', document: 'file_name', organisation: 'name' };
/** Fields that only repeat what another line says, or that say nothing to a reader. */
const ECHOES = ['case', 'sha256', 'size', 'pages', 'signature', 'record_sha256', 'inputs', 'list', 'about', 'seed', 'mandate'];
/** Fields of something new that repeat who wrote the entry and when, or another answer of the report. */
const BEGUN_ECHOES: Record<string, readonly string[]> = {
  case: ['report.categories', 'report.received_at', 'report.urgent', 'axes.machines', 'axes.estate'],
  fact: ['author'], note: ['author', 'at'], document: ['prepared_by', 'prepared_at'], shortlist: ['made_by', 'made_at', 'on'], referral: ['chosen_by', 'chosen_on'],
};

/** What one entry did to one thing. */
export interface Group {
  id: string;
  /** "Nouveau fait : Chiffrement constaté". */
  heading: string;
  told: Told[];
  /** What is shown on demand only. */
  rest: Told[];
}

/** The names of the things that the entries began or renamed, by identifier. */
export function names(lines: readonly JournalLine[]): Map<string, string> {
  const found = new Map<string, string>();
  // Newest first: the last name given is the first met.
  for (const { entity, id, field, after } of lines.flatMap((line) => line.changes)) {
    if (field !== NAMING[entity] || after === null || found.has(id)) continue;
    const value = parsed(after);
    const name = isMap(value) ? value.name : value;
    if (typeof name === 'string' && name !== '') found.set(id, name);
  }
  return found;
}

/** An entry in words, one group for each thing that it began or changed. `named` comes from `names`. */
export function groups(changes: readonly JournalChange[], named: Map<string, string>): Group[] {
  const byThing = new Map<string, JournalChange[]>();
  for (const change of changes) byThing.set(change.id, [...(byThing.get(change.id) ?? []), change]);
  return [...byThing].map(([id, all]) => group(id, all, named)).filter((each) => each.told.length > 0 || each.rest.length > 0);
}

function group(id: string, all: JournalChange[], named: Map<string, string>): Group {
  const name = named.get(id);
  const entity = all[0]?.entity ?? '';
  const begun = all.some((change) => change.field === BEGINNING[entity] && change.before === null && change.after !== null);
  const { entities, begun: begunEntities } = t.cases.journal;
  const what = ((begun ? begunEntities : entities) as Record<string, string>)[entity] ?? (entities as Record<string, string>)[entity] ?? entity;
  // A contact's heading has the name only: its line says how to reach them.
  const said = begun && name !== undefined && entity !== 'contact' ? NAMING[entity] : undefined;
  const shown = all
    .filter(({ field }) => field !== said && !isEcho(field) && !(begun && BEGUN_ECHOES[entity]?.includes(field)))
    .filter((change) => !isEmpty(change, begun))
    .sort((a, b) => rank(a) - rank(b));
  const main = shown.length > MOST ? shown.filter((change) => rank(change) < MAIN.length) : shown;
  const first = main.length > 0 ? main : shown.slice(0, MOST);
  return {
    id,
    heading: name === undefined ? what : `${what}${t.cases.colon}${name}`,
    told: first.map((change) => tell(change, named)),
    rest: shown.filter((change) => !first.includes(change)).map((change) => tell(change, named)),
  };
}

function rank(change: JournalChange): number {
  const place = MAIN.indexOf(change.field);
  return place < 0 ? MAIN.length : place;
}

function isEcho(field: string): boolean {
  return field.startsWith('reached.') || ECHOES.includes(field);
}

/** Nothing was said where nothing was; of something new, what is not so says nothing either. */
function isEmpty({ before, after }: JournalChange, begun: boolean): boolean {
  const empty = (json: string | null) => json === null || isNothing(parsed(json));
  return after !== null && empty(before) && (empty(after) || (begun && parsed(after) === false));
}
