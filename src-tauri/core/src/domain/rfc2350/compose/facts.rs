//! What sections say by themselves: the facts of the profile, the key and the edition.

use chrono::{DateTime, Utc};

use super::super::key::Fingerprint;
use super::super::lang::day;
use super::of_team;
use crate::domain::calendar::in_paris;
use crate::domain::rfc2350::lang::{Lang, Pair};
use crate::domain::rfc2350::para::{Para, Span, linked, text_of};
use crate::domain::rfc2350::placeholder::{Placeholder, Values};

fn definition(label: Pair, lang: Lang, value: Vec<Span>) -> Option<Para> {
    let label = label.of(lang).to_owned();
    (!value.is_empty()).then_some(Para::Definition { label, value })
}

pub(super) fn edition(values: &Values<'_>) -> Vec<Para> {
    let version = &values.document.version;
    let Some(dated) = values.document.dated.filter(|_| !version.is_empty()) else {
        return Vec::new();
    };
    let dated = day(dated, values.lang);
    vec![Para::words(match values.lang {
        Lang::Fr => format!("Ceci est la version {version} de ce document, éditée le {dated}."),
        Lang::En => format!("This is version {version} of this document, dated {dated}."),
    })]
}

pub(super) fn names(values: &Values<'_>) -> Vec<Para> {
    const SHORT: Pair = Pair {
        fr: "Nom court",
        en: "Short name",
    };
    const FULL: Pair = Pair {
        fr: "Nom complet",
        en: "Full name",
    };
    [(SHORT, Placeholder::ShortName), (FULL, Placeholder::Team)]
        .into_iter()
        .filter_map(|(label, name)| definition(label, values.lang, values.of(name)))
        .collect()
}

pub(super) fn address(lines: &[String]) -> Vec<Para> {
    let lines: Vec<Vec<Span>> = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| vec![Span::plain(line.trim())])
        .collect();
    match lines.is_empty() {
        true => Vec::new(),
        false => vec![Para::Lines(lines)],
    }
}

/// The time zone of a region (INSEE code). Overseas regions keep one time all year.
pub(super) fn time_zone(region: &str) -> Pair {
    match region {
        "01" | "02" => Pair {
            fr: "AST (GMT-04:00, toute l’année)",
            en: "AST (GMT-04:00, all year)",
        },
        "03" => Pair {
            fr: "GFT (GMT-03:00, toute l’année)",
            en: "GFT (GMT-03:00, all year)",
        },
        "04" => Pair {
            fr: "RET (GMT+04:00, toute l’année)",
            en: "RET (GMT+04:00, all year)",
        },
        "06" => Pair {
            fr: "EAT (GMT+03:00, toute l’année)",
            en: "EAT (GMT+03:00, all year)",
        },
        _ => Pair {
            fr: "CET/CEST\u{a0}: Paris (GMT+01:00, et GMT+02:00 heure d’été)",
            en: "CET/CEST: Paris (GMT+01:00, and GMT+02:00 in summer)",
        },
    }
}

/// The keys, each by its whole fingerprint: a short identifier can be forged in seconds.
pub(super) fn keys(values: &Values<'_>) -> Vec<Para> {
    const USER: Pair = Pair {
        fr: "Identifiant utilisateur",
        en: "User ID",
    };
    const FINGERPRINT: Pair = Pair {
        fr: "Empreinte",
        en: "Fingerprint",
    };
    const CREATED: Pair = Pair {
        fr: "Créée le",
        en: "Created on",
    };
    const EXPIRES: Pair = Pair {
        fr: "Expire le",
        en: "Expires on",
    };
    let Values { key, lang, .. } = *values;
    let date = |at: Option<DateTime<Utc>>| {
        at.map_or_else(Vec::new, |at| {
            vec![Span::plain(day(in_paris(at).date_naive(), lang))]
        })
    };
    let own = [
        definition(USER, lang, values.of(Placeholder::UserId)),
        definition(FINGERPRINT, lang, values.of(Placeholder::Fingerprint)),
        definition(CREATED, lang, date(key.created)),
        definition(EXPIRES, lang, date(key.expires)),
    ];
    let others = key.others.iter().map(|other| {
        let label = match lang {
            Lang::Fr => &other.role_fr,
            Lang::En => &other.role_en,
        };
        let mut value = linked(&other.user_id);
        value.push(Span::plain(format!(
            ", {}",
            Fingerprint(&other.fingerprint)
        )));
        Para::Definition {
            label: label.clone(),
            value,
        }
    });
    own.into_iter().flatten().chain(others).collect()
}

pub(super) fn leader(values: &Values<'_>) -> Option<Para> {
    let leader = values.document.leader.as_deref()?.trim();
    let team = &values.profile.full_name;
    let sentence = match values.lang {
        Lang::Fr => format!("Le responsable {} est {leader}.", of_team(team)),
        Lang::En => format!("The lead of {team} is {leader}."),
    };
    (!leader.is_empty()).then(|| Para::words(sentence))
}

/// The facts of the profile that the typed text of 2.11 does not say itself.
pub(super) fn contact(values: &Values<'_>, typed: &str, text: &[Para]) -> Vec<Para> {
    const OPENING: Pair = Pair {
        fr: "Horaires",
        en: "Hours",
    };
    const PHONE: Pair = Pair {
        fr: "Téléphone",
        en: "Telephone",
    };
    const MAIL: Pair = Pair {
        fr: "Courriel",
        en: "Mail",
    };
    let said = text
        .iter()
        .flat_map(Para::lines)
        .collect::<Vec<_>>()
        .join("\n");
    let fact = |label, placeholder, known: bool| {
        let value = values.of(placeholder);
        let known = known || said.contains(&text_of(&value));
        definition(label, values.lang, value).filter(|_| !known)
    };
    [
        // Hours are said in many ways: any text is taken to say them, and the check compares them with the rule.
        fact(OPENING, Placeholder::Opening, !typed.is_empty()),
        fact(PHONE, Placeholder::Phone, false),
        fact(MAIL, Placeholder::Mail, false),
    ]
    .into_iter()
    .flatten()
    .collect()
}
