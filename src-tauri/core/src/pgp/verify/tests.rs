#![allow(clippy::unwrap_used, clippy::panic)]

use openpgp::{
    armor,
    cert::CertBuilder,
    packet::signature::SignatureBuilder,
    serialize::{
        SerializeInto,
        stream::{Encryptor, LiteralWriter, Message, Signer as StreamSigner},
    },
    types::{HashAlgorithm, ReasonForRevocation},
};
use proptest::prelude::*;

use super::*;
use crate::pgp::{
    TeamKey,
    testing::{MAIL, NAME, day, lead, team},
};

const FILE: &[u8] = b"Synth\xc3\xa8se PDL-2026-0042\n";

fn certificates(team: &TeamKey) -> [Certificate; 1] {
    [team.certificate()]
}

fn signed() -> (TeamKey, String) {
    let team = team();
    let signature = lead(&team).sign(FILE, day(2026, 3, 2)).unwrap();
    (team, signature)
}

/// A signature by the subkey of this role, with whatever the test wants to be wrong.
fn signature_by(
    team: &TeamKey,
    role: KeyRole,
    change: impl Fn(SignatureBuilder) -> SignatureBuilder,
) -> Vec<u8> {
    let at = day(2026, 3, 2);
    let fingerprint = team
        .secret_keys(at)
        .into_iter()
        .find(|k| k.role == role)
        .unwrap()
        .fingerprint;
    let mut keys = team.cert().keys().secret();
    let key = keys
        .find(|k| Fingerprint::from(k.key().fingerprint()) == fingerprint)
        .unwrap()
        .key()
        .clone();
    let builder = SignatureBuilder::new(SignatureType::Binary)
        .set_signature_creation_time(SystemTime::from(at))
        .unwrap();
    let signature = change(builder)
        .sign_message(&mut key.into_keypair().unwrap(), FILE)
        .unwrap();
    Packet::from(signature).to_vec().unwrap()
}

fn good(verification: &Verification) -> &Signer {
    match &verification.verdict {
        Verdict::Good(signer) => signer,
        other => panic!("not good: {other:?}"),
    }
}

#[test]
fn the_leads_signature_is_good_and_says_who_when_and_as_what() {
    let (team, signature) = signed();
    let verification = verify(
        FILE,
        signature.as_bytes(),
        &certificates(&team),
        day(2026, 6, 1),
    );
    let signer = good(&verification);
    assert_eq!(signer.certificate, team.certificate().fingerprint());
    assert_eq!(signer.key, lead(&team).key());
    assert_eq!(
        signer.user_id.as_deref(),
        Some(format!("{NAME} <{MAIL}>").as_str())
    );
    assert_eq!(
        (signer.role, signer.signed_at),
        (KeyRole::Documents, day(2026, 3, 2))
    );
    assert_eq!(verification.signatures.first(), Some(&verification.verdict));
    assert_eq!(verification.signatures.len(), 1);
}

#[test]
fn a_signature_of_a_text_does_not_mind_the_ends_of_its_lines() {
    let team = team();
    let at = day(2026, 3, 2);
    let key = team
        .cert()
        .keys()
        .secret()
        .find(|k| Fingerprint::from(k.key().fingerprint()) == lead(&team).key());
    let signature = SignatureBuilder::new(SignatureType::Text)
        .set_signature_creation_time(SystemTime::from(at))
        .unwrap()
        .sign_message(
            &mut key.unwrap().key().clone().into_keypair().unwrap(),
            b"un\r\ndeux\r\n",
        )
        .unwrap();
    let signature = Packet::from(signature).to_vec().unwrap();
    let verdict = |file| verify(file, &signature, &certificates(&team), day(2026, 6, 1)).verdict;
    for same in [b"un\r\ndeux\r\n".as_slice(), b"un\ndeux\n", b"un\rdeux\n"] {
        assert!(matches!(verdict(same), Verdict::Good(_)));
    }
    for other in [b"un\ndeux".as_slice(), b"un\n\ndeux\n", b"un \ndeux\n"] {
        assert!(matches!(verdict(other), Verdict::Bad { .. }));
    }
}

#[test]
fn an_analysts_mail_key_is_told_from_the_leads() {
    let team = team();
    let signature = signature_by(&team, KeyRole::Mail, |b| b);
    let verification = verify(FILE, &signature, &certificates(&team), day(2026, 6, 1));
    assert_eq!(good(&verification).role, KeyRole::Mail);
}

