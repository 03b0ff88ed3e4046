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

/// An example that opens nothing; made of words that are not in the list.
const EXAMPLE: &str = "mot4autre7mot2encore9mot5puis3mot";

struct Words {
    kind: &'static str,
    title: fn(LockedFile) -> &'static str,
    running: &'static str,
    brief: &'static str,
    brief_text: &'static str,
    call: &'static str,
    file: &'static str,
    sure: &'static str,
    sure_number: &'static str,
    sure_site: fn(&str) -> String,
    sure_never: &'static str,
    open: &'static str,
    device: &'static str,
    program: &'static str,
    document: [(&'static str, &'static str); 4],
    archive: [(&'static str, &'static str); 3],
    type_it: &'static str,
    type_text: &'static str,
    type_example: &'static str,
    fails: &'static str,
    fails_list: [&'static str; 4],
    answer: &'static str,
    answer_list: [&'static str; 3],
    keys: &'static str,
    keys_text: &'static str,
    keys_fingerprint: &'static str,
}

const FR: Words = Words {
    kind: "Mode d’emploi",
    title: |locked| match locked {
        LockedFile::Document => "Ouvrir le document protégé que nous vous avons envoyé",
        LockedFile::Archive => "Ouvrir les fichiers protégés que nous vous avons envoyés",
    },
    running: "Ouvrir un fichier protégé",
    brief: "L’essentiel",
    brief_text: "Le fichier joint est protégé. Il s’ouvre avec une phrase de passe que nous vous donnons de vive \
         voix ou par SMS, jamais par courriel. Vous ne l’avez pas ? Appelez-nous au",
    call: "Nous répondons :",
    file: "Fichier à ouvrir :",
    sure: "Est-ce bien nous ?",
    sure_number: "Dans le doute, appelez-nous à notre numéro public :",
    sure_site: |site| {
        format!(
            "Vous pouvez le comparer à celui de notre site, {site}, ou le demander à votre mairie ou à votre préfecture."
        )
    },
    sure_never: "Nous ne vous demanderons jamais la phrase de passe : c’est nous qui vous la donnons. Si quelqu’un \
         vous appelle pour la demander, ne la donnez pas, raccrochez, puis appelez-nous.",
    open: "Ouvrir",
    device: "Votre appareil",
    program: "Ce qu’il faut faire",
    document: [
        (
            "Ordinateur Windows",
            "Enregistrez le fichier, puis ouvrez-le avec Edge, Firefox, Chrome ou Acrobat Reader.",
        ),
        ("Mac", "Enregistrez le fichier, puis ouvrez-le avec Aperçu."),
        (
            "iPhone, iPad",
            "Enregistrez le fichier dans Fichiers, puis touchez-le.",
        ),
        (
            "Téléphone Android",
            "Enregistrez le fichier, puis ouvrez-le avec Acrobat Reader.",
        ),
    ],
    archive: [
        (
            "Ordinateur Windows",
            "Installez 7-Zip (gratuit, 7-zip.org). Clic droit sur le fichier, 7-Zip, Extraire vers.",
        ),
        ("Mac", "Installez Keka (keka.io), puis ouvrez le fichier."),
        (
            "Téléphone",
            "Préférez un ordinateur : la plupart des téléphones n’ouvrent pas ce fichier.",
        ),
    ],
    type_it: "Saisir",
    type_text: "Sept mots courts, avec un chiffre entre deux mots. Tout attaché, en minuscules, sans espace, sans \
         accent, sans tiret. La forme est celle de cet exemple, qui n’ouvre rien :",
    type_example: "Notez la phrase sur papier et gardez-la : elle servira pour nos prochains envois.",
    fails: "Si rien ne s’ouvre",
    fails_list: [
        "Vérifiez qu’aucune majuscule et aucun espace ne s’est glissé : les téléphones en ajoutent souvent.",
        "Tapez la phrase dans une note pour la voir, copiez-la, collez-la, puis effacez la note.",
        "Essayez un autre programme de la liste, ou un ordinateur.",
        "Toujours rien ? Appelez-nous. Ne confiez jamais le fichier à un site qui promet de le déverrouiller.",
    ],
    answer: "Nous répondre",
    answer_list: [
        "Le plus sûr est le téléphone. Ne mettez rien de sensible dans un courriel ordinaire.",
        "Pour un fichier, protégez-le avec la même phrase de passe, ou demandez-nous comment faire.",
        "Si votre messagerie est peut-être piratée, écrivez depuis une autre adresse et prévenez-nous.",
    ],
    keys: "OpenPGP",
    keys_text: "Votre service informatique utilise OpenPGP ? Envoyez-nous votre clé publique : nos prochains \
         messages seront chiffrés, sans phrase de passe.",
    keys_fingerprint: "Empreinte de notre clé, à comparer par téléphone :",
};

const EN: Words = Words {
    kind: "Instructions",
    title: |locked| match locked {
        LockedFile::Document => "How to open the locked document that we sent you",
        LockedFile::Archive => "How to open the locked files that we sent you",
    },
    running: "How to open a locked file",
    brief: "In short",
    brief_text: "The attached file is locked. It opens with a passphrase that we give you by voice or by text \
         message, never by mail. You do not have it? Call us on",
    call: "We answer:",
    file: "File to open:",
    sure: "Is it really us?",
    sure_number: "If in doubt, call us on our public number:",
    sure_site: |site| {
        format!(
            "You can compare it with the one on our website, {site}, or ask your town hall or prefecture for it."
        )
    },
    sure_never: "We never ask you for the passphrase: we give it to you. If somebody calls you and asks for it, do \
         not give it, hang up, then call us.",
    open: "Open",
    device: "Your device",
    program: "What to do",
    document: [
        (
            "Windows computer",
            "Save the file, then open it with Edge, Firefox, Chrome or Acrobat Reader.",
        ),
        ("Mac", "Save the file, then open it with Preview."),
        ("iPhone, iPad", "Save the file to Files, then tap it."),
        (
            "Android phone",
            "Save the file, then open it with Acrobat Reader.",
        ),
    ],
    archive: [
        (
            "Windows computer",
            "Install 7-Zip (free, 7-zip.org). Right-click the file, 7-Zip, Extract to.",
        ),
        ("Mac", "Install Keka (keka.io), then open the file."),
        (
            "Telephone",
            "Better use a computer: most telephones do not open this file.",
        ),
    ],
    type_it: "Type",
    type_text: "Seven short French words, with a figure between each two. All joined, in small letters, without \
         spaces, accents or dashes. It looks like this example, which opens nothing:",
    type_example: "Write it down on paper and keep it: it will serve for what we send you next.",
    fails: "If it does not open",
    fails_list: [
        "Check that no capital and no space crept in: telephones often add them.",
        "Type the passphrase into a note to see it, copy it, paste it, then erase the note.",
        "Try another program of the list, or a computer.",
        "Still nothing? Call us. Never give the file to a website that promises to unlock it.",
    ],
    answer: "To answer us",
    answer_list: [
        "The telephone is safest. Put nothing sensitive in an ordinary mail.",
        "For a file, lock it with the same passphrase, or ask us how.",
        "If your mailbox may have been broken into, write from another address and tell us.",
    ],
    keys: "OpenPGP",
    keys_text: "Does your IT department use OpenPGP? Send us your public key: our next messages will be \
         encrypted, without a passphrase.",
    keys_fingerprint: "Fingerprint of our key, to be compared by telephone:",
};

/// The page.
#[must_use]
pub fn document(view: &ReceiptView) -> Document {
    let words = match view.lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    };
    let phone = || Span::strong(&view.team.phone);
    let section = |title: &str| Block::Heading(Level::Section, title.to_owned());
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
        Block::List(sure(view, words, phone())),
        section(words.open),
        Block::Table(programs(view, words)),
        section(words.type_it),
        Block::Paragraph(vec![
            Span::plain(format!("{} ", words.type_text)),
            Span::code(EXAMPLE),
            Span::plain("\n"),
            Span::plain(words.type_example),
        ]),
        section(words.fails),
        Block::List(list(&words.fails_list)),
        section(words.answer),
        Block::List(list(&words.answer_list)),
        section(words.keys),
        Block::Note(keys(view, words)),
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
        Span::plain(format!("{} ", words.brief_text)),
        Span::strong(&view.team.phone),
        Span::plain("."),
    ]];
    if !view.opening.is_empty() {
        text.push(vec![Span::soft(format!("{} {}", words.call, view.opening))]);
    }
    text.push(vec![
        Span::plain(format!("{} ", words.file)),
        Span::code(&view.file),
    ]);
    Notice {
        tone: Tone::Accent,
        title: Some(words.brief.to_owned()),
        text,
    }
}

fn sure(view: &ReceiptView, words: &Words, phone: Span) -> Vec<Entry> {
    let mut number = vec![
        Span::plain(format!("{} ", words.sure_number)),
        phone,
        Span::plain("."),
    ];
    if !view.website.is_empty() {
        let site = view.website.trim_end_matches('/');
        let site = site.split_once("://").map_or(site, |(_, host)| host);
        number.push(Span::plain(format!(" {}", (words.sure_site)(site))));
    }
    vec![
        Entry::from(number),
        Entry::from(vec![Span::plain(words.sure_never)]),
    ]
}

fn programs(view: &ReceiptView, words: &Words) -> Table {
    let rows: &[(&str, &str)] = match view.locked {
        LockedFile::Document => &words.document,
        LockedFile::Archive => &words.archive,
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
        columns: vec![column(words.device, 1.0), column(words.program, 3.2)],
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
