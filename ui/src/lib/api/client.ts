// The interface's only door to the host: nothing else imports @tauri-apps. One function per command.
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type {
  ApiError, AppStatus, Audience, CardView, CaseCounts, CasePage, CaseQuery, CaseRef, CaseView, CommuneView, ConsentPurpose,
  ContactPart, CriterionView, DemoCreated, DocumentView, Done, DraftSaved, DraftView, EditionView, Exported, FactKind, FinishRequest, JournalCheck,
  JournalPage, KeyPreview, NafView, OrganisationCheck, OrganisationMatch, OrganisationView, PassphraseStrength, Person,
  PersonView, Preferences, Progress, ReadinessProgramme, ReferenceView, Report, ReportedOrganisation, Rfc2350, Rfc2350Comparison, Rfc2350Fix, Rfc2350Lang, Rfc2350Section,
  Rfc2350View, Role, RevocationCause, RevocationPaper, RotatedKey, SessionView, Settings, Status,
  SuggestedPassphrase, TeamKeySource, TeamKeyView, TeamProfile, TemporaryAccess, TriagePatch, VaultKind, VaultRequest, VerdictView,
} from './generated';

/** Whether a rejected promise carries the host's own error. */
export function isApiError(error: unknown): error is ApiError {
  return typeof error === 'object' && error !== null && 'code' in error;
}

function progress(report?: (p: Progress) => void): Channel<Progress> {
  const channel = new Channel<Progress>();
  if (report) channel.onmessage = report;
  return channel;
}

function bytes(buffer: Promise<ArrayBuffer>): Promise<Uint8Array> {
  return buffer.then((b) => new Uint8Array(b));
}

