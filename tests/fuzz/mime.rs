//! A mail as it comes over the line, or a file of mails.

use relais_core::domain::mail::{
    Address, Encryption, MAX_MAIL_BYTES, Reading, SignatureStatus, Warning, is_bidi_control,
    observables,
};
use relais_core::mail::read::{Known, Mail, Ring, Unreadable, read, safe_name};
use relais_core::mail::{delivery_report, mailbox};
use relais_core::pgp::{MAX_KEY_BYTES, parse_many};
use sha2::{Digest, Sha256};

use crate::desk::{DESK, GAETAN, LISTED, NOW, PART, SUBJECT, TEXT};
use crate::html;

/// Most text that is shown (`core/mail/read`).
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// Reads it as a mail, as a report and as a mailbox.
pub fn mime(raw: &[u8]) {
    let with_keys = twice(raw, DESK.ring());
    let without = twice(
        raw,
        Ring {
            keys: None,
            known: &Known::default(),
        },
    );
    match (&with_keys, &without) {
        (Ok(opened), Ok(locked)) => {
            // What somebody without the keys is shown proves nothing and was hidden from nobody.
            assert_ne!(locked.reading.encryption, Encryption::Full);
            assert_ne!(locked.reading.signature.status, SignatureStatus::Good);
            let total: usize = locked.files.iter().map(Vec::len).sum();
            assert!(total <= raw.len(), "{total} bytes out of {}", raw.len());
            check(opened);
            check(locked);
        }
        (Err(one), Err(other)) => assert_eq!(one, other),
        _ => panic!("a mail for some, none for others"),
    }
    report(raw);
    let mails = mailbox::mails("boite.mbox", raw);
    assert!(mails.len() <= mailbox::MAX_MAILS);
    let taken: usize = mails.iter().flatten().map(|mail| mail.len()).sum();
    // An encrypted block alone gets a head.
    assert!(taken <= raw.len() + 100, "more than came");
    if mails.len() > 1 {
        for mail in mails.iter().flatten().take(8) {
            if let Ok(mail) = read(mail, DESK.ring(), NOW) {
                check(&mail);
            }
        }
    }
}

/// Reads it twice: the same bytes say the same.
pub fn twice(raw: &[u8], ring: Ring<'_>) -> Result<Mail, Unreadable> {
    let (once, again) = (read(raw, ring, NOW), read(raw, ring, NOW));
    match (&once, &again) {
        (Ok(once), Ok(again)) => {
            assert_eq!(once.reading, again.reading);
            assert!(once.files == again.files && once.autocrypt == again.autocrypt);
        }
        (Err(once), Err(again)) => assert_eq!(once, again),
        _ => panic!("read once and refused once"),
    }
    once
}

/// What is promised of a mail that was read, whatever it was.
pub fn check(mail: &Mail) {
    let reading = &mail.reading;
    files(mail);
    headers(reading);
    words(reading);
    proof(reading);
    assert!(reading.warnings.is_sorted_by(|a, b| a < b), "each once");
    if let Some(key) = &mail.autocrypt {
        assert!(key.len() <= MAX_KEY_BYTES && reading.from.is_some());
        let _ = parse_many(key);
    }
    // It is kept and handed to the window as JSON: the way there and back changes nothing.
    let json = serde_json::to_string(reading).expect("a reading can be written");
    let back: Reading = serde_json::from_str(&json).expect("a reading can be read");
    assert_eq!(&back, reading);
}

fn files(mail: &Mail) {
    let named = &mail.reading.attachments;
    assert_eq!(named.len(), mail.files.len());
    let total: usize = mail.files.iter().map(Vec::len).sum();
    assert!(total <= MAX_MAIL_BYTES, "{total} bytes of attachments");
    for (attachment, bytes) in named.iter().zip(&mail.files) {
        assert_eq!(attachment.size as usize, bytes.len());
        let digest = Sha256::digest(bytes);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(attachment.sha256, hex);
        let name = &attachment.name;
        assert!(!name.is_empty() && name.chars().count() <= 120, "{name:?}");
        let harms = |c: char| c.is_control() || is_bidi_control(c) || "/\\:*?\"<>|".contains(c);
        assert!(!name.chars().any(harms), "{name:?}");
        assert!(!name.starts_with('.') && !name.ends_with('.'), "{name:?}");
        assert_eq!(&safe_name(name, 1), name, "a safe name stays as it is");
        assert!(on_one_line(&attachment.mime), "{:?}", attachment.mime);
    }
}

fn headers(reading: &Reading) {
    let all = [&reading.to, &reading.cc, &reading.reply_to];
    for address in all.into_iter().flatten().chain(&reading.from) {
        assert_eq!(
            Address::new(&address.name, &address.mail).as_ref(),
            Some(address),
            "an address that could stand in a header"
        );
    }
    assert!(all.iter().all(|list| list.len() <= 200));
    let subject = &reading.subject;
    assert!(subject.chars().count() <= 1000 && on_one_line(subject));
    assert!(!subject.chars().any(is_bidi_control));
    let ids = [&reading.in_reply_to, &reading.references];
    for id in ids.into_iter().flatten().chain([&reading.message_id]) {
        let breaks = |c: char| c.is_whitespace() || c.is_control();
        assert!(!id.chars().any(breaks) && id.len() < 1000, "{id:?}");
    }
}

fn words(reading: &Reading) {
    let text = &reading.text;
    assert!(text.len() <= MAX_TEXT_BYTES);
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!text.chars().any(steers), "a text that steers a terminal");
    assert!(observables(text).len() <= 500);
    if let Some(shown) = &reading.html {
        html::assert_harmless(shown);
    }
}

/// A good word only for what was really signed, by him who is shown.
fn proof(reading: &Reading) {
    let signature = &reading.signature;
    if signature.status == SignatureStatus::None {
        assert!(signature.fingerprint.is_none() && signature.signer.is_none());
    }
    if signature.status != SignatureStatus::Good {
        return;
    }
    let from = reading.from.as_ref().expect("a sender");
    assert!(from.is(GAETAN), "{from:?} never signed anything");
    let fingerprint = DESK.gaetan.fingerprint().to_string();
    assert_eq!(signature.fingerprint.as_ref(), Some(&fingerprint));
    assert!(was_said(&reading.text), "{:?}", reading.text);
    assert!(reading.html.is_none() && reading.attachments.is_empty());
    if reading.subject_protected {
        assert_eq!(reading.subject, SUBJECT);
    }
    for hollow in [
        Warning::NameLooksLikeAddress,
        Warning::Tampered,
        Warning::NoIntegrity,
    ] {
        assert!(!reading.warnings.contains(&hollow), "good and {hollow:?}");
    }
}

/// Whether Gaëtan signed it: a text, a text where a part was meant, or a part where a text was meant.
pub fn was_said(text: &str) -> bool {
    text.is_empty() || [TEXT, LISTED, PART].contains(&text)
}

fn report(raw: &[u8]) {
    let report = delivery_report::read(raw);
    assert_eq!(report, delivery_report::read(raw));
    let Some(report) = report else { return };
    assert!((1..=1000).contains(&report.recipients.len()));
    for recipient in report.recipients {
        assert!(recipient.diagnostic.chars().count() <= 300);
        for shown in [&recipient.address, &recipient.status, &recipient.diagnostic] {
            assert!(on_one_line(shown), "{shown:?}");
        }
    }
}

fn on_one_line(text: &str) -> bool {
    !text.chars().any(char::is_control)
}
