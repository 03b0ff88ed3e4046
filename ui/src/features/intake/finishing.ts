// How a call ends: what is left is saved, the draft becomes a case, and the case is shown.
import { api } from '$lib/api/client';
import type { ReorientationView } from '$lib/api/generated';
import { changes } from '$lib/changes.svelte';
import { t } from '$lib/messages/index.svelte';
import { router } from '$lib/router.svelte';
import { toasts } from '$lib/toasts.svelte';
import type { Taking } from './taking.svelte';

/** Ends the call; false when something failed and the form stays. */
export async function finish(taking: Taking, reorientation: ReorientationView | null): Promise<boolean> {
  const id = await taking.ensure();
  if (id === null) {
    toasts.show(t.intake.end.notSaved, 'danger');
    return false;
  }
  try {
    const made = await api.reportFinish({ draft: id, reorientation });
    taking.stop();
    changes.happened();
    toasts.show(t.intake.end.created(made.reference), 'success');
    router.go({ screen: 'case', id: made.id, tab: 'summary' });
    return true;
  } catch (error) {
    toasts.failed(error);
    return false;
  }
}
