//! Mails that want to pass for somebody's: nothing that a stranger sends makes them anybody else.

use chrono::{DateTime, Duration, Utc};
use relais_core::api::Session;
use relais_core::api::view::{KeyOrigin, KeyTrust, MailFolder, MailQuery, MailRow, MailView};
use relais_core::domain::intake::Answer;
use relais_core::domain::mail::{Address, FilingReason, Reading, SignatureStatus, Warning};
use relais_core::domain::people::Role;
use relais_core::mail::read::{Known, Ring, read};
use relais_core::mail::{Outgoing, clear, encrypted, signed};
use relais_core::pgp::{Certificate, MailKeys, Sharing, TeamKey, sign_detached};
use relais_tests::{Team, ransomware_report};
use uuid::Uuid;

const DIRECTION: &str = "direction@batardiere.example";
const MALLORY: &str = "mallory@attaquant.example";
const BOB: &str = "bob@trois-ponts.example";

/// Somebody who signs.
struct Person {
    keys: MailKeys,
    certificate: Certificate,
    address: Address,
}

impl Person {
    /// With a key that bears this name, and then those others.
    fn new(name: &str, mail: &str, others: &[(&str, &str)], now: DateTime<Utc>) -> Self {
        let made = now - Duration::days(30);
        let mut key = TeamKey::generate(name, mail, made, made + Duration::days(700))
            .unwrap()
            .key;
        for (name, mail) in others {
            key = with_name(&key, name, mail, made + Duration::days(1));
        }
        let part = key
            .analyst_part(&Sharing::by_role(&key, now).unwrap())
            .unwrap();
        let certificate = key.certificate();
        Self {
            keys: MailKeys::open([(part.as_slice(), &certificate)]).unwrap(),
            certificate,
            address: Address::new(name, mail).unwrap(),
        }
    }

    fn verified(&self, session: &mut Session) -> Uuid {
        let bytes = self.certificate.to_bytes().unwrap();
        let told = session.import_keys(&bytes, KeyOrigin::File, None).unwrap();
        session.verify_key(told.new[0], "au téléphone").unwrap();
        told.new[0]
    }

    fn fingerprint(&self) -> String {
        self.certificate.fingerprint().to_string()
    }
}

fn with_name(key: &TeamKey, name: &str, mail: &str, at: DateTime<Utc>) -> TeamKey {
    key.add_user_id(name, mail, at).unwrap().key
}

fn direction(now: DateTime<Utc>) -> Person {
    Person::new("La Direction", DIRECTION, &[], now)
}

/// A mail to the team under this name.
fn outgoing(from: &Address, subject: &str, date: DateTime<Utc>) -> Outgoing {
    Outgoing {
        from: from.clone(),
        to: vec![Address::new("", "contact@csirt-estuaire.example").unwrap()],
        cc: Vec::new(),
        subject: subject.to_owned(),
        outer_label: None,
        date,
        message_id: format!("{}@x.example", Uuid::now_v7().simple()),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        text: "Virez la somme aujourd’hui.".to_owned(),
        attachments: Vec::new(),
        autocrypt: None,
        unsubscribe: None,
        chance: [7; 24],
    }
}

/// An unsigned mail whose header announces a key.
fn announcing(from: &Address, key: &Certificate, subject: &str, date: DateTime<Utc>) -> Vec<u8> {
    clear(&Outgoing {
        autocrypt: Some(key.to_bytes().unwrap()),
        ..outgoing(from, subject, date)
    })
    .unwrap()
}

/// Takes a mail in; gives its row in the list and what the reader shows of it.
fn taken_in(session: &mut Session, raw: &[u8], subject: &str) -> (MailRow, MailView) {
    let told = session.import_mail("a.eml", raw).unwrap();
    assert_eq!(told.new, 1);
    let row = row(session, subject);
    let view = view(session, row.id);
    (row, view)
}

