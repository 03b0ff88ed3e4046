//! What a recipient without a key gets, opened by programs that we did not write: qpdf, poppler and MuPDF for a document,
//! 7-Zip for an archive, veraPDF for what a document is once it is open again.

#[allow(dead_code, reason = "the judges of open documents ask more")]
#[path = "pdf/programs.rs"]
mod programs;
#[path = "locked/sample.rs"]
mod sample;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use relais_core::domain::mail::passphrase::generate;
use relais_core::reference::case_words::case_words;
use relais_core::report::archive::{self, File, archive};
use relais_core::report::locked::{self, lock};
use relais_core::report::{Lang, Pdf, render};
use tempfile::TempDir;

/// A secret of the text: whoever finds it in a locked file has read it.
const CANARY: &str = "Batardière";

fn passphrase(seed: u8) -> String {
    generate(case_words(), &[seed; 16]).to_string()
}

fn ask(program: &str, package: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| {
            panic!("the judge {program} is missing (Debian package {package}): {error}")
        })
}

fn said(output: &Output) -> String {
    let told = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&told).into_owned()
}

fn agreed(output: &Output) -> String {
    let told = said(output);
    assert!(output.status.success(), "{told}");
    told
}

/// A file on the disk, in a folder that goes away.
struct OnDisk {
    folder: TempDir,
    path: PathBuf,
}

impl OnDisk {
    fn of(name: &str, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self { folder, path }
    }

    fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }

    fn beside(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }
}

fn message() -> Pdf {
    render(&sample::message(Lang::Fr)).unwrap()
}

fn locked_message(passphrase: &str) -> OnDisk {
    let locked = lock(&message().bytes, passphrase, &[42; locked::RANDOM_BYTES]).unwrap();
    OnDisk::of("message.pdf", &locked)
}

#[test]
fn qpdf_opens_a_locked_document_with_its_passphrase_alone() {
    let right = passphrase(1);
    let file = locked_message(&right);
    let asks = ask("qpdf", "qpdf", &["--requires-password", file.path()]);
    assert_eq!(asks.status.code(), Some(0), "a passphrase is asked for");
    let with = |passphrase: &str, what: &str| {
        let password = format!("--password={passphrase}");
        ask("qpdf", "qpdf", &[&password, what, file.path()])
    };
    let checked = agreed(&with(&right, "--check"));
    assert!(
        checked.contains("No syntax or stream encoding errors found"),
        "{checked}"
    );
    let cipher = agreed(&with(&right, "--show-encryption"));
    assert!(cipher.lines().any(|line| line == "R = 6"), "{cipher}");
    assert!(
        cipher.contains("stream encryption method: AESv3"),
        "{cipher}"
    );
    assert!(
        cipher.contains("Supplied password is user password"),
        "{cipher}"
    );
    for allowed in [
        "extract for accessibility: allowed",
        "extract for any purpose: allowed",
        "print high resolution: allowed",
    ] {
        assert!(cipher.contains(allowed), "{cipher}");
    }
    for wrong in [
        "",
        &passphrase(2),
        &right.to_uppercase(),
        &right[..right.len() - 1],
    ] {
        let refused = with(wrong, "--check");
        assert!(
            said(&refused).contains("invalid password"),
            "{wrong:?}: {}",
            said(&refused)
        );
    }
}

#[test]
fn poppler_and_mupdf_read_and_draw_it_with_its_passphrase_alone() {
    let (right, wrong) = (passphrase(1), passphrase(2));
    let file = locked_message(&right);
    let text = |passphrase: &str| {
        ask(
            "pdftotext",
            "poppler-utils",
            &["-upw", passphrase, file.path(), "-"],
        )
    };
    assert!(agreed(&text(&right)).contains(CANARY));
    assert!(!text(&wrong).status.success() && said(&text(&wrong)).contains("Incorrect password"));
    let drawn = |passphrase: &str| {
        let picture = file.beside("page.png");
        let arguments = [
            "draw",
            "-p",
            passphrase,
            "-r",
            "50",
            "-o",
            &picture,
            file.path(),
            "1",
        ];
        ask("mutool", "mupdf-tools", &arguments)
    };
    let refused = drawn(&wrong);
    assert!(!refused.status.success(), "{}", said(&refused));
    agreed(&drawn(&right));
    let picture = std::fs::metadata(file.beside("page.png")).unwrap();
    assert!(picture.len() > 1_000);
}

