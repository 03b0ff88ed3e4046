//! The short list on paper, for the beneficiary.

use uuid::Uuid;

use super::super::delegation::Delegation;
use crate::api::commit::instant;
use crate::api::documents::NewDocument;
use crate::api::error::Result;
use crate::api::session::Session;
use crate::api::view::{DocumentKind, DocumentView, FirmFace, Language, ListedFirm, ShortlistView};
use crate::db::organisation;
use crate::domain::calendar::in_paris;
use crate::domain::case::Audience;
use crate::domain::mail::{KeyFitness, KeyTrust};
use crate::domain::people::Ability;
use crate::domain::provider::Provider;
use crate::report::firms::short_list::{
    self as list, Authority, Origin, ProposedFirm, ShortListView,
};
use crate::report::firms::{hours, needs};
use crate::report::summary::Person;
use crate::report::{self, Document, Lang, Pdf};

impl Session {
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
