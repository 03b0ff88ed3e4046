//! The kept corpus once more: what broke a promise once must not break it again. `./dev fuzz` looks for more.

use std::fs;
use std::path::Path;

use relais_fuzz::TARGETS;

/// Gives every file of a target's corpus to it.
fn replay(name: &str) {
    let (_, target) = TARGETS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a target of that name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let mut files = 0;
    for entry in fs::read_dir(&folder).expect("the kept corpus") {
        let path = entry.expect("a file").path();
        // Shown when the test fails.
        println!("{}", path.display());
        target(&fs::read(&path).expect("a readable file"));
        files += 1;
    }
    assert!((20..=200).contains(&files), "{files} files in the corpus");
}

#[test]
fn mails_as_they_come() {
    replay("mime");
}

#[test]
fn parts_inside_encrypted_mails() {
    replay("sealed");
}

#[test]
fn openpgp_messages_and_signatures() {
    replay("openpgp");
}

#[test]
fn files_of_keys() {
    replay("keys");
}
