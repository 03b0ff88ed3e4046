use super::*;

#[test]
fn a_rotated_subkey_is_of_the_same_making_and_the_old_one_is_superseded_unless_it_signed_documents()
{
    for rotation in ROTATIONS {
        let (team, end) = (team(), day(2029, 6, 1));
        let old = of_role(&team, rotation.role());
        let team = team.extend(end, day(2027, 5, 1)).unwrap().key;
        let rotated = team.rotate(rotation, end, at()).unwrap();
        let keys = of_role(&rotated.key, rotation.role());
        let [was, is] = &keys[..] else {
            panic!("{keys:?}")
        };
        assert_eq!(was.fingerprint, old[0].fingerprint);
        let marked = rotation != Rotation::Documents;
        assert!(was.revoked == marked && is.is_usable(after()));
        assert_eq!((is.created, is.expires), (at(), Some(end)));
        assert_eq!(
            (is.capabilities, &is.algorithm, is.weak),
            (old[0].capabilities, &old[0].algorithm, false)
        );
        assert!(was.has_secret == is.has_secret && secrets(&rotated.key).len() == 5);
        let expected = KeyChange::Rotated {
            rotation,
            added: is.fingerprint.clone(),
            expires: end,
            superseded: marked
                .then(|| was.fingerprint.clone())
                .into_iter()
                .collect(),
        };
        assert_eq!(rotated.change, expected);
        let others = rotated.key.certificate().keys(after());
        let others = others.iter().filter(|k| k.role != rotation.role());
        assert!(others.into_iter().all(|k| k.is_usable(after())));
    }
}

#[test]
fn the_analysts_part_never_holds_a_document_secret_and_always_every_encryption_secret() {
    let mut key = team();
    let mut month = at();
    for rotation in ROTATIONS.into_iter().cycle().take(6) {
        month += chrono::Duration::days(30);
        key = key.rotate(rotation, day(2028, 3, 1), month).unwrap().key;
        let sharing = Sharing::by_role(&key, month).unwrap();
        let analyst = TeamKey::open(&key.analyst_part(&sharing).unwrap()).unwrap();
        let held = analyst.secret_keys(month);
        for k in key.secret_keys(month) {
            let shared = matches!(k.role, KeyRole::Mail | KeyRole::Encryption);
            let holds = held.iter().any(|h| h.fingerprint == k.fingerprint);
            assert_eq!(holds, shared, "{rotation:?}: {k:?}");
        }
        let document = key
            .secret_keys(month)
            .into_iter()
            .filter(|k| k.role == KeyRole::Documents)
            .max_by_key(|k| k.created)
            .unwrap();
        assert_eq!(*sharing.document_key(), document.fingerprint);
        assert_eq!(analyst.certificate(), key.certificate());
    }
    let made = key.secret_keys(month).into_iter();
    assert_eq!(made.filter(|k| k.role == KeyRole::Encryption).count(), 3);
}

#[test]
fn a_sharing_that_the_lead_chose_follows_the_new_subkeys() {
    let mut key = imported(CipherSuite::Cv25519);
    let encryption = of_role(&key, KeyRole::Encryption)[0].fingerprint.clone();
    let mut sharing = Sharing::chosen(&key, std::slice::from_ref(&encryption), at()).unwrap();
    let mut month = at();
    for rotation in ROTATIONS {
        month += chrono::Duration::days(30);
        let rotated = key.rotate(rotation, day(2029, 6, 1), month).unwrap();
        sharing = sharing.after(&rotated, month).unwrap();
        key = rotated.key;
    }
    let newest = |role| {
        let keys = key.certificate().keys(month).into_iter();
        let newest = keys.filter(|k| k.role == role).max_by_key(|k| k.created);
        newest.unwrap().fingerprint
    };
    let mut expected = [
        encryption,
        newest(KeyRole::Encryption),
        newest(KeyRole::Mail),
    ];
    expected.sort();
    assert_eq!(sharing.shared().cloned().collect::<Vec<_>>(), expected);
    assert_eq!(*sharing.document_key(), newest(KeyRole::Documents));
}

