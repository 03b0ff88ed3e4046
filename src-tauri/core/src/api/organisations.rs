//! The organisations: finding, recognising, checking, changing them.

use uuid::Uuid;

use super::commit::{fields_of, sets, word};
use super::error::{ApiError, Code, Result};
use super::session::Session;
use super::view::{
    CaseRef, CommuneView, Done, EpciView, NafView, OrganisationCheck, OrganisationMatch,
    OrganisationView,
};
use crate::db::organisation::OrganisationState;
use crate::db::{case, organisation};
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::identifiers::{CompanyNumber, IdentifierError};
use crate::domain::intake::{ReportedOrganisation, clean_line};
use crate::domain::organisation::{OrganisationKind, Scope as Competence, in_scope, size_class};
use crate::domain::people::Ability;
use crate::journal::Scope;
use crate::reference::communes::communes;
use crate::reference::naf::naf;

/// Proposals shown at once.
const SHOWN: u32 = 12;

/// The company number that was typed, none if nothing was; the error by code.
fn company_number(typed: &str) -> std::result::Result<Option<CompanyNumber>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    typed
        .parse()
        .map(Some)
        .map_err(|error: IdentifierError| word(&error))
}

impl OrganisationView {
    pub(super) fn of(id: Uuid, state: OrganisationState) -> Self {
        let naf_label = naf()
            .by_code(&state.naf)
            .map(|found| found.label.to_owned())
            .unwrap_or_default();
        Self {
            id,
            name: state.name,
            kind: state.kind,
            siren: state.siren,
            siret: state.siret,
            headcount: state.headcount,
            turnover_euros: state.turnover_euros,
            balance_euros: state.balance_euros,
            naf: state.naf,
            naf_version: state.naf_version,
            naf_label,
            commune: state.commune,
            commune_name: state.commune_name,
            department: state.department,
        }
    }
}

/// What the journal keeps of an organisation as it was told on the phone.
pub(super) fn state_of(told: &ReportedOrganisation) -> OrganisationState {
    let (siren, siret) = match company_number(&told.identifier) {
        Ok(Some(CompanyNumber::Siret(siret))) => {
            (siret.siren().as_str().to_owned(), siret.as_str().to_owned())
        }
        Ok(Some(number)) => (number.siren().as_str().to_owned(), String::new()),
        _ => (String::new(), String::new()),
    };
    let class = size_class(told.headcount, told.turnover_euros, told.balance_euros);
    let state = OrganisationState {
        name: clean_line(&told.name),
        kind: told.kind.or(class.map(|class| class.class)),
        siren,
        siret,
        headcount: told.headcount,
        turnover_euros: told.turnover_euros,
        balance_euros: told.balance_euros,
        naf: told.naf.clone(),
        ..OrganisationState::default()
    };
    placed(state, &told.commune)
}

/// Fills what the reference data know: the commune's name and département, the version of the NAF.
fn placed(mut state: OrganisationState, commune: &str) -> OrganisationState {
    state.commune.clear();
    state.commune_name.clear();
    state.department.clear();
    if let Some(found) = communes().by_insee(commune) {
        state.commune = found.code.to_owned();
        state.commune_name = found.name.to_owned();
        state.department = found.departement.to_owned();
    }
    state.naf_version = naf()
        .by_code(&state.naf)
        .map(|found| word(&found.version))
        .unwrap_or_default();
    state
}

