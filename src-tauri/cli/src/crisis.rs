//! One event, many beneficiaries: the plan of who helps whom, without a window.

use std::path::PathBuf;

use clap::Subcommand;
use relais_core::api::view::CrisisView;
use relais_core::api::{Result, Session};
use serde_json::json;
use uuid::Uuid;

use crate::arguments::{Arguments, LanguageArgument};
use crate::output::print;
use crate::verbs::open;

/// What to do with the plan of an event.
#[derive(Subcommand)]
pub enum CrisisVerb {
    /// Say which firm would help which case; 1 when a case stays unserved.
    Plan {
        /// "PDL-2026-0042", as many as the event has.
        #[arg(required = true)]
        references: Vec<String>,
    },
    /// Keep the plan of cases: its firms count as referred.
    Keep {
        /// The event, in a few words.
        name: String,
        /// "PDL-2026-0042", as many as the event has.
        #[arg(required = true)]
        references: Vec<String>,
    },
    /// List the plans that are kept, newest first.
    List,
    /// Make a kept plan again from what it was made of; 1 when it comes out otherwise.
    Replay {
        /// Its identifier.
        id: Uuid,
    },
    /// Write a kept plan, and the list of each firm alone, as PDF.
    Pdf {
        /// Its identifier.
        id: Uuid,
        /// Folder to write to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Language of the documents.
        #[arg(long, default_value = "fr")]
        lang: LanguageArgument,
    },
}

/// Does what was asked; false when a case stays unserved, or a plan comes out otherwise.
///
/// # Errors
/// Whatever the use case refuses.
pub fn run(arguments: &Arguments, verb: &CrisisVerb) -> Result<bool> {
    let json = arguments.json;
    let mut session = open(arguments)?;
    match verb {
        CrisisVerb::Plan { references } => {
            let plan = session.plan_crisis(&cases(&session, references)?, &[])?;
            print(json, &plan, whole)?;
            return Ok(plan.assignment.unserved.is_empty());
        }
        CrisisVerb::Keep { name, references } => {
            let cases = cases(&session, references)?;
            let plan = session.keep_crisis(name, &cases, &[])?;
            print(json, &plan, |plan| {
                let id = plan.kept.as_ref().map(|face| face.id.to_string());
                format!("{}\n{}", id.unwrap_or_default(), whole(plan))
            })?;
        }
        CrisisVerb::List => print(json, &session.crises()?, |plans| {
            let lines = plans.iter().map(|one| {
                format!(
                    "{}\t{}\t{}\t{}/{} served",
                    one.id, one.on, one.name, one.served, one.cases
                )
            });
            lines.collect::<Vec<_>>().join("\n")
        })?,
        CrisisVerb::Replay { id } => {
            let is_same = session.replay_crisis(*id)?;
            print(json, &json!({ "same": is_same }), |_| {
                if is_same { "same" } else { "otherwise" }.to_owned()
            })?;
            return Ok(is_same);
        }
        CrisisVerb::Pdf { id, out, lang } => {
            let written = session.export_crisis(*id, (*lang).into(), out)?;
            print(json, &written, |written| written.files.join("\n"))?;
        }
    }
    Ok(true)
}

fn cases(session: &Session, references: &[String]) -> Result<Vec<Uuid>> {
    let cases = references.iter();
    cases.map(|one| session.case_by_reference(one)).collect()
}

/// A line for each case: who helps, or why nobody does.
fn whole(plan: &CrisisView) -> String {
    let case = |id: Uuid| {
        let known = plan.cases.iter().find(|case| case.id == id);
        known.map_or_else(String::new, |case| {
            format!(
                "{:?}\t{}\t{}",
                case.grade, case.reference, case.organisation
            )
        })
    };
    let firm = |id: Uuid| {
        let known = plan.firms.iter().find(|firm| firm.id == id);
        known.map_or_else(|| id.to_string(), |firm| firm.name.clone())
    };
    let served = plan.assignment.assigned.iter().map(|one| {
        let km = one.km.map_or_else(String::new, |km| format!("{km} km"));
        format!("{}\t{}\t{km}", case(one.case), firm(one.firm))
    });
    let unserved = plan.assignment.unserved.iter().map(|one| {
        let why = serde_json::to_string(&one.because).unwrap_or_default();
        format!("{}\t-\t{why}", case(one.case))
    });
    served.chain(unserved).collect::<Vec<_>>().join("\n")
}
