//! Invented organisations of every kind, each with figures and an activity that go together.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::people::surname;
use super::{DemoOrganisation, DemoSetting, chance, pick, weighted};
use crate::domain::fold::fold;
use crate::domain::organisation::OrganisationKind;
use crate::reference::communes::{Commune, communes};

/// How many SIREN begin with 000 and are told apart by what follows.
pub(super) const NUMBERS: u32 = 100_000;

/// 45 % local authorities and their establishments, as the regional teams report.
const KINDS: &[(OrganisationKind, u32)] = &[
    (OrganisationKind::Commune, 220),
    (OrganisationKind::Epci, 64),
    (OrganisationKind::Syndicat, 38),
    (OrganisationKind::Eple, 36),
    (OrganisationKind::Ccas, 28),
    (OrganisationKind::OfficeHlm, 18),
    (OrganisationKind::OtherPublic, 18),
    (OrganisationKind::Gip, 12),
    (OrganisationKind::Sdis, 9),
    (OrganisationKind::Departement, 7),
    (OrganisationKind::Micro, 140),
    (OrganisationKind::Pme, 235),
    (OrganisationKind::Eti, 65),
    (OrganisationKind::Ge, 12),
    (OrganisationKind::Association, 90),
    (OrganisationKind::Other, 8),
];

const PLACE_BEGINNINGS: &[&str] = &[
    "Aub", "Beau", "Bois", "Bré", "Champ", "Cler", "Clos", "Fon", "Gué", "Haut", "Lan", "Mar",
    "Mess", "Mont", "Pont", "Roch", "Tré", "Val", "Vau", "Ville",
];

const PLACE_ENDINGS: &[&str] = &[
    "berlin",
    "bray",
    "court",
    "deuil",
    "gonnière",
    "gravier",
    "lande",
    "lorge",
    "mesnil",
    "nerie",
    "pierre",
    "quillé",
    "ray",
    "rigny",
    "sauge",
    "tillac",
    "tival",
    "verdet",
    "vière",
    "zannes",
];

const PLACE_TAILS: &[&str] = &[
    "",
    "",
    "",
    "-sur-Orvelle",
    "-sur-Tesmes",
    "-en-Brière",
    "-les-Landes",
    "-sous-Vègre",
    "-la-Forêt",
    "-en-Plaisance",
    "-du-Bocage",
    "-les-Eaux",
    "-sur-Rézan",
];

/// A place that is on no map: a name that a real commune bears is drawn again.
fn place<R: Rng + ?Sized>(rng: &mut R) -> String {
    loop {
        let saint = if chance(rng, 15) { "Saint-" } else { "" };
        let name = format!(
            "{saint}{}{}{}",
            pick(rng, PLACE_BEGINNINGS),
            pick(rng, PLACE_ENDINGS),
            pick(rng, PLACE_TAILS)
        );
        let folded = fold(&name);
        let real = communes()
            .search(&name, None, 1)
            .iter()
            .any(|found| fold(found.commune.name) == folded);
        if !real {
            return name;
        }
    }
}

/// « de » before a consonant, « d’ » before a vowel.
fn of(name: &str) -> String {
    let vowel = fold(name).starts_with(['a', 'e', 'i', 'o', 'u', 'y']);
    format!("{}{name}", if vowel { "d’" } else { "de " })
}

/// Trades of firms: what stands before the name, and the NAF code.
const TRADES: &[(&str, &str)] = &[
    ("Ateliers", "25.62B"),
    ("Biscuiterie", "10.72Z"),
    ("Boulangerie", "10.71C"),
    ("Charpentes", "43.91A"),
    ("Chaudronnerie", "25.11Z"),
    ("Clinique vétérinaire", "75.00Z"),
    ("Conserverie", "10.20Z"),
    ("Cabinet comptable", "69.20Z"),
    ("Étude notariale", "69.10Z"),
    ("Garage", "45.20A"),
    ("Imprimerie", "18.12Z"),
    ("Jardinerie", "47.76Z"),
    ("Laboratoire", "86.90B"),
    ("Laiterie", "10.51A"),
    ("Maçonnerie", "43.99C"),
    ("Menuiserie", "43.32A"),
    ("Négoce", "46.71Z"),
    ("Pépinières", "01.30Z"),
    ("Pharmacie", "47.73Z"),
    ("Plasturgie", "22.29A"),
    ("Salaisons", "10.13A"),
    ("Transports", "49.41A"),
    ("Voiles et gréements", "13.92Z"),
    ("Chantier naval", "30.12Z"),
    ("Viticulteurs", "01.21Z"),
    ("Hôtel", "55.10Z"),
    ("Agence immobilière", "68.31Z"),
    ("Électricité", "43.21A"),
    ("Logistique", "52.10B"),
    ("Édition de logiciels", "58.29C"),
];

const ASSOCIATIONS: &[(&str, &str)] = &[
    ("Association d’aide à domicile", "88.10A"),
    ("Fédération sportive", "93.12Z"),
    ("Foyer de jeunes travailleurs", "55.90Z"),
    ("Maison d’accueil", "87.30B"),
    ("Mission d’insertion", "88.99B"),
    ("Union des familles", "94.99Z"),
    ("Centre de formation", "85.59A"),
    ("Ludothèque et médiathèque", "91.01Z"),
];

