//! Firms as a table: a column for each field, the words of the field in the cells.
//!
//! | column | cell |
//! |---|---|
//! | lists | words parted by `|`, `,` or a line end (labels and absences: `|` or a line end) |
//! | dates | `2027-05-01` or `01/05/2027` |
//! | yes, no | `oui`, `non` |
//! | areas | `44`, `EPCI 244400404`, `région 52`, `80 km`, `France` |
//! | labels | `PRIS élevé (INV, REC) n° 12 jusqu’au 2027-05-01` |
//! | absences | `2026-08-01 au 2026-08-21 congés` |
//! | contact, its function, telephone, mail | the first person to reach; the others stay as they are |
//! | conflicts | `123456782 infogérant`, or words alone |

mod cells;
mod read;
#[cfg(test)]
mod tests;
mod words;
mod write;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::fold::fold;
use crate::domain::provider::{Field, Mistake};

pub use read::{Onto, read_row};
pub use write::written;

/// A column of a table of firms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the field of the record of that name")]
#[ts(rename = "ProviderColumn")]
pub enum Column {
    Name,
    Siren,
    Siret,
    Address,
    Commune,
    ContactName,
    ContactFunction,
    ContactPhone,
    ContactMail,
    Areas,
    OnSite,
    Labels,
    Categories,
    Technologies,
    Services,
    Sectors,
    Serves,
    Hours,
    OnSiteHours,
    ReactionHours,
    Languages,
    Prices,
    Capacity,
    Absences,
    InsuredUntil,
    CharterSigned,
    Conflicts,
    Archived,
    ConfirmedOn,
}

/// A column with what it is called: first as it is written, then other names that people give it.
const TITLES: [(Column, &str, &[&str]); 29] = [
    (
        Column::Name,
        "nom",
        &[
            "raison sociale",
            "entreprise",
            "prestataire",
            "société",
            "name",
        ],
    ),
    (Column::Siren, "SIREN", &["n siren", "numéro siren"]),
    (Column::Siret, "SIRET", &["n siret", "numéro siret"]),
    (Column::Address, "adresse", &["rue", "address"]),
    (
        Column::Commune,
        "commune",
        &["ville", "code insee", "insee", "city"],
    ),
    (
        Column::ContactName,
        "contact",
        &[
            "nom du contact",
            "interlocuteur",
            "référent",
            "contact name",
        ],
    ),
    (
        Column::ContactFunction,
        "fonction du contact",
        &["fonction", "role", "function"],
    ),
    (
        Column::ContactPhone,
        "téléphone",
        &["tél", "tel", "mobile", "astreinte téléphone", "phone"],
    ),
    (
        Column::ContactMail,
        "courriel",
        &[
            "mail",
            "e mail",
            "email",
            "mél",
            "adresse mail",
            "adresse de courriel",
        ],
    ),
    (
        Column::Areas,
        "zones",
        &[
            "zone d intervention",
            "départements",
            "zones couvertes",
            "areas",
        ],
    ),
    (
        Column::OnSite,
        "sur place",
        &["déplacement", "intervention sur site", "on site"],
    ),
    (
        Column::Labels,
        "labels",
        &["label", "qualifications", "certifications"],
    ),
    (
        Column::Categories,
        "incidents",
        &["types d incident", "catégories", "categories"],
    ),
    (
        Column::Technologies,
        "technologies",
        &["compétences", "technos"],
    ),
    (Column::Services, "prestations", &["services"]),
    (
        Column::Sectors,
        "secteurs",
        &["secteurs d activité", "sections naf", "sectors"],
    ),
    (
        Column::Serves,
        "publics",
        &["types de bénéficiaires", "clients", "serves"],
    ),
    (
        Column::Hours,
        "horaires",
        &["disponibilité", "astreinte", "hours"],
    ),
    (
        Column::OnSiteHours,
        "délai sur place (h)",
        &["délai sur place", "délai d intervention"],
    ),
    (
        Column::ReactionHours,
        "délai de réponse (h)",
        &["délai de réponse", "délai de réaction"],
    ),
    (Column::Languages, "langues", &["languages"]),
    (Column::Prices, "tarifs", &["prix", "prices"]),
    (
        Column::Capacity,
        "capacité",
        &["cas simultanés", "capacity"],
    ),
    (
        Column::Absences,
        "absences",
        &["indisponibilités", "congés"],
    ),
    (
        Column::InsuredUntil,
        "assurance jusqu’au",
        &["assurance", "rc pro", "insurance"],
    ),
    (
        Column::CharterSigned,
        "charte signée le",
        &["charte", "charter"],
    ),
    (
        Column::Conflicts,
        "conflits d’intérêts",
        &["conflits", "conflicts"],
    ),
    (Column::Archived, "archivé", &["retiré", "archived"]),
    (
        Column::ConfirmedOn,
        "confirmé le",
        &["confirmation", "confirmed"],
    ),
];

