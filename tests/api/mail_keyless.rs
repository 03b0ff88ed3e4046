//! Mail to people without a key: what leaves, what opens it, and what nobody on the way learns.

use std::path::Path;
use std::process::Command;

use relais_core::api::view::{DeliveryState, FactKind, KeylessWay, Language, PassphraseChannel};
use relais_core::api::{Code, Session};
use relais_core::domain::case::Audience;
use relais_core::domain::mail::template::TemplateLang;
use relais_core::domain::mail::{Encryption, SignatureStatus, Way};
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::mail::read::{Known, Mail, Ring, read};
use relais_tests::Team;
use tempfile::TempDir;
use uuid::Uuid;

use crate::correspondents::{
    Correspondent, GAETAN, PROVIDER, case_of, draft_to, exported, read_by_anybody, take_key,
    team_certificate,
};

/// What a reader of the open bytes would know the case by.
const OF_THE_CASE: [&str; 8] = [
    "PDL-2026",
    "situation",
    "sauvegarde",
    "Batardière",
    "Batardi=C3=A8re",
    "rançon",
    "synthese",
    "journaux-du-pare-feu",
];

/// The files of a mail on a disk, for programs that open files.
struct OnDisk(TempDir);

impl OnDisk {
    fn of(mail: &Mail) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (told, bytes) in mail.reading.attachments.iter().zip(&mail.files) {
            std::fs::write(folder.path().join(&told.name), bytes).unwrap();
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs a program among the files: whether it agreed, and what it said.
    fn ask(&self, program: &str, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap_or_else(|error| panic!("the judge {program} is missing: {error}"));
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }

    fn text(&self, pdf: &str, passphrase: &str) -> String {
        let (good, text) = self.ask("pdftotext", &["-upw", passphrase, pdf, "-"]);
        assert!(good, "{text}");
        text
    }

    fn gpg(&self, passphrase: &str, file: &str) -> (bool, String) {
        self.gpg_does(passphrase, &["--decrypt", file])
    }

    fn gpg_does(&self, passphrase: &str, what: &[&str]) -> (bool, String) {
        const ALONE: &str = r#"mkdir -p -m 700 gnupg && exec gpg --homedir "$PWD/gnupg" --batch --pinentry-mode loopback \
            --quiet --passphrase "$@""#;
        self.ask("sh", &[&["-c", ALONE, "sh", passphrase], what].concat())
    }
}

fn names(mail: &Mail) -> Vec<&str> {
    let files = mail.reading.attachments.iter();
    files.map(|one| one.name.as_str()).collect()
}

fn passphrase(session: &mut Session, case: Uuid) -> String {
    session.case_passphrase(case).unwrap().passphrase
}

/// Nothing of the case, nor what opens the mail, stands in what everybody on the way reads: its lines as they are, its
/// headers, its texts and its files once they are decoded, and the pages that open without a passphrase.
fn tells_nobody(raw: &[u8], mail: &Mail, passphrase: &str) {
    let mut open = vec![
        String::from_utf8_lossy(raw).into_owned(),
        mail.reading.subject.clone(),
        mail.reading.text.clone(),
        names(mail).join("\n"),
    ];
    open.extend(
        mail.files
            .iter()
            .map(|file| String::from_utf8_lossy(file).into_owned()),
    );
    let files = OnDisk::of(mail);
    for name in names(mail).iter().filter(|name| name.ends_with(".pdf")) {
        open.push(files.ask("pdftotext", &[name, "-"]).1);
    }
    for text in open {
        for word in OF_THE_CASE {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert!(!text.contains(passphrase));
    }
}

/// What everybody finds in every mail around something locked.
fn is_a_cover(mail: &Mail, team: &Session) {
    let reading = &mail.reading;
    assert_eq!(reading.subject, "Un fichier protégé pour vous");
    assert_ne!(reading.encryption, Encryption::Full);
    let greeted = reading.text.starts_with("Bonjour Gaëtan Morvault,");
    assert!(greeted, "{}", reading.text);
    assert!(reading.text.contains(&team.view().unwrap().profile.phone));
    assert!(reading.text.contains(names(mail)[0]), "{}", reading.text);
}

#[test]
fn who_has_no_key_gets_a_pdf_that_the_passphrase_of_the_case_opens() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let draft = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
    let view = analyst.mail_draft(draft).unwrap().protection;
    assert_eq!(
        (view.recipients[0].way, &view.obstacles[..]),
        (Way::Locked, &[][..])
    );
    assert_eq!(view.outer_subject, "Un fichier protégé pour vous");

    let sent = analyst.send_mail(draft).unwrap();
    let told = sent.passphrase.unwrap();
    assert!(told.told.is_none(), "nobody told it yet");
    let raw = analyst.mail_bytes(sent.id).unwrap();
    let mail = read_by_anybody(&raw, team.now());
    is_a_cover(&mail, &analyst);
    assert_eq!(names(&mail), ["message-protege.pdf", "mode-d-emploi.pdf"]);
    tells_nobody(&raw, &mail, &told.passphrase);
    // Signed over what is locked: the team's key proves it, without opening it.
    let certificates = [team_certificate(&analyst)];
    let ring = Ring {
        keys: None,
        known: &Known::by_their_names(&certificates, team.now()),
    };
    let signature = read(&raw, ring, team.now()).unwrap().reading.signature;
    assert_eq!(signature.status, SignatureStatus::Good);

    let files = OnDisk::of(&mail);
    let password = format!("--password={}", told.passphrase);
    let (good, said) = files.ask("qpdf", &[&password, "--check", "message-protege.pdf"]);
    assert!(good, "{said}");
    assert!(!files.ask("qpdf", &["--check", "message-protege.pdf"]).0);
    let text = files.text("message-protege.pdf", &told.passphrase);
    for word in [
        "PDL-2026-0001",
        "Point de situation",
        "La sauvegarde est intacte.",
        "TLP:AMBER",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let page = files.text("mode-d-emploi.pdf", "");
    let phone = analyst.view().unwrap().profile.phone;
    assert!(
        page.contains("message-protege.pdf") && page.contains(&phone),
        "{page}"
    );

    // The case keeps it as it was written, and to whom it goes.
    let kept = analyst.mail_thread(sent.id).unwrap().mails.remove(0);
    assert_eq!(
        kept.subject,
        "[PDL-2026-0001] [TLP:AMBER] Point de situation"
    );
    assert_eq!(kept.deliveries[0].state, DeliveryState::Waiting);
}

#[test]
fn a_document_and_files_go_in_one_archive_whose_names_nobody_reads() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let summary = analyst
        .submit_summary(case, Audience::Beneficiary, Language::Fr)
        .unwrap();
    let document = analyst.document_bytes(summary.id).unwrap();
    let log = "10.0.0.7 accepté\n".repeat(2_000);
    let draft = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
    analyst.attach_document(draft, summary.id).unwrap();
    analyst
        .attach_to_mail(draft, "journaux-du-pare-feu.log", log.as_bytes())
        .unwrap();
    let messages = exported(&mut analyst, draft);
    let passphrase = passphrase(&mut analyst, case);
    let mail = read_by_anybody(&messages[0], team.now());
    is_a_cover(&mail, &analyst);
    assert_eq!(names(&mail), ["fichiers-proteges.7z", "mode-d-emploi.pdf"]);
    tells_nobody(&messages[0], &mail, &passphrase);
    let files = OnDisk::of(&mail);
    let (listed, said) = files.ask("7z", &["l", "-pfaux", "fichiers-proteges.7z"]);
    assert!(!listed && !said.contains("synthese"), "{said}");
    let password = format!("-p{passphrase}");
    let (good, said) = files.ask("7z", &["x", "-y", &password, "fichiers-proteges.7z"]);
    assert!(good, "{said}");
    let out = |name: &str| std::fs::read(files.path().join(name)).unwrap();
    assert!(out("PDL-2026-0001-synthese.pdf") == document);
    assert!(out("journaux-du-pare-feu.log") == log.as_bytes());
    assert!(
        files
            .text("message.pdf", "")
            .contains("La sauvegarde est intacte.")
    );
}

#[test]
fn an_expert_gets_openpgp_messages_that_gpg_opens_with_the_passphrase() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let draft = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Password);
    let log = "10.0.0.7 accepté\n";
    analyst
        .attach_to_mail(draft, "journaux-du-pare-feu.log", log.as_bytes())
        .unwrap();
    let sent = analyst.send_mail(draft).unwrap();
    let passphrase = sent.passphrase.unwrap().passphrase;
    let raw = analyst.mail_bytes(sent.id).unwrap();
    let mail = read_by_anybody(&raw, team.now());
    is_a_cover(&mail, &analyst);
    let expected = ["message.txt.asc", "fichier-1.log.asc", "mode-d-emploi.pdf"];
    assert_eq!(names(&mail), expected);
    tells_nobody(&raw, &mail, &passphrase);
    let files = OnDisk::of(&mail);
    let key = analyst.export_key().unwrap();
    std::fs::write(files.path().join("team.asc"), key).unwrap();
    // Without it gpg opens the message and complains that it does not know who signed.
    let (good, said) = files.gpg_does("", &["--import", "team.asc"]);
    assert!(good, "{said}");
    let (good, text) = files.gpg(&passphrase, "message.txt.asc");
    assert!(good, "{text}");
    for told in [
        "TLP:AMBER\n",
        "Point de situation",
        "La sauvegarde est intacte.",
        "fichier-1.log: journaux-du-pare-feu.log",
        "Fin du texte marqué TLP:AMBER.",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    let (good, opened) = files.gpg(&passphrase, "fichier-1.log.asc");
    assert!(good && opened.contains(log), "{opened}");
    assert!(!files.gpg("une autre phrase", "fichier-1.log.asc").0);
    assert!(
        files
            .text("mode-d-emploi.pdf", "")
            .contains("gpg --decrypt")
    );
}

