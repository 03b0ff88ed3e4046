//! The demonstration vault: invented cases, apart from the team's and marked as such on every screen.

mod firms;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use rusqlite::Transaction;
use serde_json::{Value, json};
use uuid::Uuid;

use super::commit::{fields_of, salt, word};
use super::error::{ApiError, Code, Result};
use super::intake::{case_fields, contacts_of};
use super::opening::new_recovery_key;
use super::organisations::state_of;
use super::session::Session;
use super::view::{
    DemoCreated, DemoPerson, FactKind, Progress, ReorientationView, Settings, TeamKeySource,
    VaultRequest,
};
use super::workstation::Workstation;
use crate::domain::case::Status;
use crate::domain::entity::{EntityKind, Fields};
use crate::domain::people::Role;
use crate::domain::team::TeamProfile;
use crate::journal::{Author, Change, DeviceKey, Scope, commit};
use crate::reference::demo::{
    DemoCase, DemoFact, DemoFactKind, DemoSetting, reception_times, story,
};
use crate::reference::profiles;
use crate::vault::{self, GENERATED_WORDS, Passphrase, VaultKind};

/// The seed of the demonstration that the window offers.
pub const SEED: u64 = 2350;
/// More cases than anybody waits for.
const CASES_LIMIT: u32 = 200_000;
/// Cases written in one transaction.
const BATCH: usize = 500;
/// Cases for each organisation, on average.
const CASES_PER_ORGANISATION: u32 = 3;

const PEOPLE: [(&str, Role); 3] = [
    ("lead", Role::Lead),
    ("analyste", Role::Analyst),
    ("operateur", Role::Operator),
];

impl Workstation {
    /// Makes the demonstration vault: three people, and `cases` invented cases that a seed always makes the same.
    /// `progress` answers false to stop; nothing is left behind then.
    ///
    /// # Errors
    /// A demonstration that is there already; too many cases; a stop.
    pub fn create_demo(
        &self,
        cases: u32,
        seed: u64,
        mut progress: impl FnMut(Progress) -> bool,
    ) -> Result<DemoCreated> {
        if cases > CASES_LIMIT {
            return Err(ApiError::field(
                Code::TooLong,
                "cases",
                CASES_LIMIT.to_string(),
            ));
        }
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let users = PEOPLE.map(|(name, role)| DemoPerson {
            name: name.to_owned(),
            role,
            passphrase: vault::generate(GENERATED_WORDS, &mut rng).to_string(),
        });
        let request = VaultRequest {
            profile: demo_profile(),
            lead_name: users[0].name.clone(),
            passphrase: users[0].passphrase.clone(),
            recovery_key: new_recovery_key()?,
            team_key: TeamKeySource::Generate,
        };
        let mut session = self.create(VaultKind::Demo, request, Settings::default())?;
        let mut authors = BTreeMap::from([(Role::Lead, session.person().id)]);
        for user in &users[1..] {
            authors.insert(user.role, session.add_demo_person(self, user)?);
        }
        let told = session.tell(cases, seed, &authors, &mut rng, &mut progress);
        if let Err(error) = told {
            drop(session);
            self.remove_demo()?;
            return Err(error);
        }
        Ok(DemoCreated {
            users: users.to_vec(),
            cases,
        })
    }

    /// Removes the demonstration vault and nothing else.
    ///
    /// # Errors
    /// When the vault in its place is not a demonstration, or cannot be removed.
    pub fn remove_demo(&self) -> Result<()> {
        let folder = self.vault_folder(VaultKind::Demo);
        if self.vault(VaultKind::Demo).look()?.kind != VaultKind::Demo {
            return Err(ApiError::new(
                Code::NotAllowed,
                "this vault is not a demonstration",
            ));
        }
        let lock = vault::InstanceLock::take(&folder)?;
        std::fs::remove_dir_all(&folder).map_err(|error| ApiError::from_io(&error))?;
        drop(lock);
        Ok(())
    }
}

/// The known team under a name, a telephone and a mail address that reach nobody.
fn demo_profile() -> TeamProfile {
    TeamProfile {
        full_name: "CSIRT de démonstration".to_owned(),
        short_name: "Démonstration".to_owned(),
        phone: "02 61 91 00 00".to_owned(),
        mail: "csirt@demonstration.example".to_owned(),
        website: "https://csirt.demonstration.example".to_owned(),
        ..profiles::pays_de_la_loire()
    }
}

