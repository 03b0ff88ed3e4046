// Writes on one or several cases, each with its way back.
import { api } from '$lib/api/client';
import type { Done, TriagePatch } from '$lib/api/generated';
import { changes } from '$lib/changes.svelte';
import { t } from '$lib/messages/index.svelte';
import { toasts } from '$lib/toasts.svelte';

/** Writes; says `text` with « Annuler » when something changed. False when it was refused. */
export async function change(write: Promise<Done>, text: string): Promise<boolean> {
  try {
    const done = await write;
    if (done.entry !== '') toasts.done(text, done);
    return true;
  } catch (error) {
    toasts.failed(error);
    return false;
  }
}

/** Does the same to several cases, one after the other; one « Annuler » takes all of it back. */
export async function changeAll(ids: readonly string[], write: (id: string) => Promise<Done>, text: string): Promise<void> {
  const entries: string[] = [];
  try {
    for (const id of ids) {
      const done = await write(id);
      if (done.entry !== '') entries.push(done.entry);
    }
  } catch (error) {
    toasts.failed(error);
  }
  changes.happened();
  if (entries.length === 0) return;
  toasts.show(text, 'success', { label: t.common.undo, run: () => void takeBack(entries) });
}

async function takeBack(entries: readonly string[]): Promise<void> {
  try {
    for (const entry of entries.toReversed()) await api.undo(entry);
    toasts.show(t.common.undone);
  } catch (error) {
    toasts.failed(error);
  }
  changes.happened();
}

/** Changes a part of the qualification; the rest stays. */
export function triage(id: string, label: string, patch: Partial<TriagePatch>): Promise<boolean> {
  return change(api.caseTriage(id, { clear_override: false, ...patch }), t.cases.changedField(label));
}
