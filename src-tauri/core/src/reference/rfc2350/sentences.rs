//! The sentences of the checks, once for window and command line: what is wrong, why it matters, what puts it right.

use std::collections::BTreeMap;

use crate::domain::rfc2350::check::FindingCode;
use crate::domain::rfc2350::fix::Fix;
use crate::domain::rfc2350::{Lang, Pair};

/// The words of a finding; `{name}` stands for the value of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FindingWords {
    /// What is wrong.
    pub what: Pair,
    /// Why it matters.
    pub why: Pair,
}

const fn words(what: [&'static str; 2], why: [&'static str; 2]) -> FindingWords {
    let [fr, en] = what;
    let what = Pair { fr, en };
    let [fr, en] = why;
    let why = Pair { fr, en };
    FindingWords { what, why }
}

/// The words of what was found.
#[must_use]
pub const fn finding(code: FindingCode) -> FindingWords {
    use FindingCode as C;
    match code {
        C::Missing => words(
            ["La section est vide.", "The section is empty."],
            [
                "Un lecteur attend une réponse à chaque point de la RFC 2350, même si c’est « Non applicable ».",
                "A reader expects an answer to each point of RFC 2350, even if it is “Not applicable”.",
            ],
        ),
        C::UnknownPlaceholder => words(
            [
                "Le repère {{name}} n’existe pas.",
                "There is no placeholder {{name}}.",
            ],
            [
                "Il serait imprimé tel quel.",
                "It would be printed as it stands.",
            ],
        ),
        C::EmptyPlaceholder => words(
            [
                "Le repère {{name}} n’a pas de valeur.",
                "The placeholder {{name}} has no value.",
            ],
            [
                "La phrase serait imprimée avec un vide.",
                "The sentence would be printed with a gap.",
            ],
        ),
        C::NoTlp => words(
            [
                "Le document n’a pas de mention TLP.",
                "The document has no TLP label.",
            ],
            [
                "Sans mention, un lecteur ne sait pas s’il peut le transmettre.",
                "Without a label a reader cannot tell whether it may be passed on.",
            ],
        ),
        C::TlpOne => words(
            [
                "Le texte cite TLP 1.0 : {found}.",
                "The text speaks of TLP 1.0: {found}.",
            ],
            [
                "La version en vigueur est TLP 2.0 (FIRST, 2022).",
                "The version in force is TLP 2.0 (FIRST, 2022).",
            ],
        ),
        C::NoKey => words(
            [
                "L’équipe n’a pas de clé publique.",
                "The team has no public key.",
            ],
            [
                "Sans clé, personne ne peut chiffrer vers l’équipe ni vérifier ce qu’elle signe.",
                "Without a key nobody can encrypt to the team or verify what it signs.",
            ],
        ),
        C::KeyExpired => words(
            [
                "La clé publique a expiré le {date}.",
                "The public key expired on {date}.",
            ],
            [
                "Les correspondants ne peuvent plus chiffrer avec elle.",
                "Correspondents can no longer encrypt with it.",
            ],
        ),
        C::KeyExpiring => words(
            [
                "La clé publique expire dans {days} jours, le {date}.",
                "The public key expires in {days} days, on {date}.",
            ],
            [
                "Un document qui vient de paraître porterait une clé bientôt inutilisable.",
                "A document that has just come out would name a key that is soon of no use.",
            ],
        ),
        C::ShortKeyId => words(
            [
                "La clé est désignée par un identifiant court : {found}.",
                "The key is named by a short identifier: {found}.",
            ],
            [
                "Une clé au même identifiant court se fabrique en quelques secondes. Seule l’empreinte complète désigne une clé.",
                "A key with the same short identifier can be made in seconds. Only the full fingerprint names a key.",
            ],
        ),
        C::OtherFingerprint => words(
            [
                "Le texte donne une autre empreinte que celle de l’équipe : {found}.",
                "The text gives another fingerprint than the team’s: {found}.",
            ],
            [
                "Un lecteur chiffrerait pour une autre clé, ou jugerait vos signatures fausses.",
                "A reader would encrypt to another key, or take your signatures for false.",
            ],
        ),
        C::SelfLink => words(
            [
                "Le lien mène au document lui-même.",
                "The link leads to the document itself.",
            ],
            [
                "Qui a le document n’y apprend rien de plus : l’annonce des changements, la version en vigueur et la clé ont chacune leur adresse.",
                "Whoever holds the document learns nothing more there: announcements, the current version and the key each have an address of their own.",
            ],
        ),
        C::ProxyLink => words(
            [
                "Le lien passe par un intermédiaire : {url}",
                "The link goes through a proxy: {url}",
            ],
            [
                "L’intermédiaire voit qui suit le lien et peut changer ce qui est lu.",
                "The proxy sees who follows the link and can change what is read.",
            ],
        ),
        C::ContactDiffers => words(
            [
                "Le texte donne {found} ; le profil dit {expected}.",
                "The text gives {found}; the profile says {expected}.",
            ],
            [
                "Deux contacts différents font perdre du temps en cas d’urgence.",
                "Two different contacts cost time in an emergency.",
            ],
        ),
        C::EnglishMissing => words(
            ["L’anglais manque.", "The English is missing."],
            [
                "Le document est lu aussi hors de France.",
                "The document is also read outside France.",
            ],
        ),
        C::EnglishBehind => words(
            [
                "L’anglais est à relire : le français a changé.",
                "The English is to be reviewed: the French has changed.",
            ],
            [
                "Les deux langues ne disent peut-être plus la même chose.",
                "The two languages may no longer say the same.",
            ],
        ),
        C::VersionNotRaised => words(
            [
                "La version {version} ne dépasse pas celle qui est publiée, {published}.",
                "Version {version} is not above the published one, {published}.",
            ],
            [
                "Deux textes différents porteraient la même version.",
                "Two different texts would bear the same version.",
            ],
        ),
        C::DateNotRaised => words(
            [
                "La date {date} n’est pas plus récente que celle de la publication, {published}.",
                "The date {date} is not later than that of the publication, {published}.",
            ],
            [
                "Un lecteur croirait que rien n’a changé.",
                "A reader would believe that nothing has changed.",
            ],
        ),
        C::OpeningDiffers => words(
            [
                "Les horaires écrits ne sont pas ceux du profil.",
                "The hours in the text are not those of the profile.",
            ],
            [
                "Un bénéficiaire appellerait un jour où personne ne répond, ou n’oserait pas appeler.",
                "A constituent would call on a day when nobody answers, or would not dare to call.",
            ],
        ),
        C::TpeNotNamed => words(
            [
                "Les PME sont nommées, pas les TPE.",
                "The PME are named and the TPE are not.",
            ],
            [
                "L’ANSSI demande un service à tous les bénéficiaires de taille intermédiaire, TPE comprises.",
                "ANSSI asks for a service to all beneficiaries of intermediate size, TPE included.",
            ],
        ),
    }
}

