export type Code = "locked" | "wrong_passphrase" | "wait" | "recovery_key_mistyped" | "wrong_recovery_key" | "weak_passphrase" | "vault_damaged" | "vault_tampered" | "database_damaged" | "newer_version" | "already_open" | "vault_exists" | "no_vault" | "disk_full" | "not_writable" | "not_allowed" | "last_lead" | "not_found" | "invalid" | "too_long" | "status_not_reachable" | "reason_missing" | "cannot_undo" | "document_settled" | "key_unreadable" | "key_public_only" | "key_passphrase" | "key_expired" | "key_unfit" | "key_several" | "key_too_large" | "cannot_sign" | "journal_damaged" | "report" | "io" | "internal";

export type VaultKind = "real" | "demo";

export type Face = { id: string, name: string, role: Role, };

export type VaultFace = { kind: VaultKind, team: string, people: Array<Face>, wait_seconds: number, damaged: boolean, };

export type Language = "fr" | "en";

export type Theme = "system" | "light" | "dark";

export type Preferences = { language: Language, theme: Theme, };

export type AppStatus = { version: string, data_folder: string, vaults: Array<VaultFace>, session: SessionView | null, preferences: Preferences, };

export type SuggestedPassphrase = { passphrase: string, bits: number, };

export type PassphraseStrength = { bits: number, needed: number, enough: boolean, hints: Array<Hint>, };

export type Hint = "too_long" | "contains_name" | "common_password" | "common_name" | "keyboard_pattern" | "sequence" | "repetition" | "date" | "add_words";

export type KeyPreview = { fingerprint: string, user_ids: Array<string>, created_at: string, expires_at: string | null, keys: Array<KeyPart>, warnings: Array<string>, };

export type KeyPart = { fingerprint: string, algorithm: string, certifies: boolean, signs: boolean, encrypts: boolean, role: string | null, };

export type VaultRequest = { profile: TeamProfile, lead_name: string, passphrase: string, recovery_key: string, team_key: TeamKeySource, };

export type DemoPerson = { name: string, role: Role, passphrase: string, };

export type DemoCreated = { users: Array<DemoPerson>, cases: number, };

export type Progress = { done: number, total: number, };

export type SessionView = { kind: VaultKind, person: Face, abilities: Array<Ability>, must_change_passphrase: boolean, profile: TeamProfile, settings: Settings, people: Array<Face>, key_fingerprint: string, key_expires_at: string | null, device: string, notices: Array<string>, };

export type Settings = { lock_after_minutes: number, tags: Array<string>, expected_services: Array<string>, reorientations: Array<string>, };

export type PersonView = { face: Face, must_change_passphrase: boolean, abilities: Array<Ability>, holds: Array<string>, };

export type TemporaryAccess = { face: Face, passphrase: string, };

export type DraftView = { id: string, author: string, created_at: string, saved_at: string, report: Report, completeness: Completeness, };

export type DraftSaved = { id: string, saved_at: string, completeness: Completeness, };

export type FinishRequest = { draft: string, reorientation: ReorientationView | null, };

export type ReorientationView = { target: Reorientation, name: string, reason: string, };

export type CaseRef = { id: string, reference: string, title: string, };

export type OrganisationMatch = { organisation: OrganisationView, open_cases: Array<CaseRef>, };

export type OrganisationView = { id: string, name: string, kind: OrganisationKind | null, siren: string, siret: string, headcount: number | null, turnover_euros: number | null, balance_euros: number | null, naf: string, naf_version: string, naf_label: string, commune: string, commune_name: string, department: string, };

export type OrganisationCheck = { identifier_error: string | null, size_class: OrganisationKind | null, size_certain: boolean, scope: Scope, matches: Array<OrganisationMatch>, };

export type CommuneView = { insee: string, name: string, postcodes: Array<string>, department: string, region: string, epci: string, };

export type NafView = { code: string, label: string, version: string, };

export type CaseQuery = { text: string, statuses: Array<Status>, grades: Array<Grade>, categories: Array<Category>, departments: Array<string>, kind: EventKind | null, assignee: string | null, quiet_since: string | null, urgent: boolean | null, from: string | null, until: string | null, sort: CaseSort, offset: number, limit: number, };

export type CaseSort = "newest" | "oldest" | "changed" | "gravity" | "reference";

export type CaseRow = { id: string, reference: string, title: string, organisation: string, place: string, kind: EventKind, categories: Array<Category>, status: Status, grade: Grade, tlp: Tlp, urgent: boolean, assignee: string | null, received_at: string, changed_at: string, passage: string, };

