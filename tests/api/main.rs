//! Use cases on a real encrypted vault.

mod case_passphrase;
mod correspondents;
mod damage;
mod documents;
mod intake;
mod journal;
mod keyring;
mod mail;
mod mail_account;
mod mail_attacks;
mod mail_following;
mod mail_hostile;
mod mail_keyless;
mod mail_leave;
mod mail_templates;
mod people;
mod providers;
mod readiness;
mod referrals;
mod rfc2350;
mod search;
mod secrets;
mod team_key;
mod triage;
