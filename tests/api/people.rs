//! People, roles, locking, recovery.

use relais_core::api::Code;
use relais_core::domain::people::Role;
use relais_core::vault::VaultKind;
use relais_tests::{LEAD_PASSPHRASE, Team, ransomware_report};

const NEW_PASSPHRASE: &str = "carafe ruisseau falaise bigorneau tonnelle jonquille pupitre aviron";

#[test]
fn a_wrong_passphrase_opens_nothing_and_the_delay_grows() {
    let team = Team::of_three();
    let lead = team.person(Role::Lead).id;
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(
            team.workstation
                .unlock(VaultKind::Real, lead, "pas la bonne")
                .err()
                .unwrap()
                .code,
        );
    }
    assert_eq!(codes[0], Code::WrongPassphrase);
    assert_eq!(codes[4], Code::Wait);
    let right = team
        .workstation
        .unlock(VaultKind::Real, lead, LEAD_PASSPHRASE)
        .err()
        .unwrap();
    assert_eq!(right.code, Code::Wait);
    team.wait(chrono::Duration::seconds(301));
    team.unlock(Role::Lead);
}

#[test]
fn a_temporary_passphrase_must_be_changed_before_anything_else() {
    let team = Team::of_three();
    let access = team
        .unlock(Role::Lead)
        .add_person("Lorette Vasquin", Role::Analyst)
        .unwrap();
    let mut session = team
        .workstation
        .unlock(VaultKind::Real, access.face.id, &access.passphrase)
        .unwrap();
    assert!(session.view().unwrap().must_change_passphrase);
    assert_eq!(
        session.cases(&Default::default()).unwrap_err().code,
        Code::PassphraseMustChange
    );
    let weak = session
        .change_passphrase(&access.passphrase, "soleil2026")
        .unwrap_err();
    assert_eq!(weak.code, Code::WeakPassphrase);
    session
        .change_passphrase(&access.passphrase, NEW_PASSPHRASE)
        .unwrap();
    session.cases(&Default::default()).unwrap();
}

#[test]
fn only_the_lead_manages_people_and_the_last_lead_stays() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    assert_eq!(
        analyst.add_person("X", Role::Lead).err().unwrap().code,
        Code::NotAllowed
    );
    drop(analyst);
    let mut lead = team.unlock(Role::Lead);
    let own = lead.person().id;
    assert_eq!(lead.remove_person(own).unwrap_err().code, Code::LastLead);
}

#[test]
fn who_was_removed_opens_nothing_and_the_others_go_on_with_their_passphrases() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = lead.open_case(ransomware_report(), None, None).unwrap();
    let analyst = team.person(Role::Analyst).id;
    lead.remove_person(analyst).unwrap();
    let document = lead.submit_summary(
        case.id,
        relais_core::domain::case::Audience::Internal,
        relais_core::api::view::Language::Fr,
    );
    lead.sign_document(document.unwrap().id).unwrap();
    drop(lead);
    let gone = team
        .workstation
        .unlock(VaultKind::Real, analyst, team.passphrase(Role::Analyst));
    assert_eq!(gone.err().unwrap().code, Code::NotFound);
    assert_eq!(
        team.unlock(Role::Operator).case(case.id).unwrap().reference,
        case.reference
    );
    team.unlock(Role::Lead);
}

#[test]
fn the_recovery_key_gives_the_lead_a_new_passphrase() {
    let team = Team::of_three();
    let lead = team.person(Role::Lead).id;
    let mut mistyped: String = team.recovery_key.clone();
    let last = if mistyped.pop() == Some('A') {
        'B'
    } else {
        'A'
    };
    mistyped.push(last);
    let refused =
        team.workstation
            .recover(VaultKind::Real, &mistyped, Some(lead), "", NEW_PASSPHRASE);
    assert_eq!(refused.err().unwrap().code, Code::RecoveryKeyMistyped);
    let session = team
        .workstation
        .recover(
            VaultKind::Real,
            &team.recovery_key,
            Some(lead),
            "",
            NEW_PASSPHRASE,
        )
        .unwrap();
    assert!(!session.view().unwrap().must_change_passphrase);
    drop(session);
    let old = team
        .workstation
        .unlock(VaultKind::Real, lead, LEAD_PASSPHRASE);
    assert_eq!(old.err().unwrap().code, Code::WrongPassphrase);
    team.workstation
        .unlock(VaultKind::Real, lead, NEW_PASSPHRASE)
        .unwrap();
}

#[test]
fn what_each_slot_opens_is_shown() {
    let team = Team::of_three();
    let lead = team.unlock(Role::Lead);
    let people = lead.people().unwrap();
    let holds = |role| {
        people
            .iter()
            .find(|person| person.face.role == role)
            .unwrap()
            .holds
            .clone()
    };
    assert_eq!(holds(Role::Operator), ["database"]);
    assert_eq!(holds(Role::Analyst), ["database", "mail"]);
    assert_eq!(holds(Role::Lead), ["database", "mail", "documents"]);
}
