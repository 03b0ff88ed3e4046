//! The plan of a crisis: which firm helps which case, and which cases nobody helps yet.
//!
//! The whole plan stays with the team. What leaves for a firm is its own list, made from the same view, on which no
//! other firm's case can stand.

mod words;

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, Utc};

use super::super::block::{
    Block, Cell, Chip, Column, Gauge, Level, Notice, Span, Table, TitleBlock, Tone,
};
use super::super::imprint::{self, Authority, Signature, Team, reached};
use super::super::summary::{Person, marking_meaning, short_grade, tone};
use super::super::{Document, Lang, date};
use super::{Frame, Pages, cell, code, definition, fact, paragraph, record};
use crate::domain::marking::Tlp;
use crate::domain::provider::crisis::UnservedReason;
use crate::domain::provider::matching::{Helper, NobodyLeft};
use crate::domain::triage::Grade;
use words::Text;

/// All that the plan says.
#[derive(Clone, Debug)]
pub struct CrisisView {
    /// Language of the document's own words.
    pub lang: Lang,
    /// Name of the event: « Rançongiciel chez l’hébergeur Exemple ».
    pub event: String,
    /// The day of the plan.
    pub on: NaiveDate,
    /// With whom it may be shared.
    pub tlp: Tlp,
    /// The team.
    pub team: Team,
    /// Who prepared it.
    pub prepared_by: String,
    /// When.
    pub prepared_at: DateTime<Utc>,
    /// The firms that have cases, in their order.
    pub firms: Vec<AssignedFirm>,
    /// The cases that no firm has, in any order.
    pub unserved: Vec<UnservedCase>,
    /// The number of the rule, `matching::ALGORITHM` of the day.
    pub algorithm: u16,
    /// The seed of the draw.
    pub seed: u64,
    /// SHA-256 of what the plan was made of, hexadecimal.
    pub inputs: Option<String>,
    /// Whom to call for the cases that no firm has.
    pub helpers: Vec<Authority>,
    /// How the reader checks that it is genuine; absent from a draft.
    pub signature: Option<Signature>,
    /// The disclaimer, from the team's profile.
    pub disclaimer: String,
}

/// A firm and its cases.
#[derive(Clone, Debug, Default)]
pub struct AssignedFirm {
    /// Its name.
    pub name: String,
    /// Whom to call there; the role is not shown.
    pub contact: Person,
    /// Its cases, in any order.
    pub cases: Vec<PlannedCase>,
}

/// A case of the event.
#[derive(Clone, Debug)]
pub struct PlannedCase {
    /// Its reference.
    pub reference: String,
    /// The organisation concerned.
    pub organisation: String,
    /// Where it is.
    pub commune: String,
    /// Kilometres from the firm, as the crow flies, where both places are known.
    pub km: Option<u32>,
    /// How grave it is.
    pub grade: Grade,
    /// Why somebody of the team settled it by hand; none where the plan did. Only the team reads it.
    pub settled: Option<String>,
}

/// A case that no firm has.
#[derive(Clone, Debug)]
pub struct UnservedCase {
    /// The case; its distance is not shown.
    pub case: PlannedCase,
    /// Why.
    pub because: UnservedReason,
}

/// The whole plan, for the team.
#[must_use]
pub fn document(view: &CrisisView) -> Document {
    let mut plan = Plan::new(view);
    plan.title();
    plan.brief();
    plan.overview();
    plan.by_firm();
    plan.unserved();
    plan.origin();
    let text = plan.text;
    plan.finish(
        format!("{} – {}", text.kind, view.event),
        format!("{} · {}", text.kind, view.event),
    )
}

/// One firm's list, for that firm; none where the view holds no firm of that index. Nothing of another firm, of the
/// cases of another, or of how many there are, is in it.
#[must_use]
pub fn for_firm(view: &CrisisView, index: usize) -> Option<Document> {
    let firm = view.firms.get(index)?;
    let mut plan = Plan::new(view);
    plan.title_for(firm);
    plan.brief_for(firm);
    plan.cases_of(firm);
    let text = plan.text;
    Some(plan.finish(
        format!("{} – {} – {}", text.kind, view.event, firm.name),
        format!("{} · {}", text.kind, view.event),
    ))
}

/// As many as there are, or more than anybody counts.
fn size<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The gravest first, then by reference.
fn by_gravity<T>(cases: &[T], of: impl Fn(&T) -> &PlannedCase) -> Vec<&T> {
    let mut cases: Vec<&T> = cases.iter().collect();
    cases.sort_by(|a, b| {
        let key = |case: &T| (Reverse(of(case).grade), of(case).reference.clone());
        key(a).cmp(&key(b))
    });
    cases
}

