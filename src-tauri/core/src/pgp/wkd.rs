//! The Web Key Directory: the team's key where mail programs look for it by themselves.
//!
//! Advanced method of draft-koch-openpgp-webkey-service-18, §3.1: the files lie on the host
//! `openpgpkey.<domain>`, over https, each with the type `application/octet-stream`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use openpgp::{packet::UserID, types::HashAlgorithm};
use sequoia_openpgp as openpgp;

use super::{Certificate, PgpError};

/// One file of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WkdFile {
    /// Place under the root of the web server, with `/` between the steps.
    pub path: String,
    /// What lies there.
    pub bytes: Vec<u8>,
}

/// Where a key is looked for: a path and query on a host, over https.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WkdPlace {
    /// Host name, in the DNS's letters.
    pub host: String,
    /// "/.well-known/openpgpkey/…".
    pub path: String,
}

/// Where the key of an address is looked for (§3.1): by the advanced method, and by the direct one where the host of the
/// first does not exist. Nothing for what is no address, or one on a host without a name.
#[must_use]
pub fn wkd_places(mail: &str) -> Option<(WkdPlace, WkdPlace)> {
    let name = UserID::from(format!("<{mail}>"));
    let Address { domain, hash } = address(&name).ok()??;
    let last = domain.rsplit('.').next()?;
    if !domain.contains('.') || last.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let local = mail.trim().rsplit_once('@')?.0;
    let local: String = local.bytes().map(percent).collect();
    let advanced = WkdPlace {
        host: format!("openpgpkey.{domain}"),
        path: format!("/.well-known/openpgpkey/{domain}/hu/{hash}?l={local}"),
    };
    let direct = WkdPlace {
        path: format!("/.well-known/openpgpkey/hu/{hash}?l={local}"),
        host: domain,
    };
    Some((advanced, direct))
}

/// A byte of a query (RFC 3986 §2.1).
fn percent(byte: u8) -> String {
    match byte {
        b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    }
}

/// Where the key of one address lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Address {
    domain: String,
    hash: String,
}

impl Certificate {
    /// The files to publish: for each address among the live names the certificate with the names of
    /// this address alone, and for each domain the empty policy that the draft demands (§4.5).
    /// In order of path. Nothing if no name has an address.
    ///
    /// # Errors
    /// Only if the library fails to write what it has read.
    pub fn wkd(&self, at: DateTime<Utc>) -> Result<Vec<WkdFile>, PgpError> {
        let mut names: BTreeMap<Address, Vec<UserID>> = BTreeMap::new();
        for name in self.live_names(at) {
            if let Some(address) = address(&name)? {
                names.entry(address).or_default().push(name);
            }
        }
        let mut files = BTreeMap::new();
        for (Address { domain, hash }, names) in names {
            let bytes = self.with_names(|name| names.contains(name))?;
            let root = format!(".well-known/openpgpkey/{domain}");
            files.insert(format!("{root}/hu/{hash}"), bytes);
            files.insert(format!("{root}/policy"), Vec::new());
        }
        let files = files.into_iter();
        Ok(files.map(|(path, bytes)| WkdFile { path, bytes }).collect())
    }
}

/// Nothing for a name without a mail address, or whose domain is none: it becomes a directory.
fn address(name: &UserID) -> Result<Option<Address>, PgpError> {
    let Ok(Some(mail)) = name.email() else {
        return Ok(None);
    };
    // Not the library's lower case of the whole, which also touches what is not ASCII.
    let Some((local, _)) = mail.rsplit_once('@') else {
        return Ok(None);
    };
    let Some(domain) = domain(name) else {
        return Ok(None);
    };
    let hash = hash(local)?;
    Ok(Some(Address { domain, hash }))
}

/// In lower case, as the DNS writes it.
fn domain(name: &UserID) -> Option<String> {
    let mail = name.email_normalized().ok()??;
    let domain = mail.rsplit_once('@')?.1;
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    domain.split('.').all(is_label).then(|| domain.to_owned())
}

/// The draft lowers ASCII letters only.
fn hash(local: &str) -> Result<String, PgpError> {
    let mut sha1 = HashAlgorithm::SHA1
        .context()
        .map_err(PgpError::library)?
        .for_digest();
    sha1.update(local.to_ascii_lowercase().as_bytes());
    let digest = sha1.into_digest().map_err(PgpError::library)?;
    Ok(zbase32(&digest))
}

