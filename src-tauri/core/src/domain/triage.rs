//! How grave an event is: one scheme whose sum anybody can follow on the screen.
//!
//! Five axes from 0 to 3; score = 3 F + 2 I + 2 R + 2 P + U (0–30). What is unknown counts 1 and is flagged.
//! Two floors lift the grade, and a person may overrule it with a reason.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The four grades, in EBIOS RM's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub enum Grade {
    /// Mineure: score 7 or less.
    G1,
    /// Significative: 14 or less.
    G2,
    /// Grave: 21 or less.
    G3,
    /// Critique: 22 or more.
    G4,
}

impl Grade {
    /// Every grade, from the lightest.
    pub const ALL: [Self; 4] = [Self::G1, Self::G2, Self::G3, Self::G4];

    /// The grade that a score (0–30) gives.
    #[must_use]
    pub const fn of_score(score: u8) -> Self {
        match score {
            0..=7 => Self::G1,
            8..=14 => Self::G2,
            15..=21 => Self::G3,
            _ => Self::G4,
        }
    }
}

/// What is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// F: what no longer works.
    Functional,
    /// I: what information is reached.
    Information,
    /// R: what it takes to recover.
    Recovery,
    /// U: how fast it spreads or gets worse.
    Urgency,
    /// P: how many machines, of how many.
    Perimeter,
}

impl Axis {
    /// Every axis, in the order of the sum.
    pub const ALL: [Self; 5] = [
        Self::Functional,
        Self::Information,
        Self::Recovery,
        Self::Perimeter,
        Self::Urgency,
    ];

    /// How much one level counts in the score.
    #[must_use]
    pub const fn weight(self) -> u8 {
        match self {
            Self::Functional => 3,
            Self::Information | Self::Recovery | Self::Perimeter => 2,
            Self::Urgency => 1,
        }
    }
}

/// What the analyst entered; `None` is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SeverityAxes {
    /// F, 0–3.
    pub functional: Option<u8>,
    /// I, 0–3.
    pub information: Option<u8>,
    /// R, 0–3.
    pub recovery: Option<u8>,
    /// U, 0–3.
    pub urgency: Option<u8>,
    /// Machines affected.
    pub machines: Option<u32>,
    /// Machines of the whole estate.
    pub estate: Option<u32>,
    /// The directory, the hypervisor or the backups are hit.
    pub core_systems_hit: bool,
    /// Files are being encrypted now.
    pub encryption_under_way: bool,
    /// A service that people's lives or safety depend on stands still.
    pub vital_service_stopped: bool,
}

/// One line of the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AxisLine {
    /// What is weighed.
    pub axis: Axis,
    /// 0–3.
    pub level: u8,
    /// What one level counts.
    pub weight: u8,
    /// `level × weight`.
    pub points: u8,
    /// False where the level rests on something unknown or contradictory, and is to be asked again.
    pub known: bool,
}

/// A fact that lifts the grade whatever the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Floor {
    /// At least G3.
    EncryptionUnderWay,
    /// G4.
    VitalServiceStopped,
}

impl Floor {
    /// The lowest grade that it allows.
    #[must_use]
    pub const fn grade(self) -> Grade {
        match self {
            Self::EncryptionUnderWay => Grade::G3,
            Self::VitalServiceStopped => Grade::G4,
        }
    }
}

/// The explained result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Severity {
    /// 0–30.
    pub score: u8,
    /// What the score alone gives.
    pub by_score: Grade,
    /// After the floors.
    pub grade: Grade,
    /// The five lines of the sum, in the order of the formula.
    pub lines: Vec<AxisLine>,
    /// The floors that hold, whether or not they changed the grade.
    pub floors: Vec<Floor>,
    /// How many lines are flagged as unknown.
    pub unknown: u8,
}