fn grave(cases: &[PlannedCase]) -> u32 {
    let grave = cases.iter().filter(|case| case.grade >= Grade::G3);
    u32::try_from(grave.count()).unwrap_or(u32::MAX)
}

struct Plan<'a> {
    view: &'a CrisisView,
    text: &'static Text,
    pages: Pages,
}

impl<'a> Plan<'a> {
    fn new(view: &'a CrisisView) -> Self {
        Self {
            view,
            text: Text::of(view.lang),
            pages: Pages::new(view.lang),
        }
    }

    fn finish(mut self, title: String, running_title: String) -> Document {
        let view = self.view;
        let authenticity = self.pages.signed(view.signature.as_ref(), &view.team);
        self.pages
            .imprint(&view.team, authenticity, &view.disclaimer);
        let frame = Frame {
            title,
            running_title,
            lang: view.lang,
            tlp: view.tlp,
            team: &view.team,
            created: view.prepared_at,
        };
        frame.document(self.pages)
    }

    fn head(&mut self, kind: &str, last: (&str, &str), mut chips: Vec<Chip>) {
        let (view, words) = (self.view, self.pages.words);
        if view.signature.is_none() {
            chips.push(chip(words.draft.to_owned(), Tone::Significant));
        }
        self.pages.blocks.push(Block::Title(TitleBlock {
            kind: kind.to_owned(),
            title: view.event.clone(),
            chips,
            marking_meaning: marking_meaning(view.tlp, view.lang).to_owned(),
            facts: vec![
                fact(self.text.day, date::calendar_day(view.on, view.lang)),
                fact(words.prepared_at, date::moment(view.prepared_at, view.lang)),
                fact(words.prepared_by, &view.prepared_by),
                fact(last.0, last.1),
            ],
        }));
    }

    fn served(&self) -> u32 {
        let served = self.view.firms.iter().map(|firm| size(&firm.cases));
        served.fold(0, u32::saturating_add)
    }

    fn title(&mut self) {
        let words = self.pages.words;
        let total = self.served().saturating_add(size(&self.view.unserved));
        let cases = words.counted(total, words.pick("cas", "case"), words.pick("cas", "cases"));
        let chips = vec![chip(cases, Tone::Accent)];
        self.head(self.text.kind, ("", ""), chips);
    }

    fn brief(&mut self) {
        let (text, words) = (self.text, self.pages.words);
        let (served, unserved) = (self.served(), size(&self.view.unserved));
        let firms = self.view.firms.iter().filter(|firm| !firm.cases.is_empty());
        let firms = u32::try_from(firms.count()).unwrap_or(u32::MAX);
        let cases = words.count(served.saturating_add(unserved));
        let by = match self.view.lang {
            Lang::Fr => format!(
                "{cases} cas : {} par {}",
                words.counted(served, "pourvu", "pourvus"),
                words.counted(firms, "entreprise", "entreprises"),
            ),
            Lang::En => format!(
                "{cases} cases: {} served by {}",
                words.count(served),
                words.counted(firms, "firm", "firms"),
            ),
        };
        let (tone, sentence) = match (served, unserved) {
            (0, 0) => (Tone::Neutral, text.none.to_owned()),
            (_, 0) => (Tone::Accent, format!("{by}. {}", text.all_served)),
            _ => {
                let left = words.count(unserved);
                let rest = match self.view.lang {
                    Lang::Fr => format!("{left} sans prestataire, à traiter autrement."),
                    Lang::En => format!("{left} without a provider, to be helped in another way."),
                };
                (Tone::Significant, format!("{by}, {rest}"))
            }
        };
        self.pages.blocks.push(Block::Notice(Notice {
            tone,
            title: None,
            text: vec![vec![Span::plain(sentence)]],
        }));
    }

    fn overview(&mut self) {
        let (view, text, words) = (self.view, self.text, self.pages.words);
        let line = |name: &str, cases: u32, grave: u32| {
            vec![
                cell(name),
                cell(words.count(cases)),
                cell(words.count(grave)),
            ]
        };
        let mut rows: Vec<Vec<Cell>> = view
            .firms
            .iter()
            .map(|firm| line(&firm.name, size(&firm.cases), grave(&firm.cases)))
            .collect();
        let unserved: Vec<PlannedCase> = view.unserved.iter().map(|one| one.case.clone()).collect();
        if !unserved.is_empty() {
            rows.push(line(text.unserved, size(&unserved), grave(&unserved)));
        }
        let all = view.firms.iter().map(|firm| grave(&firm.cases));
        let gravest = all.fold(grave(&unserved), u32::saturating_add);
        let cases = self.served().saturating_add(size(&unserved));
        if cases == 0 {
            return;
        }
        let table = Block::Table(Table {
            columns: vec![
                Column::words(words.firm, 3.0),
                Column::numbers(text.cases, 1.0),
                Column::numbers(text.gravest, 1.2),
            ],
            rows,
            total: Some(line(text.total, cases, gravest)),
            full_width: false,
        });
        self.pages.section(text.overview, vec![table]);
    }

