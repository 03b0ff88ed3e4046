//! The registry as a table: in, out, and as a trial.

use std::collections::HashMap;

use uuid::Uuid;

use crate::api::commit::{fields_of, salt, sets};
use crate::api::error::{ApiError, Code, Result};
use crate::api::session::Session;
use crate::api::view::ProvidersImported;
use crate::domain::entity::{Entity, EntityKind};
use crate::domain::fold::fold_place;
use crate::domain::people::Ability;
use crate::domain::provider::Provider;
use crate::journal::{Author, Change, Scope, commit};
use crate::reference::communes::{Communes, communes};
use crate::table::providers::{Column, Onto, Problem, Trouble, guess, read_row, written};
use crate::table::{Unreadable, sheet};

/// Problems that are shown of one file.
const SHOWN: usize = 200;
/// Firms of one entry of the journal.
const TOGETHER: usize = 500;

/// By what a firm is known again: its SIRET, else its SIREN, else its name and commune.
fn key_of(provider: &Provider) -> String {
    match (provider.siret.as_str(), provider.siren.as_str()) {
        ("", "") => called(provider),
        ("", siren) => siren.to_owned(),
        (siret, _) => siret.to_owned(),
    }
}

fn called(provider: &Provider) -> String {
    format!("{}@{}", fold_place(&provider.name), provider.commune)
}

/// The firms of the registry by all that a file may know them by: a file without numbers knows the names alone.
fn by_keys(registered: Vec<(Uuid, Provider)>) -> HashMap<String, (Uuid, Provider)> {
    let mut known = HashMap::new();
    for (id, provider) in registered {
        for key in [called(&provider), provider.siren.clone(), key_of(&provider)] {
            known.insert(key, (id, provider.clone()));
        }
    }
    known
}

impl Session {
    /// Takes the firms of a table in: new ones, and what changed of known ones. Lines with a fault are left out and told.
    /// Without `columns` the header says what each column is. As a trial nothing is kept.
    ///
    /// # Errors
    /// Not the lead; [`Code::Invalid`] and [`Code::TooLong`] for what is no table; a full disk, when nothing is kept.
    pub fn import_providers(
        &mut self,
        bytes: &[u8],
        columns: Option<&[Option<Column>]>,
        dry_run: bool,
    ) -> Result<ProvidersImported> {
        self.require(Ability::ManageTeam)?;
        let sheet = sheet(bytes).map_err(unreadable)?;
        let columns = match columns {
            Some(columns) => columns.to_vec(),
            None => guess(&sheet.header),
        };
        if !columns.contains(&Some(Column::Name)) {
            return Err(ApiError::field(
                Code::Invalid,
                "columns",
                "no column holds the names",
            ));
        }
        let on = self.today();
        let region = self.team()?.profile.region;
        let onto = Onto {
            columns: &columns,
            commune: &|cell| commune_of(communes(), cell, &region),
            on,
        };
        let known = by_keys(self.registered()?);
        let mut told = ProvidersImported {
            charset: sheet.charset,
            separator: sheet.separator.to_string(),
            columns: columns.clone(),
            lines: count(sheet.rows.len()),
            new: 0,
            changed: 0,
            same: 0,
            left_out: 0,
            problems: Vec::new(),
            problem_count: 0,
            dry_run,
            header: sheet.header,
        };
        let mut seen: HashMap<String, u64> = HashMap::new();
        let mut changes: Vec<Vec<Change>> = Vec::new();
        for row in &sheet.rows {
            // Read once to know which firm it is, and again onto what is known of it.
            let (alone, problems) = read_row(row, &onto, Provider::default());
            let before = known.get(&key_of(&alone));
            let (provider, mut problems) = match before {
                Some((_, before)) => read_row(row, &onto, before.clone()),
                None => (alone, problems),
            };
            if let Some(first) = seen.insert(key_of(&provider), row.line) {
                problems.push(Problem {
                    line: row.line,
                    column: None,
                    value: first.to_string(),
                    trouble: Trouble::Repeated,
                });
            }
            let left_out = problems.iter().any(|one| one.trouble.leaves_out());
            told.problem_count += count(problems.len());
            let room = SHOWN.saturating_sub(told.problems.len());
            told.problems.extend(problems.into_iter().take(room));
            if left_out {
                told.left_out += 1;
                continue;
            }
            match before {
                Some((_, before)) if *before == provider => told.same += 1,
                Some((id, _)) => {
                    told.changed += 1;
                    let entity = Entity {
                        kind: EntityKind::Provider,
                        id: *id,
                    };
                    changes.push(sets(entity, fields_of("", &provider, 1)?));
                }
                None => {
                    told.new += 1;
                    let fields = fields_of("", &provider, 1)?;
                    changes.push(vec![Change::new(
                        EntityKind::Provider,
                        Uuid::now_v7(),
                        fields,
                    )]);
                }
            }
        }
        if !dry_run {
            self.write(|tx, author| {
                for some in changes.chunks(TOGETHER) {
                    let author = Author {
                        salt: salt()?,
                        ..author
                    };
                    commit(tx, author, Scope::Registry, some.concat())?;
                }
                Ok(())
            })?;
        }
        Ok(told)
    }

    /// The registry as a table that spreadsheets open, by name.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn export_providers(&self) -> Result<Vec<u8>> {
        self.require(Ability::ReadCases)?;
        let mut all = self.registered()?;
        all.sort_by_cached_key(|(id, provider)| (fold_place(&provider.name), *id));
        written(all.iter().map(|(_, provider)| provider))
            .map_err(|error| ApiError::new(Code::Internal, error.to_string()))
    }
}

/// The INSEE code of a commune: from its code, today's or a former one; or from its name, with a postcode or département
/// where several bear it; the one of the team's region, where only one is there.
fn commune_of(
    communes: &Communes,
    cell: &str,
    region: &str,
) -> std::result::Result<String, Trouble> {
    if let Some(found) = communes.by_insee(cell) {
        return Ok(found.code.to_owned());
    }
    let name: String = cell.chars().filter(|c| !c.is_ascii_digit()).collect();
    let name = fold_place(&name);
    // Only whole names: the beginning of one is a guess. More than two results are as ambiguous as two.
    let found = communes.search(cell, Some(region), 40);
    let whole: Vec<_> = found
        .iter()
        .filter(|one| {
            let known = one.by_former_name.unwrap_or(one.commune.name);
            name.is_empty() || fold_place(known) == name
        })
        .collect();
    let mut at_home = whole.iter().filter(|one| one.commune.region == region);
    match (&whole[..], at_home.next(), at_home.next()) {
        ([], ..) => Err(Trouble::UnknownCommune),
        ([one], ..) => Ok(one.commune.code.to_owned()),
        (_, Some(one), None) => Ok(one.commune.code.to_owned()),
        _ => Err(Trouble::AmbiguousCommune),
    }
}

fn unreadable(why: Unreadable) -> ApiError {
    let code = match why {
        Unreadable::TooLarge | Unreadable::TooManyLines => Code::TooLong,
        Unreadable::NoHeader | Unreadable::NotText => Code::Invalid,
    };
    ApiError::field(code, "file", why.to_string())
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
