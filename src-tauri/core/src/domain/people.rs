//! Who works with the product, and what each may do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The three roles of the team (RFC 2350 document, section 2.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers the phone and takes the report.
    Operator,
    /// Qualifies, coordinates, writes, goes on site.
    Analyst,
    /// Answers for everything that leaves the house: signs, and owns key, people and profile.
    Lead,
}

/// What somebody wants to do; the API asks before it does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// Take a report, complete it, add notes, facts and what the beneficiary agrees to.
    TakeReport,
    /// Read the cases and their documents.
    ReadCases,
    /// Qualify: category, severity, marking, status.
    Triage,
    /// Prepare a document and hand it to the lead.
    PrepareDocument,
    /// Sign a document with the team's key.
    SignDocument,
    /// Add, change and remove people.
    ManagePeople,
    /// Change the team's profile and lists.
    ManageTeam,
}

impl Ability {
    /// Every ability, in the order in which the interface lists them.
    pub const ALL: [Self; 7] = [
        Self::TakeReport,
        Self::ReadCases,
        Self::Triage,
        Self::PrepareDocument,
        Self::SignDocument,
        Self::ManagePeople,
        Self::ManageTeam,
    ];
}

impl Role {
    /// Every role, from the narrowest to the widest.
    pub const ALL: [Self; 3] = [Self::Operator, Self::Analyst, Self::Lead];

    /// Whether the role may do it. Signing is held by a key as well: the other roles' slots do not open it.
    #[must_use]
    pub const fn may(self, ability: Ability) -> bool {
        match ability {
            Ability::TakeReport | Ability::ReadCases => true,
            Ability::Triage | Ability::PrepareDocument => {
                matches!(self, Self::Analyst | Self::Lead)
            }
            Ability::SignDocument | Ability::ManagePeople | Ability::ManageTeam => {
                matches!(self, Self::Lead)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lead_signs_and_manages() {
        for ability in [
            Ability::SignDocument,
            Ability::ManagePeople,
            Ability::ManageTeam,
        ] {
            assert!(Role::Lead.may(ability));
            assert!(!Role::Analyst.may(ability) && !Role::Operator.may(ability));
        }
    }

    #[test]
    fn the_operator_takes_reports_but_does_not_qualify() {
        assert!(Role::Operator.may(Ability::TakeReport));
        assert!(!Role::Operator.may(Ability::Triage));
    }
}
