//! The keys of correspondents: what the team thinks of each, and which of several is used.
//!
//! A name on a key proves nothing: anybody makes a key in anybody's name. What proves something is a fingerprint that was
//! read over the telephone. Hence the order in which keys are used ([`KeyTrust::rank`]) and the two rules on change:
//!
//! - a key that comes for an address whose key was verified takes nobody's place: the verified one becomes *to verify
//!   again* and goes on being used, since the newcomer has proved nothing, and the alarm is told ([`alarmed`]);
//! - beside a verified key nothing is merely accepted: one of the two is verified, or one is refused ([`may_accept`]).
//!
//! A key in the header of a mail comes by itself only if it comes for an address without a verified key, or if the verified
//! key signed that mail: a sender and a header are anybody's to write, and a signature by the newcomer proves only that its
//! owner has it. Otherwise any stranger could put any verified key under alarm, and with it take away what is marked
//! `TLP:AMBER+STRICT`. Such a key is told beside the mail and offered; whoever takes it raises the alarm.
//!
//! Nor does a key speak for every address that its owner wrote on it: only for those that it came for, and for those that
//! it bore when somebody accepted or verified it, but for the address of another verified key.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::domain::marking::Tlp;

/// What the team thinks of a key.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum KeyTrust {
    /// *Refusée*: never used.
    Refused,
    /// *Vue*: it came by mail, and nobody looked at it.
    #[default]
    Seen,
    /// *À revérifier*: another key of the same address came after this one was verified.
    ToVerifyAgain,
    /// *Acceptée*: somebody chose to use it.
    Accepted,
    /// *Vérifiée*: its fingerprint was read over the telephone.
    Verified,
}

impl KeyTrust {
    /// The order of use among the keys of one address; the highest first. One to verify again goes before an accepted
    /// one: its fingerprint was read once, and what came after it may be the attack that the alarm is about.
    const fn rank(self) -> u8 {
        match self {
            Self::Refused => 0,
            Self::Seen => 1,
            Self::Accepted => 2,
            Self::ToVerifyAgain => 3,
            Self::Verified => 4,
        }
    }

    /// Whether somebody read its fingerprint over the telephone, now or before the alarm.
    #[must_use]
    pub const fn was_verified(self) -> bool {
        matches!(self, Self::Verified | Self::ToVerifyAgain)
    }

    /// Whether text of this marking may be encrypted to it.
    ///
    /// `TLP:AMBER+STRICT` and `TLP:RED` are for people who were named: they want a key that somebody of the team accepted
    /// or verified, and none that an alarm hangs over, since a key that merely came by mail may be the sender's or the
    /// attacker's. Below them any key that was not refused is better than none.
    #[must_use]
    pub fn serves(self, tlp: Tlp) -> bool {
        match self {
            Self::Refused => false,
            Self::Seen | Self::ToVerifyAgain => tlp < Tlp::AmberStrict,
            Self::Accepted | Self::Verified => true,
        }
    }
}

/// What a key is good for, whatever the team thinks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyFitness {
    /// Mail can be encrypted to it.
    Fit,
    /// It has ended.
    Expired,
    /// Its owner revoked it.
    Revoked,
    /// It rests on algorithms that protect nothing any more.
    Weak,
    /// It cannot be encrypted to.
    NoEncryption,
    /// It begins in the future: one of two clocks is wrong.
    NotYetValid,
}

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyOrigin {
    /// A file that somebody gave.
    File,
    /// A file on a mail.
    Attachment,
    /// The Autocrypt header of a mail.
    Autocrypt,
    /// The Web Key Directory of its domain.
    Wkd,
    /// A key server.
    KeyServer,
}

/// How a key was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyVerification {
    /// Who of the team.
    pub by: Uuid,
    /// With whom, in words ("Mme Delorme, au 02 99 00 00 00").
    pub with: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How a key of an address stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyStanding {
    /// What the team thinks of it.
    pub trust: KeyTrust,
    /// What it is good for.
    pub fitness: KeyFitness,
    /// When it came.
    pub first_seen: DateTime<Utc>,
    /// Another key of the address was verified, alive or not, and was not refused.
    pub beside_verified: bool,
}

