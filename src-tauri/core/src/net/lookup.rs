//! Looking for somebody's key: in the Web Key Directory of their domain, on a key server (HKP's "get" operation over TLS).
//! Each look-up tells the other side whose key somebody wants: it is made at a person's word, and at no other time.

use std::net::ToSocketAddrs;

use ureq::http::Response;
use ureq::http::header::LOCATION;
use ureq::{Agent, Body};

use super::NetError;
use super::key_server::{agent, failed, refusal};

/// The most that is read of an answer: one key at its largest.
const MOST_BYTES: u64 = 1024 * 1024;
/// Steps within the same host that are followed in a directory.
const MOST_STEPS: u32 = 3;

/// The key in a Web Key Directory: by the advanced method, and by the direct one only where the advanced method's host does
/// not exist (draft-koch-openpgp-webkey-service-18, §3.1). Each place is a host and a path with its query.
///
/// # Errors
/// [`NetError::Absent`] where the directory has no such key; the others of [`NetError`].
pub fn in_directory(
    advanced: (&str, &str),
    direct: (&str, &str),
) -> std::result::Result<Vec<u8>, NetError> {
    let (host, path) = if exists(advanced.0) { advanced } else { direct };
    get(&agent(), host, path, MOST_STEPS)
}

/// The keys that a server, named as [`super::key_server::host`] gives it, has for an address or a fingerprint ("0x…").
///
/// # Errors
/// The same. Servers do not follow one way of saying that they have none: an answer may hold no key.
pub fn on_server(host: &str, search: &str) -> std::result::Result<Vec<u8>, NetError> {
    let query: String = search.bytes().map(escaped).collect();
    let path = format!("/pks/lookup?op=get&options=mr&search={query}");
    get(&agent(), host, &path, 0)
}

/// Whether the name of a host leads anywhere. Without a network none does: then the direct method finds that out.
fn exists(host: &str) -> bool {
    (host, 443)
        .to_socket_addrs()
        .is_ok_and(|mut found| found.next().is_some())
}

fn get(agent: &Agent, host: &str, path: &str, steps: u32) -> Result<Vec<u8>, NetError> {
    let mut answer = agent
        .get(format!("https://{host}{path}"))
        .call()
        .map_err(failed)?;
    let status = answer.status();
    if status.is_redirection()
        && steps > 0
        && let Some(next) = same_host(host, &answer)
    {
        return get(agent, host, &next, steps - 1);
    }
    match status.as_u16() {
        200 => {
            let body = answer.body_mut().with_config().limit(MOST_BYTES);
            body.read_to_vec().map_err(|error| match error {
                ureq::Error::BodyExceedsLimit(_) => NetError::TooLarge,
                other => failed(other),
            })
        }
        404 | 410 => Err(NetError::Absent),
        other => Err(refusal(other, &mut answer)),
    }
}

/// The path that an answer leads to, if it is on the same host: another one could be anybody's.
fn same_host(host: &str, answer: &Response<Body>) -> Option<String> {
    let to = answer.headers().get(LOCATION)?.to_str().ok()?;
    path_on(host, to)
}

fn path_on(host: &str, to: &str) -> Option<String> {
    let path = match to.strip_prefix("https://") {
        Some(rest) => rest.strip_prefix(host)?,
        None => to,
    };
    (path.starts_with('/') && !path.starts_with("//")).then(|| path.to_owned())
}

/// A byte of a query (RFC 3986 §2.1).
fn escaped(byte: u8) -> String {
    match byte {
        b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_may_lead_elsewhere_on_its_host_and_nowhere_else() {
        let host = "openpgpkey.firme.example";
        let on = |to: &str| path_on(host, to);
        assert_eq!(on("/autre/place"), Some("/autre/place".to_owned()));
        assert_eq!(
            on("https://openpgpkey.firme.example/x?l=a"),
            Some("/x?l=a".to_owned())
        );
        for elsewhere in [
            "https://autre.example/x",
            "https://openpgpkey.firme.example.autre.example/x",
            "https://openpgpkey.firme.example:8443/x",
            "https://openpgpkey.firme.example@autre.example/x",
            "http://openpgpkey.firme.example/x",
            "//autre.example/x",
            "ftp://x",
            "",
        ] {
            assert_eq!(on(elsewhere), None, "{elsewhere}");
        }
    }
}
