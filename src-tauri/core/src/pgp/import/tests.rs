#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::{Duration, SystemTime};

use openpgp::{
    cert::{CertBuilder, CipherSuite},
    crypto::mpi::SecretKeyChecksum,
    packet::{key::Encrypted, signature::SignatureBuilder},
    serialize::{Serialize, SerializeInto},
    types::{KeyFlags, ReasonForRevocation, SignatureType, SymmetricAlgorithm},
};
use proptest::prelude::*;

use super::*;
use crate::pgp::{
    KeyRole as Role, Sharing,
    testing::{MAIL, NAME, day, team},
};

const PASSPHRASE: &str = "six mots pour une clé";

fn now() -> DateTime<Utc> {
    day(2026, 3, 2)
}

/// A key such as another program makes: certifying primary, one signing and one encryption subkey.
fn plain() -> CertBuilder<'static> {
    CertBuilder::new()
        .set_creation_time(SystemTime::from(day(2025, 1, 1)))
        .add_userid("CSIRT Delta <contact@delta.example>")
        .add_signing_subkey()
        .add_subkey(
            KeyFlags::empty()
                .set_storage_encryption()
                .set_transport_encryption(),
            None,
            None,
        )
}

fn bytes(cert: &Cert) -> Vec<u8> {
    cert.as_tsk().to_vec().unwrap()
}

fn made(builder: CertBuilder<'_>) -> Vec<u8> {
    bytes(&builder.generate().unwrap().0)
}

fn refused(input: &[u8], passphrase: Option<&str>) -> PgpError {
    import(input, passphrase, now()).unwrap_err()
}

#[test]
fn a_protected_key_opens_with_its_passphrase_and_with_no_other() {
    let cert = plain()
        .set_password(Some(PASSPHRASE.into()))
        .generate()
        .unwrap()
        .0;
    let mut armoured = Vec::new();
    cert.as_tsk().armored().serialize(&mut armoured).unwrap();
    for input in [bytes(&cert), armoured] {
        let imported = import(&input, Some(PASSPHRASE), now()).unwrap();
        assert_eq!(imported.warnings, []);
        let algorithms = imported.key.secret_keys(now());
        assert_eq!(algorithms.len(), 3);
        assert!(TeamKey::open(&imported.key.lead_part().unwrap()).is_ok());
        assert_eq!(refused(&input, Some("autre")), PgpError::WrongPassphrase);
        assert_eq!(refused(&input, Some("")), PgpError::WrongPassphrase);
        assert_eq!(refused(&input, None), PgpError::PassphraseRequired);
    }
}

#[test]
fn an_unprotected_key_needs_no_passphrase_and_keeps_its_structure() {
    let cert = plain().generate().unwrap().0;
    let imported = import(&bytes(&cert), None, now()).unwrap();
    assert_eq!(*imported.key.lead_part().unwrap(), bytes(&cert));
    let roles: Vec<Role> = imported
        .key
        .secret_keys(now())
        .iter()
        .map(|k| k.role)
        .collect();
    assert_eq!(
        roles,
        [Role::Certification, Role::Signing, Role::Encryption]
    );
}

#[test]
fn of_an_imported_key_the_lead_shares_what_leaves_them_a_signature() {
    let key = import(&made(plain().add_signing_subkey()), None, now())
        .unwrap()
        .key;
    let keys = key.secret_keys(now());
    let by_role = Sharing::by_role(&key, now()).unwrap();
    let encryption = keys
        .iter()
        .find(|k| k.role == Role::Encryption)
        .unwrap()
        .fingerprint
        .clone();
    assert_eq!(by_role.shared().collect::<Vec<_>>(), [&encryption]);

    let signing: Vec<Fingerprint> = keys
        .iter()
        .filter(|k| k.role == Role::Signing)
        .map(|k| k.fingerprint.clone())
        .collect();
    let chosen = Sharing::chosen(&key, &[encryption, signing[0].clone()], now()).unwrap();
    assert_eq!(*chosen.document_key(), signing[1]);
    let analyst = key.analyst_part(&chosen).unwrap();
    assert_eq!(TeamKey::open(&analyst).unwrap().secret_keys(now()).len(), 2);
    let refused =
        super::super::SigningMaterial::open(&analyst, chosen.document_key(), now()).unwrap_err();
    assert_eq!(refused, PgpError::NotTheLeadPart);
    assert_eq!(
        Sharing::chosen(&key, &signing, now()),
        Err(PgpError::NoDocumentKeyLeft)
    );
}

