//! The page that goes with a locked file, itself open: how to get the passphrase, how to open the file, what to do when it
//! does not open. It names no case: whoever intercepts it learns that the team writes, and nothing else.

use chrono::{DateTime, Utc};

use super::block::{
    Align, Block, Cell, Column, Entry, Level, Notice, Span, Table, TitleBlock, Tone,
};
use super::{Document, Issuer, Lang, Marking};
use crate::domain::marking::Tlp;

/// What was locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockedFile {
    /// A PDF.
    Document,
    /// A 7z archive.
    Archive,
    /// OpenPGP messages under a passphrase.
    Message,
}

/// Who sent what.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// Language of the page.
    pub lang: Lang,
    /// The team.
    pub team: Issuer,
    /// Its website, where the telephone number can be compared; may be empty.
    pub website: String,
    /// When the line answers, in words; may be empty.
    pub opening: String,
    /// What was locked.
    pub locked: LockedFile,
    /// The name of the locked file.
    pub file: String,
    /// Fingerprint of the team's key in groups of four; empty when there is none.
    pub fingerprint: String,
    /// When the page was made, for the metadata.
    pub made_at: DateTime<Utc>,
}

/// An example that opens nothing: most of its words are not in the list.
const EXAMPLE: &str = "un4bel7ours2dort9sous5mon3toit";

