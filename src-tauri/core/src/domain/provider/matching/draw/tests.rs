//! The draw is fair, can be done again, and favours whom the team named least.

use super::*;

fn candidates(referrals: &[u32]) -> Vec<Candidate> {
    let numbered = referrals.iter().zip(1u128..);
    numbered
        .map(|(referrals, number)| Candidate {
            firm: Uuid::from_u128(number),
            referrals: *referrals,
        })
        .collect()
}

/// How often each candidate is drawn in `draws` draws of `names`, seeds from 0 on.
fn counts(candidates: &[Candidate], names: usize, draws: u64) -> Vec<u64> {
    let mut counts = vec![0; candidates.len()];
    for seed in 0..draws {
        for index in draw(candidates, names, &mut Stream::new(1, seed)) {
            counts[index] += 1;
        }
    }
    counts
}

/// The statistic for counts of one drawn name each, against their chances.
fn chi_squared(counts: &[u64], chances: &[f64]) -> f64 {
    let sum = counts.iter().sum::<u64>() as f64;
    let terms = counts.iter().zip(chances).map(|(count, chance)| {
        let expected = sum * chance;
        (*count as f64 - expected).powi(2) / expected
    });
    terms.sum()
}

/// Chi-squared, upper tail 0.1 %: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.4.
const CRITICAL_4_DEGREES: f64 = 18.467;
const CRITICAL_9_DEGREES: f64 = 27.877;

#[test]
fn equal_firms_are_drawn_equally_often_over_100_000_draws() {
    let ten = candidates(&[7; 10]);
    let counts = counts(&ten, 1, 100_000);
    let statistic = chi_squared(&counts, &[0.1; 10]);
    assert!(statistic < CRITICAL_9_DEGREES, "{statistic} of {counts:?}");
}

#[test]
fn every_turn_of_a_draw_is_as_fair_as_the_first() {
    // Each of the 3 names of a draw of 5, taken for itself, is any of the five with the same chance.
    let five = candidates(&[0; 5]);
    let mut by_turn = [[0u64; 5]; 3];
    for seed in 0..100_000 {
        let drawn = draw(&five, 3, &mut Stream::new(1, seed));
        for (turn, index) in by_turn.iter_mut().zip(drawn) {
            turn[index] += 1;
        }
    }
    for counts in by_turn {
        let statistic = chi_squared(&counts, &[0.2; 5]);
        assert!(statistic < CRITICAL_4_DEGREES, "{statistic} of {counts:?}");
    }
}

#[test]
fn firms_are_drawn_in_the_proportion_of_their_weights() {
    let five = candidates(&[0, 1, 2, 3, 9]);
    let weights = [1.0, 1.0 / 2.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 10.0];
    let sum: f64 = weights.iter().sum();
    let chances = weights.map(|weight| weight / sum);
    let counts = counts(&five, 1, 100_000);
    let statistic = chi_squared(&counts, &chances);
    assert!(statistic < CRITICAL_4_DEGREES, "{statistic} of {counts:?}");
    assert!(
        counts.is_sorted_by(|more, fewer| more > fewer),
        "{counts:?}"
    );
}

#[test]
fn a_biased_draw_would_be_noticed() {
    // The same judge, and one firm of ten that comes 4 % too often.
    let mut counts = [10_000u64; 10];
    counts[0] += 400;
    counts[1] -= 400;
    assert!(chi_squared(&counts, &[0.1; 10]) > CRITICAL_9_DEGREES);
}

#[test]
fn the_chances_are_those_that_draws_show() {
    let six = candidates(&[0, 0, 1, 2, 2, 30]);
    let draws = 100_000;
    let expected = chances(&six, 3);
    assert!((expected.iter().sum::<f64>() - 3.0).abs() < 1e-9);
    for (count, chance) in counts(&six, 3, draws).into_iter().zip(expected) {
        // Four standard deviations: six firms stay inside by more than 99.9 %.
        let deviation = (draws as f64 * chance * (1.0 - chance)).sqrt();
        let difference = count as f64 - draws as f64 * chance;
        assert!(difference.abs() < 4.0 * deviation, "{count} for {chance}");
    }
}

#[test]
fn chances_worked_out_by_hand() {
    assert_eq!(chances(&[], 3), Vec::<f64>::new());
    assert_eq!(chances(&candidates(&[4, 9]), 3), [1.0, 1.0]);
    // Weights 1 and ½, ½: first 1/2, 1/4, 1/4. Second of the others: 1/4 · 2/3 twice, that is 1/3.
    let chances = chances(&candidates(&[0, 1, 1]), 2);
    for (chance, expected) in chances.iter().zip([5.0 / 6.0, 7.0 / 12.0, 7.0 / 12.0]) {
        assert!((chance - expected).abs() < 1e-12, "{chance} for {expected}");
    }
}

#[test]
fn a_draw_takes_each_firm_once_and_all_of_them_when_there_are_few() {
    for seed in 0..200 {
        let mut drawn = draw(&candidates(&[0, 5, 1, 1]), 9, &mut Stream::new(1, seed));
        drawn.sort_unstable();
        assert_eq!(drawn, [0, 1, 2, 3]);
    }
    assert!(draw(&[], 3, &mut Stream::new(1, 0)).is_empty());
    assert!(draw(&candidates(&[0]), 0, &mut Stream::new(1, 0)).is_empty());
}

#[test]
fn the_firm_named_most_of_all_may_still_be_drawn() {
    assert!(weight(u32::MAX) > 0);
    assert_eq!(
        draw(&candidates(&[u32::MAX]), 1, &mut Stream::new(1, 5)),
        [0]
    );
}

#[test]
fn weights_are_exact_up_to_39_referrals() {
    for referrals in 0..40 {
        assert_eq!(
            weight(referrals) * u64::from(referrals + 1),
            COMMON_MULTIPLE
        );
    }
}

#[test]
fn numbers_are_below_their_limit_and_reach_both_ends() {
    let mut stream = Stream::new(1, 0);
    for limit in [1, 2, 3, 6] {
        let mut seen = vec![0; limit as usize];
        for _ in 0..300 {
            seen[stream.below(limit) as usize] += 1;
        }
        assert!(seen.iter().all(|count| *count > 0), "{limit}: {seen:?}");
    }
    assert_eq!(stream.below(0), 0);
    assert!(stream.below(u128::MAX) < u128::MAX);
}

#[test]
fn a_seed_belongs_to_a_reference_and_a_turn_for_ever() {
    assert_eq!(seed_of("PDL-2026-0042", 1), seed_of("PDL-2026-0042", 1));
    assert_ne!(seed_of("PDL-2026-0042", 1), seed_of("PDL-2026-0042", 2));
    assert_ne!(seed_of("PDL-2026-0042", 1), seed_of("PDL-2026-0043", 1));
    for turn in 0..1000 {
        assert!(seed_of("PDL-2026-0042", turn) < 1 << 53);
    }
    // By a second program, from SHA-256 alone.
    assert_eq!(seed_of("PDL-2026-0042", 1), 5_497_536_350_106_563);
}

#[test]
fn the_numbers_of_a_seed_never_change() {
    let mut stream = Stream::new(1, 42);
    let numbers: Vec<u128> = (0..6).map(|_| stream.below(1_000_000)).collect();
    // By a second program, from SHA-256 and the block function of RFC 8439.
    assert_eq!(
        numbers,
        [177_080, 175_484, 540_523, 753_368, 238_520, 25_502]
    );
}
