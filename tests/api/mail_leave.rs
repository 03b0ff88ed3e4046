//! Who lets a mail leave, and when: the hold, the second person, the roles.

use chrono::Duration;
use relais_core::api::view::{KeylessWay, MailAccount, MailDraftView, MailFolder, MailQuery};
use relais_core::api::{ApiError, Code, Session};
use relais_core::domain::mail::DeliveryState;
use relais_core::domain::mail::template::TemplateLang;
use relais_core::domain::people::Role;
use relais_tests::Team;
use uuid::Uuid;

use crate::correspondents::{
    Correspondent, GAETAN, PROVIDER, account, case_of, draft_to, take_key,
};

/// The team has an account, holds a mail for so long, and may want a second person.
fn settle(lead: &mut Session, hold_seconds: u32, four_eyes: bool) {
    lead.set_mail_account(Some(&account()), Some("secret"))
        .unwrap();
    let mut settings = lead.view().unwrap().settings;
    settings.hold_seconds = hold_seconds;
    settings.four_eyes = four_eyes;
    lead.set_settings(&settings).unwrap();
}

fn draft(session: &mut Session) -> Uuid {
    let case = case_of(session);
    draft_to(session, case, &[GAETAN], KeylessWay::Locked)
}

/// How many mails leave now, whoever asks: by the clock, or at once as `mail send --outbox` does.
fn leaving(session: &Session) -> (usize, usize) {
    let due = |at_once| session.outbox_due(at_once).unwrap().len();
    (due(false), due(true))
}

fn everything() -> MailQuery {
    MailQuery {
        folder: MailFolder::All,
        ..MailQuery::default()
    }
}

fn code<T>(done: Result<T, ApiError>) -> Option<Code> {
    done.err().map(|error| error.code)
}

#[test]
fn within_its_hold_a_mail_leaves_for_nobody_and_after_it_it_does() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    settle(&mut lead, 30, false);
    let id = draft(&mut lead);
    let sent = lead.send_mail(id).unwrap();
    assert_eq!(sent.held_until - team.now(), Duration::seconds(30));
    team.wait(Duration::seconds(29));
    assert_eq!(leaving(&lead), (0, 0));
    let waiting = lead.outbox().unwrap().remove(0);
    assert_eq!(waiting.held_until, Some(sent.held_until));
    assert!(lead.outbox_sending(waiting.id, true).unwrap().is_none());
    team.wait(Duration::seconds(1));
    assert_eq!(leaving(&lead), (1, 1));
    assert!(lead.outbox_sending(waiting.id, true).unwrap().is_some());
}

