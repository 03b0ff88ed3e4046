//! The keys of correspondents.

use chrono::{DateTime, Duration, Utc};
use relais_core::api::view::{KeyFitness, KeyOrigin, KeyTrust, KeysImported};
use relais_core::api::{Code, Session};
use relais_core::domain::case::ConsentPurpose;
use relais_core::domain::mail::{KeylessWay, Leaving, Obstacle, Way};
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::net::NetError;
use relais_core::pgp::{RevocationReason, TeamKey};
use relais_tests::{Team, ransomware_report};
use uuid::Uuid;

const DELORME: &str = "delorme@batardiere.example";

/// A key that somebody made some days ago, for two years.
fn key_of(name: &str, mail: &str, now: DateTime<Utc>) -> TeamKey {
    let made = now - Duration::days(10);
    TeamKey::generate(name, mail, made, made + Duration::days(730))
        .unwrap()
        .key
}

fn armoured(key: &TeamKey) -> String {
    key.certificate().armoured().unwrap()
}

fn import(session: &mut Session, text: &str) -> KeysImported {
    session
        .import_keys(text.as_bytes(), KeyOrigin::File, None)
        .unwrap()
}

fn import_one(session: &mut Session, key: &TeamKey) -> Uuid {
    import(session, &armoured(key)).new[0]
}

fn trust(session: &Session, id: Uuid) -> KeyTrust {
    session.correspondent_key(id).unwrap().trust
}

fn serves(session: &Session, mail: &str, tlp: Tlp) -> bool {
    let standing = session.key_standing(mail).unwrap();
    standing.is_some_and(|key| key.serves(tlp))
}

#[test]
fn the_keys_of_a_file_are_seen_and_found_by_address_name_and_fingerprint() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let (delorme, cert) = (
        key_of("Mme Delorme", DELORME, team.now()),
        key_of("CERT Nord", "cert@nord.example", team.now()),
    );
    let secret = "-----BEGIN PGP MESSAGE-----\n\nrien\n-----END PGP MESSAGE-----\n";
    let file = format!("{}\n{secret}\n{}", armoured(&delorme), armoured(&cert));
    let told = import(&mut operator, &file);
    assert_eq!((told.new.len(), told.refused.len()), (2, 1), "{told:?}");
    assert!(told.alarms.is_empty());
    let again = import(&mut operator, &file);
    assert_eq!((again.new.len(), again.known.len()), (0, 2));

    let shown = operator.keyring("").unwrap();
    assert_eq!(shown.len(), 2);
    assert!(
        shown
            .iter()
            .all(|key| key.trust == KeyTrust::Seen && key.fitness == KeyFitness::Fit)
    );
    let fingerprint = delorme.certificate().fingerprint().grouped();
    for text in [
        "delorme",
        "BATARDIERE",
        &fingerprint[..14],
        &fingerprint,
        "mme example",
    ] {
        let found = operator.keyring(text).unwrap();
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].addresses, [DELORME]);
    }
    assert!(operator.keyring("inconnu").unwrap().is_empty());
    let at_a_glance = operator
        .recipient_key(" Delorme@Batardiere.example")
        .unwrap();
    assert_eq!(at_a_glance.fingerprint, fingerprint);
    assert_eq!(at_a_glance.fitness, Some(KeyFitness::Fit));
    assert_eq!(operator.recipient_key("autre@x.example").unwrap().id, None);
    assert_eq!(
        operator.recipient_key("personne").unwrap_err().code,
        Code::Invalid
    );
    assert_eq!(operator.known().unwrap().certificates().len(), 2);
    assert!(operator.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_key_is_told_with_the_organisation_of_its_owner() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mut report = ransomware_report();
    let mut person = report.requester.known().cloned().unwrap_or_default();
    person.mail = "Delorme@batardiere.example".to_owned();
    report.requester = relais_core::domain::intake::Answer::Known(person);
    let name = report.organisation.known().unwrap().name.clone();
    analyst.open_case(report, None, None).unwrap();
    let id = import_one(&mut analyst, &key_of("Mme Delorme", DELORME, team.now()));
    let shown = analyst.correspondent_key(id).unwrap();
    assert_eq!(shown.organisations, [name.as_str()]);
    assert_eq!(analyst.keyring(&name).unwrap().len(), 1);
}

