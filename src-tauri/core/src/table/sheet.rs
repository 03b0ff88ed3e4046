//! A file of lines and cells.

use csv::{ReaderBuilder, Trim};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The largest file.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// The most lines below the header.
pub const MAX_LINES: usize = 100_000;
/// What programs put between two cells.
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// How the letters of a file were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Charset {
    /// UTF-8, with its mark or without.
    Utf8,
    /// UTF-16, by its mark.
    Utf16,
    /// Windows-1252, which holds Latin-1: what is no UTF-8.
    Windows1252,
}

/// One line of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1; a cell may hold line ends, so rows and lines differ.
    pub line: u64,
    /// Its cells, trimmed; fewer or more than the header has.
    pub cells: Vec<String>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// How it was written.
    pub charset: Charset,
    /// What stood between its cells.
    pub separator: char,
    /// The names of its columns.
    pub header: Vec<String>,
    /// The lines below, without empty ones.
    pub rows: Vec<Row>,
}

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More than [`MAX_BYTES`].
    #[error("more than {MAX_BYTES} bytes")]
    TooLarge,
    /// More than [`MAX_LINES`].
    #[error("more than {MAX_LINES} lines")]
    TooManyLines,
    /// No line that names columns.
    #[error("no header")]
    NoHeader,
    /// Bytes that no text has.
    #[error("not a text")]
    NotText,
}

/// Reads a table.
///
/// # Errors
/// [`Unreadable`].
pub fn sheet(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let (charset, text) = text_of(bytes);
    // A spreadsheet saved as such, an archive, a picture.
    if text.contains('\0') {
        return Err(Unreadable::NotText);
    }
    let separator = separator_of(&text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut header = None;
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut line, mut counted) = (1, 0);
    while reader
        .read_record(&mut record)
        .map_err(|_| Unreadable::NotText)?
    {
        // The reader begins a record before the second half of a CRLF: it would count one line too few.
        let begins = record.position().map_or(0, |place| place.byte() as usize);
        let begins =
            begins + text[begins..].len() - text[begins..].trim_start_matches(['\r', '\n']).len();
        line += text[counted..begins].matches('\n').count() as u64;
        counted = begins;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let cells = record.iter().map(str::to_owned).collect();
        match header {
            None => header = Some(cells),
            Some(_) if rows.len() == MAX_LINES => return Err(Unreadable::TooManyLines),
            Some(_) => rows.push(Row { line, cells }),
        }
    }
    Ok(Sheet {
        charset,
        separator: char::from(separator),
        header: header.ok_or(Unreadable::NoHeader)?,
        rows,
    })
}

fn text_of(bytes: &[u8]) -> (Charset, String) {
    let read = |encoding: &'static Encoding| encoding.decode(bytes).0.into_owned();
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            (Charset::Utf16, read(encoding))
        }
        _ if str::from_utf8(bytes).is_ok() => (Charset::Utf8, read(UTF_8)),
        _ => (Charset::Windows1252, read(WINDOWS_1252)),
    }
}

/// The sign that parts the first line into most cells; that of French spreadsheets where none does.
fn separator_of(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    let cells = |separator: &u8| {
        let mut reader = ReaderBuilder::new()
            .delimiter(*separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(first.as_bytes());
        let record = reader.records().next().and_then(Result::ok);
        record.map_or(0, |record| record.len())
    };
    // The first of the best: the order of the list decides.
    let best = SEPARATORS.iter().rev().max_by_key(|one| cells(one));
    best.copied().unwrap_or(SEPARATORS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = sheet(bytes).unwrap();
        sheet.rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn the_charset_and_the_separator_are_found() {
        let text = "nom;ville\nÉtoile;Angers\n";
        let latin: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
        let marked = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        let wide: Vec<u8> = [0xfeff_u16]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, charset) in [
            (text.as_bytes(), Charset::Utf8),
            (&marked, Charset::Utf8),
            (&latin, Charset::Windows1252),
            (&wide, Charset::Utf16),
        ] {
            let sheet = sheet(bytes).unwrap();
            assert_eq!((sheet.charset, sheet.separator), (charset, ';'));
            assert_eq!(sheet.header, ["nom", "ville"]);
            assert_eq!(sheet.rows[0].cells, ["Étoile", "Angers"]);
        }
        for (text, separator) in [("a,b\nc,d\n", ','), ("a\tb\nc\td\n", '\t'), ("a\nb\n", ';')] {
            assert_eq!(sheet(text.as_bytes()).unwrap().separator, separator);
        }
    }

    #[test]
    fn a_quoted_cell_holds_line_ends_and_separators_and_the_lines_keep_their_numbers() {
        let text = "nom;note\r\n\"A;B\";\"un\ndeux \"\"trois\"\"\"\r\n\r\nC;\r\n";
        let sheet = sheet(text.as_bytes()).unwrap();
        assert_eq!(sheet.rows[0].cells, ["A;B", "un\ndeux \"trois\""]);
        assert_eq!((sheet.rows[0].line, sheet.rows[1].line), (2, 5));
    }

    #[test]
    fn lines_of_another_length_stay_lines() {
        assert_eq!(cells(b"a;b\nc\nd;e;f\n"), [vec!["c"], vec!["d", "e", "f"]]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(sheet(b""), Err(Unreadable::NoHeader));
        assert_eq!(sheet(b"\n \n"), Err(Unreadable::NoHeader));
        assert_eq!(sheet(b"PK\x03\x04\0\0"), Err(Unreadable::NotText));
        let many = "a\n".repeat(MAX_LINES + 2);
        assert_eq!(sheet(many.as_bytes()), Err(Unreadable::TooManyLines));
    }
}
