//! The firms that help beneficiaries: the registry, and the lists that are drawn from it.

mod crisis;
mod delegation;
mod exchange;
mod following;
mod matching;
mod papers;
mod upkeep;

pub(super) use delegation::Delegation;
pub(super) use following::Referral;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use uuid::Uuid;

use super::commit::{fields_of, sets, word};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::{FirmFace, ProviderQuery, ProviderView};
use crate::db::{member, registry};
use crate::domain::calendar::in_paris;
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::fold::fold;
use crate::domain::geo::Place;
use crate::domain::mail::{KeyFitness, KeyTrust};
use crate::domain::people::Ability;
use crate::domain::provider::matching::{Firm, KeyState, Track};
use crate::domain::provider::{Field, LabelKind, Mistake, Provider, WrongField, reminders};
use crate::journal::{Change, Scope};
use crate::reference::communes::communes;
use crate::reference::places::places;

/// Referrals of so many days weigh in the draw.
const RECENT_DAYS: u64 = 90;

/// What of a kept list the counts need.
#[derive(Deserialize)]
struct Listed {
    on: NaiveDate,
    firms: Vec<Uuid>,
}

impl FirmFace {
    fn of(id: Uuid, provider: &Provider) -> Self {
        let commune = communes().by_insee(&provider.commune);
        Self {
            id,
            name: provider.name.clone(),
            commune: commune.map(|one| one.name.to_owned()).unwrap_or_default(),
            departement: commune
                .map(|one| one.departement.to_owned())
                .unwrap_or_default(),
            place: places().of(&provider.commune).map(|found| found.place),
            labels: provider.labels.clone(),
            archived: provider.archived,
        }
    }
}

