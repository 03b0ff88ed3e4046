//! Mails as a vault receives them: of every kind, about what its cases tell.

use chrono::{DateTime, Duration, Utc};
use relais_core::api::Session;
use relais_core::api::view::KeyOrigin;
use relais_core::domain::mail::Address;
use relais_core::mail::{Outgoing, Part, clear, encrypted, signed};
use relais_core::pgp::{Certificate, MailKeys, Sharing, TeamKey};
use uuid::Uuid;

use crate::Outcome;
use crate::desk::Desk;

const KNOWN: usize = 5;
/// Cases that give the words.
const TELLING: usize = 200;
const PDF_BYTES: usize = 60_000;

/// Somebody with a key of their own.
struct Writer {
    address: Address,
    keys: MailKeys,
}

/// Whoever writes to a team, and what about.
pub struct Post {
    team: Address,
    certificate: Certificate,
    known: Vec<Writer>,
    /// Whose key the team does not have.
    stranger: Writer,
    texts: Vec<String>,
}

/// One mail.
pub struct Letter<'l> {
    /// Counts the mails; it chooses the kind, the writer and the words.
    pub number: usize,
    /// Its subject.
    pub subject: &'l str,
    /// The mails that it answers, the last one at the end.
    pub thread: &'l [String],
    /// When it was written.
    pub date: DateTime<Utc>,
    /// In whose name, when the mail is neither signed nor encrypted.
    pub contact: Option<Address>,
}

impl Post {
    /// Makes the writers, and puts their keys into the team's ring.
    pub fn furnish(desk: &Desk, session: &mut Session) -> Outcome<Self> {
        let now = session.now();
        let mut texts = Vec::new();
        for id in desk.spread(session, TELLING)? {
            let report = session.case(id)?.report;
            let told = [&report.narrative, &report.impact, &report.actions];
            let told: Vec<&str> = told
                .iter()
                .filter_map(|answer| answer.known().map(String::as_str))
                .collect();
            texts.push(told.join("\n\n"));
        }
        let mut known = Vec::new();
        for number in 0..KNOWN {
            let (writer, certificate) = writer(&format!("contact@firme{number}.example"), now)?;
            let key = certificate.armoured()?;
            let told = session.import_keys(key.as_bytes(), KeyOrigin::File, None)?;
            session.accept_key(*told.new.first().ok_or("a key was not taken")?)?;
            known.push(writer);
        }
        Ok(Self {
            team: Address::new("", "csirt@demonstration.example").ok_or("no address")?,
            certificate: Certificate::parse(session.export_key()?.as_bytes())?,
            known,
            stranger: writer("contact@inconnu.example", now)?.0,
            texts,
        })
    }

    /// The address of one of those whose key the team has.
    pub fn address(&self, number: usize) -> Address {
        self.known[number % KNOWN].address.clone()
    }

    /// The name of a mail.
    pub fn message_id(number: usize) -> String {
        format!("{number}@courrier.example")
    }

    /// A text out of three cases.
    pub fn text(&self, number: usize) -> String {
        let of = |place: usize| self.texts[(number * 7 + place * 31) % self.texts.len()].as_str();
        format!(
            "Bonjour,\n\n{}\n\n{}\n\n{}\n\nBien à vous",
            of(0),
            of(1),
            of(2)
        )
    }

    /// A mail as it comes over the line. Of ten, four are signed and encrypted, one is with files on it, one is by a
    /// stranger; two are signed, two are neither, one of them with a file.
    pub fn write(&self, letter: Letter<'_>) -> Outcome<Vec<u8>> {
        let kind = letter.number % 10;
        let writer = match kind {
            6 => &self.stranger,
            _ => &self.known[letter.number / 10 % KNOWN],
        };
        let from = match letter.contact {
            Some(contact) if kind > 7 => contact,
            _ => writer.address.clone(),
        };
        let attachments = match kind {
            4 | 5 => vec![pdf(letter.number), log(letter.number)],
            9 => vec![log(letter.number)],
            _ => Vec::new(),
        };
        let mut chance = [0; 24];
        chance[..8].copy_from_slice(&letter.number.to_be_bytes());
        let outgoing = Outgoing {
            from,
            to: vec![self.team.clone()],
            cc: Vec::new(),
            subject: letter.subject.to_owned(),
            outer_label: None,
            date: letter.date,
            message_id: Self::message_id(letter.number),
            in_reply_to: letter.thread.last().cloned().into_iter().collect(),
            references: letter.thread.to_vec(),
            text: self.text(letter.number),
            attachments,
            autocrypt: None,
            unsubscribe: None,
            chance,
        };
        // Whatever date it bears: the team's key is as young as its vault.
        let at = Utc::now();
        Ok(match kind {
            8 | 9 => clear(&outgoing)?,
            0 | 7 => signed(&outgoing, &writer.keys, at)?,
            _ => encrypted(
                &outgoing,
                std::slice::from_ref(&self.certificate),
                &writer.keys,
                at,
            )?,
        })
    }
}

fn writer(mail: &str, now: DateTime<Utc>) -> Outcome<(Writer, Certificate)> {
    let created = now - Duration::days(1);
    let made = TeamKey::generate("Contact", mail, created, created + Duration::days(700))?;
    let part = made.key.analyst_part(&Sharing::by_role(&made.key, now)?)?;
    let certificate = made.key.certificate();
    let keys = MailKeys::open([(part.as_slice(), &certificate)])?;
    let address = Address::new("Contact", mail).ok_or("no address")?;
    Ok((Writer { address, keys }, certificate))
}

/// Bytes that do not repeat, under a name that does not, either.
fn pdf(number: usize) -> Part {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    while bytes.len() < PDF_BYTES {
        bytes.extend(Uuid::now_v7().as_bytes());
    }
    Part {
        name: format!("devis {number}.pdf"),
        mime: "application/pdf".to_owned(),
        bytes,
    }
}

fn log(number: usize) -> Part {
    let lines = (0..200).map(|line| {
        format!(
            "12:{:02}:07 poste{number} session {line} fermée\n",
            line % 60
        )
    });
    Part {
        name: format!("journal-{number}.log"),
        mime: "text/plain".to_owned(),
        bytes: lines.collect::<String>().into_bytes(),
    }
}