#[test]
fn one_passphrase_serves_the_case_and_that_it_was_told_is_on_record() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let first = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
    let first = analyst.send_mail(first).unwrap().passphrase.unwrap();
    analyst
        .case_passphrase_was_told(case, PassphraseChannel::Phone, "Gaëtan Morvault")
        .unwrap();
    let facts = analyst.case(case).unwrap().facts;
    let told = facts
        .iter()
        .find(|fact| fact.kind == FactKind::Exchange && fact.detail == "Gaëtan Morvault")
        .unwrap();
    assert!(told.title.contains("téléphone"), "{}", told.title);

    let second = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
    let sent = analyst.send_mail(second).unwrap();
    let again = sent.passphrase.unwrap();
    assert_eq!(again.passphrase, first.passphrase);
    assert_eq!(again.told.unwrap().channel, PassphraseChannel::Phone);
    let mail = read_by_anybody(&analyst.mail_bytes(sent.id).unwrap(), team.now());
    let text = OnDisk::of(&mail).text("message-protege.pdf", &first.passphrase);
    assert!(text.contains("La sauvegarde est intacte."), "{text}");
    assert!(analyst.verify_journal(|_| true).unwrap().good);
}

#[test]
fn no_mail_carries_the_passphrase_wherever_somebody_typed_it() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let words = passphrase(&mut analyst, case);
    for place in ["subject", "text", "recipient", "file name", "note"] {
        let id = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
        let mut draft = analyst.mail_draft(id).unwrap().draft;
        match place {
            "subject" => draft.subject = format!("Code : {words}"),
            "text" => draft.text = format!("Voici : {}", words.to_uppercase()),
            "recipient" => draft.to[0].name.clone_from(&words),
            "file name" => {
                let name = format!("{words}.pdf");
                draft = analyst
                    .attach_to_mail(id, &name, b"%PDF-1.7")
                    .unwrap()
                    .draft;
            }
            _ => {
                let note = format!("La phrase est {words}\n");
                draft = analyst
                    .attach_to_mail(id, "note.txt", note.as_bytes())
                    .unwrap()
                    .draft;
            }
        }
        analyst.save_mail_draft(id, draft).unwrap();
        let refused = analyst.send_mail(id).unwrap_err();
        let said = (refused.code, refused.field.as_deref());
        assert_eq!(
            said,
            (Code::MailBlocked, Some("passphrase_inside")),
            "{place}"
        );
    }
    assert_eq!(analyst.outbox().unwrap().len(), 0);
}