#[test]
fn what_is_no_correspondents_key_is_refused_by_name() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let own = lead.export_key().unwrap();
    assert_eq!(import(&mut lead, &own).refused, ["key_own"]);
    assert_eq!(import(&mut lead, "Bonjour").refused, ["key_unreadable"]);
    let secret = key_of("S", "s@x.example", team.now()).lead_part().unwrap();
    let told = lead.import_keys(&secret, KeyOrigin::File, None).unwrap();
    assert_eq!(told.refused, ["key_secret"]);
    let stranger = key_of("S", "s@x.example", team.now());
    let bytes = stranger.certificate().to_bytes().unwrap();
    let told = lead.import_keys(&bytes, KeyOrigin::Autocrypt, Some(DELORME));
    assert_eq!(told.unwrap().refused, ["key_other_address"]);
    assert!(lead.keyring("").unwrap().is_empty());
}

#[test]
fn a_key_that_came_for_an_address_serves_no_other_until_somebody_accepts_it() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let key = key_of("Mme Delorme", DELORME, team.now())
        .add_user_id("Direction", "direction@batardiere.example", team.now())
        .unwrap()
        .key;
    team.wait(Duration::minutes(1));
    let bytes = key.certificate().to_bytes().unwrap();
    let told = analyst
        .import_keys(&bytes, KeyOrigin::Autocrypt, Some(DELORME))
        .unwrap();
    let direction = "direction@batardiere.example";
    assert!(analyst.certificate_for(DELORME).unwrap().is_some());
    assert!(analyst.certificate_for(direction).unwrap().is_none());
    analyst.accept_key(told.new[0]).unwrap();
    assert!(analyst.certificate_for(direction).unwrap().is_some());
}

#[test]
fn a_verification_names_who_verified_with_whom_and_an_operator_makes_none() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let id = import_one(&mut operator, &key_of("Mme Delorme", DELORME, team.now()));
    for refused in [
        operator.verify_key(id, "Mme Delorme"),
        operator.accept_key(id),
        operator.refuse_key(id, "inconnue"),
    ] {
        assert_eq!(refused.unwrap_err().code, Code::NotAllowed);
    }
    drop(operator);
    let mut analyst = team.unlock(Role::Analyst);
    assert!(!serves(&analyst, DELORME, Tlp::Red));
    let nobody = analyst.verify_key(id, "  ").unwrap_err();
    assert_eq!(nobody.code, Code::ReasonMissing);
    let shown = analyst
        .verify_key(id, "Mme Delorme, au 02 99 00 00 00")
        .unwrap();
    let verification = shown.verification.unwrap();
    assert_eq!(shown.trust, KeyTrust::Verified);
    assert_eq!(verification.by, team.person(Role::Analyst).id);
    assert_eq!(verification.with, "Mme Delorme, au 02 99 00 00 00");
    assert_eq!(verification.at, team.now());
    assert!(serves(&analyst, DELORME, Tlp::Red));
}

