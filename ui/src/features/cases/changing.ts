// Writes on one or several cases, each with its way back.
import { api } from '$lib/api/client';
import type { Done, TriagePatch } from '$lib/api/generated';
import { t } from '$lib/messages/index.svelte';
import { toasts } from '$lib/toasts.svelte';

/** Writes; says `text` with « Annuler » when something changed. False when it was refused. */
export async function change(write: Promise<Done>, text: string): Promise<boolean> {
  try {
    toasts.done(text, [await write]);
    return true;
  } catch (error) {
    toasts.failed(error);
    return false;
  }
}

/** Does the same to several cases, one after the other; one « Annuler » takes all of it back. */
export async function changeAll(ids: readonly string[], write: (id: string) => Promise<Done>, text: string): Promise<void> {
  const written: Done[] = [];
  try {
    for (const id of ids) written.push(await write(id));
  } catch (error) {
    toasts.failed(error);
  }
  toasts.done(text, written);
}

/** Changes a part of the qualification; the rest stays. */
export function triage(id: string, label: string, patch: Partial<TriagePatch>): Promise<boolean> {
  return change(api.caseTriage(id, { clear_override: false, ...patch }), t.cases.changedField(label));
}
