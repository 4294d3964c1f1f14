//! DOCX (ECMA-376) → one article: paragraphs by their styles, without headers, footers, notes and deleted text.

use std::collections::BTreeMap;

use super::fill;
use crate::model::{Article, BlockKind, Warnings};
use crate::read::sheet::Sheet;
use crate::read::xml::{self, Element, Node};
use crate::read::zip::{self, Archive};
use crate::read::{Hint, ReadError, about_from_hint, article_id};

const BODY: &str = "word/document.xml";

pub(in crate::read) fn sniff(bytes: &[u8]) -> bool {
    zip::sniff(bytes) && Archive::open(bytes).is_ok_and(|archive| archive.has(BODY))
}

pub(in crate::read) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let archive = Archive::open(bytes)?;
    let body = archive.file(BODY, hint)?.ok_or_else(|| ReadError::Broken("there is no document in it".into()))?;
    let mut about = about_from_hint(hint);
    if let Ok(Some(card)) = archive.file("docProps/core.xml", hint)
        && let Ok(card) = xml::parse(&card, &mut Warnings::new())
    {
        fill(&card, &mut about);
    }
    let styles = match archive.file("word/styles.xml", hint) {
        Ok(Some(styles)) => xml::parse(&styles, &mut Warnings::new()).map(|styles| names(&styles)).unwrap_or_default(),
        _ => BTreeMap::new(),
    };
    let document = xml::parse(&body, warnings)?;
    let mut sheet = Sheet::default();
    walk(document.child("body").unwrap_or(&document), &styles, &mut sheet);
    sheet.article(article_id(bytes, 0), about, &hint.name, warnings).map(|article| vec![article])
}

/// Names of the paragraph styles by their ids: ids are in the user's language, names are not.
fn names(styles: &Element) -> BTreeMap<String, String> {
    let named =
        |style: &Element| Some((style.attribute("styleId")?.to_owned(), style.child("name")?.attribute("val")?.to_lowercase()));
    styles.elements().filter(|element| element.name == "style").filter_map(named).collect()
}

fn walk(parent: &Element, styles: &BTreeMap<String, String>, sheet: &mut Sheet) {
    for element in parent.elements() {
        match element.name.as_str() {
            "p" => paragraph(element, styles, sheet),
            "tbl" => table(element, styles, sheet),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" => walk(element, styles, sheet),
            _ => {}
        }
    }
}

/// A table with one cell a row is layout; with more, each row is a line.
fn table(table: &Element, styles: &BTreeMap<String, String>, sheet: &mut Sheet) {
    for row in table.elements().filter(|element| element.name == "tr") {
        let cells: Vec<&Element> = row.elements().filter(|element| element.name == "tc").collect();
        let texts: Vec<String> =
            cells.iter().map(|cell| words(cell)).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
        if texts.len() <= 1 || texts.iter().any(|text| text.len() > 300) {
            for cell in cells {
                walk(cell, styles, sheet);
            }
        } else {
            sheet.line(&texts.join(", "));
        }
    }
}

fn paragraph(paragraph: &Element, styles: &BTreeMap<String, String>, sheet: &mut Sheet) {
    // Text boxes stand inside a run of the paragraph that they hang on.
    let mut boxes = Vec::new();
    paragraph.all("txbxContent", &mut boxes);
    let text = words(paragraph);
    let id = paragraph.child("pPr").and_then(|own| own.child("pStyle")).and_then(|style| style.attribute("val")).unwrap_or("");
    let style = styles.get(id).cloned().unwrap_or_else(|| id.to_lowercase());
    let level = paragraph.child("pPr").and_then(|own| own.child("outlineLvl")).is_some();
    let is_first = !sheet.has_begun();
    match style.as_str() {
        "title" => sheet.add(BlockKind::Headline, &text),
        "heading 1" | "heading1" if is_first && !text.trim().is_empty() => sheet.add(BlockKind::Headline, &text),
        "caption" => sheet.add(BlockKind::Caption, &text),
        style if style.starts_with("heading") || style == "subtitle" || level => sheet.add(BlockKind::Subheading, &text),
        style if style.starts_with("toc ") || style == "header" || style == "footer" => sheet.add(BlockKind::Boilerplate, &text),
        _ => text.split('\n').for_each(|line| sheet.line(line)),
    }
    // The same box stands twice, for old and new programs; the second is left out.
    if let Some(inner) = boxes.first() {
        walk(inner, styles, sheet);
    }
}

/// The words of a paragraph as they are to be read, line ends kept.
fn words(element: &Element) -> String {
    let mut text = String::new();
    write(element, &mut text);
    text
}

fn write(element: &Element, text: &mut String) {
    for child in element.elements() {
        match child.name.as_str() {
            "t" => {
                for node in &child.children {
                    if let Node::Text(words) = node {
                        text.push_str(words);
                    }
                }
            }
            "tab" => text.push(' '),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "p" => {
                if !text.is_empty() {
                    text.push(' ');
                }
                write(child, text);
            }
            // Deleted and moved text, codes of fields, what hangs on the paragraph.
            "del" | "moveFrom" | "instrText" | "delText" | "pPr" | "rPr" | "drawing" | "pict" | "AlternateContent" | "object"
            | "footnoteReference" | "endnoteReference" | "commentReference" => {}
            "r" if is_hidden(child) => {}
            _ => write(child, text),
        }
    }
}

fn is_hidden(run: &Element) -> bool {
    run.child("rPr")
        .is_some_and(|own| own.child("vanish").is_some_and(|flag| !matches!(flag.attribute("val"), Some("0" | "false"))))
}
