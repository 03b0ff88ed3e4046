// Written from the Rust types by `./dev types`. Do not edit.

export type Ability = "take_report" | "read_cases" | "triage" | "prepare_document" | "sign_document" | "manage_people" | "manage_team";

export type AccountCheck = { 
/**
 * By code ("ok", "unreachable", "untrusted", "login", "refused", "no_tls", "hostile"); empty when it was not tried.
 */
smtp: string, 
/**
 * The same.
 */
imap: string, 
/**
 * What the servers said, in their words.
 */
answer: string, };

export type Address = { 
/**
 * The name beside it; may be empty. Says nothing about who it really is.
 */
name: string, 
/**
 * "prenom.nom@firme.example", as it was written.
 */
mail: string, };

export type Answer<T> = { "state": "unasked" } | { "state": "unknown" } | { "state": "known", "value": T };

export type ApiError = { code: Code, message: string, field: string | null, };

export type AppStatus = { 
/**
 * Version of the application.
 */
version: string, 
/**
 * The data folder, to be told in an error.
 */
data_folder: string, 
/**
 * The vaults found. None means first run.
 */
vaults: Array<VaultFace>, 
/**
 * The open session, if there is one.
 */
session: SessionView | null, 
/**
 * Choices of this workstation.
 */
preferences: Preferences, };

export type AttachmentReading = { 
/**
 * Its name, made safe for a file; "piece-3" when it has none.
 */
name: string, 
/**
 * "application/pdf", as the sender says.
 */
mime: string, 
/**
 * Bytes, decoded.
 */
size: number, 
/**
 * SHA-256 of the decoded bytes, hexadecimal.
 */
sha256: string, 
/**
 * An OpenPGP key: it may go into the key ring.
 */
is_key: boolean, };

export type Audience = "beneficiaire" | "cert-fr" | "prestataire" | "interne";

export type AuthorityContact = { 
/**
 * Its name.
 */
name: string, 
/**
 * Telephone, as shown.
 */
phone: string, 
/**
 * Mail address.
 */
mail: string, 
/**
 * Web address.
 */
url: string, 
/**
 * When to turn to it, and what else to know.
 */
note: string, 
/**
 * Where the contact was read.
 */
source: string, 
/**
 * When it was last checked; none if never.
 */
checked_on: string | null, };

export type Axis = "functional" | "information" | "recovery" | "urgency" | "perimeter";

export type AxisLine = { 
/**
 * What is weighed.
 */
axis: Axis, 
/**
 * 0–3.
 */
level: number, 
/**
 * What one level counts.
 */
weight: number, 
/**
 * `level × weight`.
 */
points: number, 
/**
 * False where the level rests on something unknown or contradictory, and is to be asked again.
 */
known: boolean, };

export type AxisView = { 
/**
 * Which.
 */
axis: Axis, 
/**
 * How much one level counts.
 */
weight: number, 
/**
 * French name.
 */
name_fr: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * French sentence of each level, 0 to 3.
 */
levels_fr: Array<string>, 
/**
 * English sentence of each level, 0 to 3.
 */
levels_en: Array<string>, };

export type Bilingual = { 
/**
 * French.
 */
fr: string, 
/**
 * English.
 */
en: string, };

export type CardFace = { 
/**
 * Who made it.
 */
maker: string, 
/**
 * Serial number, hexadecimal.
 */
serial: string, 
/**
 * Name of the holder, if it bears one.
 */
holder: string | null, 
/**
 * Fingerprint of its signing key in groups of four.
 */
key: string | null, 
/**
 * Wrong PINs until it blocks; 0: blocked.
 */
pin_tries: number, 
/**
 * Whether it is to be touched for each signature.
 */
touch: boolean, };

export type CardStanding = "ready" | "no_service" | "not_allowed" | "no_reader" | "no_card" | "foreign" | "in_use" | "unreadable" | "empty" | "not_ours" | "other_key" | "key_unfit";

export type CardView = { 
/**
 * Whether it can sign.
 */
standing: CardStanding, 
/**
 * The OpenPGP card that is there, ready or not.
 */
card: CardFace | null, };

export type CaseCounts = { 
/**
 * All cases.
 */
all: number, 
/**
 * Not closed.
 */
open: number, 
/**
 * Waiting for a qualification.
 */
to_qualify: number, 
/**
 * Open and assigned to me.
 */
mine: number, 
/**
 * Open, G3 or G4.
 */
grave: number, 
/**
 * Open and unchanged for five days.
 */
quiet: number, 
/**
 * Received this year.
 */
this_year: number, 
/**
 * Reports begun and not ended.
 */
drafts: number, 
/**
 * Documents waiting for the lead.
 */
to_sign: number, 
/**
 * Open cases by grade, "G1" to "G4".
 */
open_by_grade: { [key in string]: number }, };

export type CaseLocation = { 
/**
 * INSEE code of the commune.
 */
commune: string, 
/**
 * Code of its département.
 */
departement: string, 
/**
 * Code of its region.
 */
region: string, 
/**
 * SIREN of its intercommunality; a few islands have none.
 */
epci: string | null, 
/**
 * Where it is on the map.
 */
place: Place | null, };

export type CasePage = { 
/**
 * The rows.
 */
rows: Array<CaseRow>, 
/**
 * How many match: exact, or 1 000 where there are `more`.
 */
total: number, 
/**
 * More match than were counted.
 */
more: boolean, 
/**
 * Time the answer took, milliseconds.
 */
took_ms: number, };

export type CasePassphrase = { 
/**
 * The words.
 */
passphrase: string, 
/**
 * By which channel it was told, and when; nothing when it was not told yet.
 */
told: PassphraseTold | null, };

export type CaseQuery = { 
/**
 * Words, by prefix, accents folded; empty for all.
 */
text: string, 
/**
 * One of these statuses; empty for all.
 */
statuses: Array<Status>, 
/**
 * One of these grades; empty for all.
 */
grades: Array<Grade>, 
/**
 * One of these categories; empty for all.
 */
categories: Array<Category>, 
/**
 * One of these départements; empty for all.
 */
departments: Array<string>, 
/**
 * Report or incident.
 */
kind: EventKind | null, 
/**
 * Assigned to this person.
 */
assignee: string | null, 
/**
 * Without a change since this instant.
 */
quiet_since: string | null, 
/**
 * Marked urgent.
 */
urgent: boolean | null, 
/**
 * Received at or after.
 */
from: string | null, 
/**
 * Received before.
 */
until: string | null, 
/**
 * Order.
 */
sort: CaseSort, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows at most, up to 500; 0 means 50.
 */
limit: number, };

export type CaseRef = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Human reference, "PDL-2026-0042".
 */
reference: string, 
/**
 * Title.
 */
title: string, };

export type CaseRow = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Human reference.
 */
reference: string, 
/**
 * Title.
 */
title: string, 
/**
 * Name of the organisation.
 */
organisation: string, 
/**
 * Commune and département of the organisation, "Les Herbiers (85)".
 */
place: string, 
/**
 * Report or incident.
 */
kind: EventKind, 
/**
 * Categories.
 */
categories: Array<Category>, 
/**
 * Status.
 */
status: Status, 
/**
 * Grade retained.
 */
grade: Grade, 
/**
 * Marking.
 */
tlp: Tlp, 
/**
 * Marked urgent.
 */
urgent: boolean, 
/**
 * To whom it is assigned.
 */
assignee: string | null, 
/**
 * When it was received.
 */
received_at: string, 
/**
 * When it was last changed.
 */
changed_at: string, 
/**
 * The passage that matched, with the words between U+E000 and U+E001; empty without a search.
 */
passage: string, };

export type CaseSort = "newest" | "oldest" | "changed" | "gravity" | "reference";

export type CaseView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Human reference.
 */
reference: string, 
/**
 * Title.
 */
title: string, 
/**
 * Report or incident.
 */
kind: EventKind, 
/**
 * Plain categories.
 */
categories: Array<Category>, 
/**
 * RSIT types, "malicious-code:ransomware"; deduced unless chosen.
 */
rsit: Array<string>, 
/**
 * Whether the RSIT types were chosen by hand.
 */
rsit_chosen: boolean, 
/**
 * How sure the team is.
 */
confirmation: Confirmation, 
/**
 * Where it stands.
 */
status: Status, 
/**
 * When it reached each status, by name.
 */
reached: { [key in string]: string }, 
/**
 * What the severity is computed from.
 */
axes: SeverityAxes, 
/**
 * The sum, explained.
 */
severity: Severity, 
/**
 * A grade set by hand, with its reason.
 */
severity_override: SeverityOverride | null, 
/**
 * The grade that counts.
 */
grade: Grade, 
/**
 * Perimeter in words (which systems, which sites).
 */
perimeter: string, 
/**
 * Marking.
 */
tlp: Tlp, 
/**
 * Marking of actions.
 */
pap: Pap, 
/**
 * Marked urgent.
 */
urgent: boolean, 
/**
 * To whom it is assigned.
 */
assignee: string | null, 
/**
 * Words the team put on it.
 */
tags: Array<string>, 
/**
 * What comes next, in one sentence.
 */
next_step: string, 
/**
 * When it was received.
 */
received_at: string, 
/**
 * When it was last changed.
 */
changed_at: string, 
/**
 * Out of scope: where the caller was sent.
 */
reorientation: ReorientationView | null, 
/**
 * What was told.
 */
report: Report, 
/**
 * How complete it is.
 */
completeness: Completeness, 
/**
 * The organisation.
 */
organisation: OrganisationView | null, 
/**
 * Its people.
 */
contacts: Array<ContactView>, 
/**
 * Consents, one per purpose.
 */
consents: Array<ConsentView>, 
/**
 * Chronology, oldest first.
 */
facts: Array<FactView>, 
/**
 * Notes, newest first.
 */
notes: Array<NoteView>, 
/**
 * Documents, newest first.
 */
documents: Array<DocumentView>, 
/**
 * Files kept as evidence, newest first.
 */
evidence: Array<EvidenceView>, 
/**
 * Other open cases of the same organisation.
 */
siblings: Array<CaseRef>, };

export type Category = "ransomware" | "account_compromise" | "phishing" | "impersonation" | "denial_of_service" | "defacement" | "data_leak" | "transfer_fraud" | "exposed_vulnerability" | "edge_device" | "other";

export type Channel = "phone" | "mail" | "partner" | "visit";

export type Charset = "utf8" | "utf16" | "windows1252";

export type Code = "locked" | "wrong_passphrase" | "wait" | "recovery_key_mistyped" | "wrong_recovery_key" | "weak_passphrase" | "vault_damaged" | "vault_tampered" | "database_damaged" | "newer_version" | "already_open" | "vault_exists" | "no_vault" | "disk_full" | "not_writable" | "not_allowed" | "consent_missing" | "passphrase_must_change" | "last_lead" | "own_access" | "name_taken" | "same_passphrase" | "not_found" | "invalid" | "too_long" | "status_not_reachable" | "reason_missing" | "cannot_undo" | "document_settled" | "rfc2350_blocked" | "nothing_new" | "key_unreadable" | "key_public_only" | "key_passphrase" | "key_expired" | "key_unfit" | "key_several" | "key_too_large" | "key_secret" | "key_own" | "key_other_address" | "key_to_verify" | "cannot_sign" | "team_key_ended" | "clock_behind_key" | "not_a_revocation" | "card_absent" | "card_pin" | "card_blocked" | "card_not_touched" | "card_withdrawn" | "card_refused" | "mail_blocked" | "journal_damaged" | "stopped" | "report" | "io" | "internal";

export type CommuneView = { 
/**
 * INSEE code.
 */
insee: string, 
/**
 * Name.
 */
name: string, 
/**
 * The former commune by whose name it was found, if it was.
 */
former_name: string, 
/**
 * Its postcodes.
 */
postcodes: Array<string>, 
/**
 * Code of its département.
 */
department: string, 
/**
 * INSEE code of its region.
 */
region: string, 
/**
 * Its EPCI, if it has one.
 */
epci: string, };

export type Completeness = { 
/**
 * Items put at least in part, of ten.
 */
asked: number, 
/**
 * Items of which something is known, of ten.
 */
known: number, 
/**
 * The ten items, in order.
 */
items: [ItemState, ItemState, ItemState, ItemState, ItemState, ItemState, ItemState, ItemState, ItemState, ItemState], 
/**
 * Somebody can be reached about something: the name of the organisation or a phone number of the requester, and
 * a category or the narrative.
 */
enough_to_qualify: boolean, };

