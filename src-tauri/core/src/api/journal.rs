//! The journal: reading it, checking it, taking a change back.

use std::cell::Cell;
use std::collections::BTreeMap;

use uuid::Uuid;

use super::case_page::json_text;
use super::commit::instant;
use super::error::{ApiError, Code, Result};
use super::opening::device_statement;
use super::session::Session;
use super::view::{
    Done, JournalChange, JournalCheck, JournalFault, JournalLine, JournalPage, Progress,
};
use crate::db::{case, organisation};
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::journal::Scope;
use crate::journal::history::{self, hex};
use crate::journal::verify::{self, Fault, FaultKind};
use crate::pgp::{self, Verdict};

const PAGE: u32 = 100;
/// What people decide about a correspondent's key. What the key's owner did to it (a revocation!) is never taken back, and
/// neither is the alarm that came with another key.
const DECIDED_OF_A_KEY: [&str; 4] = ["trust", "verification", "refused_for", "addresses"];

impl Session {
    /// A page of a case's journal, newest first.
    ///
    /// # Errors
    /// An unknown case.
    pub fn journal(&self, case: Uuid, offset: u32) -> Result<JournalPage> {
        self.require(Ability::ReadCases)?;
        self.case_state(case)?;
        let (me, names) = (self.person().id, self.names()?);
        let devices: BTreeMap<_, _> = self.devices()?.into_iter().collect();
        let (lines, total) = history::page(self.conn(), case, offset, PAGE)?;
        let lines = lines.into_iter().map(|line| JournalLine {
            entry: hex(&line.hash),
            at: instant(line.at),
            author: names.get(&line.author).cloned().unwrap_or_default(),
            device: devices
                .get(&line.device)
                .map(|device| device.name.clone())
                .unwrap_or_default(),
            readable: line.readable,
            undoable: line.undoable && self.require(needed_to_undo(line.author == me)).is_ok(),
            changes: line
                .changes
                .into_iter()
                .map(|change| JournalChange {
                    entity: change.entity,
                    id: change.id,
                    field: change.field,
                    before: change.before.as_ref().map(json_text),
                    after: change.after.as_ref().map(json_text),
                })
                .collect(),
        });
        Ok(JournalPage {
            lines: lines.collect(),
            total,
        })
    }

    /// Checks every chain, and that the tables are what the journal says. `progress` answers false to stop.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn verify_journal(
        &mut self,
        mut progress: impl FnMut(Progress) -> bool,
    ) -> Result<JournalCheck> {
        self.require(Ability::ReadCases)?;
        let devices = self.device_keys()?;
        let stopped = Cell::new(false);
        // Half of the way is the chains, the other half the tables.
        let mut tell = |half: usize, done: usize, total: usize| {
            let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
            let go_on = progress(Progress {
                done: count(half * total + done),
                total: count(2 * total),
            });
            stopped.set(!go_on);
            go_on
        };
        let found = verify::chains(self.conn(), &devices, |done, total| tell(0, done, total))?;
        let agree = match stopped.get() {
            true => None,
            false => verify::tables_agree(self.conn_mut(), |done, total| tell(1, done, total))?,
        };
        // What was not compared does not disagree; `stopped` says that it was not.
        let (tables_agree, stopped) = (agree.unwrap_or(true), stopped.get());
        let faults = found
            .faults
            .iter()
            .map(|fault| self.fault(fault))
            .collect::<Result<Vec<_>>>()?;
        Ok(JournalCheck {
            good: faults.is_empty() && tables_agree && !stopped,
            chains: found.chains,
            entries: found.entries,
            faults,
            tables_agree,
            stopped,
        })
    }

    fn fault(&self, fault: &Fault) -> Result<JournalFault> {
        let chain = match fault.scope {
            1 => case::get(self.conn(), fault.subject)?.map(|row| row.state.reference),
            2 => organisation::get(self.conn(), fault.subject)?.map(|state| state.name),
            _ => Some("registre".to_owned()),
        };
        let kind = match fault.kind {
            FaultKind::Hash => "hash",
            FaultKind::Signature => "signature",
            FaultKind::Gap => "gap",
            FaultKind::Body => "body",
            FaultKind::Device => "device",
        };
        Ok(JournalFault {
            chain: chain.unwrap_or_else(|| fault.subject.to_string()),
            seq: u32::try_from(fault.seq).unwrap_or(u32::MAX),
            kind: kind.to_owned(),
        })
    }

    /// Whether the team's key vouches for each device that writes the journal.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn device_certifications(&self) -> Result<BTreeMap<String, bool>> {
        let certificates: Vec<_> = self
            .team_keys()?
            .into_iter()
            .map(|key| key.certificate)
            .collect();
        let devices = self.devices()?.into_iter().map(|(id, device)| {
            let statement = device_statement(id, &device.public_key);
            let verdict = pgp::verify(
                statement.as_bytes(),
                device.certification.as_bytes(),
                &certificates,
                self.now(),
            )
            .verdict;
            (device.name, matches!(verdict, Verdict::Good(_)))
        });
        Ok(devices.collect())
    }

    /// Takes a change of a case or an organisation back, by its entry.
    ///
    /// # Errors
    /// An unknown entry, or one that a later change overtook.
    pub fn undo(&mut self, entry: &str) -> Result<Done> {
        let hash = parse_hash(entry)?;
        let (scope, author) = history::find(self.conn(), &hash)?
            .ok_or_else(|| ApiError::new(Code::NotFound, "no such entry"))?;
        if scope != Scope::Registry {
            self.require(needed_to_undo(author == self.person().id))?;
        } else if history::speaks_only_of(self.conn(), &hash, EntityKind::Rfc2350)?
            || history::speaks_only_of(self.conn(), &hash, EntityKind::Readiness)?
            || history::speaks_only_of(self.conn(), &hash, EntityKind::MailTemplate)?
        {
            self.require(Ability::ManageTeam)?;
        } else if history::sets_only(
            self.conn(),
            &hash,
            EntityKind::CorrespondentKey,
            &DECIDED_OF_A_KEY,
        )? {
            self.require(Ability::Triage)?;
        } else {
            return Err(ApiError::new(
                Code::CannotUndo,
                "people, keys and settings are changed on their own screens",
            ));
        }
        let committed = self.write(|tx, author| Ok(history::undo(tx, author, scope, &hash)?))?;
        Ok(Done::of(committed))
    }
}

/// One's own changes, or anybody's for who qualifies.
const fn needed_to_undo(own: bool) -> Ability {
    if own {
        Ability::TakeReport
    } else {
        Ability::Triage
    }
}

fn parse_hash(text: &str) -> Result<[u8; 32]> {
    let wrong = || {
        ApiError::field(
            Code::Invalid,
            "entry",
            "an entry is named by 64 hexadecimal digits",
        )
    };
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(wrong());
    }
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| wrong())?;
    }
    Ok(hash)
}
