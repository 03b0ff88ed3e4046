//! Synthetic documents about firms: each language, each authority, short, long, and hostile.

use chrono::{DateTime, NaiveDate, Utc};
use relais_core::domain::marking::Tlp;
use relais_core::domain::provider::crisis::UnservedReason;
use relais_core::domain::provider::equality::FirmShare;
use relais_core::domain::provider::matching::{Filter, Helper, NobodyLeft};
use relais_core::domain::provider::{Label, LabelKind, PrisActivity, PrisLevel, Service};
use relais_core::domain::triage::Grade;
use relais_core::report::firms::crisis::{AssignedFirm, CrisisView, PlannedCase, UnservedCase};
use relais_core::report::firms::equality::{EqualityReportView, FilterLine, FirmLine};
use relais_core::report::firms::short_list::{
    Authority, Change, Origin, ProposedFirm, ShortListView,
};
use relais_core::report::firms::{crisis, equality, short_list};
use relais_core::report::summary::{self, Person, Signature, Team};
use relais_core::report::{Document, Lang};

use crate::sample::DIGEST;

const KEY: &str = "7C1E04B922D85F60A3C79B14E6D20F8A51B3C94E";
/// A name that no column holds on one line.
const LONG_NAME: &str = "Société coopérative d’intérêt collectif de cybersécurité, d’infogérance et de \
                         reconstruction des systèmes d’information de Saint-Étienne-lès-Forêts";

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().expect("a moment of the sample")
}

fn day(day: &str) -> NaiveDate {
    day.parse().expect("a day of the sample")
}

fn team() -> Team {
    Team {
        name: "CSIRT Pays d’Exemple".into(),
        address: vec!["1, rue de l’Exemple".into(), "44000 Saint-Exemple".into()],
        phone: "02 61 91 00 00".into(),
        mail: "assistance@csirt.example".into(),
        fingerprint: Some(KEY.into()),
    }
}

fn signature(file: &str) -> Signature {
    Signature {
        file: file.into(),
        fingerprint: KEY.into(),
    }
}

const DISCLAIMER: &str = "Le CSIRT conseille et oriente ; il n’est partie à aucun contrat entre le bénéficiaire et une \
                          entreprise, et ne garantit pas le résultat de son intervention.";

fn contact(name: &str, function: &str, phone: &str, mail: &str) -> Person {
    Person {
        role: String::new(),
        name: name.into(),
        function: function.into(),
        phone: phone.into(),
        mail: mail.into(),
    }
}

fn firms() -> Vec<ProposedFirm> {
    let expert = Label {
        expires: Some(day("2027-02-28")),
        ..Label::of(LabelKind::ExpertCyber)
    };
    let pris = Label {
        level: Some(PrisLevel::High),
        activities: vec![PrisActivity::Rec, PrisActivity::Inv, PrisActivity::Pia],
        number: "2025-31".into(),
        expires: Some(day("2028-06-30")),
        ..Label::of(LabelKind::Pris)
    };
    vec![
        ProposedFirm {
            name: "Digue et Rempart".into(),
            band: 1,
            commune: "Saint-Nazaire (Loire-Atlantique)".into(),
            km: Some(103),
            contact: contact(
                "Maëlle Trébarn",
                "astreinte",
                "02 61 91 01 10",
                "alerte@digue-rempart.example",
            ),
            fingerprint: Some("0123456789abcdef0123456789abcdef01234567".into()),
            hours: Some("Tous les jours, jour et nuit".into()),
            reaction_hours: Some(2),
            on_site: true,
            on_site_hours: Some(24),
            labels: vec![expert.clone()],
            services: vec![Service::Containment, Service::Rebuilding],
            prices: "À partir de 1 150 € HT par jour et par personne ; nuits et week-ends + 50 %."
                .into(),
            languages: vec!["fr".into(), "en".into()],
        },
        ProposedFirm {
            name: "Ligérys Réponse".into(),
            band: 1,
            commune: "Angers (Maine-et-Loire)".into(),
            km: Some(76),
            contact: contact(
                "Éloi Kerhuon-Batard",
                "responsable de la réponse",
                "02 61 91 01 20",
                "csirt@ligerys.example",
            ),
            fingerprint: None,
            hours: Some("Du lundi au vendredi, de 8 h à 19 h".into()),
            reaction_hours: Some(1),
            on_site: true,
            on_site_hours: Some(8),
            labels: vec![pris, Label::of(LabelKind::Iso27001)],
            services: Service::ALL.to_vec(),
            prices: "Forfait d’urgence de 48 h : 9 800 € HT.".into(),
            languages: vec!["fr".into()],
        },
        ProposedFirm {
            name: "Bocalys".into(),
            band: 1,
            commune: "La Roche-sur-Yon (Vendée)".into(),
            km: None,
            contact: contact("Standard", "", "02 61 91 01 30", ""),
            hours: None,
            labels: Vec::new(),
            services: vec![Service::Rebuilding],
            ..ProposedFirm::default()
        },
    ]
}

