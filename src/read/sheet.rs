//! Lines with or without a kind → an article's text and blocks: what all formats of marked-up text end in.

use super::block::same_words;
use super::cues::{is_byline, kind_by_cue};
use super::lines::is_blank;
use super::published::{settle, stamp};
use super::{LIMITS, ReadError, plain};
use crate::lang::detect;
use crate::model::{About, Article, ArticleId, Block, BlockKind, Span, Warning, Warnings};

/// Text that grows block by block, a line each.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    text: String,
    blocks: Vec<Block>,
    is_cut: bool,
}

impl Sheet {
    /// Adds a line whose kind is known.
    pub fn add(&mut self, kind: BlockKind, words: &str) {
        let line = one_line(words);
        if !line.chars().any(char::is_alphanumeric) {
            return;
        }
        if self.text.len() + line.len() + 1 > LIMITS.text_bytes {
            self.is_cut = true;
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(&line);
        self.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
    }

    /// Adds a line that its wording and place must tell.
    pub fn line(&mut self, words: &str) {
        let line = one_line(words);
        let kind = if is_byline(&line) || stamp(&line).is_some_and(|stamp| stamp.has_cue || !self.has_begun()) {
            BlockKind::Credit
        } else {
            kind_by_cue(&line).unwrap_or(BlockKind::Paragraph)
        };
        self.add(kind, &line);
    }

    /// Adds text and blocks that another reader has made.
    pub fn append(&mut self, text: &str, blocks: &[Block]) {
        for block in blocks {
            self.add(block.kind, block.span.of(text));
        }
    }

    /// Does the headline stand at the head already?
    pub fn has_headline(&self, title: &str) -> bool {
        self.blocks.iter().take(3).any(|block| same_words(title, block.span.of(&self.text)))
    }

    pub fn has_begun(&self) -> bool {
        self.blocks.iter().any(|block| block.kind == BlockKind::Paragraph)
    }

    /// Bytes of paragraphs.
    pub fn prose(&self) -> usize {
        self.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).map(|block| block.span.len()).sum()
    }

    /// Text and blocks as they are.
    pub fn into_parts(self) -> (String, Vec<Block>) {
        (self.text, self.blocks)
    }

    /// The article; an error where there is nothing to read.
    pub fn article(self, id: ArticleId, mut about: About, file: &str, warnings: &mut Warnings) -> Result<Article, ReadError> {
        let Self { text, mut blocks, is_cut } = self;
        let is_own =
            |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Subheading | BlockKind::Caption | BlockKind::Headline);
        if !blocks.iter().any(|block| is_own(block.kind)) {
            return Err(ReadError::NoText);
        }
        if is_cut {
            warnings
                .push(Warning::new("truncated", format!("Only the first {} MiB of the text were kept", LIMITS.text_bytes >> 20)));
        }
        let first_of = |kind| blocks.iter().find(|block| block.kind == kind).map(|block| block.span.of(&text).to_owned());
        if about.title.is_none() {
            about.title = first_of(BlockKind::Headline);
        }
        if let Some(title) = &about.title
            && !blocks.iter().any(|block| block.kind == BlockKind::Headline)
            && let Some(block) = blocks.iter_mut().take(4).find(|block| same_words(title, block.span.of(&text)))
        {
            block.kind = BlockKind::Headline;
        }
        if about.byline.is_none() {
            about.byline = plain::byline(&text, &blocks);
        }
        settle(&mut about, &text, &blocks, file, warnings);
        about.language = detect(&text).map(|language| language.code.to_owned()).or(about.language);
        Ok(Article { id, about, blocks, text })
    }
}

/// One line, its runs of white space made one space, nothing invisible at its ends.
fn one_line(words: &str) -> String {
    let words = words.trim_matches(is_blank);
    let mut line = String::with_capacity(words.len());
    let mut is_open = false;
    for c in words.chars() {
        if c.is_whitespace() {
            is_open = true;
            continue;
        }
        if is_open {
            line.push(' ');
            is_open = false;
        }
        line.push(c);
    }
    line
}