export type Confirmation = "unverified" | "suspected" | "confirmed" | "dismissed";

export type ConflictTie = "itself" | "declared" | "present";

export type ConsentPurpose = "publish" | "cert_fr" | "regional_csirts" | "sector_csirts" | "providers";

export type ConsentView = { 
/**
 * For what.
 */
purpose: ConsentPurpose, 
/**
 * Yes, no, or not asked.
 */
given: boolean | null, 
/**
 * Who said so.
 */
by: string, 
/**
 * When.
 */
at: string | null, 
/**
 * Who wrote it down.
 */
recorded_by: string | null, };

export type ContactPart = "requester" | "management" | "technical" | "other";

export type ContactView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * "requester", "management", "technical", "other".
 */
part: ContactPart, 
/**
 * Who.
 */
person: Person, };

export type CorrespondentKey = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * Its names, the first one first.
 */
user_ids: Array<string>, 
/**
 * The addresses that the team uses it for.
 */
addresses: Array<string>, 
/**
 * What the team thinks of it.
 */
trust: KeyTrust, 
/**
 * What it is good for.
 */
fitness: KeyFitness, 
/**
 * When it ends, if ever.
 */
expires: string | null, 
/**
 * Whole days left, when they are 60 or fewer; negative once it is past.
 */
days: number | null, 
/**
 * Where it came from.
 */
origin: KeyOrigin, 
/**
 * When it came.
 */
first_seen: string, 
/**
 * How it was verified.
 */
verification: KeyVerification | null, 
/**
 * Why it was refused.
 */
refused_for: string, 
/**
 * The primary key and the subkeys.
 */
keys: Array<KeyEntryView>, 
/**
 * The fingerprint for a camera.
 */
qr: QrCode, 
/**
 * The organisations whose contacts bear its addresses.
 */
organisations: Array<string>, 
/**
 * Other keys of its addresses that were not refused: while it is to be verified again, those that the alarm is about.
 */
rivals: Array<string>, 
/**
 * The journal entry of the decision that was just taken; give it to `undo`. Else empty.
 */
entry: string, };

export type CrisisAssigned = { 
/**
 * Which.
 */
case: string, 
/**
 * By whom.
 */
firm: string, 
/**
 * Kilometres, where both places are known.
 */
km: number | null, 
/**
 * Firms with a free hand that pass its filters.
 */
passing: number, 
/**
 * A person settled it.
 */
by_hand: boolean, 
/**
 * Those of them that are nearer, and whose hands are given to other cases.
 */
nearer_but_full: Array<string>, };

export type CrisisAssignment = { 
/**
 * [`ALGORITHM`] of the day.
 */
algorithm: number, 
/**
 * The seed of the draw.
 */
seed: number, 
/**
 * The day.
 */
on: string, 
/**
 * Cases served, by identifier.
 */
assigned: Array<CrisisAssigned>, 
/**
 * Cases not served, by identifier.
 */
unserved: Array<CrisisUnserved>, };

export type CrisisCaseFace = { 
/**
 * Identifier.
 */
id: string, 
/**
 * "PDL-2026-0042".
 */
reference: string, 
/**
 * Whose it is, else its title.
 */
organisation: string, 
/**
 * Its commune, or empty.
 */
commune: string, 
/**
 * Where that is.
 */
place: Place | null, 
/**
 * How grave it was when the plan was made.
 */
grade: Grade, 
/**
 * Its marking.
 */
tlp: Tlp, };

export type CrisisFace = { 
/**
 * Identifier.
 */
id: string, 
/**
 * The event.
 */
name: string, 
/**
 * The day of the plan.
 */
on: string, 
/**
 * Cases of the event.
 */
cases: number, 
/**
 * Those that a firm takes.
 */
served: number, 
/**
 * By whom.
 */
made_by: string, 
/**
 * When.
 */
made_at: string, };

export type CrisisPin = { 
/**
 * Which case.
 */
case: string, 
/**
 * The firm that takes it; none: nobody is sent.
 */
firm: string | null, 
/**
 * Why; never blank.
 */
reason: string, };

export type CrisisUnserved = { 
/**
 * Which.
 */
case: string, 
/**
 * Why.
 */
because: CrisisUnservedReason, };

export type CrisisUnservedReason = { "kind": "nobody_passes", 
/**
 * What to do.
 */
instead: NobodyLeft, } | { "kind": "all_full", 
/**
 * How many firms.
 */
passing: number, } | { "kind": "held_back" };

export type CrisisView = { 
/**
 * The plan as it is kept; nothing for one that is only looked at.
 */
kept: CrisisFace | null, 
/**
 * The cases of the event.
 */
cases: Array<CrisisCaseFace>, 
/**
 * The firms that the plan speaks of.
 */
firms: Array<FirmFace>, 
/**
 * What a person settled.
 */
pins: Array<CrisisPin>, 
/**
 * The plan.
 */
assignment: CrisisAssignment, };

export type Criterion = "experience" | "technologies" | "label" | "distance" | "on_site" | "key" | "kind" | "size" | "satisfaction";

export type CriterionLine = { 
/**
 * What is weighed.
 */
name: Criterion, 
/**
 * 0–100.
 */
level: number, 
/**
 * Points, hundredths.
 */
points: number, 
/**
 * Points at level 100, hundredths.
 */
maximum: number, 
/**
 * What the level rests on.
 */
reason: CriterionReason, };

export type CriterionReason = { "kind": "experience", 
/**
 * How many.
 */
cases: number, 
/**
 * Of which.
 */
category: Category, } | { "kind": "technologies", 
/**
 * How many.
 */
known: number, 
/**
 * Of how many.
 */
asked: number, } | { "kind": "label", 
/**
 * Which; none for none.
 */
label: ProviderLabelKind | null, 
/**
 * Its level.
 */
level: PrisLevel | null, } | { "kind": "distance", 
/**
 * Kilometres; none where it is not on the map.
 */
km: number | null, } | { "kind": "on_site", 
/**
 * Hours that it promises.
 */
hours: number | null, } | { "kind": "key", 
/**
 * The state.
 */
state: ProviderKeyState, } | { "kind": "kind", 
/**
 * How many.
 */
cases: number, 
/**
 * Which kind.
 */
served: OrganisationKind, } | { "kind": "size", 
/**
 * How many.
 */
cases: number, 
/**
 * Which size.
 */
band: SizeBand, } | { "kind": "satisfaction", 
/**
 * Satisfied…
 */
satisfied: number, 
/**
 * … of those who answered.
 */
answered: number, };

export type CriterionView = { 
/**
 * What is asked, by whom, where it was read.
 */
criterion: ReadinessCriterion, 
/**
 * Whether it is met.
 */
state: ReadinessState, 
/**
 * What the lead stated.
 */
statement: StatementView | null, 
/**
 * What is attached.
 */
attachment: EditionFile | null, };

export type DeducedNeed = { 
/**
 * Why.
 */
because: ProviderNeedReason, } & ({ "need": "category", "value": Category } | { "need": "service", "value": ProviderService } | { "need": "technology", "value": Technology } | { "need": "kind" } | { "need": "public_body" } | { "need": "headcount" } | { "need": "sector" } | { "need": "reaction_hours" } | { "need": "site_visit" } | { "need": "on_site_hours" } | { "need": "location" } | { "need": "maximum_km" } | { "need": "label", "value": ProviderLabelKind } | { "need": "beneficiary" } | { "need": "present" });

export type DeducedNeeds = { 
/**
 * The needs.
 */
needs: ProviderNeeds, 
/**
 * One line for each value that is not empty, in the order of the form; a value found in several ways has several.
 */
because: Array<DeducedNeed>, };

export type DelegationView = { 
/**
 * What was signed.
 */
text: string, 
/**
 * Detached signature, armoured.
 */
signature: string, 
/**
 * SHA-256 of the rules, hexadecimal.
 */
rules_sha256: string, 
/**
 * Fingerprint of the certificate, in groups of four.
 */
fingerprint: string, 
/**
 * The lead who signed.
 */
signed_by: string, 
/**
 * When.
 */
signed_at: string, };

export type DeliveryState = "waiting" | "sent" | "uncertain" | "refused" | "bounced" | "cancelled" | "exported";

export type DeliveryView = { 
/**
 * To whom.
 */
to: Address, 
/**
 * How it stands.
 */
state: DeliveryState, 
/**
 * Since when.
 */
at: string, 
/**
 * What the server said, when it said no.
 */
answer: string, };

export type DemoCreated = { 
/**
 * Its people.
 */
users: Array<DemoPerson>, 
/**
 * Number of cases written.
 */
cases: number, };

export type DemoPerson = { 
/**
 * Name to unlock with.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Passphrase, printed on purpose: the data is invented.
 */
passphrase: string, };

export type DocumentKind = "summary" | "short_list";

export type DocumentState = "to_sign" | "signed" | "returned" | "delegated";

export type DocumentView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Its case.
 */
case: CaseRef, 
/**
 * What it is.
 */
kind: DocumentKind, 
/**
 * For whom.
 */
audience: Audience, 
/**
 * File name, "PDL-2026-0042-synthese.pdf".
 */
file_name: string, 
/**
 * Marking.
 */
tlp: Tlp, 
/**
 * Where it stands.
 */
state: DocumentState, 
/**
 * Bytes.
 */
size: number, 
/**
 * Pages.
 */
pages: number, 
/**
 * SHA-256 of the bytes, hexadecimal.
 */
sha256: string, 
/**
 * Who prepared it.
 */
prepared_by: string | null, 
/**
 * When it was prepared.
 */
prepared_at: string, 
/**
 * Who signed or sent it back.
 */
settled_by: string | null, 
/**
 * When.
 */
settled_at: string | null, 
/**
 * Why it was sent back.
 */
reason: string, 
/**
 * The detached signature, armoured.
 */
signature: string | null, };

export type Done = { 
/**
 * The journal entry; give it to `undo`.
 */
entry: string, };

export type DraftAttachment = { 
/**
 * File name.
 */
name: string, 
/**
 * "application/pdf".
 */
mime: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * SHA-256, hexadecimal.
 */
sha256: string, };

export type DraftSaved = { 
/**
 * Identifier; made at the first save.
 */
id: string, 
/**
 * When it was saved.
 */
saved_at: string, 
/**
 * How complete it is.
 */
completeness: Completeness, };

export type DraftView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Who takes it.
 */
author: string, 
/**
 * When it was begun.
 */
created_at: string, 
/**
 * When it was saved.
 */
saved_at: string, 
/**
 * What was said so far.
 */
report: Report, 
/**
 * How complete it is.
 */
completeness: Completeness, };

export type EditionFile = { 
/**
 * Its name in an export.
 */
name: string, 
/**
 * SHA-256, hexadecimal.
 */
sha256: string, 
/**
 * Bytes.
 */
size: number, };

export type EditionView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Its version.
 */
version: string, 
/**
 * The day that it bears.
 */
dated: string, 
/**
 * When it was signed.
 */
published_at: string, 
/**
 * Who approved and signed it.
 */
approved_by: string, 
/**
 * One line for each section that changed since the edition before.
 */
changes: Array<Bilingual>, 
/**
 * Its files.
 */
files: Array<EditionFile>, };

export type Encryption = "none" | "full" | "partial" | "failed";

export type EpciView = { 
/**
 * SIREN.
 */
siren: string, 
/**
 * Name.
 */
name: string, };

export type EqualityReport = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
until: string, 
/**
 * Lists made.
 */
lists: number, 
/**
 * Names drawn.
 */
names: number, 
/**
 * Lists from which nobody was chosen, or not yet.
 */
without_choice: number, 
/**
 * Firms by identifier.
 */
firms: Array<FirmShare>, 
/**
 * Filters that left somebody out, in their order.
 */
filters: Array<FilterShare>, };

export type EqualityView = { 
/**
 * The figures.
 */
report: EqualityReport, 
/**
 * The firms, as the registry has them today.
 */
firms: Array<FirmFace>, };

export type EventKind = "report" | "incident";

export type EvidenceView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * File name.
 */
name: string, 
/**
 * "application/pdf", as its sender said.
 */
