//! A real vault for the tests of this folder.

use super::{Session, Workstation};
use crate::domain::people::Role;
use crate::vault::VaultKind;

/// A demonstration of so many cases, opened by whoever leads it.
pub(super) fn demo(cases: u32, work: impl FnOnce(&mut Session)) {
    let folder = tempfile::tempdir().unwrap();
    let workstation = Workstation::at(folder.path());
    let made = workstation.create_demo(cases, 7, |_| true).unwrap();
    let lead = made.users.iter().find(|user| user.role == Role::Lead);
    let passphrase = &lead.unwrap().passphrase;
    let vaults = workstation.status("test", None).unwrap().vaults;
    let mut faces = vaults[0].people.iter();
    let face = faces.find(|face| face.role == Role::Lead).unwrap();
    let mut session = workstation
        .unlock(VaultKind::Demo, face.id, passphrase)
        .unwrap();
    work(&mut session);
}
