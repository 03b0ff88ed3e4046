//! The summary's own words, in both languages.

use super::super::Lang;
use crate::domain::case::{Audience, Category, Confirmation, ConsentPurpose, EventKind, Status};
use crate::domain::marking::{Pap, Tlp};

/// Headings and keys of one language.
pub(super) struct Words {
    lang: Lang,
    pub reference: &'static str,
    pub prepared_at: &'static str,
    pub prepared_by: &'static str,
    pub addressee: &'static str,
    pub qualification: &'static str,
    pub nature: &'static str,
    pub category: &'static str,
    pub status: &'static str,
    pub perimeter: &'static str,
    pub description: &'static str,
    pub impact: &'static str,
    pub severity: &'static str,
    pub axis: &'static str,
    pub level: &'static str,
    pub weight: &'static str,
    pub points: &'static str,
    pub total: &'static str,
    pub floors: &'static str,
    pub chronology: &'static str,
    pub estimated: &'static str,
    pub source: &'static str,
    pub organisation: &'static str,
    pub name: &'static str,
    pub masked: &'static str,
    pub organisation_kind: &'static str,
    pub size_class: &'static str,
    pub commune: &'static str,
    pub sector: &'static str,
    pub identifier: &'static str,
    pub people: &'static str,
    pub actions: &'static str,
    pub measures: &'static str,
    pub measure: &'static str,
    pub said: &'static str,
    pub done: &'static str,
    pub findings: &'static str,
    pub information_system: &'static str,
    pub architecture: &'static str,
    pub defences: &'static str,
    pub response: &'static str,
    pub provider: &'static str,
    pub expected: &'static str,
    pub recommendations: &'static str,
    pub consents: &'static str,
    pub sharing: &'static str,
    pub answer: &'static str,
    pub given: &'static str,
    pub refused: &'static str,
    pub by: &'static str,
    pub at: &'static str,
    pub notes: &'static str,
}

static FRENCH: Words = Words {
    lang: Lang::Fr,
    reference: "Référence",
    prepared_at: "Établie le",
    prepared_by: "Établie par",
    addressee: "Destinataire",
    qualification: "Qualification",
    nature: "Nature",
    category: "Catégorie",
    status: "Statut",
    perimeter: "Périmètre",
    description: "Description",
    impact: "Conséquences",
    severity: "Gravité",
    axis: "Axe",
    level: "Niveau",
    weight: "Poids",
    points: "Points",
    total: "Total",
    floors: "Planchers appliqués",
    chronology: "Chronologie",
    estimated: "estimée",
    source: "Source",
    organisation: "Organisation",
    name: "Nom",
    masked: "Non communiqué",
    organisation_kind: "Type",
    size_class: "Taille",
    commune: "Commune",
    sector: "Secteur",
    identifier: "SIREN ou SIRET",
    people: "Interlocuteurs",
    actions: "Actions menées",
    measures: "Mesures réflexes",
    measure: "Mesure réflexe",
    said: "Indiquée",
    done: "Appliquée",
    findings: "Constats",
    information_system: "Système d’information",
    architecture: "Architecture",
    defences: "Moyens de défense",
    response: "Prise en charge",
    provider: "Prestataire",
    expected: "Services attendus",
    recommendations: "Recommandations et suites",
    consents: "Accords de diffusion",
    sharing: "Diffusion",
    answer: "Réponse",
    given: "Accord",
    refused: "Refus",
    by: "Donnée par",
    at: "Le",
    notes: "Notes internes",
};

