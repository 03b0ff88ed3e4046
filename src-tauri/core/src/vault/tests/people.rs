use super::*;

#[test]
fn a_passphrase_is_changed_by_who_knows_the_old_one() {
    let team = Team::full();
    let mut camille = team.open(CAMILLE, "camille ouvre").unwrap();
    assert!(camille.access().unwrap().must_change);
    let same = camille.change_passphrase(&pass("camille ouvre"), &pass("camille ouvre"), now());
    assert!(matches!(same, Err(VaultError::SamePassphrase)));
    let wrong = camille.change_passphrase(&pass("devine"), &pass("nouvelle"), now());
    assert!(matches!(wrong, Err(VaultError::WrongPassphrase)));
    camille
        .change_passphrase(&pass("camille ouvre"), &pass("nouvelle"), now())
        .unwrap();
    assert!(!camille.access().unwrap().must_change);

    let again = team.open(CAMILLE, "nouvelle").unwrap();
    assert_eq!(again.keyring(), camille.keyring());
    assert!(matches!(
        team.open(CAMILLE, "camille ouvre"),
        Err(VaultError::WrongPassphrase)
    ));
    // The change needs no lead, and leaves every voucher good.
    team.alix();
}

#[test]
fn guessing_the_old_passphrase_in_an_open_session_is_delayed_too() {
    let team = Team::founded();
    let mut alix = team.alix();
    for _ in 0..4 {
        let _ = alix.change_passphrase(&pass("devine"), &pass("nouvelle"), now());
    }
    let fifth = alix.change_passphrase(&pass("alix ouvre"), &pass("nouvelle"), now());
    assert!(matches!(fifth, Err(VaultError::Wait { .. })));
}

#[test]
fn after_the_recovery_key_a_forgotten_passphrase_is_replaced() {
    let team = Team::full();
    let before = team.alix().keyring().clone();
    let mut opened = team.vault.open_with_recovery(&team.recovery).unwrap();
    opened
        .as_lead()
        .unwrap()
        .reset_passphrase(ALIX, &pass("provisoire"))
        .unwrap();
    let alix = team.open(ALIX, "provisoire").unwrap();
    assert_eq!(*alix.keyring(), before);
    assert!(alix.access().unwrap().must_change);
    assert!(matches!(
        team.open(ALIX, "alix ouvre"),
        Err(VaultError::WrongPassphrase)
    ));
    let change = opened.change_passphrase(&pass("a"), &pass("b"), now());
    assert!(matches!(change, Err(VaultError::UnknownUser)));
}

#[test]
fn a_new_recovery_key_ends_the_old_one() {
    let team = Team::full();
    let new = RecoveryKey::random().unwrap();
    let mut by_recovery = team.vault.open_with_recovery(&team.recovery).unwrap();
    by_recovery
        .as_lead()
        .unwrap()
        .renew_recovery_key(&new)
        .unwrap();
    by_recovery
        .as_lead()
        .unwrap()
        .rename_team("Autre nom")
        .unwrap();
    assert!(matches!(
        team.vault.open_with_recovery(&team.recovery),
        Err(VaultError::WrongRecoveryKey)
    ));
    let passphrase = pass("x");
    let lead = FirstLead {
        user: ALIX,
        name: "Alix",
        passphrase: &passphrase,
    };
    assert!(matches!(
        team.vault.rebuild(&team.recovery, lead),
        Err(VaultError::WrongRecoveryKey)
    ));
    let opened = team.vault.open_with_recovery(&new).unwrap();
    assert_eq!(opened.keyring(), team.alix().keyring());
}

#[test]
fn only_a_lead_manages_people() {
    let team = Team::full();
    for (user, passphrase) in [(BASTIEN, "bastien ouvre"), (CAMILLE, "camille ouvre")] {
        let mut opened = team.open(user, passphrase).unwrap();
        assert!(matches!(opened.as_lead(), Err(VaultError::NotLead)));
    }
}

#[test]
fn a_wider_role_brings_its_keys_without_a_new_passphrase() {
    let team = Team::full();
    let mut alix = team.alix();
    alix.as_lead()
        .unwrap()
        .widen_role(CAMILLE, Role::Analyst)
        .unwrap();
    let camille = team.open(CAMILLE, "camille ouvre").unwrap();
    assert_eq!(*camille.keyring(), alix.keyring().for_role(Role::Analyst));
    assert_eq!(camille.access().unwrap().role, Role::Analyst);
    let narrower = alix.as_lead().unwrap().widen_role(CAMILLE, Role::Operator);
    assert!(matches!(narrower, Err(VaultError::RotationNeeded)));
}

