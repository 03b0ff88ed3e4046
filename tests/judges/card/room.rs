//! A machine of its own for each test: its PC/SC service, its readers and its network, out of reach of the
//! cards and programs of whoever runs the tests.

use std::{
    env,
    fs::File,
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use relais_core::pgp::card::{CardError, look};
use tempfile::TempDir;

const INSIDE: &str = "RELAIS_CARD_ROOM";

const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";

/// Needs no root: whoever starts it becomes one inside, and all that it starts ends with it.
const UNSHARED: [&str; 7] = [
    "--map-root-user",
    "--mount",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
];

const ENTER: &str =
    r#"ip link set lo up && mount -t tmpfs none /run && exec "$0" --exact "$1" --nocapture"#;

/// Runs `test`, the test of that name, in a room: it starts itself again there.
pub fn alone(name: &str, test: fn()) {
    if env::var_os(INSIDE).is_some() {
        return test();
    }
    for (file, package) in [
        ("/usr/sbin/pcscd", "pcscd"),
        (DRIVER, "vsmartcard-vpcd"),
        ("/usr/lib/gnupg/scdaemon", "scdaemon"),
        ("/usr/bin/unshare", "util-linux"),
        ("/usr/sbin/ip", "iproute2"),
    ] {
        assert!(
            Path::new(file).exists(),
            "{file} is missing: install the Debian package {package}"
        );
    }
    let ran = Command::new("unshare")
        .args(UNSHARED)
        .args(["sh", "-c", ENTER])
        .arg(env::current_exe().unwrap())
        .arg(name)
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&ran.stdout);
    let err = String::from_utf8_lossy(&ran.stderr);
    assert!(
        ran.status.success() && out.contains("1 passed"),
        "{out}\n{err}"
    );
}

/// The PC/SC service, until this is dropped.
pub struct Service {
    runs: Child,
    folder: TempDir,
}

impl Service {
    /// With the virtual readers.
    pub fn start() -> Self {
        Self::with("FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH ")
    }

    /// With no reader at all.
    pub fn without_reader() -> Self {
        Self::with("# ")
    }

    fn with(reader: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let readers = folder.path().join("readers");
        std::fs::create_dir(&readers).unwrap();
        std::fs::write(
            readers.join("vpcd"),
            format!("{reader}{DRIVER}\nCHANNELID 0x8C7B\n"),
        )
        .unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let runs = Command::new("/usr/sbin/pcscd")
            .arg("--foreground")
            .arg("--config")
            .arg(&readers)
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let service = Self { runs, folder };
        service.until("the service answers", || {
            look() != Err(CardError::NoService)
        });
        service
    }

    /// Waits for what the service is about to notice.
    pub fn until(&self, what: &str, happens: impl Fn() -> bool) {
        let end = Instant::now() + Duration::from_secs(10);
        while !happens() {
            if Instant::now() > end {
                let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap();
                panic!("not in ten seconds: {what}\n{:?}\n{log}", look());
            }
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.runs.kill();
        let _ = self.runs.wait();
    }
}