static ENGLISH: Words = Words {
    lang: Lang::En,
    reference: "Reference",
    prepared_at: "Prepared on",
    prepared_by: "Prepared by",
    addressee: "Addressee",
    qualification: "Assessment",
    nature: "Nature",
    category: "Category",
    status: "Status",
    perimeter: "Scope",
    description: "Description",
    impact: "Impact",
    severity: "Severity",
    axis: "Axis",
    level: "Level",
    weight: "Weight",
    points: "Points",
    total: "Total",
    floors: "Floors applied",
    chronology: "Timeline",
    estimated: "estimated",
    source: "Source",
    organisation: "Organisation",
    name: "Name",
    masked: "Not disclosed",
    organisation_kind: "Kind",
    size_class: "Size",
    commune: "Commune",
    sector: "Sector",
    identifier: "SIREN or SIRET",
    people: "People",
    actions: "Actions taken",
    measures: "Reflex measures",
    measure: "Reflex measure",
    said: "Advised",
    done: "Done",
    findings: "Findings",
    information_system: "Information system",
    architecture: "Architecture",
    defences: "Defences",
    response: "Response",
    provider: "Provider",
    expected: "Services expected",
    recommendations: "Advice and next steps",
    consents: "Sharing agreements",
    sharing: "Sharing",
    answer: "Answer",
    given: "Agreed",
    refused: "Refused",
    by: "Given by",
    at: "On",
    notes: "Internal notes",
};

