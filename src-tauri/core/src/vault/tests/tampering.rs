use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;

/// Changes the JSON of both copies as somebody with a text editor would.
fn edit(team: &Team, change: impl Fn(&mut Value)) {
    for name in ["vault", "vault.copy"] {
        let mut json: Value = serde_json::from_slice(&fs::read(team.path(name)).unwrap()).unwrap();
        change(&mut json["body"]);
        fs::write(team.path(name), serde_json::to_vec(&json).unwrap()).unwrap();
    }
}

/// The same, with the checksum made right again: anybody can compute it.
fn edit_with_checksum(team: &Team, change: impl Fn(&mut Body)) {
    for name in ["vault", "vault.copy"] {
        let file = VaultFile::parse(&fs::read(team.path(name)).unwrap()).unwrap();
        let mut json = serde_json::to_value(&file).unwrap();
        let mut body = file.body.clone();
        change(&mut body);
        json["body"] = serde_json::to_value(&body).unwrap();
        let mac: slot::Bytes = serde_json::from_value(json["mac"].clone()).unwrap();
        let text = serde_json::to_vec(&body).unwrap();
        let checksum = Sha256::new()
            .chain_update(text)
            .chain_update(mac.0)
            .finalize()
            .to_vec();
        json["checksum"] = serde_json::to_value(slot::Bytes(checksum)).unwrap();
        fs::write(team.path(name), serde_json::to_vec(&json).unwrap()).unwrap();
    }
}

/// The same, by a colleague who holds the database key and makes the MAC right as well.
fn edit_with_mac(team: &Team, insider: &Keyring, change: impl Fn(&mut Body)) {
    let mut body = VaultFile::parse(&fs::read(team.path("vault")).unwrap())
        .unwrap()
        .body;
    change(&mut body);
    let bytes = body.to_file(&insider.database).unwrap().to_bytes().unwrap();
    for name in ["vault", "vault.copy"] {
        fs::write(team.path(name), &bytes).unwrap();
    }
}

fn promote(body: &mut Body) {
    if let Holder::User { role, .. } = &mut body.slot_of_mut(CAMILLE).unwrap().holder {
        *role = Role::Lead;
    }
}

#[test]
fn a_role_edited_by_hand_is_damage() {
    let team = Team::full();
    edit(&team, |body| {
        let slots = body["slots"].as_array_mut().unwrap();
        let camille = slots
            .iter_mut()
            .find(|slot| slot["holder"]["name"] == "Camille")
            .unwrap();
        camille["holder"]["role"] = "lead".into();
    });
    assert!(matches!(
        team.open(CAMILLE, "camille ouvre"),
        Err(VaultError::Damaged { recovery: true })
    ));
}

#[test]
fn a_role_edited_with_its_checksum_is_tampering_and_no_promotion() {
    let team = Team::full();
    edit_with_checksum(&team, promote);
    assert!(matches!(
        team.open(CAMILLE, "camille ouvre"),
        Err(VaultError::Tampered)
    ));
    assert!(matches!(
        team.open(ALIX, "alix ouvre"),
        Err(VaultError::Tampered)
    ));
}

#[test]
fn an_operator_who_rewrites_the_file_with_the_database_key_gains_nothing() {
    let team = Team::full();
    let camille = team
        .open(CAMILLE, "camille ouvre")
        .unwrap()
        .keyring()
        .clone();
    edit_with_mac(&team, &camille, promote);
    // What was sealed to an operator does not open as a lead's.
    assert!(matches!(
        team.open(CAMILLE, "camille ouvre"),
        Err(VaultError::Tampered)
    ));
    assert!(matches!(
        team.open(ALIX, "alix ouvre"),
        Err(VaultError::Tampered)
    ));
}

