//! Making a vault, opening it, and getting back in with the recovery key.

use rand::TryRngCore as _;
use rand::rngs::OsRng;
use uuid::Uuid;
use zeroize::Zeroize as _;

use super::commit::{fields_of, salt};
use super::error::{ApiError, Code, Result};
use super::session::{DeviceState, PersonState, Session};
use super::team::check_profile;
use super::team_key::{self, TeamKeyState, parts};
use super::view::{
    Face, KeyPart, KeyPreview, PassphraseStrength, Settings, SuggestedPassphrase, VaultRequest,
};
use super::workstation::{DATABASE, Workstation};
use crate::domain::entity::EntityKind;
use crate::domain::people::Role;
use crate::domain::team::TeamProfile;
use crate::journal::history::hex;
use crate::journal::{Author, Change, Scope, commit};
use crate::pgp::{self, KeyRole, KeyWarning, Sharing, SigningMaterial, TeamKey};
use crate::vault::{
    self, Access, FirstLead, Founding, GENERATED_WORDS, InstanceLock, Opened, Passphrase,
    RecoveryKey, VaultError, VaultKind, Verdict,
};

/// What the CNIL asks of a passphrase that stands alone (deliberation 2022-100).
const NEEDED_BITS: u32 = 80;

impl From<Access> for Face {
    fn from(access: Access) -> Self {
        Self {
            id: access.user,
            name: access.name,
            role: access.role,
        }
    }
}

/// A passphrase of French words, drawn by the system.
///
/// # Errors
/// When the system gives no randomness.
pub fn suggest_passphrase() -> Result<SuggestedPassphrase> {
    let mut rng = OsRng.unwrap_err();
    let passphrase = vault::generate(GENERATED_WORDS, &mut rng);
    let words = u32::try_from(GENERATED_WORDS).unwrap_or(u32::MAX);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bits = (f64::from(words) * vault::bits_per_word()).floor() as u32;
    Ok(SuggestedPassphrase {
        passphrase: passphrase.to_string(),
        bits,
    })
}

/// How strong a passphrase is; `names` are those that somebody would try first.
#[must_use]
pub fn passphrase_strength(passphrase: &str, names: &[&str]) -> PassphraseStrength {
    let strength = vault::strength(passphrase, names);
    PassphraseStrength {
        bits: strength.bits,
        needed: NEEDED_BITS,
        enough: strength.verdict == Verdict::Strong,
        hints: strength.hints,
    }
}

pub(super) fn strong_passphrase(typed: &str, names: &[&str]) -> Result<Passphrase> {
    if !passphrase_strength(typed, names).enough {
        return Err(ApiError::field(
            Code::WeakPassphrase,
            "passphrase",
            "under 80 bits",
        ));
    }
    Ok(Passphrase::new(typed)?)
}

/// A new recovery key, in groups as it is printed.
///
/// # Errors
/// When the system gives no randomness.
pub fn new_recovery_key() -> Result<String> {
    Ok(RecoveryKey::random()?.printed().to_string())
}

impl Workstation {
    /// What an armoured secret key is, before it is taken.
    ///
    /// # Errors
    /// What makes it unfit, each by its own code.
    pub fn inspect_key(&self, armoured: &str, passphrase: &str) -> Result<KeyPreview> {
        let now = self.now();
        let imported = pgp::import(
            armoured.as_bytes(),
            Some(passphrase).filter(|text| !text.is_empty()),
            now,
        )?;
        let certificate = imported.key.certificate();
        let keys = certificate.keys(now);
        let created_at = keys.first().map_or(now, |key| key.created);
        Ok(KeyPreview {
            fingerprint: certificate.fingerprint().grouped(),
            user_ids: certificate.user_id(now).into_iter().collect(),
            created_at,
            expires_at: certificate.expires_at(now),
            keys: keys
                .into_iter()
                .map(|key| KeyPart {
                    fingerprint: key.fingerprint.grouped(),
                    algorithm: key.algorithm,
                    certifies: key.capabilities.certify,
                    signs: key.capabilities.sign,
                    encrypts: key.capabilities.encrypt,
                    role: role_name(key.role).map(str::to_owned),
                })
                .collect(),
            warnings: imported
                .warnings
                .iter()
                .map(|warning| warning_code(warning).to_owned())
                .collect(),
        })
    }

