//! One function for each verb: open, do, print.

use std::path::Path;

use relais_core::api::view::{CaseQuery, Publication, PublicationState, VerdictKind};
use relais_core::api::{ApiError, Code, Result, Session, Workstation};
use relais_core::domain::intake::Report;
use relais_core::domain::rfc2350::difference::RunKind;
use relais_core::domain::rfc2350::{Lang, Level};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::arguments::{
    Arguments, CaseVerb, JournalVerb, KeyVerb, PdfArguments, Rfc2350Verb, Verb,
};
use crate::crisis;
use crate::keyring;
use crate::mail;
use crate::output::{print, tell};
use crate::providers;

/// The environment variable that carries the passphrase.
const PASSPHRASE: &str = "RELAIS_PASSPHRASE";
/// A report in JSON is no longer than that.
const REPORT_LIMIT_BYTES: u64 = 16 * 1024 * 1024;

/// Does what was asked; false is a negative answer.
///
/// # Errors
/// Whatever the use case refuses.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let json = arguments.json;
    match &arguments.verb {
        Verb::Demo { cases, seed } => {
            let made =
                Workstation::of_one_vault(&arguments.vault).create_demo(*cases, *seed, |_| true)?;
            print(json, &made, |made| {
                let lines = made
                    .users
                    .iter()
                    .map(|user| format!("{}\t{}", user.name, user.passphrase));
                lines.collect::<Vec<_>>().join("\n")
            })?;
            Ok(true)
        }
        Verb::Case(verb) => case(arguments, verb),
        Verb::Key(verb) => key(arguments, verb),
        Verb::Mail(verb) => mail::run(arguments, verb),
        Verb::Keyring(verb) => keyring::run(arguments, verb),
        Verb::Provider(verb) => providers::run(arguments, verb),
        Verb::Match(asked) => providers::find(arguments, asked),
        Verb::Crisis(verb) => crisis::run(arguments, verb),
        Verb::Rfc2350(verb) => rfc2350(arguments, verb),
        Verb::Verify { file, signature } => {
            let session = open(arguments)?;
            let signature = signature.as_deref().map(read).transpose()?;
            let verdict = session.verify_file(&read(file)?, signature.as_deref())?;
            print(json, &verdict, |verdict| {
                let signer = verdict.signer.as_deref().unwrap_or_default();
                let key = verdict.fingerprint.as_deref().unwrap_or_default();
                format!("{:?}\t{signer}\t{key}", verdict.kind)
            })?;
            Ok(verdict.kind == VerdictKind::Good)
        }
        Verb::Journal(JournalVerb::Verify) => {
            let check = open(arguments)?.verify_journal(|_| true)?;
            print(json, &check, |check| {
                let faults = check
                    .faults
                    .iter()
                    .map(|fault| format!("\n{} {} {}", fault.chain, fault.seq, fault.kind));
                let tables = if check.tables_agree {
                    ""
                } else {
                    "\nthe tables are not what the journal says"
                };
                let verdict = if check.good { "good" } else { "NOT GOOD" };
                format!(
                    "{verdict}: {} chains, {} entries{tables}{}",
                    check.chains,
                    check.entries,
                    faults.collect::<String>()
                )
            })?;
            Ok(check.good)
        }
    }
}

fn key(arguments: &Arguments, verb: &KeyVerb) -> Result<bool> {
    let json = arguments.json;
    let mut session = open(arguments)?;
    let view = match verb {
        KeyVerb::Export => {
            let fingerprint = session.view()?.key_fingerprint;
            let key = json!({ "armoured": session.export_key()?, "fingerprint": fingerprint });
            print(json, &key, |key| {
                key["armoured"].as_str().unwrap_or_default().to_owned()
            })?;
            return Ok(true);
        }
        KeyVerb::Wkd { out } => {
            let written = session.export_wkd(out)?;
            print(json, &written, |written| written.files.join("\n"))?;
            return Ok(true);
        }
        KeyVerb::Publish { server } => {
            session.queue_key_upload(server)?;
            for sending in session.key_sendings()? {
                let outcome = sending.send();
                if let Err(problem) = &outcome {
                    tell(&format!("{}: {problem}", sending.server));
                }
                session.key_was_sent(&sending, outcome)?;
            }
            let publications = session.team_key_view()?.publications;
            print(json, &publications, |publications| {
                let line = |p: &Publication| format!("{}\t{:?}\t{}", p.server, p.state, p.refused);
                publications.iter().map(line).collect::<Vec<_>>().join("\n")
            })?;
            return Ok(publications
                .iter()
                .all(|p| p.state == PublicationState::Current));
        }
        KeyVerb::Revoke {
            prepare: true,
            message,
            ..
        } => {
            let paper = session.prepare_revocation(message)?;
            let revocation = json!({ "armoured": paper.text });
            print(json, &revocation, |_| paper.text.clone())?;
            return Ok(true);
        }
        KeyVerb::Show => session.team_key_view()?,
        KeyVerb::Rotate { which } => session.rotate_team_key((*which).into())?,
        KeyVerb::Extend { until } => {
            let until = until.and_then(|day| day.and_hms_opt(12, 0, 0));
            session.extend_team_key(until.map(|at| at.and_utc()))?
        }
        KeyVerb::Revoke {
            reason, message, ..
        } => session.revoke_team_key((*reason).into(), message)?,
    };
    print(json, &view, |view| {
        let keys = view.keys.iter().map(|key| {
            let role = key.role.as_deref().unwrap_or("-");
            let state = format!("{:?}", key.state);
            format!("\n{}\t{role}\t{}\t{state}", key.fingerprint, key.algorithm)
        });
        let until = view.expires.map(|at| at.to_rfc3339());
        format!(
            "{}\n{}\t{}{}",
            view.fingerprint,
            view.user_ids.join(", "),
            until.unwrap_or_default(),
            keys.collect::<String>()
        )
    })?;
    Ok(matches!(verb, KeyVerb::Revoke { .. }) || view.reminders.is_empty())
}

