//! Mail without a window.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clap::Subcommand;
use relais_core::api::mail::{Lender, fetch, outbox};
use relais_core::api::view::{
    Exported, FetchedView, KeylessWay, MailDraft, MailFolder, MailQuery, OutboxRow,
};
use relais_core::api::{ApiError, Code, Result, Session};
use relais_core::domain::mail::template::TemplateLang;
use relais_core::domain::mail::{Address, KeyTrust, MAX_MAIL_BYTES, MAX_SENT_BYTES, Reading, Way};
use relais_core::mail::mailbox::mails;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::arguments::Arguments;
use crate::output::{print, tell};
use crate::verbs::{open, read, read_up_to};

/// The largest mailbox that is taken in at once: it is held in memory.
const MAX_MAILBOX_BYTES: usize = 2 * 1024 * 1024 * 1024;

/// What to do with mail.
#[derive(Subcommand)]
pub enum MailVerb {
    /// Read one mail from a file: what it says, and what of it is proven. Nothing is kept.
    Read {
        /// The mail, as it came over the line.
        file: PathBuf,
    },
    /// Take in a mail, a mailbox or an encrypted block.
    Import {
        /// `.eml`, `.mbox` or `.asc`.
        file: PathBuf,
    },
    /// List the mails, newest first.
    List {
        /// Words to look for.
        #[arg(default_value = "")]
        query: String,
        /// Only those that are in no case.
        #[arg(long)]
        unfiled: bool,
        /// Rows at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Write a mail of a case as `.eml` for another mail program, protected as the rule has it; the case keeps it.
    Compose {
        /// The case, by its reference.
        #[arg(long, value_name = "REFERENCE")]
        case: String,
        /// To whom; the case's own contact without it.
        #[arg(long, value_name = "MAIL")]
        to: Vec<String>,
        /// The template that it begins with.
        #[arg(long, value_name = "NAME")]
        template: Option<String>,
        /// The subject, without reference and marking.
        #[arg(long)]
        subject: Option<String>,
        /// A file with the text; the template's without it.
        #[arg(long, value_name = "FILE")]
        text: Option<PathBuf>,
        /// A file to hang on it.
        #[arg(long, value_name = "FILE")]
        attach: Vec<PathBuf>,
        /// Lock what a recipient without a key gets with the case's passphrase.
        #[arg(long)]
        locked: bool,
        /// Where to write it: a file that is not there yet.
        #[arg(long, value_name = "FILE.eml")]
        out: PathBuf,
    },
    /// Send what waits in the outbox; 1 when something goes on waiting.
    Send {
        /// All that waits, before its next try is due as well.
        #[arg(long, required = true)]
        outbox: bool,
    },
    /// Fetch what is new on the server; 1 when it could not be read to its end.
    Fetch,
}

/// The one session of this program.
struct Alone(Mutex<Session>);

impl Lender for Alone {
    fn lend<T>(&self, work: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Does what was asked; false is a negative answer.
///
/// # Errors
/// Whatever the use case refuses.
pub fn run(arguments: &Arguments, verb: &MailVerb) -> Result<bool> {
    let json = arguments.json;
    let mut session = open(arguments)?;
    match verb {
        MailVerb::Read { file } => {
            let bytes = read_up_to(file, MAX_MAIL_BYTES)?;
            let reading = session.read_mail(&one_mail(&name_of(file), &bytes)?)?;
            let trust = session.sender_trust(&reading)?;
            print(json, &promised(&reading), |_| told(&reading, trust))?;
        }
        MailVerb::Import { file } => {
            let bytes = read_up_to(file, MAX_MAILBOX_BYTES)?;
            let fetched = session.import_mail(&name_of(file), &bytes)?;
            print(json, &fetched, taken)?;
            return Ok(fetched.unreadable == 0);
        }
        MailVerb::List {
            query,
            unfiled,
            limit,
        } => {
            let folder = if *unfiled {
                MailFolder::Unfiled
            } else {
                MailFolder::All
            };
            let query = MailQuery {
                folder,
                text: query.clone(),
                limit: *limit,
                ..MailQuery::default()
            };
            let page = session.mails(&query)?;
            print(json, &page.rows, |rows| {
                let line = |row: &relais_core::api::view::MailRow| {
                    let case = row
                        .case
                        .as_ref()
                        .map_or("-", |case| case.reference.as_str());
                    format!(
                        "{}\t{case}\t{}\t{}",
                        row.at.to_rfc3339(),
                        row.from.mail,
                        row.subject
                    )
                };
                rows.iter().map(line).collect::<Vec<_>>().join("\n")
            })?;
        }
        MailVerb::Compose { .. } => compose(json, &mut session, verb)?,
        MailVerb::Send { .. } => return send(json, session),
        MailVerb::Fetch => return fetch_new(json, session),
    }
    Ok(true)
}

fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The one mail of a file: a mailbox of several says that it is one.
fn one_mail<'f>(name: &str, file: &'f [u8]) -> Result<Cow<'f, [u8]>> {
    let mut all = mails(name, file);
    if all.len() > 1 {
        let message = format!("a mailbox of {} mails: import it", all.len());
        return Err(ApiError::field(Code::Invalid, "file", message));
    }
    all.pop()
        .flatten()
        .ok_or_else(|| ApiError::field(Code::Invalid, "file", "no mail"))
}

fn compose(json: bool, session: &mut Session, verb: &MailVerb) -> Result<()> {
    let MailVerb::Compose {
        case,
        to,
        template,
        subject,
        text,
        attach,
        locked,
        out,
    } = verb
    else {
        return Ok(());
    };
    let case = session.case_by_reference(case)?;
    let begun = session.new_mail_draft(Some(case), template.as_deref(), TemplateLang::Fr, None)?;
    let mut draft = begun.draft;
    if !to.is_empty() {
        let address = |mail: &String| {
            Address::new("", mail).ok_or_else(|| {
                ApiError::field(Code::Invalid, "to", format!("{mail} is no address"))
            })
        };
        draft.to = to.iter().map(address).collect::<Result<_>>()?;
    }
    if let Some(subject) = subject {
        draft.subject.clone_from(subject);
    }
    if let Some(text) = text {
        draft.text = String::from_utf8_lossy(&read(text)?).into_owned();
    }
    if *locked {
        draft.keyless = KeylessWay::Locked;
    }
    let written = written_out(session, begun.id, draft, attach, out);
    if written.is_err() {
        // Its words are in the caller's files; another try would leave one more draft.
        session.discard_mail_draft(begun.id)?;
    }
    print(json, &written?, |files| files.files.join("\n"))
}

fn written_out(
    session: &mut Session,
    id: Uuid,
    draft: MailDraft,
    attach: &[PathBuf],
    out: &Path,
) -> Result<Exported> {
    session.save_mail_draft(id, draft)?;
    for file in attach {
        session.attach_to_mail(id, &name_of(file), &read_up_to(file, MAX_SENT_BYTES)?)?;
    }
    for one in session.mail_draft(id)?.protection.recipients {
        if one.way == Way::Blocked {
            tell(&format!(
                "{} has no key that may be used for this marking; --locked sends a locked file",
                one.address.mail
            ));
        }
    }
    session.write_mail(id, out)
}

fn send(json: bool, session: Session) -> Result<bool> {
    let desk = Alone(Mutex::new(session));
    outbox::send_due(&desk, true)?;
    let rows = desk.lend(|session| session.outbox())?;
    print(json, &rows, |rows| {
        rows.iter().map(waiting).collect::<Vec<_>>().join("\n")
    })?;
    Ok(rows.is_empty())
}

fn fetch_new(json: bool, session: Session) -> Result<bool> {
    let desk = Alone(Mutex::new(session));
    let fetched = fetch::fetch_new(&desk)?;
    print(json, &fetched, taken)?;
    let failure = desk.lend(|session| session.mail_account())?.failure;
    if !failure.is_empty() {
        tell(&failure);
    }
    Ok(failure.is_empty())
}

fn taken(fetched: &FetchedView) -> String {
    let (new, filed, known) = (fetched.new, fetched.filed, fetched.known);
    format!(
        "{new} new, {filed} filed, {known} known, {} unreadable",
        fetched.unreadable
    )
}

fn waiting(row: &OutboxRow) -> String {
    let states = row
        .deliveries
        .iter()
        .map(|d| format!("{} {:?}", d.to.mail, d.state));
    format!(
        "{}\t{}\t{}\t{}",
        row.id,
        states.collect::<Vec<_>>().join(", "),
        row.failure,
        row.answer
    )
}

/// The names that scripts rely on: these and no others.
fn promised(reading: &Reading) -> Value {
    let signature = &reading.signature;
    json!({
        "encryption": reading.encryption,
        "signature": {
            "status": signature.status,
            "fingerprint": signature.fingerprint,
            "signer": signature.signer,
        },
        "from": reading.from.as_ref().map(written),
        "subject": reading.subject,
        "subject_protected": reading.subject_protected,
        "text": reading.text,
        "attachments": reading.attachments,
        "warnings": reading.warnings,
    })
}

fn written(address: &Address) -> String {
    if address.name.is_empty() {
        address.mail.clone()
    } else {
        format!("{} <{}>", address.name, address.mail)
    }
}

fn told(reading: &Reading, trust: Option<KeyTrust>) -> String {
    let signer = reading.signature.signer.as_deref().unwrap_or_default();
    let warnings: Vec<String> = reading
        .warnings
        .iter()
        .map(|warning| format!("{warning:?}"))
        .collect();
    format!(
        "encryption: {:?}\nsignature: {:?} {signer}{}\nfrom: {}\nsubject: {}\nwarnings: {}\n\n{}",
        reading.encryption,
        reading.signature.status,
        trust
            .map(|trust| format!(" (key: {trust:?})"))
            .unwrap_or_default(),
        reading.from.as_ref().map(written).unwrap_or_default(),
        reading.subject,
        warnings.join(", "),
        reading.text
    )
}
