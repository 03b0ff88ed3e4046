//! What the rule of protection asks about a recipient and a case.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::api::error::Result;
use crate::api::session::Session;
use crate::domain::fold::fold;
use crate::domain::mail::{Address, CaseStanding, Recipient, RecipientKind};
use crate::domain::people::Ability;

impl Session {
    /// A recipient as the rule of protection sees them: who they are to the case, and how their key stands.
    ///
    /// # Errors
    /// What is no mail address; an unknown case.
    pub fn recipient(&self, mail: &str, case: Option<Uuid>) -> Result<Recipient> {
        Ok(Recipient {
            kind: self.recipient_kind(mail, case)?,
            key: self.key_standing(mail)?,
        })
    }

    /// A case as the rule of protection sees it.
    ///
    /// # Errors
    /// An unknown case.
    pub fn case_standing(&self, case: Uuid) -> Result<CaseStanding> {
        let case = self.case(case)?;
        let given = case
            .consents
            .iter()
            .filter(|consent| consent.given == Some(true));
        Ok(CaseStanding {
            tlp: case.tlp,
            consents: given
                .map(|consent| consent.purpose)
                .collect::<BTreeSet<_>>(),
        })
    }

    /// Who an address is: the team's own, a contact of the case, or somebody of the team's directory, told apart by the
    /// names that stand there. Whether an address that nobody wrote down is a firm's, only a person can say.
    fn recipient_kind(&self, mail: &str, case: Option<Uuid>) -> Result<RecipientKind> {
        self.require(Ability::ReadCases)?;
        let is = |written: &str| Address::new("", mail).is_some_and(|address| address.is(written));
        let profile = self.team()?.profile;
        if is(&profile.mail) {
            return Ok(RecipientKind::Team);
        }
        if let Some(case) = case
            && self
                .case(case)?
                .contacts
                .iter()
                .any(|contact| is(&contact.person.mail))
        {
            return Ok(RecipientKind::Contact);
        }
        let known = profile.authorities.iter().find(|known| is(&known.mail));
        Ok(known.map_or(RecipientKind::Unknown, |known| kind_of(&known.name)))
    }
}

/// The kind of an authority or partner of the team's directory, by its name.
fn kind_of(name: &str) -> RecipientKind {
    let name = fold(name);
    let holds = |word: &str| format!(" {name} ").contains(&format!(" {word} "));
    if holds("cert fr") || holds("anssi") {
        RecipientKind::CertFr
    } else if holds("csirt") {
        RecipientKind::RegionalCsirt
    } else if holds("cert") {
        RecipientKind::SectorCsirt
    } else {
        RecipientKind::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_teams_directory_tells_partners_apart_by_their_names() {
        for (name, kind) in [
            ("CERT-FR (ANSSI)", RecipientKind::CertFr),
            (
                "Délégué de l’ANSSI en Pays de la Loire",
                RecipientKind::CertFr,
            ),
            ("CSIRT Bretagne", RecipientKind::RegionalCsirt),
            ("CERT Santé", RecipientKind::SectorCsirt),
            ("M-CERT", RecipientKind::SectorCsirt),
            ("CNIL", RecipientKind::Unknown),
            ("Concertation", RecipientKind::Unknown),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
