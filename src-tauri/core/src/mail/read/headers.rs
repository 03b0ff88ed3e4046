//! Who, to whom, when, what about: from the headers that servers saw, or from those that were protected (RFC 9788).

use chrono::{DateTime, TimeDelta, Utc};
use mail_parser::{HeaderName, HeaderValue};
use unicode_normalization::UnicodeNormalization;

use super::part::{Part, clean};
use crate::domain::mail::{Address, Reading, Warning};

/// The most addresses that are read of one header.
const MAX_ADDRESSES: usize = 200;
/// The most identifiers that are read of a thread.
const MAX_REFERENCES: usize = 100;
/// Longest subject that is shown.
const MAX_SUBJECT_CHARS: usize = 1000;
/// How far a date may lie in the future: clocks and zones are often wrong by less.
const FUTURE: TimeDelta = TimeDelta::hours(26);

/// Headers that may stand once (RFC 5322 §3.6).
const ONCE: [&str; 9] = [
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "Content-Type",
];

/// Reads what servers saw.
pub(super) fn outer(part: &Part<'_>, reading: &mut Reading, at: DateTime<Utc>) {
    if ONCE.iter().any(|name| part.headers(name).count() > 1) {
        reading.warn(Warning::RepeatedHeader);
    }
    let senders = addresses(part, "From");
    if senders.len() > 1 || part.headers("From").count() > 1 {
        reading.warn(Warning::SeveralSenders);
    }
    reading.from = single(senders);
    rest(part, reading);
    reading.subject = subject(part);
    match reading.date {
        Some(date) if date <= at + FUTURE => {}
        _ => reading.warn(Warning::DateWrong),
    }
}

fn rest(part: &Part<'_>, reading: &mut Reading) {
    reading.to = addresses(part, "To");
    reading.cc = addresses(part, "Cc");
    reading.reply_to = addresses(part, "Reply-To");
    reading.date = date(part);
    reading.message_id = ids(part, HeaderName::MessageId).pop().unwrap_or_default();
    reading.in_reply_to = ids(part, HeaderName::InReplyTo);
    reading.references = ids(part, HeaderName::References);
}

/// Whether the root of what was protected carries its headers along (RFC 9788 §2.1.1, and the older
/// `protected-headers="v1"`).
pub(super) fn are_protected(payload: &Part<'_>) -> bool {
    let says = |name: &str, values: &[&str]| {
        payload
            .parameter(name)
            .is_some_and(|value| values.iter().any(|known| value.eq_ignore_ascii_case(known)))
    };
    says("hp", &["clear", "cipher"]) || says("protected-headers", &["v1"])
}

/// Takes the protected headers in the place of those that servers saw. Gives the sender that they name.
pub(super) fn protected(payload: &Part<'_>, reading: &mut Reading) -> Option<Address> {
    let seen = std::mem::take(reading);
    reading.warnings.clone_from(&seen.warnings);
    reading.encryption = seen.encryption;
    rest(payload, reading);
    // A copy may leave out what nobody wanted to protect.
    for (protected, outer) in [
        (&mut reading.to, seen.to),
        (&mut reading.cc, seen.cc),
        (&mut reading.reply_to, seen.reply_to),
    ] {
        if protected.is_empty() {
            *protected = outer;
        }
    }
    reading.date = reading.date.or(seen.date);
    if reading.message_id.is_empty() {
        reading.message_id = seen.message_id;
    }
    if reading.references.is_empty() {
        reading.references = seen.references;
    }
    if reading.in_reply_to.is_empty() {
        reading.in_reply_to = seen.in_reply_to;
    }
    reading.from = seen.from;
    if payload.headers("Subject").next().is_some() {
        reading.subject = subject(payload);
        reading.subject_protected = true;
        let hidden = ["...", "[...]", "", "encrypted message", "message chiffré"];
        let seen_subject = seen.subject.trim().to_lowercase();
        if seen_subject != reading.subject.trim().to_lowercase()
            && !hidden.contains(&seen_subject.as_str())
        {
            reading.warn(Warning::SubjectDiffers);
        }
    } else {
        reading.subject = seen.subject;
    }
    single(addresses(payload, "From"))
}

/// Warnings that need no signature to be right.
pub(super) fn look(reading: &mut Reading) {
    let Some(from) = reading.from.clone() else {
        return;
    };
    // Many characters look like the two that make an address: « ＠ », « ﹫ », « ․ », « 。 ».
    let name = from.name.nfkc().collect::<String>().to_lowercase();
    let name = name.replace('\u{3002}', ".");
    let shown = name.split(|c: char| c.is_whitespace() || "<>()\"'".contains(c));
    let looks = shown
        .filter(|word| word.contains('@') && word.contains('.'))
        .any(|word| !from.is(word));
    if looks {
        reading.warn(Warning::NameLooksLikeAddress);
    }
    if reading.reply_to.iter().any(|to| !to.is(&from.mail)) {
        reading.warn(Warning::ReplyElsewhere);
    }
}

fn single(mut senders: Vec<Address>) -> Option<Address> {
    let first = senders.pop()?;
    senders.is_empty().then_some(first)
}

fn subject(part: &Part<'_>) -> String {
    let text = part
        .header(HeaderName::Subject)
        .and_then(HeaderValue::as_text)
        .unwrap_or_default();
    let line = clean(text).replace(['\n', '\t'], " ");
    line.chars()
        .filter(|c| !crate::domain::mail::is_bidi_control(*c))
        .take(MAX_SUBJECT_CHARS)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Addresses of every header of a name; what is none is left out.
fn addresses(part: &Part<'_>, name: &'static str) -> Vec<Address> {
    let values = part.headers(name).filter_map(HeaderValue::as_address);
    let found = values.flat_map(|list| list.iter());
    found
        .filter_map(|one| Address::new(one.name().unwrap_or_default(), one.address()?))
        .take(MAX_ADDRESSES)
        .collect()
}

fn date(part: &Part<'_>) -> Option<DateTime<Utc>> {
    let date = part.header(HeaderName::Date)?.as_datetime()?;
    if date.is_valid() {
        DateTime::from_timestamp(date.to_timestamp(), 0)
    } else {
        None
    }
}

/// Identifiers without angle brackets; one with a blank or a control character is none.
fn ids<'a>(part: &Part<'a>, name: HeaderName<'a>) -> Vec<String> {
    let value = part.header(name);
    let texts = match value {
        Some(HeaderValue::Text(text)) => vec![text.as_ref()],
        Some(HeaderValue::TextList(list)) => list.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    let plain = |id: &&str| {
        !id.is_empty()
            && id.len() < 1000
            && !id.chars().any(|c| c.is_whitespace() || c.is_control())
    };
    texts
        .into_iter()
        .filter(plain)
        .take(MAX_REFERENCES)
        .map(str::to_owned)
        .collect()
}
