//! How well a firm fits.

use super::*;

fn lines_of(firm: Firm, needs: &Needs) -> Vec<CriterionLine> {
    let list = list(needs, &[firm]);
    assert_eq!(list.excluded, []);
    list.ranked[0].lines.clone()
}

fn level(criterion: Criterion, firm: Firm, needs: &Needs) -> Option<u8> {
    let lines = lines_of(firm, needs);
    let line = lines.iter().find(|line| line.criterion == criterion);
    line.map(|line| line.level)
}

#[test]
fn the_lines_add_up_to_the_total_and_the_shares_to_a_hundred() {
    let list = list(&needs(), &[firm(1)]);
    let one = &list.ranked[0];
    assert_eq!(
        one.lines.iter().map(|line| line.points).sum::<u16>(),
        one.total
    );
    assert_eq!(
        list.shares.iter().map(|share| share.maximum).sum::<u16>(),
        FULL_SCORE
    );
    assert_eq!(list.shares.len(), Criterion::ALL.len());
}

#[test]
fn what_the_case_gives_nothing_to_judge_by_leaves_its_weight_to_the_others() {
    let mut vague = needs();
    vague.technologies.clear();
    vague.location = None;
    let list = list(&vague, &[firm(1)]);
    let share = |criterion| {
        let mut shares = list.shares.iter();
        *shares.find(|share| share.criterion == criterion).unwrap()
    };
    assert!(!share(Criterion::Technologies).judged && !share(Criterion::Distance).judged);
    assert_eq!(share(Criterion::Technologies).maximum, 0);
    assert_eq!(
        list.shares.iter().map(|share| share.maximum).sum::<u16>(),
        FULL_SCORE
    );
    assert_eq!(level(Criterion::Technologies, firm(1), &vague), None);
}

#[test]
fn each_criterion_has_its_levels() {
    let with = |change: fn(&mut Firm)| {
        let mut one = firm(1);
        change(&mut one);
        one
    };
    let cases = |number| {
        let mut one = firm(1);
        one.track.by_category.insert(Category::Ransomware, number);
        level(Criterion::Experience, one, &needs())
    };
    assert_eq!([0, 1, 4, 5, 90].map(cases), [0, 20, 80, 100, 100].map(Some));
    assert_eq!(level(Criterion::Technologies, firm(1), &needs()), Some(50));
    assert_eq!(level(Criterion::Label, firm(1), &needs()), Some(60));
    let high = with(|firm| {
        firm.provider.labels.push(Label {
            level: Some(PrisLevel::High),
            ..Label::of(LabelKind::Pris)
        });
    });
    assert_eq!(level(Criterion::Label, high, &needs()), Some(100));
    // 39 of 150 km, 8 of 24 hours.
    assert_eq!(level(Criterion::Distance, firm(1), &needs()), Some(74));
    assert_eq!(level(Criterion::OnSite, firm(1), &needs()), Some(66));
    assert_eq!(level(Criterion::Key, firm(1), &needs()), Some(100));
    let seen = with(|firm| firm.key = KeyState::Seen);
    assert_eq!(level(Criterion::Key, seen, &needs()), Some(50));
    let served = with(|firm| {
        firm.track.by_kind.insert(OrganisationKind::Pme, 2);
        firm.track.by_size.insert(SizeBand::UnderFifty, 3);
    });
    assert_eq!(level(Criterion::Kind, served.clone(), &needs()), Some(40));
    assert_eq!(level(Criterion::Size, served, &needs()), Some(60));
    let rated = |satisfied, answered| {
        let mut one = firm(1);
        (one.track.satisfied, one.track.answered) = (satisfied, answered);
        level(Criterion::Satisfaction, one, &needs())
    };
    assert_eq!(
        [rated(0, 0), rated(1, 1), rated(0, 2)],
        [50, 66, 25].map(Some)
    );
    assert_eq!(rated(u32::MAX, u32::MAX), Some(99));
    let right_there = with(|firm| firm.place = Some(LES_HERBIERS));
    assert_eq!(level(Criterion::Distance, right_there, &needs()), Some(100));
}
