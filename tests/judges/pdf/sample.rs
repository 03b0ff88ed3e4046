//! Synthetic summaries: each audience, each language, one page, three pages, long, and hostile.

use chrono::{DateTime, Duration, Utc};
use relais_core::domain::case::{
    Audience, Category, Confirmation, ConsentPurpose, EventKind, Status,
};
use relais_core::domain::marking::{Pap, Tlp};
use relais_core::report::Lang;
use relais_core::report::summary::{
    Authority, Axis, CategoryLine, ChronologyFact, Consent, Measure, Note, Organisation, Override,
    Person, Severity, Signature, SummaryView, Team,
};

/// A SHA-256 that must come out of the file as it went in.
pub const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// How much there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A phone call, just taken.
    Short,
    /// A case in hand.
    Medium,
    /// A crisis of several weeks.
    Long,
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().expect("a moment of the sample")
}

fn words(lang: Lang, french: &str, english: &str) -> String {
    match lang {
        Lang::Fr => french.to_owned(),
        Lang::En => english.to_owned(),
    }
}

/// A summary of a ransomware case.
pub fn view(audience: Audience, lang: Lang, length: Length) -> SummaryView {
    let say = |french: &str, english: &str| words(lang, french, english);
    let internal = audience == Audience::Internal;
    let technical = audience != Audience::Beneficiary;
    let mut view = SummaryView {
        audience,
        lang,
        reference: "PDL-2026-0042".into(),
        title: say(
            "Rançongiciel, Menuiserie Batardière",
            "Ransomware, Menuiserie Batardière",
        ),
        team: Team {
            name: "CSIRT Pays d’Exemple".into(),
            address: vec![
                "Conseil régional d’Exemple".into(),
                "1, rue de l’Exemple".into(),
                "44000 Saint-Exemple".into(),
            ],
            phone: "02 61 91 00 00".into(),
            mail: "assistance@csirt.example".into(),
            fingerprint: Some("7C1E04B922D85F60A3C79B14E6D20F8A51B3C94E".into()),
        },
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: at("2026-03-12T08:42:00Z"),
        signature: Some(Signature {
            file: "PDL-2026-0042-synthese.pdf.asc".into(),
            fingerprint: "7C1E04B922D85F60A3C79B14E6D20F8A51B3C94E".into(),
        }),
        tlp: match audience {
            Audience::Beneficiary => Tlp::Amber,
            Audience::CertFr | Audience::Provider => Tlp::AmberStrict,
            Audience::Internal => Tlp::Red,
        },
        pap: technical.then_some(Pap::Amber),
        restriction: (audience == Audience::CertFr)
            .then(|| say("Ne pas transmettre à l’assureur", "Not for the insurer")),
        organisation: Some(Organisation {
            name: Some("Menuiserie Batardière".into()),
            kind: Some(say("Entreprise", "Company")),
            size_class: Some(say("PME, 46 personnes", "SME, 46 people")),
            commune: Some("Les Herbiers (85)".into()),
            sector: Some(say("Fabrication de charpentes", "Manufacture of joinery")),
            identifier: technical.then(|| "732 829 320".into()),
        }),
        people: vec![Person {
            role: say("Déclarant", "Requester"),
            name: "Gaëtan Morvault".into(),
            function: say("Dirigeant", "Managing director"),
            phone: "02 61 91 44 08".into(),
            mail: "secours@batardiere.example".into(),
        }],
        event_kind: EventKind::Incident,
        categories: vec![CategoryLine {
            category: Category::Ransomware,
            rsit: Some("Malicious Code: Infected System".into()),
        }],
        status: Status::Coordination,
        confirmation: Confirmation::Confirmed,
        severity: Some(severity(lang)),
        perimeter: Some(say(
            "21 machines touchées sur 58 : 2 serveurs, 19 postes",
            "21 machines of 58: 2 servers, 19 workstations",
        )),
        description: Some(say(
            "Les serveurs de fichiers et d'impression sont chiffrés depuis la nuit. Les fichiers portent l'extension « .lockd » et une note demande 48 200 € ; l'atelier est à l'arrêt partiel.",
            "The file and print servers have been encrypted overnight. Files carry the extension “.lockd” and a note asks for €48,200; the workshop is partly at a standstill.",
        )),
        impact: None,
        chronology: Vec::new(),
        actions: None,
        measures: Vec::new(),
        findings: None,
        architecture: None,
        defences: None,
        provider: None,
        expected: None,
        recommendations: vec![
            say(
                "Garder les machines chiffrées allumées et débranchées du réseau.",
                "Keep the encrypted machines running and unplugged from the network.",
            ),
            say(
                "Déposer plainte avant le samedi 14 mars à 07 h 40.",
                "File a complaint before Saturday 14 March, 07:40.",
            ),
        ],
        consents: Vec::new(),
        notes: Vec::new(),
        authorities: vec![Authority {
            name: "CERT-FR".into(),
            purpose: String::new(),
            phone: "3218".into(),
            mail: "cert-fr@anssi.example".into(),
            site: String::new(),
        }],
        disclaimer: say(
            "Malgré le soin apporté à ce document, l'équipe ne peut être tenue responsable des erreurs, des omissions, ni des dommages qui résulteraient de l'usage des informations qu'il contient.",
            "While every care was taken in preparing this document, the team accepts no responsibility for errors or omissions, or for damages resulting from the use of the information it contains.",
        ),
    };
    if length != Length::Short {
        develop(&mut view, internal, technical);
    }
    if length == Length::Long {
        lengthen(&mut view);
    }
    view
}

