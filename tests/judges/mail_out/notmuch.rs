//! notmuch, as somebody's mail program.

use relais_core::pgp::Certificate;
use serde_json::Value;

use crate::programs::{Gpg, judge};

/// A mailbox with its owner's secret and the team's certificate.
pub struct Mailbox {
    home: Gpg,
}

impl Mailbox {
    pub fn new(secret: &[u8], team: &Certificate) -> Self {
        let home = Gpg::new();
        home.import(secret);
        home.import(team.armoured().unwrap().as_bytes());
        // The owner read the fingerprint over the telephone.
        let trust = format!("{}:6:\n", team.fingerprint());
        let trusted = home.run(&["--import-ownertrust"], trust.as_bytes());
        assert!(trusted.ok, "{trusted:?}");
        for folder in ["cur", "new", "tmp"] {
            home.write(&format!("mail/{folder}/.keep"), b"");
        }
        let config = b"[database]\npath=mail\n[user]\nname=Morvault\nprimary_email=secours@batardiere.example\n\
                       [new]\ntags=unread\nignore=.keep\n";
        home.write("config", config);
        Self { home }
    }

    /// Puts a mail into it and reads it: the first message of the first thread that bears this name.
    pub fn read(&self, mail: &[u8], message_id: &str) -> Value {
        self.home.write("mail/new/1", mail);
        let new = self.notmuch("new");
        assert!(new.contains("1 new message"), "{new}");
        let show =
            format!("show --decrypt=true --verify --format=json --body=true id:{message_id}");
        let shown: Value = serde_json::from_str(&self.notmuch(&show)).unwrap();
        shown[0][0][0].clone()
    }

    fn notmuch(&self, arguments: &str) -> String {
        // Its paths are relative to the owner's folder.
        let run =
            format!("HOME=\"$GNUPGHOME\" NOTMUCH_CONFIG=\"$GNUPGHOME/config\" notmuch {arguments}");
        let answer = judge("sh", &["-c", &run], b"", &self.home);
        answer.stdout()
    }
}
