//! The headers of a mail: checked once, written up to three times (outside, inside, and inside as they were outside).

use base64::{Engine, engine::general_purpose::STANDARD};
use mail_builder::headers::{
    Header, HeaderType, address::Address as Mailboxes, date::Date, message_id::MessageId, raw::Raw,
    text::Text,
};

use super::{Outgoing, WriteError};
use crate::domain::mail::Address;

/// What servers see in the place of the subject (RFC 9788 §4.1, `hcp_baseline`).
const HIDDEN_SUBJECT: &str = "[...]";
/// Of a long thread, its beginning and its newest mails are named (RFC 5537 §3.4.4 does the same for news).
const MAX_REFERENCES: usize = 40;
/// Longest name of a message that is repeated: with its brackets it stays on one line.
const MAX_MESSAGE_ID_BYTES: usize = 250;
/// What fits in an encoded word of at most 75 characters.
const MAX_WORD_BYTES: usize = 45;
/// Base64 of a key, in pieces that fill a line.
const KEY_LINE_CHARS: usize = 76;

/// The headers that are not about structure, in the order in which they are written.
pub(super) struct Fields<'o> {
    fields: Vec<(&'static str, HeaderType<'o>)>,
    outer_subject: String,
}

impl<'o> Fields<'o> {
    /// Takes and checks what the mail says of itself.
    pub(super) fn of(outgoing: &'o Outgoing) -> Result<Self, WriteError> {
        let own_id = ids("Message-ID", std::slice::from_ref(&outgoing.message_id))?;
        if own_id.is_empty() {
            return Err(WriteError::Header {
                field: "Message-ID",
            });
        }
        let mut fields = vec![
            ("Date", Date::new(outgoing.date.timestamp()).into()),
            ("From", mailboxes("From", [&outgoing.from])?),
        ];
        if outgoing.to.is_empty() && outgoing.cc.is_empty() {
            // A header without any recipient looks like unwanted mail to many servers.
            fields.push(("To", Raw::new("undisclosed-recipients:;").into()));
        }
        for (name, people) in [("To", &outgoing.to), ("Cc", &outgoing.cc)] {
            if !people.is_empty() {
                fields.push((name, mailboxes(name, people)?));
            }
        }
        let subject = single_line("Subject", &outgoing.subject)?;
        fields.push(("Subject", text(subject)));
        fields.push(("Message-ID", MessageId::from(own_id).into()));
        let answered = ids("In-Reply-To", &outgoing.in_reply_to)?;
        let mut thread = ids("References", &outgoing.references)?;
        if let Some(beyond) = thread.len().checked_sub(MAX_REFERENCES) {
            thread.drain(1..=beyond);
        }
        for (name, named) in [("In-Reply-To", answered), ("References", thread)] {
            if !named.is_empty() {
                fields.push((name, MessageId::from(named).into()));
            }
        }
        if let Some(place) = &outgoing.unsubscribe {
            let place = checked("List-Unsubscribe", place)?;
            let place = format!("<mailto:{}?subject=unsubscribe>", place.mail);
            fields.push(("List-Unsubscribe", Raw::new(place).into()));
        }
        if let Some(key) = &outgoing.autocrypt {
            fields.push(("Autocrypt", autocrypt(&outgoing.from, key)));
        }
        let outer_label = outgoing
            .outer_label
            .map_or_else(String::new, |tlp| format!("[{}] ", tlp.label()));
        Ok(Self {
            fields,
            outer_subject: format!("{outer_label}{HIDDEN_SUBJECT}"),
        })
    }

    /// All of them as they are.
    pub(super) fn as_they_are(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, value) in &self.fields {
            write(&mut out, "", name, value);
        }
        out
    }

    /// All of them as servers see them around what is encrypted.
    pub(super) fn outside(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, value) in self.outer() {
            write(&mut out, "", name, &value);
        }
        out
    }

    /// All of them as they are, then as they stand outside (RFC 9788 §2.2), for the top of what is encrypted.
    pub(super) fn write_protected(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.as_they_are());
        for (name, value) in self.outer() {
            write(out, "HP-Outer: ", name, &value);
        }
    }

    /// About the bytes that [`Fields::write_protected`] writes, not less.
    pub(super) fn room(&self) -> usize {
        2 * self.as_they_are().len() + 4096
    }

    fn outer(&self) -> impl Iterator<Item = (&'static str, HeaderType<'_>)> {
        self.fields.iter().map(|(name, value)| match *name {
            "Subject" => (*name, Text::new(self.outer_subject.as_str()).into()),
            _ => (*name, value.clone()),
        })
    }
}

