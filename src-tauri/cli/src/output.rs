//! What is printed: one JSON value, or lines for a person.

use std::io::Write as _;

use relais_core::api::{ApiError, Code, Result};
use serde::Serialize;

/// Prints a value as JSON, or as the lines that `lines` makes.
///
/// # Errors
/// When standard output is closed.
pub fn print<T: Serialize>(json: bool, value: &T, lines: impl FnOnce(&T) -> String) -> Result<()> {
    let text = if json {
        serde_json::to_string_pretty(value)?
    } else {
        lines(value)
    };
    writeln!(std::io::stdout().lock(), "{}", text.trim_end())
        .map_err(|error| ApiError::new(Code::Io, error.to_string()))
}

/// Prints why something was refused, on standard error.
pub fn refusal(json: bool, error: &ApiError) {
    let text = if json {
        serde_json::to_string(error).unwrap_or_default()
    } else {
        error.to_string()
    };
    tell(&text);
}

/// Says something beside the answer, on standard error.
pub fn tell(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "relais-cli: {text}");
}
