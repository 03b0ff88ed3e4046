//! Writing a mail: in clear, signed beside its text (RFC 3156 §5), or signed and encrypted (RFC 3156 §6.2), with its headers
//! protected (RFC 9788).
//!
//! Every line is ASCII, ends in CRLF and is shorter than 998 bytes, so that no server on the way has a reason to change it.

mod body;
mod headers;
mod quoted;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use rayon::prelude::*;
use zeroize::Zeroizing;

use body::{Protection, Root};
use headers::Fields;

use crate::domain::mail::Address;
use crate::domain::marking::Tlp;
use crate::pgp::{self, Certificate, MailKeys, PgpError};

/// What a mail says, and to whom; nothing of how it is protected.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The team.
    pub from: Address,
    /// To whom. Nobody, if all are told in secret.
    pub to: Vec<Address>,
    /// To whom as well. Who is told in secret stands nowhere: that mail is [`encrypted_to_each`] of them.
    pub cc: Vec<Address>,
    /// The subject, with reference and marking.
    pub subject: String,
    /// The marking that may be read outside of the encryption: a setting of the team, since it tells how sensitive it is.
    pub outer_label: Option<Tlp>,
    /// When it was written.
    pub date: DateTime<Utc>,
    /// Its name, without angle brackets: see [`message_id`].
    pub message_id: String,
    /// What it answers, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The thread, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The text, framed by its marking.
    pub text: String,
    /// What hangs on it.
    pub attachments: Vec<Part>,
    /// The sender's small key, binary (see [`pgp::autocrypt_key`]).
    pub autocrypt: Option<Vec<u8>>,
    /// Where a bulletin is unsubscribed from; no other mail has it.
    pub unsubscribe: Option<Address>,
    /// Random bytes, for the lines between the parts.
    pub chance: [u8; 24],
}

/// A file on a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// File name.
    pub name: String,
    /// "application/pdf".
    pub mime: String,
    /// Its bytes, which arrive as they are.
    pub bytes: Vec<u8>,
}

/// Why a mail was not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A control character in a header, or what is no address, no media type, no message's name.
    #[error("cannot stand in the header {field}")]
    Header {
        /// The header.
        field: &'static str,
    },
    /// An address with letters beyond ASCII: few servers carry it (RFC 6531), and none of ours is asked to.
    #[error("an address beyond ASCII in the header {field}")]
    AddressNotAscii {
        /// The header.
        field: &'static str,
    },
    /// More than any mail that we would read ourselves.
    #[error("larger than {limit_bytes} bytes")]
    TooLarge {
        /// The most that is written.
        limit_bytes: usize,
    },
    /// The OpenPGP part was refused; [`PgpError::Recipient`] names the recipient.
    #[error(transparent)]
    Pgp(#[from] PgpError),
}

/// The name of a new mail, of `chance` alone and on the domain of its sender: it tells neither the machine nor the time.
#[must_use]
pub fn message_id(chance: [u8; 16], from: &Address) -> String {
    format!("{}@{}", hexadecimal(&chance), from.domain())
}

/// A mail that everybody may read and change on its way.
///
/// # Errors
/// [`WriteError::Header`], [`WriteError::AddressNotAscii`], [`WriteError::TooLarge`].
pub fn clear(outgoing: &Outgoing) -> Result<Vec<u8>, WriteError> {
    let fields = Fields::of(outgoing)?;
    let mut mail = fields.as_they_are();
    mail.extend_from_slice(b"MIME-Version: 1.0\r\n");
    Root::new(outgoing, Protection::None)?.write(&mut mail);
    Ok(mail)
}

