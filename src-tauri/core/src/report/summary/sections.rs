//! The sections of a summary, each from its part of the view.

use chrono::{DateTime, Utc};

use super::super::date;
use super::super::imprint::{self, has_text};
use super::super::{
    Align, Block, Cell, Chip, Column, Day, Definition, Entry, Event, Fact, Gauge, Lang, Level,
    Notice, Span, Table, TitleBlock, Tone,
};
use super::prose::{prose, spans};
use super::view::{ChronologyFact, SummaryView};
use super::words::Words;

/// A summary while its sections are written.
pub(super) struct Summary<'a> {
    pub view: &'a SummaryView,
    pub words: &'static Words,
    pub imprint: &'static imprint::Words,
    pub blocks: Vec<Block>,
}

impl Summary<'_> {
    pub(super) fn title(&mut self) {
        let Self { view, words, .. } = *self;
        let mut chips = Vec::new();
        if let Some(severity) = &view.severity {
            let tone = tone(severity.grade);
            let gauge = Gauge {
                filled: severity.grade.min(4),
                of: 4,
                tone,
            };
            chips.push(Chip {
                text: words.grade(severity.grade),
                tone,
                gauge: Some(gauge),
            });
        }
        chips.push(Chip {
            text: words.status(view.status).to_owned(),
            tone: Tone::Accent,
            gauge: None,
        });
        let meaning = match view.pap {
            Some(pap) => format!("{} {}", words.tlp(view.tlp), words.pap(pap)),
            None => words.tlp(view.tlp).to_owned(),
        };
        let fact = |name: &str, value: String| Fact {
            name: name.to_owned(),
            value,
        };
        self.blocks.push(Block::Title(TitleBlock {
            kind: words.kind(view.event_kind, view.audience).to_owned(),
            title: view.title.clone(),
            chips,
            marking_meaning: meaning,
            facts: vec![
                fact(words.reference, view.reference.clone()),
                fact(words.prepared_at, date::moment(view.prepared_at, view.lang)),
                fact(words.prepared_by, view.prepared_by.clone()),
                fact(words.addressee, words.audience(view.audience).to_owned()),
            ],
        }));
    }

    pub(super) fn qualification(&mut self) {
        let Self { view, words, .. } = *self;
        let mut rows = vec![self.plain(
            words.nature,
            words.event(view.event_kind, view.confirmation),
        )];
        let categories: Vec<Vec<Span>> = view
            .categories
            .iter()
            .map(|line| {
                let mut text = vec![Span::plain(words.category(line.category))];
                if let Some(rsit) = &line.rsit {
                    text.push(Span::soft(format!(
                        " (RSIT{}: {rsit})",
                        if view.lang == Lang::Fr { "\u{a0}" } else { "" }
                    )));
                }
                text
            })
            .collect();
        if !categories.is_empty() {
            rows.push(Definition {
                key: words.category.to_owned(),
                value: categories,
            });
        }
        rows.push(self.plain(words.status, words.status(view.status)));
        rows.extend(self.optional(words.perimeter, view.perimeter.as_deref()));
        self.section(words.qualification, vec![Block::Definitions(rows)]);
    }

    pub(super) fn description(&mut self) {
        let mut blocks = self
            .view
            .description
            .as_deref()
            .map(prose)
            .unwrap_or_default();
        let impact = self.view.impact.as_deref().map(prose).unwrap_or_default();
        if !impact.is_empty() {
            blocks.push(Block::Heading(
                Level::Subsection,
                self.words.impact.to_owned(),
            ));
            blocks.extend(impact);
        }
        self.section(self.words.description, blocks);
    }

    pub(super) fn severity(&mut self) {
        let Self { view, words, .. } = *self;
        let Some(severity) = &view.severity else {
            return;
        };
        let tone = tone(severity.grade);
        let cell = |text: String| Cell {
            text: vec![Span::plain(text)],
            gauge: None,
        };
        let rows = severity
            .axes
            .iter()
            .map(|axis| {
                let level = Cell {
                    text: vec![
                        Span::plain(format!("{} · ", axis.level)),
                        Span::plain(&axis.meaning),
                    ],
                    gauge: Some(Gauge {
                        filled: axis.level.min(3),
                        of: 3,
                        tone,
                    }),
                };
                vec![
                    cell(axis.name.clone()),
                    level,
                    cell(format!("× {}", axis.weight)),
                    cell(axis.points.to_string()),
                ]
            })
            .collect();
        let column = |head: &str, share, align| Column {
            head: head.to_owned(),
            share,
            align,
        };
        let table = Table {
            columns: vec![
                column(words.axis, 1.25, Align::Left),
                column(words.level, 2.7, Align::Left),
                column(words.weight, 0.62, Align::Right),
                column(words.points, 0.72, Align::Right),
            ],
            rows,
            total: Some(vec![
                cell(words.total.to_owned()),
                cell(
                    words.grade(
                        severity
                            .overridden
                            .as_ref()
                            .map_or(severity.grade, |by_hand| by_hand.computed),
                    ),
                ),
                cell(String::new()),
                cell(format!("{} / {}", severity.score, severity.out_of)),
            ]),
            full_width: false,
        };
        let mut blocks = vec![Block::Table(table)];
        if !severity.floors.is_empty() {
            let floors = severity
                .floors
                .iter()
                .map(|floor| vec![Span::plain(floor)])
                .collect();
            blocks.push(Block::Notice(Notice {
                tone,
                title: Some(words.floors.to_owned()),
                text: floors,
            }));
        }
        if let Some(by_hand) = &severity.overridden {
            let title = words.overridden(&words.grade(severity.grade), &by_hand.by);
            blocks.push(Block::Notice(Notice {
                tone,
                title: Some(title),
                text: vec![spans(&by_hand.reason)],
            }));
        }
        self.section(words.severity, blocks);
    }

    pub(super) fn chronology(&mut self) {
        let Self { view, words, .. } = *self;
        let mut facts: Vec<&ChronologyFact> = view
            .chronology
            .iter()
            .filter(|fact| !fact.text.trim().is_empty())
            .collect();
        facts.sort_by_key(|fact| fact.at);
        let mut days: Vec<Day> = Vec::new();
        for fact in facts {
            let date = date::day(fact.at, view.lang);
            let event = Event {
                hour: date::hour(fact.at, view.lang),
                remark: fact.estimated.then(|| words.estimated.to_owned()),
                text: spans(&fact.text),
                source: fact
                    .source
                    .as_ref()
                    .map(|source| words.labelled(words.source, source)),
            };
            match days.last_mut() {
                Some(day) if day.date == date => day.facts.push(event),
                _ => days.push(Day {
                    date,
                    facts: vec![event],
                }),
            }
        }
        let blocks = if days.is_empty() {
            Vec::new()
        } else {
            vec![Block::Chronology(days)]
        };
        self.section(words.chronology, blocks);
    }

    pub(super) fn actions(&mut self) {
        let Self { view, words, .. } = *self;
        let mut blocks = view.actions.as_deref().map(prose).unwrap_or_default();
        if !view.measures.is_empty() {
            if !blocks.is_empty() {
                blocks.push(Block::Heading(Level::Subsection, words.measures.to_owned()));
            }
            let moment = |at: Option<DateTime<Utc>>| Cell {
                text: vec![at.map_or_else(
                    || Span::soft("–"),
                    |at| Span::plain(date::moment(at, view.lang)),
                )],
                gauge: None,
            };
            let column = |head: &str, share| Column {
                head: head.to_owned(),
                share,
                align: Align::Left,
            };
            blocks.push(Block::Table(Table {
                columns: vec![
                    column(words.measure, 1.5),
                    column(words.said, 1.0),
                    column(words.done, 1.0),
                ],
                rows: view
                    .measures
                    .iter()
                    .map(|measure| {
                        let text = Cell {
                            text: spans(&measure.text),
                            gauge: None,
                        };
                        vec![text, moment(measure.said_at), moment(measure.done_at)]
                    })
                    .collect(),
                total: None,
                full_width: false,
            }));
        }
        self.section(words.actions, blocks);
    }

    pub(super) fn information_system(&mut self) {
        let Self { view, words, .. } = *self;
        let mut blocks = Vec::new();
        for (title, text) in [
            (words.architecture, &view.architecture),
            (words.defences, &view.defences),
        ] {
            let paragraphs = text.as_deref().map(prose).unwrap_or_default();
            if !paragraphs.is_empty() {
                blocks.push(Block::Heading(Level::Subsection, title.to_owned()));
                blocks.extend(paragraphs);
            }
        }
        self.section(words.information_system, blocks);
    }

    pub(super) fn response(&mut self) {
        let Self { view, words, .. } = *self;
        let rows: Vec<Definition> = [
            (words.provider, &view.provider),
            (words.expected, &view.expected),
        ]
        .into_iter()
        .filter_map(|(key, text)| self.optional(key, text.as_deref()))
        .collect();
        let blocks = if rows.is_empty() {
            Vec::new()
        } else {
            vec![Block::Definitions(rows)]
        };
        self.section(words.response, blocks);
    }

    pub(super) fn recommendations(&mut self) {
        let items: Vec<Vec<Span>> = self
            .view
            .recommendations
            .iter()
            .map(|text| spans(text))
            .filter(|item| has_text(item))
            .collect();
        let blocks = if items.is_empty() {
            Vec::new()
        } else {
            vec![Block::List(items.into_iter().map(Entry::from).collect())]
        };
        self.section(self.words.recommendations, blocks);
    }

    pub(super) fn consents(&mut self) {
        let Self { view, words, .. } = *self;
        let cell = |text: String| Cell {
            text: vec![Span::plain(text)],
            gauge: None,
        };
        let rows: Vec<Vec<Cell>> = view
            .consents
            .iter()
            .map(|consent| {
                let answer = if consent.given {
                    words.given
                } else {
                    words.refused
                };
                let at = consent
                    .at
                    .map(|at| date::moment(at, view.lang))
                    .unwrap_or_default();
                vec![
                    cell(words.purpose(consent.purpose).to_owned()),
                    cell(answer.to_owned()),
                    cell(consent.by.clone()),
                    cell(at),
                ]
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        let column = |head: &str, share| Column {
            head: head.to_owned(),
            share,
            align: Align::Left,
        };
        let columns = vec![
            column(words.sharing, 1.5),
            column(words.answer, 0.8),
            column(words.by, 1.2),
            column(words.at, 1.3),
        ];
        self.section(
            words.consents,
            vec![Block::Table(Table {
                columns,
                rows,
                total: None,
                full_width: false,
            })],
        );
    }

    pub(super) fn notes(&mut self) {
        let Self { view, words, .. } = *self;
        let mut blocks = Vec::new();
        for note in &view.notes {
            let text = prose(&note.text);
            if !text.is_empty() {
                let heading = format!("{} · {}", date::moment(note.at, view.lang), note.author);
                blocks.push(Block::Heading(Level::Subsection, heading));
                blocks.extend(text);
            }
        }
        self.section(words.notes, blocks);
    }

    pub(super) fn text(&mut self, title: &str, text: Option<&str>) {
        self.section(title, text.map(prose).unwrap_or_default());
    }

    pub(super) fn section(&mut self, title: &str, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.blocks
                .push(Block::Heading(Level::Section, title.to_owned()));
            self.blocks.extend(blocks);
        }
    }

    pub(super) fn plain(&self, key: &str, value: impl Into<String>) -> Definition {
        Definition {
            key: key.to_owned(),
            value: vec![vec![Span::plain(value)]],
        }
    }

    pub(super) fn optional(&self, key: &str, value: Option<&str>) -> Option<Definition> {
        let value = value.filter(|text| !text.trim().is_empty())?;
        Some(Definition {
            key: key.to_owned(),
            value: vec![spans(value)],
        })
    }
}

/// The colour of a grade, 1 to 4.
pub(in crate::report) const fn tone(grade: u8) -> Tone {
    match grade {
        0 | 1 => Tone::Minor,
        2 => Tone::Significant,
        3 => Tone::Serious,
        _ => Tone::Critical,
    }
}
