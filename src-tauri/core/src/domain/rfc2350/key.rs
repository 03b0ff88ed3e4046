//! What the document knows of the team's public key: plain data, no key.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A further public key of the team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "Rfc2350OtherKey")]
pub struct OtherKey {
    /// What it is used for, in French.
    pub role_fr: String,
    /// What it is used for, in English.
    pub role_en: String,
    /// Its user id.
    pub user_id: String,
    /// Its fingerprint: 40 hexadecimal digits.
    pub fingerprint: String,
}

/// What the document says of the team's public key. The default is a team that has none yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TeamKeyFacts {
    /// User id, mostly a mail address.
    pub user_id: String,
    /// Fingerprint: 40 hexadecimal digits; empty without a key.
    pub fingerprint: String,
    /// When the key was made.
    pub created: Option<DateTime<Utc>>,
    /// When it expires; none if never.
    pub expires: Option<DateTime<Utc>>,
    /// Other public keys, each with its role.
    pub others: Vec<OtherKey>,
}

/// A fingerprint as people compare it: capitals, in groups of four.
pub struct Fingerprint<'a>(
    /// Hexadecimal digits, grouped or not.
    pub &'a str,
);

impl fmt::Display for Fingerprint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.chars().filter(|c| !c.is_whitespace());
        for (place, digit) in digits.enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{}", digit.to_ascii_uppercase())?;
        }
        Ok(())
    }
}
