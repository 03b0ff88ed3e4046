//! What is wrong with the document before it is published: each finding with its section, its weight and its fix.
//!
//! The sentences are reference data, so that window and command line say the same: a finding carries the values.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::claims::hours;
use super::compose::compose;
use super::document::{Place, Rfc2350, Translation};
use super::fix::Fix;
use super::key::{Fingerprint, TeamKeyFacts};
use super::lang::Lang;
use super::links::{mails, proxied, same_target, urls};
use super::para::text_of;
use super::placeholder::{Piece, Placeholder, Values, pieces};
use super::section::{Section, SectionKind};
use super::traces::{KeyName, keys, national_digits, phones, postcodes, tlp_one};
use crate::domain::calendar::in_paris;
use crate::domain::marking::Tlp;
use crate::domain::team::TeamProfile;

mod finding;
mod version;

use finding::level;
pub use finding::{Finding, FindingCode, Level};
use version::{is_above, next_version};

/// A key that has fewer days than this to live is told of.
pub const KEY_WARNING_DAYS: i64 = 60;

/// What is known of the last publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "Rfc2350Published")]
pub struct Published {
    /// Its version.
    pub version: String,
    /// Its day.
    pub dated: NaiveDate,
    /// [`content_digest`] of what was published.
    pub digest: String,
}

/// The digest of all that readers get in both languages: the same as long as there is nothing new to publish.
#[must_use]
pub fn content_digest(document: &Rfc2350, profile: &TeamProfile, key: &TeamKeyFacts) -> String {
    let both = Lang::ALL.map(|lang| compose(document, profile, key, lang).digest());
    super::document::digest(&both.concat())
}

/// Everything to settle, in the order of the sections, what blocks first; the whole document comes before them.
#[must_use]
pub fn check(
    document: &Rfc2350,
    profile: &TeamProfile,
    key: &TeamKeyFacts,
    last_published: Option<&Published>,
    today: NaiveDate,
) -> Vec<Finding> {
    let mut checker = Checker {
        document,
        profile,
        key,
        findings: Vec::new(),
    };
    checker.marking();
    checker.emptiness(today);
    checker.key(today);
    checker.places();
    checker.texts();
    checker.constituency();
    checker.english();
    if let Some(published) = last_published {
        checker.edition(published, today);
    }
    let mut findings = checker.findings;
    findings.sort_by_key(|finding| (finding.section, finding.level));
    findings
}

struct Checker<'a> {
    document: &'a Rfc2350,
    profile: &'a TeamProfile,
    key: &'a TeamKeyFacts,
    findings: Vec<Finding>,
}

/// Fields of the profile that a derived section needs.
const fn profile_field(section: Section) -> &'static str {
    match section {
        Section::TeamName => "full_name",
        Section::Address => "address",
        Section::Telephone => "phone",
        Section::Mail => "mail",
        _ => "disclaimer_fr",
    }
}

