//! The report on equal treatment on paper.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::api::error::Result;
use crate::api::session::Session;
use crate::api::view::{Exported, Language};
use crate::domain::marking::Tlp;
use crate::report::firms::equality::{self as equality_report, EqualityReportView};
use crate::report::{self, Pdf};

impl Session {
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
}

fn equality_file(from: NaiveDate, until: NaiveDate) -> String {
    format!("egalite-prestataires-{from}-{until}.pdf")
}
