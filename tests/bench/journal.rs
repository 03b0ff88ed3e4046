//! Checking the whole journal.

use std::time::Instant;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;

/// Every chain, hash and signature; then the tables, made anew from the journal and compared.
pub fn measure(desk: &Desk, board: &mut Board) -> Outcome {
    let mut session = desk.unlock()?;
    let begun = Instant::now();
    let mut chains = None;
    let found = session.verify_journal(|progress| {
        // The chains are the first half of the way.
        if chains.is_none() && progress.done * 2 >= progress.total {
            chains = Some(begun.elapsed());
        }
        true
    })?;
    if !found.good {
        return Err(format!("the journal does not hold: {} faults", found.faults.len()).into());
    }
    let chains = chains.ok_or("the check told no progress")?;
    let tables = begun.elapsed() - chains;
    let against = format!("{} chains, {} entries", found.chains, found.entries);
    for (name, took, against) in [
        (
            "checking every chain of the journal",
            chains,
            against.as_str(),
        ),
        (
            "checking the tables",
            tables,
            "made anew from the journal and compared",
        ),
    ] {
        board.put(name, took.as_secs_f64(), "s", Goal::None, against);
    }
    Ok(())
}