#[test]
fn a_new_name_shows_at_once() {
    let team = Team::full();
    let mut alix = team.alix();
    alix.as_lead()
        .unwrap()
        .rename(CAMILLE, "  Camille K. ")
        .unwrap();
    assert_eq!(team.vault.look().unwrap().people[2].name, "Camille K.");
    assert_eq!(
        team.open(CAMILLE, "camille ouvre")
            .unwrap()
            .access()
            .unwrap()
            .name,
        "Camille K."
    );
    team.alix();
}

#[test]
fn two_people_never_bear_one_name_and_no_name_is_a_book() {
    let team = Team::full();
    let mut alix = team.alix();
    let mut lead = alix.as_lead().unwrap();
    let fourth = Uuid::from_u128(4);
    let temporary = pass("provisoire");
    let mut add = |user, name: &str| lead.add_user(user, name, Role::Operator, &temporary);
    assert!(matches!(add(fourth, "camille"), Err(VaultError::NameTaken)));
    assert!(matches!(
        add(CAMILLE, "Dominique"),
        Err(VaultError::UserExists)
    ));
    for name in ["", "  ", "a\nb", &"x".repeat(101), &"x".repeat(10_000_000)] {
        assert!(matches!(add(fourth, name), Err(VaultError::InvalidName)));
    }
    assert!(matches!(
        lead.rename(CAMILLE, "BASTIEN"),
        Err(VaultError::NameTaken)
    ));
    lead.rename(CAMILLE, "CAMILLE").unwrap();
    assert_eq!(team.vault.look().unwrap().people.len(), 3);
}

#[test]
fn the_last_lead_stays_and_nobody_withdraws_themselves() {
    let team = Team::full();
    let mut alix = team.alix();
    let mut lead = alix.as_lead().unwrap();
    for withdrawal in [
        Withdrawal::Remove(ALIX),
        Withdrawal::Narrow(ALIX, Role::Analyst),
    ] {
        assert!(matches!(
            lead.begin_rotation(withdrawal),
            Err(VaultError::LastLead)
        ));
    }
    assert!(matches!(
        lead.reset_passphrase(ALIX, &pass("x")),
        Err(VaultError::OwnAccess)
    ));
    lead.widen_role(BASTIEN, Role::Lead).unwrap();
    assert!(matches!(
        lead.begin_rotation(Withdrawal::Remove(ALIX)),
        Err(VaultError::OwnAccess)
    ));
    // The other lead may.
    let mut bastien = team.open(BASTIEN, "bastien ouvre").unwrap();
    bastien
        .as_lead()
        .unwrap()
        .begin_rotation(Withdrawal::Remove(ALIX))
        .unwrap();
    // The recovery key spares the last lead as well.
    bastien.as_lead().unwrap().finish_rotation().unwrap();
    let mut recovery = team.vault.open_with_recovery(&team.recovery).unwrap();
    let last = recovery
        .as_lead()
        .unwrap()
        .begin_rotation(Withdrawal::Remove(BASTIEN));
    assert!(matches!(last, Err(VaultError::LastLead)));
}

#[test]
fn a_file_holds_no_more_people_than_it_can_be_read_back_with() {
    let team = Team::founded();
    let mut alix = team.alix();
    let mut body = alix.body.clone();
    for number in body.slots.len()..file::SLOT_LIMIT {
        let user = Uuid::from_u128(number as u128 + 100);
        let holder = Holder::User {
            user,
            name: format!("{}{number:03}", "é".repeat(97)),
            role: Role::Analyst,
        };
        body.slots
            .push(Slot::new(body.vault_id, holder, b"x", CHEAP, alix.keyring()).unwrap());
    }
    alix.save(body).unwrap();
    let mut lead = alix.as_lead().unwrap();
    let one_more = lead.add_user(CAMILLE, "Camille", Role::Operator, &pass("provisoire"));
    assert!(matches!(one_more, Err(VaultError::TooManyUsers)));
    // The fullest file there can be holds two keyrings in each slot.
    lead.begin_rotation(Withdrawal::Nobody).unwrap();
    assert!(fs::metadata(team.path("vault")).unwrap().len() < file::FILE_LIMIT_BYTES);
    assert!(team.alix().found().is_good());
}
