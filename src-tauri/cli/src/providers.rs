//! The registry of firms, and the list of firms for a case, without a window.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use relais_core::api::view::{
    EqualityView, FirmFace, Language, MatchView, ProviderQuery, ProvidersImported, ReplayView,
    ShortlistView,
};
use relais_core::api::{ApiError, Code, Result};
use relais_core::domain::provider::matching::Replay;
use relais_core::table::MAX_BYTES;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::arguments::Arguments;
use crate::output::print;
use crate::verbs::{open, read_up_to};

/// What to do with the registry of firms.
#[derive(Subcommand)]
pub enum ProviderVerb {
    /// List the firms, by name.
    List {
        /// Words of names, communes, départements.
        #[arg(long, default_value = "")]
        query: String,
        /// Those that are no longer proposed, too.
        #[arg(long)]
        archived: bool,
        /// Only those that the team has something to ask: a label that ends, a record to confirm, an insurance.
        #[arg(long)]
        to_ask: bool,
    },
    /// Show a firm.
    Show {
        /// Its identifier.
        id: Uuid,
    },
    /// Take the firms of a table in; the lead only. 1 when a line is left out.
    Import {
        /// CSV: any charset and separator; the header names the columns.
        file: PathBuf,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Say whether firms were treated equally: the share that the draws promised each against the real one.
    Equality {
        /// First day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: chrono::NaiveDate,
        /// Last day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: chrono::NaiveDate,
        /// Folder to write the report to as PDF; signed beside by the lead.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Write the registry as a table.
    Export {
        /// A file that is not there yet.
        #[arg(long, value_name = "FILE.csv")]
        out: PathBuf,
    },
}

/// The list of firms for a case.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct MatchArguments {
    /// Something else than drawing up a list.
    #[command(subcommand)]
    pub verb: Option<MatchVerb>,
    /// "PDL-2026-0042".
    #[arg(required = true)]
    pub reference: Option<String>,
    /// Another seed than that of the case, to see what it changes.
    #[arg(long, conflicts_with = "keep")]
    pub seed: Option<u64>,
    /// Keep the list in the case: its names count as referred.
    #[arg(long)]
    pub keep: bool,
}

/// What to do with a list that was kept.
#[derive(Subcommand)]
pub enum MatchVerb {
    /// Make it again from what it was made of; 1 when it comes out otherwise.
    Replay {
        /// Its identifier.
        id: Uuid,
    },
}

/// Does what was asked of the registry; false when a line of an import is left out.
///
/// # Errors
/// Whatever the use case refuses.
pub fn run(arguments: &Arguments, verb: &ProviderVerb) -> Result<bool> {
    let json = arguments.json;
    let mut session = open(arguments)?;
    match verb {
        ProviderVerb::List {
            query,
            archived,
            to_ask,
        } => {
            let firms = session.providers(&ProviderQuery {
                text: query.clone(),
                archived: *archived,
                to_ask: *to_ask,
            })?;
            print(json, &firms, |firms| lines(firms))?;
        }
        ProviderVerb::Show { id } => {
            let firm = session.provider(*id)?;
            print(json, &firm, |firm| {
                format!("{}\n{}", line(&firm.face), pretty(&firm.provider))
            })?;
        }
        ProviderVerb::Import { file, dry_run } => {
            let told = session.import_providers(&read_up_to(file, MAX_BYTES)?, None, *dry_run)?;
            print(json, &told, summary)?;
            return Ok(told.left_out == 0);
        }
        ProviderVerb::Equality { from, to, out } => {
            if let Some(folder) = out {
                let written = session.export_equality(*from, *to, Language::Fr, folder)?;
                print(json, &written, |written| written.files.join("\n"))?;
                return Ok(true);
            }
            let told = session.provider_equality(*from, *to)?;
            print(json, &told, shares)?;
        }
        ProviderVerb::Export { out } => {
            let table = session.export_providers()?;
            let written = std::fs::File::create_new(out)
                .and_then(|mut file| std::io::Write::write_all(&mut file, &table));
            written
                .map_err(|error| ApiError::new(Code::Io, format!("{}: {error}", out.display())))?;
            print(json, &serde_json::json!({ "file": out }), |_| {
                out.display().to_string()
            })?;
        }
    }
    Ok(true)
}

/// Draws up a list, keeps it or makes it again; false when nobody is on it, or it comes out otherwise.
///
/// # Errors
/// Whatever the use case refuses.
pub fn find(arguments: &Arguments, asked: &MatchArguments) -> Result<bool> {
    let json = arguments.json;
    let mut session = open(arguments)?;
    if let Some(MatchVerb::Replay { id }) = &asked.verb {
        let again = session.replay_shortlist(*id)?;
        print(json, &again, |again: &ReplayView| {
            format!("{}\n{}", name(&again.replay), names(&again.kept.list))
        })?;
        return Ok(again.replay == Replay::Same);
    }
    let case = session.case_by_reference(asked.reference.as_deref().unwrap_or_default())?;
    if asked.keep {
        let kept = session.keep_shortlist(case, None, &[])?;
        print(json, &kept, |kept: &ShortlistView| {
            format!("{}\n{}", kept.id, names(&kept.list))
        })?;
        return Ok(true);
    }
    let list = session.match_case(case, None, asked.seed)?;
    print(json, &list, whole)?;
    Ok(!list.shortlist.is_empty())
}

fn lines(firms: &[FirmFace]) -> String {
    firms.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(firm: &FirmFace) -> String {
    format!(
        "{}\t{}\t{} {}",
        firm.id, firm.name, firm.departement, firm.commune
    )
}

fn names(list: &MatchView) -> String {
    lines(&list.shortlist)
}

/// The names, then every firm with its points or its reasons.
fn whole(list: &MatchView) -> String {
    let ranked = list.ranked.iter().map(|one| {
        let points = f64::from(one.score) / 100.0;
        format!("{points:6.2}\tband {}\t{}", one.band, line(&one.provider))
    });
    let excluded = list
        .excluded
        .iter()
        .map(|one| format!("out\t{}\t{}", line(&one.provider), pretty(&one.reasons)));
    let rest: Vec<String> = ranked.chain(excluded).collect();
    format!("seed {}\n{}\n\n{}", list.seed, names(list), rest.join("\n"))
}

/// A line for each firm: lists that it passed the filters of, names expected and drawn, choices.
fn shares(told: &EqualityView) -> String {
    let name = |id| told.firms.iter().find(|firm| firm.id == id);
    let firms = told.report.firms.iter().map(|share| {
        format!(
            "{}\tpassed {}\texpected {:.2}\tdrawn {}\tlisted {}\tchosen {}",
            name(share.firm).map_or_else(|| share.firm.to_string(), |firm| firm.name.clone()),
            share.passed,
            share.expected_millionths as f64 / 1e6,
            share.drawn,
            share.listed,
            share.chosen
        )
    });
    let firms: Vec<String> = firms.collect();
    format!("{} lists\n{}", told.report.lists, firms.join("\n"))
}

fn summary(told: &ProvidersImported) -> String {
    let problems = told.problems.iter().map(|one| {
        let column = one.column.map(|column| column.title()).unwrap_or_default();
        format!(
            "\nline {}\t{column}\t{}\t{}",
            one.line,
            pretty(&one.trouble),
            one.value
        )
    });
    format!(
        "{}{} lines: {} new, {} changed, {} as they were, {} left out{}",
        if told.dry_run { "trial: " } else { "" },
        told.lines,
        told.new,
        told.changed,
        told.same,
        told.left_out,
        problems.collect::<String>()
    )
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn name(value: &impl Serialize) -> String {
    let name = serde_json::to_value(value).unwrap_or_default();
    name.as_str()
        .map_or_else(|| Value::to_string(&name), str::to_owned)
}
