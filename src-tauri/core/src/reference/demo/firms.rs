//! Invented firms that help beneficiaries: a registry in which every filter and every reminder has somebody to speak of.
//!
//! What a firm is good at is drawn; what is wrong with it follows from its number, so that forty of them always hold one
//! of each kind: away, full, tied to a beneficiary, without charter, its label or insurance over, taken out.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::organisations::{NUMBERS, luhn_digit, organisation, siren};
use super::people::person;
use super::{DemoSetting, chance, pick};
use crate::domain::calendar::{OpeningRule, in_paris};
use crate::domain::case::Category;
use crate::domain::fold::fold;
use crate::domain::geo::Place;
use crate::domain::organisation::OrganisationKind;
use crate::domain::provider::{
    Absence, Area, Conflict, Label, LabelKind, PrisActivity, PrisLevel, Provider, Sector, Service,
    Technology,
};
use crate::reference::communes::{Commune, communes};
use crate::reference::places::places;

const BEGINNINGS: &[&str] = &[
    "Alv", "Arm", "Bal", "Boc", "Cal", "Dor", "Ég", "Esc", "Fal", "Gal", "Hal", "Isl", "Kér",
    "Lig", "Mar", "Nav", "Oct", "Orv", "Pal", "Rém", "Sab", "Tal", "Vég", "Vig",
];

const ENDINGS: &[&str] = &[
    "adis", "alys", "aris", "elia", "énor", "éria", "eval", "ibaie", "igée", "ilon", "orane",
    "oria", "osquet", "otris", "ubris",
];

const STREETS: &[&str] = &[
    "rue des Tilleuls",
    "quai des Mariniers",
    "boulevard de l’Étang",
    "impasse du Vieux-Puits",
    "rue de la Corderie",
    "allée des Alisiers",
    "place du Marché-au-Blé",
];

const FUNCTIONS: &[&str] = &[
    "Responsable de la réponse à incident",
    "Astreinte",
    "Gérante",
    "Gérant",
    "Directrice technique",
    "Responsable commercial",
];

const PRICES: &[&str] = &[
    "950\u{a0}€ HT la journée, déplacement compris dans le département.",
    "Forfait de première intervention 1\u{202f}200\u{a0}€ HT, puis 110\u{a0}€ HT l’heure.",
    "1\u{202f}450\u{a0}€ HT la journée, 2\u{202f}100\u{a0}€ HT la nuit et le dimanche.",
    "Sur devis dans l’heure, sans minimum.",
    "130\u{a0}€ HT l’heure, sans engagement.",
    "",
];

/// More firms than this have no names.
const MOST: u32 = 200;
/// Towns of so many people and more have such firms.
const TOWN: u32 = 3_000;
/// The same for a town next to the region.
const TOWN_AROUND: u32 = 10_000;
/// How far around the larger towns of the region, km.
const AROUND_KM: u32 = 120;
/// When an office answers.
const WORKING_DAY: OpeningRule = OpeningRule::WorkingDays {
    from_minute: 8 * 60 + 30,
    until_minute: 18 * 60,
};

/// What a firm lives on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trade {
    /// The response to incidents.
    Response,
    /// Sites on the web, from afar.
    Web,
    /// Audits.
    Audit,
    /// Factories, water, energy.
    Industry,
    /// Computers of the neighbourhood, without a label.
    Local,
}

impl Trade {
    const fn of(number: u32) -> Self {
        match number % 10 {
            2 => Self::Web,
            4 => Self::Audit,
            7 => Self::Industry,
            9 => Self::Local,
            _ => Self::Response,
        }
    }

