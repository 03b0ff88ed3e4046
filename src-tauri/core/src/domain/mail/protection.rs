//! How a mail is protected: recipient by recipient, by rule and not by choice; and what stands in its way.
//!
//! - `TLP:AMBER` and above never leave in clear.
//! - Below it a mail leaves encrypted when every recipient can read it so, else in clear to all: a mail that goes to one
//!   in clear is protected from nobody by being encrypted to another. It is signed in any case.
//! - A recipient without a usable key holds nobody else up: the others' way stays, theirs is what the writer chose for
//!   the keyless, and until then they are the ones who are named as blocked.
//! - What a case holds goes to its own people freely; to partners, firms and the press with the beneficiary's agreement
//!   (RFC 2350 document, section 4.2; a firm's name is proposed to the beneficiary, who chooses).
//!
//! PAP decides nothing here: it says what a recipient may do with the content, and travels inside it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::trust::KeyStanding;
use crate::domain::case::ConsentPurpose;
use crate::domain::marking::Tlp;

/// The largest mail that leaves, in bytes on the wire: 25 MiB of files in base64, and the text. Most servers stop there.
pub const MAX_SENT_BYTES: usize = 36 * 1024 * 1024;

/// What is done for recipients without a usable key, when the marking forbids clear text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeylessWay {
    /// Nothing is chosen: the mail does not leave.
    #[default]
    Undecided,
    /// A locked PDF (or, with files, a locked archive), and a passphrase by telephone.
    Locked,
    /// An OpenPGP message that the passphrase opens, for experts.
    Password,
    /// They are asked for a key first; this draft waits.
    AskKey,
    /// They are left out.
    LeaveOut,
}

/// How a mail reaches one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Encrypted to their key.
    Encrypted,
    /// Locked with the passphrase of the case.
    Locked,
    /// As everybody can read it on the way.
    Clear,
    /// Not at all, as things are.
    Blocked,
    /// Left out at the writer's wish.
    LeftOut,
}

/// Why a mail does not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Nobody to send it to.
    NoRecipient,
    /// No subject.
    NoSubject,
    /// No text and no file.
    Empty,
    /// Some recipients could not read it, and the marking forbids clear text.
    KeylessUndecided,
    /// The marking is for named people, and a recipient's key was only seen, or is to be verified again.
    KeyUnconfirmed,
    /// The draft waits for a key that was asked for.
    AwaitingKey,
    /// Nobody is left once the others are left out.
    NobodyLeft,
    /// The marking does not let it leave to these recipients without the beneficiary's consent.
    ConsentMissing,
    /// Laxer than the case that it speaks of.
    MarkingTooLax,
    /// The team's mail key is not in this access.
    MailKeyAbsent,
    /// The team's own key has ended: an own key, not the recipient's.
    TeamKeyEnded,
    /// More bytes than mail carries.
    TooLarge,
    /// A placeholder of the template is still to be filled in.
    PlaceholderLeft,
    /// The text holds the passphrase of the case.
    PassphraseInside,
    /// It repeats what came encrypted, and would leave in clear.
    SecretRepeated,
    /// The team's address is not in the profile.
    NoSenderAddress,
}

/// Who a recipient is to the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecipientKind {
    /// Of the team itself.
    Team,
    /// A contact of the case: the beneficiary's own people, and whom they named.
    Contact,
    /// CERT-FR.
    CertFr,
    /// Another regional CSIRT.
    RegionalCsirt,
    /// A sector's CSIRT.
    SectorCsirt,
    /// A firm that is no contact of the case.
    Provider,
    /// The press, or a list of subscribers.
    Public,
    /// Nobody that the team knows.
    #[default]
    Unknown,
}

impl RecipientKind {
    /// Whether what a case holds may go to them. Somebody unknown may be one more of the beneficiary's people, and is
    /// written to up to `TLP:AMBER`; what is stricter stays inside the organisation or with the people named, so they
    /// have to be made a contact of the case first.
    fn may_read(self, case: &CaseStanding, tlp: Tlp) -> bool {
        let given = |purpose| case.consents.contains(&purpose);
        match self {
            Self::Team | Self::Contact => true,
            Self::CertFr => given(ConsentPurpose::CertFr),
            Self::RegionalCsirt => given(ConsentPurpose::RegionalCsirts),
            Self::SectorCsirt => given(ConsentPurpose::SectorCsirts),
            Self::Provider => given(ConsentPurpose::Providers),
            Self::Public => given(ConsentPurpose::Publish),
            Self::Unknown => tlp < Tlp::AmberStrict,
        }
    }
}

/// A recipient, as the rule sees them.
#[derive(Clone, Copy, Debug)]
pub struct Recipient {
    /// Who they are to the case.
    pub kind: RecipientKind,
    /// Their key ([`super::trust::chosen`]); nothing when there is none.
    pub key: Option<KeyStanding>,
}

/// The case that a mail speaks of.
#[derive(Clone, Debug, Default)]
pub struct CaseStanding {
    /// Its marking.
    pub tlp: Tlp,
    /// What the beneficiary agreed to.
    pub consents: BTreeSet<ConsentPurpose>,
}

