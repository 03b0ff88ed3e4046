//! The journal: every write goes through it, and it can be checked.

use proptest::prelude::*;
use relais_core::api::chronology::NewFact;
use relais_core::api::view::{ContactPart, FactKind, TriagePatch};
use relais_core::api::{Code, Session};
use relais_core::domain::case::{Category, ConsentPurpose, Status};
use relais_core::domain::intake::Person;
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::domain::triage::SeverityAxes;
use relais_core::journal::verify;
use relais_tests::{Team, ransomware_report};
use uuid::Uuid;

fn check(session: &mut Session) -> relais_core::api::view::JournalCheck {
    session.verify_journal(|_| true).unwrap()
}

#[test]
fn the_journal_tells_who_changed_what_from_what_to_what() {
    let team = Team::of_three();
    let mut operator = team.unlock(Role::Operator);
    let case = operator.open_case(ransomware_report(), None, None).unwrap();
    drop(operator);
    team.wait(chrono::Duration::minutes(5));
    let mut analyst = team.unlock(Role::Analyst);
    analyst
        .triage(
            case.id,
            &TriagePatch {
                tlp: Some(Tlp::Red),
                ..TriagePatch::default()
            },
        )
        .unwrap();
    let page = analyst.journal(case.id, 0).unwrap();
    assert_eq!(page.total, 2);
    let last = &page.lines[0];
    assert_eq!(
        (last.author.as_str(), last.at),
        ("Titouan Brélivet", team.now())
    );
    assert_eq!(last.changes.len(), 1);
    assert_eq!(last.changes[0].field, "tlp");
    assert_eq!(last.changes[0].before.as_deref(), Some("\"TLP:AMBER\""));
    assert_eq!(last.changes[0].after.as_deref(), Some("\"TLP:RED\""));
    assert_eq!(page.lines[1].author, "Nolwenn Cassagne");
}

#[test]
fn the_journal_says_what_whoever_reads_it_may_take_back() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let rename = |title: &str| TriagePatch {
        title: Some(title.to_owned()),
        ..TriagePatch::default()
    };
    analyst.triage(case.id, &rename("Premier")).unwrap();
    analyst.triage(case.id, &rename("Second")).unwrap();
    let undoable = |session: &Session| -> Vec<bool> {
        let lines = session.journal(case.id, 0).unwrap().lines;
        lines.iter().map(|line| line.undoable).collect()
    };
    // Newest first: the last title; the one that it overtook; the case itself, which stays.
    assert_eq!(undoable(&analyst), [true, false, false]);
    drop(analyst);
    // An operator takes back only what is theirs.
    let operator = team.unlock(Role::Operator);
    assert_eq!(undoable(&operator), [false, false, false]);
    drop(operator);
    let mut analyst = team.unlock(Role::Analyst);
    let last = analyst.journal(case.id, 0).unwrap().lines[0].entry.clone();
    analyst.undo(&last).unwrap();
    assert_eq!(analyst.case(case.id).unwrap().title, "Premier");
    assert_eq!(undoable(&analyst), [true, false, false, false]);
}

#[test]
fn a_verification_can_be_stopped_at_any_step_and_says_so() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    analyst.open_case(ransomware_report(), None, None).unwrap();
    let mut steps = Vec::new();
    assert!(
        analyst
            .verify_journal(|step| {
                steps.push((step.done, step.total));
                true
            })
            .unwrap()
            .good
    );
    assert!(steps.len() >= 3, "{steps:?}");
    assert!(steps.is_sorted_by_key(|(done, total)| f64::from(*done) / f64::from(*total)));
    for stop in 0..steps.len() {
        let mut told = 0;
        let found = analyst
            .verify_journal(|_| {
                told += 1;
                told <= stop
            })
            .unwrap();
        assert!(
            found.stopped && !found.good && found.faults.is_empty(),
            "step {stop}"
        );
    }
    assert!(check(&mut analyst).good);
}