mime: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * SHA-256 of its bytes, hexadecimal.
 */
sha256: string, 
/**
 * The mail that brought it.
 */
mail: string, 
/**
 * Who kept it.
 */
kept_by: string, 
/**
 * When.
 */
kept_at: string, };

export type ExcludedFirm = { 
/**
 * Which.
 */
provider: FirmFace, 
/**
 * Kilometres as the crow flies, where both places are known.
 */
km: number | null, 
/**
 * Every reason.
 */
reasons: Array<Exclusion>, 
/**
 * What would, all together, let it in.
 */
remedies: Array<Remedy>, 
/**
 * One concession of the case alone would.
 */
comes_close: boolean, };

export type Exclusion = { "kind": "archived" } | { "kind": "no_charter" } | { "kind": "conflict", 
/**
 * Which tie.
 */
tie: ConflictTie, } | { "kind": "declined" } | { "kind": "outside_areas" } | { "kind": "too_far", 
/**
 * How far it is.
 */
km: number, 
/**
 * How far it may be.
 */
limit: number, } | { "kind": "distance_unknown" } | { "kind": "kind_not_served", 
/**
 * Which.
 */
served: OrganisationKind, } | { "kind": "public_not_served" } | { "kind": "sector_not_served", 
/**
 * Which.
 */
sector: Sector, } | { "kind": "category_not_taken", 
/**
 * Which.
 */
category: Category, } | { "kind": "service_not_offered", 
/**
 * Which.
 */
service: ProviderService, } | { "kind": "no_required_label" } | { "kind": "label_expired", 
/**
 * Which.
 */
label: ProviderLabelKind, 
/**
 * Its last day.
 */
on: string, } | { "kind": "absent", 
/**
 * The last day.
 */
until: string, } | { "kind": "no_capacity", 
/**
 * Cases that it works on.
 */
open: number, 
/**
 * Cases that it can take.
 */
capacity: number, } | { "kind": "remote_only" } | { "kind": "on_site_too_late", 
/**
 * Hours that it promises.
 */
promised: number | null, 
/**
 * Hours that are asked for.
 */
wanted: number, } | { "kind": "reaction_too_late", 
/**
 * Hours that it promises.
 */
promised: number | null, 
/**
 * Hours that are asked for.
 */
wanted: number, } | { "kind": "insurance_ended", 
/**
 * Its last day.
 */
on: string, } | { "kind": "not_on_panel" };

export type Exported = { 
/**
 * The folder.
 */
folder: string, 
/**
 * The files.
 */
files: Array<string>, };

export type Face = { 
/**
 * Identifier of the person.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Role.
 */
role: Role, };

export type FactKind = "attack" | "action" | "exchange" | "decision";

export type FactView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * When it happened.
 */
at: string, 
/**
 * Whether the hour is an estimate.
 */
estimated: boolean, 
/**
 * Its kind.
 */
kind: FactKind, 
/**
 * In a few words.
 */
title: string, 
/**
 * In a sentence.
 */
detail: string, 
/**
 * Who wrote it.
 */
author: string | null, 
/**
 * Made by Relais from a change (status, report, signature): cannot be withdrawn.
 */
automatic: boolean, };

export type FetchedView = { 
/**
 * New mails.
 */
new: number, 
/**
 * Of those, filed by themselves.
 */
filed: number, 
/**
 * Known already.
 */
known: number, 
/**
 * That could not be read at all; each stays where it was.
 */
unreadable: number, };

export type FilingReason = "thread" | "reference" | "sender";

export type FilingSuggestion = { 
/**
 * The case.
 */
case: CaseRef, 
/**
 * Why.
 */
reason: FilingReason, };

export type FilledField = { 
/**
 * Which.
 */
field: TemplateField, 
/**
 * Its value in the draft's language; may have several lines.
 */
value: string, };

export type FilterShare = { 
/**
 * Which.
 */
filter: MatchFilter, 
/**
 * How often it left somebody out.
 */
times: number, 
/**
 * Whom, the most often first.
 */
firms: Array<FirmTimes>, };

export type FinishRequest = { 
/**
 * The draft that becomes a case.
 */
draft: string, 
/**
 * Out of scope: where the caller was sent, and why.
 */
reorientation: ReorientationView | null, };

export type FirmFace = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Its commune, or empty.
 */
commune: string, 
/**
 * Code of its département, or empty.
 */
departement: string, 
/**
 * Where its commune is.
 */
place: Place | null, 
/**
 * Its labels.
 */
labels: Array<ProviderLabel>, 
/**
 * No longer proposed.
 */
archived: boolean, };

export type FirmShare = { 
/**
 * Which.
 */
firm: string, 
/**
 * Lists for which it passed every filter.
 */
passed: number, 
/**
 * Lists for which a filter left it out.
 */
left_out: number, 
/**
 * Times that it was drawn.
 */
drawn: number, 
/**
 * Times that it was to be expected: the sum of its chances, millionths of a time.
 */
expected_millionths: number, 
/**
 * Its part of all names drawn, ten-thousandths.
 */
real_share: number, 
/**
 * The part that was to be expected, ten-thousandths.
 */
expected_share: number, 
/**
 * How far the real number is from the expected one, hundredths of a standard deviation: beyond ±300 something
 * other than chance is likely (fewer than three firms in a thousand by chance). Nought where chance had no say.
 */
deviation_hundredths: number, 
/**
 * Lists on which it stood when they left.
 */
listed: number, 
/**
 * Times that a beneficiary chose it.
 */
chosen: number, };

export type FirmTimes = { 
/**
 * Which.
 */
firm: string, 
/**
 * How often.
 */
times: number, };

export type Floor = "encryption_under_way" | "vital_service_stopped";

export type FollowUpDue = { 
/**
 * The case.
 */
case: CaseRef, 
/**
 * Its marking.
 */
tlp: Tlp, 
/**
 * The list.
 */
list: string, 
/**
 * The choice; none where the beneficiary has not said whom they choose.
 */
referral: string | null, 
/**
 * The firm.
 */
firm: FirmFace | null, 
/**
 * How far it came.
 */
step: ReferralStep | null, 
/**
 * When the beneficiary chose, or was told of the list.
 */
since: string, 
/**
 * The day on which to ask.
 */
on: string, };

export type Following = { 
/**
 * The mail.
 */
mail: string, 
/**
 * How.
 */
how: Follows, };

export type Follows = "answer" | "answer_all" | "forward";

export type FormerKeyView = { 
/**
 * Fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * Its names, the first one first.
 */
user_ids: Array<string>, 
/**
 * Whether it is revoked.
 */
revoked: boolean, 
/**
 * When it ends, if ever.
 */
expires: string | null, };

export type Grade = "G1" | "G2" | "G3" | "G4";

export type Hint = "too_long" | "contains_name" | "common_password" | "common_name" | "keyboard_pattern" | "sequence" | "repetition" | "date" | "add_words";

export type Item = "organisation" | "requester" | "chronology" | "description" | "actions" | "findings" | "architecture" | "defences" | "provider" | "expected";

export type ItemProgress = "unasked" | "unknown" | "partial" | "known";

export type ItemState = { 
/**
 * Which item.
 */
item: Item, 
/**
 * How far it has come.
 */
progress: ItemProgress, };

export type JournalChange = { 
/**
 * "case", "contact", "note"…
 */
entity: string, 
/**
 * Which one: the changes of one entity belong together.
 */
id: string, 
/**
 * Field name.
 */
field: string, 
/**
 * Before, as JSON text; null if it was not there.
 */
before: string | null, 
/**
 * After, as JSON text; null if it was taken away.
 */
after: string | null, };

export type JournalCheck = { 
/**
 * Whether everything holds.
 */
good: boolean, 
/**
 * Chains checked.
 */
chains: number, 
/**
 * Entries checked.
 */
entries: number, 
/**
 * What does not hold, by chain and number.
 */
faults: Array<JournalFault>, 
/**
 * Whether the tables equal what the journal gives.
 */
tables_agree: boolean, 
/**
 * Stopped before the end: nothing can be said.
 */
stopped: boolean, };

export type JournalFault = { 
/**
 * The chain: the case's reference, the organisation, or "registre".
 */
chain: string, 
/**
 * Number of the entry in its chain.
 */
seq: number, 
/**
 * "hash", "signature", "gap", "body", "device".
 */
kind: string, };

export type JournalLine = { 
/**
 * The entry it belongs to; give it to `undo`.
 */
entry: string, 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
author: string, 
/**
 * On which workstation.
 */
device: string, 
/**
 * What was changed.
 */
changes: Array<JournalChange>, 
/**
 * Whether its content is still there; erased otherwise.
 */
readable: boolean, 
/**
 * Whether whoever reads it may take it back: nothing overtook it, and it is theirs or theirs to correct.
 */
undoable: boolean, };

export type JournalPage = { 
/**
 * The entries.
 */
lines: Array<JournalLine>, 
/**
 * How many in all.
 */
total: number, };

export type KeyEnd = { 
/**
 * How near.
 */
nearness: KeyNearness, 
/**
 * Whole days left of the part that ends first; nothing left once it is past.
 */
days: number, };

export type KeyEntryView = { 
/**
 * Fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * "certification", "documents", "mail", "encryption"; none when it does not say.
 */
role: string | null, 
/**
 * "Ed25519", "RSA 3072".
 */
algorithm: string, 
/**
 * When it was made.
 */
created: string, 
/**
 * When it ends by itself, if ever.
 */
expires: string | null, 
/**
 * What it is good for today.
 */
state: KeyState, };

export type KeyFitness = "fit" | "expired" | "revoked" | "weak" | "no_encryption" | "not_yet_valid";

export type KeyLookup = { 
/**
 * The address; at a key server perhaps a fingerprint.
 */
mail: string, 
/**
 * "wkd", or the host of a key server.
 */
place: string, 
/**
 * When it was asked for.
 */
asked_at: string, 
/**
 * Why the last try failed, by code ("unreachable", "untrusted", "refused", "not_found", or a refused key's); empty
 * before the first. One that did not reach its server waits for a week; what a server answered stands until somebody
 * asks again.
 */
failure: string, };

export type KeyNearness = "soon" | "urgent" | "expired" | "revoked";

export type KeyOrigin = "file" | "attachment" | "autocrypt" | "wkd" | "key_server";

export type KeyPart = { 
/**
 * Fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * "Ed25519", "RSA 4096"…
 */
algorithm: string, 
/**
 * Certifies other keys.
 */
certifies: boolean, 
/**
 * Signs.
 */
signs: boolean, 
/**
 * Encrypts.
 */
encrypts: boolean, 
/**
 * Its role in a key that Relais made: "documents", "mail", "encryption".
 */
role: string | null, };

export type KeyPreview = { 
/**
 * Fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * User identifiers.
 */
user_ids: Array<string>, 
/**
 * When it was made.
 */
created_at: string, 
/**
 * When it expires, if it does.
 */
expires_at: string | null, 
/**
 * Its keys, the primary first.
 */
keys: Array<KeyPart>, 
/**
 * What is to be known before it is used, by code.
 */
warnings: Array<string>, };

export type KeyReminder = { 
/**
 * Fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * When it ends.
 */
expires: string, 
/**
 * Whole days left; negative once it is past.
 */
days: number, };

export type KeyState = "in_force" | "replaced" | "expired" | "weak" | "revoked";

export type KeyTrust = "refused" | "seen" | "to_verify_again" | "accepted" | "verified";

export type KeyVerification = { 
/**
 * Who of the team.
 */
by: string, 
/**
 * With whom, in words ("Mme Delorme, au 02 99 00 00 00").
 */
with: string, 
/**
 * When.
 */
at: string, };

export type KeylessWay = "undecided" | "locked" | "password" | "ask_key" | "leave_out";

export type KeysImported = { 
/**
 * Keys that were not there.
 */
new: Array<string>, 
/**
 * Keys that brought something new (a longer life, another subkey).
 */
renewed: Array<string>, 
/**
 * Keys that were there as they are.
 */
known: Array<string>, 
/**
 * Blocks that were not taken, each with its code.
 */
refused: Array<string>, 
/**
 * Keys that were verified and whose address another key came for: each is to be verified again.
 */
alarms: Array<string>, };

export type Language = "fr" | "en";

export type LineSecurity = "tls" | "start_tls";

