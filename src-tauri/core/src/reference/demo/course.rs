//! What happened after the call: statuses, chronology, notes, consents, all before the present.

use chrono::{DateTime, Duration, Utc};
use rand::Rng;

use super::answers;
use super::narratives::vocabulary;
use super::{DemoConsent, DemoFact, DemoFactKind, DemoNote, chance, pick, weighted};
use crate::domain::case::{Category, Confirmation, ConsentPurpose, EventKind, Status};
use crate::domain::intake::Report;

/// How far the case has come by now: nearly all are closed after two months, the latest are not yet qualified.
pub(super) fn reached<R: Rng + ?Sized>(
    rng: &mut R,
    now: DateTime<Utc>,
    received_at: DateTime<Utc>,
    confirmation: Confirmation,
    reoriented: bool,
) -> Vec<(Status, DateTime<Utc>)> {
    let mut reached = vec![(Status::Reported, received_at)];
    let stays_open = now - received_at > Duration::days(60) && chance(rng, 4);
    let short = reoriented || confirmation == Confirmation::Dismissed;
    let mut at = received_at;
    for status in [
        Status::Qualification,
        Status::Coordination,
        Status::Resolution,
        Status::Closed,
    ] {
        if short && matches!(status, Status::Coordination | Status::Resolution) {
            continue;
        }
        let hours = match status {
            Status::Qualification => rng.random_range(1..30),
            Status::Coordination => rng.random_range(2..72),
            Status::Resolution => rng.random_range(12..240),
            Status::Reported | Status::Closed => rng.random_range(24..900),
        };
        at += Duration::minutes(hours * 60 + rng.random_range(0..60));
        if at > now || (stays_open && status == Status::Closed) {
            break;
        }
        reached.push((status, at));
    }
    reached
}

pub(super) fn facts<R: Rng + ?Sized>(
    rng: &mut R,
    kind: EventKind,
    category: Category,
    report: &Report,
    received_at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<DemoFact> {
    let mut facts = Vec::new();
    let mut add = |at, estimated, kind, title: &str| {
        facts.push(DemoFact {
            at,
            estimated,
            kind,
            title: title.to_owned(),
            detail: String::new(),
        });
    };
    let attack = vocabulary(category).attack;
    let moments = [report.started.known(), report.detected.known()];
    for (moment, title) in moments.into_iter().zip(attack) {
        if let Some(moment) = moment {
            add(moment.at, moment.estimated, DemoFactKind::Attack, title);
        }
    }
    add(
        received_at,
        false,
        DemoFactKind::Exchange,
        answers::EXCHANGES[0],
    );
    let minutes = (until - received_at).num_minutes();
    if minutes > 0 {
        let more = rng.random_range(0..if kind == EventKind::Incident { 6 } else { 3 });
        for _ in 0..more {
            let (kind, list) = weighted(
                rng,
                &[
                    ((DemoFactKind::Action, answers::RESPONSES), 5),
                    ((DemoFactKind::Exchange, answers::EXCHANGES), 3),
                    ((DemoFactKind::Decision, answers::DECISIONS), 1),
                ],
            );
            // The ransom belongs to ransomware alone; it is the last of the list.
            let list = if category == Category::Ransomware || kind != DemoFactKind::Decision {
                list
            } else {
                &list[..3]
            };
            let at = received_at + Duration::minutes(rng.random_range(1..=minutes));
            let title = pick(rng, list);
            add(at, false, kind, title);
        }
    }
    facts.sort_by_key(|fact| fact.at);
    facts
}

pub(super) fn notes<R: Rng + ?Sized>(
    rng: &mut R,
    received_at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<DemoNote> {
    let minutes = (until - received_at).num_minutes().max(1);
    let mut notes: Vec<DemoNote> = (0..rng.random_range(0..4))
        .map(|_| DemoNote {
            at: received_at + Duration::minutes(rng.random_range(0..minutes)),
            text: pick(rng, answers::NOTES).to_owned(),
        })
        .collect();
    notes.sort_by_key(|note| note.at);
    notes
}

pub(super) fn consents<R: Rng + ?Sized>(
    rng: &mut R,
    report: &Report,
    received_at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<DemoConsent> {
    let by = report
        .requester
        .known()
        .map(|person| person.name.clone())
        .unwrap_or_default();
    let minutes = (until - received_at).num_minutes().max(1);
    let at = received_at + Duration::minutes(rng.random_range(0..minutes));
    ConsentPurpose::ALL
        .into_iter()
        .filter_map(|purpose| {
            let yes = if purpose == ConsentPurpose::Publish {
                15
            } else {
                70
            };
            chance(rng, 60).then(|| DemoConsent {
                purpose,
                given: chance(rng, yes),
                by: by.clone(),
                at,
            })
        })
        .collect()
}
