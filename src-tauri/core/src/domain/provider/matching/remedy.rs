//! What would let an excluded firm in. All remedies of a firm together do; where one reason has none, no list is given.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Firm;
use super::exclusion::Exclusion;
use crate::domain::case::Category;
use crate::domain::organisation::OrganisationKind;
use crate::domain::provider::{Area, LabelKind, Needs, Sector, Service};

/// One change. The first group changes what the case asks for, the second what the firm is or says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remedy {
    /// A firm from this far is accepted.
    AllowDistance {
        /// Kilometres.
        km: u32,
    },
    /// The distance is not asked for.
    WithoutDistance,
    /// The incident is not asked for.
    WithoutCategory {
        /// Which.
        category: Category,
    },
    /// The service is not asked for.
    WithoutService {
        /// Which.
        service: Service,
    },
    /// A label that it holds is accepted as well.
    AcceptLabel {
        /// Which.
        label: LabelKind,
    },
    /// No label is asked for.
    WithoutLabel,
    /// No visit is asked for.
    WithoutVisit,
    /// It may be on site later.
    AllowOnSite {
        /// Hours.
        hours: u16,
    },
    /// No delay on site is asked for.
    WithoutOnSite,
    /// It may answer later.
    AllowReaction {
        /// Hours.
        hours: u16,
    },
    /// No delay to answer is asked for.
    WithoutReaction,
    /// The insurer leaves the choice.
    WithoutPanel,
    /// The firm comes back to the registry.
    Restore,
    /// It signs the charter.
    SignCharter,
    /// It works there too.
    CoverDepartement {
        /// Code.
        code: String,
    },
    /// It works for this kind of organisation too.
    ServeKind {
        /// Which.
        served: OrganisationKind,
    },
    /// It works for this activity too.
    ServeSector {
        /// Which.
        sector: Sector,
    },
    /// It renews the label.
    RenewLabel {
        /// Which.
        label: LabelKind,
    },
    /// It is back.
    Return,
    /// It takes more cases at once.
    RaiseCapacity {
        /// How many.
        to: u16,
    },
    /// It renews its insurance.
    RenewInsurance,
}

impl Remedy {
    /// Whether it changes what the case asks for, and so is the team's and the beneficiary's to decide.
    #[must_use]
    pub const fn is_of_the_case(&self) -> bool {
        matches!(
            self,
            Self::AllowDistance { .. }
                | Self::WithoutDistance
                | Self::WithoutCategory { .. }
                | Self::WithoutService { .. }
                | Self::AcceptLabel { .. }
                | Self::WithoutLabel
                | Self::WithoutVisit
                | Self::AllowOnSite { .. }
                | Self::WithoutOnSite
                | Self::AllowReaction { .. }
                | Self::WithoutReaction
                | Self::WithoutPanel
        )
    }

    /// Makes the change in what is asked for; nothing changes for one that is the firm's to make.
    pub fn concede(&self, needs: &mut Needs) {
        match self {
            Self::AllowDistance { km } => needs.maximum_km = u16::try_from(*km).ok(),
            Self::WithoutDistance => needs.maximum_km = None,
            Self::WithoutCategory { category } => needs.categories.retain(|one| one != category),
            Self::WithoutService { service } => needs.services.retain(|one| one != service),
            Self::AcceptLabel { label } => needs.labels.push(*label),
            Self::WithoutLabel => needs.labels.clear(),
            Self::WithoutVisit => needs.site_visit = false,
            Self::AllowOnSite { hours } => needs.on_site_hours = Some(*hours),
            Self::WithoutOnSite => needs.on_site_hours = None,
            Self::AllowReaction { hours } => needs.reaction_hours = Some(*hours),
            Self::WithoutReaction => needs.reaction_hours = None,
            Self::WithoutPanel => needs.panel.clear(),
            _ => {}
        }
    }

