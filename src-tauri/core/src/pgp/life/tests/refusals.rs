use super::*;

#[test]
fn an_analysts_part_changes_nothing_and_revokes_nothing() {
    let team = team();
    let sharing = Sharing::by_role(&team, at()).unwrap();
    let analyst = TeamKey::open(&team.analyst_part(&sharing).unwrap()).unwrap();
    for change in each_change(&analyst) {
        assert_eq!(refused(change), ChangeRefused::NoCertificationSecret);
    }
    let reason = RevocationReason::Compromised;
    assert_eq!(
        refused(analyst.revoke(reason, "", at())),
        ChangeRefused::NoCertificationSecret
    );
    assert_eq!(
        analyst.revocation(reason, "", at()).unwrap_err(),
        ChangeRefused::NoCertificationSecret
    );
}

#[test]
fn an_expired_key_is_extended_or_revoked_and_nothing_else() {
    let late = day(2028, 6, 1);
    let team = team();
    let expired = ChangeRefused::Key(PgpError::Expired {
        on: day(2028, 3, 1),
    });
    for rotation in ROTATIONS {
        assert_eq!(
            refused(team.rotate(rotation, day(2030, 1, 1), late)),
            expired
        );
    }
    assert_eq!(refused(team.add_user_id("A", "a@b.example", late)), expired);
    assert_eq!(refused(team.retire_user_id("A", late)), expired);
    assert!(team.extend(day(2030, 1, 1), late).is_ok());
    assert!(team.revoke(RevocationReason::Retired, "", late).is_ok());
}

#[test]
fn a_clock_that_stands_behind_the_last_change_changes_nothing() {
    let key = team().extend(day(2030, 1, 1), at()).unwrap().key;
    let behind = ChangeRefused::ClockBehind { last: at() };
    for change in each_change(&key) {
        assert_eq!(refused(change), behind);
    }
    let second = chrono::Duration::seconds(1);
    assert_eq!(refused(key.extend(day(2029, 1, 1), at() - second)), behind);
    assert!(key.extend(day(2029, 1, 1), at() + second).is_ok());
    assert_eq!(
        refused(key.revoke(RevocationReason::Retired, "", at())),
        behind
    );
    assert!(
        key.revoke(RevocationReason::Compromised, "", day(2027, 1, 1))
            .is_ok()
    );
    let created = day(2026, 3, 1);
    let unborn = refused(key.extend(day(2029, 1, 1), day(2025, 1, 1)));
    assert_eq!(
        unborn,
        ChangeRefused::Key(PgpError::NotYetValid { created })
    );
}
