use super::*;

#[test]
fn an_extension_renews_the_primary_and_every_subkey() {
    let (team, end) = (team(), day(2030, 6, 1));
    let extended = team.extend(end, at()).unwrap();
    let keys = extended.key.certificate().keys(after());
    assert_eq!(keys.len(), 4);
    assert!(keys.iter().all(|k| k.expires == Some(end)), "{keys:?}");
    let renewed = keys.iter().map(|k| k.fingerprint.clone()).collect();
    let expected = KeyChange::Extended {
        expires: end,
        keys: renewed,
    };
    assert_eq!(extended.change, expected);
    let before = team.certificate().roles(after());
    assert_eq!(extended.key.certificate().roles(after()), before);
    assert_eq!(secrets(&extended.key), secrets(&team));
    assert_eq!(
        team.certificate().expires_at(after()),
        Some(day(2028, 3, 1))
    );
}

#[test]
fn an_extension_renews_each_signature_that_states_an_expiry() {
    let extended = team().extend(day(2030, 6, 1), at()).unwrap().key;
    let cert = extended.cert();
    let lives = |signature: &openpgp::packet::Signature| signature.key_validity_period();
    let created = cert.primary_key().key().creation_time();
    let expected = SystemTime::from(day(2030, 6, 1))
        .duration_since(created)
        .ok();
    let direct = cert.primary_key().self_signatures().next().unwrap();
    assert_eq!(direct.typ(), SignatureType::DirectKey);
    assert_eq!(lives(direct), expected);
    let name = cert.userids().next().unwrap();
    let name = name.self_signatures().next().unwrap();
    assert_eq!((lives(name), name.primary_userid()), (expected, Some(true)));
}

#[test]
fn an_expired_certificate_comes_back_with_all_that_ended_with_it() {
    let late = day(2029, 1, 1);
    let end = day(2031, 1, 1);
    let extended = team().extend(end, late).unwrap().key;
    let keys = extended.certificate().keys(day(2029, 1, 2));
    assert!(
        keys.iter().all(|k| k.is_usable(day(2029, 1, 2))),
        "{keys:?}"
    );
    assert_eq!(
        extended.certificate().expires_at(day(2029, 1, 2)),
        Some(end)
    );
}

#[test]
fn an_extension_wakes_neither_replaced_keys_nor_those_left_to_expire() {
    let brief = team()
        .rotate(Rotation::Mail, day(2027, 7, 1), at())
        .unwrap();
    let KeyChange::Rotated { added: mail, .. } = &brief.change else {
        panic!("{:?}", brief.change)
    };
    let extended = brief.key.extend(day(2031, 1, 1), day(2027, 8, 1)).unwrap();
    let keys = extended.key.certificate().keys(day(2027, 8, 2));
    let of = |wanted: &Fingerprint| keys.iter().find(|k| k.fingerprint == *wanted).unwrap();
    assert_eq!(of(mail).expires, Some(day(2027, 7, 1)));
    let revoked: Vec<_> = keys.iter().filter(|k| k.revoked).collect();
    assert!(
        matches!(revoked[..], [k] if k.role == KeyRole::Mail && k.expires == Some(day(2028, 3, 1)))
    );
    let KeyChange::Extended { keys: renewed, .. } = extended.change else {
        panic!("{:?}", extended.change)
    };
    assert_eq!(renewed.len(), 3);
    assert!(!renewed.contains(mail) && !renewed.contains(&revoked[0].fingerprint));
}

#[test]
fn an_expiry_in_the_past_or_beyond_five_years_is_refused() {
    let team = team();
    let extend = |expires| refused(team.extend(expires, at()));
    let past = |expires| ChangeRefused::ExpiryPast { expires, at: at() };
    assert_eq!(extend(day(2027, 5, 31)), past(day(2027, 5, 31)));
    assert_eq!(extend(at()), past(at()));
    let latest = day(2032, 6, 1);
    let far = ChangeRefused::ExpiryTooFar { latest };
    assert_eq!(extend(day(2032, 6, 2)), far);
    assert!(team.extend(latest, at()).is_ok());
    for rotation in ROTATIONS {
        let rotate = |expires| refused(team.rotate(rotation, expires, at()));
        assert_eq!(rotate(day(2020, 1, 1)), past(day(2020, 1, 1)));
        assert_eq!(rotate(day(2032, 6, 2)), far);
    }
}
