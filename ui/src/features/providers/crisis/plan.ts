// A plan in the order of the screen, what was settled by hand, and why each case is as it is.
import type { CrisisAssigned, CrisisCaseFace, CrisisPin, CrisisUnserved, CrisisView, FirmFace } from '$lib/api/generated';
import { alphabetically } from '$lib/format';
import { t } from '$lib/messages/index.svelte';

/** As many cases as the host takes into one plan. */
export const MOST_CASES = 1_000;

export interface Served {
  of: CrisisCaseFace;
  by: CrisisAssigned;
  pin: CrisisPin | null;
}

export interface Load {
  firm: FirmFace;
  cases: Served[];
}

export interface Left {
  of: CrisisCaseFace;
  because: CrisisUnserved['because'];
  pin: CrisisPin | null;
}

/** The gravest first, then by reference. */
function byGrade(a: { of: CrisisCaseFace }, b: { of: CrisisCaseFace }): number {
  return b.of.grade.localeCompare(a.of.grade) || a.of.reference.localeCompare(b.of.reference);
}

/** The firms that go somewhere, by name, each with its cases. */
export function loads(view: CrisisView): Load[] {
  const cases = new Map(view.cases.map((each) => [each.id, each]));
  const pins = new Map(view.pins.map((pin) => [pin.case, pin]));
  const found = view.firms.map((firm): Load => ({
    firm,
    cases: view.assignment.assigned
      .filter((by) => by.firm === firm.id)
      .flatMap((by) => {
        const of = cases.get(by.case);
        return of ? [{ of, by, pin: pins.get(by.case) ?? null }] : [];
      })
      .sort(byGrade),
  }));
  return found.filter((load) => load.cases.length > 0).sort((a, b) => alphabetically(a.firm.name, b.firm.name));
}

/** The cases to which nobody goes, the gravest first. */
export function left(view: CrisisView): Left[] {
  const cases = new Map(view.cases.map((each) => [each.id, each]));
  const pins = new Map(view.pins.map((pin) => [pin.case, pin]));
  return view.assignment.unserved
    .flatMap((each): Left[] => {
      const of = cases.get(each.case);
      return of ? [{ of, because: each.because, pin: pins.get(each.case) ?? null }] : [];
    })
    .sort(byGrade);
}

/** What was settled, with another decision for a case, or none for it. */
export function settled(pins: readonly CrisisPin[], of: string, pin: CrisisPin | null): CrisisPin[] {
  return [...pins.filter((each) => each.case !== of), ...(pin ? [pin] : [])];
}

/** What was settled, for the cases that are still of the plan. */
export function pinsWithin(pins: readonly CrisisPin[], cases: readonly string[]): CrisisPin[] {
  return pins.filter((pin) => cases.includes(pin.case));
}

/** Why a firm goes to a case. */
export function whyServed({ by, pin }: Served, firms: readonly FirmFace[]): string[] {
  const words = t.crisis.reason;
  const nearer = by.nearer_but_full.flatMap((id) => firms.find((firm) => firm.id === id)?.name ?? []);
  if (by.by_hand) return [words.byHand(pin?.reason ?? '')];
  if (by.passing === 1) return [words.only];
  return [words.passing(by.passing), nearer.length === 0 ? words.nearest : words.nearer(nearer.join(', '), nearer.length)];
}

/** Why nobody goes to a case. */
export function whyLeft({ because, pin }: Left): string {
  const words = t.crisis.reason;
  if (because.kind === 'held_back') return words.heldBack(pin?.reason ?? '');
  return because.kind === 'all_full' ? words.allFull(because.passing) : words.nobody;
}

/** « 48 cas servis sur 50 ». */
export function summary(view: CrisisView): string {
  const [served, all] = [view.assignment.assigned.length, view.cases.length];
  return served === 1 && all === 1 ? t.crisis.plan.servedOne : t.crisis.plan.served(served, all);
}
