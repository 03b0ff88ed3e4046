//! Words of the field that documents print, in French and English.

use crate::domain::organisation::OrganisationKind;

/// A kind of organisation, French then English.
#[must_use]
pub const fn organisation_kind(kind: OrganisationKind) -> [&'static str; 2] {
    use OrganisationKind as K;
    match kind {
        K::Micro => ["Microentreprise (TPE)", "Micro-enterprise"],
        K::Pme => ["PME", "Small or medium enterprise"],
        K::Eti => ["ETI", "Mid-sized enterprise"],
        K::Ge => ["Grande entreprise", "Large enterprise"],
        K::Commune => ["Commune", "Municipality"],
        K::Epci => ["Intercommunalité (EPCI)", "Inter-municipal body"],
        K::Departement => ["Conseil départemental", "Département council"],
        K::Region => ["Conseil régional", "Regional council"],
        K::Syndicat => ["Syndicat intercommunal ou mixte", "Joint public board"],
        K::Ccas => ["Centre d’action sociale (CCAS)", "Social-action centre"],
        K::Sdis => [
            "Service d’incendie et de secours (SDIS)",
            "Fire and rescue service",
        ],
        K::Eple => ["Collège ou lycée (EPLE)", "Secondary school"],
        K::OfficeHlm => ["Office public de l’habitat", "Public housing office"],
        K::Gip => ["Groupement d’intérêt public (GIP)", "Public interest group"],
        K::OtherPublic => ["Établissement public", "Public establishment"],
        K::Association => ["Association", "Association"],
        K::Other => ["Autre", "Other"],
    }
}