impl Checker<'_> {
    fn add(
        &mut self,
        code: FindingCode,
        section: impl Into<Option<Section>>,
        values: &[(&str, &str)],
        fix: impl Into<Option<Fix>>,
    ) {
        let section = section.into();
        let values: BTreeMap<String, String> = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        // Both languages often say the same wrong thing: it is settled once.
        let same = |known: &&Finding| {
            known.code == code && known.section == section && known.values == values
        };
        if self.findings.iter().find(same).is_none() {
            self.findings.push(Finding {
                code,
                section,
                level: level(code, section),
                values,
                fix: fix.into(),
            });
        }
    }

    fn values(&self, lang: Lang) -> Values<'_> {
        Values {
            document: self.document,
            profile: self.profile,
            key: self.key,
            lang,
        }
    }

    fn marking(&mut self) {
        if self.document.tlp.is_none() {
            self.add(
                FindingCode::NoTlp,
                None,
                &[],
                Fix::SetTlp { tlp: Tlp::Clear },
            );
        }
    }

    fn emptiness(&mut self, today: NaiveDate) {
        let composed = compose(self.document, self.profile, self.key, Lang::Fr);
        for part in composed.parts {
            let section = part.section;
            let fix = match section {
                // Said by `key`.
                Section::Keys if self.key.fingerprint.is_empty() => continue,
                Section::Location if self.target(section).is_none() => Fix::ChangePlace { section },
                _ if !part.body.is_empty() => continue,
                Section::LastUpdate if self.document.version.is_empty() => Fix::SetVersion {
                    version: "1.0".into(),
                },
                Section::LastUpdate => Fix::SetDate { date: today },
                section if section.may_be_left_out() => Fix::LeaveOut { section },
                section if section.kind() == SectionKind::Derived => Fix::FillProfile {
                    field: profile_field(section).into(),
                },
                section => Fix::Write { section },
            };
            self.add(FindingCode::Missing, section, &[], fix);
        }
    }

    fn key(&mut self, today: NaiveDate) {
        if self.key.fingerprint.is_empty() {
            return self.add(FindingCode::NoKey, Section::Keys, &[], Fix::ChooseKey);
        }
        if let Some(expires) = self.key.expires {
            let expires = in_paris(expires).date_naive();
            let days = (expires - today).num_days();
            let date = expires.to_string();
            if days <= 0 {
                self.add(
                    FindingCode::KeyExpired,
                    Section::Keys,
                    &[("date", &date)],
                    Fix::ExtendKey,
                );
            } else if days <= KEY_WARNING_DAYS {
                let values = [("date", date.as_str()), ("days", &days.to_string())];
                self.add(
                    FindingCode::KeyExpiring,
                    Section::Keys,
                    &values,
                    Fix::ExtendKey,
                );
            }
        }
        let (found, expected) = (&self.key.user_id, &self.profile.mail);
        if !found.is_empty() && !found.contains(expected.as_str()) {
            let values = [("found", found.as_str()), ("expected", expected)];
            self.add(FindingCode::ContactDiffers, Section::Keys, &values, None);
        }
    }

    /// Where a section leads: its place, or the first address of its text.
    fn target(&self, section: Section) -> Option<&str> {
        let place: &Place = match section {
            Section::Distribution => &self.document.announced_at,
            Section::Location => &self.document.found_at,
            _ => &self.document.key_at,
        };
        if !place.url.is_empty() {
            return Some(&place.url);
        }
        let text = self.document.text(section, Lang::Fr);
        urls(text).into_iter().next().map(|range| &text[range])
    }

    fn places(&mut self) {
        // A reader who holds the document learns nothing from a link to it.
        let Some(document) = self.target(Section::Location).map(str::to_owned) else {
            return;
        };
        for section in [Section::Distribution, Section::Keys] {
            let itself = self
                .target(section)
                .is_some_and(|url| same_target(url, &document));
            if itself && !self.document.not_applicable.contains(&section) {
                for section in [Section::Location, section] {
                    let fix = Fix::ChangePlace { section };
                    self.add(FindingCode::SelfLink, section, &[("url", &document)], fix);
                }
            }
        }
    }

    fn texts(&mut self) {
        let places = [
            (Section::Distribution, &self.document.announced_at),
            (Section::Location, &self.document.found_at),
            (Section::Keys, &self.document.key_at),
        ];
        let servers = self
            .document
            .key_servers
            .iter()
            .map(|place| (Section::Keys, place));
        for (section, place) in places.into_iter().chain(servers) {
            self.proxy(section, &place.url);
        }
        for (section, lang, text) in self.document.printed_texts() {
            self.placeholders(section, lang, text);
            self.named_keys(section, text);
            self.contact(section, text);
            for url in urls(text) {
                self.proxy(section, &text[url]);
            }
            for (range, _) in tlp_one(text) {
                let fix = Fix::ReplaceTlpWords { section };
                self.add(
                    FindingCode::TlpOne,
                    section,
                    &[("found", &text[range])],
                    fix,
                );
            }
            let filled = text
                .lines()
                .map(|line| text_of(&self.values(lang).line(line)));
            let filled = filled.collect::<Vec<_>>().join("\n");
            if hours(&filled).is_some_and(|claim| !claim.agrees(self.profile.opening.rule)) {
                self.add(
                    FindingCode::OpeningDiffers,
                    section,
                    &[],
                    Fix::Write { section },
                );
            }
        }
    }

    fn proxy(&mut self, section: Section, url: &str) {
        match proxied(url).map(|proxied| proxied.real) {
            None => {}
            Some(None) => {
                let fix = Fix::ChangePlace { section };
                self.add(FindingCode::ProxyLink, section, &[("url", url)], fix);
            }
            Some(Some(real)) => {
                let fix = Fix::UseRealAddress {
                    proxied: url.to_owned(),
                    real: real.clone(),
                };
                let values = [("url", url), ("real", &real)];
                self.add(FindingCode::ProxyLink, section, &values, fix);
            }
        }
    }

    fn placeholders(&mut self, section: Section, lang: Lang, text: &str) {
        for piece in pieces(text) {
            let Piece::Braced(name) = piece else { continue };
            let values = [("name", name)];
            match Placeholder::named(name) {
                None => self.add(
                    FindingCode::UnknownPlaceholder,
                    section,
                    &values,
                    Fix::Write { section },
                ),
                Some(placeholder) if self.values(lang).of(placeholder).is_empty() => self.add(
                    FindingCode::EmptyPlaceholder,
                    section,
                    &values,
                    source_of(placeholder, section, lang),
                ),
                Some(_) => {}
            }
        }
    }

    fn named_keys(&mut self, section: Section, text: &str) {
        for key in keys(text) {
            let found = &text[key.range.clone()];
            let own = |fingerprint: &str| {
                Fingerprint(fingerprint).to_string() == Fingerprint(&key.digits).to_string()
            };
            let others = self
                .key
                .others
                .iter()
                .map(|other| other.fingerprint.as_str());
            let known = others.chain([self.key.fingerprint.as_str()]).any(own);
            let values = [("found", found)];
            match key.name {
                KeyName::Short => {
                    let fix = Fix::RemoveKeyId { section };
                    self.add(FindingCode::ShortKeyId, section, &values, fix);
                }
                KeyName::Fingerprint if !known => {
                    let fix = Fix::UsePlaceholder {
                        section,
                        found: found.to_owned(),
                        placeholder: Placeholder::Fingerprint.name().into(),
                    };
                    self.add(FindingCode::OtherFingerprint, section, &values, fix);
                }
                KeyName::Fingerprint => {}
            }
        }
    }

    fn contact(&mut self, section: Section, text: &str) {
        let profile = self.profile;
        let authorities = &profile.authorities;
        let differs =
            |checker: &mut Self, found: &str, expected: &str, placeholder: Option<Placeholder>| {
                let fix =
                    placeholder.map_or(Fix::Write { section }, |placeholder| Fix::UsePlaceholder {
                        section,
                        found: found.to_owned(),
                        placeholder: placeholder.name().into(),
                    });
                let values = [("found", found), ("expected", expected)];
                checker.add(FindingCode::ContactDiffers, section, &values, fix);
            };
        for phone in phones(text) {
            let known = national_digits(&profile.phone) == phone.digits
                || authorities.iter().any(|authority| {
                    let numbers = format!("{}\n{}", authority.phone, authority.note);
                    phones(&numbers)
                        .iter()
                        .any(|known| known.digits == phone.digits)
                });
            if !known {
                differs(
                    self,
                    &text[phone.range],
                    &profile.phone,
                    Some(Placeholder::Phone),
                );
            }
        }
        for mail in mails(text) {
            let mail = &text[mail];
            let same = |known: &str| known.trim().eq_ignore_ascii_case(mail);
            if !same(&profile.mail) && !authorities.iter().any(|authority| same(&authority.mail)) {
                differs(self, mail, &profile.mail, Some(Placeholder::Mail));
            }
        }
        for postcode in postcodes(text) {
            if !profile.address.iter().any(|line| line.contains(postcode)) {
                differs(self, postcode, &profile.address.join(", "), None);
            }
        }
    }

    fn constituency(&mut self) {
        let text = self.document.text(Section::Constituency, Lang::Fr);
        if names(text, "PME") && !names_the_smallest(text) {
            self.add(
                FindingCode::TpeNotNamed,
                Section::Constituency,
                &[],
                Fix::AddTpe,
            );
        }
    }

    fn english(&mut self) {
        for (section, text) in &self.document.texts {
            let section = *section;
            if !section.has_text() || self.document.not_applicable.contains(&section) {
                continue;
            }
            match text.translation() {
                Translation::NotNeeded | Translation::Current => {}
                Translation::Missing => {
                    let fix = Fix::Translate { section };
                    self.add(FindingCode::EnglishMissing, section, &[], fix);
                }
                Translation::Behind => {
                    let fix = Fix::ConfirmEnglish { section };
                    self.add(FindingCode::EnglishBehind, section, &[], fix);
                }
            }
        }
        if !self.profile.disclaimer_fr.is_empty() && self.profile.disclaimer_en.is_empty() {
            let fix = Fix::FillProfile {
                field: "disclaimer_en".into(),
            };
            self.add(FindingCode::EnglishMissing, Section::Disclaimer, &[], fix);
        }
    }

    /// Readers tell versions apart by number and day: both move when anything else does.
    fn edition(&mut self, published: &Published, today: NaiveDate) {
        if content_digest(self.document, self.profile, self.key) == published.digest {
            return;
        }
        let version = &self.document.version;
        if !is_above(version, &published.version) {
            let values = [
                ("version", version.as_str()),
                ("published", &published.version),
            ];
            let fix = Fix::SetVersion {
                version: next_version(&published.version),
            };
            self.add(
                FindingCode::VersionNotRaised,
                Section::LastUpdate,
                &values,
                fix,
            );
        }
        let Some(dated) = self.document.dated else {
            return;
        };
        // Two versions may well come out on one day.
        if dated < published.dated || (dated == published.dated && today > published.dated) {
            let (date, last) = (dated.to_string(), published.dated.to_string());
            let values = [("date", date.as_str()), ("published", &last)];
            let fix = Fix::SetDate { date: today };
            self.add(
                FindingCode::DateNotRaised,
                Section::LastUpdate,
                &values,
                fix,
            );
        }
    }
}

