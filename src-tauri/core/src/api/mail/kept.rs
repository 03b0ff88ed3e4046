//! What is kept of a mail beside its bytes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::mail::{Face, Words};
use crate::domain::mail::{Address, Reading, SignatureStatus};
use crate::domain::marking::Tlp;

/// How much of a text a list shows.
const BEGINNING_CHARS: usize = 160;

/// A reading, with what only the sender of a mail knows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// What it says.
    #[serde(flatten)]
    pub reading: Reading,
    /// To whom in secret.
    pub bcc: Vec<Address>,
    /// Its marking.
    pub tlp: Option<Tlp>,
    /// Who of the team told it to leave.
    pub sent_by: Option<Uuid>,
}

impl Kept {
    /// What a list shows of it.
    pub fn face(&self) -> Face {
        let reading = &self.reading;
        let mut recipients = reading.to.iter().chain(&reading.cc).chain(&self.bcc);
        let to = recipients.next().cloned().unwrap_or_default();
        let written = crate::domain::mail::runs(&reading.text);
        let first = written
            .iter()
            .find(|run| run.depth == 0)
            .or_else(|| written.first());
        // The marking over the text stands beside it in the list.
        let label = self.tlp.map_or("", |tlp| tlp.label());
        let beginning = first.map(|run| {
            let text = run.text.trim_start();
            let text = text.strip_prefix(label).unwrap_or(text);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        Face {
            from: reading.from.clone().unwrap_or_default(),
            to,
            more: u32::try_from(recipients.count()).unwrap_or(u32::MAX),
            subject: reading.subject.clone(),
            beginning: beginning
                .unwrap_or_default()
                .chars()
                .take(BEGINNING_CHARS)
                .collect(),
            tlp: self.tlp,
            urgent: reading.is_urgent(),
            attachments: u32::try_from(reading.attachments.len()).unwrap_or(u32::MAX),
            encryption: reading.encryption,
            signature: reading.signature.status,
            fingerprint: reading.signature.fingerprint.clone(),
            warnings: reading.warnings.clone(),
        }
    }

    /// Its words for the search, `people` and `files` being built from it.
    pub fn words<'a>(&'a self, people: &'a str, files: &'a str) -> Words<'a> {
        Words {
            subject: &self.reading.subject,
            people,
            words: &self.reading.text,
            files,
        }
    }

    /// Names and addresses, for the search.
    pub fn people(&self) -> String {
        let reading = &self.reading;
        let all = reading
            .from
            .iter()
            .chain(&reading.to)
            .chain(&reading.cc)
            .chain(&self.bcc);
        all.map(|one| format!("{} {}", one.name, one.mail))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Names of files, for the search.
    pub fn files(&self) -> String {
        self.reading
            .attachments
            .iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Whether another look may prove more: a key that was missing may have come, or serve its sender's address now.
    pub fn may_prove_more(&self) -> bool {
        matches!(
            self.reading.signature.status,
            SignatureStatus::UnknownKey | SignatureStatus::Mismatch
        ) || self.reading.encryption == crate::domain::mail::Encryption::Failed
    }
}