/// A list that the lead signs.
pub fn list(lang: Lang) -> ShortListView {
    ShortListView {
        lang,
        reference: "PDL-2026-0042".into(),
        organisation: Some("Menuiserie Batardière".into()),
        tlp: Tlp::Amber,
        team: team(),
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: at("2026-03-12T08:42:00Z"),
        firms: firms(),
        needs: [
            "Incident : rançongiciel",
            "Prestations : endiguement et investigation, reconstruction",
            "Technologies touchées : Active Directory, virtualisation, sauvegarde",
            "Intervention sur place, sous 24 h",
            "À 150 km au plus, à vol d’oiseau",
            "Label, un au moins : ExpertCyber, PRIS",
        ]
        .map(String::from)
        .into(),
        origin: Origin {
            registered: 31,
            passing: 4,
            left_out: 27,
            algorithm: 1,
            seed: 4_503_599_627_370_495,
            inputs: DIGEST.into(),
            on: day("2026-03-12"),
            changes: Vec::new(),
        },
        authority: Authority::Lead(signature("PDL-2026-0042-prestataires.pdf.asc")),
        disclaimer: DISCLAIMER.into(),
    }
}

fn delegated() -> Authority {
    Authority::Delegated {
        signed_on: day("2026-01-05"),
        signer: "Solène Kermarec".into(),
        fingerprint: KEY.into(),
        rules_sha256: DIGEST.into(),
    }
}

fn change() -> Change {
    Change {
        out: "Ardenvor Sécurité".into(),
        by: "Bocalys".into(),
        reason: "Ardenvor Sécurité a dit par téléphone, le 12 mars à 09 h 30, qu’elle ne pouvait pas venir avant le 20."
            .into(),
    }
}

/// A list by the signed rule.
fn delegated_list(lang: Lang) -> ShortListView {
    ShortListView {
        authority: delegated(),
        ..list(lang)
    }
}

/// Firms of several bands, a change by hand, nobody's signature.
fn changed_list(lang: Lang) -> ShortListView {
    let mut view = list(lang);
    view.firms[2].band = 2;
    view.origin.changes = vec![change()];
    view.authority = Authority::None;
    view
}

/// Five firms that have much to say.
pub fn long_list(lang: Lang) -> ShortListView {
    let mut view = list(lang);
    let mut firm = view.firms[1].clone();
    firm.name = LONG_NAME.into();
    firm.commune = "Saint-Étienne-lès-Forêts-sur-Loire-et-Sarthe (Maine-et-Loire)".into();
    firm.prices = "Le détail des prix dépend de l’heure, du lieu et de la durée. ".repeat(12);
    firm.labels = LabelKind::ALL.map(Label::of).into();
    firm.contact.mail = format!("{}@exemple.example", "astreinte-".repeat(9));
    view.firms = vec![firm; 5];
    view.organisation = Some(LONG_NAME.into());
    view.origin.changes = vec![change(); 5];
    view.needs =
        vec!["Un besoin dit en beaucoup de mots, parce que le cas est compliqué".into(); 14];
    view
}

/// A list for which nobody was found.
fn empty_list(lang: Lang) -> ShortListView {
    let mut view = list(lang);
    view.firms = Vec::new();
    view.origin.passing = 0;
    view.origin.left_out = 31;
    view
}

