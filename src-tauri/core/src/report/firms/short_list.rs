//! The list of firms handed to a beneficiary: whom to call, what to ask, and how the names came to stand there.
//!
//! The beneficiary chooses, and needs three things for it: to know that nobody is preferred, to reach a person, and to
//! be able to have the list checked a year later.

mod words;

use chrono::{DateTime, NaiveDate, Utc};

use super::super::block::{
    Block, Chip, Column, Definition, Entry, Level, Notice, Span, Table, TitleBlock, Tone,
};
use super::super::imprint::{self, Signature, Team, grouped, has_text, joined, reached};
use super::super::summary::{Person, marking_meaning};
use super::super::{Document, Lang, date};
use super::{Frame, Pages, cell, code, definition, fact, paragraph, record, told};
use crate::domain::marking::Tlp;
use crate::domain::provider::{Label, Service};
use words::Text;

/// All that the list says.
#[derive(Clone, Debug)]
pub struct ShortListView {
    /// Language of the document's own words.
    pub lang: Lang,
    /// Reference of the case, `PDL-2026-0042`.
    pub reference: String,
    /// The organisation that the list is for; absent when masked.
    pub organisation: Option<String>,
    /// With whom it may be shared.
    pub tlp: Tlp,
    /// The team.
    pub team: Team,
    /// Who prepared it.
    pub prepared_by: String,
    /// When.
    pub prepared_at: DateTime<Utc>,
    /// The firms as they leave, in their order.
    pub firms: Vec<ProposedFirm>,
    /// What was looked for, a line for each need.
    pub needs: Vec<String>,
    /// How the list came about.
    pub origin: Origin,
    /// On whose word it leaves.
    pub authority: Authority,
    /// The disclaimer, from the team's profile.
    pub disclaimer: String,
}

/// A firm of the list. Empty text is left out.
#[derive(Clone, Debug, Default)]
pub struct ProposedFirm {
    /// Its name.
    pub name: String,
    /// Band of equal fit, from 1, the best.
    pub band: u16,
    /// « Angers (Maine-et-Loire) ».
    pub commune: String,
    /// Kilometres as the crow flies, where both places are known.
    pub km: Option<u32>,
    /// Whom to call; the role is not shown.
    pub contact: Person,
    /// Fingerprint of the contact's OpenPGP key, hexadecimal digits.
    pub fingerprint: Option<String>,
    /// When it answers, in words.
    pub hours: Option<String>,
    /// Hours within which it promises to answer.
    pub reaction_hours: Option<u16>,
    /// Whether it comes to the site.
    pub on_site: bool,
    /// Hours within which it promises to be there.
    pub on_site_hours: Option<u16>,
    /// Its labels that hold on the day.
    pub labels: Vec<Label>,
    /// What it offers.
    pub services: Vec<Service>,
    /// Prices, in the firm's own words.
    pub prices: String,
    /// Languages, ISO 639-1.
    pub languages: Vec<String>,
}

/// What the list was made of: enough to make it again.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Firms that the registry held.
    pub registered: u32,
    /// Those that met every condition.
    pub passing: u32,
    /// Those that some condition left out.
    pub left_out: u32,
    /// The number of the rule, `matching::ALGORITHM` of the day.
    pub algorithm: u16,
    /// The seed of the draw.
    pub seed: u64,
    /// SHA-256 of seed, day, needs, rules and firms, hexadecimal.
    pub inputs: String,
    /// The day of the draw.
    pub on: NaiveDate,
    /// What a person changed.
    pub changes: Vec<Change>,
}

