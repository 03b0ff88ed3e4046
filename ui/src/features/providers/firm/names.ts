// Names behind the codes of a record.
import type { ProviderArea } from '$lib/api/generated';
import { speech } from '$lib/messages/index.svelte';
import { session } from '$lib/session.svelte';
import { area } from '../sentences';

/** « français » of `fr`; a code that has no name stays as it is. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([speech.language], { type: 'language', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** « Région Bretagne » where the sentence alone says « Région 53 ». */
export function areaName(what: ProviderArea): string {
  const name = what.kind === 'region' ? session.reference?.regions.find((region) => region.code === what.code)?.name : undefined;
  return what.kind === 'region' && name !== undefined ? area({ ...what, code: name }) : area(what);
}
