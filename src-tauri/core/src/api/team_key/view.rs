//! The key as the interface shows it.

use chrono::{DateTime, Utc};

use super::servers::publications;
use crate::api::error::Result;
use crate::api::opening::role_name;
use crate::api::session::Session;
use crate::api::view::{
    FormerKeyView, KeyEnd, KeyEntryView, KeyNearness, KeyReminder, KeyState, TeamKeyView,
};
use crate::domain::people::Ability;
use crate::pgp::{Certificate, KeyEntry, Nearness};
use crate::report::qr::QrCode;

/// Whether the end of a key is worth a warning on the first screen.
pub(in crate::api) fn key_end(certificate: &Certificate, at: DateTime<Utc>) -> Option<KeyEnd> {
    if certificate.is_revoked(at) {
        let nearness = KeyNearness::Revoked;
        return Some(KeyEnd { nearness, days: 0 });
    }
    let first = certificate
        .reminders(at)
        .into_iter()
        .min_by_key(|r| r.days)?;
    Some(KeyEnd {
        nearness: match first.nearness {
            Nearness::Soon => KeyNearness::Soon,
            Nearness::Urgent => KeyNearness::Urgent,
            Nearness::Expired => KeyNearness::Expired,
        },
        days: u32::try_from(first.days).unwrap_or(0),
    })
}

impl Session {
    /// The team's key: its names, its subkeys, what ends soon; and the keys before it.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn team_key_view(&self) -> Result<TeamKeyView> {
        self.require(Ability::ReadCases)?;
        let now = self.now();
        let known = self.team_key()?;
        let certificate = &known.certificate;
        let revoked = certificate.is_revoked(now);
        let fingerprint = certificate.fingerprint();
        let state = |key: &KeyEntry| {
            if revoked {
                KeyState::Revoked
            } else if key.revoked || known.was_replaced(&key.fingerprint) {
                KeyState::Replaced
            } else if key.expires.is_some_and(|end| end <= now) {
                KeyState::Expired
            } else if key.weak {
                KeyState::Weak
            } else {
                KeyState::InForce
            }
        };
        Ok(TeamKeyView {
            // The form that key managers on telephones read.
            qr: QrCode::of(format!("OPENPGP4FPR:{fingerprint}").as_bytes())?,
            fingerprint: fingerprint.grouped(),
            user_ids: certificate.user_ids(now),
            expires: certificate.expires_at(now),
            revoked,
            document_key: known.document_key(now)?.grouped(),
            keys: certificate
                .keys(now)
                .into_iter()
                .map(|key| KeyEntryView {
                    state: state(&key),
                    fingerprint: key.fingerprint.grouped(),
                    role: role_name(key.role).map(str::to_owned),
                    algorithm: key.algorithm,
                    created: key.created,
                    expires: key.expires,
                })
                .collect(),
            reminders: certificate
                .reminders(now)
                .into_iter()
                .map(|reminder| KeyReminder {
                    fingerprint: reminder.key.grouped(),
                    expires: reminder.expires,
                    days: i32::try_from(reminder.days).unwrap_or(i32::MIN),
                })
                .collect(),
            publications: publications(&known),
            former: self
                .team_keys()?
                .into_iter()
                .filter(|key| key.id != known.id)
                .map(|key| FormerKeyView {
                    fingerprint: key.certificate.fingerprint().grouped(),
                    user_ids: key.certificate.user_ids(now),
                    revoked: key.certificate.is_revoked(now),
                    expires: key.certificate.expires_at(now),
                })
                .collect(),
        })
    }
}
