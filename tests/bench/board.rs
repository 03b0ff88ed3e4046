//! What was measured: a table for people, a list for programs.

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::Outcome;

/// What a measurement has to keep to.
#[derive(Clone, Copy)]
pub enum Goal {
    /// Nothing: it is only told.
    None,
    /// At most so much.
    AtMost(f64),
    /// At least so much.
    AtLeast(f64),
}

#[derive(Serialize)]
struct Line {
    name: String,
    measured: f64,
    unit: &'static str,
    goal: Option<f64>,
    against: String,
    ok: bool,
}

/// The measurements in their order.
#[derive(Default)]
pub struct Board {
    lines: Vec<Line>,
    failed: Vec<String>,
    only: String,
}

impl Board {
    /// An empty one, for the steps whose name holds this.
    pub fn only(name: String) -> Self {
        Self {
            only: name,
            ..Self::default()
        }
    }

    /// Writes a measurement down; `against` names the peer or the limit that it is held against.
    pub fn put(
        &mut self,
        name: &str,
        measured: f64,
        unit: &'static str,
        goal: Goal,
        against: &str,
    ) {
        let (limit, ok) = match goal {
            Goal::None => (None, true),
            Goal::AtMost(limit) => (Some(limit), measured <= limit),
            Goal::AtLeast(limit) => (Some(limit), measured >= limit),
        };
        self.lines.push(Line {
            name: name.to_owned(),
            // Three places are finer than anything that is measured here.
            measured: (measured * 1000.0).round() / 1000.0,
            unit,
            goal: limit,
            against: against.to_owned(),
            ok,
        });
    }

    /// Runs a step, if it was asked for; one that fails is told at the end and does not hold up the rest.
    pub fn try_step(&mut self, name: &str, step: impl FnOnce(&mut Self) -> Outcome) {
        if !name.contains(&self.only) {
            return;
        }
        eprintln!("▸ {name}");
        if let Err(error) = step(self) {
            eprintln!("  could not be measured: {error}");
            self.failed.push(format!("{name}: {error}"));
        }
    }

    /// Prints the table, writes the list, and tells whether every measurement could be made.
    pub fn close(&self, cases: u32, file: &Path) -> Outcome<bool> {
        fs::write(file, serde_json::to_vec_pretty(&self.lines)?)?;
        let width = |text: fn(&Line) -> &str| {
            let longest = self.lines.iter().map(|line| text(line).chars().count());
            longest.max().unwrap_or(0)
        };
        let (name, unit) = (width(|line| &line.name), width(|line| line.unit));
        println!("\n{cases} cases{}", load());
        for line in &self.lines {
            let goal = line.goal.map_or(String::new(), |goal| format!("{goal}"));
            let verdict = match (line.goal, line.ok) {
                (None, _) => "",
                (_, true) => "ok",
                (_, false) => "MISSED",
            };
            println!(
                "{:name$}  {:>12.3} {:unit$}  {goal:>6}  {verdict:6}  {}",
                line.name, line.measured, line.unit, line.against
            );
        }
        let with_goal = self.lines.iter().filter(|line| line.goal.is_some());
        let missed = self.lines.iter().filter(|line| !line.ok).count();
        println!(
            "\n{} goals: {missed} missed; the list is in {}",
            with_goal.count(),
            file.display()
        );
        for failure in &self.failed {
            println!("could not be measured: {failure}");
        }
        Ok(self.failed.is_empty())
    }
}

/// How busy the machine is, as figures taken on a busy one say little.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let recent: Vec<&str> = load.split(' ').take(3).collect();
    if recent.len() < 3 {
        String::new()
    } else {
        format!(", load average {}", recent.join(" "))
    }
}
