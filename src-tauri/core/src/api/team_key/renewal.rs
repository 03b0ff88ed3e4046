//! The keys of the vault are renewed when somebody leaves: the parts of the team's keys and the
//! mail account's password and the passphrases of the cases go along.

use uuid::Uuid;

use super::parts;
use crate::api::case_passphrase;
use crate::api::error::Result;
use crate::api::mail::account;
use crate::api::seal::Age;
use crate::api::session::Session;
use crate::db;

impl Session {
    /// Finishes a renewal of the keys that a kill interrupted; waits for a lead if this is none.
    pub(in crate::api) fn resume_rotation(&mut self) -> Result<()> {
        if self.opened().next().is_none() || self.opened_mut().as_lead().is_err() {
            return Ok(());
        }
        self.opened_mut().as_lead()?.resume_rotation()?;
        self.renew_keys()
    }

    /// The second and third step of a renewal: secrets and database go over to the new keys.
    pub(in crate::api) fn renew_keys(&mut self) -> Result<()> {
        let Some(next) = self.opened().next().cloned() else {
            return Ok(());
        };
        let current = self.opened().keyring().clone();
        let keys: Vec<Uuid> = self.team_keys()?.iter().map(|key| key.id).collect();
        parts::carry_over(self.conn(), &keys, (&current, &next), Age::Next)?;
        account::carry_over(self.conn(), (&current, &next), Age::Next)?;
        case_passphrase::carry_over(self.conn(), (&current, &next), Age::Next)?;
        db::rekey(self.conn(), next.database.bytes())?;
        self.opened_mut().as_lead()?.finish_rotation()?;
        parts::carry_over(self.conn(), &keys, (&next, &next), Age::Current)?;
        account::carry_over(self.conn(), (&next, &next), Age::Current)?;
        case_passphrase::carry_over(self.conn(), (&next, &next), Age::Current)?;
        Ok(())
    }
}
