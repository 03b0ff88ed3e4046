//! Numbers and codes that people dictate on the phone: SIREN, SIRET, RNA, NAF, telephone, postcode.
//!
//! Each is read in whatever grouping it was typed, kept in one canonical form, and shown with `Display`.

use std::fmt;
use std::str::FromStr;

/// Why a number was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierError {
    /// Fewer characters than it needs.
    #[error("too short")]
    TooShort,
    /// More characters than it has.
    #[error("too long")]
    TooLong,
    /// A character that is not a digit where one is due.
    #[error("not digits")]
    NotDigits,
    /// The check digit says that a digit is wrong.
    #[error("bad check digit")]
    BadCheckDigit,
    /// The right length, but not the pattern of this kind of code.
    #[error("not the shape of this code")]
    BadShape,
}

/// Narrow no-break space, the French separator of groups of digits.
const GROUP_SPACE: char = '\u{202f}';

/// Without the spaces, points and hyphens that people put between groups; letters in capitals.
fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{2011}'))
        .flat_map(char::to_uppercase)
        .collect()
}

fn digits(text: &str, length: usize) -> Result<String, IdentifierError> {
    let compact = compact(text);
    if !compact.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(IdentifierError::NotDigits);
    }
    check_length(&compact, length)?;
    Ok(compact)
}

fn check_length(text: &str, length: usize) -> Result<(), IdentifierError> {
    match text.chars().count() {
        n if n < length => Err(IdentifierError::TooShort),
        n if n > length => Err(IdentifierError::TooLong),
        _ => Ok(()),
    }
}

/// Luhn's check (ISO/IEC 7812-1): every second digit from the right doubled, the sum a multiple of ten.
fn luhn_holds(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2, digit) {
                (0, _) => digit,
                (_, 0..=4) => 2 * digit,
                _ => 2 * digit - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Writes `digits` in groups of the given sizes; what is left over makes the last group.
fn write_groups(f: &mut fmt::Formatter<'_>, digits: &str, sizes: &[usize]) -> fmt::Result {
    let mut boundary = 0;
    let boundaries: Vec<usize> = sizes
        .iter()
        .map(|size| {
            boundary += size;
            boundary
        })
        .collect();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && boundaries.contains(&place) {
            write!(f, "{GROUP_SPACE}")?;
        }
        write!(f, "{digit}")?;
    }
    Ok(())
}

macro_rules! canonical_text {
    ($name:ident, $what:literal) => {
        #[doc = $what]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The canonical form, as stored.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

canonical_text!(Siren, "A legal unit: nine digits, the last a Luhn check.");
canonical_text!(
    Siret,
    "An establishment: the SIREN of its legal unit and five digits."
);
canonical_text!(
    Rna,
    "An association in the national register: W, département, seven digits."
);
canonical_text!(
    NafCode,
    "The shape of an activity code, canonical with its point: `25.11Z`. Says nothing of its existence."
);
canonical_text!(Postcode, "Five digits.");
canonical_text!(
    Phone,
    "A telephone number: ten digits from 0 or a short number for France, `+` and digits for abroad."
);

impl FromStr for Siren {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let digits = digits(text, 9)?;
        if !luhn_holds(&digits) {
            return Err(IdentifierError::BadCheckDigit);
        }
        Ok(Self(digits))
    }
}

impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, &self.0, &[3, 3])
    }
}

/// La Poste has more establishments than Luhn allows numbers: the digit sum is a multiple of five instead,
/// except for its head office (python-stdnum `fr.siret`).
const LA_POSTE: &str = "356000000";
const LA_POSTE_HEAD_OFFICE: &str = "35600000000048";

impl FromStr for Siret {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let digits = digits(text, 14)?;
        let holds = if digits.starts_with(LA_POSTE) && digits != LA_POSTE_HEAD_OFFICE {
            let sum: u32 = digits.bytes().map(|byte| u32::from(byte - b'0')).sum();
            sum.is_multiple_of(5)
        } else {
            luhn_holds(&digits) && luhn_holds(&digits[..9])
        };
        if !holds {
            return Err(IdentifierError::BadCheckDigit);
        }
        Ok(Self(digits))
    }
}

