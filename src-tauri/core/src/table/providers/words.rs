//! The words of a table of firms, as they are written and as people type them.

use serde::Serialize;

use crate::domain::case::Category;
use crate::domain::fold::fold;
use crate::domain::organisation::OrganisationKind as Kind;
use crate::domain::provider::{PrisActivity, Service, Technology};

/// Values and the words for them; the first word of a value is the one that is written.
pub type Words<T> = &'static [(T, &'static str)];

/// Incidents.
pub const CATEGORIES: Words<Category> = &[
    (Category::Ransomware, "rançongiciel"),
    (Category::Ransomware, "ransomware"),
    (Category::AccountCompromise, "compromission de compte"),
    (
        Category::AccountCompromise,
        "compromission de compte ou de messagerie",
    ),
    (Category::Phishing, "hameçonnage"),
    (Category::Phishing, "phishing"),
    (Category::Impersonation, "usurpation"),
    (Category::Impersonation, "typosquattage"),
    (Category::DenialOfService, "déni de service"),
    (Category::DenialOfService, "ddos"),
    (Category::Defacement, "défiguration"),
    (Category::DataLeak, "fuite de données"),
    (Category::TransferFraud, "fraude au virement"),
    (Category::ExposedVulnerability, "vulnérabilité exposée"),
    (Category::EdgeDevice, "équipement de bordure"),
    (Category::Other, "autre"),
];

/// Technologies.
pub const TECHNOLOGIES: Words<Technology> = &[
    (Technology::ActiveDirectory, "Active Directory"),
    (Technology::ActiveDirectory, "AD"),
    (Technology::Virtualisation, "virtualisation"),
    (Technology::Virtualisation, "hyperviseur"),
    (Technology::Backup, "sauvegarde"),
    (Technology::Backup, "sauvegardes"),
    (Technology::CloudSuite, "suite en ligne"),
    (Technology::CloudSuite, "Microsoft 365"),
    (Technology::CloudSuite, "Office 365"),
    (Technology::CloudSuite, "Google Workspace"),
    (Technology::Ot, "industriel"),
    (Technology::Ot, "OT"),
    (Technology::Telephony, "téléphonie"),
    (Technology::Mail, "messagerie"),
    (Technology::WebHosting, "hébergement web"),
    (Technology::WebHosting, "site web"),
    (Technology::NetworkEdge, "bordure de réseau"),
    (Technology::NetworkEdge, "pare-feu"),
    (Technology::NetworkEdge, "VPN"),
    (Technology::Windows, "Windows"),
    (Technology::Linux, "Linux"),
    (Technology::BusinessApplications, "applications métier"),
    (Technology::BusinessApplications, "base de données"),
];

/// Services.
pub const SERVICES: Words<Service> = &[
    (Service::Containment, "endiguement"),
    (Service::Containment, "investigation"),
    (Service::Containment, "endiguement et investigation"),
    (Service::Rebuilding, "reconstruction"),
    (Service::Rebuilding, "remédiation"),
    (Service::CrisisCommunication, "communication de crise"),
    (Service::ForensicReport, "expertise"),
    (Service::ForensicReport, "rapport pour la justice"),
    (Service::Audit, "audit"),
];

/// Kinds of organisation.
pub const KINDS: Words<Kind> = &[
    (Kind::Micro, "TPE"),
    (Kind::Micro, "microentreprise"),
    (Kind::Pme, "PME"),
    (Kind::Eti, "ETI"),
    (Kind::Ge, "grande entreprise"),
    (Kind::Commune, "commune"),
    (Kind::Commune, "mairie"),
    (Kind::Epci, "EPCI"),
    (Kind::Epci, "intercommunalité"),
    (Kind::Departement, "département"),
    (Kind::Region, "région"),
    (Kind::Syndicat, "syndicat"),
    (Kind::Ccas, "CCAS"),
    (Kind::Ccas, "CIAS"),
    (Kind::Sdis, "SDIS"),
    (Kind::Eple, "EPLE"),
    (Kind::Eple, "lycée"),
    (Kind::Eple, "collège"),
    (Kind::OfficeHlm, "office HLM"),
    (Kind::Gip, "GIP"),
    (Kind::OtherPublic, "autre établissement public"),
    (Kind::Association, "association"),
    (Kind::Other, "autre"),
];

/// What a PRIS qualification extends to.
pub const ACTIVITIES: Words<PrisActivity> = &[
    (PrisActivity::Rec, "REC"),
    (PrisActivity::Inv, "INV"),
    (PrisActivity::Pia, "PIA"),
    (PrisActivity::Code, "CODE"),
];

/// The value of a word, whatever its accents and capitals; also by the name that the interface has for it.
pub fn find<T: Copy + Serialize>(words: Words<T>, typed: &str) -> Option<T> {
    let folded = fold(typed);
    let known = words.iter().find(|(value, word)| {
        fold(word) == folded
            || serde_json::to_value(value).is_ok_and(|name| name.as_str() == Some(typed.trim()))
    });
    known.map(|(value, _)| *value)
}

/// The word that is written for a value.
pub fn word<T: Copy + PartialEq>(words: Words<T>, wanted: T) -> &'static str {
    let known = words.iter().find(|(value, _)| *value == wanted);
    known.map_or("", |(_, word)| word)
}

/// Yes or no.
pub fn yes(typed: &str) -> Option<bool> {
    match fold(typed).as_str() {
        "oui" | "o" | "yes" | "y" | "vrai" | "true" | "1" | "x" => Some(true),
        "" | "non" | "n" | "no" | "faux" | "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_word_and_is_found_by_it() {
        for value in Category::ALL {
            assert_eq!(find(CATEGORIES, word(CATEGORIES, value)), Some(value));
        }
        for value in Technology::ALL {
            assert_eq!(find(TECHNOLOGIES, word(TECHNOLOGIES, value)), Some(value));
        }
        for value in Service::ALL {
            assert_eq!(find(SERVICES, word(SERVICES, value)), Some(value));
        }
        for value in Kind::ALL {
            assert_eq!(find(KINDS, word(KINDS, value)), Some(value));
        }
    }

    #[test]
    fn words_are_found_as_people_type_them() {
        assert_eq!(
            find(CATEGORIES, " RANCONGICIEL "),
            Some(Category::Ransomware)
        );
        assert_eq!(find(CATEGORIES, "data_leak"), Some(Category::DataLeak));
        assert_eq!(find(TECHNOLOGIES, "ad"), Some(Technology::ActiveDirectory));
        assert_eq!(find(KINDS, "hologramme"), None);
        assert_eq!(yes("Oui"), Some(true));
        assert_eq!(yes("peut-être"), None);
    }
}
