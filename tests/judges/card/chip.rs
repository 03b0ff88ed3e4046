//! An OpenPGP card without plastic: the application of the Nitrokey on a chip that lives in memory,
//! in the reader that the Debian package vsmartcard-vpcd brings.

use std::{
    net::{Shutdown, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use iso7816::{Command, Instruction, Status};
use opcard::{Card, Client, Options};
use trussed::{
    backend::BackendId,
    platform::{Platform, UserInterface},
    virt::{self, StoreConfig, UptimeOffset},
};
use trussed_auth_backend::{AuthBackend, FilesystemLayout};
use trussed_core::types::{Location, consent::Level};
use trussed_derive::{ExtensionDispatch, ExtensionId};
use trussed_staging::StagingBackend;
use vpicc::{Connection, VSmartCard};

/// Number of a maker in the list of the specification: the card's application is theirs.
const NITROKEY: [u8; 2] = [0x00, 0x0F];

/// Number that our cards bear.
pub const SERIAL: [u8; 4] = [0x20, 0x26, 0x00, 0x42];

/// The most that the application takes or gives at once, as on the real chip.
const MAX_BYTES: usize = 7609;

/// What the application needs besides the chip's own cryptography.
#[derive(ExtensionDispatch)]
#[dispatch(backend_id = "Backend", extension_id = "Extension")]
#[extensions(
    Auth = "trussed_auth::AuthExtension",
    Chunked = "trussed_chunked::ChunkedExtension",
    WrapKeyToFile = "trussed_wrap_key_to_file::WrapKeyToFileExtension"
)]
struct Services {
    #[extensions("Auth")]
    auth: AuthBackend,
    #[extensions("Chunked", "WrapKeyToFile")]
    staging: StagingBackend,
}

#[derive(Debug, Clone, Copy)]
enum Backend {
    Auth,
    Staging,
}

#[derive(Debug, Clone, Copy, ExtensionId)]
enum Extension {
    Auth = 0,
    Chunked = 1,
    WrapKeyToFile = 2,
}

const BACKENDS: &[BackendId<Backend>] = &[
    BackendId::Custom(Backend::Staging),
    BackendId::Custom(Backend::Auth),
    BackendId::Core,
];

/// What happens to the card while it is in the reader.
#[derive(Clone, Default)]
pub struct Hand(Arc<[AtomicBool; 3]>);

impl Hand {
    const PULLED: usize = 0;
    const SNATCHES: usize = 1;
    const ABSENT: usize = 2;

    /// Pulls the card out at the moment in which it is to sign.
    pub fn snatches(&self) {
        self.does(Self::SNATCHES);
    }

    /// No finger comes when the card asks to be touched.
    pub fn is_absent(&self) {
        self.does(Self::ABSENT);
    }

    fn does(&self, what: usize) {
        self.0[what].store(true, Ordering::SeqCst);
    }

    fn did(&self, what: usize) -> bool {
        self.0[what].load(Ordering::SeqCst)
    }
}

/// A card in the reader, until this is dropped.
pub struct Inserted {
    pub hand: Hand,
    runs: Option<JoinHandle<()>>,
}

impl Inserted {
    /// An OpenPGP card as it comes from the factory: no key, PIN 123456, admin PIN 12345678.
    pub fn openpgp() -> Self {
        Self::run(|reader, hand| {
            virt::with_platform(StoreConfig::ram(), |mut chip| {
                let clock = chip.user_interface().uptime_offset();
                let finger = Finger(hand.clone(), clock);
                chip.user_interface().set_inner(Box::new(finger));
                let services = Services {
                    auth: AuthBackend::new(Location::Internal, FilesystemLayout::V0),
                    staging: StagingBackend::new(),
                };
                chip.run_client_with_backends("opcard", services, BACKENDS, |client| {
                    let mut options = Options::default();
                    options.manufacturer = NITROKEY;
                    options.serial = SERIAL;
                    options.storage = Location::Internal;
                    let mut card = OpenPgp {
                        card: Card::new(client, options),
                        begun: None,
                        answer: heapless::Vec::new(),
                        given: 0,
                    };
                    serve(reader, &mut card, &hand);
                });
            });
        })
    }

    /// A card that knows no application at all.
    pub fn bank_card() -> Self {
        Self::run(|reader, hand| serve(reader, &mut BankCard, &hand))
    }

