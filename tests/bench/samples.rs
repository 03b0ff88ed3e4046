//! Times of one piece of work done many times.

use std::time::{Duration, Instant};

use crate::Outcome;

/// Times in milliseconds, shortest first once asked.
#[derive(Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Times `work`, and gives what it gave.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = std::hint::black_box(work());
        self.add(begun.elapsed());
        done
    }

    /// Adds one time.
    pub fn add(&mut self, time: Duration) {
        self.push(milliseconds(time));
    }

    /// Adds one time that another process took, milliseconds.
    pub fn push(&mut self, time: f64) {
        self.0.push(time);
        self.0.sort_by(f64::total_cmp);
    }

    /// Half of the times are shorter.
    pub fn median(&self) -> f64 {
        self.at(50)
    }

    /// Nineteen of twenty are shorter.
    pub fn p95(&self) -> f64 {
        self.at(95)
    }

    /// The shortest time.
    pub fn shortest(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    /// The nearest rank: the smallest time that `percent` of the times do not exceed.
    fn at(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or(f64::NAN)
    }

    /// How many times were taken.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All times together, milliseconds.
    pub fn sum(&self) -> f64 {
        self.0.iter().sum()
    }
}

/// Processor time of this process and of its children that ended, milliseconds, by ticks of ten: what others do on the
/// machine weighs little on it.
pub fn processor() -> Outcome<[f64; 2]> {
    let line = std::fs::read_to_string("/proc/self/stat")?;
    // The name of the program comes first and may hold anything, a bracket ends it; then the third field.
    let fields = line.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(4);
    let ticks = ticks
        .map(str::parse::<f64>)
        .collect::<Result<Vec<_>, _>>()?;
    match ticks[..] {
        [user, system, children_user, children_system] => Ok([
            (user + system) * 10.0,
            (children_user + children_system) * 10.0,
        ]),
        _ => Err("the system tells no processor time".into()),
    }
}

/// A time in milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
