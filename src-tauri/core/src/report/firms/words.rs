//! Words that more than one of the documents uses: labels, services, filters, numbers.

use super::super::{Lang, date};
use crate::domain::provider::matching::Filter;
use crate::domain::provider::{Label, LabelKind, PrisActivity, PrisLevel, Service};

/// Keys and sentences of one language.
pub(super) struct Words {
    lang: Lang,
    pub registry: &'static str,
    pub reference: &'static str,
    pub prepared_at: &'static str,
    pub prepared_by: &'static str,
    pub firm: &'static str,
    pub commune: &'static str,
    pub draft: &'static str,
    pub unsigned: &'static str,
    pub seed: &'static str,
    pub inputs: &'static str,
    pub rule: &'static str,
    pub day: &'static str,
}

static FRENCH: Words = Words {
    lang: Lang::Fr,
    registry: "Registre des prestataires",
    reference: "Référence",
    prepared_at: "Établi le",
    prepared_by: "Établi par",
    firm: "Entreprise",
    commune: "Commune",
    draft: "Brouillon",
    unsigned: "Brouillon : ce document n’est pas encore signé par le responsable de l’équipe.",
    seed: "Graine du tirage",
    inputs: "SHA-256 des données",
    rule: "Règle de calcul",
    day: "Jour du tirage",
};

static ENGLISH: Words = Words {
    lang: Lang::En,
    registry: "Registry of providers",
    reference: "Reference",
    prepared_at: "Prepared on",
    prepared_by: "Prepared by",
    firm: "Firm",
    commune: "Commune",
    draft: "Draft",
    unsigned: "Draft: the team’s lead has not signed this document yet.",
    seed: "Seed of the draw",
    inputs: "SHA-256 of the data",
    rule: "Rule of calculation",
    day: "Day of the draw",
};

impl Words {
    pub(super) const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Fr => &FRENCH,
            Lang::En => &ENGLISH,
        }
    }

    pub(super) const fn pick<T: Copy>(&self, french: T, english: T) -> T {
        match self.lang {
            Lang::Fr => french,
            Lang::En => english,
        }
    }

    /// « 1 234 »: thousands parted so that they do not break.
    pub(super) fn count(&self, number: impl Into<u64>) -> String {
        let digits = number.into().to_string();
        let mut shown = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place) % 3 == 0 {
                shown.push(self.pick('\u{202f}', ','));
            }
            shown.push(digit);
        }
        shown
    }

    /// « 1 cas », « 3 cas »: a number and its noun, in the singular below two in French and for one in English.
    pub(super) fn counted(&self, number: u32, one: &str, many: &str) -> String {
        let single = number == 1 || number == 0 && self.lang == Lang::Fr;
        let noun = if single { one } else { many };
        format!("{}\u{a0}{noun}", self.count(number))
    }

    /// « 12,34 », of hundredths.
    pub(super) fn hundredths(&self, value: u64) -> String {
        let point = self.pick(',', '.');
        format!("{}{point}{:02}", self.count(value / 100), value % 100)
    }

    /// « +3,40 », « −0,02 », of hundredths.
    pub(super) fn signed(&self, hundredths: i32) -> String {
        let sign = match hundredths {
            0 => "",
            ..0 => "−",
            _ => "+",
        };
        let size = self.hundredths(u64::from(hundredths.unsigned_abs()));
        format!("{sign}{size}")
    }

    /// « 27,1 % », of ten-thousandths.
    pub(super) fn percent(&self, ten_thousandths: u32) -> String {
        format!(
            "{}{}",
            self.percent_number(ten_thousandths),
            self.pick("\u{202f}%", "%")
        )
    }

    /// « 27,1 », of ten-thousandths.
    pub(super) fn percent_number(&self, ten_thousandths: u32) -> String {
        let tenths = (u64::from(ten_thousandths) + 5) / 10;
        let point = self.pick(',', '.');
        format!("{}{point}{}", tenths / 10, tenths % 10)
    }

    /// « 76 km ».
    pub(super) fn km(&self, km: u32) -> String {
        format!("{}\u{202f}km", self.count(km))
    }

    /// "Label: value", with the language's space before the colon.
    pub(super) fn labelled(&self, label: &str, value: &str) -> String {
        format!("{label}{} {value}", self.pick("\u{a0}:", ":"))
    }

    /// Words in a row: « a, b et c ».
    pub(super) fn list(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                format!("{} {} {last}", first.join(", "), self.pick("et", "and"))
            }
        }
    }

    /// « PRIS élevé (REC, INV), n° 12, jusqu’au 31 mars 2027 ».
    pub(super) fn label(&self, label: &Label) -> String {
        let mut text = match label.kind {
            LabelKind::Passi => "PASSI",
            LabelKind::Pris => "PRIS",
            LabelKind::Pdis => "PDIS",
            LabelKind::Pacs => "PACS",
            LabelKind::ExpertCyber => "ExpertCyber",
            LabelKind::Iso27001 => "ISO/IEC 27001",
            LabelKind::Other if label.name.trim().is_empty() => {
                self.pick("Autre label", "Other label")
            }
            LabelKind::Other => label.name.trim(),
        }
        .to_owned();
        match label.level {
            Some(PrisLevel::Substantial) => {
                text.push_str(self.pick(" substantiel", ", level “substantial”"));
            }
            Some(PrisLevel::High) => text.push_str(self.pick(" élevé", ", level “high”")),
            None => {}
        }
        if !label.activities.is_empty() {
            let activities: Vec<&str> = label.activities.iter().map(|one| activity(*one)).collect();
            text.push_str(&format!(" ({})", activities.join(", ")));
        }
        if !label.number.trim().is_empty() {
            let number = self.pick("n°", "no.");
            text.push_str(&format!(", {number}\u{a0}{}", label.number.trim()));
        }
        if let Some(day) = label.expires {
            let until = self.pick("jusqu’au", "until");
            let day = date::calendar_day(day, self.lang);
            text.push_str(&format!(", {until} {day}"));
        }
        text
    }

    pub(super) const fn service(&self, service: Service) -> &'static str {
        match service {
            Service::Containment => self.pick(
                "endiguement et investigation",
                "containment and investigation",
            ),
            Service::Rebuilding => self.pick("reconstruction", "rebuilding"),
            Service::CrisisCommunication => {
                self.pick("communication de crise", "crisis communication")
            }
            Service::ForensicReport => self.pick(
                "rapport pour la justice et expertise",
                "report for the courts and expert opinion",
            ),
            Service::Audit => "audit",
        }
    }

    /// What a filter looks at, as a heading.
    pub(super) const fn filter(&self, filter: Filter) -> &'static str {
        match filter {
            Filter::Archive => self.pick("Présence au registre", "In the registry"),
            Filter::Charter => self.pick("Charte signée", "Charter signed"),
            Filter::Conflict => self.pick("Conflit d’intérêts", "Conflict of interest"),
            Filter::Declined => self.pick("Accord de l’entreprise", "Consent of the firm"),
            Filter::Areas => self.pick("Zone d’intervention", "Area covered"),
            Filter::Distance => "Distance",
            Filter::Kind => self.pick("Public servi", "Public served"),
            Filter::Sector => self.pick("Secteur servi", "Sector served"),
            Filter::Category => self.pick("Type d’incident", "Kind of incident"),
            Filter::Service => self.pick("Prestations", "Services"),
            Filter::Label => "Label",
            Filter::Absence => self.pick("Disponibilité", "Availability"),
            Filter::Capacity => self.pick("Charge", "Load"),
            Filter::Visit => self.pick("Intervention sur place", "Visit on site"),
            Filter::OnSite => self.pick("Délai sur place", "Delay on site"),
            Filter::Reaction => self.pick("Délai de réponse", "Delay to answer"),
            Filter::Insurance => self.pick("Assurance professionnelle", "Professional insurance"),
            Filter::Panel => self.pick("Agrément de l’assureur", "Panel of the insurer"),
        }
    }

    /// A language by its ISO 639-1 code; a code that is not in the table stands as it is.
    pub(super) fn language(&self, code: &str) -> String {
        let name = match code.trim() {
            "fr" => self.pick("français", "French"),
            "en" => self.pick("anglais", "English"),
            "de" => self.pick("allemand", "German"),
            "es" => self.pick("espagnol", "Spanish"),
            "it" => self.pick("italien", "Italian"),
            "nl" => self.pick("néerlandais", "Dutch"),
            "pt" => self.pick("portugais", "Portuguese"),
            "pl" => self.pick("polonais", "Polish"),
            "ro" => self.pick("roumain", "Romanian"),
            "ar" => self.pick("arabe", "Arabic"),
            "br" => self.pick("breton", "Breton"),
            other => other,
        };
        name.to_owned()
    }
}

