//! What a firm knows how to do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A technology that an incident touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Technology {
    /// Active Directory.
    ActiveDirectory,
    /// Hypervisors.
    Virtualisation,
    /// Backups.
    Backup,
    /// Office suites in the cloud.
    CloudSuite,
    /// Industrial systems.
    Ot,
    /// Telephony.
    Telephony,
    /// Mail servers.
    Mail,
    /// Web hosting.
    WebHosting,
    /// Firewalls, VPN, whatever faces the Internet.
    NetworkEdge,
    /// Workstations and servers under Windows.
    Windows,
    /// Servers under Linux.
    Linux,
    /// Business applications and their databases.
    BusinessApplications,
}

impl Technology {
    /// Every technology, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::ActiveDirectory,
        Self::Virtualisation,
        Self::Backup,
        Self::CloudSuite,
        Self::Ot,
        Self::Telephony,
        Self::Mail,
        Self::WebHosting,
        Self::NetworkEdge,
        Self::Windows,
        Self::Linux,
        Self::BusinessApplications,
    ];
}

/// What a beneficiary may ask a firm to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ProviderService")]
pub enum Service {
    /// *Endiguement, investigation*.
    Containment,
    /// *Reconstruction*.
    Rebuilding,
    /// *Communication de crise*.
    CrisisCommunication,
    /// *Rapport pour la justice, expertise*.
    ForensicReport,
    /// *Audit*.
    Audit,
}

impl Service {
    /// Every service, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Containment,
        Self::Rebuilding,
        Self::CrisisCommunication,
        Self::ForensicReport,
        Self::Audit,
    ];
}

/// How many people an organisation employs, in the steps of décret 2008-1354.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SizeBand {
    /// Fewer than 10.
    UnderTen,
    /// 10 to 49.
    UnderFifty,
    /// 50 to 249.
    Under250,
    /// 250 and more.
    From250,
}

impl SizeBand {
    /// The step of a head-count.
    #[must_use]
    pub const fn of(headcount: u32) -> Self {
        match headcount {
            0..=9 => Self::UnderTen,
            10..=49 => Self::UnderFifty,
            50..=249 => Self::Under250,
            _ => Self::From250,
        }
    }
}
