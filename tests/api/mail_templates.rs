//! Templates of mails: shipped, changed by the team, its own.

use relais_core::api::view::TemplateView;
use relais_core::api::{Code, Session};
use relais_core::domain::mail::template::{Field, TemplateLang, fill, placeholders_left};
use relais_core::domain::people::Role;
use relais_core::journal::verify;
use relais_tests::{Team, ransomware_report};

fn of(session: &Session, lang: &str, id: &str) -> TemplateView {
    let all = session.mail_templates(lang).unwrap();
    all.into_iter().find(|template| template.id == id).unwrap()
}

#[test]
fn the_shipped_templates_are_there_for_everybody_in_both_languages() {
    let team = Team::of_three();
    let operator = team.unlock(Role::Operator);
    for lang in ["fr", "en"] {
        let all = operator.mail_templates(lang).unwrap();
        assert_eq!(all.len(), 12);
        assert!(
            all.iter()
                .all(|one| !one.changed && one.version == 1 && one.lang == lang)
        );
    }
    assert_eq!(
        operator.mail_templates("de").unwrap_err().code,
        Code::Invalid
    );
}

#[test]
fn the_lead_changes_one_and_puts_it_back_and_the_journal_counts_the_versions() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let mut template = of(&analyst, "fr", "closing");
    let refused = analyst.set_mail_template(&template).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    drop(analyst);
    let mut lead = team.unlock(Role::Lead);
    let shipped = template.clone();
    template.text = "{{salutation}}\n\nC’est fini.\n\n{{signature}}".to_owned();
    let changed = lead.set_mail_template(&template).unwrap();
    assert!(changed.changed && changed.version == 2 && changed.id == "closing");
    assert_eq!(of(&lead, "fr", "closing"), changed);
    assert!(!of(&lead, "en", "closing").changed);
    let again = lead.set_mail_template(&template).unwrap();
    assert_eq!(again.version, 3);
    let back = lead.reset_mail_template("closing", Some("fr")).unwrap();
    assert_eq!(
        (back.version, back.changed, &back.text),
        (4, false, &shipped.text)
    );
    assert_eq!(of(&lead, "fr", "closing"), back);
    verify::rebuild(lead.conn(), |_, _| true).unwrap();
    assert_eq!(of(&lead, "fr", "closing"), back);
    assert!(lead.verify_journal(|_| true).unwrap().good);
    let untouched = lead.reset_mail_template("press", None).unwrap();
    assert_eq!(untouched.version, 1);
}

#[test]
fn the_team_makes_one_of_its_own_and_takes_it_away() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let own = lead
        .set_mail_template(&TemplateView {
            id: String::new(),
            title: "Exercice".to_owned(),
            lang: "fr".to_owned(),
            subject: "Exercice de crise".to_owned(),
            text: "{{salutation}}\n\nRendez-vous le 12.".to_owned(),
            changed: false,
            version: 0,
        })
        .unwrap();
    assert_eq!(own.version, 1);
    assert_eq!(lead.mail_templates("fr").unwrap().last().unwrap(), &own);
    assert_eq!(lead.mail_templates("en").unwrap().len(), 12);
    let mut renamed = own.clone();
    renamed.title = "Exercice annuel".to_owned();
    assert_eq!(lead.set_mail_template(&renamed).unwrap().version, 2);
    lead.reset_mail_template(&own.id, None).unwrap();
    assert_eq!(lead.mail_templates("fr").unwrap().len(), 12);
    let gone = lead.set_mail_template(&renamed).unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
    // Nothing else of the registry can be written over by its identifier.
    let person = team.person(Role::Analyst).id.to_string();
    for id in [person.as_str(), "unknown"] {
        let mut foreign = renamed.clone();
        foreign.id = id.to_owned();
        assert_eq!(
            lead.set_mail_template(&foreign).unwrap_err().code,
            Code::NotFound
        );
        assert_eq!(
            lead.reset_mail_template(id, None).unwrap_err().code,
            Code::NotFound
        );
    }
}

#[test]
fn a_field_that_does_not_exist_is_named_and_nothing_is_kept() {
    let team = Team::of_three();
    let mut lead = team.unlock(Role::Lead);
    let shipped = of(&lead, "fr", "press");
    let with = |text: &str| TemplateView {
        text: text.to_owned(),
        ..shipped.clone()
    };
    for (text, code, field) in [
        ("Bonjour {{salutations}}", Code::Invalid, "text.salutations"),
        ("Bonjour {{salutation", Code::Invalid, "text"),
        ("  ", Code::Invalid, "text"),
        (&"é".repeat(10_001), Code::TooLong, "text"),
    ] {
        let refused = lead.set_mail_template(&with(text)).unwrap_err();
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (code, Some(field))
        );
    }
    assert_eq!(of(&lead, "fr", "press"), shipped);
}

#[test]
fn what_relais_knows_of_a_case_fills_a_template_and_the_rest_is_left_to_the_writer() {
    let team = Team::of_three();
    let mut analyst = team.unlock(Role::Analyst);
    let case = analyst.open_case(ransomware_report(), None, None).unwrap();
    let values = analyst
        .template_values(Some(case.id), TemplateLang::Fr)
        .unwrap();
    let text = of(&analyst, "fr", "first_contact").text;
    let filled = fill(&text, &values, TemplateLang::Fr).unwrap();
    assert!(
        filled.text.starts_with("Bonjour Gaëtan Morvault,"),
        "{}",
        filled.text
    );
    assert!(filled.text.contains(&case.reference) && filled.text.contains("Menuiserie Batardière"));
    assert!(filled.text.contains("Titouan Brélivet"));
    assert_eq!(filled.missing, [Field::Event, Field::NextStep]);
    assert_eq!(placeholders_left(&filled.text).len(), 2);
    let without = analyst.template_values(None, TemplateLang::En).unwrap();
    assert!(!without.contains_key(&Field::Reference) && without.contains_key(&Field::Team));
}
