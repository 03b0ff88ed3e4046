//! What a template says of a case: each field's value, as far as the case holds it. What it does not hold stays to be filled in.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::{CaseView, FilledField, MailDraft};
use crate::domain::calendar::{Term, deadline};
use crate::domain::mail::template::{Field, TemplateLang, fill};
use crate::domain::people::Ability;
use crate::reference::reflex;
use crate::report::{self, Lang};

/// The template that offers the team's key.
const KEY_EXCHANGE: &str = "key_exchange";
/// Hours that the insurance code leaves for the complaint (article L12-10-1), and the GDPR for the notification (article 33).
const HOURS: u32 = 72;

impl Session {
    /// Fills a template in for a draft: its subject and its text take the place of what stands there.
    pub(super) fn fill_template(&self, draft: &mut MailDraft, template: &str) -> Result<()> {
        self.fill_template_with(draft, template, &[])
    }

    /// The same with values that only the caller knows.
    pub(super) fn fill_template_with(
        &self,
        draft: &mut MailDraft,
        template: &str,
        known: &[(Field, String)],
    ) -> Result<()> {
        let lang = draft.lang;
        let templates = self.mail_templates(lang.tag())?;
        let chosen = templates.into_iter().find(|one| one.id == template);
        let chosen = chosen
            .ok_or_else(|| ApiError::field(Code::NotFound, "template", "no such template"))?;
        let mut values = self.values_for(draft)?;
        values.extend(known.iter().cloned());
        let filled = |text: &str| {
            fill(text, &values, lang)
                .map(|filled| filled.text)
                .map_err(|why| ApiError::field(Code::Invalid, "template", why.to_string()))
        };
        draft.subject = filled(&chosen.subject)?;
        draft.text = filled(&chosen.text)?;
        template.clone_into(&mut draft.template);
        // Its text says that the key is attached.
        draft.with_key |= template == KEY_EXCHANGE;
        Ok(())
    }

    /// What Relais can put into the text of a draft, in the order of the list of fields; what it does not know is not there.
    ///
    /// # Errors
    /// An unknown draft.
    pub fn mail_draft_fields(&self, id: Uuid) -> Result<Vec<FilledField>> {
        self.require(Ability::PrepareDocument)?;
        let draft: MailDraft = serde_json::from_str(&self.draft_row(id)?.body)?;
        let mut values = self.values_for(&draft)?;
        let known = Field::ALL.into_iter().filter_map(|field| {
            let value = values.remove(&field)?;
            (!value.trim().is_empty()).then_some(FilledField { field, value })
        });
        Ok(known.collect())
    }

    fn values_for(&self, draft: &MailDraft) -> Result<BTreeMap<Field, String>> {
        let lang = draft.lang;
        let is_french = lang == TemplateLang::Fr;
        let page = if is_french { Lang::Fr } else { Lang::En };
        let mut values = self.template_values(draft.case, lang)?;
        values.insert(Field::Date, report::date(self.now(), page));
        if let Some(contact) = recipient_name(draft) {
            values.insert(Field::Contact, contact.to_owned());
        }
        values.insert(Field::Salutation, salutation(draft, is_french));
        let files = draft
            .attachments
            .iter()
            .map(|file| format!("- {}", file.name));
        values.insert(Field::Files, files.collect::<Vec<_>>().join("\n"));
        if let Some(case) = draft.case {
            values.insert(Field::Providers, self.told_firms(case, is_french)?);
            values.extend(of_case(&self.case(case)?, lang));
        }
        Ok(values)
    }
}

/// Who the mail goes to first, by name.
fn recipient_name(draft: &MailDraft) -> Option<&str> {
    let name = draft.to.first().map(|to| to.name.trim());
    name.filter(|name| !name.is_empty())
}

fn salutation(draft: &MailDraft, is_french: bool) -> String {
    match (recipient_name(draft), is_french) {
        (Some(name), true) => format!("Bonjour {name},"),
        (Some(name), false) => format!("Dear {name},"),
        (None, true) => "Bonjour,".to_owned(),
        (None, false) => "Good morning,".to_owned(),
    }
}

fn of_case(case: &CaseView, lang: TemplateLang) -> BTreeMap<Field, String> {
    let is_french = lang == TemplateLang::Fr;
    let page = if is_french { Lang::Fr } else { Lang::En };
    let mut values = BTreeMap::from([
        (Field::NextStep, case.next_step.clone()),
        (
            Field::Event,
            report::summary::events(&case.categories, page),
        ),
        (Field::Measures, measures(case, is_french)),
    ]);
    // Both run from when somebody was sure of it: what was noticed, else what was told.
    let known_at = case.report.detected.known().map(|moment| moment.at);
    if let Some(end) = known_at.and_then(|at| deadline(at, Term::Hours(HOURS))) {
        let words = report::moment(end, page);
        values.insert(Field::DeadlineComplaint, words.clone());
        values.insert(Field::DeadlineCnil, words);
    }
    values
}

/// The measures that were said on the telephone, else those that the event calls for.
fn measures(case: &CaseView, is_french: bool) -> String {
    let said = case
        .report
        .measures
        .iter()
        .filter_map(|state| reflex::by_id(&state.measure));
    let mut measures: Vec<_> = said.collect();
    if measures.is_empty() {
        measures = reflex::measures_for(&case.categories);
    }
    let line = |measure: &&reflex::ReflexMeasure| {
        format!(
            "- {}",
            if is_french {
                &measure.title_fr
            } else {
                &measure.title_en
            }
        )
    };
    measures.iter().map(line).collect::<Vec<_>>().join("\n")
}
