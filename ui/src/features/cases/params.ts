// The list's state in the address, so that back, forward and links find it again.
import type { CaseSort } from '$lib/api/generated';
import { NO_FILTERS, VIEWS, type Filters, type View } from './filters';

/** All that decides what the list shows. */
export interface Asked {
  view: View;
  text: string;
  sort: CaseSort;
  filters: Filters;
}

export const SORTS: readonly CaseSort[] = ['newest', 'oldest', 'changed', 'gravity', 'reference'];
const LISTS = ['statuses', 'grades', 'categories', 'departments'] as const;
const SINGLES = ['kind', 'assignee', 'from', 'until'] as const;

/** What an address asks for; what it does not say, or says wrongly, is the default. */
export function read(params: Record<string, string>): Asked {
  const filters: Record<string, unknown> = { ...NO_FILTERS };
  for (const name of LISTS) {
    if (params[name]) filters[name] = params[name].split(',');
  }
  for (const name of SINGLES) {
    if (params[name]) filters[name] = params[name];
  }
  if (params.urgent) filters.urgent = params.urgent === 'yes';
  return {
    view: VIEWS.find((view) => view === params.view) ?? 'all',
    text: params.text ?? '',
    sort: SORTS.find((sort) => sort === params.sort) ?? 'newest',
    filters: filters as unknown as Filters,
  };
}

/** The address of what is asked for; defaults are left out. */
export function write(asked: Asked): Record<string, string> {
  const params: Record<string, string> = {};
  if (asked.view !== 'all') params.view = asked.view;
  if (asked.text.trim() !== '') params.text = asked.text.trim();
  if (asked.sort !== 'newest') params.sort = asked.sort;
  for (const name of LISTS) {
    if (asked.filters[name].length > 0) params[name] = asked.filters[name].join(',');
  }
  for (const name of SINGLES) {
    const value = asked.filters[name];
    if (value !== null) params[name] = value;
  }
  if (asked.filters.urgent !== null) params.urgent = asked.filters.urgent ? 'yes' : 'no';
  return params;
}
