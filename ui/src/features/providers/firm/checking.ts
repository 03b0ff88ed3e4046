// What the host would refuse of a record, told at its place before it is asked; what it says itself decides.
import type { Provider, ProviderField, ProviderMistake, ProviderWrongField } from '$lib/api/generated';
import { checks } from '../form';

/** The parts of the form. */
export const TABS = ['identity', 'work', 'skills', 'labels', 'terms'] as const;
export type Tab = (typeof TABS)[number];

const PLACES: Readonly<Record<ProviderField, Tab>> = {
  name: 'identity', siren: 'identity', siret: 'identity', address: 'identity', commune: 'identity', areas: 'work', hours: 'work', on_site_within_hours: 'work', languages: 'work',
  absences: 'work', categories: 'skills', services: 'skills', labels: 'labels', label_expires: 'labels', label_evidence: 'labels', prices: 'terms', charter_signed: 'terms',
  conflicts: 'terms', confirmed_on: 'terms',
};

/** The part of the form where a field stands. */
export function placeOf(field: ProviderField): Tab {
  return PLACES[field];
}

/** What the host will not keep, in the order of the form; `today` is a day as `2026-11-22`. */
export function checked(draft: Provider, today: string): ProviderWrongField[] {
  const found: ProviderWrongField[] = [];
  const tell = (field: ProviderField, mistake: ProviderMistake, index: number | null = null) => found.push({ field, index, mistake });
  if (draft.name.trim() === '') tell('name', 'missing');
  if (draft.siret.trim() !== '' && !checks(draft.siret, 14)) tell('siret', 'malformed');
  if (draft.siren.trim() !== '' && !checks(draft.siren, 9)) tell('siren', 'malformed');
  draft.areas.forEach((area, index) => {
    // A circle has no centre without a commune.
    if (area.kind === 'radius' && draft.commune === '') tell('areas', 'contradictory', index);
  });
  const { hours } = draft;
  if (hours?.rule === 'working_days' && hours.from_minute >= hours.until_minute) tell('hours', 'ends_before_it_begins');
  draft.absences.forEach(({ from, to }, index) => {
    if (from === '' || to === '') tell('absences', 'missing', index);
    else if (to < from) tell('absences', 'ends_before_it_begins', index);
  });
  for (const field of ['charter_signed', 'confirmed_on'] as const) if ((draft[field] ?? '') > today) tell(field, 'in_the_future');
  draft.conflicts.forEach((tie, index) => {
    if (tie.kind === 'noted' && tie.note.trim() === '') tell('conflicts', 'missing', index);
    if (tie.kind === 'beneficiary' && !checks(tie.siren, 9)) tell('conflicts', 'malformed', index);
  });
  return found;
}

/** What a field of the record is made of. */
function part(provider: Provider, field: ProviderField): unknown {
  if (field === 'label_expires' || field === 'label_evidence') return provider.labels;
  return provider[field];
}

/** What was said of a record and still holds: its field is what it was. */
export function still(told: readonly ProviderWrongField[], before: Provider, now: Provider): ProviderWrongField[] {
  return told.filter(({ field }) => JSON.stringify(part(before, field)) === JSON.stringify(part(now, field)));
}

/** How a field tells what is wrong with it; null when nothing is. */
export type Telling = (field: ProviderField, index?: number | null) => string | null;
