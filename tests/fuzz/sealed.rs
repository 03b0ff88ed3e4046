//! What is inside a mail that was encrypted to the team: the bytes are the part, and anybody may have encrypted it.

use relais_core::domain::mail::{Encryption, SignatureStatus, Warning};
use relais_core::pgp::encrypt;

use crate::desk::{DESK, NOW};
use crate::mime::{check, twice};

/// Encrypts it to the team, wraps it into a mail (RFC 3156 §4) and reads that.
pub fn sealed(part: &[u8]) {
    let team = std::slice::from_ref(&DESK.team);
    let message = encrypt(part, team, None, NOW).expect("the team's key receives mail");
    let mail = wrap(message.as_bytes());
    let read = twice(&mail, DESK.ring()).expect("it has headers");
    check(&read);
    let reading = &read.reading;
    // A message inside may be one that cannot be opened.
    assert!(matches!(
        reading.encryption,
        Encryption::Full | Encryption::Failed
    ));
    let total: usize = read.files.iter().map(Vec::len).sum();
    assert!(total <= part.len(), "{total} bytes out of {}", part.len());
    if reading.encryption == Encryption::Full {
        assert!(!reading.warnings.contains(&Warning::NoKeyOpens));
    }
    // Nobody but Gaëtan may change who is shown as the sender.
    if reading.signature.status != SignatureStatus::Good {
        let from = reading.from.as_ref().expect("the sender whom servers saw");
        assert!(from.is("quelqu-un@ailleurs.example"), "{from:?}");
    }
}

/// A mail of somebody around a message.
pub fn wrap(message: &[u8]) -> Vec<u8> {
    let head = b"From: quelqu-un@ailleurs.example\r\nTo: contact@csirt-estuaire.example\r\nSubject: ...\r\n\
        Date: Thu, 12 Mar 2026 09:42:00 +0100\r\nContent-Type: multipart/encrypted; \
        protocol=\"application/pgp-encrypted\"; boundary=\"=_enveloppe\"\r\n\r\n--=_enveloppe\r\n\
        Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--=_enveloppe\r\n\
        Content-Type: application/octet-stream\r\n\r\n";
    [&head[..], message, b"\r\n--=_enveloppe--\r\n"].concat()
}