    const fn tails(self) -> &'static [&'static str] {
        match self {
            Self::Response => &["", "", " Réponse", " Cyberdéfense", " Sécurité"],
            Self::Web => &[" Hébergement", " Web"],
            Self::Audit => &[" Audit", " Conseil"],
            Self::Industry => &[" Automatismes", " Industrie"],
            Self::Local => &[" Informatique", " Dépannage"],
        }
    }

    const fn categories(self) -> &'static [Category] {
        match self {
            Self::Response => &[
                Category::Ransomware,
                Category::AccountCompromise,
                Category::Phishing,
                Category::DataLeak,
                Category::EdgeDevice,
                Category::ExposedVulnerability,
                Category::TransferFraud,
                Category::DenialOfService,
                Category::Defacement,
                Category::Impersonation,
            ],
            Self::Web => &[
                Category::Defacement,
                Category::DenialOfService,
                Category::ExposedVulnerability,
            ],
            Self::Audit => &[
                Category::ExposedVulnerability,
                Category::DataLeak,
                Category::EdgeDevice,
            ],
            Self::Industry => &[
                Category::Ransomware,
                Category::EdgeDevice,
                Category::AccountCompromise,
            ],
            Self::Local => &[
                Category::Phishing,
                Category::AccountCompromise,
                Category::Impersonation,
            ],
        }
    }

    const fn technologies(self) -> &'static [Technology] {
        match self {
            Self::Response => &[
                Technology::ActiveDirectory,
                Technology::Backup,
                Technology::Virtualisation,
                Technology::Windows,
                Technology::NetworkEdge,
                Technology::Mail,
                Technology::CloudSuite,
                Technology::Linux,
                Technology::BusinessApplications,
            ],
            Self::Web => &[Technology::WebHosting, Technology::Linux, Technology::Mail],
            Self::Audit => &[
                Technology::NetworkEdge,
                Technology::ActiveDirectory,
                Technology::CloudSuite,
            ],
            Self::Industry => &[
                Technology::Ot,
                Technology::NetworkEdge,
                Technology::Windows,
                Technology::Backup,
            ],
            Self::Local => &[
                Technology::Windows,
                Technology::CloudSuite,
                Technology::Telephony,
                Technology::Backup,
            ],
        }
    }

    const fn services(self) -> &'static [Service] {
        match self {
            Self::Response => &[
                Service::Containment,
                Service::Rebuilding,
                Service::Audit,
                Service::ForensicReport,
                Service::CrisisCommunication,
            ],
            Self::Audit => &[Service::Audit, Service::ForensicReport],
            Self::Web | Self::Industry | Self::Local => {
                &[Service::Containment, Service::Rebuilding]
            }
        }
    }
}

/// The first firms of a demonstration, [`MOST`] at most: the same setting always gives the same ones, and a larger
/// number the same and more.
#[must_use]
pub fn firms(setting: &DemoSetting, number: u32) -> Vec<Provider> {
    let on = in_paris(setting.now).date_naive();
    let towns = Towns::of(&setting.region);
    let mut names = HashSet::new();
    (0..number.min(MOST))
        .map(|number| {
            let mut rng = ChaCha8Rng::seed_from_u64(setting.seed);
            // Far from the streams of the organisations.
            rng.set_stream(u64::from(number) + (1 << 32));
            firm(&mut rng, setting, &towns, on, number, &mut names)
        })
        .collect()
}

/// Where firms have their offices.
struct Towns {
    inside: Vec<&'static Commune>,
    around: Vec<&'static Commune>,
    /// The largest town of the country outside the region.
    far: Option<&'static Commune>,
}

impl Towns {
    fn of(region: &str) -> Self {
        let people = |one: &Commune| one.population.unwrap_or(0);
        let place = |one: &Commune| places().of(one.code).map(|found| found.place);
        let mut inside = communes().of_region(region);
        let largest = |one: &&'static Commune| (Reverse(people(one)), one.code);
        inside.sort_by_key(largest);
        let centres: Vec<Place> = inside
            .iter()
            .take(10)
            .filter_map(|one| place(one))
            .collect();
        let is_town = |one: &&'static Commune| people(one) >= TOWN;
        let elsewhere = || communes().iter().filter(|one| one.region != region);
        let is_around = |one: &&'static Commune| {
            people(one) >= TOWN_AROUND
                && place(one).is_some_and(|place| {
                    let mut centres = centres.iter();
                    centres.any(|centre| centre.distance_km(place) <= AROUND_KM)
                })
        };
        let mut around: Vec<_> = elsewhere().filter(is_around).collect();
        around.sort_by_key(largest);
        Self {
            around,
            far: elsewhere().max_by_key(|one| people(one)),
            inside: inside.into_iter().filter(is_town).collect(),
        }
    }

    /// A town by the number of the firm: one in five stands next to the region, and two are of the far one.
    fn one<R: Rng + ?Sized>(&self, rng: &mut R, number: u32) -> Option<&'static Commune> {
        // The lists begin with the largest, and such firms gather there: the first of three draws.
        let draw = |rng: &mut R, list: &[&'static Commune]| {
            let drawn = |rng: &mut R| rng.random_range(0..list.len().max(1));
            let first = drawn(rng).min(drawn(rng)).min(drawn(rng));
            list.get(first).copied()
        };
        let near = match number % 5 {
            4 => draw(rng, &self.around),
            _ => None,
        };
        let near = near.or_else(|| draw(rng, &self.inside)).or(self.far);
        if is_national(number) { self.far } else { near }
    }
}

/// Whether a firm works in the whole country: 20 and 33 of the first forty.
const fn is_national(number: u32) -> bool {
    number % 13 == 7 && matches!(Trade::of(number), Trade::Response)
}

