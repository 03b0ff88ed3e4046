//! The team's mail account: its servers in the registry, its password or token sealed for those who write mail.

use chrono::DateTime;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::api::error::{ApiError, Code, Result};
use crate::api::seal::{self, Age};
use crate::api::session::Session;
use crate::api::view::{AccountCheck, MailAccount, MailAccountView, MailServer};
use crate::db::{mailbox, registry};
use crate::domain::entity::EntityKind;
use crate::domain::mail::Address;
use crate::domain::people::Ability;
use crate::journal::{Change, Scope, commit};
use crate::net::line::{Line, LineError, Login, Patience, Trust};
use crate::net::{imap, smtp};
use crate::vault::Keyring;

/// The one account.
const ACCOUNT: Uuid = Uuid::from_u128(0x4d61_696c);
/// Its password or token, among the sealed secrets.
const SECRET: &str = "mail_account.secret";
/// Longest password or token: some tokens carry a whole certificate.
const MAX_SECRET_BYTES: usize = 16 * 1024;

/// The account as the registry knows it.
#[derive(Default, Deserialize)]
struct AccountState {
    #[serde(default)]
    account: Option<MailAccount>,
}

/// The account with what opens it.
pub(super) struct Access {
    pub account: MailAccount,
    pub secret: Zeroizing<String>,
}

impl Access {
    /// Speaks with one of its servers.
    pub fn speak<T>(
        &self,
        server: &MailServer,
        speak: impl FnOnce(&Line<'_>) -> std::result::Result<T, LineError>,
    ) -> std::result::Result<T, LineError> {
        speak(&Line {
            server,
            login: Login {
                user: &self.account.user,
                secret: &self.secret,
                kind: self.account.login,
            },
            trust: &Trust::of_the_system()?,
            patience: &Patience::default(),
        })
    }
}

/// A try of an account: all that it takes, so that the session need not wait.
pub struct AccountTrial(Access);

impl AccountTrial {
    /// Logs in at both servers and leaves again; takes as long as the network does.
    #[must_use]
    pub fn run(&self) -> AccountCheck {
        let account = &self.0.account;
        let mut words = Vec::new();
        let mut told = |tried: Option<std::result::Result<(), LineError>>| match tried {
            None => String::new(),
            Some(Ok(())) => "ok".to_owned(),
            Some(Err(error)) => {
                words.push(error.words());
                error.code().to_owned()
            }
        };
        let smtp = account.smtp.as_ref().map(|server| {
            self.0
                .speak(server, |line| smtp::check(line, &account.address))
        });
        let imap = account.imap.as_ref().map(|server| {
            self.0
                .speak(server, |line| imap::check(line, account.read_folder()))
        });
        AccountCheck {
            smtp: told(smtp),
            imap: told(imap),
            answer: words.join("\n"),
        }
    }
}

/// Seals the account's secret under the keys to come as well.
///
/// # Errors
/// When the database refuses.
pub(in crate::api) fn carry_over(
    conn: &Connection,
    (from, to): (&Keyring, &Keyring),
    age: Age,
) -> Result<()> {
    seal::carry_over(conn, SECRET, (from.mail.as_ref(), to.mail.as_ref()), age)
}

/// Names the account's mailbox: another account, server or folder is read from its beginning.
pub(super) fn mailbox_name(account: &MailAccount) -> String {
    let host = account.imap.as_ref().map_or("", |server| &server.host);
    format!("{}@{host}/{}", account.user, account.read_folder())
}

impl Session {
    /// The account and how it stands.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn mail_account(&self) -> Result<MailAccountView> {
        self.require(Ability::ReadCases)?;
        let account = self.known_account()?;
        let read = match &account {
            Some(account) => mailbox::get(self.conn(), &mailbox_name(account))?,
            None => mailbox::MailboxRow::default(),
        };
        Ok(MailAccountView {
            sender: self.sender()?,
            has_secret: account.is_some() && self.account_secret()?.is_some(),
            account,
            fetched_at: read.fetched_at.and_then(DateTime::from_timestamp_millis),
            failure: read.failure,
        })
    }

