//! The RFC 2350 edition: signed, kept and written out, as a person waits for it who has just opened Relais. Each time is
//! the first of a process of its own, which has read no font and made no signature before.

use std::path::Path;
use std::process::Command;

use relais_core::domain::people::Role;
use relais_tests::{Team, settle_rfc2350};
use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::samples::Samples;

/// The argument that makes this program measure one edition and end.
pub const ONE: &str = "--one-edition";

const EXPORT_MS: Goal = Goal::AtMost(50.0);
const TURNS: usize = 9;

/// Times of one process, milliseconds.
#[derive(Serialize, Deserialize)]
struct Times {
    /// Signing and keeping; nothing for a draft.
    publish: f64,
    /// Writing out.
    export: f64,
    files: usize,
    kilobytes: u64,
}

impl Times {
    fn size(&self) -> String {
        format!("{} files, {} KB", self.files, self.kilobytes)
    }
}

/// Asks one process after the other.
pub fn measure(folder: &Path, board: &mut Board) -> Outcome {
    let [mut draft, mut publish, mut export, mut both] = [(); 4].map(|()| Samples::default());
    let (mut plain, mut signed) = (String::new(), String::new());
    for _ in 0..TURNS {
        let once = |what: &str| -> Outcome<Times> {
            let program = std::env::current_exe()?;
            // The vault and the exports lie where those of the other measurements do.
            let output = Command::new(program)
                .args([ONE, what])
                .env("TMPDIR", folder)
                .output()?;
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&output.stderr).into());
            }
            Ok(serde_json::from_slice(&output.stdout)?)
        };
        let times = once("draft")?;
        draft.push(times.export);
        plain = times.size();
        let times = once("edition")?;
        publish.push(times.publish);
        export.push(times.export);
        both.push(times.publish + times.export);
        signed = times.size();
    }
    for (name, samples, goal, against) in [
        ("RFC 2350, draft written out", &draft, EXPORT_MS, &plain),
        (
            "RFC 2350, edition signed and kept",
            &publish,
            Goal::None,
            &signed,
        ),
        ("RFC 2350, edition written out", &export, EXPORT_MS, &signed),
        (
            "RFC 2350, signed and written out",
            &both,
            Goal::None,
            &signed,
        ),
    ] {
        let name = format!("{name}, first of the process");
        board.put(&name, samples.median(), "ms", goal, against);
    }
    Ok(())
}

/// Measures in this process, the first to do so, and prints the times.
pub fn one(what: &str) -> Outcome {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    settle_rfc2350(&mut lead);
    let place = team.folder().join("export");
    let [mut publish, mut export] = [(); 2].map(|()| Samples::default());
    let edition = match what {
        "draft" => None,
        _ => Some(publish.time(|| lead.publish_rfc2350())?.id),
    };
    let written = export.time(|| lead.export_rfc2350(edition, None, &place))?;
    let mut bytes = 0;
    for file in &written.files {
        bytes += place.join(file).metadata()?.len();
    }
    let times = Times {
        publish: publish.sum(),
        export: export.sum(),
        files: written.files.len(),
        kilobytes: bytes / 1000,
    };
    println!("{}", serde_json::to_string(&times)?);
    Ok(())
}
