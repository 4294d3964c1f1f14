//! The languages that are read, each a folder under `assets/lang` and a row here.
//!
//! A row holds what was trained or gathered from treebanks. What is English's own in the rules of this floor (abbreviations,
//! sentence starters, verbs that hand on their object) lies as lists in the same folder.

use super::{English, Setting};

/// One language.
#[derive(Debug)]
pub struct Folder {
    /// ISO 639-1; the folder's name.
    pub code: &'static str,
    /// In English.
    pub name: &'static str,
    pub(super) lexicon: &'static [u8],
    pub(super) tagger: &'static [u8],
    net_fast: &'static [u8],
    net_better: &'static [u8],
}

impl Folder {
    pub(super) const fn net(&self, setting: Setting) -> &'static [u8] {
        match setting {
            Setting::Fast => self.net_fast,
            Setting::Better => self.net_better,
        }
    }

    /// Opens its tables.
    ///
    /// # Panics
    /// Never in a built program: the tables are embedded, and tests open them.
    #[must_use]
    pub fn load(&self, setting: Setting) -> English {
        English::of(self, setting).expect("made by dateline-assets")
    }
}

/// All languages; the first is read where nothing is known.
pub const LANGUAGES: &[Folder] = &[Folder {
    code: "en",
    name: "English",
    lexicon: include_bytes!("../../assets/lang/en/lexicon.bin"),
    tagger: include_bytes!("../../assets/lang/en/tagger.bin"),
    net_fast: include_bytes!("../../assets/lang/en/net_fast.bin"),
    net_better: include_bytes!("../../assets/lang/en/net_better.bin"),
}];

/// The languages as a sentence names them: "English", "English and French".
#[must_use]
pub fn names() -> String {
    let names: Vec<&str> = LANGUAGES.iter().map(|language| language.name).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
