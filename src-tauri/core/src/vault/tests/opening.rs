use base64::Engine as _;

use super::*;

#[test]
fn the_lead_opens_what_the_lead_made() {
    let team = Team::founded();
    let opened = team.alix();
    assert!(opened.keyring().fits(Role::Lead));
    assert_eq!(opened.access().unwrap().name, "Alix");
    assert!(opened.next().is_none() && opened.is_mirrored() && opened.found().is_good());
    assert_eq!(opened.database_keys().count(), 1);
}

#[test]
fn a_wrong_passphrase_opens_nothing() {
    let team = Team::founded();
    assert!(matches!(
        team.open(ALIX, "alix ouvres"),
        Err(VaultError::WrongPassphrase)
    ));
    assert!(matches!(
        team.open(BASTIEN, "alix ouvre"),
        Err(VaultError::UnknownUser)
    ));
}

#[test]
fn everybody_opens_the_same_database_with_the_keys_of_their_role_only() {
    let team = Team::full();
    let alix = team.alix();
    let bastien = team.open(BASTIEN, "bastien ouvre").unwrap();
    let camille = team.open(CAMILLE, "camille ouvre").unwrap();
    assert_eq!(*bastien.keyring(), alix.keyring().for_role(Role::Analyst));
    assert_eq!(*camille.keyring(), alix.keyring().for_role(Role::Operator));
    assert!(bastien.keyring().mail.is_some() && bastien.keyring().lead.is_none());
    assert!(camille.keyring().mail.is_none() && camille.keyring().lead.is_none());
}

#[test]
fn the_recovery_key_opens_everything_and_a_wrong_one_nothing() {
    let team = Team::full();
    let opened = team.vault.open_with_recovery(&team.recovery).unwrap();
    assert_eq!(opened.keyring(), team.alix().keyring());
    assert!(opened.access().is_none());
    let other = RecoveryKey::random().unwrap();
    assert!(matches!(
        team.vault.open_with_recovery(&other),
        Err(VaultError::WrongRecoveryKey)
    ));
}

#[test]
fn a_vault_is_never_overwritten_by_another() {
    let team = Team::founded();
    let passphrase = pass("autre");
    let again = team
        .vault
        .create(founding(&passphrase), &RecoveryKey::random().unwrap());
    assert!(matches!(again, Err(VaultError::AlreadyExists)));
    // Nor one of which a single file is left.
    fs::remove_file(team.path("vault")).unwrap();
    fs::remove_file(team.path("vault.copy")).unwrap();
    let again = team
        .vault
        .create(founding(&passphrase), &RecoveryKey::random().unwrap());
    assert!(matches!(again, Err(VaultError::AlreadyExists)));
}

#[test]
fn an_empty_folder_holds_no_vault() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::at_cost(dir.path(), CHEAP);
    assert!(!vault.exists());
    assert!(matches!(vault.look(), Err(VaultError::Missing)));
    assert!(matches!(
        vault.open(ALIX, &pass("x"), now()),
        Err(VaultError::Missing)
    ));
}

#[test]
fn the_unlock_screen_knows_the_team_and_its_people() {
    let team = Team::full();
    let closed = team.vault.look().unwrap();
    assert_eq!(
        (closed.kind, closed.team_name.as_str()),
        (VaultKind::Real, "CSIRT d’essai")
    );
    let people: Vec<_> = closed
        .people
        .iter()
        .map(|a| (a.name.as_str(), a.role, a.must_change))
        .collect();
    let expected = [
        ("Alix", Role::Lead, false),
        ("Bastien", Role::Analyst, true),
        ("Camille", Role::Operator, true),
    ];
    assert_eq!(people, expected);
}

#[test]
fn no_key_and_no_passphrase_stands_in_any_file() {
    let team = Team::full();
    let keys = team.alix().keyring().clone();
    let encoder = base64::engine::general_purpose::STANDARD_NO_PAD;
    for key in [
        &keys.database,
        keys.mail.as_ref().unwrap(),
        keys.lead.as_ref().unwrap(),
    ] {
        assert!(!folder_holds(team.dir.path(), key.bytes()));
        assert!(!folder_holds(
            team.dir.path(),
            &encoder.encode(key.bytes()).as_bytes()[..42]
        ));
    }
    for secret in ["alix ouvre", "bastien ouvre", "camille ouvre"] {
        assert!(!folder_holds(team.dir.path(), secret.as_bytes()));
    }
    assert!(
        folder_holds(team.dir.path(), b"Bastien"),
        "the search itself finds what is there"
    );
    let text = format!("{:?}", team.alix());
    assert!(text.contains("Key(…)"));
}

#[test]
fn too_many_wrong_passphrases_make_everybody_wait() {
    let team = Team::full();
    for _ in 0..4 {
        assert!(matches!(
            team.open(CAMILLE, "devine"),
            Err(VaultError::WrongPassphrase)
        ));
    }
    // Even the right passphrase, and even of somebody else: the delay is the vault's.
    assert!(matches!(
        team.open(ALIX, "alix ouvre"),
        Err(VaultError::Wait { seconds: 2 })
    ));
    assert_eq!(team.vault.wait_seconds(now()), 2);
    // The recovery key has no delay.
    team.vault.open_with_recovery(&team.recovery).unwrap();
    team.vault
        .open(ALIX, &pass("alix ouvre"), later(2))
        .unwrap();
    assert_eq!(team.vault.wait_seconds(now()), 0);
}

#[test]
fn an_unknown_name_is_no_attempt() {
    let team = Team::founded();
    for _ in 0..10 {
        assert!(matches!(
            team.open(BASTIEN, "x"),
            Err(VaultError::UnknownUser)
        ));
    }
    team.alix();
}

#[cfg(unix)]
#[test]
fn the_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("coffre");
    let _lock = InstanceLock::take(&dir).unwrap();
    let vault = Vault::at_cost(&dir, CHEAP);
    vault
        .create(
            founding(&pass("alix ouvre")),
            &RecoveryKey::random().unwrap(),
        )
        .unwrap();
    let _ = vault.open(ALIX, &pass("faux"), now());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    for name in ["vault", "vault.copy", "recovery", "attempts", "vault.lock"] {
        assert_eq!(mode(&dir.join(name)), 0o600, "{name}");
    }
}
