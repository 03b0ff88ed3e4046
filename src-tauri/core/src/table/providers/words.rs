//! The words of a table of firms, as they are written and as people type them.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

use crate::domain::case::Category;
use crate::domain::fold::fold;
use crate::domain::organisation::OrganisationKind as Kind;
use crate::domain::provider::{PrisActivity, Service, Technology};

/// Values and the words for them; the first word of a value is the one that is written.
pub struct Words<T: 'static> {
    list: &'static [(T, &'static str)],
    /// The values by their folded words, made at the first look: a long table asks for each word again and again.
    folded: OnceLock<HashMap<String, T>>,
}

impl<T: Copy> Words<T> {
    const fn new(list: &'static [(T, &'static str)]) -> Self {
        Self {
            list,
            folded: OnceLock::new(),
        }
    }
}

/// Incidents.
pub static CATEGORIES: Words<Category> = Words::new(&[
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
]);

/// Technologies.
pub static TECHNOLOGIES: Words<Technology> = Words::new(&[
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
]);

/// Services.
pub static SERVICES: Words<Service> = Words::new(&[
    (Service::Containment, "endiguement"),
    (Service::Containment, "investigation"),
    (Service::Containment, "endiguement et investigation"),
    (Service::Rebuilding, "reconstruction"),
    (Service::Rebuilding, "remédiation"),
    (Service::CrisisCommunication, "communication de crise"),
    (Service::ForensicReport, "expertise"),
    (Service::ForensicReport, "rapport pour la justice"),
    (Service::Audit, "audit"),
]);

/// Kinds of organisation.
pub static KINDS: Words<Kind> = Words::new(&[
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
]);

/// What a PRIS qualification extends to.
pub static ACTIVITIES: Words<PrisActivity> = Words::new(&[
    (PrisActivity::Rec, "REC"),
    (PrisActivity::Inv, "INV"),
    (PrisActivity::Pia, "PIA"),
    (PrisActivity::Code, "CODE"),
]);

/// The value of a word, whatever its accents and capitals; also by the name that the interface has for it.
pub fn find<T: Copy + DeserializeOwned>(words: &Words<T>, typed: &str) -> Option<T> {
    let folded = words.folded.get_or_init(|| {
        let mut values = HashMap::new();
        for (value, word) in words.list {
            values.entry(fold(word)).or_insert(*value);
        }
        values
    });
    folded
        .get(&fold(typed))
        .copied()
        .or_else(|| named(typed.trim()))
}

/// The value that the interface calls so.
pub fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

/// The word that is written for a value.
pub fn word<T: Copy + PartialEq>(words: &Words<T>, wanted: T) -> &'static str {
    let known = words.list.iter().find(|(value, _)| *value == wanted);
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
            assert_eq!(find(&CATEGORIES, word(&CATEGORIES, value)), Some(value));
        }
        for value in Technology::ALL {
            assert_eq!(find(&TECHNOLOGIES, word(&TECHNOLOGIES, value)), Some(value));
        }
        for value in Service::ALL {
            assert_eq!(find(&SERVICES, word(&SERVICES, value)), Some(value));
        }
        for value in Kind::ALL {
            assert_eq!(find(&KINDS, word(&KINDS, value)), Some(value));
        }
    }

    #[test]
    fn no_word_of_one_value_is_the_name_of_another() {
        fn check<T>(words: &Words<T>, all: &[T])
        where
            T: Copy + PartialEq + std::fmt::Debug + serde::Serialize + DeserializeOwned,
        {
            for value in all {
                let name = serde_json::to_value(value).unwrap();
                let name = name.as_str().unwrap();
                assert_eq!(find(words, name), Some(*value), "{name}");
            }
        }
        check(&CATEGORIES, &Category::ALL);
        check(&TECHNOLOGIES, &Technology::ALL);
        check(&SERVICES, &Service::ALL);
        check(&KINDS, &Kind::ALL);
    }

    #[test]
    fn words_are_found_as_people_type_them() {
        assert_eq!(
            find(&CATEGORIES, " RANCONGICIEL "),
            Some(Category::Ransomware)
        );
        assert_eq!(find(&CATEGORIES, "data_leak"), Some(Category::DataLeak));
        assert_eq!(find(&TECHNOLOGIES, "ad"), Some(Technology::ActiveDirectory));
        assert_eq!(find(&KINDS, "hologramme"), None);
        assert_eq!(yes("Oui"), Some(true));
        assert_eq!(yes("peut-être"), None);
    }
}