fn severity(lang: Lang) -> Severity {
    let axis = |french: &str, english: &str, level: u8, meaning: (&str, &str), weight: u32| Axis {
        name: words(lang, french, english),
        level,
        meaning: words(lang, meaning.0, meaning.1),
        weight,
        points: u32::from(level) * weight,
    };
    Severity {
        grade: 3,
        score: 21,
        out_of: 30,
        axes: vec![
            axis(
                "Fonctionnement",
                "Function",
                2,
                ("arrêt partiel de l'activité", "activity partly stopped"),
                3,
            ),
            axis(
                "Information",
                "Information",
                2,
                ("données personnelles en jeu", "personal data at stake"),
                2,
            ),
            axis(
                "Rétablissement",
                "Recovery",
                2,
                (
                    "plusieurs jours, avec une aide extérieure",
                    "several days, with outside help",
                ),
                2,
            ),
            axis(
                "Périmètre",
                "Perimeter",
                2,
                ("5 à 49 machines", "5 to 49 machines"),
                2,
            ),
            axis(
                "Urgence",
                "Urgency",
                3,
                ("propagation en cours", "spreading"),
                1,
            ),
        ],
        floors: vec![words(
            lang,
            "Chiffrement en cours : G3 au moins.",
            "Encryption under way: at least G3.",
        )],
        overridden: None,
    }
}

