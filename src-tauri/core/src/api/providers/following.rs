//! What comes of a list: how it was told, whom the beneficiary chose, what was heard of the firm since, and when the
//! team asks again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::matching::Shortlist;
use crate::api::commit::{fields_of, sets};
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::triage::{reason, text};
use crate::api::view::{Done, FirmFace, FollowUpDue, MailDraft, ReferralView};
use crate::db::{case, mail_draft, member, organisation};
use crate::domain::case::{Channel, Status};
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::people::Ability;
use crate::domain::provider::SizeBand;
use crate::domain::provider::referral::{About, FIRST_CHECK_DAYS, FollowUp, Step};
use crate::journal::{Change, Scope};

/// The template of the mail that tells the beneficiary of the list.
const SHORT_LIST: &str = "short_list";

/// A firm that does not take a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Decline {
    on: NaiveDate,
    why: String,
}

/// A case in the hands of a firm, as the journal keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::api) struct Referral {
    pub case: Uuid,
    /// The list that the beneficiary chose from.
    pub list: Uuid,
    pub firm: Uuid,
    pub chosen_on: NaiveDate,
    pub chosen_by: Uuid,
    #[serde(default)]
    declined: Option<Decline>,
    #[serde(flatten)]
    pub after: FollowUp,
    /// What the firm's record learns of the case.
    #[serde(default)]
    pub about: About,
}

impl Referral {
    /// A choice that was just made.
    pub(in crate::api) fn new(
        (case, list): (Uuid, Uuid),
        firm: Uuid,
        chosen_on: NaiveDate,
        chosen_by: Uuid,
        about: About,
    ) -> Self {
        Self {
            case,
            list,
            firm,
            chosen_on,
            chosen_by,
            declined: None,
            after: FollowUp::from_choice(chosen_on),
            about,
        }
    }

    pub(super) const fn is_declined(&self) -> bool {
        self.declined.is_some()
    }

    fn step(&self) -> Step {
        if self.is_declined() {
            Step::Declined
        } else {
            self.after.step()
        }
    }

    /// When the team asks again.
    fn due(&self) -> Option<NaiveDate> {
        match self.step() {
            Step::Declined | Step::Finished => None,
            _ => self.after.check_on,
        }
    }
}

/// That the beneficiary was told of a list.
fn told(list: Uuid, by: Channel, on: NaiveDate) -> Result<Vec<Change>> {
    let entity = Entity {
        kind: EntityKind::Shortlist,
        id: list,
    };
    let told = serde_json::json!({ "told_by": by, "told_on": on });
    Ok(sets(entity, fields_of("", &told, 1)?))
}