#[test]
fn who_has_no_key_is_invited_to_exchange_keys_and_gets_ours_in_the_open() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let ours = team_certificate(&analyst);
    // As a mail of its own, which may be read by anybody.
    let begun = analyst
        .new_mail_draft(None, Some("key_exchange"), TemplateLang::Fr, None)
        .unwrap();
    assert!(
        begun.draft.with_key,
        "its text says that the key is attached"
    );
    let mut draft = begun.draft;
    draft.to = vec![relais_core::domain::mail::Address::new("", GAETAN).unwrap()];
    draft.tlp = Tlp::Clear;
    analyst.save_mail_draft(begun.id, draft).unwrap();
    let invitation = exported(&mut analyst, begun.id).remove(0);
    // Beside something locked: whoever has no key yet opens no archive to find ours.
    let locked = draft_to(&mut analyst, case, &[GAETAN], KeylessWay::Locked);
    let mut draft = analyst.mail_draft(locked).unwrap().draft;
    draft.with_key = true;
    analyst.save_mail_draft(locked, draft).unwrap();
    let beside = exported(&mut analyst, locked).remove(0);
    for (raw, expected) in [
        (invitation, &["cle-openpgp.asc"][..]),
        (
            beside,
            &[
                "message-protege.pdf",
                "mode-d-emploi.pdf",
                "cle-openpgp.asc",
            ],
        ),
    ] {
        let mail = read_by_anybody(&raw, team.now());
        assert_eq!(names(&mail), expected);
        let files = OnDisk::of(&mail);
        let show = ["--with-colons", "--show-keys", "cle-openpgp.asc"];
        let (good, said) = files.ask("gpg", &show);
        assert!(
            good && said.contains(&ours.fingerprint().to_string()),
            "{said}"
        );
        let told = ours.fingerprint().grouped();
        let page = match expected.len() {
            1 => mail.reading.text.clone(),
            _ => files.text("mode-d-emploi.pdf", ""),
        };
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains(&told), "{page}");
    }
}