export type CasePage = { rows: Array<CaseRow>, total: number, more: boolean, took_ms: number, };

export type CaseCounts = { all: number, open: number, to_qualify: number, mine: number, grave: number, quiet: number, this_year: number, drafts: number, to_sign: number, open_by_grade: { [key in string]?: number } };

export type CaseView = { id: string, reference: string, title: string, kind: EventKind, categories: Array<Category>, rsit: Array<string>, rsit_chosen: boolean, confirmation: Confirmation, status: Status, reached: { [key in string]?: string }, axes: SeverityAxes, severity: Severity, severity_override: SeverityOverride | null, grade: Grade, perimeter: string, tlp: Tlp, pap: Pap, urgent: boolean, assignee: string | null, tags: Array<string>, next_step: string, received_at: string, changed_at: string, reorientation: ReorientationView | null, report: Report, completeness: Completeness, organisation: OrganisationView | null, contacts: Array<ContactView>, consents: Array<ConsentView>, facts: Array<FactView>, notes: Array<NoteView>, documents: Array<DocumentView>, siblings: Array<CaseRef>, };

export type ContactView = { id: string, part: ContactPart, person: Person, };

export type ContactPart = "requester" | "management" | "technical" | "other";

export type ConsentView = { purpose: ConsentPurpose, given: boolean | null, by: string, at: string | null, recorded_by: string | null, };

export type FactKind = "attack" | "action" | "exchange" | "decision";

export type FactView = { id: string, at: string, estimated: boolean, kind: FactKind, title: string, detail: string, author: string | null, automatic: boolean, };

export type NoteView = { id: string, at: string, author: string | null, text: string, };

export type TriagePatch = { title?: string, kind?: EventKind, categories?: Array<Category>, rsit?: Array<string>, confirmation?: Confirmation, axes?: SeverityAxes, severity_override?: SeverityOverride, clear_override?: boolean, perimeter?: string, tlp?: Tlp, pap?: Pap, urgent?: boolean, tags?: Array<string>, next_step?: string, };

export type Done = { entry: string, };

export type JournalLine = { entry: string, at: string, author: string, device: string, changes: Array<JournalChange>, readable: boolean, };

export type JournalChange = { entity: string, field: string, before: string | null, after: string | null, };

export type JournalPage = { lines: Array<JournalLine>, total: number, };

export type JournalCheck = { good: boolean, chains: number, entries: number, faults: Array<JournalFault>, tables_agree: boolean, stopped: boolean, };

export type JournalFault = { chain: string, seq: number, kind: string, };

export type DocumentState = "to_sign" | "signed" | "returned";

export type DocumentView = { id: string, case: CaseRef, audience: Audience, file_name: string, tlp: Tlp, state: DocumentState, size: number, pages: number, sha256: string, prepared_by: string | null, prepared_at: string, settled_by: string | null, settled_at: string | null, reason: string, signature: string | null, };

export type Exported = { folder: string, files: Array<string>, };

export type VerdictKind = "good" | "bad" | "unknown_key" | "expired_key" | "revoked_key" | "weak" | "not_for_signing" | "out_of_time" | "unsupported" | "not_a_signature" | "no_signature";

export type VerdictView = { kind: VerdictKind, fingerprint: string | null, signer: string | null, own_key: boolean, signed_at: string | null, sha256: string, document: CaseRef | null, };

export type ReferenceView = { rsit: Array<RsitView>, category_rsit: { [key in string]?: Array<string> }, measures: Array<MeasureView>, script: Array<ScriptView>, axes: Array<AxisView>, regions: Array<RegionView>, roles: { [key in string]?: Array<Ability> }, text_limit: number, };

export type RsitView = { id: string, label_fr: string, label_en: string, };

export type MeasureView = { id: string, category: Category | null, avoid: boolean, title_fr: string, title_en: string, detail_fr: string, detail_en: string, };

export type ScriptView = { item: number, category: Category | null, say_fr: string, say_en: string, prompts_fr: Array<string>, prompts_en: Array<string>, };

export type AxisView = { axis: Axis, weight: number, name_fr: string, name_en: string, levels_fr: Array<string>, levels_en: Array<string>, };

export type RegionView = { code: string, name: string, departments: Array<string>, };

export type EventKind = "report" | "incident";

export type Category = "ransomware" | "account_compromise" | "phishing" | "impersonation" | "denial_of_service" | "defacement" | "data_leak" | "transfer_fraud" | "exposed_vulnerability" | "edge_device" | "other";

export type Confirmation = "unverified" | "suspected" | "confirmed" | "dismissed";

