use super::*;

/// Stands for the database: it answers to one key.
struct Database(Key);

impl Database {
    fn answers(&self, opened: &Opened) -> bool {
        opened.database_keys().any(|key| *key == self.0)
    }
}

/// The vault's files at each stage of removing Camille, and the two database keys.
struct Stages {
    before: [Vec<u8>; 3],
    begun: [Vec<u8>; 3],
    finished: [Vec<u8>; 3],
    old: Keyring,
    new: Keyring,
}

fn remove_camille(team: &Team) -> Stages {
    let before = team.snapshot();
    let mut alix = team.alix();
    let old = alix.keyring().clone();
    alix.as_lead()
        .unwrap()
        .begin_rotation(Withdrawal::Remove(CAMILLE))
        .unwrap();
    let begun = team.snapshot();
    let new = alix.next().unwrap().clone();
    alix.as_lead().unwrap().finish_rotation().unwrap();
    assert_eq!(*alix.keyring(), new);
    assert!(alix.next().is_none());
    Stages {
        before,
        begun,
        finished: team.snapshot(),
        old,
        new,
    }
}

#[test]
fn a_removed_user_is_out_at_once_and_every_key_is_new() {
    let team = Team::full();
    let stages = remove_camille(&team);
    assert_ne!(stages.old.database, stages.new.database);
    assert_ne!(stages.old.mail, stages.new.mail);
    assert_ne!(stages.old.lead, stages.new.lead);
    for files in [&stages.begun, &stages.finished] {
        team.restore([&files[0], &files[1], &files[2]]);
        assert!(matches!(
            team.open(CAMILLE, "camille ouvre"),
            Err(VaultError::UnknownUser)
        ));
        assert_eq!(team.vault.look().unwrap().people.len(), 2);
    }
    assert_eq!(*team.alix().keyring(), stages.new);
    let bastien = team.open(BASTIEN, "bastien ouvre").unwrap();
    assert_eq!(*bastien.keyring(), stages.new.for_role(Role::Analyst));
    assert_eq!(
        *team
            .vault
            .open_with_recovery(&team.recovery)
            .unwrap()
            .keyring(),
        stages.new
    );
}

/// Every state that a kill can leave: which files are on disk, and the key of the database.
fn states(stages: &Stages) -> Vec<([&[u8]; 3], Database)> {
    let beginning = kills(&stages.before, &stages.begun)
        .into_iter()
        .map(|files| (files, stages.old.database.clone()));
    // Between the steps the database was rekeyed, or not.
    let between = kills(&stages.begun, &stages.begun)
        .into_iter()
        .map(|files| (files, stages.new.database.clone()));
    let finishing = kills(&stages.begun, &stages.finished)
        .into_iter()
        .map(|files| (files, stages.new.database.clone()));
    beginning
        .chain(between)
        .chain(finishing)
        .map(|(files, key)| (files, Database(key)))
        .collect()
}

#[test]
fn a_kill_at_any_instant_of_a_rotation_locks_out_nobody_who_stays() {
    let team = Team::full();
    let stages = remove_camille(&team);
    for (files, database) in states(&stages) {
        for (user, passphrase) in [(ALIX, "alix ouvre"), (BASTIEN, "bastien ouvre")] {
            team.restore(files);
            assert!(database.answers(&team.open(user, passphrase).unwrap()));
        }
        team.restore(files);
        assert!(database.answers(&team.vault.open_with_recovery(&team.recovery).unwrap()));
    }
}

#[test]
fn whichever_single_file_survives_a_kill_in_a_rotation_it_reopens() {
    let team = Team::full();
    let stages = remove_camille(&team);
    let passphrase = pass("nouvelle");
    let lead = FirstLead {
        user: ALIX,
        name: "Alix",
        passphrase: &passphrase,
    };
    for (files, database) in states(&stages) {
        for survivor in FILES {
            team.restore(files);
            for lost in FILES.iter().filter(|name| **name != survivor) {
                fs::remove_file(team.path(lost)).unwrap();
            }
            if survivor == "recovery" {
                assert!(database.answers(&team.vault.rebuild(&team.recovery, lead).unwrap()));
                assert!(database.answers(&team.open(ALIX, "nouvelle").unwrap()));
            } else {
                assert!(database.answers(&team.alix()));
            }
        }
    }
}

#[test]
fn after_a_kill_the_lead_takes_a_begun_rotation_to_its_end() {
    let team = Team::full();
    let stages = remove_camille(&team);
    for (files, _) in states(&stages) {
        team.restore(files);
        // An analyst may come first; it changes nothing.
        team.open(BASTIEN, "bastien ouvre").unwrap();
        let mut alix = team.alix();
        let Some(next) = alix.next().cloned() else {
            continue;
        };
        alix.as_lead().unwrap().resume_rotation().unwrap();
        let database = Database(next.database.clone());
        alix.as_lead().unwrap().finish_rotation().unwrap();
        assert_eq!(*alix.keyring(), next);
        assert!(database.answers(&team.open(BASTIEN, "bastien ouvre").unwrap()));
        assert!(database.answers(&team.vault.open_with_recovery(&team.recovery).unwrap()));
        assert!(matches!(
            team.open(CAMILLE, "camille ouvre"),
            Err(VaultError::UnknownUser)
        ));
    }
}