export type ListedFirm = { 
/**
 * In a list.
 */
face: FirmFace, 
/**
 * Kilometres as the crow flies, where both places are known.
 */
km: number | null, 
/**
 * Its record on the day of the list.
 */
provider: Provider, 
/**
 * When its line answers, if it does not now; none while it does, and where its hours are not known.
 */
answers_from: string | null, };

export type LoginKind = "password" | "token";

export type MailAccount = { 
/**
 * The address that mail comes from.
 */
address: Address, 
/**
 * Who logs in.
 */
user: string, 
/**
 * With what.
 */
login: LoginKind, 
/**
 * The server that sends; nothing when mail leaves through another program.
 */
smtp: MailServer | null, 
/**
 * The server that receives; nothing when mail is brought by hand.
 */
imap: MailServer | null, 
/**
 * The folder that is read.
 */
folder: string, };

export type MailAccountView = { 
/**
 * The account; nothing when there is none.
 */
account: MailAccount | null, 
/**
 * Whom mail comes from: the account's address where the team's key bears it, else the profile's.
 */
sender: Address | null, 
/**
 * Whether this access holds its password.
 */
has_secret: boolean, 
/**
 * When mail was last fetched without a fault.
 */
fetched_at: string | null, 
/**
 * Why the last fetching failed, by code; else empty.
 */
failure: string, };

export type MailAttachment = { 
/**
 * Its place, from 0.
 */
index: number, 
/**
 * What it is.
 */
reading: AttachmentReading, 
/**
 * Whether the case keeps it as evidence already.
 */
kept: boolean, };

export type MailCounts = { 
/**
 * Received, in no case.
 */
unfiled: number, 
/**
 * Of those, not read yet.
 */
unread: number, 
/**
 * Begun and not sent.
 */
drafts: number, 
/**
 * Waiting to leave.
 */
outbox: number, 
/**
 * Waiting for somebody's decision: refused, uncertain, or for a second pair of eyes.
 */
stuck: number, };

export type MailDraft = { 
/**
 * The case.
 */
case: string | null, 
/**
 * The mail that it answers.
 */
answers: string | null, 
/**
 * The mail that it hands on.
 */
forwards: string | null, 
/**
 * To whom.
 */
to: Array<Address>, 
/**
 * To whom as well.
 */
cc: Array<Address>, 
/**
 * To whom in secret.
 */
bcc: Array<Address>, 
/**
 * The subject without reference and marking: Relais puts both before it.
 */
subject: string, 
/**
 * Marking.
 */
tlp: Tlp, 
/**
 * The text without marking: Relais frames it.
 */
text: string, 
/**
 * Its language, for what Relais writes around it.
 */
lang: TemplateLang, 
/**
 * The template that it began with.
 */
template: string, 
/**
 * What hangs on it.
 */
attachments: Array<DraftAttachment>, 
/**
 * What is done for the recipients whom nothing can be encrypted to.
 */
keyless: KeylessWay, 
/**
 * Whether the team's public key goes along.
 */
with_key: boolean, };

export type MailDraftView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * What is written.
 */
draft: MailDraft, 
/**
 * The case, when there is one.
 */
case: CaseRef | null, 
/**
 * When it was saved.
 */
saved_at: string, 
/**
 * Who writes.
 */
author: string | null, 
/**
 * What sending it would mean.
 */
protection: ProtectionView, };

export type MailFolder = "unfiled" | "received" | "sent" | "all";

export type MailPage = { 
/**
 * The rows, newest first.
 */
rows: Array<MailRow>, 
/**
 * How many match: exact, or 1 000 where there are `more`.
 */
total: number, 
/**
 * More match than were counted.
 */
more: boolean, 
/**
 * Time the answer took, milliseconds.
 */
took_ms: number, };

export type MailQuery = { 
/**
 * Which.
 */
folder: MailFolder, 
/**
 * Words, by prefix, accents folded; empty for all.
 */
text: string, 
/**
 * Those of this case.
 */
case: string | null, 
/**
 * Those that nobody read yet.
 */
unread: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows at most, up to 500; 0 means 50.
 */
limit: number, };

export type MailRow = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Whether the team sent it.
 */
sent: boolean, 
/**
 * When it was received or sent.
 */
at: string, 
/**
 * Who wrote it.
 */
from: Address, 
/**
 * The first of those it went to, and how many more.
 */
to: Address, 
/**
 * How many recipients beside that one.
 */
more_recipients: number, 
/**
 * Subject.
 */
subject: string, 
/**
 * The beginning of the text, or the passage that matched with the words between U+E000 and U+E001.
 */
passage: string, 
/**
 * Its case.
 */
case: CaseRef | null, 
/**
 * Nobody read it yet.
 */
unread: boolean, 
/**
 * Marking, when it bears one.
 */
tlp: Tlp | null, 
/**
 * Marked as an emergency.
 */
urgent: boolean, 
/**
 * Files on it.
 */
attachments: number, 
/**
 * How much was encrypted.
 */
encryption: Encryption, 
/**
 * What its signature proves.
 */
signature: SignatureStatus, 
/**
 * What the team thinks of the key that signed it for its sender.
 */
sender_trust: KeyTrust | null, 
/**
 * What somebody who reads it should know.
 */
warnings: Array<Warning>, };

export type MailServer = { 
/**
 * Host name.
 */
host: string, 
/**
 * Port.
 */
port: number, 
/**
 * Protection of the line.
 */
security: LineSecurity, };

export type MailView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Whether the team sent it.
 */
sent: boolean, 
/**
 * When it was received or sent.
 */
at: string, 
/**
 * Its Message-ID, without angle brackets; may be empty.
 */
message_id: string, 
/**
 * Who wrote it.
 */
from: Address, 
/**
 * Whether the sender's address was seen before, and what the key ring knows of it.
 */
sender_trust: KeyTrust | null, 
/**
 * To whom.
 */
to: Array<Address>, 
/**
 * To whom as well.
 */
cc: Array<Address>, 
/**
 * To whom in secret; only of a mail that the team sent.
 */
bcc: Array<Address>, 
/**
 * Subject.
 */
subject: string, 
/**
 * Whether the subject was protected.
 */
subject_protected: boolean, 
/**
 * Marking, when it bears one.
 */
tlp: Tlp | null, 
/**
 * Nobody read it yet.
 */
unread: boolean, 
/**
 * Marked as an emergency.
 */
urgent: boolean, 
/**
 * Its case.
 */
case: CaseRef | null, 
/**
 * Where it may belong; empty once it is filed.
 */
suggestions: Array<FilingSuggestion>, 
/**
 * How much was encrypted.
 */
encryption: Encryption, 
/**
 * Its signature.
 */
signature: SignatureReading, 
/**
 * What a reader should know.
 */
warnings: Array<Warning>, 
/**
 * The text in runs of one depth.
 */
text: Array<TextRun>, 
/**
 * Whether its HTML can be shown.
 */
has_html: boolean, 
/**
 * Files.
 */
attachments: Array<MailAttachment>, 
/**
 * Technical traces in the text.
 */
observables: Array<Observable>, 
/**
 * Recipient by recipient; only of a mail that the team sent.
 */
deliveries: Array<DeliveryView>, 
/**
 * The key that it brings and the key ring does not have.
 */
offers_key: boolean, };

export type MatchCaveat = { "kind": "location_unknown" } | { "kind": "place_unknown" } | { "kind": "category_unknown" } | { "kind": "everyone_equal" } | { "kind": "fewer_than_wanted", 
/**
 * How many.
 */
found: number, };

export type MatchFilter = "archive" | "charter" | "conflict" | "declined" | "areas" | "distance" | "kind" | "sector" | "category" | "service" | "label" | "absence" | "capacity" | "visit" | "on_site" | "reaction" | "insurance" | "panel";

export type MatchHelper = "anssi_delegate" | "17cyber";

export type MatchReplacement = { 
/**
 * The firm that left the list.
 */
out: string, 
/**
 * The firm that took its place.
 */
by: string, 
/**
 * Why; never blank.
 */
reason: string, };

export type MatchReplay = "same" | "other_rules" | "other_inputs" | "other_result";

export type MatchRules = { 
/**
 * What each criterion counts.
 */
weights: MatchWeights, 
/**
 * Points of 100 within which firms fit equally well, 1–100.
 */
band_points: number, 
/**
 * Names on a list, 2–5.
 */
names: number, };

export type MatchShare = { 
/**
 * Which.
 */
criterion: Criterion, 
/**
 * Its weight.
 */
weight: number, 
/**
 * Whether the case gives something to judge by; otherwise its weight is left to the others.
 */
judged: boolean, 
/**
 * Its points at level 100, hundredths.
 */
maximum: number, };

export type MatchView = { 
/**
 * The seed of the draw, under 2^53.
 */
seed: number, 
/**
 * Which rules made it.
 */
algorithm: number, 
/**
 * The day of it.
 */
on: string, 
/**
 * SHA-256 of all that it was made of, hexadecimal.
 */
inputs: string, 
/**
 * What was asked for.
 */
needs: ProviderNeeds, 
/**
 * Why each need is so; empty when somebody wrote the needs.
 */
because: Array<DeducedNeed>, 
/**
 * How the 100 points were shared out.
 */
shares: Array<MatchShare>, 
/**
 * What to know first.
 */
caveats: Array<MatchCaveat>, 
/**
 * The names, in their turn.
 */
shortlist: Array<FirmFace>, 
/**
 * Names that a person changed, and why.
 */
replacements: Array<MatchReplacement>, 
/**
 * Firms that pass, best band first.
 */
ranked: Array<RankedFirm>, 
/**
 * Firms that are left out.
 */
excluded: Array<ExcludedFirm>, 
/**
 * What to do when no firm passes.
 */
nobody_left: NobodyLeft | null, 
/**
 * How long it took, milliseconds.
 */
took_ms: number, };

export type MatchWeights = { 
/**
 * [`Criterion::Experience`].
 */
experience: number, 
/**
 * [`Criterion::Technologies`].
 */
technologies: number, 
/**
 * [`Criterion::Label`].
 */
label: number, 
/**
 * [`Criterion::Distance`].
 */
distance: number, 
/**
 * [`Criterion::OnSite`].
 */
on_site: number, 
/**
 * [`Criterion::Key`].
 */
key: number, 
/**
 * [`Criterion::Kind`].
 */
kind: number, 
/**
 * [`Criterion::Size`].
 */
size: number, 
/**
 * [`Criterion::Satisfaction`].
 */
satisfaction: number, };

export type MeasureState = { 
/**
 * Identifier in the reference data.
 */
measure: string, 
/**
 * When it was said to the caller.
 */
said_at: string | null, 
/**
 * When the caller did it.
 */
done_at: string | null, };

export type MeasureView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * The categories that call for it.
 */
categories: Array<Category>, 
/**
 * Proposed while nobody knows what happened.
 */
general: boolean, 
/**
 * To be avoided, not done.
 */
avoid: boolean, 
/**
 * French title.
 */
title_fr: string, 
/**
 * English title.
 */
title_en: string, 
/**
 * French detail.
 */
detail_fr: string, 
/**
 * English detail.
 */
detail_en: string, };

export type Moment = { 
/**
 * The instant, UTC.
 */
at: string, 
/**
 * Whether the hour is an estimate.
 */
estimated: boolean, };

export type NafView = { 
/**
 * Code, "25.11Z".
 */
code: string, 
/**
 * Label.
 */
label: string, 
/**
 * "naf_rev2" or "naf2025".
 */
version: string, };

export type NewFact = { 
/**
 * When it happened.
 */
at: string, 
/**
 * Whether the hour is an estimate.
 */
estimated: boolean, 
/**
 * Its kind.
 */
kind: FactKind, 
/**
 * In a few words.
 */
title: string, 
/**
 * In a sentence.
 */
detail: string, };

export type NobodyLeft = { 
/**
 * The fewest filters that would have to be relaxed together, and of these the ones that give most firms; none
 * where that would give nobody.
 */
relax: Array<MatchFilter>, 
/**
 * How many firms that would give.
 */
gives: number, 
/**
 * Whom to call, the likeliest first.
 */
call: Array<MatchHelper>, };

export type NoteView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * When it was written.
 */
at: string, 
/**
 * Who wrote it.
 */
author: string | null, 
/**
 * The text.
 */
