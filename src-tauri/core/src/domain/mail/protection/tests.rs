//! The rule as a table: who, under which marking, gets what.

use chrono::DateTime;

use super::super::trust::{KeyFitness, KeyTrust};
use super::*;

fn with_key(trust: KeyTrust, fitness: KeyFitness) -> Recipient {
    Recipient {
        kind: RecipientKind::Contact,
        key: Some(KeyStanding {
            trust,
            fitness,
            first_seen: DateTime::default(),
            beside_verified: false,
        }),
    }
}

fn verified() -> Recipient {
    with_key(KeyTrust::Verified, KeyFitness::Fit)
}

fn seen() -> Recipient {
    with_key(KeyTrust::Seen, KeyFitness::Fit)
}

fn doubtful() -> Recipient {
    with_key(KeyTrust::ToVerifyAgain, KeyFitness::Fit)
}

fn expired() -> Recipient {
    with_key(KeyTrust::Verified, KeyFitness::Expired)
}

fn refused() -> Recipient {
    with_key(KeyTrust::Refused, KeyFitness::Fit)
}

fn keyless() -> Recipient {
    Recipient {
        kind: RecipientKind::Contact,
        key: None,
    }
}

fn mail(recipients: &[Recipient], tlp: Tlp, keyless: KeylessWay) -> Leaving {
    Leaving {
        recipients: recipients.to_vec(),
        tlp,
        keyless,
        ..Leaving::default()
    }
}

#[test]
fn each_recipient_has_a_way_and_each_hindrance_a_name() {
    use KeylessWay::{AskKey, LeaveOut, Locked, Password, Undecided};
    use Obstacle::{AwaitingKey, KeyUnconfirmed, KeylessUndecided, NobodyLeft};
    use Tlp::{Amber, AmberStrict, Clear, Green, Red};
    use Way::{Blocked, Encrypted, LeftOut, Locked as Shut};
    let open = Way::Clear;
    type Row<'r> = (
        &'r str,
        Vec<Recipient>,
        &'r [Tlp],
        KeylessWay,
        &'r [Way],
        &'r [Obstacle],
    );
    #[rustfmt::skip]
    let table: [Row<'_>; 19] = [
        ("to those who can read it, a mail is encrypted whatever its marking",
            vec![verified(), verified()], &Tlp::ALL, Undecided, &[Encrypted, Encrypted], &[]),
        ("a mail that anybody may read goes in clear where there is no key",
            vec![keyless()], &[Clear, Green], Undecided, &[open], &[]),
        ("one recipient without a key makes it clear for all: encrypting to the others would protect nothing",
            vec![verified(), keyless()], &[Clear, Green], Undecided, &[open, open], &[]),
        ("from amber on nothing leaves in clear; the one without a key is named, the other is not held up",
            vec![verified(), keyless()], &[Amber, AmberStrict, Red], Undecided, &[Encrypted, Blocked], &[KeylessUndecided]),
        ("a locked document reaches those without a key",
            vec![verified(), keyless()], &[Amber, AmberStrict, Red], Locked, &[Encrypted, Shut], &[]),
        ("so does a message that the passphrase opens",
            vec![keyless()], &[Amber, Red], Password, &[Shut], &[]),
        ("what the writer locks stays locked below amber, too",
            vec![verified(), keyless()], &[Clear, Green], Locked, &[Encrypted, Shut], &[]),
        ("while a key is asked for, the draft waits",
            vec![verified(), keyless()], &Tlp::ALL, AskKey, &[Encrypted, Blocked], &[AwaitingKey]),
        ("with a key for everybody there is nothing to wait for",
            vec![verified()], &Tlp::ALL, AskKey, &[Encrypted], &[]),
        ("those without a key may be left out",
            vec![verified(), keyless()], &Tlp::ALL, LeaveOut, &[Encrypted, LeftOut], &[]),
        ("but not everybody",
            vec![keyless(), keyless()], &Tlp::ALL, LeaveOut, &[LeftOut, LeftOut], &[NobodyLeft]),
        ("an expired key is no key, even if it was verified",
            vec![expired()], &[Amber, Red], Undecided, &[Blocked], &[KeylessUndecided]),
        ("neither is one that was refused",
            vec![refused()], &[Amber, Red], Undecided, &[Blocked], &[KeylessUndecided]),
        ("a key that was only seen is good enough for amber",
            vec![seen()], &[Clear, Green, Amber], Undecided, &[Encrypted], &[]),
        ("for named people it is to be confirmed first",
            vec![seen()], &[AmberStrict, Red], Undecided, &[Blocked], &[KeyUnconfirmed]),
        ("a key that another one came beside serves amber",
            vec![doubtful()], &[Clear, Green, Amber], Undecided, &[Encrypted], &[]),
        ("and is verified again before what is for named people",
            vec![doubtful(), verified()], &[AmberStrict, Red], Undecided, &[Blocked, Encrypted], &[KeyUnconfirmed]),
        ("each hindrance is told for itself",
            vec![seen(), keyless()], &[Red], Undecided, &[Blocked, Blocked], &[KeylessUndecided, KeyUnconfirmed]),
        ("who cannot wait for a call sends a locked document",
            vec![seen()], &[AmberStrict, Red], Locked, &[Shut], &[]),
    ];
    for (sentence, recipients, markings, way, ways, obstacles) in table {
        for tlp in markings {
            let found = mail(&recipients, *tlp, way).protection();
            assert_eq!(found.ways, ways, "{sentence}: {}", tlp.label());
            assert_eq!(found.obstacles, obstacles, "{sentence}: {}", tlp.label());
            assert!(found.signed, "{sentence}");
        }
    }
}