    fn by_firm(&mut self) {
        let mut blocks = Vec::new();
        for firm in self.view.firms.iter().filter(|firm| !firm.cases.is_empty()) {
            blocks.push(Block::Heading(Level::Subsection, firm.name.clone()));
            let contact = self.contact(&firm.contact);
            if !contact.is_empty() {
                blocks.push(Block::Paragraph(contact));
            }
            blocks.push(self.table(&firm.cases, |case| self.settled(case)));
        }
        if !blocks.is_empty() {
            blocks.insert(0, paragraph(self.text.table));
        }
        self.pages.section(self.text.by_firm, blocks);
    }

    fn contact(&self, contact: &Person) -> Vec<Span> {
        let mut line = imprint::joined([
            Span::strong(contact.name.trim()),
            Span::plain(contact.function.trim()),
        ]);
        let reach = reached(&contact.phone, &contact.mail, "");
        if !line.is_empty() && !reach.is_empty() {
            line.push(Span::soft(" · "));
        }
        line.extend(reach);
        line
    }

    /// What somebody settled, for the team.
    fn settled(&self, case: &PlannedCase) -> Option<Span> {
        let reason = case.settled.as_deref()?;
        let words = self.pages.words;
        Some(Span::soft(format!(
            "\n{}{}{reason}",
            words.pick("Décidé à la main", "Settled by hand"),
            words.pick("\u{a0}: ", ": ")
        )))
    }

    fn table(&self, cases: &[PlannedCase], under: impl Fn(&PlannedCase) -> Option<Span>) -> Block {
        let (text, words) = (self.text, self.pages.words);
        let rows = by_gravity(cases, |case| case).into_iter().map(|case| {
            let mut who = vec![Span::plain(&case.organisation)];
            who.extend(under(case));
            let km = case.km.map_or_else(|| "–".to_owned(), |km| words.km(km));
            vec![
                cell(&case.reference),
                Cell::from(who),
                cell(&case.commune),
                cell(km),
                self.grade(case.grade),
            ]
        });
        Block::Table(Table {
            columns: vec![
                Column::words(words.reference, 1.3),
                Column::words(text.organisation, 2.2),
                Column::words(words.commune, 1.6),
                Column::numbers(text.distance, 0.85),
                Column::words(text.severity, 1.9),
            ],
            rows: rows.collect(),
            total: None,
            full_width: true,
        })
    }

    fn grade(&self, grade: Grade) -> Cell {
        let steps = grade as u8 + 1;
        Cell {
            text: vec![Span::plain(short_grade(grade, self.view.lang))],
            gauge: Some(Gauge {
                filled: steps,
                of: 4,
                tone: tone(steps),
            }),
        }
    }

    fn unserved(&mut self) {
        let (view, text, words) = (self.view, self.text, self.pages.words);
        if view.unserved.is_empty() {
            return;
        }
        let rows = by_gravity(&view.unserved, |one| &one.case)
            .into_iter()
            .map(|one| {
                let case = &one.case;
                let mut who = vec![Span::plain(&case.organisation)];
                if !case.commune.trim().is_empty() {
                    who.push(Span::soft(format!("\n{}", case.commune)));
                }
                who.extend(self.settled(case));
                vec![
                    cell(&case.reference),
                    Cell::from(who),
                    self.grade(case.grade),
                    cell(self.why(&one.because)),
                ]
            });
        let table = Block::Table(Table {
            columns: vec![
                Column::words(words.reference, 1.35),
                Column::words(text.organisation, 1.7),
                Column::words(text.severity, 2.0),
                Column::words(text.why, 3.0),
            ],
            rows: rows.collect(),
            total: None,
            full_width: true,
        });
        let mut blocks = vec![paragraph(text.unserved_stay), table];
        let helpers = imprint::contacts(&Team::default(), &view.helpers);
        if !helpers.is_empty() {
            blocks.push(Block::Heading(Level::Subsection, text.call.to_owned()));
            blocks.extend(record(helpers));
        }
        self.pages.section(text.unserved, blocks);
    }

