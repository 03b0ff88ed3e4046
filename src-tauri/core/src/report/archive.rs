//! Several files in one that opens with a passphrase: 7z with AES-256, names and sizes encrypted too.
//!
//! No system opens it by itself (what Windows 11 unpacks must be without a passphrase): the receipt page says with what. The library's own choice is weak in two places, and both are set here: it hashes the passphrase 256
//! times, where 7-Zip does 524 288 times; and it would encrypt contents and names from one starting vector.

use std::collections::BTreeSet;
use std::io::Cursor;

use sevenz_rust2::encoder_options::{AesEncoderOptions, EncoderOptions, Lzma2Options};
use sevenz_rust2::{
    ArchiveEntry, ArchiveWriter, EncoderConfiguration, EncoderMethod, NtTime, Password,
    SourceReader,
};

/// Most files of one archive.
pub const MAX_FILES: usize = 200;
/// Most bytes of all files together: beyond it no mail carries them.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Random bytes that an archive takes: a salt, and a starting vector for each of its three streams.
pub const RANDOM_BYTES: usize = 64;

/// Hashes of the passphrase, as a power of two: 7-Zip's own.
const CYCLES_POWER: u8 = 19;
/// The lowest level: a log shrinks as well, in a quarter of a second.
const COMPRESSION: u32 = 1;
/// What cannot be made smaller costs the library seconds for each megabyte: pieces of a file tell beforehand.
const PROBES: usize = 16;
const PROBE_BYTES: usize = 4 * 1024;
/// Longest name that Windows, macOS and Linux all take, with room for a number.
const MAX_NAME_CHARS: usize = 120;
const NAMELESS: &str = "piece";
/// Names that Windows keeps for devices, whatever follows the first full stop.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A file to be put in.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// Its name, as somebody gave it.
    pub name: &'f str,
    /// Its bytes.
    pub bytes: &'f [u8],
}

/// Why there is no archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// No file was given.
    #[error("no file")]
    Empty,
    /// More than [`MAX_FILES`] files.
    #[error("too many files")]
    TooMany,
    /// More than [`MAX_BYTES`] bytes.
    #[error("too many bytes")]
    TooLarge,
    /// No passphrase: the archive would be open.
    #[error("no passphrase")]
    NoPassphrase,
    /// The archive could not be written.
    #[error("the archive could not be written")]
    Write,
}

