// What an import or a look-up of keys gave, in one sentence.
import type { KeysImported } from '$lib/api/generated';
import { changes } from '$lib/changes.svelte';
import { t } from '$lib/messages/index.svelte';
import { router } from '$lib/router.svelte';
import { toasts } from '$lib/toasts.svelte';

export function told(found: KeysImported): string {
  const words = t.keyring.import;
  const parts = [
    found.new.length > 0 ? words.new(found.new.length) : '',
    found.renewed.length > 0 ? words.renewed(found.renewed.length) : '',
    found.known.length > 0 ? words.known(found.known.length) : '',
  ].filter((part) => part !== '');
  const list = parts.join(', ');
  return list === '' ? words.nothing : `${list.charAt(0).toLocaleUpperCase()}${list.slice(1)}.`;
}

/** What a code of a refused block says; nothing where nobody knows it. */
export function reason(code: string): string {
  const known = t.errors.byCode;
  return code in known ? known[code as keyof typeof known].what : '';
}

/** Says it, and what could not be read. */
export function sayImported(found: KeysImported): void {
  const fresh = found.new.length + found.renewed.length;
  toasts.show(told(found), fresh > 0 ? 'success' : 'info');
  const alarm = found.alarms[0];
  if (alarm) toasts.show(t.keyring.import.alarms(found.alarms.length), 'danger', { label: t.keyring.import.see, run: () => router.go({ screen: 'keyring', id: alarm }) });
  if (found.refused.length > 0) toasts.show(`${t.keyring.import.refused(found.refused.length)} ${[...new Set(found.refused.map(reason))].join(' ')}`.trim(), 'warning');
  changes.happened();
}
