//! Writing what leaves the vault in clear: nothing that is there already is replaced.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::{ApiError, Code, Result};

/// More exports of one name than anybody keeps.
const TRIES: u32 = 1000;

/// Writes a file under a name that is free: "name.pdf", "name (2).pdf"… A file that is there already is never replaced,
/// unless it is the same.
pub(super) fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> Result<String> {
    fs::create_dir_all(folder).map_err(|error| ApiError::from_io(&error))?;
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    for number in 1..TRIES {
        let candidate = if number == 1 {
            name.to_owned()
        } else {
            format!("{stem} ({number}).{extension}")
        };
        let path: PathBuf = folder.join(&candidate);
        match fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
        {
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                if let Err(error) = written {
                    let _ = fs::remove_file(&path);
                    return Err(ApiError::from_io(&error));
                }
                return Ok(candidate);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&path).is_ok_and(|there| there == bytes) {
                    return Ok(candidate);
                }
            }
            Err(error) => return Err(ApiError::from_io(&error)),
        }
    }
    Err(ApiError::new(
        Code::NotWritable,
        "a thousand files of this name",
    ))
}

/// Writes files that belong together into one folder, named from it: into "name", or "name (2)"… where something else
/// stands under one of their names, so that a manifest and its files never part. Gives the folder. On an error nothing of
/// it stays.
pub(super) fn write_together(folder: &Path, files: &[(&str, &[u8])]) -> Result<PathBuf> {
    for number in 1..TRIES {
        let place = numbered(folder, number);
        let missing = match missing(&place, files) {
            Some(missing) => missing,
            None => continue,
        };
        let is_new = !place.exists();
        let mut written: Vec<PathBuf> = Vec::new();
        for (name, bytes) in missing {
            let path = place.join(name);
            let done = write_file(&path, bytes);
            written.push(path);
            if let Err(error) = done {
                for path in written {
                    let _ = fs::remove_file(path);
                }
                if is_new {
                    let _ = fs::remove_dir(&place);
                }
                return Err(ApiError::from_io(&error));
            }
        }
        return Ok(place);
    }
    Err(ApiError::new(Code::NotWritable, "no name is free"))
}

fn numbered(folder: &Path, number: u32) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    if number > 1 {
        name.push(format!(" ({number})"));
    }
    PathBuf::from(name)
}

/// The files that are not there yet; none when something else stands under one of their names.
fn missing<'f>(place: &Path, files: &[(&'f str, &'f [u8])]) -> Option<Vec<(&'f str, &'f [u8])>> {
    let mut missing = Vec::new();
    for (name, bytes) in files {
        match fs::read(place.join(name)) {
            Ok(there) if there == *bytes => {}
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push((*name, *bytes)),
            _ => return None,
        }
    }
    Some(missing)
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
