// What the list is asked for: a ready-made view, narrowed by filters.
import type { CaseQuery, CaseSort, Category, EventKind, Grade, Status } from '$lib/api/generated';

/** The ready-made views, in the order of the chips. */
export const VIEWS = ['all', 'open', 'mine', 'grave', 'quiet', 'to_qualify'] as const;
/** One of the ready-made views. */
export type View = (typeof VIEWS)[number];

/** Days without a change after which a case counts as without news. */
export const QUIET_DAYS = 5;

/** What the user narrowed the view by; empty lists and nulls mean no limit. */
export interface Filters {
  statuses: Status[];
  grades: Grade[];
  categories: Category[];
  departments: string[];
  kind: EventKind | null;
  assignee: string | null;
  urgent: boolean | null;
  /** First day of reception, "2026-03-11", as in Paris. */
  from: string | null;
  /** Last day of reception, included. */
  until: string | null;
}

/** No limit at all. */
export const NO_FILTERS: Filters = {
  statuses: [], grades: [], categories: [], departments: [], kind: null, assignee: null, urgent: null, from: null,
  until: null,
};

/** The names of the filters that limit something, in the order of the chips. */
export function active(filters: Filters): (keyof Filters)[] {
  return (Object.keys(NO_FILTERS) as (keyof Filters)[]).filter((name) => {
    const value = filters[name];
    return Array.isArray(value) ? value.length > 0 : value !== null;
  });
}

/** The same filters without one. */
export function without(filters: Filters, name: keyof Filters): Filters {
  return { ...filters, [name]: NO_FILTERS[name] };
}

const OPEN: Status[] = ['reported', 'qualification', 'coordination', 'resolution'];
const GRAVE: Grade[] = ['G3', 'G4'];

/** What view and filters share; none limits nothing. Null when they exclude each other. */
function both<T>(view: T[], chosen: T[]): T[] | null {
  if (view.length === 0) return chosen;
  if (chosen.length === 0) return view;
  const shared = chosen.filter((value) => view.includes(value));
  return shared.length > 0 ? shared : null;
}

/** What surrounds a query: who asks, when, and how a day in Paris becomes instants. */
export interface Asking {
  me: string;
  now: Date;
  /** The instant at which a day begins in Paris, `days` later. */
  dayStart: (day: string, days: number) => string;
}

/** The query of a view narrowed by filters; null when nothing can match. */
export function queryOf(
  view: View, filters: Filters, text: string, sort: CaseSort, asking: Asking,
): Omit<CaseQuery, 'offset' | 'limit'> | null {
  const statuses = both(view === 'all' ? [] : view === 'to_qualify' ? ['reported' as const] : OPEN, filters.statuses);
  const grades = both(view === 'grave' ? GRAVE : [], filters.grades);
  const mine = view === 'mine' ? asking.me : null;
  if (statuses === null || grades === null) return null;
  if (mine !== null && filters.assignee !== null && filters.assignee !== mine) return null;
  return {
    text: text.trim(),
    statuses,
    grades,
    categories: filters.categories,
    departments: filters.departments,
    kind: filters.kind,
    assignee: mine ?? filters.assignee,
    quiet_since:
      view === 'quiet' ? new Date(asking.now.getTime() - QUIET_DAYS * 86_400_000).toISOString() : null,
    urgent: filters.urgent,
    from: filters.from === null ? null : asking.dayStart(filters.from, 0),
    until: filters.until === null ? null : asking.dayStart(filters.until, 1),
    sort,
  };
}