    /// Makes the vault, its first lead, the team and its key, and opens it.
    ///
    /// # Errors
    /// A vault that is there already, a weak passphrase, a wrong field, a key that is unfit; nothing is left behind.
    pub fn create_vault(&self, request: VaultRequest) -> Result<Session> {
        self.create(VaultKind::Real, request, Settings::default())
    }

    /// Everything is made in a folder beside, which takes its place at the end: a kill leaves no half of a vault.
    pub(super) fn create(
        &self,
        kind: VaultKind,
        mut request: VaultRequest,
        settings: Settings,
    ) -> Result<Session> {
        check_profile(&request.profile)?;
        let names = [
            request.lead_name.as_str(),
            request.profile.short_name.as_str(),
        ];
        let passphrase = strong_passphrase(&request.passphrase, &names)?;
        let recovery = RecoveryKey::parse(&request.recovery_key)?;
        let (key, sharing) = team_key::make(&request.team_key, &request.profile, self.now())?;
        let folder = self.vault_folder(kind);
        // A database without its vault files is somebody's cases that a back-up of those files can still open.
        if folder.join(DATABASE).exists() || self.vault(kind).exists() {
            return Err(VaultError::AlreadyExists.into());
        }
        let building = folder.with_extension("new");
        let io = |error: std::io::Error| ApiError::from_io(&error);
        if building.exists() {
            std::fs::remove_dir_all(&building).map_err(io)?;
        }
        std::fs::create_dir_all(&building).map_err(io)?;
        let lock = InstanceLock::take(&building)?;
        let founding = Founding {
            kind,
            team_name: &request.profile.full_name,
            lead: FirstLead {
                user: Uuid::now_v7(),
                name: &request.lead_name,
                passphrase: &passphrase,
            },
        };
        let opened = self.vault_in(&building).create(founding, &recovery)?;
        let lead = person_of(&opened)?;
        let person = lead.id;
        let mut session = Session::begin(self, &building, lock, opened, lead, false)?;
        session.found(&key, &sharing, &request.profile, &settings)?;
        drop(session);
        std::fs::rename(&building, &folder).map_err(io)?;
        request.recovery_key.zeroize();
        let session = self.unlock(kind, person, &request.passphrase);
        request.passphrase.zeroize();
        session
    }

    /// Opens a vault with somebody's passphrase.
    ///
    /// # Errors
    /// A wrong passphrase, a wait, another instance, damage.
    pub fn unlock(&self, kind: VaultKind, person: Uuid, passphrase: &str) -> Result<Session> {
        let folder = self.vault_folder(kind);
        let vault = self.vault(kind);
        if !vault.exists() {
            return Err(VaultError::Missing.into());
        }
        let lock = InstanceLock::take(&folder)?;
        let opened = vault.open(person, &Passphrase::new(passphrase)?, self.now())?;
        let must_change = opened.access().is_some_and(|access| access.must_change);
        let face = person_of(&opened)?;
        Session::begin(self, &folder, lock, opened, face, must_change)
    }

    /// Opens with the printed recovery key and gives a lead a new passphrase; with both vault files gone, makes them anew
    /// for one lead called `name`, whom the team completes again.
    ///
    /// # Errors
    /// A mistyped or wrong recovery key, a weak passphrase.
    pub fn recover(
        &self,
        kind: VaultKind,
        recovery_key: &str,
        person: Option<Uuid>,
        name: &str,
        passphrase: &str,
    ) -> Result<Session> {
        let recovery = RecoveryKey::parse(recovery_key)?;
        let vault = self.vault(kind);
        if !vault.exists() {
            return Err(VaultError::Missing.into());
        }
        let new = strong_passphrase(passphrase, &[name])?;
        let folder = self.vault_folder(kind);
        let lock = InstanceLock::take(&folder)?;
        match (vault.look(), person) {
            (Ok(_), Some(person)) => {
                let mut opened = vault.open_with_recovery(&recovery)?;
                opened.as_lead()?.reset_passphrase(person, &new)?;
                drop(opened);
                let mut opened = vault.open(person, &new, self.now())?;
                // The person chose it themselves, with the key in hand: it is no temporary one.
                opened.keep_passphrase()?;
                let face = person_of(&opened)?;
                Session::begin(self, &folder, lock, opened, face, false)
            }
            _ => {
                let lead = FirstLead {
                    user: Uuid::now_v7(),
                    name,
                    passphrase: &new,
                };
                let opened = vault.rebuild(&recovery, lead)?;
                let face = person_of(&opened)?;
                let mut session = Session::begin(self, &folder, lock, opened, face.clone(), false)?;
                let person = PersonState {
                    name: face.name,
                    role: face.role,
                    removed: false,
                };
                let fields = fields_of("", &person, 1)?;
                session.commit(
                    Scope::Registry,
                    vec![Change::new(EntityKind::Person, face.id, fields)],
                )?;
                Ok(session)
            }
        }
    }
}