    /// Makes the change, in what is asked for or in the firm, so that a list can be made with it.
    pub fn apply(&self, needs: &mut Needs, firm: &mut Firm, on: NaiveDate) {
        self.concede(needs);
        let provider = &mut firm.provider;
        match self {
            Self::Restore => provider.archived = false,
            Self::SignCharter => provider.charter_signed = Some(on),
            Self::CoverDepartement { code } => {
                provider
                    .areas
                    .push(Area::Departement { code: code.clone() });
            }
            Self::ServeKind { served } => provider.serves.push(*served),
            Self::ServeSector { sector } => provider.sectors.push(*sector),
            Self::RenewLabel { label } => {
                for held in provider
                    .labels
                    .iter_mut()
                    .filter(|held| held.kind == *label)
                {
                    held.expires = Some(on);
                }
            }
            Self::Return => provider
                .absences
                .retain(|absence| on < absence.from || absence.to < on),
            Self::RaiseCapacity { to } => provider.capacity = *to,
            Self::RenewInsurance => provider.insured_until = Some(on),
            _ => {}
        }
    }
}

/// What would let a firm in, given every reason that it is left out for; nothing when one of them has no remedy.
pub(super) fn remedies(
    reasons: &[Exclusion],
    needs: &Needs,
    firm: &Firm,
    on: NaiveDate,
) -> Vec<Remedy> {
    let each = reasons
        .iter()
        .map(|reason| remedy(*reason, needs, firm, on));
    each.collect::<Option<_>>().unwrap_or_default()
}

fn remedy(reason: Exclusion, needs: &Needs, firm: &Firm, on: NaiveDate) -> Option<Remedy> {
    Some(match reason {
        // A tie stays a tie, and a firm that declined has been asked.
        Exclusion::Conflict { .. } | Exclusion::Declined => return None,
        Exclusion::Archived => Remedy::Restore,
        Exclusion::NoCharter => Remedy::SignCharter,
        Exclusion::OutsideAreas => Remedy::CoverDepartement {
            code: Some(&needs.location.as_ref()?.departement)
                .filter(|code| !code.is_empty())?
                .clone(),
        },
        Exclusion::TooFar { km, .. } => Remedy::AllowDistance { km },
        Exclusion::DistanceUnknown => Remedy::WithoutDistance,
        Exclusion::KindNotServed { served } => Remedy::ServeKind { served },
        // Any public kind would do; the commonest is named.
        Exclusion::PublicNotServed => Remedy::ServeKind {
            served: OrganisationKind::Commune,
        },
        Exclusion::SectorNotServed { sector } => Remedy::ServeSector { sector },
        Exclusion::CategoryNotTaken { category } => Remedy::WithoutCategory { category },
        Exclusion::ServiceNotOffered { service } => Remedy::WithoutService { service },
        Exclusion::NoRequiredLabel => {
            let valid = firm.provider.labels.iter().filter(|held| held.holds_on(on));
            match valid.map(|held| held.kind).min() {
                Some(label) => Remedy::AcceptLabel { label },
                None => Remedy::WithoutLabel,
            }
        }
        Exclusion::LabelExpired { label, .. } => Remedy::RenewLabel { label },
        Exclusion::Absent { .. } => Remedy::Return,
        Exclusion::NoCapacity { open, .. } => Remedy::RaiseCapacity {
            to: u16::try_from(open.checked_add(1)?).ok()?,
        },
        Exclusion::RemoteOnly => Remedy::WithoutVisit,
        Exclusion::OnSiteTooLate { promised, .. } => {
            promised.map_or(Remedy::WithoutOnSite, |hours| Remedy::AllowOnSite { hours })
        }
        Exclusion::ReactionTooLate { promised, .. } => promised
            .map_or(Remedy::WithoutReaction, |hours| Remedy::AllowReaction {
                hours,
            }),
        Exclusion::InsuranceEnded { .. } => Remedy::RenewInsurance,
        Exclusion::NotOnPanel => Remedy::WithoutPanel,
    })
}
