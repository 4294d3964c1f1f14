//! The house rules, as a test: floors, doors, sizes, names.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first; the order of the `pub mod` lines in `src/lib.rs`.
const FLOORS: &[&str] = &["model", "lang", "gazetteer", "read", "extract", "store", "query", "export", "job", "ui", "app"];

/// (what, the only floors that may say it): a door.
const DOORS: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("crate::store", &["job", "app"]),
    ("std::fs", &["job", "app"]),
    ("std::thread", &["job", "app"]),
    ("std::net", &[]),
    ("std::time::SystemTime", &["job", "app"]),
    ("egui::", &["ui", "app"]),
    ("eframe::", &["app"]),
    ("walkers::", &["ui"]),
    ("unwrap()", &[]),
    ("todo!(", &[]),
    ("println!(", &[]),
];

/// Longest source file, in lines, its tests included.
const LONGEST: usize = 600;

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["util", "utils", "common", "helper", "helpers", "misc", "manager"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Every Rust file under a folder of the project: path from the root, and text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let shown = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    found.into_iter().map(|path| (shown(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// The floor a source file belongs to; `None` for the binaries and lib.rs.
fn floor(path: &str) -> Option<&'static str> {
    let first = path.strip_prefix("src/")?.split(['/', '.']).next()?;
    FLOORS.iter().find(|floor| **floor == first).copied()
}

/// A file's lines of code outside comments and its tests, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    (1..).zip(text[..end].lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn the_floors_are_drawn_in_lib() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let drawn: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(drawn, FLOORS);
}

#[test]
fn no_floor_uses_one_above() {
    let height = |name: &str| FLOORS.iter().position(|floor| *floor == name);
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let Some(own) = floor(&path).and_then(height) else { continue };
        for (number, line) in code(&text) {
            for part in line.split("crate::").skip(1) {
                let used = part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                if height(used).is_some_and(|used| used > own) {
                    wrong.push(format!("{path}:{number}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these use a floor above their own:\n{}", wrong.join("\n"));
}

#[test]
fn doors_are_kept_shut() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let Some(own) = floor(&path) else { continue };
        for (number, line) in code(&text) {
            for (what, allowed) in DOORS {
                if line.contains(what) && !allowed.contains(&own) {
                    wrong.push(format!("{path}:{number}: {what} in {own}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these stand behind another floor's door:\n{}", wrong.join("\n"));
}

#[test]
fn colours_stand_in_the_theme_alone() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src").into_iter().filter(|(path, _)| !path.ends_with("ui/theme.rs")) {
        for (number, line) in code(&text) {
            if ["Color32::from_rgb", "Color32::from_rgba", "Color32::from_gray", "hex_color!"]
                .iter()
                .any(|made| line.contains(made))
            {
                wrong.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "colours belong in src/ui/theme.rs:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_goes_in_and_out_and_is_short() {
    let mut wrong = Vec::new();
    for (path, text) in
        ["src", "tests", "benches"].iter().filter(|folder| root().join(folder).is_dir()).flat_map(|f| rust_files(f))
    {
        if !text.starts_with("//! ") {
            wrong.push(format!("{path}: does not begin with `//! `"));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{path}: {lines} lines, more than {LONGEST}"));
        }
        let empty = |part: &str| EMPTY_NAMES.contains(&part.trim_end_matches(".rs"));
        if path.split('/').any(empty) {
            wrong.push(format!("{path}: a name that says nothing"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tests_are_not_switched_off() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("tests").into_iter().filter(|(path, _)| !path.ends_with("tidy.rs")) {
        for (number, line) in (1..).zip(text.lines()) {
            if line.contains("#[ignore") || line.contains("#[should_panic") {
                wrong.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
