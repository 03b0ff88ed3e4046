use super::*;

#[test]
fn the_second_copy_serves_when_the_first_is_damaged_and_unlocking_repairs_it() {
    for (spoilt, state) in [
        ("vault", FileState::Damaged),
        ("vault.copy", FileState::Damaged),
        ("vault", FileState::Missing),
        ("recovery", FileState::Missing),
    ] {
        let team = Team::full();
        let whole = team.snapshot();
        match state {
            FileState::Missing => fs::remove_file(team.path(spoilt)).unwrap(),
            _ => fs::write(team.path(spoilt), b"\0\0\0").unwrap(),
        }
        let health = team.vault.look().unwrap().health;
        let found = match spoilt {
            "vault" => health.vault,
            "vault.copy" => health.copy,
            _ => health.recovery,
        };
        assert_eq!(found, state);
        assert!(!health.is_good());

        let opened = team.open(CAMILLE, "camille ouvre").unwrap();
        assert_eq!(opened.found(), health);
        assert!(opened.is_mirrored());
        assert!(team.vault.look().unwrap().health.is_good());
        assert_eq!(team.snapshot()[0], whole[0]);
        team.alix();
    }
}

#[test]
fn with_both_copies_gone_the_printed_key_alone_reopens() {
    for spoil in [
        (|path: &Path| fs::remove_file(path).unwrap()) as fn(&Path),
        |path| fs::write(path, b"{\"format\":1").unwrap(),
        |path| fs::write(path, [0xff; 4096]).unwrap(),
        |path| fs::write(path, "[".repeat(2_000_000)).unwrap(),
    ] {
        let team = Team::full();
        let keys = team.alix().keyring().clone();
        spoil(&team.path("vault"));
        spoil(&team.path("vault.copy"));
        assert!(matches!(
            team.vault.look(),
            Err(VaultError::Damaged { recovery: true })
        ));
        assert!(matches!(
            team.open(ALIX, "alix ouvre"),
            Err(VaultError::Damaged { recovery: true })
        ));

        let passphrase = pass("nouvelle");
        let lead = FirstLead {
            user: BASTIEN,
            name: "Bastien",
            passphrase: &passphrase,
        };
        let other = RecoveryKey::random().unwrap();
        assert!(matches!(
            team.vault.rebuild(&other, lead),
            Err(VaultError::WrongRecoveryKey)
        ));
        assert_eq!(
            *team.vault.rebuild(&team.recovery, lead).unwrap().keyring(),
            keys
        );

        let mut bastien = team.open(BASTIEN, "nouvelle").unwrap();
        assert_eq!(*bastien.keyring(), keys);
        bastien
            .as_lead()
            .unwrap()
            .add_user(ALIX, "Alix", Role::Analyst, &pass("provisoire"))
            .unwrap();
        // The same paper still opens, and Alix's old access is gone.
        team.vault.open_with_recovery(&team.recovery).unwrap();
        assert!(matches!(
            team.open(ALIX, "alix ouvre"),
            Err(VaultError::WrongPassphrase)
        ));
        assert!(team.vault.look().unwrap().health.is_good());
    }
}

#[test]
fn with_all_three_files_spoilt_nothing_pretends() {
    let team = Team::full();
    for name in FILES {
        fs::write(team.path(name), b"?").unwrap();
    }
    assert!(matches!(
        team.vault.look(),
        Err(VaultError::Damaged { recovery: false })
    ));
    let passphrase = pass("x");
    let lead = FirstLead {
        user: ALIX,
        name: "Alix",
        passphrase: &passphrase,
    };
    assert!(matches!(
        team.vault.rebuild(&team.recovery, lead),
        Err(VaultError::Damaged { recovery: false })
    ));
}

