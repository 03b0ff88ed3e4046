//! What leaves the house about firms: the list for the beneficiary, the report on equal treatment, the plan of a crisis.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::delegation::Delegation;
use crate::api::commit::instant;
use crate::api::documents::NewDocument;
use crate::api::error::{ApiError, Code, Result};
use crate::api::export::write_new;
use crate::api::session::Session;
use crate::api::summary::{authorities, team};
use crate::api::view::{
    CrisisView, DocumentKind, DocumentView, Exported, FirmFace, Language, ListedFirm, ShortlistView,
};
use crate::db::organisation;
use crate::domain::calendar::in_paris;
use crate::domain::case::Audience;
use crate::domain::fold::fold;
use crate::domain::mail::{KeyFitness, KeyTrust};
use crate::domain::marking::Tlp;
use crate::domain::people::Ability;
use crate::domain::provider::Provider;
use crate::report::firms::crisis::{self as plan, AssignedFirm, PlannedCase, UnservedCase};
use crate::report::firms::equality::{self as equality_report, EqualityReportView};
use crate::report::firms::short_list::{
    self as list, Authority, Origin, ProposedFirm, ShortListView,
};
use crate::report::firms::{hours, needs};
use crate::report::summary::{Person, Signature, Team};
use crate::report::{self, Document, Lang, Pdf};

/// What every document of the team says of itself.
struct Imprint {
    lang: Lang,
    team: Team,
    fingerprint: String,
    prepared_by: String,
    prepared_at: DateTime<Utc>,
    disclaimer: String,
}

impl Imprint {
    fn signature(&self, file: &str) -> Signature {
        Signature {
            file: format!("{file}.asc"),
            fingerprint: self.fingerprint.clone(),
        }
    }
}

/// A kept plan as its documents say it.
struct CrisisPlan {
    view: plan::CrisisView,
    /// The firms, in the order in which the view names them.
    order: Vec<Uuid>,
    imprint: Imprint,
}

impl CrisisPlan {
    fn place_of(&self, firm: Uuid) -> Result<usize> {
        let place = self.order.iter().position(|one| *one == firm);
        place.ok_or_else(no_case_of_the_plan)
    }
}

impl Session {
    fn imprint(&self, language: Language) -> Result<Imprint> {
        let profile = self.team()?.profile;
        let fingerprint = self.team_key()?.certificate.fingerprint().grouped();
        let (lang, disclaimer) = match language {
            Language::Fr => (Lang::Fr, profile.disclaimer_fr.clone()),
            Language::En => (Lang::En, profile.disclaimer_en.clone()),
        };
        Ok(Imprint {
            lang,
            team: team(&profile, &fingerprint),
            fingerprint,
            prepared_by: self.person().name.clone(),
            prepared_at: self.now(),
            disclaimer,
        })
    }

    /// A kept list as it would leave now; nothing is kept.
    ///
    /// # Errors
    /// An unknown list.
    pub fn preview_shortlist(&self, id: Uuid, language: Language) -> Result<Pdf> {
        self.require(Ability::ReadCases)?;
        let (_, document, _) = self.shortlist_document(id, language)?;
        Ok(report::render(&document)?)
    }

    /// Keeps a list as a document of its case. Drawn by the rule that the lead signed, and not changed by hand, it may
    /// leave; any other waits for the lead.
    ///
    /// # Errors
    /// An unknown list; not allowed to prepare documents.
    pub fn submit_shortlist(&mut self, id: Uuid, language: Language) -> Result<DocumentView> {
        self.require(Ability::PrepareDocument)?;
        let (case, document, mandate) = self.shortlist_document(id, language)?;
        let file_name = shortlist_file(&self.case_ref(case)?.reference);
        self.keep_document(NewDocument {
            case,
            kind: DocumentKind::ShortList,
            audience: Audience::Beneficiary,
            file_name,
            tlp: document.marking.tlp,
            pdf: report::render(&document)?,
            mandate,
        })
    }

