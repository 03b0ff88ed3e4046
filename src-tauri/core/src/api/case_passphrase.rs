//! The passphrase of a case: made once, sealed under the mail key, told by another channel than mail.
//!
//! The words lie in no table of the journal and in no entry: what the journal keeps is that they were told, by which
//! channel, to whom and when, as a fact of the chronology. Operators do not hold the mail key: they cannot read them.

use chrono::DateTime;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{ApiError, Code, Result};
use super::seal::{self, Age};
use super::session::Session;
use super::triage::{line, reason};
use super::view::{CasePassphrase, FactKind, PassphraseChannel, PassphraseTold};
use crate::db::{member, sealed};
use crate::domain::entity::{EntityKind, Fields};
use crate::domain::mail::passphrase::{generate, is_inside};
use crate::domain::people::Ability;
use crate::journal::{Change, Scope, commit};
use crate::reference::case_words::case_words;
use crate::vault::{Key, Keyring};

/// What the sealed passphrases are named by, before their case.
const PREFIX: &str = "case_passphrase.";

/// What a fact of the chronology says of the passphrase.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    Told,
    Renewed,
}

/// The part of a fact that concerns the passphrase.
#[derive(Deserialize)]
struct PassphraseFact {
    at: i64,
    #[serde(default)]
    passphrase: Option<Event>,
    #[serde(default)]
    channel: Option<PassphraseChannel>,
    #[serde(default)]
    to: String,
}

impl Session {
    /// The passphrase of a case, made when it has none yet.
    ///
    /// # Errors
    /// Not an analyst or the lead; an unknown case; a passphrase that this access does not open.
    pub fn case_passphrase(&mut self, case: Uuid) -> Result<CasePassphrase> {
        let passphrase = self.passphrase_of(case)?;
        Ok(CasePassphrase {
            passphrase: passphrase.to_string(),
            told: self.passphrase_told(case)?,
        })
    }

    /// Keeps in the chronology that the passphrase was told: how, to whom, when; never the words.
    ///
    /// # Errors
    /// Not an analyst or the lead; an unknown case, or one without a passphrase; nobody named; the words themselves.
    pub fn case_passphrase_was_told(
        &mut self,
        case: Uuid,
        channel: PassphraseChannel,
        to: &str,
    ) -> Result<CasePassphrase> {
        self.require(Ability::PrepareDocument)?;
        self.case_state(case)?;
        let Some(passphrase) = self.kept_passphrase(case)? else {
            return Err(ApiError::new(Code::NotFound, "the case has no passphrase"));
        };
        let to = without(line("to", to)?, "to", &passphrase)?;
        if to.is_empty() {
            return Err(ApiError::field(Code::Invalid, "to", "missing"));
        }
        let title = match channel {
            PassphraseChannel::Phone => "Phrase de passe donnée par téléphone",
            PassphraseChannel::Sms => "Phrase de passe donnée par SMS",
            PassphraseChannel::InPerson => "Phrase de passe donnée en personne",
        };
        let mut fields = self.passphrase_fact(case, Event::Told, title, &to)?;
        fields.insert("channel".to_owned(), serde_json::to_value(channel)?);
        fields.insert("to".to_owned(), to.into());
        let fact = Change::new(EntityKind::Fact, Uuid::now_v7(), fields);
        self.commit(Scope::Case(case), vec![fact])?;
        self.case_passphrase(case)
    }

    /// Makes another passphrase for a case, with a reason: what was locked before keeps the one before.
    ///
    /// # Errors
    /// Not an analyst or the lead; an unknown case; no reason, or the words in it.
    pub fn renew_case_passphrase(&mut self, case: Uuid, why: &str) -> Result<CasePassphrase> {
        let before = self.passphrase_of(case)?;
        let why = without(reason(why)?, "reason", &before)?;
        let fields = self.passphrase_fact(case, Event::Renewed, "Phrase de passe changée", &why)?;
        let fact = Change::new(EntityKind::Fact, Uuid::now_v7(), fields);
        let (key, passphrase) = (self.mail_key()?.clone(), new_passphrase()?);
        self.write(|tx, author| {
            keep(tx, case, &key, &passphrase)?;
            Ok(commit(tx, author, Scope::Case(case), vec![fact])?)
        })?;
        self.case_passphrase(case)
    }

