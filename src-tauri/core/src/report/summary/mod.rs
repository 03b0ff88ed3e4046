//! The incident summary: what is known of one case, for one audience.
//!
//! The view comes decided: the API leaves out what the audience may not see, so nothing here hides
//! anything. A section without content does not appear.

mod parties;
mod prose;
mod sections;
mod view;
mod words;

use super::{Document, Lang, Marking, imprint};
use crate::domain::case::{Audience, Category};
use crate::domain::marking::Tlp;
use crate::domain::triage::Grade;
use sections::Summary;
use words::Words;

pub(super) use prose::prose;
pub(super) use sections::tone;

pub use super::imprint::{Authority, Signature, Team};
pub use view::{
    Axis, CategoryLine, ChronologyFact, Consent, Measure, Note, Organisation, Override, Person,
    Severity, SummaryView,
};

/// What a marking allows, in words.
pub(super) const fn marking_meaning(tlp: Tlp, lang: Lang) -> &'static str {
    Words::of(lang).tlp(tlp)
}

/// « G3 grave ».
pub(super) fn short_grade(grade: Grade, lang: Lang) -> String {
    Words::of(lang).short_grade(grade as u8 + 1)
}

/// The kinds of event in words, as a sentence goes on: "rançongiciel, fuite de données"; empty for none.
#[must_use]
pub fn events(categories: &[Category], lang: Lang) -> String {
    let words = Words::of(lang);
    let named = categories
        .iter()
        .map(|one| words.category(*one).to_lowercase());
    named.collect::<Vec<_>>().join(", ")
}

/// The summary as a document.
#[must_use]
pub fn document(view: &SummaryView) -> Document {
    let words = Words::of(view.lang);
    let mut summary = Summary {
        view,
        words,
        imprint: imprint::Words::of(view.lang),
        blocks: Vec::new(),
    };
    summary.title();
    summary.qualification();
    if view.audience == Audience::Beneficiary {
        summary.recommendations();
    }
    // A firm calls first, and reads then.
    let calls_first = view.audience == Audience::Provider;
    if calls_first {
        summary.organisation();
    }
    summary.description();
    summary.severity();
    summary.chronology();
    if !calls_first {
        summary.organisation();
    }
    summary.actions();
    summary.text(words.findings, view.findings.as_deref());
    summary.information_system();
    summary.response();
    if view.audience != Audience::Beneficiary {
        summary.recommendations();
    }
    summary.consents();
    summary.notes();
    summary.contacts();
    summary.authenticity();
    summary.disclaimer();

    let kind = words.kind(view.event_kind, view.audience);
    Document {
        title: format!("{kind} {} – {}", view.reference, view.title),
        running_title: format!("{} · {kind}", view.reference),
        lang: view.lang,
        marking: Marking {
            tlp: view.tlp,
            pap: view.pap,
            restriction: view.restriction.clone(),
        },
        issuer: imprint::issuer(&view.team),
        footer_note: imprint::footer_note(&view.team),
        created: view.prepared_at,
        blocks: summary.blocks,
    }
}

#[cfg(test)]
mod tests;
