//! The list of firms for a case: what the case needs, who fits, which names were drawn, and the record of it.
//!
//! The seed of a list that is kept follows from the case and from how many lists it had before: nobody can draw again
//! until the names please. All that a list was made of is kept beside it, so that it can be made again.

use std::collections::HashMap;
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rusqlite::Connection;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::api::commit::{fields_of, instant};
use crate::api::documents::unhex;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{
    EqualityView, ExcludedFirm, FirmFace, ListedFirm, MatchView, RankedFirm, ReferralView,
    ReplayView, ShortlistView,
};
use crate::db::{blob, member, organisation, registry};
use crate::domain::calendar::in_paris;
use crate::domain::case::Channel;
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::people::Ability;
use crate::domain::provider::equality::{RecordedDraw, equality};
use crate::domain::provider::matching::{
    Filter, Firm, Match, Remedy, ReplaceError, Replacement, Rules, draw, match_providers, replay,
};
use crate::domain::provider::{CaseFacts, Deduced, DeducedNeeds, Location, Needs};
use crate::journal::history::hex;
use crate::journal::{Author, Change, Scope, commit};
use crate::reference::communes::communes;
use crate::reference::places::places;

/// The one set of rules.
pub(super) const RULES: Uuid = Uuid::from_u128(0x4d61_7463_6852_756c);
/// What the record of a list may unpack to.
const MAX_RECORD_BYTES: usize = 256 * 1024 * 1024;

/// A list as the case keeps it; what it was made of lies in the blob.
#[derive(Serialize, Deserialize)]
pub(super) struct Shortlist {
    pub case: Uuid,
    pub on: NaiveDate,
    /// The names as they leave.
    pub firms: Vec<Uuid>,
    seed: u64,
    inputs: String,
    /// SHA-256 of the record, hexadecimal.
    record_sha256: String,
    made_by: Uuid,
    made_at: i64,
    /// Whom the beneficiary chose.
    #[serde(default)]
    pub chosen: Option<Uuid>,
    /// How the beneficiary was told…
    #[serde(default)]
    pub told_by: Option<Channel>,
    /// … and when.
    #[serde(default)]
    pub told_on: Option<NaiveDate>,
}

/// All that a list was made of, and what came out.
#[derive(Serialize, Deserialize)]
struct Record {
    list: Match,
    firms: Vec<Firm>,
    because: Vec<Deduced>,
}

