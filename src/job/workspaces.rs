//! Workspace files on disk: who may write, snapshots and how many are kept, recent ones, what to do with damaged ones.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::files::default_workspace;
use crate::store::{Access, Recovered, Store, StoreError};

/// Snapshots of one workspace that are kept; the oldest goes first.
const SNAPSHOTS: usize = 10;

/// Least age of the newest snapshot, in seconds, before opening makes another: a day.
const DAY: u64 = 24 * 60 * 60;

/// Workspaces that "Open recent" offers.
const RECENT: usize = 10;

/// An open workspace file and the right to write to it. The right goes with the process, however it ends.
#[derive(Debug)]
pub(super) struct Hold {
    pub store: Store,
    _lock: Option<File>,
}

/// Why a workspace was not opened.
#[derive(Debug)]
pub(super) enum Shut {
    Damaged(PathBuf, String),
    Refused(String),
}

impl From<StoreError> for Shut {
    fn from(error: StoreError) -> Self {
        let words = error.to_string();
        match error {
            StoreError::Damaged(path, _) => Self::Damaged(path, words),
            _ => Self::Refused(words),
        }
    }
}

/// Opens a workspace: for writing where no other window does, else for reading.
pub(super) fn open(path: Option<&Path>) -> Result<Hold, Shut> {
    let Some(path) = path else { return Ok(Hold { store: Store::in_memory()?, _lock: None }) };
    let refused = |path: &Path, error: &std::io::Error| Shut::Refused(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    }
    if path.is_dir() {
        return Err(Shut::Refused(format!("{}: it is a folder", path.display())));
    }
    let Some(lock) = lock(path) else {
        return Ok(Hold { store: Store::open_read_only(path)?, _lock: None });
    };
    // SQLite takes this file away when it is closed in order; where it stands, the last window was not.
    let unclean = fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    let snapshot = snapshot_path(path, "before-update");
    let store = match Store::open(path, snapshot.as_deref()) {
        Ok(store) => store,
        Err(StoreError::ReadOnly(_)) => return Ok(Hold { store: Store::open_read_only(path)?, _lock: None }),
        Err(error) => return Err(error.into()),
    };
    if unclean {
        store.check()?;
    }
    Ok(Hold { store, _lock: Some(lock) })
}

/// Takes the right to write; `None` where another window has it.
fn lock(path: &Path) -> Option<File> {
    // Not the workspace itself: closing a second handle on it would drop SQLite's own locks.
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside(path, ".lock"));
    match file {
        Ok(file) => file.try_lock().is_ok().then_some(file),
        Err(_) => None,
    }
}

/// The file beside a workspace whose name goes on with `ending`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Seconds since 1970-01-01 UTC.
pub(super) fn seconds() -> i64 {
    i64::try_from(now()).unwrap_or(0)
}

/// Who sits here, by the system's account.
pub(super) fn person() -> String {
    let name = ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
    name.unwrap_or_default()
}

fn snapshots(path: &Path) -> PathBuf {
    beside(path, ".snapshots")
}

/// A name for a new snapshot; makes the folder and room for it.
pub(super) fn snapshot_path(path: &Path, why: &str) -> Option<PathBuf> {
    let folder = snapshots(path);
    fs::create_dir_all(&folder).ok()?;
    let made = made_snapshots(&folder);
    for old in made.iter().rev().skip(SNAPSHOTS - 1) {
        // What cannot be deleted stays; the next rotation tries again.
        let _ = fs::remove_file(old);
    }
    let mut count = 0;
    loop {
        let name = folder.join(format!("{:012}-{count:02}-{why}.dateline", now()));
        if !name.exists() {
            return Some(name);
        }
        count += 1;
    }
}

/// Oldest first: the names begin with the second they were made in.
fn made_snapshots(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut made: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    made.retain(|path| path.extension().is_some_and(|ending| ending == "dateline"));
    made.sort();
    made
}

/// Makes a snapshot of a workspace that has something to lose, once a day.
pub(super) fn daily_snapshot(store: &Store) -> Result<(), StoreError> {
    let path = store.path();
    if store.access() == Access::Read || !path.is_file() {
        return Ok(());
    }
    let newest = made_snapshots(&snapshots(path)).pop();
    let age = newest.and_then(|path| {
        let name = path.file_name()?.to_str()?;
        Some(now().saturating_sub(name.get(..12)?.parse::<u64>().ok()?))
    });
    if age.is_some_and(|age| age < DAY) {
        return Ok(());
    }
    match snapshot_path(path, "daily") {
        Some(to) => store.copy_to(&to),
        None => Ok(()),
    }
}

/// Saves what can be read of a damaged workspace into a new file beside it; the damaged one stays as it is.
pub(super) fn recover(path: &Path) -> Result<(PathBuf, Recovered), String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let free = |count: usize| path.with_file_name(format!("{stem} recovered {count}.dateline"));
    #[allow(clippy::maybe_infinite_iter)] // a folder holds finitely many files
    let to = (1..).map(free).find(|to| !to.exists()).expect("some number is free");
    let work = beside(path, ".recovering");
    for ending in ["", "-wal"] {
        let (from, copy) = (beside(path, ending), beside(&work, ending));
        if from.exists() {
            fs::copy(&from, &copy).map_err(|error| told(&error))?;
        }
    }
    let done = Store::recover(&work, &to);
    for ending in ["", "-wal", "-shm"] {
        // Only our own working copy; where it stays, it harms nothing.
        let _ = fs::remove_file(beside(&work, ending));
    }
    match done {
        Ok(done) => Ok((to, done)),
        Err(error) => {
            for ending in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(beside(&to, ending));
            }
            Err(told(&error))
        }
    }
}

/// The list of workspaces opened before, in the user's data folder.
fn recent_list() -> Option<PathBuf> {
    Some(default_workspace()?.with_file_name("recent.txt"))
}

/// Workspaces opened before that are still there, the last one first.
pub(super) fn recent() -> Vec<PathBuf> {
    let kept = recent_list().and_then(|list| fs::read_to_string(list).ok()).unwrap_or_default();
    kept.lines().map(PathBuf::from).filter(|path| path.is_file()).take(RECENT).collect()
}

/// Puts a workspace at the head of the list. Best effort: without a data folder there is no list.
pub(super) fn note_recent(path: &Path) {
    let Some(list) = recent_list() else { return };
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let others = recent().into_iter().filter(|other| *other != path);
    let lines: Vec<String> =
        std::iter::once(path.clone()).chain(others).take(RECENT).map(|path| path.display().to_string()).collect();
    let _ = replace(&list, (lines.join("\n") + "\n").as_bytes());
}

/// Writes a file whole or not at all: beside it first, then in its place.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let new = beside(path, ".new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(new, path)
}