/// A name changed by hand.
#[derive(Clone, Debug)]
pub struct Change {
    /// The firm that left the list.
    pub out: String,
    /// The firm that took its place.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// On whose word a list leaves.
#[derive(Clone, Debug)]
pub enum Authority {
    /// The lead signs this list.
    Lead(Signature),
    /// The lead signed the rule that drew it. A list changed by hand is no list of that rule: it is shown as a draft.
    Delegated {
        /// When the rule was signed.
        signed_on: NaiveDate,
        /// By whom.
        signer: String,
        /// Fingerprint of the signing key's certificate.
        fingerprint: String,
        /// SHA-256 of the signed rule, hexadecimal.
        rules_sha256: String,
    },
    /// Nobody's yet: a draft.
    None,
}

/// The list as a document.
#[must_use]
pub fn document(view: &ShortListView) -> Document {
    let text = Text::of(view.lang);
    let mut list = List {
        view,
        text,
        pages: Pages::new(view.lang),
    };
    list.title();
    list.brief();
    list.firms();
    list.before_signing();
    list.needs();
    list.origin();
    let authenticity = list.authenticity();
    list.pages
        .imprint(&view.team, authenticity, &view.disclaimer);
    let frame = Frame {
        title: format!("{} – {}", text.title, view.reference),
        running_title: format!("{} · {}", view.reference, text.kind),
        lang: view.lang,
        tlp: view.tlp,
        team: &view.team,
        created: view.prepared_at,
    };
    frame.document(list.pages)
}

/// Whether the signed rule does not cover the list any more.
fn outgrows_rule(view: &ShortListView) -> bool {
    matches!(view.authority, Authority::Delegated { .. }) && !view.origin.changes.is_empty()
}

struct List<'a> {
    view: &'a ShortListView,
    text: &'static Text,
    pages: Pages,
}