impl Session {
    /// What the lead set.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn match_rules(&self) -> Result<Rules> {
        self.require(Ability::ReadCases)?;
        let rules: Option<Rules> = registry::get(self.conn(), RULES)?;
        Ok(rules.unwrap_or_default().within_limits())
    }

    /// Sets what each criterion counts, what fits equally well, and how many names are given.
    ///
    /// # Errors
    /// Not the lead.
    pub fn set_match_rules(&mut self, rules: &Rules) -> Result<Rules> {
        self.require(Ability::ManageTeam)?;
        let entity = Entity {
            kind: EntityKind::MatchRules,
            id: RULES,
        };
        let fields = fields_of("", &rules.within_limits(), 1)?;
        self.commit(Scope::Registry, crate::api::commit::sets(entity, fields))?;
        self.match_rules()
    }

    /// What a case needs of a firm, and why.
    ///
    /// # Errors
    /// An unknown case.
    pub fn case_needs(&self, case: Uuid) -> Result<DeducedNeeds> {
        self.require(Ability::ReadCases)?;
        let state = self.case_state(case)?;
        let record = match state.organisation {
            Some(id) => organisation::get(self.conn(), id)?,
            None => None,
        };
        let told = state.report.organisation.known();
        let commune = match &record {
            Some(record) if !record.commune.is_empty() => record.commune.as_str(),
            _ => told.map_or("", |told| told.commune.as_str()),
        };
        let record = record.as_ref();
        let mut deduced = Needs::of_triage(&CaseFacts {
            report: Some(&state.report),
            categories: &state.categories,
            axes: Some(&state.axes),
            grade: Some(state.grade()),
            kind: record.and_then(|record| record.kind),
            headcount: record.and_then(|record| record.headcount),
            naf: record.map_or("", |record| record.naf.as_str()),
            siren: record.map_or("", |record| record.siren.as_str()),
            location: location(commune),
        });
        let referrals = self.referrals_of(case)?.into_iter();
        let declined = referrals.filter(|(_, one)| one.is_declined());
        deduced.needs.declined = declined.map(|(_, one)| one.firm).collect();
        Ok(deduced)
    }

    /// The needs with what the case concedes: changes that would let a firm in, and filters that are given up.
    ///
    /// # Errors
    /// Not allowed to read.
    pub fn concede_needs(
        &self,
        mut needs: Needs,
        remedies: &[Remedy],
        filters: &[Filter],
    ) -> Result<Needs> {
        self.require(Ability::ReadCases)?;
        remedies.iter().for_each(|one| one.concede(&mut needs));
        filters.iter().for_each(|one| one.relax(&mut needs));
        Ok(needs)
    }

    /// Where a commune is, as a need says it; nothing for a code that is not known.
    ///
    /// # Errors
    /// Not allowed to read.
    pub fn needs_place(&self, commune: &str) -> Result<Option<Location>> {
        self.require(Ability::ReadCases)?;
        Ok(location(commune))
    }

    /// The list for a case as it would be kept now; with other needs or another seed, to see what they change. Nothing is
    /// kept.
    ///
    /// # Errors
    /// An unknown case.
    pub fn match_case(
        &self,
        case: Uuid,
        needs: Option<Needs>,
        seed: Option<u64>,
    ) -> Result<MatchView> {
        let begun = Instant::now();
        let record = self.list(case, needs, seed)?;
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        Ok(view(record, took, self.now()))
    }

    /// Keeps the list of a case: its names count as referred. Names may be replaced, each for a reason.
    ///
    /// # Errors
    /// An unknown case; nobody to name; a replacement without a reason, or by a firm that a filter leaves out.
    pub fn keep_shortlist(
        &mut self,
        case: Uuid,
        needs: Option<Needs>,
        replacements: &[Replacement],
    ) -> Result<ShortlistView> {
        self.require(Ability::Triage)?;
        let mut record = self.list(case, needs, None)?;
        for change in replacements {
            record
                .list
                .replace(change.out, change.by, &change.reason)
                .map_err(refused)?;
        }
        if record.list.shortlist.is_empty() {
            return Err(ApiError::field(
                Code::Invalid,
                "shortlist",
                "no firm passes the filters",
            ));
        }
        let (made_by, made_at) = (self.person().id, self.now());
        let (id, kept) = self.keep_list(case, &record, made_by, made_at)?;
        Ok(shortlist_view(id, &kept, record, Vec::new(), made_at))
    }

    /// Keeps a list as somebody made it at an instant: its record, and what the case says of it.
    fn keep_list(
        &mut self,
        case: Uuid,
        record: &Record,
        made_by: Uuid,
        made_at: DateTime<Utc>,
    ) -> Result<(Uuid, Shortlist)> {
        let (bytes, sha256, record_sha256) = keep_record(record)?;
        let kept = Shortlist {
            case,
            on: record.list.on,
            firms: record.list.shortlist.clone(),
            seed: record.list.seed,
            inputs: record.list.inputs.clone(),
            record_sha256,
            made_by,
            made_at: made_at.timestamp_millis(),
            chosen: None,
            told_by: None,
            told_on: None,
        };
        let id = Uuid::now_v7();
        let change = Change::new(EntityKind::Shortlist, id, fields_of("", &kept, 1)?);
        self.write(|tx, author| {
            let author = Author {
                person: made_by,
                at: kept.made_at,
                ..author
            };
            blob::keep(tx, &sha256, &bytes)?;
            Ok(commit(tx, author, Scope::Case(case), vec![change])?)
        })?;
        Ok((id, kept))
    }

    /// Keeps the list of a case as it would have been drawn and kept by somebody at an instant, with the referrals of
    /// that day; gives it with its names, or nothing where no firm passed. For the demonstration.
    ///
    /// # Errors
    /// An unknown case.
    pub(in crate::api) fn keep_shortlist_of(
        &mut self,
        case: Uuid,
        made_by: Uuid,
        made_at: DateTime<Utc>,
    ) -> Result<Option<(Uuid, Vec<Uuid>)>> {
        let on = in_paris(made_at).date_naive();
        let record = self.list_on(on, case, None, None)?;
        if record.list.shortlist.is_empty() {
            return Ok(None);
        }
        let (id, kept) = self.keep_list(case, &record, made_by, made_at)?;
        Ok(Some((id, kept.firms)))
    }

    /// The lists that a case keeps, newest first.
    ///
    /// # Errors
    /// A record that no longer has its hash.
    pub fn shortlists(&self, case: Uuid) -> Result<Vec<ShortlistView>> {
        self.require(Ability::ReadCases)?;
        let kept = member::of_case::<Shortlist>(self.conn(), case, EntityKind::Shortlist)?;
        let referrals = self.referral_views(case)?;
        let now = self.now();
        let views = kept.into_iter().rev().map(|(id, kept)| {
            let of_list = referrals.iter().filter(|(list, _)| *list == id);
            let referrals = of_list.map(|(_, one)| one.clone()).collect();
            Ok(shortlist_view(
                id,
                &kept,
                self.record(&kept)?,
                referrals,
                now,
            ))
        });
        views.collect()
    }

    /// Whether firms were treated equally between two days, both included: what the draws promised each, what came out,
    /// and whom each filter left out. No word of a beneficiary is in it.
    ///
    /// # Errors
    /// A record that no longer has its hash.
    pub fn provider_equality(&self, from: NaiveDate, until: NaiveDate) -> Result<EqualityView> {
        self.require(Ability::ReadCases)?;
        let mut draws = Vec::new();
        for (_, kept) in member::of_kind::<Shortlist>(self.conn(), EntityKind::Shortlist)? {
            if from <= kept.on && kept.on <= until {
                draws.push(RecordedDraw::of(&self.record(&kept)?.list, kept.chosen));
            }
        }
        let report = equality(&draws, from, until);
        let known = self.registered()?.into_iter();
        let firms = known
            .filter(|(id, _)| report.firms.iter().any(|share| share.firm == *id))
            .map(|(id, provider)| FirmFace::of(id, &provider));
        Ok(EqualityView {
            firms: firms.collect(),
            report,
        })
    }

    pub(super) fn kept_shortlist(&self, id: Uuid) -> Result<Shortlist> {
        member::get(self.conn(), id, EntityKind::Shortlist)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such list"))
    }

    /// Makes a kept list again from what it was made of, and compares.
    ///
    /// # Errors
    /// An unknown list; a record that no longer has its hash.
    pub fn replay_shortlist(&self, id: Uuid) -> Result<ReplayView> {
        self.require(Ability::ReadCases)?;
        let kept = self.kept_shortlist(id)?;
        let record = self.record(&kept)?;
        Ok(ReplayView {
            replay: replay(&record.list, &record.firms),
            kept: shortlist_view(id, &kept, record, Vec::new(), self.now()),
        })
    }

    fn list(&self, case: Uuid, needs: Option<Needs>, seed: Option<u64>) -> Result<Record> {
        self.list_on(self.today(), case, needs, seed)
    }

    fn list_on(
        &self,
        on: NaiveDate,
        case: Uuid,
        needs: Option<Needs>,
        seed: Option<u64>,
    ) -> Result<Record> {
        let deduced = self.case_needs(case)?;
        let (needs, because) = match needs {
            Some(needs) => (needs, Vec::new()),
            None => (deduced.needs, deduced.because),
        };
        let before = member::of_case::<Shortlist>(self.conn(), case, EntityKind::Shortlist)?.len();
        let turn = u32::try_from(before).unwrap_or(u32::MAX);
        let reference = self.case_ref(case)?.reference;
        let seed = seed.unwrap_or_else(|| draw::seed_of(&reference, turn));
        let firms = self.firms(on)?;
        Ok(Record {
            list: match_providers(&needs, &firms, &self.match_rules()?, seed, on),
            firms,
            because,
        })
    }

    /// The rules that a kept list was drawn by.
    pub(super) fn drawn_by(&self, list: Uuid) -> Result<Rules> {
        Ok(self.record(&self.kept_shortlist(list)?)?.list.rules)
    }

    fn record(&self, kept: &Shortlist) -> Result<Record> {
        read_record(self.conn(), &kept.record_sha256)
    }
}