#[test]
fn each_wrong_file_has_its_own_refusal() {
    let good = made(plain());
    let (cert, _) = plain().generate().unwrap();
    assert_eq!(refused(b"", None), PgpError::NotOpenPgp);
    assert_eq!(refused(b"bonjour", None), PgpError::NotOpenPgp);
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None),
        PgpError::NotOpenPgp
    );
    assert_eq!(
        refused(&vec![0x99; MAX + 1], None),
        PgpError::TooLarge { limit_bytes: MAX }
    );
    assert_eq!(
        refused(&cert.to_vec().unwrap(), None),
        PgpError::PublicKeyOnly
    );
    assert_eq!(
        refused(&[good.clone(), made(plain())].concat(), None),
        PgpError::SeveralCertificates
    );
    assert_eq!(refused(&good[..good.len() - 10], None), PgpError::Truncated);
    let text = String::from_utf8(cert.as_tsk().armored().to_vec().unwrap()).unwrap();
    assert_eq!(
        refused(&text.as_bytes()[..text.len() / 2], None),
        PgpError::Truncated
    );
    assert_eq!(
        refused(text.repeat(2).as_bytes(), None),
        PgpError::SeveralCertificates
    );
    let signature = crate::pgp::testing::lead(&team())
        .sign(b"x", now())
        .unwrap();
    assert_eq!(refused(signature.as_bytes(), None), PgpError::NotAKey);
    let crowd = (0..65).fold(plain(), |b, _| b.add_authentication_subkey());
    assert_eq!(
        refused(&made(crowd), None),
        PgpError::TooManyKeys { limit: 64 }
    );
}

const MAX: usize = packets::MAX_KEY_BYTES;

#[test]
fn a_key_that_cannot_serve_is_refused_with_the_reason() {
    let base = || {
        CertBuilder::new()
            .set_creation_time(SystemTime::from(day(2025, 1, 1)))
            .add_userid("<a@delta.example>")
    };
    assert_eq!(
        refused(&made(base().add_signing_subkey()), None),
        PgpError::NoEncryptionKey
    );
    assert_eq!(
        refused(&made(base().add_storage_encryption_subkey()), None),
        PgpError::NoSigningKey
    );
    let year = Duration::from_secs(365 * 86_400);
    assert_eq!(
        refused(&made(plain().set_validity_period(year)), None),
        PgpError::Expired {
            on: day(2026, 1, 1)
        }
    );
    let tomorrow = SystemTime::from(day(2026, 3, 3));
    assert_eq!(
        refused(&made(plain().set_creation_time(tomorrow)), None),
        PgpError::NotYetValid {
            created: day(2026, 3, 3)
        }
    );
    let (cert, revocation) = plain().generate().unwrap();
    assert_eq!(
        refused(&bytes(&cert.insert_packets(revocation).unwrap().0), None),
        PgpError::Revoked
    );
}

#[test]
fn a_key_that_is_weak_or_ends_soon_comes_with_a_warning() {
    let soon = Duration::from_secs(
        u64::try_from((day(2026, 4, 1) - day(2025, 1, 1)).num_seconds()).unwrap(),
    );
    let ending = import(&made(plain().set_validity_period(soon)), None, now()).unwrap();
    assert_eq!(
        ending.warnings,
        [KeyWarning::ExpiresSoon {
            on: day(2026, 4, 1),
            days: 30
        }]
    );

    let short = import(
        &made(plain().set_cipher_suite(CipherSuite::RSA2k)),
        None,
        now(),
    )
    .unwrap();
    let bits: Vec<bool> = short
        .warnings
        .iter()
        .map(|w| {
            matches!(
                w,
                KeyWarning::ShortRsa {
                    bits: 2040..=2048,
                    ..
                }
            )
        })
        .collect();
    assert_eq!(bits, [true; 3]);
}

#[test]
fn a_subkey_bound_by_sha1_is_reported_and_useless() {
    let sha1 = |cert: Cert, flags: KeyFlags| {
        let mut primary = cert
            .primary_key()
            .key()
            .clone()
            .parts_into_secret()
            .unwrap()
            .into_keypair()
            .unwrap();
        let mut key: Key<SecretParts, openpgp::packet::key::SubordinateRole> =
            openpgp::packet::key::Key4::generate_ecc(false, openpgp::types::Curve::Cv25519)
                .unwrap()
                .into();
        key.set_creation_time(SystemTime::from(day(2025, 1, 1)))
            .unwrap();
        let binding = SignatureBuilder::new(SignatureType::SubkeyBinding)
            .set_hash_algo(HashAlgorithm::SHA1)
            .set_signature_creation_time(SystemTime::from(day(2025, 1, 1)))
            .unwrap()
            .set_key_flags(flags)
            .unwrap();
        let binding = key.bind(&mut primary, &cert, binding).unwrap();
        let fingerprint = Fingerprint::from(key.fingerprint());
        (
            cert.insert_packets(vec![Packet::from(key), binding.into()])
                .unwrap()
                .0,
            fingerprint,
        )
    };
    let (cert, key) = sha1(
        plain().generate().unwrap().0,
        KeyFlags::storage_encryption(),
    );
    assert_eq!(
        import(&bytes(&cert), None, now()).unwrap().warnings,
        [KeyWarning::WeakBinding { key }]
    );

    let only_signing = CertBuilder::new()
        .set_creation_time(SystemTime::from(day(2025, 1, 1)))
        .add_userid("<a@delta.example>")
        .add_signing_subkey();
    let (cert, _) = sha1(
        only_signing.generate().unwrap().0,
        KeyFlags::storage_encryption(),
    );
    assert_eq!(refused(&bytes(&cert), None), PgpError::WeakKey);
}

