//! A page's tree → what it says about itself: title, outlet, byline, address, language, publication dates.

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use serde_json::Value;

use crate::model::{About, Published, PublishedFrom};
use crate::read::block::same_words;
use crate::read::cues::is_byline;
use crate::read::date::field_date;
use crate::read::published::{Candidates, stamp};

/// Fields of `meta` that hold the day of publication, the surest first; the last are of a change.
static DATE_FIELDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("../../../assets/read/date-fields.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Most elements of one kind that are looked at: a page has a few, a hostile one any number.
const LOOKED_AT: usize = 400;

/// What a page's description of itself says of its text.
#[derive(Default)]
pub(super) struct Described {
    /// The whole text, where the description holds it: pages that build themselves by script, or hide it behind a wall.
    pub body: Option<String>,
    /// The page is a list of entries that grows.
    pub is_live: bool,
}

/// Bytes below which the text in a description is a teaser.
const TEASER: usize = 400;

/// Fills in what the page tells; what is known already stays.
pub(super) fn fill(doc: &Document, head: &str, about: &mut About) -> Described {
    let metas = metas(doc);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(field, _)| field == name)).map(|(_, value)| value.clone())
    };
    let json = json_ld(doc);
    let article = article_of(&json);

    about.url = [
        doc.select("link[rel=canonical]").attr("href").map(|href| href.to_string()),
        meta(&["og:url"]),
        // A page exported from a browser's reader.
        doc.select("a.reader-domain, a.domain").attr("href").map(|href| href.to_string()),
        article.and_then(|object| object.get("url")).and_then(Value::as_str).map(str::to_owned),
        saved_from(head),
        about.url.take(),
    ]
    .into_iter()
    .flatten()
    .find(|url| is_address(url));
    about.title = title(doc, article, &meta);
    about.outlet = article
        .and_then(|object| name_of(object.get("publisher")?))
        .or_else(|| meta(&["og:site_name", "application-name", "publisher", "dc.publisher", "twitter:app:name:iphone"]))
        .filter(|name| !is_address(name));
    about.byline = article
        .and_then(|object| name_of(object.get("author")?))
        .or_else(|| {
            meta(&["author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator"])
        })
        .filter(|name| !is_address(name))
        .or_else(|| byline(doc))
        .map(|name| name.trim_start_matches("By ").trim_start_matches("by ").to_owned())
        .filter(|name| name.len() < 200);
    about.language = doc
        .select("html")
        .attr("lang")
        .and_then(|lang| lang.split(['-', '_']).next().map(str::to_ascii_lowercase))
        .filter(|lang| lang.len() == 2 && lang.bytes().all(|b| b.is_ascii_lowercase()));
    about.date_candidates = dates(doc, &json, &metas);
    let body = article.and_then(|object| object.get("articleBody")).and_then(Value::as_str);
    let is_live = json.iter().any(|object| is_type(object, |name| name.ends_with("LiveBlogPosting")))
        || doc.select("[class*=liveblog], [class*=live-blog], [class*=LiveBlog], [class*=live-post]").exists();
    Described { body: body.filter(|body| body.len() >= TEASER).map(unescape_lines), is_live }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// A short line in an element that is named for the author.
fn byline(doc: &Document) -> Option<String> {
    let named = "[rel=author], [itemprop=author], [class*=byline], [class*=Byline], [class*=author]";
    let nodes = doc.select(named);
    let mut lines = nodes.nodes().iter().take(LOOKED_AT).filter(|node| !is_aside(node)).map(|node| tidy(&node.text()));
    lines.find(|line| {
        is_byline(line)
            || (2..=6).contains(&line.split(' ').count()) && line.split(' ').all(|word| word.starts_with(char::is_uppercase))
    })
}

/// Names in lower case with their contents, in page order.
fn metas(doc: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in doc.select("meta[content]").nodes().iter().take(LOOKED_AT) {
        let Some(content) = node.attr("content").map(|content| tidy(&content)).filter(|content| !content.is_empty()) else {
            continue;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = node.attr(key) {
                found.push((name.to_lowercase(), content.clone()));
            }
        }
    }
    found
}

