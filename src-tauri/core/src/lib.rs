//! Everything of Relais but the window: the cases of a regional CSIRT, encrypted, journaled, signed.
//!
//! `api → {journal, db, vault, pgp, mail, net, report, reference, table} → domain`. The modules in the middle do not know each
//! other, but for `journal → db` and `mail → pgp`; [`api`] composes them. [`domain`] does no input or output and reads no
//! clock.

pub mod api;
pub mod db;
pub mod domain;
pub mod journal;
pub mod mail;
pub mod net;
pub mod pgp;
pub mod reference;
pub mod report;
pub mod table;
pub mod vault;