    /// The words, for what is locked with them; made when there are none yet.
    pub(super) fn passphrase_of(&mut self, case: Uuid) -> Result<Zeroizing<String>> {
        self.require(Ability::PrepareDocument)?;
        self.case_state(case)?;
        if let Some(passphrase) = self.kept_passphrase(case)? {
            return Ok(passphrase);
        }
        let (key, passphrase) = (self.mail_key()?.clone(), new_passphrase()?);
        self.write(|tx, _| keep(tx, case, &key, &passphrase))?;
        Ok(passphrase)
    }

    /// Whether a text gives away the passphrase of a case.
    ///
    /// # Errors
    /// Not an analyst or the lead; a passphrase that this access does not open.
    pub fn holds_passphrase(&self, case: Uuid, text: &str) -> Result<bool> {
        self.require(Ability::PrepareDocument)?;
        let passphrase = self.kept_passphrase(case)?;
        Ok(passphrase.is_some_and(|passphrase| is_inside(text, &passphrase)))
    }

    fn kept_passphrase(&self, case: Uuid) -> Result<Option<Zeroizing<String>>> {
        let name = name(case);
        let Some(bytes) = seal::open(self.conn(), &name, self.mail_key()?)? else {
            // A new one in its place would make a secret of what was sent already.
            return match sealed::get(self.conn(), &name)? {
                Some(_) => Err(unreadable()),
                None => Ok(None),
            };
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable())?;
        Ok(Some(Zeroizing::new(text.to_owned())))
    }

    fn mail_key(&self) -> Result<&Key> {
        self.opened().keyring().mail.as_ref().ok_or_else(|| {
            ApiError::field(
                Code::NotAllowed,
                "mail_key",
                "this access holds no mail key",
            )
        })
    }

    fn passphrase_told(&self, case: Uuid) -> Result<Option<PassphraseTold>> {
        let facts = member::of_case::<PassphraseFact>(self.conn(), case, EntityKind::Fact)?;
        let mut told = None;
        for (_, fact) in facts {
            match (
                fact.passphrase,
                fact.channel,
                DateTime::from_timestamp_millis(fact.at),
            ) {
                (Some(Event::Told), Some(channel), Some(at)) => {
                    told = Some(PassphraseTold {
                        channel,
                        to: fact.to,
                        at,
                    });
                }
                (Some(Event::Renewed), ..) => told = None,
                _ => {}
            }
        }
        Ok(told)
    }

    fn passphrase_fact(
        &self,
        case: Uuid,
        event: Event,
        title: &str,
        detail: &str,
    ) -> Result<Fields> {
        let mut fields = Fields::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("case", case.to_string().into());
        put("at", self.now().timestamp_millis().into());
        put("kind", serde_json::to_value(FactKind::Exchange)?);
        put("title", title.into());
        put("detail", detail.into());
        put("author", self.person().id.to_string().into());
        put("passphrase", serde_json::to_value(event)?);
        Ok(fields)
    }
}

/// Seals every passphrase that `from` opens under `to` as well, while the keys of the vault are renewed.
///
/// # Errors
/// When the database refuses.
pub(super) fn carry_over(
    conn: &Connection,
    (from, to): (&Keyring, &Keyring),
    age: Age,
) -> Result<()> {
    let (Some(from), Some(to)) = (&from.mail, &to.mail) else {
        return Ok(());
    };
    for name in sealed::names(conn, PREFIX)? {
        // One that waits under the keys to come is found by the name of the one in force.
        if Uuid::parse_str(&name[PREFIX.len()..]).is_err() {
            continue;
        }
        if let Some(secret) = seal::open(conn, &name, from)? {
            seal::keep(conn, &name, age, to, &secret)?;
        }
    }
    Ok(())
}

fn name(case: Uuid) -> String {
    format!("{PREFIX}{case}")
}

fn keep(conn: &Connection, case: Uuid, key: &Key, passphrase: &str) -> Result<()> {
    seal::keep(conn, &name(case), Age::Current, key, passphrase.as_bytes())
}

fn new_passphrase() -> Result<Zeroizing<String>> {
    let mut random = Zeroizing::new([0; 16]);
    getrandom::fill(random.as_mut_slice())
        .map_err(|_| ApiError::new(Code::Internal, "no randomness"))?;
    Ok(generate(case_words(), &random))
}

/// A text that is written down, if the words are not in it.
fn without(text: String, field: &str, passphrase: &str) -> Result<String> {
    if is_inside(&text, passphrase) {
        return Err(ApiError::field(
            Code::Invalid,
            field,
            "the passphrase is never written down",
        ));
    }
    Ok(text)
}

fn unreadable() -> ApiError {
    ApiError::new(Code::DatabaseDamaged, "a passphrase cannot be read")
}
