//! ninjs, the news item in JSON (versions 1 to 3) → an article.

use serde_json::Value;

use super::nitf::Told;
use crate::model::{Article, BlockKind, Warnings};
use crate::read::sheet::Sheet;
use crate::read::{Hint, ReadError, article_id, html};

/// Does an object have what only a ninjs item has?
pub(in crate::read) fn is_ninjs(object: &Value) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| object.get(name).is_some());
    has(&["uri", "altids", "guid"])
        && has(&["body_text", "body_html", "body_xhtml", "bodies", "headlines"])
        && has(&["versioncreated", "versionCreated", "firstcreated", "firstCreated", "type", "pubstatus"])
}

fn words(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| value.get(name)?.as_str()).map(str::to_owned).filter(|words| !words.trim().is_empty())
}

/// Of a list of variants, `{"role": "main", "value": "…"}`, the main one.
fn variant(object: &Value, list: &str, role: &str) -> Option<Value> {
    let all = object.get(list)?.as_array()?;
    all.iter()
        .find(|one| one.get("role").and_then(Value::as_str).is_some_and(|own| own.contains(role)))
        .or_else(|| all.first())
        .cloned()
}

pub(in crate::read) fn read_ninjs(object: &Value, hint: &Hint, warnings: &mut Warnings) -> Result<Article, ReadError> {
    let source =
        object.get("infosources").or_else(|| object.get("infosource")).and_then(Value::as_array).and_then(|all| all.first());
    let dates = [
        ("firstcreated", "ninjs firstcreated"),
        ("firstCreated", "ninjs firstCreated"),
        ("versioncreated", "ninjs versioncreated"),
        ("versionCreated", "ninjs versionCreated"),
        ("contentcreated", "ninjs contentcreated"),
        ("contentCreated", "ninjs contentCreated"),
    ];
    let told = Told {
        title: words(object, &["headline"])
            .or_else(|| words(&variant(object, "headlines", "main")?, &["value"]))
            .or_else(|| words(object, &["title", "name"])),
        byline: words(object, &["byline", "by"]),
        outlet: source
            .and_then(|source| words(source, &["name"]))
            .or_else(|| words(object, &["copyrightholder", "copyrightHolder", "provider"])),
        language: words(object, &["language"]),
        dateline: words(object, &["located"]),
        url: words(object, &["url", "uri"]).filter(|uri| uri.starts_with("http")),
        doc_id: words(object, &["guid", "uri"])
            .map(|uri| uri.trim_end_matches('/').rsplit([':', '/']).next().unwrap_or("").to_owned())
            .filter(|id| !id.is_empty()),
        dates: dates.iter().filter_map(|(name, field)| Some((*field, words(object, &[name])?))).collect(),
    };
    let mut sheet = Sheet::default();
    if let Some(title) = &told.title {
        sheet.add(BlockKind::Headline, title);
    }
    let body = variant(object, "bodies", "main");
    let markup = words(object, &["body_html", "body_xhtml"]).or_else(|| {
        body.as_ref()
            .filter(|body| words(body, &["contenttype", "contentType"]).is_none_or(|kind| kind.contains("html")))
            .and_then(|body| words(body, &["value"]))
    });
    let plain = || {
        words(object, &["body_text"])
            .or_else(|| words(body.as_ref()?, &["value"]))
            .or_else(|| words(object, &["description_text"]))
    };
    let (text, blocks) = if let Some(markup) = markup {
        html::fragment(&markup, None)
    } else {
        let text = plain().unwrap_or_default();
        let blocks = crate::read::block::blocks(&text, told.title.as_deref());
        (text, blocks)
    };
    sheet.append(&text, &blocks);
    let about = told.about(hint);
    sheet.article(article_id(object.to_string().as_bytes(), 0), about, &hint.name, warnings)
}