export const api = {
  // Before the vault is open
  appStatus: () => invoke<AppStatus>('app_status'),
  preferencesSet: (preferences: Preferences) => invoke<void>('preferences_set', { preferences }),
  passphraseSuggest: () => invoke<SuggestedPassphrase>('passphrase_suggest'),
  passphraseStrength: (passphrase: string) => invoke<PassphraseStrength>('passphrase_strength', { passphrase }),
  recoveryKeyNew: () => invoke<string>('recovery_key_new'),
  profileTemplates: () => invoke<TeamProfile[]>('profile_templates'),
  keyInspect: (armoured: string, passphrase: string) => invoke<KeyPreview>('key_inspect', { armoured, passphrase }),
  vaultCreate: (request: VaultRequest) => invoke<SessionView>('vault_create', { request }),
  demoCreate: (cases: number, report?: (p: Progress) => void) =>
    invoke<DemoCreated>('demo_create', { cases, progress: progress(report) }),
  demoRemove: () => invoke<void>('demo_remove'),
  /** Asks the long work under way (a demonstration, a check of the journal) to stop at its next step. */
  workStop: () => invoke<void>('work_stop'),
  unlock: (kind: VaultKind, person: string, passphrase: string) =>
    invoke<SessionView>('unlock', { kind, person, passphrase }),
  recover: (kind: VaultKind, recoveryKey: string, person: string | null, name: string, passphrase: string) =>
    invoke<SessionView>('recover', { kind, recoveryKey, person, name, passphrase }),
  lock: () => invoke<void>('lock'),
  /** Tells that somebody is there, so that the vault does not lock. */
  touch: () => invoke<void>('touch'),
  onLocked: (handler: () => void) => listen('locked', handler),
  referenceData: () => invoke<ReferenceView>('reference_data'),

  // Session and team
  sessionView: () => invoke<SessionView>('session_view'),
  passphraseChange: (current: string, next: string) => invoke<void>('passphrase_change', { current, next }),
  people: () => invoke<PersonView[]>('people'),
  personAdd: (name: string, role: Role) => invoke<TemporaryAccess>('person_add', { name, role }),
  personChange: (id: string, name: string, role: Role) => invoke<void>('person_change', { id, name, role }),
  personReset: (id: string) => invoke<TemporaryAccess>('person_reset', { id }),
  personRemove: (id: string) => invoke<void>('person_remove', { id }),
  profileSet: (profile: TeamProfile) => invoke<void>('profile_set', { profile }),
  settingsSet: (settings: Settings) => invoke<void>('settings_set', { settings }),

  // The team's key
  keyExport: () => invoke<string>('key_export'),
  teamKey: () => invoke<TeamKeyView>('team_key'),
  /** Until an instant, or two years from now. */
  teamKeyExtend: (expires: string | null) => invoke<TeamKeyView>('team_key_extend', { expires }),
  teamKeyRotate: (which: RotatedKey) => invoke<TeamKeyView>('team_key_rotate', { which }),
  teamKeyNameAdd: (name: string, mail: string) => invoke<TeamKeyView>('team_key_name_add', { name, mail }),
  teamKeyNameRetire: (userId: string) => invoke<TeamKeyView>('team_key_name_retire', { userId }),
  teamKeyRevoke: (cause: RevocationCause, message: string) => invoke<TeamKeyView>('team_key_revoke', { cause, message }),
  /** A revocation for the safe; the key stays as it is. */
  teamKeyRevocation: (message: string) => invoke<RevocationPaper>('team_key_revocation', { message }),
  teamKeyRevocationApply: (armoured: string) => invoke<TeamKeyView>('team_key_revocation_apply', { armoured }),
  teamKeyBackUp: (recoveryKey: string, folder: string | null) => invoke<Exported>('team_key_back_up', { recoveryKey, folder }),
  teamKeyReplace: (source: TeamKeySource) => invoke<TeamKeyView>('team_key_replace', { source }),
  /** It waits until it is sent. */
  keyServerQueue: (server: string) => invoke<TeamKeyView>('key_server_queue', { server }),
  keyServerForget: (server: string) => invoke<TeamKeyView>('key_server_forget', { server }),
  /** Sends what waits; over the network, so it may take a while. */
  keyServersSend: () => invoke<TeamKeyView>('key_servers_send'),
  wkdExport: (folder: string | null) => invoke<Exported>('wkd_export', { folder }),

  // Intake
  drafts: () => invoke<DraftView[]>('drafts'),
  draftSave: (id: string | null, report: Report) => invoke<DraftSaved>('draft_save', { id, report }),
  draftDiscard: (id: string) => invoke<void>('draft_discard', { id }),
  draftRestore: (id: string) => invoke<DraftView>('draft_restore', { id }),
  reportFinish: (request: FinishRequest) => invoke<CaseRef>('report_finish', { request }),
  organisations: (text: string) => invoke<OrganisationMatch[]>('organisations', { text }),
  organisationCheck: (organisation: ReportedOrganisation) =>
    invoke<OrganisationCheck>('organisation_check', { organisation }),
  organisationSet: (organisation: OrganisationView) => invoke<Done>('organisation_set', { organisation }),
  communes: (text: string) => invoke<CommuneView[]>('communes', { text }),
  naf: (text: string) => invoke<NafView[]>('naf', { text }),

  // Cases
  cases: (query: Partial<CaseQuery>) => invoke<CasePage>('cases', { query }),
  caseCounts: () => invoke<CaseCounts>('case_counts'),
  caseGet: (id: string) => invoke<CaseView>('case_get', { id }),
  caseTriage: (id: string, patch: TriagePatch) => invoke<Done>('case_triage', { id, patch }),
  caseStatus: (id: string, status: Status, reason: string) => invoke<Done>('case_status', { id, status, reason }),
  caseAssign: (id: string, person: string | null) => invoke<Done>('case_assign', { id, person }),
  caseOrganisation: (id: string, organisation: string) => invoke<Done>('case_organisation', { id, organisation }),
  reportAmend: (id: string, report: Report) => invoke<Done>('report_amend', { id, report }),
  consentRecord: (id: string, purpose: ConsentPurpose, given: boolean, by: string, at: string) =>
    invoke<Done>('consent_record', { id, purpose, given, by, at }),
  noteAdd: (id: string, text: string) => invoke<Done>('note_add', { id, text }),
  factAdd: (id: string, fact: { at: string; estimated: boolean; kind: FactKind; title: string; detail: string }) =>
    invoke<Done>('fact_add', { id, fact }),
  factWithdraw: (id: string, fact: string, reason: string) => invoke<Done>('fact_withdraw', { id, fact, reason }),
  contactSet: (id: string, contact: string | null, part: ContactPart, person: Person) =>
    invoke<Done>('contact_set', { id, contact, part, person }),
  contactRemove: (id: string, contact: string) => invoke<Done>('contact_remove', { id, contact }),
  journal: (id: string, offset: number) => invoke<JournalPage>('journal', { id, offset }),
  journalVerify: (report?: (p: Progress) => void) =>
    invoke<JournalCheck>('journal_verify', { progress: progress(report) }),
  undo: (entry: string) => invoke<Done>('undo', { entry }),

  // Documents
  summaryPreview: (id: string, audience: Audience) =>
    bytes(invoke<ArrayBuffer>('summary_preview', { id, audience })),
  summarySubmit: (id: string, audience: Audience) => invoke<DocumentView>('summary_submit', { id, audience }),
  documentsToSign: () => invoke<DocumentView[]>('documents_to_sign'),
  documentSign: (id: string) => invoke<DocumentView>('document_sign', { id }),
  /** Whether the lead's card is there and signs; asks for no PIN. */
  cardStatus: () => invoke<CardView>('card_status'),
  /** Waits for a touch if the card asks for one. */
  documentSignWithCard: (id: string, pin: string) => invoke<DocumentView>('document_sign_with_card', { id, pin }),
  documentReturn: (id: string, reason: string) => invoke<DocumentView>('document_return', { id, reason }),
  documentBytes: (id: string) => bytes(invoke<ArrayBuffer>('document_bytes', { id })),
  /** Writes the PDF and its signature in clear; without a folder, into the user's downloads. */
  documentExport: (id: string, folder: string | null) => invoke<Exported>('document_export', { id, folder }),

  // The RFC 2350 document
  rfc2350: () => invoke<Rfc2350View>('rfc2350'),
  rfc2350TextSet: (section: Rfc2350Section, lang: Rfc2350Lang, text: string) =>
    invoke<Done>('rfc2350_text_set', { section, lang, text }),
  rfc2350EnglishConfirm: (section: Rfc2350Section) => invoke<Done>('rfc2350_english_confirm', { section }),
  rfc2350LeaveOut: (section: Rfc2350Section, leftOut: boolean) => invoke<Done>('rfc2350_leave_out', { section, leftOut }),
  /** Sets what stands beside the texts; those of `document` are not read. */
  rfc2350HeadSet: (document: Rfc2350) => invoke<Done>('rfc2350_head_set', { document }),
  rfc2350Fix: (fix: Rfc2350Fix) => invoke<Done>('rfc2350_fix', { fix }),
  rfc2350Preview: (lang: Rfc2350Lang) => bytes(invoke<ArrayBuffer>('rfc2350_preview', { lang })),
  rfc2350Plain: (lang: Rfc2350Lang) => invoke<string>('rfc2350_plain', { lang }),
  rfc2350Publish: () => invoke<EditionView>('rfc2350_publish'),
  /** Writes an edition, or the draft when none is named, in clear; without a folder, into the user's downloads. */
  rfc2350Export: (edition: string | null, folder: string | null) =>
    invoke<Exported>('rfc2350_export', { edition, folder }),
  // What programmes ask of the team
  readiness: () => invoke<CriterionView[]>('readiness'),
  /** Null takes the statement back. */
  readinessState: (criterion: string, met: boolean | null, note: string) => invoke<Done>('readiness_state', { criterion, met, note }),
  /** The bytes in base64. */
  readinessAttach: (criterion: string, name: string, file: string) => invoke<Done>('readiness_attach', { criterion, name, file }),
  readinessDetach: (criterion: string) => invoke<Done>('readiness_detach', { criterion }),
  readinessPreview: (programme: ReadinessProgramme, lang: Rfc2350Lang) => bytes(invoke<ArrayBuffer>('readiness_preview', { programme, lang })),
  readinessExport: (programme: ReadinessProgramme, lang: Rfc2350Lang, folder: string | null) =>
    invoke<Exported>('readiness_export', { programme, lang, folder }),
  /** What changed between two versions; null is the draft. */
  rfc2350Compare: (old: string | null, next: string | null, lang: Rfc2350Lang) =>
    invoke<Rfc2350Comparison>('rfc2350_compare', { old, new: next, lang }),

  // Checking what was received
  /** File and signature in base64; without a signature the file is looked for among the cases' documents. */
  verify: (file: string, signature: string | null) => invoke<VerdictView>('verify', { file, signature }),
};
