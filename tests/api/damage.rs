//! Damaged files, two instances, newer versions, kills.

use std::fs;

use relais_core::api::Code;
use relais_core::domain::people::Role;
use relais_core::vault::VaultKind;
use relais_tests::{LEAD_PASSPHRASE, Team, ransomware_report};

const NEW_PASSPHRASE: &str = "carafe ruisseau falaise bigorneau tonnelle jonquille pupitre aviron";

#[test]
fn the_second_copy_serves_when_the_first_is_damaged_and_repairs_it() {
    let team = Team::of_three();
    let vault = team.vault_folder().join("vault");
    let whole = fs::read(&vault).unwrap();
    fs::write(&vault, &whole[..whole.len() / 2]).unwrap();
    let lead = team.unlock(Role::Lead);
    assert_eq!(lead.view().unwrap().notices, ["vault_copy_repaired"]);
    drop(lead);
    assert!(team.unlock(Role::Lead).view().unwrap().notices.is_empty());
}

#[test]
fn with_both_copies_gone_the_recovery_key_still_opens() {
    let team = Team::of_three();
    let case = team
        .unlock(Role::Lead)
        .open_case(ransomware_report(), None, None)
        .unwrap();
    for name in ["vault", "vault.copy"] {
        fs::write(team.vault_folder().join(name), b"\0\0\0").unwrap();
    }
    let status = team.workstation.status("", None).unwrap();
    assert!(status.vaults[0].damaged && status.vaults[0].people.is_empty());
    let refused =
        team.workstation
            .unlock(VaultKind::Real, team.person(Role::Lead).id, LEAD_PASSPHRASE);
    assert_eq!(refused.err().unwrap().code, Code::VaultDamaged);
    let session = team
        .workstation
        .recover(
            VaultKind::Real,
            &team.recovery_key,
            None,
            "Aurore Vasselin",
            NEW_PASSPHRASE,
        )
        .unwrap();
    assert_eq!(session.case(case.id).unwrap().reference, case.reference);
    assert_eq!(session.people().unwrap().len(), 1);
}

#[test]
fn cases_without_any_vault_file_are_never_taken_for_a_first_run() {
    let team = Team::of_three();
    for name in ["vault", "vault.copy", "recovery"] {
        let _ = fs::remove_file(team.vault_folder().join(name));
    }
    assert!(team.workstation.status("", None).unwrap().vaults[0].damaged);
    let request = relais_core::api::view::VaultRequest {
        profile: relais_core::reference::profiles::pays_de_la_loire(),
        lead_name: "X".to_owned(),
        passphrase: NEW_PASSPHRASE.to_owned(),
        recovery_key: team.recovery_key.clone(),
        team_key: relais_core::api::view::TeamKeySource::Generate,
    };
    assert_eq!(
        team.workstation.create_vault(request).err().unwrap().code,
        Code::VaultExists
    );
    assert!(team.vault_folder().join("relais.db").exists());
}

#[test]
fn a_second_instance_is_told_so() {
    let team = Team::of_three();
    let first = team.unlock(Role::Lead);
    let second =
        team.workstation
            .unlock(VaultKind::Real, team.person(Role::Lead).id, LEAD_PASSPHRASE);
    assert_eq!(second.err().unwrap().code, Code::AlreadyOpen);
    drop(first);
    team.unlock(Role::Lead);
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let team = Team::of_three();
    let lead = team.unlock(Role::Lead);
    lead.conn()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    drop(lead);
    let refused =
        team.workstation
            .unlock(VaultKind::Real, team.person(Role::Lead).id, LEAD_PASSPHRASE);
    assert_eq!(refused.err().unwrap().code, Code::NewerVersion);
}

#[test]
fn a_damaged_database_is_told_as_such() {
    let team = Team::of_three();
    let path = team.vault_folder().join("relais.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let refused =
        team.workstation
            .unlock(VaultKind::Real, team.person(Role::Lead).id, LEAD_PASSPHRASE);
    assert_eq!(refused.err().unwrap().code, Code::DatabaseDamaged);
}

#[test]
fn a_role_edited_in_the_file_is_an_error_and_not_a_promotion() {
    let team = Team::of_three();
    for name in ["vault", "vault.copy"] {
        let path = team.vault_folder().join(name);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("operator", "lead")).unwrap();
    }
    let operator = team.person(Role::Operator).id;
    let refused =
        team.workstation
            .unlock(VaultKind::Real, operator, team.passphrase(Role::Operator));
    assert!(matches!(
        refused.err().unwrap().code,
        Code::VaultDamaged | Code::VaultTampered
    ));
}

#[test]
fn what_was_committed_before_a_kill_is_there_after_it() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    // The files as a kill leaves them: the log is not yet in the database.
    let taken = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(team.vault_folder()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, taken.path().join(path.file_name().unwrap())).unwrap();
    }
    drop(analyst);
    for entry in fs::read_dir(taken.path()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, team.vault_folder().join(path.file_name().unwrap())).unwrap();
    }
    let mut analyst = team.unlock(Role::Analyst);
    assert_eq!(analyst.case(case.id).unwrap().reference, case.reference);
    assert!(analyst.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_full_disk_refuses_the_change_and_loses_nothing() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = lead.open_case(ransomware_report(), None, None).unwrap();
    lead.conn()
        .execute_batch("PRAGMA max_page_count = 1")
        .unwrap();
    let refused = (0..2000)
        .find_map(|_| lead.add_note(case.id, &"x".repeat(19_000)).err())
        .unwrap();
    assert_eq!(refused.code, Code::DiskFull);
    lead.conn()
        .execute_batch("PRAGMA max_page_count = 1073741823")
        .unwrap();
    lead.add_note(case.id, "après").unwrap();
    assert!(lead.verify_journal(|_| true).unwrap().good);
}
