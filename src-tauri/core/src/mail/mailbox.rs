//! Files that hold mails: one, a mailbox of many, or an encrypted block alone.

use std::borrow::Cow;

use mail_parser::mailbox::mbox::MessageIterator;

/// The most mails that are taken out of one mailbox.
pub const MAX_MAILS: usize = 20_000;

/// The mails of a file, as they would have come over the line, at most [`MAX_MAILS`]; nothing for one that is broken.
#[must_use]
pub fn mails<'f>(name: &str, file: &'f [u8]) -> Vec<Option<Cow<'f, [u8]>>> {
    if is_mailbox(name, file) {
        let mails = MessageIterator::new(file).take(MAX_MAILS);
        return mails
            .map(|mail| mail.ok().map(|mail| mail.unwrap_contents().into()))
            .collect();
    }
    if file.trim_ascii_start().starts_with(b"-----BEGIN PGP") {
        // A block that somebody saved out of another program: a mail without headers.
        let head = b"Subject: \r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
        return vec![Some([&head[..], file].concat().into())];
    }
    vec![Some(file.into())]
}

/// A mailbox begins each mail with "From " (RFC 4155), whatever the file is called.
fn is_mailbox(name: &str, file: &[u8]) -> bool {
    file.starts_with(b"From ")
        || name.to_lowercase().ends_with(".mbox") && file.windows(6).any(|w| w == b"\nFrom ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_gives_each_of_its_mails() {
        let file = b"From a@un.example Thu Mar 12 09:42:00 2026\nSubject: un\n\n>From hier\n\nFrom b@deux.example Thu Mar 12 09:43:00 2026\nSubject: deux\n\ny\n";
        let all = mails("boite", file);
        let texts: Vec<String> = all
            .iter()
            .flatten()
            .map(|mail| String::from_utf8_lossy(mail).trim().to_owned())
            .collect();
        assert_eq!(texts, ["Subject: un\n\nFrom hier", "Subject: deux\n\ny"]);
    }

    #[test]
    fn a_block_alone_becomes_a_mail() {
        let all = mails(
            "message.asc",
            b"-----BEGIN PGP MESSAGE-----\n\nwcBM\n-----END PGP MESSAGE-----\n",
        );
        assert!(
            all[0]
                .as_ref()
                .is_some_and(|mail| mail.starts_with(b"Subject: "))
        );
    }
}
