//! Messages: what the team encrypts and signs, and what it opens.

mod autocrypt;
mod encrypt;
mod keys;
mod open;
mod passphrase;
mod sign;

pub use autocrypt::{MAX_AUTOCRYPT_BYTES, autocrypt_key};
pub use encrypt::encrypt;
pub use keys::MailKeys;
pub use open::{OpenedMessage, Unopened, open_message};
pub use passphrase::{encrypt_with_passphrase, open_with_passphrase};
pub use sign::{MICALG, sign_detached};

#[cfg(test)]
mod tests;
