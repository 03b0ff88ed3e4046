//! The team's key on a real key server: onak, behind TLS, in a network of its own; gpg finds it there.

#[path = "cli/demo.rs"]
mod demo;

use std::fs;

use demo::Demo;
use relais_tests::machine::{certificate, onak, run};
use serde_json::Value;

const HOST: &str = "cles.example";

/// A machine of its own: no network but itself, its own names; onak's programs behind a web server that starts when the
/// file "open" is asked for.
const ALONE: &str = r#"
set -e
cd "$1"
ip link set lo up
echo "127.0.0.1 cles.example" > hosts && mount --bind hosts /etc/hosts
echo "hosts: files" > names && mount --bind names /etc/nsswitch.conf
mount --bind onak.ini /etc/onak.ini
publish() { RELAIS_PASSPHRASE="$4" "$2" --vault "$3" --user lead --json key publish --server cles.example > "$6" 2> "$6.err" || echo $? > "$6.code"; }
publish "$@" unreachable.json
python3 serve.py > server.log 2>&1 &
while ! openssl s_client -connect 127.0.0.1:443 < /dev/null > /dev/null 2>&1; do sleep 0.1; done
publish "$@" untrusted.json
export SSL_CERT_FILE="$1/tls.crt"
publish "$@" taken.json
mount --bind tls.crt /etc/ssl/certs/ca-certificates.crt
mkdir -m 700 gpg && echo standard-resolver > gpg/dirmngr.conf
gpg --homedir gpg --batch --no-tty --keyserver hkps://cles.example:443 --recv-keys "$5" || { tail -n 20 server.log onak.log taken.json* >&2; exit 1; }
gpg --homedir gpg --batch --no-tty --with-colons --list-keys > found.txt
gpgconf --homedir gpg --kill all; kill $!
"#;

/// What a web server would do: runs onak's programs under /pks.
const SERVE: &str = r#"
import http.server, ssl
class Server(http.server.CGIHTTPRequestHandler):
    cgi_directories = ["/pks"]
    have_fork = False  # a forked program would answer beside the TLS
server = http.server.HTTPServer(("127.0.0.1", 443), Server)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("tls.crt", "tls.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
"#;

#[test]
fn a_key_waits_for_its_server_is_taken_once_and_found_by_others() {
    let demo = Demo::of(1);
    let room = tempfile::tempdir().unwrap();
    let room = room.path();
    fs::write(room.join("serve.py"), SERVE).unwrap();
    onak("file", room);
    certificate(&[HOST], room);
    let shown = demo.json("lead", &["key", "show"]);
    let fingerprint = shown["fingerprint"].as_str().unwrap().replace(' ', "");
    run(
        "unshare",
        &[
            "--map-root-user",
            "--mount",
            "--net",
            "sh",
            "-c",
            ALONE,
            "sh",
            room.to_str().unwrap(),
            demo::program().to_str().unwrap(),
            demo.vault().to_str().unwrap(),
            demo.passphrase("lead"),
            &fingerprint,
        ],
        room,
    );
    let state = |file: &str| -> (String, bool) {
        let told: Value = serde_json::from_slice(&fs::read(room.join(file)).unwrap()).unwrap();
        let failed = room.join(format!("{file}.code")).exists();
        (told[0]["state"].as_str().unwrap().to_owned(), failed)
    };
    assert_eq!(state("unreachable.json"), ("queued".into(), true));
    assert_eq!(state("untrusted.json"), ("refused".into(), true));
    assert_eq!(state("taken.json"), ("current".into(), false));
    let found = fs::read_to_string(room.join("found.txt")).unwrap();
    assert!(found.contains(&fingerprint), "{found}");
    // A change of the key is not on the server before it is sent again.
    demo.json("lead", &["key", "rotate", "mail"]);
    let shown = demo.json("lead", &["key", "show"]);
    assert_eq!(shown["publications"][0]["state"], "behind");
}