#[test]
fn one_changed_byte_is_bad_even_when_the_key_has_expired() {
    let (team, signature) = signed();
    for at in [day(2026, 6, 1), day(2030, 1, 1)] {
        let verification = verify(b"autre", signature.as_bytes(), &certificates(&team), at);
        assert!(
            matches!(verification.verdict, Verdict::Bad { .. }),
            "{verification:?}"
        );
    }
}

#[test]
fn another_teams_signature_is_of_an_unknown_key() {
    let (signer, signature) = signed();
    let verification = verify(
        FILE,
        signature.as_bytes(),
        &certificates(&team()),
        day(2026, 6, 1),
    );
    let issuer = Issuer::Fingerprint(lead(&signer).key());
    assert_eq!(
        verification.verdict,
        Verdict::UnknownKey {
            issuer: issuer.clone()
        }
    );
    assert_eq!(
        verify(FILE, signature.as_bytes(), &[], day(2026, 6, 1)).verdict,
        Verdict::UnknownKey { issuer }
    );
}

#[test]
fn a_document_stays_good_after_its_key_has_expired() {
    let (team, signature) = signed();
    good(&verify(
        FILE,
        signature.as_bytes(),
        &certificates(&team),
        day(2030, 1, 1),
    ));
}

#[test]
fn a_signature_made_after_the_expiry_is_not_good() {
    let team = team();
    let late = signature_by(&team, KeyRole::Documents, |b| {
        b.set_signature_creation_time(SystemTime::from(day(2029, 1, 1)))
            .unwrap()
    });
    let verification = verify(FILE, &late, &certificates(&team), day(2030, 1, 1));
    assert!(
        matches!(verification.verdict, Verdict::ExpiredKey { expired_on, .. } if expired_on == day(2028, 3, 1)),
        "{verification:?}"
    );
}

/// The team's certificate with a revocation of 1 May 2026.
fn revoked(team: &TeamKey, reason: ReasonForRevocation) -> [Certificate; 1] {
    let mut primary = team
        .cert()
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap()
        .into_keypair()
        .unwrap();
    let revocation = openpgp::cert::CertRevocationBuilder::new()
        .set_signature_creation_time(SystemTime::from(day(2026, 5, 1)))
        .unwrap()
        .set_reason_for_revocation(reason, b"")
        .unwrap()
        .build(&mut primary, team.cert(), None)
        .unwrap();
    [Certificate::public_part_of(
        &team.cert().clone().insert_packets(revocation).unwrap().0,
    )]
}

#[test]
fn a_compromised_key_spoils_its_older_signatures_and_a_retired_one_does_not() {
    let (team, signature) = signed();
    let at = day(2026, 6, 1);
    let compromised = verify(
        FILE,
        signature.as_bytes(),
        &revoked(&team, ReasonForRevocation::KeyCompromised),
        at,
    );
    assert!(
        matches!(compromised.verdict, Verdict::RevokedKey { .. }),
        "{compromised:?}"
    );
    let retired = revoked(&team, ReasonForRevocation::KeyRetired);
    good(&verify(FILE, signature.as_bytes(), &retired, at));
    let later = signature_by(&team, KeyRole::Documents, |b| {
        b.set_signature_creation_time(SystemTime::from(day(2026, 5, 2)))
            .unwrap()
    });
    assert!(matches!(
        verify(FILE, &later, &retired, at).verdict,
        Verdict::RevokedKey { .. }
    ));
}

/// What is left of the certificate when its owner renewed it on 1 May and published only that.
fn renewed(team: &TeamKey) -> [Certificate; 1] {
    let cert = team.cert().clone().strip_secret_key_material();
    let primary = team.cert().primary_key().key().clone();
    let mut signer = primary.parts_into_secret().unwrap().into_keypair().unwrap();
    let again = |old: &Signature| {
        SignatureBuilder::from(old.clone())
            .set_signature_creation_time(SystemTime::from(day(2026, 5, 1)))
            .unwrap()
    };
    let mut packets = vec![Packet::from(cert.primary_key().key().clone())];
    for user_id in cert.userids() {
        let builder = again(user_id.self_signatures().next().unwrap());
        packets.push(user_id.userid().clone().into());
        packets.push(
            user_id
                .userid()
                .bind(&mut signer, &cert, builder)
                .unwrap()
                .into(),
        );
    }
    for subkey in cert.keys().subkeys() {
        let builder = again(subkey.self_signatures().next().unwrap());
        packets.push(subkey.key().clone().into());
        packets.push(
            subkey
                .key()
                .bind(&mut signer, &cert, builder)
                .unwrap()
                .into(),
        );
    }
    [Certificate::public_part_of(
        &Cert::from_packets(packets.into_iter()).unwrap(),
    )]
}

