//! The team's mail account: its servers, and how it proves who it is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Address;

/// How the line to a server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineSecurity {
    /// TLS from the first byte (465, 993).
    #[default]
    Tls,
    /// TLS after a first word in clear, never without it (587, 143).
    StartTls,
}

/// A server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MailServer {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Protection of the line.
    pub security: LineSecurity,
}

/// How the team proves who it is to its servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoginKind {
    /// A password.
    #[default]
    Password,
    /// An OAuth 2 access token (XOAUTH2), renewed elsewhere.
    Token,
}

/// The team's mail account; its password lies sealed in the vault and is never given back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MailAccount {
    /// The address that mail comes from.
    pub address: Address,
    /// Who logs in.
    pub user: String,
    /// With what.
    pub login: LoginKind,
    /// The server that sends; nothing when mail leaves through another program.
    pub smtp: Option<MailServer>,
    /// The server that receives; nothing when mail is brought by hand.
    pub imap: Option<MailServer>,
    /// The folder that is read.
    pub folder: String,
}

impl MailServer {
    /// Whether it may be connected to: a host's name without a sign that could end a line, and a port.
    #[must_use]
    pub fn holds(&self) -> bool {
        let right = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        !self.host.is_empty()
            && self.host.len() < 254
            && self.host.chars().all(right)
            && self.port > 0
    }
}

/// Longest name of a user, of a folder, and longest secret: access tokens are long.
const MAX_NAME_CHARS: usize = 254;

impl MailAccount {
    /// The name of the first field that is wrong; nothing when it can be used.
    #[must_use]
    pub fn wrong_field(&self) -> Option<&'static str> {
        let line = |text: &str| {
            text.chars().count() <= MAX_NAME_CHARS && !text.chars().any(char::is_control)
        };
        if Address::new(&self.address.name, &self.address.mail).is_none() {
            Some("address")
        } else if !line(&self.user) {
            Some("user")
        } else if self.smtp.as_ref().is_some_and(|server| !server.holds()) {
            Some("smtp")
        } else if self.imap.as_ref().is_some_and(|server| !server.holds()) {
            Some("imap")
        } else if !line(&self.folder) {
            Some("folder")
        } else {
            None
        }
    }

    /// The folder that is read: the inbox where none is named.
    #[must_use]
    pub fn read_folder(&self) -> &str {
        if self.folder.is_empty() {
            "INBOX"
        } else {
            &self.folder
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_could_break_a_command_is_refused() {
        let good = MailAccount {
            address: Address {
                name: String::new(),
                mail: "csirt@region.example".to_owned(),
            },
            user: "csirt".to_owned(),
            smtp: Some(MailServer {
                host: "smtp.region.example".to_owned(),
                port: 465,
                security: LineSecurity::Tls,
            }),
            ..MailAccount::default()
        };
        assert_eq!(good.wrong_field(), None);
        assert_eq!(good.read_folder(), "INBOX");
        let wrong = |change: fn(&mut MailAccount)| {
            let mut account = good.clone();
            change(&mut account);
            account.wrong_field()
        };
        assert_eq!(
            wrong(|account| account.user = "a\r\nb".to_owned()),
            Some("user")
        );
        assert_eq!(
            wrong(|account| account.folder = "a\nb".to_owned()),
            Some("folder")
        );
        assert_eq!(
            wrong(|account| account.address.mail = "csirt".to_owned()),
            Some("address")
        );
        assert_eq!(
            wrong(|account| account.imap = Some(MailServer {
                host: "a b".to_owned(),
                port: 993,
                ..MailServer::default()
            })),
            Some("imap")
        );
        assert_eq!(
            wrong(|account| account.smtp = Some(MailServer::default())),
            Some("smtp")
        );
    }
}