fn row(session: &Session, subject: &str) -> MailRow {
    let all = MailQuery {
        folder: MailFolder::All,
        ..MailQuery::default()
    };
    let mut rows = session.mails(&all).unwrap().rows.into_iter();
    rows.find(|row| row.subject == subject).unwrap()
}

fn view(session: &mut Session, id: Uuid) -> MailView {
    let mut mails = session.mail_thread(id).unwrap().mails.into_iter();
    mails.find(|mail| mail.id == id).unwrap()
}

fn trust(session: &Session, id: Uuid) -> KeyTrust {
    session.correspondent_key(id).unwrap().trust
}

/// A mail signed beside a part that leaves its headers outside, or not.
fn beside(
    from: &str,
    subject: &str,
    date: DateTime<Utc>,
    part: &str,
    signatures: &[String],
) -> Vec<u8> {
    let mail = format!(
        "From: {from}\nTo: contact@csirt-estuaire.example\nSubject: {subject}\nDate: {}\n\
         Message-ID: <{}@x.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha512; boundary=b\n\n\
         --b\n{part}\n--b\nContent-Type: application/pgp-signature\n\n{}\n--b--\n",
        date.to_rfc2822(),
        Uuid::now_v7().simple(),
        signatures.concat().trim_end(),
    );
    crlf(&mail).into_bytes()
}

fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

fn signature(person: &Person, part: &str, at: DateTime<Utc>) -> String {
    let (armoured, _) = sign_detached(crlf(part).as_bytes(), &person.keys, at).unwrap();
    armoured.clone()
}

fn read_by(people: &[&Person], raw: &[u8], at: DateTime<Utc>) -> Reading {
    let certificates: Vec<Certificate> = people.iter().map(|one| one.certificate.clone()).collect();
    let known = Known::by_their_names(&certificates, at);
    let ring = Ring {
        keys: None,
        known: &known,
    };
    read(raw, ring, at).unwrap().reading
}