/// Puts files into a locked archive, in their order, under names that are safe and different.
///
/// # Errors
/// [`ArchiveError`].
pub fn archive(
    files: &[File<'_>],
    passphrase: &str,
    random: &[u8; RANDOM_BYTES],
) -> Result<Vec<u8>, ArchiveError> {
    check(files)?;
    if passphrase.is_empty() {
        return Err(ArchiveError::NoPassphrase);
    }
    let (salt, vectors) = random.split_at(16);
    let encrypted = |stream: usize| {
        let vector = vectors.get(16 * stream..16 * (stream + 1));
        EncoderConfiguration::new(EncoderMethod::AES256_SHA256)
            .with_options(encryption(passphrase, salt, vector.unwrap_or_default()).into())
    };
    let compressed = EncoderConfiguration::new(EncoderMethod::LZMA2)
        .with_options(EncoderOptions::Lzma2(Lzma2Options::from_level(COMPRESSION)));
    let failed = |_| ArchiveError::Write;
    let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).map_err(failed)?;
    writer.set_encrypt_header(true);

    let names = safe_names(files.iter().map(|file| file.name));
    let named: Vec<(&File<'_>, String)> = files.iter().zip(names).collect();
    let (full, empty): (Vec<_>, Vec<_>) = named
        .into_iter()
        .partition(|(file, _)| !file.bytes.is_empty());
    let (shrinking, stubborn): (Vec<_>, Vec<_>) =
        full.into_iter().partition(|(file, _)| shrinks(file.bytes));
    let groups = [
        (shrinking, vec![encrypted(0), compressed]),
        (stubborn, vec![encrypted(1)]),
    ];
    for (group, methods) in groups {
        if group.is_empty() {
            continue;
        }
        writer.set_content_methods(methods);
        let entries = group.iter().map(|(_, name)| entry(name)).collect();
        let readers = group.iter().map(|(file, _)| SourceReader::new(file.bytes));
        writer
            .push_archive_entries(entries, readers.collect())
            .map_err(failed)?;
    }
    // The library keeps empty files apart: they have no contents to be encrypted.
    for (_, name) in &empty {
        writer
            .push_archive_entry::<&[u8]>(entry(name), None)
            .map_err(failed)?;
    }
    writer.set_content_methods(vec![encrypted(2)]);
    let done = writer.finish().map_err(|_| ArchiveError::Write)?;
    Ok(done.into_inner())
}

/// Whether compressing a file is worth its time: whether pieces from all over it lose a fifth.
fn shrinks(bytes: &[u8]) -> bool {
    let step = (bytes.len() / PROBES).max(PROBE_BYTES);
    let probes: Vec<u8> = bytes
        .chunks(step)
        .take(PROBES)
        .flat_map(|part| part.iter().take(PROBE_BYTES).copied())
        .collect();
    let smaller = miniz_oxide::deflate::compress_to_vec(&probes, 1);
    smaller.len() * 5 < probes.len() * 4
}

fn check(files: &[File<'_>]) -> Result<(), ArchiveError> {
    if files.is_empty() {
        return Err(ArchiveError::Empty);
    }
    if files.len() > MAX_FILES {
        return Err(ArchiveError::TooMany);
    }
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    if bytes > MAX_BYTES {
        return Err(ArchiveError::TooLarge);
    }
    Ok(())
}

fn encryption(passphrase: &str, salt: &[u8], vector: &[u8]) -> AesEncoderOptions {
    let mut options = AesEncoderOptions::new(Password::new(passphrase));
    options.num_cycles_power = CYCLES_POWER;
    options.salt.copy_from_slice(salt);
    options.iv.copy_from_slice(vector);
    options
}

/// Without times: they would be those of the team's own machine.
fn entry(name: &str) -> ArchiveEntry {
    let mut entry = ArchiveEntry::new();
    entry.name = name.to_owned();
    entry.has_stream = true;
    entry.last_modified_date = NtTime::default();
    entry
}

/// Names for files, one for each and in order: without a folder, without what a file system refuses or a reader misreads,
/// and no two that a system without regard to capitals takes for one.
pub fn safe_names<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut out = Vec::new();
    for name in names {
        let name = safe_name(name);
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
            _ => (name.as_str(), String::new()),
        };
        let mut candidate = name.clone();
        let mut number = 2;
        while !taken.insert(candidate.to_lowercase()) {
            candidate = format!("{stem} ({number}){extension}");
            number += 1;
        }
        out.push(candidate);
    }
    out
}

fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = super::text::clean(last, |_| true);
    let kept: String = shown
        .chars()
        .map(|c| match c {
            c if r#"<>:"|?*"#.contains(c) => '_',
            super::text::REPLACEMENT | '\n' => '_',
            c => c,
        })
        .collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let kept = shortened(kept);
    let stem = kept.split('.').next().unwrap_or_default().trim();
    if kept.is_empty() {
        NAMELESS.to_owned()
    } else if RESERVED.contains(&stem.to_lowercase().as_str()) {
        format!("_{kept}")
    } else {
        kept
    }
}

