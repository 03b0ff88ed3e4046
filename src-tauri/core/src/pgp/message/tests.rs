#![allow(clippy::unwrap_used)]

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use openpgp::{
    Cert, Packet, Profile,
    cert::{CertBuilder, CipherSuite},
    packet::{SEIP, signature::SignatureBuilder},
    parse::Parse,
    policy::StandardPolicy,
    types::{Features, HashAlgorithm, KeyFlags, ReasonForRevocation, SignatureType},
};
use sequoia_openpgp as openpgp;

use super::*;
use crate::pgp::{
    Certificate, KeyRole, PgpError, Sharing, TeamKey, Verdict, packets,
    testing::{MAIL, day, team},
};

const TEXT: &[u8] = "Point de situation : deux comptes compromis.".as_bytes();
const PASSPHRASE: &str = "galet mistral phare brume osier tamis";

fn now() -> DateTime<Utc> {
    day(2026, 3, 2)
}

/// The analyst's part of a team key.
fn mail_keys(key: &TeamKey) -> MailKeys {
    let sharing = Sharing::by_role(key, now()).unwrap();
    let part = key.analyst_part(&sharing).unwrap();
    MailKeys::open([(part.as_slice(), &key.certificate())]).unwrap()
}

/// A correspondent of the usual kind: signs, and encrypts to one subkey.
fn correspondent() -> CertBuilder<'static> {
    CertBuilder::new()
        .set_profile(Profile::RFC4880)
        .unwrap()
        .set_features(Features::empty().set_seipdv1())
        .unwrap()
        .set_cipher_suite(CipherSuite::Cv25519)
        .set_creation_time(SystemTime::from(day(2026, 3, 1)))
        .set_validity_period(Duration::from_secs(365 * 86_400))
        .add_userid("Gaëtan Morvault <secours@batardiere.example>")
        .add_signing_subkey()
        .add_transport_encryption_subkey()
}

fn made(builder: CertBuilder<'_>) -> Cert {
    builder.generate().unwrap().0
}

fn keys_of(cert: &Cert) -> MailKeys {
    let part = TeamKey::with_open_secrets(cert.clone())
        .lead_part()
        .unwrap();
    MailKeys::open([(part.as_slice(), &Certificate::public_part_of(cert))]).unwrap()
}

fn public(cert: &Cert) -> Certificate {
    Certificate::public_part_of(cert)
}

fn sealed(message: &str) -> Vec<Packet> {
    packets::packets(message.as_bytes()).unwrap()
}

fn seip_version(message: &str) -> u8 {
    match sealed(message).pop() {
        Some(Packet::SEIP(SEIP::V1(_))) => 1,
        Some(Packet::SEIP(SEIP::V2(_))) => 2,
        other => unreachable!("{other:?}"),
    }
}

fn has_checksum(armoured: &str) -> bool {
    armoured.lines().any(|l| l.len() == 5 && l.starts_with('='))
}

#[test]
fn recipient_and_team_both_read_it_and_see_who_signed() {
    let (team, other) = (team(), made(correspondent()));
    let ours = mail_keys(&team);
    let message = encrypt(TEXT, &[public(&other)], Some(&ours), now()).unwrap();
    assert!(message.starts_with("-----BEGIN PGP MESSAGE-----\r\n") && has_checksum(&message));
    assert_eq!(seip_version(&message), 1);
    for reader in [&keys_of(&other), &ours] {
        let opened = open_message(
            message.as_bytes(),
            reader,
            &[team.certificate()],
            1 << 20,
            now(),
        )
        .unwrap();
        assert_eq!(*opened.content, TEXT);
        assert!(!opened.for_others, "meant for each of them");
        let verdict = opened.verification.unwrap().verdict;
        assert!(
            matches!(&verdict, Verdict::Good(s) if s.role == KeyRole::Mail),
            "{verdict:?}"
        );
    }
}

#[test]
fn a_large_message_takes_two_threads_and_is_the_same() {
    let ours = mail_keys(&team());
    for length in [1024 * 1024 - 1, 1024 * 1024, 9_000_001] {
        let plain = vec![b'x'; length];
        let message = encrypt(&plain, &[], Some(&ours), now()).unwrap();
        assert!(has_checksum(&message));
        let opened = open_message(message.as_bytes(), &ours, &[], 1 << 24, now()).unwrap();
        assert!(*opened.content == plain, "{length} bytes");
    }
}

