use chrono::Duration;
use openpgp::{
    Profile,
    cert::{CertBuilder, CipherSuite},
    packet::signature::SignatureBuilder,
    types::{ReasonForRevocation, SignatureType},
};

use super::*;
use crate::pgp::{
    RevocationReason, Rotation, TeamKey,
    testing::{MAIL, NAME, day, team},
};

fn now() -> DateTime<Utc> {
    day(2026, 3, 12)
}

fn one(bytes: &[u8]) -> Result<Certificate, PgpError> {
    let mut found = parse_many(bytes);
    assert_eq!(found.len(), 1);
    found.pop().unwrap()
}

/// A foreign key with its secrets, made on 1 January 2026 for two years.
fn foreign(name: &str) -> Cert {
    let day = SystemTime::from(day(2026, 1, 1));
    CertBuilder::general_purpose(Some(name))
        .set_creation_time(day)
        .set_validity_period(std::time::Duration::from_secs(730 * 86_400))
        .generate()
        .unwrap()
        .0
}

fn bytes(cert: &Cert) -> Vec<u8> {
    cert.clone().strip_secret_key_material().to_vec().unwrap()
}

/// `signer` certifies the first name of `cert` so many times.
fn certified(cert: &Cert, signer: &Cert, times: usize) -> Vec<Packet> {
    let mut pair = signer
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap()
        .into_keypair()
        .unwrap();
    let name = cert.userids().next().unwrap().userid().clone();
    (0..times)
        .map(|n| {
            let at = day(2026, 2, 1) + Duration::seconds(n as i64);
            let signature = SignatureBuilder::new(SignatureType::PositiveCertification)
                .set_signature_creation_time(SystemTime::from(at))
                .unwrap();
            let signature =
                signature.sign_userid_binding(&mut pair, cert.primary_key().key(), &name);
            signature.unwrap().into()
        })
        .collect()
}

#[test]
fn a_file_of_several_blocks_gives_each_key_and_each_reason() {
    let armoured = |key: &TeamKey| key.certificate().armoured().unwrap();
    let (first, second) = (team(), team());
    let secret = String::from_utf8(
        foreign("x <x@y.example>")
            .as_tsk()
            .armored()
            .to_vec()
            .unwrap(),
    )
    .unwrap();
    let message = "-----BEGIN PGP MESSAGE-----\n\nrubbish\n-----END PGP MESSAGE-----\n";
    let file = format!(
        "Bonjour,\n{}\nvoici aussi\n{secret}\n{message}\n{}",
        armoured(&first),
        armoured(&second)
    );
    let found = parse_many(file.as_bytes());
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].as_ref().unwrap(), &first.certificate());
    assert_eq!(found[1], Err(PgpError::UnexpectedSecretKey));
    assert!(found[2].is_err());
    assert_eq!(found[3].as_ref().unwrap(), &second.certificate());
}

#[test]
fn a_binary_ring_gives_each_key_and_a_cut_one_costs_only_itself() {
    let keys = [team(), team(), team()];
    let mut ring: Vec<u8> = keys
        .iter()
        .flat_map(|key| key.certificate().to_bytes().unwrap())
        .collect();
    assert_eq!(parse_many(&ring).len(), 3);
    ring.truncate(ring.len() - 7);
    let found = parse_many(&ring);
    assert_eq!(found.len(), 3);
    assert!(found[0].is_ok() && found[1].is_ok());
    assert_eq!(found[2], Err(PgpError::Truncated));
}

#[test]
fn what_is_no_key_is_said_to_be_none() {
    assert_eq!(one(b""), Err(PgpError::NotOpenPgp));
    assert_eq!(one(b"Bonjour."), Err(PgpError::NotOpenPgp));
    assert_eq!(one(&[0x89, b'P', b'N', b'G']), Err(PgpError::NotOpenPgp));
    let much = vec![b'x'; MAX_KEY_FILE_BYTES + 1];
    assert!(matches!(one(&much), Err(PgpError::TooLarge { .. })));
}

#[test]
fn more_keys_than_an_import_takes_are_told() {
    let key = team().certificate().to_bytes().unwrap();
    let found = parse_many(&key.repeat(MAX_CERTIFICATES + 3));
    assert_eq!(found.len(), MAX_CERTIFICATES + 1);
    assert!(matches!(
        found.last(),
        Some(Err(PgpError::TooManyCertificates { .. }))
    ));
    let beginnings = b"-----BEGIN PGP ".repeat(100_000);
    assert_eq!(parse_many(&beginnings).len(), MAX_CERTIFICATES + 1);
}

#[test]
fn thousands_of_other_peoples_signatures_are_dropped_at_once() {
    let (victim, troll) = (
        foreign("Vic <vic@firme.example>"),
        foreign("T <t@t.example>"),
    );
    let some = certified(&victim, &troll, 20);
    let mut poisoned = bytes(&victim);
    // The last part of the key takes what follows; where they stand does not matter to who reads.
    for packet in some.iter().cycle().take(20_000) {
        poisoned.extend(packet.to_vec().unwrap());
    }
    let begin = std::time::Instant::now();
    let read = one(&poisoned).unwrap();
    assert!(begin.elapsed() < std::time::Duration::from_secs(20));
    assert_eq!(read.fitness(now()), KeyFitness::Fit);
    assert!(read.to_bytes().unwrap().len() < 10_000);
}

