//! Use cases on a real encrypted vault.

mod case_passphrase;
mod damage;
mod documents;
mod intake;
mod journal;
mod keyring;
mod mail;
mod mail_account;
mod mail_attacks;
mod mail_templates;
mod people;
mod readiness;
mod rfc2350;
mod search;
mod secrets;
mod team_key;
mod triage;