text: string, };

export type Observable = { 
/**
 * What it is.
 */
kind: ObservableKind, 
/**
 * As it is meant ("hxxp" and "[.]" undone), in small letters but for a web address.
 */
value: string, };

export type ObservableKind = "ipv4" | "ipv6" | "domain" | "url" | "mail" | "md5" | "sha1" | "sha256" | "cve";

export type Obstacle = "no_recipient" | "no_subject" | "empty" | "keyless_undecided" | "key_unconfirmed" | "awaiting_key" | "nobody_left" | "consent_missing" | "marking_too_lax" | "mail_key_absent" | "team_key_ended" | "too_large" | "placeholder_left" | "passphrase_inside" | "secret_repeated" | "no_sender_address";

export type Opening = { 
/**
 * The rule.
 */
rule: OpeningRule, 
/**
 * In French.
 */
text_fr: string, 
/**
 * In English.
 */
text_en: string, };

export type OpeningRule = { "rule": "always" } | { "rule": "except_holidays" } | { "rule": "working_days", 
/**
 * First minute answered.
 */
from_minute: number, 
/**
 * First minute no longer answered.
 */
until_minute: number, };

export type OrganisationCheck = { 
/**
 * What is wrong with the identifier, by code; none when right or empty.
 */
identifier_error: string | null, 
/**
 * The kind that the figures give for a firm.
 */
size_class: OrganisationKind | null, 
/**
 * Whether the figures suffice to be certain of it.
 */
size_certain: boolean, 
/**
 * Whether the team helps it.
 */
scope: Scope, 
/**
 * Organisations that look the same.
 */
matches: Array<OrganisationMatch>, };

export type OrganisationKind = "micro" | "pme" | "eti" | "ge" | "commune" | "epci" | "departement" | "region" | "syndicat" | "ccas" | "sdis" | "eple" | "office_hlm" | "gip" | "other_public" | "association" | "other";

export type OrganisationMatch = { 
/**
 * The organisation.
 */
organisation: OrganisationView, 
/**
 * Its open cases, to warn of a double.
 */
open_cases: Array<CaseRef>, };

export type OrganisationView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Kind.
 */
kind: OrganisationKind | null, 
/**
 * SIREN, 9 digits, or empty.
 */
siren: string, 
/**
 * SIRET, 14 digits, or empty.
 */
siret: string, 
/**
 * People employed.
 */
headcount: number | null, 
/**
 * Yearly turnover, euros.
 */
turnover_euros: number | null, 
/**
 * Balance-sheet total, euros.
 */
balance_euros: number | null, 
/**
 * NAF code.
 */
naf: string, 
/**
 * Version of the NAF code: "naf_rev2" or "naf2025".
 */
naf_version: string, 
/**
 * Label of the NAF code.
 */
naf_label: string, 
/**
 * INSEE code of the commune.
 */
commune: string, 
/**
 * Name of the commune.
 */
commune_name: string, 
/**
 * Code of its département.
 */
department: string, };

export type OutOfScope = "too_large" | "outside_region" | "individual" | "other_csirt" | "not_security";

export type OutboxRow = { 
/**
 * The envelope.
 */
id: string, 
/**
 * The mail.
 */
mail: string, 
/**
 * Subject.
 */
subject: string, 
/**
 * Its case.
 */
case: CaseRef | null, 
/**
 * Recipient by recipient.
 */
deliveries: Array<DeliveryView>, 
/**
 * Until when it can be held back.
 */
held_until: string | null, 
/**
 * Waits for a second person.
 */
awaits_approval: boolean, 
/**
 * When it is tried next.
 */
next_try_at: string | null, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * Why the last try failed, by code ("unreachable", "untrusted", "no_tls", "login", "refused",
 * "too_large", "hostile", "uncertain"); else empty.
 */
failure: string, 
/**
 * What the server said.
 */
answer: string, };

export type Pap = "PAP:CLEAR" | "PAP:GREEN" | "PAP:AMBER" | "PAP:RED";

export type PassphraseChannel = "phone" | "sms" | "in_person";

export type PassphraseStrength = { 
/**
 * Estimated entropy.
 */
bits: number, 
/**
 * What the rule asks (CNIL 2022-100: 80 bits alone).
 */
needed: number, 
/**
 * Whether it is enough.
 */
enough: boolean, 
/**
 * What weakens it.
 */
hints: Array<Hint>, };

export type PassphraseTold = { 
/**
 * How.
 */
channel: PassphraseChannel, 
/**
 * To whom, in words.
 */
to: string, 
/**
 * When.
 */
at: string, };

export type Person = { 
/**
 * First name and name.
 */
name: string, 
/**
 * What they do there.
 */
function: string, 
/**
 * Telephone, as written.
 */
phone: string, 
/**
 * Mail address.
 */
mail: string, };

export type PersonView = { 
/**
 * Who.
 */
face: Face, 
/**
 * Holds a temporary passphrase still.
 */
must_change_passphrase: boolean, 
/**
 * What their role may do.
 */
abilities: Array<Ability>, 
/**
 * What their slot opens: "database", "mail", "documents".
 */
holds: Array<string>, };

export type Place = { 
/**
 * Microdegrees north, −90 000 000 to 90 000 000.
 */
latitude: number, 
/**
 * Microdegrees east, −180 000 000 to 180 000 000.
 */
longitude: number, };

export type Preferences = { 
/**
 * Language of the interface.
 */
language: Language, 
/**
 * Theme of the interface.
 */
theme: Theme, };

export type PresentProvider = { 
/**
 * As the caller named it.
 */
name: string, 
/**
 * SIREN, or empty.
 */
siren: string, };

export type PrisActivity = "REC" | "INV" | "PIA" | "CODE";

export type PrisLevel = "substantial" | "high";

export type Progress = { 
/**
 * Done so far.
 */
done: number, 
/**
 * Of so many.
 */
total: number, };

export type ProtectionView = { 
/**
 * Recipient by recipient: To, then Cc, then Bcc.
 */
recipients: Array<RecipientView>, 
/**
 * What stands in the way; empty when it can leave.
 */
obstacles: Array<Obstacle>, 
/**
 * Whether it is signed.
 */
signed: boolean, 
/**
 * The whole subject, as an encrypted mail protects it.
 */
subject: string, 
/**
 * The subject that servers see.
 */
outer_subject: string, 
/**
 * The sender.
 */
from: Address, 
/**
 * About how large it gets, bytes.
 */
size: number, 
/**
 * Whether a second person has to look at it before it leaves.
 */
four_eyes: boolean, 
/**
 * Fingerprint of the key that signs, in groups of four; empty when none does.
 */
fingerprint: string, };

export type Provider = { 
/**
 * Its name.
 */
name: string, 
/**
 * SIREN, nine digits, or empty.
 */
siren: string, 
/**
 * SIRET, fourteen digits, or empty.
 */
siret: string, 
/**
 * Number and street.
 */
address: string, 
/**
 * INSEE code of its commune.
 */
commune: string, 
/**
 * Whom to reach there, the first one first; their addresses lead to their keys.
 */
contacts: Array<Person>, 
/**
 * Where it works: anywhere in one of these.
 */
areas: Array<ProviderArea>, 
/**
 * Whether it comes to the site; otherwise it works from afar alone.
 */
on_site: boolean, 
/**
 * Its labels.
 */
labels: Array<ProviderLabel>, 
/**
 * Incidents that it takes on.
 */
categories: Array<Category>, 
/**
 * Technologies that it knows.
 */
technologies: Array<Technology>, 
/**
 * What it offers.
 */
services: Array<ProviderService>, 
/**
 * Sections that it works for; all of them when empty.
 */
sectors: Array<Sector>, 
/**
 * Kinds of organisation that it works for; all of them when empty.
 */
serves: Array<OrganisationKind>, 
/**
 * When it answers.
 */
hours: OpeningRule | null, 
/**
 * Hours within which it promises to be on site.
 */
on_site_within_hours: number | null, 
/**
 * Hours within which it promises to answer.
 */
reaction_hours: number | null, 
/**
 * Languages, ISO 639-1 (`fr`, `en`).
 */
languages: Array<string>, 
/**
 * Prices, in the firm's own words.
 */
prices: string, 
/**
 * Cases that it can take at once; 0: none now.
 */
capacity: number, 
/**
 * When it takes none.
 */
absences: Array<ProviderAbsence>, 
/**
 * Last day of its professional insurance.
 */
insured_until: string | null, 
/**
 * When it signed the team's charter.
 */
charter_signed: string | null, 
/**
 * Ties with beneficiaries.
 */
conflicts: Array<ProviderConflict>, 
/**
 * The files that it showed.
 */
papers: Array<ProviderPaper>, 
/**
 * No longer proposed, and kept for the history.
 */
archived: boolean, 
/**
 * When it last confirmed that all this is true.
 */
confirmed_on: string | null, };

export type ProviderAbsence = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * Why, as the firm says it.
 */
reason: string, };

export type ProviderArea = { "kind": "departement", 
/**
 * Its INSEE code: `44`, `2A`, `974`.
 */
code: string, } | { "kind": "epci", 
/**
 * Its SIREN.
 */
siren: string, } | { "kind": "region", 
/**
 * Its INSEE code: `52`.
 */
code: string, } | { "kind": "radius", 
/**
 * Kilometres.
 */
km: number, } | { "kind": "france" };

export type ProviderColumn = "name" | "siren" | "siret" | "address" | "commune" | "contact_name" | "contact_function" | "contact_phone" | "contact_mail" | "areas" | "on_site" | "labels" | "categories" | "technologies" | "services" | "sectors" | "serves" | "hours" | "on_site_hours" | "reaction_hours" | "languages" | "prices" | "capacity" | "absences" | "insured_until" | "charter_signed" | "conflicts" | "archived" | "confirmed_on";

export type ProviderConflict = { "kind": "beneficiary", 
/**
 * SIREN, nine digits.
 */
siren: string, 
/**
 * What ties them: « infogérant », « même groupe ».
 */
note: string, } | { "kind": "noted", 
/**
 * The words.
 */
note: string, };

export type ProviderField = "name" | "siren" | "siret" | "address" | "commune" | "areas" | "labels" | "label_expires" | "label_evidence" | "categories" | "services" | "hours" | "on_site_within_hours" | "languages" | "prices" | "absences" | "charter_signed" | "conflicts" | "confirmed_on";

export type ProviderKeyState = "absent" | "unusable" | "seen" | "verified";

export type ProviderLabel = { 
/**
 * Which.
 */
kind: ProviderLabelKind, 
/**
 * PRIS alone.
 */
level: PrisLevel | null, 
/**
 * PRIS alone.
 */
activities: Array<PrisActivity>, 
/**
 * Its name, for another label.
 */
name: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Last day on which it is valid; none where it does not end.
 */
expires: string | null, 
/**
 * The file that proves it: SHA-256, 64 hexadecimal digits, or empty.
 */
evidence: string, };

export type ProviderLabelKind = "passi" | "pris" | "pdis" | "pacs" | "expert_cyber" | "iso27001" | "other";

export type ProviderMistake = "missing" | "too_long" | "malformed" | "of_another_firm" | "contradictory" | "ends_before_it_begins" | "in_the_future" | "too_far_ahead" | "repeated";

export type ProviderNeed = { "need": "category", "value": Category } | { "need": "service", "value": ProviderService } | { "need": "technology", "value": Technology } | { "need": "kind" } | { "need": "public_body" } | { "need": "headcount" } | { "need": "sector" } | { "need": "reaction_hours" } | { "need": "site_visit" } | { "need": "on_site_hours" } | { "need": "location" } | { "need": "maximum_km" } | { "need": "label", "value": ProviderLabelKind } | { "need": "beneficiary" } | { "need": "present" };

export type ProviderNeedReason = { "reason": "triage" } | { "reason": "report" } | { "reason": "organisation" } | { "reason": "figures" } | { "reason": "naf", 
/**
 * The code.
 */
code: string, } | { "reason": "kind", 
/**
 * Which.
 */
kind: OrganisationKind, } | { "reason": "category", 
/**
 * Which.
 */
category: Category, } | { "reason": "word", 
/**
 * The word, without accents.
 */
word: string, } | { "reason": "core_systems_hit" } | { "reason": "encryption_under_way" } | { "reason": "vital_service_stopped" } | { "reason": "grade", 
/**
 * Which.
 */
grade: Grade, } | { "reason": "urgent" } | { "reason": "site_visit" };

