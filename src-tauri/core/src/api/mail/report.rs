//! A report that came by mail: its draft, with what could be found.

use uuid::Uuid;

use crate::api::error::Result;
use crate::api::session::Session;
use crate::api::view::DraftSaved;
use crate::domain::mail::report_from;
use crate::domain::people::Ability;

impl Session {
    /// Begins a report from a mail: who writes, what they tell, and the items that they labelled.
    ///
    /// # Errors
    /// An unknown mail.
    pub fn report_from_mail(&mut self, id: Uuid) -> Result<DraftSaved> {
        self.require(Ability::TakeReport)?;
        let (row, kept) = self.kept_mail(id)?;
        let mut report = report_from(&kept.reading);
        report.mail = Some(id);
        report.received_at = Some(crate::api::commit::instant(row.at));
        self.save_draft(None, report)
    }
}