#[test]
fn an_operator_cannot_have_the_leads_key_sealed_to_a_key_pair_of_their_own() {
    let team = Team::full();
    let camille = team
        .open(CAMILLE, "camille ouvre")
        .unwrap()
        .keyring()
        .clone();
    let forged = crypto_box::SecretKey::generate(&mut crypto_box::aead::OsRng);
    let public_key = slot::Bytes(forged.public_key().to_bytes().to_vec());
    edit_with_mac(&team, &camille, |body| {
        body.slot_of_mut(BASTIEN).unwrap().public_key = public_key.clone()
    });
    // The lead notices before anything is sealed to it.
    assert!(matches!(
        team.open(ALIX, "alix ouvre"),
        Err(VaultError::Tampered)
    ));
    let recovery = team.vault.open_with_recovery(&team.recovery);
    assert!(matches!(recovery, Err(VaultError::Tampered)));
}

#[test]
fn after_tampering_the_recovery_key_makes_the_vault_anew() {
    let team = Team::full();
    let keys = team.alix().keyring().clone();
    edit_with_mac(&team, &keys.for_role(Role::Operator), promote);
    let passphrase = pass("nouvelle");
    let lead = FirstLead {
        user: ALIX,
        name: "Alix",
        passphrase: &passphrase,
    };
    assert_eq!(
        *team.vault.rebuild(&team.recovery, lead).unwrap().keyring(),
        keys
    );
    assert_eq!(team.open(ALIX, "nouvelle").unwrap().people().len(), 1);
}

#[test]
fn one_users_slot_is_worth_nothing_in_the_place_of_another() {
    let team = Team::full();
    let camille = team
        .open(CAMILLE, "camille ouvre")
        .unwrap()
        .keyring()
        .clone();
    // Camille puts her own wrapped key and keyring under Alix's name.
    edit_with_mac(&team, &camille, |body| {
        let own = body.slot_of(CAMILLE).unwrap().clone();
        let alix = body.slot_of_mut(ALIX).unwrap();
        *alix = Slot {
            id: alix.id,
            holder: alix.holder.clone(),
            ..own
        };
    });
    assert!(matches!(
        team.open(ALIX, "camille ouvre"),
        Err(VaultError::WrongPassphrase)
    ));
}

#[test]
fn each_field_of_the_body_is_covered() {
    type Change = fn(&mut Body);
    let changes: [Change; 8] = [
        |body| body.kind = VaultKind::Demo,
        |body| body.team_name.push('x'),
        |body| body.generation += 1,
        |body| body.slots.truncate(2),
        |body| body.slots.swap(2, 3),
        |body| body.slot_of_mut(CAMILLE).unwrap().must_change = false,
        |body| body.slot_of_mut(CAMILLE).unwrap().cost.passes += 1,
        |body| body.slot_of_mut(CAMILLE).unwrap().sealed.0[40] ^= 1,
    ];
    for change in changes {
        let team = Team::full();
        edit_with_checksum(&team, change);
        assert!(matches!(
            team.open(ALIX, "alix ouvre"),
            Err(VaultError::Tampered)
        ));
    }
}

#[test]
fn a_derivation_that_would_eat_the_machine_is_refused() {
    let team = Team::full();
    edit_with_checksum(&team, |body| {
        body.slot_of_mut(ALIX).unwrap().cost.memory_kib = u32::MAX
    });
    assert!(matches!(
        team.open(ALIX, "alix ouvre"),
        Err(VaultError::UnreasonableCost)
    ));
}

#[test]
fn a_file_cut_anywhere_or_changed_anywhere_never_opens_as_something_else() {
    let team = Team::full();
    let whole = fs::read(team.path("vault")).unwrap();
    let body = VaultFile::parse(&whole).unwrap().body;
    for end in (0..whole.len() - 1).step_by(7) {
        assert_eq!(
            VaultFile::parse(&whole[..end]).unwrap_err(),
            file::Flaw::Damaged
        );
    }
    for at in (0..whole.len()).step_by(3) {
        let mut changed = whole.clone();
        changed[at] ^= 0x15;
        // White space may change; what is read may not.
        assert!(
            VaultFile::parse(&changed).map_or(true, |file| file.body == body),
            "byte {at}"
        );
    }
}
