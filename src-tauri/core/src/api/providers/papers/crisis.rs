//! The plan of a crisis on paper: whole for the team, and for each firm its own cases.

use std::collections::BTreeMap;
use std::path::Path;

use uuid::Uuid;

use super::Imprint;
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::summary::authorities;
use crate::api::view::{CrisisView, Exported, FirmFace, Language};
use crate::domain::fold::fold;
use crate::domain::marking::Tlp;
use crate::report::firms::crisis::{self as plan, AssignedFirm, PlannedCase, UnservedCase};
use crate::report::summary::Person;
use crate::report::{self, Document, Pdf};

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

/// A name as a part of a file's: letters and digits, parted by dashes.
fn slug(name: &str) -> String {
    let parts = fold(name);
    let parts = parts.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}