#[test]
fn another_key_of_a_verified_address_alarms_and_takes_nobodys_place() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let old = import_one(&mut analyst, &key_of("Mme Delorme", DELORME, team.now()));
    analyst.verify_key(old, "Mme Delorme").unwrap();
    team.wait(Duration::days(1));
    let newcomer = key_of("Mme Delorme", DELORME, team.now());
    let told = import(&mut analyst, &armoured(&newcomer));
    assert_eq!(told.alarms, [old]);
    let new = told.new[0];
    assert_eq!(trust(&analyst, old), KeyTrust::ToVerifyAgain);
    let shown = analyst.keyring("").unwrap();
    assert_eq!((shown[0].id, &shown[0].rivals), (old, &vec![new]));
    // The old one goes on being used, but for what is meant for named people.
    assert_eq!(analyst.recipient_key(DELORME).unwrap().id, Some(old));
    assert!(serves(&analyst, DELORME, Tlp::Amber) && !serves(&analyst, DELORME, Tlp::Red));
    // The newcomer cannot be waved through.
    assert_eq!(analyst.accept_key(new).unwrap_err().code, Code::KeyToVerify);
    assert_eq!(analyst.accept_key(old).unwrap_err().code, Code::KeyToVerify);
    // Refused, it is gone, and the alarm with it; taken back, the alarm is back.
    let refused = analyst.refuse_key(new, "Inconnue de Mme Delorme").unwrap();
    assert_eq!(refused.trust, KeyTrust::Refused);
    assert_eq!(trust(&analyst, old), KeyTrust::Verified);
    assert!(serves(&analyst, DELORME, Tlp::Red));
    analyst.restore_key(new).unwrap();
    assert_eq!(trust(&analyst, old), KeyTrust::ToVerifyAgain);
    // Verified as well, it is used: the last one that was verified.
    team.wait(Duration::minutes(1));
    analyst.verify_key(new, "Mme Delorme").unwrap();
    assert_eq!(trust(&analyst, old), KeyTrust::Verified);
    assert_eq!(analyst.recipient_key(DELORME).unwrap().id, Some(new));
    assert!(analyst.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_name_that_a_known_key_takes_on_alarms_as_a_new_key_does() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let victim = import_one(&mut analyst, &key_of("Mme Delorme", DELORME, team.now()));
    analyst.verify_key(victim, "Mme Delorme").unwrap();
    let troll = key_of("Troll", "troll@ailleurs.example", team.now());
    let seen = import_one(&mut analyst, &troll);
    assert_eq!(trust(&analyst, victim), KeyTrust::Verified);
    let disguised = troll
        .add_user_id("Mme Delorme", DELORME, team.now())
        .unwrap()
        .key;
    team.wait(Duration::minutes(1));
    let told = import(&mut analyst, &armoured(&disguised));
    assert_eq!((told.renewed, told.alarms), (vec![seen], vec![victim]));
    assert_eq!(trust(&analyst, victim), KeyTrust::ToVerifyAgain);
    assert_eq!(analyst.recipient_key(DELORME).unwrap().id, Some(victim));
}

#[test]
fn a_renewed_key_is_told_and_keeps_its_verification() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let key = key_of("Mme Delorme", DELORME, team.now());
    let id = import_one(&mut analyst, &key);
    analyst.verify_key(id, "Mme Delorme").unwrap();
    team.wait(Duration::days(675));
    let shown = analyst.correspondent_key(id).unwrap();
    assert_eq!((shown.fitness, shown.days), (KeyFitness::Fit, Some(45)));
    team.wait(Duration::days(50));
    let shown = analyst.correspondent_key(id).unwrap();
    assert_eq!((shown.fitness, shown.days), (KeyFitness::Expired, Some(-5)));
    assert!(analyst.certificate_for(DELORME).unwrap().is_none());
    assert_eq!(analyst.recipient_key(DELORME).unwrap().id, Some(id), "told");
    let longer = key
        .extend(team.now() + Duration::days(400), team.now())
        .unwrap()
        .key;
    team.wait(Duration::minutes(1));
    let told = import(&mut analyst, &armoured(&longer));
    assert_eq!((told.renewed, told.alarms.len()), (vec![id], 0));
    let shown = analyst.correspondent_key(id).unwrap();
    assert_eq!(
        (shown.fitness, shown.trust, shown.days),
        (KeyFitness::Fit, KeyTrust::Verified, None)
    );
    // An older copy does not shorten it.
    assert_eq!(import(&mut analyst, &armoured(&key)).known, [id]);
    let revoked = longer
        .revoke(RevocationReason::Compromised, "", team.now())
        .unwrap()
        .key;
    team.wait(Duration::minutes(1));
    assert_eq!(import(&mut analyst, &armoured(&revoked)).renewed, [id]);
    assert_eq!(import(&mut analyst, &armoured(&longer)).known, [id]);
    let shown = analyst.correspondent_key(id).unwrap();
    assert_eq!(shown.fitness, KeyFitness::Revoked);
    assert_eq!(
        analyst.known().unwrap().certificates().len(),
        1,
        "it still verifies"
    );
}

