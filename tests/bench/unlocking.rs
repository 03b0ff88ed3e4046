//! Unlocking, and how much of it is the price that every guess pays.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use relais_core::vault::KdfCost;

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;
use crate::samples::Samples;

const TURNS: usize = 15;

/// Opens the vault again and again; in turns, the derivation alone at the same cost.
pub fn measure(desk: &Desk, board: &mut Board) -> Outcome {
    let (mut whole, mut derivation) = (Samples::default(), Samples::default());
    for _ in 0..TURNS {
        drop(whole.time(|| desk.unlock())?);
        let derived = derivation.time(|| derive(desk.passphrase.as_bytes()));
        derived.map_err(|error| format!("Argon2id: {error}"))?;
    }
    let cost = KdfCost::PRODUCT;
    let against = format!(
        "Argon2id, {} MiB, {} passes",
        cost.memory_kib / 1024,
        cost.passes
    );
    let share = 100.0 * derivation.median() / whole.median();
    board.put(
        "unlock, median",
        whole.median(),
        "ms",
        Goal::AtMost(600.0),
        &against,
    );
    board.put(
        "unlock, p95",
        whole.p95(),
        "ms",
        Goal::AtMost(600.0),
        &against,
    );
    let alone = format!("at least; {:.0} ms alone", derivation.median());
    board.put(
        "share of Argon2id in unlock",
        share,
        "%",
        Goal::AtLeast(50.0),
        &alone,
    );
    Ok(())
}

/// The derivation as the vault does it, its memory taken and wiped each time.
fn derive(secret: &[u8]) -> argon2::Result<[u8; 32]> {
    let cost = KdfCost::PRODUCT;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))?;
    let mut blocks = vec![Block::default(); params.block_count()];
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        secret,
        b"sixteen byte salt",
        &mut key,
        &mut blocks,
    )?;
    blocks.fill(Block::default());
    std::hint::black_box(&blocks);
    Ok(key)
}