impl List<'_> {
    fn title(&mut self) {
        let (view, words) = (self.view, self.pages.words);
        let draft = matches!(view.authority, Authority::None) || outgrows_rule(view);
        let chips = draft.then(|| Chip {
            text: words.draft.to_owned(),
            tone: Tone::Significant,
            gauge: None,
        });
        self.pages.blocks.push(Block::Title(TitleBlock {
            kind: self.text.kind.to_owned(),
            title: self.text.title.to_owned(),
            chips: chips.into_iter().collect(),
            marking_meaning: marking_meaning(view.tlp, view.lang).to_owned(),
            facts: vec![
                fact(words.reference, &view.reference),
                fact(words.prepared_at, date::moment(view.prepared_at, view.lang)),
                fact(words.prepared_by, &view.prepared_by),
                fact(
                    self.text.addressee,
                    view.organisation.clone().unwrap_or_default(),
                ),
            ],
        }));
    }

    fn brief(&mut self) {
        let (view, text) = (self.view, self.text);
        if matches!(view.authority, Authority::None) || outgrows_rule(view) {
            let why = if outgrows_rule(view) {
                text.changed_draft
            } else {
                text.draft
            };
            self.pages.blocks.push(Block::Notice(Notice {
                tone: Tone::Significant,
                title: Some(self.pages.words.draft.to_owned()),
                text: vec![vec![Span::plain(why)]],
            }));
        }
        let reach = reached(&view.team.phone, &view.team.mail, "");
        let paragraphs = if view.firms.is_empty() {
            vec![vec![Span::plain(text.nobody)], reach]
        } else {
            let mut tell = vec![Span::plain(text.tell)];
            tell.extend(reach);
            vec![
                vec![Span::plain(self.fit())],
                vec![
                    Span::strong(text.free),
                    Span::plain(format!(" {}", text.disinterest)),
                ],
                tell,
            ]
        };
        self.pages.blocks.push(Block::Notice(Notice {
            tone: Tone::Accent,
            title: Some(text.brief.to_owned()),
            text: paragraphs,
        }));
    }

    /// How well the firms fit and what their order means: only what the bands and the changes allow to be said.
    fn fit(&self) -> String {
        let (view, words) = (self.view, self.pages.words);
        let firms = &view.firms;
        let count = firms.len();
        let one_band = firms.windows(2).all(|pair| pair[0].band == pair[1].band);
        let mut fit = match (count, one_band, view.lang) {
            (1, _, Lang::Fr) => "Une seule entreprise remplit toutes les conditions.".to_owned(),
            (1, _, Lang::En) => "A single firm meets all the conditions.".to_owned(),
            (2, true, Lang::Fr) => {
                "Ces deux entreprises répondent aussi bien l’une que l’autre à votre besoin. Leur \
                                    ordre est tiré au sort : ce n’est pas un classement."
                    .to_owned()
            }
            (_, true, Lang::Fr) => format!(
                "Ces {count} entreprises répondent aussi bien les unes que les autres à votre besoin. Leur ordre est \
                 tiré au sort : ce n’est pas un classement."
            ),
            (_, true, Lang::En) => format!(
                "These {count} firms fit your need equally well. Their order is drawn by lot: it is no ranking."
            ),
            // Better bands come first, and that is an order of merit: to call it none would be untrue.
            (_, false, Lang::Fr) => format!(
                "Ces {count} entreprises sont celles qui répondent le mieux à votre besoin. Les plus adaptées viennent \
                 d’abord ; entre celles qui le sont également, l’ordre est tiré au sort et n’est pas un classement."
            ),
            (_, false, Lang::En) => format!(
                "These {count} firms are those that fit your need best. Those that fit better come first; among those \
                 that fit equally, the order is drawn by lot and is no ranking."
            ),
        };
        if !view.origin.changes.is_empty() {
            fit.push_str(words.pick(
                " Un changement à la main est expliqué plus loin.",
                " A change by hand is explained below.",
            ));
        }
        fit
    }

    fn firms(&mut self) {
        let mut blocks = Vec::new();
        for firm in &self.view.firms {
            let rows = self.firm(firm);
            blocks.push(Block::Heading(Level::Subsection, firm.name.clone()));
            blocks.push(Block::Record(rows));
        }
        self.pages.section(self.text.firms, blocks);
    }

    fn firm(&self, firm: &ProposedFirm) -> Vec<Definition> {
        let (text, words) = (self.text, self.pages.words);
        let contact = &firm.contact;
        let who = joined([
            Span::strong(contact.name.trim()),
            Span::plain(contact.function.trim()),
        ]);
        let call = told([who, reached(&contact.phone, &contact.mail, "")]);
        let labels = firm.labels.iter();
        let labels = labels.map(|label| vec![Span::plain(words.label(label))]);
        let labels = match firm.labels.is_empty() {
            true => vec![vec![Span::soft(text.no_label)]],
            false => labels.collect(),
        };
        let named = |parts: Vec<String>| capitalised(&parts.join(", "));
        let services = firm.services.iter().map(|one| words.service(*one).into());
        let languages = firm.languages.iter().map(|one| words.language(one));
        let fingerprint = firm.fingerprint.as_deref().unwrap_or_default();
        let mut rows = vec![
            Definition {
                key: text.call.to_owned(),
                value: call,
            },
            definition(text.place, self.place(firm)),
            definition(text.delays, self.delays(firm)),
            definition(text.hours, firm.hours.clone().unwrap_or_default()),
            Definition {
                key: text.labels.to_owned(),
                value: labels,
            },
            definition(text.services, named(services.collect())),
            // As the firm publishes them: not a word of ours.
            definition(text.prices, firm.prices.trim()),
            definition(text.languages, named(languages.collect())),
            code(text.key, grouped(fingerprint)),
        ];
        rows.retain(|row| row.value.iter().any(|line| has_text(line)));
        rows
    }

    fn place(&self, firm: &ProposedFirm) -> String {
        let words = self.pages.words;
        let distance = firm.km.map(|km| {
            let km = words.km(km);
            match self.view.lang {
                Lang::Fr => format!("à {km} à vol d’oiseau"),
                Lang::En => format!("{km} away as the crow flies"),
            }
        });
        let commune = Some(firm.commune.trim().to_owned()).filter(|name| !name.is_empty());
        let parts: Vec<String> = [commune, distance].into_iter().flatten().collect();
        capitalised(&parts.join(", "))
    }

    fn delays(&self, firm: &ProposedFirm) -> String {
        let words = self.pages.words;
        let within = |what: &str, hours: u16| {
            let hours = words.count(hours);
            match self.view.lang {
                Lang::Fr => format!("{what} sous {hours}\u{202f}h"),
                Lang::En => format!("{what} within {hours}\u{202f}h"),
            }
        };
        let answer = firm
            .reaction_hours
            .map(|hours| within(words.pick("répond", "answers"), hours));
        let visit = match (firm.on_site, firm.on_site_hours) {
            (false, _) => Some(self.text.remote.to_owned()),
            (true, Some(hours)) => Some(within(words.pick("sur place", "on site"), hours)),
            (true, None) => None,
        };
        let parts: Vec<String> = [answer, visit].into_iter().flatten().collect();
        if parts.is_empty() {
            self.text.no_delay.to_owned()
        } else {
            capitalised(&parts.join(", "))
        }
    }

    fn before_signing(&mut self) {
        if self.view.firms.is_empty() {
            return;
        }
        let questions = self.text.questions.iter();
        let entries =
            questions.map(|(about, asked)| vec![Span::strong(*about), Span::plain(*asked)]);
        let list = Block::List(entries.map(Entry::from).collect());
        self.pages.section(self.text.before_signing, vec![list]);
    }

    fn needs(&mut self) {
        let lines = self.view.needs.iter().map(|need| vec![Span::plain(need)]);
        let lines = told(lines);
        if !lines.is_empty() {
            let list = Block::List(lines.into_iter().map(Entry::from).collect());
            self.pages.section(self.text.needs, vec![list]);
        }
    }

    fn origin(&mut self) {
        let (view, text, words) = (self.view, self.text, self.pages.words);
        let origin = &view.origin;
        let mut blocks = vec![paragraph(self.registry()), paragraph(text.method)];
        blocks.extend(record(vec![
            definition(words.day, date::calendar_day(origin.on, view.lang)),
            definition(
                words.rule,
                words.pick("n°", "no.").to_owned() + &format!("\u{a0}{}", origin.algorithm),
            ),
            code(words.seed, origin.seed.to_string()),
            code(words.inputs, &origin.inputs),
        ]));
        blocks.push(Block::Note(vec![Span::plain(text.again)]));
        if origin.changes.is_empty() {
            blocks.extend((!view.firms.is_empty()).then(|| paragraph(text.no_change)));
        } else {
            let heading = Block::Heading(Level::Subsection, text.changes.to_owned());
            blocks.push(heading);
            let rows = origin
                .changes
                .iter()
                .map(|change| vec![cell(&change.out), cell(&change.by), cell(&change.reason)]);
            blocks.push(Block::Table(Table {
                columns: vec![
                    Column::words(text.out, 1.0),
                    Column::words(text.by, 1.0),
                    Column::words(text.reason, 1.6),
                ],
                rows: rows.collect(),
                total: None,
                full_width: false,
            }));
        }
        self.pages.section(text.origin, blocks);
    }

    fn registry(&self) -> String {
        let words = self.pages.words;
        let origin = &self.view.origin;
        match self.view.lang {
            Lang::Fr => format!(
                "Le registre compte {}. {} toutes les conditions du dossier ; {}.",
                words.counted(origin.registered, "entreprise", "entreprises"),
                match origin.passing {
                    0 => "Aucune ne remplit".to_owned(),
                    1 => "Une seule remplit".to_owned(),
                    passing => format!("{} remplissent", words.count(passing)),
                },
                match origin.left_out {
                    0 => "aucune n’est écartée".to_owned(),
                    1 => "une est écartée".to_owned(),
                    left_out => format!("{} sont écartées", words.count(left_out)),
                },
            ),
            Lang::En => format!(
                "The registry holds {}. {} all the conditions of the case; {}.",
                words.counted(origin.registered, "firm", "firms"),
                match origin.passing {
                    0 => "None meets".to_owned(),
                    1 => "A single one meets".to_owned(),
                    passing => format!("{} meet", words.count(passing)),
                },
                match origin.left_out {
                    0 => "none is left out".to_owned(),
                    1 => "one is left out".to_owned(),
                    left_out => format!("{} are left out", words.count(left_out)),
                },
            ),
        }
    }

    fn authenticity(&self) -> Vec<Definition> {
        let (view, text, pages) = (self.view, self.text, &self.pages);
        match &view.authority {
            Authority::Delegated {
                signed_on,
                signer,
                fingerprint,
                rules_sha256,
            } if !outgrows_rule(view) => {
                let day = date::calendar_day(*signed_on, view.lang);
                let signed = match view.lang {
                    Lang::Fr => format!(
                        "{signer}, responsable de l’équipe, a signé le {day} la règle par laquelle cette liste a \
                         été tirée."
                    ),
                    Lang::En => format!(
                        "{signer}, lead of the team, signed on {day} the rule by which this list was drawn."
                    ),
                };
                vec![
                    Definition {
                        key: text.delegated.to_owned(),
                        value: vec![
                            vec![Span::plain(signed)],
                            vec![Span::plain(text.delegated_rule)],
                        ],
                    },
                    code(text.rules_sha256, rules_sha256),
                    code(pages.imprint.fingerprint, grouped(fingerprint)),
                ]
            }
            Authority::Lead(signature) => {
                imprint::authenticity(Some(signature), &view.team, pages.imprint)
            }
            Authority::Delegated { .. } | Authority::None => pages.signed(None, &view.team),
        }
    }
}

/// Words at the head of a line.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
