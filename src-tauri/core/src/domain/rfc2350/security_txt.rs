//! security.txt (RFC 9116) from the same facts as the document: where finders of a weakness turn to.

use chrono::{Months, NaiveDate};

use super::document::Rfc2350;
use super::key::TeamKeyFacts;
use super::links::same_target;
use super::placeholder::tel;
use crate::domain::calendar::in_paris;
use crate::domain::team::{TeamProfile, is_mail_shape};

/// How long a file stays good: under the year that RFC 9116, section 2.5.5 recommends as the most.
const MONTHS: Months = Months::new(11);

/// Why no file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecurityTxtError {
    /// The profile has no mail address: Contact is mandatory.
    #[error("no mail address")]
    NoContact,
    /// The file's own address is missing or not `https`.
    #[error("Canonical is not an https address")]
    Canonical,
    /// The document's address is missing or not `https`.
    #[error("Policy is not an https address")]
    Policy,
    /// The team has no key that is good tomorrow.
    #[error("no key in force")]
    Key,
}

/// The file, to be signed and served at `/.well-known/security.txt`.
///
/// It expires in eleven months, or with the key if that comes first.
///
/// # Errors
/// When a mandatory fact is missing, or an address is not `https` (RFC 9116, section 2.5).
pub fn security_txt(
    document: &Rfc2350,
    profile: &TeamProfile,
    key: &TeamKeyFacts,
    today: NaiveDate,
) -> Result<String, SecurityTxtError> {
    let mail = profile.mail.trim();
    if !is_mail_shape(mail) {
        return Err(SecurityTxtError::NoContact);
    }
    let canonical = https(&document.security_txt_url).ok_or(SecurityTxtError::Canonical)?;
    let policy = https(&document.found_at.url).ok_or(SecurityTxtError::Policy)?;
    let expires = expiry(key, today).ok_or(SecurityTxtError::Key)?;

    let mut lines = vec![
        format!("# {}", one_line(&profile.full_name)),
        "# RFC 9116, https://www.rfc-editor.org/rfc/rfc9116".to_owned(),
        format!("Contact: mailto:{mail}"),
    ];
    if profile.phone.chars().any(|c| c.is_ascii_digit()) {
        lines.push(format!("Contact: {}", tel(&profile.phone)));
    }
    lines.push(format!("Expires: {expires}T00:00:00Z"));
    // The document is not a key: where both share an address, the fingerprint alone leads to the key.
    let key_at = https(&document.key_at.url).filter(|url| !same_target(url, policy));
    if let Some(url) = key_at {
        lines.push(format!("Encryption: {url}"));
    }
    let fingerprint: String = key
        .fingerprint
        .chars()
        .filter(char::is_ascii_hexdigit)
        .collect();
    lines.push(format!(
        "Encryption: openpgp4fpr:{}",
        fingerprint.to_lowercase()
    ));
    lines.push("Preferred-Languages: fr, en".to_owned());
    lines.push(format!("Policy: {policy}"));
    lines.push(format!("Canonical: {canonical}"));
    Ok(lines.into_iter().map(|line| line + "\r\n").collect())
}

