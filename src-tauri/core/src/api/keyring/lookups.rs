//! Looking for keys over the network: asked for by somebody, kept until the network is there, told what came of it. What is
//! found is a key that was seen, no more: a directory says what its domain says, a server what anybody told it.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::import::Claim;
use super::{ApiError, Code, Result, folded};
use crate::api::commit::{instant, word};
use crate::api::session::Session;
use crate::api::view::{KeyLookup, KeysImported};
use crate::db::registry;
use crate::domain::entity::EntityKind;
use crate::domain::mail::KeyOrigin;
use crate::domain::people::Ability;
use crate::journal::{Change, Scope};
use crate::net::{NetError, key_server, lookup};
use crate::pgp::{Fingerprint, WkdPlace, wkd_places};

/// The one entity that keeps them.
const LOOKUPS: Uuid = Uuid::from_u128(0x0010_0c4b);
/// More than anybody waits for.
const MOST_LOOKUPS: usize = 100;
/// How long a look-up waits for its server: a domain that was mistyped would be asked for ever.
const PATIENCE: TimeDelta = TimeDelta::days(7);
/// The place that is the domain's own directory.
const WKD: &str = "wkd";
/// The failure after which a look-up goes on waiting.
const UNREACHABLE: &str = "unreachable";
const NOT_FOUND: &str = "not_found";

/// A look-up as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    mail: String,
    place: String,
    /// Milliseconds.
    at: i64,
    #[serde(default)]
    failure: String,
}

#[derive(Default, Deserialize)]
struct Kept {
    #[serde(default)]
    asked: Vec<Asked>,
}

/// One look-up: what can be done without the vault.
pub struct Looking {
    /// The address, or a fingerprint in hexadecimal.
    pub mail: String,
    /// "wkd", or the host of a key server.
    pub place: String,
    claim: Claim,
    at: Place,
}

enum Place {
    Directory(WkdPlace, WkdPlace),
    Server(String),
}

impl Looking {
    fn of(mail: &str, place: &str) -> Result<Self> {
        let wrong = |field: &str, why: &str| ApiError::field(Code::Invalid, field, why);
        let claim = match mail.trim_start_matches("0x").parse::<Fingerprint>() {
            Ok(fingerprint) => Claim::Fingerprint(fingerprint),
            Err(_) => Claim::Address(folded(mail)?),
        };
        let (place, at) = match (place, &claim) {
            (WKD, Claim::Address(address)) => {
                let places = wkd_places(address);
                let (advanced, direct) =
                    places.ok_or_else(|| wrong("mail", "no directory for this address"))?;
                (WKD.to_owned(), Place::Directory(advanced, direct))
            }
            (WKD, Claim::Fingerprint(_)) => {
                return Err(wrong("mail", "a directory is asked for an address"));
            }
            (host, _) => {
                let host = key_server::host(host)
                    .map_err(|error| wrong("place", error.to_string().as_str()))?;
                (host.clone(), Place::Server(host))
            }
        };
        let mail = match &claim {
            Claim::Address(address) => address.clone(),
            Claim::Fingerprint(fingerprint) => fingerprint.to_string(),
        };
        Ok(Self {
            mail,
            place,
            claim,
            at,
        })
    }

    /// Looks; takes as long as the network does.
    ///
    /// # Errors
    /// Those of [`lookup`].
    pub fn look(&self) -> std::result::Result<Vec<u8>, NetError> {
        match (&self.at, &self.claim) {
            (Place::Directory(advanced, direct), _) => lookup::in_directory(
                (&advanced.host, &advanced.path),
                (&direct.host, &direct.path),
            ),
            (Place::Server(host), Claim::Address(address)) => lookup::on_server(host, address),
            (Place::Server(host), Claim::Fingerprint(fingerprint)) => {
                lookup::on_server(host, &format!("0x{fingerprint}"))
            }
        }
    }

    const fn origin(&self) -> KeyOrigin {
        match self.at {
            Place::Directory(..) => KeyOrigin::Wkd,
            Place::Server(_) => KeyOrigin::KeyServer,
        }
    }
}

impl Session {
    /// Asks for the key of an address ("wkd": in the directory of its domain; else on the server of that host, which takes
    /// a fingerprint, too). It waits until [`Session::waiting_lookups`] are looked for.
    ///
    /// # Errors
    /// What is no address or no host name; more look-ups than a hundred.
    pub fn queue_key_lookup(&mut self, mail: &str, place: &str) -> Result<Vec<KeyLookup>> {
        self.require(Ability::TakeReport)?;
        let looking = Looking::of(mail, place.trim())?;
        let at = self.now().timestamp_millis();
        self.change_lookups(|asked| {
            asked.retain(|one| !is(one, &looking.mail, &looking.place));
            if asked.len() >= MOST_LOOKUPS {
                return Err(ApiError::field(Code::TooLong, "mail", "too many look-ups"));
            }
            asked.push(Asked {
                mail: looking.mail,
                place: looking.place,
                at,
                failure: String::new(),
            });
            Ok(())
        })
    }

