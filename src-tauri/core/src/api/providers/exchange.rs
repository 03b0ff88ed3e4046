//! The registry as a table: in, out, and as a trial.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::path::Path;

use rayon::prelude::*;
use uuid::Uuid;

use crate::api::commit::{fields_of, salt, sets};
use crate::api::error::{ApiError, Code, Result};
use crate::api::export::write_new;
use crate::api::session::Session;
use crate::api::view::{Exported, ProvidersImported};
use crate::domain::entity::{Entity, EntityKind, Fields};
use crate::domain::fold::fold_place;
use crate::domain::people::Ability;
use crate::domain::provider::Provider;
use crate::journal::{Author, Change, Scope, commit};
use crate::reference::communes::{Communes, communes};
use crate::table::providers::{Column, Onto, Problem, Trouble, guess, read_row, written};
use crate::table::{Row, Unreadable, sheet};

/// Problems that are shown of one file.
const SHOWN: usize = 200;
/// The file that the registry is written to.
const FILE: &str = "prestataires.csv";
/// Firms of one entry of the journal.
const TOGETHER: usize = 500;
/// Lines read at a time: enough for every core, and few enough to stay in its cache.
const READ_TOGETHER: usize = 1_024;

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
struct Known {
    firms: Vec<(Uuid, Provider)>,
    by_key: HashMap<String, usize>,
}

impl Known {
    fn new(firms: Vec<(Uuid, Provider)>) -> Self {
        let mut by_key = HashMap::new();
        for (place, (_, provider)) in firms.iter().enumerate() {
            for key in [called(provider), provider.siren.clone(), key_of(provider)] {
                by_key.insert(key, place);
            }
        }
        Self { firms, by_key }
    }

    fn get(&self, key: &str) -> Option<&(Uuid, Provider)> {
        self.firms.get(*self.by_key.get(key)?)
    }
}

/// A line as it stands alone: the lines above it are looked at later.
struct Line<'k> {
    key: String,
    before: Option<&'k (Uuid, Provider)>,
    /// What the registry has already.
    is_same: bool,
    problems: Vec<Problem>,
    /// What the journal would keep of it; nothing as a trial, or where it is left out or the same.
    fields: Fields,
}

/// What a line is read with.
struct Reader<'i> {
    onto: Onto<'i>,
    known: &'i Known,
    dry_run: bool,
}

impl<'i> Reader<'i> {
    /// Lines as each stands alone, read on every core.
    fn lines(&self, rows: &[Row]) -> Vec<Result<Line<'i>>> {
        rows.par_iter().map(|row| self.line(row)).collect()
    }

    fn line(&self, row: &Row) -> Result<Line<'i>> {
        // Read once to know which firm it is, and again onto what is known of it.
        let (alone, problems) = read_row(row, &self.onto, Provider::default());
        let key = key_of(&alone);
        let before = self.known.get(&key);
        let (provider, problems, key) = match before {
            Some((_, before)) => {
                let (provider, problems) = read_row(row, &self.onto, before.clone());
                let key = key_of(&provider);
                (provider, problems, key)
            }
            None => (alone, problems, key),
        };
        let is_same = before.is_some_and(|(_, before)| *before == provider);
        let left_out = problems.iter().any(|one| one.trouble.leaves_out());
        let fields = match self.dry_run || is_same || left_out {
            true => Fields::new(),
            false => fields_of("", &provider, 1)?,
        };
        Ok(Line {
            key,
            before,
            is_same,
            problems,
            fields,
        })
    }
}

/// A table on its way into the registry.
struct Import {
    told: ProvidersImported,
    /// The line on which each firm stood last.
    seen: HashMap<String, u64>,
}

impl Import {
    /// Reads every line, and gives the changes of so many firms at a time to `keep`. While they are kept, the next lines
    /// are read; all are told in their order.
    fn run(
        &mut self,
        reader: &Reader<'_>,
        rows: &[Row],
        mut keep: impl FnMut(Vec<Change>) -> Result<()>,
    ) -> Result<()> {
        let (mut changes, mut firms) = (Vec::new(), 0);
        std::thread::scope(|scope| {
            let mut chunks = rows.chunks(READ_TOGETHER);
            let mut read_on = || {
                let rows = chunks.next()?;
                Some((rows, scope.spawn(move || reader.lines(rows))))
            };
            let mut under_way = read_on();
            while let Some((rows, reading)) = under_way {
                let lines = reading.join().unwrap_or_else(|panic| resume_unwind(panic));
                under_way = read_on();
                for (row, line) in rows.iter().zip(lines) {
                    let of_line = self.take(row, line?);
                    if of_line.is_empty() {
                        continue;
                    }
                    changes.extend(of_line);
                    firms += 1;
                    if firms == TOGETHER {
                        keep(std::mem::take(&mut changes))?;
                        firms = 0;
                    }
                }
            }
            match changes.is_empty() {
                true => Ok(()),
                false => keep(changes),
            }
        })
    }

