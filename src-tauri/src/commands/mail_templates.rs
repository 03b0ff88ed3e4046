//! Templates of mails, and the passphrases of cases.

use relais_core::api::Result;
use relais_core::api::view::{CasePassphrase, PassphraseChannel, TemplateView};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

#[tauri::command(async)]
pub fn mail_templates(desk: State<'_, Desk>, lang: String) -> Result<Vec<TemplateView>> {
    desk.with(|session| session.mail_templates(&lang))
}

#[tauri::command(async)]
pub fn mail_template_set(desk: State<'_, Desk>, template: TemplateView) -> Result<TemplateView> {
    desk.with(|session| session.set_mail_template(&template))
}

#[tauri::command(async)]
pub fn mail_template_reset(
    desk: State<'_, Desk>,
    id: String,
    lang: Option<String>,
) -> Result<TemplateView> {
    desk.with(|session| session.reset_mail_template(&id, lang.as_deref()))
}

#[tauri::command(async)]
pub fn case_passphrase(desk: State<'_, Desk>, case: Uuid) -> Result<CasePassphrase> {
    desk.with(|session| session.case_passphrase(case))
}

#[tauri::command(async)]
pub fn case_passphrase_told(
    desk: State<'_, Desk>,
    case: Uuid,
    channel: PassphraseChannel,
    to: String,
) -> Result<CasePassphrase> {
    desk.with(|session| session.case_passphrase_was_told(case, channel, &to))
}

#[tauri::command(async)]
pub fn case_passphrase_renew(
    desk: State<'_, Desk>,
    case: Uuid,
    reason: String,
) -> Result<CasePassphrase> {
    desk.with(|session| session.renew_case_passphrase(case, &reason))
}
