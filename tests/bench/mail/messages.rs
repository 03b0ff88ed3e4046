//! Writing and reading encrypted mail against gpg: one large mail, and many small ones.
//!
//! gpg does the OpenPGP layer alone. Relais does that, and the mail around and inside it: headers, base64 of what hangs
//! on it (a third more bytes to encrypt), text, hashes. Both encrypt the same bytes, the finished content of the mail, to
//! the same keys (two recipients and the writer; of the small mails one), and both read the same messages. Many mails are
//! written and read on every processor, as the outbox and the import do; gpg is called once for each.

use std::io::Read as _;
use std::path::Path;

use chrono::{DateTime, Duration, TimeZone as _, Utc};
use relais_core::domain::mail::{Address, Encryption, SignatureStatus};
use relais_core::mail::read::{Known, Mail, Ring, read, read_each};
use relais_core::mail::{Outgoing, Part, encrypted, encrypted_to_each};
use relais_core::pgp::{Certificate, MailKeys, Sharing, TeamKey};

use super::gpg::Gpg;
use crate::Outcome;
use crate::board::{Board, Goal};
use crate::samples::{Samples, processor};

const TEAM: &str = "contact@csirt-estuaire.example";
/// Who writes by gpg.
const WRITER: &str = "secours@batardiere.example";
const RECIPIENTS: [&str; 2] = ["dsi@batardiere.example", "reponse@trois-ponts.example"];

const LARGE_BYTES: usize = 25 * 1024 * 1024;
const LARGE_TURNS: usize = 9;
const LARGE_WRITTEN: Goal = Goal::AtMost(1.0);
const LARGE_READ: Goal = Goal::AtMost(1.5);

const SMALL_BYTES: usize = 10_000;
/// Mails by Relais for each by gpg, so that both take turns; `GPG_TURNS` times as many in all.
const SMALL_PER_GPG: usize = 10;
const GPG_TURNS: usize = 100;
const SMALL_FASTER: Goal = Goal::AtLeast(20.0);

/// Both sides, with everybody's keys.
struct Both {
    gpg: Gpg,
    keys: MailKeys,
    /// Those who are written to.
    recipients: Vec<Certificate>,
    /// Those whose signatures are known.
    known: Known,
    now: DateTime<Utc>,
}

/// The same work by both, in turns.
#[derive(Default)]
struct Pair {
    relais: Samples,
    gpg: Samples,
    /// Processor time of each, milliseconds.
    processor: [f64; 2],
}

impl Pair {
    fn turn<T>(
        &mut self,
        relais: impl FnOnce() -> Outcome<T>,
        gpg: impl FnOnce() -> Outcome<std::time::Duration>,
    ) -> Outcome {
        let before = processor()?;
        self.relais.time(relais)?;
        self.gpg.add(gpg()?);
        let after = processor()?;
        for ((total, after), before) in self.processor.iter_mut().zip(after).zip(before) {
            *total += after - before;
        }
        Ok(())
    }

    fn put(&self, name: &str, goal: Goal, board: &mut Board) {
        let (relais, gpg) = (&self.relais, &self.gpg);
        let [ours, theirs] = self.processor.map(|total| total / relais.len() as f64);
        let against = format!(
            "Relais {:.0} ms, gpg {:.0} ms; shortest {:.0} and {:.0}; on a processor {ours:.0} and {theirs:.0}",
            relais.median(),
            gpg.median(),
            relais.shortest(),
            gpg.shortest()
        );
        board.put(name, relais.median() / gpg.median(), "×", goal, &against);
    }
}

/// The goals of the exchanges.
pub fn measure(board: &mut Board) -> Outcome {
    let both = Both::furnish()?;
    both.large(board)?;
    both.small(board)
}

