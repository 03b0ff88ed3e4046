//! Answers and mails handed on: whom they go to, and that nothing which came encrypted leaves in clear.

use chrono::{DateTime, Duration, Utc};
use relais_core::api::view::{
    Following, Follows, KeyOrigin, MailDraft, MailDraftView, MailFolder, MailQuery, Obstacle,
};
use relais_core::api::{Code, Session};
use relais_core::domain::mail::template::{Field, TemplateLang};
use relais_core::domain::mail::{Address, Encryption, Way};
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::mail::{Outgoing, Part, encrypted};
use relais_core::pgp::{Certificate, MailKeys, Sharing, TeamKey};
use relais_tests::{Team, ransomware_report};
use uuid::Uuid;

const PARTNER: &str = "reponse@trois-ponts.example";
const OTHER: &str = "dsi@batardiere.example";
const STRANGER: &str = "accueil@mairie.example";
const SECRET: &str = "Le compte de secours est chef-atelier.";

fn address(mail: &str) -> Address {
    Address::new("", mail).unwrap()
}

/// A mail that a partner encrypted to the team, with a copy to somebody else; taken in.
fn an_encrypted_mail(session: &mut Session, subject: &str, at: DateTime<Utc>) -> Uuid {
    let created = at - Duration::days(1);
    let end = created + Duration::days(700);
    let made = TeamKey::generate("Trois-Ponts", PARTNER, created, end).unwrap();
    let sharing = Sharing::by_role(&made.key, at).unwrap();
    let certificate = made.key.certificate();
    let part = made.key.analyst_part(&sharing).unwrap();
    let keys = MailKeys::open([(part.as_slice(), &certificate)]).unwrap();
    let armoured = certificate.armoured().unwrap();
    session
        .import_keys(armoured.as_bytes(), KeyOrigin::File, None)
        .unwrap();
    let team = Certificate::parse(session.export_key().unwrap().as_bytes()).unwrap();
    let own = session.view().unwrap().profile.mail;
    let outgoing = Outgoing {
        from: address(PARTNER),
        to: vec![address(&own)],
        cc: vec![address(OTHER), address(&own)],
        subject: subject.to_owned(),
        outer_label: None,
        date: at,
        message_id: "acces-1@trois-ponts.example".to_owned(),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        text: format!("Bonjour,\n\n{SECRET}\n"),
        attachments: vec![Part {
            name: "acces.txt".to_owned(),
            mime: "text/plain".to_owned(),
            bytes: b"chef-atelier".to_vec(),
        }],
        autocrypt: None,
        unsubscribe: None,
        chance: [9; 24],
    };
    let raw = encrypted(&outgoing, &[team], &keys, at).unwrap();
    assert_eq!(session.import_mail("acces.eml", &raw).unwrap().new, 1);
    let all = MailQuery {
        folder: MailFolder::All,
        ..MailQuery::default()
    };
    session.mails(&all).unwrap().rows[0].id
}

fn following(session: &mut Session, mail: Uuid, how: Follows) -> MailDraftView {
    let follows = Some(Following { mail, how });
    session
        .new_mail_draft(None, None, TemplateLang::Fr, follows)
        .unwrap()
}

fn mails(all: &[Address]) -> Vec<&str> {
    all.iter().map(|one| one.mail.as_str()).collect()
}

#[test]
fn an_answer_goes_to_who_wrote_and_to_all_also_to_the_others_but_never_to_the_team() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mail = an_encrypted_mail(&mut analyst, "[TLP:GREEN] Accès de secours", team.now());
    let answer = following(&mut analyst, mail, Follows::Answer).draft;
    assert_eq!(
        (mails(&answer.to), mails(&answer.cc)),
        (vec![PARTNER], vec![])
    );
    let all = following(&mut analyst, mail, Follows::AnswerAll).draft;
    assert_eq!(
        (mails(&all.to), mails(&all.cc)),
        (vec![PARTNER], vec![OTHER])
    );
    assert_eq!((all.answers, all.forwards), (Some(mail), None));
    assert_eq!(
        (all.subject.as_str(), all.tlp),
        ("Accès de secours", Tlp::Green)
    );
    assert!(all.text.contains(&format!("> {SECRET}")), "{}", all.text);
}

