//! Plain text → one article, its text as it stands.

use super::decode::{End, decode};
use super::published::settle;
use super::{Hint, LIMITS, ReadError, about_from_hint, article_id, block};
use crate::lang::detect;
use crate::model::{About, Article, ArticleId, Block, BlockKind, Warning, Warnings};

/// Reads a file as plain text.
pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let text = text_of(bytes, None, warnings);
    if text.trim_matches(super::lines::is_blank).is_empty() {
        return Err(if bytes.is_ascii() { ReadError::Empty } else { ReadError::NoText });
    }
    Ok(vec![article(article_id(bytes, 0), text, about_from_hint(hint), &hint.name, warnings)])
}

/// Decodes as much of a file as an article's text can hold, and says so where more was there.
pub(super) fn text_of(bytes: &[u8], declared: Option<&[u8]>, warnings: &mut Warnings) -> String {
    // Four bytes hold one character in the widest of the encodings read, and no character takes less than one.
    let most = LIMITS.text_bytes * 4;
    let end = if bytes.len() > most { End::Cut } else { End::Whole };
    let text = decode(&bytes[..bytes.len().min(most)], declared, end, warnings);
    let kept = floor(&text, LIMITS.text_bytes);
    if kept < text.len() || end == End::Cut {
        warnings.push(truncated());
    }
    text[..kept].to_owned()
}

fn truncated() -> Warning {
    let limit = LIMITS.text_bytes >> 20;
    Warning::new("truncated", format!("Only the first {limit} MiB of the text were kept"))
}

/// The largest char boundary that is not beyond `limit`.
pub(super) fn floor(text: &str, limit: usize) -> usize {
    text.floor_char_boundary(limit)
}

/// Makes an article of a text that stands as it is: blocks, title, date.
pub(super) fn article(id: ArticleId, mut text: String, mut about: About, file_name: &str, warnings: &mut Warnings) -> Article {
    let kept = floor(&text, LIMITS.text_bytes);
    if kept < text.len() {
        text.truncate(kept);
        warnings.push(truncated());
    }
    let blocks = block::blocks(&text, about.title.as_deref());
    let first_of = |kind| blocks.iter().find(|block| block.kind == kind).map(|block| block.span.of(&text));
    if about.title.is_none() {
        about.title = first_of(BlockKind::Headline).map(str::to_owned);
    }
    if about.byline.is_none() {
        about.byline = byline(&text, &blocks);
    }
    if about.url.is_none() {
        let mut heads = blocks.iter().take(3).map(|block| block.span.of(&text));
        about.url = heads.find(|line| line.starts_with("http") && !line.contains(char::is_whitespace)).map(str::to_owned);
    }
    settle(&mut about, &text, &blocks, file_name, warnings);
    about.language = detect(&text).map(|language| language.code.to_owned()).or(about.language);
    Article { id, about, blocks, text }
}

/// The name in a byline among the first blocks.
pub(super) fn byline(text: &str, blocks: &[Block]) -> Option<String> {
    let mut lines = blocks.iter().take(8).map(|block| block.span.of(text));
    let line = lines.find(|line| super::cues::is_byline(line))?;
    line.get(3..).map(|name| name.trim().to_owned())
}