/// A record as a blob, with its hash, and the hash in hexadecimal.
pub(super) fn keep_record(record: &impl Serialize) -> Result<(Vec<u8>, [u8; 32], String)> {
    let bytes = compress_to_vec(&serde_json::to_vec(record)?, 6);
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    Ok((bytes, sha256, hex(&sha256)))
}

/// A record from its blob.
pub(super) fn read_record<T: DeserializeOwned>(conn: &Connection, sha256: &str) -> Result<T> {
    let damaged = || ApiError::new(Code::DatabaseDamaged, "the record of a list is damaged");
    let sha256 = unhex(sha256).ok_or_else(damaged)?;
    let bytes = blob::get(conn, &sha256)?
        .filter(|bytes| Sha256::digest(bytes)[..] == sha256)
        .ok_or_else(damaged)?;
    let text = decompress_to_vec_with_limit(&bytes, MAX_RECORD_BYTES).map_err(|_| damaged())?;
    serde_json::from_slice(&text).map_err(|_| damaged())
}

/// Where a commune is; nothing for one that is not known.
fn location(commune: &str) -> Option<Location> {
    let found = communes().by_insee(commune)?;
    Some(Location {
        commune: found.code.to_owned(),
        departement: found.departement.to_owned(),
        region: found.region.to_owned(),
        epci: found.epci.map(|epci| epci.siren.to_owned()),
        place: places().of(found.code).map(|found| found.place),
    })
}

