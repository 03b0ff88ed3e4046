//! A document that opens with a passphrase: for recipients whom nothing can be encrypted to.
//!
//! AES-256 of PDF 2.0 (ISO 32000-2 §7.6.4, revision 6), metadata included. It proves nothing about who made the file, and
//! the form of a document (its length, its links' places) shows; the words do not. A locked file is no archive any more
//! (ISO 19005-3, 6.1.3 forbids encryption): the case keeps the open one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, dictionary};
use zeroize::Zeroizing;

use super::ReportError;

/// Random bytes that a lock takes: the file's key, and the owner password that nobody gets to know.
pub const RANDOM_BYTES: usize = 64;

const KEY_BYTES: usize = 32;
const FILTER: &[u8] = b"StdCF";

/// Locks a document that [`render`](super::render) made. What the recipient may do is not limited: print, copy and read
/// aloud, so that nobody has to break what he was given.
///
/// # Errors
/// Bytes that are no PDF, or one that is locked already.
pub fn lock(
    pdf: &[u8],
    passphrase: &str,
    random: &[u8; RANDOM_BYTES],
) -> Result<Vec<u8>, ReportError> {
    let mut document = Document::load_mem(pdf)?;
    let (key, owner) = random.split_at(KEY_BYTES);
    let owner = hexadecimal(owner);
    let filter: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
    let state = EncryptionState::try_from(EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: BTreeMap::from([(FILTER.to_vec(), filter)]),
        file_encryption_key: key,
        stream_filter: FILTER.to_vec(),
        string_filter: FILTER.to_vec(),
        owner_password: &owner,
        user_password: passphrase,
        permissions: Permissions::all(),
    })?;
    // Where PDF 1.7 is written, the cipher of PDF 2.0 is announced as an extension of it.
    document.catalog_mut()?.set(
        "Extensions",
        dictionary! { "ADBE" => dictionary! {
            "BaseVersion" => Object::Name(b"1.7".to_vec()),
            "ExtensionLevel" => 8,
        } },
    );
    document.encrypt(&state)?;
    // The library leaves the lengths out; poppler does not open the file without them.
    let encryption = document.trailer.get(b"Encrypt")?.as_reference()?;
    let encryption = document.get_dictionary_mut(encryption)?;
    encryption.set("Length", 256);
    let filters = encryption.get_mut(b"CF")?.as_dict_mut()?;
    let filter = filters.get_mut(FILTER)?.as_dict_mut()?;
    filter.set("Length", 32);
    filter.set("AuthEvent", Object::Name(b"DocOpen".to_vec()));

    let mut bytes = Vec::with_capacity(pdf.len() + pdf.len() / 8);
    document.save_to(&mut bytes)?;
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn hexadecimal(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "loup4dune7sac2abri9moto3val5ski";

    #[test]
    fn what_is_no_document_is_refused() {
        let random = [7; RANDOM_BYTES];
        assert!(lock(b"", PASSPHRASE, &random).is_err());
        assert!(lock(b"%PDF-1.7\nrubbish", PASSPHRASE, &random).is_err());
    }

    #[test]
    fn a_locked_document_is_not_locked_twice() {
        let random = [7; RANDOM_BYTES];
        let open = super::super::tests::one_page();
        let locked = lock(&open, PASSPHRASE, &random).unwrap();
        assert!(lock(&locked, PASSPHRASE, &random).is_err());
    }
}