/// Z-Base-32 (RFC 6189 §5.1.6) of whole groups of five bytes, such as SHA-1's twenty.
fn zbase32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";
    let symbols = bytes.chunks(5).flat_map(|group| {
        let bits = group.iter().fold(0u64, |bits, b| bits << 8 | u64::from(*b));
        (0..8)
            .rev()
            .map(move |place| ALPHABET[usize::from((bits >> (5 * place)) as u8 & 31)])
    });
    symbols.map(char::from).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pgp::testing::{MAIL, NAME, day, team};

    fn paths(certificate: &Certificate, at: DateTime<Utc>) -> Vec<String> {
        let files = certificate.wkd(at).unwrap();
        files.into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn the_drafts_example_has_the_drafts_hash() {
        assert_eq!(
            address(&UserID::from("Joe Doe <Joe.Doe@Example.ORG>")).unwrap(),
            Some(Address {
                domain: "example.org".into(),
                hash: "iy9q119eutrkn8s1mk4r39qejnbu3n5q".into()
            })
        );
    }

    #[test]
    fn a_key_is_looked_for_on_the_domains_own_host_then_on_the_domain() {
        let hash = "iy9q119eutrkn8s1mk4r39qejnbu3n5q";
        let (advanced, direct) = wkd_places("Joe.Doe@Example.ORG").unwrap();
        assert_eq!(advanced.host, "openpgpkey.example.org");
        assert_eq!(
            advanced.path,
            format!("/.well-known/openpgpkey/example.org/hu/{hash}?l=Joe.Doe")
        );
        assert_eq!(direct.host, "example.org");
        assert_eq!(
            direct.path,
            format!("/.well-known/openpgpkey/hu/{hash}?l=Joe.Doe")
        );
        let (odd, _) = wkd_places("a+b&c#d@example.org").unwrap();
        assert!(odd.path.ends_with("?l=a%2Bb%26c%23d"), "{}", odd.path);
    }

    #[test]
    fn no_machine_of_the_house_is_asked_for_a_key() {
        for mail in [
            "",
            "a",
            "a@localhost",
            "a@127.0.0.1",
            "a@10.1",
            "a@b/c.example",
            "a@x.example:8443",
        ] {
            assert_eq!(wkd_places(mail), None, "{mail}");
        }
    }

    #[test]
    fn z_base_32_agrees_with_its_authors_vectors() {
        assert_eq!(zbase32(&[0xf0, 0xbf, 0xc7, 0, 0]), "6n9hqyyy");
        assert_eq!(zbase32(&[0xd4, 0x7a, 0x04, 0, 0]), "4t7yeyyy");
    }

    #[test]
    fn the_key_lies_at_its_address_beside_the_policy() {
        let certificate = team().certificate();
        let files = certificate.wkd(day(2026, 3, 2)).unwrap();
        let root = ".well-known/openpgpkey/csirt-estuaire.example";
        let hash = hash("contact").unwrap();
        assert_eq!(
            paths(&certificate, day(2026, 3, 2)),
            [format!("{root}/hu/{hash}"), format!("{root}/policy")]
        );
        assert_eq!(Certificate::parse(&files[0].bytes).unwrap(), certificate);
        assert!(files[1].bytes.is_empty());
    }

    #[test]
    fn each_address_gets_the_certificate_under_its_own_name_only() {
        let at = day(2026, 4, 1);
        let key = team()
            .add_user_id("Astreinte", "astreinte@csirt-estuaire.example", at)
            .unwrap()
            .key;
        let files = key.certificate().wkd(day(2026, 4, 2)).unwrap();
        assert_eq!(files.len(), 3);
        let mut names: Vec<Vec<String>> = files
            .iter()
            .filter(|file| file.path.contains("/hu/"))
            .map(|file| {
                let read = Certificate::parse(&file.bytes).unwrap();
                assert_eq!(
                    read.keys(day(2026, 4, 2)),
                    key.certificate().keys(day(2026, 4, 2))
                );
                read.user_ids(day(2026, 4, 2))
            })
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                vec!["Astreinte <astreinte@csirt-estuaire.example>".to_owned()],
                vec![format!("{NAME} <{MAIL}>")]
            ]
        );
    }

    #[test]
    fn two_names_of_one_address_share_a_file() {
        let renamed = team().add_user_id("CERT Estuaire", MAIL, day(2026, 4, 1));
        let certificate = renamed.unwrap().key.certificate();
        let files = certificate.wkd(day(2026, 4, 2)).unwrap();
        assert_eq!(files.len(), 2);
        let read = Certificate::parse(&files[0].bytes).unwrap();
        assert_eq!(read.user_ids(day(2026, 4, 2)).len(), 2);
    }

    #[test]
    fn a_retired_name_is_no_longer_published() {
        let other = "Astreinte <astreinte@csirt-estuaire.example>";
        let key = team()
            .add_user_id(
                "Astreinte",
                "astreinte@csirt-estuaire.example",
                day(2026, 4, 1),
            )
            .unwrap()
            .key;
        let retired = key.retire_user_id(other, day(2026, 5, 1)).unwrap().key;
        let (before, after) = (key.certificate(), retired.certificate());
        assert_eq!(paths(&before, day(2026, 5, 2)).len(), 3);
        assert_eq!(
            paths(&after, day(2026, 5, 2)),
            paths(&team().certificate(), day(2026, 5, 2))
        );
    }

    #[test]
    fn no_name_leads_out_of_the_directory() {
        for name in [
            "x <a@..>",
            "x <a@../../etc>",
            "x <a@b/c>",
            "x <a@.example>",
            "x <\"a@b\"@c.example/..>",
            "sans adresse",
            "",
        ] {
            assert_eq!(address(&UserID::from(name)).unwrap(), None, "{name}");
        }
        let accents = address(&UserID::from("x <a@préfecture.example>")).unwrap();
        assert_eq!(accents.unwrap().domain, "xn--prfecture-c4a.example");
    }

    proptest! {
        #[test]
        fn any_name_has_a_harmless_place_or_none(name in "[a-zé@<>\"\\\\./ %-]{0,40}") {
            if let Some(Address { domain, hash }) = address(&UserID::from(name)).unwrap() {
                prop_assert_eq!(hash.len(), 32);
                let harmless = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
                prop_assert!(domain.bytes().all(harmless) && !domain.contains(".."), "{}", domain);
            }
        }
    }
}