#[test]
fn only_the_live_subkey_is_superseded() {
    let superseded = |changed: &Changed| match &changed.change {
        KeyChange::Rotated { superseded, .. } => superseded.clone(),
        other => panic!("{other:?}"),
    };
    let once = team()
        .rotate(Rotation::Mail, day(2027, 7, 1), at())
        .unwrap();
    let twice = once
        .key
        .rotate(Rotation::Mail, day(2027, 9, 1), after())
        .unwrap();
    let KeyChange::Rotated { added, .. } = once.change else {
        panic!("{:?}", once.change)
    };
    assert_eq!(superseded(&twice), [added]);
    let late = day(2027, 10, 1);
    let thrice = twice
        .key
        .rotate(Rotation::Mail, day(2028, 1, 1), late)
        .unwrap();
    assert_eq!(superseded(&thrice), []);
}

#[test]
fn a_sharing_does_not_follow_the_change_of_another_key() {
    let sharing = Sharing::by_role(&team(), at()).unwrap();
    let other = team()
        .rotate(Rotation::Mail, day(2028, 3, 1), at())
        .unwrap();
    let refused = sharing.after(&other, after()).unwrap_err();
    assert!(matches!(refused, PgpError::NoSuchSecret(_)));
}

#[test]
fn a_change_between_two_seconds_holds_at_once() {
    let half = chrono::Duration::milliseconds(500);
    let (at, end) = (at() + half, day(2029, 1, 1) + half);
    let extended = team().extend(end, at).unwrap().key;
    let expected = Some(day(2029, 1, 1));
    assert_eq!(extended.certificate().expires_at(at), expected);
    let at = at + chrono::Duration::seconds(1);
    let rotated = extended.rotate(Rotation::Mail, end, at).unwrap().key;
    let live = rotated.certificate().keys(at).into_iter();
    let live: Vec<_> = live
        .filter(|k| k.role == KeyRole::Mail && k.is_usable(at))
        .collect();
    assert!(
        matches!(live[..], [ref k] if k.expires == expected),
        "{live:?}"
    );
}

#[test]
fn an_old_documents_signature_stays_good_through_rotation_and_extension() {
    let team = team();
    let signature = lead(&team).sign(FILE, day(2026, 3, 2)).unwrap();
    let end = day(2031, 1, 1);
    let extended = team.extend(end, at()).unwrap().key;
    let rotated = extended
        .rotate(Rotation::Documents, end, day(2028, 1, 1))
        .unwrap()
        .key;
    let renamed = rotated
        .add_user_id(
            "Astreinte",
            "astreinte@csirt-estuaire.example",
            day(2029, 1, 1),
        )
        .unwrap()
        .key;
    for (key, seen) in [
        (&extended, after()),
        (&rotated, day(2028, 1, 2)),
        (&renamed, day(2030, 1, 1)),
    ] {
        let published = key.certificate().armoured().unwrap();
        let published = Certificate::parse(published.as_bytes()).unwrap();
        let verdict = verify(FILE, signature.as_bytes(), &[published], seen).verdict;
        assert!(
            matches!(verdict, Verdict::Good(ref s) if s.role == KeyRole::Documents),
            "{verdict:?}"
        );
    }
}

#[test]
fn the_new_document_key_signs_and_the_old_one_stays_good_for_what_it_signed() {
    let team = team();
    let old = Sharing::by_role(&team, at())
        .unwrap()
        .document_key()
        .clone();
    let before = lead(&team).sign(FILE, at()).unwrap();
    let rotated = team
        .rotate(Rotation::Documents, day(2028, 3, 1), at())
        .unwrap();
    let KeyChange::Rotated {
        added, superseded, ..
    } = &rotated.change
    else {
        panic!("{:?}", rotated.change)
    };
    assert_eq!(superseded, &[]);
    let rotated = &rotated.key;
    let new = Sharing::by_role(rotated, after()).unwrap();
    assert!(new.document_key() == added && *added != old);
    let part = rotated.lead_part().unwrap();
    let signature = SigningMaterial::open(&part, added, after())
        .unwrap()
        .sign(FILE, after())
        .unwrap();
    for (signature, key) in [(&before, &old), (&signature, added)] {
        let seen = day(2027, 7, 1);
        let verdict = verify(FILE, signature.as_bytes(), &[rotated.certificate()], seen).verdict;
        assert!(
            matches!(verdict, Verdict::Good(ref s) if s.key == *key),
            "{verdict:?}"
        );
    }
}

