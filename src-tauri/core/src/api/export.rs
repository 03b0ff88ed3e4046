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
    // What stands in the way of the folder itself is told at once, and not looked for under a thousand names.
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).map_err(|error| ApiError::from_io(&error))?;
    }
    for number in 1..TRIES {
        let place = numbered(folder, number);
        let missing = match missing(&place, files) {
            Some(missing) => missing,
            None => continue,
        };
        let is_new = !place.exists();
        if let Err(error) = write_all(&place, &missing) {
            if is_new {
                let _ = fs::remove_dir(&place);
            }
            return Err(ApiError::from_io(&error));
        }
        return Ok(place);
    }
    Err(ApiError::new(Code::NotWritable, "no name is free"))
}

/// Writes files that are not there yet, all of them or none. They reach the disk together: the first of them to be waited
/// for carries most of the others along.
fn write_all(place: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    let mut written: Vec<(PathBuf, fs::File)> = Vec::new();
    let done = (|| {
        for (name, bytes) in files {
            let path = place.join(name);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)?;
            written.push((path, file));
            if let Some((_, file)) = written.last_mut() {
                file.write_all(bytes)?;
            }
        }
        written.iter().try_for_each(|(_, file)| file.sync_all())
    })();
    if done.is_err() {
        for (path, _) in &written {
            let _ = fs::remove_file(path);
        }
    }
    done
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
