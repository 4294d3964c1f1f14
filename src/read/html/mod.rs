//! A saved page → one article: gate, what the page says about itself, its text without the furniture.

mod about;
mod blocks;
mod gate;
mod strip;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::decode::{End, decode};
use super::published::settle;
use super::{Hint, LIMITS, ReadError, about_from_hint, article_id, plain};
use crate::lang::detect;
use crate::model::{About, Article, Block, BlockKind, Warning, Warnings};

pub use gate::Gate;
pub(super) use strip::entity;

/// Does the content begin as a page does?
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    // UTF-16 has a zero beside each letter of the tags.
    let head: Vec<u8> = head.iter().filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .or_else(|| head.strip_prefix(b"\xff\xfe"))
        .or_else(|| head.strip_prefix(b"\xfe\xff"))
        .unwrap_or(&head);
    let body = head.trim_ascii_start();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    body.starts_with(b"<!doctype html")
        || body.starts_with(b"<html")
        || (body.starts_with(b"<")
            && [&b"<html"[..], b"<head", b"<body", b"<meta ", b"<article", b"<div", b"<p>", b"<h1"].iter().any(|tag| has(tag)))
}

/// Reads a page.
pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    if bytes.len() > LIMITS.page_bytes {
        return Err(ReadError::TooLarge(format!("{} MB for a web page", LIMITS.page_bytes / 1_000_000)));
    }
    let html = decode(bytes, declared(bytes), End::Whole, warnings);
    let id = article_id(bytes, 0);
    let about = about_from_hint(hint);
    if let Err(refusal) = gate::check(&html, LIMITS.page) {
        let message = format!("The page {}; only its plain words were read", refusal.words());
        warnings.push(Warning::new("page-too-complex", message));
        let text = strip::strip(&html);
        if text.trim().is_empty() {
            return Err(ReadError::NoText);
        }
        return Ok(vec![plain::article(id, text, about, &hint.name, warnings)]);
    }
    let (mut about, text, blocks) = page(&html, about);
    if !blocks.iter().any(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Subheading | BlockKind::Caption)) {
        return Err(ReadError::NoText);
    }
    if text.len() > LIMITS.text_bytes {
        // Rare: a page of a novel's length; its plain words are cut as any text is.
        return Ok(vec![plain::article(id, text, about, &hint.name, warnings)]);
    }
    settle(&mut about, &text, &blocks, &hint.name, warnings);
    about.language = detect(&text).map(|language| language.code.to_owned()).or(about.language);
    Ok(vec![Article { id, about, blocks, text }])
}

/// Text and blocks of a piece of HTML that is article text as a whole: an entry of a feed, a chapter, a letter.
pub(super) fn fragment(html: &str, title: Option<&str>) -> (String, Vec<Block>) {
    if gate::check(html, LIMITS.page).is_err() {
        let text = strip::strip(html);
        let blocks = super::block::blocks(&text, title);
        return (text, blocks);
    }
    let document = Document::from(html);
    let root = document.body().unwrap_or_else(|| document.root());
    blocks::blocks(&root, title, LIMITS.text_bytes)
}

/// What the page says about itself, and its text in blocks.
fn page(html: &str, mut about: About) -> (About, String, Vec<Block>) {
    let doc = Document::from(html);
    let described = about::fill(&doc, &html[..html.floor_char_boundary(2048)], &mut about);
    let whole = || {
        let doc = Document::from(html);
        let body = doc.select("article, main, [role=main]");
        let root = body.nodes().first().copied().or_else(|| doc.body()).unwrap_or_else(|| doc.root());
        blocks::blocks(&root, about.title.as_deref(), LIMITS.text_bytes)
    };
    // Pages of the nineties: one table, lines broken by hand. Cleaning takes the breaks for spaces.
    if !doc.select("p").exists() && doc.select("br").length() >= 4 {
        let (text, found) = whole();
        return (about, text, found);
    }
    let config = Config { text_mode: TextMode::Formatted, keep_classes: true, ..Config::default() };
    let cleaned = Readability::with_document(doc, None, Some(config)).and_then(|mut reader| reader.parse());
    let (text, found) = match cleaned {
        Ok(article) => {
            let content = Document::fragment(article.content);
            blocks::blocks(&content.root(), about.title.as_deref(), LIMITS.text_bytes)
        }
        Err(_) => whole(),
    };
    // A short page that the cleaning left next to nothing of.
    let (text, found) = if words(&found) < SHORT {
        Some(whole()).filter(|(_, all)| words(all) > words(&found) * 2).unwrap_or((text, found))
    } else {
        (text, found)
    };
    // A live page is a list, and cleaning takes lists for furniture.
    let (text, found) = if described.is_live {
        Some(whole()).filter(|(_, all)| words(all) * 2 > words(&found) * 3).unwrap_or((text, found))
    } else {
        (text, found)
    };
    match described.body {
        Some(body) if body.len() * 2 > words(&found) * 3 => {
            let (text, found) = described_text(about.title.as_deref(), &body);
            (about, text, found)
        }
        _ => (about, text, found),
    }
}

/// The text that a page's description holds, under the headline.
fn described_text(title: Option<&str>, body: &str) -> (String, Vec<Block>) {
    let body = &body[..plain::floor(body, LIMITS.text_bytes)];
    let mut sheet = super::sheet::Sheet::default();
    if let Some(title) = title {
        sheet.add(BlockKind::Headline, title);
    }
    sheet.append(body, &super::block::blocks(body, title));
    sheet.into_parts()
}

/// Bytes of paragraphs below which the whole body is tried too: about two sentences.
const SHORT: usize = 250;

fn words(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).map(|block| block.span.len()).sum()
}

/// The character set that the page declares in its first kilobytes: `<meta charset=…>` or `content="text/html; charset=…"`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = head.windows(8).position(|window| window.eq_ignore_ascii_case(b"charset="))? + 8;
    let rest = head[at..].trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')))?;
    (end > 0).then_some(&rest[..end])
}
