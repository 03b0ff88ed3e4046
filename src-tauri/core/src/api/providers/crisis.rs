//! One event, many beneficiaries: which firm helps whom. What is kept is a plan, with all that it was made of.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::matching::{keep_record, read_record};
use crate::api::commit::{fields_of, instant};
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::triage::line;
use crate::api::view::{CrisisCaseFace, CrisisFace, CrisisView, FirmFace};
use crate::db::{organisation, registry};
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::domain::provider::crisis::{Assignment, CrisisCase, CrisisError, Pin, assign};
use crate::domain::provider::matching::{Firm, draw};
use crate::journal::{Change, Scope, commit};
use crate::reference::communes::communes;

/// A plan as the registry keeps it; what it was made of lies in the blob.
#[derive(Serialize, Deserialize)]
pub(super) struct Crisis {
    name: String,
    pub on: NaiveDate,
    /// The firms that got a case, one time for each.
    pub firms: Vec<Uuid>,
    cases: Vec<Uuid>,
    served: u32,
    /// SHA-256 of the record, hexadecimal.
    pub record_sha256: String,
    made_by: Uuid,
    /// Milliseconds.
    made_at: i64,
}

/// All that a plan was made of, and what came out.
#[derive(PartialEq, Serialize, Deserialize)]
struct Record {
    cases: Vec<CrisisCase>,
    firms: Vec<Firm>,
    pins: Vec<Pin>,
    assignment: Assignment,
}

impl Session {
    /// The plan for cases as it would be kept now, around what a person settled. Nothing is kept.
    ///
    /// # Errors
    /// An unknown case; more than 1 000; something settled by hand that cannot be.
    pub fn plan_crisis(&self, cases: &[Uuid], pins: &[Pin]) -> Result<CrisisView> {
        self.require(Ability::ReadCases)?;
        self.crisis_view(None, self.assigned(cases, pins)?)
    }

    /// Keeps a plan under a name: its firms count as referred.
    ///
    /// # Errors
    /// As [`Self::plan_crisis`]; no name; nobody to send.
    pub fn keep_crisis(&mut self, name: &str, cases: &[Uuid], pins: &[Pin]) -> Result<CrisisView> {
        self.require(Ability::Triage)?;
        let name = line("name", name)?;
        if name.is_empty() {
            return Err(ApiError::field(Code::Invalid, "name", "no name"));
        }
        let record = self.assigned(cases, pins)?;
        let assigned = &record.assignment.assigned;
        if assigned.is_empty() {
            return Err(ApiError::field(Code::Invalid, "cases", "no case is served"));
        }
        let (bytes, sha256, record_sha256) = keep_record(&record)?;
        let kept = Crisis {
            name,
            on: record.assignment.on,
            firms: assigned.iter().map(|one| one.firm).collect(),
            cases: record.cases.iter().map(|case| case.id).collect(),
            served: u32::try_from(assigned.len()).unwrap_or(u32::MAX),
            record_sha256,
            made_by: self.person().id,
            made_at: self.now().timestamp_millis(),
        };
        let id = Uuid::now_v7();
        let change = Change::new(EntityKind::Crisis, id, fields_of("", &kept, 1)?);
        self.write(|tx, author| {
            crate::db::blob::keep(tx, &sha256, &bytes)?;
            Ok(commit(tx, author, Scope::Registry, vec![change])?)
        })?;
        self.crisis_view(Some((id, &kept)), record)
    }

