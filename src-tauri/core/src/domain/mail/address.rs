//! An address, and the name beside it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Longest address that SMTP carries (RFC 5321 §4.5.3.1.3, without the angle brackets).
const MAX_MAIL_CHARS: usize = 254;
/// Longest name that is kept.
const MAX_NAME_CHARS: usize = 200;

/// Somebody who writes or is written to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Address {
    /// The name beside it; may be empty. Says nothing about who it really is.
    pub name: String,
    /// "prenom.nom@firme.example", as it was written.
    pub mail: String,
}

impl Address {
    /// An address that may stand in a header: one `@`, a domain with a dot, nothing that breaks a line.
    #[must_use]
    pub fn new(name: &str, mail: &str) -> Option<Self> {
        let mail = mail.trim();
        let (local, domain) = mail.rsplit_once('@')?;
        let is_plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
        let local_holds = !local.is_empty() && !local.contains('@') && local.chars().all(is_plain);
        let domain_holds = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        (local_holds && domain_holds && mail.len() <= MAX_MAIL_CHARS).then(|| Self {
            name: line(name),
            mail: mail.to_owned(),
        })
    }

    /// What two spellings of one address have in common. The part before the `@` is compared without regard to
    /// capitals, too: no provider tells them apart, and whoever would wants to deceive.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.mail)
    }

    /// Whether this is that address, however it is written.
    #[must_use]
    pub fn is(&self, mail: &str) -> bool {
        self.folded() == fold(mail)
    }

    /// What follows the `@`, in small letters.
    #[must_use]
    pub fn domain(&self) -> String {
        self.mail
            .rsplit_once('@')
            .map_or_else(String::new, |(_, domain)| domain.to_lowercase())
    }
}

fn fold(mail: &str) -> String {
    mail.trim().to_lowercase()
}

/// A name on one line, without what could end a header or turn the text round.
fn line(name: &str) -> String {
    let kept = name.chars().map(|c| if c.is_control() { ' ' } else { c });
    let kept: String = kept
        .filter(|c| !is_bidi_control(*c))
        .take(MAX_NAME_CHARS)
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that turn the direction of a text round: they make `exe.fdp` look like `pdf.exe`.
#[must_use]
pub const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_could_break_a_header_is_none() {
        assert!(Address::new("Gaëtan Morvault", "secours@batardiere.example").is_some());
        for mail in [
            "",
            "sans-arobase",
            "a@b",
            "a b@c.example",
            "a@b.example\r\nBcc: x@y.example",
            "<a@b.example>",
            "a@b..example",
            "a@b@c.example",
            "a,b@c.example",
        ] {
            assert_eq!(Address::new("", mail), None, "{mail:?}");
        }
    }

    #[test]
    fn a_name_stays_on_its_line() {
        let name = "Mairie\r\nBcc: tous@exemple.example\u{202e}";
        let address = Address::new(name, "mairie@commune.example").unwrap();
        assert_eq!(address.name, "Mairie Bcc: tous@exemple.example");
    }

    #[test]
    fn capitals_make_no_other_address() {
        let address = Address::new("", "Secours@Batardiere.example").unwrap();
        assert!(address.is(" secours@batardiere.EXAMPLE"));
        assert_eq!(address.domain(), "batardiere.example");
    }
}