#[test]
fn a_certificate_of_thousands_of_subkeys_names_or_forged_signatures_is_refused_at_once() {
    let victim = foreign("Vic <vic@firme.example>");
    let whole = bytes(&victim);
    let packets: Vec<Packet> = victim
        .clone()
        .strip_secret_key_material()
        .into_packets()
        .collect();
    let subkey = packets
        .iter()
        .position(|packet| matches!(packet, Packet::PublicSubkey(_)))
        .unwrap();
    let one_more = |parts: &[&Packet]| -> Vec<u8> {
        parts
            .iter()
            .flat_map(|packet| packet.to_vec().unwrap())
            .collect()
    };
    let begin = std::time::Instant::now();
    let subkeys = one_more(&[&packets[subkey], &packets[subkey + 1]]).repeat(5_000);
    assert!(matches!(
        one(&[whole.clone(), subkeys].concat()),
        Err(PgpError::TooManyKeys { .. })
    ));
    let names: Vec<u8> = (0..5_000)
        .flat_map(|n| {
            one_more(&[&Packet::from(UserID::from(format!(
                "n{n} <n{n}@x.example>"
            )))])
        })
        .collect();
    assert!(matches!(
        one(&[whole.clone(), names].concat()),
        Err(PgpError::TooManyParts { .. })
    ));
    // In the owner's own name, as anybody can write it.
    let forged = one_more(&[&packets[subkey + 1]]).repeat(5_000);
    assert!(matches!(
        one(&[whole, forged].concat()),
        Err(PgpError::TooManyParts { .. })
    ));
    assert!(begin.elapsed() < std::time::Duration::from_secs(20));
}

#[test]
fn nothing_that_a_file_holds_makes_the_reading_stop_working() {
    let key = team().certificate().to_bytes().unwrap();
    for cut in 0..key.len() {
        let found = parse_many(&key[..cut]);
        assert_eq!(found.len(), 1, "{cut}");
    }
    for place in 0..key.len() {
        let mut changed = key.clone();
        changed[place] ^= 0x41;
        for read in parse_many(&changed).into_iter().flatten() {
            let _ = (read.fitness(now()), read.mail_addresses(now()));
        }
    }
}

#[test]
fn a_name_that_its_owner_never_bore_is_not_taken() {
    let (victim, troll) = (
        foreign("Vic <vic@firme.example>"),
        foreign("T <t@t.example>"),
    );
    let name = UserID::from("Direction <direction@autre.example>");
    let mut packets: Vec<Packet> = victim
        .clone()
        .strip_secret_key_material()
        .into_packets()
        .collect();
    packets.push(name.clone().into());
    packets.extend(certified(&victim, &troll, 1));
    let mut forged = Vec::new();
    for packet in &packets {
        forged.extend(packet.to_vec().unwrap());
    }
    let read = one(&forged).unwrap();
    assert_eq!(
        read.mail_addresses(now()).into_iter().collect::<Vec<_>>(),
        ["vic@firme.example"]
    );
    let known = one(&bytes(&victim)).unwrap();
    assert_eq!(known.merged_with(&read).unwrap(), None);
}

#[test]
fn a_key_of_the_sixth_version_is_as_good() {
    let cert = CertBuilder::general_purpose(Some("V6 <v6@firme.example>"))
        .set_profile(Profile::RFC9580)
        .unwrap()
        .set_creation_time(SystemTime::from(day(2026, 1, 1)))
        .generate()
        .unwrap()
        .0;
    assert_eq!(cert.primary_key().key().version(), 6);
    let read = one(&bytes(&cert)).unwrap();
    assert_eq!(read.fitness(now()), KeyFitness::Fit);
    let again = one(read.armoured().unwrap().as_bytes()).unwrap();
    assert_eq!(again, read);
}

#[test]
fn the_fitness_follows_the_calendar() {
    let read = one(&bytes(&foreign("Vic <vic@firme.example>"))).unwrap();
    let end = read.encryption_ends(now()).unwrap();
    assert_eq!(read.fitness(day(2025, 12, 1)), KeyFitness::NotYetValid);
    assert_eq!(read.fitness(end - Duration::seconds(1)), KeyFitness::Fit);
    assert_eq!(read.fitness(end), KeyFitness::Expired);
    assert_eq!(read.encryption_ends(end + Duration::days(9)), Some(end));
    assert!(
        !read.mail_addresses(day(2025, 12, 1)).is_empty(),
        "told by its name"
    );
}