    /// The plans that are kept, newest first.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn crises(&self) -> Result<Vec<CrisisFace>> {
        self.require(Ability::ReadCases)?;
        let kept: Vec<(Uuid, Crisis)> = registry::all(self.conn(), EntityKind::Crisis)?;
        let mut faces: Vec<CrisisFace> = kept.iter().map(|(id, one)| face(*id, one)).collect();
        faces.sort_by_key(|face| std::cmp::Reverse((face.made_at, face.id)));
        Ok(faces)
    }

    /// A plan that is kept.
    ///
    /// # Errors
    /// An unknown plan; a record that no longer has its hash.
    pub fn crisis(&self, id: Uuid) -> Result<CrisisView> {
        self.require(Ability::ReadCases)?;
        let kept = self.kept_crisis(id)?;
        let record = read_record(self.conn(), &kept.record_sha256)?;
        self.crisis_view(Some((id, &kept)), record)
    }

    /// Whether a kept plan comes out the same when it is made again from what it was made of.
    ///
    /// # Errors
    /// As [`Self::crisis`].
    pub fn replay_crisis(&self, id: Uuid) -> Result<bool> {
        self.require(Ability::ReadCases)?;
        let kept = self.kept_crisis(id)?;
        let record: Record = read_record(self.conn(), &kept.record_sha256)?;
        let Assignment { seed, on, .. } = record.assignment;
        let again = assign(&record.cases, &record.firms, &record.pins, seed, on);
        Ok(again.is_ok_and(|again| again == record.assignment))
    }

    pub(super) fn kept_crisis(&self, id: Uuid) -> Result<Crisis> {
        registry::get(self.conn(), id)?.ok_or_else(|| ApiError::new(Code::NotFound, "no such plan"))
    }

    fn assigned(&self, cases: &[Uuid], pins: &[Pin]) -> Result<Record> {
        let ids: BTreeSet<Uuid> = cases.iter().copied().collect();
        let mut references = Vec::with_capacity(ids.len());
        let mut of_event = Vec::with_capacity(ids.len());
        for id in ids {
            let state = self.case_state(id)?;
            references.push(state.reference.clone());
            of_event.push(CrisisCase {
                id,
                needs: self.case_needs(id)?.needs,
                grade: state.grade(),
            });
        }
        references.sort_unstable();
        // The same cases planned again: the next turn, so that nobody plans until the firms please.
        let before = self.crises()?.len();
        let turn = u32::try_from(before).unwrap_or(u32::MAX);
        let seed = draw::seed_of(&references.join(" "), turn);
        let firms = self.firms(self.today())?;
        let assignment = assign(&of_event, &firms, pins, seed, self.today()).map_err(refused)?;
        Ok(Record {
            cases: of_event,
            firms,
            pins: pins.to_vec(),
            assignment,
        })
    }

    fn crisis_view(&self, kept: Option<(Uuid, &Crisis)>, record: Record) -> Result<CrisisView> {
        let cases = record.cases.iter().map(|case| self.crisis_case(case));
        let cases = cases.collect::<Result<_>>()?;
        let wanted: BTreeSet<Uuid> = record
            .assignment
            .assigned
            .iter()
            .flat_map(|one| one.nearer_but_full.iter().chain([&one.firm]))
            .copied()
            .collect();
        let firms = record.firms.iter().filter(|firm| wanted.contains(&firm.id));
        Ok(CrisisView {
            kept: kept.map(|(id, one)| face(id, one)),
            cases,
            firms: firms
                .map(|firm| FirmFace::of(firm.id, &firm.provider))
                .collect(),
            pins: record.pins,
            assignment: record.assignment,
        })
    }

    fn crisis_case(&self, case: &CrisisCase) -> Result<CrisisCaseFace> {
        let state = self.case_state(case.id)?;
        let record = match state.organisation {
            Some(id) => organisation::get(self.conn(), id)?,
            None => None,
        };
        let location = case.needs.location.as_ref();
        let commune = location.and_then(|one| communes().by_insee(&one.commune));
        Ok(CrisisCaseFace {
            id: case.id,
            reference: state.reference,
            organisation: record.map_or(state.title, |record| record.name),
            commune: commune.map(|one| one.name.to_owned()).unwrap_or_default(),
            place: location.and_then(|one| one.place),
            grade: case.grade,
            tlp: state.tlp,
        })
    }

    /// The firms that pass for a case and have a hand free before anything is assigned, by name: whom a person may
    /// settle on.
    ///
    /// # Errors
    /// An unknown case.
    pub fn crisis_choices(&self, case: Uuid) -> Result<Vec<FirmFace>> {
        let list = self.match_case(case, None, None)?;
        let mut faces: Vec<FirmFace> = list.ranked.into_iter().map(|one| one.provider).collect();
        faces.sort_by_cached_key(|face| (crate::domain::fold::fold(&face.name), face.id));
        Ok(faces)
    }

    /// How often each firm stands in the plans of some days.
    pub(super) fn crisis_referrals(
        &self,
        is_counted: impl Fn(NaiveDate) -> bool,
    ) -> Result<HashMap<Uuid, u32>> {
        let mut counts = HashMap::new();
        for (_, kept) in registry::all::<Crisis>(self.conn(), EntityKind::Crisis)? {
            if is_counted(kept.on) {
                for firm in kept.firms {
                    *counts.entry(firm).or_default() += 1;
                }
            }
        }
        Ok(counts)
    }
}

fn face(id: Uuid, kept: &Crisis) -> CrisisFace {
    CrisisFace {
        id,
        name: kept.name.clone(),
        on: kept.on,
        cases: u32::try_from(kept.cases.len()).unwrap_or(u32::MAX),
        served: kept.served,
        made_by: kept.made_by,
        made_at: instant(kept.made_at),
    }
}

fn refused(why: CrisisError) -> ApiError {
    let (code, field) = match why {
        CrisisError::TooManyCases { .. } => (Code::TooLong, "cases"),
        CrisisError::MissingReason => (Code::ReasonMissing, "reason"),
        CrisisError::UnknownCase | CrisisError::Excluded => (Code::Invalid, "pins"),
    };
    ApiError::field(code, field, why.to_string())
}
