// What the form reads of a record and writes back; what it does not show stays as it was.
import type { Provider, ProviderArea } from '$lib/api/generated';

/** A record of which nothing is known. */
export const NO_PROVIDER: Provider = {
  name: '', siren: '', siret: '', address: '', commune: '', contacts: [], areas: [], on_site: false, labels: [], categories: [], technologies: [], services: [], sectors: [], serves: [],
  hours: null, on_site_within_hours: null, reaction_hours: null, languages: [], prices: '', capacity: 0, absences: [], insured_until: null, charter_signed: null, conflicts: [], papers: [],
  archived: false, confirmed_on: null,
};

/** Largest number of a field of sixteen bits. */
const MOST = 65_535;

/** Digits alone: spaces that people write into numbers are dropped. */
export function digits(text: string): string {
  return text.replace(/[\s.]/g, '');
}

/** A whole number; null for nothing, undefined for what is no such number. */
export function whole(text: string): number | null | undefined {
  const trimmed = digits(text);
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return /^\d+$/.test(trimmed) && value <= MOST ? value : undefined;
}

/** The codes of a text, each once. */
export function codes(text: string): string[] {
  return [...new Set(text.toUpperCase().split(/[\s,;]+/).filter((code) => code !== ''))];
}

/** The first word that is no code of a département; null when all are. */
export function wrongDepartement(text: string): string | null {
  return codes(text).find((code) => !/^(0[1-9]|[1-8]\d|9[0-5]|2[AB]|97\d)$/.test(code) || code === '20') ?? null;
}

/** Whether digits have the length and the check digit (Luhn) of such a number: nine for a SIREN. */
export function checks(text: string, length: number): boolean {
  const figures = digits(text);
  if (figures.length !== length || !/^\d+$/.test(figures)) return false;
  const sum = [...figures].reverse().reduce((total, figure, place) => {
    const value = Number(figure) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The areas with some more, each once. */
export function withAreas(areas: readonly ProviderArea[], more: readonly ProviderArea[]): ProviderArea[] {
  const written = (area: ProviderArea) => JSON.stringify(area);
  const known = areas.map(written);
  return [...areas, ...more.filter((area) => !known.includes(written(area)))];
}

/** The list with what stands at a place moved one place up (-1) or down (1). */
export function moved<T>(list: readonly T[], place: number, step: -1 | 1): T[] {
  const [one, other] = [list[place], list[place + step]];
  if (one === undefined || other === undefined) return [...list];
  return list.map((each, at) => (at === place ? other : at === place + step ? one : each));
}
