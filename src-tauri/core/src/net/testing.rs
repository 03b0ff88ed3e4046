//! Servers that do what a script says, good or bad, behind TLS of a certificate that the test makes.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::LazyLock;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio_native_tls::native_tls::{Certificate, Identity, TlsAcceptor};

use super::line::{Line, LineError, Login, Patience, Trust};
use crate::domain::mail::{LineSecurity, LoginKind, MailServer};

/// What a server does next; at the end of its script it cuts the line.
#[derive(Clone, Copy)]
pub enum Step {
    /// Says these bytes.
    Say(&'static str),
    /// Says these bytes so often.
    Repeat(&'static str, usize),
    /// Hears one line.
    Hear,
    /// Hears a message to the mark that ends it.
    HearMessage,
    /// Says nothing for longer than anybody waits.
    Hang,
    /// Goes over to TLS.
    Tls,
}

struct Papers {
    identity: Identity,
    authority: Certificate,
}

static PAPERS: LazyLock<Papers> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=essai",
        ])
        .args([
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            "key",
            "-out",
            "crt",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    Papers {
        identity: Identity::from_pkcs8(&read("crt"), &read("key")).unwrap(),
        authority: Certificate::from_pem(&read("crt")).unwrap(),
    }
});

trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}

/// A server for one conversation, or for some; it gives what it heard.
pub struct Server {
    /// Where it listens.
    pub place: MailServer,
    /// How long an answer of it is waited for.
    pub patience: Duration,
    heard: JoinHandle<Vec<u8>>,
}

impl Server {
    /// A server that speaks TLS from the first byte, or from where its script says so.
    pub fn of(security: LineSecurity, script: Vec<Step>) -> Self {
        Self::of_several(security, vec![script])
    }

    /// One that has a script for each line, in their order.
    pub fn of_several(security: LineSecurity, scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = MailServer {
            host: "localhost".to_owned(),
            port: listener.local_addr().unwrap().port(),
            security,
        };
        let heard = std::thread::spawn(move || {
            let mut heard = Vec::new();
            for script in &scripts {
                let (clear, _) = listener.accept().unwrap();
                clear
                    .set_read_timeout(Some(Duration::from_secs(20)))
                    .unwrap();
                heard.extend(play(clear, security, script));
            }
            heard
        });
        Self {
            place,
            patience: Duration::from_secs(1),
            heard,
        }
    }

    /// What it heard, once its script is over.
    pub fn heard(self) -> String {
        String::from_utf8_lossy(&self.heard.join().unwrap()).into_owned()
    }

    /// A line to it with short patience.
    pub fn with_line<T>(
        &self,
        login: (&str, LoginKind),
        speak: impl FnOnce(&Line<'_>) -> Result<T, LineError>,
    ) -> Result<T, LineError> {
        self.with_trust(&Trust::and_of(&PAPERS.authority)?, login, speak)
    }

    /// The same, where only the system's store is believed.
    pub fn with_trust<T>(
        &self,
        trust: &Trust,
        (user, kind): (&str, LoginKind),
        speak: impl FnOnce(&Line<'_>) -> Result<T, LineError>,
    ) -> Result<T, LineError> {
        speak(&Line {
            server: &self.place,
            login: Login {
                user,
                secret: "mot de passe",
                kind,
            },
            trust,
            patience: &Patience {
                connect: Duration::from_secs(2),
                command: self.patience,
                bytes_per_second: 1024 * 1024,
            },
        })
    }
}

fn accept(clear: TcpStream) -> Option<Box<dyn Wire>> {
    let acceptor = TlsAcceptor::new(PAPERS.identity.clone()).unwrap();
    Some(Box::new(acceptor.accept(clear).ok()?))
}

fn play(clear: TcpStream, security: LineSecurity, script: &[Step]) -> Vec<u8> {
    let mut heard = Vec::new();
    let other = clear.try_clone().unwrap();
    let wire = match security {
        LineSecurity::Tls => accept(clear),
        LineSecurity::StartTls => Some(Box::new(clear) as Box<dyn Wire>),
    };
    let Some(wire) = wire else {
        return heard;
    };
    let mut wire = BufReader::new(wire);
    for step in script {
        let done = match step {
            Step::Say(words) => wire.get_mut().write_all(words.as_bytes()).is_ok(),
            Step::Repeat(words, times) => {
                (0..*times).all(|_| wire.get_mut().write_all(words.as_bytes()).is_ok())
            }
            Step::Hear => wire.read_until(b'\n', &mut heard).is_ok(),
            Step::HearMessage => loop {
                match wire.read_until(b'\n', &mut heard) {
                    Ok(1..) if !heard.ends_with(b"\r\n.\r\n") => {}
                    Ok(1..) => break true,
                    _ => break false,
                }
            },
            Step::Hang => {
                std::thread::sleep(Duration::from_secs(4));
                true
            }
            Step::Tls => match accept(other.try_clone().unwrap()) {
                Some(protected) => {
                    wire = BufReader::new(protected);
                    true
                }
                None => false,
            },
        };
        if !done {
            break;
        }
        let _ = wire.get_mut().flush();
    }
    // Whatever was still under way is not waited for.
    let _ = other.shutdown(std::net::Shutdown::Both);
    heard
}