#[test]
fn what_changes_nothing_leaves_no_entry() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let same = TriagePatch {
        tlp: Some(Tlp::Amber),
        categories: Some(vec![Category::Ransomware]),
        ..TriagePatch::default()
    };
    assert_eq!(analyst.triage(case.id, &same).unwrap().entry, "");
    assert_eq!(analyst.journal(case.id, 0).unwrap().total, 1);
}

#[test]
fn an_edited_row_is_found() {
    for (sql, kind) in [
        (
            "UPDATE entry SET body = replace(body, 'Batard', 'Bâtard') WHERE body LIKE '%Batard%'",
            "body",
        ),
        (
            "UPDATE entry SET author = x'00000000000000000000000000000000' WHERE seq = 1",
            "hash",
        ),
        ("UPDATE entry SET at = at - 3600000 WHERE seq = 1", "hash"),
        (
            "UPDATE entry SET signature = zeroblob(64) WHERE seq = 1",
            "signature",
        ),
        (
            "DELETE FROM touch; DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)",
            "gap",
        ),
    ] {
        let team = Team::of_three();
        let mut analyst = team.unlock(Role::Analyst);
        analyst.open_case(ransomware_report(), None, None).unwrap();
        assert!(check(&mut analyst).good);
        analyst.conn().execute_batch(sql).unwrap();
        let found = check(&mut analyst);
        assert!(!found.good, "{sql}");
        assert!(
            found.faults.iter().any(|fault| fault.kind == kind),
            "{sql}: {:?}",
            found.faults
        );
    }
}

#[test]
fn an_edited_table_is_found_although_the_chains_hold() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    analyst.open_case(ransomware_report(), None, None).unwrap();
    analyst
        .conn()
        .execute("UPDATE case_ SET grade = 0", [])
        .unwrap();
    let found = check(&mut analyst);
    assert!(found.faults.is_empty() && !found.tables_agree && !found.good);
}

#[test]
fn an_erased_body_breaks_no_chain() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let note = analyst.add_note(case.id, "à effacer").unwrap();
    let sql = "UPDATE entry SET body = NULL WHERE lower(hex(hash)) = ?1";
    assert_eq!(analyst.conn().execute(sql, [&note.entry]).unwrap(), 1);
    assert_eq!(check(&mut analyst).faults, []);
    let page = analyst.journal(case.id, 0).unwrap();
    assert!(!page.lines[0].readable);
}

#[test]
fn a_clock_in_the_wrong_year_rejects_nothing_and_is_told() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    team.wait(chrono::Duration::days(4000));
    analyst.add_note(case.id, "demain").unwrap();
    team.wait(chrono::Duration::days(-8000));
    analyst
        .triage(
            case.id,
            &TriagePatch {
                tlp: Some(Tlp::Green),
                ..TriagePatch::default()
            },
        )
        .unwrap();
    assert_eq!(analyst.case(case.id).unwrap().tlp, Tlp::Green);
    assert!(check(&mut analyst).good);
    drop(analyst);
    let analyst = team.unlock(Role::Analyst);
    assert_eq!(analyst.view().unwrap().notices, ["clock_behind"]);
}

#[test]
fn a_change_overtaken_by_another_is_not_undone() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let title = |title: &str| TriagePatch {
        title: Some(title.to_owned()),
        ..TriagePatch::default()
    };
    let first = analyst.triage(case.id, &title("Un")).unwrap();
    let second = analyst.triage(case.id, &title("Deux")).unwrap();
    assert_eq!(
        analyst.undo(&first.entry).unwrap_err().code,
        Code::CannotUndo
    );
    let undone = analyst.undo(&second.entry).unwrap();
    assert_eq!(analyst.case(case.id).unwrap().title, "Un");
    analyst.undo(&undone.entry).unwrap();
    assert_eq!(analyst.case(case.id).unwrap().title, "Deux");
}

#[test]
fn the_device_is_certified_by_the_team_s_key() {
    let team = Team::of_three();
    let lead = team.unlock(Role::Lead);
    let certified = lead.device_certifications().unwrap();
    assert_eq!(certified.len(), 1);
    assert!(certified.values().all(|good| *good));
}