fn firm<R: Rng + ?Sized>(
    rng: &mut R,
    setting: &DemoSetting,
    towns: &Towns,
    on: NaiveDate,
    number: u32,
    names: &mut HashSet<String>,
) -> Provider {
    let trade = Trade::of(number);
    let name = name(rng, trade, names);
    let home = towns.one(rng, number);
    let domain = format!("{}.example", fold(&name).replace(' ', "-"));
    // Organisations count from 0 and are at most two for three cases of 100 000: the two never meet.
    let siren = siren(NUMBERS - 1 - number);
    let establishment = format!("{siren}0001");
    let siret = format!("{establishment}{}", luhn_digit(&establishment));
    let on_site = trade != Trade::Web && (trade != Trade::Audit || chance(rng, 50));
    let hours = hours(rng, trade, number);
    let is_always = hours == OpeningRule::Always;
    let mut provider = Provider {
        siren,
        siret,
        address: format!("{} {}", rng.random_range(1..60), pick(rng, STREETS)),
        commune: home.map_or("", |home| home.code).to_owned(),
        contacts: (0..1 + number % 3)
            .map(|_| person(rng, FUNCTIONS, &domain))
            .collect(),
        areas: areas(setting, home, number),
        on_site,
        labels: labels(rng, trade, on, number),
        categories: some(rng, trade.categories(), 2, 85),
        technologies: some(rng, trade.technologies(), 3, 60),
        services: some(rng, trade.services(), 2, 60),
        sectors: sectors(trade, number),
        serves: serves(number),
        hours: Some(hours),
        on_site_within_hours: on_site.then(|| match trade {
            Trade::Response if is_always => rng.random_range(2..10),
            _ => rng.random_range(8..36),
        }),
        reaction_hours: Some(match trade {
            Trade::Response if is_always => rng.random_range(1..3),
            Trade::Response | Trade::Industry => rng.random_range(2..5),
            _ => rng.random_range(4..49),
        }),
        languages: languages(rng),
        prices: pick(rng, PRICES).to_owned(),
        capacity: rng.random_range(1..5),
        insured_until: on.checked_add_days(Days::new(rng.random_range(40..420))),
        charter_signed: on.checked_sub_days(Days::new(rng.random_range(200..900))),
        confirmed_on: on.checked_sub_days(Days::new(rng.random_range(5..300))),
        name,
        ..Provider::default()
    };
    mark(&mut provider, setting, on, number);
    provider
}

/// What there is to say against a firm of this number.
fn mark(provider: &mut Provider, setting: &DemoSetting, on: NaiveDate, number: u32) {
    let ago = |days| on.checked_sub_days(Days::new(days));
    let ahead = |days| on.checked_add_days(Days::new(days));
    let away = |from: Option<NaiveDate>, to: Option<NaiveDate>, reason: &str| {
        let (from, to) = from.zip(to)?;
        let reason = reason.to_owned();
        Some(Absence { from, to, reason })
    };
    let labels_end = |provider: &mut Provider, day| {
        for label in &mut provider.labels {
            label.expires = day;
        }
    };
    match number % 40 {
        1 => provider.absences.extend(away(ago(5), ahead(9), "congés")),
        3 => provider.capacity = 0,
        5 => labels_end(provider, ahead(30)),
        6 => {
            // Those of every third organisation that calls, and of three at most.
            let tied = (0..setting.organisations.min(7)).step_by(3);
            provider.conflicts = tied
                .map(|number| Conflict::Beneficiary {
                    siren: organisation(setting, number).siren,
                    note: "infogérant".to_owned(),
                })
                .collect();
        }
        8 => labels_end(provider, ago(40)),
        10 => provider.insured_until = ago(20),
        11 => provider.charter_signed = None,
        13 => provider.conflicts.push(Conflict::Noted {
            note: "La gérante siège au conseil d’un syndicat mixte de la région.".to_owned(),
        }),
        15 => provider.archived = true,
        16 => provider.confirmed_on = ago(400),
        18 => {
            provider.confirmed_on = None;
            provider.insured_until = None;
        }
        20 => provider
            .absences
            .extend(away(ahead(20), ahead(34), "fermeture annuelle")),
        21 => provider.confirmed_on = ago(520),
        25 => provider.on_site_within_hours = None,
        26 => provider.reaction_hours = None,
        30 => provider.confirmed_on = ago(370),
        35 => provider
            .absences
            .extend(away(ago(90), ago(60), "déménagement")),
        _ => {}
    }
}

/// A name that begins like no other of the demonstration.
fn name<R: Rng + ?Sized>(rng: &mut R, trade: Trade, taken: &mut HashSet<String>) -> String {
    loop {
        let stem = format!("{}{}", pick(rng, BEGINNINGS), pick(rng, ENDINGS));
        if taken.insert(stem.clone()) {
            return format!("{stem}{}", pick(rng, trade.tails()));
        }
    }
}