impl Column {
    /// Every column, in the order in which a table is written.
    pub fn all() -> impl Iterator<Item = Self> {
        TITLES.iter().map(|(column, _, _)| *column)
    }

    /// What it is called in a table that is written.
    #[must_use]
    pub fn title(self) -> &'static str {
        let known = TITLES.iter().find(|(column, _, _)| *column == self);
        known.map_or("", |(_, title, _)| title)
    }

    /// The column that a header names.
    #[must_use]
    pub fn guess(header: &str) -> Option<Self> {
        let folded = fold(header);
        let known = TITLES.iter().find(|(_, title, others)| {
            fold(title) == folded || others.iter().any(|other| fold(other) == folded)
        });
        known.map(|(column, _, _)| *column)
    }
}

/// What each column of a file is, in its order; nothing for one that is not read. A column that is named twice is read
/// where it stands first.
#[must_use]
pub fn guess(header: &[String]) -> Vec<Option<Column>> {
    let mut taken = Vec::new();
    let guessed = header.iter().map(|name| {
        let column = Column::guess(name).filter(|column| !taken.contains(column));
        taken.extend(column);
        column
    });
    guessed.collect()
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ProviderTrouble")]
pub enum Trouble {
    /// A word that the field does not know.
    UnknownWord,
    /// A label that the field does not know: it is kept by its name.
    UnknownLabel,
    /// Neither a whole number nor empty.
    NotANumber,
    /// No day of the calendar.
    ImpossibleDate,
    /// No such commune, today or before.
    UnknownCommune,
    /// Several communes of this name: the code of INSEE or the postcode tells them apart.
    AmbiguousCommune,
    /// The same firm stands further up in the file.
    Repeated,
    /// More cells than the header has.
    TooManyCells,
    /// What the record does not take.
    Refused(Mistake),
}

impl Trouble {
    /// Whether the line is left out for it.
    #[must_use]
    pub const fn leaves_out(self) -> bool {
        !matches!(self, Self::UnknownLabel)
    }
}

/// Something wrong in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ProviderProblem")]
pub struct Problem {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column; none when it is the line as a whole.
    pub column: Option<Column>,
    /// What stood there, cut short.
    pub value: String,
    /// What is wrong with it.
    pub trouble: Trouble,
}

/// The column in which a field of the record stands.
const fn column_of(field: Field) -> Column {
    match field {
        Field::Name => Column::Name,
        Field::Siren => Column::Siren,
        Field::Siret => Column::Siret,
        Field::Address => Column::Address,
        Field::Commune => Column::Commune,
        Field::Areas => Column::Areas,
        Field::Labels | Field::LabelExpires | Field::LabelEvidence => Column::Labels,
        Field::Categories => Column::Categories,
        Field::Services => Column::Services,
        Field::Hours => Column::Hours,
        Field::OnSiteWithinHours => Column::OnSiteHours,
        Field::Languages => Column::Languages,
        Field::Prices => Column::Prices,
        Field::Absences => Column::Absences,
        Field::CharterSigned => Column::CharterSigned,
        Field::Conflicts => Column::Conflicts,
        Field::ConfirmedOn => Column::ConfirmedOn,
    }
}