/// Why axes cannot be assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TriageError {
    /// A level beyond 3.
    #[error("level {level} of axis {axis:?} is beyond 3")]
    LevelOutOfRange {
        /// Which axis.
        axis: Axis,
        /// What was given.
        level: u8,
    },
    /// An override without a reason.
    #[error("an override of the severity needs a reason")]
    MissingReason,
}

/// What an unknown axis counts.
const UNKNOWN_LEVEL: u8 = 1;

/// The level of the perimeter and whether it is known, for *n* machines affected of an estate of *N*.
///
/// 0: n = 0. 1: under 5 and under 10 %. 2: 5–49 machines, or 10 % to under 50 %. 3: 50 or more, or 50 % or more, or
/// a core system hit (certain, whatever n and N).
/// - n unknown: 1, flagged.
/// - N unknown: the number alone decides, flagged unless it settles the matter (0, or 50 and more).
/// - n > N: one figure is wrong; the whole estate is taken as hit: 3, flagged unless n is 50 or more.
fn perimeter(axes: &SeverityAxes) -> (u8, bool) {
    if axes.core_systems_hit {
        return (3, true);
    }
    let Some(machines) = axes.machines else {
        return (UNKNOWN_LEVEL, false);
    };
    let by_number = match machines {
        0 => 0,
        1..=4 => 1,
        5..=49 => 2,
        _ => 3,
    };
    if by_number == 0 || by_number == 3 {
        return (by_number, true);
    }
    let Some(estate) = axes.estate else {
        return (by_number, false);
    };
    // In whole numbers: 10 n ≥ N is "10 % or more", without rounding.
    let (machines, estate) = (u64::from(machines), u64::from(estate));
    let by_share = if 2 * machines >= estate {
        3
    } else if 10 * machines >= estate {
        2
    } else {
        1
    };
    (by_number.max(by_share), machines <= estate)
}

fn checked(axis: Axis, level: Option<u8>) -> Result<(u8, bool), TriageError> {
    match level {
        Some(level) if level > 3 => Err(TriageError::LevelOutOfRange { axis, level }),
        Some(level) => Ok((level, true)),
        None => Ok((UNKNOWN_LEVEL, false)),
    }
}

/// The severity of what was entered. An error only for a level beyond 3.
pub fn assess(axes: &SeverityAxes) -> Result<Severity, TriageError> {
    let mut lines = Vec::with_capacity(Axis::ALL.len());
    for axis in Axis::ALL {
        let (level, known) = match axis {
            Axis::Functional => checked(axis, axes.functional)?,
            Axis::Information => checked(axis, axes.information)?,
            Axis::Recovery => checked(axis, axes.recovery)?,
            Axis::Urgency => checked(axis, axes.urgency)?,
            Axis::Perimeter => perimeter(axes),
        };
        let weight = axis.weight();
        lines.push(AxisLine {
            axis,
            level,
            weight,
            points: level * weight,
            known,
        });
    }
    let mut floors = Vec::new();
    if axes.encryption_under_way {
        floors.push(Floor::EncryptionUnderWay);
    }
    if axes.vital_service_stopped {
        floors.push(Floor::VitalServiceStopped);
    }
    let score = lines.iter().map(|line| line.points).sum();
    let by_score = Grade::of_score(score);
    let grade = floors
        .iter()
        .map(|floor| floor.grade())
        .fold(by_score, Grade::max);
    let unknown = lines.iter().map(|line| u8::from(!line.known)).sum();
    Ok(Severity {
        score,
        by_score,
        grade,
        lines,
        floors,
        unknown,
    })
}

/// A person's grade against the scheme's, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeverityOverride {
    /// The grade retained.
    pub grade: Grade,
    /// Why; never blank.
    pub reason: String,
}

impl SeverityOverride {
    /// Refuses an override without a reason.
    pub fn check(&self) -> Result<(), TriageError> {
        if self.reason.trim().is_empty() {
            return Err(TriageError::MissingReason);
        }
        Ok(())
    }
}

