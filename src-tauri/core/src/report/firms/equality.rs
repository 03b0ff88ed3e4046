//! The report on equal treatment: what the draws promised each firm, what came out, and who was left out by what. It is
//! what an auditor asks for, and it says nothing of anybody but firms.

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, Utc};

use super::super::block::{
    Bar, Bars, Block, Cell, Chip, Column, Legend, Notice, Span, Table, TitleBlock, Tone,
};
use super::super::imprint::{Signature, Team};
use super::super::summary::marking_meaning;
use super::super::{Document, Lang, date};
use super::{Frame, Pages, cell, definition, fact, paragraph, record};
use crate::domain::fold::fold;
use crate::domain::marking::Tlp;
use crate::domain::provider::equality::FirmShare;
use crate::domain::provider::matching::Filter;

/// All that the report says.
#[derive(Clone, Debug)]
pub struct EqualityReportView {
    /// Language of the document's own words.
    pub lang: Lang,
    /// With whom it may be shared.
    pub tlp: Tlp,
    /// The team.
    pub team: Team,
    /// Who prepared it.
    pub prepared_by: String,
    /// When.
    pub prepared_at: DateTime<Utc>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Lists made.
    pub lists: u32,
    /// Names drawn.
    pub names: u32,
    /// Lists from which a firm was chosen.
    pub choices: u32,
    /// Names changed by hand, where they are counted.
    pub changes: Option<u32>,
    /// The firms, in any order.
    pub firms: Vec<FirmLine>,
    /// The filters that left somebody out, in their order.
    pub filters: Vec<FilterLine>,
    /// How the reader checks that it is genuine; absent from a draft.
    pub signature: Option<Signature>,
    /// The disclaimer, from the team's profile.
    pub disclaimer: String,
}

/// What came to one firm.
#[derive(Clone, Debug)]
pub struct FirmLine {
    /// Its name.
    pub name: String,
    /// Its figures.
    pub share: FirmShare,
}

/// What a filter did.
#[derive(Clone, Debug)]
pub struct FilterLine {
    /// Which.
    pub filter: Filter,
    /// How often it left somebody out.
    pub times: u32,
    /// Whom and how often, the most often first.
    pub firms: Vec<(String, u32)>,
}

/// Beyond three standard deviations something other than chance is likely, hundredths.
const LIMIT_HUNDREDTHS: u32 = 300;
/// Firms that the chart shows; the table has them all.
const CHART_FIRMS: usize = 14;
/// Firms that the sentence of the conclusion names.
const NAMED_FIRMS: usize = 6;
/// Firms named beside a filter.
const FILTER_FIRMS: usize = 4;

/// The words of one language.
struct Text {
    title: &'static str,
    period: &'static str,
    conclusion: &'static str,
    empty: &'static str,
    undrawn: &'static str,
    equal: &'static str,
    unequal: &'static str,
    figures: &'static str,
    lists: &'static str,
    names: &'static str,
    choices: &'static str,
    changes: &'static str,
    method: &'static str,
    expected_means: &'static str,
    deviation_means: &'static str,
    certain: &'static str,
    shares: &'static str,
    shares_mean: &'static str,
    real: &'static str,
    expected_share: &'static str,
    firms: &'static str,
    passed: &'static str,
    left_out: &'static str,
    drawn: &'static str,
    expected: &'static str,
    share: &'static str,
    deviation: &'static str,
    listed: &'static str,
    chosen: &'static str,
    columns: &'static str,
    filters: &'static str,
    filters_intro: &'static str,
    filter: &'static str,
    times: &'static str,
    whom: &'static str,
}