export type ProviderNeeds = { 
/**
 * Incidents: a firm takes on each of them.
 */
categories: Array<Category>, 
/**
 * Services: a firm offers each of them.
 */
services: Array<ProviderService>, 
/**
 * Technologies hit: the more a firm knows, the better it fits.
 */
technologies: Array<Technology>, 
/**
 * What the beneficiary is.
 */
kind: OrganisationKind | null, 
/**
 * A public body, even where its kind is not known yet.
 */
public_body: boolean, 
/**
 * People whom it employs.
 */
headcount: number | null, 
/**
 * Its activity.
 */
sector: Sector | null, 
/**
 * Hours within which somebody has to answer.
 */
reaction_hours: number | null, 
/**
 * Whether somebody has to come.
 */
site_visit: boolean, 
/**
 * Hours within which somebody has to be there; counts with a visit alone.
 */
on_site_hours: number | null, 
/**
 * Where it is.
 */
location: CaseLocation | null, 
/**
 * The furthest that a firm may come from, km as the crow flies.
 */
maximum_km: number | null, 
/**
 * Labels of which a firm holds one at least.
 */
labels: Array<ProviderLabelKind>, 
/**
 * Names of the firms that the insurer pays for; empty: it leaves the choice.
 */
panel: Array<string>, 
/**
 * SIREN of the beneficiary, or empty.
 */
beneficiary: string, 
/**
 * Who is there already: never proposed.
 */
present: PresentProvider | null, 
/**
 * Firms that declined this case.
 */
declined: Array<string>, };

export type ProviderNotice = { "kind": "conflict_to_read", 
/**
 * The words.
 */
note: string, } | { "kind": "reminder", 
/**
 * What.
 */
reminder: ProviderReminder, };

export type ProviderPaper = { 
/**
 * File name.
 */
name: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * SHA-256, hexadecimal.
 */
sha256: string, 
/**
 * When it was kept.
 */
added_on: string, } & ({ "kind": "label", 
/**
 * Which.
 */
label: ProviderLabelKind, } | { "kind": "insurance" } | { "kind": "charter" } | { "kind": "other" });

export type ProviderPaperKind = { "kind": "label", 
/**
 * Which.
 */
label: ProviderLabelKind, } | { "kind": "insurance" } | { "kind": "charter" } | { "kind": "other" };

export type ProviderProblem = { 
/**
 * The line of the file, from 1.
 */
line: number, 
/**
 * The column; none when it is the line as a whole.
 */
column: ProviderColumn | null, 
/**
 * What stood there, cut short.
 */
value: string, 
/**
 * What is wrong with it.
 */
trouble: ProviderTrouble, };

export type ProviderQuery = { 
/**
 * Words of names, communes, labels.
 */
text: string, 
/**
 * Those that are no longer proposed, too.
 */
archived: boolean, 
/**
 * Only those that the team has something to ask.
 */
to_ask: boolean, };

export type ProviderReminder = { "kind": "label_expiring", 
/**
 * Which.
 */
label: ProviderLabelKind, 
/**
 * Its last day.
 */
on: string, } | { "kind": "label_expired", 
/**
 * Which.
 */
label: ProviderLabelKind, 
/**
 * Its last day.
 */
on: string, } | { "kind": "confirmation_due", 
/**
 * When it last was.
 */
last: string | null, } | { "kind": "insurance_ended", 
/**
 * Its last day.
 */
on: string, } | { "kind": "insurance_unknown" };

export type ProviderService = "containment" | "rebuilding" | "crisis_communication" | "forensic_report" | "audit";

export type ProviderTrack = { 
/**
 * Cases that it finished, by incident.
 */
by_category: { [key in Category]?: number }, 
/**
 * The same by kind of beneficiary.
 */
by_kind: { [key in OrganisationKind]?: number }, 
/**
 * The same by size of beneficiary.
 */
by_size: { [key in SizeBand]?: number }, 
/**
 * Beneficiaries who said that they were satisfied…
 */
satisfied: number, 
/**
 * … of those who answered.
 */
answered: number, 
/**
 * Cases that it works on now.
 */
open: number, 
/**
 * How often it stood on a list in the last 90 days.
 */
referrals: number, };

export type ProviderTrouble = "unknown_word" | "unknown_label" | "not_a_number" | "impossible_date" | "unknown_commune" | "ambiguous_commune" | "repeated" | "too_many_cells" | { "refused": ProviderMistake };

export type ProviderView = { 
/**
 * In a list.
 */
face: FirmFace, 
/**
 * Its record.
 */
provider: Provider, 
/**
 * What is wrong or missing in it.
 */
wrong: Array<ProviderWrongField>, 
/**
 * What to ask it about.
 */
reminders: Array<ProviderReminder>, 
/**
 * The best key of its contacts.
 */
key: ProviderKeyState, 
/**
 * What the team's own cases say of it.
 */
track: ProviderTrack, };

export type ProviderWrongField = { 
/**
 * Which.
 */
field: ProviderField, 
/**
 * Its place in the list, from 0, for a field that is one.
 */
index: number | null, 
/**
 * What is wrong with it.
 */
mistake: ProviderMistake, };

export type ProvidersImported = { 
/**
 * How the file was written.
 */
charset: Charset, 
/**
 * What stood between its cells.
 */
separator: string, 
/**
 * The names of its columns.
 */
header: Array<string>, 
/**
 * How each was read; nothing for one that was not.
 */
columns: Array<ProviderColumn | null>, 
/**
 * Lines below the header.
 */
lines: number, 
/**
 * Firms that are new.
 */
new: number, 
/**
 * Firms that were known and changed.
 */
changed: number, 
/**
 * Firms that were known as they are.
 */
same: number, 
/**
 * Lines that were left out.
 */
left_out: number, 
/**
 * What is wrong, the first of it.
 */
problems: Array<ProviderProblem>, 
/**
 * How much is wrong in all.
 */
problem_count: number, 
/**
 * Nothing was kept: it was a trial.
 */
dry_run: boolean, };

export type Publication = { 
/**
 * Its host.
 */
server: string, 
/**
 * How the key stands there.
 */
state: PublicationState, 
/**
 * Since when.
 */
at: string, 
/**
 * What it said when it refused; else empty.
 */
refused: string, };

export type PublicationState = "queued" | "current" | "behind" | "refused";

export type QrCode = { 
/**
 * Width and height in modules, the white margin included.
 */
size: number, 
/**
 * The black modules, in the words of an SVG path.
 */
path: string, };

export type RankedFirm = { 
/**
 * Which.
 */
provider: FirmFace, 
/**
 * Sum of the criteria, hundredths of a point, 0–10 000.
 */
score: number, 
/**
 * The lines of the sum.
 */
criteria: Array<CriterionLine>, 
/**
 * Band of equal fit, from 1, the best.
 */
band: number, 
/**
 * Its turn in the draw, from 1; none where it was not drawn.
 */
drawn: number | null, 
/**
 * Kilometres as the crow flies, where both places are known.
 */
km: number | null, 
/**
 * How often it stood on a list in the last 90 days.
 */
referrals: number, 
/**
 * What to know of it before it is named.
 */
notices: Array<ProviderNotice>, 
/**
 * When its line answers, if it does not now; none while it does, and where its hours are not known.
 */
answers_from: string | null, };

export type ReadinessCriterion = { 
/**
 * Stable name.
 */
id: string, 
/**
 * Who asks.
 */
programme: ReadinessProgramme, 
/**
 * What is asked, in French.
 */
fr: string, 
/**
 * What is asked, in English.
 */
en: string, 
/**
 * What shows that it is met.
 */
evidence: ReadinessEvidence, 
/**
 * Where it was read.
 */
source: string, 
/**
 * When it was read.
 */
checked_on: string, };

export type ReadinessEvidence = { "evidence": "section", 
/**
 * Which.
 */
section: Rfc2350Section, } | { "evidence": "publication" } | { "evidence": "key" } | { "evidence": "people", 
/**
 * How many.
 */
at_least: number, } | { "evidence": "tpe_named" } | { "evidence": "document" } | { "evidence": "declaration" };

export type ReadinessProgramme = "inter_cert_france" | "trusted_introducer" | "anssi_incubation";

export type ReadinessState = { "state": "met", 
/**
 * What shows it.
 */
proof: string, } | { "state": "not_met" } | { "state": "to_attach" } | { "state": "to_declare" };

export type RecipientKey = { 
/**
 * The key that would be used, or the nearest that cannot be; nothing when there is none.
 */
id: string | null, 
/**
 * Its fingerprint in groups of four; empty when there is none.
 */
fingerprint: string, 
/**
 * What the team thinks of it.
 */
trust: KeyTrust | null, 
/**
 * What it is good for.
 */
fitness: KeyFitness | null, 
/**
 * When it ends or ended.
 */
expires: string | null, 
/**
 * How it was verified.
 */
verification: KeyVerification | null, };

export type RecipientView = { 
/**
 * Who.
 */
address: Address, 
/**
 * Their key, as the key ring knows it.
 */
key: RecipientKey, 
/**
 * How the mail reaches them.
 */
way: Way, };

export type ReferenceView = { 
/**
 * RSIT types: identifier and French label.
 */
rsit: Array<RsitView>, 
/**
 * RSIT types deduced from each category.
 */
category_rsit: { [key in string]: Array<string> }, 
/**
 * Reflex measures.
 */
measures: Array<MeasureView>, 
/**
 * The call script, one per item.
 */
script: Array<ScriptView>, 
/**
 * The axes of the severity and what each level means.
 */
axes: Array<AxisView>, 
/**
 * Where a caller out of scope is usually sent, best first, by reason.
 */
usual_reorientations: { [key in string]: Array<Reorientation> }, 
/**
 * Regions: INSEE code and name.
 */
regions: Array<RegionView>, 
/**
 * What each role may do.
 */
roles: { [key in string]: Array<Ability> }, 
/**
 * Longest text of one answer, characters.
 */
text_limit: number, };

export type ReferralFollowUp = { 
/**
 * The team passed the case's details on.
 */
handed_over_on: string | null, 
/**
 * The firm and the beneficiary spoke.
 */
contact_on: string | null, 
/**
 * The firm gave a price.
 */
quote_on: string | null, 
/**
 * It began to work.
 */
started_on: string | null, 
/**
 * It ended.
 */
finished_on: string | null, 
/**
 * Whether the beneficiary is satisfied, once asked.
 */
satisfied: boolean | null, 
/**
 * How far the systems are back.
 */
remediation: Remediation | null, 
/**
 * When to ask again; none once it is finished.
 */
check_on: string | null, 
/**
 * In words.
 */
note: string, };

export type ReferralStep = "chosen" | "handed_over" | "in_contact" | "quoted" | "started" | "finished" | "declined";

export type ReferralView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * The firm.
 */
firm: string, 
/**
 * When the beneficiary chose it.
 */
chosen_on: string, 
/**
 * Who noted it.
 */
chosen_by: string, 
/**
 * How far it came.
 */
step: ReferralStep, 
/**
 * Days that it took, once finished.
 */
duration_days: number | null, 
/**
 * When the firm said no…
 */
declined_on: string | null, 
/**
 * … and why.
 */
declined_why: string, 
/**
 * What was heard since.
 */
after: ReferralFollowUp, };

export type RegionView = { 
/**
 * INSEE code.
 */
code: string, 
/**
 * Name.
 */
name: string, 
/**
 * Codes of its départements.
 */
departments: Array<string>, };

export type Remediation = "nothing" | "partial" | "whole";

