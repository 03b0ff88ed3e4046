// The interface's only door to the host: nothing else imports @tauri-apps. One function per command.
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type {
  AccountCheck, Address, ApiError, AppStatus, Audience, CardView, CaseCounts, CaseLocation, CasePage, CasePassphrase, CaseQuery,
  CaseRef, CaseView, Channel as ToldBy, CommuneView, ConsentPurpose, ContactPart, CorrespondentKey, CrisisFace,
  CrisisPin, CrisisView, CriterionView, DeducedNeeds, DelegationView, DemoCreated, DocumentView, Done, DraftSaved,
  DraftView, EditionView, EpciView, EqualityView, Exported, FactKind, FetchedView, FilledField, FinishRequest, FirmFace,
  Following, FollowUpDue, JournalCheck, JournalPage, KeyLookup, KeyPreview, KeysImported, Language, MailAccount,
  MailAccountView, MailCounts, MailDraft, MailDraftView, MailPage, MailQuery, MatchFilter, MatchReplacement,
  MatchRules, MatchView, NafView, OrganisationCheck, OrganisationMatch, OrganisationView, OutboxRow,
  PassphraseChannel, PassphraseStrength, Person, PersonView, Place, Preferences, Progress, Provider, ProviderColumn,
  ProviderNeeds, ProviderPaperKind, ProviderQuery, ProvidersImported, ProviderView, ReadinessProgramme,
  ReferenceView, ReferralFollowUp, Remedy, ReplayView, Report, ReportedOrganisation, RevocationCause,
  RevocationPaper, Rfc2350, Rfc2350Comparison, Rfc2350Fix, Rfc2350Lang, Rfc2350Section, Rfc2350View, Role,
  RotatedKey, SentView, SessionView, Settings, ShortlistView, Status, SuggestedPassphrase, TeamKeySource,
  TeamKeyView, TeamProfile, TemplateView, TemporaryAccess, ThreadView, TriagePatch, VaultKind, VaultRequest,
  VerdictView,
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
  /** Mail came, left or failed to leave by itself. */
  onMail: (handler: () => void) => listen('mail', handler),
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
  /** Intercommunalities by name or SIREN, those of the region first. */
  epcis: (text: string) => invoke<EpciView[]>('epcis', { text }),
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

  // Mail: what was received and sent
  mailList: (query: Partial<MailQuery>) => invoke<MailPage>('mail_list', { query }),
  mailCounts: () => invoke<MailCounts>('mail_counts'),
  /** Marks nothing: who unfolds a mail says so. */
  mailThread: (id: string) => invoke<ThreadView>('mail_thread', { id }),
  /** Made harmless by the host; shown through an allow-list here all the same. */
  mailHtml: (id: string) => invoke<string>('mail_html', { id }),
  mailFile: (id: string, into: string) => invoke<Done>('mail_file', { id, case: into }),
  mailMark: (id: string, unread: boolean) => invoke<void>('mail_mark', { id, unread }),
  mailAttachmentKeep: (id: string, index: number) => invoke<Done>('mail_attachment_keep', { id, index }),
  /** Writes it in clear; without a folder, into the user's downloads. */
  mailAttachmentExport: (id: string, index: number, folder: string | null) =>
    invoke<Exported>('mail_attachment_export', { id, index, folder }),
  /** Writes what a case keeps in clear; without a folder, into the user's downloads. */
  evidenceExport: (id: string, folder: string | null) => invoke<Exported>('evidence_export', { id, folder }),
  mailToReport: (id: string) => invoke<DraftSaved>('mail_to_report', { id }),
  /** A .eml, .mbox or .asc; the bytes in base64. */
  mailImport: (name: string, bytes: string) => invoke<FetchedView>('mail_import', { name, bytes }),
  mailTakeKey: (id: string) => invoke<KeysImported>('mail_take_key', { id }),

  // Mail: what is being written
  mailDrafts: () => invoke<MailDraftView[]>('mail_drafts'),
  mailDraftNew: (about: string | null, template: string | null, follows: Following | null) =>
    invoke<MailDraftView>('mail_draft_new', { case: about, template, follows }),
  /** What the host can put into its text. */
  mailDraftFields: (id: string) => invoke<FilledField[]>('mail_draft_fields', { id }),
  mailDraftGet: (id: string) => invoke<MailDraftView>('mail_draft_get', { id }),
  mailDraftSave: (id: string, draft: MailDraft) => invoke<MailDraftView>('mail_draft_save', { id, draft }),
  mailDraftDiscard: (id: string) => invoke<void>('mail_draft_discard', { id }),
  mailDraftRestore: (id: string) => invoke<MailDraftView>('mail_draft_restore', { id }),
  /** The bytes in base64. */
  mailDraftAttach: (id: string, name: string, bytes: string) => invoke<MailDraftView>('mail_draft_attach', { id, name, bytes }),
  mailDraftAttachDocument: (id: string, document: string) =>
    invoke<MailDraftView>('mail_draft_attach_document', { id, document }),
  mailSend: (id: string) => invoke<SentView>('mail_send', { id }),
  /** Takes a mail back while it is held; it is a draft again. */
  mailHold: (id: string) => invoke<MailDraftView>('mail_hold', { id }),
  mailApprove: (id: string) => invoke<void>('mail_approve', { id }),
  /** Writes a .eml, protected as it would leave. */
  mailExport: (id: string, folder: string | null) => invoke<Exported>('mail_export', { id, folder }),
  mailRecipients: (text: string, about: string | null) => invoke<Address[]>('mail_recipients', { text, case: about }),
  casePassphrase: (id: string) => invoke<CasePassphrase>('case_passphrase', { case: id }),
  /** What was locked before keeps the one before. */
  casePassphraseRenew: (id: string, reason: string) => invoke<CasePassphrase>('case_passphrase_renew', { case: id, reason }),
  casePassphraseTold: (id: string, channel: PassphraseChannel, to: string) =>
    invoke<CasePassphrase>('case_passphrase_told', { case: id, channel, to }),

  // Mail: what leaves, and the account
  outbox: () => invoke<OutboxRow[]>('outbox'),
  /** Over the network, so it may take a while. */
  outboxSend: () => invoke<OutboxRow[]>('outbox_send'),
  outboxCancel: (id: string) => invoke<OutboxRow[]>('outbox_cancel', { id }),
  /** Says of an uncertain mail whether it left. */
  outboxSettle: (id: string, left: boolean) => invoke<OutboxRow[]>('outbox_settle', { id, left }),
  mailAccount: () => invoke<MailAccountView>('mail_account'),
  /** Null takes the account away; a secret that is null stays as it is. */
  mailAccountSet: (account: MailAccount | null, secret: string | null) =>
    invoke<MailAccountView>('mail_account_set', { account, secret }),
  mailAccountCheck: (account: MailAccount, secret: string | null) =>
    invoke<AccountCheck>('mail_account_check', { account, secret }),
  mailFetch: () => invoke<FetchedView>('mail_fetch'),
  mailTemplates: (lang: Language) => invoke<TemplateView[]>('mail_templates', { lang }),
  mailTemplateSet: (template: TemplateView) => invoke<TemplateView>('mail_template_set', { template }),
  mailTemplateReset: (id: string, lang: string) => invoke<TemplateView>('mail_template_reset', { id, lang }),

  // The keys of correspondents
  keyring: (text: string) => invoke<CorrespondentKey[]>('keyring', { text }),
  /** The bytes in base64. */
  keyImport: (name: string, bytes: string) => invoke<KeysImported>('key_import', { name, bytes }),
  keyVerify: (id: string, person: string) => invoke<CorrespondentKey>('key_verify', { id, with: person }),
  keyAccept: (id: string) => invoke<CorrespondentKey>('key_accept', { id }),
  keyRefuse: (id: string, why: string) => invoke<CorrespondentKey>('key_refuse', { id, why }),
  keyRestore: (id: string) => invoke<CorrespondentKey>('key_restore', { id }),
  correspondentKeyExport: (id: string) => invoke<string>('correspondent_key_export', { id }),
  /** It waits until it is run; the place is "wkd" or the host of a key server. */
  keyLookup: (mail: string, place: string) => invoke<KeyLookup[]>('key_lookup', { mail, place }),
  keyLookups: () => invoke<KeyLookup[]>('key_lookups'),
  /** Over the network, so it may take a while. */
  keyLookupsRun: () => invoke<KeysImported>('key_lookups_run'),
  keyLookupForget: (mail: string, place: string) => invoke<KeyLookup[]>('key_lookup_forget', { mail, place }),

  // The registry of firms
  providerList: (query: Partial<ProviderQuery>) => invoke<FirmFace[]>('provider_list', { query }),
  providerGet: (id: string) => invoke<ProviderView>('provider_get', { id }),
  /** Null takes a new firm in. */
  providerSet: (id: string | null, provider: Provider) => invoke<ProviderView>('provider_set', { id, provider }),
  /** The bytes in base64; without columns they are guessed from the header. */
  providerImport: (bytes: string, columns: readonly (ProviderColumn | null)[] | null, dryRun: boolean) =>
    invoke<ProvidersImported>('provider_import', { bytes, columns, dryRun }),
  /** Writes it in clear; without a folder, into the user's downloads. */
  providerExport: (folder: string | null) => invoke<Exported>('provider_export', { folder }),
  /** Between two days, both included (`2026-03-01`). */
  providerEquality: (from: string, until: string) => invoke<EqualityView>('provider_equality', { from, until }),

  // The firms for a case
  /** The communes of the team's region, as dots. */
  regionPlaces: () => invoke<Place[]>('region_places'),
  matchRules: () => invoke<MatchRules>('match_rules'),
  matchRulesSet: (rules: MatchRules) => invoke<MatchRules>('match_rules_set', { rules }),
  caseNeeds: (id: string) => invoke<DeducedNeeds>('case_needs', { case: id }),
  /** Without needs, those that the case tells. */
  caseMatch: (id: string, needs: ProviderNeeds | null) => invoke<MatchView>('case_match', { case: id, needs }),
  shortlists: (id: string) => invoke<ShortlistView[]>('shortlists', { case: id }),
  shortlistKeep: (id: string, needs: ProviderNeeds | null, replacements: readonly MatchReplacement[]) =>
    invoke<ShortlistView>('shortlist_keep', { case: id, needs, replacements }),
  /** Null: nobody yet. */
  shortlistChoose: (id: string, firm: string | null) => invoke<Done>('shortlist_choose', { id, firm }),
  shortlistReplay: (id: string) => invoke<ReplayView>('shortlist_replay', { id }),
  /** The needs with what the case concedes. */
  /** Where a commune is; null for a code that is not known. */
  needsPlace: (commune: string) => invoke<CaseLocation | null>('needs_place', { commune }),
  needsConcede: (needs: ProviderNeeds, remedies: readonly Remedy[], filters: readonly MatchFilter[]) =>
    invoke<ProviderNeeds>('needs_concede', { needs, remedies, filters }),
  /** Notes how the beneficiary was told of the list. */
  shortlistTell: (id: string, by: ToldBy) => invoke<Done>('shortlist_tell', { id, by }),
  shortlistPreview: (id: string) => bytes(invoke<ArrayBuffer>('shortlist_preview', { id })),
  /** Keeps the list as a document: it waits for the lead, or leaves under the lead's word. */
  shortlistSubmit: (id: string) => invoke<DocumentView>('shortlist_submit', { id }),
  /** The lead's standing word on the rules as they are. */
  delegation: () => invoke<DelegationView | null>('delegation'),
  delegationSet: (given: boolean) => invoke<DelegationView | null>('delegation_set', { given }),

  // What came of a list
  followUps: () => invoke<FollowUpDue[]>('follow_ups'),
  referralFollow: (id: string, after: ReferralFollowUp) => invoke<Done>('referral_follow', { id, after }),
  referralDecline: (id: string, reason: string) => invoke<Done>('referral_decline', { id, reason }),
  equalityPreview: (from: string, until: string) => bytes(invoke<ArrayBuffer>('equality_preview', { from, until })),
  /** Signed beside when the lead asks. */
  equalityExport: (from: string, until: string, folder: string | null) => invoke<Exported>('equality_export', { from, until, folder }),

  // The papers of a firm, and its confirmation
  /** The bytes in base64. */
  providerPaperAdd: (id: string, kind: ProviderPaperKind, name: string, bytes: string) =>
    invoke<ProviderView>('provider_paper_add', { id, kind, name, bytes }),
  providerPaperRemove: (id: string, sha256: string) => invoke<ProviderView>('provider_paper_remove', { id, sha256 }),
  providerPaperExport: (id: string, sha256: string, folder: string | null) =>
    invoke<Exported>('provider_paper_export', { id, sha256, folder }),
  /** Begins the mail that asks a firm to confirm its record. */
  providerReview: (id: string) => invoke<MailDraftView>('provider_review', { id }),

  // One event, many beneficiaries
  crisisPlan: (cases: readonly string[], pins: readonly CrisisPin[]) => invoke<CrisisView>('crisis_plan', { cases, pins }),
  crisisKeep: (name: string, cases: readonly string[], pins: readonly CrisisPin[]) =>
    invoke<CrisisView>('crisis_keep', { name, cases, pins }),
  crisisList: () => invoke<CrisisFace[]>('crisis_list'),
  crisisGet: (id: string) => invoke<CrisisView>('crisis_get', { id }),
  /** The firms that pass for a case: whom a person may settle on. */
  crisisChoices: (id: string) => invoke<FirmFace[]>('crisis_choices', { case: id }),
  /** Whether the kept plan comes out the same again. */
  crisisReplay: (id: string) => invoke<boolean>('crisis_replay', { id }),
  crisisPreview: (id: string) => bytes(invoke<ArrayBuffer>('crisis_preview', { id })),
  /** The whole plan, and the list of each firm alone. */
  crisisExport: (id: string, folder: string | null) => invoke<Exported>('crisis_export', { id, folder }),
};