impl Session {
    /// Writes what every vault starts with: the team, its key, this device, the lead.
    fn found(
        &mut self,
        key: &TeamKey,
        sharing: &Sharing,
        profile: &TeamProfile,
        settings: &Settings,
    ) -> Result<()> {
        let now = self.now();
        let signing = SigningMaterial::open(&key.lead_part()?, sharing.document_key(), now)?;
        let public_key = hex(&self.device().public());
        let statement = device_statement(self.device().id, &public_key);
        let device = DeviceState {
            name: host_name(),
            public_key,
            block: String::new(),
            certification: signing.sign(statement.as_bytes(), now)?,
        };
        let (key_id, state) = (Uuid::now_v7(), TeamKeyState::of(key, sharing)?);
        let lead = PersonState {
            name: self.person().name.clone(),
            role: Role::Lead,
            removed: false,
        };
        let mut team = fields_of("profile", profile, 1)?;
        team.extend(fields_of("settings", settings, 1)?);
        let (team_id, device_id, lead_id) = (self.team_id(), self.device().id, self.person().id);
        let changes = vec![
            Change::new(EntityKind::Device, device_id, fields_of("", &device, 1)?),
            Change::new(EntityKind::Team, team_id, team),
            Change::new(EntityKind::TeamKey, key_id, fields_of("", &state, 1)?),
            Change::new(EntityKind::Person, lead_id, fields_of("", &lead, 1)?),
        ];
        let keyring = self.opened().keyring().clone();
        let salt = salt()?;
        let at = now.timestamp_millis();
        let (conn, device, person) = self.for_writing();
        let tx = conn.transaction()?;
        parts::keep(&tx, &keyring, key_id, key, sharing)?;
        commit(
            &tx,
            Author {
                person,
                device,
                at,
                salt,
            },
            Scope::Registry,
            changes,
        )?;
        tx.commit()?;
        Ok(())
    }
}

/// What the team's key signs once for each device: "this key writes our journal".
pub(super) fn device_statement(id: Uuid, public_key: &str) -> String {
    format!("relais device {id}\ned25519 {public_key}\n")
}

pub(super) fn role_name(role: KeyRole) -> Option<&'static str> {
    match role {
        KeyRole::Certification => Some("certification"),
        KeyRole::Documents => Some("documents"),
        KeyRole::Mail => Some("mail"),
        KeyRole::Encryption => Some("encryption"),
        _ => None,
    }
}

/// What is to be known of an imported key, as the interface looks it up.
const fn warning_code(warning: &KeyWarning) -> &'static str {
    match warning {
        KeyWarning::ShortRsa { .. } => "short_rsa",
        KeyWarning::WeakBinding { .. } => "weak_binding",
        KeyWarning::ExpiresSoon { .. } => "expires_soon",
        KeyWarning::ExpiredKey { .. } => "expired_key",
        KeyWarning::RevokedKey { .. } => "revoked_key",
        KeyWarning::SecretAbsent { .. } => "secret_absent",
    }
}

fn person_of(opened: &Opened) -> Result<Face> {
    opened
        .access()
        .map(Face::from)
        .ok_or_else(|| ApiError::new(Code::NotFound, "no such person"))
}

/// The workstation's own name, for the journal.
fn host_name() -> String {
    let name = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let name = name.trim();
    let name = if name.is_empty() {
        std::env::var("COMPUTERNAME").unwrap_or_default()
    } else {
        name.to_owned()
    };
    if name.is_empty() {
        "poste".to_owned()
    } else {
        name.chars().take(60).collect()
    }
}
