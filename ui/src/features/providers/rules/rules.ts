// The rule as somebody writes it: its numbers while they are typed, what they come to, and what would change.
import type { Criterion, MatchRules } from '$lib/api/generated';
import { whole } from '../form';

/** The criteria, in the order of the sum. */
export const CRITERIA: readonly Criterion[] = ['experience', 'technologies', 'label', 'distance', 'on_site', 'key', 'kind', 'size', 'satisfaction'];
/** Names that a list may have. */
export const NAMES: readonly number[] = [2, 3, 4, 5];
const MOST_WEIGHT = 1_000;
const MOST_BAND = 100;

export interface RulesDraft {
  weights: Record<Criterion, string>;
  band: string;
  names: number;
}

export function draftOf(rules: MatchRules): RulesDraft {
  const weights = Object.fromEntries(CRITERIA.map((criterion) => [criterion, String(rules.weights[criterion])])) as RulesDraft['weights'];
  return { weights, band: String(rules.band_points), names: rules.names };
}

/** A weight as it is typed; undefined for what is none. */
export function weightOf(text: string): number | undefined {
  const value = whole(text);
  return typeof value === 'number' && value <= MOST_WEIGHT ? value : undefined;
}

/** The points of a band as they are typed; undefined for what is none. */
export function bandOf(text: string): number | undefined {
  const value = whole(text);
  return typeof value === 'number' && value >= 1 && value <= MOST_BAND ? value : undefined;
}

/** The rule that is written; null while a number is wrong. */
export function rulesOf(draft: RulesDraft): MatchRules | null {
  const band = bandOf(draft.band);
  const weights = CRITERIA.map((criterion) => [criterion, weightOf(draft.weights[criterion])] as const);
  if (band === undefined || weights.some(([, weight]) => weight === undefined)) return null;
  return { weights: Object.fromEntries(weights) as MatchRules['weights'], band_points: band, names: draft.names };
}

/** The sum of the weights; those that are wrong count for nothing. */
export function totalOf(draft: RulesDraft): number {
  return CRITERIA.reduce((sum, criterion) => sum + (weightOf(draft.weights[criterion]) ?? 0), 0);
}

/** The points of 100 that a criterion stands for when a case lets every criterion be judged. */
export function shareOf(weight: number, total: number): number {
  return total === 0 ? 0 : (weight / total) * 100;
}

/** Into how many bands 100 points fall. */
export function bandsOf(points: number): number {
  return Math.ceil(100 / points);
}

export type RulesChange = { what: Criterion; before: number; after: number } | { what: 'band' | 'names'; before: number; after: number };

/** What differs between two rules: criteria by their points of 100, since only those count. */
export function changesOf(before: MatchRules, after: MatchRules): RulesChange[] {
  const total = (rules: MatchRules) => CRITERIA.reduce((sum, criterion) => sum + rules.weights[criterion], 0);
  const [was, is] = [total(before), total(after)];
  const weights = CRITERIA.map((what): RulesChange => ({ what, before: shareOf(before.weights[what], was), after: shareOf(after.weights[what], is) }));
  return [
    ...weights.filter((change) => Math.abs(change.before - change.after) >= 0.05),
    ...(before.band_points === after.band_points ? [] : [{ what: 'band' as const, before: before.band_points, after: after.band_points }]),
    ...(before.names === after.names ? [] : [{ what: 'names' as const, before: before.names, after: after.names }]),
  ];
}

/** Whether two rules are written the same: the lead's word falls where they are not, even if they come to the same. */
export function sameRules(a: MatchRules, b: MatchRules): boolean {
  return a.band_points === b.band_points && a.names === b.names && CRITERIA.every((criterion) => a.weights[criterion] === b.weights[criterion]);
}
