//! The key on key servers: asked for by the lead, kept in a queue until the network is there, sent once.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::KnownKey;
use crate::api::commit::instant;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{Publication, PublicationState, TeamKeyView};
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::journal::history::hex;
use crate::journal::{Change, Scope};
use crate::net::{NetError, key_server};

/// More servers than anybody publishes on.
const MOST_SERVERS: usize = 20;

/// A server and what is known of the key on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Upload {
    /// Host, with its port if it is another than HTTPS's.
    server: String,
    /// When it was asked for, sent or refused, milliseconds.
    at: i64,
    /// Digest of the certificate that the server has; empty while it has none.
    #[serde(default)]
    sent: String,
    /// Whether it waits to be sent.
    queued: bool,
    /// What the server said when it refused.
    #[serde(default)]
    refused: String,
}

/// One key to one server: what can be sent without the vault.
pub struct Sending {
    /// Host of the server.
    pub server: String,
    armoured: String,
}

impl Sending {
    /// Sends it; takes as long as the network does.
    ///
    /// # Errors
    /// Those of [`key_server::submit`].
    pub fn send(&self) -> std::result::Result<(), NetError> {
        key_server::submit(&self.server, &self.armoured)
    }
}

fn digest(key: &KnownKey) -> String {
    hex(&Sha256::digest(key.state.certificate.as_bytes()))
}

/// How the key stands on each server.
pub(super) fn publications(key: &KnownKey) -> Vec<Publication> {
    let now = digest(key);
    let uploads = key.state.uploads.iter();
    uploads
        .map(|upload| Publication {
            server: upload.server.clone(),
            at: instant(upload.at),
            state: match upload {
                Upload { queued: true, .. } => PublicationState::Queued,
                Upload { refused, .. } if !refused.is_empty() => PublicationState::Refused,
                Upload { sent, .. } if *sent == now => PublicationState::Current,
                _ => PublicationState::Behind,
            },
            refused: upload.refused.clone(),
        })
        .collect()
}

impl Session {
    /// Asks for the key to be put on a server; it waits there until [`Session::key_sendings`] are sent.
    ///
    /// # Errors
    /// Not the lead; what is no host name; more servers than twenty.
    pub fn queue_key_upload(&mut self, server: &str) -> Result<TeamKeyView> {
        self.require(Ability::SignDocument)?;
        let server = key_server::host(server)
            .map_err(|error| ApiError::field(Code::Invalid, "server", error.to_string()))?;
        let at = self.now().timestamp_millis();
        self.change_uploads(|uploads| {
            if uploads.len() >= MOST_SERVERS {
                return Err(ApiError::field(Code::TooLong, "server", "too many servers"));
            }
            let before = uploads.iter().position(|upload| upload.server == server);
            let sent = before.map(|at| uploads.remove(at).sent);
            uploads.push(Upload {
                server,
                at,
                sent: sent.unwrap_or_default(),
                queued: true,
                refused: String::new(),
            });
            Ok(())
        })
    }

    /// Takes a server off the list; a key that was sent stays there, as servers do not forget.
    ///
    /// # Errors
    /// Not the lead; a server that is not on the list.
    pub fn forget_key_server(&mut self, server: &str) -> Result<TeamKeyView> {
        self.require(Ability::SignDocument)?;
        self.change_uploads(|uploads| {
            let before = uploads.len();
            uploads.retain(|upload| upload.server != server);
            if uploads.len() == before {
                return Err(ApiError::new(Code::NotFound, "no such server"));
            }
            Ok(())
        })
    }

    /// What waits to be sent.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn key_sendings(&self) -> Result<Vec<Sending>> {
        let key = self.team_key()?;
        let waiting = key.state.uploads.iter().filter(|upload| upload.queued);
        let servers: Vec<String> = waiting.map(|upload| upload.server.clone()).collect();
        Ok(servers
            .into_iter()
            .map(|server| Sending {
                server,
                armoured: key.state.certificate.clone(),
            })
            .collect())
    }

    /// Keeps what came of a sending. One that did not reach its server goes on waiting.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn key_was_sent(
        &mut self,
        sending: &Sending,
        outcome: std::result::Result<(), NetError>,
    ) -> Result<TeamKeyView> {
        let refused = match outcome {
            Ok(()) => String::new(),
            Err(NetError::Unreachable(_)) => return self.team_key_view(),
            Err(error) => error.to_string(),
        };
        let at = self.now().timestamp_millis();
        // The key may have changed while it was under way: then what was sent is already behind.
        let sent = hex(&Sha256::digest(sending.armoured.as_bytes()));
        self.change_uploads(|uploads| {
            let waiting = uploads
                .iter_mut()
                .find(|upload| upload.server == sending.server && upload.queued);
            if let Some(upload) = waiting {
                upload.at = at;
                upload.queued = false;
                if refused.is_empty() {
                    upload.sent = sent;
                }
                upload.refused = refused;
            }
            Ok(())
        })
    }

    fn change_uploads(
        &mut self,
        change: impl FnOnce(&mut Vec<Upload>) -> Result<()>,
    ) -> Result<TeamKeyView> {
        let key = self.team_key()?;
        let mut uploads = key.state.uploads.clone();
        change(&mut uploads)?;
        let value: Value = serde_json::to_value(uploads)?;
        let change = Change::set(EntityKind::TeamKey, key.id, "uploads", value);
        self.commit(Scope::Registry, vec![change])?;
        self.team_key_view()
    }
}
