//! What programmes ask of the team.

use relais_core::api::Code;
use relais_core::api::view::CriterionView;
use relais_core::domain::people::Role;
use relais_core::domain::rfc2350::Lang;
use relais_core::domain::rfc2350::readiness::{Programme, State};
use relais_tests::Team;

fn of<'a>(all: &'a [CriterionView], id: &str) -> &'a CriterionView {
    all.iter().find(|view| view.criterion.id == id).unwrap()
}

fn met(view: &CriterionView) -> bool {
    matches!(view.state, State::Met { .. })
}

#[test]
fn what_the_vault_knows_needs_no_statement() {
    let team = Team::of_three();
    let lead = team.unlock(Role::Lead);
    let all = lead.readiness().unwrap();
    for known in [
        "ti_keys",
        "anssi_people",
        "anssi_carrier",
        "intercert_activity",
    ] {
        assert!(met(of(&all, known)), "{known}: {:?}", of(&all, known).state);
    }
    // The document was never published, and names no TPE.
    assert_eq!(of(&all, "intercert_rfc2350").state, State::NotMet);
    assert_eq!(of(&all, "anssi_beneficiaries").state, State::NotMet);
    assert_eq!(of(&all, "intercert_maturity").state, State::ToAttach);
    assert_eq!(of(&all, "intercert_fee").state, State::ToDeclare);
}

#[test]
fn the_lead_states_and_attaches_and_takes_it_back() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let refused = analyst.state_readiness("intercert_fee", Some(true), "");
    assert_eq!(refused.unwrap_err().code, Code::NotAllowed);
    drop(analyst);
    let mut lead = team.unlock(Role::Lead);
    // What the vault answers by itself is not stated, and a statement is no document.
    for (id, code) in [
        ("ti_keys", Code::NotFound),
        ("intercert_maturity", Code::NotFound),
    ] {
        assert_eq!(
            lead.state_readiness(id, Some(true), "").unwrap_err().code,
            code
        );
    }
    let long = "é".repeat(2_001);
    let refused = lead.state_readiness("intercert_fee", Some(true), &long);
    assert_eq!(refused.unwrap_err().code, Code::TooLong);
    let stated = lead
        .state_readiness("intercert_fee", Some(true), " Payée en mars. ")
        .unwrap();
    let view = lead.readiness().unwrap();
    let fee = of(&view, "intercert_fee");
    assert!(met(fee));
    let statement = fee.statement.as_ref().unwrap();
    assert_eq!(
        (statement.note.as_str(), statement.by.as_str()),
        ("Payée en mars.", "Aurore Vasselin")
    );
    lead.undo(&stated.entry).unwrap();
    assert_eq!(
        of(&lead.readiness().unwrap(), "intercert_fee").state,
        State::ToDeclare
    );

    let empty = lead.attach_readiness("intercert_maturity", "sim3.pdf", b"");
    assert_eq!(empty.unwrap_err().code, Code::Invalid);
    let large = lead.attach_readiness("intercert_maturity", "sim3.pdf", &vec![0; 20_000_001]);
    assert_eq!(large.unwrap_err().code, Code::TooLong);
    lead.attach_readiness("intercert_maturity", r"C:\dossier\sim3.pdf", b"%PDF-essai")
        .unwrap();
    let view = lead.readiness().unwrap();
    assert_eq!(
        of(&view, "intercert_maturity")
            .attachment
            .as_ref()
            .unwrap()
            .name,
        "sim3.pdf"
    );
    lead.detach_readiness("intercert_maturity").unwrap();
    assert_eq!(
        of(&lead.readiness().unwrap(), "intercert_maturity").state,
        State::ToAttach
    );
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn the_file_goes_out_with_its_pages_and_its_documents() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    lead.attach_readiness("intercert_maturity", "sim3.pdf", b"%PDF-essai")
        .unwrap();
    lead.attach_readiness("intercert_cooptation", "../../sim3.pdf", b"autre")
        .unwrap();
    let folder = team.folder().join("candidature");
    let written = lead
        .export_readiness(Programme::InterCertFrance, Lang::Fr, &folder)
        .unwrap();
    assert_eq!(
        written.files,
        ["dossier-fr.pdf", "4-sim3.pdf", "5-sim3.pdf"]
    );
    assert_eq!(
        std::fs::read(folder.join("4-sim3.pdf")).unwrap(),
        b"%PDF-essai"
    );
    for programme in Programme::ALL {
        for lang in Lang::ALL {
            let pdf = lead.preview_readiness(programme, lang).unwrap();
            assert!(pdf.bytes.starts_with(b"%PDF-"));
        }
    }
}
