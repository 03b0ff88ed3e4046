// The strictest marking on the screen, for the status bar.
import { untrack as untracked } from 'svelte';
import type { Tlp } from './api/generated';

export const TLP_ORDER: readonly Tlp[] = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'];

/** The strictest of several; null of none. */
export function strictest(labels: readonly Tlp[]): Tlp | null {
  return labels.reduce<Tlp | null>(
    (most, label) => (most === null || TLP_ORDER.indexOf(label) > TLP_ORDER.indexOf(most) ? label : most),
    null,
  );
}

class Marking {
  private shown = $state.raw<ReadonlyMap<symbol, readonly Tlp[]>>(new Map());
  highest = $derived(strictest([...this.shown.values()].flat()));

  /** Says what is on the screen, until the returned function is called: `$effect(() => marking.show(labels))`. */
  show(labels: readonly Tlp[]): () => void {
    const key = Symbol('shown');
    this.set(new Map([...this.now(), [key, labels]]));
    return () => this.set(new Map([...this.now()].filter(([known]) => known !== key)));
  }

  private now(): ReadonlyMap<symbol, readonly Tlp[]> {
    return untracked(() => this.shown);
  }

  private set(next: ReadonlyMap<symbol, readonly Tlp[]>): void {
    this.shown = next;
  }
}

export const marking = new Marking();
