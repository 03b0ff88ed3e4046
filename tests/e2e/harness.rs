//! One application window, driven as a person with or without a mouse would.

use std::error::Error;
use std::fs;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tempfile::TempDir;
use thirtyfour::WebDriver;

use crate::driver::{Driver, TRUSTED, kill};

/// What a journey and each of its steps return.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

pub const PATIENCE: Duration = Duration::from_secs(20);
pub const PAUSE: Duration = Duration::from_millis(40);
/// Size of each picture, and of the window unless a journey changes it.
const WINDOW: (u32, u32) = (1440, 900);

/// Opens the window on a fresh data folder, runs `steps`, and closes it. A failure,
/// panic included, leaves a picture and the text of the screen.
pub async fn journey(name: &str, steps: impl AsyncFnOnce(&mut Window) -> Outcome) -> Outcome {
    journey_begun(0, name, steps).await
}

/// The same, begun so many days ago; [`Window::reopen`] comes back to today.
pub async fn journey_begun(
    days_ago: u32,
    name: &str,
    steps: impl AsyncFnOnce(&mut Window) -> Outcome,
) -> Outcome {
    let mut window = Window::open(days_ago).await?;
    let outcome = {
        let mut steps = pin!(steps(&mut window));
        poll_fn(
            |context| match catch_unwind(AssertUnwindSafe(|| steps.as_mut().poll(context))) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(outcome)) => Poll::Ready(Ok(outcome)),
                Err(panic) => Poll::Ready(Err(panic)),
            },
        )
        .await
    };
    if !matches!(outcome, Ok(Ok(()))) {
        window.picture(&format!("{name}-failed")).await.ok();
        if let Ok(text) = window.text().await {
            eprintln!("the screen of “{name}” showed:\n{text}\n");
        }
    }
    window.close().await.ok();
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

/// The application's one window, and the folders that it was given.
pub struct Window {
    folder: TempDir,
    process: Driver,
    page: WebDriver,
}

impl Window {
    async fn open(days_ago: u32) -> Outcome<Self> {
        let folder = TempDir::with_prefix("relais-journey-")?;
        for place in [
            "data",
            "tmp",
            "run",
            "home/.local/share",
            "home/.config",
            "home/.cache",
        ] {
            fs::create_dir_all(folder.path().join(place))?;
        }
        let process = Driver::start(folder.path(), days_ago)?;
        let page = process.connect().await?;
        let window = Self {
            folder,
            process,
            page,
        };
        window.resize(WINDOW.0, WINDOW.1).await?;
        Ok(window)
    }

    /// Ends the application without a word, as a power cut would.
    pub async fn kill(&mut self) -> Outcome {
        let applications = self.process.applications()?;
        if applications.is_empty() {
            return Err("no application is running".into());
        }
        applications
            .iter()
            .try_for_each(|application| kill(application))
    }

    /// Opens the window again on the same folders, after [`Window::kill`].
    pub async fn reopen(&mut self) -> Outcome {
        self.process = Driver::start(self.folder.path(), 0)?;
        self.page = self.process.connect().await?;
        self.resize(WINDOW.0, WINDOW.1).await
    }

    async fn close(self) -> Outcome {
        self.page.quit().await?;
        Ok(())
    }

    /// The folder that holds everything the application may write: `data` (the vault),
    /// `home`, `tmp` and `run`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The certificates of the servers that the application believes; no such file: it believes none.
    pub fn trusted(&self) -> PathBuf {
        self.folder().join(TRUSTED)
    }

    /// All files under [`Window::folder`].
    pub fn files(&self) -> Outcome<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                } else if entry.file_type()?.is_file() {
                    found.push(entry.path());
                }
            }
        }
        Ok(found)
    }

    /// Those that hold `canary` in clear, in UTF-8 or UTF-16.
    pub fn files_with(&self, canary: &str) -> Outcome<Vec<PathBuf>> {
        let wide: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = Vec::new();
        for file in self.files()? {
            let bytes = fs::read(&file)?;
            let holds = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
            if holds(canary.as_bytes()) || holds(&wide) {
                found.push(file);
            }
        }
        Ok(found)
    }

    /// The page itself, for what the words below do not cover.
    pub fn page(&self) -> &WebDriver {
        &self.page
    }
}
