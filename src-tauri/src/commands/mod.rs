//! The commands that the window may call: each calls one use case.

mod cases;
mod documents;
mod intake;
mod opening;
mod team;

use tauri::ipc::Invoke;

/// Every command; `capabilities/main.json` lists the same.
pub fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        opening::app_status,
        opening::preferences_set,
        opening::passphrase_suggest,
        opening::passphrase_strength,
        opening::recovery_key_new,
        opening::profile_templates,
        opening::key_inspect,
        opening::vault_create,
        opening::demo_create,
        opening::demo_remove,
        opening::work_stop,
        opening::unlock,
        opening::recover,
        opening::lock,
        opening::touch,
        opening::reference_data,
        team::session_view,
        team::passphrase_change,
        team::people,
        team::person_add,
        team::person_change,
        team::person_reset,
        team::person_remove,
        team::profile_set,
        team::settings_set,
        team::key_export,
        intake::drafts,
        intake::draft_save,
        intake::draft_discard,
        intake::draft_restore,
        intake::report_finish,
        intake::organisations,
        intake::organisation_check,
        intake::organisation_set,
        intake::communes,
        intake::naf,
        cases::cases,
        cases::case_counts,
        cases::case_get,
        cases::case_triage,
        cases::case_status,
        cases::case_assign,
        cases::case_organisation,
        cases::report_amend,
        cases::consent_record,
        cases::note_add,
        cases::fact_add,
        cases::fact_withdraw,
        cases::contact_set,
        cases::contact_remove,
        cases::journal,
        cases::journal_verify,
        cases::undo,
        documents::summary_preview,
        documents::summary_submit,
        documents::documents_to_sign,
        documents::document_sign,
        documents::document_return,
        documents::document_bytes,
        documents::document_export,
        documents::verify,
    ]
}