fn named<R: Rng + ?Sized>(rng: &mut R, kind: OrganisationKind) -> (String, &'static str) {
    let trade = |rng: &mut R, list: &'static [(&'static str, &'static str)]| {
        list[rng.random_range(0..list.len())]
    };
    match kind {
        OrganisationKind::Commune => (format!("Commune {}", of(&place(rng))), "84.11Z"),
        OrganisationKind::Epci => {
            let form = pick(
                rng,
                &["Communauté de communes", "Communauté d’agglomération"],
            );
            (format!("{form} {}", of(&place(rng))), "84.11Z")
        }
        OrganisationKind::Departement => (
            format!("Conseil départemental {}", of(&place(rng))),
            "84.11Z",
        ),
        OrganisationKind::Region => (format!("Conseil régional {}", of(&place(rng))), "84.11Z"),
        OrganisationKind::Syndicat => {
            let (form, naf) = trade(
                rng,
                &[
                    ("Syndicat des eaux", "36.00Z"),
                    ("Syndicat de traitement des déchets", "38.21Z"),
                    ("Syndicat d’énergie", "35.13Z"),
                    ("Syndicat scolaire", "84.11Z"),
                ],
            );
            (format!("{form} {}", of(&place(rng))), naf)
        }
        OrganisationKind::Ccas => (format!("CCAS {}", of(&place(rng))), "88.99B"),
        OrganisationKind::Sdis => (
            format!("Service d’incendie et de secours {}", of(&place(rng))),
            "84.25Z",
        ),
        OrganisationKind::Eple => {
            let form = pick(rng, &["Collège", "Lycée"]);
            (format!("{form} {}", surname(rng)), "85.31Z")
        }
        OrganisationKind::OfficeHlm => (format!("{} Habitat", place(rng)), "68.20A"),
        OrganisationKind::Gip => (format!("GIP {} Santé numérique", place(rng)), "84.12Z"),
        OrganisationKind::OtherPublic => {
            let (form, naf) = trade(
                rng,
                &[
                    ("EHPAD public", "87.10A"),
                    ("Office de tourisme", "79.90Z"),
                    ("Régie des transports", "49.31Z"),
                    ("École de musique", "85.52Z"),
                ],
            );
            (format!("{form} {}", of(&place(rng))), naf)
        }
        OrganisationKind::Association => {
            let (form, naf) = trade(rng, ASSOCIATIONS);
            (format!("{form} {}", of(&place(rng))), naf)
        }
        OrganisationKind::Ge | OrganisationKind::Eti if chance(rng, 50) => {
            let (_, naf) = trade(rng, TRADES);
            (format!("Groupe {}", surname(rng)), naf)
        }
        OrganisationKind::Micro
        | OrganisationKind::Pme
        | OrganisationKind::Eti
        | OrganisationKind::Ge
        | OrganisationKind::Other => {
            let (form, naf) = trade(rng, TRADES);
            (format!("{form} {}", surname(rng)), naf)
        }
    }
}

/// People employed, by kind.
fn headcount<R: Rng + ?Sized>(rng: &mut R, kind: OrganisationKind) -> u32 {
    let range = match kind {
        OrganisationKind::Micro => 1..10,
        OrganisationKind::Pme => 10..250,
        OrganisationKind::Eti => 250..2_500,
        OrganisationKind::Ge => 5_000..30_000,
        OrganisationKind::Departement | OrganisationKind::Region => 1_500..4_000,
        OrganisationKind::Epci | OrganisationKind::Sdis => 60..700,
        OrganisationKind::Association | OrganisationKind::Other => 3..120,
        _ => 8..180,
    };
    // The lower of two draws: small ones are many.
    rng.random_range(range.clone()).min(rng.random_range(range))
}

/// Nine digits that begin with 000, hold the number of the organisation and end with Luhn's.
pub(super) fn siren(number: u32) -> String {
    let stem = format!("000{:05}", number % NUMBERS);
    format!("{stem}{}", luhn_digit(&stem))
}

/// The digit that makes these pass Luhn's check.
pub(super) fn luhn_digit(stem: &str) -> u32 {
    let sum: u32 = stem
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, 2 * digit) {
            (0, twice @ 10..) => twice - 9,
            (0, twice) => twice,
            _ => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The organisation of a number (0 to 99 999): the same setting always gives the same one.
#[must_use]
pub fn organisation(setting: &DemoSetting, number: u32) -> DemoOrganisation {
    let mut rng = ChaCha8Rng::seed_from_u64(setting.seed);
    rng.set_stream(u64::from(number) + 1);
    let rng = &mut rng;
    let kind = weighted(rng, KINDS);
    let (name, naf) = named(rng, kind);
    let headcount = headcount(rng, kind);
    // Per head, within what keeps a firm in its class.
    let per_head: u64 = rng.random_range(90_000..180_000);
    let turnover_euros = kind.is_firm().then(|| u64::from(headcount) * per_head);
    let balance_euros = turnover_euros.map(|turnover| turnover / 2);
    let domain = format!("{}.example", fold(&name).replace(' ', "-"));
    DemoOrganisation {
        name,
        kind,
        siren: siren(number),
        headcount,
        turnover_euros,
        balance_euros,
        naf,
        commune: commune(rng, &setting.region),
        domain,
        machines: (headcount * rng.random_range(50..140) / 100).max(1),
    }
}

/// A commune of the region: the larger of three draws, since organisations gather where people do.
fn commune<R: Rng + ?Sized>(rng: &mut R, region: &str) -> &'static str {
    let local = communes().of_region(region);
    let draw = |rng: &mut R| (!local.is_empty()).then(|| local[rng.random_range(0..local.len())]);
    let drawn: [Option<&'static Commune>; 3] = std::array::from_fn(|_| draw(rng));
    drawn
        .into_iter()
        .flatten()
        .max_by_key(|commune| commune.population)
        .map_or("", |commune| commune.code)
}