    /// A kept list as a document, its case, and the lead's word if it leaves under it.
    fn shortlist_document(
        &self,
        id: Uuid,
        language: Language,
    ) -> Result<(Uuid, Document, Option<Delegation>)> {
        let case = self.kept_shortlist(id)?.case;
        let kept = self.replay_shortlist(id)?.kept;
        let state = self.case_state(case)?;
        let imprint = self.imprint(language)?;
        let mandate = match kept.list.replacements.is_empty() {
            true => self.delegation_of(&kept)?,
            false => None,
        };
        let authority = match &mandate {
            Some(word) => Authority::Delegated {
                signed_on: in_paris(instant(word.signed_at)).date_naive(),
                signer: self
                    .names()?
                    .get(&word.signed_by)
                    .cloned()
                    .unwrap_or_default(),
                fingerprint: word.fingerprint.clone(),
                rules_sha256: word.rules_sha256.clone(),
            },
            None => Authority::Lead(imprint.signature(&shortlist_file(&state.reference))),
        };
        let organisation = match state.organisation {
            Some(id) => organisation::get(self.conn(), id)?.map(|record| record.name),
            None => None,
        };
        let firms = kept
            .listed
            .iter()
            .map(|firm| self.proposed(firm, &kept, imprint.lang));
        let view = ShortListView {
            lang: imprint.lang,
            reference: state.reference,
            organisation: organisation.filter(|name| !name.is_empty()),
            tlp: state.tlp,
            firms: firms.collect::<Result<_>>()?,
            needs: needs::lines(&kept.list.needs, imprint.lang),
            origin: origin(&kept),
            authority,
            team: imprint.team,
            prepared_by: imprint.prepared_by,
            prepared_at: imprint.prepared_at,
            disclaimer: imprint.disclaimer,
        };
        Ok((case, list::document(&view), mandate))
    }

    /// The lead's word, if the list was drawn by the very rules that it stands under.
    fn delegation_of(&self, kept: &ShortlistView) -> Result<Option<Delegation>> {
        let is_by_these = self.drawn_by(kept.id)? == self.match_rules()?;
        Ok(self.standing_delegation()?.filter(|_| is_by_these))
    }

    fn proposed(
        &self,
        firm: &ListedFirm,
        kept: &ShortlistView,
        lang: Lang,
    ) -> Result<ProposedFirm> {
        let Provider {
            contacts,
            hours: rule,
            labels,
            services,
            prices,
            languages,
            ..
        } = &firm.provider;
        let contact = contacts.first().cloned().unwrap_or_default();
        // A fingerprint that nobody compared would promise too much.
        let mut keys = match contact.mail.is_empty() {
            true => Vec::new(),
            false => self.keyring(&contact.mail)?,
        };
        keys.retain(|key| key.trust == KeyTrust::Verified && key.fitness == KeyFitness::Fit);
        let ranked = kept.list.ranked.iter();
        let band = ranked
            .filter(|one| one.provider.id == firm.face.id)
            .map(|one| one.band)
            .next();
        Ok(ProposedFirm {
            name: firm.face.name.clone(),
            band: band.unwrap_or(1),
            commune: place(&firm.face),
            km: firm.km,
            contact: Person {
                role: String::new(),
                name: contact.name,
                function: contact.function,
                phone: contact.phone,
                mail: contact.mail,
            },
            fingerprint: keys.into_iter().next().map(|key| key.fingerprint),
            hours: rule.map(|rule| hours(rule, lang)),
            reaction_hours: firm.provider.reaction_hours,
            on_site: firm.provider.on_site,
            on_site_hours: firm.provider.on_site_within_hours,
            labels: labels
                .iter()
                .filter(|label| label.holds_on(kept.list.on))
                .cloned()
                .collect(),
            services: services.clone(),
            prices: prices.clone(),
            languages: languages.clone(),
        })
    }

    /// The report on equal treatment between two days, both included.
    ///
    /// # Errors
    /// A record that no longer has its hash.
    pub fn equality_pdf(
        &self,
        from: NaiveDate,
        until: NaiveDate,
        language: Language,
    ) -> Result<Pdf> {
        let told = self.provider_equality(from, until)?;
        let imprint = self.imprint(language)?;
        let names: BTreeMap<Uuid, String> = told
            .firms
            .iter()
            .map(|face| (face.id, face.name.clone()))
            .collect();
        let name = |id: &Uuid| names.get(id).cloned().unwrap_or_else(|| id.to_string());
        let report = &told.report;
        let firms = report.firms.iter().map(|share| equality_report::FirmLine {
            name: name(&share.firm),
            share: *share,
        });
        let filters = report
            .filters
            .iter()
            .map(|one| equality_report::FilterLine {
                filter: one.filter,
                times: one.times,
                firms: one
                    .firms
                    .iter()
                    .map(|firm| (name(&firm.firm), firm.times))
                    .collect(),
            });
        let view = EqualityReportView {
            lang: imprint.lang,
            tlp: Tlp::Green,
            from,
            until,
            lists: report.lists,
            names: report.names,
            choices: report.firms.iter().map(|share| share.chosen).sum(),
            changes: None,
            firms: firms.collect(),
            filters: filters.collect(),
            signature: self.signature_on(&imprint, &equality_file(from, until)),
            team: imprint.team,
            prepared_by: imprint.prepared_by,
            prepared_at: imprint.prepared_at,
            disclaimer: imprint.disclaimer,
        };
        Ok(report::render(&equality_report::document(&view))?)
    }

