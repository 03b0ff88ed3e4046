//! What the real servers of the tests need: programs that must succeed, a certificate, a key server's settings.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a program in a folder, and says what it said when it failed.
///
/// # Panics
/// When it is missing or fails.
pub fn run(program: &str, arguments: &[&str], folder: &Path) -> Output {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|problem| panic!("{program} is missing, run ./dev setup: {problem}"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Puts a certificate that it signed itself (`tls.crt`), and its key (`tls.key`), for these names into a folder.
pub fn certificate(names: &[&str], folder: &Path) {
    let names: Vec<String> = names.iter().map(|name| format!("DNS:{name}")).collect();
    let names = format!("subjectAltName={}", names.join(","));
    let wanted =
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=essai -keyout tls.key -out tls.crt";
    let mut arguments: Vec<&str> = wanted.split(' ').collect();
    arguments.extend(["-addext", &names]);
    run("openssl", &arguments, folder);
}

/// Furnishes a folder for onak, the key server: its settings (`onak.ini`), a place for its keys, and its programs (`pks`).
/// Of its `backend`s, "file" knows keys by fingerprint alone, "db4" by address as well.
///
/// # Panics
/// When the folder cannot be written.
pub fn onak(backend: &str, folder: &Path) {
    let settings = format!(
        "[main]\nbackend={backend}\nbackends_dir=/usr/lib/x86_64-linux-gnu/onak/backends\nlogfile={0}/onak.log\nloglevel=0\n\
         use_keyd=false\nmax_reply_keys=16\n[verification]\nverify_signatures=true\n[backend:{backend}]\ntype={backend}\nlocation={0}/keys\n",
        folder.display()
    );
    fs::write(folder.join("onak.ini"), settings).unwrap();
    fs::create_dir(folder.join("keys")).unwrap();
    std::os::unix::fs::symlink("/usr/lib/cgi-bin/pks", folder.join("pks")).unwrap();
}
