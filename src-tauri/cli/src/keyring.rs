//! The keys of correspondents.

use relais_core::api::Result;
use relais_core::api::view::{CorrespondentKey, KeyLookup, KeyOrigin, KeysImported};
use serde_json::json;
use uuid::Uuid;

use crate::arguments::{Arguments, KeyringVerb};
use crate::output::{print, tell};
use crate::verbs::{open, read};

/// Does what was asked of the key ring; false where nothing was found or taken.
///
/// # Errors
/// Whatever the use case refuses.
pub fn run(arguments: &Arguments, verb: &KeyringVerb) -> Result<bool> {
    let json = arguments.json;
    let mut session = open(arguments)?;
    match verb {
        KeyringVerb::List { query } => {
            let keys = session.keyring(query)?;
            print(json, &keys, |keys| lines(keys, line))?;
            Ok(true)
        }
        KeyringVerb::Import { file } => {
            let told = session.import_keys(&read(file)?, KeyOrigin::File, None)?;
            print(json, &told, summary)?;
            Ok(took_any(&told))
        }
        KeyringVerb::Verify { fingerprint, with } => {
            let id = session.key_by_fingerprint(fingerprint)?;
            let key = session.verify_key(id, with)?;
            print(json, &key, line)?;
            Ok(true)
        }
        KeyringVerb::Export { fingerprint } => {
            let id = session.key_by_fingerprint(fingerprint)?;
            let key = json!({ "armoured": session.export_correspondent_key(id)? });
            print(json, &key, |key| {
                key["armoured"].as_str().unwrap_or_default().to_owned()
            })?;
            Ok(true)
        }
        KeyringVerb::Lookup { mail, from } => {
            session.queue_key_lookup(mail, from)?;
            let mut told = KeysImported::default();
            for looking in session.waiting_lookups()? {
                let outcome = looking.look();
                if let Err(problem) = &outcome {
                    tell(&format!("{} ({}): {problem}", looking.mail, looking.place));
                }
                told.add(session.key_was_looked_up(&looking, outcome)?);
            }
            let waiting = session.key_lookups()?;
            print(
                json,
                &json!({ "imported": told, "lookups": waiting }),
                |_| format!("{}\n{}", summary(&told), lines(&waiting, lookup)),
            )?;
            Ok(took_any(&told))
        }
    }
}

fn lines<T>(all: &[T], line: fn(&T) -> String) -> String {
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(key: &CorrespondentKey) -> String {
    let until = key.expires.map(|at| at.date_naive().to_string());
    format!(
        "{}\t{:?}\t{:?}\t{}\t{}",
        key.fingerprint,
        key.trust,
        key.fitness,
        until.unwrap_or_default(),
        key.user_ids.join(", ")
    )
}

fn lookup(one: &KeyLookup) -> String {
    format!("{}\t{}\t{}", one.mail, one.place, one.failure)
}

fn summary(told: &KeysImported) -> String {
    let list = |ids: &[Uuid]| ids.iter().map(|id| format!(" {id}")).collect::<String>();
    format!(
        "new:{}\nrenewed:{}\nknown:{}\nrefused: {}\nto verify again:{}",
        list(&told.new),
        list(&told.renewed),
        list(&told.known),
        told.refused.join(" "),
        list(&told.alarms)
    )
}

const fn took_any(told: &KeysImported) -> bool {
    !(told.new.is_empty() && told.renewed.is_empty() && told.known.is_empty())
}