const FR: Text = Text {
    title: "Rapport d’égalité de traitement des prestataires",
    period: "Période",
    conclusion: "Conclusion",
    empty: "Aucune liste n’a été établie dans cette période : il n’y a rien à comparer, et rien à conclure.",
    undrawn: "Aucun nom n’a été tiré dans cette période : il n’y a rien à comparer, et rien à conclure.",
    equal: "Aucune entreprise ne s’écarte de plus de 3 écarts-types de ce que les tirages lui promettaient : rien n’y \
            indique un traitement inégal.",
    unequal: "Le hasard seul l’explique rarement (moins de trois entreprises sur mille) : la cause est à rechercher \
              dans les tirages de la période.",
    figures: "En chiffres",
    lists: "Listes établies",
    names: "Noms tirés",
    choices: "Choix faits",
    changes: "Noms remplacés",
    method: "Méthode",
    expected_means: "Les noms d’une liste sont tirés au sort entre entreprises qui conviennent également ; celles qui \
                     ont été peu proposées depuis 90 jours ont plus de chances. Le nombre attendu d’une entreprise est \
                     la somme de ses chances dans tous les tirages où elle était : ce qu’elle aurait obtenu en moyenne.",
    deviation_means: "L’écart est la différence entre le nombre réel et le nombre attendu, en écarts-types. Par \
                      hasard, moins de trois entreprises sur mille sortent de l’intervalle de −3 à +3 ; au-delà, une \
                      autre cause est probable.",
    certain: "L’écart est nul là où le sort n’avait rien à décider : toutes les entreprises du palier étaient prises.",
    shares: "Parts réelles et attendues",
    shares_mean: "Parts de tous les noms tirés. L’attendu est ce que le sort promettait : la somme des chances de \
                  l’entreprise dans les tirages où elle était.",
    real: "Part réelle",
    expected_share: "Part attendue",
    firms: "Par entreprise",
    passed: "Passe",
    left_out: "Écartée",
    drawn: "Tirée",
    expected: "Attendu",
    share: "Parts, %",
    deviation: "Écart",
    listed: "Listée",
    chosen: "Choisie",
    columns: "Passe, Écartée : listes dont elle remplit toutes les conditions, listes dont une condition l’écarte. \
              Tirée, Attendu : fois où elle a été tirée, fois où elle devait l’être en moyenne. Parts : part réelle / \
              part attendue des noms tirés. Écart : en écarts-types. Listée : listes remises où elle figurait, après \
              tout changement à la main. Choisie : fois où elle a été choisie.",
    filters: "Motifs d’exclusion",
    filters_intro: "Une condition écarte une entreprise d’une liste. Une entreprise écartée par plusieurs conditions \
                    compte pour chacune.",
    filter: "Condition",
    times: "Fois",
    whom: "Qui, le plus souvent",
};

const EN: Text = Text {
    title: "Report on the equal treatment of providers",
    period: "Period",
    conclusion: "Conclusion",
    empty: "No list was made in this period: there is nothing to compare, and nothing to conclude.",
    undrawn: "No name was drawn in this period: there is nothing to compare, and nothing to conclude.",
    equal: "No firm is more than 3 standard deviations away from what the draws promised it: nothing in them points to \
            unequal treatment.",
    unequal: "Chance alone seldom explains it (fewer than three firms in a thousand): the cause is to be looked for in \
              the draws of the period.",
    figures: "In figures",
    lists: "Lists made",
    names: "Names drawn",
    choices: "Choices made",
    changes: "Names replaced",
    method: "Method",
    expected_means: "The names of a list are drawn by lot among firms that fit equally well; those that were seldom \
                     proposed in the last 90 days have better chances. The expected number of a firm is the sum of its \
                     chances in all the draws that it was in: what it would have had on average.",
    deviation_means: "The deviation is the difference between the real and the expected number, in standard \
                      deviations. By chance, fewer than three firms in a thousand lie outside −3 to +3; beyond, \
                      another cause is likely.",
    certain: "The deviation is nought where chance had nothing to decide: all firms of the band were taken.",
    shares: "Real and expected shares",
    shares_mean: "Shares of all names drawn. What was expected is what chance promised: the sum of the firm’s chances \
                  in the draws that it was in.",
    real: "Real share",
    expected_share: "Expected share",
    firms: "By firm",
    passed: "Passes",
    left_out: "Left out",
    drawn: "Drawn",
    expected: "Expected",
    share: "Shares, %",
    deviation: "Dev.",
    listed: "Listed",
    chosen: "Chosen",
    columns: "Passes, Left out: lists of which it meets all the conditions, lists that a condition leaves it out of. \
              Drawn, Expected: times that it was drawn, times that it should have been on average. Shares: real / \
              expected share of the names drawn. Dev.: in standard deviations. Listed: lists as they left on which it \
              stood, after any change by hand. Chosen: times that it was chosen.",
    filters: "Grounds for exclusion",
    filters_intro: "A condition leaves a firm out of a list. A firm that several conditions leave out counts for each.",
    filter: "Condition",
    times: "Times",
    whom: "Whom most often",
};

