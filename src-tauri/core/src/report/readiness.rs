//! What a programme asks of the team, criterion by criterion: what goes with a candidature.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::block::{
    Align, Block, Cell, Chip, Column, Fact, Level, Notice, Span, Table, TitleBlock, Tone,
};
use super::{Document, Issuer, Lang, Marking};
use crate::domain::marking::Tlp;
use crate::domain::rfc2350::readiness::{Assessed, Evidence, State};
use crate::domain::rfc2350::{self, Pair};
use crate::domain::team::TeamProfile;

/// For whom, of whom and when.
pub struct Sheet<'a> {
    /// Who asks, by name.
    pub programme: &'a str,
    /// In which language.
    pub lang: rfc2350::Lang,
    /// The team.
    pub profile: &'a TeamProfile,
    /// The day that it tells of.
    pub on: NaiveDate,
    /// When it was made, for the metadata.
    pub made_at: DateTime<Utc>,
    /// The lead's remarks, by the name of the criterion.
    pub notes: BTreeMap<String, String>,
}

struct Words {
    kind: &'static str,
    team: &'static str,
    on: &'static str,
    criteria: &'static str,
    criterion: &'static str,
    evidence: &'static str,
    state: &'static str,
    met: &'static str,
    not_met: &'static str,
    to_attach: &'static str,
    to_declare: &'static str,
    remarks: &'static str,
    sources: &'static str,
    read_on: &'static str,
    complete: &'static str,
    open: fn(usize, usize) -> String,
}

const FR: Words = Words {
    kind: "Dossier de candidature",
    team: "Équipe",
    on: "État au",
    criteria: "Critères",
    criterion: "Critère",
    evidence: "Preuve",
    state: "État",
    met: "Rempli",
    not_met: "Non rempli",
    to_attach: "Pièce à joindre",
    to_declare: "À déclarer",
    remarks: "Remarques de l’équipe",
    sources: "Sources des critères",
    read_on: "lu le",
    complete: "Tous les critères sont remplis.",
    open: |met, all| match met {
        0 | 1 => format!("{met} critère rempli sur {all}."),
        _ => format!("{met} critères remplis sur {all}."),
    },
};

const EN: Words = Words {
    kind: "Application file",
    team: "Team",
    on: "As of",
    criteria: "Criteria",
    criterion: "Criterion",
    evidence: "Evidence",
    state: "State",
    met: "Met",
    not_met: "Not met",
    to_attach: "To be attached",
    to_declare: "To be stated",
    remarks: "Remarks of the team",
    sources: "Sources of the criteria",
    read_on: "read on",
    complete: "All criteria are met.",
    open: |met, all| format!("{met} of {all} criteria are met."),
};

