use openpgp::types::ReasonForRevocation;

use super::*;

#[test]
fn a_name_is_added_beside_the_first_and_the_first_can_be_retired() {
    let team = team();
    let (first, second) = (
        format!("{NAME} <{MAIL}>"),
        "CERT Estuaire <cert@estuaire.example>",
    );
    let both = team
        .add_user_id("CERT Estuaire", "cert@estuaire.example", at())
        .unwrap();
    let added = KeyChange::UserIdAdded {
        user_id: second.into(),
    };
    assert_eq!(both.change, added);
    assert_eq!(
        both.key.certificate().user_ids(after()),
        [first.as_str(), second]
    );
    assert_eq!(both.key.certificate().user_id(after()), Some(first.clone()));
    let one = both.key.retire_user_id(&first, after()).unwrap();
    assert_eq!(
        one.change,
        KeyChange::UserIdRetired {
            user_id: first.clone()
        }
    );
    let retired = one.key.cert().userids().filter_map(|name| {
        let (reason, _) = name.self_revocations().next()?.reason_for_revocation()?;
        Some(reason)
    });
    assert_eq!(
        retired.collect::<Vec<_>>(),
        [ReasonForRevocation::UIDRetired]
    );
    let too_soon = refused(one.key.add_user_id(NAME, MAIL, after()));
    assert_eq!(too_soon, ChangeRefused::ClockBehind { last: after() });
    let seen = day(2027, 6, 3);
    assert_eq!(one.key.certificate().user_ids(seen), [second]);
    assert_eq!(one.key.certificate().user_id(seen).as_deref(), Some(second));
    assert_eq!(
        one.key.certificate().keys(seen),
        team.certificate().keys(seen)
    );
    let back = one.key.add_user_id(NAME, MAIL, seen).unwrap().key;
    let names = back.certificate().user_ids(day(2027, 6, 4));
    assert_eq!(names.len(), 2);
    assert!(names.contains(&first));
}

#[test]
fn the_second_name_promises_what_the_first_does() {
    let both = team()
        .add_user_id("CERT Estuaire", "cert@estuaire.example", at())
        .unwrap()
        .key;
    let policy = policy::standard(after());
    let valid = both
        .cert()
        .with_policy(&policy, SystemTime::from(after()))
        .unwrap();
    let mut names = valid.userids();
    let (a, b) = (names.next().unwrap(), names.next().unwrap());
    let said = |s: &openpgp::packet::Signature| {
        (
            s.features(),
            s.key_flags(),
            s.key_validity_period(),
            s.preferred_symmetric_algorithms().map(<[_]>::to_vec),
        )
    };
    assert_eq!(said(a.binding_signature()), said(b.binding_signature()));
}

#[test]
fn an_extension_keeps_the_first_name_first_and_the_retired_one_retired() {
    let three = team()
        .add_user_id("CERT Estuaire", "cert@estuaire.example", day(2026, 5, 1))
        .unwrap()
        .key
        .add_user_id("Ancien nom", "ancien@estuaire.example", day(2026, 6, 1))
        .unwrap()
        .key
        .retire_user_id("Ancien nom <ancien@estuaire.example>", day(2026, 7, 1))
        .unwrap()
        .key;
    let before = three.certificate().user_ids(at());
    let extended = three.extend(day(2030, 1, 1), at()).unwrap().key;
    assert_eq!(extended.certificate().user_ids(after()), before);
    assert_eq!(before.len(), 2);
}

#[test]
fn a_name_twice_an_unknown_name_the_last_name_and_no_name_are_refused() {
    let team = team();
    assert_eq!(
        refused(team.add_user_id(NAME, MAIL, at())),
        ChangeRefused::UserIdExists
    );
    let bad = refused(team.add_user_id("a\nb", MAIL, at()));
    assert_eq!(bad, ChangeRefused::Key(PgpError::UserId));
    let unknown = refused(team.retire_user_id("Autre <a@b.example>", at()));
    assert_eq!(unknown, ChangeRefused::NoSuchUserId);
    let last = refused(team.retire_user_id(&format!("{NAME} <{MAIL}>"), at()));
    assert_eq!(last, ChangeRefused::LastUserId);
}
