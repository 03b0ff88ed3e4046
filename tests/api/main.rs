//! Use cases on a real encrypted vault.

mod damage;
mod documents;
mod intake;
mod journal;
mod people;
mod search;
mod secrets;
mod triage;
