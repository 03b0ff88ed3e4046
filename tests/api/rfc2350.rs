//! The RFC 2350 document: from the text that the team had to an edition that the lead signed.

use chrono::Duration;
use relais_core::api::{Code, Session};
use relais_core::domain::people::Role;
use relais_core::domain::rfc2350::difference::RunKind;
use relais_core::domain::rfc2350::{FindingCode, Lang, Level, Rfc2350, Section};
use relais_tests::{Team, settle_rfc2350};

fn blocking(session: &Session) -> Vec<String> {
    let findings = session.rfc2350_findings().unwrap();
    findings
        .into_iter()
        .filter(|view| view.finding.level == Level::Blocks)
        .map(|view| {
            format!(
                "{:?} {:?} {}",
                view.finding.code, view.finding.section, view.what.fr
            )
        })
        .collect()
}

#[test]
fn the_team_begins_with_the_document_that_it_had_and_the_checks_find_its_weak_points() {
    let team = Team::of_three();
    let view = team.unlock(Role::Operator).rfc2350().unwrap();
    assert!(view.modified && view.editions.is_empty());
    let mission = view.document.text(Section::Mission, Lang::Fr);
    assert!(mission.contains("apporter une assistance"), "{mission}");
    let codes: Vec<FindingCode> = view.findings.iter().map(|view| view.finding.code).collect();
    for code in [
        FindingCode::ShortKeyId,
        FindingCode::SelfLink,
        FindingCode::TpeNotNamed,
        FindingCode::NoTlp,
    ] {
        assert!(codes.contains(&code), "{code:?} in {codes:?}");
    }
    assert!(
        view.findings
            .iter()
            .all(|view| !view.what.fr.is_empty() && !view.why.en.is_empty())
    );
}

#[test]
fn only_the_lead_writes_and_publishes_and_everybody_reads() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let typed = analyst.set_rfc2350_text(Section::Mission, Lang::Fr, "Assister.");
    assert_eq!(typed.unwrap_err().code, Code::NotAllowed);
    assert_eq!(
        analyst.publish_rfc2350().unwrap_err().code,
        Code::NotAllowed
    );
    assert!(
        analyst
            .preview_rfc2350(Lang::Fr)
            .unwrap()
            .bytes
            .starts_with(b"%PDF")
    );
    assert!(
        analyst
            .rfc2350_plain(Lang::En)
            .unwrap()
            .lines()
            .all(|line| line.chars().count() <= 72 || line.contains("http"))
    );
}

#[test]
fn what_is_typed_is_cleaned_kept_and_told_by_the_journal_as_one_field() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let pasted = "L\u{ad}'équipe \"assiste\"\r\n•\tles communes\u{0}";
    lead.set_rfc2350_text(Section::Mission, Lang::Fr, pasted)
        .unwrap();
    let view = lead.rfc2350().unwrap();
    let kept = view.document.text(Section::Mission, Lang::Fr).to_owned();
    assert!(
        !kept.contains(['\u{ad}', '\r', '\u{0}', '\t', '"']),
        "{kept:?}"
    );
    assert!(kept.contains("les communes"));
    let behind = |session: &Session| {
        let findings = session.rfc2350_findings().unwrap();
        findings
            .iter()
            .any(|view| view.finding.code == FindingCode::EnglishBehind)
    };
    assert!(behind(&lead));
    lead.confirm_rfc2350_english(Section::Mission).unwrap();
    assert!(!behind(&lead));
    let before = lead.rfc2350().unwrap().document;
    let long = lead.set_rfc2350_text(Section::Mission, Lang::Fr, &"a".repeat(200_000));
    assert_eq!(long.unwrap_err().code, Code::TooLong);
    assert_eq!(lead.rfc2350().unwrap().document, before);
    lead.set_rfc2350_text(Section::Mission, Lang::Fr, "")
        .unwrap();
    assert_eq!(
        lead.rfc2350()
            .unwrap()
            .document
            .text(Section::Mission, Lang::Fr),
        ""
    );
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_change_is_taken_back_even_the_first_of_all() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let begun = lead.rfc2350().unwrap().document;
    let typed = lead
        .set_rfc2350_text(Section::Mission, Lang::Fr, "Assister.")
        .unwrap();
    assert_ne!(lead.rfc2350().unwrap().document, begun);
    lead.undo(&typed.entry).unwrap();
    assert_eq!(lead.rfc2350().unwrap().document, begun);
    // What else stands in the registry is changed on its own screens.
    team.wait(Duration::minutes(1));
    lead.extend_team_key(None).unwrap();
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn an_edition_is_signed_kept_for_ever_and_exported_byte_for_byte() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    assert_eq!(
        lead.publish_rfc2350().unwrap_err().code,
        Code::Rfc2350Blocked
    );
    settle_rfc2350(&mut lead);
    assert_eq!(blocking(&lead), Vec::<String>::new());
    let edition = lead.publish_rfc2350().unwrap();
    assert_eq!(
        (edition.version.as_str(), edition.approved_by.as_str()),
        ("1.1", "Aurore Vasselin")
    );
    assert!(!lead.rfc2350().unwrap().modified);
    assert_eq!(lead.publish_rfc2350().unwrap_err().code, Code::NothingNew);
    let names: Vec<&str> = edition
        .files
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    for name in [
        "rfc2350-fr.pdf",
        "rfc2350-fr.pdf.asc",
        "rfc2350-en.pdf",
        "rfc2350-fr.txt",
        "rfc2350-fr.txt.asc",
        "rfc2350-fr.signed.txt",
        "rfc2350-en.html",
        "security.txt",
        "cle-publique.asc",
        "SHA256SUMS",
        "SHA256SUMS.asc",
        "VERIFIER.txt",
    ] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let folders = [team.folder().join("a"), team.folder().join("b")];
    for folder in &folders {
        lead.export_rfc2350(Some(edition.id), None, folder).unwrap();
    }
    for name in &names {
        let [a, b] = [0, 1].map(|place| std::fs::read(folders[place].join(name)).unwrap());
        assert_eq!(a, b, "{name}");
    }
    let pdf = std::fs::read(folders[0].join("rfc2350-fr.pdf")).unwrap();
    let signature = std::fs::read(folders[0].join("rfc2350-fr.pdf.asc")).unwrap();
    let verdict = lead.verify_file(&pdf, Some(&signature)).unwrap();
    assert!(verdict.own_key && verdict.by_lead, "{verdict:?}");
    // One language only.
    let french = team.folder().join("c");
    let written = lead
        .export_rfc2350(Some(edition.id), Some(Lang::Fr), &french)
        .unwrap();
    assert!(
        written.files.iter().all(|name| !name.contains("-en.")),
        "{written:?}"
    );
}

