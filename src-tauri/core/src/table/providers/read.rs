//! From a line to the record of a firm.

use serde::de::DeserializeOwned;

use super::cells::{absence, area, conflict, date, hours, is_formula, label, long_parts, parts};
use super::words::{CATEGORIES, KINDS, SERVICES, TECHNOLOGIES, Words, find, named, yes};
use super::{Column, Problem, Trouble, column_of};
use crate::domain::intake::Person;
use crate::domain::provider::{Field, LabelKind, Mistake, Provider, Sector};
use crate::table::Row;

/// What of a value that cannot be read is shown.
const SHOWN_CHARS: usize = 80;

/// What a line is read onto.
pub struct Onto<'c> {
    /// The columns of the file, in its order.
    pub columns: &'c [Option<Column>],
    /// The INSEE code of a commune from its code, or from its name and postcode.
    pub commune: &'c (dyn Fn(&str) -> Result<String, Trouble> + Sync),
    /// The day of the import.
    pub on: chrono::NaiveDate,
}

/// Reads a line onto what is known of the firm: columns that the file does not have stay as they are.
#[must_use]
pub fn read_row(row: &Row, onto: &Onto<'_>, known: Provider) -> (Provider, Vec<Problem>) {
    let mut reading = Reading {
        line: row.line,
        firm: known,
        problems: Vec::new(),
    };
    if row.cells[onto.columns.len().min(row.cells.len())..]
        .iter()
        .any(|cell| !cell.is_empty())
    {
        reading.tell(None, &row.cells.join(" | "), Trouble::TooManyCells);
    }
    for (column, cell) in onto.columns.iter().zip(&row.cells) {
        if let Some(column) = column {
            reading.take(*column, cell, onto);
        }
    }
    // Columns without a word in them are nobody.
    reading
        .firm
        .contacts
        .retain(|one| *one != Person::default());
    let unread = reading.problems.iter().any(|one| one.trouble.leaves_out());
    if !unread {
        let wrong = reading.firm.check(onto.on).into_iter();
        // What is only missing is completed later: the registry tells it, and the filters do.
        let wrong = wrong.filter(|one| one.mistake != Mistake::Missing || one.field == Field::Name);
        for wrong in wrong {
            let column = column_of(wrong.field);
            let cells = onto.columns.iter().zip(&row.cells);
            let cell = cells.into_iter().find(|(one, _)| **one == Some(column));
            let value = cell.map_or("", |(_, cell)| cell).to_owned();
            reading.tell(Some(column), &value, Trouble::Refused(wrong.mistake));
        }
    }
    (reading.firm, reading.problems)
}

struct Reading {
    line: u64,
    firm: Provider,
    problems: Vec<Problem>,
}

impl Reading {
    fn tell(&mut self, column: Option<Column>, value: &str, trouble: Trouble) {
        self.problems.push(Problem {
            line: self.line,
            column,
            value: value.chars().take(SHOWN_CHARS).collect(),
            trouble,
        });
    }