impl Session {
    /// The firms of the registry, by name.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn providers(&self, query: &ProviderQuery) -> Result<Vec<FirmFace>> {
        self.require(Ability::ReadCases)?;
        let (wanted, on) = (fold(&query.text), self.today());
        let mut found: Vec<FirmFace> = self
            .registered()?
            .iter()
            .filter(|(_, provider)| !query.to_ask || !reminders(provider, on).is_empty())
            .map(|(id, provider)| FirmFace::of(*id, provider))
            .filter(|face| query.archived || !face.archived)
            .filter(|face| {
                let labels = face.labels.iter().map(|label| match label.kind {
                    LabelKind::Other => label.name.as_str(),
                    kind => kind.name(),
                });
                let labels = labels.collect::<Vec<_>>().join(" ");
                let shown = fold(&format!(
                    "{} {} {} {labels}",
                    face.name, face.commune, face.departement
                ));
                wanted.split(' ').all(|word| shown.contains(word))
            })
            .collect();
        found.sort_by_cached_key(|face| (fold(&face.name), face.id));
        Ok(found)
    }

    /// A firm, whole.
    ///
    /// # Errors
    /// An unknown firm.
    pub fn provider(&self, id: Uuid) -> Result<ProviderView> {
        self.require(Ability::ReadCases)?;
        let provider = self.registered_one(id)?;
        let on = self.today();
        let track = self.provider_tracks(on)?.remove(&id).unwrap_or_default();
        Ok(ProviderView {
            face: FirmFace::of(id, &provider),
            wrong: wrong_fields(&provider, on),
            reminders: reminders(&provider, on),
            key: self.firm_key(&provider)?,
            track,
            provider,
        })
    }

    /// Changes a firm, or takes a new one into the registry.
    ///
    /// # Errors
    /// Not the lead; a field that cannot be kept, by its name: what is only missing is told by the view.
    pub fn set_provider(&mut self, id: Option<Uuid>, provider: &Provider) -> Result<ProviderView> {
        self.require(Ability::ManageTeam)?;
        let on = self.today();
        let refused = wrong_fields(provider, on)
            .into_iter()
            .find(|wrong| wrong.mistake != Mistake::Missing || wrong.field == Field::Name);
        if let Some(wrong) = refused {
            return Err(ApiError::field(
                Code::Invalid,
                word(&wrong.field),
                word(&wrong.mistake),
            ));
        }
        let fields = fields_of("", provider, 1)?;
        let (id, changes) = match id {
            Some(id) => {
                self.registered_one(id)?;
                let entity = Entity {
                    kind: EntityKind::Provider,
                    id,
                };
                (id, sets(entity, fields))
            }
            None => {
                let id = Uuid::now_v7();
                (id, vec![Change::new(EntityKind::Provider, id, fields)])
            }
        };
        self.commit(Scope::Registry, changes)?;
        self.provider(id)
    }

    /// Where the communes of the team's region lie: the dots that draw it.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn region_places(&self) -> Result<Vec<Place>> {
        self.require(Ability::ReadCases)?;
        let region = self.team()?.profile.region;
        let located = places().of_region(&region).into_iter();
        Ok(located.map(|(_, located)| located.place).collect())
    }

    /// Every firm of the registry, archived or not.
    fn registered(&self) -> Result<Vec<(Uuid, Provider)>> {
        Ok(registry::all(self.conn(), EntityKind::Provider)?)
    }

    fn registered_one(&self, id: Uuid) -> Result<Provider> {
        registry::get(self.conn(), id)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such provider"))
    }

    /// Today in Paris.
    fn today(&self) -> NaiveDate {
        in_paris(self.now()).date_naive()
    }

    /// What the team's own cases say of each firm on a day.
    pub(in crate::api) fn provider_tracks(&self, on: NaiveDate) -> Result<BTreeMap<Uuid, Track>> {
        let since = on.checked_sub_days(Days::new(RECENT_DAYS)).unwrap_or(on);
        let mut tracks: BTreeMap<Uuid, Track> = BTreeMap::new();
        for (_, list) in member::of_kind::<Listed>(self.conn(), EntityKind::Shortlist)? {
            if list.on > since && list.on <= on {
                for firm in list.firms {
                    tracks.entry(firm).or_default().referrals += 1;
                }
            }
        }
        for (firm, times) in self.crisis_referrals(|day| day > since && day <= on)? {
            tracks.entry(firm).or_default().referrals += times;
        }
        for (_, one) in member::of_kind::<Referral>(self.conn(), EntityKind::Referral)? {
            if !one.is_declined() && one.chosen_on <= on {
                let is_closed = self.still_open(one.case)?.is_none();
                let track = tracks.entry(one.firm).or_default();
                track.count(&one.after, &one.about, is_closed, on);
            }
        }
        Ok(tracks)
    }

    /// The firms as the rule sees them.
    fn firms(&self, on: NaiveDate) -> Result<Vec<Firm>> {
        let mut tracks = self.provider_tracks(on)?;
        let firm = |(id, provider): (Uuid, Provider)| {
            Ok(Firm {
                id,
                place: places().of(&provider.commune).map(|found| found.place),
                key: self.firm_key(&provider)?,
                track: tracks.remove(&id).unwrap_or_default(),
                provider,
            })
        };
        self.registered()?.into_iter().map(firm).collect()
    }

    /// The best of the keys of a firm's contacts.
    fn firm_key(&self, provider: &Provider) -> Result<KeyState> {
        let mut best = KeyState::Absent;
        for contact in provider.contacts.iter().filter(|one| !one.mail.is_empty()) {
            // What was typed as an address may be none.
            let Ok(Some(key)) = self.key_standing(&contact.mail) else {
                continue;
            };
            best = best.max(match (key.fitness, key.trust) {
                (KeyFitness::Fit, KeyTrust::Verified) => KeyState::Verified,
                (KeyFitness::Fit, KeyTrust::Refused) => KeyState::Unusable,
                (KeyFitness::Fit, _) => KeyState::Seen,
                _ => KeyState::Unusable,
            });
        }
        Ok(best)
    }
}

/// What is wrong or missing in a record; whether its commune exists is looked up as well.
fn wrong_fields(provider: &Provider, on: NaiveDate) -> Vec<WrongField> {
    let mut wrong = provider.check(on);
    let is_told = wrong.iter().any(|one| one.field == Field::Commune);
    if !is_told && communes().by_insee(&provider.commune).is_none() {
        let mistake = match provider.commune.is_empty() {
            true => Mistake::Missing,
            false => Mistake::Malformed,
        };
        wrong.push(WrongField {
            field: Field::Commune,
            index: None,
            mistake,
        });
    }
    wrong
}
