// A draft that is thrown away can be brought back.
import { api } from '$lib/api/client';
import { changes } from '$lib/changes.svelte';
import { t } from '$lib/messages/index.svelte';
import { router } from '$lib/router.svelte';
import { toasts } from '$lib/toasts.svelte';

/** Throws a draft away, and offers to bring it back. */
export async function discardDraft(id: string): Promise<void> {
  await api.mailDraftDiscard(id);
  changes.happened();
  toasts.show(t.mail.drafts.discarded, 'success', { label: t.common.undo, run: () => void restore(id) });
}

async function restore(id: string): Promise<void> {
  try {
    await api.mailDraftRestore(id);
    changes.happened();
    router.go({ screen: 'compose', draft: id });
  } catch (error) {
    toasts.failed(error);
  }
}
