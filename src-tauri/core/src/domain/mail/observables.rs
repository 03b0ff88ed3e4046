//! Technical traces that stand in a text: addresses, names, hashes, as analysts write them ("hxxp", "[.]").

use core::net::{Ipv4Addr, Ipv6Addr};
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most that are taken out of one text.
const MAX: usize = 500;

/// Endings that are a file's far more often than a domain's.
const FILES: [&str; 30] = [
    "7z", "bat", "bin", "cfg", "conf", "csv", "dat", "dll", "doc", "docx", "eml", "exe", "gif",
    "html", "ini", "jpeg", "jpg", "js", "json", "lnk", "log", "msi", "pdf", "png", "ps1", "txt",
    "vbs", "xls", "xlsx", "xml",
];

/// What kind of trace it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ObservableKind {
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A domain name.
    Domain,
    /// A web address.
    Url,
    /// A mail address.
    Mail,
    /// An MD5 hash.
    Md5,
    /// A SHA-1 hash.
    Sha1,
    /// A SHA-256 hash.
    Sha256,
    /// A vulnerability, "CVE-2026-12345".
    Cve,
}

/// One trace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Observable {
    /// What it is.
    pub kind: ObservableKind,
    /// As it is meant ("hxxp" and "[.]" undone), in small letters but for a web address.
    pub value: String,
}

/// The traces of a text, each once, by kind.
#[must_use]
pub fn observables(text: &str) -> Vec<Observable> {
    let between = |c: char| c.is_whitespace() || "<>\"'`,;|()«»{}".contains(c);
    let words = text
        .split(between)
        .map(|word| word.trim_matches(|c: char| "!?*_=".contains(c)));
    let found: BTreeSet<Observable> = words.filter_map(observable).take(MAX).collect();
    found.into_iter().collect()
}

fn observable(word: &str) -> Option<Observable> {
    // Longer than any address that somebody wrote on purpose.
    if word.len() < 4 || word.len() > 2000 {
        return None;
    }
    // Most words are none, and nothing is made of those.
    if !word.contains(['.', ':', '@', '-', '[']) && !word.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let meant = fanged(word);
    let defanged = meant != word;
    let meant = meant.trim_end_matches(['.', ':']);
    let lower = meant.to_lowercase();
    let of = |kind, value: &str| {
        Some(Observable {
            kind,
            value: value.to_owned(),
        })
    };
    use ObservableKind as K;
    if let Some(rest) = ["http://", "https://", "ftp://"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme))
    {
        return if rest.len() > 3 && rest.contains('.') {
            of(K::Url, meant)
        } else {
            None
        };
    }
    if is_cve(&lower) {
        return of(K::Cve, &lower.to_uppercase());
    }
    if lower.chars().all(|c| c.is_ascii_hexdigit()) {
        return match lower.len() {
            32 => of(K::Md5, &lower),
            40 => of(K::Sha1, &lower),
            64 => of(K::Sha256, &lower),
            _ => None,
        };
    }
    let (host, has_port) = match lower.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') && port.parse::<u16>().is_ok() => (host, true),
        _ => (lower.as_str(), false),
    };
    if host.parse::<Ipv4Addr>().is_ok() {
        return of(K::Ipv4, host);
    }
    let bare = lower.trim_matches(['[', ']']);
    if bare.contains("::") || bare.matches(':').count() == 7 {
        return bare
            .parse::<Ipv6Addr>()
            .ok()
            .and_then(|address| of(K::Ipv6, &address.to_string()));
    }
    if let Some((local, domain)) = lower.split_once('@') {
        return if !local.is_empty() && is_domain(domain, true) {
            of(K::Mail, &lower)
        } else {
            None
        };
    }
    (is_domain(host, defanged || has_port)).then(|| Observable {
        kind: K::Domain,
        value: host.to_owned(),
    })
}

/// What was made harmless for the eye, as it is meant.
fn fanged(word: &str) -> String {
    let mut meant = word.to_owned();
    for (harmless, real) in [
        ("[.]", "."),
        ("(.)", "."),
        ("[dot]", "."),
        ("[:]", ":"),
        ("[@]", "@"),
        ("[at]", "@"),
        ("[://]", "://"),
    ] {
        meant = meant.replace(harmless, real);
    }
    for (harmless, real) in [("hxxp", "http"), ("hXXp", "http"), ("fxp://", "ftp://")] {
        if let Some(rest) = meant.strip_prefix(harmless) {
            meant = format!("{real}{rest}");
        }
    }
    meant
}

/// Whether this is a domain name; `told`: something else says so, such as "[.]".
fn is_domain(name: &str, told: bool) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let (Some(last), true) = (labels.last(), labels.len() > 1 && name.len() < 254) else {
        return false;
    };
    let right = |label: &&str| {
        !label.is_empty()
            && label.len() < 64
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
    };
    let top =
        last.len() > 1 && last.chars().all(|c| c.is_ascii_alphabetic()) || last.starts_with("xn--");
    labels.iter().all(right) && top && (told || !FILES.contains(last))
}

fn is_cve(word: &str) -> bool {
    let mut parts = word.split('-');
    let (cve, year, number) = (parts.next(), parts.next(), parts.next());
    let digits = |part: Option<&str>, least: usize| {
        part.is_some_and(|p| p.len() >= least && p.chars().all(|c| c.is_ascii_digit()))
    };
    cve == Some("cve") && digits(year, 4) && digits(number, 4) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ObservableKind as K;

    fn found(text: &str) -> Vec<(K, String)> {
        observables(text)
            .into_iter()
            .map(|one| (one.kind, one.value))
            .collect()
    }

    #[test]
    fn traces_are_found_as_analysts_write_them() {
        let text = "Connexions vers 203.0.113[.]7:8443 et hxxps://piste[.]example/a?b=1. \
            Domaine : mail.piste.example, empreinte d41d8cd98f00b204e9800998ecf8427e (facture.pdf, CVE-2026-12345) \
            de support[at]piste.example ; 2001:db8::7.";
        assert_eq!(
            found(text),
            [
                (K::Ipv4, "203.0.113.7".to_owned()),
                (K::Ipv6, "2001:db8::7".to_owned()),
                (K::Domain, "mail.piste.example".to_owned()),
                (K::Url, "https://piste.example/a?b=1".to_owned()),
                (K::Mail, "support@piste.example".to_owned()),
                (K::Md5, "d41d8cd98f00b204e9800998ecf8427e".to_owned()),
                (K::Cve, "CVE-2026-12345".to_owned()),
            ]
        );
    }

    #[test]
    fn what_only_looks_like_a_trace_is_none() {
        for text in [
            "09:42",
            "facture.pdf",
            "version 2.10",
            "J.-C. Morel",
            "02 99 00 00 00",
            "1.2.3",
            "a.b",
            "etc.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_trace_that_stands_twice_is_told_once() {
        assert_eq!(
            found("piste.example PISTE.example piste[.]example").len(),
            1
        );
    }
}