/// One line, no longer than a headline can be.
fn tidy(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.len() > 1000 {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.truncate(line.floor_char_boundary(1000));
    line
}

/// Everything the page says in JSON-LD: the objects that describe it, not those of other articles that it lists.
fn json_ld(doc: &Document) -> Vec<Value> {
    let mut objects = Vec::new();
    for node in doc.select(r#"script[type="application/ld+json"]"#).nodes().iter().take(LOOKED_AT) {
        let text = node.text();
        let body = text
            .trim()
            .trim_start_matches("<!--")
            .trim_start_matches("//<![CDATA[")
            .trim_end_matches("-->")
            .trim_end_matches("//]]>");
        match serde_json::from_str::<Value>(body) {
            Ok(value) => gather(value, &mut objects),
            Err(_) => objects.extend(salvage(body)),
        }
    }
    objects
}

fn gather(value: Value, objects: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| gather(value, objects)),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.remove(key) {
                    gather(inner, objects);
                }
            }
            objects.push(Value::Object(object));
        }
        _ => {}
    }
}

/// What can be had of JSON-LD that is not JSON: publishers leave commas and line ends where none may stand.
fn salvage(body: &str) -> Option<Value> {
    let mut object = serde_json::Map::new();
    for key in ["datePublished", "dateCreated", "dateModified", "headline"] {
        let after = body.find(&format!("\"{key}\"")).map(|at| body[at + key.len() + 2..].trim_start());
        let value = after.and_then(|rest| rest.strip_prefix(':')).and_then(|rest| rest.trim_start().strip_prefix('"'));
        if let Some(value) = value.and_then(|rest| rest.split('"').next()) {
            object.insert(key.into(), Value::String(tidy(value)));
        }
    }
    (!object.is_empty()).then(|| {
        object.insert("@type".into(), "Article".into());
        Value::Object(object)
    })
}

fn is_type(object: &Value, test: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(name)) => test(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(test),
        _ => false,
    }
}

/// `NewsArticle`, `ReportageNewsArticle`, `LiveBlogPosting`, `Report` …
fn is_article(object: &Value) -> bool {
    is_type(object, |name| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        name.ends_with("Article") || name.ends_with("Posting") || matches!(name, "Report" | "CreativeWork" | "Review")
    })
}

fn article_of(objects: &[Value]) -> Option<&Value> {
    objects
        .iter()
        .find(|object| is_article(object) && (object.get("headline").is_some() || object.get("datePublished").is_some()))
}

/// A name given as words, as an object with a name, or as a list of either.
fn name_of(value: &Value) -> Option<String> {
    let names: Vec<String> = match value {
        Value::String(name) => vec![tidy(name)],
        Value::Object(object) => vec![tidy(object.get("name").and_then(Value::as_str)?)],
        Value::Array(values) => values.iter().take(20).filter_map(name_of).collect(),
        _ => return None,
    };
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| unescape(&names.join(", ")))
}

/// As [`unescape`], line by line.
fn unescape_lines(text: &str) -> String {
    text.lines().map(unescape).collect::<Vec<_>>().join("\n")
}

/// JSON-LD is written by templates that escape for HTML too.
fn unescape(text: &str) -> String {
    if text.contains('&') { super::strip::strip(&text.replace('<', "&lt;")) } else { text.to_owned() }
}

/// The visible headline where one stands out, else what the page calls itself.
fn title(doc: &Document, article: Option<&Value>, meta: &impl Fn(&[&str]) -> Option<String>) -> Option<String> {
    let own = article.and_then(|object| object.get("headline")).and_then(Value::as_str).map(|name| unescape(&tidy(name)));
    let shared = meta(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"]);
    let tab = doc.select("head > title").nodes().first().map(|node| tidy(&node.text())).filter(|text| !text.is_empty());
    let heads: Vec<String> =
        doc.select("h1").nodes().iter().take(20).map(|node| tidy(&node.text())).filter(|text| !text.is_empty()).collect();
    let claims: Vec<&String> = [&own, &shared, &tab].into_iter().flatten().collect();
    let shown = heads.iter().find(|head| claims.iter().any(|claim| is_same_headline(head, claim)));
    shown
        .or_else(|| heads.first().filter(|head| heads.len() == 1 && head.split(' ').count() >= 4))
        .cloned()
        .or(own.filter(|text| !text.is_empty()))
        .or_else(|| shared.map(|text| without_outlet(&text)))
        .or_else(|| tab.map(|text| without_outlet(&text)))
}

/// The same, or one with the outlet's name after it.
fn is_same_headline(head: &str, claim: &str) -> bool {
    same_words(head, claim)
        || same_words(head, &without_outlet(claim))
        || (head.split(' ').count() >= 3 && claim.starts_with(head))
}

/// "Ministers meet in Paris | The Daily Post" → "Ministers meet in Paris".
fn without_outlet(title: &str) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && head.split(' ').count() >= 3
            && tail.split(' ').count() <= 5
        {
            return without_outlet(head);
        }
    }
    title.to_owned()
}

