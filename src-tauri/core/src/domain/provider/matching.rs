//! From the needs of a case to a short list that anybody can check: filters, score, bands, draw.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::needs::Needs;
use super::record::{Conflict, Provider};
use super::reminder::{Reminder, reminders};
use super::skill::SizeBand;
use crate::domain::case::Category;
use crate::domain::geo::Place;
use crate::domain::organisation::OrganisationKind;

mod criterion;
pub mod draw;
mod exclusion;
mod filter;
mod fingerprint;
mod nobody;
mod remedy;
mod replay;
mod score;

pub use criterion::{Criterion, CriterionLine, CriterionReason, FULL_SCORE, Share, Weights};
pub use exclusion::{Exclusion, Filter, Tie};
pub(super) use nobody::nobody_left;
pub use nobody::{Helper, NobodyLeft};
pub use remedy::Remedy;
pub use replay::{ReplaceError, Replacement, Replay, replay};

use draw::{Candidate, Stream};
use filter::Question;
use score::Scale;

/// Which rules made a list. A rule that changes gets the next number, and the old ones stay, or say that they do not.
pub const ALGORITHM: u16 = 1;

/// The state of a firm's OpenPGP key.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ProviderKeyState")]
pub enum KeyState {
    /// There is none.
    #[default]
    Absent,
    /// Expired, revoked or refused.
    Unusable,
    /// Received, its fingerprint not compared.
    Seen,
    /// Its fingerprint was compared.
    Verified,
}

/// What the team's own cases say of a firm, counted by the caller on the day of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ProviderTrack")]
pub struct Track {
    /// Cases that it finished, by incident.
    pub by_category: BTreeMap<Category, u32>,
    /// The same by kind of beneficiary.
    pub by_kind: BTreeMap<OrganisationKind, u32>,
    /// The same by size of beneficiary.
    pub by_size: BTreeMap<SizeBand, u32>,
    /// Beneficiaries who said that they were satisfied…
    pub satisfied: u32,
    /// … of those who answered.
    pub answered: u32,
    /// Cases that it works on now.
    pub open: u32,
    /// How often it stood on a list in the last 90 days.
    pub referrals: u32,
}

/// A firm as the rule sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Firm {
    /// Its identifier; no two firms of a call share one.
    pub id: Uuid,
    /// Its record.
    pub provider: Provider,
    /// Where its commune is.
    pub place: Option<Place>,
    /// Its key.
    pub key: KeyState,
    /// What the team's cases say.
    pub track: Track,
}

/// What the lead sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "MatchRules")]
pub struct Rules {
    /// What each criterion counts.
    pub weights: Weights,
    /// Points of 100 within which firms fit equally well, 1–100.
    pub band_points: u8,
    /// Names on a list, 2–5.
    pub names: u8,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            weights: Weights::default(),
            band_points: 10,
            names: 3,
        }
    }
}

impl Rules {
    /// The nearest rules within the limits.
    #[must_use]
    pub fn within_limits(self) -> Self {
        Self {
            weights: self.weights,
            band_points: self.band_points.clamp(1, 100),
            names: self.names.clamp(2, 5),
        }
    }

    /// The step of a total from the lowest, 0; a full score stands in the highest.
    fn step(self, total: u16) -> u16 {
        let width = u16::from(self.band_points) * 100;
        total.min(FULL_SCORE - 1) / width
    }
}

/// What to know before a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "MatchCaveat")]
pub enum Caveat {
    /// The beneficiary's place is not known: areas are not looked at.
    LocationUnknown,
    /// It is not on the map: distances are not looked at.
    PlaceUnknown,
    /// No incident is named: no firm is left out for what it takes on.
    CategoryUnknown,
    /// All weights that count are nought: every firm that passes the filters is equal.
    EveryoneEqual,
    /// Fewer names than wanted.
    FewerThanWanted {
        /// How many.
        found: u8,
    },
}

