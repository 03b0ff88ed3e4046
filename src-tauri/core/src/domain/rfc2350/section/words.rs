//! Number, kind, heading and purpose of each section.

use super::{Section, SectionKind};
use crate::domain::rfc2350::lang::Pair;

/// What is known of a section.
pub(super) struct Row {
    pub(super) number: &'static str,
    pub(super) kind: SectionKind,
    pub(super) title: Pair,
    pub(super) asks: Pair,
    pub(super) rfc: &'static str,
}

const fn known(
    number: &'static str,
    kind: SectionKind,
    title: [&'static str; 2],
    asks: [&'static str; 2],
    rfc: &'static str,
) -> Row {
    let [fr, en] = title;
    let title = Pair { fr, en };
    let [fr, en] = asks;
    let asks = Pair { fr, en };
    Row {
        number,
        kind,
        title,
        asks,
        rfc,
    }
}

/// What is known of a section. The titles are those of the document of Pays de la Loire, so that its cross-references hold.
pub(super) const fn row(section: Section) -> Row {
    use SectionKind::{Derived, Mixed, Text};
    match section {
        Section::About => known(
            "1",
            Text,
            ["À propos du document", "Document Information"],
            [
                "Dire que le document décrit l’équipe selon la RFC 2350.",
                "Say that the document describes the team according to RFC 2350.",
            ],
            "3.1",
        ),
        Section::LastUpdate => known(
            "1.1",
            Derived,
            ["Date de dernière mise à jour", "Date of Last Update"],
            [
                "Dire quand le document a changé pour la dernière fois, pour qu’un lecteur sache si sa copie est à jour.",
                "Say when the document last changed, so that a reader knows whether a copy is current.",
            ],
            "3.1",
        ),
        Section::Distribution => known(
            "1.2",
            Mixed,
            [
                "Liste de distribution pour les modifications",
                "Distribution List for Notifications",
            ],
            [
                "Dire par quel canal les changements sont annoncés, ou qu’il n’y en a pas.",
                "Say where changes are announced, or that they are not.",
            ],
            "3.1",
        ),
        Section::Location => known(
            "1.3",
            Mixed,
            [
                "Où trouver ce document",
                "Locations where this Document May Be Found",
            ],
            [
                "Dire où se trouve toujours la version en vigueur.",
                "Say where the current version is always found.",
            ],
            "3.1",
        ),
        Section::Authentication => known(
            "1.4",
            Mixed,
            ["Authenticité du document", "Authenticating this Document"],
            [
                "Dire comment vérifier que le document vient de l’équipe\u{a0}: sa signature et la clé qui la vérifie.",
                "Say how to check that the document comes from the team: its signature and the key that verifies it.",
            ],
            "3.1",
        ),
        Section::TeamName => known(
            "2.1",
            Derived,
            ["Nom de l’équipe", "Name of the Team"],
            [
                "Donner le nom complet et le nom court de l’équipe.",
                "Give the team’s full name and its short name.",
            ],
            "3.2",
        ),
        Section::Address => known(
            "2.2",
            Derived,
            ["Adresse", "Address"],
            ["Donner l’adresse postale.", "Give the postal address."],
            "3.2",
        ),
        Section::TimeZone => known(
            "2.3",
            Derived,
            ["Zone horaire", "Time Zone"],
            [
                "Donner le fuseau horaire, pour coordonner un incident qui en traverse plusieurs.",
                "Give the time zone, to coordinate incidents that cross several.",
            ],
            "3.2",
        ),
        Section::Telephone => known(
            "2.4",
            Derived,
            ["Numéro de téléphone", "Telephone Number"],
            [
                "Donner le numéro de téléphone de l’équipe.",
                "Give the team’s telephone number.",
            ],
            "3.2",
        ),
        Section::Fax => known(
            "2.5",
            Text,
            ["Numéro de fax", "Facsimile Number"],
            [
                "Donner le numéro de télécopie, ou dire qu’il n’y en a pas.",
                "Give the facsimile number, or say that there is none.",
            ],
            "3.2",
        ),
        Section::OtherTelecommunication => known(
            "2.6",
            Text,
            ["Autres moyens de communication", "Other Telecommunication"],
            [
                "Donner les autres moyens de joindre l’équipe, ou dire qu’il n’y en a pas.",
                "Give other ways to reach the team, or say that there are none.",
            ],
            "3.2",
        ),
        Section::Mail => known(
            "2.7",
            Derived,
            ["Adresse e-mail", "Electronic Mail Address"],
            [
                "Donner l’adresse électronique de l’équipe.",
                "Give the team’s mail address.",
            ],
            "3.2",
        ),
        Section::Keys => known(
            "2.8",
            Mixed,
            [
                "Clé publique et informations liées au chiffrement",
                "Public Keys and Encryption Information",
            ],
            [
                "Donner les clés publiques de l’équipe, leur empreinte complète et où les trouver.",
                "Give the team’s public keys, their full fingerprints and where to find them.",
            ],
            "3.2",
        ),
        Section::Members => known(
            "2.9",
            Mixed,
            ["Membres de l’équipe", "Team Members"],
            [
                "Dire qui compose l’équipe, dans la mesure où elle le publie.",
                "Say who is in the team, as far as it is public.",
            ],
            "3.2",
        ),
        Section::OtherInformation => known(
            "2.10",
            Text,
            ["Autres informations", "Other Information"],
            [
                "Donner toute autre information sur l’équipe, ou dire qu’il n’y en a pas.",
                "Give any other information about the team, or say that there is none.",
            ],
            "3.2",
        ),
        Section::Contact => known(
            "2.11",
            Mixed,
            ["Contact", "Points of Customer Contact"],
            [
                "Dire comment un bénéficiaire joint l’équipe, à quelles heures, et que faire en cas d’urgence.",
                "Say how a constituent reaches the team, at what hours, and what to do in an emergency.",
            ],
            "3.2",
        ),
        Section::Mission => known(
            "3.1",
            Text,
            ["Ordre de mission", "Mission Statement"],
            [
                "Dire ce que l’équipe doit accomplir.",
                "Say what the team is there to achieve.",
            ],
            "3.3.1",
        ),
        Section::Constituency => known(
            "3.2",
            Text,
            ["Bénéficiaires", "Constituency"],
            [
                "Dire qui peut demander l’aide de l’équipe.",
                "Say who may ask the team for help.",
            ],
            "3.3.2",
        ),
        Section::Sponsorship => known(
            "3.3",
            Text,
            ["Affiliation", "Sponsorship and/or Affiliation"],
            [
                "Dire quelle organisation porte l’équipe ou la finance.",
                "Say which organisation carries or funds the team.",
            ],
            "3.3.3",
        ),
        Section::Authority => known(
            "3.4",
            Text,
            ["Autorité", "Authority"],
            [
                "Dire sous quelle autorité l’équipe agit, et ce qu’elle peut exiger.",
                "Say under what authority the team acts, and what it may require.",
            ],
            "3.3.4",
        ),
        Section::IncidentTypes => known(
            "4.1",
            Text,
            [
                "Types d’incidents et niveau d’intervention",
                "Types of Incidents and Level of Support",
            ],
            [
                "Dire quels incidents l’équipe traite, et jusqu’où.",
                "Say which incidents the team handles, and how far.",
            ],
            "3.4.1",
        ),
        Section::Cooperation => known(
            "4.2",
            Text,
            [
                "Coopération, interaction et partage d’information",
                "Co-operation, Interaction and Disclosure of Information",
            ],
            [
                "Dire à qui l’équipe transmet des informations, lesquelles, et sous quelle protection.",
                "Say to whom the team discloses information, which, and under what protection.",
            ],
            "3.4.2",
        ),
        Section::Communication => known(
            "4.3",
            Text,
            [
                "Communication et authentification",
                "Communication and Authentication",
            ],
            [
                "Dire comment les échanges sont protégés et les correspondants authentifiés.",
                "Say how exchanges are protected and correspondents authenticated.",
            ],
            "3.4.3",
        ),
        Section::IncidentResponse => known(
            "5.1",
            Text,
            ["Réponse aux incidents", "Incident Response"],
            [
                "Dire ce que l’équipe fait pendant un incident.",
                "Say what the team does during an incident.",
            ],
            "3.5.1",
        ),
        Section::Triage => known(
            "5.1.1",
            Text,
            ["Triage", "Incident Triage"],
            [
                "Dire comment un signalement est reçu, vérifié et évalué.",
                "Say how a report is taken, verified and assessed.",
            ],
            "3.5.1.1",
        ),
        Section::Coordination => known(
            "5.1.2",
            Text,
            ["Coordination", "Incident Coordination"],
            [
                "Dire avec qui l’équipe coordonne la réponse.",
                "Say with whom the team coordinates the response.",
            ],
            "3.5.1.2",
        ),
        Section::Resolution => known(
            "5.1.3",
            Text,
            ["Résolution", "Incident Resolution"],
            [
                "Dire ce que l’équipe fait pour supprimer la cause et rétablir le service.",
                "Say what the team does to remove the cause and restore service.",
            ],
            "3.5.1.3",
        ),
        Section::Proactive => known(
            "5.2",
            Text,
            ["Activités proactives", "Proactive Activities"],
            [
                "Dire ce que l’équipe propose avant tout incident.",
                "Say what the team offers before any incident.",
            ],
            "3.5.2",
        ),
        Section::ReportingForms => known(
            "6",
            Text,
            [
                "Formulaires de notification d’incident",
                "Incident Reporting Forms",
            ],
            [
                "Donner le formulaire de signalement, ou dire quels éléments fournir.",
                "Give the reporting form, or say what to provide.",
            ],
            "3.6",
        ),
        Section::Disclaimer => known(
            "7",
            Derived,
            ["Décharge de responsabilité", "Disclaimers"],
            [
                "Dire les limites de la responsabilité de l’équipe.",
                "State the limits of the team’s liability.",
            ],
            "3.7",
        ),
    }
}