/// What a few days of work add.
fn develop(view: &mut SummaryView, internal: bool, technical: bool) {
    let lang = view.lang;
    let say = |french: &str, english: &str| words(lang, french, english);
    view.people.push(Person {
        role: say("Contact technique", "Technical contact"),
        name: "Nolwenn Cassagne".into(),
        function: say(
            "Infogérance, Trois-Ponts Informatique",
            "Managed services, Trois-Ponts Informatique",
        ),
        phone: "02 61 91 22 10".into(),
        mail: "astreinte@trois-ponts.example".into(),
    });
    view.categories.push(CategoryLine {
        category: Category::DataLeak,
        rsit: Some("Information Content Security: Data Leak".into()),
    });
    view.impact = Some(say(
        "La production est ralentie, la facturation est impossible. Les données de 46 salariés et d'environ 3 200 clients sont peut-être exposées.",
        "Production is slowed and invoicing impossible. Data of 46 employees and about 3,200 clients may be exposed.",
    ));
    let facts = [
        (
            "2026-03-06T21:10:00Z",
            true,
            "Accès supposé par la passerelle VPN, avec le compte d'un ancien prestataire.",
            "Presumed access through the VPN gateway, with the account of a former contractor.",
            "Journaux de la passerelle",
        ),
        (
            "2026-03-11T02:40:00Z",
            true,
            "Début du chiffrement, d'après la date des premiers fichiers renommés sur SRV-PLANS.",
            "Encryption begins, judging by the first files renamed on SRV-PLANS.",
            "Infogérant",
        ),
        (
            "2026-03-11T06:40:00Z",
            false,
            "Découverte par l'équipe de l'atelier de Saint-Étienne-du-Bois, qui ne peut plus ouvrir les plans.",
            "Discovered by the workshop team of Saint-Étienne-du-Bois, unable to open the plans.",
            "Déclarant",
        ),
        (
            "2026-03-11T07:17:00Z",
            false,
            "Signalement reçu par téléphone. Cinq mesures réflexes indiquées, trois appliquées pendant l'appel.",
            "Report received by phone. Five reflex measures advised, three done during the call.",
            "CSIRT",
        ),
        (
            "2026-03-11T10:20:00Z",
            false,
            "Passerelle VPN débranchée. Journaux copiés avant l'arrêt, pièce n° 2.",
            "VPN gateway unplugged. Logs copied before the stop, exhibit no. 2.",
            "Infogérant",
        ),
        (
            "2026-03-12T07:05:00Z",
            false,
            "Deux serveurs sur cinq chiffrés. Sauvegarde sur bande du 9 mars intacte, hors site.",
            "Two servers of five encrypted. Tape backup of 9 March intact, off site.",
            "Infogérant",
        ),
        (
            "2026-03-12T08:20:00Z",
            false,
            "Décision de ne pas payer la rançon, prise par la direction après échange avec l'assureur.",
            "Decision not to pay the ransom, taken by the management with the insurer.",
            "Déclarant",
        ),
    ];
    view.chronology = facts
        .iter()
        .map(
            |(moment, estimated, french, english, source)| ChronologyFact {
                at: at(moment),
                estimated: *estimated,
                text: say(french, english),
                source: Some((*source).to_owned()),
            },
        )
        .collect();
    view.actions = Some(say(
        "L'infogérant a coupé les accès distants et isolé l'atelier. Les comptes d'administration ont été bloqués.\n\n- Journaux de la passerelle copiés\n- Mots de passe d'administration changés depuis un poste sain",
        "The managed-service company cut remote access and isolated the workshop. Administration accounts were blocked.\n\n- Gateway logs copied\n- Administration passwords changed from a clean machine",
    ));
    view.measures = [
        (
            "Débrancher les machines chiffrées du réseau, sans les éteindre",
            "Unplug the encrypted machines from the network, without switching them off",
            true,
        ),
        ("Isoler les sauvegardes", "Isolate the backups", true),
        ("Ouvrir une main courante", "Open a logbook", false),
    ]
    .iter()
    .map(|(french, english, done)| Measure {
        text: say(french, english),
        said_at: Some(at("2026-03-11T07:21:00Z")),
        done_at: done.then(|| at("2026-03-11T07:34:00Z")),
    })
    .collect();
    view.findings = Some(format!(
        "{} {DIGEST}.\n\n{}",
        say(
            "Le programme de chiffrement retrouvé sur SRV-PLANS a pour empreinte",
            "The encryption program found on SRV-PLANS has the digest",
        ),
        say(
            "La passerelle VPN n'avait pas le correctif de janvier. Cœur de réseau non segmenté ; les anciens comptes de prestataires n'étaient pas désactivés. Anticonstitutionnellement, la réglementation interdisciplinaire imposait pourtant une journalisation extraordinairement complète des authentifications.",
            "The VPN gateway lacked the January patch. The core network is not segmented, and accounts of former contractors had not been disabled. Notwithstanding characteristically straightforward recommendations, internationalization of authentication infrastructure was incomprehensibly postponed.",
        )
    ));
    if technical {
        view.architecture = Some(say(
            "Un site, deux hyperviseurs, cinq serveurs, un annuaire. Passerelle VPN en frontal, sans authentification à deux facteurs.",
            "One site, two hypervisors, five servers, one directory. VPN gateway in front, without two-factor authentication.",
        ));
        view.defences = Some(say(
            "Antivirus à jour, sauvegarde sur bande hebdomadaire, pas de supervision.",
            "Up-to-date antivirus, weekly tape backup, no monitoring.",
        ));
    }
    view.provider = Some("Trois-Ponts Informatique".into());
    view.expected = Some(say(
        "Mise en relation avec un prestataire d'investigation",
        "Referral to an investigation provider",
    ));
    view.recommendations.push(say(
        "Notifier la violation de données personnelles à la CNIL avant le samedi 14 mars à 10 h 05.",
        "Notify the personal-data breach to the CNIL before Saturday 14 March, 10:05.",
    ));
    view.authorities.push(Authority {
        name: "17Cyber".into(),
        purpose: say(
            "Police et gendarmerie, 24 h/24",
            "Police and gendarmerie, around the clock",
        ),
        phone: String::new(),
        mail: String::new(),
        site: "https://17cyber.example/".into(),
    });
    if internal {
        view.consents = [
            (ConsentPurpose::CertFr, true),
            (ConsentPurpose::RegionalCsirts, true),
            (ConsentPurpose::Publish, false),
        ]
        .into_iter()
        .map(|(purpose, given)| Consent {
            purpose,
            given,
            by: "Gaëtan Morvault".into(),
            at: Some(at("2026-03-11T07:31:00Z")),
        })
        .collect();
        view.notes = vec![Note {
            at: at("2026-03-12T08:30:00Z"),
            author: "Aline Vasselin".into(),
            text: say(
                "Rappeler l'assureur demain. Vérifier qui détient les bandes.",
                "Call the insurer tomorrow. Check who holds the tapes.",
            ),
        }];
        if let Some(severity) = &mut view.severity {
            severity.grade = 4;
            severity.overridden = Some(Override {
                computed: 3,
                reason: say(
                    "Seul fabricant de fermetures pour l'hôpital voisin.",
                    "Only maker of doors for the nearby hospital.",
                ),
                by: "Aline Vasselin".into(),
            });
        }
    }
}

