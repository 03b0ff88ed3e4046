//! The list of cases, the search, the page of a case, and one edit.

use relais_core::api::Session;
use relais_core::api::chronology::NewFact;
use relais_core::api::view::{CaseQuery, CaseSort, FactKind, TriagePatch};
use relais_core::domain::case::{Category, Status};
use relais_core::domain::triage::Grade;
use uuid::Uuid;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;
use crate::queries;
use crate::samples::Samples;

/// A page of a list.
pub const LIST_MS: Goal = Goal::AtMost(5.0);
/// A search.
pub const SEARCH_MS: Goal = Goal::AtMost(20.0);
const EDIT_MS: Goal = Goal::AtMost(10.0);
/// Cases that give the queries: 60 × 4.
const TELLING: usize = 60;
/// Pages and lists read.
const TURNS: usize = 200;
/// Edits of each of the four kinds.
const EDITS: usize = 50;

/// Reading.
pub fn measure(desk: &Desk, board: &mut Board) -> Outcome {
    let session = desk.unlock()?;
    list(desk, &session, board)?;
    search(desk, &session, board)?;
    let mut counts = Samples::default();
    for _ in 0..20 {
        counts.time(|| session.case_counts())?;
    }
    board.put(
        "counts of the navigation, median",
        counts.median(),
        "ms",
        Goal::None,
        "",
    );
    let mut page = Samples::default();
    for id in desk.spread(&session, TURNS)? {
        page.time(|| session.case(id))?;
    }
    board.put(
        "page of a case, p95",
        page.p95(),
        "ms",
        Goal::None,
        "other cases each time",
    );
    Ok(())
}

fn list(desk: &Desk, session: &Session, board: &mut Board) -> Outcome {
    let against = "FIR 343 ms, IRIS 3437 ms";
    let newest = CaseQuery::default();
    let mut times = Samples::default();
    for _ in 0..TURNS {
        times.time(|| session.cases(&newest))?;
    }
    board.put(
        "list of the newest 50, median",
        times.median(),
        "ms",
        LIST_MS,
        against,
    );
    board.put(
        "list of the newest 50, p95",
        times.p95(),
        "ms",
        LIST_MS,
        against,
    );
    let last = CaseQuery {
        offset: desk.cases - 50,
        ..CaseQuery::default()
    };
    let mut deep = Samples::default();
    for _ in 0..10 {
        deep.time(|| session.cases(&last))?;
    }
    board.put(
        "list of the oldest 50, median",
        deep.median(),
        "ms",
        Goal::None,
        "the last page",
    );
    let mut filtered = Samples::default();
    for filter in filters() {
        for sort in [CaseSort::Newest, CaseSort::Changed, CaseSort::Gravity] {
            let query = CaseQuery {
                sort,
                ..filter.clone()
            };
            filtered.time(|| session.cases(&query))?;
        }
    }
    let against = format!("{} filters and orders", filtered.len());
    board.put(
        "list with a filter, p95",
        filtered.p95(),
        "ms",
        Goal::None,
        &against,
    );
    Ok(())
}

fn search(desk: &Desk, session: &Session, board: &mut Board) -> Outcome {
    let queries = queries::from_cases(session, &desk.spread(session, TELLING)?)?;
    let against = format!("FIR 787 ms, IRIS 3509 ms; {} queries", queries.len());
    let (mut plain, mut filtered) = (Samples::default(), Samples::default());
    let filters = filters();
    // Each is asked once, as people do: nothing of it was read before.
    for text in &queries {
        let query = CaseQuery {
            text: text.clone(),
            ..CaseQuery::default()
        };
        plain.time(|| session.cases(&query))?;
    }
    for (text, filter) in queries.iter().zip(filters.iter().cycle()) {
        let query = CaseQuery {
            text: text.clone(),
            ..filter.clone()
        };
        filtered.time(|| session.cases(&query))?;
    }
    board.put(
        "text search, median",
        plain.median(),
        "ms",
        Goal::None,
        &against,
    );
    board.put("text search, p95", plain.p95(), "ms", SEARCH_MS, &against);
    board.put(
        "text search with a filter, p95",
        filtered.p95(),
        "ms",
        SEARCH_MS,
        &against,
    );
    Ok(())
}

/// The views that the list offers, and one for each filter beside them.
pub fn filters() -> Vec<CaseQuery> {
    let all = CaseQuery::default;
    let open = vec![
        Status::Reported,
        Status::Qualification,
        Status::Coordination,
        Status::Resolution,
    ];
    let now = chrono::Utc::now();
    vec![
        CaseQuery {
            statuses: open.clone(),
            ..all()
        },
        CaseQuery {
            statuses: vec![Status::Reported],
            ..all()
        },
        CaseQuery {
            grades: vec![Grade::G3, Grade::G4],
            statuses: open.clone(),
            ..all()
        },
        CaseQuery {
            grades: vec![Grade::G4],
            ..all()
        },
        CaseQuery {
            categories: vec![Category::Ransomware],
            ..all()
        },
        CaseQuery {
            departments: vec!["53".to_owned()],
            ..all()
        },
        CaseQuery {
            urgent: Some(true),
            ..all()
        },
        CaseQuery {
            quiet_since: Some(now - chrono::Duration::days(5)),
            statuses: open,
            ..all()
        },
        CaseQuery {
            from: Some(now - chrono::Duration::days(365)),
            ..all()
        },
        CaseQuery {
            until: Some(now - chrono::Duration::days(365)),
            ..all()
        },
    ]
}

/// Writing: each edit is journalled, signed, projected, indexed for the search, and on the disk.
pub fn edits(desk: &Desk, board: &mut Board) -> Outcome {
    let mut session = desk.unlock()?;
    let disk = disk(desk)?;
    let cases = desk.spread(&session, EDITS)?;
    let mut times = Samples::default();
    for (turn, id) in cases.iter().enumerate() {
        for kind in 0..4 {
            times.time(|| edit(&mut session, *id, kind, turn))?;
        }
    }
    let against = format!(
        "{} edits; the disk alone: {:.1} ms",
        times.len(),
        disk.median()
    );
    board.put(
        "one edit committed, median",
        times.median(),
        "ms",
        EDIT_MS,
        &against,
    );
    board.put(
        "one edit committed, p95",
        times.p95(),
        "ms",
        EDIT_MS,
        &against,
    );
    Ok(())
}

fn edit(session: &mut Session, case: Uuid, kind: u32, turn: usize) -> Outcome {
    match kind {
        0 => {
            let next_step = Some(format!("Rappeler le prestataire, essai {turn}"));
            let patch = TriagePatch {
                next_step,
                ..TriagePatch::default()
            };
            session.triage(case, &patch)?;
        }
        1 => {
            session.add_note(
                case,
                &format!("Le sous-traitant confirme la reprise, point {turn}."),
            )?;
        }
        2 => {
            let fact = NewFact {
                at: session.now(),
                estimated: false,
                kind: FactKind::Action,
                title: format!("Sauvegarde vérifiée, lot {turn}"),
                detail: String::new(),
            };
            session.add_fact(case, &fact)?;
        }
        _ => {
            let me = session.person().id;
            session.assign(case, Some(me))?;
        }
    }
    Ok(())
}

/// What the disk takes to keep one page for good: no commit can be faster.
fn disk(desk: &Desk) -> Outcome<Samples> {
    use std::io::Write as _;
    let mut file = tempfile::tempfile_in(&desk.folder)?;
    let mut times = Samples::default();
    for _ in 0..EDITS {
        times.time(|| {
            file.write_all(&[0x5a; 4096])?;
            file.sync_data()
        })?;
    }
    Ok(times)
}
