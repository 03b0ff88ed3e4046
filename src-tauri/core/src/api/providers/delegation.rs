//! The lead's standing word: a list that the signed rule draws, and that nobody changed by hand, may leave without the
//! lead. At night the operator hands it over; the lead's signature stands under the rule.
//!
//! The word is a text with the hash of the rules, signed by the key that only the lead's slot opens. It falls with the
//! first change of the rules.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::matching::RULES;
use crate::api::commit::instant;
use crate::api::error::Result;
use crate::api::session::Session;
use crate::api::view::{DelegationView, VerdictKind};
use crate::db::registry;
use crate::domain::entity::EntityKind;
use crate::domain::people::Ability;
use crate::domain::provider::matching::Rules;
use crate::journal::history::hex;
use crate::journal::{Change, Scope};
use crate::report;

/// The lead's word as the journal keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::api) struct Delegation {
    /// What was signed, byte for byte.
    pub text: String,
    /// Detached signature, armoured.
    pub signature: String,
    /// SHA-256 of the rules, hexadecimal.
    pub rules_sha256: String,
    /// Fingerprint of the certificate, grouped.
    pub fingerprint: String,
    pub signed_by: Uuid,
    /// Milliseconds.
    pub signed_at: i64,
}

/// The rules' entity, as far as the word is concerned.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    delegation: Option<Delegation>,
}

/// The hash that the word names: of the rules in canonical JSON.
fn hash_of(rules: &Rules) -> Result<String> {
    let json = crate::domain::entity::sorted(serde_json::to_value(rules)?);
    Ok(hex(&Sha256::digest(json.to_string())))
}

impl Session {
    /// The lead's word on the rules as they are; nothing where there is none, where the rules changed since, or where
    /// the signature is not good.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub fn delegation(&self) -> Result<Option<DelegationView>> {
        Ok(self.standing_delegation()?.map(|word| DelegationView {
            text: word.text,
            signature: word.signature,
            rules_sha256: word.rules_sha256,
            fingerprint: word.fingerprint,
            signed_by: word.signed_by,
            signed_at: instant(word.signed_at),
        }))
    }

    pub(super) fn standing_delegation(&self) -> Result<Option<Delegation>> {
        self.require(Ability::ReadCases)?;
        let kept: Kept = registry::get(self.conn(), RULES)?.unwrap_or_default();
        let Some(word) = kept.delegation else {
            return Ok(None);
        };
        let verdict = self.verify_file(word.text.as_bytes(), Some(word.signature.as_bytes()))?;
        let holds = verdict.kind == VerdictKind::Good
            && verdict.by_lead
            && word.rules_sha256 == hash_of(&self.match_rules()?)?
            && word.text.contains(&word.rules_sha256);
        Ok(holds.then_some(word))
    }

    /// Signs the rules as they are: lists that they draw may leave as they come.
    ///
    /// # Errors
    /// Not the lead; a key that cannot sign.
    pub fn delegate_lists(&mut self) -> Result<Option<DelegationView>> {
        self.require(Ability::SignDocument)?;
        let rules = self.match_rules()?;
        let rules_sha256 = hash_of(&rules)?;
        let team = self.team()?.profile.full_name;
        let day = report::date(self.now(), report::Lang::Fr);
        let rules = crate::domain::entity::sorted(serde_json::to_value(rules)?);
        let text = format!(
            "{team}\nDélégation pour les listes de prestataires, {day}\n\n\
             Une liste tirée par la règle ci-dessous, sans changement fait à la main, peut être remise au bénéficiaire \
             sans ma signature. Cette délégation cesse dès que la règle change.\n\n\
             Règle : {rules}\nSHA-256 de la règle : {rules_sha256}\n",
        );
        let signature = self.signing_material()?.sign(text.as_bytes(), self.now())?;
        let word = Delegation {
            signature,
            rules_sha256,
            fingerprint: self.team_key()?.certificate.fingerprint().grouped(),
            signed_by: self.person().id,
            signed_at: self.now().timestamp_millis(),
            text,
        };
        self.keep_delegation(serde_json::to_value(word)?)?;
        self.delegation()
    }

    /// Takes the word back: every list waits for the lead again.
    ///
    /// # Errors
    /// Not the lead.
    pub fn withdraw_delegation(&mut self) -> Result<()> {
        self.require(Ability::SignDocument)?;
        self.keep_delegation(serde_json::Value::Null)
    }

    fn keep_delegation(&mut self, value: serde_json::Value) -> Result<()> {
        let change = Change::set(EntityKind::MatchRules, RULES, "delegation", value);
        self.commit(Scope::Registry, vec![change])?;
        Ok(())
    }
}