/// Programs that save pages write the address into a comment at the head.
fn saved_from(head: &str) -> Option<String> {
    let (_, after) = head.split_once("saved from url=").or_else(|| {
        let (_, rest) = head.split_once("saved with SingleFile").or_else(|| head.split_once("Page saved with"))?;
        rest.split_once("url:")
    })?;
    let at = after.find("http")?;
    let url = after.get(at..)?.split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')).next()?;
    (at < 12).then(|| url.trim_end_matches("--").to_owned())
}

fn dates(doc: &Document, json: &[Value], metas: &[(String, String)]) -> Vec<Published> {
    let mut found = Candidates::default();
    let articles = json.iter().filter(|object| is_article(object));
    let pages = json
        .iter()
        .filter(|object| !is_article(object) && is_type(object, |name| name.ends_with("Page") || name.ends_with("Object")));
    let objects: Vec<&Value> = articles.chain(pages).collect();
    for key in ["datePublished", "dateCreated", "uploadDate", "dateModified"] {
        for value in objects.iter().filter_map(|object| object.get(key)).filter_map(Value::as_str) {
            found.push(PublishedFrom::JsonLd, field_date(value), || format!("JSON-LD {key} = {}", tidy(value)));
        }
    }
    for field in DATE_FIELDS.iter() {
        for (_, value) in metas.iter().filter(|(name, _)| name == field) {
            found.push(PublishedFrom::Meta, field_date(value), || format!("meta {field} = {value}"));
        }
    }
    for node in doc.select("time").nodes().iter().take(LOOKED_AT).filter(|node| !is_aside(node)) {
        let stamp = node.attr("datetime").map_or_else(|| tidy(&node.text()), |value| tidy(&value));
        found.push(PublishedFrom::TimeElement, field_date(&stamp), || format!("time element {stamp}"));
    }
    for node in
        doc.select("[itemprop=datePublished], [property=datePublished], .published, abbr.date").nodes().iter().take(LOOKED_AT)
    {
        let value = ["content", "datetime", "title"]
            .iter()
            .find_map(|key| node.attr(key))
            .map_or_else(|| tidy(&node.text()), |value| tidy(&value));
        found.push(PublishedFrom::Meta, field_date(&value), || format!("datePublished = {value}"));
    }
    if found.is_empty() {
        // A line of its own near the headline, in an element that is named for what it holds.
        let named = "[class*=date], [class*=Date], [class*=time], [class*=publish], [class*=stamp], [class*=meta], [class*=byline], [id*=date]";
        for node in doc.select(named).nodes().iter().take(LOOKED_AT).filter(|node| !is_aside(node)) {
            let line = tidy(&node.text());
            if let Some(stamp) = stamp(&line) {
                found.push(PublishedFrom::Text, Some(stamp.date()), || format!("text “{line}”"));
                break;
            }
        }
    }
    found.into_vec()
}

/// Does it stand in a part of the page that tells of other articles?
fn is_aside(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(Some(40)).any(|parent| {
        parent.node_name().is_some_and(|name| matches!(&*name, "aside" | "nav" | "footer" | "li" | "a" | "blockquote"))
            || parent.class().is_some_and(|class| {
                let class = class.to_lowercase();
                ["related", "comment", "recommend", "most-read", "sidebar", "teaser", "promo"]
                    .iter()
                    .any(|word| class.contains(word))
            })
    })
}
