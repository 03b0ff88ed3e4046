#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{TimeZone, Utc};

use super::*;
use crate::domain::rfc2350::check::{FindingCode, Level};
use crate::domain::rfc2350::document::Translation;
use crate::domain::rfc2350::fix::{Fix, apply};
use crate::domain::rfc2350::html::html;
use crate::domain::rfc2350::plain::plain;
use crate::domain::rfc2350::{Composed, Finding, Para, TeamKeyFacts, check, compose};
use crate::reference::profiles;

/// The key that the published document names.
fn published_key() -> TeamKeyFacts {
    TeamKeyFacts {
        user_id: "cyberassistance@paysdelaloire.fr".into(),
        fingerprint: "ED9C60A19598EA3D3828083FB73E249B2C3D542D".into(),
        created: None,
        expires: None,
        others: Vec::new(),
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn in_lang(document: &Rfc2350, lang: Lang) -> Composed {
    compose(
        document,
        &profiles::pays_de_la_loire(),
        &published_key(),
        lang,
    )
}

/// Words without typography: ordinary spaces, no heed to who leads.
fn said(document: &Rfc2350, section: Section) -> String {
    let composed = in_lang(document, Lang::Fr);
    let part = composed
        .parts
        .into_iter()
        .find(|part| part.section == section);
    let lines: Vec<String> = part.unwrap().body.iter().flat_map(Para::lines).collect();
    plain_spaces(&lines.join("\n"))
}

fn plain_spaces(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What the published document says, section by section, in its own words.
const PUBLISHED: [(Section, &str); 30] = [
    (
        Section::About,
        "Ce document contient une description du CSIRT Pays de la Loire Cyber Assistance de la Région des Pays de la Loire, tel que recommandé par la RFC 2350 (https://www.ietf.org/rfc/rfc2350.txt). Il présente des informations sur l’équipe, les services proposés et les moyens de contacter le CSIRT Pays de la Loire Cyber Assistance.",
    ),
    (
        Section::LastUpdate,
        "Ceci est la version 1.0 de ce document, éditée le 23/10/2023.",
    ),
    (
        Section::Distribution,
        "Toutes les modifications apportées à ce document seront partagées via les canaux suivants : CSIRT Pays de la Loire Cyber Assistance – RFC2350.pdf",
    ),
    (
        Section::Location,
        "Ce document peut être trouvé sur le site de la Région Pays de la Loire : CSIRT Pays de la Loire Cyber Assistance – RFC2350.pdf",
    ),
    (
        Section::Authentication,
        "Ce document a été signé à l’aide de la clé PGP du CSIRT Pays de la Loire Cyber Assistance.\nLa clé PGP publique, son identifiant et son empreinte sont disponibles sur le site internet de Région Pays de la Loire à l’adresse suivante : CSIRT Pays de la Loire Cyber Assistance – RFC2350.pdf",
    ),
    (
        Section::TeamName,
        "Nom court\nPays de la Loire Cyber Assistance\nNom complet\nCSIRT Pays de la Loire Cyber Assistance",
    ),
    (
        Section::Address,
        "Conseil régional des Pays de la Loire\nCSIRT Pays de la Loire Cyber Assistance\n1, rue de la Loire\n44966 Nantes Cedex 9",
    ),
    (
        Section::TimeZone,
        "CET/CEST : Paris (GMT+01:00, et GMT+02:00 heure d’été)",
    ),
    (Section::Telephone, "0 800 100 200"),
    (Section::Fax, "Non applicable"),
    (Section::OtherTelecommunication, "Non applicable"),
    (Section::Mail, "cyberassistance@paysdelaloire.fr"),
    (
        Section::Keys,
        "Identifiant utilisateur\ncyberassistance@paysdelaloire.fr\nEmpreinte\nED9C 60A1 9598 EA3D 3828 083F B73E 249B 2C3D 542D\nPGP est utilisé pour garantir la confidentialité et l’intégrité des échanges avec le CSIRT Cyber Assistance\nIdentifiant de la clé : 0x2C3D542D\nLa clé PGP publique est disponible à cette adresse : CSIRT Pays de la Loire Cyber Assistance – RFC2350.pdf ainsi que sur les principaux serveurs de clés PGP (MIT, CIRCL) tels que : Clé PGP",
    ),
    (
        Section::Members,
        "L’équipe est constituée de :\nUn responsable du CSIRT\nUn analyste\nUn opérateur de centre d’appel de téléphonie, expert en cybersécurité\nLe responsable du CSIRT Pays de la Loire Cyber Assistance est Camille EXEMPLE.",
    ),
    (Section::OtherInformation, "Aucune à ce jour."),
    (
        Section::Contact,
        "Le CSIRT Pays de la Loire Cyber Assistance est disponible 24H/24 et 7/7 (hors jours fériés) par téléphone.\nPour joindre le CSIRT Pays de la Loire Cyber Assistance, le moyen de communication privilégié est par courriel à l’adresse cyberassistance@paysdelaloire.fr.\nNous encourageons l’utilisation de chiffrement avec les informations présentées dans le paragraphe « Clé publique et informations liées au chiffrement pour assurer l’intégrité de la confidentialité des échanges ».\nEn cas d’urgence, veuillez spécifier la balise [URGENT] dans le champ objet de votre courriel.\nLe CSIRT Pays de la Loire Cyber Assistance est aussi joignable par téléphone au 0 800 100 200.",
    ),
    (
        Section::Mission,
        "Le CSIRT Pays de la Loire Cyber Assistance est l’équipe de réponse aux incidents de sécurité informatique de la région Pays de la Loire. Son objectif est d’apporter une assistance aux organisations de son territoire (décrites dans le paragraphe « Bénéficiaires ») pour répondre aux incidents de cybersécurité auxquels elles font face.",
    ),
    (
        Section::Constituency,
        "Les entités pouvant bénéficier de l’accompagnement du CSIRT Pays de la Loire Cyber Assistance sont les organisations localisées sur le territoire de la région Pays de la Loire, comprenant notamment :\nLes PME ;\nLes ETI ;\nLes collectivités territoriales et les établissements publiques associés ;\nLes associations nationales.",
    ),
    (
        Section::Sponsorship,
        "Ce CSIRT est affilié à la région Pays de la Loire.",
    ),
    (
        Section::Authority,
        "Le CSIRT Pays de la Loire Cyber Assistance réalise ses activités sous l’autorité du service de la direction de la transformation numérique, lui-même sous l’autorité de la région Pays de la Loire.",
    ),
    (
        Section::IncidentTypes,
        "Le périmètre d’action du CSIRT Pays de la Loire Cyber Assistance couvre tous les incidents de sécurité informatique touchant les organisations de son territoire décrites dans le paragraphe « Bénéficiaires ».\nLes missions principales du CSIRT Pays de la Loire Cyber Assistance sont :\nOffrir une réponse de premier niveau pour les incidents cyber survenant chez ses bénéficiaires ;\nRediriger ses bénéficiaires vers des prestataires régionaux pour la remédiation de l’incident ;\nAgir comme un relai entre le CERT-FR, les prestataires régionaux, les services de Police et de Gendarmerie et les bénéficiaires ;\nConsolider les statistiques d’incidentologie à l’échelle régionale.",
    ),
    (
        Section::Cooperation,
        "Les informations relatives à un incident telles que le nom de la structure et les détails techniques ne sont pas publiées sans l’accord de la partie nommée.\nLe CSIRT Pays de la Loire Cyber Assistance peut être amené à communiquer des informations aux autres CSIRT régionaux ou au CERT-FR lorsqu’une structure sollicite leur appui. De la même manière, des informations pourront être partagées à un CSIRT sectoriel (santé, maritime…) à des fins de capitalisation des incidents propres au secteur concerné.\nLa diffusion d’information sera traitée en accord avec le protocole TLP défini par FIRST (https://www.first.org/tlp).",
    ),
    (
        Section::Communication,
        "Le CSIRT Pays de la Loire Cyber Assistance conseille fortement l’utilisation de canaux de communication sécurisés et du chiffrement PGP, en particulier pour communiquer des informations confidentielles ou sensibles.\nLes informations non confidentielles ou sensibles peuvent être transmises via des courriels non chiffrés.",
    ),
    (
        Section::IncidentResponse,
        "L’activité principale du CSIRT Pays de la Loire Cyber Assistance est de venir en aide à ses bénéficiaires en proposant un service de réponse de premier niveau aux incidents cyber et de les aider à affiner leur choix de prestataire pour les accompagner dans la suite de la résolution des incidents.\nEn particulier, il propose les services détaillés dans les paragraphes suivants.",
    ),
    (
        Section::Triage,
        "Récupération du signalement et prise de contact avec le déclarant ;\nCollecte d’informations sur l’incident et confirmation ou évaluation de la nature de l’incident ;\nDétermination de la sévérité de l’incident (son impact) et de son périmètre (nombre de machines affectés) ;\nCatégorisation de l’incident.",
    ),
    (
        Section::Coordination,
        "Identification du meilleur partenaire au sein des partenaires de réponse aux incidents pour accompagner le demandeur ;\nAccompagnement dans la diffusion, le cas échéant, de signalements vers les autorités compétentes de l’État selon la nature de l’incident. Notamment, mais de manière non exhaustive :\nÀ l’ANSSI en cas d’incident majeur de cybersécurité pouvant impacter d’autres secteurs ;\nÀ la Commission Nationale de l’Informatique et des Libertés (CNIL) en cas de violation de données à caractère personnel.",
    ),
    (
        Section::Resolution,
        "Proposition d’actions réflexes, notamment des mesures d’urgence pour limiter l’impact de l’incident ou des mesures destinées à faciliter les investigations et le traitement de l’incident ;\nPartage d’une liste restreinte de prestataires de proximité capables d’assurer la résolution et la remédiation de l’incident ;\nSuivi des phases de résolution et de remédiation.",
    ),
    (
        Section::Proactive,
        "Le CSIRT Pays de la Loire Cyber Assistance pourra aussi proposer des services proactifs à ses bénéficiaires, notamment :\nDes services de veille ;\nDes analyses de menaces ;\nUn bulletin de veille à destination d’abonnés ;\nDe la formation ;\nDu conseil ;\nDe l’assistance.",
    ),
    (
        Section::ReportingForms,
        "Aucun formulaire permettant de notifier le CSIRT Pays de la Loire Cyber Assistance d’incidents n’a été développé à ce jour.\nEn revanche, pour faciliter la prise en compte des signalements, les éléments suivants sont si possibles à fournir :\nInformations sur l’organisation touchée (nom, contact de la direction et des équipes techniques, taille…) ;\nInformations de contact du demandeur comprenant notamment : nom, fonction et numéro de téléphone ;\nChronologie de l’incident : date et heure du début de l’incident et de sa détection ;\nDescription de l’incident comprenant notamment l’impact sur l’organisation et le nombre et type de machines touchées ;\nActions effectuées depuis la détection de l’incident ;\nToute autre résultat d’investigations déjà menées ;\nArchitecture du système d’informations ;\nOutils et politiques de défense contre les incidents en place ;\nSi le demandeur est déjà en contact avec un prestataire de réponse aux incidents de sécurité informatique ;\nServices attendus de la part d’une équipe de réponse aux incidents.",
    ),
    (
        Section::Disclaimer,
        "Bien que toutes les précautions soient prises dans l’orientation des usagers du CSIRT, Pays de la Loire Cyber Assistance ne peut être tenu responsable des erreurs ou omissions, ou des dommages pouvant résulter de l’utilisation des informations fournies dans le cadre de l’appui au traitement d’un incident et des actions entreprises sur les systèmes.",
    ),
];

#[test]
fn the_published_document_is_reproduced_field_by_field() {
    let mut document = pays_de_la_loire();
    // The lead is named by the team; here by somebody who does not exist.
    document.leader = Some("Camille EXEMPLE".into());
    assert_eq!(PUBLISHED.map(|(section, _)| section), Section::ALL);
    for (section, words) in PUBLISHED {
        assert_eq!(said(&document, section), words, "{}", section.number());
    }
}

#[test]
fn the_published_document_is_identified_as_it_was() {
    let composed = in_lang(&pays_de_la_loire(), Lang::Fr);
    let rows: Vec<(&str, &str)> = composed
        .identification
        .iter()
        .map(|(label, value)| (label.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            (
                "Titre",
                "RFC 2350 du CSIRT Pays de la Loire Cyber Assistance"
            ),
            ("Version", "1.0"),
            ("Date de mise à jour", "23/10/2023"),
            (
                "Durée de validité",
                "ce document est valide tant qu’il n’existe pas de version ultérieure."
            ),
        ]
    );
}

fn findings(document: &Rfc2350) -> Vec<Finding> {
    let profile = profiles::pays_de_la_loire();
    check(document, &profile, &published_key(), None, today())
}

#[test]
fn its_known_weak_points_are_found_and_no_others() {
    use FindingCode as C;
    let found = findings(&pays_de_la_loire());
    let number = |finding: &Finding| finding.section.map_or("", Section::number);
    let codes: Vec<_> = found
        .iter()
        .map(|finding| (finding.code, number(finding)))
        .collect();
    assert_eq!(
        codes,
        [
            // It carries no marking at all.
            (C::NoTlp, ""),
            // Distribution list, place and key all lead to the document.
            (C::SelfLink, "1.2"),
            (C::SelfLink, "1.3"),
            (C::ShortKeyId, "2.8"),
            (C::SelfLink, "2.8"),
            (C::TpeNotNamed, "3.2"),
        ]
    );
    let short = found
        .iter()
        .find(|finding| finding.code == C::ShortKeyId)
        .unwrap();
    assert_eq!(short.values["found"], "0x2C3D542D");
    assert_eq!(short.level, Level::Blocks);
}

#[test]
fn all_but_the_links_are_put_right_by_the_product() {
    let mut document = pays_de_la_loire();
    for finding in findings(&document) {
        let fix = finding.fix.unwrap();
        assert_eq!(apply(&fix, &mut document), fix.is_automatic());
    }
    let left: Vec<FindingCode> = findings(&document)
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert_eq!(left, [FindingCode::SelfLink; 3]);
    let text = &document.texts[&Section::Keys];
    assert!(!text.fr.contains("2C3D542D") && !text.en.contains("2C3D542D"));
    assert_eq!(text.translation(), Translation::Current);
    assert!(
        document
            .text(Section::Constituency, Lang::Fr)
            .contains("- Les TPE\u{202f};\n- Les PME")
    );
    assert!(
        document
            .text(Section::Constituency, Lang::En)
            .contains("Microenterprises (TPE), small")
    );
}

#[test]
fn a_key_that_lapsed_is_told_with_the_rest() {
    let mut key = published_key();
    key.expires = Utc.with_ymd_and_hms(2025, 10, 23, 0, 0, 0).single();
    let profile = profiles::pays_de_la_loire();
    let found = check(&pays_de_la_loire(), &profile, &key, None, today());
    assert!(
        found
            .iter()
            .any(|finding| finding.code == FindingCode::KeyExpired)
    );
}

#[test]
fn the_english_says_every_section_and_names_no_key_but_the_team_s() {
    let document = pays_de_la_loire();
    for (section, text) in &document.texts {
        assert_eq!(
            text.translation(),
            Translation::Current,
            "{}",
            section.number()
        );
        let lines = |text: &str| {
            text.lines()
                .filter(|line| line.trim_start().starts_with('-'))
                .count()
        };
        assert_eq!(lines(&text.fr), lines(&text.en), "{}", section.number());
    }
    assert!(
        in_lang(&document, Lang::En)
            .parts
            .iter()
            .all(|part| !part.body.is_empty())
    );
}

#[test]
fn the_real_addresses_are_those_that_were_published() {
    let document = pays_de_la_loire();
    let pdf = "https://www.paysdelaloire.fr/sites/default/files/2023-10/CSIRT%20Pays%20de%20la%20Loire%20Cyber%20Assistance%20%E2%80%93%20RFC2350.pdf";
    for place in [&document.found_at, &document.announced_at, &document.key_at] {
        assert_eq!(place.url, pdf);
    }
    assert!(
        document.key_servers[0]
            .url
            .starts_with("https://pgp.mit.edu/pks/lookup?search=")
    );
}

#[test]
fn the_page_and_the_text_of_the_published_document_hold_its_words() {
    for lang in Lang::ALL {
        let composed = in_lang(&pays_de_la_loire(), lang);
        let text = plain(&composed);
        let wide = text
            .lines()
            .filter(|line| line.chars().count() > 72 && !line.contains("://"));
        assert_eq!(wide.collect::<Vec<_>>(), [""; 0]);
        assert!(text.contains("ED9C 60A1 9598 EA3D 3828 083F B73E 249B 2C3D 542D"));
        assert!(
            html(&composed).contains("<dd>ED9C 60A1 9598 EA3D 3828 083F B73E 249B 2C3D 542D</dd>")
        );
    }
}

#[test]
fn the_template_lacks_only_what_each_team_knows_itself() {
    let profile = profiles::pays_de_la_loire();
    let found = check(&template(), &profile, &published_key(), None, today());
    let fixes: Vec<Fix> = found
        .into_iter()
        .filter_map(|finding| finding.fix)
        .collect();
    let place = |section| Fix::ChangePlace { section };
    assert_eq!(
        fixes,
        [
            Fix::SetDate { date: today() },
            place(Section::Distribution),
            place(Section::Location),
            place(Section::Location),
            place(Section::Keys),
        ]
    );
}

#[test]
fn the_template_names_no_region() {
    let json = include_str!("../template.json").to_lowercase();
    for word in ["loire", "nantes", "cyber assistance", "2c3d542d"] {
        assert!(!json.contains(word), "{word}");
    }
}