fn write(out: &mut Vec<u8>, before: &str, name: &str, value: &HeaderType<'_>) {
    out.extend_from_slice(before.as_bytes());
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    value.write_header(out, before.len() + name.len() + 2);
}

fn mailboxes<'o>(
    field: &'static str,
    people: impl IntoIterator<Item = &'o Address>,
) -> Result<HeaderType<'o>, WriteError> {
    let people: Result<Vec<&Address>, WriteError> = people
        .into_iter()
        .map(|address| checked(field, address))
        .collect();
    let people = people?;
    if people.iter().any(|address| looks_encoded(&address.name)) {
        let boxes = people.iter().map(|address| {
            let name = encoded_words(&address.name);
            format!("{name} <{}>", address.mail).trim_start().to_owned()
        });
        return Ok(Raw::new(boxes.collect::<Vec<_>>().join(", ")).into());
    }
    let boxes = people.iter().map(|address| {
        let name = Some(address.name.as_str()).filter(|name| !name.trim().is_empty());
        Mailboxes::new_address(name, address.mail.as_str())
    });
    Ok(Mailboxes::new_list(boxes.collect()).into())
}

fn text(text: &str) -> HeaderType<'_> {
    if looks_encoded(text) {
        return Raw::new(encoded_words(text)).into();
    }
    Text::new(text).into()
}

/// Whether readers would decode what somebody typed. mail-builder leaves it as it is.
fn looks_encoded(text: &str) -> bool {
    text.contains("=?")
}

/// RFC 2047 §4.1, each word short enough for a line and whole in its characters (§5).
fn encoded_words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if word.len() + c.len_utf8() <= MAX_WORD_BYTES => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    let words = words.iter().map(|word| STANDARD.encode(word));
    let words: Vec<String> = words.map(|word| format!("=?utf-8?B?{word}?=")).collect();
    words.join(" ")
}

/// An address as it may stand in a header: whoever filled the shape in may not have asked [`Address::new`].
fn checked<'o>(field: &'static str, address: &'o Address) -> Result<&'o Address, WriteError> {
    single_line(field, &address.name)?;
    match Address::new(&address.name, &address.mail) {
        Some(known) if known.mail == address.mail => {}
        _ => return Err(WriteError::Header { field }),
    }
    if !address.mail.is_ascii() {
        return Err(WriteError::AddressNotAscii { field });
    }
    Ok(address)
}

/// A text without a control character, line ends above all.
pub(super) fn single_line<'t>(field: &'static str, text: &'t str) -> Result<&'t str, WriteError> {
    if text.chars().any(breaks_a_line) {
        return Err(WriteError::Header { field });
    }
    Ok(text)
}

fn breaks_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The names of messages that can be repeated. One that others wrote otherwise than RFC 5322 §3.6.4 allows is left out:
/// a thread is a convenience; one that would end the header is refused.
fn ids<'o>(field: &'static str, ids: &'o [String]) -> Result<Vec<&'o str>, WriteError> {
    for id in ids {
        single_line(field, id)?;
    }
    let can_stand = |id: &&str| {
        let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>');
        id.len() <= MAX_MESSAGE_ID_BYTES && id.contains('@') && id.chars().all(plain)
    };
    Ok(ids.iter().map(String::as_str).filter(can_stand).collect())
}

/// Autocrypt 1.1 §2.1: the attributes, and the key in base64 in which spaces mean nothing.
fn autocrypt(from: &Address, key: &[u8]) -> HeaderType<'static> {
    let key = STANDARD.encode(key);
    let mut value = format!("addr={}; prefer-encrypt=mutual; keydata=", from.mail);
    for line in key.as_bytes().chunks(KEY_LINE_CHARS) {
        value.push(' ');
        value.extend(line.iter().copied().map(char::from));
    }
    Raw::new(value).into()
}