#[test]
fn a_refused_key_neither_encrypts_nor_verifies_nor_comes_back_by_itself() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let key = key_of("Mme Delorme", DELORME, team.now());
    let id = import_one(&mut analyst, &key);
    assert_eq!(
        analyst.refuse_key(id, "").unwrap_err().code,
        Code::ReasonMissing
    );
    let shown = analyst.refuse_key(id, "Empreinte démentie").unwrap();
    assert_eq!(shown.refused_for, "Empreinte démentie");
    assert!(analyst.certificate_for(DELORME).unwrap().is_none());
    assert!(analyst.known().unwrap().certificates().is_empty());
    assert_eq!(import(&mut analyst, &armoured(&key)).known, [id]);
    assert_eq!(trust(&analyst, id), KeyTrust::Refused);
    assert_eq!(
        analyst.recipient_key(DELORME).unwrap().trust,
        Some(KeyTrust::Refused)
    );
    let back = analyst.restore_key(id).unwrap();
    assert_eq!(
        (back.trust, back.refused_for.as_str()),
        (KeyTrust::Seen, "")
    );
    assert_eq!(analyst.restore_key(id).unwrap_err().code, Code::NotFound);
}

#[test]
fn a_decision_is_taken_back_by_the_journal_and_the_owners_revocation_is_not() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let key = key_of("Mme Delorme", DELORME, team.now());
    let id = import_one(&mut analyst, &key);
    let verified = analyst.verify_key(id, "Mme Delorme").unwrap();
    let refused = analyst.refuse_key(id, "Par erreur").unwrap();
    assert_eq!(
        analyst.undo(&verified.entry).unwrap_err().code,
        Code::CannotUndo
    );
    analyst.undo(&refused.entry).unwrap();
    assert_eq!(trust(&analyst, id), KeyTrust::Verified);
    drop(analyst);
    let mut operator = team.unlock(Role::Operator);
    let other = operator.undo(&verified.entry).unwrap_err();
    assert_eq!(other.code, Code::NotAllowed);
    assert!(operator.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_look_up_waits_for_the_network_and_brings_keys_that_are_only_seen() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    for (mail, place) in [
        ("personne", "wkd"),
        ("a@localhost", "wkd"),
        (DELORME, "serveur"),
        (DELORME, "cles.example/pks"),
        ("0xED9C60A18E3C4B2F5D6E7A8B9C0D1E2F30415263", "wkd"),
    ] {
        let refused = operator.queue_key_lookup(mail, place).unwrap_err();
        assert_eq!(refused.code, Code::Invalid, "{mail} {place}");
    }
    operator.queue_key_lookup(DELORME, "wkd").unwrap();
    let asked = operator
        .queue_key_lookup(DELORME, "HKPS://Cles.example/")
        .unwrap();
    assert_eq!(asked.len(), 2);
    drop(operator);

    let mut operator = team.unlock(Role::Operator);
    let waiting = operator.waiting_lookups().unwrap();
    assert_eq!(waiting.len(), 2, "they outlive a restart");
    let unreachable = || Err(NetError::Unreachable("no route".into()));
    operator
        .key_was_looked_up(&waiting[0], unreachable())
        .unwrap();
    let told = operator.key_lookups().unwrap();
    assert_eq!(told[0].failure, "unreachable");
    assert_eq!(operator.waiting_lookups().unwrap().len(), 2);
    team.wait(Duration::days(8));
    assert_eq!(
        operator.waiting_lookups().unwrap().len(),
        1,
        "a name that leads nowhere is not asked for ever"
    );
    // A directory gives whatever it likes: only what bears the address is taken.
    let (delorme, stranger) = (
        key_of("Mme Delorme", DELORME, team.now()),
        key_of("S", "s@x.example", team.now()),
    );
    let answer = [&delorme, &stranger]
        .map(|key| key.certificate().to_bytes().unwrap())
        .concat();
    let told = operator.key_was_looked_up(&waiting[0], Ok(answer)).unwrap();
    assert_eq!((told.new.len(), told.refused.len()), (1, 1));
    let shown = operator.correspondent_key(told.new[0]).unwrap();
    assert_eq!(
        (shown.trust, shown.origin),
        (KeyTrust::Seen, KeyOrigin::Wkd)
    );
    // A server that knows nobody says so with a page.
    let page = b"<html>Key not found</html>".to_vec();
    operator.key_was_looked_up(&waiting[1], Ok(page)).unwrap();
    let left = operator.key_lookups().unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].failure, "not_found");
    assert!(operator.waiting_lookups().unwrap().is_empty());
    let again = operator.queue_key_lookup(DELORME, "cles.example").unwrap();
    assert_eq!(again[0].failure, "", "asked for again, it waits again");
    assert!(
        operator
            .forget_key_lookup(DELORME, "cles.example")
            .unwrap()
            .is_empty()
    );
    assert!(operator.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_fingerprint_brings_its_key_from_a_server_and_no_other() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let (delorme, stranger) = (
        key_of("Mme Delorme", DELORME, team.now()),
        key_of("S", "s@x.example", team.now()),
    );
    let fingerprint = delorme.certificate().fingerprint().grouped();
    analyst
        .queue_key_lookup(&fingerprint, "cles.example")
        .unwrap();
    let waiting = analyst.waiting_lookups().unwrap();
    let wrong = armoured(&stranger).into_bytes();
    analyst.key_was_looked_up(&waiting[0], Ok(wrong)).unwrap();
    assert_eq!(
        analyst.key_lookups().unwrap()[0].failure,
        "key_other_address"
    );
    let told = analyst
        .key_was_looked_up(&waiting[0], Ok(armoured(&delorme).into_bytes()))
        .unwrap();
    assert_eq!(told.new.len(), 1);
    assert!(analyst.key_lookups().unwrap().is_empty());
}

