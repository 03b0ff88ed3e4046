//! The mail account, the outbox and the fetching. The session's lock is never held over the network.

use std::time::Duration;

use relais_core::api::mail::fetch::{self, Woken};
use relais_core::api::mail::{Lender, outbox as envelopes};
use relais_core::api::view::{AccountCheck, FetchedView, MailAccount, MailAccountView, OutboxRow};
use relais_core::api::{Result, Session};
use tauri::State;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::desk::Desk;

impl Lender for Desk {
    fn lend<T>(&self, work: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        self.with(work)
    }
}

#[tauri::command(async)]
pub fn outbox(desk: State<'_, Desk>) -> Result<Vec<OutboxRow>> {
    desk.with(|session| session.outbox())
}

#[tauri::command(async)]
pub fn outbox_send(desk: State<'_, Desk>) -> Result<Vec<OutboxRow>> {
    envelopes::send_due(&*desk, true)?;
    desk.with(|session| session.outbox())
}

#[tauri::command(async)]
pub fn outbox_cancel(desk: State<'_, Desk>, id: Uuid) -> Result<Vec<OutboxRow>> {
    desk.with(|session| session.cancel_envelope(id))
}

#[tauri::command(async)]
pub fn outbox_settle(desk: State<'_, Desk>, id: Uuid, left: bool) -> Result<Vec<OutboxRow>> {
    desk.with(|session| session.settle_envelope(id, left))
}

#[tauri::command(async)]
pub fn mail_account(desk: State<'_, Desk>) -> Result<MailAccountView> {
    desk.with(|session| session.mail_account())
}

#[tauri::command(async)]
pub fn mail_account_set(
    desk: State<'_, Desk>,
    account: Option<MailAccount>,
    secret: Option<String>,
) -> Result<MailAccountView> {
    let secret = secret.map(Zeroizing::new);
    let secret = secret.as_ref().map(|secret| secret.as_str());
    desk.with(|session| session.set_mail_account(account.as_ref(), secret))
}

#[tauri::command(async)]
pub fn mail_account_check(
    desk: State<'_, Desk>,
    account: MailAccount,
    secret: Option<String>,
) -> Result<AccountCheck> {
    let secret = secret.map(Zeroizing::new);
    let secret = secret.as_ref().map(|secret| secret.as_str());
    let trial = desk.with(|session| session.mail_account_trial(&account, secret))?;
    Ok(trial.run())
}

#[tauri::command(async)]
pub fn mail_fetch(desk: State<'_, Desk>) -> Result<FetchedView> {
    fetch::fetch_new(&*desk)
}

/// Sends what is due by itself; tells whether there was something.
pub fn send_due(desk: &Desk) -> Result<bool> {
    let is_due = !desk.with(|session| session.outbox_due(false))?.is_empty();
    if is_due {
        envelopes::send_due(desk, false)?;
    }
    Ok(is_due)
}

/// Fetches what is new; tells whether there was something.
pub fn fetch_new(desk: &Desk) -> Result<bool> {
    Ok(fetch::fetch_new(desk)?.new > 0)
}

/// Waits until the server tells of new mail, as long as it lets one wait; a vault that is locked ends it.
pub fn wait_for_mail(desk: &Desk, longest: Duration) -> Result<Woken> {
    fetch::wait_for_new(desk, desk.locking(), longest)
}