struct Words {
    kind: &'static str,
    title: fn(LockedFile) -> &'static str,
    running: &'static str,
    brief: &'static str,
    brief_file: &'static str,
    brief_text: &'static str,
    call: &'static str,
    sure: &'static str,
    sure_never: &'static str,
    sure_number: &'static str,
    open: &'static str,
    device: &'static str,
    program: &'static str,
    document: &'static [(&'static str, &'static str)],
    archive: &'static [(&'static str, &'static str)],
    message: &'static [(&'static str, &'static str)],
    type_text: &'static str,
    type_keep: &'static str,
    fails: &'static str,
    fails_list: [&'static str; 2],
    answer: &'static str,
    answer_list: [&'static str; 2],
    keys_text: &'static str,
    keys_fingerprint: &'static str,
}

const FR: Words = Words {
    kind: "Mode d’emploi",
    title: |locked| match locked {
        LockedFile::Document => "Ouvrir notre document protégé",
        LockedFile::Archive => "Ouvrir nos fichiers protégés",
        LockedFile::Message => "Ouvrir notre message OpenPGP",
    },
    running: "Ouvrir un fichier protégé",
    brief: "L’essentiel",
    brief_file: "Le fichier",
    brief_text: "est protégé par une phrase de passe. Nous vous la donnons de vive voix ou par SMS, jamais par \
         courriel. Vous ne l’avez pas ? Appelez-nous :",
    call: "Nous répondons",
    sure: "Est-ce bien nous ?",
    sure_never: "Nous ne vous demanderons jamais la phrase de passe : c’est nous qui vous la donnons. Si quelqu’un \
         vous appelle pour l’obtenir, ne la donnez pas, raccrochez, puis appelez-nous.",
    sure_number: "Un doute sur ce courriel ? Appelez-nous au numéro publié sur notre site",
    open: "Ouvrir",
    device: "Votre appareil",
    program: "Ce qu’il faut faire",
    document: &[
        (
            "Windows",
            "Enregistrez-le, puis ouvrez-le avec Edge, Firefox, Chrome ou Acrobat Reader.",
        ),
        ("Mac", "Enregistrez-le, puis ouvrez-le avec Aperçu."),
        (
            "iPhone, iPad",
            "Enregistrez-le dans l’app Fichiers, puis touchez-le.",
        ),
        (
            "Android",
            "Enregistrez-le, puis ouvrez-le avec Acrobat Reader.",
        ),
    ],
    archive: &[
        (
            "Windows",
            "Installez 7-Zip (www.7-zip.org). Clic droit sur le fichier, puis 7-Zip et « Extraire ».",
        ),
        (
            "Mac",
            "Installez Keka (www.keka.io), puis ouvrez le fichier.",
        ),
        (
            "Téléphone",
            "Préférez un ordinateur : peu de téléphones ouvrent ce fichier.",
        ),
    ],
    message: &[
        (
            "Windows",
            "Gpg4win (www.gpg4win.org) : dans Kleopatra, « Déchiffrer/Vérifier », puis le fichier.",
        ),
        (
            "Mac",
            "GPG Suite (www.gpgtools.org) : clic droit, Services, « Déchiffrer ».",
        ),
        (
            "Linux",
            "Dans un terminal : gpg --decrypt, puis le nom du fichier.",
        ),
    ],
    type_text: "La phrase : sept mots courts, avec un chiffre entre deux mots : tout attaché, en minuscules, sans accent. \
         Elle ressemble à ceci, qui n’ouvre rien :",
    type_keep: "Notez-la sur papier et gardez-la : elle servira pour nos prochains envois.",
    fails: "Si rien ne s’ouvre",
    fails_list: [
        "Cherchez une majuscule ou un espace de trop, puis essayez un autre programme.",
        "Toujours rien ? Appelez-nous. Ne confiez le fichier à aucun site de déverrouillage.",
    ],
    answer: "Nous répondre",
    answer_list: [
        "N’écrivez rien de sensible dans un courriel ordinaire : appelez-nous d’abord.",
        "Votre messagerie est peut-être piratée ? Écrivez-nous depuis une autre adresse.",
    ],
    keys_text: "Vous utilisez OpenPGP ? Envoyez-nous votre clé publique : plus besoin de phrase de passe.",
    keys_fingerprint: "Empreinte de la nôtre, à comparer par téléphone :",
};

const EN: Words = Words {
    kind: "Instructions",
    title: |locked| match locked {
        LockedFile::Document => "How to open our locked document",
        LockedFile::Archive => "How to open our locked files",
        LockedFile::Message => "How to open our OpenPGP message",
    },
    running: "How to open a locked file",
    brief: "In short",
    brief_file: "The file",
    brief_text: "is locked with a passphrase. We give it to you by voice or by text message, never by mail. You \
         do not have it? Call us:",
    call: "We answer",
    sure: "Is it really us?",
    sure_never: "We never ask you for the passphrase: we give it to you. If somebody calls you to obtain it, do \
         not give it, hang up, then call us.",
    sure_number: "A doubt about this mail? Call us on the number published on our website",
    open: "Open",
    device: "Your device",
    program: "What to do",
    document: &[
        (
            "Windows",
            "Save it, then open it with Edge, Firefox, Chrome or Acrobat Reader.",
        ),
        ("Mac", "Save it, then open it with Preview."),
        ("iPhone, iPad", "Save it to the Files app, then tap it."),
        ("Android", "Save it, then open it with Acrobat Reader."),
    ],
    archive: &[
        (
            "Windows",
            "Install 7-Zip (www.7-zip.org). Right-click the file, 7-Zip, “Extract”.",
        ),
        ("Mac", "Install Keka (www.keka.io), then open the file."),
        (
            "Telephone",
            "Better use a computer: most telephones do not open this file.",
        ),
    ],
    message: &[
        (
            "Windows",
            "Gpg4win (www.gpg4win.org): in Kleopatra, “Decrypt/Verify”, then the file.",
        ),
        (
            "Mac",
            "GPG Suite (www.gpgtools.org): right-click, Services, “Decrypt”.",
        ),
        (
            "Linux",
            "In a terminal: gpg --decrypt, then the name of the file.",
        ),
    ],
    type_text: "The passphrase: seven short French words, with a figure between each two: all joined, in small letters, without \
         accents. It looks like this, which opens nothing:",
    type_keep: "Write it down on paper and keep it: it will serve for what we send you next.",
    fails: "If it does not open",
    fails_list: [
        "Look for a capital or a space too many, then try another program.",
        "Still nothing? Call us. Do not use a website that promises to unlock the file.",
    ],
    answer: "To answer us",
    answer_list: [
        "Write nothing sensitive in an ordinary mail: call us first.",
        "Your mailbox may have been broken into? Write to us from another address.",
    ],
    keys_text: "You use OpenPGP? Send us your public key: no passphrase is needed any more.",
    keys_fingerprint: "Fingerprint of ours, to be compared by telephone:",
};

/// The page.
#[must_use]
pub fn document(view: &ReceiptView) -> Document {
    let words = match view.lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    };
    let section = |title: &str| Block::Heading(Level::Section, title.to_owned());
    let mut answer = list(&words.answer_list);
    answer.push(Entry::from(keys(view, words)));
    let blocks = vec![
        Block::Title(TitleBlock {
            kind: words.kind.to_owned(),
            title: (words.title)(view.locked).to_owned(),
            chips: Vec::new(),
            marking_meaning: String::new(),
            facts: Vec::new(),
        }),
        Block::Notice(brief(view, words)),
        section(words.sure),
        Block::List(sure(view, words)),
        section(words.open),
        Block::Table(programs(view, words)),
        Block::Paragraph(vec![
            Span::plain(format!(
                "{}
",
                words.type_text
            )),
            Span::code(EXAMPLE),
            Span::plain(format!(
                "
{}",
                words.type_keep
            )),
        ]),
        section(words.fails),
        Block::List(list(&words.fails_list)),
        section(words.answer),
        Block::List(answer),
    ];
    Document {
        title: (words.title)(view.locked).to_owned(),
        running_title: words.running.to_owned(),
        lang: view.lang,
        marking: Marking {
            tlp: Tlp::Clear,
            pap: None,
            restriction: None,
        },
        footer_note: [view.team.phone.as_str(), view.team.mail.as_str()].join(" · "),
        issuer: view.team.clone(),
        created: view.made_at,
        blocks,
    }
}

fn brief(view: &ReceiptView, words: &Words) -> Notice {
    let mut text = vec![vec![
        Span::plain(format!("{} ", words.brief_file)),
        Span::strong(&view.file),
        Span::plain(format!(" {} ", words.brief_text)),
        Span::strong(&view.team.phone),
        Span::plain("."),
    ]];
    if !view.opening.is_empty() {
        text.push(vec![Span::soft(format!(
            "{} {}.",
            words.call,
            uncapitalised(&view.opening)
        ))]);
    }
    Notice {
        tone: Tone::Accent,
        title: Some(words.brief.to_owned()),
        text,
    }
}

/// Words of the profile in the middle of a sentence.
fn uncapitalised(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

fn sure(view: &ReceiptView, words: &Words) -> Vec<Entry> {
    let mut number = vec![Span::plain(words.sure_number)];
    let site = view.website.trim().trim_end_matches('/');
    let site = site.split_once("://").map_or(site, |(_, host)| host);
    if !site.is_empty() {
        number.push(Span::plain(", "));
        number.push(Span::strong(site));
    }
    number.push(Span::plain("."));
    vec![
        Entry::from(vec![Span::plain(words.sure_never)]),
        Entry::from(number),
    ]
}

fn programs(view: &ReceiptView, words: &Words) -> Table {
    let rows: &[(&str, &str)] = match view.locked {
        LockedFile::Document => words.document,
        LockedFile::Archive => words.archive,
        LockedFile::Message => words.message,
    };
    let cell = |text: &str| Cell {
        text: vec![Span::plain(text)],
        gauge: None,
    };
    let column = |head: &str, share| Column {
        head: head.to_owned(),
        share,
        align: Align::Left,
    };
    Table {
        columns: vec![column(words.device, 1.0), column(words.program, 4.4)],
        rows: rows
            .iter()
            .map(|(device, program)| vec![cell(device), cell(program)])
            .collect(),
        total: None,
        full_width: false,
    }
}

fn list(items: &[&str]) -> Vec<Entry> {
    let entries = items.iter().map(|item| vec![Span::plain(*item)]);
    entries.map(Entry::from).collect()
}

fn keys(view: &ReceiptView, words: &Words) -> Vec<Span> {
    let mut text = vec![Span::plain(words.keys_text)];
    if !view.fingerprint.is_empty() {
        text.push(Span::plain(format!(" {} ", words.keys_fingerprint)));
        text.push(Span::code(&view.fingerprint));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::render;
    use super::*;

    #[test]
    fn a_talkative_profile_stays_on_one_page_too() {
        for (lang, locked) in [
            (Lang::Fr, LockedFile::Document),
            (Lang::Fr, LockedFile::Archive),
            (Lang::Fr, LockedFile::Message),
            (Lang::En, LockedFile::Message),
            (Lang::En, LockedFile::Document),
            (Lang::En, LockedFile::Archive),
        ] {
            let view = ReceiptView {
                lang,
                team: Issuer {
                    name: "CSIRT de la région d’Exemple".into(),
                    phone: "+33 2 61 91 00 00".into(),
                    mail: "assistance@csirt.example".into(),
                },
                website: "https://www.csirt.region-exemple.example/".into(),
                opening: "De 8 h à 20 h du lundi au vendredi, de 9 h à 17 h le samedi.".into(),
                locked,
                file: "message-protege-du-12-mars-2026.pdf".into(),
                fingerprint: "7C1E 04B9 22D8 5F60 A3C7 9B14 E6D2 0F8A 51B3 C94E".into(),
                made_at: DateTime::UNIX_EPOCH,
            };
            assert_eq!(
                render(&document(&view)).unwrap().pages,
                1,
                "{lang:?} {locked:?}"
            );
        }
    }
}