/// The team's own mail key in this access.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TeamMailKey {
    /// It signs and opens.
    #[default]
    Ready,
    /// This access does not hold it.
    Absent,
    /// It is expired or revoked.
    Ended,
}

/// What is known of a mail before it leaves.
#[derive(Clone, Debug, Default)]
pub struct Leaving {
    /// To, then Cc, then Bcc.
    pub recipients: Vec<Recipient>,
    /// Its marking.
    pub tlp: Tlp,
    /// The case that it speaks of.
    pub case: Option<CaseStanding>,
    /// What is done for the keyless.
    pub keyless: KeylessWay,
    /// The team's own key.
    pub team_key: TeamMailKey,
    /// About how large it gets on the wire, bytes.
    pub size: usize,
    /// No subject.
    pub no_subject: bool,
    /// No text and no file.
    pub empty: bool,
    /// A placeholder is left in it.
    pub placeholder_left: bool,
    /// The passphrase of the case is in it.
    pub passphrase_inside: bool,
    /// It repeats what the mail that it follows said under encryption.
    pub repeats_secret: bool,
    /// The team's address is not in the profile.
    pub no_sender: bool,
}

/// How a mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    /// Way by recipient, in their order.
    pub ways: Vec<Way>,
    /// What stands in the way, each once, in order; empty when it can leave.
    pub obstacles: Vec<Obstacle>,
    /// Whether it is signed.
    pub signed: bool,
}

impl Leaving {
    /// The way of each recipient, and the obstacles.
    #[must_use]
    pub fn protection(&self) -> Protection {
        let ways = self.ways();
        let obstacles = self.obstacles(&ways);
        Protection {
            ways,
            obstacles: obstacles.into_iter().collect(),
            signed: self.team_key == TeamMailKey::Ready,
        }
    }

    fn ways(&self) -> Vec<Way> {
        let can_read = |one: &Recipient| one.key.is_some_and(|key| key.serves(self.tlp));
        let may_be_clear = self.tlp < Tlp::Amber;
        let keyless = match self.keyless {
            KeylessWay::Locked | KeylessWay::Password => Way::Locked,
            KeylessWay::LeaveOut => Way::LeftOut,
            KeylessWay::Undecided if may_be_clear => Way::Clear,
            KeylessWay::Undecided | KeylessWay::AskKey => Way::Blocked,
        };
        let all_clear = keyless == Way::Clear && !self.recipients.iter().all(can_read);
        let way = |one: &Recipient| match can_read(one) {
            _ if all_clear => Way::Clear,
            true => Way::Encrypted,
            false => keyless,
        };
        self.recipients.iter().map(way).collect()
    }

    fn obstacles(&self, ways: &[Way]) -> BTreeSet<Obstacle> {
        let mut found = BTreeSet::new();
        let mut tell = |holds: bool, obstacle: Obstacle| {
            if holds {
                found.insert(obstacle);
            }
        };
        let blocked = || {
            let with_way = self.recipients.iter().zip(ways);
            with_way.filter(|(_, way)| **way == Way::Blocked)
        };
        // A key that would do for a laxer marking is not a missing one: the remedy is a call, not a passphrase.
        let unconfirmed = |one: &Recipient| one.key.is_some_and(|key| key.serves(Tlp::Clear));
        let undecided = self.keyless == KeylessWay::Undecided;
        tell(self.recipients.is_empty(), Obstacle::NoRecipient);
        tell(self.no_subject, Obstacle::NoSubject);
        tell(self.empty, Obstacle::Empty);
        tell(
            undecided && blocked().any(|(one, _)| !unconfirmed(one)),
            Obstacle::KeylessUndecided,
        );
        tell(
            blocked().any(|(one, _)| unconfirmed(one)),
            Obstacle::KeyUnconfirmed,
        );
        tell(
            !undecided && blocked().any(|(one, _)| !unconfirmed(one)),
            Obstacle::AwaitingKey,
        );
        tell(
            !ways.is_empty() && ways.iter().all(|way| *way == Way::LeftOut),
            Obstacle::NobodyLeft,
        );
        if let Some(case) = &self.case {
            let reached = self
                .recipients
                .iter()
                .zip(ways)
                .filter(|(_, way)| **way != Way::LeftOut);
            let mut kinds = reached.map(|(one, _)| one.kind);
            tell(
                kinds.any(|kind| !kind.may_read(case, self.tlp)),
                Obstacle::ConsentMissing,
            );
            tell(self.tlp < case.tlp, Obstacle::MarkingTooLax);
        }
        tell(
            self.team_key == TeamMailKey::Absent,
            Obstacle::MailKeyAbsent,
        );
        tell(self.team_key == TeamMailKey::Ended, Obstacle::TeamKeyEnded);
        tell(self.size > MAX_SENT_BYTES, Obstacle::TooLarge);
        tell(self.placeholder_left, Obstacle::PlaceholderLeft);
        tell(self.passphrase_inside, Obstacle::PassphraseInside);
        tell(
            self.repeats_secret && ways.contains(&Way::Clear),
            Obstacle::SecretRepeated,
        );
        tell(self.no_sender, Obstacle::NoSenderAddress);
        found
    }
}

#[cfg(test)]
mod tests;