impl Session {
    /// Notes how the beneficiary was told of a list; the team asks for the choice five days later.
    ///
    /// # Errors
    /// An unknown list.
    pub fn tell_shortlist(&mut self, list: Uuid, by: Channel) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        let kept = self.kept_shortlist(list)?;
        let changes = told(list, by, self.today())?;
        self.commit(Scope::Case(kept.case), changes)
    }

    /// A mail left; the one with the newest list of its case told it.
    pub(in crate::api) fn told_by_mail(&mut self, mail: Uuid) -> Result<()> {
        let Some(row) = mail_draft::of_mail(self.conn(), mail)? else {
            return Ok(());
        };
        let draft: MailDraft = serde_json::from_str(&row.body)?;
        let Some(case) = draft.case.filter(|_| draft.template == SHORT_LIST) else {
            return Ok(());
        };
        let lists = member::of_case::<Shortlist>(self.conn(), case, EntityKind::Shortlist)?;
        if let Some((list, kept)) = lists.last()
            && kept.told_on.is_none()
        {
            self.commit(Scope::Case(case), told(*list, Channel::Mail, self.today())?)?;
        }
        Ok(())
    }

    /// The firms of the newest list of a case, as a mail tells them: one a line, with whom to call; empty without one.
    pub(in crate::api) fn told_firms(&self, case: Uuid, is_french: bool) -> Result<String> {
        let newest = self.shortlists(case)?.into_iter().next();
        let lines = newest.into_iter().flat_map(|list| list.listed).map(|firm| {
            let km = firm.km.map(|km| match is_french {
                true => format!("à {km}\u{a0}km"),
                false => format!("{km}\u{a0}km away"),
            });
            let contact = firm.provider.contacts.first();
            let parts = [
                Some(firm.face.name),
                Some(firm.face.commune),
                km,
                contact.map(|one| one.name.clone()),
                contact.map(|one| one.phone.clone()),
                contact.map(|one| one.mail.clone()),
            ];
            let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
            format!("- {}", said.collect::<Vec<_>>().join(", "))
        });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }

    /// Notes whom the beneficiary chose of a list, or that they have not: the follow-up begins, or is taken back.
    ///
    /// # Errors
    /// An unknown list; a firm that does not stand on it; another firm that is at work already.
    pub fn choose_provider(&mut self, list: Uuid, firm: Option<Uuid>) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        let kept = self.kept_shortlist(list)?;
        let refused = |why: &str| Err(ApiError::field(Code::Invalid, "firm", why));
        if firm.is_some_and(|firm| !kept.firms.contains(&firm)) {
            return refused("the firm does not stand on the list");
        }
        let value = serde_json::to_value(firm)?;
        let mut changes = vec![Change::set(EntityKind::Shortlist, list, "chosen", value)];
        for (id, before) in self.referrals_of(kept.case)? {
            if before.list != list || matches!(before.step(), Step::Declined | Step::Finished) {
                continue;
            }
            if firm == Some(before.firm) {
                return Ok(Done::of(None));
            }
            if before.step() != Step::Chosen {
                return refused("the firm chosen before is at work: it declines or finishes first");
            }
            changes.push(Change::set(
                EntityKind::Referral,
                id,
                "removed",
                serde_json::Value::Bool(true),
            ));
        }
        if let Some(firm) = firm {
            let about = self.about(kept.case)?;
            let by = self.person().id;
            let referral = Referral::new((kept.case, list), firm, self.today(), by, about);
            let fields = fields_of("", &referral, 1)?;
            changes.push(Change::new(EntityKind::Referral, Uuid::now_v7(), fields));
        }
        self.commit(Scope::Case(kept.case), changes)
    }

    /// Notes what was heard of the firm. Without a day to ask again, one is proposed by how far the work is.
    ///
    /// # Errors
    /// An unknown referral; a firm that declined; a day that cannot be, by its field.
    pub fn follow_up(&mut self, referral: Uuid, after: &FollowUp) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        let kept = self.referral(referral)?;
        if kept.is_declined() {
            return Err(ApiError::new(Code::Invalid, "the firm declined"));
        }
        let today = self.today();
        after
            .check(kept.chosen_on, today)
            .map_err(|why| ApiError::field(Code::Invalid, why.field(), why.to_string()))?;
        let is_over = after.step() == Step::Finished;
        let after = FollowUp {
            note: text("note", &after.note)?,
            check_on: match after.check_on {
                _ if is_over => None,
                None => after.next_check(today),
                told => told,
            },
            ..after.clone()
        };
        let mut fields = fields_of("", &after, 1)?;
        // The incident may be known better by now than on the day of the choice.
        fields.insert(
            "about".to_owned(),
            serde_json::to_value(self.about(kept.case)?)?,
        );
        let entity = Entity {
            kind: EntityKind::Referral,
            id: referral,
        };
        self.commit(Scope::Case(kept.case), sets(entity, fields))
    }

    /// Notes that the firm does not take the case: the next list leaves it out.
    ///
    /// # Errors
    /// An unknown referral; no reason.
    pub fn decline_referral(&mut self, referral: Uuid, why: &str) -> Result<Done> {
        self.require(Ability::TakeReport)?;
        let kept = self.referral(referral)?;
        let decline = Decline {
            on: self.today(),
            why: reason(why)?,
        };
        let change = Change::set(
            EntityKind::Referral,
            referral,
            "declined",
            serde_json::to_value(decline)?,
        );
        self.commit(Scope::Case(kept.case), vec![change])
    }

    /// What has to be asked of whom, the longest due first: choices that were not told yet, and firms at work. Of
    /// several lists of a case the newest counts, while no firm has the case.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn follow_ups(&self) -> Result<Vec<FollowUpDue>> {
        self.require(Ability::ReadCases)?;
        let mut due = Vec::new();
        let mut in_hand = BTreeSet::new();
        for (id, referral) in member::of_kind::<Referral>(self.conn(), EntityKind::Referral)? {
            if !referral.is_declined() {
                in_hand.insert(referral.case);
            }
            if let Some(on) = referral.due()
                && let Some(about) = self.still_open(referral.case)?
            {
                due.push(FollowUpDue {
                    case: self.case_ref(referral.case)?,
                    tlp: about.tlp,
                    list: referral.list,
                    referral: Some(id),
                    firm: self.firm_face(referral.firm)?,
                    step: Some(referral.step()),
                    since: referral.chosen_on,
                    on,
                });
            }
        }
        let lists = member::of_kind::<Shortlist>(self.conn(), EntityKind::Shortlist)?;
        // In the order of their making: a later one takes the place of an earlier.
        let newest: BTreeMap<Uuid, (Uuid, Shortlist)> = lists
            .into_iter()
            .map(|(id, list)| (list.case, (id, list)))
            .collect();
        for (id, list) in newest.into_values() {
            if !in_hand.contains(&list.case)
                && let Some(told) = list.told_on
                && let Some(on) = told.checked_add_days(Days::new(FIRST_CHECK_DAYS))
                && let Some(about) = self.still_open(list.case)?
            {
                due.push(FollowUpDue {
                    case: self.case_ref(list.case)?,
                    tlp: about.tlp,
                    list: id,
                    referral: None,
                    firm: None,
                    step: None,
                    since: told,
                    on,
                });
            }
        }
        due.sort_by_key(|one| (one.on, one.list));
        Ok(due)
    }

    /// What a case's beneficiary chose, and what came of it, oldest first.
    pub(super) fn referral_views(&self, case: Uuid) -> Result<Vec<(Uuid, ReferralView)>> {
        let views = self.referrals_of(case)?.into_iter().map(|(id, referral)| {
            let view = ReferralView {
                id,
                firm: referral.firm,
                chosen_on: referral.chosen_on,
                chosen_by: referral.chosen_by,
                step: referral.step(),
                duration_days: referral.after.duration_days(referral.chosen_on),
                declined_on: referral.declined.as_ref().map(|one| one.on),
                declined_why: referral.declined.map(|one| one.why).unwrap_or_default(),
                after: referral.after,
            };
            Ok((referral.list, view))
        });
        views.collect()
    }

    /// The name of the firm that the beneficiary chose last and that did not decline.
    pub(in crate::api) fn chosen_firm(&self, case: Uuid) -> Result<Option<String>> {
        let referrals = self.referrals_of(case)?.into_iter().rev();
        let mut standing = referrals.filter(|(_, one)| !one.is_declined());
        let firm = standing.next().map(|(_, one)| self.firm_face(one.firm));
        Ok(firm.transpose()?.flatten().map(|face| face.name))
    }

    pub(super) fn referrals_of(&self, case: Uuid) -> Result<Vec<(Uuid, Referral)>> {
        Ok(member::of_case(self.conn(), case, EntityKind::Referral)?)
    }

    fn referral(&self, id: Uuid) -> Result<Referral> {
        member::get(self.conn(), id, EntityKind::Referral)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such referral"))
    }

    fn firm_face(&self, id: Uuid) -> Result<Option<FirmFace>> {
        let provider = crate::db::registry::get(self.conn(), id)?;
        Ok(provider.map(|provider| FirmFace::of(id, &provider)))
    }

    /// The case, unless it is closed.
    pub(super) fn still_open(&self, id: Uuid) -> Result<Option<case::CaseState>> {
        let state = self.case_state(id)?;
        Ok((state.status != Status::Closed).then_some(state))
    }

    /// What a firm's record may learn of a case.
    pub(in crate::api) fn about(&self, id: Uuid) -> Result<About> {
        let state = self.case_state(id)?;
        let record = match state.organisation {
            Some(id) => organisation::get(self.conn(), id)?,
            None => None,
        };
        Ok(About {
            categories: state.categories,
            kind: record.as_ref().and_then(|record| record.kind),
            size: record.and_then(|record| record.headcount).map(SizeBand::of),
        })
    }
}
