// Names behind the codes of a record.
import { SvelteMap } from 'svelte/reactivity';
import { api } from '$lib/api/client';
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

const epcis = new SvelteMap<string, string>();
const asked = new Set<string>();

/** Name of an intercommunality, once it was looked up. */
function epciName(siren: string): string | undefined {
  if (!asked.has(siren)) {
    asked.add(siren);
    api.epcis(siren).then(
      ([found]) => found && epcis.set(siren, found.name),
      () => asked.delete(siren),
    );
  }
  return epcis.get(siren);
}

/** « Région Bretagne » where the sentence alone says « Région 53 », « Nantes Métropole » for its SIREN. */
export function areaName(what: ProviderArea): string {
  if (what.kind === 'epci') return epciName(what.siren) ?? area(what);
  const name = what.kind === 'region' ? session.reference?.regions.find((region) => region.code === what.code)?.name : undefined;
  return what.kind === 'region' && name !== undefined ? area({ ...what, code: name }) : area(what);
}