#[test]
fn the_rule_of_protection_knows_the_people_of_a_case_and_what_was_agreed_to() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mut report = ransomware_report();
    let mut person = report.requester.known().cloned().unwrap_or_default();
    person.mail = DELORME.to_owned();
    report.requester = relais_core::domain::intake::Answer::Known(person);
    let case = analyst.open_case(report, None, None).unwrap().id;
    let id = import_one(&mut analyst, &key_of("Mme Delorme", DELORME, team.now()));
    analyst.accept_key(id).unwrap();
    let protection = |analyst: &Session, mail: &str| {
        let leaving = Leaving {
            recipients: vec![analyst.recipient(mail, Some(case)).unwrap()],
            tlp: Tlp::Red,
            case: Some(analyst.case_standing(case).unwrap()),
            keyless: KeylessWay::Locked,
            ..Leaving::default()
        };
        leaving.protection()
    };
    let found = protection(&analyst, DELORME);
    assert_eq!(
        (found.ways, found.obstacles),
        (vec![Way::Encrypted], vec![])
    );
    let cert_fr = "cert-fr@ssi.gouv.fr";
    let found = protection(&analyst, cert_fr);
    assert_eq!(found.ways, [Way::Locked]);
    assert_eq!(found.obstacles, [Obstacle::ConsentMissing]);
    analyst
        .record_consent(
            case,
            ConsentPurpose::CertFr,
            true,
            "Mme Delorme",
            team.now(),
        )
        .unwrap();
    assert_eq!(protection(&analyst, cert_fr).obstacles, []);
    let unknown = protection(&analyst, "inconnu@ailleurs.example");
    assert_eq!(unknown.obstacles, [Obstacle::ConsentMissing]);
}