#[test]
fn a_strangers_key_that_bears_a_verified_persons_address_never_speaks_for_them() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let now = team.now();
    let boss = direction(now);
    let known = boss.verified(&mut analyst);
    let mut mallory = Person::new("La Direction", DIRECTION, &[("Mallory", MALLORY)], now);
    mallory.address = Address::new("Mallory", MALLORY).unwrap();
    let first = announcing(&mallory.address, &mallory.certificate, "Bonjour", now);
    let (_, mail) = taken_in(&mut analyst, &first, "Bonjour");
    assert_eq!(mail.warnings, [Warning::KeyNamesAnother]);
    let key = analyst.key_by_fingerprint(&mallory.fingerprint()).unwrap();
    assert_eq!(analyst.correspondent_key(key).unwrap().addresses, [MALLORY]);
    assert_eq!(trust(&analyst, known), KeyTrust::Verified);

    let forged = outgoing(&boss.address, "Virement", now);
    let raw = signed(&forged, &mallory.keys, now).unwrap();
    let own = Certificate::parse(analyst.export_key().unwrap().as_bytes()).unwrap();
    let sealed = outgoing(&boss.address, "Virement chiffré", now);
    let sealed = encrypted(&sealed, &[own], &mallory.keys, now).unwrap();
    for (raw, subject) in [(&raw, "Virement"), (&sealed, "Virement chiffré")] {
        let (row, mail) = taken_in(&mut analyst, raw, subject);
        assert_eq!(row.signature, SignatureStatus::Mismatch, "{subject}");
        assert_eq!(
            mail.signature.status,
            SignatureStatus::Mismatch,
            "{subject}"
        );
        assert_eq!((row.sender_trust, mail.sender_trust), (None, None));
        let signer = mail.signature.signer.as_deref();
        assert_eq!(signer, Some("Mallory <mallory@attaquant.example>"));
    }
    let chosen = analyst.certificate_for(DIRECTION).unwrap().unwrap();
    assert_eq!(chosen.fingerprint(), boss.certificate.fingerprint());

    // Under her own address Mallory is as good as her key, and a call to her changes nothing of the other's.
    let genuine = outgoing(&mallory.address, "De Mallory", now);
    let raw = signed(&genuine, &mallory.keys, now).unwrap();
    let (row, _) = taken_in(&mut analyst, &raw, "De Mallory");
    assert_eq!(row.signature, SignatureStatus::Good);
    assert_eq!(row.sender_trust, Some(KeyTrust::Seen));
    let shown = analyst.verify_key(key, "Mallory, au téléphone").unwrap();
    assert_eq!(shown.addresses, [MALLORY]);
    let again = outgoing(&boss.address, "Encore", now);
    let raw = signed(&again, &mallory.keys, now).unwrap();
    let (_, mail) = taken_in(&mut analyst, &raw, "Encore");
    assert_eq!(mail.signature.status, SignatureStatus::Mismatch);
    let chosen = analyst.certificate_for(DIRECTION).unwrap().unwrap();
    assert_eq!(chosen.fingerprint(), boss.certificate.fingerprint());
    assert!(analyst.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_verified_key_that_takes_another_name_later_does_not_speak_for_it() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let now = team.now();
    let boss = direction(now);
    boss.verified(&mut analyst);
    let made = now - Duration::days(30);
    let key = TeamKey::generate("Bob", BOB, made, made + Duration::days(700))
        .unwrap()
        .key;
    let told = analyst
        .import_keys(
            &key.certificate().to_bytes().unwrap(),
            KeyOrigin::File,
            None,
        )
        .unwrap();
    let bob = told.new[0];
    analyst.verify_key(bob, "Bob").unwrap();
    let renamed = with_name(&key, "La Direction", DIRECTION, now - Duration::days(1));
    let part = renamed
        .analyst_part(&Sharing::by_role(&renamed, now).unwrap())
        .unwrap();
    let certificate = renamed.certificate();
    let keys = MailKeys::open([(part.as_slice(), &certificate)]).unwrap();
    let from = Address::new("Bob", BOB).unwrap();
    let (_, mail) = taken_in(
        &mut analyst,
        &announcing(&from, &certificate, "Bonjour", now),
        "Bonjour",
    );
    assert_eq!(mail.warnings, [Warning::KeyNamesAnother]);
    let shown = analyst.correspondent_key(bob).unwrap();
    assert_eq!(shown.user_ids.len(), 2, "the new name came along");
    assert_eq!(shown.addresses, [BOB]);
    let raw = signed(&outgoing(&boss.address, "Virement", now), &keys, now).unwrap();
    let (row, mail) = taken_in(&mut analyst, &raw, "Virement");
    assert_eq!(row.signature, SignatureStatus::Mismatch);
    assert_eq!(mail.signature.status, SignatureStatus::Mismatch);
    assert_eq!(
        analyst.verify_key(bob, "Bob").unwrap().addresses,
        [BOB],
        "whoever calls Bob says nothing of the other's address"
    );
}

#[test]
fn a_key_in_a_forged_header_is_told_and_offered_and_leaves_the_verified_one_alone() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let now = team.now();
    let boss = direction(now);
    let known = boss.verified(&mut analyst);
    let mallory = Person::new("La Direction", DIRECTION, &[], now);
    let forged = Outgoing {
        autocrypt: Some(mallory.certificate.to_bytes().unwrap()),
        ..outgoing(&boss.address, "Nouvelle clé", now)
    };
    let bare = announcing(&boss.address, &mallory.certificate, "Bonjour", now);
    let by_herself = signed(&forged, &mallory.keys, now).unwrap();
    for (raw, subject) in [(&bare, "Bonjour"), (&by_herself, "Nouvelle clé")] {
        let (_, mail) = taken_in(&mut analyst, raw, subject);
        assert!(mail.warnings.contains(&Warning::OtherKeyAnnounced));
        assert!(mail.offers_key, "{subject}");
    }
    assert_eq!(trust(&analyst, known), KeyTrust::Verified);
    assert_eq!(analyst.keyring("").unwrap().len(), 1);

    // Somebody takes it: now the alarm is theirs, and no mail of hers is green.
    let told = analyst.take_mail_keys(row(&analyst, "Bonjour").id).unwrap();
    assert_eq!((told.new.len(), told.alarms.as_slice()), (1, &[known][..]));
    assert_eq!(trust(&analyst, known), KeyTrust::ToVerifyAgain);
    let id = row(&analyst, "Nouvelle clé").id;
    let mail = view(&mut analyst, id);
    assert_eq!(mail.signature.status, SignatureStatus::Good);
    assert_eq!(mail.sender_trust, Some(KeyTrust::ToVerifyAgain));
    let again = row(&analyst, "Nouvelle clé");
    assert_eq!(again.sender_trust, Some(KeyTrust::ToVerifyAgain));
    let chosen = analyst.certificate_for(DIRECTION).unwrap().unwrap();
    assert_eq!(chosen.fingerprint(), boss.certificate.fingerprint());
}