#[test]
fn a_signature_older_than_the_last_renewal_stays_good() {
    let (team, signature) = signed();
    let verification = verify(FILE, signature.as_bytes(), &renewed(&team), day(2026, 6, 1));
    assert_eq!(good(&verification).role, KeyRole::Documents);
}

#[test]
fn a_sha1_signature_is_weak_and_not_bad() {
    let team = team();
    let sha1 = signature_by(&team, KeyRole::Documents, |b| {
        b.set_hash_algo(HashAlgorithm::SHA1)
    });
    let verification = verify(FILE, &sha1, &certificates(&team), day(2026, 6, 1));
    assert!(
        matches!(verification.verdict, Verdict::Weak { .. }),
        "{verification:?}"
    );
    assert!(matches!(
        verify(b"autre", &sha1, &certificates(&team), day(2026, 6, 1)).verdict,
        Verdict::Bad { .. }
    ));
}

#[test]
fn the_primary_key_is_not_allowed_to_sign_files() {
    let team = team();
    let signature = signature_by(&team, KeyRole::Certification, |b| b);
    let verification = verify(FILE, &signature, &certificates(&team), day(2026, 6, 1));
    assert!(
        matches!(verification.verdict, Verdict::NotForSigning { .. }),
        "{verification:?}"
    );
}

#[test]
fn a_signature_from_the_future_or_past_its_own_end_is_out_of_time() {
    let (team, signature) = signed();
    let future = verify(
        FILE,
        signature.as_bytes(),
        &certificates(&team),
        day(2026, 3, 1),
    );
    assert!(
        matches!(future.verdict, Verdict::OutOfTime { .. }),
        "{future:?}"
    );
    let brief = signature_by(&team, KeyRole::Documents, |b| {
        b.set_signature_validity_period(Duration::from_secs(3600))
            .unwrap()
    });
    let verification = verify(FILE, &brief, &certificates(&team), day(2026, 6, 1));
    assert!(
        matches!(verification.verdict, Verdict::OutOfTime { .. }),
        "{verification:?}"
    );
}

#[test]
fn an_extension_that_must_be_understood_is_not_passed_over() {
    let team = team();
    let signature = signature_by(&team, KeyRole::Documents, |b| {
        b.set_notation("regle@autre.example", b"x", None, true)
            .unwrap()
    });
    let verification = verify(FILE, &signature, &certificates(&team), day(2026, 6, 1));
    assert!(
        matches!(verification.verdict, Verdict::Unsupported { .. }),
        "{verification:?}"
    );
}

#[test]
fn a_foreign_key_appended_to_the_certificate_is_still_unknown() {
    let (signer, signature) = signed();
    let team = team();
    let foreign = signer
        .cert()
        .keys()
        .subkeys()
        .map(|k| Packet::from(k.key().clone().parts_into_public()));
    let stuffed = team
        .cert()
        .clone()
        .insert_packets(foreign.collect::<Vec<_>>())
        .unwrap()
        .0;
    let stuffed = [Certificate::public_part_of(&stuffed)];
    let verification = verify(FILE, signature.as_bytes(), &stuffed, day(2026, 6, 1));
    assert!(
        matches!(verification.verdict, Verdict::UnknownKey { .. }),
        "{verification:?}"
    );
}

#[test]
fn two_signatures_are_good_only_when_none_is_bad() {
    let (a, first) = signed();
    let (b, second) = signed();
    let of_another_file = lead(&b).sign(b"autre", day(2026, 3, 2)).unwrap();
    let both = [a.certificate(), b.certificate()];
    let at = day(2026, 6, 1);

    let two = verify(FILE, format!("{first}\n{second}").as_bytes(), &both, at);
    good(&two);
    assert_eq!(two.signatures.len(), 2);

    let one_unknown = verify(
        FILE,
        format!("{first}\n{second}").as_bytes(),
        &both[..1],
        at,
    );
    good(&one_unknown);
    assert!(matches!(
        one_unknown.signatures[1],
        Verdict::UnknownKey { .. }
    ));

    for text in [
        format!("{first}\n{of_another_file}"),
        format!("{of_another_file}\n{first}"),
    ] {
        let mixed = verify(FILE, text.as_bytes(), &both, at);
        assert!(matches!(mixed.verdict, Verdict::Bad { .. }), "{mixed:?}");
    }

    let joined = [
        signature_by(&a, KeyRole::Documents, |b| b),
        signature_by(&b, KeyRole::Documents, |b| b),
    ]
    .concat();
    assert_eq!(verify(FILE, &joined, &both, at).signatures.len(), 2);
}