impl Siret {
    /// The legal unit.
    #[must_use]
    pub fn siren(&self) -> Siren {
        Siren(self.0.chars().take(9).collect())
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, &self.0, &[3, 3, 3])
    }
}

/// What a caller reads from a letterhead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyNumber {
    /// Nine digits.
    Siren(Siren),
    /// Fourteen digits.
    Siret(Siret),
}

impl CompanyNumber {
    /// The legal unit, known in either case.
    #[must_use]
    pub fn siren(&self) -> Siren {
        match self {
            Self::Siren(siren) => siren.clone(),
            Self::Siret(siret) => siret.siren(),
        }
    }
}

impl FromStr for CompanyNumber {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        if compact(text).len() <= 9 {
            text.parse().map(Self::Siren)
        } else {
            text.parse().map(Self::Siret)
        }
    }
}

impl FromStr for Rna {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let compact = compact(text);
        if !compact.starts_with('W') {
            return Err(IdentifierError::BadShape);
        }
        // Corsica and overseas carry a letter in the second place of the département (2A, 9R…).
        let digits_hold = compact
            .chars()
            .skip(1)
            .enumerate()
            .all(|(place, c)| c.is_ascii_digit() || (place == 1 && c.is_ascii_uppercase()));
        if !digits_hold {
            return Err(IdentifierError::NotDigits);
        }
        check_length(&compact, 10)?;
        Ok(Self(compact))
    }
}

impl fmt::Display for Rna {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for NafCode {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let compact = compact(text);
        check_length(&compact, 5)?;
        let Some((class, letter)) = compact.split_at_checked(4) else {
            return Err(IdentifierError::BadShape);
        };
        if !class.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IdentifierError::NotDigits);
        }
        if !letter.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(IdentifierError::BadShape);
        }
        Ok(Self(format!("{}.{}{letter}", &class[..2], &class[2..])))
    }
}

