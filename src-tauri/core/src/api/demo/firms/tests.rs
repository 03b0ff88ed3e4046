use std::collections::BTreeMap;

use chrono::Days;

use super::*;
use crate::api::testing::demo;
use crate::db::member;
use crate::domain::provider::matching::Replay;

#[derive(serde::Deserialize)]
struct Kept {
    case: Uuid,
    on: NaiveDate,
    made_at: i64,
    firms: Vec<Uuid>,
    chosen: Option<Uuid>,
}

#[test]
fn the_demonstration_has_its_firms_its_lists_and_what_was_chosen() {
    demo(150, |session| {
        let query = crate::api::view::ProviderQuery {
            archived: true,
            ..Default::default()
        };
        assert_eq!(session.providers(&query).unwrap().len(), FIRMS as usize);
        let lists: Vec<(Uuid, Kept)> =
            member::of_kind(session.conn(), EntityKind::Shortlist).unwrap();
        assert!((10..=LISTS).contains(&lists.len()), "{}", lists.len());
        assert!(lists.is_sorted_by_key(|(_, kept)| kept.made_at));
        let mut before: Vec<&Kept> = Vec::new();
        for (id, kept) in &lists {
            // It is made again from its record, and the referrals in it are those of the lists before it.
            assert_eq!(session.replay_shortlist(*id).unwrap().replay, Replay::Same);
            let views = session.shortlists(kept.case).unwrap();
            let list = &views.iter().find(|view| view.id == *id).unwrap().list;
            let since = kept.on.checked_sub_days(Days::new(90)).unwrap();
            let mut referrals: BTreeMap<Uuid, u32> = BTreeMap::new();
            for earlier in before.iter().filter(|earlier| earlier.on > since) {
                for firm in &earlier.firms {
                    *referrals.entry(*firm).or_default() += 1;
                }
            }
            for one in &list.ranked {
                let known = referrals.get(&one.provider.id).copied().unwrap_or(0);
                assert_eq!(one.referrals, known, "{}", one.provider.name);
            }
            assert!(kept.chosen.is_none_or(|firm| kept.firms.contains(&firm)));
            assert!(!list.excluded.is_empty());
            before.push(kept);
        }
        let (first, last) = (lists[0].1.on, lists[lists.len() - 1].1.on);
        let told = session.provider_equality(first, last).unwrap().report;
        assert_eq!(told.lists as usize, lists.len());
        let names: usize = lists.iter().map(|(_, kept)| kept.firms.len()).sum();
        assert_eq!(told.names as usize, names);
        let chosen = told.lists - told.without_choice;
        let share = chosen * 100 / told.lists;
        assert!((45..=85).contains(&share), "{share} % chose");
        // Some work is done, some is under way, and the team has somebody to ask.
        let on = in_paris(session.now()).date_naive();
        let tracks = session.provider_tracks(on).unwrap();
        assert!(tracks.values().any(|track| !track.by_category.is_empty()));
        assert!(tracks.values().any(|track| track.open > 0));
        let due = session.follow_ups().unwrap();
        assert!(due.iter().any(|one| one.on <= on), "{due:?}");
        // The journal holds, and the tables are what it says.
        let checked = session.verify_journal(|_| true).unwrap();
        assert!(checked.good, "{checked:?}");
    });
}

#[test]
fn a_demonstration_of_one_case_has_no_firm() {
    demo(1, |session| {
        let query = crate::api::view::ProviderQuery::default();
        assert_eq!(session.providers(&query).unwrap(), []);
    });
}