fn rfc2350(arguments: &Arguments, verb: &Rfc2350Verb) -> Result<bool> {
    let json = arguments.json;
    let mut session = open(arguments)?;
    match verb {
        Rfc2350Verb::Check => {
            let findings = session.rfc2350_findings()?;
            print(json, &findings, |findings| {
                let lines = findings.iter().map(|view| {
                    let section = view.finding.section.map_or("", |section| section.number());
                    format!("{:?}\t{section}\t{}", view.finding.level, view.what.fr)
                });
                lines.collect::<Vec<_>>().join("\n")
            })?;
            Ok(!findings
                .iter()
                .any(|view| view.finding.level == Level::Blocks))
        }
        Rfc2350Verb::Export { lang, out, sign } => {
            let edition = match sign {
                true => Some(signed_edition(&mut session)?),
                false => None,
            };
            let written = session.export_rfc2350(edition, lang.map(Lang::from), out)?;
            print(json, &written, |written| written.files.join("\n"))?;
            Ok(true)
        }
        Rfc2350Verb::Diff { old, new, lang } => {
            let editions = session.rfc2350()?.editions;
            let named = |version: &str| match version {
                "draft" => Ok(None),
                version => editions
                    .iter()
                    .find(|edition| edition.version == version)
                    .map(|edition| Some(edition.id))
                    .ok_or_else(|| ApiError::new(Code::NotFound, format!("no edition {version}"))),
            };
            let found = session.compare_rfc2350(named(old)?, named(new)?, (*lang).into())?;
            print(json, &found, |found| {
                let lines = found.differences.iter().map(|difference| {
                    let section = difference.section.map_or("-", |section| section.number());
                    let words = difference.runs.iter().map(|run| match run.kind {
                        RunKind::Unchanged => run.text.clone(),
                        RunKind::Removed => format!("[-{}-]", run.text),
                        RunKind::Added => format!("{{+{}+}}", run.text),
                    });
                    format!("{section}\t{}", words.collect::<String>())
                });
                lines.collect::<Vec<_>>().join("\n")
            })?;
            Ok(!found.differences.is_empty())
        }
    }
}

/// The edition of the document as it stands: published now, unless it was already.
fn signed_edition(session: &mut Session) -> Result<Uuid> {
    match session.publish_rfc2350() {
        Ok(edition) => Ok(edition.id),
        Err(error) if error.code == Code::NothingNew => {
            let editions = session.rfc2350()?.editions;
            editions.first().map(|edition| edition.id).ok_or(error)
        }
        Err(error) => Err(error),
    }
}

fn case(arguments: &Arguments, verb: &CaseVerb) -> Result<bool> {
    let json = arguments.json;
    match verb {
        CaseVerb::New { from } => {
            let report = read_report(from)?;
            let made = open(arguments)?.open_case(report, None, None)?;
            print(json, &made, |made| {
                format!("{}\t{}", made.reference, made.title)
            })?;
        }
        CaseVerb::List {
            query,
            limit,
            offset,
        } => {
            let query = CaseQuery {
                text: query.clone(),
                limit: *limit,
                offset: *offset,
                ..CaseQuery::default()
            };
            let page = open(arguments)?.cases(&query)?;
            print(json, &page.rows, |rows| {
                let lines = rows.iter().map(|row| {
                    format!(
                        "{}\t{:?}\t{:?}\t{}",
                        row.reference, row.grade, row.status, row.title
                    )
                });
                lines.collect::<Vec<_>>().join("\n")
            })?;
        }
        CaseVerb::Show { reference } => {
            let session = open(arguments)?;
            let case = session.case(session.case_by_reference(reference)?)?;
            print(json, &case, |case| {
                format!(
                    "{}\t{}\n{:?} {:?} {}/30\n{}",
                    case.reference,
                    case.title,
                    case.status,
                    case.grade,
                    case.severity.score,
                    case.report.narrative.known().map_or("", String::as_str)
                )
            })?;
        }
        CaseVerb::Pdf(pdf) => write_pdf(arguments, pdf)?,
    }
    Ok(true)
}