impl fmt::Display for NafCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Postcode {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let digits = digits(text, 5)?;
        // 00 stands for the army's post, 99 for abroad: neither is a place.
        if digits.starts_with("00") || digits.starts_with("99") {
            return Err(IdentifierError::BadShape);
        }
        Ok(Self(digits))
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Phone {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        // "+33 (0)2…": the nought in brackets is not dialled.
        let compact = compact(text)
            .replace("(0)", "")
            .replace(['(', ')', '/'], "");
        let (abroad, number) = match (compact.strip_prefix('+'), compact.strip_prefix("00")) {
            (Some(number), _) | (None, Some(number)) => (true, number),
            (None, None) => (false, compact.as_str()),
        };
        if number.is_empty() {
            return Err(IdentifierError::TooShort);
        }
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IdentifierError::NotDigits);
        }
        if abroad {
            if let Some(french) = number.strip_prefix("33") {
                let french = french.strip_prefix('0').unwrap_or(french);
                check_length(french, 9)?;
                return Ok(Self(format!("0{french}")));
            }
            // ITU-T E.164: fifteen digits at most.
            return match number.len() {
                0..=6 => Err(IdentifierError::TooShort),
                7..=15 => Ok(Self(format!("+{number}"))),
                _ => Err(IdentifierError::TooLong),
            };
        }
        if number.starts_with('0') {
            check_length(number, 10)?;
        } else {
            // 17, 112, 3218, 118 218.
            match number.len() {
                1 => return Err(IdentifierError::TooShort),
                2..=4 | 6 => {}
                _ => return Err(IdentifierError::BadShape),
            }
        }
        Ok(Self(number.to_owned()))
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Special-rate numbers are spoken 0 800 100 200, the others in pairs.
        if self.0.starts_with("08") {
            write_groups(f, &self.0, &[1, 3, 3])
        } else if self.0.starts_with('0') {
            write_groups(f, &self.0, &[2, 2, 2, 2])
        } else if self.0.len() == 6 && !self.0.starts_with('+') {
            write_groups(f, &self.0, &[3])
        } else {
            f.write_str(&self.0)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use IdentifierError::{BadCheckDigit, BadShape, NotDigits, TooLong, TooShort};
    use proptest::prelude::*;

    /// Accepted by python-stdnum 2.2 (`fr.siren`, `fr.siret`), drawn at random.
    const SIRENS_OF_STDNUM: &[&str] = &[
        "526018155",
        "908301666",
        "131860918",
        "390996031",
        "082462813",
        "948219936",
        "518190939",
        "786579755",
    ];
    const SIRETS_OF_STDNUM: &[&str] = &[
        "52601815532561",
        "90830166623562",
        "13186091868838",
        "39099603164895",
        "08246281395609",
        "94821993667100",
        "51819093964089",
        "78657975541123",
    ];

    #[test]
    fn what_stdnum_accepts_is_accepted() {
        for siren in SIRENS_OF_STDNUM {
            assert_eq!(siren.parse::<Siren>().unwrap().as_str(), *siren);
        }
        for siret in SIRETS_OF_STDNUM {
            assert_eq!(siret.parse::<Siret>().unwrap().as_str(), *siret);
        }
    }

    #[test]
    fn any_other_check_digit_is_refused() {
        for siren in SIRENS_OF_STDNUM {
            let (stem, check) = siren.split_at(8);
            for digit in ('0'..='9').filter(|digit| !check.starts_with(*digit)) {
                assert_eq!(
                    format!("{stem}{digit}").parse::<Siren>(),
                    Err(BadCheckDigit)
                );
            }
        }
    }

    #[test]
    fn a_siren_is_read_in_groups_and_shown_in_groups() {
        let siren: Siren = " 732 829\u{a0}320 ".parse().unwrap();
        assert_eq!(siren.as_str(), "732829320");
        assert_eq!(siren.to_string(), "732\u{202f}829\u{202f}320");
    }

    #[test]
    fn each_mistake_in_a_siren_has_its_name() {
        assert_eq!("".parse::<Siren>(), Err(TooShort));
        assert_eq!("73282932".parse::<Siren>(), Err(TooShort));
        assert_eq!("7328293200".parse::<Siren>(), Err(TooLong));
        assert_eq!("73282932A".parse::<Siren>(), Err(NotDigits));
        assert_eq!("73282932٠".parse::<Siren>(), Err(NotDigits));
        assert_eq!("732829321".parse::<Siren>(), Err(BadCheckDigit));
    }

    #[test]
    fn la_poste_counts_by_digit_sum_except_at_its_head_office() {
        assert!("35600000000048".parse::<Siret>().is_ok());
        assert!("35600000049837".parse::<Siret>().is_ok());
        assert!("35600000000001".parse::<Siret>().is_ok());
        assert_eq!("35600000000049".parse::<Siret>(), Err(BadCheckDigit));
        assert_eq!("35600000009076".parse::<Siret>(), Err(BadCheckDigit));
    }

    #[test]
    fn a_siret_contains_its_siren_and_both_are_checked() {
        let siret: Siret = "732 829 320 00074".parse().unwrap();
        assert_eq!(siret.siren().as_str(), "732829320");
        assert_eq!(siret.to_string(), "732\u{202f}829\u{202f}320\u{202f}00074");
        assert_eq!("73282932000075".parse::<Siret>(), Err(BadCheckDigit));
        assert_eq!("7328293200007".parse::<Siret>(), Err(TooShort));
        assert_eq!("732829320000740".parse::<Siret>(), Err(TooLong));
    }

    #[test]
    fn a_company_number_is_told_by_its_length() {
        assert!(matches!("732 829 320".parse(), Ok(CompanyNumber::Siren(_))));
        assert!(matches!(
            "732 829 320 00074".parse(),
            Ok(CompanyNumber::Siret(_))
        ));
        assert_eq!("73282932000".parse::<CompanyNumber>(), Err(TooShort));
    }

    #[test]
    fn an_rna_number_is_w_and_nine() {
        assert_eq!(
            "w 442 000 123".parse::<Rna>().unwrap().as_str(),
            "W442000123"
        );
        assert!("W9R1000001".parse::<Rna>().is_ok());
        assert_eq!("442000123".parse::<Rna>(), Err(BadShape));
        assert_eq!("W44200012".parse::<Rna>(), Err(TooShort));
        assert_eq!("W4420001234".parse::<Rna>(), Err(TooLong));
        assert_eq!("W44200012X".parse::<Rna>(), Err(NotDigits));
    }

    #[test]
    fn a_naf_code_is_kept_with_its_point() {
        assert_eq!("2511z".parse::<NafCode>().unwrap().as_str(), "25.11Z");
        assert_eq!("25.11Z".parse::<NafCode>().unwrap().as_str(), "25.11Z");
        assert_eq!("25.11".parse::<NafCode>(), Err(TooShort));
        assert_eq!("25.117".parse::<NafCode>(), Err(BadShape));
        assert_eq!("2A11Z".parse::<NafCode>(), Err(NotDigits));
        assert_eq!("é511Z".parse::<NafCode>(), Err(NotDigits));
    }

    #[test]
    fn a_postcode_is_five_digits_of_a_place() {
        assert_eq!("44 000".parse::<Postcode>().unwrap().as_str(), "44000");
        assert_eq!("4400".parse::<Postcode>(), Err(TooShort));
        assert_eq!("00123".parse::<Postcode>(), Err(BadShape));
        assert_eq!("4400A".parse::<Postcode>(), Err(NotDigits));
    }

    #[test]
    fn every_way_to_write_a_french_number_is_the_same_number() {
        for written in [
            "02 61 91 27 63",
            "02.61.91.27.63",
            "0261912763",
            "+33 2 61 91 27 63",
            "+33 (0)2 61 91 27 63",
            "0033 261912763",
            "02-61-91-27-63",
        ] {
            let phone: Phone = written.parse().unwrap();
            assert_eq!(phone.as_str(), "0261912763", "{written}");
            assert_eq!(
                phone.to_string(),
                "02\u{202f}61\u{202f}91\u{202f}27\u{202f}63"
            );
        }
    }

    #[test]
    fn free_short_and_foreign_numbers_keep_their_own_shape() {
        let shown = |text: &str| text.parse::<Phone>().unwrap().to_string();
        assert_eq!(shown("0800100200"), "0\u{202f}800\u{202f}100\u{202f}200");
        assert_eq!(shown("3218"), "3218");
        assert_eq!(shown("17"), "17");
        assert_eq!(shown("118 218"), "118\u{202f}218");
        assert_eq!(shown("+32 2 555 12 12"), "+3225551212");
    }

    #[test]
    fn each_mistake_in_a_phone_number_has_its_name() {
        assert_eq!("".parse::<Phone>(), Err(TooShort));
        assert_eq!("+".parse::<Phone>(), Err(TooShort));
        assert_eq!("02 61 91 27".parse::<Phone>(), Err(TooShort));
        assert_eq!("02 61 91 27 63 1".parse::<Phone>(), Err(TooLong));
        assert_eq!("+33 2 61 91 27 63 1".parse::<Phone>(), Err(TooLong));
        assert_eq!("poste 12".parse::<Phone>(), Err(NotDigits));
        assert_eq!("12345".parse::<Phone>(), Err(BadShape));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reader_panic_and_what_is_shown_reads_back(text in "\\PC{0,20}") {
            let _ = text.parse::<Rna>();
            let _ = text.parse::<NafCode>();
            if let Ok(phone) = text.parse::<Phone>() {
                prop_assert_eq!(phone.to_string().parse::<Phone>().unwrap(), phone);
            }
            if let Ok(number) = text.parse::<CompanyNumber>() {
                prop_assert_eq!(number.siren().as_str().len(), 9);
            }
        }

        #[test]
        fn one_wrong_digit_in_a_siren_is_always_seen(pick in 0usize..8, place in 0usize..9, add in 1u8..10) {
            let mut bytes = SIRENS_OF_STDNUM[pick].as_bytes().to_vec();
            bytes[place] = b'0' + (bytes[place] - b'0' + add) % 10;
            let text = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(text.parse::<Siren>(), Err(BadCheckDigit));
        }
    }
}
