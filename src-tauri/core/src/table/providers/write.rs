//! From the records of firms to a table that spreadsheets open.

use super::Column;
use super::cells::{absence_word, area_word, conflict_word, hours_word, is_formula, label_word};
use super::words::{CATEGORIES, KINDS, SERVICES, TECHNOLOGIES, word};
use crate::domain::intake::Person;
use crate::domain::provider::Provider;

/// The mark by which spreadsheets know UTF-8.
const MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// The firms as a table: UTF-8 with its mark, semicolons, as French spreadsheets want it. What evidence proves a label,
/// is not in it.
///
/// # Errors
/// When the table cannot be written.
pub fn written<'p>(firms: impl IntoIterator<Item = &'p Provider>) -> csv::Result<Vec<u8>> {
    let mut table = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.to_vec());
    table.write_record(Column::all().map(Column::title))?;
    for firm in firms {
        table.write_record(Column::all().map(|column| harmless(cell(firm, column))))?;
    }
    table
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

/// A spreadsheet runs what begins like a formula: a sign before it makes it a text.
fn harmless(cell: String) -> String {
    match is_formula(&cell) {
        true => format!("'{cell}"),
        false => cell,
    }
}

/// A part of the first person to reach.
fn contact(firm: &Provider, part: impl Fn(&Person) -> &String) -> String {
    firm.contacts.first().map(part).cloned().unwrap_or_default()
}

fn cell(firm: &Provider, column: Column) -> String {
    fn list<T>(all: &[T], word: impl Fn(&T) -> String) -> String {
        all.iter().map(word).collect::<Vec<_>>().join(" | ")
    }
    let yes = |is: bool| if is { "oui" } else { "non" }.to_owned();
    let number = |value: Option<u16>| value.map_or_else(String::new, |value| value.to_string());
    let day = |value: Option<chrono::NaiveDate>| {
        value.map_or_else(String::new, |value| value.to_string())
    };
    match column {
        Column::Name => firm.name.clone(),
        Column::Siren => firm.siren.clone(),
        Column::Siret => firm.siret.clone(),
        Column::Address => firm.address.clone(),
        Column::Commune => firm.commune.clone(),
        Column::ContactName => contact(firm, |one| &one.name),
        Column::ContactFunction => contact(firm, |one| &one.function),
        Column::ContactPhone => contact(firm, |one| &one.phone),
        Column::ContactMail => contact(firm, |one| &one.mail),
        Column::Areas => list(&firm.areas, area_word),
        Column::OnSite => yes(firm.on_site),
        Column::Labels => list(&firm.labels, label_word),
        Column::Categories => list(&firm.categories, |one| word(&CATEGORIES, *one).to_owned()),
        Column::Technologies => list(&firm.technologies, |one| {
            word(&TECHNOLOGIES, *one).to_owned()
        }),
        Column::Services => list(&firm.services, |one| word(&SERVICES, *one).to_owned()),
        Column::Sectors => list(&firm.sectors, |one| format!("{one:?}")),
        Column::Serves => list(&firm.serves, |one| word(&KINDS, *one).to_owned()),
        Column::Hours => firm.hours.map_or_else(String::new, hours_word),
        Column::OnSiteHours => number(firm.on_site_within_hours),
        Column::ReactionHours => number(firm.reaction_hours),
        Column::Languages => firm.languages.join(" | "),
        Column::Prices => firm.prices.clone(),
        Column::Capacity => firm.capacity.to_string(),
        Column::Absences => list(&firm.absences, absence_word),
        Column::InsuredUntil => day(firm.insured_until),
        Column::CharterSigned => day(firm.charter_signed),
        Column::Conflicts => list(&firm.conflicts, conflict_word),
        Column::Archived => yes(firm.archived),
        Column::ConfirmedOn => day(firm.confirmed_on),
    }
}