/// A mail that everybody may read, signed by the team's mail key with its headers.
///
/// # Errors
/// Those of [`clear`] and of [`pgp::sign_detached`].
pub fn signed(
    outgoing: &Outgoing,
    keys: &MailKeys,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, WriteError> {
    let fields = Fields::of(outgoing)?;
    let mut payload = fields.as_they_are();
    Root::new(outgoing, Protection::Signed)?.write(&mut payload);
    let (signature, micalg) = pgp::sign_detached(&payload, keys, at)?;

    let line = boundary(0, &outgoing.chance[..12]);
    let mut mail = fields.as_they_are();
    mail.reserve(payload.len() + signature.len() + 2048);
    let head = format!(
        "MIME-Version: 1.0\r\n\
         Content-Type: multipart/signed; micalg=\"{micalg}\";\r\n \
         protocol=\"application/pgp-signature\";\r\n boundary=\"{line}\"\r\n\r\n--{line}\r\n"
    );
    mail.extend_from_slice(head.as_bytes());
    mail.extend_from_slice(&payload);
    let between = format!(
        "\r\n--{line}\r\n\
         Content-Type: application/pgp-signature; name=\"signature.asc\"\r\n\
         Content-Description: OpenPGP digital signature\r\n\
         Content-Disposition: attachment; filename=\"signature.asc\"\r\n\r\n"
    );
    mail.extend_from_slice(between.as_bytes());
    for line in signature.lines() {
        mail.extend_from_slice(line.as_bytes());
        mail.extend_from_slice(b"\r\n");
    }
    mail.extend_from_slice(format!("\r\n--{line}--\r\n").as_bytes());
    Ok(mail)
}

/// A mail that the recipients and the team read and nobody else: signed by the team's mail key and encrypted, with its
/// headers inside and `[...]` for a subject outside. A recipient in secret gets a mail of its own: see
/// [`encrypted_to_each`].
///
/// # Errors
/// Those of [`clear`] and of [`pgp::encrypt`].
pub fn encrypted(
    outgoing: &Outgoing,
    recipients: &[Certificate],
    keys: &MailKeys,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, WriteError> {
    let fields = Fields::of(outgoing)?;
    let root = Root::new(outgoing, Protection::Encrypted)?;
    // A vector that grows leaves copies behind.
    let mut payload = Zeroizing::new(Vec::with_capacity(root.room() + fields.room()));
    fields.write_protected(&mut payload);
    root.write(&mut payload);
    let message = pgp::encrypt(&payload, recipients, Some(keys), at)?;

    let line = boundary(0, &outgoing.chance[..12]);
    let mut mail = fields.outside();
    mail.reserve(message.len() + message.len() / 60 + 2048);
    let head = format!(
        "MIME-Version: 1.0\r\n\
         Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n boundary=\"{line}\"\r\n\r\n\
         --{line}\r\n\
         Content-Type: application/pgp-encrypted\r\n\
         Content-Description: PGP/MIME version identification\r\n\r\n\
         Version: 1\r\n\r\n\
         --{line}\r\n\
         Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n\
         Content-Description: OpenPGP encrypted message\r\n\
         Content-Disposition: inline; filename=\"encrypted.asc\"\r\n\r\n"
    );
    mail.extend_from_slice(head.as_bytes());
    mail.extend_from_slice(message.as_bytes());
    mail.extend_from_slice(format!("\r\n--{line}--\r\n").as_bytes());
    Ok(mail)
}

/// The same mail to each of these alone, in their order: who is told in secret learns of nobody else.
///
/// # Errors
/// Those of [`encrypted`].
pub fn encrypted_to_each(
    outgoing: &Outgoing,
    recipients: &[Certificate],
    keys: &MailKeys,
    at: DateTime<Utc>,
) -> Result<Vec<Vec<u8>>, WriteError> {
    let alone = recipients.par_chunks(1);
    alone
        .map(|one| encrypted(outgoing, one, keys, at))
        .collect()
}

/// A line between parts that no encoded text contains: an equals sign begins two hexadecimal digits there, or the padding.
/// The outer one tells nothing of the inner one, and differs from it whatever chance says.
fn boundary(depth: u8, chance: &[u8]) -> String {
    format!("=_{depth}_{}", hexadecimal(chance))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
