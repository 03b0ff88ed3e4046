use super::*;

#[test]
fn a_compromised_key_spoils_old_signatures_and_a_retired_one_does_not() {
    let team = team();
    let signature = lead(&team).sign(FILE, day(2026, 3, 2)).unwrap();
    let verdict = |reason| {
        let revoked = team.revoke(reason, "Poste volé", at()).unwrap();
        assert_eq!(revoked.change, KeyChange::Revoked { reason });
        assert_eq!(secrets(&revoked.key), secrets(&team));
        let certificate = revoked.key.certificate();
        assert!(certificate.is_revoked(after()));
        assert_eq!(certificate.is_revoked(day(2027, 5, 1)), reason.is_hard());
        verify(FILE, signature.as_bytes(), &[certificate], after()).verdict
    };
    for reason in [RevocationReason::Compromised, RevocationReason::Unspecified] {
        assert!(matches!(verdict(reason), Verdict::RevokedKey { .. }));
    }
    for reason in [RevocationReason::Superseded, RevocationReason::Retired] {
        assert!(matches!(verdict(reason), Verdict::Good(_)));
    }
}

#[test]
fn the_envelope_revokes_what_was_extended_since_and_needs_no_secret() {
    let team = team();
    let paper = team
        .revocation(RevocationReason::Unspecified, "", day(2026, 3, 2))
        .unwrap();
    assert!(paper.starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"));
    let extended = team
        .extend(day(2030, 1, 1), at())
        .unwrap()
        .key
        .certificate();
    let revoked = extended.revoked_by(paper.as_bytes()).unwrap();
    assert!(!extended.is_revoked(after()) && revoked.is_revoked(after()));
    let published = Certificate::parse(revoked.armoured().unwrap().as_bytes()).unwrap();
    assert!(published.is_revoked(after()));
}

#[test]
fn only_a_hard_revocation_waits_in_an_envelope() {
    for soft in [RevocationReason::Superseded, RevocationReason::Retired] {
        assert_eq!(
            team().revocation(soft, "", at()).unwrap_err(),
            ChangeRefused::SoftReason
        );
    }
    let long = "x".repeat(MAX_MESSAGE_BYTES + 1);
    let refused = team().revocation(RevocationReason::Compromised, &long, at());
    assert_eq!(refused.unwrap_err(), ChangeRefused::MessageTooLong);
}

#[test]
fn a_foreign_or_altered_revocation_and_other_papers_revoke_nothing() {
    let (team, other) = (team(), team());
    let paper = |key: &TeamKey| {
        key.revocation(RevocationReason::Compromised, "", at())
            .unwrap()
    };
    let certificate = team.certificate();
    let refused = |input: &[u8]| certificate.revoked_by(input).unwrap_err();
    assert_eq!(
        refused(paper(&other).as_bytes()),
        ChangeRefused::ForeignRevocation
    );
    let limit_bytes = crate::pgp::MAX_KEY_BYTES;
    let huge = refused(&vec![b'x'; limit_bytes + 1]);
    assert_eq!(huge, ChangeRefused::Key(PgpError::TooLarge { limit_bytes }));
    let good = paper(&team);
    let two = format!("{}{}", *good, *good);
    let signature = lead(&team).sign(FILE, day(2026, 3, 2)).unwrap();
    for input in [
        "",
        "bonjour",
        &good[..good.len() / 2],
        &two,
        &signature,
        &certificate.armoured().unwrap(),
    ] {
        assert_eq!(
            refused(input.as_bytes()),
            ChangeRefused::NotARevocation,
            "{input}"
        );
    }
}

#[test]
fn a_retired_key_can_still_be_declared_compromised_but_not_renewed() {
    let retired = team()
        .revoke(RevocationReason::Retired, "", at())
        .unwrap()
        .key;
    let again = retired
        .revoke(RevocationReason::Compromised, "", after())
        .unwrap()
        .key;
    assert!(again.certificate().is_revoked(day(2026, 3, 2)));
    for change in each_change(
        &team()
            .revoke(RevocationReason::Retired, "", day(2027, 1, 1))
            .unwrap()
            .key,
    ) {
        assert_eq!(refused(change), ChangeRefused::Key(PgpError::Revoked));
    }
}
