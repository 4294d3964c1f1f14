//! An e-book (EPUB 2 and 3) → an article for each chapter that has text: newspapers as e-books hold an article a chapter.

use super::bundle::Bundle;
use super::date::field_date;
use super::decode::{End, decode};
use super::html::fragment;
use super::lines::ends_sentence;
use super::published::Candidates;
use super::sheet::Sheet;
use super::xml;
use super::zip::{self, Archive};
use super::{Hint, ReadError, article_id};
use crate::model::{About, Article, BlockKind, PublishedFrom, Warnings};

const CONTAINER: &str = "META-INF/container.xml";

/// Bytes of prose below which a chapter is a cover, a title page or a list of contents.
const SHORTEST: usize = 200;

pub(super) fn sniff(bytes: &[u8]) -> bool {
    zip::sniff(bytes) && Archive::open(bytes).is_ok_and(|archive| archive.has(CONTAINER))
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let archive = Archive::open(bytes)?;
    let missing = |what: &str| ReadError::Broken(format!("{what} is missing in the e-book"));
    let file = |name: &str| archive.file(name, hint)?.ok_or_else(|| missing(name));
    let container = xml::parse(&file(CONTAINER)?, warnings)?;
    let root =
        container.find("rootfile").and_then(|root| root.attribute("full-path")).ok_or_else(|| missing("the list of contents"))?;
    let package = xml::parse(&file(root)?, warnings)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let meta = package.child("metadata");
    let said = |name: &str| {
        meta.and_then(|meta| meta.said(name).or_else(|| meta.find(name).map(|element| element.text().trim().to_owned())))
    };
    let locked = archive
        .file("META-INF/encryption.xml", hint)?
        .is_some_and(|list| list.windows(5).any(|window| window == b"html\"" || window == b"html<"));
    if locked {
        return Err(ReadError::Encrypted);
    }
    let mut found = Candidates::default();
    if let Some(value) = said("date") {
        found.push(PublishedFrom::Meta, field_date(&value), || format!("e-book date = {value}"));
    }
    let dates = found.into_vec();
    let (book, author, language) = (said("title"), said("creator"), said("language"));
    let mut bundle = Bundle::new(hint);
    let manifest: Vec<&xml::Element> = package.child("manifest").into_iter().flat_map(xml::Element::elements).collect();
    let mut short = Vec::new();
    for reference in package.child("spine").into_iter().flat_map(xml::Element::elements) {
        let Some(item) =
            manifest.iter().find(|item| item.attribute("id").is_some() && item.attribute("id") == reference.attribute("idref"))
        else {
            continue;
        };
        if item.attribute("properties").is_some_and(|own| own.split(' ').any(|own| own == "nav")) {
            continue;
        }
        let Some(href) = item.attribute("href") else { continue };
        let path = resolve(folder, href);
        let content = match archive.file(&path, hint) {
            Ok(Some(content)) => content,
            Ok(None) => {
                bundle.refuse(&path, ReadError::Broken("the chapter is missing".into()), warnings);
                continue;
            }
            Err(error) => {
                bundle.refuse(&path, error, warnings);
                continue;
            }
        };
        let mut own = Warnings::new();
        let page = decode(&content, None, End::Whole, &mut own);
        let (text, blocks) = fragment(&page, None);
        let mut sheet = Sheet::default();
        for (at, block) in blocks.iter().enumerate() {
            let is_head = at < 3 && block.kind == BlockKind::Subheading && !sheet.has_begun() && !sheet.has_headline("");
            let kind = if is_head && blocks[..at].iter().all(|before| before.kind != BlockKind::Subheading) {
                BlockKind::Headline
            } else {
                block.kind
            };
            // Books made by word processors have no headings, only paragraphs that look like them.
            let line = block.span.of(&text);
            let is_bare = at == 0 && kind == BlockKind::Paragraph && line.split(' ').count() <= 18 && !ends_sentence(line);
            sheet.add(if is_bare { BlockKind::Headline } else { kind }, line);
        }
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let about = About {
            doc_id: format!("{}-{}", super::stem(&hint.name), super::stem(&name)),
            source: name.clone(),
            outlet: book.clone(),
            byline: None,
            language: language.clone().map(|language| language.to_lowercase().chars().take(2).collect()),
            date_candidates: dates.clone(),
            ..About::default()
        };
        let prose = sheet.prose();
        let Ok(mut article) = sheet.article(article_id(&content, 0), about, "", &mut own) else { continue };
        if article.about.byline.is_none() {
            article.about.byline.clone_from(&author);
        }
        if prose < SHORTEST {
            short.push((name, article, own));
        } else {
            bundle.take(&name, vec![article], own, warnings);
        }
    }
    // A book of nothing but short pieces.
    if bundle.is_empty() {
        for (name, article, own) in short {
            bundle.take(&name, vec![article], own, warnings);
        }
    }
    bundle.finish(warnings)
}

/// The place in the archive of an address relative to `folder`.
fn resolve(folder: &str, href: &str) -> String {
    let href = unescape(href.split('#').next().unwrap_or(href));
    let mut parts: Vec<&str> =
        if href.starts_with('/') { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%20` → a space.
fn unescape(href: &str) -> String {
    let bytes = href.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex =
            (bytes[at] == b'%').then(|| href.get(at + 1..at + 3)).flatten().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
