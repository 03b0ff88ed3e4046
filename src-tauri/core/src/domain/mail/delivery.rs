//! How a mail stands with those it went to, and when it is tried again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a mail stands for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It waits to leave.
    Waiting,
    /// The team's server took it.
    Sent,
    /// The network broke while the server answered: it may have left.
    Uncertain,
    /// A server refused it.
    Refused,
    /// A server reported later that it did not arrive.
    Bounced,
    /// Somebody held it back in time.
    Cancelled,
    /// Written out as a file for another mail program.
    Exported,
}

/// Minutes between the first tries; hours after them.
const PAUSES_MINUTES: [i64; 6] = [1, 2, 5, 15, 30, 60];
/// Tries before somebody has to look: five days of hours. Tries are counted, and not days, as a closed laptop tries nothing.
const MOST_TRIES: u32 = 5 * 24 + 6;

/// How long to wait after so many tries that failed for a while, milliseconds; nothing when it is no use any more.
#[must_use]
pub fn pause_after(tries: u32) -> Option<i64> {
    if tries >= MOST_TRIES {
        return None;
    }
    let place = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    let minutes = PAUSES_MINUTES.get(place).copied().unwrap_or(60);
    Some(minutes * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_ever_less_often_for_five_days() {
        let minutes: Vec<i64> = (1..=8)
            .filter_map(pause_after)
            .map(|ms| ms / 60_000)
            .collect();
        assert_eq!(minutes, [1, 2, 5, 15, 30, 60, 60, 60]);
        let all: i64 = (1..).map_while(pause_after).sum();
        let days = all / 86_400_000;
        assert!((4..=6).contains(&days), "{days} days");
    }
}
