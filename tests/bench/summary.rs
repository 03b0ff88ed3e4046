//! The incident summary as a PDF.

use relais_core::api::Session;
use relais_core::api::view::{CaseView, Language};
use relais_core::domain::case::{Audience, EventKind};
use uuid::Uuid;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;
use crate::samples::Samples;

const SUMMARY_MS: Goal = Goal::AtMost(30.0);
const TURNS: usize = 20;

/// The first one of this process, which reads the fonts, and those after it.
pub fn measure(desk: &Desk, board: &mut Board) -> Outcome {
    let session = desk.unlock()?;
    let case = typical(desk, &session)?;
    let mut first = Samples::default();
    let pdf = first.time(|| session.preview_summary(case, Audience::Internal, Language::Fr))?;
    let mut others = Samples::default();
    for _ in 0..TURNS {
        for audience in [Audience::Beneficiary, Audience::CertFr, Audience::Internal] {
            others.time(|| session.preview_summary(case, audience, Language::Fr))?;
        }
    }
    let against = format!("{} pages, {} KB", pdf.pages, pdf.bytes.len() / 1000);
    board.put(
        "summary PDF, first of the process",
        first.median(),
        "ms",
        SUMMARY_MS,
        &against,
    );
    board.put(
        "summary PDF, median",
        others.median(),
        "ms",
        SUMMARY_MS,
        "three audiences in turn",
    );
    board.put(
        "summary PDF, p95",
        others.p95(),
        "ms",
        SUMMARY_MS,
        "three audiences in turn",
    );
    Ok(())
}

/// The incident in the middle, by the length of what was told and done.
fn typical(desk: &Desk, session: &Session) -> Outcome<Uuid> {
    let mut incidents = Vec::new();
    for id in desk.spread(session, 200)? {
        let case = session.case(id)?;
        if case.kind == EventKind::Incident {
            incidents.push((length(&case)?, id));
        }
    }
    incidents.sort_unstable();
    let middle = incidents.get(incidents.len() / 2);
    Ok(middle.ok_or("the demonstration has no incident")?.1)
}

fn length(case: &CaseView) -> Outcome<usize> {
    let report = serde_json::to_string(&case.report)?.len();
    let course = serde_json::to_string(&case.facts)?.len();
    Ok(report + course + serde_json::to_string(&case.notes)?.len())
}
