//! The labels that a firm may hold.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ProviderLabelKind")]
pub enum LabelKind {
    /// ANSSI: audit.
    Passi,
    /// ANSSI: response to incidents.
    Pris,
    /// ANSSI: detection.
    Pdis,
    /// ANSSI: advice, crisis.
    Pacs,
    /// Installation, maintenance and assistance; two years.
    ExpertCyber,
    /// ISO/IEC 27001.
    Iso27001,
    /// Another, by its name.
    Other,
}

impl LabelKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Passi,
        Self::Pris,
        Self::Pdis,
        Self::Pacs,
        Self::ExpertCyber,
        Self::Iso27001,
        Self::Other,
    ];

    /// Its name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passi => "PASSI",
            Self::Pris => "PRIS",
            Self::Pdis => "PDIS",
            Self::Pacs => "PACS",
            Self::ExpertCyber => "ExpertCyber",
            Self::Iso27001 => "ISO/IEC 27001",
            Self::Other => "",
        }
    }

    /// For how many years it is given, where its rules say so.
    #[must_use]
    pub const fn valid_years(self) -> Option<u32> {
        match self {
            Self::ExpertCyber => Some(2),
            _ => None,
        }
    }
}

/// The level of a PRIS qualification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrisLevel {
    /// *Substantiel*.
    Substantial,
    /// *Élevé*.
    High,
}

/// What a PRIS qualification extends to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum PrisActivity {
    /// Search for indicators of compromise.
    Rec,
    /// Digital investigation.
    Inv,
    /// Steering of the technical investigation.
    Pia,
    /// Analysis of malicious code.
    Code,
}

/// A label of a firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ProviderLabel")]
pub struct Label {
    /// Which.
    pub kind: LabelKind,
    /// PRIS alone.
    #[serde(default)]
    pub level: Option<PrisLevel>,
    /// PRIS alone.
    #[serde(default)]
    pub activities: Vec<PrisActivity>,
    /// Its name, for another label.
    #[serde(default)]
    pub name: String,
    /// Its number.
    #[serde(default)]
    pub number: String,
    /// Last day on which it is valid; none where it does not end.
    #[serde(default)]
    pub expires: Option<NaiveDate>,
    /// The file that proves it: SHA-256, 64 hexadecimal digits, or empty.
    #[serde(default)]
    pub evidence: String,
}

impl Label {
    /// A label without number, evidence or end.
    #[must_use]
    pub const fn of(kind: LabelKind) -> Self {
        Self {
            kind,
            level: None,
            activities: Vec::new(),
            name: String::new(),
            number: String::new(),
            expires: None,
            evidence: String::new(),
        }
    }

    /// Whether it is valid on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.expires.is_none_or(|last| day <= last)
    }

    /// How much it says about the response to an incident, 0–100. PRIS is made for it; the others prove a neighbouring
    /// trade. A table to be discussed in the open, like the weights.
    #[must_use]
    pub const fn level_for_response(&self) -> u8 {
        match (self.kind, self.level) {
            (LabelKind::Pris, Some(PrisLevel::High)) => 100,
            (LabelKind::Pris, _) => 90,
            (LabelKind::Pacs, _) => 70,
            (LabelKind::ExpertCyber | LabelKind::Passi | LabelKind::Pdis, _) => 60,
            (LabelKind::Iso27001, _) => 40,
            (LabelKind::Other, _) => 20,
        }
    }
}