#[test]
fn who_passes_the_message_on_is_found_out() {
    let (team, other, third) = (team(), made(correspondent()), made(correspondent()));
    let message = encrypt(TEXT, &[public(&other)], Some(&mail_keys(&team)), now()).unwrap();
    let reader = keys_of(&other);
    let policy = StandardPolicy::at(SystemTime::from(now()));
    let passed_on = passing_on::again(message.as_bytes(), &other, &third, &policy);
    let opened = open_message(
        &passed_on,
        &keys_of(&third),
        &[team.certificate()],
        1 << 20,
        now(),
    )
    .unwrap();
    assert_eq!(*opened.content, TEXT);
    assert!(opened.for_others);
    assert!(open_message(&passed_on, &reader, &[], 1 << 20, now()).is_err());
}

#[test]
fn every_live_subkey_of_a_recipient_is_encrypted_to_and_nobody_twice() {
    let other = made(correspondent().add_transport_encryption_subkey());
    let message = encrypt(
        TEXT,
        &[public(&other), public(&other)],
        Some(&mail_keys(&team())),
        now(),
    )
    .unwrap();
    let slots = sealed(&message)
        .iter()
        .filter(|p| matches!(p, Packet::PKESK(_)))
        .count();
    assert_eq!(slots, 3, "two of the recipient, one of the team");
}

#[test]
fn the_newer_container_is_for_when_everybody_reads_it() {
    let modern = Features::empty().set_seipdv1().set_seipdv2();
    let new = made(correspondent().set_features(modern.clone()).unwrap());
    let v6 = made(
        correspondent()
            .set_profile(Profile::RFC9580)
            .unwrap()
            .set_features(modern.clone())
            .unwrap(),
    );
    let old = made(correspondent());
    // The team's own key reads the older one only.
    let ours = mail_keys(&team());
    for to in [
        vec![public(&new)],
        vec![public(&v6)],
        vec![public(&old), public(&v6)],
    ] {
        let message = encrypt(TEXT, &to, Some(&ours), now()).unwrap();
        assert_eq!(seip_version(&message), 1);
        assert!(has_checksum(&message));
    }
    let message = encrypt(TEXT, &[public(&v6)], Some(&ours), now()).unwrap();
    let opened = open_message(message.as_bytes(), &keys_of(&v6), &[], 1 << 20, now()).unwrap();
    assert_eq!(*opened.content, TEXT);

    let modern_team = keys_of(&new);
    let message = encrypt(TEXT, &[public(&v6)], Some(&modern_team), now()).unwrap();
    assert_eq!(seip_version(&message), 2);
    let opened = open_message(
        message.as_bytes(),
        &keys_of(&v6),
        &[public(&new)],
        1 << 20,
        now(),
    )
    .unwrap();
    assert!(matches!(
        opened.verification.unwrap().verdict,
        Verdict::Good(_)
    ));
}

