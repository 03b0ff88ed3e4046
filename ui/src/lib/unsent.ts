// Texts that were begun and are not kept yet. They stay in memory only: nothing readable is written to the disk.
import { session } from './session.svelte';

const texts = new Map<string, string>();
let owner: string | null = null;

function mine(): Map<string, string> {
  // Another person at the keyboard finds none of them; the same one does, after a lock.
  const person = session.view?.person.id ?? null;
  if (person !== null && person !== owner) {
    texts.clear();
    owner = person;
  }
  return texts;
}

/** What was begun: the note of a case, a section of the document. */
export function unsent(id: string): string {
  return mine().get(id) ?? '';
}

/** Keeps what is being written. */
export function keep(id: string, text: string): void {
  if (text === '') mine().delete(id);
  else mine().set(id, text);
}