impl Session {
    /// Organisations whose name or commune begins like the text, or that bear the SIREN.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn organisations(&self, text: &str) -> Result<Vec<OrganisationMatch>> {
        self.require(Ability::ReadCases)?;
        let mut found = match company_number(text) {
            Ok(Some(number)) => organisation::by_siren(self.conn(), number.siren().as_str())?,
            _ => Vec::new(),
        };
        if found.is_empty() {
            found = organisation::find(self.conn(), text, SHOWN)?;
        }
        found
            .into_iter()
            .map(|(id, state)| self.organisation_match(id, state))
            .collect()
    }

    fn organisation_match(&self, id: Uuid, state: OrganisationState) -> Result<OrganisationMatch> {
        let open_cases = case::open_of_organisation(self.conn(), id)?;
        Ok(OrganisationMatch {
            organisation: OrganisationView::of(id, state),
            open_cases: open_cases
                .into_iter()
                .map(|row| CaseRef {
                    id: row.id,
                    reference: row.reference,
                    title: row.title,
                })
                .collect(),
        })
    }

    /// What can be said of an organisation as it is typed: its number, its class, our competence, its doubles.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn check_organisation(&self, told: &ReportedOrganisation) -> Result<OrganisationCheck> {
        self.require(Ability::ReadCases)?;
        let number = company_number(&told.identifier);
        let class = size_class(told.headcount, told.turnover_euros, told.balance_euros);
        let region = self.team()?.profile.region;
        let local = communes()
            .by_insee(&told.commune)
            .is_none_or(|commune| commune.region == region);
        // Without a kind only the place can exclude.
        let kind = told
            .kind
            .or(class.map(|class| class.class))
            .unwrap_or(OrganisationKind::Other);
        let scope: Competence = in_scope(kind, local);
        let mut matches = match &number {
            Ok(Some(number)) => organisation::by_siren(self.conn(), number.siren().as_str())?,
            _ => Vec::new(),
        };
        if matches.is_empty() && told.name.chars().count() >= 3 {
            matches = organisation::find(self.conn(), &told.name, SHOWN)?;
        }
        Ok(OrganisationCheck {
            identifier_error: number.err(),
            size_class: class.map(|class| class.class),
            size_certain: class.is_some_and(|class| class.certain),
            scope,
            matches: matches
                .into_iter()
                .filter(|(id, _)| Some(*id) != told.known_as)
                .map(|(id, state)| self.organisation_match(id, state))
                .collect::<Result<_>>()?,
        })
    }

    /// Changes an organisation.
    ///
    /// # Errors
    /// An unknown organisation, a wrong number, no name.
    pub fn set_organisation(&mut self, view: &OrganisationView) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        if organisation::get(self.conn(), view.id)?.is_none() {
            return Err(ApiError::new(Code::NotFound, "no such organisation"));
        }
        let typed = if view.siret.is_empty() {
            &view.siren
        } else {
            &view.siret
        };
        company_number(typed).map_err(|code| ApiError::field(Code::Invalid, "siren", code))?;
        if clean_line(&view.name).is_empty() {
            return Err(ApiError::field(Code::Invalid, "name", "missing"));
        }
        let told = ReportedOrganisation {
            name: view.name.clone(),
            identifier: typed.clone(),
            kind: view.kind,
            headcount: view.headcount,
            turnover_euros: view.turnover_euros,
            balance_euros: view.balance_euros,
            naf: view.naf.clone(),
            commune: view.commune.clone(),
            ..ReportedOrganisation::default()
        };
        let entity = Entity {
            kind: EntityKind::Organisation,
            id: view.id,
        };
        self.commit(
            Scope::Organisation(view.id),
            sets(entity, fields_of("", &state_of(&told), 1)?),
        )
    }

    /// Communes by name or postcode, those of the team's region first.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn communes(&self, text: &str) -> Result<Vec<CommuneView>> {
        let region = self.team()?.profile.region;
        let found = communes().search(text, Some(&region), SHOWN as usize);
        Ok(found
            .into_iter()
            .map(|found| CommuneView {
                insee: found.commune.code.to_owned(),
                name: found.commune.name.to_owned(),
                former_name: found.by_former_name.unwrap_or_default().to_owned(),
                postcodes: found
                    .commune
                    .postcodes
                    .iter()
                    .map(|code| (*code).to_owned())
                    .collect(),
                department: found.commune.departement.to_owned(),
                region: found.commune.region.to_owned(),
                epci: found
                    .commune
                    .epci
                    .map(|epci| epci.name.to_owned())
                    .unwrap_or_default(),
            })
            .collect())
    }

    /// Intercommunalities that match a name or a SIREN, those of the team's region first.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn epcis(&self, text: &str) -> Result<Vec<EpciView>> {
        let region = self.team()?.profile.region;
        let found = communes().epcis(text, &region, SHOWN as usize);
        Ok(found
            .into_iter()
            .map(|epci| EpciView {
                siren: epci.siren.to_owned(),
                name: epci.name.to_owned(),
            })
            .collect())
    }
}

/// Activities of the NAF by code or words.
#[must_use]
pub fn search_naf(text: &str) -> Vec<NafView> {
    naf()
        .search(text, SHOWN as usize)
        .into_iter()
        .map(|activity| NafView {
            code: activity.code.to_owned(),
            label: activity.label.to_owned(),
            version: word(&activity.version),
        })
        .collect()
}
