//! `OpenDocument` text (ISO 26300), packed or flat → one article: paragraphs by their styles, without notes and deleted text.

use std::collections::BTreeMap;

use super::fill;
use crate::model::{Article, BlockKind, Warnings};
use crate::read::sheet::Sheet;
use crate::read::xml::{self, Element, Node};
use crate::read::zip::{self, Archive};
use crate::read::{Hint, ReadError, about_from_hint, article_id};

const KIND: &[u8] = b"application/vnd.oasis.opendocument.text";

pub(in crate::read) fn sniff(bytes: &[u8]) -> bool {
    // The first entry is "mimetype", not packed, so that its content stands at a fixed place.
    (zip::sniff(bytes)
        && bytes[..bytes.len().min(200)].windows(KIND.len()).any(|window| window == KIND)
        && Archive::open(bytes).is_ok_and(|archive| archive.has("content.xml")))
        || (!zip::sniff(bytes)
            && xml::root(bytes).is_some_and(|root| root == "document")
            && bytes[..bytes.len().min(8192)].windows(12).any(|window| window == b"opendocument"))
}

pub(in crate::read) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let mut about = about_from_hint(hint);
    let document = if zip::sniff(bytes) {
        let archive = Archive::open(bytes)?;
        if archive
            .file("META-INF/manifest.xml", hint)
            .ok()
            .flatten()
            .is_some_and(|list| list.windows(15).any(|window| window == b"encryption-data"))
        {
            return Err(ReadError::Encrypted);
        }
        let content = archive.file("content.xml", hint)?.ok_or_else(|| ReadError::Broken("there is no document in it".into()))?;
        if let Ok(Some(card)) = archive.file("meta.xml", hint)
            && let Ok(card) = xml::parse(&card, &mut Warnings::new())
        {
            fill(&card, &mut about);
        }
        xml::parse(&content, warnings)?
    } else {
        let document = xml::parse(bytes, warnings)?;
        if let Some(card) = document.child("meta") {
            fill(card, &mut about);
        }
        document
    };
    let mut found = Vec::new();
    document.all("style", &mut found);
    let parent = |style: &&Element| Some((style.attribute("name")?.to_owned(), style.attribute("parent-style-name")?.to_owned()));
    let page = Page { parents: found.iter().filter_map(parent).collect() };
    let mut sheet = Sheet::default();
    page.walk(document.find("text").unwrap_or(&document), &mut sheet);
    sheet.article(article_id(bytes, 0), about, &hint.name, warnings).map(|article| vec![article])
}

struct Page {
    /// Automatic styles ("P3") by what they are made from ("Title").
    parents: BTreeMap<String, String>,
}

impl Page {
    fn walk(&self, parent: &Element, sheet: &mut Sheet) {
        for element in parent.elements() {
            match element.name.as_str() {
                "h" => {
                    let kind = if sheet.has_begun() || element.attribute("outline-level").is_some_and(|level| level != "1") {
                        BlockKind::Subheading
                    } else {
                        BlockKind::Headline
                    };
                    sheet.add(kind, &words(element));
                }
                "p" => self.paragraph(element, sheet),
                "table-row" => {
                    let cells: Vec<String> = element
                        .elements()
                        .map(words)
                        .map(|text| text.trim().to_owned())
                        .filter(|text| !text.is_empty())
                        .collect();
                    if cells.len() <= 1 || cells.iter().any(|text| text.len() > 300) {
                        self.walk(element, sheet);
                    } else {
                        sheet.line(&cells.join(", "));
                    }
                }
                "tracked-changes" | "note" | "annotation" | "table-of-content" | "sequence-decls" | "forms" | "bibliography" => {}
                _ => self.walk(element, sheet),
            }
        }
    }

    fn paragraph(&self, element: &Element, sheet: &mut Sheet) {
        let own = element.attribute("style-name").unwrap_or("");
        let style = self.parents.get(own).map_or(own, String::as_str).to_lowercase();
        let text = words(element);
        match style.as_str() {
            "title" => sheet.add(BlockKind::Headline, &text),
            "subtitle" => sheet.add(BlockKind::Subheading, &text),
            "caption" | "illustration" | "figure" => sheet.add(BlockKind::Caption, &text),
            "header" | "footer" => sheet.add(BlockKind::Boilerplate, &text),
            style if style.starts_with("heading") => sheet.add(BlockKind::Subheading, &text),
            _ => text.split('\n').for_each(|line| sheet.line(line)),
        }
        // A picture in a frame has its caption in a box of its own.
        let mut boxes = Vec::new();
        element.all("text-box", &mut boxes);
        for inner in boxes {
            self.walk(inner, sheet);
        }
    }
}

fn words(element: &Element) -> String {
    let mut text = String::new();
    write(element, &mut text);
    text
}

fn write(element: &Element, text: &mut String) {
    for node in &element.children {
        match node {
            // Line ends in the file are white space.
            Node::Text(words) => text.extend(words.chars().map(|c| if c == '\n' { ' ' } else { c })),
            Node::Element(inner) => match inner.name.as_str() {
                "s" | "tab" => text.push(' '),
                "line-break" => text.push('\n'),
                "note" | "annotation" | "frame" | "change" | "change-start" | "change-end" | "tracked-changes" => {}
                _ => write(inner, text),
            },
        }
    }
}
