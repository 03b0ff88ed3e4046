//! What outsiders make of a published RFC 2350 edition: gpg, RNP and sqop verify its signatures, poppler reads its pages,
//! sectxt its security.txt, and the W3C's validator its pages for the web.

#[path = "gpg/programs.rs"]
mod programs;
#[path = "rfc2350/readers.rs"]
mod readers;

use std::fs;
use std::path::PathBuf;

use chrono::{Duration, Utc};
use programs::{Gpg, judge};
use readers::{manifest_holds, pdftotext, sectxt, vnu};
use relais_core::api::view::EditionView;
use relais_core::domain::people::Role;
use relais_core::domain::rfc2350::Section;
use relais_core::reference::profiles;
use relais_tests::{Team, settle_rfc2350};

const KEY: &str = "cle-publique.asc";
const CLEAR_SIGNED: [&str; 3] = [
    "rfc2350-fr.signed.txt",
    "rfc2350-en.signed.txt",
    "security.txt",
];

/// An edition as a stranger gets it.
struct Published {
    /// Holds the folder.
    _team: Team,
    edition: EditionView,
    /// In groups of four.
    fingerprint: String,
    folder: PathBuf,
}

impl Published {
    /// Made now: the judges read the machine's clock.
    fn now() -> Self {
        let team = Team::of_three_at(Utc::now());
        let mut lead = team.unlock(Role::Lead);
        settle_rfc2350(&mut lead);
        let edition = lead.publish_rfc2350().unwrap();
        let folder = team.folder().join("publie");
        lead.export_rfc2350(Some(edition.id), None, &folder)
            .unwrap();
        let fingerprint = lead.view().unwrap().key_fingerprint;
        Self {
            _team: team,
            edition,
            fingerprint,
            folder,
        }
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The names of the files that a signature goes with.
    fn signed(&self) -> Vec<&str> {
        let names = self.edition.files.iter().map(|file| file.name.as_str());
        names
            .filter(|name| *name != KEY)
            .filter_map(|name| name.strip_suffix(".asc"))
            .collect()
    }

    /// A home that holds the team's key and the whole edition.
    fn home(&self) -> Gpg {
        let home = Gpg::new();
        for file in &self.edition.files {
            home.write(&file.name, &self.read(&file.name));
        }
        home.import(&self.read(KEY));
        home
    }
}

/// The file with its middle byte changed.
fn changed(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes
}

/// What gpg, RNP and sqop say of a signature beside a file.
fn detached(home: &Gpg, name: &str, bytes: &[u8]) -> [bool; 3] {
    home.write(name, bytes);
    let signature = format!("{name}.asc");
    let gpg = home.run(&["--verify", &signature, name], b"");
    let rnp = ["--homedir", "rnp", "--keyfile", KEY, "--verify", &signature];
    let rnp = judge("rnp", &[&rnp[..], &["--source", name]].concat(), b"", home);
    let sqop = judge("sqop", &["verify", &signature, KEY], bytes, home);
    [
        gpg.ok && gpg.status().contains("[GNUPG:] GOODSIG "),
        rnp.ok && rnp.err.contains("Good signature"),
        sqop.ok,
    ]
}

/// What they say of a text that is signed in clear.
fn in_clear(home: &Gpg, name: &str, bytes: &[u8]) -> [bool; 3] {
    home.write(name, bytes);
    let gpg = home.run(&["--verify", name], b"");
    let rnp = ["--homedir", "rnp", "--keyfile", KEY, "--verify", name];
    let rnp = judge("rnp", &rnp, b"", home);
    let sqop = judge("sqop", &["inline-verify", KEY], bytes, home);
    [
        gpg.ok && gpg.status().contains("[GNUPG:] GOODSIG "),
        rnp.ok && rnp.err.contains("Good signature"),
        sqop.ok,
    ]
}

#[test]
fn gpg_rnp_and_sqop_find_every_signature_good_and_bad_of_a_changed_file() {
    let published = Published::now();
    let home = published.home();
    let mut signed = published.signed();
    signed.sort_unstable();
    let expected = [
        "SHA256SUMS",
        "rfc2350-en.pdf",
        "rfc2350-en.txt",
        "rfc2350-fr.pdf",
        "rfc2350-fr.txt",
    ];
    assert_eq!(signed, expected);
    for name in signed {
        let bytes = published.read(name);
        assert_eq!(detached(&home, name, &bytes), [true; 3], "{name}");
        let bytes = changed(&bytes);
        assert_eq!(detached(&home, name, &bytes), [false; 3], "{name} changed");
    }
    for name in CLEAR_SIGNED {
        let bytes = published.read(name);
        assert_eq!(in_clear(&home, name, &bytes), [true; 3], "{name}");
        let text = String::from_utf8(bytes).unwrap();
        let changed = text.replacen("RFC", "RFD", 1);
        assert_ne!(changed, text);
        let changed = in_clear(&home, name, changed.as_bytes());
        assert_eq!(changed, [false; 3], "{name} changed");
    }
}

#[test]
fn the_text_that_is_signed_in_clear_is_the_plain_text() {
    let published = Published::now();
    let home = published.home();
    for lang in ["fr", "en"] {
        let signed = published.read(&format!("rfc2350-{lang}.signed.txt"));
        let plain = published.read(&format!("rfc2350-{lang}.txt"));
        let read = judge("sqop", &["inline-verify", KEY], &signed, &home);
        assert!(read.ok, "{read:?}");
        assert_eq!(read.stdout(), String::from_utf8(plain).unwrap());
    }
}

#[test]
fn the_manifest_names_every_file_and_tells_of_a_changed_one() {
    let published = Published::now();
    assert!(manifest_holds(&published.folder));
    let manifest = String::from_utf8(published.read("SHA256SUMS")).unwrap();
    let mut named: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .chain(["SHA256SUMS", "SHA256SUMS.asc"])
        .collect();
    let mut there: Vec<String> = fs::read_dir(&published.folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    named.sort_unstable();
    there.sort_unstable();
    assert_eq!(named, there);
    let one = published.path("rfc2350-en.html");
    fs::remove_file(published.path("rfc2350-fr.html")).unwrap();
    assert!(manifest_holds(&published.folder), "one file is enough");
    fs::write(&one, changed(&fs::read(&one).unwrap())).unwrap();
    assert!(!manifest_holds(&published.folder));
}

#[test]
fn poppler_reads_title_sections_and_fingerprint_in_both_languages() {
    let published = Published::now();
    let name = profiles::pays_de_la_loire().full_name;
    for (lang, kind) in [
        ("fr", "Description de l’équipe selon la RFC 2350"),
        ("en", "Team description according to RFC 2350"),
    ] {
        let words = pdftotext(&published.path(&format!("rfc2350-{lang}.pdf")));
        assert!(words.contains(kind), "{words}");
        for expected in [name.as_str(), &published.fingerprint, "TLP:CLEAR"] {
            assert!(words.contains(expected), "{expected} in {words}");
        }
        for section in Section::ALL {
            let title = section.title();
            let title = if lang == "fr" { title.fr } else { title.en };
            let number = section.number();
            let heading = format!(
                "{number}{} {title}",
                if number.contains('.') { "" } else { "." }
            );
            let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&heading), "{heading} in {words}");
        }
    }
}

