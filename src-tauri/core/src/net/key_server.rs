//! Key servers that speak HKP (draft-gallagher-openpgp-hkp, the "submit" operation), over TLS alone.

use std::time::Duration;

use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Body};

use super::NetError;

/// Long enough for a slow line on a site visit.
const PATIENCE: Duration = Duration::from_secs(30);
/// As much of an answer as is kept.
const REASON_CHARS: usize = 200;
const ANSWER_BYTES: u64 = 100_000;

/// A server's name as it is kept: "keys.openpgp.org", in small letters, with a port if it has one.
///
/// # Errors
/// [`NetError::Name`].
pub fn host(typed: &str) -> Result<String, NetError> {
    let name = typed.trim().trim_end_matches('/').to_lowercase();
    let name = ["https://", "hkps://"]
        .iter()
        .find_map(|scheme| name.strip_prefix(scheme))
        .unwrap_or(&name);
    let (host, port) = name.split_once(':').unwrap_or((name, "443"));
    let labels_hold = host.split('.').all(|label| {
        let right = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..64).contains(&label.len()) && label.chars().all(right)
    });
    if labels_hold && host.contains('.') && host.len() < 254 && port.parse::<u16>().is_ok() {
        Ok(name.to_owned())
    } else {
        Err(NetError::Name)
    }
}

/// Gives a public key, armoured, to a server named as [`host`] gives it.
///
/// # Errors
/// [`NetError::Unreachable`], [`NetError::Untrusted`], [`NetError::Refused`].
pub fn submit(host: &str, armoured: &str) -> Result<(), NetError> {
    let agent = agent();
    let sent = agent
        .post(format!("https://{host}/pks/add"))
        .send_form([("keytext", armoured)]);
    let mut answer = sent.map_err(failed)?;
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    Err(refusal(status.as_u16(), &mut answer))
}

/// A server's no, with the beginning of its reason.
pub(super) fn refusal(status: u16, answer: &mut Response<Body>) -> NetError {
    let text = answer.body_mut().with_config().limit(ANSWER_BYTES);
    let reason = text.read_to_string().unwrap_or_default();
    NetError::Refused {
        status,
        reason: reason
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(REASON_CHARS)
            .collect(),
    }
}

/// What speaks to a server: over TLS that the system's own store trusts, to the host that was named and to no other.
pub(super) fn agent() -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::NativeTls)
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .https_only(true)
        // What is asked or given is for the server that was named, not for one that it names.
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent("")
        .tls_config(tls)
        .build()
        .into()
}

pub(super) fn failed(error: ureq::Error) -> NetError {
    match error {
        ureq::Error::NativeTls(error) => NetError::Untrusted(error.to_string()),
        ureq::Error::Tls(error) => NetError::Untrusted(error.to_owned()),
        other => NetError::Unreachable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_by_its_host_whatever_was_pasted() {
        for typed in [
            "keys.openpgp.org",
            " HKPS://Keys.OpenPGP.org/ ",
            "https://keys.openpgp.org",
        ] {
            assert_eq!(host(typed), Ok("keys.openpgp.org".to_owned()), "{typed}");
        }
        assert_eq!(
            host("cles.example:8443"),
            Ok("cles.example:8443".to_owned())
        );
        for typed in [
            "",
            "keys",
            "hkp://keys.example",
            "keys.example/pks",
            "a@b.example",
            "keys.example:x",
            "keys..example",
            "keys.example\r\nHost: autre.example",
        ] {
            assert_eq!(host(typed), Err(NetError::Name), "{typed}");
        }
    }
}
