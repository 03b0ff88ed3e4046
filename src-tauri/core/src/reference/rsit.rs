//! The Reference Security Incident Taxonomy (RSIT, version 1003): what the plain categories mean to other teams.

use std::sync::LazyLock;

use serde::Serialize;
use ts_rs::TS;

use crate::domain::case::Category;

/// Version of the taxonomy in MISP's machine tags.
pub const VERSION: u32 = 1003;

/// One type of the taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RsitType {
    /// Class and type: `fraud:phishing`.
    pub id: &'static str,
    /// Its class: `fraud`.
    pub class: &'static str,
    /// The taxonomy's own name.
    pub name_en: &'static str,
    /// In French.
    pub name_fr: &'static str,
}

impl RsitType {
    /// As MISP writes it: `rsit:fraud="phishing"`.
    #[must_use]
    pub fn machine_tag(&self) -> String {
        let (class, kind) = self.id.split_once(':').unwrap_or((self.id, ""));
        format!("rsit:{class}=\"{kind}\"")
    }
}

/// One class of the taxonomy, with its types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RsitClass {
    /// Stable name: `fraud`.
    pub id: &'static str,
    /// The taxonomy's own name.
    pub name_en: &'static str,
    /// In French.
    pub name_fr: &'static str,
    /// Its types, in the taxonomy's order.
    pub types: Vec<RsitType>,
}

static CLASSES: LazyLock<Vec<RsitClass>> = LazyLock::new(|| {
    let mut classes: Vec<RsitClass> = Vec::new();
    for line in include_str!("data/rsit-1003.tsv").lines() {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let [id, name_en, name_fr] = fields[..] else {
            continue;
        };
        match (id.split_once(':'), classes.last_mut()) {
            (None, _) => classes.push(RsitClass {
                id,
                name_en,
                name_fr,
                types: Vec::new(),
            }),
            (Some((class, _)), Some(last)) => last.types.push(RsitType {
                id,
                class,
                name_en,
                name_fr,
            }),
            (Some(_), None) => {}
        }
    }
    classes
});

/// The eleven classes, in the taxonomy's order.
#[must_use]
pub fn classes() -> &'static [RsitClass] {
    &CLASSES
}

/// A type by its identifier (`fraud:phishing`).
#[must_use]
pub fn by_id(id: &str) -> Option<RsitType> {
    classes()
        .iter()
        .flat_map(|class| &class.types)
        .find(|kind| kind.id == id)
        .copied()
}

/// The types proposed for a category. The first is the one that statistics count: one case, one type.
/// The taxonomy has no type for ransomware; it files the encryption under the modification of information.
#[must_use]
pub const fn types_of(category: Category) -> &'static [&'static str] {
    match category {
        Category::Ransomware => &[
            "information-content-security:unauthorised-information-modification",
            "malicious-code:infected-system",
            "information-content-security:data-leak",
        ],
        Category::AccountCompromise => &[
            "intrusions:unprivileged-account-compromise",
            "intrusions:privileged-account-compromise",
        ],
        Category::Phishing => &["fraud:phishing", "information-gathering:social-engineering"],
        Category::Impersonation => &["fraud:masquerade"],
        Category::DenialOfService => &["availability:ddos", "availability:dos"],
        Category::Defacement => &[
            "information-content-security:unauthorised-information-modification",
            "intrusions:application-compromise",
        ],
        Category::DataLeak => &[
            "information-content-security:data-leak",
            "information-content-security:unauthorised-information-access",
        ],
        Category::TransferFraud => &[
            "fraud:masquerade",
            "information-gathering:social-engineering",
        ],
        Category::ExposedVulnerability => &[
            "vulnerable:vulnerable-system",
            "vulnerable:potentially-unwanted-accessible",
            "vulnerable:information-disclosure",
        ],
        Category::EdgeDevice => &[
            "intrusions:system-compromise",
            "vulnerable:vulnerable-system",
        ],
        Category::Other => &["other:undetermined", "other:other"],
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn version_1003_has_11_classes_and_39_types() {
        assert_eq!(classes().len(), 11);
        let types: Vec<_> = classes().iter().flat_map(|class| &class.types).collect();
        assert_eq!(types.len(), 39);
        for class in classes() {
            assert!(class.types.iter().all(|kind| kind.class == class.id));
        }
    }

    #[test]
    fn every_line_of_the_file_is_read_and_every_name_is_there() {
        let lines = include_str!("data/rsit-1003.tsv").lines().count();
        assert_eq!(lines, 11 + 39);
        for kind in classes().iter().flat_map(|class| &class.types) {
            assert!(!kind.name_en.is_empty() && !kind.name_fr.is_empty());
        }
    }

    #[test]
    fn every_category_has_types_and_each_exists() {
        for category in Category::ALL {
            let types = types_of(category);
            assert!(!types.is_empty());
            for id in types {
                assert!(by_id(id).is_some(), "{id} of {category:?}");
            }
        }
    }

    #[test]
    fn a_type_is_tagged_as_misp_writes_it() {
        let tag = by_id("fraud:phishing").unwrap().machine_tag();
        assert_eq!(tag, "rsit:fraud=\"phishing\"");
        assert_eq!(by_id("fraud"), None);
    }
}