#[test]
fn with_four_eyes_a_mail_waits_for_somebody_else_however_long() {
    let team = Team::of_three();
    settle(&mut team.unlock(Role::Lead), 10, true);
    let mut analyst = team.unlock(Role::Analyst);
    let id = draft(&mut analyst);
    assert!(analyst.mail_draft(id).unwrap().protection.four_eyes);
    let sent = analyst.send_mail(id).unwrap();
    assert!(sent.awaits_approval);
    team.wait(Duration::days(2));
    assert_eq!(leaving(&analyst), (0, 0));
    assert!(analyst.outbox().unwrap()[0].awaits_approval);
    assert_eq!(code(analyst.approve_mail(sent.id)), Some(Code::NotAllowed));
    // Past both, as a file for another program, it does not go either.
    let other = draft(&mut analyst);
    let folder = tempfile::tempdir().unwrap();
    for refused in [
        analyst.export_mail(other, folder.path()).unwrap_err(),
        analyst
            .write_mail(other, &folder.path().join("a.eml"))
            .unwrap_err(),
    ] {
        let said = (refused.code, refused.field.as_deref());
        assert_eq!(said, (Code::MailBlocked, Some("four_eyes")));
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    drop(analyst);

    let mut operator = team.unlock(Role::Operator);
    assert_eq!(code(operator.approve_mail(sent.id)), Some(Code::NotAllowed));
    drop(operator);
    let mut lead = team.unlock(Role::Lead);
    lead.approve_mail(sent.id).unwrap();
    assert_eq!(leaving(&lead), (1, 1));
    // Once is enough, and what waits for nobody is approved by nobody.
    assert_eq!(code(lead.approve_mail(sent.id)), Some(Code::NotFound));
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn who_sends_what_somebody_else_typed_does_not_approve_it() {
    let team = Team::of_three();
    settle(&mut team.unlock(Role::Lead), 0, true);
    let mut analyst = team.unlock(Role::Analyst);
    let id = draft(&mut analyst);
    drop(analyst);
    let mut lead = team.unlock(Role::Lead);
    let sent = lead.send_mail(id).unwrap();
    assert_eq!(code(lead.approve_mail(sent.id)), Some(Code::NotAllowed));
    drop(lead);
    let mut analyst = team.unlock(Role::Analyst);
    analyst.approve_mail(sent.id).unwrap();
    assert_eq!(leaving(&analyst), (1, 1));
}

#[test]
fn what_the_second_person_refuses_is_a_draft_again() {
    let team = Team::of_three();
    settle(&mut team.unlock(Role::Lead), 10, true);
    let mut analyst = team.unlock(Role::Analyst);
    let id = draft(&mut analyst);
    let sent = analyst.send_mail(id).unwrap();
    drop(analyst);
    team.wait(Duration::hours(3));
    let mut lead = team.unlock(Role::Lead);
    let back: MailDraftView = lead.hold_mail(sent.id).unwrap();
    assert_eq!(back.id, id);
    assert_eq!(code(lead.approve_mail(sent.id)), Some(Code::NotFound));
    drop(lead);
    let mut analyst = team.unlock(Role::Analyst);
    let drafts = analyst.mail_drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(
        drafts[0].draft.text,
        "Bonjour,\n\nLa sauvegarde est intacte."
    );
    assert_eq!(analyst.outbox().unwrap().len(), 0);
    assert_eq!(analyst.mails(&everything()).unwrap().total, 0);
    // It is changed, told to leave again, and waits again.
    assert!(analyst.send_mail(id).unwrap().awaits_approval);
    assert!(analyst.verify_journal(|_| true).unwrap().good);
}

#[test]
fn where_another_program_sends_files_are_its_way_even_with_four_eyes() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    settle(&mut lead, 10, true);
    lead.set_mail_account(None, None).unwrap();
    let id = draft(&mut lead);
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(lead.export_mail(id, folder.path()).unwrap().files.len(), 1);
    assert_eq!(lead.outbox().unwrap().len(), 0);
}

#[test]
fn an_operator_reads_and_files_and_the_others_write() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    settle(&mut lead, 0, false);
    let provider = Correspondent::new(PROVIDER, team.now());
    let key = take_key(&mut lead, &provider);
    let draft = draft(&mut lead);
    let sent = lead.send_mail(draft).unwrap();
    let envelope = lead.outbox().unwrap()[0].id;
    let case = lead.mail_thread(sent.id).unwrap().mails[0]
        .case
        .as_ref()
        .unwrap()
        .id;
    drop(lead);
    let account = MailAccount::default();
    for (role, writes, leads) in [
        (Role::Operator, false, false),
        (Role::Analyst, true, false),
        (Role::Lead, true, true),
    ] {
        let mut one = team.unlock(role);
        let raw = format!(
            "From: {GAETAN}\r\nDate: Thu, 12 Mar 2026 09:30:00 +0100\r\nMessage-ID: <{role:?}@x.example>\r\n\r\nBonjour\r\n"
        );
        // What everybody does.
        assert_eq!(
            one.import_mail("a.eml", raw.as_bytes()).unwrap().new,
            1,
            "{role:?}"
        );
        let page = one.mails(&everything()).unwrap();
        let came = page.rows.iter().find(|row| !row.sent).unwrap();
        one.file_mail(came.id, case).unwrap();
        assert_eq!(code(one.read_mail(raw.as_bytes())), None);
        assert_eq!(code(one.keyring("")), None);
        // What takes somebody who writes mail.
        let refused = |done: Option<Code>, may: bool, what: &str| {
            let expected = (!may).then_some(Code::NotAllowed);
            assert_eq!(done, expected, "{role:?}: {what}");
        };
        let begun = one.new_mail_draft(Some(case), None, TemplateLang::Fr, None);
        refused(code(begun), writes, "begins a draft");
        refused(
            code(one.case_passphrase(case)),
            writes,
            "reads the passphrase",
        );
        refused(
            code(one.verify_key(key, "Mme Roy, 02 99 00 00 00")),
            writes,
            "verifies a key",
        );
        refused(code(one.outbox_due(true)), writes, "sends the outbox");
        if !writes {
            let folder = tempfile::tempdir().unwrap();
            for done in [
                code(one.send_mail(draft)),
                code(one.export_mail(draft, folder.path())),
                code(one.hold_mail(sent.id)),
                code(one.approve_mail(sent.id)),
                code(one.mail_drafts()),
                code(one.attach_to_mail(draft, "a.txt", b"a")),
                code(one.discard_mail_draft(draft)),
                code(one.cancel_envelope(envelope)),
                code(one.accept_key(key)),
                code(one.refuse_key(key, "douteuse")),
            ] {
                assert_eq!(done, Some(Code::NotAllowed));
            }
        }
        // What is the lead's.
        let mut settings = one.view().unwrap().settings;
        settings.four_eyes = false;
        refused(code(one.set_settings(&settings)), leads, "sets the hold");
        let tried = code(one.set_mail_account(Some(&account), None));
        let expected = if leads {
            Code::Invalid
        } else {
            Code::NotAllowed
        };
        assert_eq!(tried, Some(expected), "{role:?}: sets an account");
    }
    let lead = team.unlock(Role::Lead);
    let row = &lead.outbox().unwrap()[0];
    assert_eq!(
        row.deliveries[0].state,
        DeliveryState::Waiting,
        "nobody changed what waits"
    );
}