impl Session {
    fn add_demo_person(&mut self, workstation: &Workstation, user: &DemoPerson) -> Result<Uuid> {
        let id = Uuid::now_v7();
        let passphrase = Passphrase::new(&user.passphrase)?;
        self.opened_mut()
            .as_lead()?
            .add_user(id, &user.name, user.role, &passphrase)?;
        workstation
            .vault(VaultKind::Demo)
            .open(id, &passphrase, self.now())?
            .keep_passphrase()?;
        // The file has gone on under the lead's hands: it is read again before the next change.
        self.reopen_vault()?;
        let person = json!({ "name": user.name, "role": user.role, "removed": false });
        let Value::Object(fields) = person else {
            return Ok(id);
        };
        self.commit(
            Scope::Registry,
            vec![Change::new(EntityKind::Person, id, fields)],
        )?;
        Ok(id)
    }

    /// Writes the invented cases, oldest first.
    fn tell(
        &mut self,
        cases: u32,
        seed: u64,
        authors: &BTreeMap<Role, Uuid>,
        rng: &mut ChaCha20Rng,
        progress: &mut impl FnMut(Progress) -> bool,
    ) -> Result<()> {
        let profile = self.team()?.profile;
        let setting = DemoSetting {
            seed,
            region: profile.region,
            organisations: (cases / CASES_PER_ORGANISATION).clamp(1, 100_000),
            now: self.now(),
        };
        let times = reception_times(rng, cases, setting.now);
        let mut teller = Teller {
            prefix: profile.reference_prefix,
            organisations: BTreeMap::new(),
            numbers: BTreeMap::new(),
            authors,
            referable: Vec::new(),
        };
        if let Some(first) = times.first() {
            self.register_demo_firms(&setting, cases, *first)?;
        }
        let mut done = 0;
        for batch in times.chunks(BATCH) {
            let (conn, device, _) = self.for_writing();
            let tx = conn.transaction()?;
            for at in batch {
                let case = story(rng, &setting, *at);
                let id = teller.tell(&tx, device, &case, *at)?;
                teller
                    .referable
                    .extend(firms::referred(&case, id, &setting));
            }
            tx.commit()?;
            done += u32::try_from(batch.len()).unwrap_or(u32::MAX);
            if !progress(Progress { done, total: cases }) {
                return Err(ApiError::new(Code::Stopped, "stopped"));
            }
        }
        let person = |role| authors.get(&role).copied().unwrap_or_default();
        let (analyst, operator) = (person(Role::Analyst), person(Role::Operator));
        self.keep_demo_lists(teller.referable, analyst, operator, rng)
    }
}

struct Teller<'a> {
    prefix: String,
    organisations: BTreeMap<String, Uuid>,
    numbers: BTreeMap<i32, u32>,
    authors: &'a BTreeMap<Role, Uuid>,
    /// The cases for which firms were proposed, each with when.
    referable: Vec<(DateTime<Utc>, Uuid)>,
}

impl Teller<'_> {
    fn tell(
        &mut self,
        tx: &Transaction<'_>,
        device: &DeviceKey,
        case: &DemoCase,
        at: DateTime<Utc>,
    ) -> Result<Uuid> {
        let person = |role| self.authors.get(&role).copied().unwrap_or_default();
        let (operator, analyst) = (person(Role::Operator), person(Role::Analyst));
        let write = |scope, author, at: DateTime<Utc>, changes| -> Result<()> {
            let author = Author {
                person: author,
                device,
                at: at.timestamp_millis(),
                salt: salt()?,
            };
            commit(tx, author, scope, changes)?;
            Ok(())
        };
        let organisation = match self.organisations.get(&case.organisation.siren) {
            Some(id) => *id,
            None => {
                let id = Uuid::now_v7();
                if let Some(told) = case.report.organisation.known() {
                    let fields = fields_of("", &state_of(told), 1)?;
                    let change = Change::new(EntityKind::Organisation, id, fields);
                    write(Scope::Organisation(id), operator, at, vec![change])?;
                }
                self.organisations
                    .insert(case.organisation.siren.clone(), id);
                id
            }
        };
        let id = Uuid::now_v7();
        let reference = self.reference(at);
        let out_of_scope = case
            .reorientation
            .map(|(reason, target)| ReorientationView {
                target,
                name: String::new(),
                reason: word(&reason),
            });
        let status = if out_of_scope.is_some() {
            Status::Closed
        } else {
            Status::Reported
        };
        let mut fields = case_fields(
            &case.report,
            &reference,
            &case.title,
            Some(organisation),
            status,
            out_of_scope.as_ref(),
            at,
        )?;
        fields.insert("received_at".to_owned(), at.timestamp_millis().into());
        let mut changes = vec![Change::new(EntityKind::Case, id, fields)];
        changes.extend(contacts_of(id, &case.report)?);
        write(Scope::Case(id), operator, at, changes)?;
        if out_of_scope.is_none() && case.reached.len() > 1 {
            let last = case.reached.last().map_or(at, |(_, at)| *at);
            let changes = worked_on(id, case, analyst)?;
            write(Scope::Case(id), analyst, last, changes)?;
        }
        Ok(id)
    }

    fn reference(&mut self, at: DateTime<Utc>) -> String {
        use chrono::Datelike as _;
        let year = crate::domain::calendar::in_paris(at).year();
        let number = self.numbers.entry(year).or_insert(0);
        *number += 1;
        format!("{}-{year}-{number:04}", self.prefix)
    }
}