/// The pages for the criteria of one programme.
#[must_use]
pub fn document(sheet: &Sheet<'_>, criteria: &[Assessed]) -> Document {
    let (lang, words) = match sheet.lang {
        rfc2350::Lang::Fr => (Lang::Fr, &FR),
        rfc2350::Lang::En => (Lang::En, &EN),
    };
    let programme = sheet.programme;
    let day = |day: NaiveDate| rfc2350::day(day, sheet.lang);
    let met = criteria
        .iter()
        .filter(|view| matches!(view.state, State::Met { .. }))
        .count();
    let complete = met == criteria.len();
    let mut blocks = vec![
        Block::Title(TitleBlock {
            kind: words.kind.to_owned(),
            title: programme.to_owned(),
            chips: vec![Chip {
                text: format!("{met} / {}", criteria.len()),
                tone: if complete {
                    Tone::Minor
                } else {
                    Tone::Significant
                },
                gauge: None,
            }],
            marking_meaning: String::new(),
            facts: vec![
                fact(words.team, &sheet.profile.full_name),
                fact(words.on, &day(sheet.on)),
            ],
        }),
        Block::Notice(Notice {
            tone: if complete {
                Tone::Minor
            } else {
                Tone::Significant
            },
            title: None,
            text: vec![vec![Span::plain(if complete {
                words.complete.to_owned()
            } else {
                (words.open)(met, criteria.len())
            })]],
        }),
        Block::Heading(Level::Section, words.criteria.to_owned()),
        Block::Table(table(criteria, sheet.lang, words)),
    ];
    let remarks: Vec<(&Assessed, &str)> = criteria
        .iter()
        .filter_map(|view| Some((view, sheet.notes.get(&view.criterion.id)?.trim())))
        .filter(|(_, note)| !note.is_empty())
        .collect();
    if !remarks.is_empty() {
        blocks.push(Block::Heading(Level::Section, words.remarks.to_owned()));
        for (view, note) in remarks {
            let asked = view.criterion.asked(sheet.lang).to_owned();
            blocks.push(Block::Heading(Level::Subsection, asked));
            let lines = note.lines().filter(|line| !line.trim().is_empty());
            blocks.extend(lines.map(|line| Block::Paragraph(vec![Span::plain(line)])));
        }
    }
    blocks.push(Block::Heading(Level::Section, words.sources.to_owned()));
    let mut sources: Vec<String> = criteria
        .iter()
        .map(|view| {
            let read = day(view.criterion.checked_on);
            format!("{}, {} {read}", view.criterion.source, words.read_on)
        })
        .collect();
    sources.dedup();
    blocks.extend(
        sources
            .into_iter()
            .map(|source| Block::Paragraph(vec![Span::plain(source)])),
    );
    Document {
        title: format!("{} {programme}", words.kind),
        running_title: format!("{} · {programme}", words.kind),
        lang,
        // For the community that decides, not for the public.
        marking: Marking {
            tlp: Tlp::Green,
            pap: None,
            restriction: None,
        },
        issuer: Issuer {
            name: sheet.profile.full_name.clone(),
            phone: sheet.profile.phone.clone(),
            mail: sheet.profile.mail.clone(),
        },
        footer_note: sheet.profile.mail.clone(),
        created: sheet.made_at,
        blocks,
    }
}

fn fact(name: &str, value: &str) -> Fact {
    Fact {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn table(criteria: &[Assessed], lang: rfc2350::Lang, words: &Words) -> Table {
    let column = |head: &str, share| Column {
        head: head.to_owned(),
        share,
        align: Align::Left,
    };
    let rows = criteria.iter().map(|view| {
        vec![
            cell(view.criterion.asked(lang)),
            cell(&evidence(view, lang)),
            cell(state(view, words)),
        ]
    });
    Table {
        columns: vec![
            column(words.criterion, 2.4),
            column(words.evidence, 2.0),
            column(words.state, 1.0),
        ],
        rows: rows.collect(),
        total: None,
        full_width: false,
    }
}

fn cell(text: &str) -> Cell {
    Cell {
        text: vec![Span::plain(text)],
        gauge: None,
    }
}

/// What shows that a criterion is met, or would show it.
fn evidence(view: &Assessed, lang: rfc2350::Lang) -> String {
    let what = match view.criterion.evidence {
        Evidence::Section { .. } | Evidence::TpeNamed => Pair {
            fr: "Document RFC 2350, section",
            en: "RFC 2350 document, section",
        },
        Evidence::Publication => Pair {
            fr: "Document RFC 2350 signé, version",
            en: "Signed RFC 2350 document, version",
        },
        Evidence::Key => Pair {
            fr: "Clé OpenPGP de l’équipe",
            en: "OpenPGP key of the team",
        },
        Evidence::People { .. } => Pair {
            fr: "Personnes ayant accès au coffre\u{a0}:",
            en: "People with access to the vault:",
        },
        Evidence::Document => Pair {
            fr: "Pièce jointe",
            en: "Attached document",
        },
        Evidence::Declaration => Pair {
            fr: "Déclaration de la personne responsable",
            en: "Statement of the lead",
        },
    };
    match &view.state {
        State::Met { proof } => format!("{} {proof}", what.of(lang)),
        // What would be named is not there yet: « , section », « , version », the colon.
        _ => {
            let what = what.of(lang);
            let what = what.split_once(',').map_or(what, |(before, _)| before);
            what.trim_end_matches([':', '\u{a0}']).to_owned()
        }
    }
}

fn state(view: &Assessed, words: &Words) -> &'static str {
    match view.state {
        State::Met { .. } => words.met,
        State::NotMet => words.not_met,
        State::ToAttach => words.to_attach,
        State::ToDeclare => words.to_declare,
    }
}
