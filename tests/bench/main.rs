//! Speed and memory against the goals: `./dev bench`, or `./dev bench --cases 2000 --only mail` for a quick look.
//!
//! It builds its own demonstration vault, always from the same seed, in a folder beside itself that is gone at the end.
//! A missed goal is told and ends well; only a measurement that could not be made ends with 1. Two things that are
//! compared are measured in the same run, in turns, so that whatever else the machine does weighs on both.

mod board;
mod cases;
mod cipher;
mod desk;
mod journal;
mod keyring;
mod mail;
mod providers;
mod queries;
mod rfc2350;
mod samples;
mod summary;
mod unlocking;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use board::Board;
use desk::Desk;

/// What a step of the bench gives: nothing, or why it could not be made.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// What the goals speak of.
const CASES: u32 = 100_000;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("The bench could not run: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every measurement could be made.
fn run() -> Outcome<bool> {
    let mut arguments = std::env::args().skip(1);
    if let (Some(rfc2350::ONE), Some(what)) = (arguments.next().as_deref(), arguments.next()) {
        return rfc2350::one(&what).map(|()| true);
    }
    if std::env::args().nth(1).as_deref() == Some(mail::thread::ONE) {
        let arguments: Vec<String> = std::env::args().skip(2).collect();
        return mail::thread::one(&arguments).map(|()| true);
    }
    let asked = Asked::of(std::env::args().skip(1))?;
    let target = target_folder()?;
    let folder = tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(&target)?;
    let mut board = Board::only(asked.only);
    let desk = Desk::furnish(&folder.path().join("data"), asked.cases, &mut board)?;
    board.try_step("unlock", |board| unlocking::measure(&desk, board));
    board.try_step("cases", |board| cases::measure(&desk, board));
    board.try_step("summary", |board| summary::measure(&desk, board));
    board.try_step("RFC 2350", |board| rfc2350::measure(folder.path(), board));
    board.try_step("key ring", keyring::measure);
    board.try_step("mail against gpg", mail::against_gpg);
    board.try_step("edits", |board| cases::edits(&desk, board));
    board.try_step("journal", |board| journal::measure(&desk, board));
    board.try_step("encryption", |board| {
        cipher::measure(&desk, folder.path(), board)
    });
    board.try_step("window", |board| {
        window::measure(&desk, &target, folder.path(), board)
    });
    board.try_step("map of firms", |board| {
        window::measure_map(&desk, &target, folder.path(), board)
    });
    board.try_step("firms", providers::rules);
    // The last ones: they fill the vault.
    board.try_step("mail in the vault", |board| mail::in_a_vault(&desk, board));
    board.try_step("table of firms", |board| providers::import(&desk, board));
    board.close(asked.cases, &target.join("bench.json"))
}

/// What the command line asks for.
struct Asked {
    /// `--cases N`, or as many as the goals speak of.
    cases: u32,
    /// `--only WORD`: the steps whose name holds it.
    only: String,
}

impl Asked {
    fn of(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut asked = Self {
            cases: CASES,
            only: String::new(),
        };
        while let Some(name) = arguments.next() {
            match (name.as_str(), arguments.next()) {
                ("--cases", Some(number)) => asked.cases = number.parse::<u32>()?.max(500),
                ("--only", Some(word)) => asked.only = word,
                _ => return Err("usage: ./dev bench [--cases N] [--only WORD]".into()),
            }
        }
        Ok(asked)
    }
}

/// Cargo's target folder, from the place of this program: `target/release/bench`.
fn target_folder() -> Outcome<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).map(Path::to_owned);
    target.ok_or_else(|| "the bench runs outside a target folder".into())
}
