//! The life of the team's key.

use chrono::{Duration, Months};
use relais_core::api::Code;
use relais_core::api::view::{
    KeyNearness, KeyState, Language, RevocationCause, RotatedKey, TeamKeySource, VerdictKind,
};
use relais_core::domain::case::Audience;
use relais_core::domain::people::Role;
use relais_tests::{Team, ransomware_report};

#[test]
fn only_the_lead_changes_the_key() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    assert_eq!(
        analyst.extend_team_key(None).unwrap_err().code,
        Code::NotAllowed
    );
    assert_eq!(
        analyst.rotate_team_key(RotatedKey::Mail).unwrap_err().code,
        Code::NotAllowed
    );
    assert_eq!(
        analyst.prepare_revocation("").unwrap_err().code,
        Code::NotAllowed
    );
    let view = analyst.team_key_view().unwrap();
    assert_eq!(view.keys.len(), 4);
    assert!(view.reminders.is_empty() && !view.revoked);
}

#[test]
fn a_key_that_ends_soon_is_told_and_extended() {
    let team = Team::of_three();
    team.wait(Duration::days(700));
    let mut lead = team.unlock(Role::Lead);
    let view = lead.team_key_view().unwrap();
    assert!(!view.reminders.is_empty(), "{view:?}");
    let end = lead.view().unwrap().key_end.unwrap();
    assert_eq!(end.nearness, KeyNearness::Soon);
    let past = lead.extend_team_key(Some(team.now() - Duration::days(1)));
    assert_eq!(past.unwrap_err().code, Code::Invalid);
    let view = lead.extend_team_key(None).unwrap();
    assert!(view.reminders.is_empty() && lead.view().unwrap().key_end.is_none());
    assert_eq!(
        view.expires.unwrap().date_naive(),
        (team.now() + Months::new(24)).date_naive()
    );
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn what_was_signed_before_a_rotation_stays_good_and_the_lead_signs_on() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = lead.open_case(ransomware_report(), None, None).unwrap();
    let signed = |lead: &mut relais_core::api::Session| {
        let document = lead
            .submit_summary(case.id, Audience::Internal, Language::Fr)
            .unwrap();
        let document = lead.sign_document(document.id).unwrap();
        (
            lead.document_bytes(document.id).unwrap(),
            document.signature.unwrap(),
        )
    };
    let before = signed(&mut lead);
    let old = lead.team_key_view().unwrap().document_key;
    team.wait(Duration::days(30));
    for which in [
        RotatedKey::Documents,
        RotatedKey::Encryption,
        RotatedKey::Mail,
    ] {
        lead.rotate_team_key(which).unwrap();
        team.wait(Duration::minutes(1));
    }
    let view = lead.team_key_view().unwrap();
    assert_ne!(view.document_key, old);
    assert_eq!(view.keys.len(), 7);
    let replaced = view
        .keys
        .iter()
        .filter(|key| key.state == KeyState::Replaced);
    assert_eq!(replaced.count(), 3);
    let after = signed(&mut lead);
    for (bytes, signature) in [&before, &after] {
        let verdict = lead.verify_file(bytes, Some(signature.as_bytes())).unwrap();
        assert_eq!(
            (verdict.kind, verdict.own_key, verdict.by_lead),
            (VerdictKind::Good, true, true)
        );
    }
    drop(lead);
    // The analyst's part went along, and still cannot sign a document.
    let mut analyst = team.unlock(Role::Analyst);
    let waiting = analyst
        .submit_summary(case.id, Audience::Internal, Language::Fr)
        .unwrap();
    assert_eq!(
        analyst.sign_document(waiting.id).unwrap_err().code,
        Code::NotAllowed
    );
}

#[test]
fn names_come_and_go_but_never_the_last() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    team.wait(Duration::minutes(1));
    let first = lead.team_key_view().unwrap().user_ids;
    let view = lead
        .add_key_name("CSIRT régional", "alerte@csirt.example")
        .unwrap();
    assert_eq!(view.user_ids.len(), 2);
    team.wait(Duration::minutes(1));
    lead.retire_key_name(&first[0]).unwrap();
    team.wait(Duration::minutes(1));
    let left = lead.team_key_view().unwrap().user_ids;
    assert_eq!(left.len(), 1);
    assert_eq!(
        lead.retire_key_name(&left[0]).unwrap_err().code,
        Code::Invalid
    );
}

#[test]
fn a_revoked_key_says_so_and_a_prepared_revocation_changes_nothing() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    team.wait(Duration::minutes(1));
    let paper = lead.prepare_revocation("Gardée au coffre.").unwrap();
    assert!(paper.text.contains("BEGIN PGP") && paper.qr.size > 50);
    assert!(!lead.team_key_view().unwrap().revoked);
    assert!(
        lead.revoke_team_key(RevocationCause::Compromised, "Poste volé.")
            .unwrap()
            .revoked
    );
}