export type Status = "reported" | "qualification" | "coordination" | "resolution" | "closed";

export type ConsentPurpose = "publish" | "cert_fr" | "regional_csirts" | "sector_csirts";

export type Channel = "phone" | "mail" | "partner" | "visit";

export type Audience = "beneficiaire" | "cert-fr" | "interne";

export type Moment = { at: string, estimated: boolean, };

export type Person = { name: string, function: string, phone: string, mail: string, };

export type ReportedOrganisation = { known_as: string | null, name: string, identifier: string, kind: OrganisationKind | null, headcount: number | null, turnover_euros: number | null, balance_euros: number | null, naf: string, commune: string, management: Person, technical: Person, };

export type MeasureState = { measure: string, said_at: string | null, done_at: string | null, };

export type Report = { channel: Channel, received_at: string | null, urgent: boolean, organisation: Answer<ReportedOrganisation>, requester: Answer<Person>, started: Answer<Moment>, detected: Answer<Moment>, categories: Answer<Array<Category>>, narrative: Answer<string>, impact: Answer<string>, machines: Answer<number>, machine_kinds: Answer<string>, actions: Answer<string>, findings: Answer<string>, architecture: Answer<string>, estate: Answer<number>, defences: Answer<string>, provider: Answer<string>, expected: Answer<string>, measures: Array<MeasureState>, };

export type Tlp = "TLP:CLEAR" | "TLP:GREEN" | "TLP:AMBER" | "TLP:AMBER+STRICT" | "TLP:RED";

export type Pap = "PAP:CLEAR" | "PAP:GREEN" | "PAP:AMBER" | "PAP:RED";

export type OrganisationKind = "micro" | "pme" | "eti" | "ge" | "commune" | "epci" | "departement" | "region" | "syndicat" | "ccas" | "sdis" | "eple" | "office_hlm" | "gip" | "other_public" | "association" | "other";

export type OutOfScope = "too_large" | "outside_region" | "individual" | "other_csirt" | "not_security";

export type Reorientation = "cert_fr" | "17cyber" | "cert_sante" | "m_cert" | "regional_csirt" | "police" | "other";

export type Role = "operator" | "analyst" | "lead";

export type Ability = "take_report" | "read_cases" | "triage" | "prepare_document" | "sign_document" | "manage_people" | "manage_team";

export type Grade = "G1" | "G2" | "G3" | "G4";

export type Axis = "functional" | "information" | "recovery" | "urgency" | "perimeter";

export type SeverityAxes = { functional: number | null, information: number | null, recovery: number | null, urgency: number | null, machines: number | null, estate: number | null, core_systems_hit: boolean, encryption_under_way: boolean, vital_service_stopped: boolean, };

export type AxisLine = { axis: Axis, level: number, weight: number, points: number, known: boolean, };

export type Floor = "encryption_under_way" | "vital_service_stopped";

export type Severity = { score: number, by_score: Grade, grade: Grade, lines: Array<AxisLine>, floors: Array<Floor>, unknown: number, };

export type SeverityOverride = { grade: Grade, reason: string, };

export type Answer<T> = { "state": "unasked" } | { "state": "unknown" } | { "state": "known", "value": T };

export type Scope = { "scope": "in_scope" } | { "scope": "out_of_scope", "reason": OutOfScope };

export type TeamKeySource = { "from": "generate" } | { "from": "import", armoured: string, passphrase: string, shared: Array<string>, };

export type ApiError = { code: Code, message: string, field: string | null, };

export type Item = "organisation" | "requester" | "chronology" | "description" | "actions" | "findings" | "architecture" | "defences" | "provider" | "expected";

export type ItemProgress = "unasked" | "unknown" | "partial" | "known";

export type ItemState = { item: Item, progress: ItemProgress, };

export type Completeness = { asked: number, known: number, items: Array<ItemState>, enough_to_qualify: boolean, };


export type OpeningRule = { "rule": "always" } | { "rule": "except_holidays" } | { "rule": "working_days", from_minute: number, until_minute: number, };

export type AuthorityContact = { name: string, phone: string, mail: string, url: string, note: string, source: string, checked_on: string | null, };

export type Opening = { rule: OpeningRule, text_fr: string, text_en: string, };

export type TeamProfile = { short_name: string, full_name: string, host: string, address: Array<string>, region: string, reference_prefix: string, phone: string, mail: string, website: string, opening: Opening, authorities: Array<AuthorityContact>, disclaimer_fr: string, disclaimer_en: string, sectors: Array<string>, };
