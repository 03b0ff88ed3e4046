use super::*;

#[test]
fn an_rsa_key_is_extended_rotated_and_revoked_like_any_other() {
    let key = imported(CipherSuite::RSA3k);
    let end = day(2030, 1, 1);
    let extended = key.extend(end, at()).unwrap().key;
    assert!(
        extended
            .certificate()
            .keys(after())
            .iter()
            .all(|k| k.expires == Some(end))
    );
    let rotated = extended
        .rotate(Rotation::Encryption, end, after())
        .unwrap()
        .key;
    let seen = day(2027, 6, 3);
    let keys = rotated.certificate().keys(seen);
    let live: Vec<&str> = keys
        .iter()
        .filter(|k| k.role == KeyRole::Encryption && k.is_usable(seen))
        .map(|k| k.algorithm.as_str())
        .collect();
    assert_eq!(live, ["Curve25519"]);
    let revoked = rotated
        .revoke(RevocationReason::Retired, "", seen)
        .unwrap()
        .key;
    assert!(revoked.certificate().is_revoked(day(2027, 6, 4)));
}

#[test]
fn a_signing_subkey_that_does_not_say_what_it_signs_is_kept_and_the_new_one_preferred() {
    let key = imported(CipherSuite::Cv25519);
    let rotated = key
        .rotate(Rotation::Documents, day(2029, 1, 1), at())
        .unwrap();
    assert!(
        matches!(rotated.change, KeyChange::Rotated { ref superseded, .. } if superseded.is_empty())
    );
    assert_eq!(of_role(&rotated.key, KeyRole::Signing).len(), 2);
    assert!(
        of_role(&rotated.key, KeyRole::Signing)
            .iter()
            .all(|k| k.is_usable(after()))
    );
    let new = of_role(&rotated.key, KeyRole::Documents)[0]
        .fingerprint
        .clone();
    assert_eq!(
        *Sharing::by_role(&rotated.key, after())
            .unwrap()
            .document_key(),
        new
    );
}

#[test]
fn a_subkey_on_a_card_is_extended_without_its_secret() {
    let cert = foreign(CipherSuite::Cv25519);
    let on_card = cert
        .keys()
        .subkeys()
        .find(|k| k.key().pk_algo().for_signing());
    let on_card = on_card.unwrap().key().fingerprint();
    let part = cert
        .as_tsk()
        .set_filter(|k| k.fingerprint() != on_card)
        .to_vec()
        .unwrap();
    let key = TeamKey::open(&part).unwrap();
    let extended = key.extend(day(2030, 1, 1), at()).unwrap().key;
    let keys = extended.certificate().keys(after());
    assert!(
        keys.iter()
            .all(|k| k.expires == Some(day(2030, 1, 1)) && k.is_usable(after()))
    );
    assert_eq!(extended.secret_keys(after()).len(), 2);
}

/// The certificate with one binding made anew by SHA-1, in place of the good one.
fn sha1_bound(cert: &Cert, weaken_name: bool) -> TeamKey {
    let secret = cert
        .primary_key()
        .key()
        .clone()
        .parts_into_secret()
        .unwrap();
    let mut signer = secret.into_keypair().unwrap();
    let weak = |old: openpgp::packet::Signature| {
        SignatureBuilder::from(old)
            .set_hash_algo(HashAlgorithm::SHA1)
            .set_signature_creation_time(SystemTime::from(day(2025, 1, 1)))
            .unwrap()
    };
    let mut packets = vec![Packet::from(
        cert.primary_key()
            .key()
            .clone()
            .parts_into_secret()
            .unwrap(),
    )];
    let direct = cert.primary_key().self_signatures().next().unwrap().clone();
    let direct = if weaken_name {
        weak(direct)
            .sign_direct_key(&mut signer, cert.primary_key().key())
            .unwrap()
    } else {
        direct
    };
    packets.push(direct.into());
    for name in cert.userids() {
        let old = name.self_signatures().next().unwrap().clone();
        let binding = if weaken_name {
            name.userid().bind(&mut signer, cert, weak(old)).unwrap()
        } else {
            old
        };
        packets.extend([Packet::from(name.userid().clone()), binding.into()]);
    }
    for subkey in cert.keys().subkeys() {
        let key: Key<_, _> = subkey.key().clone();
        let old = subkey.self_signatures().next().unwrap().clone();
        let binding = if weaken_name || key.pk_algo().for_signing() {
            old
        } else {
            key.bind(&mut signer, cert, weak(old)).unwrap()
        };
        packets.extend([
            Packet::from(key.parts_into_secret().unwrap()),
            binding.into(),
        ]);
    }
    TeamKey::with_open_secrets(Cert::from_packets(packets.into_iter()).unwrap())
}

#[test]
fn a_certificate_bound_by_sha1_alone_is_only_revoked() {
    let weak = sha1_bound(&foreign(CipherSuite::Cv25519), true);
    for change in each_change(&weak) {
        assert_eq!(refused(change), ChangeRefused::Key(PgpError::WeakKey));
    }
    assert!(weak.revoke(RevocationReason::Superseded, "", at()).is_ok());
}

#[test]
fn a_subkey_bound_by_sha1_is_not_renewed_but_replaced() {
    let weak = sha1_bound(&foreign(CipherSuite::Cv25519), false);
    let bound = of_role(&weak, KeyRole::Encryption)[0].clone();
    assert!(bound.weak);
    let extended = weak.extend(day(2030, 1, 1), at()).unwrap();
    assert!(
        matches!(extended.change, KeyChange::Extended { ref keys, .. } if keys.len() == 2 && !keys.contains(&bound.fingerprint))
    );
    let rotated = weak
        .rotate(Rotation::Encryption, day(2029, 1, 1), at())
        .unwrap();
    assert!(
        matches!(rotated.change, KeyChange::Rotated { ref superseded, .. } if *superseded == [bound.fingerprint.clone()])
    );
    assert_eq!(secrets(&rotated.key).len(), 4);
}