#[test]
fn what_came_encrypted_is_never_repeated_in_clear() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mail = an_encrypted_mail(&mut analyst, "[TLP:CLEAR] Accès de secours", team.now());
    let begun = following(&mut analyst, mail, Follows::Answer);
    assert_eq!(begun.protection.recipients[0].way, Way::Encrypted);
    assert_eq!(begun.protection.obstacles, []);

    // One recipient more without a key, and the whole mail would leave in clear.
    let mut told = |change: &dyn Fn(&mut MailDraft)| {
        let mut draft = begun.draft.clone();
        draft.cc = vec![address(STRANGER)];
        change(&mut draft);
        let view = analyst.save_mail_draft(begun.id, draft).unwrap();
        assert_eq!(view.protection.recipients[0].way, Way::Clear);
        view.protection.obstacles
    };
    let secret = vec![Obstacle::SecretRepeated];
    assert_eq!(told(&|_| ()), secret);
    // Without the quotation marks, or with the protected subject alone, it is still told.
    assert_eq!(
        told(&|draft| {
            draft.subject = "Suite".to_owned();
            draft.text = format!("Vous disiez :\n{SECRET}");
        }),
        secret
    );
    assert_eq!(told(&|draft| draft.text = "Bien reçu.".to_owned()), secret);
    assert_eq!(
        told(&|draft| {
            draft.subject = "Suite".to_owned();
            draft.text = "Bien reçu, nous rappelons.".to_owned();
        }),
        []
    );
    told(&|_| ());
    let refused = analyst.send_mail(begun.id).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::MailBlocked, Some("secret_repeated"))
    );
}

#[test]
fn a_mail_handed_on_says_whose_it_is_and_stays_protected() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mail = an_encrypted_mail(&mut analyst, "[TLP:CLEAR] Accès de secours", team.now());
    let mut forwarded = following(&mut analyst, mail, Follows::Forward);
    let draft = &mut forwarded.draft;
    assert_eq!((draft.to.len(), draft.attachments.len()), (0, 0));
    assert_eq!((draft.tlp, draft.forwards), (Tlp::Amber, Some(mail)));
    for part in [
        SECRET,
        PARTNER,
        "Message transféré",
        "Pièces non reprises\u{a0}: acces.txt",
    ] {
        assert!(draft.text.contains(part), "{part} in {}", draft.text);
    }
    draft.tlp = Tlp::Clear;
    draft.to = vec![address(STRANGER)];
    let view = analyst
        .save_mail_draft(forwarded.id, forwarded.draft.clone())
        .unwrap();
    assert_eq!(view.protection.obstacles, [Obstacle::SecretRepeated]);
}

#[test]
fn a_mail_is_read_when_somebody_says_so_and_shows_its_marking_in_the_list() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mail = an_encrypted_mail(&mut analyst, "[TLP:GREEN] Accès de secours", team.now());
    let thread = analyst.mail_thread(mail).unwrap();
    assert_eq!(thread.mails[0].encryption, Encryption::Full);
    assert!(thread.mails[0].unread);
    let row = |session: &Session| {
        let page = session.mails(&MailQuery::default()).unwrap();
        (page.rows[0].unread, page.rows[0].tlp)
    };
    assert_eq!(row(&analyst), (true, Some(Tlp::Green)));
    analyst.mark_mail(mail, false).unwrap();
    assert_eq!(row(&analyst), (false, Some(Tlp::Green)));
    assert!(!analyst.mail_thread(mail).unwrap().mails[0].unread);
}

#[test]
fn a_draft_is_told_what_its_case_can_put_into_it() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst
        .open_case(ransomware_report(), None, None)
        .unwrap()
        .id;
    let draft = analyst
        .new_mail_draft(Some(case), None, TemplateLang::Fr, None)
        .unwrap();
    let known = analyst.mail_draft_fields(draft.id).unwrap();
    let value = |field: Field| {
        let found = known.iter().find(|known| known.field == field);
        found.map(|known| known.value.as_str())
    };
    assert_eq!(value(Field::Reference), Some("PDL-2026-0001"));
    assert_eq!(value(Field::Date), Some("12\u{a0}mars 2026"));
    assert!(value(Field::Contact).is_some() && value(Field::Organisation).is_some());
    assert!(value(Field::Signature).is_some_and(|text| text.starts_with("Titouan Brélivet")));
    // Only the writer knows the questions.
    assert_eq!(value(Field::Questions), None);
    assert!(known.iter().all(|known| !known.value.trim().is_empty()));
}
