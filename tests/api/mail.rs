//! Mail on a real vault: what is written leaves as the rule has it, what comes is read, proven and filed.

use chrono::{DateTime, Duration, Utc};
use relais_core::api::view::{KeyOrigin, KeylessWay, MailFolder, MailQuery, MailView};
use relais_core::api::{Code, Session};
use relais_core::domain::mail::template::TemplateLang;
use relais_core::domain::mail::{Address, Encryption, SignatureStatus, Way};
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::mail::read::{Known, Mail, Ring, read};
use relais_core::mail::{Outgoing, Part, encrypted};
use relais_core::pgp::{Certificate, MailKeys, Sharing, TeamKey};
use relais_tests::{Team, ransomware_report};
use uuid::Uuid;

const PROVIDER: &str = "reponse@trois-ponts.example";
const GAETAN: &str = "secours@batardiere.example";

/// Somebody with a key of their own.
struct Correspondent {
    keys: MailKeys,
    certificate: Certificate,
    address: Address,
}

impl Correspondent {
    fn new(mail: &str, at: DateTime<Utc>) -> Self {
        let created = at - Duration::days(1);
        let made = TeamKey::generate(
            "Trois-Ponts Informatique",
            mail,
            created,
            created + Duration::days(700),
        )
        .unwrap();
        let sharing = Sharing::by_role(&made.key, at).unwrap();
        let certificate = made.key.certificate();
        let part = made.key.analyst_part(&sharing).unwrap();
        Self {
            keys: MailKeys::open([(part.as_slice(), &certificate)]).unwrap(),
            certificate,
            address: Address::new("Trois-Ponts Informatique", mail).unwrap(),
        }
    }

    fn reads(&self, raw: &[u8], known: &[Certificate], at: DateTime<Utc>) -> Mail {
        read(
            raw,
            Ring {
                keys: Some(&self.keys),
                known: &Known::by_their_names(known, at),
            },
            at,
        )
        .unwrap()
    }

    /// An answer to a mail, encrypted to the team.
    fn answers(&self, to: &MailView, team: &Certificate, text: &str, at: DateTime<Utc>) -> Vec<u8> {
        let outgoing = Outgoing {
            from: self.address.clone(),
            to: vec![to.from.clone()],
            cc: Vec::new(),
            subject: format!("Re: {}", to.subject),
            outer_label: None,
            date: at,
            message_id: "reponse-1@trois-ponts.example".to_owned(),
            in_reply_to: vec![message_id(to)],
            references: vec![message_id(to)],
            text: text.to_owned(),
            attachments: vec![Part {
                name: "devis.pdf".to_owned(),
                mime: "application/pdf".to_owned(),
                bytes: b"%PDF-1.7 devis".to_vec(),
            }],
            autocrypt: None,
            unsubscribe: None,
            chance: [7; 24],
        };
        encrypted(&outgoing, std::slice::from_ref(team), &self.keys, at).unwrap()
    }
}

fn message_id(mail: &MailView) -> String {
    mail.message_id.clone()
}

/// A case of Gaëtan's, qualified as AMBER.
fn case_of(session: &mut Session) -> Uuid {
    let mut told = ransomware_report();
    if let relais_core::domain::intake::Answer::Known(person) = &mut told.requester {
        person.mail = GAETAN.to_owned();
    }
    session.open_case(told, None, None).unwrap().id
}

fn team_certificate(session: &Session) -> Certificate {
    Certificate::parse(session.export_key().unwrap().as_bytes()).unwrap()
}

/// A draft to these addresses, ready but for what the rule says.
fn draft_to(session: &mut Session, case: Uuid, to: &[&str], keyless: KeylessWay) -> Uuid {
    let begun = session
        .new_mail_draft(Some(case), None, TemplateLang::Fr, None)
        .unwrap();
    let mut draft = begun.draft;
    draft.to = to
        .iter()
        .map(|mail| Address::new("", mail).unwrap())
        .collect();
    draft.subject = "Point de situation".to_owned();
    draft.text = "Bonjour,\n\nLa sauvegarde est intacte.".to_owned();
    draft.keyless = keyless;
    session.save_mail_draft(begun.id, draft).unwrap();
    begun.id
}

fn exported(session: &mut Session, draft: Uuid) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let out = session.export_mail(draft, folder.path()).unwrap();
    out.files
        .iter()
        .map(|name| std::fs::read(std::path::Path::new(&out.folder).join(name)).unwrap())
        .collect()
}