/// The report as a document.
#[must_use]
pub fn document(view: &EqualityReportView) -> Document {
    let text = match view.lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    };
    let mut firms: Vec<&FirmLine> = view.firms.iter().collect();
    // By name: an order that prefers nobody and in which everybody is found.
    firms.sort_by_cached_key(|firm| (fold(&firm.name), firm.share.firm));
    let mut report = Report {
        view,
        text,
        firms,
        pages: Pages::new(view.lang),
    };
    report.title();
    report.conclusion();
    report.figures();
    if view.names > 0 {
        report.shares();
    }
    report.table();
    report.filters();
    report.method();
    let authenticity = report.pages.signed(view.signature.as_ref(), &view.team);
    report
        .pages
        .imprint(&view.team, authenticity, &view.disclaimer);
    let period = report.period();
    let frame = Frame {
        title: format!("{} – {period}", text.title),
        running_title: text.title.to_owned(),
        lang: view.lang,
        tlp: view.tlp,
        team: &view.team,
        created: view.prepared_at,
    };
    frame.document(report.pages)
}

/// Whether chance alone seldom explains what came to a firm.
fn stands_out(firm: &FirmLine) -> bool {
    firm.share.deviation_hundredths.unsigned_abs() > LIMIT_HUNDREDTHS
}

struct Report<'a> {
    view: &'a EqualityReportView,
    text: &'static Text,
    /// By name.
    firms: Vec<&'a FirmLine>,
    pages: Pages,
}