/// What the team did with a case, as one entry: qualification, chronology, notes, consents.
fn worked_on(id: Uuid, case: &DemoCase, analyst: Uuid) -> Result<Vec<Change>> {
    let set = |field: String, value: Value| Change::set(EntityKind::Case, id, field, value);
    let mut changes = vec![
        set("kind".into(), serde_json::to_value(case.kind)?),
        set(
            "confirmation".into(),
            serde_json::to_value(case.confirmation)?,
        ),
        set("perimeter".into(), case.perimeter.clone().into()),
        set("tlp".into(), serde_json::to_value(case.tlp)?),
        set("pap".into(), serde_json::to_value(case.pap)?),
        set("next_step".into(), case.next_step.clone().into()),
        set("assignee".into(), analyst.to_string().into()),
    ];
    for (field, value) in fields_of("axes", &case.axes, 1)? {
        changes.push(set(field, value));
    }
    if let Some(overruled) = &case.severity_override {
        changes.push(set(
            "severity_override".into(),
            serde_json::to_value(overruled)?,
        ));
    }
    for (status, at) in case.reached.iter().skip(1) {
        changes.push(set(
            format!("reached.{}", word(status)),
            at.timestamp_millis().into(),
        ));
    }
    if let Some((status, _)) = case.reached.last() {
        changes.push(set("status".into(), word(status).into()));
    }
    for consent in &case.consents {
        let value = json!({
            "given": consent.given, "by": consent.by, "at": consent.at.timestamp_millis(), "recorded_by": analyst,
        });
        changes.push(set(format!("consents.{}", word(&consent.purpose)), value));
    }
    for fact in &case.facts {
        changes.push(Change::new(
            EntityKind::Fact,
            Uuid::now_v7(),
            fact_fields(id, fact, analyst)?,
        ));
    }
    for note in &case.notes {
        let mut fields = Fields::new();
        fields.insert("case".into(), id.to_string().into());
        fields.insert("at".into(), note.at.timestamp_millis().into());
        fields.insert("author".into(), analyst.to_string().into());
        fields.insert("text".into(), note.text.clone().into());
        changes.push(Change::new(EntityKind::Note, Uuid::now_v7(), fields));
    }
    Ok(changes)
}

fn fact_fields(case: Uuid, fact: &DemoFact, author: Uuid) -> Result<Fields> {
    let kind = match fact.kind {
        DemoFactKind::Attack => FactKind::Attack,
        DemoFactKind::Action => FactKind::Action,
        DemoFactKind::Exchange => FactKind::Exchange,
        DemoFactKind::Decision => FactKind::Decision,
    };
    let mut fields = Fields::new();
    fields.insert("case".into(), case.to_string().into());
    fields.insert("at".into(), fact.at.timestamp_millis().into());
    fields.insert("estimated".into(), fact.estimated.into());
    fields.insert("kind".into(), serde_json::to_value(kind)?);
    fields.insert("title".into(), fact.title.clone().into());
    fields.insert("detail".into(), fact.detail.clone().into());
    fields.insert("author".into(), author.to_string().into());
    Ok(fields)
}
