// What a document is called: a summary for somebody, what is handed to a firm, or a list of firms.
import type { Audience, DocumentView } from '$lib/api/generated';
import { t } from '$lib/messages/index.svelte';

type Named = Pick<DocumentView, 'kind' | 'audience'>;

/** « Liste de prestataires », « Synthèse, Bénéficiaire ». */
export function shortName({ kind, audience }: Named): string {
  if (kind === 'short_list') return t.documents.shortList;
  return audience === 'prestataire' ? t.documents.handOver : t.documents.summaryShort(t.words.audience[audience]);
}

/** The same with the reference of its case. */
export function longName({ kind, audience, case: about }: Named & Pick<DocumentView, 'case'>): string {
  if (kind === 'short_list') return t.documents.shortListFor(about.reference);
  return audience === 'prestataire' ? t.documents.handOverFor(about.reference) : t.documents.summaryFor(t.words.audience[audience], about.reference);
}

/** Beside the reference, in the middle of a line: only a name keeps its capital. */
export function inLine({ kind, audience }: Named): string {
  const said = kind === 'short_list' ? t.documents.shortList : t.words.audience[audience];
  return kind === 'summary' && audience === 'cert-fr' ? said : said.toLocaleLowerCase();
}

/** Whether nobody waits for a signature any more: it may leave. */
export function mayLeave(state: DocumentView['state']): boolean {
  return state === 'signed' || state === 'delegated';
}

/** Every reader of a summary, in the order of the choice. */
export const AUDIENCES: readonly Audience[] = ['beneficiaire', 'cert-fr', 'prestataire', 'interne'];