    /// Why a case is not served, and what to do about it.
    fn why(&self, because: &UnservedReason) -> String {
        let words = self.pages.words;
        match (because, self.view.lang) {
            (UnservedReason::AllFull { passing }, Lang::Fr) => format!(
                "{}, sans place libre. Demander une place de plus, ou attendre qu’un cas se termine.",
                match passing {
                    1 => "Une entreprise convient".to_owned(),
                    passing => format!("{} entreprises conviennent", words.count(*passing)),
                }
            ),
            (UnservedReason::AllFull { passing }, Lang::En) => format!(
                "{} no free hand. Ask for one more, or wait until a case ends.",
                match passing {
                    1 => "One firm fits and has".to_owned(),
                    passing => format!("{} firms fit and have", words.count(*passing)),
                }
            ),
            (UnservedReason::NobodyPasses { instead }, _) => self.instead(instead),
            (UnservedReason::HeldBack, _) => words
                .pick(
                    "L’équipe a décidé de n’envoyer personne.",
                    "The team decided to send nobody.",
                )
                .to_owned(),
        }
    }

    fn instead(&self, instead: &NobodyLeft) -> String {
        let words = self.pages.words;
        let filters = instead.relax.iter();
        let filters: Vec<String> = filters
            .map(|filter| words.filter(*filter).to_lowercase())
            .collect();
        let call: Vec<String> = instead
            .call
            .iter()
            .map(|helper| match helper {
                Helper::AnssiDelegate => {
                    words.pick("le délégué de l’ANSSI", "ANSSI’s delegate in the region")
                }
                Helper::SeventeenCyber => "17Cyber (17cyber.gouv.fr)",
            })
            .map(str::to_owned)
            .collect();
        let mut text = words
            .pick("Aucune entreprise ne convient.", "No firm fits.")
            .to_owned();
        if !filters.is_empty() && instead.gives > 0 {
            let conditions = words.list(&filters);
            let gives = words.count(instead.gives);
            let sentence = match (filters.len(), instead.gives, self.view.lang) {
                (1, 1, Lang::Fr) => {
                    format!(" Sans une condition ({conditions}), une seule conviendrait.")
                }
                (1, _, Lang::Fr) => {
                    format!(" Sans une condition ({conditions}), {gives} conviendraient.")
                }
                (many, 1, Lang::Fr) => {
                    format!(" Sans {many} conditions ({conditions}), une seule conviendrait.")
                }
                (many, _, Lang::Fr) => {
                    format!(" Sans {many} conditions ({conditions}), {gives} conviendraient.")
                }
                (1, _, Lang::En) => {
                    format!(" Without one condition ({conditions}), {gives} would fit.")
                }
                (many, _, Lang::En) => {
                    format!(" Without {many} conditions ({conditions}), {gives} would fit.")
                }
            };
            text.push_str(&sentence);
        }
        if !call.is_empty() {
            let call = words.list(&call);
            text.push_str(&match self.view.lang {
                Lang::Fr => format!(" Appeler {call}."),
                Lang::En => format!(" Call {call}."),
            });
        }
        text
    }

    fn origin(&mut self) {
        let (view, text, words) = (self.view, self.text, self.pages.words);
        let rule = format!("{}\u{a0}{}", words.pick("n°", "no."), view.algorithm);
        let mut rows = vec![
            definition(words.rule, rule),
            code(words.seed, view.seed.to_string()),
        ];
        rows.extend(
            view.inputs
                .as_deref()
                .map(|digest| code(words.inputs, digest)),
        );
        let mut blocks = vec![paragraph(text.method)];
        blocks.extend(record(rows));
        blocks.push(Block::Note(vec![Span::plain(text.again)]));
        self.pages.section(text.origin, blocks);
    }

    fn title_for(&mut self, firm: &AssignedFirm) {
        let words = self.pages.words;
        let count = size(&firm.cases);
        let cases = words.counted(count, words.pick("cas", "case"), words.pick("cas", "cases"));
        let chips = vec![chip(cases, Tone::Accent)];
        self.head(self.text.for_firm, (self.text.addressee, &firm.name), chips);
    }

    fn brief_for(&mut self, firm: &AssignedFirm) {
        let (team, text) = (&self.view.team, self.text);
        let mut urgent = vec![Span::plain(text.urgent)];
        urgent.extend(reached(&team.phone, &team.mail, ""));
        let paragraphs = if firm.cases.is_empty() {
            vec![vec![Span::plain(text.no_case)]]
        } else {
            vec![urgent, vec![Span::plain(text.confidential)]]
        };
        self.pages.blocks.push(Block::Notice(Notice {
            tone: Tone::Accent,
            title: None,
            text: paragraphs,
        }));
    }

    fn cases_of(&mut self, firm: &AssignedFirm) {
        if !firm.cases.is_empty() {
            let table = self.table(&firm.cases, |_| None);
            let blocks = vec![paragraph(self.text.table), table];
            self.pages.section(self.text.your_cases, blocks);
        }
    }
}

fn chip(text: String, tone: Tone) -> Chip {
    Chip {
        text,
        tone,
        gauge: None,
    }
}
