//! What a mail that follows another begins with: whom it goes to, what it quotes or hands on, and what it must not tell.

use uuid::Uuid;

use super::kept::Kept;
use crate::api::error::Result;
use crate::api::session::Session;
use crate::api::view::{Following, Follows, MailDraft};
use crate::domain::mail::template::TemplateLang;
use crate::domain::mail::{Address, Encryption, HANDED_ON, gives_away, marking, quoted};
use crate::domain::marking::Tlp;
use crate::report::{self, Lang};

impl Session {
    /// Begins a draft as what follows another mail. It bears that mail's marking, and at least `TLP:AMBER` when it hands on
    /// what came encrypted.
    pub(super) fn follow(&self, draft: &mut MailDraft, following: Following) -> Result<()> {
        let (row, kept) = self.kept_mail(following.mail)?;
        let told = marking::parse_subject(&kept.reading.subject);
        draft.case = draft.case.or(row.case);
        draft.subject = told.bare;
        draft.tlp = kept.tlp.or(told.tlp).unwrap_or(draft.tlp);
        match following.how {
            Follows::Answer | Follows::AnswerAll => {
                draft.answers = Some(following.mail);
                let to_all = following.how == Follows::AnswerAll;
                self.address_answer(draft, row.sent, to_all, &kept)?;
                let who = kept.reading.from.as_ref().map_or("", called);
                let colon = if draft.lang == TemplateLang::Fr {
                    "\u{a0}:"
                } else {
                    ":"
                };
                draft.text = format!("\n\n{who}{colon}\n{}\n", quoted(&kept.reading.text));
            }
            Follows::Forward => {
                draft.forwards = Some(following.mail);
                if was_protected(&kept) {
                    draft.tlp = draft.tlp.max(Tlp::Amber);
                }
                draft.text = handed_on(&kept, &draft.subject, draft.lang);
            }
        }
        Ok(())
    }

    /// An answer goes to who wrote, or on to whom the team wrote; to all, it also goes to whom else the mail went. Never to
    /// the team itself.
    fn address_answer(
        &self,
        draft: &mut MailDraft,
        was_sent: bool,
        to_all: bool,
        kept: &Kept,
    ) -> Result<()> {
        let reading = &kept.reading;
        let own = self.team()?.profile.mail;
        let mut known: Vec<Address> = Vec::new();
        let mut take = |all: &[Address], with_own: bool| -> Vec<Address> {
            let mut taken = Vec::new();
            for one in all {
                let is_there = known.iter().any(|other| other.is(&one.mail));
                if !is_there && (with_own || !one.is(&own)) {
                    known.push(one.clone());
                    taken.push(one.clone());
                }
            }
            taken
        };
        let writer: Vec<Address> = reading.from.iter().cloned().collect();
        draft.to = match (was_sent, reading.reply_to.is_empty()) {
            (true, _) => take(&reading.to, true),
            (false, false) => take(&reading.reply_to, true),
            (false, true) => take(&writer, true),
        };
        if to_all {
            draft.cc = take(&reading.to, false);
            draft.cc.extend(take(&reading.cc, false));
        }
        Ok(())
    }

    /// Whether a draft repeats, in its subject or its text, what the mail that it follows said under encryption.
    pub(super) fn repeats_secret(&self, draft: &MailDraft) -> Result<bool> {
        for followed in [draft.answers, draft.forwards].into_iter().flatten() {
            if self.repeats_secret_of(draft, followed)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn repeats_secret_of(&self, draft: &MailDraft, followed: Uuid) -> Result<bool> {
        let (_, kept) = self.kept_mail(followed)?;
        if !was_protected(&kept) {
            return Ok(false);
        }
        let reading = &kept.reading;
        let secret = marking::parse_subject(&reading.subject).bare;
        let subject = marking::parse_subject(&draft.subject).bare;
        let repeats_subject = reading.subject_protected
            && !secret.is_empty()
            && subject.to_lowercase().contains(&secret.to_lowercase());
        Ok(repeats_subject || gives_away(&draft.text, &reading.text))
    }
}

fn was_protected(kept: &Kept) -> bool {
    matches!(
        kept.reading.encryption,
        Encryption::Full | Encryption::Partial
    )
}

fn called(address: &Address) -> &str {
    if address.name.is_empty() {
        &address.mail
    } else {
        &address.name
    }
}

/// The text of a mail under the words that say whose it is. Its files do not follow: what a stranger hung on it is not
/// sent on unseen.
fn handed_on(kept: &Kept, subject: &str, lang: TemplateLang) -> String {
    let reading = &kept.reading;
    let (title, from, at, to, about, files, colon, page) = match lang {
        TemplateLang::Fr => (
            "Message transféré",
            "De",
            "Date",
            "À",
            "Objet",
            "Pièces non reprises",
            "\u{a0}:",
            Lang::Fr,
        ),
        TemplateLang::En => (
            "Forwarded message",
            "From",
            "Date",
            "To",
            "Subject",
            "Files left out",
            ":",
            Lang::En,
        ),
    };
    let people = |all: &[Address]| all.iter().map(shown).collect::<Vec<_>>().join(", ");
    let names = reading.attachments.iter().map(|file| file.name.as_str());
    let facts = [
        (from, people(reading.from.as_slice())),
        (
            at,
            reading
                .date
                .map_or_else(String::new, |date| report::moment(date, page)),
        ),
        (to, people(&reading.to)),
        (about, subject.to_owned()),
        (files, names.collect::<Vec<_>>().join(", ")),
    ];
    let lines = facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}{colon} {value}\n"));
    let head: String = lines.collect();
    format!(
        "\n\n{HANDED_ON} {title} {HANDED_ON}\n{head}\n{}\n",
        reading.text.trim_end()
    )
}

fn shown(address: &Address) -> String {
    if address.name.is_empty() {
        address.mail.clone()
    } else {
        format!("{} <{}>", address.name, address.mail)
    }
}
