//! What the encryption costs: the same statements on an encrypted copy of the database and on a plain one.

use std::fs;
use std::path::Path;

use relais_core::api::Session;
use relais_core::api::view::CaseQuery;
use relais_core::db;
use relais_core::db::search::{self, Filter, Order};
use relais_core::domain::entity::EntityKind;
use relais_core::journal::{Author, Change, DeviceKey, Scope, commit};
use rusqlite::Connection;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::cases;
use crate::desk::Desk;
use crate::queries;
use crate::samples::Samples;

const KEY: [u8; 32] = [0x3c; 32];
const LISTS: usize = 100;
const EDITS: usize = 50;
/// Cases that give queries.
const TELLING: usize = 25;

/// Copies the database twice, works on both in turns, and removes the copies: the plain one holds every case in clear.
pub fn measure(desk: &Desk, folder: &Path, board: &mut Board) -> Outcome {
    let session = desk.unlock()?;
    let place = folder.join("copies");
    fs::create_dir_all(&place)?;
    let (encrypted, plain) = (place.join("encrypted.db"), place.join("plain.db"));
    copy(session.conn(), &encrypted, &hexadecimal(&KEY))?;
    copy(session.conn(), &plain, "")?;
    let work = Work::plan(desk, &session)?;
    drop(session);
    let mut both = [
        (db::open(&encrypted, &KEY)?, Times::default()),
        (open_plain(&plain)?, Times::default()),
    ];
    work.run(&mut both)?;
    let [(_, encrypted), (_, plain)] = &both;
    for (name, encrypted, plain) in [
        (
            "SQLCipher against SQLite, list",
            &encrypted.list,
            &plain.list,
        ),
        (
            "SQLCipher against SQLite, search",
            &encrypted.search,
            &plain.search,
        ),
        (
            "SQLCipher against SQLite, edit",
            &encrypted.edit,
            &plain.edit,
        ),
    ] {
        let against = format!(
            "plain SQLite: {:.2} ms on average",
            plain.sum() / plain.len() as f64
        );
        board.put(
            name,
            encrypted.sum() / plain.sum(),
            "×",
            Goal::None,
            &against,
        );
    }
    let whole = |times: &Times| times.list.sum() + times.search.sum() + times.edit.sum();
    let ratio = whole(encrypted) / whole(plain);
    board.put(
        "SQLCipher against SQLite, all",
        ratio,
        "×",
        Goal::None,
        "plain SQLite, in turns",
    );
    drop(both);
    fs::remove_dir_all(place)?;
    Ok(())
}

#[derive(Default)]
struct Times {
    list: Samples,
    search: Samples,
    edit: Samples,
}

/// What both databases do.
struct Work {
    filters: Vec<Filter>,
    cases: Vec<Uuid>,
}

impl Work {
    fn plan(desk: &Desk, session: &Session) -> Outcome<Self> {
        let texts = queries::from_cases(session, &desk.spread(session, TELLING)?)?;
        let queries = texts.into_iter().zip(cases::filters().into_iter().cycle());
        let filters = queries.enumerate().map(|(turn, (text, filter))| {
            // Every other one without a filter beside the text.
            let rest = if turn % 2 == 0 {
                CaseQuery::default()
            } else {
                filter
            };
            Filter::from(&CaseQuery { text, ..rest })
        });
        Ok(Self {
            filters: filters.collect(),
            cases: desk.spread(session, EDITS)?,
        })
    }

    fn run(&self, both: &mut [(Connection, Times); 2]) -> Outcome {
        let newest = Filter::default();
        for _ in 0..LISTS {
            for (conn, times) in &mut *both {
                times.list.time(|| read(conn, &newest))?;
            }
        }
        for filter in &self.filters {
            for (conn, times) in &mut *both {
                times.search.time(|| read(conn, filter))?;
            }
        }
        let device = DeviceKey::new(Uuid::from_bytes([0xbe; 16]), &Zeroizing::new(KEY));
        for (turn, case) in self.cases.iter().enumerate() {
            for (conn, times) in &mut *both {
                times.edit.time(|| edit(conn, &device, *case, turn))?;
            }
        }
        Ok(())
    }
}

fn read(conn: &Connection, filter: &Filter) -> Outcome {
    search::page(conn, filter, Order::Newest, 0, 50)?;
    Ok(())
}

fn edit(conn: &mut Connection, device: &DeviceKey, case: Uuid, turn: usize) -> Outcome {
    let author = Author {
        person: Uuid::nil(),
        device,
        at: chrono::Utc::now().timestamp_millis(),
        salt: [0; 16],
    };
    let next_step = format!("Relire les journaux, passage {turn}");
    let change = Change::set(EntityKind::Case, case, "next_step", next_step);
    let tx = conn.transaction()?;
    commit(&tx, author, Scope::Case(case), vec![change])?;
    Ok(tx.commit()?)
}

/// A copy under another key, or in clear for an empty one.
fn copy(conn: &Connection, to: &Path, key: &str) -> Outcome {
    let path = to.to_str().ok_or("the folder's name is not UTF-8")?;
    conn.execute_batch("PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256;")?;
    conn.execute("ATTACH DATABASE ?1 AS copy KEY ?2", [path, key])?;
    conn.query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(()))?;
    // The export leaves the version out, by which the tables are known to be there.
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    conn.execute_batch(&format!(
        "PRAGMA copy.user_version = {version}; DETACH DATABASE copy;"
    ))?;
    Ok(())
}

/// The raw key as SQLCipher reads it.
fn hexadecimal(key: &[u8]) -> String {
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x'{digits}'")
}

/// The same settings as the encrypted one.
fn open_plain(path: &Path) -> Outcome<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(db::SETTINGS)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}
