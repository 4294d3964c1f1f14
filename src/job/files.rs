//! Paths → the files to read, and the bytes of one file, or a reason.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Largest input file, in bytes.
const LARGEST: u64 = 256 << 20;

/// Deepest folder that is walked, counted from the one that was dropped.
const DEEPEST: usize = 64;

/// Why a path cannot be an article, as the end of a sentence.
pub type Refusal = String;

/// What a dropped path stands for.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// In order of name.
    pub files: Vec<PathBuf>,
    /// Folders that were not entered, and why.
    pub left_out: Vec<(PathBuf, Refusal)>,
}

/// Walks one dropped path. A file stands for itself; a folder for the files in it, in order of name.
pub(super) fn files_of(path: &Path, cancelled: &AtomicBool) -> Result<Walk, Refusal> {
    let kind = fs::metadata(path).map_err(|error| reason(&error))?;
    if !kind.is_dir() {
        return Ok(Walk { files: vec![path.to_owned()], ..Walk::default() });
    }
    let mut found = Walk::default();
    let mut seen = BTreeSet::new();
    walk(path, 0, &mut seen, &mut found, cancelled);
    if found.files.is_empty() && found.left_out.is_empty() { Err("the folder holds no files".into()) } else { Ok(found) }
}

/// Hidden files and folders are left out: nobody drops them on purpose; so is what a browser saves beside a page. `seen` keeps
/// a loop of links from going round.
fn walk(folder: &Path, depth: usize, seen: &mut BTreeSet<PathBuf>, found: &mut Walk, cancelled: &AtomicBool) {
    let here = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    if !seen.insert(here) {
        return;
    }
    if depth > DEEPEST {
        found.left_out.push((folder.to_owned(), format!("folders nested more than {DEEPEST} deep are left out")));
        return;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            found.left_out.push((folder.to_owned(), reason(&error)));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let pages: BTreeSet<PathBuf> = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|own| own == "html" || own == "htm"))
        .map(|path| path.with_extension(""))
        .collect();
    for path in paths {
        if cancelled.load(Ordering::Relaxed) {
            return;
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') || matches!(name.as_str(), "Thumbs.db" | "desktop.ini" | "__MACOSX") {
            continue;
        }
        let beside =
            name.strip_suffix("_files").or_else(|| name.strip_suffix("-Dateien")).or_else(|| name.strip_suffix("_fichiers"));
        if beside.is_some_and(|stem| pages.contains(&path.with_file_name(stem))) {
            continue;
        }
        match fs::metadata(&path) {
            Ok(kind) if kind.is_dir() => walk(&path, depth + 1, seen, found, cancelled),
            Ok(_) => found.files.push(path),
            Err(error) => found.left_out.push((path, reason(&error))),
        }
    }
}

/// The bytes of a regular file. A pipe, a socket or a device is refused before it is opened: opening one can hang.
///
/// # Errors
/// The reason, for people.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, Refusal> {
    let kind = fs::metadata(path).map_err(|error| reason(&error))?;
    if kind.is_dir() {
        return Err("it is a folder".into());
    }
    if !kind.is_file() {
        return Err("it is not a regular file".into());
    }
    if kind.len() > LARGEST {
        return Err(format!("it is larger than the limit of {} MiB", LARGEST >> 20));
    }
    let file = fs::File::open(path).map_err(|error| reason(&error))?;
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or(0));
    // A file may grow while it is read.
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    Ok(bytes)
}

/// The system's reason as the end of a sentence.
fn reason(error: &std::io::Error) -> Refusal {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there any more".into(),
        std::io::ErrorKind::PermissionDenied => "you may not read it (permission denied)".into(),
        _ => error.to_string(),
    }
}

/// What a file is called in the import panel; names that are not text are shown as well as they can be.
pub(super) fn shown_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Where the desk keeps its workspace when none is named: the user's data folder, by the rules of each system.
/// `None` where the system tells no such folder.
#[must_use]
pub fn default_workspace() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_DATA_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/share")))
    };
    data.map(|data| data.join("dateline").join("desk.dateline"))
}
