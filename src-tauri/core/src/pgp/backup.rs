//! The lead's part in an envelope that needs no Relais: a password message that gpg opens.

use std::{io::Read, time::SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, KeyHandle, Packet, Result as LibraryResult, armor,
    crypto::{Password, SessionKey},
    packet::{PKESK, SKESK},
    parse::{
        PacketParser, Parse,
        stream::{DecryptionHelper, DecryptorBuilder, MessageStructure, VerificationHelper},
    },
    serialize::stream::{Encryptor, LiteralWriter, Message},
    types::SymmetricAlgorithm,
};
use sequoia_openpgp as openpgp;
use zeroize::Zeroizing;

use super::{
    MAX_KEY_BYTES, PgpError, TeamKey, bounds::Bounds, import::check_derivation, packets, policy,
};

/// A key of [`MAX_KEY_BYTES`] in armour, and the room that the encryption takes.
pub const MAX_BACKUP_BYTES: usize = MAX_KEY_BYTES * 3 / 2;

/// The most passwords that are tried: each costs a slow derivation.
const MAX_SLOTS: usize = 4;

impl TeamKey {
    /// The lead's part under `recovery`, armoured: AES-256 with a modification check, the key
    /// derived by the longest iteration that gpg 2.2 reads (RFC 9580 §3.7.1.3).
    ///
    /// Who has only gpg opens it with `gpg --decrypt FILE | gpg --import`, and types `recovery`
    /// to the letter, separators included.
    ///
    /// # Errors
    /// [`PgpError::PassphraseRequired`] if `recovery` is blank,
    /// [`PgpError::NotTheLeadPart`] if the primary secret is not here.
    pub fn backup(&self, recovery: &str) -> Result<String, PgpError> {
        if recovery.trim().is_empty() {
            return Err(PgpError::PassphraseRequired);
        }
        if !self.cert().primary_key().key().has_secret() {
            return Err(PgpError::NotTheLeadPart);
        }
        let sealed = seal(&self.lead_part()?, recovery).map_err(PgpError::library)?;
        // The message is of the old kind whatever the version of the key.
        packets::armour(armor::Kind::Message, 4, &sealed)
    }

    /// Reads what [`TeamKey::backup`] wrote, armoured or binary, at most [`MAX_BACKUP_BYTES`];
    /// also years later, when the key itself has expired.
    ///
    /// # Errors
    /// [`PgpError::WrongPassphrase`]; [`PgpError::Damaged`] or [`PgpError::Truncated`] for an altered
    /// file; [`PgpError::UnsupportedProtection`] for one that would exhaust the machine, or that
    /// has no password; what [`TeamKey::open`] refuses.
    pub fn from_backup(backup: &[u8], recovery: &str, at: DateTime<Utc>) -> Result<Self, PgpError> {
        if backup.len() > MAX_BACKUP_BYTES {
            return Err(PgpError::TooLarge {
                limit_bytes: MAX_BACKUP_BYTES,
            });
        }
        Self::open(&open_message(backup, recovery, MAX_KEY_BYTES, at)?)
    }
}

/// Opens a message under a password, armoured or binary; gives at most `limit` bytes, and nothing before its end.
///
/// # Errors
/// [`PgpError::WrongPassphrase`]; [`PgpError::Damaged`] or [`PgpError::Truncated`] for an altered message;
/// [`PgpError::UnsupportedProtection`] for one that would exhaust the machine, or that has no password;
/// [`PgpError::TooLarge`].
pub(super) fn open_message(
    message: &[u8],
    password: &str,
    limit: usize,
    at: DateTime<Utc>,
) -> Result<Zeroizing<Vec<u8>>, PgpError> {
    check_message(message)?;
    let mut opener = Opener {
        password: password.into(),
        outcome: Outcome::Locked,
        bounds: Bounds::default(),
    };
    let opened = unseal(message, &mut opener, limit, at);
    match (opened, opener.outcome) {
        (Ok(content), _) if content.len() > limit => Err(PgpError::TooLarge { limit_bytes: limit }),
        (Ok(content), _) => Ok(content),
        (Err(_), _) if opener.bounds.exceeded => Err(PgpError::TooLarge { limit_bytes: limit }),
        (Err(_), Outcome::Locked) => Err(PgpError::WrongPassphrase),
        (Err(_), Outcome::Unsupported) => Err(PgpError::UnsupportedProtection),
        (Err(_), Outcome::Opened) => Err(PgpError::Damaged),
    }
}

