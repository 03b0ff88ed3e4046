//! The name of a key that nobody can choose: shown, compared and read over the phone.

use std::{fmt, str::FromStr};

use sequoia_openpgp as openpgp;

use super::PgpError;

/// Fingerprint of a primary key or subkey (v4: 20 bytes, v6: 32 bytes).
///
/// Displayed as upper-case hexadecimal without spaces, which is also what `FromStr` reads
/// (spaces are allowed there).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(openpgp::Fingerprint);

impl Fingerprint {
    /// In groups of four, as read over the phone and printed in RFC 2350: `ED9C 60A1 …`.
    pub fn grouped(&self) -> String {
        let hex = self.to_string();
        let groups: Vec<&str> = (0..hex.len())
            .step_by(4)
            .map(|i| &hex[i..hex.len().min(i + 4)])
            .collect();
        groups.join(" ")
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.to_hex())
    }
}

impl FromStr for Fingerprint {
    type Err = PgpError;

    fn from_str(text: &str) -> Result<Self, PgpError> {
        match text.parse() {
            Ok(known @ (openpgp::Fingerprint::V4(_) | openpgp::Fingerprint::V6(_))) => {
                Ok(Self(known))
            }
            _ => Err(PgpError::NotOpenPgp),
        }
    }
}

impl From<openpgp::Fingerprint> for Fingerprint {
    fn from(inner: openpgp::Fingerprint) -> Self {
        Self(inner)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_in_groups_of_four_and_typed_back() {
        let plain = "ED9C60A18E3C4B2F5D6E7A8B9C0D1E2F30415263";
        let fingerprint: Fingerprint = plain.parse().unwrap();
        assert_eq!(fingerprint.to_string(), plain);
        let spoken = fingerprint.grouped();
        assert_eq!(spoken, "ED9C 60A1 8E3C 4B2F 5D6E 7A8B 9C0D 1E2F 3041 5263");
        assert_eq!(spoken.parse::<Fingerprint>().unwrap(), fingerprint);
    }

    #[test]
    fn a_key_id_or_a_word_is_no_fingerprint() {
        for text in ["", "ED9C60A18E3C4B2F", "bonjour", "ED9C 60A1"] {
            assert_eq!(
                text.parse::<Fingerprint>(),
                Err(PgpError::NotOpenPgp),
                "{text}"
            );
        }
    }
}
