// Notes that were begun and not added yet. They stay in memory only: nothing readable is written to the disk.
import { session } from '$lib/session.svelte';

const texts = new Map<string, string>();
let owner: string | null = null;

function mine(): Map<string, string> {
  // Another person at the keyboard finds none of them.
  const person = session.view?.person.id ?? null;
  if (person !== owner) texts.clear();
  owner = person;
  return texts;
}

/** What was begun for a case. */
export function unsent(id: string): string {
  return mine().get(id) ?? '';
}

/** Keeps what is being written. */
export function keep(id: string, text: string): void {
  if (text === '') mine().delete(id);
  else mine().set(id, text);
}
