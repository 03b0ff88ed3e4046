//! The words of a case: its kind, its category, how sure we are, where it stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// CERT-FR's two kinds of event.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// *Signalement*: abnormal behaviour, vulnerability, phishing; nothing confirmed.
    #[default]
    Report,
    /// *Incident*: a malicious actor succeeded.
    Incident,
}

impl EventKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Report, Self::Incident];
}

/// Plain-language category, mapped to RSIT by the reference data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Rançongiciel.
    Ransomware,
    /// Compromission de compte ou de messagerie.
    AccountCompromise,
    /// Hameçonnage.
    Phishing,
    /// Usurpation, typosquattage.
    Impersonation,
    /// Déni de service.
    DenialOfService,
    /// Défiguration.
    Defacement,
    /// Fuite de données.
    DataLeak,
    /// Fraude au virement.
    TransferFraud,
    /// Vulnérabilité exposée.
    ExposedVulnerability,
    /// Équipement de bordure.
    EdgeDevice,
    /// Autre.
    Other,
}

impl Category {
    /// Every category, in the order of the form.
    pub const ALL: [Self; 11] = [
        Self::Ransomware,
        Self::AccountCompromise,
        Self::Phishing,
        Self::Impersonation,
        Self::DenialOfService,
        Self::Defacement,
        Self::DataLeak,
        Self::TransferFraud,
        Self::ExposedVulnerability,
        Self::EdgeDevice,
        Self::Other,
    ];
}

/// How sure the team is of what happened.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    /// Told, not looked at.
    #[default]
    Unverified,
    /// Several signs agree.
    Suspected,
    /// Established.
    Confirmed,
    /// A false alarm.
    Dismissed,
}

/// Where the case stands. The order is the order of the work.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// *Signalement*: received, nobody has qualified it.
    #[default]
    Reported,
    /// *Qualification*.
    Qualification,
    /// *Coordination*.
    Coordination,
    /// *Résolution*.
    Resolution,
    /// *Clos*.
    Closed,
}

impl Status {
    /// Every status, in the order of the work.
    pub const ALL: [Self; 5] = [
        Self::Reported,
        Self::Qualification,
        Self::Coordination,
        Self::Resolution,
        Self::Closed,
    ];

    /// Where a case may go from here. Forward by any number of steps (a false alarm is closed at once), back by one
    /// (a mistake), and from *clos* to *qualification* or *résolution* (reopening, with a reason).
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (a, b) if a == b => false,
            (Self::Closed, b) => matches!(b, Self::Qualification | Self::Resolution),
            (a, b) if b > a => true,
            (a, b) => (a as u8) - (b as u8) == 1,
        }
    }
}

/// With whom the case's information may be shared, each only with the beneficiary's agreement
/// (RFC 2350 document, section 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConsentPurpose {
    /// Publish the name or technical details.
    Publish,
    /// Pass to CERT-FR.
    CertFr,
    /// Pass to other regional CSIRTs.
    RegionalCsirts,
    /// Pass to a sector CSIRT (health, maritime…).
    SectorCsirts,
    /// Pass to firms that may help.
    Providers,
}

impl ConsentPurpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Publish,
        Self::CertFr,
        Self::RegionalCsirts,
        Self::SectorCsirts,
        Self::Providers,
    ];
}

/// By which door a report came in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The telephone.
    #[default]
    Phone,
    /// Mail.
    Mail,
    /// A partner (CERT-FR, gendarmerie, another CSIRT).
    Partner,
    /// In person, on site.
    Visit,
}

/// For whom a summary is made: it decides what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub enum Audience {
    /// The organisation under attack.
    #[serde(rename = "beneficiaire")]
    Beneficiary,
    /// CERT-FR.
    #[serde(rename = "cert-fr")]
    CertFr,
    /// The firm that the beneficiary chose.
    #[serde(rename = "prestataire")]
    Provider,
    /// The team itself.
    #[serde(rename = "interne")]
    Internal,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_goes_forward_freely_back_by_one_and_reopens() {
        assert!(Status::Reported.may_become(Status::Closed));
        assert!(Status::Coordination.may_become(Status::Qualification));
        assert!(!Status::Resolution.may_become(Status::Qualification));
        assert!(Status::Closed.may_become(Status::Resolution));
        assert!(!Status::Closed.may_become(Status::Reported));
        assert!(!Status::Closed.may_become(Status::Closed));
    }
}