fn hostile_list() -> ShortListView {
    let nasty = "\u{202e}fdp.exe</rdf:li>\u{0}\u{1b}[0m🦊";
    let mut view = list(Lang::Fr);
    for firm in &mut view.firms {
        firm.name = nasty.into();
        firm.prices = nasty.into();
        firm.contact = contact(nasty, nasty, nasty, nasty);
        firm.hours = Some(nasty.into());
        firm.languages = vec![nasty.into()];
        firm.fingerprint = Some(nasty.into());
    }
    view.reference = nasty.into();
    view.organisation = Some(nasty.into());
    view.needs = vec![nasty.into(), String::new()];
    view.origin.inputs = nasty.into();
    view
}

/// Shares that add up, from drawn and expected numbers.
fn share(place: usize, drawn: u32, expected: f64, deviation: i32, names: u32) -> FirmShare {
    let part = |times: f64| (times / f64::from(names) * 10_000.0).round() as u32;
    FirmShare {
        firm: uuid::Uuid::from_u128(place as u128),
        passed: drawn * 2 + 3,
        left_out: 40 - drawn.min(40),
        drawn,
        expected_millionths: (expected * 1e6) as u64,
        real_share: part(f64::from(drawn)),
        expected_share: part(expected),
        deviation_hundredths: deviation,
        listed: drawn,
        chosen: drawn / 3,
    }
}

/// The report of half a year; `out` puts a firm beyond the limit.
pub fn report(lang: Lang, out: bool) -> EqualityReportView {
    let figures = [
        ("Ardenvor Sécurité", 21, 19.42, 41),
        ("Bocalys", 17, 18.8, -48),
        ("Digue et Rempart", 24, 22.31, 43),
        ("Hélicorne SI", 9, 10.05, -36),
        ("Ligérys Réponse", 19, 20.6, -42),
        ("Octobaie", 12, 11.0, 33),
        ("Écluse numérique", 16, 15.82, 5),
    ];
    let mut firms: Vec<FirmLine> = figures
        .iter()
        .enumerate()
        .map(|(place, (name, drawn, expected, deviation))| FirmLine {
            name: (*name).into(),
            share: share(place, *drawn, *expected, *deviation, 118),
        })
        .collect();
    if out {
        firms[1].share.deviation_hundredths = -344;
        firms[2].share.deviation_hundredths = 301;
    }
    EqualityReportView {
        lang,
        tlp: Tlp::Green,
        team: team(),
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: at("2026-07-02T07:15:00Z"),
        from: day("2026-01-01"),
        until: day("2026-06-30"),
        lists: 42,
        names: 118,
        choices: 33,
        changes: Some(2),
        firms,
        filters: vec![
            FilterLine {
                filter: Filter::Areas,
                times: 61,
                firms: vec![("Hélicorne SI".into(), 31), ("Octobaie".into(), 30)],
            },
            FilterLine {
                filter: Filter::Label,
                times: 58,
                firms: figures
                    .iter()
                    .map(|(name, drawn, ..)| ((*name).into(), *drawn))
                    .collect(),
            },
            FilterLine {
                filter: Filter::Capacity,
                times: 7,
                firms: vec![("Ligérys Réponse".into(), 7)],
            },
        ],
        signature: Some(signature("egalite-2026-1.pdf.asc")),
        disclaimer: DISCLAIMER.into(),
    }
}

/// A registry of a whole country.
pub fn long_report(lang: Lang) -> EqualityReportView {
    let mut view = report(lang, true);
    view.firms = (0..90)
        .map(|place| FirmLine {
            name: format!("Entreprise {place:03} de {LONG_NAME}"),
            share: share(place, 12_345, 12_000.5, -310 + place as i32 * 7, 3_703_500),
        })
        .collect();
    view.filters = Filter::ALL
        .iter()
        .map(|filter| FilterLine {
            filter: *filter,
            times: 123_456,
            firms: (0..40)
                .map(|place| (format!("Entreprise {place}"), 9_999))
                .collect(),
        })
        .collect();
    view
}

fn empty_report(lang: Lang) -> EqualityReportView {
    EqualityReportView {
        lists: 0,
        names: 0,
        choices: 0,
        changes: None,
        firms: Vec::new(),
        filters: Vec::new(),
        signature: None,
        ..report(lang, false)
    }
}

