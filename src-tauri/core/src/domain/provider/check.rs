//! What is wrong in the record of a firm, field by field.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::area::Area;
use super::label::{Label, LabelKind};
use super::record::{Conflict, Provider};
use crate::domain::identifiers::{Siren, Siret};
use crate::domain::intake::{MAX_LINE_CHARS, MAX_TEXT_CHARS};

/// A field of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ProviderField")]
pub enum Field {
    /// Name.
    Name,
    /// SIREN.
    Siren,
    /// SIRET.
    Siret,
    /// Address.
    Address,
    /// Commune.
    Commune,
    /// Where it works.
    Areas,
    /// Labels: kind, level, activities.
    Labels,
    /// The end of a label.
    LabelExpires,
    /// The file that proves a label.
    LabelEvidence,
    /// Incidents.
    Categories,
    /// Services.
    Services,
    /// Opening hours.
    Hours,
    /// Delay on site.
    OnSiteWithinHours,
    /// Languages.
    Languages,
    /// Prices.
    Prices,
    /// Absences.
    Absences,
    /// Charter.
    CharterSigned,
    /// Conflicts of interest.
    Conflicts,
    /// Yearly confirmation.
    ConfirmedOn,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ProviderMistake")]
pub enum Mistake {
    /// Nothing where something is due.
    Missing,
    /// More than it may hold.
    TooLong,
    /// Not the shape of such a number or code, or a wrong check digit.
    Malformed,
    /// The SIRET is not one of this SIREN.
    OfAnotherFirm,
    /// It contradicts another field: a PRIS level on another label, a delay on site without visits.
    Contradictory,
    /// It ends before it begins.
    EndsBeforeItBegins,
    /// A day still to come.
    InTheFuture,
    /// Further ahead than the rules of the label give it for.
    TooFarAhead,
    /// The same twice.
    Repeated,
}

/// One wrong field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(rename = "ProviderWrongField")]
pub struct WrongField {
    /// Which.
    pub field: Field,
    /// Its place in the list, from 0, for a field that is one.
    pub index: Option<u32>,
    /// What is wrong with it.
    pub mistake: Mistake,
}

/// The wrong fields as they are found.
#[derive(Default)]
struct Findings(Vec<WrongField>);

impl Findings {
    fn tell(&mut self, wrong: bool, field: Field, mistake: Mistake) {
        self.tell_at(wrong, field, None, mistake);
    }

    fn tell_at(&mut self, wrong: bool, field: Field, index: Option<usize>, mistake: Mistake) {
        if wrong {
            let index = index.and_then(|index| u32::try_from(index).ok());
            self.0.push(WrongField {
                field,
                index,
                mistake,
            });
        }
    }
}

impl Provider {
    /// The wrong fields on a day, in the order of the form; none when the record may be kept. Whether a commune or an
    /// intercommunality exists is for the caller to look up.
    #[must_use]
    pub fn check(&self, on: NaiveDate) -> Vec<WrongField> {
        let mut found = Findings::default();
        self.check_identity(&mut found);
        self.check_areas(&mut found);
        for (index, label) in self.labels.iter().enumerate() {
            check_label(label, index, on, &mut found);
        }
        self.check_work(&mut found);
        self.check_days(on, &mut found);
        self.check_conflicts(&mut found);
        found.0
    }

    fn check_identity(&self, found: &mut Findings) {
        let long = |text: &str, limit: usize| text.chars().count() > limit;
        found.tell(self.name.trim().is_empty(), Field::Name, Mistake::Missing);
        found.tell(
            long(&self.name, MAX_LINE_CHARS),
            Field::Name,
            Mistake::TooLong,
        );
        let siren = self.siren.parse::<Siren>();
        found.tell(
            !self.siren.is_empty() && siren.is_err(),
            Field::Siren,
            Mistake::Malformed,
        );
        match self.siret.parse::<Siret>() {
            _ if self.siret.is_empty() => {}
            Err(_) => found.tell(true, Field::Siret, Mistake::Malformed),
            Ok(siret) => found.tell(
                siren.is_ok_and(|siren| siren != siret.siren()),
                Field::Siret,
                Mistake::OfAnotherFirm,
            ),
        }
        found.tell(
            long(&self.address, MAX_LINE_CHARS),
            Field::Address,
            Mistake::TooLong,
        );
        found.tell(
            !self.commune.is_empty() && !is_commune_code(&self.commune),
            Field::Commune,
            Mistake::Malformed,
        );
        found.tell(
            long(&self.prices, MAX_TEXT_CHARS),
            Field::Prices,
            Mistake::TooLong,
        );
    }