#[test]
fn a_key_that_the_verified_one_introduces_comes_in_and_is_to_be_verified() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let now = team.now();
    let boss = direction(now);
    let known = boss.verified(&mut analyst);
    let next = direction(now);
    let mail = Outgoing {
        autocrypt: Some(next.certificate.to_bytes().unwrap()),
        ..outgoing(&boss.address, "Ma nouvelle clé", now)
    };
    let raw = signed(&mail, &boss.keys, now).unwrap();
    let (_, mail) = taken_in(&mut analyst, &raw, "Ma nouvelle clé");
    assert_eq!(
        (mail.warnings.as_slice(), mail.offers_key),
        (&[][..], false)
    );
    assert_eq!(mail.sender_trust, Some(KeyTrust::ToVerifyAgain));
    assert_eq!(trust(&analyst, known), KeyTrust::ToVerifyAgain);
    let new = analyst.key_by_fingerprint(&next.fingerprint()).unwrap();
    assert_eq!(trust(&analyst, new), KeyTrust::Seen);
}

#[test]
fn a_mail_that_was_good_is_not_green_once_its_key_is_refused() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let now = team.now();
    let bob = Person::new("Bob", BOB, &[], now);
    let id = bob.verified(&mut analyst);
    let raw = signed(&outgoing(&bob.address, "Bonjour", now), &bob.keys, now).unwrap();
    let (row_before, mail) = taken_in(&mut analyst, &raw, "Bonjour");
    assert_eq!(row_before.sender_trust, Some(KeyTrust::Verified));
    assert_eq!(mail.sender_trust, Some(KeyTrust::Verified));
    analyst.refuse_key(id, "Empreinte démentie").unwrap();
    assert_eq!(
        row(&analyst, "Bonjour").sender_trust,
        Some(KeyTrust::Refused)
    );
    assert_eq!(
        view(&mut analyst, mail.id).sender_trust,
        Some(KeyTrust::Refused)
    );
}

#[test]
fn a_reference_that_no_protection_covers_is_a_suggestion() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let now = team.now();
    let gaetan = Person::new("Gaëtan Morvault", "secours@batardiere.example", &[], now);
    gaetan.verified(&mut analyst);
    let mut cases = Vec::new();
    for _ in 0..2 {
        let mut told = ransomware_report();
        if let Answer::Known(person) = &mut told.requester {
            person.mail.clone_from(&gaetan.address.mail);
        }
        cases.push(analyst.open_case(told, None, None).unwrap());
    }
    let subject = format!("[{}] Suite", cases[1].reference);
    let part = "Content-Type: text/plain; charset=utf-8\n\nVoici.";
    let signatures = [signature(&gaetan, part, now)];
    let replayed = beside(&gaetan.address.mail, &subject, now, part, &signatures);
    let (row, mail) = taken_in(&mut analyst, &replayed, &subject);
    assert_eq!(row.signature, SignatureStatus::Good);
    assert!(!mail.subject_protected && row.case.is_none());
    assert_eq!(mail.suggestions[0].case.id, cases[1].id);
    assert_eq!(mail.suggestions[0].reason, FilingReason::Reference);
    let inner = outgoing(&gaetan.address, &subject, now);
    let told = analyst
        .import_mail("b.eml", &signed(&inner, &gaetan.keys, now).unwrap())
        .unwrap();
    assert_eq!((told.new, told.filed), (1, 1), "the protected one decides");
}

