//! Nothing readable is left on the disk.

use std::path::Path;

use relais_core::api::view::Language;
use relais_core::domain::case::Audience;
use relais_core::domain::intake::Answer;
use relais_core::domain::people::Role;
use relais_tests::{LEAD_PASSPHRASE, Team, ransomware_report};

const CANARY: &str = "CANARI-7f3e-Trégaudin";

fn scan(folder: &Path, needles: &[&[u8]]) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scan(&path, needles);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for needle in needles {
            let clear = bytes.windows(needle.len()).any(|window| window == *needle);
            assert!(
                !clear,
                "{} holds {:?} in clear",
                path.display(),
                String::from_utf8_lossy(needle)
            );
        }
    }
}

#[test]
fn a_journey_leaves_nothing_readable_in_the_data_folder() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let mut report = ransomware_report();
    report.narrative = Answer::Known(CANARY.to_owned());
    let draft = lead.save_draft(None, report.clone()).unwrap();
    lead.discard_draft(draft.id).unwrap();
    let case = lead.open_case(report, None, None).unwrap();
    lead.add_note(case.id, CANARY).unwrap();
    lead.cases(&relais_core::api::view::CaseQuery {
        text: "canari".to_owned(),
        ..Default::default()
    })
    .unwrap();
    let document = lead
        .submit_summary(case.id, Audience::Internal, Language::Fr)
        .unwrap();
    lead.sign_document(document.id).unwrap();
    lead.verify_journal(|_| true).unwrap();
    let needles: [&[u8]; 6] = [
        CANARY.as_bytes(),
        b"Batardi",
        LEAD_PASSPHRASE.as_bytes(),
        b"%PDF",
        b"BEGIN PGP",
        b"SQLite format",
    ];
    // With the database open, its log beside it, and after it is closed.
    scan(team.folder(), &needles);
    drop(lead);
    scan(team.folder(), &needles);
}