fn case(place: u32, km: Option<u32>, grade: Grade) -> PlannedCase {
    let communes = [
        "Saint-Étienne-du-Bois",
        "Les Herbiers",
        "Châteaubriant",
        "Sablé-sur-Sarthe",
        "Mayenne",
        "Doué-en-Anjou",
        "Clisson",
    ];
    let commune = communes[place as usize % communes.len()];
    PlannedCase {
        reference: format!("PDL-2026-{:04}", 100 + place),
        organisation: format!("Mairie de {commune}"),
        commune: commune.into(),
        km,
        grade,
        settled: place
            .is_multiple_of(7)
            .then(|| "La mairie travaille déjà avec cette entreprise.".into()),
    }
}

/// A hosting firm's fifty town halls.
pub fn plan(lang: Lang, cases: u32) -> CrisisView {
    let names = [
        "Ardenvor Sécurité",
        "Bocalys",
        "Digue et Rempart",
        "Ligérys Réponse",
    ];
    let served = (0..cases).filter(|place| place % 7 != 6);
    let mut firms: Vec<AssignedFirm> = names
        .iter()
        .map(|name| AssignedFirm {
            name: (*name).into(),
            contact: contact("Astreinte", "", "02 61 91 01 10", "alerte@firme.example"),
            cases: Vec::new(),
        })
        .collect();
    for place in served {
        let grade = Grade::ALL[place as usize / 4 * 3 % 4];
        let km = (place % 5 != 4).then_some(12 + place * 3);
        firms[place as usize % names.len()]
            .cases
            .push(case(place, km, grade));
    }
    let unserved = (0..cases).filter(|place| place % 7 == 6).map(|place| {
        let because = if place % 2 == 0 {
            UnservedReason::AllFull { passing: 3 }
        } else {
            UnservedReason::NobodyPasses {
                instead: NobodyLeft {
                    relax: vec![Filter::Distance, Filter::Label],
                    gives: 2,
                    call: vec![Helper::AnssiDelegate, Helper::SeventeenCyber],
                },
            }
        };
        UnservedCase {
            case: case(place, None, Grade::ALL[place as usize % 2]),
            because,
        }
    });
    CrisisView {
        lang,
        event: "Rançongiciel chez l’hébergeur de mairies Nuage d’Exemple".into(),
        on: day("2026-03-12"),
        tlp: Tlp::AmberStrict,
        team: team(),
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: at("2026-03-12T08:42:00Z"),
        firms,
        unserved: unserved.collect(),
        algorithm: 1,
        seed: 77,
        inputs: Some(DIGEST.into()),
        helpers: vec![summary::Authority {
            name: "Délégué de l’ANSSI".into(),
            purpose: "Collectivités territoriales".into(),
            mail: "delegue@anssi.example".into(),
            ..summary::Authority::default()
        }],
        signature: Some(signature("plan-2026-03-12.pdf.asc")),
        disclaimer: DISCLAIMER.into(),
    }
}

/// Every document about firms, with a name for its file.
pub fn every_document() -> Vec<(String, Document)> {
    let mut all = vec![(
        "list-hostile".to_owned(),
        short_list::document(&hostile_list()),
    )];
    for lang in [Lang::Fr, Lang::En] {
        let lists = [
            ("list", list(lang)),
            ("list-delegated", delegated_list(lang)),
            ("list-changed", changed_list(lang)),
            ("list-long", long_list(lang)),
            ("list-empty", empty_list(lang)),
        ];
        let reports = [
            ("equality", report(lang, false)),
            ("equality-out", report(lang, true)),
            ("equality-long", long_report(lang)),
            ("equality-empty", empty_report(lang)),
        ];
        let plans = [
            ("plan", plan(lang, 50)),
            ("plan-long", plan(lang, 200)),
            ("plan-empty", plan(lang, 0)),
        ];
        let named = |name: &str| format!("{name}-{lang:?}");
        all.extend(lists.map(|(name, view)| (named(name), short_list::document(&view))));
        all.extend(reports.map(|(name, view)| (named(name), equality::document(&view))));
        for (name, view) in plans {
            all.push((named(name), crisis::document(&view)));
            let of_firm = crisis::for_firm(&view, 1).expect("the sample has firms");
            all.push((named(&format!("{name}-of-firm")), of_firm));
        }
    }
    all
}
