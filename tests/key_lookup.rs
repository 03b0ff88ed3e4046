//! Looking for keys: in Web Key Directories (one is our own export) and on a real key server, onak, behind TLS, in a network
//! of its own; and what becomes of answers that lie, lead elsewhere or never end.

#[path = "cli/demo.rs"]
mod demo;

use std::fs;
use std::path::Path;

use chrono::{Duration, Utc};
use demo::Demo;
use relais_core::pgp::TeamKey;
use relais_tests::machine::{certificate, onak, run};
use serde_json::Value;

/// A machine of its own: no network but itself, its own names; a web server that starts in the middle.
const ALONE: &str = r#"
set -e
cd "$1"
ip link set lo up
mount --bind hosts /etc/hosts
echo "hosts: files" > names && mount --bind names /etc/nsswitch.conf
mount --bind onak.ini /etc/onak.ini
look() { RELAIS_PASSPHRASE="$reader_word" "$program" --vault "$reader" --user operateur --json keyring lookup "$2" --from "$3" > "$1.json" 2> "$1.err" || echo $? > "$1.code"; }
program="$2" publisher="$3" publisher_word="$4" reader="$5" reader_word="$6" team="$7" fingerprint="$8"
look unreachable "$team" wkd
python3 serve.py > server.log 2>&1 &
while ! openssl s_client -connect 127.0.0.1:443 < /dev/null > /dev/null 2>&1; do sleep 0.1; done
look untrusted "$team" wkd
export SSL_CERT_FILE="$1/tls.crt"
look advanced "$team" wkd
look direct chef@direct.example wkd
look moved chef@deplace.example wkd
look elsewhere chef@ailleurs.example wkd
look liar chef@menteur.example wkd
look nobody personne@direct.example wkd
look unknown "$team" cles.example
RELAIS_PASSPHRASE="$publisher_word" "$program" --vault "$publisher" --user lead --json key publish --server cles.example > published.json
look server "$team" cles.example
look fingerprint "$fingerprint" cles.example
look lure "$team" renvoi.example
look endless "$team" grand.example
look cut "$team" coupe.example
kill $!
"#;

/// What a web server would do: files, onak's programs under /pks, and some hosts that do wrong.
const SERVE: &str = r#"
import http.server, ssl
class Server(http.server.CGIHTTPRequestHandler):
    cgi_directories = ["/pks"]
    have_fork = False  # a forked program would answer beside the TLS
    def do_GET(self):
        host = self.headers["Host"].split(":")[0]
        leads = {"openpgpkey.deplace.example": "/deplace.key", "openpgpkey.ailleurs.example": "https://cles.example/deplace.key",
                 "renvoi.example": "https://cles.example" + self.path}
        if host in leads and self.path != leads[host]:
            self.send_response(302)
            self.send_header("Location", leads[host])
            self.end_headers()
        elif host == "openpgpkey.menteur.example":
            self.path = "/deplace.key"
            super().do_GET()
        elif host in ("grand.example", "coupe.example"):
            self.send_response(200)
            self.send_header("Content-Length", str(3 << 20))
            self.end_headers()
            self.wfile.write(b"A" * (3 << 20 if host == "grand.example" else 100))
        else:
            super().do_GET()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Server)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("tls.crt", "tls.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
"#;

/// Puts somebody's key where a web server would have it: by the direct method, and under a name that an answer leads to.
fn other_directories(room: &Path) {
    let key = |mail: &str| {
        let made = Utc::now() - Duration::days(2);
        let key = TeamKey::generate("Chef", mail, made, made + Duration::days(300));
        key.unwrap().key.certificate()
    };
    for file in key("chef@direct.example").wkd(Utc::now()).unwrap() {
        let place = room.join(file.path.replace("/direct.example/", "/"));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, file.bytes).unwrap();
    }
    let moved = key("chef@deplace.example").to_bytes().unwrap();
    fs::write(room.join("deplace.key"), moved).unwrap();
}