/// The grade that counts: the override's, or else the scheme's.
#[must_use]
pub fn retained(severity: &Severity, overruled: Option<&SeverityOverride>) -> Grade {
    overruled.map_or(severity.grade, |by| by.grade)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn all(level: u8) -> SeverityAxes {
        SeverityAxes {
            functional: Some(level),
            information: Some(level),
            recovery: Some(level),
            urgency: Some(level),
            machines: Some([0, 1, 5, 50][usize::from(level)]),
            estate: Some(1_000),
            ..SeverityAxes::default()
        }
    }

    fn perimeter_of(machines: Option<u32>, estate: Option<u32>) -> (u8, bool) {
        perimeter(&SeverityAxes {
            machines,
            estate,
            ..SeverityAxes::default()
        })
    }

    #[test]
    fn the_score_runs_from_0_to_30_in_tens() {
        for level in 0..=3 {
            let severity = assess(&all(level)).unwrap();
            assert_eq!(severity.score, 10 * level);
            assert_eq!(severity.unknown, 0);
        }
    }

    #[test]
    fn the_sum_is_weighted_3f_2i_2r_2p_1u() {
        let axes = SeverityAxes {
            functional: Some(1),
            information: Some(2),
            recovery: Some(3),
            urgency: Some(3),
            machines: Some(5),
            estate: Some(1_000),
            ..SeverityAxes::default()
        };
        let severity = assess(&axes).unwrap();
        assert_eq!(severity.score, 3 + 4 + 6 + 4 + 3);
        let sum: u8 = severity.lines.iter().map(|line| line.points).sum();
        assert_eq!(sum, severity.score);
    }

    #[test]
    fn grades_change_at_8_15_and_22() {
        for (score, grade) in [
            (0, Grade::G1),
            (7, Grade::G1),
            (8, Grade::G2),
            (14, Grade::G2),
            (15, Grade::G3),
            (21, Grade::G3),
            (22, Grade::G4),
            (30, Grade::G4),
        ] {
            assert_eq!(Grade::of_score(score), grade, "score {score}");
        }
    }

    #[test]
    fn what_is_unknown_counts_1_and_is_flagged() {
        let severity = assess(&SeverityAxes::default()).unwrap();
        assert_eq!((severity.score, severity.unknown), (10, 5));
        assert!(
            severity
                .lines
                .iter()
                .all(|line| line.level == 1 && !line.known)
        );
    }

    #[test]
    fn the_perimeter_changes_at_5_and_50_machines() {
        let of_many = |n| perimeter_of(Some(n), Some(1_000_000));
        assert_eq!(of_many(0), (0, true));
        assert_eq!(of_many(1), (1, true));
        assert_eq!(of_many(4), (1, true));
        assert_eq!(of_many(5), (2, true));
        assert_eq!(of_many(49), (2, true));
        assert_eq!(of_many(50), (3, true));
    }

    #[test]
    fn the_perimeter_changes_at_10_and_50_percent_without_rounding() {
        assert_eq!(perimeter_of(Some(4), Some(44)), (1, true)); // 9.09 %
        assert_eq!(perimeter_of(Some(4), Some(41)), (1, true)); // 9.76 %
        assert_eq!(perimeter_of(Some(4), Some(40)), (2, true)); // 10 %
        assert_eq!(perimeter_of(Some(49), Some(99)), (2, true)); // 49.5 %
        assert_eq!(perimeter_of(Some(49), Some(98)), (3, true)); // 50 %
        assert_eq!(perimeter_of(Some(1), Some(2)), (3, true));
        assert_eq!(perimeter_of(Some(1), Some(1)), (3, true));
    }

    #[test]
    fn with_an_unknown_estate_the_number_decides_and_is_flagged_unless_it_settles_the_matter() {
        assert_eq!(perimeter_of(Some(0), None), (0, true));
        assert_eq!(perimeter_of(Some(4), None), (1, false));
        assert_eq!(perimeter_of(Some(5), None), (2, false));
        assert_eq!(perimeter_of(Some(49), None), (2, false));
        assert_eq!(perimeter_of(Some(50), None), (3, true));
    }

    #[test]
    fn an_unknown_number_of_machines_counts_1_whatever_the_estate() {
        assert_eq!(perimeter_of(None, None), (1, false));
        assert_eq!(perimeter_of(None, Some(10)), (1, false));
    }

    #[test]
    fn more_machines_than_the_estate_counts_as_all_of_it_and_is_flagged() {
        assert_eq!(perimeter_of(Some(6), Some(5)), (3, false));
        assert_eq!(perimeter_of(Some(1), Some(0)), (3, false));
        assert_eq!(perimeter_of(Some(60), Some(5)), (3, true));
        assert_eq!(perimeter_of(Some(0), Some(0)), (0, true));
    }

    #[test]
    fn a_core_system_hit_makes_the_perimeter_3_even_without_figures() {
        let axes = SeverityAxes {
            core_systems_hit: true,
            ..SeverityAxes::default()
        };
        assert_eq!(perimeter(&axes), (3, true));
        assert_eq!(
            perimeter(&SeverityAxes {
                machines: Some(0),
                ..axes
            }),
            (3, true)
        );
    }

    #[test]
    fn the_largest_figures_do_not_overflow() {
        assert_eq!(perimeter_of(Some(49), Some(u32::MAX)), (2, true));
        assert_eq!(perimeter_of(Some(u32::MAX), Some(u32::MAX)), (3, true));
    }

    #[test]
    fn encryption_under_way_is_at_least_g3_and_a_vital_service_stopped_is_g4() {
        let encrypting = SeverityAxes {
            encryption_under_way: true,
            ..all(0)
        };
        let severity = assess(&encrypting).unwrap();
        assert_eq!((severity.by_score, severity.grade), (Grade::G1, Grade::G3));
        assert_eq!(severity.floors, [Floor::EncryptionUnderWay]);
        let grave = SeverityAxes {
            encryption_under_way: true,
            ..all(3)
        };
        assert_eq!(assess(&grave).unwrap().grade, Grade::G4);
        let vital = SeverityAxes {
            vital_service_stopped: true,
            ..encrypting
        };
        let severity = assess(&vital).unwrap();
        assert_eq!((severity.by_score, severity.grade), (Grade::G1, Grade::G4));
        assert_eq!(severity.floors.len(), 2);
    }

    #[test]
    fn a_level_beyond_3_is_refused_not_clamped() {
        let axes = SeverityAxes {
            recovery: Some(4),
            ..all(1)
        };
        assert_eq!(
            assess(&axes),
            Err(TriageError::LevelOutOfRange {
                axis: Axis::Recovery,
                level: 4
            })
        );
    }

    #[test]
    fn an_override_counts_above_the_scheme_and_needs_a_reason() {
        let severity = assess(&all(0)).unwrap();
        let mut by = SeverityOverride {
            grade: Grade::G4,
            reason: "Élection dans deux jours".into(),
        };
        assert_eq!(retained(&severity, Some(&by)), Grade::G4);
        assert_eq!(retained(&severity, None), Grade::G1);
        assert_eq!(by.check(), Ok(()));
        by.reason = " \n".into();
        assert_eq!(by.check(), Err(TriageError::MissingReason));
    }

    #[test]
    fn grades_and_axes_travel_under_stable_names() {
        assert_eq!(serde_json::to_string(&Grade::G3).unwrap(), "\"G3\"");
        assert_eq!(
            serde_json::to_string(&Axis::Perimeter).unwrap(),
            "\"perimeter\""
        );
        let none: SeverityAxes = serde_json::from_str("{}").unwrap();
        assert_eq!(none, SeverityAxes::default());
    }
}