fn seal(part: &[u8], recovery: &str) -> LibraryResult<Vec<u8>> {
    let mut sealed = Vec::new();
    let message = Encryptor::with_passwords(Message::new(&mut sealed), Some(recovery))
        .symmetric_algo(SymmetricAlgorithm::AES256)
        .build()?;
    let mut message = LiteralWriter::new(message).build()?;
    std::io::Write::write_all(&mut message, part)?;
    message.finalize()?;
    Ok(sealed)
}

/// Tells another file, or half of one, from a wrong password.
fn check_message(backup: &[u8]) -> Result<(), PgpError> {
    let packets = match packets::blocks(backup)[..] {
        [] => return Err(PgpError::NotOpenPgp),
        [block] => packets::packets(block)?,
        _ => return Err(PgpError::Damaged),
    };
    match packets[..] {
        [Packet::SKESK(_), .., Packet::SEIP(_)] => Ok(()),
        [Packet::PKESK(_), ..] => Err(PgpError::UnsupportedProtection),
        _ => Err(PgpError::NotAKey),
    }
}

fn unseal(
    backup: &[u8],
    opener: &mut Opener,
    limit: usize,
    at: DateTime<Utc>,
) -> LibraryResult<Zeroizing<Vec<u8>>> {
    let policy = policy::standard(at);
    let decryptor =
        DecryptorBuilder::from_bytes(backup)?.with_policy(&policy, SystemTime::from(at), opener)?;
    // A small message can grow on decompression; a vector that grows leaves copies behind.
    let mut part = Zeroizing::new(Vec::with_capacity(backup.len().min(limit) + 1));
    decryptor.take(limit as u64 + 1).read_to_end(&mut part)?;
    Ok(part)
}

/// How far the opening came.
#[derive(Clone, Copy)]
enum Outcome {
    Locked,
    Unsupported,
    Opened,
}

struct Opener {
    password: Password,
    outcome: Outcome,
    bounds: Bounds,
}

impl DecryptionHelper for &mut Opener {
    fn decrypt(
        &mut self,
        _: &[PKESK],
        slots: &[SKESK],
        _: Option<SymmetricAlgorithm>,
        decrypt: &mut dyn FnMut(Option<SymmetricAlgorithm>, &SessionKey) -> bool,
    ) -> LibraryResult<Option<Cert>> {
        for slot in slots.iter().take(MAX_SLOTS) {
            let s2k = match slot {
                SKESK::V4(slot) => slot.s2k(),
                SKESK::V6(slot) => slot.s2k(),
                _ => continue,
            };
            if check_derivation(s2k).is_err() {
                self.outcome = Outcome::Unsupported;
                continue;
            }
            if let Ok((algorithm, key)) = slot.decrypt(&self.password)
                && decrypt(algorithm, &key)
            {
                self.outcome = Outcome::Opened;
                return Ok(None);
            }
        }
        Err(openpgp::Error::InvalidPassword.into())
    }
}

/// The password is the proof: nobody signs a back-up.
impl VerificationHelper for &mut Opener {
    fn inspect(&mut self, parser: &PacketParser<'_>) -> LibraryResult<()> {
        self.bounds.inspect(parser)
    }

    fn get_certs(&mut self, _: &[KeyHandle]) -> LibraryResult<Vec<Cert>> {
        Ok(Vec::new())
    }

