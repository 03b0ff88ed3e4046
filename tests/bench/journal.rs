//! Checking the whole journal.

use std::time::Instant;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;

/// Every chain and signature; then the tables, made anew and compared.
pub fn measure(desk: &Desk, board: &mut Board) -> Outcome {
    let mut session = desk.unlock()?;
    let begun = Instant::now();
    let mut chains = None;
    let found = session.verify_journal(|progress| {
        if progress.done == progress.total && chains.is_none() {
            chains = Some(begun.elapsed());
        }
        true
    })?;
    let whole = begun.elapsed();
    if !found.good {
        return Err(format!("the journal does not hold: {} faults", found.faults.len()).into());
    }
    let chains = chains.ok_or("the verification told no progress")?;
    let against = format!("{} chains, {} entries", found.chains, found.entries);
    let tables = (whole - chains).as_secs_f64();
    board.put(
        "checking every chain",
        chains.as_secs_f64(),
        "s",
        Goal::None,
        &against,
    );
    board.put(
        "checking the tables",
        tables,
        "s",
        Goal::None,
        "made anew from the journal and compared",
    );
    Ok(())
}