impl Words {
    pub(super) const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Fr => &FRENCH,
            Lang::En => &ENGLISH,
        }
    }

    const fn pick(&self, french: &'static str, english: &'static str) -> &'static str {
        match self.lang {
            Lang::Fr => french,
            Lang::En => english,
        }
    }

    /// The kind of document.
    pub(super) const fn kind(&self, kind: EventKind, audience: Audience) -> &'static str {
        match kind {
            _ if matches!(audience, Audience::Provider) => {
                self.pick("Transmission à un prestataire", "Hand-over to a provider")
            }
            EventKind::Report => self.pick("Synthèse de signalement", "Report summary"),
            EventKind::Incident => self.pick("Synthèse d’incident", "Incident summary"),
        }
    }

    /// Kind of event, and how sure the team is.
    pub(super) fn event(&self, kind: EventKind, confirmation: Confirmation) -> String {
        let kind = match kind {
            EventKind::Report => self.pick("Signalement", "Report"),
            EventKind::Incident => self.pick("Incident", "Incident"),
        };
        let sure = match confirmation {
            Confirmation::Unverified => self.pick("non vérifié", "not verified"),
            Confirmation::Suspected => self.pick("suspecté", "suspected"),
            Confirmation::Confirmed => self.pick("confirmé", "confirmed"),
            Confirmation::Dismissed => self.pick("écarté", "dismissed"),
        };
        match self.lang {
            Lang::Fr => format!("{kind} {sure}"),
            Lang::En => format!("{kind}, {sure}"),
        }
    }

    pub(super) const fn status(&self, status: Status) -> &'static str {
        match status {
            Status::Reported => self.pick("Signalement", "Reported"),
            Status::Qualification => self.pick("Qualification", "Assessment"),
            Status::Coordination => self.pick("Coordination", "Coordination"),
            Status::Resolution => self.pick("Résolution", "Resolution"),
            Status::Closed => self.pick("Clos", "Closed"),
        }
    }

    pub(super) const fn category(&self, category: Category) -> &'static str {
        match category {
            Category::Ransomware => self.pick("Rançongiciel", "Ransomware"),
            Category::AccountCompromise => self.pick(
                "Compromission de compte ou de messagerie",
                "Account or mailbox compromise",
            ),
            Category::Phishing => self.pick("Hameçonnage", "Phishing"),
            Category::Impersonation => {
                self.pick("Usurpation, typosquattage", "Impersonation, typosquatting")
            }
            Category::DenialOfService => self.pick("Déni de service", "Denial of service"),
            Category::Defacement => self.pick("Défiguration", "Defacement"),
            Category::DataLeak => self.pick("Fuite de données", "Data leak"),
            Category::TransferFraud => self.pick("Fraude au virement", "Transfer fraud"),
            Category::ExposedVulnerability => {
                self.pick("Vulnérabilité exposée", "Exposed vulnerability")
            }
            Category::EdgeDevice => self.pick("Équipement de bordure", "Edge device"),
            Category::Other => self.pick("Autre", "Other"),
        }
    }

    pub(super) const fn audience(&self, audience: Audience) -> &'static str {
        match audience {
            Audience::Beneficiary => self.pick("Bénéficiaire", "Beneficiary"),
            Audience::CertFr => "CERT-FR",
            Audience::Provider => self.pick("Prestataire retenu", "Chosen provider"),
            Audience::Internal => self.pick("Usage interne", "Internal use"),
        }
    }

    pub(super) const fn purpose(&self, purpose: ConsentPurpose) -> &'static str {
        match purpose {
            ConsentPurpose::Publish => self.pick("Publication", "Publication"),
            ConsentPurpose::CertFr => "CERT-FR",
            ConsentPurpose::RegionalCsirts => {
                self.pick("Autres CSIRT régionaux", "Other regional CSIRTs")
            }
            ConsentPurpose::SectorCsirts => self.pick("CSIRT sectoriel", "Sector CSIRT"),
            ConsentPurpose::Providers => self.pick("Prestataires", "Providers"),
        }
    }

    /// « Gravité G3 grave ».
    pub(super) fn grade(&self, grade: u8) -> String {
        let severity = self.pick("Gravité", "Severity");
        format!("{severity} {}", self.short_grade(grade))
    }

    /// « G3 grave »: the names are those of EBIOS RM.
    pub(super) fn short_grade(&self, grade: u8) -> String {
        let grade = grade.clamp(1, 4);
        let name = match grade {
            1 => self.pick("mineure", "minor"),
            2 => self.pick("significative", "significant"),
            3 => self.pick("grave", "serious"),
            _ => self.pick("critique", "critical"),
        };
        format!("G{grade} {name}")
    }

    /// The title of the box that gives the reason of a grade set by hand.
    pub(super) fn overridden(&self, grade: &str, by: &str) -> String {
        match self.lang {
            Lang::Fr => format!("{grade}, fixée par {by}"),
            Lang::En => format!("{grade}, set by {by}"),
        }
    }

    /// "Label: value", with the language's space before the colon.
    pub(super) fn labelled(&self, label: &str, value: &str) -> String {
        match self.lang {
            Lang::Fr => format!("{label}\u{a0}: {value}"),
            Lang::En => format!("{label}: {value}"),
        }
    }

    /// What the TLP label allows (TLP 2.0, FIRST).
    pub(in crate::report) const fn tlp(&self, tlp: Tlp) -> &'static str {
        match tlp {
            Tlp::Clear => self.pick("Diffusion sans restriction.", "May be shared without restriction."),
            Tlp::Green => self.pick(
                "Diffusion dans la communauté du destinataire, jamais sur un canal public.",
                "May be shared within the recipient’s community, never on a public channel.",
            ),
            Tlp::Amber => self.pick(
                "Diffusion limitée à l’organisation destinataire et à ses clients, selon le besoin d’en connaître.",
                "May be shared within the recipient’s organisation and with its clients, on a need-to-know basis.",
            ),
            Tlp::AmberStrict => self.pick(
                "Diffusion limitée à la seule organisation destinataire, selon le besoin d’en connaître.",
                "May be shared within the recipient’s organisation only, on a need-to-know basis.",
            ),
            Tlp::Red => self.pick(
                "Réservé aux destinataires nommés, sans aucune rediffusion.",
                "For the named recipients only, not to be passed on.",
            ),
        }
    }

    /// What the PAP label allows (MISP taxonomy, version 3).
    pub(super) const fn pap(&self, pap: Pap) -> &'static str {
        match pap {
            Pap::Clear => self.pick(
                "Usage technique sans restriction.",
                "Technical use without restriction.",
            ),
            Pap::Green => self.pick(
                "Actions actives admises, un blocage par exemple.",
                "Active actions allowed, blocking for example.",
            ),
            Pap::Amber => self.pick(
                "Recoupements passifs admis auprès de tiers.",
                "Passive cross-checks through third parties allowed.",
            ),
            Pap::Red => self.pick(
                "Actions passives et non détectables seulement.",
                "Passive, non-detectable actions only.",
            ),
        }
    }
}