#[test]
fn a_revoked_key_is_revoked_even_when_it_has_ended_too() {
    let revoked = team().revoke(RevocationReason::Retired, "", day(2026, 3, 2));
    let read = revoked.unwrap().key.certificate();
    assert_eq!(read.fitness(now()), KeyFitness::Revoked);
    assert_eq!(read.fitness(day(2030, 1, 1)), KeyFitness::Revoked);
}

#[test]
fn a_key_that_only_signs_and_one_whose_encryption_key_is_revoked_receive_nothing() {
    let build = || {
        CertBuilder::new()
            .set_creation_time(SystemTime::from(day(2026, 1, 1)))
            .add_userid("S <s@firme.example>")
            .add_signing_subkey()
    };
    let (signs, _) = build().generate().unwrap();
    assert_eq!(
        one(&bytes(&signs)).unwrap().fitness(now()),
        KeyFitness::NoEncryption
    );
    let (both, _) = build().add_storage_encryption_subkey().generate().unwrap();
    let mut pair = both
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap()
        .into_keypair()
        .unwrap();
    let subkey = both.keys().subkeys().last().unwrap();
    let revocation = openpgp::cert::SubkeyRevocationBuilder::new()
        .set_reason_for_revocation(ReasonForRevocation::KeyCompromised, b"")
        .unwrap()
        .build(&mut pair, &both, subkey.key(), None)
        .unwrap();
    let revoked = both.clone().insert_packets(vec![revocation]).unwrap().0;
    let found = one(&bytes(&revoked)).unwrap().fitness(now());
    assert!(
        matches!(found, KeyFitness::Revoked | KeyFitness::NoEncryption),
        "{found:?}"
    );
}

#[test]
fn an_rsa_key_of_2048_bits_still_receives_mail() {
    let (cert, _) = CertBuilder::general_purpose(Some("R <r@firme.example>"))
        .set_cipher_suite(CipherSuite::RSA2k)
        .set_creation_time(SystemTime::from(day(2026, 1, 1)))
        .generate()
        .unwrap();
    let read = one(&bytes(&cert)).unwrap();
    assert_eq!(read.fitness(now()), KeyFitness::Fit);
}

#[test]
fn a_longer_life_another_subkey_and_a_revocation_are_noticed_and_nothing_is_lost() {
    let key = team();
    let known = key.certificate();
    let merged = |known: &Certificate, new: &TeamKey| {
        known
            .merged_with(&new.certificate())
            .unwrap()
            .expect("something new")
    };
    assert_eq!(known.merged_with(&known).unwrap(), None);
    let longer = key.extend(day(2030, 3, 1), day(2026, 3, 3)).unwrap().key;
    let found = merged(&known, &longer);
    assert_eq!(found.encryption_ends(now()), Some(day(2030, 3, 1)));
    assert_eq!(
        found.merged_with(&known).unwrap(),
        None,
        "the older copy adds nothing"
    );
    let rotated = longer
        .rotate(Rotation::Encryption, day(2030, 3, 1), day(2026, 3, 4))
        .unwrap()
        .key;
    let with_subkey = merged(&found, &rotated);
    assert_eq!(with_subkey.keys(now()).len(), known.keys(now()).len() + 1);
    let revoked = key
        .revoke(RevocationReason::Compromised, "", day(2026, 3, 5))
        .unwrap()
        .key;
    let ended = merged(&with_subkey, &revoked);
    assert_eq!(ended.fitness(now()), KeyFitness::Revoked);
    assert_eq!(
        ended.merged_with(&rotated.certificate()).unwrap(),
        None,
        "a copy without the revocation does not bring the key back"
    );
}

#[test]
fn two_keys_are_not_made_into_one() {
    assert!(
        team()
            .certificate()
            .merged_with(&team().certificate())
            .is_err()
    );
}

#[test]
fn addresses_are_those_of_the_names_that_still_hold() {
    let other = "Astreinte <Astreinte@CSIRT-estuaire.example>";
    let key = team()
        .add_user_id(
            "Astreinte",
            "Astreinte@CSIRT-estuaire.example",
            day(2026, 3, 2),
        )
        .unwrap()
        .key;
    let addresses = |key: &TeamKey| key.certificate().mail_addresses(now());
    assert_eq!(addresses(&key).len(), 2);
    assert!(addresses(&key).contains("astreinte@csirt-estuaire.example"));
    let retired = key.retire_user_id(other, day(2026, 3, 3)).unwrap().key;
    assert_eq!(
        addresses(&retired).into_iter().collect::<Vec<_>>(),
        [MAIL.to_owned()]
    );
    let bare = TeamKey::generate(NAME, MAIL, day(2026, 3, 1), day(2028, 3, 1)).unwrap();
    assert_eq!(addresses(&bare.key).len(), 1);
}

#[test]
fn a_key_whose_owner_keeps_it_to_himself_is_none() {
    let local = CertBuilder::general_purpose(Some("x <x@y.example>"))
        .set_exportable(false)
        .set_creation_time(SystemTime::from(day(2026, 1, 1)))
        .generate()
        .unwrap()
        .0;
    assert!(matches!(one(&bytes(&local)), Err(PgpError::Damaged)));
}