#[test]
fn the_envelope_ends_the_key_without_the_lead_and_another_takes_its_place() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = lead.open_case(ransomware_report(), None, None).unwrap();
    let document = lead
        .submit_summary(case.id, Audience::Internal, Language::Fr)
        .unwrap();
    let signed = lead.sign_document(document.id).unwrap();
    let waiting = lead
        .submit_summary(case.id, Audience::Internal, Language::Fr)
        .unwrap();
    let bytes = lead.document_bytes(document.id).unwrap();
    team.wait(Duration::minutes(1));
    let paper = lead.prepare_revocation("").unwrap();
    drop(lead);

    let mut operator = team.unlock(Role::Operator);
    let refused = operator.apply_revocation(&paper.text);
    assert_eq!(refused.unwrap_err().code, Code::NotAllowed);
    drop(operator);
    let mut analyst = team.unlock(Role::Analyst);
    let nonsense = analyst.apply_revocation("bonjour");
    assert_eq!(nonsense.unwrap_err().code, Code::NotARevocation);
    team.wait(Duration::minutes(1));
    let view = analyst.apply_revocation(&paper.text).unwrap();
    assert!(view.revoked);
    assert!(view.keys.iter().all(|key| key.state == KeyState::Revoked));
    drop(analyst);

    let mut lead = team.unlock(Role::Lead);
    let refused = lead.sign_document(waiting.id).unwrap_err();
    assert_eq!(refused.code, Code::TeamKeyEnded, "{refused:?}");
    let refused = lead.extend_team_key(None).unwrap_err();
    assert_eq!(refused.code, Code::TeamKeyEnded, "{refused:?}");
    team.wait(Duration::minutes(1));
    let after = lead.replace_team_key(&TeamKeySource::Generate).unwrap();
    assert!(!after.revoked && after.former.len() == 1 && after.former[0].revoked);
    assert_ne!(after.fingerprint, view.fingerprint);
    assert!(lead.sign_document(waiting.id).unwrap().signature.is_some());
    // What the old one signed is in doubt, and says so; the journal's workstation is vouched for by the new one.
    let old = lead
        .verify_file(&bytes, Some(signed.signature.unwrap().as_bytes()))
        .unwrap();
    assert_eq!(old.kind, VerdictKind::RevokedKey);
    assert!(
        lead.device_certifications()
            .unwrap()
            .values()
            .all(|good| *good)
    );
    assert!(lead.verify_journal(|_| true).unwrap().good);
    // The keys of the vault are renewed with both keys of the team.
    let analyst = lead
        .people()
        .unwrap()
        .into_iter()
        .find(|p| p.face.role == Role::Analyst);
    lead.remove_person(analyst.unwrap().face.id).unwrap();
    drop(lead);
    let mut lead = team.unlock(Role::Lead);
    team.wait(Duration::minutes(1));
    lead.rotate_team_key(RotatedKey::Mail).unwrap();
}

#[test]
fn the_web_key_directory_and_the_back_up_leave_the_house_as_files() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let written = lead.export_wkd(&team.folder().join("web")).unwrap();
    assert!(
        written.files.iter().any(|path| path.contains("/hu/")),
        "{written:?}"
    );
    assert!(
        written
            .files
            .iter()
            .all(|path| team.folder().join("web").join(path).exists())
    );
    // A changed key does not hide behind the old one's files.
    team.wait(Duration::minutes(1));
    lead.rotate_team_key(RotatedKey::Encryption).unwrap();
    let after = lead.export_wkd(&team.folder().join("web")).unwrap();
    assert!(after.folder.ends_with("web (2)"), "{after:?}");
    let folder = team.folder().join("sauvegarde");
    let mistyped = lead.back_up_team_key("ABCD-EFGH-JKLM", &folder);
    assert_eq!(mistyped.unwrap_err().code, Code::RecoveryKeyMistyped);
    let other = relais_core::api::opening::new_recovery_key().unwrap();
    let wrong = lead.back_up_team_key(&other, &folder);
    assert_eq!(wrong.unwrap_err().code, Code::WrongRecoveryKey);
    assert!(!folder.exists());
    let written = lead.back_up_team_key(&team.recovery_key, &folder).unwrap();
    let sealed = std::fs::read_to_string(folder.join(&written.files[0])).unwrap();
    assert!(sealed.starts_with("-----BEGIN PGP MESSAGE-----"));
    assert!(folder.join("RESTAURER.txt").exists());
}
