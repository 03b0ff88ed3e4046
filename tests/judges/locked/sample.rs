//! A mail to the joinery, and the pages that explain how to open it.

use relais_core::domain::mail::Address;
use relais_core::domain::marking::Tlp;
use relais_core::report::message::{self, AttachedFile, MessageView};
use relais_core::report::receipt::{self, LockedFile, ReceiptView};
use relais_core::report::{Document, Issuer, Lang};

fn team() -> Issuer {
    Issuer {
        name: "CSIRT Pays d’Exemple".to_owned(),
        phone: "02 61 91 00 00".to_owned(),
        mail: "assistance@csirt.example".to_owned(),
    }
}

/// A mail of some paragraphs with two files.
pub fn message(lang: Lang) -> Document {
    let (subject, text) = match lang {
        Lang::Fr => (
            "Premières mesures et questions",
            "Bonjour Monsieur Morvault,\n\nNous avons bien reçu votre signalement pour la Menuiserie Batardière. \
             Voici ce que nous vous proposons de faire aujourd’hui :\n\n- laissez éteints les postes qui le sont \
             déjà ;\n- débranchez le serveur de plans du réseau, sans l’arrêter ;\n- ne payez rien et ne répondez \
             pas à la note.\n\nPouvez-vous nous dire à quelle heure la première anomalie a été vue, et si la \
             sauvegarde de dimanche est sur un disque débranché ?\n\nNous vous rappelons à 14 h.\n\nTitouan \
             Brélivet\nCSIRT Pays d’Exemple",
        ),
        Lang::En => (
            "First measures and questions",
            "Dear Mr Morvault,\n\nWe have received your report for Menuiserie Batardière. This is what we suggest \
             that you do today:\n\n- leave switched off what is off;\n- unplug the drawing server from the network, \
             without stopping it;\n- pay nothing and do not answer the note.\n\nWhen was the first fault seen?\n\n\
             Titouan Brélivet",
        ),
    };
    message::document(&MessageView {
        lang,
        team: team(),
        reference: "PDL-2026-0042".to_owned(),
        subject: subject.to_owned(),
        from: Address::new("CSIRT Pays d’Exemple", "assistance@csirt.example").unwrap(),
        to: vec![
            Address::new("Gaëtan Morvault", "secours@batardiere.example").unwrap(),
            Address::new("", "atelier@batardiere.example").unwrap(),
        ],
        cc: vec![Address::new("Maud Ferrand", "m.ferrand@infogerance.example").unwrap()],
        at: "2026-03-12T08:42:00Z".parse().unwrap(),
        tlp: Tlp::Amber,
        text: text.to_owned(),
        files: vec![
            AttachedFile {
                name: "PDL-2026-0042-synthese.pdf".to_owned(),
                size: 184_320,
            },
            AttachedFile {
                name: "fiche-reflexe-rancongiciel.pdf".to_owned(),
                size: 1_248_000,
            },
        ],
    })
}

/// The page for a document and for an archive.
pub fn receipts(lang: Lang) -> Vec<(String, Document)> {
    let page = |locked, file: &str| {
        receipt::document(&ReceiptView {
            lang,
            team: team(),
            website: "https://www.csirt.example/".to_owned(),
            opening: match lang {
                Lang::Fr => "24 h/24, 7 j/7, sauf jours fériés".to_owned(),
                Lang::En => "round the clock, except public holidays".to_owned(),
            },
            locked,
            file: file.to_owned(),
            fingerprint: "7C1E 04B9 22D8 5F60 A3C7 9B14 E6D2 0F8A 51B3 C94E".to_owned(),
            made_at: "2026-03-12T08:42:00Z".parse().unwrap(),
        })
    };
    vec![
        (
            format!("receipt-document-{lang:?}"),
            page(LockedFile::Document, "message-protege.pdf"),
        ),
        (
            format!("receipt-archive-{lang:?}"),
            page(LockedFile::Archive, "fichiers-proteges.7z"),
        ),
        (
            format!("receipt-message-{lang:?}"),
            page(LockedFile::Message, "message.txt.asc"),
        ),
    ]
}
