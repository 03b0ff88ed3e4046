//! A vault that knows a mail account, and what it sends.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use relais_core::api::view::{LineSecurity, MailAccount, MailServer};
use relais_core::api::{Session, Workstation};
use relais_core::db::outbox::{EnvelopeRecipient, EnvelopeRow, EnvelopeState};
use relais_core::db::{blob, outbox};
use relais_core::domain::mail::{Address, DeliveryState};
use relais_tests::servers::SECRET;
use serde_json::Value;
use uuid::Uuid;

use crate::demo::{Demo, program};

/// A vault with an account.
pub struct Office {
    pub demo: Demo,
}

pub fn server(port: u16, security: LineSecurity) -> MailServer {
    MailServer {
        host: "localhost".to_owned(),
        port,
        security,
    }
}

/// A message of about so many bytes.
pub fn message(id: &str, bytes: usize) -> Vec<u8> {
    let line = "Une ligne de texte, puis une autre.\r\n.une ligne qui commence par un point\r\n";
    format!(
        "From: csirt@region.example\r\nTo: secours@firme.example\r\nSubject: [...]\r\nMessage-ID: <{id}>\r\n\r\n{}",
        line.repeat(bytes / line.len() + 1)
    )
    .into_bytes()
}

impl Office {
    pub fn new(smtp: Option<MailServer>, imap: Option<MailServer>) -> Self {
        let office = Self { demo: Demo::of(1) };
        office.set_account(smtp, imap, SECRET);
        office
    }

    pub fn set_account(&self, smtp: Option<MailServer>, imap: Option<MailServer>, secret: &str) {
        let account = MailAccount {
            address: Address::new("CSIRT", "csirt@region.example").unwrap(),
            user: "csirt".to_owned(),
            smtp,
            imap,
            ..MailAccount::default()
        };
        self.unlock()
            .set_mail_account(Some(&account), Some(secret))
            .unwrap();
    }

    pub fn unlock(&self) -> Session {
        self.unlock_as("lead")
    }

    pub fn unlock_as(&self, user: &str) -> Session {
        let workstation = Workstation::of_one_vault(&self.demo.vault());
        let vault = workstation.status("", None).unwrap().vaults.remove(0);
        let person = vault.people.iter().find(|face| face.name == user).unwrap();
        workstation
            .unlock(vault.kind, person.id, self.demo.passphrase(user))
            .unwrap()
    }

    /// Puts a message into the outbox, as the composer does.
    pub fn queue(&self, session: &Session, id: &str, to: &[&str], raw: &[u8]) -> Uuid {
        let sha256 = hex_bytes(&sha256(raw));
        blob::keep(session.conn(), &sha256, raw).unwrap();
        let now = session.now().timestamp_millis();
        let row = EnvelopeRow {
            id: Uuid::now_v7(),
            mail: Uuid::now_v7(),
            message_id: id.to_owned(),
            subject: "Point".to_owned(),
            case: None,
            sender: Address::new("CSIRT", "csirt@region.example").unwrap(),
            recipients: to
                .iter()
                .map(|mail| EnvelopeRecipient {
                    to: Address::new("", mail).unwrap(),
                    state: DeliveryState::Waiting,
                    at: now,
                    answer: String::new(),
                })
                .collect(),
            sha256,
            state: EnvelopeState::Held,
            held_until: None,
            awaits_approval: false,
            tries: 0,
            next_try_at: 0,
            failure: String::new(),
            answer: String::new(),
            created_at: now,
        };
        outbox::save(session.conn(), &row).unwrap();
        row.id
    }

    /// The program, believing this certificate.
    pub fn command(&self, trusted: Option<&Path>, verb: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .arg("--vault")
            .arg(self.demo.vault())
            .args(["--user", "lead", "--json"])
            .args(verb)
            .env("RELAIS_PASSPHRASE", self.demo.passphrase("lead"))
            .env_remove("SSL_CERT_FILE");
        if let Some(room) = trusted {
            command.env("SSL_CERT_FILE", room.join("tls.crt"));
        }
        command
    }

    /// Runs it: exit code, and what it said.
    pub fn run(&self, trusted: Option<&Path>, verb: &[&str]) -> (i32, Value) {
        let output = self.command(trusted, verb).output().unwrap();
        let said = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
            Value::String(String::from_utf8_lossy(&output.stderr).into_owned())
        });
        (output.status.code().unwrap(), said)
    }

    pub fn send(&self, trusted: Option<&Path>) -> (i32, Value) {
        self.run(trusted, &["mail", "send", "--outbox"])
    }

    pub fn fetch(&self, trusted: Option<&Path>) -> (i32, Value) {
        self.run(trusted, &["mail", "fetch"])
    }
}

/// SHA-256 in hexadecimal, by a program that is not ours.
pub fn sha256(bytes: &[u8]) -> String {
    let mut child = Command::new("sha256sum")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout)[..64].to_owned()
}

pub fn hex_bytes(text: &str) -> [u8; 32] {
    let byte = |place: usize| u8::from_str_radix(&text[2 * place..2 * place + 2], 16).unwrap();
    std::array::from_fn(byte)
}