impl KeyStanding {
    /// Whether text of this marking may be encrypted to it.
    ///
    /// Where a key of the address was verified once, its end makes no room for whoever comes next: a key that was merely
    /// seen takes nothing from `TLP:AMBER` on, and is to be verified as the one before it was.
    #[must_use]
    pub fn serves(&self, tlp: Tlp) -> bool {
        let inherits = self.beside_verified && self.trust == KeyTrust::Seen;
        self.fitness == KeyFitness::Fit
            && self.trust.serves(tlp)
            && !(inherits && tlp >= Tlp::Amber)
    }
}

/// The place of the key of an address that is used: among the fit ones that were not refused the verified, then the one to
/// verify again, the accepted, the seen; of two alike the one that came last. When none is fit, the nearest that is not, so
/// that it can be told; a refused one last of all.
#[must_use]
pub fn chosen(keys: &[KeyStanding]) -> Option<usize> {
    let order = |key: &KeyStanding| {
        let refused = key.trust == KeyTrust::Refused;
        (
            !refused,
            key.fitness == KeyFitness::Fit,
            key.trust.rank(),
            key.first_seen,
        )
    };
    (0..keys.len()).max_by_key(|place| order(&keys[*place]))
}

/// Whether a key that came, or that serves an address which it did not serve before, alarms about another key of that
/// address: about a verified one only, unless the newcomer is verified itself, and only if mail could be encrypted to the
/// newcomer, now or once its time begins. A dead key threatens nobody.
#[must_use]
pub fn alarmed(newcomer: KeyStanding, other: KeyTrust) -> bool {
    let dangerous = matches!(newcomer.fitness, KeyFitness::Fit | KeyFitness::NotYetValid);
    let unproven = matches!(
        newcomer.trust,
        KeyTrust::Seen | KeyTrust::Accepted | KeyTrust::ToVerifyAgain
    );
    other == KeyTrust::Verified && dangerous && unproven
}

/// Whether a key may be accepted without a call, given the other keys of its addresses.
#[must_use]
pub fn may_accept(mut others: impl Iterator<Item = KeyTrust>) -> bool {
    !others.any(KeyTrust::was_verified)
}

