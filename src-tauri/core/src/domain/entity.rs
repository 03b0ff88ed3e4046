//! What the journal speaks of: entities, and the fields that their changes add up to.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// The kinds of entity that this version knows. A newer version may write others: they are kept, and not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A case.
    Case,
    /// Somebody to reach in a case.
    Contact,
    /// A dated fact of a case's chronology.
    Fact,
    /// A note of the team on a case.
    Note,
    /// A document of a case.
    Document,
    /// A mail of a case.
    Message,
    /// A file that a case keeps.
    Evidence,
    /// An organisation.
    Organisation,
    /// The team: profile and settings.
    Team,
    /// A certificate of the team.
    TeamKey,
    /// Somebody of the team.
    Person,
    /// A workstation.
    Device,
    /// The team's RFC 2350 document.
    Rfc2350,
    /// A published edition of it.
    Edition,
    /// What the team says and attaches for the programmes that it applies to.
    Readiness,
    /// A key of somebody else.
    CorrespondentKey,
    /// The look-ups of keys that were asked for.
    KeyLookups,
    /// The team's mail account.
    MailAccount,
    /// A template of mails that the team changed or made.
    MailTemplate,
    /// A firm that helps beneficiaries.
    Provider,
    /// How firms are matched with cases.
    MatchRules,
    /// The firms that were proposed in a case.
    Shortlist,
    /// A case in the hands of the firm that its beneficiary chose.
    Referral,
    /// Which firm helps whom when one event hits many.
    Crisis,
}

impl EntityKind {
    /// The kind as the journal writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Contact => "contact",
            Self::Fact => "fact",
            Self::Note => "note",
            Self::Document => "document",
            Self::Message => "message",
            Self::Evidence => "evidence",
            Self::Organisation => "organisation",
            Self::Team => "team",
            Self::TeamKey => "team_key",
            Self::Person => "person",
            Self::Device => "device",
            Self::Rfc2350 => "rfc2350",
            Self::Edition => "edition",
            Self::Readiness => "readiness",
            Self::CorrespondentKey => "correspondent_key",
            Self::KeyLookups => "key_lookups",
            Self::MailAccount => "mail_account",
            Self::MailTemplate => "mail_template",
            Self::Provider => "provider",
            Self::MatchRules => "match_rules",
            Self::Shortlist => "shortlist",
            Self::Referral => "referral",
            Self::Crisis => "crisis",
        }
    }

    /// The kind that the journal wrote, if this version knows it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        serde_json::from_value(Value::String(name.to_owned())).ok()
    }
}

/// One entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entity {
    /// Its kind.
    pub kind: EntityKind,
    /// Its identifier.
    pub id: Uuid,
}

/// The state of an entity: what its changes add up to. A dot in a field's name nests ("axes.urgency").
pub type Fields = Map<String, Value>;

/// Sets `path` ("axes.urgency") in nested fields.
pub fn nest(fields: &mut Fields, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            fields.insert(path.to_owned(), value);
        }
        Some((head, rest)) => {
            let inner = fields
                .entry(head.to_owned())
                .or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Value::Object(inner) = inner {
                nest(inner, rest, value);
            }
        }
    }
}

/// The same value with the keys of every object in order, so that one state has one text whatever built it.
#[must_use]
pub fn sorted(mut value: Value) -> Value {
    value.sort_all_objects();
    value
}

/// The value at `path` ("axes.urgency") of nested fields.
#[must_use]
pub fn at<'f>(fields: &'f Fields, path: &str) -> Option<&'f Value> {
    match path.split_once('.') {
        None => fields.get(path),
        Some((head, rest)) => at(fields.get(head)?.as_object()?, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dotted_field_nests_and_is_found_again() {
        let mut fields = Fields::new();
        nest(&mut fields, "axes.urgency", Value::from(2));
        nest(&mut fields, "axes.recovery", Value::from(1));
        nest(&mut fields, "title", Value::from("x"));
        assert_eq!(at(&fields, "axes.urgency"), Some(&Value::from(2)));
        assert_eq!(
            sorted(Value::Object(fields.clone())).to_string(),
            r#"{"axes":{"recovery":1,"urgency":2},"title":"x"}"#
        );
        assert_eq!(at(&fields, "title.urgency"), None);
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in [
            EntityKind::Case,
            EntityKind::TeamKey,
            EntityKind::Device,
            EntityKind::Fact,
            EntityKind::CorrespondentKey,
            EntityKind::KeyLookups,
        ] {
            assert_eq!(EntityKind::parse(kind.name()), Some(kind));
        }
        assert_eq!(EntityKind::parse("hologram"), None);
    }
}
