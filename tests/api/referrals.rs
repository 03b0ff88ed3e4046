//! From the drawn list to the end of the work: the choice, what was heard since, and what leaves the house.

use chrono::{Duration, NaiveDate};
use relais_core::api::view::{DocumentState, Language, ShortlistView, TriagePatch, VerdictKind};
use relais_core::api::{Code, Session};
use relais_core::domain::case::{Audience, Category, Channel, ConsentPurpose};
use relais_core::domain::mail::Address;
use relais_core::domain::mail::template::TemplateLang;
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::domain::provider::crisis::{Pin, UnservedReason};
use relais_core::domain::provider::matching::{Exclusion, Replacement, Rules};
use relais_core::domain::provider::referral::{FollowUp, Step};
use relais_core::domain::provider::{LabelKind, PaperKind};
use relais_tests::Team;
use uuid::Uuid;

use crate::providers::{case, five};

/// A case with its list of three.
fn listed(session: &mut Session) -> (Uuid, ShortlistView) {
    session
        .import_providers(five().as_bytes(), None, false)
        .unwrap();
    let id = case(session);
    let list = session.keep_shortlist(id, None, &[]).unwrap();
    (id, list)
}

fn today(session: &Session) -> NaiveDate {
    relais_core::domain::calendar::in_paris(session.now()).date_naive()
}

#[test]
fn the_choice_is_followed_until_the_end_and_the_firm_learns_what_it_did_not_for_whom() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let (id, list) = listed(&mut lead);
    assert!(lead.follow_ups().unwrap().is_empty());
    lead.tell_shortlist(list.id, Channel::Phone).unwrap();
    let due = lead.follow_ups().unwrap();
    let told = today(&lead);
    assert_eq!((due.len(), due[0].on), (1, told + Duration::days(5)));
    assert_eq!(due[0].referral, None);

    let firm = list.listed[1].face.id;
    lead.choose_provider(list.id, Some(firm)).unwrap();
    let due = lead.follow_ups().unwrap();
    assert_eq!((due.len(), due[0].step), (1, Some(Step::Chosen)));
    assert_eq!(due[0].on, told + Duration::days(5));
    let referral = due[0].referral.unwrap();
    assert_eq!(lead.provider(firm).unwrap().track.open, 1);

    team.wait(Duration::days(5));
    let asked = today(&lead);
    let spoke = FollowUp {
        contact_on: Some(told),
        quote_on: Some(asked),
        ..FollowUp::default()
    };
    lead.follow_up(referral, &spoke).unwrap();
    let due = lead.follow_ups().unwrap();
    assert_eq!(due[0].step, Some(Step::Quoted));
    assert_eq!(due[0].on, asked + Duration::days(14));
    let tomorrow = FollowUp {
        finished_on: Some(asked + Duration::days(1)),
        ..spoke.clone()
    };
    let refused = lead.follow_up(referral, &tomorrow).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::Invalid, Some("finished_on"))
    );

    team.wait(Duration::days(9));
    let end = FollowUp {
        started_on: Some(asked),
        finished_on: Some(today(&lead)),
        satisfied: Some(true),
        note: "tout est rétabli".to_owned(),
        ..spoke
    };
    let done = lead.follow_up(referral, &end).unwrap();
    assert!(lead.follow_ups().unwrap().is_empty());
    let kept = &lead.shortlists(id).unwrap()[0];
    assert_eq!(kept.referrals[0].duration_days, Some(9));
    let record = lead.provider(firm).unwrap();
    assert_eq!(record.track.by_category[&Category::Ransomware], 1);
    assert_eq!((record.track.open, record.track.satisfied), (0, 1));
    let said = serde_json::to_string(&record).unwrap();
    let case = lead.case(id).unwrap();
    for name in [&case.reference, &case.title] {
        assert!(!said.contains(name.as_str()), "{name}");
    }
    // A slip is taken back, and the team asks again.
    lead.undo(&done.entry).unwrap();
    assert_eq!(lead.follow_ups().unwrap()[0].step, Some(Step::Quoted));
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn the_mail_with_the_list_names_the_firms_and_tells_that_it_was_told() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let (id, list) = listed(&mut lead);
    let lang = TemplateLang::Fr;
    let draft = lead
        .new_mail_draft(Some(id), Some("short_list"), lang, None)
        .unwrap();
    for firm in &list.listed {
        assert!(draft.draft.text.contains(&firm.face.name));
    }
    let mut plain = draft.draft;
    plain.tlp = Tlp::Clear;
    plain.to = Address::new("", "gaetan.morvault@batardiere.example")
        .into_iter()
        .collect();
    lead.save_mail_draft(draft.id, plain).unwrap();
    let patch = TriagePatch {
        tlp: Some(Tlp::Clear),
        ..TriagePatch::default()
    };
    lead.triage(id, &patch).unwrap();
    let folder = tempfile::tempdir().unwrap();
    lead.export_mail(draft.id, folder.path()).unwrap();
    let told = &lead.shortlists(id).unwrap()[0];
    assert_eq!(told.told_by, Some(Channel::Mail));
    assert_eq!(lead.follow_ups().unwrap().len(), 1);
}

