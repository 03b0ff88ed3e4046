//! Checking the whole journal.

use std::time::Instant;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;

/// Every chain, hash and signature. It stops before the tables are made anew, which is another piece of work.
pub fn measure(desk: &Desk, board: &mut Board) -> Outcome {
    let mut session = desk.unlock()?;
    let begun = Instant::now();
    let found = session.verify_journal(|progress| progress.done < progress.total)?;
    let took = begun.elapsed().as_secs_f64();
    if !found.faults.is_empty() {
        return Err(format!("the journal does not hold: {} faults", found.faults.len()).into());
    }
    let against = format!("{} chains, {} entries", found.chains, found.entries);
    board.put(
        "checking every chain of the journal",
        took,
        "s",
        Goal::None,
        &against,
    );
    Ok(())
}
