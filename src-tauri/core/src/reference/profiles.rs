//! Profiles to begin with: the team of Pays de la Loire, and an empty one for any other region.

use chrono::NaiveDate;

use crate::domain::calendar::OpeningRule;
use crate::domain::team::{AuthorityContact, Opening, TeamProfile};

/// RFC 2350 document of CSIRT Pays de la Loire Cyber Assistance, version 1.0 of 23/10/2023.
pub const PAYS_DE_LA_LOIRE_SOURCE: &str =
    "RFC 2350 du CSIRT Pays de la Loire Cyber Assistance, version 1.0 du 23/10/2023";

const DISCLAIMER_FR: &str = "Bien que toutes les précautions soient prises dans l’orientation des usagers du CSIRT, {team} ne peut être tenu responsable des erreurs ou omissions, ou des dommages pouvant résulter de l’utilisation des informations fournies dans le cadre de l’appui au traitement d’un incident et des actions entreprises sur les systèmes.";

const DISCLAIMER_EN: &str = "While every precaution is taken in guiding those who turn to the CSIRT, {team} assumes no responsibility for errors or omissions, or for damages resulting from the use of the information provided in support of incident handling or from actions taken on systems.";

/// What the team counts its beneficiaries by; each team changes the list in its settings.
const SECTORS: [&str; 18] = [
    "Administration locale",
    "Agriculture et pêche",
    "Agroalimentaire",
    "Associations et culture",
    "Bâtiment et travaux publics",
    "Commerce et artisanat",
    "Conseil et services aux entreprises",
    "Eau, assainissement et déchets",
    "Éducation et recherche",
    "Énergie",
    "Finance et assurance",
    "Hôtellerie, restauration et tourisme",
    "Industrie",
    "Maritime et portuaire",
    "Numérique et télécommunications",
    "Santé",
    "Social et médico-social",
    "Transport et logistique",
];

fn text_of(template: &str, team: &str) -> String {
    template.replace("{team}", team)
}

fn sectors() -> Vec<String> {
    SECTORS.map(str::to_owned).to_vec()
}

/// The authorities whom every French team turns to.
fn national_authorities() -> Vec<AuthorityContact> {
    vec![
        AuthorityContact {
            name: "CERT-FR (ANSSI)".into(),
            phone: "3218".into(),
            mail: "cert-fr@ssi.gouv.fr".into(),
            url: "https://cert.ssi.gouv.fr".into(),
            note: "Ou 09 70 83 32 18 ; depuis l’étranger +33 9 70 83 32 18. À prévenir d’un incident majeur qui peut atteindre d’autres secteurs.".into(),
            source: "Contacts publiés par le CERT-FR".into(),
            checked_on: NaiveDate::from_ymd_opt(2026, 11, 21),
        },
        AuthorityContact {
            name: "17Cyber".into(),
            url: "https://17cyber.gouv.fr".into(),
            note: "Messagerie instantanée avec un policier ou un gendarme, 24 h/24 et 7 j/7. Oriente vers le dépôt de plainte.".into(),
            source: "17cyber.gouv.fr".into(),
            ..AuthorityContact::default()
        },
        AuthorityContact {
            name: "CNIL".into(),
            url: "https://notifications.cnil.fr".into(),
            note: "Notification d’une violation de données personnelles par le responsable de traitement, sous 72 h (RGPD, article 33). Adresse à vérifier par l’équipe.".into(),
            source: "Source secondaire".into(),
            ..AuthorityContact::default()
        },
    ]
}

/// The profile of CSIRT Pays de la Loire Cyber Assistance, from its RFC 2350 document.
#[must_use]
pub fn pays_de_la_loire() -> TeamProfile {
    let short_name = "Pays de la Loire Cyber Assistance";
    let mut authorities = national_authorities();
    authorities.insert(
        1,
        AuthorityContact {
            name: "Délégué de l’ANSSI en Pays de la Loire".into(),
            mail: "pays-de-la-loire@ssi.gouv.fr".into(),
            note: "Relais de l’ANSSI dans la région.".into(),
            source: "Contacts publiés par l’ANSSI".into(),
            ..AuthorityContact::default()
        },
    );
    TeamProfile {
        short_name: short_name.into(),
        full_name: "CSIRT Pays de la Loire Cyber Assistance".into(),
        host: "Région des Pays de la Loire".into(),
        address: vec![
            "Conseil régional des Pays de la Loire".into(),
            "CSIRT Pays de la Loire Cyber Assistance".into(),
            "1, rue de la Loire".into(),
            "44966 Nantes Cedex 9".into(),
        ],
        region: "52".into(),
        reference_prefix: "PDL".into(),
        phone: "0 800 100 200".into(),
        mail: "cyberassistance@paysdelaloire.fr".into(),
        website: "https://www.paysdelaloire.fr".into(),
        opening: Opening {
            rule: OpeningRule::ExceptHolidays,
            text_fr: "24 h/24 et 7 j/7, hors jours fériés, par téléphone".into(),
            text_en: "24/7 by telephone, except on French public holidays".into(),
        },
        authorities,
        disclaimer_fr: text_of(DISCLAIMER_FR, short_name),
        disclaimer_en: text_of(DISCLAIMER_EN, short_name),
        sectors: sectors(),
    }
}

/// An empty profile for a team of another region (INSEE code): what is the same for all stays filled in.
#[must_use]
pub fn blank(region: &str) -> TeamProfile {
    TeamProfile {
        short_name: String::new(),
        full_name: String::new(),
        host: String::new(),
        address: Vec::new(),
        region: region.into(),
        reference_prefix: String::new(),
        phone: String::new(),
        mail: String::new(),
        website: String::new(),
        opening: Opening {
            rule: OpeningRule::ExceptHolidays,
            text_fr: String::new(),
            text_en: String::new(),
        },
        authorities: national_authorities(),
        disclaimer_fr: text_of(DISCLAIMER_FR, "l’équipe"),
        disclaimer_en: text_of(DISCLAIMER_EN, "the team"),
        sectors: sectors(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_of_pays_de_la_loire_is_ready_for_use() {
        assert_eq!(pays_de_la_loire().check(), []);
    }

    #[test]
    fn a_blank_profile_lacks_only_what_each_team_knows_itself() {
        let fields: Vec<String> = blank("53")
            .check()
            .into_iter()
            .map(|error| error.field)
            .collect();
        let own = [
            "short_name",
            "full_name",
            "host",
            "address",
            "reference_prefix",
            "phone",
            "mail",
        ];
        assert_eq!(fields, own);
    }
}