export type Remedy = { "kind": "allow_distance", 
/**
 * Kilometres.
 */
km: number, } | { "kind": "without_distance" } | { "kind": "without_category", 
/**
 * Which.
 */
category: Category, } | { "kind": "without_service", 
/**
 * Which.
 */
service: ProviderService, } | { "kind": "accept_label", 
/**
 * Which.
 */
label: ProviderLabelKind, } | { "kind": "without_label" } | { "kind": "without_visit" } | { "kind": "allow_on_site", 
/**
 * Hours.
 */
hours: number, } | { "kind": "without_on_site" } | { "kind": "allow_reaction", 
/**
 * Hours.
 */
hours: number, } | { "kind": "without_reaction" } | { "kind": "without_panel" } | { "kind": "restore" } | { "kind": "sign_charter" } | { "kind": "cover_departement", 
/**
 * Code.
 */
code: string, } | { "kind": "serve_kind", 
/**
 * Which.
 */
served: OrganisationKind, } | { "kind": "serve_sector", 
/**
 * Which.
 */
sector: Sector, } | { "kind": "renew_label", 
/**
 * Which.
 */
label: ProviderLabelKind, } | { "kind": "return" } | { "kind": "raise_capacity", 
/**
 * How many.
 */
to: number, } | { "kind": "renew_insurance" };

export type Reorientation = "cert_fr" | "17cyber" | "cert_sante" | "m_cert" | "regional_csirt" | "police" | "other";

export type ReorientationView = { 
/**
 * To whom.
 */
target: Reorientation, 
/**
 * Name of the target when it is another one.
 */
name: string, 
/**
 * Why.
 */
reason: string, };

export type ReplayView = { 
/**
 * The verdict.
 */
replay: MatchReplay, 
/**
 * The list that was kept.
 */
kept: ShortlistView, };

export type Report = { 
/**
 * By which door it came in.
 */
channel: Channel, 
/**
 * The mail that it was taken from; it belongs to the case that the report opens.
 */
mail?: string, 
/**
 * When it came in; the start of the call.
 */
received_at: string | null, 
/**
 * Marked `[URGENT]`.
 */
urgent: boolean, 
/**
 * 1. The organisation: name, contacts, size.
 */
organisation: Answer<ReportedOrganisation>, 
/**
 * 2. The requester: name, function, phone.
 */
requester: Answer<Person>, 
/**
 * 3. Chronology: when it began.
 */
started: Answer<Moment>, 
/**
 * 3. Chronology: when it was noticed.
 */
detected: Answer<Moment>, 
/**
 * 4. Description: what kind of event.
 */
categories: Answer<Array<Category>>, 
/**
 * 4. Description: what happened, in the caller's words.
 */
narrative: Answer<string>, 
/**
 * 4. Description: the impact on the organisation.
 */
impact: Answer<string>, 
/**
 * 4. Description: number of machines affected.
 */
machines: Answer<number>, 
/**
 * 4. Description: types of machines affected.
 */
machine_kinds: Answer<string>, 
/**
 * 5. What was done since detection.
 */
actions: Answer<string>, 
/**
 * 6. What was found so far.
 */
findings: Answer<string>, 
/**
 * 7. Architecture of the information system.
 */
architecture: Answer<string>, 
/**
 * 7. Machines of the whole estate.
 */
estate: Answer<number>, 
/**
 * 8. Defence tools and policies.
 */
defences: Answer<string>, 
/**
 * 9. A response provider already in contact ("aucun" is an answer).
 */
provider: Answer<string>, 
/**
 * 10. What is expected of the team.
 */
expected: Answer<string>, 
/**
 * Reflex measures proposed during the call.
 */
measures: Array<MeasureState>, };

export type ReportedOrganisation = { 
/**
 * The organisation already known to the team, once recognised (UUID).
 */
known_as: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * SIREN (9 digits) or SIRET (14 digits), spaces ignored.
 */
identifier: string, 
/**
 * Its kind; deduced from head-count and turnover for a firm.
 */
kind: OrganisationKind | null, 
/**
 * People employed.
 */
headcount: number | null, 
/**
 * Yearly turnover, euros.
 */
turnover_euros: number | null, 
/**
 * Balance-sheet total, euros.
 */
balance_euros: number | null, 
/**
 * NAF code, with a point ("25.11Z").
 */
naf: string, 
/**
 * INSEE code of the commune.
 */
commune: string, 
/**
 * Somebody of the management.
 */
management: Person, 
/**
 * Somebody of the technical team.
 */
technical: Person, };

export type RevocationCause = "unspecified" | "compromised" | "superseded" | "retired";

export type RevocationPaper = { 
/**
 * Fingerprint of the key that it ends, in groups of four.
 */
fingerprint: string, 
/**
 * The certificate, armoured.
 */
text: string, 
/**
 * The same, for a camera.
 */
qr: QrCode, };

export type Rfc2350 = { 
/**
 * Its marking; none while nobody chose.
 */
tlp: Tlp | null, 
/**
 * Its version, numbers parted by points: `1.5`.
 */
version: string, 
/**
 * The day of this version.
 */
dated: string | null, 
/**
 * Where the current version is always found (1.3).
 */
found_at: Rfc2350Place, 
/**
 * Where changes are announced (1.2).
 */
announced_at: Rfc2350Place, 
/**
 * Where the public key is found (1.4, 2.8).
 */
key_at: Rfc2350Place, 
/**
 * Key servers that hold it (2.8).
 */
key_servers: Array<Rfc2350Place>, 
/**
 * The one address of the team's security.txt: its `Canonical` field (RFC 9116).
 */
security_txt_url: string, 
/**
 * Who leads the team, where the document names them (2.9).
 */
leader: string | null, 
/**
 * The typed texts.
 */
texts: { [key in Rfc2350Section]?: Rfc2350Text }, 
/**
 * Sections left out on purpose: « Non applicable ».
 */
not_applicable: Array<Rfc2350Section>, };

export type Rfc2350Change = "unchanged" | "added" | "removed" | "modified";

export type Rfc2350Chapter = "document" | "contact" | "charter" | "policies" | "services" | "forms" | "disclaimers";

export type Rfc2350Comparison = { 
/**
 * The language that was compared.
 */
lang: Rfc2350Lang, 
/**
 * By section, unchanged ones left out.
 */
differences: Array<Rfc2350Difference>, };

export type Rfc2350Difference = { 
/**
 * Which; none for the head of the document: title, marking, identification.
 */
section: Rfc2350Section | null, 
/**
 * What happened to it.
 */
change: Rfc2350Change, 
/**
 * Its words. Unchanged and removed ones, put together, are the older text; unchanged and added ones the newer.
 */
runs: Array<Rfc2350Run>, };

export type Rfc2350Finding = { 
/**
 * What it is.
 */
code: Rfc2350FindingCode, 
/**
 * Where; none for the document as a whole.
 */
section: Rfc2350Section | null, 
/**
 * Its weight.
 */
level: Rfc2350Level, 
/**
 * What its sentence needs, by name.
 */
values: { [key in string]: string }, 
/**
 * What puts it right.
 */
fix: Rfc2350Fix | null, };

export type Rfc2350FindingCode = "missing" | "unknown_placeholder" | "empty_placeholder" | "no_tlp" | "tlp_one" | "no_key" | "key_expired" | "key_expiring" | "short_key_id" | "other_fingerprint" | "self_link" | "proxy_link" | "contact_differs" | "english_missing" | "english_behind" | "version_not_raised" | "date_not_raised" | "opening_differs" | "tpe_not_named";

export type Rfc2350FindingView = { 
/**
 * What was found.
 */
finding: Rfc2350Finding, 
/**
 * What is wrong.
 */
what: Bilingual, 
/**
 * Why it matters.
 */
why: Bilingual, 
/**
 * What the fix does; none where only the team can settle it.
 */
fix: Bilingual | null, };

export type Rfc2350Fix = { "fix": "set_tlp", 
/**
 * With this label.
 */
tlp: Tlp, } | { "fix": "replace_tlp_words", 
/**
 * In this section.
 */
section: Rfc2350Section, } | { "fix": "remove_key_id", 
/**
 * Of this section.
 */
section: Rfc2350Section, } | { "fix": "use_placeholder", 
/**
 * In this section.
 */
section: Rfc2350Section, 
/**
 * What was typed.
 */
found: string, 
/**
 * Name of the placeholder.
 */
placeholder: string, } | { "fix": "use_real_address", 
/**
 * The address through the proxy.
 */
proxied: string, 
/**
 * The real one.
 */
real: string, } | { "fix": "add_tpe" } | { "fix": "set_version", 
/**
 * To this.
 */
version: string, } | { "fix": "set_date", 
/**
 * With this day.
 */
date: string, } | { "fix": "confirm_english", 
/**
 * In this section.
 */
section: Rfc2350Section, } | { "fix": "leave_out", 
/**
 * In this section.
 */
section: Rfc2350Section, } | { "fix": "write", 
/**
 * Of this section.
 */
section: Rfc2350Section, } | { "fix": "translate", 
/**
 * Of this section.
 */
section: Rfc2350Section, } | { "fix": "change_place", 
/**
 * In this section.
 */
section: Rfc2350Section, } | { "fix": "fill_profile", 
/**
 * Path of the field.
 */
field: string, } | { "fix": "choose_key" } | { "fix": "extend_key" };

export type Rfc2350Lang = "fr" | "en";

export type Rfc2350Level = "blocks" | "warns";

export type Rfc2350Place = { 
/**
 * What a reader sees; the address itself when empty.
 */
name: string, 
/**
 * Its address; empty when there is none.
 */
url: string, };

export type Rfc2350Run = { 
/**
 * What happened to them.
 */
kind: Rfc2350RunKind, 
/**
 * The words.
 */
text: string, };

export type Rfc2350RunKind = "unchanged" | "removed" | "added";

export type Rfc2350Section = "about" | "last_update" | "distribution" | "location" | "authentication" | "team_name" | "address" | "time_zone" | "telephone" | "fax" | "other_telecommunication" | "mail" | "keys" | "members" | "other_information" | "contact" | "mission" | "constituency" | "sponsorship" | "authority" | "incident_types" | "cooperation" | "communication" | "incident_response" | "triage" | "coordination" | "resolution" | "proactive" | "reporting_forms" | "disclaimer";

export type Rfc2350SectionKind = "text" | "derived" | "mixed";

export type Rfc2350SectionView = { 
/**
 * Which.
 */
section: Rfc2350Section, 
/**
 * Its number: "2.8".
 */
number: string, 
/**
 * Its chapter.
 */
chapter: Rfc2350Chapter, 
/**
 * Its heading.
 */
title: Bilingual, 
/**
 * What the RFC asks for.
 */
asks: Bilingual, 
/**
 * Typed, from the product, or both.
 */
kind: Rfc2350SectionKind, 
/**
 * Whether it may be left out on purpose.
 */
may_be_left_out: boolean, 
/**
 * What it says that nobody types, in French.
 */
facts_fr: Array<SectionFact>, 
/**
 * The same in English.
 */
facts_en: Array<SectionFact>, };

export type Rfc2350Text = { 
/**
 * French, cleaned.
 */
fr: string, 
/**
 * English, cleaned.
 */
en: string, 
/**
 * SHA-256 (hexadecimal) of the French that the English translates. A digest and not the French itself: it does not
 * double what is stored, and what changed since is told by comparing with the last publication.
 */
en_of: string, };

export type Rfc2350View = { 
/**
 * What is typed.
 */
document: Rfc2350, 
/**
 * Every section, in order.
 */
sections: Array<Rfc2350SectionView>, 
/**
 * What is to be settled, the document as a whole first.
 */
findings: Array<Rfc2350FindingView>, 
/**
 * Whether something changed since the last edition, or nothing was published yet.
 */
modified: boolean, 
/**
 * Editions, newest first.
 */
editions: Array<EditionView>, };

export type Role = "operator" | "analyst" | "lead";

export type RotatedKey = "encryption" | "mail" | "documents";

export type RsitView = { 
/**
 * "malicious-code:ransomware".
 */
id: string, 
/**
 * French class and type.
 */
label_fr: string, 
/**
 * English class and type.
 */
label_en: string, };

export type Scope = { "scope": "in_scope" } | { "scope": "out_of_scope", "reason": OutOfScope };

export type ScriptView = { 
/**
 * 1 to 10.
 */
item: number, 
/**
 * For this category; none for all.
 */
category: Category | null, 
/**
 * The French sentence.
 */
say_fr: string, 
/**
 * The English sentence.
 */
say_en: string, 
/**
 * French follow-up questions.
 */
prompts_fr: Array<string>, 
/**
 * English follow-up questions.
 */
prompts_en: Array<string>, };

export type SectionFact = { 
/**
 * What it is, where that is said apart.
 */
label: string | null, 
/**
 * The line.
 */
value: string, };

export type Sector = "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M" | "N" | "O" | "P" | "Q" | "R" | "S" | "T" | "U";