#[test]
fn a_primary_kept_elsewhere_and_a_revoked_subkey_are_told() {
    let cert = plain().generate().unwrap().0;
    let primary = Fingerprint::from(cert.fingerprint());
    let stubbed = cert
        .as_tsk()
        .set_filter(|k| k.fingerprint() != cert.fingerprint())
        .emit_secret_key_stubs(true)
        .to_vec()
        .unwrap();
    let imported = import(&stubbed, None, now()).unwrap();
    assert_eq!(
        imported.warnings,
        [KeyWarning::SecretAbsent {
            key: primary,
            primary: true
        }]
    );

    let cert = plain().add_signing_subkey().generate().unwrap().0;
    let subkey = cert.keys().subkeys().next().unwrap().key().clone();
    let mut signer = cert
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap()
        .into_keypair()
        .unwrap();
    let revocation = openpgp::cert::SubkeyRevocationBuilder::new()
        .set_signature_creation_time(SystemTime::from(day(2026, 1, 1)))
        .unwrap()
        .set_reason_for_revocation(ReasonForRevocation::KeyRetired, b"")
        .unwrap()
        .build(&mut signer, &cert, &subkey, None)
        .unwrap();
    let cert = cert.insert_packets(revocation).unwrap().0;
    let key = Fingerprint::from(subkey.fingerprint());
    assert_eq!(
        import(&bytes(&cert), None, now()).unwrap().warnings,
        [KeyWarning::RevokedKey { key }]
    );
}

#[test]
fn a_protection_that_would_exhaust_the_machine_is_refused_before_it_runs() {
    let cert = plain().generate().unwrap().0;
    let packets = cert.into_tsk().into_packets().map(|packet| match packet {
        Packet::SecretKey(key) => {
            let s2k = S2K::Argon2 {
                salt: [7; 16],
                t: 1,
                p: 1,
                m: 31,
            };
            let noise = Encrypted::new(
                s2k,
                SymmetricAlgorithm::AES256,
                Some(SecretKeyChecksum::SHA1),
                vec![0; 48].into(),
            );
            Packet::SecretKey(key.take_secret().0.add_secret(noise.into()).0)
        }
        other => other,
    });
    let cert = Cert::from_packets(packets.collect::<Vec<_>>().into_iter()).unwrap();
    assert_eq!(
        refused(&bytes(&cert), Some(PASSPHRASE)),
        PgpError::UnsupportedProtection
    );
}

#[test]
fn a_secret_that_belongs_to_another_key_is_refused() {
    let other = plain().generate().unwrap().0;
    let stolen = other
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap()
        .take_secret()
        .1;
    let cert = plain().generate().unwrap().0;
    let packets = cert.into_tsk().into_packets().map(|packet| match packet {
        Packet::SecretKey(key) => {
            Packet::SecretKey(key.take_secret().0.add_secret(stolen.clone()).0)
        }
        packet => packet,
    });
    let cert = Cert::from_packets(packets.collect::<Vec<_>>().into_iter()).unwrap();
    assert_eq!(refused(&bytes(&cert), None), PgpError::Damaged);
}

#[test]
fn our_own_key_imports_like_any_other() {
    let team = team();
    let imported = import(&team.lead_part().unwrap(), None, now()).unwrap();
    assert_eq!(
        imported.key.certificate().user_id(now()).unwrap(),
        format!("{NAME} <{MAIL}>")
    );
    assert_eq!(
        Sharing::by_role(&imported.key, now()).unwrap(),
        Sharing::by_role(&team, now()).unwrap()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(import(&bytes, Some(PASSPHRASE), now()).is_err());
        prop_assert!(Certificate::parse(&bytes).is_err());
    }

    #[test]
    fn a_mangled_key_is_refused_or_read_without_a_panic(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut bytes = team().lead_part().unwrap().to_vec();
        for (place, with) in places {
            let at = place.index(bytes.len());
            bytes[at] = with;
        }
        let _ = import(&bytes, None, now());
        let end = cut.index(bytes.len());
        let _ = import(&bytes[..end], None, now());
        let _ = Certificate::parse(&bytes);
    }
}