    fn check_areas(&self, found: &mut Findings) {
        found.tell(self.areas.is_empty(), Field::Areas, Mistake::Missing);
        for (index, area) in self.areas.iter().enumerate() {
            let malformed = match area {
                Area::Departement { code } => !is_departement_code(code),
                Area::Epci { siren } => siren.parse::<Siren>().is_err(),
                Area::Region { code } => code.len() != 2 || !all_digits(code),
                Area::Radius { km } => *km == 0,
                Area::France => false,
            };
            found.tell_at(malformed, Field::Areas, Some(index), Mistake::Malformed);
            // A circle has no centre without a commune.
            let without_centre = matches!(area, Area::Radius { .. }) && self.commune.is_empty();
            found.tell_at(
                without_centre,
                Field::Areas,
                Some(index),
                Mistake::Contradictory,
            );
            found.tell_at(
                self.areas[..index].contains(area),
                Field::Areas,
                Some(index),
                Mistake::Repeated,
            );
        }
    }

    fn check_work(&self, found: &mut Findings) {
        use crate::domain::calendar::OpeningRule;
        found.tell(
            self.categories.is_empty(),
            Field::Categories,
            Mistake::Missing,
        );
        found.tell(self.services.is_empty(), Field::Services, Mistake::Missing);
        let bad_hours = matches!(
            self.hours,
            Some(OpeningRule::WorkingDays { from_minute, until_minute })
                if from_minute >= until_minute || until_minute > 24 * 60
        );
        found.tell(bad_hours, Field::Hours, Mistake::EndsBeforeItBegins);
        found.tell(
            !self.on_site && self.on_site_within_hours.is_some(),
            Field::OnSiteWithinHours,
            Mistake::Contradictory,
        );
        for (index, language) in self.languages.iter().enumerate() {
            let iso_639_1 = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
            found.tell_at(
                !iso_639_1,
                Field::Languages,
                Some(index),
                Mistake::Malformed,
            );
        }
    }

    fn check_days(&self, on: NaiveDate, found: &mut Findings) {
        for (index, absence) in self.absences.iter().enumerate() {
            found.tell_at(
                absence.to < absence.from,
                Field::Absences,
                Some(index),
                Mistake::EndsBeforeItBegins,
            );
        }
        let to_come = |day: Option<NaiveDate>| day.is_some_and(|day| day > on);
        found.tell(
            to_come(self.charter_signed),
            Field::CharterSigned,
            Mistake::InTheFuture,
        );
        found.tell(
            to_come(self.confirmed_on),
            Field::ConfirmedOn,
            Mistake::InTheFuture,
        );
    }

    fn check_conflicts(&self, found: &mut Findings) {
        for (index, conflict) in self.conflicts.iter().enumerate() {
            let mistake = match conflict {
                Conflict::Beneficiary { siren, .. } if siren.parse::<Siren>().is_err() => {
                    Mistake::Malformed
                }
                Conflict::Noted { note } if note.trim().is_empty() => Mistake::Missing,
                _ => continue,
            };
            found.tell_at(true, Field::Conflicts, Some(index), mistake);
        }
    }
}

fn check_label(label: &Label, index: usize, on: NaiveDate, found: &mut Findings) {
    let at = Some(index);
    let of_pris = label.level.is_some() || !label.activities.is_empty();
    found.tell_at(
        of_pris && label.kind != LabelKind::Pris,
        Field::Labels,
        at,
        Mistake::Contradictory,
    );
    let lacks = match label.kind {
        LabelKind::Pris => label.level.is_none() || label.activities.is_empty(),
        LabelKind::Other => label.name.trim().is_empty(),
        _ => false,
    };
    found.tell_at(lacks, Field::Labels, at, Mistake::Missing);
    if let Some(years) = label.kind.valid_years() {
        found.tell_at(
            label.expires.is_none(),
            Field::LabelExpires,
            at,
            Mistake::Missing,
        );
        let furthest = on.checked_add_months(Months::new(12 * years));
        let too_far = label
            .expires
            .zip(furthest)
            .is_some_and(|(day, furthest)| day > furthest);
        found.tell_at(too_far, Field::LabelExpires, at, Mistake::TooFarAhead);
    }
    let sha_256 =
        label.evidence.len() == 64 && label.evidence.bytes().all(|b| b.is_ascii_hexdigit());
    found.tell_at(
        !label.evidence.is_empty() && !sha_256,
        Field::LabelEvidence,
        at,
        Mistake::Malformed,
    );
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two digits, `2A`, `2B`, or three digits overseas.
fn is_departement_code(code: &str) -> bool {
    match code {
        "2A" | "2B" => true,
        "00" | "20" => false,
        _ if code.len() == 3 => code.starts_with("97") && all_digits(code),
        _ => code.len() == 2 && all_digits(code),
    }
}

/// Five characters: the département and a number.
fn is_commune_code(code: &str) -> bool {
    code.len() == 5
        && code
            .split_at_checked(2)
            .is_some_and(|(departement, number)| {
                (is_departement_code(departement) || departement == "97") && all_digits(number)
            })
}

#[cfg(test)]
mod tests;