#[test]
fn a_provider_with_a_key_gets_what_only_they_can_read_and_their_answer_files_itself() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let provider = Correspondent::new(PROVIDER, team.now());
    let key = provider.certificate.armoured().unwrap();
    let told = analyst
        .import_keys(key.as_bytes(), KeyOrigin::File, None)
        .unwrap();
    analyst.accept_key(told.new[0]).unwrap();
    let draft = draft_to(&mut analyst, case, &[PROVIDER], KeylessWay::Undecided);
    let view = analyst.mail_draft(draft).unwrap();
    assert_eq!(view.protection.recipients[0].way, Way::Encrypted);
    assert_eq!(view.protection.obstacles, []);
    assert_eq!(
        view.protection.subject,
        "[PDL-2026-0001] [TLP:AMBER] Point de situation"
    );
    assert_eq!(view.protection.outer_subject, "[...]");

    let sent = analyst.send_mail(draft).unwrap();
    assert_eq!(sent.held_until - team.now(), Duration::seconds(10));
    let thread = analyst.mail_thread(sent.id).unwrap();
    let mail = &thread.mails[0];
    assert_eq!(
        (mail.sent, mail.encryption, mail.tlp),
        (true, Encryption::Full, Some(Tlp::Amber))
    );
    let raw = analyst.mail_bytes(sent.id).unwrap();
    assert!(!raw.windows(10).any(|w| w == b"sauvegarde"));
    let read = provider
        .reads(&raw, &[team_certificate(&analyst)], team.now())
        .reading;
    assert_eq!(
        (read.encryption, read.signature.status),
        (Encryption::Full, SignatureStatus::Good)
    );
    assert!(read.text.starts_with("TLP:AMBER\n\nBonjour,") && read.subject_protected);

    team.wait(Duration::hours(2));
    let answer = provider.answers(
        mail,
        &team_certificate(&analyst),
        "Nous venons demain.",
        team.now(),
    );
    let fetched = analyst.import_mail("reponse.eml", &answer).unwrap();
    assert_eq!((fetched.new, fetched.filed), (1, 1));
    assert_eq!(
        analyst.import_mail("reponse.eml", &answer).unwrap().known,
        1
    );
    let thread = analyst.mail_thread(sent.id).unwrap();
    let answer = &thread.mails[1];
    assert_eq!(
        (answer.encryption, answer.signature.status),
        (Encryption::Full, SignatureStatus::Good)
    );
    assert_eq!(answer.case.as_ref().unwrap().id, case);
    assert_eq!(answer.text[0].text, "Nous venons demain.");

    // What hangs on it becomes evidence, once, and can be taken back.
    let kept = analyst.keep_attachment(answer.id, 0).unwrap();
    assert_eq!(analyst.keep_attachment(answer.id, 0).unwrap().entry, "");
    let evidence = analyst.case(case).unwrap().evidence;
    assert_eq!(
        (evidence.len(), evidence[0].name.as_str()),
        (1, "devis.pdf")
    );
    analyst.undo(&kept.entry).unwrap();
    assert_eq!(analyst.case(case).unwrap().evidence.len(), 0);

    // An operator reads what the case holds, and writes nothing.
    drop(analyst);
    let mut operator = team.unlock(Role::Operator);
    let thread = operator.mail_thread(sent.id).unwrap();
    assert_eq!(thread.mails[1].text[0].text, "Nous venons demain.");
    assert_eq!(
        operator
            .new_mail_draft(Some(case), None, TemplateLang::Fr, None)
            .unwrap_err()
            .code,
        Code::NotAllowed
    );
    assert!(operator.verify_journal(|_| true).unwrap().good);
}

#[test]
fn nothing_marked_amber_leaves_in_clear_and_the_keyless_are_named() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let draft = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Undecided);
    let view = analyst.mail_draft(draft).unwrap();
    assert_eq!(view.protection.recipients[0].way, Way::Blocked);
    let refused = analyst.send_mail(draft).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::MailBlocked, Some("keyless_undecided"))
    );
    assert_eq!(analyst.mail_counts().unwrap().drafts, 1);
    assert_eq!(analyst.outbox().unwrap().len(), 0);
}