/// What to know of a firm before it is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ProviderNotice")]
pub enum Notice {
    /// A tie noted in words: somebody reads it.
    ConflictToRead {
        /// The words.
        note: String,
    },
    /// Something to ask the firm about.
    Reminder {
        /// What.
        reminder: Reminder,
    },
}

/// A firm that passes every filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "RankedFirm")]
pub struct Ranked {
    /// Which.
    pub firm: Uuid,
    /// Kilometres as the crow flies, where both places are known.
    pub km: Option<u32>,
    /// Sum of the lines, hundredths of a point, 0–10 000.
    pub total: u16,
    /// The lines of the sum.
    pub lines: Vec<CriterionLine>,
    /// Band of equal fit, from 1, the best.
    pub band: u16,
    /// Referrals of the last 90 days, which the draw weighed.
    pub referrals: u32,
    /// Its turn in the draw, from 1; none where it was not drawn.
    pub drawn: Option<u8>,
    /// What to know of it.
    pub notices: Vec<Notice>,
}

/// A firm that a filter leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ExcludedFirm")]
pub struct Excluded {
    /// Which.
    pub firm: Uuid,
    /// Kilometres as the crow flies, where both places are known.
    pub km: Option<u32>,
    /// Every reason, never none.
    pub reasons: Vec<Exclusion>,
    /// What would, all together, let it in; none when nothing would.
    pub remedies: Vec<Remedy>,
}

impl Excluded {
    /// Whether a single concession of the case would let the firm in: it comes close.
    #[must_use]
    pub fn comes_close(&self) -> bool {
        matches!(&self.remedies[..], [only] if only.is_of_the_case())
    }
}

/// A list and all that it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Match {
    /// [`ALGORITHM`] of the day.
    pub algorithm: u16,
    /// The seed of the draw.
    pub seed: u64,
    /// The day of the list.
    pub on: NaiveDate,
    /// What was asked for.
    pub needs: Needs,
    /// What the lead had set.
    pub rules: Rules,
    /// SHA-256 of seed, day, needs, rules and firms, hexadecimal.
    pub inputs: String,
    /// How the 100 points were shared out.
    pub shares: Vec<Share>,
    /// What to know first.
    pub caveats: Vec<Caveat>,
    /// Firms that pass, best band first; in a band those drawn in their turn, then the others by identifier.
    pub ranked: Vec<Ranked>,
    /// Firms left out, by identifier.
    pub excluded: Vec<Excluded>,
    /// The names as drawn, in their turn.
    pub drawn: Vec<Uuid>,
    /// The names as they leave: those drawn, but for what was replaced.
    pub shortlist: Vec<Uuid>,
    /// What a person changed, and why.
    pub replacements: Vec<Replacement>,
    /// What to do when no firm passes.
    pub nobody_left: Option<NobodyLeft>,
}

/// The list for a case.
///
/// The order of `firms` does not matter. The same arguments give the same list on every machine and in every later
/// edition that knows [`ALGORITHM`] 1: whole numbers throughout, and a published stream of random words.
#[must_use]
pub fn match_providers(
    needs: &Needs,
    firms: &[Firm],
    rules: &Rules,
    seed: u64,
    on: NaiveDate,
) -> Match {
    let rules = rules.within_limits();
    let needs = needs.clone().without_repeats();
    let mut in_order: Vec<&Firm> = firms.iter().collect();
    in_order.sort_unstable_by_key(|firm| firm.id);

    let question = Question::new(&needs, on);
    let scale = Scale::new(&needs, &rules.weights);
    let (mut ranked, mut excluded) = (Vec::new(), Vec::new());
    for firm in &in_order {
        let km = question.distance(firm);
        let reasons = question.exclusions(firm, km);
        if reasons.is_empty() {
            let (lines, total) = scale.score(firm, km, on);
            ranked.push(Ranked {
                firm: firm.id,
                km,
                total,
                lines,
                band: 0,
                referrals: firm.track.referrals,
                drawn: None,
                notices: notices(&firm.provider, on),
            });
        } else {
            excluded.push(Excluded {
                firm: firm.id,
                km,
                remedies: remedy::remedies(&reasons, &needs, firm, on),
                reasons,
            });
        }
    }
    let drawn = band_and_draw(&mut ranked, rules, seed);
    Match {
        algorithm: ALGORITHM,
        seed,
        on,
        inputs: fingerprint::of(&needs, &in_order, &rules, seed, on),
        caveats: caveats(&needs, &scale, rules, &drawn),
        nobody_left: drawn.is_empty().then(|| nobody_left(&needs, &excluded)),
        rules,
        shares: scale.into_shares(),
        needs,
        ranked,
        excluded,
        shortlist: drawn.clone(),
        drawn,
        replacements: Vec::new(),
    }
}