export type SentView = { 
/**
 * The mail.
 */
id: string, 
/**
 * Until when it can be held back.
 */
held_until: string, 
/**
 * Whether it waits for a second person.
 */
awaits_approval: boolean, 
/**
 * The passphrase to be told by telephone, when one was used.
 */
passphrase: CasePassphrase | null, };

export type SessionView = { 
/**
 * Real or demonstration.
 */
kind: VaultKind, 
/**
 * Who is at the keyboard.
 */
person: Face, 
/**
 * What they may do.
 */
abilities: Array<Ability>, 
/**
 * The passphrase is a temporary one: it must be changed first.
 */
must_change_passphrase: boolean, 
/**
 * The team.
 */
profile: TeamProfile, 
/**
 * The team's settings.
 */
settings: Settings, 
/**
 * The team's people, for names and assignment.
 */
people: Array<Face>, 
/**
 * Fingerprint of the team's key in groups of four.
 */
key_fingerprint: string, 
/**
 * That the key is at its end, or near it; nothing for a key that lives on.
 */
key_end: KeyEnd | null, 
/**
 * Name of this workstation.
 */
device: string, 
/**
 * Something to be told once after opening, by code ("vault_copy_repaired", "clock_behind").
 */
notices: Array<string>, };

export type Settings = { 
/**
 * Minutes without a key or a movement before the vault locks, 1 to 120.
 */
lock_after_minutes: number, 
/**
 * Words the team puts on cases.
 */
tags: Array<string>, 
/**
 * Services that a caller may expect (item 10).
 */
expected_services: Array<string>, 
/**
 * Where a caller out of scope is sent to, beyond the built-in ones.
 */
reorientations: Array<string>, 
/**
 * Seconds in which a mail that was told to leave can be taken back, 0 to 120.
 */
hold_seconds: number, 
/**
 * A second person looks at each mail before it leaves.
 */
four_eyes: boolean, 
/**
 * The marking stands in the subject that servers see, too: it tells them how sensitive a mail is.
 */
tlp_outside: boolean, };

export type Severity = { 
/**
 * 0–30.
 */
score: number, 
/**
 * What the score alone gives.
 */
by_score: Grade, 
/**
 * After the floors.
 */
grade: Grade, 
/**
 * The five lines of the sum, in the order of the formula.
 */
lines: Array<AxisLine>, 
/**
 * The floors that hold, whether or not they changed the grade.
 */
floors: Array<Floor>, 
/**
 * How many lines are flagged as unknown.
 */
unknown: number, };

export type SeverityAxes = { 
/**
 * F, 0–3.
 */
functional: number | null, 
/**
 * I, 0–3.
 */
information: number | null, 
/**
 * R, 0–3.
 */
recovery: number | null, 
/**
 * U, 0–3.
 */
urgency: number | null, 
/**
 * Machines affected.
 */
machines: number | null, 
/**
 * Machines of the whole estate.
 */
estate: number | null, 
/**
 * The directory, the hypervisor or the backups are hit.
 */
core_systems_hit: boolean, 
/**
 * Files are being encrypted now.
 */
encryption_under_way: boolean, 
/**
 * A service that people's lives or safety depend on stands still.
 */
vital_service_stopped: boolean, };

export type SeverityOverride = { 
/**
 * The grade retained.
 */
grade: Grade, 
/**
 * Why; never blank.
 */
reason: string, };

export type ShortlistView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * When.
 */
made_at: string, 
/**
 * By whom.
 */
made_by: string, 
/**
 * Whom the beneficiary chose.
 */
chosen: string | null, 
/**
 * How the beneficiary was told of it…
 */
told_by: Channel | null, 
/**
 * … and when.
 */
told_on: string | null, 
/**
 * The names in their turn, with whom to call.
 */
listed: Array<ListedFirm>, 
/**
 * What came of the choices, oldest first.
 */
referrals: Array<ReferralView>, 
/**
 * The list as it was made.
 */
list: MatchView, };

export type SignatureReading = { 
/**
 * What it proves.
 */
status: SignatureStatus, 
/**
 * Fingerprint of the signer's certificate, or what the signature names, in hexadecimal.
 */
fingerprint: string | null, 
/**
 * The name of the signer's certificate that bears an address for which the key ring holds it, or that address.
 */
signer: string | null, 
/**
 * When it says that it was made.
 */
signed_at: string | null, };

export type SignatureStatus = "none" | "good" | "bad" | "weak" | "unknown-key" | "expired-key" | "mismatch";

export type SizeBand = "under_ten" | "under_fifty" | "under250" | "from250";

export type StatementView = { 
/**
 * Whether it is met.
 */
met: boolean, 
/**
 * The remark.
 */
note: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, };

export type Status = "reported" | "qualification" | "coordination" | "resolution" | "closed";

export type SuggestedPassphrase = { 
/**
 * The words.
 */
passphrase: string, 
/**
 * Its entropy.
 */
bits: number, };

export type TeamKeySource = { "from": "generate" } | { "from": "import", 
/**
 * The key.
 */
armoured: string, 
/**
 * Its passphrase; empty if it has none.
 */
passphrase: string, 
/**
 * Fingerprints of the keys that analysts hold as well.
 */
shared: Array<string>, };

export type TeamKeyView = { 
/**
 * Fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * Names in force, the first one first.
 */
user_ids: Array<string>, 
/**
 * When the certificate ends, if ever.
 */
expires: string | null, 
/**
 * Whether it is revoked.
 */
revoked: boolean, 
/**
 * The primary key and the subkeys.
 */
keys: Array<KeyEntryView>, 
/**
 * What ends within 60 days, or has ended.
 */
reminders: Array<KeyReminder>, 
/**
 * Fingerprint of the key that signs documents, in groups of four.
 */
document_key: string, 
/**
 * The fingerprint for a camera: OPENPGP4FPR and its digits.
 */
qr: QrCode, 
/**
 * The key servers that have it, or are to have it.
 */
publications: Array<Publication>, 
/**
 * The keys before this one: they verify old documents and open old mail.
 */
former: Array<FormerKeyView>, };

export type TeamProfile = { 
/**
 * Short name, used in sentences.
 */
short_name: string, 
/**
 * Full name, used on documents.
 */
full_name: string, 
/**
 * The organisation that carries the team.
 */
host: string, 
/**
 * Postal address, one line each.
 */
address: Array<string>, 
/**
 * INSEE code of the region.
 */
region: string, 
/**
 * Opens every reference: `PDL` in `PDL-2026-0042`.
 */
reference_prefix: string, 
/**
 * Telephone of the line.
 */
phone: string, 
/**
 * Mail address of the team.
 */
mail: string, 
/**
 * Website; may be empty.
 */
website: string, 
/**
 * When the line answers.
 */
opening: Opening, 
/**
 * Authorities and partners.
 */
authorities: Array<AuthorityContact>, 
/**
 * Disclaimer at the end of documents, in French.
 */
disclaimer_fr: string, 
/**
 * The same in English.
 */
disclaimer_en: string, 
/**
 * Sectors that the team counts its beneficiaries by.
 */
sectors: Array<string>, };

export type Technology = "active_directory" | "virtualisation" | "backup" | "cloud_suite" | "ot" | "telephony" | "mail" | "web_hosting" | "network_edge" | "windows" | "linux" | "business_applications";

export type TemplateField = "salutation" | "contact" | "organisation" | "reference" | "event" | "facts" | "next_step" | "questions" | "measures" | "providers" | "deadline_complaint" | "deadline_cnil" | "files" | "team" | "phone" | "mail" | "opening" | "fingerprint" | "date" | "signature" | "disclaimer";

export type TemplateLang = "fr" | "en";

export type TemplateView = { 
/**
 * Name in the data ("first_contact"), or an identifier for one of the team's own.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * "fr" or "en".
 */
lang: string, 
/**
 * Subject.
 */
subject: string, 
/**
 * Text, with placeholders in double braces.
 */
text: string, 
/**
 * Whether the team changed it.
 */
changed: boolean, 
/**
 * Version, from 1.
 */
version: number, };

export type TemporaryAccess = { 
/**
 * Who.
 */
face: Face, 
/**
 * To be told in person; changed at the first unlock.
 */
passphrase: string, };

export type TextRun = { 
/**
 * 0 for what was written, 1 for what it quotes, 2 for what that quotes…
 */
depth: number, 
/**
 * The lines, without their marks.
 */
text: string, };

export type Theme = "system" | "light" | "dark";

export type ThreadView = { 
/**
 * Its mails, oldest first.
 */
mails: Array<MailView>, 
/**
 * Time the answer took, milliseconds.
 */
took_ms: number, };

export type Tlp = "TLP:CLEAR" | "TLP:GREEN" | "TLP:AMBER" | "TLP:AMBER+STRICT" | "TLP:RED";

export type TriagePatch = { 
/**
 * Title.
 */
title?: string, 
/**
 * Report or incident.
 */
kind?: EventKind, 
/**
 * Plain categories.
 */
categories?: Array<Category>, 
/**
 * RSIT types chosen by hand; empty returns to the deduced ones.
 */
rsit?: Array<string>, 
/**
 * How sure the team is.
 */
confirmation?: Confirmation, 
/**
 * What the severity is computed from.
 */
axes?: SeverityAxes, 
/**
 * A grade set by hand, with its reason.
 */
severity_override?: SeverityOverride, 
/**
 * Return to the computed grade.
 */
clear_override: boolean, 
/**
 * Perimeter in words.
 */
perimeter?: string, 
/**
 * Marking.
 */
tlp?: Tlp, 
/**
 * Marking of actions.
 */
pap?: Pap, 
/**
 * Marked urgent.
 */
urgent?: boolean, 
/**
 * Words put on the case.
 */
tags?: Array<string>, 
/**
 * What comes next.
 */
next_step?: string, };

export type VaultFace = { 
/**
 * Real or demonstration.
 */
kind: VaultKind, 
/**
 * The team's name.
 */
team: string, 
/**
 * Who can open it. Empty when both copies of the vault file are damaged.
 */
people: Array<Face>, 
/**
 * Seconds to wait before the next try.
 */
wait_seconds: number, 
/**
 * Both copies are damaged: only the recovery key opens.
 */
damaged: boolean, };

export type VaultKind = "real" | "demo";

export type VaultRequest = { 
/**
 * The team.
 */
profile: TeamProfile, 
/**
 * The lead's name.
 */
lead_name: string, 
/**
 * The lead's passphrase.
 */
passphrase: string, 
/**
 * The recovery key that was printed and partly typed back.
 */
recovery_key: string, 
/**
 * The team's key.
 */
team_key: TeamKeySource, };

export type VerdictKind = "good" | "bad" | "unknown_key" | "expired_key" | "revoked_key" | "weak" | "not_for_signing" | "out_of_time" | "unsupported" | "not_a_signature" | "no_signature";

export type VerdictView = { 
/**
 * What is true.
 */
kind: VerdictKind, 
/**
 * Fingerprint of the signer's key in groups of four, when known.
 */
fingerprint: string | null, 
/**
 * Who the key belongs to.
 */
signer: string | null, 
/**
 * Whether it is the team's own key.
 */
own_key: boolean, 
/**
 * Whether it is the key that only the lead holds.
 */
by_lead: boolean, 
/**
 * When it was signed.
 */
signed_at: string | null, 
/**
 * SHA-256 of the file.
 */
sha256: string, 
/**
 * The document of a case that has the same bytes.
 */
document: CaseRef | null, };

export type Warning = "key_revoked" | "key_not_for_signing" | "signature_out_of_time" | "signature_unsupported" | "not_meant_for_us" | "no_key_opens" | "mail_key_absent" | "tampered" | "no_integrity" | "cipher_unsupported" | "old_team_key" | "subject_differs" | "sender_differs" | "inner_protection" | "several_senders" | "repeated_header" | "reply_elsewhere" | "name_looks_like_address" | "name_of_another" | "signed_at_another_time" | "date_wrong" | "malformed" | "too_deep" | "too_many_parts" | "too_large" | "charset_wrong" | "only_html" | "remote_content" | "deceptive_name" | "autocrypt_ignored" | "other_key_announced" | "key_names_another" | "locked_attachment";

export type Way = "encrypted" | "locked" | "clear" | "blocked" | "left_out";