/// What a fix does, as a button or a list says it.
#[must_use]
pub const fn fix(fix: &Fix) -> Pair {
    let [fr, en] = match fix {
        Fix::SetTlp { .. } => ["Marquer TLP:CLEAR", "Mark TLP:CLEAR"],
        Fix::ReplaceTlpWords { .. } => ["Remplacer", "Replace"],
        Fix::RemoveKeyId { .. } => ["Retirer l’identifiant court", "Remove the short identifier"],
        Fix::UsePlaceholder { .. } => ["Reprendre la valeur connue", "Use the known value"],
        Fix::UseRealAddress { .. } => ["Mettre la vraie adresse", "Use the real address"],
        Fix::AddTpe => ["Ajouter les TPE", "Add the TPE"],
        Fix::SetVersion { .. } => ["Augmenter la version", "Raise the version"],
        Fix::SetDate { .. } => ["Mettre la date du jour", "Use today’s date"],
        Fix::ConfirmEnglish { .. } => ["L’anglais est à jour", "The English is up to date"],
        Fix::LeaveOut { .. } => ["Dire « Non applicable »", "Say “Not applicable”"],
        Fix::Write { .. } => ["Écrire le texte", "Write the text"],
        Fix::Translate { .. } => ["Écrire l’anglais", "Write the English"],
        Fix::ChangePlace { .. } => ["Donner une autre adresse", "Give another address"],
        Fix::FillProfile { .. } => ["Compléter le profil", "Complete the profile"],
        Fix::ChooseKey => ["Choisir la clé", "Choose the key"],
        Fix::ExtendKey => ["Prolonger la clé", "Extend the key"],
    };
    Pair { fr, en }
}

