//! The parts of a container → the articles in them, and a warning for each part that gave none.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Hint, LIMITS, ReadError, read};
use crate::model::{Article, Warning, Warnings};

/// Where in its containers a part stands. Shared by all parts of one input, so that archives inside archives draw on one
/// allowance.
#[derive(Clone, Debug, Default)]
pub struct Nest {
    depth: u8,
    unpacked: Arc<AtomicU64>,
}

impl Nest {
    /// Counts bytes that were unpacked.
    ///
    /// # Errors
    /// Where all that one input may unpack to is used up.
    pub(super) fn take(&self, bytes: usize) -> Result<(), ReadError> {
        let before = self.unpacked.fetch_add(bytes as u64, Ordering::Relaxed);
        if before + bytes as u64 > LIMITS.unpacked_bytes {
            return Err(ReadError::TooLarge(format!("{} MiB for all that an archive unpacks to", LIMITS.unpacked_bytes >> 20)));
        }
        Ok(())
    }

    /// How many bytes may still be unpacked.
    pub(super) fn room(&self) -> u64 {
        LIMITS.unpacked_bytes.saturating_sub(self.unpacked.load(Ordering::Relaxed))
    }

    fn inner(&self) -> Result<Self, ReadError> {
        if self.depth >= LIMITS.nesting {
            return Err(ReadError::Broken(format!("more than {} containers are nested in one another", LIMITS.nesting)));
        }
        Ok(Self { depth: self.depth + 1, unpacked: Arc::clone(&self.unpacked) })
    }
}

/// Warnings kept from the parts of one container; the rest are counted.
const MOST_WARNINGS: usize = 20;

/// Articles as the parts of a container give them.
pub(super) struct Bundle<'a> {
    hint: &'a Hint,
    nest: Result<Nest, ReadError>,
    articles: Vec<Article>,
    first: Option<ReadError>,
    told: usize,
    untold: usize,
    /// Text gathered so far, bytes.
    bytes: usize,
}

/// Text kept of one container, bytes: the answer travels through a pipe and stands in memory as a whole.
const MOST_TEXT: usize = 128 << 20;

impl<'a> Bundle<'a> {
    pub(super) fn new(hint: &'a Hint) -> Self {
        Self { hint, nest: hint.nest.inner(), articles: Vec::new(), first: None, told: 0, untold: 0, bytes: 0 }
    }

    /// Reads one part as a file of its own.
    pub(super) fn part(&mut self, name: &str, url: Option<String>, bytes: &[u8], warnings: &mut Warnings) {
        let mut own = Warnings::new();
        let result = self.nest.clone().and_then(|nest| {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
            read(bytes, &Hint { name: file, url, columns: self.hint.columns.clone(), nest }, &mut own)
        });
        match result {
            Ok(articles) => self.take(name, articles, own, warnings),
            Err(error) => self.refuse(name, error, warnings),
        }
    }

    /// Takes in articles that were read of a part.
    pub(super) fn take(&mut self, name: &str, articles: Vec<Article>, own: Warnings, warnings: &mut Warnings) {
        for warning in own {
            let message = if name.is_empty() { warning.message } else { format!("{}: {}", shown(name), warning.message) };
            self.tell(Warning { message, ..warning }, warnings);
        }
        for mut article in articles {
            self.bytes += article.text.len();
            if self.articles.len() >= LIMITS.entries || self.bytes > MOST_TEXT {
                self.untold += 1;
                self.first.get_or_insert(ReadError::TooLarge(format!("{} articles in one file", LIMITS.entries)));
                continue;
            }
            let source = &article.about.source;
            article.about.source = if source.is_empty() || *source == self.hint.name {
                self.hint.name.clone()
            } else {
                format!("{} › {source}", self.hint.name)
            };
            self.articles.push(article);
        }
    }

    /// Notes a part that gave nothing.
    pub(super) fn refuse(&mut self, name: &str, error: ReadError, warnings: &mut Warnings) {
        self.tell(Warning::new("part-not-read", format!("{}: {error}", shown(name))), warnings);
        self.first.get_or_insert(error);
    }

    fn tell(&mut self, warning: Warning, warnings: &mut Warnings) {
        if self.told < MOST_WARNINGS {
            self.told += 1;
            warnings.push(warning);
        } else {
            self.untold += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.articles.len() >= LIMITS.entries || self.bytes > MOST_TEXT
    }

    /// The articles; where there are none, the first reason.
    pub(super) fn finish(self, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
        if self.untold > 0 {
            warnings.push(Warning::new("part-not-read", format!("… and {} more like these", self.untold)));
        }
        if self.articles.is_empty() {
            return Err(self.first.unwrap_or(ReadError::NoText));
        }
        Ok(self.articles)
    }
}

/// A part's name as it may be shown: hostile archives have names of any length and kind.
fn shown(name: &str) -> String {
    name.chars().take(120).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Names that no one looks for articles under: what programs put beside them.
pub(super) fn is_furniture(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    let file = low.rsplit(['/', '\\']).next().unwrap_or(&low);
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    low.starts_with("__macosx/")
        || low.split(['/', '\\']).any(|part| part.ends_with("_files") || (part.starts_with('.') && part != "." && part != ".."))
        || matches!(file, "thumbs.db" | "desktop.ini" | "")
        || matches!(
            extension,
            "css"
                | "js"
                | "mjs"
                | "map"
                | "png"
                | "jpg"
                | "jpeg"
                | "gif"
                | "svg"
                | "webp"
                | "avif"
                | "ico"
                | "bmp"
                | "tif"
                | "tiff"
                | "woff"
                | "woff2"
                | "ttf"
                | "otf"
                | "eot"
                | "mp3"
                | "mp4"
                | "webm"
                | "ogg"
                | "wav"
                | "mov"
                | "m4a"
                | "avi"
                | "cdx"
                | "cdxj"
                | "idx"
        )
}