#[test]
fn a_mail_is_taken_back_within_its_hold_and_its_draft_is_there_again() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let provider = Correspondent::new(PROVIDER, team.now());
    let told = analyst
        .import_keys(
            provider.certificate.armoured().unwrap().as_bytes(),
            KeyOrigin::File,
            None,
        )
        .unwrap();
    analyst.accept_key(told.new[0]).unwrap();
    let draft = draft_to(&mut analyst, case, &[PROVIDER], KeylessWay::Undecided);
    let sent = analyst.send_mail(draft).unwrap();
    assert_eq!(
        analyst.send_mail(draft).unwrap_err().code,
        Code::DocumentSettled
    );
    assert_eq!(
        (
            analyst.outbox().unwrap().len(),
            analyst.mail_counts().unwrap().drafts
        ),
        (1, 0)
    );
    let back = analyst.hold_mail(sent.id).unwrap();
    assert_eq!(
        (back.id, back.draft.text.as_str()),
        (draft, "Bonjour,\n\nLa sauvegarde est intacte.")
    );
    assert_eq!(analyst.outbox().unwrap().len(), 0);
    let all = MailQuery {
        folder: MailFolder::All,
        ..MailQuery::default()
    };
    assert_eq!(analyst.mails(&all).unwrap().total, 0);
    assert!(analyst.verify_journal(|_| true).unwrap().good);
}

#[test]
fn what_nobody_knows_waits_to_be_filed_and_becomes_a_report() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let raw = "From: Agathe Delorme <mairie@saint-exemple.example>\r\nTo: contact@csirt.example\r\nSubject: [URGENT] Mairie\r\n\
               Date: Thu, 12 Mar 2026 09:30:00 +0100\r\nMessage-ID: <a@saint-exemple.example>\r\n\r\n\
               Nos postes affichent une rançon. Tél. : 02 99 00 45 67\r\n";
    assert_eq!(
        operator.import_mail("a.eml", raw.as_bytes()).unwrap().new,
        1
    );
    let counts = operator.mail_counts().unwrap();
    assert_eq!((counts.unfiled, counts.unread), (1, 1));
    let page = operator.mails(&MailQuery::default()).unwrap();
    assert!(page.rows[0].urgent && page.rows[0].unread);
    let id = page.rows[0].id;
    let found = operator
        .mails(&MailQuery {
            text: "ranco".to_owned(),
            ..MailQuery::default()
        })
        .unwrap();
    assert_eq!(found.rows.len(), 1);
    assert!(found.rows[0].passage.contains('\u{e000}'));
    let draft = operator.report_from_mail(id).unwrap();
    let report = operator
        .drafts()
        .unwrap()
        .into_iter()
        .find(|one| one.id == draft.id)
        .unwrap()
        .report;
    let requester = report.requester.known().unwrap();
    assert_eq!(
        (requester.name.as_str(), requester.phone.as_str()),
        ("Agathe Delorme", "02 99 00 45 67")
    );
    let case = operator.open_case(report, None, Some(draft.id)).unwrap();
    let mail = operator.mail_thread(id).unwrap().mails.remove(0);
    assert_eq!(mail.suggestions[0].case.id, case.id);
    let filed = operator.file_mail(id, case.id).unwrap();
    assert_eq!(operator.mail_counts().unwrap().unfiled, 0);
    operator.undo(&filed.entry).unwrap();
    assert_eq!(operator.mail_counts().unwrap().unfiled, 1);
    let again = operator.file_mail(id, case.id).unwrap();
    assert!(!again.entry.is_empty() && operator.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_secret_recipient_stands_in_no_header_and_gets_a_message_of_their_own() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let (open, secret) = (
        Correspondent::new(PROVIDER, team.now()),
        Correspondent::new("discret@ailleurs.example", team.now()),
    );
    for one in [&open, &secret] {
        let told = analyst
            .import_keys(
                one.certificate.armoured().unwrap().as_bytes(),
                KeyOrigin::File,
                None,
            )
            .unwrap();
        analyst.accept_key(told.new[0]).unwrap();
    }
    let draft = draft_to(&mut analyst, case, &[PROVIDER], KeylessWay::Undecided);
    let mut written = analyst.mail_draft(draft).unwrap().draft;
    written.bcc = vec![secret.address.clone()];
    analyst.save_mail_draft(draft, written).unwrap();
    let messages = exported(&mut analyst, draft);
    assert_eq!(messages.len(), 2);
    let known = [team_certificate(&analyst)];
    for (reader, message) in [(&open, &messages[0]), (&secret, &messages[1])] {
        let reading = reader.reads(message, &known, team.now()).reading;
        assert_eq!(reading.signature.status, SignatureStatus::Good);
        assert!(!String::from_utf8_lossy(message).contains("discret@"));
    }
    let other = secret.reads(&messages[0], &known, team.now()).reading;
    assert_eq!(other.encryption, Encryption::Failed);
}
