//! What a typed text may leave to the product: `{phone}` is printed as the profile's number, today and after it changes.

use super::document::{Place, Rfc2350};
use super::key::{Fingerprint, TeamKeyFacts};
use super::lang::{Lang, day};
use super::para::{Span, linked};
use crate::domain::team::TeamProfile;

/// A value that the product knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placeholder {
    /// Full name of the team.
    Team,
    /// Its short name.
    ShortName,
    /// The organisation that carries it.
    Host,
    /// Its telephone number.
    Phone,
    /// Its mail address.
    Mail,
    /// Its website.
    Website,
    /// When its line answers, in words.
    Opening,
    /// User id of its key.
    UserId,
    /// Fingerprint of its key.
    Fingerprint,
    /// Where the document is found.
    Document,
    /// Where changes are announced.
    Announcements,
    /// Where the public key is found.
    Key,
    /// The key servers.
    KeyServers,
    /// Who leads the team.
    Leader,
    /// Version of the document.
    Version,
    /// Day of the document.
    Date,
}

impl Placeholder {
    /// Every placeholder.
    pub const ALL: [Self; 16] = [
        Self::Team,
        Self::ShortName,
        Self::Host,
        Self::Phone,
        Self::Mail,
        Self::Website,
        Self::Opening,
        Self::UserId,
        Self::Fingerprint,
        Self::Document,
        Self::Announcements,
        Self::Key,
        Self::KeyServers,
        Self::Leader,
        Self::Version,
        Self::Date,
    ];

    /// As it is typed between braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::ShortName => "short_name",
            Self::Host => "host",
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Website => "website",
            Self::Opening => "opening",
            Self::UserId => "user_id",
            Self::Fingerprint => "fingerprint",
            Self::Document => "document",
            Self::Announcements => "announcements",
            Self::Key => "key",
            Self::KeyServers => "key_servers",
            Self::Leader => "leader",
            Self::Version => "version",
            Self::Date => "date",
        }
    }

    /// The placeholder of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// A piece of a typed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words as typed.
    Words(&'a str),
    /// The name between two braces, known or not.
    Braced(&'a str),
}

/// A typed text in pieces. Braces around anything but small letters and `_` are words.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut words = 0;
    while let Some(open) = rest[words..].find('{').map(|at| words + at) {
        let name = rest[open + 1..].split_once('}').map(|(name, _)| name);
        let Some(name) = name.filter(|name| is_name(name)) else {
            words = open + 1;
            continue;
        };
        if open > 0 {
            pieces.push(Piece::Words(&rest[..open]));
        }
        pieces.push(Piece::Braced(name));
        rest = &rest[open + name.len() + 2..];
        words = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Telephone number as a `tel:` address (RFC 3966): the international form of a French number.
pub(super) fn tel(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    match digits.strip_prefix('0') {
        Some(national) if digits.len() == 10 => format!("tel:+33{national}"),
        _ => format!("tel:{digits}"),
    }
}

/// A place as a link; nothing without an address.
pub(super) fn place(place: &Place) -> Vec<Span> {
    match (place.name.is_empty(), place.url.is_empty()) {
        (_, true) => Vec::new(),
        (true, false) => vec![Span::link(&place.url, &place.url)],
        (false, false) => vec![Span::link(&place.name, &place.url)],
    }
}

/// All from which placeholders are filled.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub document: &'a Rfc2350,
    pub profile: &'a TeamProfile,
    pub key: &'a TeamKeyFacts,
    pub lang: Lang,
}

impl Values<'_> {
    /// The value of a placeholder; empty when the product does not know it.
    pub fn of(&self, placeholder: Placeholder) -> Vec<Span> {
        let words = |text: &str| match text.trim() {
            "" => Vec::new(),
            text => linked(text),
        };
        match placeholder {
            Placeholder::Team => words(&self.profile.full_name),
            Placeholder::ShortName => words(&self.profile.short_name),
            Placeholder::Host => words(&self.profile.host),
            Placeholder::Phone => match self.profile.phone.trim() {
                "" => Vec::new(),
                phone => vec![Span::link(phone, tel(phone))],
            },
            Placeholder::Mail => words(&self.profile.mail),
            Placeholder::Website => words(&self.profile.website),
            Placeholder::Opening => words(match self.lang {
                Lang::Fr => &self.profile.opening.text_fr,
                Lang::En => &self.profile.opening.text_en,
            }),
            Placeholder::UserId => words(&self.key.user_id),
            Placeholder::Fingerprint => words(&Fingerprint(&self.key.fingerprint).to_string()),
            Placeholder::Document => place(&self.document.found_at),
            Placeholder::Announcements => place(&self.document.announced_at),
            Placeholder::Key => place(&self.document.key_at),
            Placeholder::KeyServers => {
                let servers: Vec<Vec<Span>> = self.document.key_servers.iter().map(place).collect();
                servers.join(&Span::plain(", "))
            }
            Placeholder::Leader => words(self.document.leader.as_deref().unwrap_or("")),
            Placeholder::Version => words(&self.document.version),
            Placeholder::Date => words(
                &self
                    .document
                    .dated
                    .map_or_else(String::new, |dated| day(dated, self.lang)),
            ),
        }
    }

    /// A typed line with its placeholders filled and its addresses linked. An unknown name stays as typed.
    pub fn line(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Words(words) => spans.extend(linked(words)),
                Piece::Braced(name) => match Placeholder::named(name) {
                    Some(placeholder) => spans.extend(self.of(placeholder)),
                    None => spans.push(Span::plain(format!("{{{name}}}"))),
                },
            }
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_hold_names_and_nothing_else() {
        assert_eq!(
            pieces("Le {team} au {phone}, {Non} { } {x"),
            [
                Piece::Words("Le "),
                Piece::Braced("team"),
                Piece::Words(" au "),
                Piece::Braced("phone"),
                Piece::Words(", {Non} { } {x"),
            ]
        );
    }

    #[test]
    fn a_placeholder_is_found_by_its_name() {
        for placeholder in Placeholder::ALL {
            assert_eq!(Placeholder::named(placeholder.name()), Some(placeholder));
        }
        assert_eq!(Placeholder::named("equipe"), None);
    }

    #[test]
    fn a_french_number_is_called_from_anywhere() {
        assert_eq!(tel("0 800 100 200"), "tel:+33800100200");
        assert_eq!(tel("02 61 91 10 10"), "tel:+33261911010");
        assert_eq!(tel("+262 262 00 00 00"), "tel:+262262000000");
        assert_eq!(tel("3218"), "tel:3218");
    }
}
