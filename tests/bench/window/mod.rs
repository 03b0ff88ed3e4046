//! The window of the release build: how long until it can be used, and how much memory it holds.
//!
//! A release build refuses to be driven by WebDriver, and has no hook for a clock. So it is looked at and typed into from
//! outside, as a person would: through the X server.

mod process;
mod screen;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use process::Running;
use relais_core::reference::communes::communes;
use screen::{Content, Panes, Screen};

use crate::Outcome;
use crate::board::{Board, Goal};
use crate::desk::Desk;
use crate::samples::{Samples, milliseconds};

/// Starts after the first one, with everything in the system's cache.
const WARM_STARTS: usize = 5;
/// For what a page does after it is drawn.
const REST: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(60);
/// Firms of a large region.
const MAP_FIRMS: usize = 500;
const MAP_MS: Goal = Goal::AtMost(150.0);
const MAP_TURNS: usize = 7;
/// Columns of pixels of the pane with the map, from the right side of the window, without the bar beside it.
const MAP_COLUMNS: Range<usize> = 20..440;
/// For a screen on the way to be there.
const STEP: Duration = Duration::from_millis(1500);
const REGION: &str = "52";

/// Starts, unlocks, and weighs the application; then an empty window of the same framework.
pub fn measure(desk: &Desk, target: &Path, folder: &Path, board: &mut Board) -> Outcome {
    let screen = Screen::open()?;
    let home = folder.join("home");
    let relais = program(target, "release/relais")?;
    let empty = program(target, "release/examples/empty")?;
    let ours = starts(&screen, &relais, &desk.folder, &home, Content::Text)?;
    let least = starts(&screen, &empty, &home, &home, Content::Any)?;
    for (name, starts, goal) in [
        ("start to the unlock screen", ours, Goal::AtMost(1500.0)),
        ("start of an empty window", least, Goal::None),
    ] {
        let against = format!(
            "nothing cached: {} files dropped, {:.0} MB read from the disk",
            starts.dropped, starts.read_mb
        );
        board.put(
            &format!("cold {name}"),
            milliseconds(starts.cold),
            "ms",
            goal,
            &against,
        );
        let against = format!("everything cached, {} starts", starts.warm.len());
        board.put(
            &format!("warm {name}"),
            starts.warm.median(),
            "ms",
            goal,
            &against,
        );
    }
    let full = weigh_relais(&screen, desk, &relais, &home)?;
    let floor = weigh_empty(&screen, &empty, &home)?;
    let parts = |weights: &[(String, f64)]| {
        let each = weights.iter().map(|(name, mb)| format!("{name} {mb:.0}"));
        each.collect::<Vec<_>>().join(", ")
    };
    let (all, least) = (sum(&full), sum(&floor));
    board.put("memory, vault open", all, "MB", Goal::None, &parts(&full));
    board.put(
        "memory, empty window",
        least,
        "MB",
        Goal::None,
        &parts(&floor),
    );
    let against = "an empty Tauri window, same build, same run (PSS)";
    board.put(
        "memory against an empty window",
        all / least,
        "×",
        Goal::AtMost(1.3),
        against,
    );
    Ok(())
}

/// From the key to the complete screen of the firms for a case: needs, every firm with its reasons, the list, and the map
/// with each commune of the region.
pub fn measure_map(desk: &Desk, target: &Path, folder: &Path, board: &mut Board) -> Outcome {
    // The newest case has no list yet: the map stands first.
    let firms = crate::providers::register(desk, MAP_FIRMS)?;
    let communes = communes().of_region(REGION).len();
    let screen = Screen::open()?;
    let relais = program(target, "release/relais")?;
    let (running, _) = start(
        &screen,
        &relais,
        &desk.folder,
        &folder.join("home"),
        Content::Text,
    )?;
    unlock(&screen, desk, &running)?;
    let (mut complete, mut map) = (Samples::default(), Samples::default());
    let mut floor = Samples::default();
    for _ in 0..MAP_TURNS {
        for step in ["gc", "/"] {
            screen.type_text(step)?;
            std::thread::sleep(STEP);
        }
        screen.press_down()?;
        screen.press_enter()?;
        std::thread::sleep(STEP);
        let shown = shown_after(&screen, "o")?;
        complete.add(shown.all);
        map.add(shown.pane);
        floor.add(shown_after(&screen, "gv")?.all);
    }
    let (complete, map, floor) = (complete.median(), map.median(), floor.median());
    let drawn = format!("{firms} firms, {communes} communes; median of {MAP_TURNS}");
    for (name, value, goal, against) in [
        (
            "screen of a case’s firms, complete",
            complete,
            Goal::None,
            &*drawn,
        ),
        ("its map, with every firm on it", map, Goal::None, &drawn),
        (
            "an almost empty screen, complete",
            floor,
            Goal::None,
            "the screen that verifies a file: key, page, painting by the processor",
        ),
        (
            "the map over an empty screen",
            map - floor,
            MAP_MS,
            "from the key: the second less the third",
        ),
    ] {
        board.put(name, value, "ms", goal, against);
    }
    Ok(())
}

