//! Addresses inside a text, and hosts that stand between a reader and the real one.

use std::ops::Range;

use crate::domain::team::is_mail_shape;

/// Services that rewrite links: a mail gateway's check, a translation, a cache. An address copied from such a page leads
/// through somebody else. From the makers' public documentation; the list may grow without harm.
const REWRITERS: [&str; 7] = [
    "safelinks.protection.outlook.com",
    "translate.goog",
    "translate.google.com",
    "urldefense.com",
    "urldefense.proofpoint.com",
    "webcache.googleusercontent.com",
    "linkprotect.cudasvc.com",
];

const ENDS_ADDRESS: [char; 9] = ['<', '>', '"', '«', '»', '“', '”', '{', '}'];

/// Where the web addresses stand in a text; the full stop after one is not part of it.
pub(super) fn urls(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("http").map(|at| from + at) {
        let rest = &text[start..];
        if !rest.starts_with("https://") && !rest.starts_with("http://") {
            from = start + 4;
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || ENDS_ADDRESS.contains(&c))
            .unwrap_or(rest.len());
        let mut address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '’', '\'']);
        if !address.contains('(') {
            address = address.trim_end_matches([')', '.', ',', ';']);
        }
        found.push(start..start + address.len());
        from = start + end.max(4);
    }
    found
}

/// Where the mail addresses stand in a text.
pub(super) fn mails(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let parts = |c: char| {
        c.is_whitespace()
            || ENDS_ADDRESS.contains(&c)
            || matches!(c, '(' | ')' | ',' | ';' | ':' | '/' | '=')
    };
    for word in text.split(parts) {
        let start = from;
        from += word.len();
        from += text[from..].chars().next().map_or(0, char::len_utf8);
        let address = word.trim_end_matches(['.', '!', '?', '’', '\'']);
        if is_mail_shape(address) {
            found.push(start..start + address.len());
        }
    }
    found
}

/// The host of a web address, in small letters, without user or port.
pub(super) fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// A web address that leads through somebody else's host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proxied {
    /// The same address without the host in between, where the host tells it.
    pub real: Option<String>,
}

/// Whether an address goes through a host that rewrites or relays others.
pub(super) fn proxied(url: &str) -> Option<Proxied> {
    let host = host(url)?;
    if let Some(hidden) = hidden_host(&host) {
        let (scheme, rest) = url.split_once("://")?;
        let path = rest.find(['/', '?', '#']).map_or("", |at| &rest[at..]);
        let real = Some(format!("{scheme}://{hidden}{path}"));
        return Some(Proxied { real });
    }
    let listed = REWRITERS
        .iter()
        .any(|suffix| host == *suffix || host.ends_with(&format!(".{suffix}")));
    listed.then_some(Proxied { real: None })
}

/// The host that another host's name spells in hexadecimal (`6578616d706c65` for `example`), as relaying proxies do.
fn hidden_host(host: &str) -> Option<String> {
    let decoded: Vec<String> = host
        .split(|c: char| !c.is_ascii_hexdigit())
        .filter(|run| run.len() >= 4 && run.len() % 2 == 0)
        .filter_map(decode)
        .collect();
    let hidden = decoded.join(".");
    let (_, last) = hidden.rsplit_once('.')?;
    let is_domain = last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic());
    let has_name = hidden.split('.').all(|label| !label.is_empty());
    (is_domain && has_name).then_some(hidden)
}

/// Hexadecimal digits as the characters of a host name, if that is what they spell.
fn decode(run: &str) -> Option<String> {
    let bytes = (0..run.len()).step_by(2);
    bytes
        .map(|at| {
            let byte = u8::from_str_radix(run.get(at..at + 2)?, 16).ok()?;
            let c = char::from(byte);
            (c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-')).then_some(c)
        })
        .collect()
}

/// An address by which two links to the same thing are known: no fragment, no final slash, no scheme.
pub(super) fn same_target(one: &str, other: &str) -> bool {
    let bare = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.split('#').next().unwrap_or(rest);
        rest.trim_end_matches('/').to_owned()
    };
    !one.is_empty() && bare(one) == bare(other)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn all(text: &str, find: fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn an_address_ends_before_the_stop_that_ends_the_sentence() {
        assert_eq!(
            all(
                "Voir (https://www.first.example/tlp). Puis http://a.example/b?c=d; fin",
                urls
            ),
            ["https://www.first.example/tlp", "http://a.example/b?c=d"]
        );
        assert_eq!(
            all("httpx https:/ http:// «https://a.example»", urls).last(),
            Some(&"https://a.example")
        );
    }

    #[test]
    fn mail_addresses_are_found_in_running_text() {
        assert_eq!(
            all(
                "Écrire à equipe@csirt.example. Ou (mailto:autre@csirt.example), pas à a@b",
                mails
            ),
            ["equipe@csirt.example", "autre@csirt.example"]
        );
    }

    #[test]
    fn a_host_that_spells_another_in_hexadecimal_is_seen_and_undone() {
        let spelled = |host: &str| host.bytes().map(|b| format!("{b:02x}")).collect::<String>();
        let parts: Vec<String> = ["www", "region", "test"].map(&spelled).into();
        let url = format!("https://i{}z.relay.example/doc.pdf?x=1", parts.join("o"));
        let real = Some("https://www.region.test/doc.pdf?x=1".to_owned());
        assert_eq!(proxied(&url), Some(Proxied { real: real.clone() }));
        let whole = format!(
            "https://{}.relay.example/doc.pdf?x=1",
            spelled("www.region.test")
        );
        assert_eq!(proxied(&whole), Some(Proxied { real }));
    }

    #[test]
    fn a_mail_gateway_s_rewritten_link_is_seen() {
        assert_eq!(
            proxied("https://eur01.safelinks.protection.outlook.com/?url=x"),
            Some(Proxied { real: None })
        );
    }

    #[test]
    fn ordinary_hosts_are_left_alone() {
        for url in [
            "https://www.paysdelaloire.fr/a",
            "https://facade.decade.example",
            "https://cafe.face.fr/2023-10/x",
            "https://a1b2c3d4.cdn.example/",
            "https://pgp.mit.edu/pks/lookup?search=a%40b",
            "https://17cyber.gouv.fr",
            "mailto:a@b.example",
        ] {
            assert_eq!(proxied(url), None, "{url}");
        }
    }

    #[test]
    fn two_links_to_one_thing_are_known_as_one() {
        assert!(same_target(
            "https://a.example/x/",
            "http://a.example/x#page=2"
        ));
        assert!(!same_target("https://a.example/x", "https://a.example/y"));
        assert!(!same_target("", ""));
    }
}
