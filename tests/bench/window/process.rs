//! The application with the processes of its web view, as the system sees them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{Advice, fadvise};

use crate::Outcome;

/// A running application; it ends, with its web view, when dropped.
pub struct Running<'a> {
    program: &'a Path,
    child: Child,
    /// When it was started.
    pub began: Instant,
}

impl<'a> Running<'a> {
    /// Starts a program on a data folder, with a home of its own.
    pub fn start(program: &'a Path, data: &Path, home: &Path) -> Outcome<Self> {
        let mut command = Command::new(program);
        command
            .env("RELAIS_DATA_DIR", data)
            .env("HOME", home)
            // No desktop bus: GTK would start one and leave it running.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null());
        for (variable, place) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            fs::create_dir_all(home.join(place))?;
            command.env(variable, home.join(place));
        }
        let began = Instant::now();
        let child = command.spawn()?;
        Ok(Self {
            program,
            child,
            began,
        })
    }

    /// The application and everything that it started.
    fn processes(&self) -> Vec<u32> {
        let mut found = vec![self.child.id()];
        let mut next = 0;
        while let Some(&process) = found.get(next) {
            next += 1;
            // Each thread has its own children.
            let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
                continue;
            };
            for thread in threads.flatten() {
                let children = fs::read_to_string(thread.path().join("children"));
                let children = children.unwrap_or_default();
                found.extend(
                    children
                        .split_whitespace()
                        .filter_map(|id| id.parse::<u32>().ok()),
                );
            }
        }
        found
    }

    /// Name and proportional set size of each process, MB: what several share counts in parts.
    pub fn weights(&self) -> Outcome<Vec<(String, f64)>> {
        let mut weights = Vec::new();
        for process in self.processes() {
            let name = fs::read_to_string(format!("/proc/{process}/comm"))?;
            let sizes = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
            let kb = sizes
                .lines()
                .find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next())
                .ok_or("the system tells no proportional set size")?;
            weights.push((name.trim().to_owned(), kb.parse::<f64>()? / 1000.0));
        }
        if weights.len() == 3 {
            Ok(weights)
        } else {
            let name = self.program.display();
            Err(format!(
                "{name} runs in {} processes, not in three: {weights:?}",
                weights.len()
            )
            .into())
        }
    }

    /// Files that the processes have mapped: the programs and their libraries.
    pub fn mapped_files(&self) -> Outcome<Vec<PathBuf>> {
        let mut files = BTreeSet::new();
        for process in self.processes() {
            let maps = fs::read_to_string(format!("/proc/{process}/maps"))?;
            let paths = maps
                .lines()
                .filter_map(|line| Some(&line[line.find('/')?..]));
            files.extend(paths.map(PathBuf::from).filter(|path| path.is_file()));
        }
        Ok(files.into_iter().collect())
    }

    /// Bytes that had to come from the disk.
    pub fn read_from_disk(&self) -> Outcome<u64> {
        let mut bytes = 0;
        for process in self.processes() {
            let counters = fs::read_to_string(format!("/proc/{process}/io"))?;
            let read = counters
                .lines()
                .find_map(|line| line.strip_prefix("read_bytes: "));
            bytes += read
                .ok_or("the system tells no bytes read")?
                .parse::<u64>()?;
        }
        Ok(bytes)
    }

    /// Waits until the application holds a file of this name open.
    pub fn await_open_file(&self, name: &str, patience: Duration) -> Outcome {
        let deadline = Instant::now() + patience;
        let folder = format!("/proc/{}/fd", self.child.id());
        while Instant::now() < deadline {
            for file in fs::read_dir(&folder)?.flatten() {
                if fs::read_link(file.path()).is_ok_and(|path| path.ends_with(name)) {
                    return Ok(());
                }
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("{name} was not opened").into())
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let processes = self.processes();
        self.child.kill().ok();
        self.child.wait().ok();
        // The web view ends by itself once the application is gone: the next start must not meet it.
        let deadline = Instant::now() + Duration::from_secs(10);
        let alive = |process: &u32| Path::new(&format!("/proc/{process}")).exists();
        while processes.iter().any(alive) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Asks the system to forget what it has cached of these files; gives how many it was asked for.
pub fn drop_from_cache(files: &[PathBuf]) -> Outcome<usize> {
    let mut dropped = 0;
    for path in files {
        if let Ok(file) = fs::File::open(path) {
            fadvise(&file, 0, None, Advice::DontNeed)?;
            dropped += 1;
        }
    }
    Ok(dropped)
}
