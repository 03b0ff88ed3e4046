//! A file that somebody says holds keys: other people's, or the team's own.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use relais_core::domain::mail::KeyFitness;
use relais_core::pgp::{
    Certificate, MAX_AUTOCRYPT_BYTES, MAX_CERTIFICATES, MAX_KEY_BYTES, PgpError, TeamKey,
    autocrypt_key, encrypt, import, parse_many, wkd_places,
};

use crate::desk::{DESK, GAETAN, NOW};

/// Takes it as a correspondent's keys, as one key, and as the team's own.
pub fn keys(bytes: &[u8]) {
    let found = parse_many(bytes);
    assert!((1..=MAX_CERTIFICATES + 1).contains(&found.len()));
    let again = parse_many(bytes);
    assert_eq!(format!("{found:?}"), format!("{again:?}"));
    for certificate in found.iter().flatten().take(4) {
        foreign(certificate);
    }
    if let Ok(one) = Certificate::parse(bytes) {
        looks(&one, NOW);
    }
    own(bytes);
}

/// A key that an import would put into the key ring.
fn foreign(certificate: &Certificate) {
    for days in [-3000, 0, 3000] {
        looks(certificate, NOW + TimeDelta::days(days));
    }
    // What is kept of it is its armour: read again it is the same, and adds nothing.
    let armoured = certificate
        .armoured()
        .expect("what was read can be written");
    let kept = Certificate::parse(armoured.as_bytes()).expect("what was written can be read");
    assert_eq!(kept.fingerprint(), certificate.fingerprint());
    assert_eq!(kept.armoured().expect("as before"), armoured);
    let mut again = parse_many(armoured.as_bytes());
    assert_eq!(again.len(), 1);
    let again = again.remove(0).expect("one key");
    assert_eq!(again.armoured().expect("as before"), armoured);
    assert!(matches!(certificate.merged_with(&kept), Ok(None)));
    let bytes = certificate.to_bytes().expect("as before");
    assert!(bytes.len() <= MAX_KEY_BYTES);
    assert!(!armoured.contains("PRIVATE KEY"));
    usable(certificate);
    like_a_known_one(certificate);
}

/// Everything that is told of a key, at a moment.
fn looks(certificate: &Certificate, at: DateTime<Utc>) {
    let fitness = certificate.fitness(at);
    let keys = certificate.keys(at);
    let fingerprints: BTreeSet<_> = keys.iter().map(|key| &key.fingerprint).collect();
    assert_eq!(fingerprints.len(), keys.len(), "each key once");
    assert!(keys.iter().all(|key| !key.has_secret));
    if fitness == KeyFitness::Fit {
        assert!(!certificate.is_revoked(at));
        assert!(certificate.encryption_ends(at).is_none_or(|end| end > at));
    }
    let names = certificate.user_ids(at);
    assert!(names.iter().all(|name| !name.chars().any(char::is_control)));
    for mail in certificate.mail_addresses(at) {
        assert!(mail.contains('@') && !mail.chars().any(char::is_whitespace));
        let _ = wkd_places(&mail);
        let _ = certificate.bears(&mail, at);
    }
    let _ = (certificate.expires_at(at), certificate.roles(at));
    let _ = certificate.wkd(at);
    if let Ok(small) = autocrypt_key(certificate, GAETAN, at) {
        assert!(small.len() <= MAX_AUTOCRYPT_BYTES);
        let small = Certificate::parse(&small).expect("a key that others can read");
        assert_eq!(small.fingerprint(), certificate.fingerprint());
    }
}

/// A key that is called fit receives mail.
fn usable(certificate: &Certificate) {
    let sealed = encrypt(b"x", std::slice::from_ref(certificate), None, NOW);
    match certificate.fitness(NOW) {
        KeyFitness::Fit => assert!(sealed.is_ok(), "fit, but {sealed:?}"),
        other => assert!(sealed.is_err(), "{other:?}, but it receives"),
    }
}

/// Whoever has not Gaëtan's secret adds no name and no key to his certificate, and takes none away.
fn like_a_known_one(certificate: &Certificate) {
    let known = &DESK.gaetan;
    match known.merged_with(certificate) {
        Err(error) => assert!(matches!(error, PgpError::SeveralCertificates), "{error:?}"),
        Ok(merged) => {
            let merged = merged.as_ref().unwrap_or(known);
            assert_eq!(merged.mail_addresses(NOW), known.mail_addresses(NOW));
            assert_eq!(merged.keys(NOW), known.keys(NOW));
            assert_eq!(merged.fitness(NOW), KeyFitness::Fit);
        }
    }
}

/// The team's own key, without a passphrase: what a passphrase costs is bounded elsewhere.
fn own(bytes: &[u8]) {
    let Ok(imported) = import(bytes, None, NOW) else {
        return;
    };
    let part = imported
        .key
        .lead_part()
        .expect("what was read can be written");
    let opened = TeamKey::open(&part).expect("what was written can be read");
    assert_eq!(
        opened.certificate().fingerprint(),
        imported.key.certificate().fingerprint()
    );
    assert_eq!(opened.secret_keys(NOW), imported.key.secret_keys(NOW));
    looks(&opened.certificate(), NOW);
}