#[test]
fn while_a_rotation_waits_people_stay_as_they_are_but_passphrases_may_change() {
    let team = Team::full();
    let mut alix = team.alix();
    alix.as_lead()
        .unwrap()
        .begin_rotation(Withdrawal::Nobody)
        .unwrap();
    let mut lead = alix.as_lead().unwrap();
    let temporary = pass("provisoire");
    assert!(matches!(
        lead.begin_rotation(Withdrawal::Nobody),
        Err(VaultError::RotationPending)
    ));
    assert!(matches!(
        lead.add_user(Uuid::from_u128(9), "Dominique", Role::Lead, &temporary),
        Err(VaultError::RotationPending)
    ));
    assert!(matches!(
        lead.reset_passphrase(CAMILLE, &temporary),
        Err(VaultError::RotationPending)
    ));
    assert!(matches!(
        lead.widen_role(CAMILLE, Role::Analyst),
        Err(VaultError::RotationPending)
    ));
    assert!(matches!(
        lead.rename(CAMILLE, "Autre"),
        Err(VaultError::RotationPending)
    ));
    assert!(matches!(
        lead.renew_recovery_key(&RecoveryKey::random().unwrap()),
        Err(VaultError::RotationPending)
    ));

    let mut camille = team.open(CAMILLE, "camille ouvre").unwrap();
    camille
        .change_passphrase(&pass("camille ouvre"), &pass("nouvelle"), now())
        .unwrap();
    let mut alix = team.alix();
    let next = alix.next().unwrap().clone();
    alix.as_lead().unwrap().finish_rotation().unwrap();
    assert_eq!(
        *team.open(CAMILLE, "nouvelle").unwrap().keyring(),
        next.for_role(Role::Operator)
    );
}

#[test]
fn a_narrower_role_takes_the_keys_away() {
    let team = Team::full();
    let mut alix = team.alix();
    let mut lead = alix.as_lead().unwrap();
    lead.widen_role(BASTIEN, Role::Lead).unwrap();
    lead.begin_rotation(Withdrawal::Narrow(BASTIEN, Role::Operator))
        .unwrap();
    assert!(
        team.open(BASTIEN, "bastien ouvre")
            .unwrap()
            .keyring()
            .fits(Role::Operator)
    );
    alix.as_lead().unwrap().finish_rotation().unwrap();
    let bastien = team.open(BASTIEN, "bastien ouvre").unwrap();
    assert_eq!(*bastien.keyring(), alix.keyring().for_role(Role::Operator));
    assert_eq!(bastien.access().unwrap().role, Role::Operator);
}

#[test]
fn a_rotation_that_cannot_be_written_leaves_the_old_keys_in_force() {
    let team = Team::full();
    let before = team.snapshot();
    let mut alix = team.alix();
    let old = alix.keyring().clone();
    fs::create_dir(team.path("recovery.new")).unwrap();
    assert!(
        alix.as_lead()
            .unwrap()
            .begin_rotation(Withdrawal::Remove(CAMILLE))
            .is_err()
    );
    assert!(alix.next().is_none());
    assert_eq!(team.snapshot(), before);
    assert!(matches!(
        alix.as_lead().unwrap().finish_rotation(),
        Err(VaultError::NoRotation)
    ));
    assert!(matches!(
        alix.as_lead().unwrap().resume_rotation(),
        Err(VaultError::NoRotation)
    ));

    fs::remove_dir(team.path("recovery.new")).unwrap();
    alix.as_lead()
        .unwrap()
        .begin_rotation(Withdrawal::Remove(CAMILLE))
        .unwrap();
    fs::create_dir(team.path("recovery.new")).unwrap();
    assert!(alix.as_lead().unwrap().finish_rotation().is_err());
    assert_eq!(*alix.keyring(), old);
    assert!(alix.next().is_some());
    fs::remove_dir(team.path("recovery.new")).unwrap();
    alix.as_lead().unwrap().finish_rotation().unwrap();
}

#[test]
fn an_access_removed_and_put_back_from_an_old_file_opens_no_current_key() {
    let team = Team::full();
    let old = team.snapshot();
    let stages = remove_camille(&team);
    team.restore([&old[0], &old[1], &old[2]]);
    let camille = team.open(CAMILLE, "camille ouvre").unwrap();
    assert!(!Database(stages.new.database).answers(&camille));
}
