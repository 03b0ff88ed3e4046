// What acts at the moment: a screen takes actions while it is shown, the innermost taker wins.
import { untrack } from 'svelte';
import { action, meant, opensSequence, written, type ActionId } from './actions';
import { session } from './session.svelte';

type Handler = () => void;

/** How long the second key of a sequence is waited for, milliseconds. */
const SEQUENCE_WAIT = 1200;

function within(element: Element | null, selector: string): boolean {
  return element !== null && element.closest(selector) !== null;
}

class Keyboard {
  private taken = $state.raw<readonly { id: ActionId; handler: Handler }[]>([]);
  private first: string | null = null;
  private firstAt = 0;

  /** Gives actions their meaning until the returned function is called. */
  take(handlers: Partial<Record<ActionId, Handler>>): () => void {
    const mine = (Object.entries(handlers) as [ActionId, Handler][]).map(([id, handler]) => ({ id, handler }));
    // Taken from within effects, which must not depend on what others take.
    this.taken = [...untrack(() => this.taken), ...mine];
    return () => (this.taken = untrack(() => this.taken).filter((entry) => !mine.includes(entry)));
  }

  /** Whether the action means something here and now for this person. */
  can(id: ActionId): boolean {
    const { ability } = action(id);
    return (ability === undefined || session.may(ability)) && this.taken.some((entry) => entry.id === id);
  }

  /** Does it, if it means something. */
  run(id: ActionId): boolean {
    if (!this.can(id)) return false;
    const entry = this.taken.findLast((known) => known.id === id);
    entry?.handler();
    return entry !== undefined;
  }

  /** Follows the keys of the window; returns how to stop. */
  follow(): () => void {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      const typing = within(target, 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]');
      // In a dialog only the dialog's own keys count; Ctrl+L locks from anywhere.
      const inDialog = within(target, '[role=dialog], [role=alertdialog], [role=menu]');
      const keys = written(event);
      if (inDialog && keys !== 'Ctrl+L') return;
      const after = this.first !== null && Date.now() - this.firstAt < SEQUENCE_WAIT ? this.first : null;
      this.first = null;
      const candidates = [...meant(keys, after, typing), ...(after === null ? [] : meant(keys, null, typing))];
      for (const candidate of candidates) {
        // Enter and Space belong to the control that has the focus.
        if ((keys === 'Enter' || keys === 'Space') && within(target, 'a, button, input, [role=option], [role=tab], summary')) continue;
        if (this.run(candidate.id)) {
          event.preventDefault();
          return;
        }
      }
      if (!typing && opensSequence(keys)) {
        this.first = keys;
        this.firstAt = Date.now();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }
}

export const keyboard = new Keyboard();