impl Both {
    fn furnish() -> Outcome<Self> {
        let now = Utc.timestamp_opt(Utc::now().timestamp(), 0).single();
        let now = now.ok_or("no time")?;
        let created = now - Duration::hours(1);
        let team = TeamKey::generate(
            "CSIRT de l’Estuaire",
            TEAM,
            created,
            created + Duration::days(730),
        )?
        .key;
        let sharing = Sharing::by_role(&team, now)?;
        let part = team.analyst_part(&sharing)?;
        let certificate = team.certificate();
        let gpg = Gpg::new()?;
        let writer = gpg.make_key(WRITER)?;
        let recipients = RECIPIENTS.map(|mail| gpg.make_key(mail));
        gpg.import(&certificate)?;
        Ok(Self {
            gpg,
            keys: MailKeys::open([(part.as_slice(), &certificate)])?,
            recipients: recipients.into_iter().collect::<Outcome<_>>()?,
            known: Known::by_their_names(&[certificate, writer], now + Duration::minutes(1)),
            // gpg's keys are a few seconds old.
            now: now + Duration::minutes(1),
        })
    }

    fn outgoing(&self, text: String, attachments: Vec<Part>, number: usize) -> Outcome<Outgoing> {
        let address = |mail: &str| Address::new("", mail).ok_or("no address");
        let to: Result<Vec<Address>, _> = RECIPIENTS.iter().map(|mail| address(mail)).collect();
        Ok(Outgoing {
            from: address(TEAM)?,
            to: to?,
            cc: Vec::new(),
            subject: "[PDL-2026-0042] [TLP:AMBER] Point de situation".to_owned(),
            outer_label: None,
            date: self.now,
            message_id: format!("{number}@csirt-estuaire.example"),
            in_reply_to: Vec::new(),
            references: Vec::new(),
            text,
            attachments,
            autocrypt: None,
            unsubscribe: None,
            chance: [7; 24],
        })
    }

    fn read(&self, raw: &[u8]) -> Outcome<Mail> {
        let ring = Ring {
            keys: Some(&self.keys),
            known: &self.known,
        };
        let mail = read(raw, ring, self.now)?;
        proven(&mail)?;
        Ok(mail)
    }

    /// What gpg makes of the content of a mail of ours: the message, in a mail from the writer to the team.
    fn mail_of_gpg(&self, content: &Path) -> Outcome<Vec<u8>> {
        let out = self.gpg.file("by-gpg.asc");
        self.gpg
            .write(WRITER, &[TEAM, RECIPIENTS[0], WRITER], content, Some(&out))?;
        let message = std::fs::read_to_string(out)?.replace('\n', "\r\n");
        Ok(format!(
            "From: {WRITER}\r\nTo: {TEAM}\r\nSubject: ...\r\nDate: Thu, 12 Mar 2026 09:42:00 +0100\r\n\
             Message-ID: <un@batardiere.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; \
             protocol=\"application/pgp-encrypted\"; boundary=\"enc\"\r\n\r\n--enc\r\n\
             Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--enc\r\n\
             Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n\r\n{message}\r\n--enc--\r\n"
        )
        .into_bytes())
    }

    /// 25 MiB of chance on a mail.
    fn large(&self, board: &mut Board) -> Outcome {
        let mut bytes = vec![0; LARGE_BYTES];
        std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
        let attached = self.gpg.file("attached");
        std::fs::write(&attached, &bytes)?;
        let part = Part {
            name: "journaux.bin".to_owned(),
            mime: "application/octet-stream".to_owned(),
            bytes,
        };
        let outgoing = self.outgoing("Les journaux de la nuit.".to_owned(), vec![part], 0)?;
        let ours = encrypted(&outgoing, &self.recipients, &self.keys, self.now)?;
        let (message, content) = (self.gpg.file("message.asc"), self.gpg.file("content"));
        std::fs::write(&message, armoured(&ours)?)?;
        self.gpg.read(&message, Some(&content))?;
        let theirs = self.mail_of_gpg(&content)?;
        let their_message = self.gpg.file("by-gpg.asc");
        if self.read(&ours)?.files != self.read(&theirs)?.files
            || self.read(&ours)?.files != [outgoing.attachments[0].bytes.clone()]
        {
            return Err("the file on the mail came out otherwise".into());
        }
        let to = [WRITER, RECIPIENTS[0], RECIPIENTS[1]];
        let [mut written, mut bare, mut read, mut read_theirs] = [(); 4].map(|()| Pair::default());
        for _ in 0..LARGE_TURNS {
            let write = || {
                Ok(encrypted(
                    &outgoing,
                    &self.recipients,
                    &self.keys,
                    self.now,
                )?)
            };
            written.turn(write, || self.gpg.write(WRITER, &to, &content, None))?;
            bare.turn(write, || self.gpg.write(WRITER, &to, &attached, None))?;
            read.turn(|| self.read(&ours), || self.gpg.read(&message, None))?;
            read_theirs.turn(
                || self.read(&theirs),
                || self.gpg.read(&their_message, None),
            )?;
        }
        for (name, pair, goal) in [
            ("25 MiB written against gpg", written, LARGE_WRITTEN),
            ("25 MiB written against gpg without MIME", bare, Goal::None),
            ("25 MiB of Relais read against gpg", read, LARGE_READ),
            ("25 MiB of gpg read against gpg", read_theirs, LARGE_READ),
        ] {
            pair.put(name, goal, board);
        }
        Ok(())
    }

