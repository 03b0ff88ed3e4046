//! What each level of the severity means, in the words of the screen and of the documents.

use crate::domain::triage::Axis;

/// An axis in words.
pub struct AxisWords {
    /// Name, French then English.
    pub name: [&'static str; 2],
    /// Sentence of each level, 0 to 3: French, then English.
    pub levels: [[&'static str; 4]; 2],
}

/// The words of an axis.
#[must_use]
pub const fn words(axis: Axis) -> AxisWords {
    match axis {
        Axis::Functional => AxisWords {
            name: ["Activité", "Operations"],
            levels: [
                [
                    "Aucune gêne",
                    "Gêne, sans arrêt",
                    "Un service important à l’arrêt",
                    "L’essentiel de l’activité à l’arrêt",
                ],
                [
                    "No disturbance",
                    "Disturbed, nothing stopped",
                    "An important service stopped",
                    "Most operations stopped",
                ],
            ],
        },
        Axis::Information => AxisWords {
            name: ["Données", "Information"],
            levels: [
                [
                    "Aucune donnée touchée",
                    "Données internes peu sensibles",
                    "Données personnelles ou confidentielles",
                    "Données sensibles ou en grand nombre",
                ],
                [
                    "No information reached",
                    "Internal information of little sensitivity",
                    "Personal or confidential information",
                    "Sensitive information, or much of it",
                ],
            ],
        },
        Axis::Recovery => AxisWords {
            name: ["Reprise", "Recovery"],
            levels: [
                [
                    "Immédiate, avec les moyens internes",
                    "Quelques jours, avec les moyens internes",
                    "Aide extérieure nécessaire",
                    "Reconstruction, ou reprise incertaine",
                ],
                [
                    "At once, with own means",
                    "A few days, with own means",
                    "Outside help needed",
                    "Rebuilding, or recovery uncertain",
                ],
            ],
        },
        Axis::Perimeter => AxisWords {
            name: ["Étendue", "Perimeter"],
            levels: [
                [
                    "Aucune machine",
                    "Moins de 5 machines et moins de 10\u{202f}% du parc",
                    "5 à 49 machines, ou 10 à 49\u{202f}% du parc",
                    "50 machines ou plus, la moitié du parc, ou l’annuaire, l’hyperviseur ou les sauvegardes",
                ],
                [
                    "No machine",
                    "Under 5 machines and under 10% of the estate",
                    "5 to 49 machines, or 10 to 49% of the estate",
                    "50 machines or more, half the estate, or the directory, hypervisor or backups",
                ],
            ],
        },
        Axis::Urgency => AxisWords {
            name: ["Urgence", "Urgency"],
            levels: [
                [
                    "Stable",
                    "Évolue lentement",
                    "S’aggrave dans la journée",
                    "S’étend en ce moment",
                ],
                [
                    "Stable",
                    "Changing slowly",
                    "Worsening within the day",
                    "Spreading now",
                ],
            ],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_of_every_axis_has_its_sentence_in_both_languages() {
        for axis in Axis::ALL {
            let AxisWords { name, levels } = words(axis);
            assert!(
                name.iter()
                    .chain(levels.iter().flatten())
                    .all(|text| !text.is_empty())
            );
        }
    }
}