/// Why each firm is left out of a case, nothing where it passes, and how far it is; in the order given.
pub(super) fn judge<'a>(
    needs: &'a Needs,
    firms: &'a [&Firm],
    on: NaiveDate,
) -> impl Iterator<Item = (Vec<Exclusion>, Option<u32>)> + 'a {
    let question = Question::new(needs, on);
    firms.iter().map(move |firm| {
        let km = question.distance(firm);
        (question.exclusions(firm, km), km)
    })
}

/// Numbers the bands, draws the names band by band from the best, and puts the firms into their final order.
fn band_and_draw(ranked: &mut [Ranked], rules: Rules, seed: u64) -> Vec<Uuid> {
    // Stable: in a band the order of identifiers stays, whatever the points were.
    ranked.sort_by_key(|one| Reverse(rules.step(one.total)));
    let mut stream = Stream::new(ALGORITHM, seed);
    let mut drawn = Vec::new();
    let bands = ranked.chunk_by_mut(|a, b| rules.step(a.total) == rules.step(b.total));
    for (band, number) in bands.zip(1u16..) {
        for one in &mut *band {
            one.band = number;
        }
        let candidates: Vec<Candidate> = band
            .iter()
            .map(|one| Candidate {
                firm: one.firm,
                referrals: one.referrals,
            })
            .collect();
        let left = usize::from(rules.names) - drawn.len();
        for index in draw::draw(&candidates, left, &mut stream) {
            drawn.push(band[index].firm);
            band[index].drawn = u8::try_from(drawn.len()).ok();
        }
        band.sort_by_key(|one| one.drawn.unwrap_or(u8::MAX));
    }
    drawn
}

fn notices(provider: &Provider, on: NaiveDate) -> Vec<Notice> {
    let noted = provider
        .conflicts
        .iter()
        .filter_map(|conflict| match conflict {
            Conflict::Noted { note } => Some(Notice::ConflictToRead { note: note.clone() }),
            Conflict::Beneficiary { .. } => None,
        });
    let asked = reminders(provider, on)
        .into_iter()
        .map(|reminder| Notice::Reminder { reminder });
    noted.chain(asked).collect()
}

fn caveats(needs: &Needs, scale: &Scale<'_>, rules: Rules, drawn: &[Uuid]) -> Vec<Caveat> {
    let place = needs.location.as_ref().map(|location| location.place);
    let found = u8::try_from(drawn.len()).unwrap_or(u8::MAX);
    [
        (place.is_none(), Caveat::LocationUnknown),
        (place.flatten().is_none(), Caveat::PlaceUnknown),
        (needs.categories.is_empty(), Caveat::CategoryUnknown),
        (scale.is_level(), Caveat::EveryoneEqual),
        (found < rules.names, Caveat::FewerThanWanted { found }),
    ]
    .into_iter()
    .filter_map(|(holds, caveat)| holds.then_some(caveat))
    .collect()
}

#[cfg(test)]
mod tests;