#[test]
fn beside_somebody_with_a_key_each_gets_theirs_and_the_keyless_is_named() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = case_of(&mut analyst);
    let provider = Correspondent::new(PROVIDER, team.now());
    let key = take_key(&mut analyst, &provider);
    analyst.accept_key(key).unwrap();
    let undecided = draft_to(
        &mut analyst,
        case,
        &[PROVIDER, GAETAN],
        KeylessWay::Undecided,
    );
    let view = analyst.mail_draft(undecided).unwrap().protection;
    let ways: Vec<_> = view
        .recipients
        .iter()
        .map(|one| (one.address.mail.as_str(), one.way))
        .collect();
    assert_eq!(ways, [(PROVIDER, Way::Encrypted), (GAETAN, Way::Blocked)]);
    let refused = analyst.send_mail(undecided).unwrap_err();
    let said = (refused.code, refused.field.as_deref());
    assert_eq!(said, (Code::MailBlocked, Some("keyless_undecided")));

    let known = [team_certificate(&analyst)];
    for (keyless, count) in [
        (KeylessWay::Locked, 2),
        (KeylessWay::Password, 2),
        (KeylessWay::LeaveOut, 1),
    ] {
        let mut draft = analyst.mail_draft(undecided).unwrap().draft;
        draft.keyless = keyless;
        let id = draft_to(&mut analyst, case, &[PROVIDER, GAETAN], keyless);
        let messages = exported(&mut analyst, id);
        assert_eq!(messages.len(), count, "{keyless:?}");
        let read = provider.reads(&messages[0], &known, team.now()).reading;
        assert_eq!(
            (read.encryption, read.signature.status),
            (Encryption::Full, SignatureStatus::Good)
        );
        assert!(read.text.contains("La sauvegarde est intacte."));
        assert_eq!(read.attachments, [], "nothing is locked for who has a key");
        if let Some(for_gaetan) = messages.get(1) {
            let words = passphrase(&mut analyst, case);
            let mail = read_by_anybody(for_gaetan, team.now());
            is_a_cover(&mail, &analyst);
            tells_nobody(for_gaetan, &mail, &words);
        }
    }
    // Told to leave: each recipient stands for themselves.
    let id = draft_to(&mut analyst, case, &[PROVIDER, GAETAN], KeylessWay::Locked);
    let sent = analyst.send_mail(id).unwrap();
    let waiting = analyst.outbox().unwrap();
    let to: Vec<_> = waiting
        .iter()
        .map(|row| {
            row.deliveries
                .iter()
                .map(|one| one.to.mail.as_str())
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(to, [[PROVIDER], [GAETAN]]);
    assert!(waiting.iter().all(|row| row.mail == sent.id));
}