#[test]
fn what_is_no_detached_signature_is_named() {
    let (team, signature) = signed();
    let found =
        |input: &[u8]| match verify(FILE, input, &certificates(&team), day(2026, 6, 1)).verdict {
            Verdict::NotASignature(found) => found,
            other => panic!("{other:?}"),
        };
    let clearsigned =
        format!("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nbonjour\n{signature}");
    assert_eq!(found(clearsigned.as_bytes()), Found::ClearsignedText);
    assert_eq!(found(b""), Found::Empty);
    assert_eq!(found(b"bonjour"), Found::Garbage);
    assert_eq!(found(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), Found::Garbage);
    assert_eq!(found(&vec![b'x'; MAX_SIGNATURE_BYTES + 1]), Found::TooLarge);
    assert_eq!(
        found(&signature_by(&team, KeyRole::Documents, |b| b).repeat(MAX_SIGNATURES + 1)),
        Found::TooLarge
    );
    assert_eq!(
        found(team.certificate().armoured().unwrap().as_bytes()),
        Found::Key
    );
    assert_eq!(
        found(&signature.as_bytes()[..signature.len() / 2]),
        Found::Truncated
    );
    let binary = signature_by(&team, KeyRole::Documents, |b| b);
    assert_eq!(found(&binary[..binary.len() - 3]), Found::Truncated);
    assert_eq!(found(&inline_signed()), Found::SignedMessage);
    let encrypted = encrypted(FILE);
    assert_eq!(found(&encrypted), Found::EncryptedMessage);
    let armour = |bytes: &[u8]| packets::armour(armor::Kind::Message, 4, bytes).unwrap();
    assert_eq!(
        found(armour(&encrypted).as_bytes()),
        Found::EncryptedMessage
    );
    let long = "x".repeat(MAX_SIGNATURE_BYTES);
    let long = armour(&self::encrypted(long.as_bytes()));
    assert_eq!(found(long.as_bytes()), Found::EncryptedMessage);
    let revocation = TeamKey::generate(NAME, MAIL, day(2026, 3, 1), day(2028, 3, 1))
        .unwrap()
        .revocation;
    assert_eq!(found(revocation.as_bytes()), Found::Certification);
}

fn encrypted(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let message = Encryptor::with_passwords(Message::new(&mut bytes), Some("mot de passe"));
    let mut message = LiteralWriter::new(message.build().unwrap())
        .build()
        .unwrap();
    std::io::Write::write_all(&mut message, text).unwrap();
    message.finalize().unwrap();
    bytes
}

fn inline_signed() -> Vec<u8> {
    let (cert, _) = CertBuilder::general_purpose(Some("<a@b.example>"))
        .generate()
        .unwrap();
    let policy = openpgp::policy::StandardPolicy::new();
    let key = cert
        .keys()
        .secret()
        .with_policy(&policy, None)
        .for_signing()
        .next()
        .unwrap();
    let mut bytes = Vec::new();
    let message = StreamSigner::new(
        Message::new(&mut bytes),
        key.key().clone().into_keypair().unwrap(),
    )
    .unwrap()
    .build()
    .unwrap();
    let mut message = LiteralWriter::new(message).build().unwrap();
    std::io::Write::write_all(&mut message, FILE).unwrap();
    message.finalize().unwrap();
    bytes
}

#[test]
fn no_cut_of_a_signature_is_good() {
    let (team, signature) = signed();
    let binary = signature_by(&team, KeyRole::Documents, |b| b);
    let armour_end = signature.find("-----END").unwrap();
    for cut in (0..armour_end)
        .map(|n| &signature.as_bytes()[..n])
        .chain((0..binary.len()).map(|n| &binary[..n]))
    {
        let verification = verify(FILE, cut, &certificates(&team), day(2026, 6, 1));
        assert!(
            matches!(verification.verdict, Verdict::NotASignature(_)),
            "{} bytes: {verification:?}",
            cut.len()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_get_a_verdict(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let verdict = verify(FILE, &bytes, &[], day(2026, 6, 1)).verdict;
        prop_assert!(!matches!(verdict, Verdict::Good(_)));
    }

    #[test]
    fn a_damaged_signature_never_signs_another_file(at in 0usize..200, with in any::<u8>()) {
        let (team, _) = signed();
        let mut bytes = signature_by(&team, KeyRole::Documents, |b| b);
        let place = at % bytes.len();
        bytes[place] = with;
        let verdict = verify(b"autre", &bytes, &certificates(&team), day(2026, 6, 1)).verdict;
        prop_assert!(!matches!(verdict, Verdict::Good(_)));
    }
}