/// Where the value of a placeholder is filled in.
fn source_of(placeholder: Placeholder, section: Section, lang: Lang) -> Fix {
    let field = |field: &str| Fix::FillProfile {
        field: field.to_owned(),
    };
    let place = |section| Fix::ChangePlace { section };
    match (placeholder, lang) {
        (Placeholder::Team, _) => field("full_name"),
        (Placeholder::Opening, Lang::Fr) => field("opening.text_fr"),
        (Placeholder::Opening, Lang::En) => field("opening.text_en"),
        (
            Placeholder::ShortName
            | Placeholder::Host
            | Placeholder::Phone
            | Placeholder::Mail
            | Placeholder::Website,
            _,
        ) => field(placeholder.name()),
        (Placeholder::UserId | Placeholder::Fingerprint, _) => Fix::ChooseKey,
        (Placeholder::Document, _) => place(Section::Location),
        (Placeholder::Announcements, _) => place(Section::Distribution),
        (Placeholder::Key | Placeholder::KeyServers, _) => place(Section::Keys),
        (Placeholder::Leader | Placeholder::Version | Placeholder::Date, _) => {
            Fix::Write { section }
        }
    }
}

fn names(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|named| named == word)
}

/// Whether a text names the firms of fewer than ten people, whom a list that begins with the PME leaves out.
#[must_use]
pub fn names_the_smallest(text: &str) -> bool {
    let small = text.to_lowercase();
    names(text, "TPE") || small.contains("microentreprise") || small.contains("très petites")
}

#[cfg(test)]
mod tests;