    fn run(card: impl FnOnce(TcpStream, Hand) + Send + 'static) -> Self {
        let reader = TcpStream::connect((vpicc::DEFAULT_HOST, vpicc::DEFAULT_PORT)).unwrap();
        let hand = Hand::default();
        let held = hand.clone();
        Self {
            hand,
            runs: Some(thread::spawn(move || card(reader, held))),
        }
    }
}

impl Drop for Inserted {
    fn drop(&mut self) {
        self.hand.does(Hand::PULLED);
        if let Some(runs) = self.runs.take() {
            let ended = runs.join();
            assert!(ended.is_ok() || thread::panicking(), "the card broke");
        }
        // The service looks every 400 ms: a card that is back sooner was never away, and is not woken.
        thread::sleep(Duration::from_secs(1));
    }
}

/// Answers the reader until the card is pulled. The reader asks several times a second whether it is there.
fn serve(reader: TcpStream, card: &mut impl VSmartCard, hand: &Hand) {
    let mut card = Held {
        card,
        hand,
        reader: reader.try_clone().unwrap(),
    };
    let mut line = Connection::from(reader);
    while !hand.did(Hand::PULLED) && line.poll(&mut card).is_ok() {}
}

/// A card and the hand on it.
struct Held<'a, C> {
    card: &'a mut C,
    hand: &'a Hand,
    reader: TcpStream,
}

impl<C: VSmartCard> VSmartCard for Held<'_, C> {
    fn power_off(&mut self) {
        self.card.power_off();
    }

    fn reset(&mut self) {
        self.card.reset();
    }

    fn execute(&mut self, apdu: &[u8]) -> Vec<u8> {
        // PSO: COMPUTE DIGITAL SIGNATURE.
        if apdu[1..4] == [0x2A, 0x9E, 0x9A] && self.hand.did(Hand::SNATCHES) {
            self.reader.shutdown(Shutdown::Both).unwrap();
        }
        self.card.execute(apdu)
    }
}

struct BankCard;

impl VSmartCard for BankCard {
    fn execute(&mut self, _: &[u8]) -> Vec<u8> {
        <[u8; 2]>::from(Status::NotFound).to_vec()
    }
}

/// The finger that the chip waits for. Where none comes, each look at the button takes a second of the
/// chip's clock, so that its fifteen seconds pass at once.
struct Finger(Hand, UptimeOffset);

impl UserInterface for Finger {
    fn check_user_presence(&mut self) -> Level {
        if self.0.did(Hand::ABSENT) {
            self.1.add(Duration::from_secs(1));
            Level::None
        } else {
            Level::Normal
        }
    }
}

/// The application behind the exchange of bytes that ISO/IEC 7816-4 asks for: commands in several parts
/// (§5.3.3), answers in several parts (§5.3.4).
struct OpenPgp<C: Client> {
    card: Card<C>,
    begun: Option<Command<MAX_BYTES>>,
    answer: heapless::Vec<u8, MAX_BYTES>,
    given: usize,
}

impl<C: Client> OpenPgp<C> {
    fn handle(&mut self, apdu: &[u8]) -> Result<Vec<u8>, Status> {
        let part = Command::<MAX_BYTES>::try_from(apdu).map_err(|_| Status::WrongLength)?;
        let whole = match self.begun.take() {
            None => part.clone(),
            Some(mut begun) => {
                let joined = begun.extend_from_command(&part);
                joined.map_err(|_| Status::WrongLength)?;
                begun
            }
        };
        if !part.class().chain().last_or_only() {
            self.begun = Some(whole);
            return Ok(<[u8; 2]>::from(Status::Success).to_vec());
        }
        if whole.instruction() != Instruction::GetResponse {
            self.answer.clear();
            self.given = 0;
            self.card.handle(whole.as_view(), &mut self.answer)?;
        }
        let left = &self.answer[self.given..];
        let (now, later) = left.split_at(left.len().min(part.expected()));
        self.given += now.len();
        let status = match u8::try_from(later.len()) {
            Ok(0) => Status::Success,
            Ok(more) => Status::MoreAvailable(more),
            Err(_) => Status::MoreAvailable(u8::MAX),
        };
        Ok([now, &<[u8; 2]>::from(status)].concat())
    }
}

impl<C: Client> VSmartCard for OpenPgp<C> {
    fn power_off(&mut self) {
        self.card.reset();
    }

    fn reset(&mut self) {
        self.card.reset();
    }

    fn execute(&mut self, apdu: &[u8]) -> Vec<u8> {
        self.handle(apdu)
            .unwrap_or_else(|status| <[u8; 2]>::from(status).to_vec())
    }
}
