// What is done to a document: signed, sent back, written out. A signature is not taken back: the lead is asked first.
import { api } from '$lib/api/client';
import type { DocumentView } from '$lib/api/generated';
import { changes } from '$lib/changes.svelte';
import { t } from '$lib/messages/index.svelte';
import { toasts } from '$lib/toasts.svelte';

async function settled(write: Promise<unknown>, text: string): Promise<boolean> {
  try {
    await write;
    changes.happened();
    toasts.show(text, 'success');
    return true;
  } catch (error) {
    toasts.failed(error);
    return false;
  }
}

/** Says that a document is signed. */
export function saySigned(document: DocumentView): void {
  changes.happened();
  toasts.show(t.documents.signed(document.file_name), 'success');
}

/** Sends back to who prepared it. */
export function sendBack(document: DocumentView, reason: string): Promise<boolean> {
  return settled(api.documentReturn(document.id, reason), t.documents.returned(document.file_name));
}

/** Writes the PDF and its signature in clear, and says where. */
export async function writeOut(document: DocumentView): Promise<void> {
  try {
    const written = await api.documentExport(document.id, null);
    toasts.show(t.documents.exported(written.files.join(', '), written.folder), 'warning');
  } catch (error) {
    toasts.failed(error);
  }
}
