// The numbers of the form while they are typed.
import type { Provider } from '$lib/api/generated';
import { whole } from '../form';

export interface Figures {
  capacity: string;
  on_site: string;
  reaction: string;
}

export function figuresOf({ capacity, on_site_within_hours, reaction_hours }: Provider): Figures {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return { capacity: text(capacity), on_site: text(on_site_within_hours), reaction: text(reaction_hours) };
}

/** The record with its numbers; null while one is none. */
export function withFigures(draft: Provider, figures: Figures): Provider | null {
  const [capacity, onSite, reaction] = [whole(figures.capacity), whole(figures.on_site), whole(figures.reaction)];
  if (capacity === undefined || reaction === undefined || (draft.on_site && onSite === undefined)) return null;
  return { ...draft, capacity: capacity ?? 0, on_site_within_hours: draft.on_site ? (onSite ?? null) : null, reaction_hours: reaction };
}