fn refused(to: &Cert, at: DateTime<Utc>) -> PgpError {
    // A reader among them changes nothing: nobody is passed over.
    let reader = made(correspondent());
    match encrypt(TEXT, &[public(&reader), public(to)], None, at) {
        Err(PgpError::Recipient { key, why }) => {
            assert_eq!(key, public(to).fingerprint());
            *why
        }
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn each_unusable_recipient_is_named_with_its_reason() {
    let (other, revocation) = correspondent().generate().unwrap();
    let end = day(2026, 3, 10);
    let short = made(correspondent().set_validity_period(Duration::from_secs(9 * 86_400)));
    assert_eq!(refused(&short, end), PgpError::Expired { on: end });

    let revoked = other.clone().insert_packets(revocation).unwrap().0;
    assert_eq!(refused(&revoked, now()), PgpError::Revoked);

    let signs_only = made(
        CertBuilder::new()
            .set_creation_time(SystemTime::from(day(2026, 3, 1)))
            .add_userid("Signe <signe@batardiere.example>")
            .add_signing_subkey(),
    );
    assert_eq!(refused(&signs_only, now()), PgpError::NoEncryptionKey);

    let stored = made(
        CertBuilder::new()
            .set_creation_time(SystemTime::from(day(2026, 3, 1)))
            .add_userid("Coffre <coffre@batardiere.example>")
            .add_subkey(KeyFlags::empty().set_storage_encryption(), None, None),
    );
    assert_eq!(refused(&stored, now()), PgpError::NoEncryptionKey);

    let later = made(correspondent().set_creation_time(SystemTime::from(day(2026, 5, 1))));
    let created = day(2026, 5, 1);
    assert_eq!(refused(&later, now()), PgpError::NotYetValid { created });

    assert_eq!(refused(&bound_by_sha1(), now()), PgpError::WeakKey);
}

#[test]
fn a_revoked_subkey_leaves_no_way_to_its_owner() {
    let other = made(correspondent());
    let policy = StandardPolicy::at(SystemTime::from(now()));
    let subkey = other
        .keys()
        .with_policy(&policy, SystemTime::from(now()))
        .for_transport_encryption()
        .next()
        .unwrap();
    let mut primary = other
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap()
        .into_keypair()
        .unwrap();
    let revocation = openpgp::cert::SubkeyRevocationBuilder::new()
        .set_signature_creation_time(SystemTime::from(day(2026, 3, 1)))
        .unwrap()
        .set_reason_for_revocation(ReasonForRevocation::KeyCompromised, b"perdue")
        .unwrap()
        .build(
            &mut primary,
            &other,
            subkey.key().role_as_subordinate(),
            HashAlgorithm::SHA512,
        )
        .unwrap();
    let revoked = other.clone().insert_packets(revocation).unwrap().0;
    assert_eq!(refused(&revoked, now()), PgpError::Revoked);
}

/// A certificate whose encryption subkey is bound by SHA-1 alone, as they were twenty years ago.
fn bound_by_sha1() -> Cert {
    let other = made(correspondent());
    let mut primary = other
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap()
        .into_keypair()
        .unwrap();
    let subkey = other
        .keys()
        .subkeys()
        .find(|key| key.key().pk_algo().for_encryption())
        .unwrap();
    let binding = SignatureBuilder::new(SignatureType::SubkeyBinding)
        .set_hash_algo(HashAlgorithm::SHA1)
        .set_signature_creation_time(SystemTime::from(day(2026, 3, 1)))
        .unwrap()
        .set_key_flags(KeyFlags::empty().set_transport_encryption())
        .unwrap()
        .sign_subkey_binding(&mut primary, None, subkey.key())
        .unwrap();
    let fingerprint = subkey.key().fingerprint();
    let mut kept = Vec::new();
    let mut at_the_subkey = false;
    for packet in other.clone().into_packets() {
        match &packet {
            Packet::PublicSubkey(key) => at_the_subkey = key.fingerprint() == fingerprint,
            Packet::SecretSubkey(key) => at_the_subkey = key.fingerprint() == fingerprint,
            Packet::Signature(_) if at_the_subkey => continue,
            _ => {}
        }
        kept.push(packet);
    }
    let bare = Cert::from_packets(kept.into_iter()).unwrap();
    let key: Packet = subkey.key().clone().into();
    bare.insert_packets([key, binding.into()]).unwrap().0
}

#[test]
fn the_teams_own_ended_key_is_never_blamed_on_the_recipient() {
    let other = made(correspondent().set_validity_period(None));
    let ended = encrypt(
        TEXT,
        &[public(&other)],
        Some(&mail_keys(&team())),
        day(2028, 3, 2),
    );
    let on = day(2028, 3, 1);
    assert_eq!(ended.unwrap_err(), PgpError::Expired { on });
    let reader_only = made(
        CertBuilder::new()
            .set_creation_time(SystemTime::from(day(2026, 3, 1)))
            .set_primary_key_flags(KeyFlags::empty().set_certification())
            .add_userid("Lit <lit@csirt-estuaire.example>")
            .add_transport_encryption_subkey(),
    );
    let mute = encrypt(TEXT, &[public(&other)], Some(&keys_of(&reader_only)), now());
    assert_eq!(mute.unwrap_err(), PgpError::NoSigningKey);
    assert_eq!(
        encrypt(TEXT, &[], None, now()).unwrap_err(),
        PgpError::NoEncryptionKey
    );
}

#[test]
fn a_changed_byte_shows_nothing_of_it() {
    let ours = mail_keys(&team());
    let message = encrypt(TEXT, &[], Some(&ours), now()).unwrap();
    let mut bytes = Vec::new();
    let mut reader = openpgp::armor::Reader::from_bytes(message.as_bytes(), None);
    std::io::Read::read_to_end(&mut reader, &mut bytes).unwrap();
    let near_end = bytes.len() - 60;
    bytes[near_end] ^= 1;
    let changed = open_message(&bytes, &ours, &[], 1 << 20, now());
    assert_eq!(changed.unwrap_err(), Unopened::Tampered);
}

#[test]
fn a_signature_beside_the_text_names_its_digest() {
    let team = team();
    let (signature, micalg) = sign_detached(TEXT, &mail_keys(&team), now()).unwrap();
    assert_eq!(micalg, "pgp-sha512");
    let judged = |bytes| {
        crate::pgp::verify(bytes, signature.as_bytes(), &[team.certificate()], now()).verdict
    };
    assert!(matches!(judged(TEXT), Verdict::Good(_)));
    assert!(matches!(judged(b"autre chose"), Verdict::Bad { .. }));
    let packets = sealed(&signature);
    let [Packet::Signature(signature)] = &packets[..] else {
        unreachable!("{packets:?}")
    };
    assert_eq!(signature.hash_algo(), HashAlgorithm::SHA512);
    assert_eq!(signature.typ(), SignatureType::Binary);
    assert_eq!(
        sign_detached(TEXT, &mail_keys(&team), day(2030, 1, 1)).unwrap_err(),
        PgpError::NoSigningKey
    );
}

#[test]
fn the_passphrase_opens_and_nothing_else_does() {
    let ours = mail_keys(&team());
    for signer in [None, Some(&ours)] {
        let message = encrypt_with_passphrase(TEXT, PASSPHRASE, signer, now()).unwrap();
        assert!(has_checksum(&message));
        let message = message.as_bytes();
        let opened = open_with_passphrase(message, PASSPHRASE, 1 << 20, now()).unwrap();
        assert_eq!(*opened, TEXT);
        let refused = |passphrase, limit| {
            open_with_passphrase(message, passphrase, limit, now()).unwrap_err()
        };
        assert_eq!(refused("galet", 1 << 20), PgpError::WrongPassphrase);
        let limit_bytes = TEXT.len() - 1;
        assert_eq!(
            refused(PASSPHRASE, limit_bytes),
            PgpError::TooLarge { limit_bytes }
        );
    }
    let blank = encrypt_with_passphrase(TEXT, " \t", None, now());
    assert_eq!(blank.unwrap_err(), PgpError::PassphraseRequired);
}

#[test]
fn the_key_in_the_header_is_small_and_serves_both_ways() {
    let team = team();
    let bytes = autocrypt_key(&team.certificate(), MAIL, now()).unwrap();
    assert!(bytes.len() < 2048, "{} bytes", bytes.len());
    let small = Certificate::parse(&bytes).unwrap();
    let roles: Vec<KeyRole> = small
        .roles(now())
        .into_iter()
        .map(|(_, role)| role)
        .collect();
    assert_eq!(
        roles,
        [KeyRole::Certification, KeyRole::Mail, KeyRole::Encryption]
    );
    let message = encrypt(TEXT, std::slice::from_ref(&small), None, now()).unwrap();
    let ours = mail_keys(&team);
    assert!(open_message(message.as_bytes(), &ours, &[], 1 << 20, now()).is_ok());
    let (signature, _) = sign_detached(TEXT, &ours, now()).unwrap();
    let verdict = crate::pgp::verify(TEXT, signature.as_bytes(), &[small], now()).verdict;
    assert!(matches!(verdict, Verdict::Good(_)), "{verdict:?}");
}

#[test]
fn of_many_names_and_subkeys_the_header_takes_one_each() {
    let many = (0..40).fold(correspondent(), |builder, n| {
        builder
            .add_userid(format!("Autre {n} <autre-{n}@batardiere.example>"))
            .add_transport_encryption_subkey()
            .add_signing_subkey()
    });
    let many = public(&made(many));
    assert!(many.to_bytes().unwrap().len() > MAX_AUTOCRYPT_BYTES);
    let small = autocrypt_key(&many, "Autre-7@batardiere.example", now()).unwrap();
    let small = Certificate::parse(&small).unwrap();
    assert_eq!(
        small.user_ids(now()),
        ["Autre 7 <autre-7@batardiere.example>"]
    );
    assert_eq!(small.keys(now()).len(), 3);
    assert_eq!(
        autocrypt_key(&many, MAIL, day(2030, 1, 1)).unwrap_err(),
        PgpError::Expired {
            on: many.expires_at(now()).unwrap()
        }
    );
}

/// What a recipient with bad intentions does: takes the signature along to somebody else.
mod passing_on {
    use std::io::Write;

    use openpgp::{
        crypto::SessionKey,
        packet::PKESK,
        parse::{PacketParser, PacketParserResult},
        policy::Policy,
        serialize::{
            Serialize,
            stream::{Encryptor, Message},
        },
        types::SymmetricAlgorithm,
    };

    use super::*;

    pub(super) fn again(message: &[u8], from: &Cert, to: &Cert, policy: &dyn Policy) -> Vec<u8> {
        let mut slots: Vec<PKESK> = Vec::new();
        let mut inside: Vec<Packet> = Vec::new();
        let mut result = PacketParser::from_bytes(message).unwrap();
        while let PacketParserResult::Some(mut parser) = result {
            if let Packet::SEIP(_) = parser.packet {
                let (algorithm, key) = session(&slots, from);
                parser.decrypt(algorithm, &key).unwrap();
            }
            if matches!(parser.packet, Packet::Literal(_)) {
                parser.buffer_unread_content().unwrap();
            }
            let (packet, next) = parser.recurse().unwrap();
            match packet {
                Packet::PKESK(slot) => slots.push(slot),
                Packet::OnePassSig(_) | Packet::Literal(_) | Packet::Signature(_) => {
                    inside.push(packet);
                }
                _ => {}
            }
            result = next;
        }
        let mut sealed = Vec::new();
        let recipients = to
            .keys()
            .with_policy(policy, policy_time())
            .for_transport_encryption();
        let mut message = Encryptor::for_recipients(Message::new(&mut sealed), recipients)
            .build()
            .unwrap();
        let mut bytes = Vec::new();
        for packet in inside {
            packet.serialize(&mut bytes).unwrap();
        }
        message.write_all(&bytes).unwrap();
        message.finalize().unwrap();
        sealed
    }

    fn policy_time() -> SystemTime {
        SystemTime::from(now())
    }

    fn session(slots: &[PKESK], from: &Cert) -> (Option<SymmetricAlgorithm>, SessionKey) {
        for key in from.keys().secret() {
            let mut pair = key.key().clone().into_keypair().unwrap();
            for slot in slots {
                if let Some(found) = slot.decrypt(&mut pair, None) {
                    return found;
                }
            }
        }
        unreachable!("not a recipient")
    }
}

/// `cargo nextest run --workspace --lib --run-ignored only -E 'test(how_long)' --no-capture`: 25 MiB of noise, and a
/// thousand mails of 10 KiB, each to two recipients and signed.
#[test]
#[ignore = "a measurement, not a rule"]
fn how_long_large_and_small_messages_take() {
    let ours = mail_keys(&team());
    let to = [
        public(&made(correspondent())),
        public(&made(correspondent())),
    ];
    let mut seed = 1_u64;
    let plain: Vec<u8> = (0..25 * 1024 * 1024)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed.to_be_bytes()[0]
        })
        .collect();
    for _ in 0..7 {
        let start = std::time::Instant::now();
        let message = encrypt(&plain, &to, Some(&ours), now()).unwrap();
        println!("{} bytes in {:?}", message.len(), start.elapsed());
    }
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        encrypt(&plain[..10 * 1024], &to, Some(&ours), now()).unwrap();
    }
    println!("a thousand small ones in {:?}", start.elapsed());
}
