//! The shapes that cross the edge, written as TypeScript: one file, in a stable order.

use ts_rs::{Config, TS};

use super::chronology::NewFact;
use super::error::Code;
use super::view;
use crate::domain::provider::{crisis, equality, matching, referral};
use crate::domain::rfc2350::{difference, readiness};
use crate::domain::{
    calendar, case, geo, intake, mail, marking, organisation, people, provider, rfc2350, team,
    triage,
};
use crate::report;
use crate::table;
use crate::vault;

macro_rules! declarations {
    ($config:expr; $($shape:ty),* $(,)?) => {
        [$(format!("export {}", <$shape as TS>::decl($config))),*]
    };
}

/// The content of `ui/src/lib/api/generated.ts`.
#[must_use]
pub fn generated() -> String {
    // Counts and sums stay far under 2^53: a number in TypeScript.
    let config = Config::new().with_large_int("number");
    let mut all: Vec<String> = declarations![&config;
        calendar::OpeningRule,
        case::Audience, case::Category, case::Channel, case::Confirmation, case::ConsentPurpose, case::EventKind,
        case::Status,
        intake::Answer<()>, intake::Completeness, intake::Item, intake::ItemState, intake::MeasureState,
        intake::ItemProgress, intake::Moment, intake::Person, intake::Report, intake::ReportedOrganisation,
        mail::Address, mail::AttachmentReading, mail::Encryption, mail::FilingReason, mail::Observable, mail::ObservableKind,
        mail::TextRun, mail::SignatureReading, mail::SignatureStatus,
        mail::Warning, mail::template::Field, mail::template::TemplateLang,
        marking::Pap, marking::Tlp,
        organisation::OrganisationKind, organisation::OutOfScope, organisation::Reorientation, organisation::Scope,
        people::Ability, people::Role,
        team::AuthorityContact, team::Opening, team::TeamProfile,
        rfc2350::Chapter, rfc2350::Finding, rfc2350::FindingCode, rfc2350::Fix, rfc2350::Lang, rfc2350::Level,
        rfc2350::Place, rfc2350::Rfc2350, rfc2350::Section, rfc2350::SectionKind, rfc2350::Text,
        readiness::Criterion, readiness::Evidence, readiness::Programme, readiness::State,
        difference::Change, difference::Difference, difference::Run, difference::RunKind,
        triage::Axis, triage::AxisLine, triage::Floor, triage::Grade, triage::Severity, triage::SeverityAxes,
        triage::SeverityOverride,
        report::qr::QrCode,
        vault::Hint, vault::VaultKind,
        Code, NewFact,
        view::AppStatus, view::AxisView, view::Bilingual, view::CardFace, view::CardStanding, view::CardView,
        view::CaseCounts, view::CasePage, view::CaseQuery, view::CaseRef,
        view::CaseRow, view::CaseSort, view::CaseView, view::CommuneView, view::EpciView, view::CriterionView, view::ConsentView, view::ContactPart,
        view::ContactView, view::DemoCreated, view::DemoPerson, view::DocumentState, view::DocumentView, view::Done,
        view::DraftSaved, view::DraftView, view::EditionFile, view::EvidenceView, view::EditionView, view::Exported, view::Face, view::FactKind, view::FactView,
        view::FinishRequest, view::FormerKeyView, view::JournalChange, view::JournalCheck, view::JournalFault, view::JournalLine,
        view::JournalPage, view::KeyEnd, view::KeyEntryView, view::KeyNearness, view::KeyPart, view::KeyPreview,
        view::KeyReminder, view::KeyState, view::Language, view::MeasureView, view::NafView,
        view::NoteView, view::OrganisationCheck, view::OrganisationMatch, view::OrganisationView,
        view::PassphraseStrength, view::PersonView, view::Preferences, view::Progress, view::Publication, view::PublicationState, view::ReferenceView,
        view::RegionView, view::ReorientationView, view::RevocationCause, view::RevocationPaper, view::RotatedKey,
        view::Rfc2350Comparison, view::Rfc2350FindingView,
        view::Rfc2350SectionView, view::Rfc2350View, view::RsitView, view::ScriptView, view::SectionFact, view::SessionView,
        view::Settings, view::StatementView, view::SuggestedPassphrase, view::TeamKeySource, view::TeamKeyView, view::TemporaryAccess, view::Theme,
        view::TriagePatch, view::VaultFace, view::VaultRequest, view::VerdictKind, view::VerdictView,
        view::AccountCheck, view::CasePassphrase, view::CorrespondentKey, view::DeliveryState, view::DeliveryView,
        view::DraftAttachment, view::FetchedView, view::FilledField, view::Following, view::Follows, view::FilingSuggestion, view::KeyFitness,
        view::KeyLookup, view::KeyOrigin, view::KeyTrust, view::KeyVerification, view::KeylessWay,
        view::KeysImported, view::LineSecurity, view::LoginKind, view::MailAccount, view::MailAccountView,
        view::MailAttachment, view::MailCounts, view::MailDraft, view::MailDraftView, view::MailFolder,
        view::MailPage, view::MailQuery, view::MailRow, view::MailServer, view::MailView,         view::Obstacle, view::OutboxRow, view::PassphraseChannel, view::PassphraseTold, view::ProtectionView,
        view::RecipientKey, view::RecipientView, view::SentView, view::TemplateView, view::ThreadView,
        view::Way,
        view::EqualityView, view::ExcludedFirm, view::FirmFace, view::MatchView, view::ProviderQuery, view::ProviderView,
        view::ProvidersImported, view::RankedFirm, view::ReplayView, view::ShortlistView,
        view::CrisisCaseFace, view::CrisisFace, view::CrisisView, view::DelegationView, view::DocumentKind,
        view::FollowUpDue, view::ListedFirm, view::ReferralView,
        crisis::Assigned, crisis::Assignment, crisis::Pin, crisis::Unserved, crisis::UnservedReason,
        referral::FollowUp, referral::Remediation, referral::Step,
        geo::Place, table::Charset, table::providers::Column, table::providers::Problem, table::providers::Trouble,
        provider::Absence, provider::Area, provider::Conflict, provider::Deduced, provider::DeducedNeeds,
        provider::Field, provider::Label, provider::LabelKind, provider::Location, provider::Mistake, provider::Need,
        provider::NeedReason, provider::Needs, provider::Paper, provider::PaperKind, provider::PresentProvider, provider::PrisActivity, provider::PrisLevel,
        provider::Provider, provider::Reminder, provider::Sector, provider::Service, provider::SizeBand,
        provider::Technology, provider::WrongField,
        equality::EqualityReport, equality::FilterShare, equality::FirmShare, equality::FirmTimes,
        matching::Caveat, matching::Criterion, matching::CriterionLine, matching::CriterionReason, matching::Exclusion,
        matching::Filter, matching::Helper, matching::KeyState, matching::NobodyLeft, matching::Notice, matching::Remedy,
        matching::Replacement, matching::Replay, matching::Rules, matching::Share, matching::Tie, matching::Track,
        matching::Weights,
    ]
    .into();
    all.push(
        "export type ApiError = { code: Code, message: string, field: string | null, };".to_owned(),
    );
    all.sort();
    let head = "// Written from the Rust types by `./dev types`. Do not edit.\n\n";
    format!("{head}{}\n", all.join("\n\n"))
}