/// From a key to the screen that it leads to, complete.
fn shown_after(screen: &Screen, keys: &str) -> Outcome<Panes> {
    let before = screen.look()?;
    let began = Instant::now();
    screen.type_text(keys)?;
    screen.settled_panes(&before, began, MAP_COLUMNS)
}

/// Opens the vault by typing.
fn unlock(screen: &Screen, desk: &Desk, running: &Running<'_>) -> Outcome {
    let locked = screen.look()?;
    screen.focus()?;
    screen.type_text(&desk.passphrase)?;
    screen.press_enter()?;
    running.await_open_file("relais.db", PATIENCE)?;
    screen.settled(&locked, running.began, Content::Text)?;
    Ok(())
}

fn program(target: &Path, name: &str) -> Outcome<PathBuf> {
    let path = target.join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not built: run ./dev bench", path.display()).into())
    }
}

/// Times from the start of a program to its first complete screen.
struct Starts {
    warm: Samples,
    cold: Duration,
    /// Files that were dropped from the system's cache before the cold one.
    dropped: usize,
    /// What the cold one then read.
    read_mb: f64,
}

/// Warm starts, and a cold one: the program, the libraries that it maps and its data are dropped from the system's cache,
/// as after switching the computer on.
fn starts(
    screen: &Screen,
    program: &Path,
    data: &Path,
    home: &Path,
    content: Content,
) -> Outcome<Starts> {
    let mut warm = Samples::default();
    let mut mapped = Vec::new();
    for _ in 0..WARM_STARTS {
        let (running, shown) = start(screen, program, data, home, content)?;
        warm.add(shown);
        mapped = running.mapped_files()?;
    }
    let dropped = process::drop_from_cache(&mapped)? + process::drop_from_cache(&files(data)?)?;
    let (running, cold) = start(screen, program, data, home, content)?;
    let read_mb = running.read_from_disk()? as f64 / 1e6;
    Ok(Starts {
        warm,
        cold,
        dropped,
        read_mb,
    })
}

fn start<'a>(
    screen: &Screen,
    program: &'a Path,
    data: &Path,
    home: &Path,
    content: Content,
) -> Outcome<(Running<'a>, Duration)> {
    let before = screen.look()?;
    let running = Running::start(program, data, home)?;
    let shown = screen.settled(&before, running.began, content)?;
    Ok((running, shown))
}

/// Opens the vault by typing, goes to the list of cases, and weighs. That the database was opened is also the proof that
/// what was awaited above was the unlock screen.
fn weigh_relais(
    screen: &Screen,
    desk: &Desk,
    relais: &Path,
    home: &Path,
) -> Outcome<Vec<(String, f64)>> {
    let (running, _) = start(screen, relais, &desk.folder, home, Content::Text)?;
    unlock(screen, desk, &running)?;
    let today = screen.look()?;
    screen.type_text("gc")?;
    screen.settled(&today, running.began, Content::Text)?;
    std::thread::sleep(REST);
    running.weights()
}

fn weigh_empty(screen: &Screen, empty: &Path, home: &Path) -> Outcome<Vec<(String, f64)>> {
    let (running, _) = start(screen, empty, home, home, Content::Any)?;
    std::thread::sleep(REST);
    running.weights()
}

fn sum(weights: &[(String, f64)]) -> f64 {
    weights.iter().map(|(_, mb)| mb).sum()
}

/// Every file beneath a folder.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(self::files(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}
