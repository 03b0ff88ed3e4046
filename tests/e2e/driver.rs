//! The processes beneath a journey: `WebKitWebDriver` and the application that it starts.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};

use crate::harness::{Outcome, PAUSE};

const WEBDRIVER: &str = "/usr/bin/WebKitWebDriver";
/// What turns the clock of the application back.
const CLOCK: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
/// The certificates that the application believes, in the journey's folder.
pub const TRUSTED: &str = "trusted.pem";
const START_PATIENCE: Duration = Duration::from_secs(60);

/// A running `WebKitWebDriver`; it ends, with the application, when dropped.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts on the folders of a journey, so many days ago: its clock goes on from there.
    pub fn start(folder: &Path, days_ago: u32) -> Outcome<Self> {
        if !Path::new(WEBDRIVER).exists() {
            return Err(format!("{WEBDRIVER} is missing: run ./dev setup").into());
        }
        if std::env::var_os("DISPLAY").is_none() {
            return Err(
                "there is no display for the window: run ./dev e2e, which makes one".into(),
            );
        }
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = Command::new(WEBDRIVER);
        command
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("RELAIS_DATA_DIR", folder.join("data"))
            // Nothing of a journey may land in the home of who runs it.
            .env("HOME", folder.join("home"))
            .env("TMPDIR", folder.join("tmp"))
            // Servers of a test are believed once their certificates lie here.
            .env("SSL_CERT_FILE", folder.join(TRUSTED))
            // No desktop bus: GTK would start one and leave it running.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("NO_AT_BRIDGE", "1")
            .stdout(Stdio::null());
        for (variable, place) in [
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            command.env(variable, folder.join(place));
        }
        if days_ago > 0 {
            if !Path::new(CLOCK).exists() {
                return Err(format!("{CLOCK} is missing: run ./dev setup").into());
            }
            command
                .env("LD_PRELOAD", CLOCK)
                .env("FAKETIME", format!("-{days_ago}d"))
                // What waits for a span of time waits as long as ever.
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        Ok(Self {
            child: command.spawn()?,
            port,
        })
    }

    pub async fn connect(&self) -> Outcome<WebDriver> {
        let mut capabilities = Capabilities::new();
        // No browserName: WebKitWebDriver refuses every name but its own.
        capabilities.set(
            "webkitgtk:browserOptions",
            json!({ "binary": application()?, "args": [] }),
        )?;
        let address = format!("http://127.0.0.1:{}", self.port);
        let deadline = Instant::now() + START_PATIENCE;
        loop {
            match WebDriver::new(&address, capabilities.clone()).await {
                Ok(page) => return Ok(page),
                Err(problem) if Instant::now() > deadline => {
                    return Err(format!("the window did not open: {problem}").into());
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Process identifiers of the application, as children of the driver.
    pub fn applications(&self) -> Outcome<Vec<String>> {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        Ok(children.split_whitespace().map(str::to_owned).collect())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for application in self.applications().unwrap_or_default() {
            kill(&application).ok();
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

pub fn kill(process: &str) -> Outcome {
    Command::new("kill").args(["-KILL", process]).status()?;
    Ok(())
}

/// `RELAIS_BINARY`, or the application built beside this test.
fn application() -> Outcome<PathBuf> {
    let path = match std::env::var_os("RELAIS_BINARY") {
        Some(path) => PathBuf::from(path),
        None => target_folder()?.join("debug/relais"),
    };
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not built: run ./dev e2e", path.display()).into())
    }
}

/// Cargo's target folder, from the place of this test: `target/debug/deps/e2e-…`.
pub fn target_folder() -> Outcome<PathBuf> {
    let test = std::env::current_exe()?;
    Ok(test
        .ancestors()
        .nth(3)
        .ok_or("the test runs outside a target folder")?
        .to_owned())
}