    /// Writes the report on equal treatment, and the lead's signature beside where the lead asks.
    ///
    /// # Errors
    /// As [`Self::equality_pdf`]; a folder that cannot be written; a full disk.
    pub fn export_equality(
        &self,
        from: NaiveDate,
        until: NaiveDate,
        language: Language,
        folder: &Path,
    ) -> Result<Exported> {
        let pdf = self.equality_pdf(from, until, language)?;
        Ok(Exported {
            folder: folder.display().to_string(),
            files: self.write_signed(folder, &equality_file(from, until), &pdf)?,
        })
    }

    /// What a document says of its signature: nothing where it is not the lead who asks for it.
    fn signature_on(&self, imprint: &Imprint, file: &str) -> Option<Signature> {
        let is_signed = self.require(Ability::SignDocument).is_ok();
        is_signed.then(|| imprint.signature(file))
    }

    /// Writes a document, with the lead's signature beside it where the lead asks; gives the names of the files.
    fn write_signed(&self, folder: &Path, name: &str, pdf: &Pdf) -> Result<Vec<String>> {
        let signature = match self.require(Ability::SignDocument).is_ok() {
            true => Some(self.signing_material()?.sign(&pdf.bytes, self.now())?),
            false => None,
        };
        let file = write_new(folder, name, &pdf.bytes)?;
        let mut files = vec![file.clone()];
        if let Some(signature) = signature {
            files.push(write_new(
                folder,
                &format!("{file}.asc"),
                signature.as_bytes(),
            )?);
        }
        Ok(files)
    }

    /// The plan of an event; of one firm alone, where one is named: nothing of the others is in it.
    ///
    /// # Errors
    /// An unknown plan; a firm that has no case of it.
    pub fn crisis_pdf(&self, id: Uuid, firm: Option<Uuid>, language: Language) -> Result<Pdf> {
        let plan = self.crisis_plan(id, language)?;
        let index = match firm {
            None => None,
            Some(firm) => Some(plan.place_of(firm)?),
        };
        let (_, document) = self.crisis_paper(&plan, index)?;
        Ok(report::render(&document)?)
    }

    /// Writes the whole plan, and the list of each firm alone; the lead's signature beside each where the lead asks.
    ///
    /// # Errors
    /// An unknown plan; a folder that cannot be written; a full disk.
    pub fn export_crisis(&self, id: Uuid, language: Language, folder: &Path) -> Result<Exported> {
        let plan = self.crisis_plan(id, language)?;
        let mut files = Vec::new();
        for index in std::iter::once(None).chain((0..plan.order.len()).map(Some)) {
            let (file, document) = self.crisis_paper(&plan, index)?;
            files.extend(self.write_signed(folder, &file, &report::render(&document)?)?);
        }
        Ok(Exported {
            folder: folder.display().to_string(),
            files,
        })
    }

    /// The whole plan, or the list of one of its firms, with the name of its file.
    fn crisis_paper(&self, plan: &CrisisPlan, firm: Option<usize>) -> Result<(String, Document)> {
        let of_firm = firm.and_then(|index| plan.view.firms.get(index));
        let name = of_firm.map_or_else(|| "plan".to_owned(), |firm| slug(&firm.name));
        let file = format!("crise-{}-{name}.pdf", plan.view.on);
        let view = plan::CrisisView {
            signature: self.signature_on(&plan.imprint, &file),
            ..plan.view.clone()
        };
        let document = match firm {
            None => Some(plan::document(&view)),
            Some(index) => plan::for_firm(&view, index),
        };
        Ok((file, document.ok_or_else(no_case_of_the_plan)?))
    }

