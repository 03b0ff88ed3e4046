//! What is made for the worst day and lies in a safe: a revocation on paper, a back-up that opens without Relais.

use std::path::Path;

use crate::api::error::Result;
use crate::api::export::write_together;
use crate::api::session::Session;
use crate::api::view::{Exported, RevocationPaper};
use crate::pgp::RevocationReason;
use crate::report::qr::QrCode;
use crate::vault::{RecoveryKey, VaultError};

/// What to do with the file, for somebody who has no Relais.
const RESTORE: &str = "\
Sauvegarde de la clé OpenPGP de l’équipe
========================================

Le fichier .asc est chiffré avec la clé de secours imprimée de Relais.
Il s’ouvre sans Relais :

    gpg --decrypt NOM-DU-FICHIER.asc | gpg --import

gpg demande une phrase de passe : tapez les neuf groupes de la clé de
secours, en capitales, séparés par des tirets.

Empreinte de la clé, à comparer après l’importation :

    ";

impl Session {
    /// A revocation certificate to be printed and sealed: who publishes it ends the key, without Relais.
    ///
    /// # Errors
    /// Not the lead; a message that is too long.
    pub fn prepare_revocation(&self, message: &str) -> Result<RevocationPaper> {
        let key = self.open_team_key()?;
        let text = key.revocation(RevocationReason::Compromised, message, self.now())?;
        Ok(RevocationPaper {
            fingerprint: key.certificate().fingerprint().grouped(),
            qr: QrCode::of(text.as_bytes())?,
            text: text.to_string(),
        })
    }

    /// Writes every secret of the key, encrypted with the printed recovery key, and a page on how to open it without
    /// Relais.
    ///
    /// # Errors
    /// Not the lead; a recovery key that is mistyped or of another vault; a folder that cannot be written.
    pub fn back_up_team_key(&self, recovery_key: &str, folder: &Path) -> Result<Exported> {
        let key = self.open_team_key()?;
        let recovery = RecoveryKey::parse(recovery_key)?;
        // A back-up under a key that nobody has printed would open for nobody.
        if !self.opened().is_recovery_key(&recovery)? {
            return Err(VaultError::WrongRecoveryKey.into());
        }
        let fingerprint = key.certificate().fingerprint();
        let sealed = key.backup(&recovery.printed())?;
        let name = format!("cle-{}.asc", short(&fingerprint.to_string()));
        let restore = format!("{RESTORE}{}\n", fingerprint.grouped());
        let files = [
            (name.as_str(), sealed.as_bytes()),
            ("RESTAURER.txt", restore.as_bytes()),
        ];
        let place = write_together(folder, &files)?;
        Ok(Exported {
            folder: place.display().to_string(),
            files: files.iter().map(|(name, _)| (*name).to_owned()).collect(),
        })
    }
}

/// The last eight digits: enough to tell two files apart, never to tell two keys apart.
fn short(fingerprint: &str) -> &str {
    fingerprint
        .get(fingerprint.len().saturating_sub(8)..)
        .unwrap_or(fingerprint)
}
