//! One `nitf` element (NITF 3.6) → an article.

use crate::model::{About, Article, BlockKind, PublishedFrom, Warnings};
use crate::read::date::field_date;
use crate::read::published::Candidates;
use crate::read::sheet::Sheet;
use crate::read::xml::{Element, Node};
use crate::read::{Hint, ReadError, about_from_hint, article_id};

/// What the envelope around the item says; the item's own words go first.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub outlet: Option<String>,
    pub language: Option<String>,
    pub dateline: Option<String>,
    pub url: Option<String>,
    pub doc_id: Option<String>,
    /// Field and value.
    pub dates: Vec<(&'static str, String)>,
}

impl Told {
    /// What is known about the article, apart from its text.
    pub fn about(self, hint: &Hint) -> About {
        let mut found = Candidates::default();
        for (field, value) in &self.dates {
            found.push(PublishedFrom::Meta, field_date(value), || format!("{field} = {value}"));
        }
        let own = about_from_hint(hint);
        About {
            doc_id: self.doc_id.unwrap_or(own.doc_id),
            title: self.title,
            outlet: self.outlet,
            byline: self.byline.map(|name| name.trim_start_matches("By ").trim_start_matches("by ").to_owned()),
            url: self.url.or(own.url),
            language: self.language.map(|language| language.to_lowercase().chars().take(2).collect()),
            date_candidates: found.into_vec(),
            source: own.source,
            ..About::default()
        }
    }
}

pub(super) fn article(
    nitf: &Element,
    mut told: Told,
    bytes: &[u8],
    hint: &Hint,
    warnings: &mut Warnings,
) -> Result<Article, ReadError> {
    let head = nitf.child("head");
    let body = nitf.child("body").unwrap_or(nitf);
    let body_head = body.child("body.head");
    let hedline = body_head.and_then(|head| head.child("hedline").or_else(|| head.child("headline")));
    let title = hedline.and_then(|hed| hed.said("hl1")).or_else(|| head.and_then(|head| head.said("title")));
    told.title = title.or(told.title);
    told.byline = body_head.and_then(|head| head.said("byline")).or(told.byline);
    told.outlet = body_head.and_then(|head| head.said("distributor")).or(told.outlet);
    told.language = nitf.attribute("lang").map(str::to_owned).or(told.language);
    let mut dates = Vec::new();
    if let Some(docdata) = head.and_then(|head| head.child("docdata")) {
        for (element, field) in [("date.release", "nitf date.release"), ("date.issue", "nitf date.issue")] {
            if let Some(value) = docdata.child(element).and_then(|date| date.attribute("norm")) {
                dates.push((field, value.to_owned()));
            }
        }
        if let Some(id) = docdata.child("doc-id").and_then(|id| id.attribute("id-string")) {
            told.doc_id.get_or_insert(id.to_owned());
        }
    }
    if let Some(value) = head.and_then(|head| head.find("pubdata")).and_then(|data| data.attribute("date.publication")) {
        dates.push(("nitf date.publication", value.to_owned()));
    }
    let dateline = body_head.and_then(|head| head.child("dateline"));
    if let Some(value) = dateline.and_then(|line| line.find("story.date")).and_then(|date| date.attribute("norm")) {
        dates.push(("nitf story.date", value.to_owned()));
    }
    dates.append(&mut told.dates);
    told.dates = dates;
    let mut sheet = Sheet::default();
    if let Some(title) = &told.title {
        sheet.add(BlockKind::Headline, title);
    }
    for deck in hedline.into_iter().flat_map(Element::elements).filter(|element| element.name == "hl2") {
        sheet.add(BlockKind::Subheading, &deck.text());
    }
    if let Some(summary) = body_head.and_then(|head| head.said("abstract")) {
        sheet.add(BlockKind::Subheading, &summary);
    }
    let dateline = dateline.map(Element::text).or_else(|| told.dateline.clone());
    let content = body.child("body.content").unwrap_or(body);
    Writer { sheet: &mut sheet, dateline }.walk(content);
    let about = told.about(hint);
    sheet.article(article_id(bytes, 0), about, &hint.name, warnings)
}

/// Writes the content of a body, NITF's or XHTML's, onto a sheet.
pub(super) struct Writer<'a> {
    pub sheet: &'a mut Sheet,
    /// Set before the first paragraph, unless that has it.
    pub dateline: Option<String>,
}

impl Writer<'_> {
    pub fn walk(&mut self, element: &Element) {
        let mut loose = String::new();
        for child in &element.children {
            match child {
                Node::Text(text) => loose.push_str(text),
                Node::Element(inner) => {
                    if is_inline(&inner.name) {
                        loose.push_str(&inner.text());
                        continue;
                    }
                    self.paragraph(&std::mem::take(&mut loose));
                    self.block(inner);
                }
            }
        }
        self.paragraph(&loose);
    }

    fn block(&mut self, element: &Element) {
        match element.name.as_str() {
            "p" | "li" | "dd" | "dt" => {
                let is_flat = element.elements().all(|child| is_inline(&child.name));
                if is_flat { self.paragraph(&element.text()) } else { self.walk(element) }
            }
            "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let words = element.text();
                if !self.sheet.has_headline(&words) {
                    self.sheet.add(BlockKind::Subheading, &words);
                }
            }
            "media" | "figure" => {
                for name in ["media-caption", "figcaption"] {
                    if let Some(words) = element.said(name) {
                        self.sheet.add(BlockKind::Caption, &words);
                    }
                }
            }
            "media-caption" | "caption" | "figcaption" => self.sheet.add(BlockKind::Caption, &element.text()),
            "tr" => {
                let cells: Vec<String> = element.elements().map(|cell| cell.text().trim().to_owned()).collect();
                self.sheet.line(&cells.join(", "));
            }
            "script" | "style" | "head" | "media-metadata" | "media-reference" | "note" | "body.end" => {}
            "byline" | "distributor" | "tagline" => self.sheet.add(BlockKind::Credit, &element.text()),
            _ => self.walk(element),
        }
    }

    fn paragraph(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let Some(dateline) = self.dateline.take().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")) else {
            return self.sheet.line(words);
        };
        let place = dateline.split([',', ' ', '—', '-']).next().unwrap_or("").to_lowercase();
        if place.is_empty() || words.trim().to_lowercase().starts_with(&place) {
            return self.sheet.line(words);
        }
        let dateline = dateline.trim_end_matches(['-', '–', '—', ' ']);
        self.sheet.line(&format!("{dateline} — {}", words.trim()));
    }
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "u"
            | "q"
            | "sup"
            | "sub"
            | "person"
            | "location"
            | "org"
            | "chron"
            | "event"
            | "function"
            | "money"
            | "num"
            | "object.title"
            | "virtloc"
            | "copyrite"
            | "lang"
            | "pronounce"
            | "postaddr"
            | "br"
            | "city"
            | "state"
            | "region"
            | "country"
            | "sublocation"
            | "name.given"
            | "name.family"
            | "alt-code"
            | "abbr"
            | "time"
            | "small"
            | "mark"
            | "inline"
            | "classifier"
    )
}
