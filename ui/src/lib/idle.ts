// Tells the host that somebody is there. The host decides when to lock; here is only the sign of life.
import { api } from './api/client';
import { session } from './session.svelte';

/** At most one sign of life in so many milliseconds. */
const EVERY = 15_000;
const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Watches for real input while a session is open; returns how to stop. */
export function watchInput(): () => void {
  let told = 0;
  const seen = (event: Event) => {
    // What a script makes is not somebody.
    if (!event.isTrusted || session.view === null) return;
    const now = Date.now();
    if (now - told < EVERY) return;
    told = now;
    session.lastSeen = now;
    // A refused sign of life means that the vault is locked: the host says so by its own event.
    api.touch().catch(() => undefined);
  };
  for (const name of INPUTS) addEventListener(name, seen, { passive: true, capture: true });
  return () => {
    for (const name of INPUTS) removeEventListener(name, seen, { capture: true });
  };
}
