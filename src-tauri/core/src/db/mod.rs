//! The encrypted database: opening it, its migrations, and one file per table.
//!
//! The key comes first, then a test read, so that a wrong key is one clear error and not the first odd query. Every table
//! but a few local ones is a projection of the journal: it is written by [`project`] alone, from the state of one entity,
//! and can be thrown away and made again. Each such row keeps that state whole as JSON beside the columns that queries
//! need, so that a field of a newer version is not lost on the way.

pub mod blob;
pub mod case;
pub mod correspondent_key;
pub mod draft;
pub mod entry;
pub mod error;
pub mod mail;
pub mod mail_draft;
pub mod mailbox;
pub mod member;
pub mod open;
pub mod organisation;
pub mod outbox;
pub mod registry;
pub mod sealed;
pub mod search;
pub mod words;

pub use error::{DbError, Result};
pub use open::{SETTINGS, open, rekey};

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::domain::entity::{Entity, EntityKind, Fields};

/// The tables that the journal gives, each with the query that reads it in an order that does not depend on how it came
/// about.
pub const PROJECTIONS: &[(&str, &str)] = &[
    ("case_", "SELECT * FROM case_ ORDER BY num"),
    ("case_state", "SELECT * FROM case_state ORDER BY num"),
    ("case_text", "SELECT rowid, * FROM case_text ORDER BY rowid"),
    ("member", "SELECT * FROM member ORDER BY id"),
    (
        "organisation_text",
        "SELECT o.id, t.name, t.place FROM organisation_text t JOIN organisation o ON o.num = t.rowid ORDER BY o.id",
    ),
    (
        "organisation",
        "SELECT id, siren, name, commune, department, state FROM organisation ORDER BY id",
    ),
    ("registry", "SELECT * FROM registry ORDER BY id"),
    (
        "correspondent_key",
        "SELECT * FROM correspondent_key ORDER BY id",
    ),
    (
        "correspondent_address",
        "SELECT * FROM correspondent_address ORDER BY address, key",
    ),
];

/// Writes the row of one entity from its state.
///
/// # Errors
/// When the database refuses, or the state does not have the entity's shape.
pub fn project(conn: &Connection, entity: Entity, fields: &Fields) -> Result<()> {
    match entity.kind {
        EntityKind::Case => case::project(conn, entity.id, fields),
        EntityKind::Contact
        | EntityKind::Fact
        | EntityKind::Note
        | EntityKind::Document
        | EntityKind::Evidence
        | EntityKind::Shortlist
        | EntityKind::Referral => member::project(conn, entity, fields),
        EntityKind::Message => {
            // One that the team sent outside of any case is the journal's alone.
            if fields.contains_key("case") {
                member::project(conn, entity, fields)?;
            }
            mail::set_case(conn, entity.id, member::stays_in(fields))
        }
        EntityKind::Organisation => {
            let department = organisation::project(conn, entity.id, fields)?;
            case::set_department(conn, entity.id, &department)
        }
        EntityKind::CorrespondentKey => correspondent_key::project(conn, entity.id, fields),
        EntityKind::Team
        | EntityKind::TeamKey
        | EntityKind::Person
        | EntityKind::Device
        | EntityKind::Rfc2350
        | EntityKind::Edition
        | EntityKind::Readiness
        | EntityKind::KeyLookups
        | EntityKind::MailAccount
        | EntityKind::MailTemplate
        | EntityKind::Provider
        | EntityKind::MatchRules
        | EntityKind::Crisis => registry::project(conn, entity, fields),
    }
}

/// Writes the search text of every case that shows one of these entities.
///
/// # Errors
/// When the database refuses.
pub fn index_text(conn: &Connection, entities: &[Entity]) -> Result<()> {
    let mut cases = BTreeSet::new();
    for entity in entities {
        match entity.kind {
            EntityKind::Case => {
                cases.insert(entity.id);
            }
            EntityKind::Contact
            | EntityKind::Fact
            | EntityKind::Note
            | EntityKind::Document
            | EntityKind::Message
            | EntityKind::Evidence => {
                cases.extend(member::case_of(conn, entity.id)?);
            }
            EntityKind::Organisation => cases.extend(case::of_organisation(conn, entity.id)?),
            EntityKind::Team
            | EntityKind::TeamKey
            | EntityKind::Person
            | EntityKind::Device
            | EntityKind::Rfc2350
            | EntityKind::Edition
            | EntityKind::Readiness
            | EntityKind::CorrespondentKey
            | EntityKind::KeyLookups
            | EntityKind::MailAccount
            | EntityKind::MailTemplate
            | EntityKind::Provider
            | EntityKind::MatchRules
            | EntityKind::Crisis
            | EntityKind::Shortlist
            | EntityKind::Referral => {}
        }
    }
    cases
        .into_iter()
        .try_for_each(|case| case::index_text(conn, case))
}

/// Empties every table that the journal gives.
///
/// # Errors
/// When the database refuses.
pub fn clear_projections(conn: &Connection) -> Result<()> {
    for (table, _) in PROJECTIONS {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}