#[derive(Serialize)]
struct Written {
    file: String,
    signature: Option<String>,
    sha256: String,
    pages: u32,
}

fn write_pdf(arguments: &Arguments, pdf: &PdfArguments) -> Result<()> {
    let mut session = open(arguments)?;
    let case = session.case_by_reference(&pdf.reference)?;
    let (audience, language) = (pdf.audience.into(), pdf.lang.into());
    std::fs::create_dir_all(&pdf.out).map_err(|error| ApiError::from_io(&error))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = pdf.out.join(name);
        std::fs::write(&path, bytes).map_err(|error| ApiError::from_io(&error))?;
        Ok::<_, ApiError>(path.display().to_string())
    };
    let written = if pdf.sign {
        let document = session.submit_summary(case, audience, language)?;
        let document = session.sign_document(document.id)?;
        let file = write(&document.file_name, &session.document_bytes(document.id)?)?;
        let signature = document.signature.as_deref().unwrap_or_default();
        let signature = write(&format!("{}.asc", document.file_name), signature.as_bytes())?;
        Written {
            file,
            signature: Some(signature),
            sha256: document.sha256,
            pages: document.pages,
        }
    } else {
        let made = session.preview_summary(case, audience, language)?;
        let reference = session.case(case)?.reference;
        let file = write(&format!("{reference}-synthese.pdf"), &made.bytes)?;
        let verdict = session.verify_file(&made.bytes, None)?;
        let pages = u32::try_from(made.pages).unwrap_or(u32::MAX);
        Written {
            file,
            signature: None,
            sha256: verdict.sha256,
            pages,
        }
    };
    print(arguments.json, &written, |written| {
        let signature = written.signature.as_deref().unwrap_or_default();
        format!("{}\n{signature}", written.file)
    })
}

/// Opens the vault for the user who was named.
pub fn open(arguments: &Arguments) -> Result<Session> {
    let workstation = Workstation::of_one_vault(&arguments.vault);
    let status = workstation.status("", None)?;
    let vault = status
        .vaults
        .first()
        .ok_or_else(|| ApiError::new(Code::NoVault, "no vault in this folder"))?;
    if vault.damaged {
        return Err(ApiError::new(
            Code::VaultDamaged,
            "both copies of the vault file are damaged",
        ));
    }
    let person = vault
        .people
        .iter()
        .find(|face| face.name == arguments.user)
        .ok_or_else(|| {
            ApiError::field(
                Code::NotFound,
                "user",
                format!("--user: nobody of this name: {:?}", arguments.user),
            )
        })?;
    workstation.unlock(vault.kind, person.id, &passphrase(arguments)?)
}

fn passphrase(arguments: &Arguments) -> Result<Zeroizing<String>> {
    let Some(file) = &arguments.passphrase_file else {
        let missing = |_| {
            ApiError::new(
                Code::Locked,
                format!("neither {PASSPHRASE} nor --passphrase-file is given"),
            )
        };
        return std::env::var(PASSPHRASE)
            .map(Zeroizing::new)
            .map_err(missing);
    };
    let bytes = Zeroizing::new(read(file)?);
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| ApiError::field(Code::Invalid, "passphrase-file", "not UTF-8"))?;
    Ok(Zeroizing::new(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => Code::NotFound,
            std::io::ErrorKind::IsADirectory => Code::Invalid,
            _ => Code::Io,
        };
        ApiError::new(code, format!("{}: {error}", path.display()))
    })
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// Those of [`read`]; [`Code::TooLong`] for a larger one, which is not read.
pub fn read_up_to(path: &Path, most_bytes: usize) -> Result<Vec<u8>> {
    let length = std::fs::metadata(path).map_or(0, |found| found.len());
    if length > most_bytes as u64 {
        let message = format!("{}: more than {most_bytes} bytes", path.display());
        return Err(ApiError::field(Code::TooLong, "file", message));
    }
    read(path)
}

/// A report as a person writes it: a bare value is an answer, null is "does not know", what is absent was not asked.
fn read_report(path: &Path) -> Result<Report> {
    let wrong = |message: String| ApiError::field(Code::Invalid, "from", message);
    let length = std::fs::metadata(path)
        .map(|found| found.len())
        .unwrap_or_default();
    if length > REPORT_LIMIT_BYTES {
        return Err(ApiError::field(Code::TooLong, "from", "over 16 MiB"));
    }
    let given: Map<String, Value> =
        serde_json::from_slice(&read(path)?).map_err(|error| wrong(error.to_string()))?;
    let known = serde_json::to_value(Report::default())?;
    let mut fields = Map::new();
    for (name, value) in given {
        let shape = known
            .get(&name)
            .ok_or_else(|| wrong(format!("unknown field {name:?}")))?;
        let is_answer = shape.get("state").is_some();
        let stated = value.get("state").is_some();
        let value = match value {
            value if !is_answer || stated => value,
            Value::Null => json!({ "state": "unknown" }),
            value => json!({ "state": "known", "value": value }),
        };
        fields.insert(name, value);
    }
    serde_json::from_value(Value::Object(fields)).map_err(|error| wrong(error.to_string()))
}