impl Report<'_> {
    fn period(&self) -> String {
        let day = |day| date::calendar_day(day, self.view.lang);
        let (from, until) = (day(self.view.from), day(self.view.until));
        match self.view.lang {
            Lang::Fr => format!("Du {from} au {until}"),
            Lang::En => format!("{from} to {until}"),
        }
    }

    fn title(&mut self) {
        let (view, words) = (self.view, self.pages.words);
        let chips = view.signature.is_none().then(|| Chip {
            text: words.draft.to_owned(),
            tone: Tone::Significant,
            gauge: None,
        });
        self.pages.blocks.push(Block::Title(TitleBlock {
            kind: words.registry.to_owned(),
            title: self.text.title.to_owned(),
            chips: chips.into_iter().collect(),
            marking_meaning: marking_meaning(view.tlp, view.lang).to_owned(),
            facts: vec![
                fact(self.text.period, self.period()),
                fact(words.prepared_at, date::moment(view.prepared_at, view.lang)),
                fact(words.prepared_by, &view.prepared_by),
            ],
        }));
    }

    /// The one sentence that the report is read for.
    fn conclusion(&mut self) {
        let (view, text) = (self.view, self.text);
        let out: Vec<&FirmLine> = self.far_from_expected(stands_out);
        let (tone, sentence) = match (view.lists, view.names, out.len()) {
            (0, _, _) => (Tone::Neutral, text.empty.to_owned()),
            (_, 0, _) => (Tone::Neutral, text.undrawn.to_owned()),
            (_, _, 0) => (Tone::Accent, text.equal.to_owned()),
            _ => (Tone::Significant, self.named(&out)),
        };
        self.pages.blocks.push(Block::Notice(Notice {
            tone,
            title: Some(text.conclusion.to_owned()),
            text: vec![vec![Span::plain(sentence)]],
        }));
    }

    /// Firms, those furthest from what was expected first.
    fn far_from_expected(&self, which: impl Fn(&FirmLine) -> bool) -> Vec<&FirmLine> {
        let mut firms: Vec<&FirmLine> = self
            .firms
            .iter()
            .copied()
            .filter(|one| which(one))
            .collect();
        firms.sort_by_key(|firm| Reverse(firm.share.deviation_hundredths.unsigned_abs()));
        firms
    }

    fn named(&self, firms: &[&FirmLine]) -> String {
        let words = self.pages.words;
        let named = firms.iter().take(NAMED_FIRMS).map(|firm| {
            let deviation = words.signed(firm.share.deviation_hundredths);
            format!("{} ({deviation})", firm.name)
        });
        let mut named: Vec<String> = named.collect();
        if firms.len() > NAMED_FIRMS {
            let others = firms.len() - NAMED_FIRMS;
            named.push(self.others(others));
        }
        let named = words.list(&named);
        let count = firms.len();
        let what = match (count, self.view.lang) {
            (1, Lang::Fr) => "Une entreprise s’écarte".to_owned(),
            (_, Lang::Fr) => format!("{count} entreprises s’écartent"),
            (1, Lang::En) => "One firm is".to_owned(),
            (_, Lang::En) => format!("{count} firms are"),
        };
        let rest = self.text.unequal;
        match self.view.lang {
            Lang::Fr => format!(
                "{what} de plus de 3 écarts-types de ce que les tirages promettaient : {named}. {rest}"
            ),
            Lang::En => format!(
                "{what} more than 3 standard deviations away from what the draws promised: {named}. {rest}"
            ),
        }
    }

    fn figures(&mut self) {
        let (view, text, words) = (self.view, self.text, self.pages.words);
        let mut rows = vec![
            definition(text.lists, words.count(view.lists)),
            definition(text.names, words.count(view.names)),
            definition(text.choices, words.count(view.choices)),
        ];
        rows.extend(
            view.changes
                .map(|changes| definition(text.changes, words.count(changes))),
        );
        self.pages.section(text.figures, record(rows));
    }

    fn method(&mut self) {
        let text = self.text;
        let blocks = vec![
            paragraph(text.expected_means),
            paragraph(text.deviation_means),
            paragraph(text.certain),
        ];
        self.pages.section(text.method, blocks);
    }

    fn shares(&mut self) {
        let (text, words) = (self.text, self.pages.words);
        let in_draws = |firm: &FirmLine| firm.share.passed > 0;
        let mut shown = self.far_from_expected(in_draws);
        let all = shown.len();
        shown.truncate(CHART_FIRMS);
        shown.sort_by_cached_key(|firm| (fold(&firm.name), firm.share.firm));
        if shown.is_empty() {
            return;
        }
        let bars: Vec<Bar> = shown.iter().map(|firm| self.bar(firm)).collect();
        let told = bars
            .iter()
            .map(|bar| format!("{} {}", bar.name, bar.written));
        let told: Vec<String> = told.collect();
        let signs = format!("{} / {}", text.real, text.expected_share.to_lowercase());
        let alternative = format!("{}.", words.labelled(&signs, &told.join(", ")));
        let mut blocks = vec![Block::Bars(Bars {
            alternative,
            legend: Some(Legend {
                bar: text.real.to_owned(),
                mark: text.expected_share.to_owned(),
            }),
            bars,
        })];
        let mut note = text.shares_mean.to_owned();
        if shown.len() < all {
            let shown = match self.view.lang {
                Lang::Fr => format!(
                    " Ici, les {CHART_FIRMS} entreprises les plus éloignées de l’attendu, sur {all} ; le \
                     tableau les a toutes."
                ),
                Lang::En => format!(
                    " Here are the {CHART_FIRMS} firms furthest from it, of {all}; the table has them all."
                ),
            };
            note.push_str(&shown);
        }
        blocks.push(Block::Note(vec![Span::plain(note)]));
        self.pages.section(text.shares, blocks);
    }

    fn bar(&self, firm: &FirmLine) -> Bar {
        let (words, share) = (self.pages.words, firm.share);
        Bar {
            name: firm.name.clone(),
            value: f64::from(share.real_share),
            mark: Some(f64::from(share.expected_share)),
            written: self.pair(share.real_share, &words.percent(share.expected_share)),
        }
    }

    /// « 27,1 / 25,0 % ».
    fn pair(&self, real: u32, expected: &str) -> String {
        format!("{} / {expected}", self.pages.words.percent_number(real))
    }

    fn table(&mut self) {
        if self.firms.is_empty() {
            return;
        }
        let (text, words) = (self.text, self.pages.words);
        let rows = self.firms.iter().map(|firm| self.row(firm)).collect();
        let numbers = |head: &str, share| Column::numbers(head, share);
        let columns = vec![
            Column::words(words.firm, 3.3),
            numbers(text.passed, 1.0),
            numbers(text.left_out, 1.2),
            numbers(text.drawn, 1.0),
            numbers(text.expected, 1.25),
            numbers(text.share, 1.7),
            numbers(text.deviation, 1.15),
            numbers(text.listed, 1.0),
            numbers(text.chosen, 1.1),
        ];
        let table = Block::Table(Table {
            columns,
            rows,
            total: None,
            full_width: true,
        });
        let note = Block::Note(vec![Span::plain(text.columns)]);
        let firms = words.counted(
            u32::try_from(self.firms.len()).unwrap_or(u32::MAX),
            words.pick("entreprise", "firm"),
            words.pick("entreprises", "firms"),
        );
        let order = words.pick("par ordre alphabétique", "in alphabetical order");
        let intro = paragraph(format!("{firms}, {order}."));
        self.pages.section(text.firms, vec![intro, table, note]);
    }

    fn row(&self, firm: &FirmLine) -> Vec<Cell> {
        let (words, share) = (self.pages.words, firm.share);
        let count = |number: u32| cell(words.count(number));
        let deviation = words.signed(share.deviation_hundredths);
        let deviation = match stands_out(firm) {
            true => Cell::from(vec![Span::strong(deviation)]),
            false => cell(deviation),
        };
        let shares = self.pair(
            share.real_share,
            &words.percent_number(share.expected_share),
        );
        vec![
            cell(&firm.name),
            count(share.passed),
            count(share.left_out),
            count(share.drawn),
            // Millionths, to the nearest hundredth.
            cell(words.hundredths((share.expected_millionths + 5_000) / 10_000)),
            cell(shares),
            deviation,
            count(share.listed),
            count(share.chosen),
        ]
    }

    fn filters(&mut self) {
        if self.view.filters.is_empty() {
            return;
        }
        let (text, words) = (self.text, self.pages.words);
        let rows = self.view.filters.iter().map(|line| {
            vec![
                cell(words.filter(line.filter)),
                cell(words.count(line.times)),
                cell(self.whom(line)),
            ]
        });
        let table = Block::Table(Table {
            columns: vec![
                Column::words(text.filter, 1.5),
                Column::numbers(text.times, 0.6),
                Column::words(text.whom, 2.6),
            ],
            rows: rows.collect(),
            total: None,
            full_width: false,
        });
        let blocks = vec![paragraph(text.filters_intro), table];
        self.pages.section(text.filters, blocks);
    }

    fn whom(&self, line: &FilterLine) -> String {
        let words = self.pages.words;
        let named = line.firms.iter().take(FILTER_FIRMS);
        let mut named: Vec<String> = named
            .map(|(name, times)| format!("{name} ({})", words.count(*times)))
            .collect();
        match line.firms.len().saturating_sub(FILTER_FIRMS) {
            0 => {}
            others => named.push(self.others(others)),
        }
        words.list(&named)
    }

    fn others(&self, count: usize) -> String {
        match (count, self.view.lang) {
            (1, Lang::Fr) => "une autre".to_owned(),
            (1, Lang::En) => "one other".to_owned(),
            (_, Lang::Fr) => format!("{count} autres"),
            (_, Lang::En) => format!("{count} others"),
        }
    }
}