/// Something that somebody does to a case.
#[derive(Clone, Debug)]
enum Deed {
    Title(String),
    Tlp(Tlp),
    Axes(u8, u8, bool),
    Categories(Vec<Category>),
    Tags(Vec<String>),
    Status(Status),
    Note(String),
    Fact(String),
    Contact(String),
    Consent(bool),
    Assign(bool),
    UndoLast,
}

fn deed() -> impl Strategy<Value = Deed> {
    let text = "[a-zé’ ]{1,12}";
    prop_oneof![
        text.prop_map(Deed::Title),
        prop::sample::select(Tlp::ALL.to_vec()).prop_map(Deed::Tlp),
        (0..=3u8, 0..=3u8, any::<bool>()).prop_map(|(f, i, e)| Deed::Axes(f, i, e)),
        prop::sample::subsequence(Category::ALL.to_vec(), 0..4).prop_map(Deed::Categories),
        prop::collection::vec("[a-c]", 0..3).prop_map(Deed::Tags),
        prop::sample::select(Status::ALL.to_vec()).prop_map(Deed::Status),
        text.prop_map(Deed::Note),
        text.prop_map(Deed::Fact),
        text.prop_map(Deed::Contact),
        any::<bool>().prop_map(Deed::Consent),
        any::<bool>().prop_map(Deed::Assign),
        Just(Deed::UndoLast),
    ]
}

fn does(session: &mut Session, case: Uuid, deed: &Deed, last: &mut String) {
    let now = session.now();
    let me = session.person().id;
    let patch = TriagePatch::default();
    let done = match deed.clone() {
        Deed::Title(title) => session.triage(
            case,
            &TriagePatch {
                title: Some(title),
                ..patch
            },
        ),
        Deed::Tlp(tlp) => session.triage(
            case,
            &TriagePatch {
                tlp: Some(tlp),
                ..patch
            },
        ),
        Deed::Axes(f, i, encryption_under_way) => {
            let axes = SeverityAxes {
                functional: Some(f),
                information: Some(i),
                encryption_under_way,
                ..SeverityAxes::default()
            };
            session.triage(
                case,
                &TriagePatch {
                    axes: Some(axes),
                    ..patch
                },
            )
        }
        Deed::Categories(all) => session.triage(
            case,
            &TriagePatch {
                categories: Some(all),
                ..patch
            },
        ),
        Deed::Tags(tags) => session.triage(
            case,
            &TriagePatch {
                tags: Some(tags),
                ..patch
            },
        ),
        Deed::Status(status) => session.set_status(case, status, "raison"),
        Deed::Note(text) => session.add_note(case, &text),
        Deed::Fact(title) => {
            let fact = NewFact {
                at: now,
                estimated: false,
                kind: FactKind::Action,
                title,
                detail: String::new(),
            };
            session.add_fact(case, &fact)
        }
        Deed::Contact(name) => session.set_contact(
            case,
            None,
            ContactPart::Other,
            &Person {
                name,
                ..Person::default()
            },
        ),
        Deed::Consent(given) => {
            session.record_consent(case, ConsentPurpose::Publish, given, "x", now)
        }
        Deed::Assign(to_me) => session.assign(case, to_me.then_some(me)),
        Deed::UndoLast => session.undo(last),
    };
    // A refusal (a blank text, a status out of reach, nothing to undo) is an outcome like any other.
    if let Ok(done) = done
        && !done.entry.is_empty()
    {
        *last = done.entry;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tables_are_what_the_journal_says_whatever_was_done(deeds in prop::collection::vec(deed(), 1..25)) {
        let team = Team::of_three();
        let mut analyst = team.unlock(Role::Analyst);
        let case = analyst.open_case(ransomware_report(), None, None).unwrap().id;
        let mut last = String::new();
        for deed in &deeds {
            team.wait(chrono::Duration::seconds(7));
            does(&mut analyst, case, deed, &mut last);
        }
        let before = verify::fingerprint(analyst.conn()).unwrap();
        verify::rebuild(analyst.conn(), |_, _| true).unwrap();
        let after = verify::fingerprint(analyst.conn()).unwrap();
        prop_assert_eq!(before, after);
        prop_assert!(analyst.verify_journal(|_| true).unwrap().good);
    }
}