fn refused(why: ReplaceError) -> ApiError {
    let code = match why {
        ReplaceError::MissingReason => Code::ReasonMissing,
        _ => Code::Invalid,
    };
    ApiError::field(code, "replacements", why.to_string())
}

fn shortlist_view(
    id: Uuid,
    kept: &Shortlist,
    record: Record,
    referrals: Vec<ReferralView>,
    now: DateTime<Utc>,
) -> ShortlistView {
    let listed = record.list.shortlist.iter().filter_map(|id| {
        let firm = record.firms.iter().find(|firm| firm.id == *id)?;
        let km = record.list.ranked.iter().find(|one| one.firm == *id);
        Some(ListedFirm {
            face: FirmFace::of(*id, &firm.provider),
            km: km.and_then(|one| one.km),
            provider: firm.provider.clone(),
            answers_from: answers_from(firm, now),
        })
    });
    ShortlistView {
        listed: listed.collect(),
        id,
        made_at: instant(kept.made_at),
        made_by: kept.made_by,
        chosen: kept.chosen,
        told_by: kept.told_by,
        told_on: kept.told_on,
        referrals,
        list: view(record, 0.0, now),
    }
}

/// When the line of a firm answers, if it does not at an instant.
fn answers_from(firm: &Firm, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    firm.provider.hours.and_then(|rule| rule.answers_from(at))
}

fn view(record: Record, took_ms: f64, now: DateTime<Utc>) -> MatchView {
    let Record {
        list,
        firms,
        because,
    } = record;
    let faces: HashMap<Uuid, FirmFace> = firms
        .iter()
        .map(|firm| (firm.id, FirmFace::of(firm.id, &firm.provider)))
        .collect();
    let closed: HashMap<Uuid, DateTime<Utc>> = firms
        .iter()
        .filter_map(|firm| Some((firm.id, answers_from(firm, now)?)))
        .collect();
    // Every firm of a list is among those that it was made of.
    let face = |id: &Uuid| faces.get(id).cloned();
    let ranked = list.ranked.into_iter().filter_map(|one| {
        Some(RankedFirm {
            provider: face(&one.firm)?,
            score: one.total,
            criteria: one.lines,
            band: one.band,
            drawn: one.drawn,
            km: one.km,
            referrals: one.referrals,
            notices: one.notices,
            answers_from: closed.get(&one.firm).copied(),
        })
    });
    let excluded = list.excluded.into_iter().filter_map(|one| {
        Some(ExcludedFirm {
            provider: face(&one.firm)?,
            km: one.km,
            comes_close: matches!(&one.remedies[..], [only] if only.is_of_the_case()),
            reasons: one.reasons,
            remedies: one.remedies,
        })
    });
    MatchView {
        ranked: ranked.collect(),
        excluded: excluded.collect(),
        shortlist: list.shortlist.iter().filter_map(face).collect(),
        replacements: list.replacements,
        seed: list.seed,
        algorithm: list.algorithm,
        on: list.on,
        inputs: list.inputs,
        needs: list.needs,
        because,
        shares: list.shares,
        caveats: list.caveats,
        nobody_left: list.nobody_left,
        took_ms,
    }
}