/// At least the first of a list, and each of the others in so many of a hundred draws.
fn some<T: Copy, R: Rng + ?Sized>(rng: &mut R, list: &[T], first: usize, percent: u32) -> Vec<T> {
    let place = list.iter().enumerate();
    place
        .filter(|(place, _)| *place < first || chance(rng, percent))
        .map(|(_, one)| *one)
        .collect()
}

fn areas(setting: &DemoSetting, home: Option<&Commune>, number: u32) -> Vec<Area> {
    let region = Area::Region {
        code: setting.region.clone(),
    };
    let Some(home) = home else {
        return vec![region];
    };
    let departement = Area::Departement {
        code: home.departement.to_owned(),
    };
    let epci = home.epci.map(|epci| Area::Epci {
        siren: epci.siren.to_owned(),
    });
    let km = |km| Area::Radius { km };
    if is_national(number) {
        return vec![Area::France];
    }
    match (Trade::of(number), number % 5) {
        (Trade::Web, _) => vec![Area::France],
        (Trade::Local, _) => epci.into_iter().chain([km(30)]).collect(),
        (_, 4) => vec![region, departement],
        (_, 3) => vec![departement, km(90)],
        (_, 1) => vec![km(120)],
        _ => vec![region],
    }
}

/// Labels as their rules give them, with invented numbers.
fn labels<R: Rng + ?Sized>(rng: &mut R, trade: Trade, on: NaiveDate, number: u32) -> Vec<Label> {
    let mut label = |kind: LabelKind, days: std::ops::Range<u64>| Label {
        number: format!("DEMO-{:04}", rng.random_range(1..10_000)),
        expires: on.checked_add_days(Days::new(rng.random_range(days))),
        ..Label::of(kind)
    };
    match trade {
        Trade::Response if is_national(number) || number % 10 == 8 => vec![
            Label {
                level: Some(PrisLevel::High),
                activities: vec![
                    PrisActivity::Rec,
                    PrisActivity::Inv,
                    PrisActivity::Pia,
                    PrisActivity::Code,
                ],
                ..label(LabelKind::Pris, 200..1_000)
            },
            label(LabelKind::Passi, 200..1_000),
        ],
        Trade::Response if number % 10 == 5 => vec![Label {
            level: Some(PrisLevel::Substantial),
            activities: vec![PrisActivity::Rec, PrisActivity::Inv],
            ..label(LabelKind::Pris, 100..1_000)
        }],
        Trade::Response | Trade::Industry => vec![label(LabelKind::ExpertCyber, 70..700)],
        Trade::Audit => vec![
            label(LabelKind::Passi, 100..1_000),
            label(LabelKind::Iso27001, 100..1_000),
        ],
        Trade::Web => vec![Label {
            name: "Hébergeur de données de santé".to_owned(),
            ..label(LabelKind::Other, 100..900)
        }],
        Trade::Local => Vec::new(),
    }
}

/// All of them but for those that work for factories and networks, and for one that leaves two out.
fn sectors(trade: Trade, number: u32) -> Vec<Sector> {
    let leaves_out = |one: &Sector| matches!(one, Sector::O | Sector::Q);
    match trade {
        Trade::Industry => vec![Sector::B, Sector::C, Sector::D, Sector::E, Sector::H],
        Trade::Response if number % 20 == 1 => {
            let all = Sector::ALL.iter().copied();
            all.filter(|one| !leaves_out(one)).collect()
        }
        _ => Vec::new(),
    }
}

/// All of them, or public bodies alone, or none of them.
fn serves(number: u32) -> Vec<OrganisationKind> {
    let all = OrganisationKind::ALL.into_iter();
    match number % 9 {
        2 => all.filter(|kind| kind.is_public()).collect(),
        5 => all.filter(|kind| !kind.is_public()).collect(),
        _ => Vec::new(),
    }
}

fn hours<R: Rng + ?Sized>(rng: &mut R, trade: Trade, number: u32) -> OpeningRule {
    match trade {
        Trade::Response if is_national(number) || chance(rng, 45) => OpeningRule::Always,
        Trade::Response if chance(rng, 30) => OpeningRule::ExceptHolidays,
        _ => WORKING_DAY,
    }
}

fn languages<R: Rng + ?Sized>(rng: &mut R) -> Vec<String> {
    let mut languages = vec!["fr".to_owned()];
    for (language, percent) in [("en", 45), ("es", 10), ("de", 8)] {
        if chance(rng, percent) {
            languages.push(language.to_owned());
        }
    }
    languages
}

#[cfg(test)]
mod tests;
