//! Real servers of mail, each an ordinary process of the test, and a line to them that breaks.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use relais_core::api::view::LineSecurity;
use serde_json::Value;
use tempfile::TempDir;

use super::machine::certificate;

/// What the account's user logs in with, at each of them.
pub const SECRET: &str = "mot-de-passe";

/// A process that ends with the test.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A folder with a certificate for "localhost".
pub fn room() -> TempDir {
    let room = tempfile::tempdir().unwrap();
    certificate(&["localhost"], room.path());
    room
}

fn listens(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// aiosmtpd.
pub struct Smtp {
    pub room: TempDir,
    pub port: u16,
    _running: Running,
}

impl Smtp {
    pub fn start(security: LineSecurity) -> Self {
        let (room, port) = (room(), free_port());
        let security = match security {
            LineSecurity::Tls => "tls",
            LineSecurity::StartTls => "starttls",
        };
        let child = Command::new("/usr/bin/python3")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("support/smtp.py"))
            .arg(port.to_string())
            .arg(room.path())
            .arg(security)
            .stderr(fs::File::create(room.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let running = Running(child);
        until("aiosmtpd does not listen: run ./dev setup", || {
            listens(port)
        });
        Self {
            room,
            port,
            _running: running,
        }
    }

    /// What it took.
    pub fn mailbox(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.room.path().join("mailbox.jsonl")).unwrap_or_default();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// It waits at a stage, for the how manieth time, until it is told to go on.
    pub fn stop_at(&self, stage: &str, number: usize) {
        let _ = fs::remove_file(self.room.path().join("reached"));
        let written = self.room.path().join("stage.new");
        fs::write(&written, format!("{stage}/{number}")).unwrap();
        fs::rename(written, self.room.path().join("stage")).unwrap();
    }

    pub fn has_reached(&self) -> bool {
        self.room.path().join("reached").exists()
    }

    pub fn go_on(&self) {
        let _ = fs::remove_file(self.room.path().join("stage"));
    }
}

/// Dovecot with one mailbox, as an ordinary user.
pub struct Imap {
    pub room: TempDir,
    pub tls: u16,
    pub starttls: u16,
    _running: Running,
}

fn told(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

impl Imap {
    pub fn start() -> Self {
        let room = room();
        let folder = room.path().to_str().unwrap();
        for name in [
            "run",
            "state",
            "mail/csirt/new",
            "mail/csirt/cur",
            "mail/csirt/tmp",
        ] {
            fs::create_dir_all(room.path().join(name)).unwrap();
        }
        let (tls, starttls) = (free_port(), free_port());
        // Dovecot reads nobody's mail as root.
        let is_root = told("id", &["-u"]) == "0";
        let (user, group) = match is_root {
            true => ("nobody".to_owned(), "nogroup".to_owned()),
            false => (told("id", &["-un"]), told("id", &["-gn"])),
        };
        let config = format!(
            "base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\n\
             default_internal_user = {user}\ndefault_login_user = {user}\ndefault_internal_group = {group}\n\
             protocols = imap\nlisten = 127.0.0.1\nssl = required\nssl_cert = <{folder}/tls.crt\n\
             ssl_key = <{folder}/tls.key\nmail_location = maildir:{folder}/mail/%u\nfirst_valid_uid = 1\n\
             auth_failure_delay = 0\nmail_max_userip_connections = 100\n\
             passdb {{\n driver = static\n args = password={SECRET}\n}}\n\
             userdb {{\n driver = static\n args = uid={user} gid={group} home={folder}/mail/%u\n}}\n\
             service anvil {{\n chroot =\n}}\nservice stats {{\n chroot =\n}}\n\
             service imap-login {{\n chroot =\n inet_listener imap {{\n port = {starttls}\n }}\n\
             inet_listener imaps {{\n port = {tls}\n }}\n}}\n"
        );
        fs::write(room.path().join("dovecot.conf"), config).unwrap();
        let mut command = match is_root {
            true => {
                told("chown", &["-R", "nobody:nogroup", folder]);
                let mut command = Command::new("setpriv");
                command.args([
                    "--reuid=nobody",
                    "--regid=nogroup",
                    "--clear-groups",
                    "/usr/sbin/dovecot",
                ]);
                command
            }
            false => Command::new("/usr/sbin/dovecot"),
        };
        let child = command
            .args(["-F", "-c"])
            .arg(room.path().join("dovecot.conf"))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let running = Running(child);
        until("dovecot does not listen: run ./dev setup", || {
            listens(tls) && listens(starttls)
        });
        Self {
            room,
            tls,
            starttls,
            _running: running,
        }
    }

    /// A mail arrives.
    pub fn deliver(&self, name: &str, raw: &[u8]) {
        let folder = self.room.path().join("mail/csirt");
        let (written, there) = (folder.join("tmp").join(name), folder.join("new").join(name));
        fs::write(&written, raw).unwrap();
        if told("id", &["-u"]) == "0" {
            told("chown", &["nobody:nogroup", written.to_str().unwrap()]);
        }
        fs::rename(written, there).unwrap();
    }
}

/// A line to a server that breaks after so many bytes of one direction.
pub struct BreakingLine {
    pub port: u16,
    /// Bytes that still pass: to the server, and from it.
    pub left: Arc<[AtomicI64; 2]>,
}

impl BreakingLine {
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new([AtomicI64::new(0), AtomicI64::new(0)]);
        let of_each = Arc::clone(&left);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
                for direction in 0..2 {
                    let ends = [client.try_clone().unwrap(), server.try_clone().unwrap()];
                    let left = Arc::clone(&of_each);
                    std::thread::spawn(move || {
                        pass(&ends[direction], &ends[1 - direction], &left[direction])
                    });
                }
            }
        });
        Self { port, left }
    }

    /// It breaks after so many bytes to the server, or from it.
    pub fn break_after(&self, to_server: i64, from_server: i64) {
        self.left[0].store(to_server, Ordering::SeqCst);
        self.left[1].store(from_server, Ordering::SeqCst);
    }
}

fn pass(mut from: &TcpStream, mut to: &TcpStream, left: &AtomicI64) {
    let mut bytes = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        let before = left.fetch_sub(read as i64, Ordering::SeqCst);
        let passing = usize::try_from(before.clamp(0, read as i64)).unwrap();
        if to.write_all(&bytes[..passing]).is_err() || passing < read {
            break;
        }
    }
    for end in [from, to] {
        let _ = end.shutdown(Shutdown::Both);
    }
}

/// A small generator: the same kills for the same seed.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