#[test]
fn a_signature_days_away_from_the_date_is_told() {
    let now = Utc::now();
    let bob = Person::new("Bob", BOB, &[], now);
    let part = "Content-Type: text/plain; charset=utf-8\n\nVoici.";
    for (hours, warnings) in [
        (47, &[][..]),
        (-20, &[]),
        (49, &[Warning::SignedAtAnotherTime]),
    ] {
        let signatures = [signature(&bob, part, now - Duration::hours(hours.max(0)))];
        let date = now - Duration::hours((-hours).max(0));
        let mail = beside(BOB, "x", date, part, &signatures);
        let reading = read_by(&[&bob], &mail, now);
        assert_eq!(reading.signature.status, SignatureStatus::Good, "{hours}");
        assert_eq!(reading.warnings, warnings, "{hours}");
    }
}

#[test]
fn a_subject_under_a_signature_that_does_not_hold_is_not_protected() {
    let now = Utc::now();
    let bob = Person::new("Bob", BOB, &[], now);
    let part = "Content-Type: text/plain; charset=utf-8; hp=\"clear\"\nFrom: bob@trois-ponts.example\n\
                Subject: Devis\n\nVoici.";
    let signatures = [signature(&bob, part, now)];
    let mail = |part: &str| beside(BOB, "Devis", now, part, &signatures);
    let good = read_by(&[&bob], &mail(part), now);
    assert_eq!(
        (good.signature.status, good.subject_protected),
        (SignatureStatus::Good, true)
    );
    let changed = mail(&part.replace("Voici", "Voila"));
    let bad = read_by(&[&bob], &changed, now);
    assert_eq!(
        (bad.signature.status, bad.subject_protected),
        (SignatureStatus::Bad, false)
    );
    let unknown = read_by(&[], &mail(part), now);
    assert!(!unknown.subject_protected);
}

#[test]
fn of_two_who_signed_the_one_who_sent_it_counts() {
    let now = Utc::now();
    let bob = Person::new("Bob", BOB, &[], now);
    let boss = direction(now);
    let part = "Content-Type: text/plain; charset=utf-8\n\nNous deux.";
    let (first, second) = (signature(&boss, part, now), signature(&bob, part, now));
    for signatures in [[first.clone(), second.clone()], [second, first]] {
        for sender in [&bob, &boss] {
            let mail = beside(&sender.address.mail, "x", now, part, &signatures);
            let read = read_by(&[&bob, &boss], &mail, now).signature;
            assert_eq!(read.status, SignatureStatus::Good);
            assert_eq!(read.fingerprint, Some(sender.fingerprint()));
        }
        let mail = beside(MALLORY, "x", now, part, &signatures);
        let read = read_by(&[&bob, &boss], &mail, now).signature;
        assert_eq!(read.status, SignatureStatus::Mismatch);
    }
}

#[test]
fn a_name_that_stands_on_somebody_elses_key_is_told_unless_the_senders_own_bears_it() {
    let now = Utc::now();
    let (bob, boss) = (Person::new("Bob", BOB, &[], now), direction(now));
    let part = "Content-Type: text/plain; charset=utf-8\n\nVoici.";
    let signatures = [signature(&bob, part, now)];
    let from = |name: &str| beside(&format!("{name} <{BOB}>"), "x", now, part, &signatures);
    let warnings = |name: &str| read_by(&[&bob, &boss], &from(name), now).warnings;
    assert_eq!(warnings("la DIRECTION"), [Warning::NameOfAnother]);
    assert_eq!(warnings("Bob"), []);
    let both = Person::new("Bob", BOB, &[("La Direction", BOB)], now);
    let known = read_by(&[&both, &boss], &from("La Direction"), now);
    assert_eq!(known.warnings, []);
}
