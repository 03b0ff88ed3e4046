//! gpg judges what a card of the lead signs. gpg's own card daemon puts the key there, as a lead would; the
//! card is the application of the Nitrokey, in a virtual reader of the system's PC/SC service.

#[path = "card/chip.rs"]
mod chip;
#[path = "gpg/programs.rs"]
mod programs;
#[path = "card/room.rs"]
mod room;
#[path = "card/vault.rs"]
mod vault;

use card_backend_pcsc::PcscBackend;
use chip::Inserted;
use chrono::{DateTime, Duration, TimeZone, Utc};
use openpgp_card::{
    Card,
    ocard::{KeyType, Transaction, data::UserInteractionFlag},
};
use programs::Gpg;
use relais_core::pgp::{
    Fingerprint, KeyRole, PgpError, Sharing, TeamKey,
    card::{CardError, CardInfo, CardSigner, Holds, look},
};
use room::{Service, alone};
use zeroize::Zeroizing;

const FILE: &[u8] = "Synthèse du cas PDL-2026-0042\n".as_bytes();
const PIN: &str = "123456";
const ADMIN_PIN: &str = "12345678";

/// The judges read the machine's clock, so the tests live now.
fn now() -> DateTime<Utc> {
    Utc.timestamp_opt(Utc::now().timestamp(), 0).unwrap()
}

fn pin(digits: &str) -> Zeroizing<String> {
    Zeroizing::new(digits.to_owned())
}

struct Team {
    key: TeamKey,
    documents: Fingerprint,
}

impl Team {
    fn new() -> Self {
        let created = now() - Duration::hours(1);
        let end = created + Duration::days(730);
        let mail = "contact@csirt-estuaire.example";
        let key = TeamKey::generate("Équipe de l’Estuaire", mail, created, end)
            .unwrap()
            .key;
        let sharing = Sharing::by_role(&key, now()).unwrap();
        let documents = sharing.document_key().clone();
        Self { key, documents }
    }

    fn find(&self) -> Result<CardSigner, CardError> {
        CardSigner::find(&self.key.certificate(), &self.documents, now())
    }

    /// The lead's own gpg, which knows all the secrets.
    fn gpg(&self) -> Gpg {
        let gpg = Gpg::new();
        gpg.write("scdaemon.conf", b"disable-ccid\n");
        gpg.import(&self.key.lead_part().unwrap());
        gpg
    }

    fn key_for(&self, role: KeyRole) -> Fingerprint {
        let mut keys = self.key.certificate().keys(now()).into_iter();
        keys.find(|key| key.role == role).unwrap().fingerprint
    }
}

/// What the two virtual readers hold.
fn held() -> Vec<Holds> {
    look().unwrap().into_iter().map(|slot| slot.holds).collect()
}

/// The one card in the readers.
fn card() -> Option<CardInfo> {
    held().into_iter().find_map(|holds| match holds {
        Holds::OpenPgp(info) => Some(info),
        _ => None,
    })
}

/// Moves a key to the place of the card that signs, with gpg's `keytocard`.
fn move_to_card(service: &Service, team: &Team, key: &Fingerprint) {
    let gpg = team.gpg();
    service.until("the card is noticed", || card().is_some());
    let listing = gpg.run(&["--with-colons", "--list-keys"], b"").stdout();
    let fingerprints = listing.lines().filter(|line| line.starts_with("fpr:"));
    let which = fingerprints
        .map(|line| line.split(':').nth(9).unwrap())
        .position(|fingerprint| fingerprint == key.to_string())
        .unwrap();
    let primary = team.key.certificate().fingerprint().to_string();
    let moved = gpg.run(
        &[
            "--no-batch",
            "--command-fd",
            "0",
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            ADMIN_PIN,
            "--edit-key",
            &primary,
        ],
        format!("key {which}\nkeytocard\n1\nsave\n").as_bytes(),
    );
    // gpg keeps the card for itself as long as its daemon runs.
    assert_eq!(held(), [Holds::InUse, Holds::Nothing], "{moved:?}");
    assert_eq!(team.find().unwrap_err(), CardError::InUse);
    drop(gpg);
    service.until("gpg lets the card go", || card().is_some());
    assert_eq!(card().unwrap().signing.as_ref(), Some(key), "{moved:?}");
}

/// A room with a team, its card in the reader and the documents key on the card.
struct Desk {
    team: Team,
    service: Service,
    card: Inserted,
}

impl Desk {
    fn with(role: KeyRole) -> Self {
        let (team, service, card) = (Team::new(), Service::start(), Inserted::openpgp());
        move_to_card(&service, &team, &team.key_for(role));
        Self {
            team,
            service,
            card,
        }
    }
}

