//! A news feed saved as a file (RSS 0.9–2.0, RDF, Atom, JSON Feed) → an article for each entry.

use serde_json::Value;

use super::bundle::Bundle;
use super::date::field_date;
use super::html::fragment;
use super::published::Candidates;
use super::sheet::Sheet;
use super::xml::{self, Element};
use super::{Hint, LIMITS, ReadError, article_id};
use crate::model::{About, Article, BlockKind, PublishedFrom, Warning, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    xml::root(bytes).is_some_and(|root| matches!(root.as_str(), "rss" | "RDF" | "feed"))
}

/// What an entry of any kind of feed says.
#[derive(Default)]
struct Entry {
    title: Option<String>,
    url: Option<String>,
    byline: Option<String>,
    outlet: Option<String>,
    language: Option<String>,
    /// Field and value.
    dates: Vec<(&'static str, String)>,
    /// HTML, the longest that there is.
    body: String,
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let root = xml::parse(bytes, warnings)?;
    let mut found = Vec::new();
    root.all(if root.name == "feed" { "entry" } else { "item" }, &mut found);
    let channel = root.child("channel").unwrap_or(&root);
    let outlet = channel.said("title");
    let language = channel.said("language").or_else(|| root.attribute("lang").map(str::to_owned));
    let entries = found.into_iter().map(|element| {
        let mut entry = entry(element);
        entry.outlet = element
            .child("source")
            .and_then(|source| source.said("title").or_else(|| Some(source.text())))
            .or_else(|| outlet.clone());
        entry.language.clone_from(&language);
        entry
    });
    articles(entries, hint, warnings)
}

/// JSON Feed 1.1.
pub(super) fn read_json(feed: &Value, hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let words = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let author = |value: &Value| {
        let authors =
            value.get("authors").and_then(Value::as_array).and_then(|authors| authors.first()).or_else(|| value.get("author"));
        authors.and_then(|author| words(author, "name"))
    };
    let items = feed.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let entries = items.iter().map(|item| {
        let plain = words(item, "content_text").or_else(|| words(item, "summary")).map(|text| paragraphs(&text));
        Entry {
            title: words(item, "title"),
            url: words(item, "url").or_else(|| words(item, "external_url")),
            byline: author(item).or_else(|| author(feed)),
            outlet: words(feed, "title"),
            language: words(item, "language").or_else(|| words(feed, "language")),
            dates: ["date_published", "date_modified"].iter().filter_map(|name| Some((*name, words(item, name)?))).collect(),
            body: words(item, "content_html").or(plain).unwrap_or_default(),
        }
    });
    articles(entries, hint, warnings)
}

/// Plain text as HTML.
fn paragraphs(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<p>")
}

fn entry(element: &Element) -> Entry {
    let link = element
        .elements()
        .filter(|child| child.name == "link" && child.attribute("rel").is_none_or(|rel| rel == "alternate"))
        .find_map(|child| child.attribute("href").map(str::to_owned).or_else(|| Some(child.text().trim().to_owned())))
        .filter(|url| url.starts_with("http"));
    let guid = element.said("guid").or_else(|| element.said("id")).filter(|url| url.starts_with("http"));
    let author = element.child("author");
    let byline = element
        .said("creator")
        .or_else(|| author.and_then(|author| author.said("name")))
        .or_else(|| author.map(|author| author.text().trim().to_owned()))
        .filter(|name| !name.is_empty() && !name.starts_with("http"));
    // "press@paper.example (Ann Lee)" is how RSS 2.0 writes an author.
    let byline = byline.map(|name| match name.split_once('(') {
        Some((address, rest)) if address.contains('@') => rest.trim_end_matches(')').to_owned(),
        _ => name,
    });
    let dates = ["pubDate", "published", "date", "issued", "created", "updated", "modified"]
        .iter()
        .filter_map(|name| Some((*name, element.said(name)?)))
        .collect();
    // content:encoded, atom:content, description, summary: the longest holds the others.
    let body = element
        .elements()
        .filter(|child| matches!(child.name.as_str(), "encoded" | "content" | "description" | "summary" | "body"))
        .map(markup)
        .max_by_key(String::len)
        .unwrap_or_default();
    Entry { title: element.said("title").map(|title| plain(&title)), url: link.or(guid), byline, dates, body, ..Entry::default() }
}

/// The HTML that an element holds: as text (escaped) or as elements (Atom's `type="xhtml"`).
fn markup(element: &Element) -> String {
    if element.elements().next().is_none() {
        let text = element.text();
        return if text.contains('<') || element.attribute("type") == Some("html") { text } else { paragraphs(&text) };
    }
    let mut html = String::new();
    write(element, &mut html);
    html
}

fn write(element: &Element, html: &mut String) {
    for child in &element.children {
        match child {
            xml::Node::Text(text) => html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
            xml::Node::Element(inner) => {
                let name = inner.name.to_ascii_lowercase();
                html.push('<');
                html.push_str(&name);
                html.push('>');
                write(inner, html);
                html.push_str("</");
                html.push_str(&name);
                html.push('>');
            }
        }
    }
}

/// A title may be HTML, too.
fn plain(title: &str) -> String {
    if !title.contains(['<', '&']) {
        return title.to_owned();
    }
    let (text, _) = fragment(title, None);
    if text.is_empty() { title.to_owned() } else { text.replace('\n', " ") }
}

fn articles(entries: impl Iterator<Item = Entry>, hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let mut bundle = Bundle::new(hint);
    let (mut heads, mut number) = (0, 0);
    for entry in entries.take(LIMITS.entries) {
        number += 1;
        let mut found = Candidates::default();
        for (field, value) in &entry.dates {
            let name = if matches!(*field, "updated" | "modified" | "date_modified") { "modified" } else { field };
            found.push(PublishedFrom::Meta, field_date(value), || format!("feed {name} = {value}"));
        }
        let title = entry.title.clone().filter(|title| !title.is_empty());
        let identity = format!("{}\n{}\n{}", entry.url.as_deref().unwrap_or(""), title.as_deref().unwrap_or(""), entry.body);
        let about = About {
            doc_id: name_of(&entry, hint, number),
            source: entry.url.clone().unwrap_or_else(|| hint.name.clone()),
            title: title.clone(),
            outlet: entry.outlet,
            byline: entry.byline,
            url: entry.url,
            language: entry.language.map(|language| language.to_lowercase().chars().take(2).collect()),
            date_candidates: found.into_vec(),
            ..About::default()
        };
        let mut sheet = Sheet::default();
        if let Some(title) = &title {
            sheet.add(BlockKind::Headline, title);
        }
        let (text, blocks) = fragment(&entry.body, None);
        sheet.append(&text, &blocks);
        heads += usize::from(!sheet.has_begun());
        let mut own = Warnings::new();
        match sheet.article(article_id(identity.as_bytes(), 0), about, "", &mut own) {
            Ok(article) => bundle.take("", vec![article], own, warnings),
            Err(error) => bundle.refuse(&format!("entry {number}"), error, warnings),
        }
    }
    if heads > 0 {
        warnings.push(Warning::new("headlines-only", format!("{heads} of {number} entries hold a headline and no text")));
    }
    bundle.finish(warnings)
}

/// The last part of the address, else the feed's name and the entry's number.
fn name_of(entry: &Entry, hint: &Hint, number: usize) -> String {
    let path = entry.url.as_deref().unwrap_or("").split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or("").trim_end_matches(".html");
    if last.len() > 3 && path.matches('/').count() > 2 {
        last.to_owned()
    } else {
        format!("{}-{number}", super::stem(&hint.name))
    }
}
