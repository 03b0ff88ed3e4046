// The answer of the rule, put into the order and the words of the screen.
import type { ExcludedFirm, FirmFace, MatchReplacement, MatchView, RankedFirm } from '$lib/api/generated';
import { alphabetically } from '$lib/format';

/** Firms that are compared at once. */
export const MOST_COMPARED = 3;

/** A, B, … Z, AA, AB …; places from 0. */
export function letter(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : letter(Math.floor(place / 26) - 1) + last;
}

export interface Band {
  band: number;
  /** Place of its first firm in the whole answer, from 0. */
  start: number;
  firms: RankedFirm[];
}

/** Bands of equal fit, in the order of the answer. */
export function bands(ranked: readonly RankedFirm[]): Band[] {
  const found: Band[] = [];
  ranked.forEach((firm, start) => {
    const last = found.at(-1);
    if (last?.band === firm.band) last.firms.push(firm);
    else found.push({ band: firm.band, start, firms: [firm] });
  });
  return found;
}

export type Standing = 'listed' | 'possible' | 'close' | 'excluded';

/** A firm of either list, with what the screen calls it. */
export interface Entry {
  face: FirmFace;
  standing: Standing;
  /** Empty for a firm that is left out for good. */
  letter: string;
  km: number | null;
  ranked: RankedFirm | null;
  excluded: ExcludedFirm | null;
}

/** Every firm of an answer: those that pass in its order, then those that come close, then the others by name. */
export function entries(view: MatchView, listed: readonly string[]): Entry[] {
  const byName = (a: ExcludedFirm, b: ExcludedFirm) => alphabetically(a.provider.name, b.provider.name);
  const close = view.excluded.filter((firm) => firm.comes_close).sort((a, b) => (a.km ?? Infinity) - (b.km ?? Infinity) || byName(a, b));
  const others = view.excluded.filter((firm) => !firm.comes_close).sort(byName);
  return [
    ...view.ranked.map((firm, place): Entry => ({
      face: firm.provider, standing: listed.includes(firm.provider.id) ? 'listed' : 'possible', letter: letter(place), km: firm.km, ranked: firm, excluded: null,
    })),
    ...close.map((firm, place): Entry => ({
      face: firm.provider, standing: 'close', letter: letter(view.ranked.length + place), km: firm.km, ranked: null, excluded: firm,
    })),
    ...others.map((firm): Entry => ({ face: firm.provider, standing: 'excluded', letter: '', km: firm.km, ranked: null, excluded: firm })),
  ];
}

/** The names as they would leave: those drawn, but for what was replaced. */
export function replaced(drawn: readonly string[], replacements: readonly MatchReplacement[]): string[] {
  return replacements.reduce<string[]>((names, { out, by }) => names.map((name) => (name === out ? by : name)), [...drawn]);
}

/** The list with one value more or less. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}

/** The choices of a select, with the value that is set if it is none of them. */
export function withOwn(choices: readonly number[], own: number | null): number[] {
  return own === null || choices.includes(own) ? [...choices] : [...choices, own].sort((a, b) => a - b);
}
