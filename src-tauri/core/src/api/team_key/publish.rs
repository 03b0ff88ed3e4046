//! The key as it leaves the house.

use std::path::Path;

use crate::api::error::Result;
use crate::api::export::write_together;
use crate::api::session::Session;
use crate::api::view::Exported;
use crate::domain::people::Ability;

impl Session {
    /// Writes the Web Key Directory of the team's addresses, to be put under the root of their web server.
    ///
    /// # Errors
    /// A folder that cannot be written; a full disk.
    pub fn export_wkd(&self, folder: &Path) -> Result<Exported> {
        self.require(Ability::ReadCases)?;
        let certificate = self.team_key()?.certificate;
        let files = certificate.wkd(self.now())?;
        let paths: Vec<(&str, &[u8])> = files
            .iter()
            .map(|file| (file.path.as_str(), file.bytes.as_slice()))
            .collect();
        let place = write_together(folder, &paths)?;
        Ok(Exported {
            folder: place.display().to_string(),
            files: files.into_iter().map(|file| file.path).collect(),
        })
    }
}
