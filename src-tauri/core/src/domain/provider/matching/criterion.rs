//! The words of the sum: what is weighed, how much it counts, what a level rests on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::KeyState;
use crate::domain::case::Category;
use crate::domain::organisation::OrganisationKind;
use crate::domain::provider::{LabelKind, PrisLevel, SizeBand};

/// All points that there are, in hundredths.
pub const FULL_SCORE: u16 = 10_000;

/// What is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Past cases of this kind of incident.
    Experience,
    /// Technologies hit that the firm knows.
    Technologies,
    /// The best label.
    Label,
    /// Distance.
    Distance,
    /// Delay on site.
    OnSite,
    /// A verified key.
    Key,
    /// Past cases at this kind of beneficiary.
    Kind,
    /// Past cases at beneficiaries of this size.
    Size,
    /// What beneficiaries said.
    Satisfaction,
}

impl Criterion {
    /// Every criterion, in the order of the sum.
    pub const ALL: [Self; 9] = [
        Self::Experience,
        Self::Technologies,
        Self::Label,
        Self::Distance,
        Self::OnSite,
        Self::Key,
        Self::Kind,
        Self::Size,
        Self::Satisfaction,
    ];
}

/// What each criterion counts, against the others. All nought is legal: every firm is then equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "MatchWeights")]
pub struct Weights {
    /// [`Criterion::Experience`].
    pub experience: u16,
    /// [`Criterion::Technologies`].
    pub technologies: u16,
    /// [`Criterion::Label`].
    pub label: u16,
    /// [`Criterion::Distance`].
    pub distance: u16,
    /// [`Criterion::OnSite`].
    pub on_site: u16,
    /// [`Criterion::Key`].
    pub key: u16,
    /// [`Criterion::Kind`].
    pub kind: u16,
    /// [`Criterion::Size`].
    pub size: u16,
    /// [`Criterion::Satisfaction`].
    pub satisfaction: u16,
}

impl Default for Weights {
    /// A proposal: what a firm can do counts for most, where it is for a quarter, what it did for the team for a third.
    fn default() -> Self {
        Self {
            experience: 20,
            technologies: 20,
            label: 15,
            distance: 10,
            on_site: 15,
            key: 5,
            kind: 5,
            size: 0,
            satisfaction: 10,
        }
    }
}

impl Weights {
    /// No weight at all.
    pub const NONE: Self = Self {
        experience: 0,
        technologies: 0,
        label: 0,
        distance: 0,
        on_site: 0,
        key: 0,
        kind: 0,
        size: 0,
        satisfaction: 0,
    };

    /// What a criterion counts.
    #[must_use]
    pub const fn of(&self, criterion: Criterion) -> u16 {
        match criterion {
            Criterion::Experience => self.experience,
            Criterion::Technologies => self.technologies,
            Criterion::Label => self.label,
            Criterion::Distance => self.distance,
            Criterion::OnSite => self.on_site,
            Criterion::Key => self.key,
            Criterion::Kind => self.kind,
            Criterion::Size => self.size,
            Criterion::Satisfaction => self.satisfaction,
        }
    }
}

/// A criterion's part of the 100 points, in this case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MatchShare")]
pub struct Share {
    /// Which.
    pub criterion: Criterion,
    /// Its weight.
    pub weight: u16,
    /// Whether the case gives something to judge by; otherwise its weight is left to the others.
    pub judged: bool,
    /// Its points at level 100, hundredths.
    pub maximum: u16,
}

/// What a level rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CriterionReason {
    /// Past cases, in the category asked for of which it had the fewest.
    Experience {
        /// How many.
        cases: u32,
        /// Of which.
        category: Category,
    },
    /// Technologies that it knows, of those asked for.
    Technologies {
        /// How many.
        known: u8,
        /// Of how many.
        asked: u8,
    },
    /// Its best valid label.
    Label {
        /// Which; none for none.
        label: Option<LabelKind>,
        /// Its level.
        level: Option<PrisLevel>,
    },
    /// Distance.
    Distance {
        /// Kilometres; none where it is not on the map.
        km: Option<u32>,
    },
    /// Delay on site.
    OnSite {
        /// Hours that it promises.
        hours: Option<u16>,
    },
    /// Its key.
    Key {
        /// The state.
        state: KeyState,
    },
    /// Past cases at this kind of beneficiary.
    Kind {
        /// How many.
        cases: u32,
        /// Which kind.
        served: OrganisationKind,
    },
    /// Past cases at this size of beneficiary.
    Size {
        /// How many.
        cases: u32,
        /// Which size.
        band: SizeBand,
    },
    /// What beneficiaries said.
    Satisfaction {
        /// Satisfied…
        satisfied: u32,
        /// … of those who answered.
        answered: u32,
    },
}

/// One line of the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CriterionLine {
    /// What is weighed.
    #[serde(rename = "name")]
    pub criterion: Criterion,
    /// 0–100.
    pub level: u8,
    /// Points, hundredths.
    pub points: u16,
    /// Points at level 100, hundredths.
    pub maximum: u16,
    /// What the level rests on.
    pub reason: CriterionReason,
}