    fn take(&mut self, column: Column, cell: &str, onto: &Onto<'_>) {
        // A sign before a formula, which spreadsheets would run.
        let cell = match cell.strip_prefix('\'') {
            Some(rest) if is_formula(rest) => rest,
            _ => cell,
        };
        match column {
            Column::Name => self.firm.name = cell.to_owned(),
            Column::Siren => self.firm.siren = figures(cell),
            Column::Siret => {
                self.firm.siret = figures(cell);
                if self.firm.siren.is_empty() {
                    self.firm.siren = self.firm.siret.chars().take(9).collect();
                }
            }
            Column::Address => self.firm.address = cell.to_owned(),
            Column::Prices => self.firm.prices = cell.to_owned(),
            Column::Commune => match (cell, (onto.commune)(cell)) {
                ("", _) => self.firm.commune.clear(),
                (_, Ok(code)) => self.firm.commune = code,
                (_, Err(trouble)) => self.tell(Some(column), cell, trouble),
            },
            Column::ContactName => cell.clone_into(&mut self.contact().name),
            Column::ContactFunction => cell.clone_into(&mut self.contact().function),
            Column::ContactPhone => cell.clone_into(&mut self.contact().phone),
            Column::ContactMail => cell.clone_into(&mut self.contact().mail),
            Column::OnSite => match yes(cell) {
                Some(comes) => self.firm.on_site = comes,
                None => self.tell(Some(column), cell, Trouble::UnknownWord),
            },
            Column::Archived => match yes(cell) {
                Some(gone) => self.firm.archived = gone,
                None => self.tell(Some(column), cell, Trouble::UnknownWord),
            },
            Column::Categories => self.firm.categories = self.words(column, &CATEGORIES, cell),
            Column::Technologies => {
                self.firm.technologies = self.words(column, &TECHNOLOGIES, cell);
            }
            Column::Services => self.firm.services = self.words(column, &SERVICES, cell),
            Column::Serves => self.firm.serves = self.words(column, &KINDS, cell),
            Column::Sectors => {
                self.firm.sectors = self.list(column, parts(cell), sector);
            }
            Column::Areas => self.firm.areas = self.list(column, parts(cell), area),
            Column::Languages => {
                self.firm.languages = parts(cell).map(str::to_lowercase).collect();
            }
            Column::Labels => self.labels(cell),
            Column::Absences => {
                let (mut found, mut wrong) = (Vec::new(), Vec::new());
                for part in long_parts(cell) {
                    match absence(part) {
                        Some(one) => found.push(one),
                        None => wrong.push(part),
                    }
                }
                self.firm.absences = found;
                for part in wrong {
                    self.tell(Some(column), part, Trouble::ImpossibleDate);
                }
            }
            Column::Conflicts => self.firm.conflicts = long_parts(cell).map(conflict).collect(),
            Column::Hours => match (cell, hours(cell)) {
                ("", _) => self.firm.hours = None,
                (_, Some(rule)) => self.firm.hours = Some(rule),
                (_, None) => self.tell(Some(column), cell, Trouble::UnknownWord),
            },
            Column::OnSiteHours => self.firm.on_site_within_hours = self.number(column, cell),
            Column::ReactionHours => self.firm.reaction_hours = self.number(column, cell),
            Column::Capacity => self.firm.capacity = self.number(column, cell).unwrap_or(0),
            Column::InsuredUntil => self.firm.insured_until = self.day(column, cell),
            Column::CharterSigned => self.firm.charter_signed = self.day(column, cell),
            Column::ConfirmedOn => self.firm.confirmed_on = self.day(column, cell),
        }
    }

    /// The first person to reach.
    fn contact(&mut self) -> &mut Person {
        if self.firm.contacts.is_empty() {
            self.firm.contacts.push(Person::default());
        }
        &mut self.firm.contacts[0]
    }

    fn words<T: Copy + DeserializeOwned>(
        &mut self,
        column: Column,
        words: &Words<T>,
        cell: &str,
    ) -> Vec<T> {
        self.list(column, parts(cell), |part| find(words, part))
    }

    fn list<'p, T>(
        &mut self,
        column: Column,
        parts: impl Iterator<Item = &'p str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for part in parts {
            match read(part) {
                Some(one) => found.push(one),
                None => self.tell(Some(column), part, Trouble::UnknownWord),
            }
        }
        found
    }

    /// A label that is known already keeps the file that proves it.
    fn labels(&mut self, cell: &str) {
        let before = std::mem::take(&mut self.firm.labels);
        for part in long_parts(cell) {
            match label(part) {
                Ok(mut one) => {
                    if one.kind == LabelKind::Other {
                        self.tell(Some(Column::Labels), part, Trouble::UnknownLabel);
                    }
                    let same = before
                        .iter()
                        .find(|old| (old.kind, &old.number) == (one.kind, &one.number));
                    if let Some(old) = same {
                        one.evidence.clone_from(&old.evidence);
                    }
                    self.firm.labels.push(one);
                }
                Err(()) => self.tell(Some(Column::Labels), part, Trouble::ImpossibleDate),
            }
        }
    }

    fn number(&mut self, column: Column, cell: &str) -> Option<u16> {
        let digits = cell.trim_end_matches(['h', ' ']);
        if digits.is_empty() {
            return None;
        }
        let number = digits.parse().ok();
        if number.is_none() {
            self.tell(Some(column), cell, Trouble::NotANumber);
        }
        number
    }

    fn day(&mut self, column: Column, cell: &str) -> Option<chrono::NaiveDate> {
        if cell.is_empty() {
            return None;
        }
        let day = date(cell);
        if day.is_none() {
            self.tell(Some(column), cell, Trouble::ImpossibleDate);
        }
        day
    }
}

/// A number as people space it; letters stay, so that the record refuses them.
fn figures(cell: &str) -> String {
    cell.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '\u{a0}' | '\u{202f}'))
        .collect()
}

/// A section by its letter, or by a code of it.
fn sector(part: &str) -> Option<Sector> {
    named(part).or_else(|| Sector::of_naf(part))
}