/// What weeks of crisis add.
fn lengthen(view: &mut SummaryView) {
    let lang = view.lang;
    let sentence = words(
        lang,
        "Les journaux d'authentification révèlent des connexions inhabituelles depuis l'étranger, corrélées avec l'exfiltration présumée ; la télémétrie confirme l'usage d'outils d'administration détournés. ",
        "Authentication logs show unusual connections from abroad, correlated with the presumed exfiltration; telemetry confirms that administration tools were diverted. ",
    );
    let start = at("2026-03-12T09:00:00Z");
    view.chronology.extend((0..160).map(|index| ChronologyFact {
        at: start + Duration::minutes(index * 217),
        estimated: index % 7 == 3,
        text: sentence.repeat(1 + (index % 3) as usize),
        source: (index % 2 == 0).then(|| "srv-042.batardiere.example".to_owned()),
    }));
    let paragraphs: Vec<String> = (0..24)
        .map(|index| sentence.repeat(2 + index % 5))
        .collect();
    view.findings = view
        .findings
        .take()
        .map(|findings| format!("{findings}\n\n{}", paragraphs.join("\n\n")));
    view.measures.extend((0..60).map(|index| Measure {
        text: sentence.clone(),
        said_at: Some(start + Duration::minutes(index)),
        done_at: (index % 3 == 0).then(|| start + Duration::minutes(index * 5)),
    }));
}

/// A summary whose every text is an attack on the layout, the tags or the metadata.
pub fn hostile() -> SummaryView {
    let controls: String = (0..0x20_u8)
        .map(char::from)
        .chain("\u{7f}\u{85}\u{9b}\u{feff}\u{fffe}\u{ffff}".chars())
        .collect();
    let bidi = "facture\u{202e}fdp.exe \u{2066}x\u{2069} \u{200f}\u{61c} שלום مرحبا";
    let emoji = "👩‍🚒🏴‍☠️ 🦊 \u{e000}\u{f8ff} \u{378}\u{10ffff} 日本語";
    let marks = format!(
        "Z{}a{} m\u{303} x\u{327}\u{301}\u{20dd}",
        "\u{301}\u{302}\u{323}".repeat(400),
        "\u{488}".repeat(50)
    );
    let tags = "</rdf:li></x:xmpmeta> ) >> endobj \\ (((( %PDF-1.7 EMC BDC /Span <FEFF> & é";
    let scripts = "Здравствуй Ωμέγα Łódź Ğ ſt ﬁ µμ ∆Δ ΩΩ ‐‑\u{ad}- a\u{a0}b\u{2009}c";
    let nasty = format!("{controls}{bidi}{emoji}{marks}{tags}{scripts}");
    let mut view = view(Audience::Internal, Lang::Fr, Length::Medium);
    view.reference = nasty.clone();
    view.title = format!("{nasty}{}", "W".repeat(3_000));
    view.prepared_by = "\u{202e}".repeat(500);
    view.restriction = Some(nasty.clone());
    view.team.name = nasty.clone();
    view.team.mail = nasty.clone();
    view.team.phone = nasty.clone();
    view.description = Some(format!("{nasty}\n{}", "a".repeat(200_000)));
    view.impact = Some("\n \n".repeat(20_000));
    view.findings = Some("é ".repeat(20_000));
    view.architecture = Some("🦊".repeat(5_000));
    view.defences = Some(" ".repeat(200_000));
    view.perimeter = Some("W".repeat(20_000));
    view.provider = Some("a/b.".repeat(2_000));
    view.expected = Some(controls);
    view.disclaimer = format!("{tags}{}", "\u{301}".repeat(1_000));
    for fact in &mut view.chronology {
        fact.text.push_str(&nasty);
        fact.source = Some(nasty.repeat(3));
    }
    for measure in &mut view.measures {
        measure.text = "M".repeat(9_000);
    }
    for person in &mut view.people {
        person.role = nasty.clone();
        person.mail = nasty.clone();
    }
    if let Some(severity) = &mut view.severity {
        severity.axes[0].meaning = "i".repeat(8_000);
        severity.axes[1].name = nasty.clone();
        severity.axes[2].name = String::new();
        severity.axes[3].level = 200;
        severity.grade = 255;
    }
    view.authorities[0].mail = "a b<>\"\u{e9}\n@x.example".into();
    view.authorities[0].site = format!("https://x.example/{}", "é)".repeat(40_000));
    view
}