    /// Many mails of 10 KB: the same to each of many in secret, and the mails of a mailbox.
    fn small(&self, board: &mut Board) -> Outcome {
        let sentence =
            "La sauvegarde de la nuit est intacte, le prestataire vérifie les postes de l’étage. ";
        let text: String = sentence.chars().cycle().take(SMALL_BYTES).collect();
        let outgoing = self.outgoing(text, Vec::new(), 1)?;
        let recipient = &self.recipients[0];
        let many: Vec<Certificate> = (0..SMALL_PER_GPG).map(|_| recipient.clone()).collect();
        let mail = encrypted(&outgoing, &many[..1], &self.keys, self.now)?;
        let (message, content) = (self.gpg.file("message.asc"), self.gpg.file("content"));
        std::fs::write(&message, armoured(&mail)?)?;
        self.gpg.read(&message, Some(&content))?;
        let ring = Ring {
            keys: Some(&self.keys),
            known: &self.known,
        };
        let [mut ours_written, mut ours_read, mut written, mut read] =
            [(); 4].map(|()| Samples::default());
        for _ in 0..GPG_TURNS {
            let mails =
                ours_written.time(|| encrypted_to_each(&outgoing, &many, &self.keys, self.now))?;
            let to = [WRITER, RECIPIENTS[0]];
            written.add(self.gpg.write(WRITER, &to, &content, None)?);
            let raw: Vec<&[u8]> = mails.iter().map(Vec::as_slice).collect();
            for mail in ours_read.time(|| read_each(&raw, ring, self.now)) {
                proven(&mail?)?;
            }
            read.add(self.gpg.read(&message, None)?);
        }
        let mails = SMALL_PER_GPG * GPG_TURNS;
        for (name, relais, gpg) in [
            (
                "mails of 10 KB written, faster than gpg",
                &ours_written,
                &written,
            ),
            ("mails of 10 KB read, faster than gpg", &ours_read, &read),
        ] {
            let gpg = gpg.sum() * SMALL_PER_GPG as f64;
            let against = format!(
                "{mails} mails: {:.0} ms; gpg {gpg:.0} ms, {GPG_TURNS} × {SMALL_PER_GPG}",
                relais.sum()
            );
            board.put(name, gpg / relais.sum(), "×", SMALL_FASTER, &against);
        }
        Ok(())
    }
}

/// That a mail came out encrypted and with a good signature.
fn proven(mail: &Mail) -> Outcome {
    let reading = &mail.reading;
    if (reading.encryption, reading.signature.status) == (Encryption::Full, SignatureStatus::Good) {
        return Ok(());
    }
    let (signature, warnings) = (&reading.signature, &reading.warnings);
    Err(format!("the mail was not proven: {signature:?} {warnings:?}").into())
}

/// The armoured message in a mail.
fn armoured(mail: &[u8]) -> Outcome<&str> {
    let text = str::from_utf8(mail)?;
    let end = "-----END PGP MESSAGE-----";
    let from = text
        .find("-----BEGIN PGP MESSAGE-----")
        .ok_or("no message")?;
    let length = text[from..].find(end).ok_or("no end of a message")?;
    Ok(&text[from..from + length + end.len()])
}
