// The ten items of the report, in the order of the RFC 2350 document.
import type { Category, OrganisationKind, Report } from '$lib/api/generated';
import { dateTime } from '$lib/format';
import { speech, t } from '$lib/messages/index.svelte';
import { known } from './answer';

/** The items, by the name that the host gives them. */
export const ITEMS = [
  'organisation', 'requester', 'chronology', 'description', 'actions', 'findings', 'architecture', 'defences', 'provider',
  'expected',
] as const;
/** One of the ten items. */
export type Item = (typeof ITEMS)[number];

/** Every category, in the order of the form. */
export const CATEGORIES: readonly Category[] = [
  'ransomware', 'account_compromise', 'phishing', 'impersonation', 'denial_of_service', 'defacement', 'data_leak',
  'transfer_fraud', 'exposed_vulnerability', 'edge_device', 'other',
];

/** Kinds of firm, whose class the figures decide. */
export const FIRMS: readonly OrganisationKind[] = ['micro', 'pme', 'eti', 'ge'];
/** Local authorities and their public establishments. */
export const PUBLIC_KINDS: readonly OrganisationKind[] = [
  'commune', 'epci', 'departement', 'region', 'syndicat', 'ccas', 'sdis', 'eple', 'office_hlm', 'gip', 'other_public',
];
/** The others. */
export const OTHER_KINDS: readonly OrganisationKind[] = ['association', 'other'];

const NOTHING: Report = {
  channel: 'phone', received_at: null, urgent: false, organisation: { state: 'unasked' }, requester: { state: 'unasked' },
  started: { state: 'unasked' }, detected: { state: 'unasked' }, categories: { state: 'unasked' },
  narrative: { state: 'unasked' }, impact: { state: 'unasked' }, machines: { state: 'unasked' },
  machine_kinds: { state: 'unasked' }, actions: { state: 'unasked' }, findings: { state: 'unasked' },
  architecture: { state: 'unasked' }, estate: { state: 'unasked' }, defences: { state: 'unasked' },
  provider: { state: 'unasked' }, expected: { state: 'unasked' }, measures: [],
};

/** A report of which nothing was told yet. */
export function emptyReport(): Report {
  return structuredClone(NOTHING);
}

/** « Rançongiciel, équipement de bordure »: one capital for the whole list. */
export function kinds(categories: readonly Category[]): string {
  const words = categories.map((category) => t.words.category[category]).join(', ');
  return words.charAt(0) + words.slice(1).replace(/, \p{Lu}(?=\p{Ll})/gu, (start) => start.toLocaleLowerCase());
}

/** What an item says, in a few words; empty when nothing is known. `place` names the commune. */
export function summary(report: Report, item: Item, place: string): string {
  const line = (answer: Report['actions']) => (known(answer) ?? '').trim().split('\n')[0] ?? '';
  switch (item) {
    case 'organisation': {
      const told = known(report.organisation);
      if (!told) return '';
      const kind = told.kind === null ? '' : t.words.organisationKind[told.kind];
      return [told.name, kind, place].filter((part) => part !== '').join(', ');
    }
    case 'requester': {
      const told = known(report.requester);
      return told ? [told.name, told.function || told.phone].filter((part) => part !== '').join(', ') : '';
    }
    case 'chronology': {
      const detected = known(report.detected);
      const started = known(report.started);
      if (detected) return t.intake.detectedAt(dateTime(detected.at, speech.language));
      return started ? t.intake.startedAt(dateTime(started.at, speech.language)) : '';
    }
    case 'description': {
      const categories = known(report.categories) ?? [];
      return categories.length > 0
        ? kinds(categories)
        : line(report.narrative) || line(report.impact);
    }
    case 'architecture': {
      const estate = known(report.estate);
      return line(report.architecture) || (estate === null ? '' : t.intake.machinesOf(estate));
    }
    default:
      return line(report[item]);
  }
}
