// Which reflex measures are proposed: those of the chosen categories, or the general ones while none is known.
import type { Category, MeasureView, ScriptView } from '$lib/api/generated';

/** Measures to say and things to avoid. */
export interface Proposed {
  say: MeasureView[];
  avoid: MeasureView[];
}

export function proposed(all: readonly MeasureView[], categories: readonly Category[]): Proposed {
  // In the order of the chosen categories; a measure that serves several of them is proposed once.
  const called = categories.flatMap((category) => all.filter((each) => each.categories.includes(category)));
  const list = called.length > 0 ? [...new Set(called)] : all.filter((each) => each.general);
  return { say: list.filter((each) => !each.avoid), avoid: list.filter((each) => each.avoid) };
}

/** What to say for an item (1 to 10): the sentence made for one of the categories, or the general one. */
export function script(all: readonly ScriptView[], item: number, categories: readonly Category[]): ScriptView | null {
  const mine = all.filter((each) => each.item === item);
  return (
    mine.find((each) => each.category !== null && categories.includes(each.category)) ??
    mine.find((each) => each.category === null) ??
    null
  );
}
