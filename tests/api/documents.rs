//! Documents: prepared, signed, sent back, verified.

use relais_core::api::view::{DocumentState, Language, VerdictKind};
use relais_core::api::{Code, Session};
use relais_core::domain::case::{Audience, ConsentPurpose};
use relais_core::domain::people::Role;
use relais_tests::{Team, ransomware_report};

fn text_of(pdf: &[u8]) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the judge pdftotext is missing: install the Debian package poppler-utils");
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

fn preview(session: &Session, case: uuid::Uuid, audience: Audience) -> String {
    text_of(
        &session
            .preview_summary(case, audience, Language::Fr)
            .unwrap()
            .bytes,
    )
}

#[test]
fn the_lead_signs_what_the_analyst_prepared_and_the_bytes_are_kept() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let prepared = analyst
        .submit_summary(case.id, Audience::Beneficiary, Language::Fr)
        .unwrap();
    assert_eq!(prepared.state, DocumentState::ToSign);
    assert_eq!(prepared.file_name, "PDL-2026-0001-synthese.pdf");
    let bytes = analyst.document_bytes(prepared.id).unwrap();
    assert_eq!(
        analyst.sign_document(prepared.id).unwrap_err().code,
        Code::NotAllowed
    );
    drop(analyst);
    team.wait(chrono::Duration::minutes(10));
    let mut lead = team.unlock(Role::Lead);
    assert_eq!(lead.documents_to_sign().unwrap().len(), 1);
    let signed = lead.sign_document(prepared.id).unwrap();
    assert_eq!(signed.state, DocumentState::Signed);
    // It stays in the list, ready to be exported.
    assert_eq!(
        lead.documents_to_sign().unwrap()[0].state,
        DocumentState::Signed
    );
    assert_eq!(lead.document_bytes(prepared.id).unwrap(), bytes);
    assert_eq!(
        lead.sign_document(prepared.id).unwrap_err().code,
        Code::DocumentSettled
    );
    let signature = signed.signature.unwrap();
    let verdict = lead
        .verify_file(&bytes, Some(signature.as_bytes()))
        .unwrap();
    assert_eq!(
        (verdict.kind, verdict.own_key, verdict.by_lead),
        (VerdictKind::Good, true, true)
    );
    assert_eq!(verdict.document, Some(case));
    let mut changed = bytes.clone();
    changed[100] ^= 1;
    assert_eq!(
        lead.verify_file(&changed, Some(signature.as_bytes()))
            .unwrap()
            .kind,
        VerdictKind::Bad
    );
    assert_eq!(
        lead.verify_file(&bytes, None).unwrap().kind,
        VerdictKind::Good
    );
    assert_eq!(
        lead.verify_file(b"autre", None).unwrap().kind,
        VerdictKind::NoSignature
    );
    assert_eq!(
        lead.verify_file(&bytes, Some(b"rien")).unwrap().kind,
        VerdictKind::NotASignature
    );
}

#[test]
fn what_is_sent_back_carries_its_reason() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = lead.open_case(ransomware_report(), None, None).unwrap();
    let prepared = lead
        .submit_summary(case.id, Audience::Beneficiary, Language::Fr)
        .unwrap();
    assert_eq!(
        lead.return_document(prepared.id, "").unwrap_err().code,
        Code::ReasonMissing
    );
    let returned = lead
        .return_document(prepared.id, "Préciser le périmètre.")
        .unwrap();
    assert_eq!(
        (returned.state, returned.reason.as_str()),
        (DocumentState::Returned, "Préciser le périmètre.")
    );
}

#[test]
fn cert_fr_sees_no_name_without_consent() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst
        .open_case(ransomware_report(), None, None)
        .unwrap()
        .id;
    let masked = preview(&analyst, case, Audience::CertFr);
    for word in ["Batardière", "Morvault", "02 61 91 44 08", "Herbiers"] {
        assert!(!masked.contains(word), "{word} in the summary for CERT-FR");
    }
    analyst
        .record_consent(
            case,
            ConsentPurpose::CertFr,
            true,
            "G. Morvault",
            team.now(),
        )
        .unwrap();
    assert!(preview(&analyst, case, Audience::CertFr).contains("Batardière"));
}

#[test]
fn notes_and_consents_stay_in_the_house() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst
        .open_case(ransomware_report(), None, None)
        .unwrap()
        .id;
    analyst
        .add_note(case, "Le dirigeant hésite à porter plainte.")
        .unwrap();
    for audience in [Audience::Beneficiary, Audience::CertFr] {
        assert!(!preview(&analyst, case, audience).contains("hésite"));
    }
    assert!(preview(&analyst, case, Audience::Internal).contains("hésite"));
}

#[test]
fn the_same_case_at_the_same_time_gives_the_same_bytes() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst
        .open_case(ransomware_report(), None, None)
        .unwrap()
        .id;
    let once = analyst
        .preview_summary(case, Audience::Beneficiary, Language::Fr)
        .unwrap()
        .bytes;
    let again = analyst
        .preview_summary(case, Audience::Beneficiary, Language::Fr)
        .unwrap()
        .bytes;
    assert_eq!(once, again);
}

#[test]
fn an_export_never_replaces_a_file_and_says_what_it_wrote() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let case = lead.open_case(ransomware_report(), None, None).unwrap();
    let document = lead
        .submit_summary(case.id, Audience::Beneficiary, Language::Fr)
        .unwrap();
    lead.sign_document(document.id).unwrap();
    let out = tempfile::tempdir().unwrap();
    std::fs::write(
        out.path().join(&document.file_name),
        "le travail de quelqu’un",
    )
    .unwrap();
    let exported = lead.export_document(document.id, out.path()).unwrap();
    assert_eq!(
        exported.files,
        [
            "PDL-2026-0001-synthese (2).pdf",
            "PDL-2026-0001-synthese (2).pdf.asc"
        ]
    );
    let again = lead.export_document(document.id, out.path()).unwrap();
    assert_eq!(again.files, exported.files);
    let missing = lead.export_document(document.id, std::path::Path::new("/proc/nowhere"));
    assert!(missing.is_err());
}

#[test]
fn a_case_stays_readable_in_english() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst
        .open_case(ransomware_report(), None, None)
        .unwrap()
        .id;
    let english = text_of(
        &analyst
            .preview_summary(case, Audience::Internal, Language::En)
            .unwrap()
            .bytes,
    );
    assert!(english.contains("Ransomware"));
    assert!(english.contains("TLP:AMBER"));
}