    /// Keeps the account, or gives it up. Without a secret the one that is kept stays.
    ///
    /// # Errors
    /// Not the lead; a field that cannot be used, by its name.
    pub fn set_mail_account(
        &mut self,
        account: Option<&MailAccount>,
        secret: Option<&str>,
    ) -> Result<MailAccountView> {
        self.require(Ability::ManageTeam)?;
        check(account, secret)?;
        let value = serde_json::to_value(account)?;
        let change = Change::set(EntityKind::MailAccount, ACCOUNT, "account", value.clone());
        let keyring = self.opened().keyring().clone();
        self.write(|tx, author| {
            match (secret, &keyring.mail) {
                _ if value == Value::Null => seal::forget(tx, SECRET)?,
                (Some(secret), Some(key)) => {
                    seal::keep(tx, SECRET, Age::Current, key, secret.as_bytes())?;
                }
                _ => {}
            }
            Ok(commit(tx, author, Scope::Registry, vec![change])?)
        })?;
        self.mail_account()
    }

    /// What it takes to try an account; without a secret the one that is kept is tried.
    ///
    /// # Errors
    /// Not the lead; a field that cannot be used, by its name.
    pub fn mail_account_trial(
        &self,
        account: &MailAccount,
        secret: Option<&str>,
    ) -> Result<AccountTrial> {
        self.require(Ability::ManageTeam)?;
        check(Some(account), secret)?;
        let secret = match secret {
            Some(secret) => Some(Zeroizing::new(secret.to_owned())),
            None => self.account_secret()?,
        };
        Ok(AccountTrial(Access {
            account: account.clone(),
            secret: secret.unwrap_or_default(),
        }))
    }

    pub(super) fn known_account(&self) -> Result<Option<MailAccount>> {
        let state: Option<AccountState> = registry::get(self.conn(), ACCOUNT)?;
        Ok(state.unwrap_or_default().account)
    }

    /// Whom mail comes from: the account's address where the team's key bears it, for nobody could verify another's
    /// signature; else the profile's. Nothing while that is no address.
    pub(super) fn sender(&self) -> Result<Option<Address>> {
        let profile = self.team()?.profile;
        if let Some(account) = self.known_account()? {
            let Address { name, mail } = account.address;
            let certificate = self.team_key()?.certificate;
            let name = match name.trim() {
                "" => profile.full_name.as_str(),
                name => name,
            };
            if let Some(sender) = Address::new(name, &mail)
                && certificate
                    .mail_addresses(self.now())
                    .contains(&sender.folded())
            {
                return Ok(Some(sender));
            }
        }
        Ok(Address::new(&profile.full_name, &profile.mail))
    }

    fn account_secret(&self) -> Result<Option<Zeroizing<String>>> {
        let Some(key) = &self.opened().keyring().mail else {
            return Ok(None);
        };
        let Some(bytes) = seal::open(self.conn(), SECRET, key)? else {
            return Ok(None);
        };
        let damaged = |_| ApiError::new(Code::DatabaseDamaged, "the account's secret is no text");
        let text = std::str::from_utf8(&bytes).map_err(damaged)?;
        Ok(Some(Zeroizing::new(text.to_owned())))
    }

    /// The account and its secret, for those whose access opens it.
    pub(super) fn mail_access(&self) -> Result<Option<Access>> {
        let (Some(account), Some(secret)) = (self.known_account()?, self.account_secret()?) else {
            return Ok(None);
        };
        Ok(Some(Access { account, secret }))
    }
}

/// What is said where there is no account, or this access does not open it.
pub(super) fn no_access() -> ApiError {
    ApiError::field(
        Code::NotFound,
        "account",
        "there is no mail account, or this access does not open it",
    )
}

fn check(account: Option<&MailAccount>, secret: Option<&str>) -> Result<()> {
    if let Some(field) = account.and_then(MailAccount::wrong_field) {
        return Err(ApiError::field(Code::Invalid, field, "cannot be used"));
    }
    match secret {
        Some(secret) if secret.len() > MAX_SECRET_BYTES => {
            Err(ApiError::field(Code::TooLong, "secret", "16 KiB at most"))
        }
        Some(secret) if secret.chars().any(char::is_control) => {
            Err(ApiError::field(Code::Invalid, "secret", "one line of text"))
        }
        _ => Ok(()),
    }
}
