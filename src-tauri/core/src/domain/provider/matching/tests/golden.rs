//! One list, pinned for ever: whoever finds this test red has changed the rule, and gives it the next number.

use super::*;
use crate::domain::geo::Place;

/// Twelve firms of every stripe.
fn twelve() -> Vec<Firm> {
    let mut firms: Vec<Firm> = (1..=12).map(firm).collect();
    for (one, step) in firms.iter_mut().zip(0i32..) {
        one.place = Some(Place {
            latitude: 46_700_000 + 90_000 * step,
            longitude: -1_500_000 + 60_000 * step,
        });
        one.track.referrals = step.unsigned_abs() % 5;
        one.track
            .by_category
            .insert(Category::Ransomware, step.unsigned_abs() % 3);
        if step % 2 == 0 {
            one.provider.technologies.push(Technology::Virtualisation);
        }
    }
    firms[2].provider.capacity = 0;
    firms[7].provider.labels[0].expires = Some(day("2026-02-28"));
    firms
}

#[test]
fn the_list_of_this_case_is_this_list_for_ever() {
    let firms = twelve();
    let list = match_providers(&needs(), &firms, &Rules::default(), 2026, today());
    // The names by a second program, from the bands below, SHA-256 and the block function of RFC 8439.
    assert_eq!(list.drawn, [9, 5, 11].map(id));
    assert_eq!(
        list.inputs,
        "179371fc3eabb541e50a85ea783281ecd52e2203fae7c28ca5cd344b38cf629b"
    );
    let ranked: Vec<(u128, u16, u16)> = list
        .ranked
        .iter()
        .map(|one| (one.firm.as_u128(), one.total, one.band))
        .collect();
    assert_eq!(
        ranked,
        [
            (9, 6280, 1),
            (5, 6100, 1),
            (11, 5740, 2),
            (1, 5610, 2),
            (2, 5060, 2),
            (6, 5460, 2),
            (7, 5610, 2),
            (12, 5070, 2),
            (4, 4710, 3),
            (10, 4410, 3),
        ]
    );
}

/// The fingerprint holds words of the domain by their place: a new one comes last.
#[test]
fn the_places_of_the_words_never_change() {
    fn places<T: serde::Serialize>(all: &[T]) -> String {
        let names = all.iter().map(|one| serde_json::to_string(one).unwrap());
        names.collect::<Vec<_>>().join(" ").replace('"', "")
    }
    fn in_order<T: Copy>(all: &[T], place: impl Fn(T) -> u8) -> bool {
        all.iter().zip(0u8..).all(|(one, at)| place(*one) == at)
    }
    assert!(in_order(&Category::ALL, |one| one as u8));
    assert!(in_order(&Service::ALL, |one| one as u8));
    assert!(in_order(&Technology::ALL, |one| one as u8));
    assert!(in_order(&LabelKind::ALL, |one| one as u8));
    assert!(in_order(&OrganisationKind::ALL, |one| one as u8));
    assert!(in_order(Sector::ALL, |one| one as u8));
    let words = [
        places(&Category::ALL),
        places(&Service::ALL),
        places(&Technology::ALL),
        places(&LabelKind::ALL),
        places(&OrganisationKind::ALL),
        places(Sector::ALL),
        places(&[
            KeyState::Absent,
            KeyState::Unusable,
            KeyState::Seen,
            KeyState::Verified,
        ]),
        places(&[PrisLevel::Substantial, PrisLevel::High]),
    ];
    let places = [
        "ransomware account_compromise phishing impersonation denial_of_service defacement data_leak \
         transfer_fraud exposed_vulnerability edge_device other",
        "containment rebuilding crisis_communication forensic_report audit",
        "active_directory virtualisation backup cloud_suite ot telephony mail web_hosting network_edge \
         windows linux business_applications",
        "passi pris pdis pacs expert_cyber iso27001 other",
        "micro pme eti ge commune epci departement region syndicat ccas sdis eple office_hlm gip \
         other_public association other",
        "A B C D E F G H I J K L M N O P Q R S T U",
        "absent unusable seen verified",
        "substantial high",
    ];
    assert_eq!(words, places);
}