/// Writes on the card what its owner may.
fn as_admin(write: impl FnOnce(&mut Transaction<'_>) -> Result<(), openpgp_card::Error>) {
    let mut readers = PcscBackend::card_backends(None).unwrap();
    let mut card = Card::new(readers.next().unwrap().unwrap()).unwrap();
    let mut card = card.transaction().unwrap();
    card.verify_admin_pin(ADMIN_PIN.to_owned().into()).unwrap();
    write(card.card()).unwrap();
}

/// The verdict of gpg, which knows the public key alone, in its lines for programs.
fn gpg_says(team: &Team, file: &[u8], signature: &str) -> String {
    let gpg = Gpg::new();
    gpg.import(team.key.certificate().armoured().unwrap().as_bytes());
    gpg.write("synthese.pdf", file);
    gpg.write("synthese.pdf.asc", signature.as_bytes());
    let told = gpg.run(&["--verify", "synthese.pdf.asc", "synthese.pdf"], b"");
    told.status().to_owned()
}

#[test]
fn gpg_says_good_of_what_the_card_signed() {
    alone("gpg_says_good_of_what_the_card_signed", || {
        let desk = Desk::with(KeyRole::Documents);
        let lead = desk.team.find().unwrap();
        let signature = lead.sign(FILE, &pin(PIN), now()).unwrap();
        let valid = format!("[GNUPG:] VALIDSIG {} ", desk.team.documents);
        let told = gpg_says(&desk.team, FILE, &signature);
        assert!(
            told.contains("[GNUPG:] GOODSIG ") && told.contains(&valid),
            "{told}"
        );
        let told = gpg_says(&desk.team, b"autre chose\n", &signature);
        assert!(told.contains("[GNUPG:] BADSIG "), "{told}");
        // A second one: the card forgets the PIN after each.
        lead.sign(FILE, &pin(PIN), now()).unwrap();
        assert_eq!(card().unwrap().signatures, 2);
    });
}

#[test]
fn gpg_says_good_of_a_text_that_the_card_signed_in_clear() {
    alone(
        "gpg_says_good_of_a_text_that_the_card_signed_in_clear",
        || {
            let desk = Desk::with(KeyRole::Documents);
            let text = "Contact : https://csirt-estuaire.example/\n- un tiret\n";
            let lead = desk.team.find().unwrap();
            let framed = lead.clear_sign(text, &pin(PIN), now()).unwrap();
            let gpg = Gpg::new();
            gpg.import(desk.team.key.certificate().armoured().unwrap().as_bytes());
            let told = gpg.run(&["--decrypt"], framed.as_bytes());
            assert!(told.status().contains("[GNUPG:] GOODSIG "), "{told:?}");
            assert_eq!(told.stdout(), text);
        },
    );
}

#[test]
fn a_card_says_who_it_is_to_anybody() {
    alone("a_card_says_who_it_is_to_anybody", || {
        let (service, _card) = (Service::start(), Inserted::openpgp());
        service.until("the card is noticed", || card().is_some());
        let expected = CardInfo {
            maker: "Nitrokey GmbH".to_owned(),
            serial: chip::SERIAL.map(|byte| format!("{byte:02X}")).concat(),
            holder: None,
            signing: None,
            decryption: None,
            authentication: None,
            pin_tries: 3,
            touch_to_sign: false,
            signatures: 0,
        };
        assert_eq!(held(), [Holds::OpenPgp(expected), Holds::Nothing]);
        assert_eq!(Team::new().find().unwrap_err(), CardError::NoSigningKey);
    });
}

#[test]
fn each_thing_that_is_missing_has_its_own_name() {
    alone("each_thing_that_is_missing_has_its_own_name", || {
        let team = Team::new();
        let missing = || team.find().unwrap_err();
        assert_eq!(look(), Err(CardError::NoService));
        assert_eq!(missing(), CardError::NoService);

        let service = Service::without_reader();
        assert_eq!(look(), Err(CardError::NoReader));
        assert_eq!(missing(), CardError::NoReader);
        drop(service);

        let service = Service::start();
        assert_eq!(held(), [Holds::Nothing, Holds::Nothing]);
        assert_eq!(missing(), CardError::NoCard);

        let bank_card = Inserted::bank_card();
        service.until("the card is noticed", || held()[0] != Holds::Nothing);
        assert_eq!(held(), [Holds::Foreign, Holds::Nothing]);
        assert_eq!(missing(), CardError::Foreign);
        drop(bank_card);
        service.until("the card is gone", || held()[0] == Holds::Nothing);
    });
}

#[test]
fn a_wrong_pin_costs_a_try_and_the_third_blocks_the_card() {
    alone(
        "a_wrong_pin_costs_a_try_and_the_third_blocks_the_card",
        || {
            let desk = Desk::with(KeyRole::Documents);
            let lead = desk.team.find().unwrap();
            let refused = |digits: &str| lead.sign(FILE, &pin(digits), now()).unwrap_err();
            // What no card could take is not shown to it.
            assert_eq!(refused("12345"), CardError::PinLength { min: 6, max: 127 });
            assert_eq!(card().unwrap().pin_tries, 3);

            assert_eq!(refused("654321"), CardError::WrongPin { left: 2 });
            assert!(lead.sign(FILE, &pin(PIN), now()).is_ok());
            assert_eq!(card().unwrap().pin_tries, 3);

            assert_eq!(refused("654321"), CardError::WrongPin { left: 2 });
            assert_eq!(refused("654321"), CardError::WrongPin { left: 1 });
            assert_eq!(refused("654321"), CardError::PinBlocked);
            assert_eq!(refused(PIN), CardError::PinBlocked);
            assert_eq!(card().unwrap().signatures, 1);
        },
    );
}

#[test]
fn a_key_that_is_not_the_one_for_documents_signs_none() {
    alone("a_key_that_is_not_the_one_for_documents_signs_none", || {
        let desk = Desk::with(KeyRole::Mail);
        let mail_key = CardError::NotTheDocumentsKey {
            found: desk.team.key_for(KeyRole::Mail),
            role: KeyRole::Mail,
        };
        assert_eq!(desk.team.find().unwrap_err(), mail_key);
        let stranger = CardError::NotOfTheTeam(desk.team.key_for(KeyRole::Mail));
        assert_eq!(Team::new().find().unwrap_err(), stranger);
        // Nor when the mail key is given out for the documents key.
        let certificate = desk.team.key.certificate();
        let mail = desk.team.key_for(KeyRole::Mail);
        assert_eq!(
            CardSigner::find(&certificate, &mail, now()).unwrap_err(),
            CardError::Key(PgpError::NotTheLeadPart)
        );
    });
}

#[test]
fn a_key_that_has_ended_signs_nothing_and_the_pin_is_not_shown() {
    alone(
        "a_key_that_has_ended_signs_nothing_and_the_pin_is_not_shown",
        || {
            let desk = Desk::with(KeyRole::Documents);
            let lead = desk.team.find().unwrap();
            let late = now() + Duration::days(800);
            let refused = lead.sign(FILE, &pin("654321"), late).unwrap_err();
            assert!(
                matches!(refused, CardError::Key(PgpError::Expired { .. })),
                "{refused}"
            );
            assert_eq!(card().unwrap().pin_tries, 3);
        },
    );
}

#[test]
fn a_card_that_leaves_in_the_middle_leaves_no_signature() {
    alone(
        "a_card_that_leaves_in_the_middle_leaves_no_signature",
        || {
            let desk = Desk::with(KeyRole::Documents);
            let lead = desk.team.find().unwrap();
            desk.card.hand.snatches();
            let refused = lead.sign(FILE, &pin(PIN), now()).unwrap_err();
            assert_eq!(refused, CardError::Withdrawn);
            desk.service
                .until("the card is gone", || held()[0] == Holds::Nothing);
            assert_eq!(
                lead.sign(FILE, &pin(PIN), now()).unwrap_err(),
                CardError::NoCard
            );
        },
    );
}

#[test]
fn a_pin_is_not_shown_to_another_card_in_the_same_reader() {
    alone(
        "a_pin_is_not_shown_to_another_card_in_the_same_reader",
        || {
            let Desk {
                team,
                service,
                card: own,
            } = Desk::with(KeyRole::Documents);
            let lead = team.find().unwrap();
            drop(own);
            service.until("the card is gone", || held()[0] == Holds::Nothing);
            let _other = Inserted::openpgp();
            service.until("the other is noticed", || card().is_some());
            let refused = lead.sign(FILE, &pin("654321"), now()).unwrap_err();
            assert_eq!(refused, CardError::NoSigningKey);
            assert_eq!(card().unwrap().pin_tries, 3);
        },
    );
}

#[test]
fn a_card_that_nobody_touches_signs_nothing() {
    alone("a_card_that_nobody_touches_signs_nothing", || {
        let desk = Desk::with(KeyRole::Documents);
        as_admin(|card| {
            let always = UserInteractionFlag::try_from(vec![0x01, 0x20])?;
            card.set_uif_pso_cds(&always)
        });
        let lead = desk.team.find().unwrap();
        assert!(lead.info().touch_to_sign);
        let signature = lead.sign(FILE, &pin(PIN), now()).unwrap();
        assert!(gpg_says(&desk.team, FILE, &signature).contains("[GNUPG:] GOODSIG "));

        desk.card.hand.is_absent();
        let refused = lead.sign(FILE, &pin(PIN), now()).unwrap_err();
        assert_eq!(refused, CardError::NotTouched);
        assert_eq!(card().unwrap().signatures, 1);
    });
}

#[test]
fn a_card_that_lies_about_its_key_is_found_out() {
    alone("a_card_that_lies_about_its_key_is_found_out", || {
        let desk = Desk::with(KeyRole::Mail);
        let documents: Vec<u8> = (0..40)
            .step_by(2)
            .map(|at| u8::from_str_radix(&desk.team.documents.to_string()[at..at + 2], 16).unwrap())
            .collect();
        as_admin(|card| card.set_fingerprint(documents[..].try_into()?, KeyType::Signing));
        let refused = desk.team.find().unwrap().sign(FILE, &pin(PIN), now());
        assert_eq!(refused.unwrap_err(), CardError::FalseKey);
    });
}

#[test]
fn the_holders_name_is_read() {
    alone("the_holders_name_is_read", || {
        let (service, _card) = (Service::start(), Inserted::openpgp());
        service.until("the card is noticed", || card().is_some());
        as_admin(|card| card.set_name(b"Kerdreux<<Anne"));
        assert_eq!(card().unwrap().holder.as_deref(), Some("Anne Kerdreux"));
    });
}
