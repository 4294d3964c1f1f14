//! NewsML-G2 (news messages, news items) and `NewsML` 1 → articles.

use super::nitf::{self, Told, Writer};
use crate::model::{Article, BlockKind, Warnings};
use crate::read::bundle::Bundle;
use crate::read::sheet::Sheet;
use crate::read::xml::Element;
use crate::read::{Hint, ReadError, article_id, html};

pub(super) fn read(root: &Element, hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let mut items = Vec::new();
    if matches!(root.name.as_str(), "newsItem" | "NewsItem") {
        items.push(root);
    }
    root.all("newsItem", &mut items);
    root.all("NewsItem", &mut items);
    let mut bundle = Bundle::new(hint);
    for (number, item) in items.iter().enumerate() {
        let mut own = Warnings::new();
        match article(item, hint, &mut own) {
            Ok(article) => bundle.take("", vec![article], own, warnings),
            Err(error) => bundle.refuse(&format!("news item {}", number + 1), error, warnings),
        }
    }
    bundle.finish(warnings)
}

/// The text of the child or of the `name` inside it.
fn name(element: &Element) -> Option<String> {
    let words = element.said("name").unwrap_or_else(|| element.text().trim().to_owned());
    let words = if words.is_empty() { element.attribute("literal").unwrap_or("").to_owned() } else { words };
    (!words.is_empty()).then_some(words)
}

fn article(item: &Element, hint: &Hint, warnings: &mut Warnings) -> Result<Article, ReadError> {
    let (meta, content) = (item.child("itemMeta"), item.child("contentMeta"));
    let said = |names: &[&str]| {
        names.iter().find_map(|name| item.find(name)?.text().split_whitespace().map(str::to_owned).reduce(|a, b| a + " " + &b))
    };
    let value = |name: &str| {
        let element = meta
            .and_then(|meta| meta.child(name))
            .or_else(|| content.and_then(|content| content.child(name)))
            .or_else(|| item.find(name))?;
        Some(element.text().trim().to_owned()).filter(|value| !value.is_empty())
    };
    let dates = [
        ("firstCreated", "newsml firstCreated"),
        ("versionCreated", "newsml versionCreated"),
        ("contentCreated", "newsml contentCreated"),
        ("FirstCreated", "newsml FirstCreated"),
        ("ThisRevisionCreated", "newsml modified"),
    ];
    let provider = meta.and_then(|meta| meta.child("provider")).and_then(name);
    let told = Told {
        title: content
            .and_then(|content| content.said("headline"))
            .or_else(|| said(&["HeadLine"]))
            .or_else(|| meta.and_then(|meta| meta.said("title"))),
        byline: content
            .and_then(|content| content.said("by"))
            .or_else(|| content.and_then(|content| content.child("creator")).and_then(name))
            .or_else(|| said(&["ByLine"])),
        outlet: content
            .and_then(|content| content.child("infoSource"))
            .and_then(name)
            .or(provider)
            .or_else(|| said(&["copyrightHolder", "CreditLine"])),
        language: content
            .and_then(|content| content.child("language"))
            .and_then(|language| language.attribute("tag"))
            .or_else(|| item.attribute("lang"))
            .map(str::to_owned),
        dateline: content.and_then(|content| content.said("dateline")).or_else(|| said(&["DateLine"])),
        doc_id: item
            .attribute("guid")
            .map(|guid| guid.rsplit([':', '/']).next().unwrap_or(guid).to_owned())
            .filter(|id| !id.is_empty()),
        url: None,
        dates: dates.iter().filter_map(|(name, field)| Some((*field, value(name)?))).collect(),
    };
    let identity = item.text();
    if let Some(inner) = item.find("nitf") {
        return nitf::article(inner, told, identity.as_bytes(), hint, warnings);
    }
    let mut sheet = Sheet::default();
    if let Some(title) = &told.title {
        sheet.add(BlockKind::Headline, title);
    }
    let set = item.find("contentSet").or_else(|| item.find("NewsComponent")).ok_or(ReadError::NoText)?;
    let body = set.find("body").or_else(|| set.find("DataContent")).or_else(|| set.find("inlineXML"));
    if let Some(body) = body {
        Writer { sheet: &mut sheet, dateline: told.dateline.clone() }.walk(body);
    } else if let Some(data) = set.find("inlineData") {
        let text = data.text();
        let is_markup = data.attribute("contenttype").is_some_and(|kind| kind.contains("html")) || text.contains("<p>");
        let (text, blocks) =
            if is_markup { html::fragment(&text, None) } else { (text.clone(), crate::read::block::blocks(&text, None)) };
        sheet.append(&text, &blocks);
    }
    sheet.article(article_id(identity.as_bytes(), 0), told.about(hint), &hint.name, warnings)
}