    /// Tells a line, and gives what the journal keeps of it.
    fn take(&mut self, row: &Row, line: Line<'_>) -> Vec<Change> {
        let told = &mut self.told;
        let mut problems = line.problems;
        if let Some(first) = self.seen.insert(line.key, row.line) {
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
        match line.before {
            _ if left_out => told.left_out += 1,
            Some(_) if line.is_same => told.same += 1,
            Some((id, _)) => {
                told.changed += 1;
                let kind = EntityKind::Provider;
                return sets(Entity { kind, id: *id }, line.fields);
            }
            None => {
                told.new += 1;
                // As a trial nobody begins.
                if !told.dry_run {
                    let id = Uuid::now_v7();
                    return vec![Change::new(EntityKind::Provider, id, line.fields)];
                }
            }
        }
        Vec::new()
    }
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
        let known = Known::new(self.registered()?);
        let reader = Reader {
            onto,
            known: &known,
            dry_run,
        };
        let mut import = Import {
            told: ProvidersImported {
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
            },
            seen: HashMap::new(),
        };
        if dry_run {
            import.run(&reader, &sheet.rows, |_| Ok(()))?;
        } else {
            self.write(|tx, author| {
                import.run(&reader, &sheet.rows, |changes| {
                    let author = Author {
                        salt: salt()?,
                        ..author
                    };
                    commit(tx, author, Scope::Registry, changes)?;
                    Ok(())
                })
            })?;
        }
        Ok(import.told)
    }

    /// Writes the registry as a table into a folder, beside whatever is there.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write_providers(&self, folder: &Path) -> Result<Exported> {
        let table = self.export_providers()?;
        Ok(Exported {
            folder: folder.display().to_string(),
            files: vec![write_new(folder, FILE, &table)?],
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::demo;

    #[test]
    fn a_long_table_is_told_and_kept_in_the_order_of_its_lines() {
        let line = |number: usize| match number {
            // Its commune is none, and the same firm stands twice.
            7 | 1_500 => format!("Firme {number};Nulle-Part;44\n"),
            1_200 => "Firme 3;85109;49\n".to_owned(),
            _ => format!("Firme {number};85109;44, 49\n"),
        };
        let header = "nom;commune;zones\n";
        let table = header.to_owned() + &(0..2_600).map(line).collect::<String>();
        demo(1, |session| {
            for dry_run in [true, false] {
                let told = session
                    .import_providers(table.as_bytes(), None, dry_run)
                    .unwrap();
                assert_eq!((told.new, told.left_out, told.lines), (2_597, 3, 2_600));
                let lines: Vec<(u64, &str, Trouble)> = told
                    .problems
                    .iter()
                    .map(|one| (one.line, one.value.as_str(), one.trouble))
                    .collect();
                let wanted = [
                    (9, "Nulle-Part", Trouble::UnknownCommune),
                    (1_202, "5", Trouble::Repeated),
                    (1_502, "Nulle-Part", Trouble::UnknownCommune),
                ];
                assert_eq!((lines, told.problem_count), (wanted.to_vec(), 3));
            }
            let names = |session: &Session| -> Vec<String> {
                let firms = session.registered().unwrap().into_iter();
                firms.map(|(_, firm)| firm.name).collect()
            };
            let kept = names(session);
            assert_eq!(kept.len(), 2_597);
            assert_eq!(
                (&*kept[0], &*kept[7], &*kept[2_596]),
                ("Firme 0", "Firme 8", "Firme 2599")
            );
            // Again, with other areas: identifiers stay, and what is the same is not written.
            let line = |number: usize| format!("Firme {number};85109;{}\n", 44 + 5 * (number % 2));
            let table = header.to_owned() + &(10..1_100).map(line).collect::<String>();
            let told = session
                .import_providers(table.as_bytes(), None, false)
                .unwrap();
            assert_eq!((told.new, told.changed, told.same), (0, 1_090, 0));
            let told = session
                .import_providers(table.as_bytes(), None, false)
                .unwrap();
            assert_eq!((told.new, told.changed, told.same), (0, 0, 1_090));
            assert_eq!(names(session), kept);
            let checked = session.verify_journal(|_| true).unwrap();
            assert!(checked.good, "{checked:?}");
        });
    }
}