/// A name cut in its middle, so that its ending stays.
fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_NAME_CHARS {
        return name.to_owned();
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| ending.chars().count() <= 10);
    match ending {
        Some(ending) => {
            let room = MAX_NAME_CHARS - ending.chars().count() - 1;
            let stem: String = name.chars().take(room).collect();
            format!("{}.{ending}", stem.trim_end())
        }
        None => name.chars().take(MAX_NAME_CHARS).collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sevenz_rust2::ArchiveReader;

    use super::*;

    const PASSPHRASE: &str = "loup4dune7sac2abri9moto3val5ski";
    const RANDOM: [u8; RANDOM_BYTES] = [7; RANDOM_BYTES];

    fn opened(bytes: &[u8], passphrase: &str) -> Option<Vec<(String, Vec<u8>)>> {
        let mut reader = ArchiveReader::new(Cursor::new(bytes), Password::new(passphrase)).ok()?;
        let mut files = Vec::new();
        reader
            .for_each_entries(|entry, content| {
                let mut bytes = Vec::new();
                content.read_to_end(&mut bytes)?;
                files.push((entry.name.clone(), bytes));
                Ok(true)
            })
            .ok()?;
        Some(files)
    }

    #[test]
    fn files_come_out_as_they_went_in_and_only_with_the_passphrase() {
        let files = [
            File {
                name: "Synthèse.pdf",
                bytes: b"%PDF-essai",
            },
            File {
                name: "vide.txt",
                bytes: b"",
            },
            File {
                name: "journal.log",
                bytes: &[42; 100_000],
            },
        ];
        let bytes = archive(&files, PASSPHRASE, &RANDOM).unwrap();
        let mut out = opened(&bytes, PASSPHRASE).unwrap();
        out.sort();
        let mut wanted: Vec<(String, Vec<u8>)> = files
            .iter()
            .map(|file| (file.name.to_owned(), file.bytes.to_vec()))
            .collect();
        wanted.sort();
        assert!(out == wanted);
        assert!(opened(&bytes, "loup4dune7sac2abri9moto3val5vol").is_none());
        assert!(opened(&bytes, "").is_none());
    }

    #[test]
    fn neither_a_name_nor_a_text_is_readable_in_it() {
        let files = [File {
            name: "RANSOMNOTE.txt",
            bytes: b"CANARICANARICANARI",
        }];
        let bytes = archive(&files, PASSPHRASE, &RANDOM).unwrap();
        let wide: Vec<u8> = "RANSOM".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for hidden in [b"RANSOM".as_slice(), &wide, b"CANARI"] {
            assert!(!bytes.windows(hidden.len()).any(|window| window == hidden));
        }
    }

    #[test]
    fn names_are_made_safe_and_different() {
        let names = [
            "../../etc/passwd",
            r"C:\dossier\note.txt",
            "Note.TXT",
            "note.txt",
            "",
            "...",
            "CON.txt",
            "a\u{202e}fdp.exe",
            "un\ndeux?.log",
            "  .cache",
            "archive.tar.gz",
            "archive.tar.gz",
        ];
        assert_eq!(
            safe_names(names),
            [
                "passwd",
                "note.txt",
                "Note (2).TXT",
                "note (3).txt",
                "piece",
                "piece (2)",
                "_CON.txt",
                "a_fdp.exe",
                "un_deux_.log",
                "cache",
                "archive.tar.gz",
                "archive.tar (2).gz",
            ]
        );
        let long = format!("{}.pdf", "é".repeat(500));
        let safe = &safe_names([long.as_str()])[0];
        assert!(safe.ends_with(".pdf") && safe.chars().count() == MAX_NAME_CHARS);
    }

    #[test]
    fn nothing_too_many_and_too_large_are_told_apart() {
        let one = File {
            name: "a",
            bytes: b"a",
        };
        assert_eq!(archive(&[], PASSPHRASE, &RANDOM), Err(ArchiveError::Empty));
        assert_eq!(
            archive(&[one; MAX_FILES + 1], PASSPHRASE, &RANDOM),
            Err(ArchiveError::TooMany)
        );
        assert_eq!(
            archive(&[one], "", &RANDOM),
            Err(ArchiveError::NoPassphrase)
        );
        let large = vec![0; MAX_BYTES];
        let two = [
            File {
                name: "b",
                bytes: &large,
            },
            one,
        ];
        assert_eq!(
            archive(&two, PASSPHRASE, &RANDOM),
            Err(ArchiveError::TooLarge)
        );
    }
}
