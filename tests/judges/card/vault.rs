//! The card in the use cases: a lead whose team's key is in a vault and whose documents key is on a card too.

use std::sync::Arc;

use relais_core::{
    api::{
        ApiError, Code, Session, Workstation,
        opening::new_recovery_key,
        view::{
            CardStanding, DocumentState, DocumentView, Language, TeamKeySource, VaultRequest,
            VerdictKind,
        },
    },
    domain::case::Audience,
    reference::profiles,
    vault::KdfCost,
};
use relais_tests::{LEAD_PASSPHRASE, ransomware_report};
use uuid::Uuid;

use super::*;

/// The lead of `team`, in a vault made with its key.
fn lead(team: &Team, folder: &std::path::Path) -> Session {
    let gpg = team.gpg();
    let exported = gpg.run(&["--armor", "--export-secret-keys"], b"");
    // Cheap on purpose: what Argon2id costs is measured elsewhere.
    let cost = KdfCost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
    let shared = [KeyRole::Mail, KeyRole::Encryption].map(|role| team.key_for(role).to_string());
    let request = VaultRequest {
        profile: profiles::pays_de_la_loire(),
        lead_name: "Aurore Vasselin".to_owned(),
        passphrase: LEAD_PASSPHRASE.to_owned(),
        recovery_key: new_recovery_key().unwrap(),
        team_key: TeamKeySource::Import {
            armoured: exported.stdout(),
            passphrase: String::new(),
            shared: shared.to_vec(),
        },
    };
    Workstation::with(folder, Arc::new(now), cost)
        .create_vault(request)
        .unwrap()
}

#[test]
fn the_lead_signs_a_document_of_a_case_with_the_card() {
    alone(
        "vault::the_lead_signs_a_document_of_a_case_with_the_card",
        || {
            let folder = tempfile::tempdir().unwrap();
            let team = Team::new();
            let mut lead = lead(&team, folder.path());
            let case = lead.open_case(ransomware_report(), None, None).unwrap();
            let prepared = lead
                .submit_summary(case.id, Audience::Beneficiary, Language::Fr)
                .unwrap();

            let status = lead.card_key().unwrap().status();
            assert_eq!(
                (status.standing, status.card),
                (CardStanding::NoService, None)
            );
            let missing = sign_with_card(&mut lead, prepared.id, PIN);
            assert_eq!(missing.unwrap_err().code, Code::CardAbsent);

            let (service, card) = (Service::start(), Inserted::openpgp());
            service.until("the card is noticed", || super::card().is_some());
            let status = lead.card_key().unwrap().status();
            assert_eq!(status.standing, CardStanding::Empty);
            assert_eq!(status.card.unwrap().key, None);

            move_to_card(&service, &team, &team.documents);
            let status = lead.card_key().unwrap().status();
            assert_eq!(status.standing, CardStanding::Ready);
            assert_eq!(status.card.unwrap().key, Some(team.documents.grouped()));

            let wrong = sign_with_card(&mut lead, prepared.id, "654321");
            let wrong = wrong.unwrap_err();
            assert_eq!(
                (wrong.code, wrong.field.as_deref()),
                (Code::CardPin, Some("2"))
            );
            let waiting = lead.documents_to_sign().unwrap();
            assert_eq!(waiting[0].state, DocumentState::ToSign);

            let signed = sign_with_card(&mut lead, prepared.id, PIN).unwrap();
            assert_eq!(signed.state, DocumentState::Signed);
            let (bytes, signature) = (
                lead.document_bytes(prepared.id).unwrap(),
                signed.signature.unwrap(),
            );
            let verdict = lead
                .verify_file(&bytes, Some(signature.as_bytes()))
                .unwrap();
            assert_eq!((verdict.kind, verdict.by_lead), (VerdictKind::Good, true));
            assert!(gpg_says(&team, &bytes, &signature).contains("[GNUPG:] GOODSIG "));

            let again = sign_with_card(&mut lead, prepared.id, PIN);
            assert_eq!(again.unwrap_err().code, Code::DocumentSettled);
            drop(card);
        },
    );
}

/// What the window does: the session is held before and after the card, not while it takes its time.
fn sign_with_card(lead: &mut Session, id: Uuid, typed: &str) -> Result<DocumentView, ApiError> {
    let (key, bytes) = (lead.card_key()?, lead.bytes_to_sign(id)?);
    let signature = key.sign(&bytes, &pin(typed))?;
    lead.keep_card_signature(id, signature)
}
