//! Versions, as numbers parted by points.

/// The numbers of a version; none when it is not made of numbers.
fn numbers(version: &str) -> Option<Vec<u32>> {
    version
        .split('.')
        .map(|number| number.parse().ok())
        .collect()
}

/// Whether a version comes after another; versions that are not numbers only have to differ.
pub(super) fn is_above(version: &str, other: &str) -> bool {
    match (numbers(version), numbers(other)) {
        (Some(version), Some(other)) => version > other,
        _ => version != other,
    }
}

/// The version after one: `1.0` gives `1.1`.
pub(super) fn next_version(version: &str) -> String {
    let Some(mut numbers) = numbers(version) else {
        return format!("{version}.1");
    };
    match numbers.as_mut_slice() {
        [only] => numbers = vec![*only, 1],
        [.., last] => *last = last.saturating_add(1),
        [] => {}
    }
    numbers
        .iter()
        .map(u32::to_string)
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(is_above("1.10", "1.9") && is_above("2", "1.9") && is_above("1.0.1", "1.0"));
        assert!(!is_above("1.0", "1.0") && !is_above("1.2", "1.10"));
        assert!(is_above("2026-b", "2026-a") && !is_above("x", "x"));
        assert_eq!(next_version("1.9"), "1.10");
        assert_eq!(next_version("2"), "2.1");
        assert_eq!(next_version("2026-a"), "2026-a.1");
    }
}