#[test]
fn the_next_edition_says_what_changed_by_the_word() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    settle_rfc2350(&mut lead);
    let first = lead.publish_rfc2350().unwrap();
    team.wait(Duration::days(3));
    let mission = lead.rfc2350().unwrap().document.texts[&Section::Mission].clone();
    lead.set_rfc2350_text(
        Section::Mission,
        Lang::Fr,
        &mission.fr.replace("assistance", "aide"),
    )
    .unwrap();
    lead.confirm_rfc2350_english(Section::Mission).unwrap();
    let found = lead
        .compare_rfc2350(Some(first.id), None, Lang::Fr)
        .unwrap();
    let mission = found
        .differences
        .iter()
        .find(|found| found.section == Some(Section::Mission));
    let words = |kind| -> Vec<String> {
        let runs = mission
            .unwrap()
            .runs
            .iter()
            .filter(move |run| run.kind == kind);
        runs.map(|run| run.text.trim().to_owned()).collect()
    };
    assert_eq!(
        (words(RunKind::Removed), words(RunKind::Added)),
        (vec!["assistance".to_owned()], vec!["aide".to_owned()])
    );
    // Neither version nor date were raised yet.
    let codes: Vec<_> = lead
        .rfc2350_findings()
        .unwrap()
        .iter()
        .map(|view| view.finding.code)
        .collect();
    assert!(codes.contains(&FindingCode::VersionNotRaised), "{codes:?}");
    let head = lead.rfc2350().unwrap().document;
    let next = Rfc2350 {
        version: "1.2".to_owned(),
        dated: Some(lead.now().date_naive()),
        ..head
    };
    lead.set_rfc2350_head(&next).unwrap();
    let second = lead.publish_rfc2350().unwrap();
    // Where the first stands the second takes a folder of its own, whole: no file parts from its manifest.
    let place = team.folder().join("publie");
    let [first_at, second_at] = [first.id, second.id].map(|id| {
        let written = lead.export_rfc2350(Some(id), None, &place).unwrap();
        std::path::PathBuf::from(written.folder)
    });
    assert_eq!(first_at, place);
    assert_ne!(second_at, place);
    for (edition, at) in [(&first, &first_at), (&second, &second_at)] {
        for file in &edition.files {
            let bytes = std::fs::read(at.join(&file.name)).unwrap();
            assert_eq!(bytes.len(), file.size as usize, "{}", file.name);
        }
        let again = lead.export_rfc2350(Some(edition.id), None, at).unwrap();
        assert_eq!(std::path::Path::new(&again.folder), at);
    }
    assert!(
        second
            .changes
            .iter()
            .any(|change| change.fr.contains("3.1")),
        "{:?}",
        second.changes
    );
    assert_eq!(lead.rfc2350().unwrap().editions.len(), 2);
}

#[test]
fn a_year_of_two_digits_is_a_typing_error_and_the_date_before_stays() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let mut head = lead.rfc2350().unwrap().document;
    let before = head.dated;
    head.dated = chrono::NaiveDate::from_ymd_opt(21, 11, 3);
    let refused = lead.set_rfc2350_head(&head).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::Invalid, Some("dated"))
    );
    assert_eq!(lead.rfc2350().unwrap().document.dated, before);
}
