//! Mail: the OpenPGP of one and of many, a thread, and an inbox of years.

mod gpg;
mod inbox;
mod messages;
mod post;
pub mod thread;

use crate::Outcome;
use crate::board::Board;
use crate::desk::Desk;

/// Writing and reading, against gpg.
pub fn against_gpg(board: &mut Board) -> Outcome {
    messages::measure(board)
}

/// A vault that keeps the mails of years.
pub fn in_a_vault(desk: &Desk, board: &mut Board) -> Outcome {
    let mut session = desk.unlock()?;
    let post = post::Post::furnish(desk, &mut session)?;
    drop(session);
    inbox::measure(desk, &post, board)?;
    thread::measure(desk, &post, board)
}