/// An `https` address without anything that could end its line.
fn https(url: &str) -> Option<&str> {
    let is_one_word = url.chars().all(|c| !c.is_whitespace() && !c.is_control());
    (url.len() > "https://".len() && url.starts_with("https://") && is_one_word).then_some(url)
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The day on which the file lapses; none when the key lapses today or has.
fn expiry(key: &TeamKeyFacts, today: NaiveDate) -> Option<NaiveDate> {
    if key.fingerprint.is_empty() {
        return None;
    }
    let latest = today.checked_add_months(MONTHS)?;
    let expires = key.expires.map(|at| in_paris(at).date_naive());
    let expires = expires.map_or(latest, |expires| expires.min(latest));
    (expires > today).then_some(expires)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{DateTime, FixedOffset};

    use super::super::testing::{date, document, key, profile};
    use super::*;

    /// A reader after the grammar of RFC 9116, section 4: comments, empty lines, `name ":" SP value`, each ended by CRLF.
    fn read(file: &str) -> BTreeMap<String, Vec<String>> {
        assert!(file.ends_with("\r\n"));
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in file.strip_suffix("\r\n").unwrap().split("\r\n") {
            assert!(!line.contains(['\r', '\n']), "{line:?}");
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, value) = line.split_once(": ").unwrap();
            assert!(name.chars().all(|c| c.is_ascii_alphabetic() || c == '-'));
            fields
                .entry(name.to_lowercase())
                .or_default()
                .push(value.to_owned());
        }
        fields
    }

    fn made(today: &str) -> Result<String, SecurityTxtError> {
        security_txt(&document(), &profile(), &key(), date(today))
    }

    #[test]
    fn a_reader_of_rfc_9116_finds_every_field() {
        let fields = read(&made("2026-11-03").unwrap());
        assert_eq!(
            fields["contact"],
            ["mailto:equipe@csirt.example", "tel:+33261911010"]
        );
        assert_eq!(
            fields["encryption"],
            [
                "https://www.region.example/csirt/cle.asc",
                "openpgp4fpr:0123456789abcdef0123456789abcdef01234567"
            ]
        );
        assert_eq!(fields["policy"], ["https://www.region.example/csirt"]);
        assert_eq!(
            fields["canonical"],
            ["https://www.region.example/.well-known/security.txt"]
        );
        assert_eq!(fields["preferred-languages"], ["fr, en"]);
        assert_eq!(fields.len(), 6);
    }

    #[test]
    fn it_lapses_once_and_within_the_year() {
        let today = date("2026-11-03");
        let fields = read(&made("2026-11-03").unwrap());
        let [expires] = fields["expires"].as_slice() else {
            panic!("one Expires field");
        };
        let expires: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(expires).unwrap();
        let days = (expires.date_naive() - today).num_days();
        assert!((300..365).contains(&days), "{days}");
    }

    #[test]
    fn it_lapses_with_the_key_and_is_not_made_after_it() {
        let file = made("2027-12-01").unwrap();
        assert_eq!(read(&file)["expires"], ["2028-03-01T00:00:00Z"]);
        assert_eq!(made("2028-03-01"), Err(SecurityTxtError::Key));
        let none = TeamKeyFacts::default();
        let error = security_txt(&document(), &profile(), &none, date("2026-11-03"));
        assert_eq!(error, Err(SecurityTxtError::Key));
    }

    #[test]
    fn an_address_that_is_not_https_is_refused() {
        let today = date("2026-11-03");
        let with = |change: fn(&mut Rfc2350)| {
            let mut document = document();
            change(&mut document);
            security_txt(&document, &profile(), &key(), today)
        };
        assert_eq!(
            with(|d| d.security_txt_url = "http://a.example/security.txt".into()),
            Err(SecurityTxtError::Canonical)
        );
        assert_eq!(
            with(|d| d.security_txt_url = "https://a.example/\r\nContact: x".into()),
            Err(SecurityTxtError::Canonical)
        );
        assert_eq!(
            with(|d| d.found_at.url.clear()),
            Err(SecurityTxtError::Policy)
        );
        assert!(with(|d| d.key_at.url = "http://a.example/key".into()).is_ok());
    }

    #[test]
    fn the_document_is_never_given_for_a_key() {
        let mut document = document();
        document.key_at = document.found_at.clone();
        let file = security_txt(&document, &profile(), &key(), date("2026-11-03")).unwrap();
        assert_eq!(
            read(&file)["encryption"],
            ["openpgp4fpr:0123456789abcdef0123456789abcdef01234567"]
        );
    }

    #[test]
    fn nothing_in_the_profile_can_add_a_line() {
        let mut profile = profile();
        profile.full_name = "CSIRT\r\nContact: mailto:x@evil.example".into();
        profile.phone = "02 61 91 10 10\r\nPolicy: x".into();
        let file = security_txt(&document(), &profile, &key(), date("2026-11-03")).unwrap();
        let fields = read(&file);
        assert_eq!(
            fields["contact"],
            ["mailto:equipe@csirt.example", "tel:+33261911010"]
        );
        assert_eq!(fields["policy"].len(), 1);
        profile.mail = "x@evil.example\r\n".into();
        profile.mail.push_str("Contact: y");
        let error = security_txt(&document(), &profile, &key(), date("2026-11-03"));
        assert_eq!(error, Err(SecurityTxtError::NoContact));
    }
}