#[test]
fn nothing_from_amber_on_ever_leaves_in_clear() {
    let people = [
        verified(),
        seen(),
        doubtful(),
        expired(),
        refused(),
        keyless(),
    ];
    for tlp in [Tlp::Amber, Tlp::AmberStrict, Tlp::Red] {
        for way in [
            KeylessWay::Undecided,
            KeylessWay::Locked,
            KeylessWay::Password,
            KeylessWay::AskKey,
            KeylessWay::LeaveOut,
        ] {
            let found = mail(&people, tlp, way).protection();
            assert!(!found.ways.contains(&Way::Clear), "{tlp:?} {way:?}");
            assert_eq!(found.ways[0], Way::Encrypted);
        }
    }
}

#[test]
fn the_cases_people_are_written_to_freely_and_others_with_the_beneficiarys_agreement() {
    let of = |kind, tlp, consents: &[ConsentPurpose]| {
        let to = Recipient { kind, ..verified() };
        let case = CaseStanding {
            tlp: Tlp::Clear,
            consents: consents.iter().copied().collect(),
        };
        let mail = Leaving {
            case: Some(case),
            ..mail(&[to], tlp, KeylessWay::Undecided)
        };
        mail.protection()
            .obstacles
            .contains(&Obstacle::ConsentMissing)
    };
    for tlp in Tlp::ALL {
        assert!(!of(RecipientKind::Team, tlp, &[]));
        assert!(!of(RecipientKind::Contact, tlp, &[]));
        for (kind, purpose) in [
            (RecipientKind::CertFr, ConsentPurpose::CertFr),
            (RecipientKind::RegionalCsirt, ConsentPurpose::RegionalCsirts),
            (RecipientKind::SectorCsirt, ConsentPurpose::SectorCsirts),
            (RecipientKind::Provider, ConsentPurpose::Providers),
            (RecipientKind::Public, ConsentPurpose::Publish),
        ] {
            let others: Vec<ConsentPurpose> = ConsentPurpose::ALL
                .into_iter()
                .filter(|other| *other != purpose)
                .collect();
            assert!(of(kind, tlp, &others), "{kind:?}");
            assert!(!of(kind, tlp, &[purpose]), "{kind:?}");
        }
        let strict = tlp >= Tlp::AmberStrict;
        assert_eq!(
            of(RecipientKind::Unknown, tlp, &ConsentPurpose::ALL),
            strict
        );
    }
}

#[test]
fn what_speaks_of_no_case_needs_nobodys_agreement() {
    let to = Recipient {
        kind: RecipientKind::Public,
        key: None,
    };
    let found = mail(&[to], Tlp::Clear, KeylessWay::Undecided).protection();
    assert_eq!(found.obstacles, []);
}

#[test]
fn somebody_who_is_left_out_needs_no_agreement() {
    let provider = Recipient {
        kind: RecipientKind::Provider,
        key: None,
    };
    let mail = Leaving {
        case: Some(CaseStanding {
            tlp: Tlp::Amber,
            ..CaseStanding::default()
        }),
        ..mail(&[verified(), provider], Tlp::Amber, KeylessWay::LeaveOut)
    };
    assert_eq!(mail.protection().obstacles, []);
}

#[test]
fn a_mail_is_marked_as_strictly_as_its_case() {
    let under = |tlp| {
        let case = Some(CaseStanding {
            tlp: Tlp::Amber,
            ..CaseStanding::default()
        });
        let mail = Leaving {
            case,
            ..mail(&[verified()], tlp, KeylessWay::Undecided)
        };
        mail.protection().obstacles
    };
    assert_eq!(under(Tlp::Green), [Obstacle::MarkingTooLax]);
    assert_eq!(under(Tlp::Amber), []);
    assert_eq!(under(Tlp::Red), []);
}

#[test]
fn an_own_key_that_ended_is_never_blamed_on_the_recipient() {
    let ended = Leaving {
        team_key: TeamMailKey::Ended,
        ..mail(&[verified()], Tlp::Red, KeylessWay::Undecided)
    };
    let found = ended.protection();
    assert_eq!(found.ways, [Way::Encrypted]);
    assert_eq!(found.obstacles, [Obstacle::TeamKeyEnded]);
    assert!(!found.signed);
    let absent = Leaving {
        team_key: TeamMailKey::Absent,
        ..ended
    };
    assert_eq!(absent.protection().obstacles, [Obstacle::MailKeyAbsent]);
}

#[test]
fn every_other_hindrance_is_told_too() {
    let mail = Leaving {
        size: MAX_SENT_BYTES + 1,
        no_subject: true,
        empty: true,
        placeholder_left: true,
        passphrase_inside: true,
        no_sender: true,
        ..Leaving::default()
    };
    use Obstacle::{
        Empty, NoRecipient, NoSenderAddress, NoSubject, PassphraseInside, PlaceholderLeft, TooLarge,
    };
    assert_eq!(
        mail.protection().obstacles,
        [
            NoRecipient,
            NoSubject,
            Empty,
            TooLarge,
            PlaceholderLeft,
            PassphraseInside,
            NoSenderAddress
        ]
    );
}