/// A message to one key, as a correspondent writes it who has not seen the rotation.
fn encrypted_to(key: &TeamKey, to: &Fingerprint) -> Vec<u8> {
    let mut sealed = Vec::new();
    let subkey = key
        .cert()
        .keys()
        .find(|k| Fingerprint::from(k.key().fingerprint()) == *to);
    let subkey = subkey.unwrap().key();
    let recipient = Recipient::new(None, subkey.key_handle(), subkey);
    let message = Encryptor::for_recipients(Message::new(&mut sealed), [recipient]);
    let mut message = LiteralWriter::new(message.build().unwrap())
        .build()
        .unwrap();
    std::io::Write::write_all(&mut message, FILE).unwrap();
    message.finalize().unwrap();
    sealed
}

struct Reader<'a>(&'a TeamKey);

impl VerificationHelper for Reader<'_> {
    fn get_certs(&mut self, _: &[openpgp::KeyHandle]) -> openpgp::Result<Vec<Cert>> {
        Ok(Vec::new())
    }
    fn check(&mut self, _: MessageStructure<'_>) -> openpgp::Result<()> {
        Ok(())
    }
}

impl DecryptionHelper for Reader<'_> {
    fn decrypt(
        &mut self,
        sealed: &[openpgp::packet::PKESK],
        _: &[openpgp::packet::SKESK],
        algorithm: Option<openpgp::types::SymmetricAlgorithm>,
        decrypt: &mut dyn FnMut(
            Option<openpgp::types::SymmetricAlgorithm>,
            &openpgp::crypto::SessionKey,
        ) -> bool,
    ) -> openpgp::Result<Option<Cert>> {
        for key in self.0.cert().keys().secret() {
            let mut pair = key.key().clone().into_keypair()?;
            for one in sealed
                .iter()
                .filter(|p| p.recipient() == Some(key.key().key_handle()))
            {
                if let Some((algorithm, session)) = one.decrypt(&mut pair, algorithm) {
                    decrypt(algorithm, &session);
                }
            }
        }
        Ok(None)
    }
}

fn reads(part: &[u8], sealed: &[u8]) -> bool {
    let (key, policy) = (TeamKey::open(part).unwrap(), policy::standard(after()));
    let opened = DecryptorBuilder::from_bytes(sealed).unwrap().with_policy(
        &policy,
        SystemTime::from(after()),
        Reader(&key),
    );
    let mut text = Vec::new();
    opened.is_ok_and(|mut opened| {
        std::io::Read::read_to_end(&mut opened, &mut text).is_ok() && text == FILE
    })
}

#[test]
fn mail_to_the_old_and_the_new_encryption_key_opens_in_both_parts() {
    let team = team();
    let rotated = team
        .rotate(Rotation::Encryption, day(2028, 3, 1), at())
        .unwrap()
        .key;
    let sharing = Sharing::by_role(&rotated, after()).unwrap();
    let parts = [
        rotated.lead_part().unwrap(),
        rotated.analyst_part(&sharing).unwrap(),
    ];
    let keys = of_role(&rotated, KeyRole::Encryption);
    assert_eq!(keys.len(), 2);
    for to in &keys {
        let sealed = encrypted_to(&rotated, &to.fingerprint);
        assert!(parts.iter().all(|part| reads(part, &sealed)), "{to:?}");
    }
    let before = team.lead_part().unwrap();
    assert!(!reads(
        &before,
        &encrypted_to(&rotated, &keys[1].fingerprint)
    ));
}