/// As ANSSI writes it.
const fn activity(activity: PrisActivity) -> &'static str {
    match activity {
        PrisActivity::Rec => "REC",
        PrisActivity::Inv => "INV",
        PrisActivity::Pia => "PIA",
        PrisActivity::Code => "CODE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        let (french, english) = (Words::of(Lang::Fr), Words::of(Lang::En));
        assert_eq!(french.count(1_234_567u32), "1\u{202f}234\u{202f}567");
        assert_eq!(english.count(1_234u32), "1,234");
        assert_eq!(french.hundredths(1_205), "12,05");
        assert_eq!(english.percent(2_715), "27.2%");
        assert_eq!(french.percent(10_000), "100,0\u{202f}%");
        assert_eq!(french.signed(-301), "−3,01");
        assert_eq!(english.signed(4), "+0.04");
        assert_eq!(french.signed(0), "0,00");
    }

    #[test]
    fn a_label_tells_level_activities_number_and_last_day() {
        let label = Label {
            level: Some(PrisLevel::High),
            activities: vec![PrisActivity::Rec, PrisActivity::Inv],
            number: "2024-31".into(),
            expires: chrono::NaiveDate::from_ymd_opt(2027, 3, 1),
            ..Label::of(LabelKind::Pris)
        };
        assert_eq!(
            Words::of(Lang::Fr).label(&label),
            "PRIS élevé (REC, INV), n°\u{a0}2024-31, jusqu’au 1er\u{a0}mars 2027"
        );
        assert_eq!(
            Words::of(Lang::En).label(&Label::of(LabelKind::Other)),
            "Other label"
        );
    }

    #[test]
    fn words_in_a_row_end_with_their_conjunction() {
        let parts = ["a", "b", "c"].map(String::from);
        assert_eq!(Words::of(Lang::Fr).list(&parts), "a, b et c");
        assert_eq!(Words::of(Lang::En).list(&parts[..2]), "a and b");
        assert_eq!(Words::of(Lang::En).list(&[]), "");
    }
}
