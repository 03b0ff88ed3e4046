//! What a check can find, and how much it weighs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::rfc2350::fix::Fix;
use crate::domain::rfc2350::section::Section;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350FindingCode")]
pub enum FindingCode {
    /// A section says nothing.
    Missing,
    /// A placeholder that does not exist: value `name`.
    UnknownPlaceholder,
    /// A placeholder whose value is unknown: value `name`.
    EmptyPlaceholder,
    /// The document is not marked.
    NoTlp,
    /// Words of TLP 1.0: value `found`.
    TlpOne,
    /// The team has no key.
    NoKey,
    /// The key has expired: value `date`.
    KeyExpired,
    /// The key expires soon: values `date`, `days`.
    KeyExpiring,
    /// A key named by a short identifier: value `found`.
    ShortKeyId,
    /// A fingerprint that is not one of the team's: value `found`.
    OtherFingerprint,
    /// A link that leads to the document itself: value `url`.
    SelfLink,
    /// A link through a proxy: value `url`, and `real` where it is known.
    ProxyLink,
    /// A telephone, mail or postal address other than the profile's: values `found`, `expected`.
    ContactDiffers,
    /// French without English.
    EnglishMissing,
    /// The French changed after the English was written.
    EnglishBehind,
    /// The version is not above that of the last publication: values `version`, `published`.
    VersionNotRaised,
    /// The date is not after that of the last publication: values `date`, `published`.
    DateNotRaised,
    /// Hours other than those of the profile's rule.
    OpeningDiffers,
    /// The PME are named and the TPE are not.
    TpeNotNamed,
}

/// What a finding keeps from happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Rfc2350Level")]
pub enum Level {
    /// The document is not to be published like this.
    Blocks,
    /// It may be, knowingly.
    Warns,
}

/// One thing to settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "Rfc2350Finding")]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// Where; none for the document as a whole.
    pub section: Option<Section>,
    /// Its weight.
    pub level: Level,
    /// What its sentence needs, by name.
    pub values: BTreeMap<String, String>,
    /// What puts it right.
    pub fix: Option<Fix>,
}

/// What blocks: a reader would be misled, or could not use the document.
pub(super) fn level(code: FindingCode, section: Option<Section>) -> Level {
    use FindingCode as C;
    match code {
        C::Missing if section.is_some_and(Section::may_be_left_out) => Level::Warns,
        C::Missing
        | C::UnknownPlaceholder
        | C::EmptyPlaceholder
        | C::NoTlp
        | C::TlpOne
        | C::NoKey
        | C::KeyExpired
        | C::ShortKeyId
        | C::OtherFingerprint
        | C::ProxyLink
        | C::EnglishMissing
        | C::VersionNotRaised
        | C::DateNotRaised => Level::Blocks,
        C::KeyExpiring
        | C::SelfLink
        | C::ContactDiffers
        | C::EnglishBehind
        | C::OpeningDiffers
        | C::TpeNotNamed => Level::Warns,
    }
}
