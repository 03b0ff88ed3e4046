//! Invented people: names of syllables, numbers and addresses kept for fiction.

use rand::Rng;

use super::pick;
use crate::domain::fold::fold;
use crate::domain::intake::Person;

const FIRST_NAMES: &[&str] = &[
    "Adèle",
    "Alban",
    "Anouk",
    "Armand",
    "Aurore",
    "Basile",
    "Bérénice",
    "Blaise",
    "Camille",
    "Céleste",
    "Clément",
    "Corentin",
    "Damien",
    "Diane",
    "Édith",
    "Élise",
    "Émile",
    "Fanny",
    "Félix",
    "Flore",
    "Gabin",
    "Garance",
    "Gaspard",
    "Honorine",
    "Hugo",
    "Inès",
    "Irène",
    "Jonas",
    "Judith",
    "Léonie",
    "Lorette",
    "Lucien",
    "Malo",
    "Marceau",
    "Mathilde",
    "Maxence",
    "Nadège",
    "Noé",
    "Octave",
    "Odile",
    "Paulin",
    "Perrine",
    "Quentin",
    "Romane",
    "Sacha",
    "Salomé",
    "Simon",
    "Suzanne",
    "Thaïs",
    "Théo",
    "Ursule",
    "Valentin",
    "Violette",
    "Yann",
    "Zélie",
];

const SURNAME_BEGINNINGS: &[&str] = &[
    "Bar", "Bel", "Bou", "Car", "Cha", "Du", "Fou", "Ger", "Gour", "Hu", "Jou", "Lé", "Mau", "Mor",
    "Per", "Pla", "Qué", "Ré", "Sor", "Tha", "Tou", "Tré", "Vas", "Ver",
];

const SURNAME_ENDINGS: &[&str] = &[
    "berlin", "brouin", "chois", "deau", "gaudin", "grenelle", "guère", "lliet", "lorge", "mard",
    "mondel", "nault", "nnec", "quin", "rigault", "rivel", "sselin", "ssavoir", "teau", "ttinel",
    "vasque", "vrardin", "zelle",
];

/// A family name.
pub(super) fn surname<R: Rng + ?Sized>(rng: &mut R) -> String {
    format!(
        "{}{}",
        pick(rng, SURNAME_BEGINNINGS),
        pick(rng, SURNAME_ENDINGS)
    )
}

/// A number on a landline or mobile that no operator gives out (Arcep's ranges for fiction).
fn phone<R: Rng + ?Sized>(rng: &mut R) -> String {
    let range = pick(rng, &["02 61 91", "02 61 91", "06 39 98"]);
    format!(
        "{range} {:02} {:02}",
        rng.random_range(0..100),
        rng.random_range(0..100)
    )
}

/// Somebody with a function, at an organisation's mail domain.
pub(super) fn person<R: Rng + ?Sized>(rng: &mut R, functions: &[&str], domain: &str) -> Person {
    let (first, last) = (pick(rng, FIRST_NAMES), surname(rng));
    let address = format!("{} {}", fold(first), fold(&last)).replace(' ', ".");
    Person {
        name: format!("{first} {last}"),
        function: pick(rng, functions).to_owned(),
        phone: phone(rng),
        mail: format!("{address}@{domain}"),
    }
}