    /// The look-ups that wait, and those that found nothing.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn key_lookups(&self) -> Result<Vec<KeyLookup>> {
        self.require(Ability::ReadCases)?;
        let asked = self.lookups_kept()?.asked.into_iter();
        Ok(asked
            .map(|one| KeyLookup {
                mail: one.mail,
                place: one.place,
                asked_at: instant(one.at),
                failure: one.failure,
            })
            .collect())
    }

    /// Takes a look-up off the list.
    ///
    /// # Errors
    /// One that is not on it.
    pub fn forget_key_lookup(&mut self, mail: &str, place: &str) -> Result<Vec<KeyLookup>> {
        self.require(Ability::TakeReport)?;
        self.change_lookups(|asked| {
            let before = asked.len();
            asked.retain(|one| !is(one, mail, place));
            if asked.len() == before {
                return Err(ApiError::new(Code::NotFound, "no such look-up"));
            }
            Ok(())
        })
    }

    /// What waits to be looked for: a week at most, once it was tried.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn waiting_lookups(&self) -> Result<Vec<Looking>> {
        self.require(Ability::TakeReport)?;
        let kept = self.lookups_kept()?.asked.into_iter();
        let oldest = self.now() - PATIENCE;
        let waits = |one: &Asked| {
            one.failure.is_empty() || one.failure == UNREACHABLE && instant(one.at) > oldest
        };
        kept.filter(waits)
            .map(|one| Looking::of(&one.mail, &one.place))
            .collect()
    }

    /// Takes the keys that a look-up brought. One that did not reach its server goes on waiting; one that found nothing
    /// stays on the list with the reason.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn key_was_looked_up(
        &mut self,
        looking: &Looking,
        outcome: std::result::Result<Vec<u8>, NetError>,
    ) -> Result<KeysImported> {
        let told = match &outcome {
            Ok(bytes) => self.import_claimed(bytes, looking.origin(), Some(&looking.claim))?,
            Err(_) => KeysImported::default(),
        };
        let found = !(told.new.is_empty() && told.renewed.is_empty() && told.known.is_empty());
        let failure = match outcome {
            Ok(_) if found => String::new(),
            // A page that says « not found » with a good status is what some servers answer.
            Ok(_) => told
                .refused
                .iter()
                .find(|code| **code != word(&Code::KeyUnreadable))
                .cloned()
                .unwrap_or_else(|| NOT_FOUND.to_owned()),
            Err(NetError::Absent) => NOT_FOUND.to_owned(),
            Err(NetError::Unreachable(_)) => UNREACHABLE.to_owned(),
            Err(NetError::Untrusted(_)) => "untrusted".to_owned(),
            Err(NetError::TooLarge) => word(&Code::KeyTooLarge),
            Err(NetError::Refused { .. } | NetError::Name) => "refused".to_owned(),
        };
        self.change_lookups(|asked| {
            // Taken off the list meanwhile: nobody waits for the reason.
            asked.retain(|one| !(found && is(one, &looking.mail, &looking.place)));
            if let Some(one) = asked
                .iter_mut()
                .find(|one| is(one, &looking.mail, &looking.place))
            {
                one.failure = failure;
            }
            Ok(())
        })?;
        Ok(told)
    }

    fn lookups_kept(&self) -> Result<Kept> {
        Ok(registry::get(self.conn(), LOOKUPS)?.unwrap_or_default())
    }

    fn change_lookups(
        &mut self,
        change: impl FnOnce(&mut Vec<Asked>) -> Result<()>,
    ) -> Result<Vec<KeyLookup>> {
        let mut asked = self.lookups_kept()?.asked;
        let before = asked.clone();
        change(&mut asked)?;
        if asked != before {
            let value = serde_json::to_value(asked)?;
            let change = Change::set(EntityKind::KeyLookups, LOOKUPS, "asked", value);
            self.commit(Scope::Registry, vec![change])?;
        }
        self.key_lookups()
    }
}

fn is(one: &Asked, mail: &str, place: &str) -> bool {
    one.mail == mail && one.place == place
}

impl KeysImported {
    /// Takes up what another import gave.
    pub fn add(&mut self, other: Self) {
        self.new.extend(other.new);
        self.renewed.extend(other.renewed);
        self.known.extend(other.known);
        self.refused.extend(other.refused);
        self.alarms.extend(other.alarms);
    }
}