#[test]
fn keys_are_found_in_directories_and_on_a_server_and_wrong_answers_bring_none() {
    let (publisher, reader) = (Demo::of(1), Demo::of(1));
    let room = tempfile::tempdir().unwrap();
    let room = room.path();
    let shown = publisher.json("lead", &["key", "show"]);
    let fingerprint = shown["fingerprint"].as_str().unwrap().replace(' ', "");
    let name = shown["user_ids"][0].as_str().unwrap();
    let team = name.rsplit('<').next().unwrap().trim_end_matches('>');
    let domain = team.split('@').nth(1).unwrap();
    publisher.json(
        "lead",
        &["key", "wkd", "--out", room.join("web").to_str().unwrap()],
    );
    fs::rename(room.join("web/.well-known"), room.join(".well-known")).unwrap();
    other_directories(room);
    let hosts = [
        "cles.example",
        "renvoi.example",
        "grand.example",
        "coupe.example",
        "direct.example",
        "openpgpkey.deplace.example",
        "openpgpkey.ailleurs.example",
        "openpgpkey.menteur.example",
    ]
    .map(str::to_owned);
    let hosts = [hosts.to_vec(), vec![format!("openpgpkey.{domain}")]].concat();
    fs::write(
        room.join("hosts"),
        format!("127.0.0.1 {}\n", hosts.join(" ")),
    )
    .unwrap();
    fs::write(room.join("serve.py"), SERVE).unwrap();
    onak("db4", room);
    let names: Vec<&str> = hosts.iter().map(String::as_str).collect();
    certificate(&names, room);
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
            publisher.vault().to_str().unwrap(),
            publisher.passphrase("lead"),
            reader.vault().to_str().unwrap(),
            reader.passphrase("operateur"),
            team,
            &fingerprint,
        ],
        room,
    );
    let answer = |step: &str| -> (Value, bool) {
        let text = fs::read(room.join(format!("{step}.json"))).unwrap();
        let told = serde_json::from_slice(&text).unwrap_or_else(|_| {
            panic!(
                "{step}: {}",
                fs::read_to_string(room.join(format!("{step}.err"))).unwrap()
            )
        });
        (told, room.join(format!("{step}.code")).exists())
    };
    let failure = |step: &str| {
        let (told, failed) = answer(step);
        assert!(failed, "{step}: {told}");
        let last = told["lookups"].as_array().unwrap().last().cloned();
        last.unwrap()["failure"].as_str().unwrap().to_owned()
    };
    let came = |step: &str, how: &str| {
        let (told, failed) = answer(step);
        assert!(!failed, "{step}: {told}");
        let ids = told["imported"][how].as_array().unwrap().clone();
        assert_eq!(ids.len(), 1, "{step}: {told}");
        ids[0].as_str().unwrap().to_owned()
    };
    assert_eq!(failure("unreachable"), "unreachable");
    assert_eq!(failure("untrusted"), "untrusted");
    let ours = came("advanced", "new");
    came("direct", "new");
    came("moved", "new");
    assert_eq!(failure("elsewhere"), "refused");
    assert_eq!(failure("liar"), "key_other_address");
    assert_eq!(failure("nobody"), "not_found");
    assert_eq!(failure("unknown"), "not_found");
    assert_eq!(came("server", "known"), ours);
    assert_eq!(came("fingerprint", "known"), ours);
    assert_eq!(failure("lure"), "refused");
    assert_eq!(failure("endless"), "key_too_large");
    assert_eq!(failure("cut"), "unreachable");
    let keys = reader.json("operateur", &["keyring", "list"]);
    let keys = keys.as_array().unwrap();
    assert_eq!(keys.len(), 3, "{keys:?}");
    for key in keys {
        assert_eq!(
            (&key["trust"], &key["fitness"]),
            (&"seen".into(), &"fit".into())
        );
        assert_eq!(key["origin"], "wkd");
    }
    // The rest of the command line: a key is exported, verified, and found by its fingerprint.
    let export = |user: &str, arguments: &[&str]| reader.json(user, arguments);
    let exported = export("operateur", &["keyring", "export", &fingerprint]);
    let armoured = exported["armoured"].as_str().unwrap();
    fs::write(room.join("export.asc"), armoured).unwrap();
    let file = room.join("export.asc");
    let told = export("operateur", &["keyring", "import", file.to_str().unwrap()]);
    assert_eq!(told["known"][0], ours.as_str());
    let verify = [
        "keyring",
        "verify",
        &fingerprint,
        "--with",
        "Aurore, 02 99 00 00 00",
    ];
    let refused = reader.run("operateur", &verify);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(export("analyste", &verify)["trust"], "verified");
}