#[test]
fn a_firm_that_declines_is_not_proposed_again_for_the_case() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let (id, list) = listed(&mut lead);
    let (first, second) = (list.listed[0].face.id, list.listed[1].face.id);
    lead.choose_provider(list.id, Some(first)).unwrap();
    // Another name is chosen before anything happened: as if the first had not been.
    lead.choose_provider(list.id, Some(second)).unwrap();
    let referrals = &lead.shortlists(id).unwrap()[0].referrals;
    assert_eq!(referrals.len(), 1);
    let referral = referrals[0].id;
    let on = today(&lead);
    let begun = FollowUp {
        contact_on: Some(on),
        ..FollowUp::default()
    };
    lead.follow_up(referral, &begun).unwrap();
    let refused = lead.choose_provider(list.id, Some(first)).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("firm"));
    let refused = lead.decline_referral(referral, " ").unwrap_err();
    assert_eq!(refused.code, Code::ReasonMissing);
    lead.decline_referral(referral, "équipe déjà engagée")
        .unwrap();
    assert_eq!(lead.provider(second).unwrap().track.open, 0);
    assert!(lead.follow_up(referral, &begun).is_err());
    let next = lead.match_case(id, None, None).unwrap();
    let excluded = next.excluded.iter().find(|one| one.provider.id == second);
    assert_eq!(excluded.unwrap().reasons, [Exclusion::Declined]);
    let again = lead.keep_shortlist(id, None, &[]).unwrap();
    assert!(again.listed.iter().all(|one| one.face.id != second));
}

#[test]
fn details_go_to_the_chosen_firm_with_the_beneficiarys_word_alone() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let (id, list) = listed(&mut lead);
    lead.choose_provider(list.id, Some(list.listed[0].face.id))
        .unwrap();
    let refused = lead.submit_summary(id, Audience::Provider, Language::Fr);
    assert_eq!(refused.unwrap_err().code, Code::ConsentMissing);
    lead.record_consent(
        id,
        ConsentPurpose::Providers,
        true,
        "Mme Morvault",
        team.now(),
    )
    .unwrap();
    let document = lead
        .submit_summary(id, Audience::Provider, Language::Fr)
        .unwrap();
    assert!(document.file_name.ends_with("-transmission.pdf"));
    assert_eq!(document.state, DocumentState::ToSign);
    assert!(document.tlp >= Tlp::Amber);
}

#[test]
fn a_list_leaves_under_the_leads_word_until_the_rule_changes_or_a_name_does() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let (id, list) = listed(&mut lead);
    assert!(lead.delegation().unwrap().is_none());
    let waits = lead.submit_shortlist(list.id, Language::Fr).unwrap();
    assert_eq!(waits.state, DocumentState::ToSign);
    let word = lead.delegate_lists().unwrap().unwrap();
    let verdict = lead
        .verify_file(word.text.as_bytes(), Some(word.signature.as_bytes()))
        .unwrap();
    assert_eq!((verdict.kind, verdict.by_lead), (VerdictKind::Good, true));
    drop(lead);

    // At night the operator prepares the list; the lead sleeps.
    let mut operator = team.unlock(Role::Operator);
    assert_eq!(
        operator.delegate_lists().unwrap_err().code,
        Code::NotAllowed
    );
    drop(operator);
    let mut analyst = team.unlock(Role::Analyst);
    let leaves = analyst.submit_shortlist(list.id, Language::Fr).unwrap();
    assert_eq!(leaves.state, DocumentState::Delegated);
    let folder = tempfile::tempdir().unwrap();
    let files = analyst.export_document(leaves.id, folder.path()).unwrap();
    assert_eq!(files.files.len(), 3, "{files:?}");
    // A name changed by hand is no list of the rule.
    let shown = analyst.match_case(id, None, None).unwrap();
    let other = shown.ranked.iter().find(|one| one.drawn.is_none()).unwrap();
    let change = Replacement {
        out: shown.shortlist[0].id,
        by: other.provider.id,
        reason: "injoignable".to_owned(),
    };
    let changed = analyst.keep_shortlist(id, None, &[change]).unwrap();
    let waits = analyst.submit_shortlist(changed.id, Language::Fr).unwrap();
    assert_eq!(waits.state, DocumentState::ToSign);
    drop(analyst);

    let mut lead = team.unlock(Role::Lead);
    let four = Rules {
        names: 4,
        ..Rules::default()
    };
    lead.set_match_rules(&four).unwrap();
    assert!(lead.delegation().unwrap().is_none(), "the rule changed");
    lead.delegate_lists().unwrap();
    // The list of before was drawn by the rule of before.
    let waits = lead.submit_shortlist(list.id, Language::Fr).unwrap();
    assert_eq!(waits.state, DocumentState::ToSign);
    lead.withdraw_delegation().unwrap();
    assert!(lead.delegation().unwrap().is_none());
}