#[test]
fn nothing_of_a_locked_document_is_readable_in_its_bytes() {
    let open = message().bytes;
    let locked = std::fs::read(locked_message(&passphrase(1)).path()).unwrap();
    let holds = |bytes: &[u8], text: &str| {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    // What the open one tells without a PDF program: its title and who made it.
    for told in ["xmpmeta", "CSIRT", "Relais"] {
        assert!(holds(&open, told), "{told} is no canary any more");
        assert!(!holds(&locked, told), "{told}");
    }
    for told in [CANARY, "PDL-2026-0042", "secours@batardiere.example"] {
        assert!(!holds(&locked, told), "{told}");
    }
}

#[test]
fn opened_again_it_is_the_archival_and_accessible_document_it_was() {
    let right = passphrase(3);
    let file = locked_message(&right);
    let (password, open) = (format!("--password={right}"), file.beside("open.pdf"));
    agreed(&ask(
        "qpdf",
        "qpdf",
        &[
            &password,
            "--decrypt",
            "--newline-before-endstream",
            file.path(),
            &open,
        ],
    ));
    let pdf = Pdf {
        bytes: std::fs::read(&open).unwrap(),
        pages: message().pages,
    };
    let text = programs::pdftotext(&pdf);
    assert_eq!(text, programs::pdftotext(&message()));
    let verdicts = programs::vera(&[("opened".to_owned(), pdf)]);
    let passes = verdicts
        .lines()
        .filter(|line| line.starts_with("PASS "))
        .count();
    assert_eq!(passes, 2, "{verdicts}");
}

#[test]
fn two_locks_of_one_document_have_nothing_in_common() {
    let open = message().bytes;
    let right = passphrase(1);
    let first = lock(&open, &right, &[1; locked::RANDOM_BYTES]).unwrap();
    let second = lock(&open, &right, &[1; locked::RANDOM_BYTES]).unwrap();
    // Even with the same key, each piece has its own starting vector.
    assert!(first != second);
}

#[test]
fn seven_zip_shows_no_name_and_opens_with_the_passphrase_alone() {
    let right = passphrase(1);
    let message = message().bytes;
    let files = [
        File {
            name: "message.pdf",
            bytes: &message,
        },
        File {
            name: "Relevé d’accès.log",
            bytes: "10.0.0.7 admin\n".repeat(4_000).as_bytes(),
        },
        File {
            name: "vide.txt",
            bytes: b"",
        },
    ]
    .map(|file| (file.name.to_owned(), file.bytes.to_vec()));
    let given: Vec<File> = files
        .iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    let bytes = archive(&given, &right, &[42; archive::RANDOM_BYTES]).unwrap();
    let file = OnDisk::of("fichiers.7z", &bytes);
    let asked = |verb: &str, passphrase: &str| {
        ask(
            "7z",
            "p7zip-full",
            &[verb, &format!("-p{passphrase}"), file.path()],
        )
    };
    let tested = agreed(&asked("t", &right));
    assert!(tested.contains("Everything is Ok"), "{tested}");
    let listed = agreed(&asked("l", &right));
    assert!(listed.contains("message.pdf"), "{listed}");
    for wrong in ["", &passphrase(2), &right.to_uppercase()] {
        for verb in ["l", "t"] {
            let refused = asked(verb, wrong);
            assert!(!refused.status.success(), "{}", said(&refused));
            assert!(!said(&refused).contains("message.pdf") && !said(&refused).contains("vide"));
        }
    }
    let out = format!("-o{}", file.beside("sorties"));
    agreed(&ask(
        "7z",
        "p7zip-full",
        &["x", "-y", &format!("-p{right}"), &out, file.path()],
    ));
    for (name, bytes) in &files {
        let there = Path::new(&file.beside("sorties")).join(name);
        assert!(std::fs::read(there).unwrap() == *bytes, "{name}");
    }
    // 7-Zip's own work against guessing: 2^19 hashes for each try.
    let technical = agreed(&ask(
        "7z",
        "p7zip-full",
        &["l", "-slt", &format!("-p{right}"), file.path()],
    ));
    assert!(technical.contains("7zAES:19"), "{technical}");
}

#[test]
fn twenty_five_mebibytes_are_packed_while_somebody_waits() {
    // Half of it cannot be made smaller, half are the lines of a log.
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let noise: Vec<u8> = noise.take(25 * 512 * 1024).collect();
    let log = "2026-03-12T08:42:00Z accepted 10.0.0.7\n".repeat(25 * 512 * 1024 / 39);
    let files = [
        File {
            name: "image.bin",
            bytes: &noise,
        },
        File {
            name: "journal.log",
            bytes: log.as_bytes(),
        },
    ];
    let began = Instant::now();
    let bytes = archive(&files, &passphrase(1), &[42; archive::RANDOM_BYTES]).unwrap();
    let took = began.elapsed();
    println!("25 MiB in {took:.2?}, {} bytes", bytes.len());
    assert!(took.as_secs() < 20, "{took:?}");
    let file = OnDisk::of("fichiers.7z", &bytes);
    agreed(&ask(
        "7z",
        "p7zip-full",
        &["t", &format!("-p{}", passphrase(1)), file.path()],
    ));
}

#[test]
fn the_pages_are_archival_and_accessible_and_the_instructions_are_one_page() {
    let mut documents = Vec::new();
    for lang in [Lang::Fr, Lang::En] {
        documents.push((
            format!("message-{lang:?}"),
            render(&sample::message(lang)).unwrap(),
        ));
        for (name, receipt) in sample::receipts(lang) {
            let pdf = render(&receipt).unwrap();
            documents.push((name, pdf));
        }
    }
    if let Some(folder) = std::env::var_os("RELAIS_KEEP") {
        for (name, pdf) in &documents {
            std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), &pdf.bytes).unwrap();
        }
    }
    let verdicts = programs::vera(&documents);
    let passes = verdicts
        .lines()
        .filter(|line| line.starts_with("PASS "))
        .count();
    assert_eq!(passes, 2 * documents.len(), "{verdicts}");
    for (name, pdf) in &documents {
        assert!(pdf.pages == 1, "{name}: {} pages", pdf.pages);
        let told = programs::qpdf_check(pdf);
        assert!(
            told.contains("No syntax or stream encoding errors found"),
            "{name}: {told}"
        );
    }
}

#[test]
fn the_open_page_tells_nothing_of_the_case() {
    for lang in [Lang::Fr, Lang::En] {
        for (name, receipt) in sample::receipts(lang) {
            let text = programs::pdftotext(&render(&receipt).unwrap());
            assert!(
                !text.contains("PDL-2026") && !text.contains(CANARY),
                "{name}"
            );
            assert!(
                text.contains("02 61 91 00 00") && text.contains("TLP:CLEAR"),
                "{name}: {text}"
            );
        }
    }
}
