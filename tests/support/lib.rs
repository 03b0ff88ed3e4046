//! Shared by the tests: a team with its vault in a temporary folder, and reports to take.

pub mod machine;
pub mod servers;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeZone, Utc};
use relais_core::api::view::{Face, TeamKeySource, VaultRequest};
use relais_core::api::{Session, Workstation};
use relais_core::domain::case::Category;
use relais_core::domain::intake::{Answer, Person, Report, ReportedOrganisation};
use relais_core::domain::marking::Tlp;
use relais_core::domain::people::Role;
use relais_core::reference::profiles;
use relais_core::vault::{KdfCost, VaultKind};
use tempfile::TempDir;

/// Strong enough for the rule; each person has their own.
pub const LEAD_PASSPHRASE: &str = "tilleul gravier ardoise muscat velours brume fanal cordage";
const ANALYST_PASSPHRASE: &str = "pignon chenal barrage luzerne tambour ficelle marais genet";
const OPERATOR_PASSPHRASE: &str = "mouette rabot clairon bouleau gouttes parvis sillon corniche";

/// A team, its computer and its vault, with a clock that only moves when told.
pub struct Team {
    folder: TempDir,
    now: Arc<AtomicI64>,
    /// The computer.
    pub workstation: Workstation,
    /// The printed recovery key.
    pub recovery_key: String,
    people: Vec<(Face, &'static str)>,
}

impl Team {
    /// A team of three on 12 March 2026, 09:42 in Paris: Aurore leads, Titouan analyses, Nolwenn answers the phone.
    #[must_use]
    pub fn of_three() -> Self {
        let begin = Utc.with_ymd_and_hms(2026, 3, 12, 8, 42, 0);
        Self::of_three_at(begin.single().expect("a date"))
    }

    /// The same at another time: programs that judge its work read the machine's clock.
    #[must_use]
    pub fn of_three_at(begin: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let now = Arc::new(AtomicI64::new(begin.timestamp_millis()));
        let workstation = workstation(folder.path(), &now);
        let recovery_key = relais_core::api::opening::new_recovery_key().expect("a recovery key");
        let request = VaultRequest {
            profile: profiles::pays_de_la_loire(),
            lead_name: "Aurore Vasselin".to_owned(),
            passphrase: LEAD_PASSPHRASE.to_owned(),
            recovery_key: recovery_key.clone(),
            team_key: TeamKeySource::Generate,
        };
        let mut lead = workstation.create_vault(request).expect("a vault");
        let mut people = vec![(lead.person().clone(), LEAD_PASSPHRASE)];
        let mut temporary = Vec::new();
        for (name, role, passphrase) in [
            ("Titouan Brélivet", Role::Analyst, ANALYST_PASSPHRASE),
            ("Nolwenn Cassagne", Role::Operator, OPERATOR_PASSPHRASE),
        ] {
            let access = lead.add_person(name, role).expect("a person");
            people.push((access.face.clone(), passphrase));
            temporary.push(access);
        }
        drop(lead);
        for (access, (face, passphrase)) in temporary.iter().zip(&people[1..]) {
            let mut session = workstation
                .unlock(VaultKind::Real, face.id, &access.passphrase)
                .expect("the temporary passphrase");
            session
                .change_passphrase(&access.passphrase, passphrase)
                .expect("their own passphrase");
        }
        Self {
            folder,
            now,
            workstation,
            recovery_key,
            people,
        }
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the vault.
    #[must_use]
    pub fn vault_folder(&self) -> std::path::PathBuf {
        self.workstation.vault_folder(VaultKind::Real)
    }

    /// The time on the team's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        Utc.timestamp_millis_opt(self.now.load(Ordering::SeqCst))
            .single()
            .expect("an instant")
    }

    /// Sets the clock, forward or back.
    pub fn set_clock(&self, at: DateTime<Utc>) {
        self.now.store(at.timestamp_millis(), Ordering::SeqCst);
    }

    /// Lets some time pass.
    pub fn wait(&self, span: chrono::Duration) {
        self.set_clock(self.now() + span);
    }

    /// Somebody of the team.
    #[must_use]
    pub fn person(&self, role: Role) -> &Face {
        &self
            .people
            .iter()
            .find(|(face, _)| face.role == role)
            .expect("somebody of that role")
            .0
    }

    /// Their passphrase.
    #[must_use]
    pub fn passphrase(&self, role: Role) -> &'static str {
        self.people
            .iter()
            .find(|(face, _)| face.role == role)
            .expect("somebody of that role")
            .1
    }

    /// Somebody unlocks the vault.
    pub fn unlock(&self, role: Role) -> Session {
        self.workstation
            .unlock(VaultKind::Real, self.person(role).id, self.passphrase(role))
            .expect("the vault opens with the right passphrase")
    }
}

fn workstation(folder: &Path, now: &Arc<AtomicI64>) -> Workstation {
    let now = Arc::clone(now);
    let clock = Arc::new(move || {
        Utc.timestamp_millis_opt(now.load(Ordering::SeqCst))
            .single()
            .expect("an instant")
    });
    // Cheap on purpose: what Argon2id costs is measured elsewhere.
    Workstation::with(
        folder,
        clock,
        KdfCost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        },
    )
}

/// The lead settles all that keeps the RFC 2350 document from being published as version 1.1: what Relais fixes by itself,
/// then what only a person knows.
pub fn settle_rfc2350(lead: &mut Session) {
    loop {
        let findings = lead.rfc2350_findings().expect("the findings");
        let fix = findings.into_iter().find_map(|view| {
            let fix = view.finding.fix?;
            fix.is_automatic().then_some(fix)
        });
        let Some(fix) = fix else { break };
        lead.fix_rfc2350(&fix).expect("a fix that applies");
    }
    let mut head = lead.rfc2350().expect("the document").document;
    head.version = "1.1".to_owned();
    head.dated = Some(lead.now().date_naive());
    head.tlp = Some(Tlp::Clear);
    for (url, address) in [
        (&mut head.found_at.url, "rfc2350.pdf"),
        (&mut head.announced_at.url, "annonces"),
        (&mut head.key_at.url, "cle.asc"),
        (&mut head.security_txt_url, ".well-known/security.txt"),
    ] {
        *url = format!("https://csirt.example/{address}");
    }
    lead.set_rfc2350_head(&head).expect("the head");
}

/// The call of the joinery under ransomware.
#[must_use]
pub fn ransomware_report() -> Report {
    Report {
        urgent: true,
        organisation: Answer::Known(ReportedOrganisation {
            name: "Menuiserie Batardière".to_owned(),
            headcount: Some(46),
            commune: "85109".to_owned(),
            ..ReportedOrganisation::default()
        }),
        requester: Answer::Known(Person {
            name: "Gaëtan Morvault".to_owned(),
            function: "dirigeant".to_owned(),
            phone: "02 61 91 44 08".to_owned(),
            mail: "secours@batardiere.example".to_owned(),
        }),
        categories: Answer::Known(vec![Category::Ransomware]),
        narrative: Answer::Known(
            "On a trouvé une note de rançon sur le serveur de plans, en anglais.".to_owned(),
        ),
        impact: Answer::Known("L’atelier est à l’arrêt.".to_owned()),
        machines: Answer::Known(21),
        estate: Answer::Known(46),
        defences: Answer::Unknown,
        ..Report::default()
    }
}