/// Whether the alarm over a key ends because nothing is left of it: no other key of its addresses is merely seen or
/// accepted and could be encrypted to. Each was verified itself (somebody may have several), or refused.
#[must_use]
pub fn alarm_ends(mut others: impl Iterator<Item = KeyStanding>) -> bool {
    !others
        .any(|other| other.trust != KeyTrust::ToVerifyAgain && alarmed(other, KeyTrust::Verified))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn key(trust: KeyTrust, fitness: KeyFitness, hour: u32) -> KeyStanding {
        KeyStanding {
            trust,
            fitness,
            first_seen: Utc
                .with_ymd_and_hms(2026, 3, 12, hour, 0, 0)
                .single()
                .unwrap_or_default(),
            beside_verified: false,
        }
    }

    #[test]
    fn the_verified_key_is_used_before_the_accepted_and_that_before_the_seen() {
        use KeyFitness::Fit;
        use KeyTrust::{Accepted, Seen, ToVerifyAgain, Verified};
        let all = [
            key(Seen, Fit, 9),
            key(Verified, Fit, 1),
            key(Accepted, Fit, 8),
            key(ToVerifyAgain, Fit, 2),
        ];
        assert_eq!(chosen(&all), Some(1));
        assert_eq!(chosen(&[all[0], all[2], all[3]]), Some(2));
        assert_eq!(chosen(&[all[0], all[2]]), Some(1));
        assert_eq!(chosen(&[]), None);
    }

    #[test]
    fn of_two_alike_the_one_that_came_last_is_used() {
        use KeyFitness::Fit;
        let keys = [9, 11, 10].map(|hour| key(KeyTrust::Accepted, Fit, hour));
        assert_eq!(chosen(&keys), Some(1));
    }

    #[test]
    fn a_dead_verified_key_gives_way_to_a_living_one_and_a_refused_key_to_every_other() {
        use KeyFitness::{Expired, Fit, Revoked};
        use KeyTrust::{Refused, Seen, Verified};
        let dead = key(Verified, Expired, 1);
        assert_eq!(chosen(&[dead, key(Seen, Fit, 9)]), Some(1));
        assert_eq!(chosen(&[key(Refused, Fit, 9), dead]), Some(1));
        assert_eq!(
            chosen(&[key(Seen, Revoked, 9), dead]),
            Some(1),
            "told, if not used"
        );
        assert_eq!(chosen(&[key(Refused, Fit, 9)]), Some(0), "told, never used");
        assert!(!key(Refused, Fit, 9).serves(Tlp::Clear));
    }

    #[test]
    fn the_end_of_a_verified_key_makes_no_room_for_who_comes_next() {
        for tlp in Tlp::ALL {
            let beside = |trust| KeyStanding {
                beside_verified: true,
                ..key(trust, KeyFitness::Fit, 9)
            };
            assert_eq!(beside(KeyTrust::Seen).serves(tlp), tlp < Tlp::Amber);
            assert!(beside(KeyTrust::Verified).serves(tlp));
        }
    }

    #[test]
    fn what_is_for_named_people_wants_a_key_that_somebody_looked_at() {
        use KeyTrust::{Accepted, Seen, ToVerifyAgain, Verified};
        for tlp in Tlp::ALL {
            let strict = tlp >= Tlp::AmberStrict;
            assert_eq!(Seen.serves(tlp), !strict, "{}", tlp.label());
            assert_eq!(ToVerifyAgain.serves(tlp), !strict, "{}", tlp.label());
            assert!(Accepted.serves(tlp) && Verified.serves(tlp));
        }
    }

    #[test]
    fn a_new_key_alarms_about_a_verified_one_unless_nothing_can_be_encrypted_to_it() {
        use KeyFitness::{Expired, Fit, NotYetValid, Revoked, Weak};
        let seen = |fitness| key(KeyTrust::Seen, fitness, 9);
        assert!(alarmed(seen(Fit), KeyTrust::Verified));
        assert!(alarmed(seen(NotYetValid), KeyTrust::Verified));
        for fitness in [Expired, Revoked, Weak] {
            assert!(!alarmed(seen(fitness), KeyTrust::Verified));
        }
        assert!(!alarmed(seen(Fit), KeyTrust::Accepted));
        assert!(!alarmed(key(KeyTrust::Refused, Fit, 9), KeyTrust::Verified));
        assert!(!alarmed(
            key(KeyTrust::Verified, Fit, 9),
            KeyTrust::Verified
        ));
    }

    #[test]
    fn beside_a_key_that_was_verified_nothing_is_merely_accepted() {
        use KeyTrust::{Accepted, Refused, Seen, ToVerifyAgain, Verified};
        assert!(may_accept([Seen, Accepted, Refused].into_iter()));
        assert!(!may_accept([Seen, ToVerifyAgain].into_iter()));
        assert!(!may_accept([Verified].into_iter()));
    }

    #[test]
    fn the_alarm_ends_when_every_key_that_raised_it_is_refused_or_verified() {
        use KeyFitness::{Fit, Revoked};
        use KeyTrust::{Refused, Seen, Verified};
        assert!(!alarm_ends([key(Seen, Fit, 9)].into_iter()));
        let settled = [
            key(Refused, Fit, 9),
            key(Verified, Fit, 8),
            key(Seen, Revoked, 7),
        ];
        assert!(alarm_ends(settled.into_iter()));
    }
}