#[test]
fn sectxt_finds_nothing_to_say_of_our_security_txt_and_something_of_a_broken_one() {
    let published = Published::now();
    let profile = profiles::pays_de_la_loire();
    let said = sectxt(&published.path("security.txt"));
    assert_eq!(said.errors, Vec::<String>::new());
    assert_eq!(said.advice, Vec::<String>::new());
    assert_eq!(said.mails, [profile.mail]);
    assert_eq!(said.languages, ["fr", "en"]);
    assert_eq!(said.telephones.len(), 1, "{said:?}");

    let text = String::from_utf8(published.read("security.txt")).unwrap();
    let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap();
    let past = (Utc::now() - Duration::days(1)).format("Expires: %Y-%m-%dT%H:%M:%SZ");
    let without_contact: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("Contact:"))
        .collect();
    let no_signature = text.split("-----BEGIN PGP SIGNATURE-----").next().unwrap();
    for (broken, code) in [
        (text.replace(line("Expires:"), &past.to_string()), "expired"),
        (text.replace(line("Expires:"), ""), "no_expire"),
        (without_contact, "no_contact"),
        (text.replace("Policy: https:", "Policy: http:"), "no_https"),
        (no_signature.to_owned(), "pgp_data_error"),
    ] {
        let file = published.path("broken.txt");
        fs::write(&file, broken).unwrap();
        let said = sectxt(&file);
        assert!(
            said.errors.iter().any(|error| error == code),
            "{code}: {said:?}"
        );
    }
}

#[test]
fn the_w3c_validator_finds_nothing_to_say_of_our_pages_and_something_of_a_broken_one() {
    let published = Published::now();
    let pages = ["rfc2350-fr.html", "rfc2350-en.html"].map(|name| published.path(name));
    let said = vnu(&[&pages[0], &pages[1]]);
    assert_eq!(said, Vec::<String>::new());
    let page = fs::read_to_string(&pages[0]).unwrap();
    let broken = published.path("broken.html");
    for (right, wrong) in [
        ("<dt>", "<dl>"),
        ("<title>", "<titre>"),
        ("id=\"c2\"", "id=\"c1\""),
    ] {
        fs::write(&broken, page.replacen(right, wrong, 1)).unwrap();
        assert_ne!(vnu(&[&broken]), Vec::<String>::new(), "{wrong}");
    }
}
