//! JSON → articles: a ninjs item, a JSON feed, or a table of rows in an array or line by line.

use serde_json::Value;

use super::bundle::Bundle;
use super::decode::{End, decode};
use super::news::{is_ninjs, read_ninjs};
use super::table::{self, Row};
use super::{Hint, LIMITS, ReadError, feed};
use crate::model::{Article, Warning, Warnings};

/// Begins as an object or an array of values, not as a word in brackets.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut signs = body[..body.len().min(4096)].iter().filter(|b| !b.is_ascii_whitespace());
    matches!((signs.next(), signs.next()), (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{'))) && !sniff_lines(bytes)
}

/// A whole object on the first line, and another begun after it.
pub(super) fn sniff_lines(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !body.starts_with(b"{") {
        return false;
    }
    let Some(end) = body.iter().take(LIMITS.text_bytes * 4).position(|b| *b == b'\n') else { return false };
    let (first, rest) = (body[..end].trim_ascii_end(), body[end..].trim_ascii_start());
    first.ends_with(b"}") && rest.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let value = parse(bytes, warnings)?;
    if value.get("items").is_some_and(Value::is_array)
        && value.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed"))
    {
        return feed::read_json(&value, hint, warnings);
    }
    if is_ninjs(&value) {
        return read_ninjs(&value, hint, warnings).map(|article| vec![article]);
    }
    let list = match &value {
        Value::Array(list) => Some(list),
        Value::Object(_) => longest_list(&value, 3),
        _ => None,
    };
    match list.filter(|list| hint.columns.is_none() && list.first().is_some_and(is_ninjs)) {
        Some(items) => {
            let mut bundle = Bundle::new(hint);
            for (number, item) in items.iter().enumerate() {
                let mut own = Warnings::new();
                match read_ninjs(item, hint, &mut own) {
                    Ok(article) => bundle.take("", vec![article], own, warnings),
                    Err(error) => bundle.refuse(&format!("item {}", number + 1), error, warnings),
                }
            }
            bundle.finish(warnings)
        }
        None => table::articles(&rows_of(&value), bytes, hint, warnings),
    }
}

pub(super) fn read_lines(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let rows = rows_of_lines(bytes, warnings);
    table::articles(&rows, bytes, hint, warnings)
}

/// The rows in a file of JSON, whichever way it holds them.
pub(super) fn rows(bytes: &[u8], warnings: &mut Warnings) -> Result<Vec<Row>, ReadError> {
    if sniff_lines(bytes) { Ok(rows_of_lines(bytes, warnings)) } else { parse(bytes, warnings).map(|value| rows_of(&value)) }
}

fn parse(bytes: &[u8], warnings: &mut Warnings) -> Result<Value, ReadError> {
    if bytes.len() > LIMITS.entry_bytes {
        return Err(ReadError::TooLarge(format!(
            "{} MiB for one JSON value; as JSON lines it may be longer",
            LIMITS.entry_bytes >> 20
        )));
    }
    let text = decode(bytes, None, End::Whole, warnings);
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| ReadError::Broken(format!("its JSON is wrong: {error}")))
}

fn rows_of(value: &Value) -> Vec<Row> {
    let list = match value {
        Value::Array(list) => Some(list),
        Value::Object(_) => longest_list(value, 3),
        _ => None,
    };
    match list {
        // An object with a text of its own is a row, whatever lists it has.
        Some(list) if !has_text(value) => list.iter().take(LIMITS.entries + 1).map(row).collect(),
        _ => vec![row(value)],
    }
}

fn has_text(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.values().any(|value| value.as_str().is_some_and(|text| text.len() > 200)))
}

fn rows_of_lines(bytes: &[u8], warnings: &mut Warnings) -> Vec<Row> {
    let (mut rows, mut wrong, mut first) = (Vec::new(), 0_usize, None);
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (number, line) in (1..).zip(body.split(|b| *b == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        if rows.len() > LIMITS.entries {
            break;
        }
        if let Ok(value) = serde_json::from_slice::<Value>(line) {
            rows.push(row(&value));
        } else {
            wrong += 1;
            first.get_or_insert(number);
        }
    }
    if let Some(first) = first {
        let words = if wrong == 1 {
            format!("Line {first} is no JSON")
        } else {
            format!("{wrong} lines are no JSON, the first is line {first}")
        };
        warnings.push(Warning::new("line-not-read", words));
    }
    rows
}

/// The longest array of objects in an object, not deeper than `depth`: "articles", "data.results".
fn longest_list(value: &Value, depth: u8) -> Option<&Vec<Value>> {
    let inner = value.as_object()?.values().filter_map(|value| match value {
        Value::Array(list) if list.first().is_some_and(Value::is_object) => Some(list),
        Value::Object(_) if depth > 0 => longest_list(value, depth - 1),
        _ => None,
    });
    inner.max_by_key(|list| list.len())
}

/// An object as a row: nested names are joined with a dot, lists of words with a comma.
fn row(value: &Value) -> Row {
    let mut row = Row::new();
    flatten("", value, 0, &mut row);
    row
}

/// Columns of one row, and depth of its objects.
const MOST_COLUMNS: usize = 200;
const DEEPEST: u8 = 3;

fn flatten(name: &str, value: &Value, depth: u8, row: &mut Row) {
    if row.len() >= MOST_COLUMNS {
        return;
    }
    match value {
        Value::Object(object) if depth < DEEPEST => {
            for (key, inner) in object {
                let path = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(&path, inner, depth + 1, row);
            }
        }
        Value::String(text) => row.push((name.to_owned(), text.clone())),
        Value::Number(number) => row.push((name.to_owned(), number.to_string())),
        Value::Array(list) => {
            let words: Vec<&str> =
                list.iter().filter_map(|value| value.as_str().or_else(|| value.get("name")?.as_str())).collect();
            if !words.is_empty() {
                // Paragraphs come as a list of long strings, authors as a list of short ones.
                let is_text = words.iter().any(|word| word.len() > 80);
                row.push((name.to_owned(), words.join(if is_text { "\n" } else { ", " })));
            }
        }
        _ => {}
    }
}
