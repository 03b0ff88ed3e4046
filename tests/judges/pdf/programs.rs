//! The judges, as processes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use relais_core::report::Pdf;

/// Debian's libraries that veraPDF needs beside its jar.
const JAVA_LIBRARIES: [&str; 6] = [
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-api",
    "txw2",
    "istack-commons-runtime",
    "javax.activation",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What a program says of a file. It must end well unless `may_refuse`.
fn ask(program: &str, package: &str, arguments: &[&str], may_refuse: bool) -> Output {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| {
            panic!("the judge {program} is missing (Debian package {package}): {error}")
        });
    assert!(
        may_refuse || output.status.success(),
        "{program} {arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Asks with the file on disk, in a folder that goes away.
fn ask_of(pdf: &Pdf, program: &str, package: &str, before: &[&str], after: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.pdf");
    std::fs::write(&file, &pdf.bytes).unwrap();
    let arguments: Vec<&str> = before
        .iter()
        .copied()
        .chain([file.to_str().unwrap()])
        .chain(after.iter().copied())
        .collect();
    told(&ask(program, package, &arguments, false))
}

/// The text of a file, pages parted by form feeds.
pub fn pdftotext(pdf: &Pdf) -> String {
    ask_of(
        pdf,
        "pdftotext",
        "poppler-utils",
        &["-enc", "UTF-8"],
        &["-"],
    )
}

/// One line for each font.
pub fn pdffonts(pdf: &Pdf) -> Vec<String> {
    ask_of(pdf, "pdffonts", "poppler-utils", &[], &[])
        .lines()
        .skip(2)
        .map(str::to_owned)
        .collect()
}

/// What poppler knows of a file.
pub fn pdfinfo(pdf: &Pdf) -> String {
    ask_of(pdf, "pdfinfo", "poppler-utils", &["-enc", "UTF-8"], &[])
}

/// What qpdf says of a file's structure.
pub fn qpdf_check(pdf: &Pdf) -> String {
    ask_of(pdf, "qpdf", "qpdf", &["--check"], &[])
}

/// veraPDF's verdicts on several files at once, as PDF/A-3a and as PDF/UA-1.
pub fn vera(documents: &[(String, Pdf)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = documents
        .iter()
        .map(|(name, pdf)| {
            let file = folder.path().join(format!("{name}.pdf"));
            std::fs::write(&file, &pdf.bytes).unwrap();
            file
        })
        .collect();
    let judge = root().join("tests/judges/verapdf/Judge.java");
    let class_path = class_path();
    let mut arguments = vec![
        "-Xss64m",
        "-cp",
        &class_path,
        judge.to_str().unwrap(),
        "3a,ua1",
    ];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    let output = ask("java", "default-jre-headless", &arguments, true);
    let verdicts = told(&output);
    assert!(
        verdicts
            .lines()
            .any(|line| line.starts_with("PASS ") || line.starts_with("FAIL ")),
        "veraPDF gave no verdict: {verdicts}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    verdicts
}

fn class_path() -> String {
    let installed = root().join("target/judges");
    let jar = std::fs::read_dir(&installed)
        .ok()
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| {
            path.to_string_lossy().contains("verapdf-")
                && path.extension().is_some_and(|end| end == "jar")
        })
        .unwrap_or_else(|| {
            panic!("the judge veraPDF is missing: run tests/judges/verapdf/install")
        });
    let mut path = jar.to_str().unwrap().to_owned();
    for library in JAVA_LIBRARIES {
        let file = format!("/usr/share/java/{library}.jar");
        assert!(
            Path::new(&file).exists(),
            "veraPDF lacks {file} (Debian packages libjaxb-java and libjaxb-api-java)"
        );
        path.push(':');
        path.push_str(&file);
    }
    path
}
