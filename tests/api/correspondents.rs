//! People whom the team writes to, and what a test needs to write to them.

use chrono::{DateTime, Duration, Utc};
use relais_core::api::Session;
use relais_core::api::view::{KeyOrigin, KeylessWay, MailAccount, MailServer, MailView};
use relais_core::domain::intake::Answer;
use relais_core::domain::mail::Address;
use relais_core::domain::mail::template::TemplateLang;
use relais_core::mail::read::{Known, Mail, Ring, read};
use relais_core::mail::{Outgoing, Part, encrypted};
use relais_core::pgp::{Certificate, MailKeys, Sharing, TeamKey};
use relais_tests::ransomware_report;
use uuid::Uuid;

pub const PROVIDER: &str = "reponse@trois-ponts.example";
pub const GAETAN: &str = "secours@batardiere.example";

/// Somebody with a key of their own.
pub struct Correspondent {
    pub keys: MailKeys,
    pub certificate: Certificate,
    pub address: Address,
}

impl Correspondent {
    pub fn new(mail: &str, at: DateTime<Utc>) -> Self {
        let created = at - Duration::days(1);
        let made = TeamKey::generate(
            "Trois-Ponts Informatique",
            mail,
            created,
            created + Duration::days(700),
        )
        .unwrap();
        let sharing = Sharing::by_role(&made.key, at).unwrap();
        let certificate = made.key.certificate();
        let part = made.key.analyst_part(&sharing).unwrap();
        Self {
            keys: MailKeys::open([(part.as_slice(), &certificate)]).unwrap(),
            certificate,
            address: Address::new("Trois-Ponts Informatique", mail).unwrap(),
        }
    }

    pub fn reads(&self, raw: &[u8], known: &[Certificate], at: DateTime<Utc>) -> Mail {
        read(
            raw,
            Ring {
                keys: Some(&self.keys),
                known: &Known::by_their_names(known, at),
            },
            at,
        )
        .unwrap()
    }

    /// An answer to a mail, encrypted to the team.
    pub fn answers(
        &self,
        to: &MailView,
        team: &Certificate,
        text: &str,
        at: DateTime<Utc>,
    ) -> Vec<u8> {
        let outgoing = Outgoing {
            from: self.address.clone(),
            to: vec![to.from.clone()],
            cc: Vec::new(),
            subject: format!("Re: {}", to.subject),
            outer_label: None,
            date: at,
            message_id: "reponse-1@trois-ponts.example".to_owned(),
            in_reply_to: vec![message_id(to)],
            references: vec![message_id(to)],
            text: text.to_owned(),
            attachments: vec![Part {
                name: "devis.pdf".to_owned(),
                mime: "application/pdf".to_owned(),
                bytes: b"%PDF-1.7 devis".to_vec(),
            }],
            autocrypt: None,
            unsubscribe: None,
            chance: [7; 24],
        };
        encrypted(&outgoing, std::slice::from_ref(team), &self.keys, at).unwrap()
    }
}

pub fn message_id(mail: &MailView) -> String {
    mail.message_id.clone()
}

/// A case of Gaëtan's, qualified as AMBER.
pub fn case_of(session: &mut Session) -> Uuid {
    let mut told = ransomware_report();
    if let Answer::Known(person) = &mut told.requester {
        person.mail = GAETAN.to_owned();
    }
    session.open_case(told, None, None).unwrap().id
}

pub fn team_certificate(session: &Session) -> Certificate {
    Certificate::parse(session.export_key().unwrap().as_bytes()).unwrap()
}

/// A draft to these addresses, ready but for what the rule says.
pub fn draft_to(session: &mut Session, case: Uuid, to: &[&str], keyless: KeylessWay) -> Uuid {
    let begun = session
        .new_mail_draft(Some(case), None, TemplateLang::Fr, None)
        .unwrap();
    let mut draft = begun.draft;
    draft.to = to
        .iter()
        .map(|mail| Address::new("", mail).unwrap())
        .collect();
    draft.subject = "Point de situation".to_owned();
    draft.text = "Bonjour,\n\nLa sauvegarde est intacte.".to_owned();
    draft.keyless = keyless;
    session.save_mail_draft(begun.id, draft).unwrap();
    begun.id
}

pub fn exported(session: &mut Session, draft: Uuid) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let out = session.export_mail(draft, folder.path()).unwrap();
    out.files
        .iter()
        .map(|name| std::fs::read(std::path::Path::new(&out.folder).join(name)).unwrap())
        .collect()
}

/// Takes somebody's key in: it is seen.
pub fn take_key(session: &mut Session, of: &Correspondent) -> Uuid {
    let key = of.certificate.armoured().unwrap();
    let told = session
        .import_keys(key.as_bytes(), KeyOrigin::File, None)
        .unwrap();
    told.new[0]
}

/// A mail as somebody without any key reads it.
pub fn read_by_anybody(raw: &[u8], at: DateTime<Utc>) -> Mail {
    let ring = Ring {
        keys: None,
        known: &Known::default(),
    };
    read(raw, ring, at).unwrap()
}

/// An account that sends, at a server that nobody reaches.
pub fn account() -> MailAccount {
    MailAccount {
        address: Address::new("CSIRT", "csirt@region.example").unwrap(),
        user: "csirt".to_owned(),
        smtp: Some(MailServer {
            host: "courriel.region.example".to_owned(),
            port: 465,
            ..MailServer::default()
        }),
        ..MailAccount::default()
    }
}
