//! The use cases of Relais without a window: for scripts, checks and tests.

mod arguments;
mod crisis;
mod keyring;
mod mail;
mod output;
mod providers;
mod verbs;

use std::process::ExitCode;

use clap::Parser as _;
use relais_core::api::{ApiError, Code};

use arguments::Arguments;

/// The answer was no: a bad signature, a chain that does not hold, a refusal.
const NEGATIVE: u8 = 1;
/// The call itself is wrong.
const USAGE: u8 = 2;
/// Locked, or the passphrase does not open.
const LOCKED: u8 = 3;
/// The vault or its database cannot be read.
const DAMAGED: u8 = 4;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(USAGE)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match verbs::run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(NEGATIVE),
        Err(error) => {
            output::refusal(arguments.json, &error);
            ExitCode::from(exit_code(&error))
        }
    }
}

fn exit_code(error: &ApiError) -> u8 {
    match error.code {
        Code::Locked
        | Code::WrongPassphrase
        | Code::Wait
        | Code::WrongRecoveryKey
        | Code::RecoveryKeyMistyped
        | Code::PassphraseMustChange
        | Code::AlreadyOpen => LOCKED,
        Code::VaultDamaged
        | Code::VaultTampered
        | Code::DatabaseDamaged
        | Code::NewerVersion
        | Code::JournalDamaged => DAMAGED,
        Code::Invalid | Code::TooLong | Code::NotFound | Code::NoVault | Code::VaultExists => USAGE,
        _ => NEGATIVE,
    }
}