#[test]
fn a_later_format_is_named_and_not_called_damage() {
    let team = Team::full();
    let text = String::from_utf8(fs::read(team.path("vault")).unwrap()).unwrap();
    fs::write(
        team.path("vault"),
        text.replacen("\"format\": 1", "\"format\": 2", 1),
    )
    .unwrap();
    assert!(matches!(
        team.vault.look(),
        Err(VaultError::Newer { format: 2 })
    ));
    fs::write(team.path("vault"), b"{\"format\": 7, \"unknown\": true}").unwrap();
    assert!(matches!(
        team.vault.look(),
        Err(VaultError::Newer { format: 7 })
    ));
}

#[test]
fn the_copy_of_another_vault_never_wins() {
    let (team, other) = (Team::founded(), Team::full());
    // The other vault was written more often.
    fs::copy(other.path("vault.copy"), team.path("vault.copy")).unwrap();
    assert_eq!(team.vault.look().unwrap().people.len(), 1);
    assert_eq!(team.vault.look().unwrap().health.copy, FileState::Stale);
    team.alix();
    assert!(team.vault.look().unwrap().health.is_good());
}

#[test]
fn a_kill_at_any_instant_of_a_writing_leaves_the_old_or_the_new_vault() {
    let team = Team::full();
    let before = team.snapshot();
    let mut camille = team.open(CAMILLE, "camille ouvre").unwrap();
    camille
        .change_passphrase(&pass("camille ouvre"), &pass("nouvelle"), now())
        .unwrap();
    let after = team.snapshot();
    for (done, files) in kills(&before, &after).into_iter().enumerate() {
        for torn in [0, 1, after[0].len() / 2, after[0].len()] {
            team.restore(files);
            // What was being written beside it when the process died.
            for name in FILES {
                fs::write(team.path(&format!("{name}.new")), &after[0][..torn]).unwrap();
            }
            let (good, bad) = if done == 0 {
                ("camille ouvre", "nouvelle")
            } else {
                ("nouvelle", "camille ouvre")
            };
            assert!(matches!(
                team.open(CAMILLE, bad),
                Err(VaultError::WrongPassphrase)
            ));
            team.open(CAMILLE, good).unwrap();
            team.alix();
            assert!(team.vault.look().unwrap().health.is_good());
        }
    }
}

#[test]
fn a_write_that_fails_changes_nothing() {
    let team = Team::full();
    let mut camille = team.open(CAMILLE, "camille ouvre").unwrap();
    for blocked in FILES {
        let before = team.snapshot();
        // A folder in the way of the temporary file stands for a disk that refuses.
        let obstacle = team.path(&format!("{blocked}.new"));
        fs::create_dir(&obstacle).unwrap();
        let change = camille.change_passphrase(&pass("camille ouvre"), &pass("nouvelle"), now());
        assert!(matches!(change, Err(VaultError::Io { .. })));
        assert_eq!(team.snapshot(), before);
        fs::remove_dir(&obstacle).unwrap();
        team.open(CAMILLE, "camille ouvre").unwrap();
    }
    // The session goes on, and so does the disk.
    camille
        .change_passphrase(&pass("camille ouvre"), &pass("nouvelle"), now())
        .unwrap();
    team.open(CAMILLE, "nouvelle").unwrap();
}

#[test]
fn a_second_copy_that_cannot_be_replaced_stops_neither_work_nor_opening() {
    let team = Team::full();
    fs::remove_file(team.path("vault.copy")).unwrap();
    fs::create_dir(team.path("vault.copy")).unwrap();
    let mut camille = team.open(CAMILLE, "camille ouvre").unwrap();
    assert!(!camille.is_mirrored());
    camille
        .change_passphrase(&pass("camille ouvre"), &pass("nouvelle"), now())
        .unwrap();
    assert!(!camille.is_mirrored());
    team.open(CAMILLE, "nouvelle").unwrap();
    // But no key is rotated on one leg.
    let mut alix = team.alix();
    assert!(
        alix.as_lead()
            .unwrap()
            .begin_rotation(Withdrawal::Remove(CAMILLE))
            .is_err()
    );
    fs::remove_dir(team.path("vault.copy")).unwrap();
    alix.as_lead().unwrap().resume_rotation().unwrap();
    assert!(team.vault.look().unwrap().health.is_good());
}