    fn check(&mut self, _: MessageStructure<'_>) -> LibraryResult<()> {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openpgp::{crypto::S2K, packet::skesk::SKESK4, serialize::SerializeInto};
    use proptest::prelude::*;

    use super::*;
    use crate::pgp::{
        Sharing,
        testing::{day, team},
    };

    const RECOVERY: &str = "7K3M-Q9XA-0B2C-D4EF-GH5J-K6MN-P7QR-S8TV-W9XY";

    fn now() -> DateTime<Utc> {
        day(2026, 3, 2)
    }

    fn refused(backup: &[u8], recovery: &str) -> PgpError {
        TeamKey::from_backup(backup, recovery, now()).unwrap_err()
    }

    #[test]
    fn the_recovery_key_brings_back_every_secret_even_of_an_expired_key() {
        let team = team();
        let backup = team.backup(RECOVERY).unwrap();
        assert!(backup.starts_with("-----BEGIN PGP MESSAGE-----\n"));
        for at in [now(), day(2040, 1, 1)] {
            let back = TeamKey::from_backup(backup.as_bytes(), RECOVERY, at).unwrap();
            assert_eq!(back.lead_part().unwrap(), team.lead_part().unwrap());
        }
    }

    #[test]
    fn nothing_of_the_key_is_readable_in_it() {
        let backup = team().backup(RECOVERY).unwrap();
        let mut sealed = Vec::new();
        let mut dearmoured = armor::Reader::from_bytes(backup.as_bytes(), None);
        dearmoured.read_to_end(&mut sealed).unwrap();
        assert!(sealed.len() > 500);
        for clear in [b"CSIRT".as_slice(), b"csirt-estuaire", RECOVERY.as_bytes()] {
            assert!(!sealed.windows(clear.len()).any(|w| w == clear));
        }
    }

    #[test]
    fn a_wrong_recovery_key_opens_nothing() {
        let backup = team().backup(RECOVERY).unwrap();
        for wrong in [
            "",
            "autre",
            &RECOVERY.to_lowercase(),
            &RECOVERY.replace('-', ""),
        ] {
            assert_eq!(refused(backup.as_bytes(), wrong), PgpError::WrongPassphrase);
        }
    }

    #[test]
    fn a_blank_recovery_key_and_an_analysts_part_make_no_backup() {
        let team = team();
        assert_eq!(team.backup(" ").unwrap_err(), PgpError::PassphraseRequired);
        let sharing = Sharing::by_role(&team, now()).unwrap();
        let analyst = TeamKey::open(&team.analyst_part(&sharing).unwrap()).unwrap();
        assert_eq!(
            analyst.backup(RECOVERY).unwrap_err(),
            PgpError::NotTheLeadPart
        );
    }

    #[test]
    fn each_wrong_file_has_its_own_refusal() {
        let team = team();
        let backup = team.backup(RECOVERY).unwrap();
        assert_eq!(refused(b"", RECOVERY), PgpError::NotOpenPgp);
        assert_eq!(refused(b"bonjour", RECOVERY), PgpError::NotOpenPgp);
        let half = &backup.as_bytes()[..backup.len() / 2];
        assert_eq!(refused(half, RECOVERY), PgpError::Truncated);
        assert_eq!(
            refused(&team.lead_part().unwrap(), RECOVERY),
            PgpError::NotAKey
        );
        let other = seal(b"une liste de courses", RECOVERY).unwrap();
        assert_eq!(refused(&other, RECOVERY), PgpError::NotOpenPgp);
        let public = seal(&team.certificate().to_bytes().unwrap(), RECOVERY).unwrap();
        assert_eq!(refused(&public, RECOVERY), PgpError::PublicKeyOnly);
        let long = seal(&vec![0x99; MAX_KEY_BYTES + 1], RECOVERY).unwrap();
        let too_large = |limit_bytes| PgpError::TooLarge { limit_bytes };
        assert_eq!(refused(&long, RECOVERY), too_large(MAX_KEY_BYTES));
        let huge = vec![b'x'; MAX_BACKUP_BYTES + 1];
        assert_eq!(refused(&huge, RECOVERY), too_large(MAX_BACKUP_BYTES));
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let sealed = seal(&team().lead_part().unwrap(), RECOVERY).unwrap();
        let mut altered = sealed.clone();
        let last = altered.len() - 100;
        altered[last] ^= 1;
        assert_eq!(refused(&altered, RECOVERY), PgpError::Damaged);
    }

    #[test]
    fn a_derivation_that_would_exhaust_the_machine_is_refused_before_it_runs() {
        let s2k = S2K::Argon2 {
            salt: [7; 16],
            t: 1,
            p: 1,
            m: 31,
        };
        let slot = SKESK4::new(SymmetricAlgorithm::AES256, s2k, None).unwrap();
        let body = seal(b"x", RECOVERY).unwrap();
        let replaced = packets::packets(&body).unwrap()[0].to_vec().unwrap().len();
        let sealed = [&Packet::from(slot).to_vec().unwrap(), &body[replaced..]].concat();
        assert_eq!(refused(&sealed, RECOVERY), PgpError::UnsupportedProtection);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(TeamKey::from_backup(&bytes, RECOVERY, now()).is_err());
        }
    }
}