#[test]
fn one_event_and_many_cases_have_one_plan_that_a_person_may_change() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    lead.import_providers(five().as_bytes(), None, false)
        .unwrap();
    let cases: Vec<Uuid> = (0..16).map(|_| case(&mut lead)).collect();
    let plan = lead.plan_crisis(&cases, &[]).unwrap();
    // Five firms with three hands each.
    let (served, unserved) = (&plan.assignment.assigned, &plan.assignment.unserved);
    assert_eq!((served.len(), unserved.len()), (15, 1));
    assert_eq!(unserved[0].because, UnservedReason::AllFull { passing: 5 });
    let pins = [
        Pin {
            case: unserved[0].case,
            firm: Some(served[0].firm),
            reason: "connaît le système".to_owned(),
        },
        Pin {
            case: served[1].case,
            firm: None,
            reason: "se débrouille seul".to_owned(),
        },
    ];
    let choices = lead.crisis_choices(unserved[0].case).unwrap();
    assert_eq!(choices.len(), 5);
    assert_eq!(
        lead.keep_crisis(" ", &cases, &pins).unwrap_err().code,
        Code::Invalid
    );
    let kept = lead
        .keep_crisis("Hébergeur Exemple", &cases, &pins)
        .unwrap();
    let by_hand = kept.assignment.assigned.iter().filter(|one| one.by_hand);
    assert_eq!(by_hand.count(), 1);
    assert_eq!(
        kept.assignment.unserved[0].because,
        UnservedReason::HeldBack
    );
    let face = kept.kept.unwrap();
    assert_eq!((face.cases, face.served), (16, 15));
    assert!(lead.replay_crisis(face.id).unwrap());
    assert_eq!(lead.crises().unwrap().len(), 1);
    // Who stands in the plan was referred.
    let one = kept.assignment.assigned[0].firm;
    let times = kept
        .assignment
        .assigned
        .iter()
        .filter(|each| each.firm == one);
    let track = lead.provider(one).unwrap().track;
    assert_eq!(track.referrals as usize, times.count());
    let folder = tempfile::tempdir().unwrap();
    let written = lead
        .export_crisis(face.id, Language::Fr, folder.path())
        .unwrap();
    // The plan and five lists, each with the lead's signature; from anybody else without.
    assert_eq!(written.files.len(), 12, "{written:?}");
    let signatures = written
        .files
        .iter()
        .filter(|name| name.ends_with(".pdf.asc"));
    assert_eq!(signatures.count(), 6, "{written:?}");
    assert!(lead.verify_journal(|_| true).unwrap().good);
}

#[test]
fn a_firm_shows_its_papers_and_is_asked_to_confirm_its_record() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let (_, list) = listed(&mut lead);
    let firm = list.listed[0].face.id;
    let kind = PaperKind::Label {
        label: LabelKind::ExpertCyber,
    };
    let shown = lead
        .add_firm_paper(firm, kind, "../certificat.pdf", b"%PDF-1.7 un papier")
        .unwrap();
    let paper = &shown.provider.papers[0];
    assert!(!paper.name.contains('/'), "{}", paper.name);
    let folder = tempfile::tempdir().unwrap();
    let out = lead
        .export_firm_paper(firm, &paper.sha256, folder.path())
        .unwrap();
    let bytes = std::fs::read(folder.path().join(&out.files[0])).unwrap();
    assert_eq!(bytes, b"%PDF-1.7 un papier");
    // A table taken in says nothing of papers: they stay.
    lead.import_providers(five().as_bytes(), None, false)
        .unwrap();
    assert_eq!(lead.provider(firm).unwrap().provider.papers.len(), 1);
    let refused = lead.firm_review_draft(firm).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("contacts"));
    let mut provider = lead.provider(firm).unwrap().provider;
    provider.contacts = vec![relais_core::domain::intake::Person {
        name: "Anaïg Rédo".to_owned(),
        mail: "contact@digue.example".to_owned(),
        ..Default::default()
    }];
    lead.set_provider(Some(firm), &provider).unwrap();
    let draft = lead.firm_review_draft(firm).unwrap().draft;
    assert_eq!(draft.to[0].mail, "contact@digue.example");
    assert!(
        draft.text.contains("Tout ce que dit votre fiche"),
        "{}",
        draft.text
    );
    assert_eq!(draft.attachments[0].name, "fiche.csv");
    let gone = lead.remove_firm_paper(firm, &paper.sha256).unwrap();
    assert!(gone.provider.papers.is_empty());
}