    fn crisis_plan(&self, id: Uuid, language: Language) -> Result<CrisisPlan> {
        let inputs = self.kept_crisis(id)?.record_sha256;
        let kept = self.crisis(id)?;
        let imprint = self.imprint(language)?;
        let mut by_firm: BTreeMap<Uuid, Vec<PlannedCase>> = BTreeMap::new();
        for one in &kept.assignment.assigned {
            let case = planned(&kept, one.case, one.km);
            by_firm.entry(one.firm).or_default().extend(case);
        }
        let mut faces: Vec<&FirmFace> = kept.firms.iter().collect();
        faces.retain(|face| by_firm.contains_key(&face.id));
        faces.sort_by_cached_key(|face| (fold(&face.name), face.id));
        let mut firms = Vec::with_capacity(faces.len());
        for face in &faces {
            let contacts = self.registered_one(face.id)?.contacts;
            let contact = contacts.into_iter().next().unwrap_or_default();
            firms.push(AssignedFirm {
                name: face.name.clone(),
                contact: Person {
                    role: String::new(),
                    name: contact.name,
                    function: contact.function,
                    phone: contact.phone,
                    mail: contact.mail,
                },
                cases: by_firm.remove(&face.id).unwrap_or_default(),
            });
        }
        let unserved = kept.assignment.unserved.iter().filter_map(|one| {
            Some(UnservedCase {
                case: planned(&kept, one.case, None)?,
                because: one.because.clone(),
            })
        });
        let strictest = kept.cases.iter().map(|case| case.tlp).max();
        let view = plan::CrisisView {
            lang: imprint.lang,
            event: kept
                .kept
                .as_ref()
                .map(|face| face.name.clone())
                .unwrap_or_default(),
            on: kept.assignment.on,
            tlp: strictest.unwrap_or(Tlp::Amber).max(Tlp::Amber),
            firms,
            unserved: unserved.collect(),
            algorithm: kept.assignment.algorithm,
            seed: kept.assignment.seed,
            inputs: Some(inputs),
            helpers: authorities(&self.team()?.profile),
            signature: None,
            team: imprint.team.clone(),
            prepared_by: imprint.prepared_by.clone(),
            prepared_at: imprint.prepared_at,
            disclaimer: imprint.disclaimer.clone(),
        };
        let order = faces.iter().map(|face| face.id).collect();
        Ok(CrisisPlan {
            view,
            order,
            imprint,
        })
    }
}

fn planned(kept: &CrisisView, id: Uuid, km: Option<u32>) -> Option<PlannedCase> {
    let case = kept.cases.iter().find(|case| case.id == id)?;
    Some(PlannedCase {
        reference: case.reference.clone(),
        organisation: case.organisation.clone(),
        commune: case.commune.clone(),
        km,
        grade: case.grade,
        settled: kept
            .pins
            .iter()
            .find(|pin| pin.case == id)
            .map(|pin| pin.reason.clone()),
    })
}

fn no_case_of_the_plan() -> ApiError {
    ApiError::new(Code::NotFound, "no case of the plan")
}

fn origin(kept: &ShortlistView) -> Origin {
    let list = &kept.list;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let name = |id: Uuid| {
        let ranked = list.ranked.iter().map(|one| &one.provider);
        let mut known = ranked.filter(|face| face.id == id);
        known
            .next()
            .map_or_else(String::new, |face| face.name.clone())
    };
    Origin {
        registered: count(list.ranked.len() + list.excluded.len()),
        passing: count(list.ranked.len()),
        left_out: count(list.excluded.len()),
        algorithm: list.algorithm,
        seed: list.seed,
        inputs: list.inputs.clone(),
        on: list.on,
        changes: list
            .replacements
            .iter()
            .map(|change| list::Change {
                out: name(change.out),
                by: name(change.by),
                reason: change.reason.clone(),
            })
            .collect(),
    }
}

/// « Angers (49) ».
fn place(face: &FirmFace) -> String {
    match (face.commune.is_empty(), face.departement.is_empty()) {
        (true, _) => String::new(),
        (false, true) => face.commune.clone(),
        (false, false) => format!("{} ({})", face.commune, face.departement),
    }
}

fn shortlist_file(reference: &str) -> String {
    format!("{reference}-prestataires.pdf")
}

fn equality_file(from: NaiveDate, until: NaiveDate) -> String {
    format!("egalite-prestataires-{from}-{until}.pdf")
}

/// A name as a part of a file's: letters and digits, parted by dashes.
fn slug(name: &str) -> String {
    let parts = fold(name);
    let parts = parts.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}
