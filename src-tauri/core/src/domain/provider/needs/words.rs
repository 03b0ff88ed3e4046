//! Technologies as people name them on the phone.

use super::Technology;
use crate::domain::fold::fold;

/// Words and phrases as [`fold`] leaves them, each whole. The commonest products of small networks; what is missed is
/// ticked by hand, and a word that names something else (`exchange`) is unticked.
const WORDS: &[(Technology, &[&str])] = &[
    (
        Technology::ActiveDirectory,
        &[
            "active directory",
            "l ad",
            "serveur ad",
            "domaine ad",
            "annuaire",
            "controleur de domaine",
            "controleurs de domaine",
        ],
    ),
    (
        Technology::Virtualisation,
        &[
            "vmware",
            "esx",
            "esxi",
            "vcenter",
            "vsphere",
            "hyper v",
            "proxmox",
            "hyperviseur",
            "hyperviseurs",
            "nutanix",
        ],
    ),
    (
        Technology::Backup,
        &["veeam", "sauvegarde", "sauvegardes", "nas", "synology"],
    ),
    (
        Technology::CloudSuite,
        &[
            "office 365",
            "microsoft 365",
            "m365",
            "o365",
            "google workspace",
            "sharepoint",
            "onedrive",
            "entra",
        ],
    ),
    (
        Technology::Ot,
        &["automate", "automates", "scada", "supervision industrielle"],
    ),
    (
        Technology::Telephony,
        &["telephonie", "standard telephonique", "ipbx", "3cx", "voip"],
    ),
    (
        Technology::Mail,
        &[
            "exchange",
            "zimbra",
            "serveur de messagerie",
            "serveur mail",
        ],
    ),
    (
        Technology::WebHosting,
        &[
            "site web",
            "site internet",
            "wordpress",
            "joomla",
            "prestashop",
            "hebergeur",
        ],
    ),
    (
        Technology::NetworkEdge,
        &[
            "fortinet",
            "fortigate",
            "pare feu",
            "firewall",
            "vpn",
            "ivanti",
            "citrix",
            "sonicwall",
            "stormshield",
            "palo alto",
            "rds",
        ],
    ),
    (
        Technology::BusinessApplications,
        &["erp", "logiciel metier", "base de donnees", "sql server"],
    ),
    (Technology::Windows, &["windows", "windows server"]),
    (Technology::Linux, &["linux", "debian", "ubuntu", "red hat"]),
];

/// The technologies that a text names, each with the first of its words that was met.
pub(super) fn technologies_in(text: &str) -> Vec<(Technology, &'static str)> {
    // Blanks at both ends: every word is then between two of them.
    let text = format!(" {} ", fold(text));
    let named = |word: &str| {
        text.match_indices(word)
            .any(|(at, _)| text[..at].ends_with(' ') && text[at + word.len()..].starts_with(' '))
    };
    WORDS
        .iter()
        .filter_map(|(technology, words)| {
            let word = words.iter().find(|word| named(word))?;
            Some((*technology, *word))
        })
        .collect()
}

/// Whether an answer to « Un prestataire est-il déjà en contact ? » says that there is none.
pub(super) fn says_none(answer: &str) -> bool {
    let folded = fold(answer);
    matches!(
        folded.as_str(),
        "" | "aucun"
            | "aucune"
            | "non"
            | "neant"
            | "pas encore"
            | "personne"
            | "rien"
            | "non aucun"
    ) || [
        "aucun prestataire",
        "pas de prestataire",
        "pas d infogerant",
    ]
    .iter()
    .any(|none| folded.starts_with(none))
}
