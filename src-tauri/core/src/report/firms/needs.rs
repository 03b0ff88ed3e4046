//! What a case asked of firms, as lines of text.

use super::super::Lang;
use super::super::summary::events;
use super::words::Words;
use crate::domain::calendar::OpeningRule;
use crate::domain::provider::{Needs, Technology};

/// When a firm answers: « lundi à vendredi, 8 h 30 – 18 h ».
#[must_use]
pub fn hours(rule: OpeningRule, lang: Lang) -> String {
    let words = Words::of(lang);
    match rule {
        OpeningRule::Always => words.pick("jour et nuit", "day and night").to_owned(),
        OpeningRule::ExceptHolidays => words
            .pick(
                "jour et nuit, sauf jours fériés",
                "day and night, except public holidays",
            )
            .to_owned(),
        OpeningRule::WorkingDays {
            from_minute,
            until_minute,
        } => {
            let clock = |minute: u16| match lang {
                Lang::Fr => format!("{}\u{a0}h\u{a0}{:02}", minute / 60, minute % 60),
                Lang::En => format!("{}:{:02}", minute / 60, minute % 60),
            };
            let days = words.pick("lundi à vendredi", "Monday to Friday");
            format!("{days}, {} – {}", clock(from_minute), clock(until_minute))
        }
    }
}

/// What was looked for, a line for each need that was asked. No word of the beneficiary itself is in it.
#[must_use]
pub fn lines(needs: &Needs, lang: Lang) -> Vec<String> {
    let words = Words::of(lang);
    let mut lines = Vec::new();
    let mut say = |label: [&'static str; 2], value: String| {
        if !value.is_empty() {
            lines.push(words.labelled(words.pick(label[0], label[1]), &value));
        }
    };
    say(["Incident", "Incident"], events(&needs.categories, lang));
    let services = needs.services.iter().map(|one| words.service(*one));
    say(["Prestations", "Services"], joined(services));
    let technologies = needs.technologies.iter();
    say(
        ["Techniques touchées", "Technologies hit"],
        joined(technologies.map(|one| technology(*one, words))),
    );
    if needs.is_public() {
        let who = words.pick("un organisme public", "a public body");
        say(["Bénéficiaire", "Beneficiary"], who.to_owned());
    }
    if needs.site_visit {
        let within = needs.on_site_hours.map(|hours| match lang {
            Lang::Fr => format!(", en moins de {hours}\u{a0}heures"),
            Lang::En => format!(", within {hours} hours"),
        });
        let yes = words.pick("oui", "yes");
        say(
            ["Venue sur place", "Visit on site"],
            format!("{yes}{}", within.unwrap_or_default()),
        );
    }
    if let Some(hours) = needs.reaction_hours {
        say(
            ["Première réponse", "First answer"],
            match lang {
                Lang::Fr => format!("en moins de {hours}\u{a0}heures"),
                Lang::En => format!("within {hours} hours"),
            },
        );
    }
    if let Some(km) = needs.maximum_km {
        say(
            ["Distance au plus", "Distance at most"],
            words.km(u32::from(km)),
        );
    }
    let labels = needs.labels.iter().map(|label| label.name());
    say(["Un de ces labels", "One of these labels"], joined(labels));
    say(
        ["Liste de l’assureur", "The insurer’s panel"],
        needs.panel.join(", "),
    );
    lines
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

const fn technology(technology: Technology, words: &Words) -> &'static str {
    match technology {
        Technology::ActiveDirectory => "Active Directory",
        Technology::Virtualisation => words.pick("virtualisation", "virtualisation"),
        Technology::Backup => words.pick("sauvegarde", "backup"),
        Technology::CloudSuite => words.pick("suite bureautique en ligne", "cloud office suite"),
        Technology::Ot => words.pick("systèmes industriels", "industrial systems"),
        Technology::Telephony => words.pick("téléphonie", "telephony"),
        Technology::Mail => words.pick("messagerie", "mail"),
        Technology::WebHosting => words.pick("hébergement web", "web hosting"),
        Technology::NetworkEdge => words.pick("pare-feu et accès distants", "firewalls and VPN"),
        Technology::Windows => "Windows",
        Technology::Linux => "Linux",
        Technology::BusinessApplications => {
            words.pick("applications métier", "business applications")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Category;

    #[test]
    fn each_need_that_was_asked_has_its_line_and_no_other() {
        assert_eq!(lines(&Needs::default(), Lang::Fr), Vec::<String>::new());
        let needs = Needs {
            categories: vec![Category::Ransomware],
            site_visit: true,
            on_site_hours: Some(24),
            maximum_km: Some(80),
            ..Needs::default()
        };
        let told = lines(&needs, Lang::Fr);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[1].contains("24\u{a0}heures"), "{told:?}");
        assert!(told[2].contains("80"), "{told:?}");
    }

    #[test]
    fn hours_are_told_as_each_language_writes_them() {
        let rule = OpeningRule::WorkingDays {
            from_minute: 510,
            until_minute: 1_080,
        };
        assert_eq!(
            hours(rule, Lang::Fr),
            "lundi à vendredi, 8\u{a0}h\u{a0}30 – 18\u{a0}h\u{a0}00"
        );
        assert_eq!(hours(rule, Lang::En), "Monday to Friday, 8:30 – 18:00");
    }
}
