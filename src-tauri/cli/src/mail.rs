//! The verbs of mail.

use std::sync::{Mutex, PoisonError};

use relais_core::api::mail::{Lender, fetch, outbox};
use relais_core::api::view::OutboxRow;
use relais_core::api::{Result, Session};

use crate::arguments::{Arguments, MailVerb};
use crate::output::{print, tell};
use crate::verbs::open;

/// The one session of this program.
struct Alone(Mutex<Session>);

impl Lender for Alone {
    fn lend<T>(&self, work: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Does what was asked; false is a negative answer.
///
/// # Errors
/// Whatever the use case refuses.
pub fn run(arguments: &Arguments, verb: &MailVerb) -> Result<bool> {
    let desk = Alone(Mutex::new(open(arguments)?));
    match verb {
        MailVerb::Send { .. } => {
            outbox::send_due(&desk, true)?;
            let rows = desk.lend(|session| session.outbox())?;
            print(arguments.json, &rows, |rows| {
                rows.iter().map(line).collect::<Vec<_>>().join("\n")
            })?;
            Ok(rows.is_empty())
        }
        MailVerb::Fetch => {
            let fetched = fetch::fetch_new(&desk)?;
            print(arguments.json, &fetched, |fetched| {
                let (new, filed, known) = (fetched.new, fetched.filed, fetched.known);
                format!(
                    "{new} new, {filed} filed, {known} known, {} unreadable",
                    fetched.unreadable
                )
            })?;
            let failure = desk.lend(|session| session.mail_account())?.failure;
            if !failure.is_empty() {
                tell(&failure);
            }
            Ok(failure.is_empty())
        }
    }
}

fn line(row: &OutboxRow) -> String {
    let deliveries = row.deliveries.iter();
    let states: Vec<_> = deliveries
        .map(|d| format!("{} {:?}", d.to.mail, d.state))
        .collect();
    format!(
        "{}\t{}\t{}\t{}",
        row.id,
        states.join(", "),
        row.failure,
        row.answer
    )
}