/// A sentence with its values, set in its language. A date (`2026-11-22`) is written as the language writes it.
#[must_use]
pub fn filled(sentence: Pair, values: &BTreeMap<String, String>, lang: Lang) -> String {
    let filled = values
        .iter()
        .fold(sentence.of(lang).to_owned(), |sentence, (name, value)| {
            let written = match (value.parse::<chrono::NaiveDate>(), lang) {
                (Ok(day), Lang::Fr) => day.format("%d/%m/%Y").to_string(),
                (Ok(day), Lang::En) => day.format("%-d %B %Y").to_string(),
                (Err(_), _) => value.clone(),
            };
            sentence.replace(&format!("{{{name}}}"), &written)
        });
    match lang {
        Lang::Fr => filled
            .replace("« ", "«\u{202f}")
            .replace(" »", "\u{202f}»")
            .replace(" ;", "\u{202f};")
            .replace(" :", "\u{a0}:"),
        Lang::En => filled,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::rfc2350::check::{Published, check};
    use crate::domain::rfc2350::{Rfc2350, Section, TeamKeyFacts};
    use crate::reference::profiles;

    /// A document in which much is wrong.
    fn wrong() -> Rfc2350 {
        let mut document = super::super::documents::pays_de_la_loire();
        let text = "TLP:WHITE {equipe} {leader} 02 61 91 20 20, 24/7. FFFF60A19598EA3D3828083FB73E249B2C3D542D https://a.translate.goog/";
        document
            .set_text(Section::Communication, Lang::Fr, text)
            .unwrap();
        document.set_text(Section::Mission, Lang::Fr, "").unwrap();
        document.set_text(Section::Triage, Lang::En, "").unwrap();
        document
    }

    #[test]
    fn every_finding_is_said_whole_in_both_languages() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let published = Published {
            version: "1.0".into(),
            dated: day("2023-10-23"),
            digest: String::new(),
        };
        let mut key = TeamKeyFacts {
            user_id: "x@csirt.example".into(),
            fingerprint: "ED9C60A19598EA3D3828083FB73E249B2C3D542D".into(),
            expires: chrono::DateTime::from_timestamp(1_800_000_000, 0),
            ..TeamKeyFacts::default()
        };
        let mut codes = std::collections::BTreeSet::new();
        for (today, with_key) in [
            ("2026-12-01", true),
            ("2027-06-01", true),
            ("2026-12-01", false),
        ] {
            if !with_key {
                key = TeamKeyFacts::default();
            }
            let profile = profiles::pays_de_la_loire();
            for found in check(&wrong(), &profile, &key, Some(&published), day(today)) {
                codes.insert(found.code);
                let FindingWords { what, why } = finding(found.code);
                for lang in Lang::ALL {
                    let sentence = filled(what, &found.values, lang);
                    let named = found
                        .values
                        .get("name")
                        .map_or_else(String::new, |name| format!("{{{name}}}"));
                    let rest = sentence.replace(&named, "");
                    assert!(named.is_empty() || sentence.contains(&named), "{sentence}");
                    assert!(!rest.contains('{'), "{sentence}");
                    assert!(why.of(lang).ends_with('.'));
                    assert!(
                        found
                            .fix
                            .as_ref()
                            .is_none_or(|done| !fix(done).of(lang).is_empty())
                    );
                }
            }
        }
        // Only English behind its French is not among them: its sentence has no value.
        assert!(codes.len() >= 18, "{codes:?}");
    }

    #[test]
    fn a_sentence_is_set_as_its_language_sets_it() {
        let values = BTreeMap::from([
            ("date".to_owned(), "2027-01-15".to_owned()),
            ("days".to_owned(), "19".to_owned()),
        ]);
        let what = finding(FindingCode::KeyExpiring).what;
        assert_eq!(
            filled(what, &values, Lang::Fr),
            "La clé publique expire dans 19 jours, le 15/01/2027."
        );
        assert_eq!(
            filled(what, &values, Lang::En),
            "The public key expires in 19 days, on 15 January 2027."
        );
        let missing = finding(FindingCode::Missing).why;
        assert!(
            filled(missing, &BTreeMap::new(), Lang::Fr)
                .contains("«\u{202f}Non applicable\u{202f}»")
        );
    }
}
