//! A table of articles (CSV, TSV, rows of JSON) → an article for each row; which column is what is guessed or told.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::date::field_date;
use super::decode::{End, decode};
use super::published::Candidates;
use super::sheet::Sheet;
use super::{Hint, LIMITS, ReadError, about_from_hint, article_id, html, json, plain, stem};
use crate::model::{About, Article, BlockKind, PublishedFrom, Warning, Warnings};

/// Which column holds what; `None` where no column does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    pub text: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub id: Option<String>,
}

impl Columns {
    /// What a column can be, for people, with the one that is it: in the order in which they are shown.
    pub fn roles(&self) -> [(&'static str, &Option<String>); 7] {
        [
            ("text", &self.text),
            ("title", &self.title),
            ("date", &self.published),
            ("address", &self.url),
            ("outlet", &self.outlet),
            ("author", &self.byline),
            ("number", &self.id),
        ]
    }

    /// Sets what [`Self::roles`] calls `role`.
    pub fn set(&mut self, role: &str, column: Option<String>) {
        match role {
            "text" => self.text = column,
            "title" => self.title = column,
            "date" => self.published = column,
            "address" => self.url = column,
            "outlet" => self.outlet = column,
            "author" => self.byline = column,
            _ => self.id = column,
        }
    }
}

/// Columns with their values, in the order of the file.
pub(super) type Row = Vec<(String, String)>;

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let rows = rows(bytes, warnings)?;
    articles(&rows, bytes, hint, warnings)
}

/// The columns of a table, and what they are taken for; `None` where the bytes are no table.
#[must_use]
pub fn columns(bytes: &[u8], name: &str) -> Option<(Vec<String>, Columns)> {
    let mut warnings = Warnings::new();
    let is_json = json::sniff(bytes) || json::sniff_lines(bytes);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let rows = if is_json {
        json::rows(bytes, &mut warnings).ok()?
    } else {
        matches!(extension.as_str(), "csv" | "tsv").then(|| rows(bytes, &mut warnings).ok())??
    };
    let names = names(&rows);
    let columns = guess(&names, &rows);
    Some((names, columns))
}

fn rows(bytes: &[u8], warnings: &mut Warnings) -> Result<Vec<Row>, ReadError> {
    let text = decode(bytes, None, End::Whole, warnings);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> = reader
        .headers()
        .map_err(|error| ReadError::Broken(error.to_string()))?
        .iter()
        .map(|name| name.trim().to_owned())
        .collect();
    if head.len() < 2 {
        return Err(ReadError::Broken("it has no columns".into()));
    }
    let mut rows = Vec::new();
    for record in reader.records().flatten().take(LIMITS.entries + 1) {
        rows.push(head.iter().cloned().zip(record.iter().map(str::to_owned)).collect());
    }
    Ok(rows)
}

/// The sign that parts the first line into most fields.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    let count = |sign: u8| first.bytes().filter(|b| *b == sign).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// Names of all columns, in the order of their first row.
fn names(rows: &[Row]) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    rows.iter().take(SAMPLED).flatten().filter(|(name, _)| seen.insert(name.as_str())).map(|(name, _)| name.clone()).collect()
}

/// Mean length of a column, bytes, below which it holds no articles: numbers, names and dates are shorter.
const SHORTEST_TEXT: usize = 20;

/// Rows looked at to guess what a column is.
const SAMPLED: usize = 100;

/// What columns are called, the surest first.
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articlebody",
    "bodytext",
    "fulltext",
    "articletext",
    "maintext",
    "cleanedtext",
    "plaintext",
    "article",
    "contents",
    "story",
    "articlecontent",
    "bodyhtml",
    "html",
    "message",
    "description",
    "summary",
    "notes",
    "texto",
    "texte",
    "testo",
    "inhalt",
    "contenido",
    "contenu",
    "tekst",
    "текст",
    "abstract",
];
const TITLE: &[&str] = &[
    "title",
    "headline",
    "articletitle",
    "headlinemain",
    "webtitle",
    "head",
    "subject",
    "titel",
    "titre",
    "titulo",
    "titolo",
    "überschrift",
    "заголовок",
    "name",
];
const DATE: &[&str] = &[
    "published",
    "publishedat",
    "publicationdate",
    "datepublished",
    "datepublish",
    "publishdate",
    "pubdate",
    "dateofpublication",
    "webpublicationdate",
    "publisheddate",
    "publishtime",
    "firstpublished",
    "date",
    "articledate",
    "dct",
    "day",
    "datetime",
    "created",
    "createdat",
    "timestamp",
    "time",
    "eventdate",
    "datum",
    "fecha",
    "data",
    "дата",
];
const URL: &[&str] = &["url", "link", "articleurl", "weburl", "sourceurl", "href", "permalink", "canonicalurl", "uri"];
const OUTLET: &[&str] = &[
    "outlet",
    "publication",
    "sourcename",
    "publisher",
    "publishername",
    "newspaper",
    "site",
    "sitename",
    "source",
    "domain",
    "sourcedomain",
    "provider",
    "sourcetitle",
    "quelle",
    "zeitung",
    "medio",
    "fuente",
];
const BYLINE: &[&str] = &[
    "author",
    "authors",
    "byline",
    "bylineoriginal",
    "writer",
    "creator",
    "reporter",
    "authorname",
    "autor",
    "auteur",
    "autore",
];
const ID: &[&str] = &["docid", "id", "articleid", "guid", "uid", "uuid", "key", "number", "index"];

/// A name but for case and signs.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Guesses by name, then by what stands in the columns.
fn guess(names: &[String], rows: &[Row]) -> Columns {
    let by_name = |list: &[&str]| list.iter().find_map(|known| names.iter().find(|name| fold(name) == *known)).cloned();
    let values = |name: &str| -> Vec<&str> {
        rows.iter().take(SAMPLED).filter_map(|row| value(row, name)).filter(|value| !value.trim().is_empty()).collect()
    };
    let mean = |name: &str| {
        let values = values(name);
        values.iter().map(|value| value.len()).sum::<usize>() / values.len().max(1)
    };
    let mostly = |name: &str, test: &dyn Fn(&str) -> bool| {
        let values = values(name);
        !values.is_empty() && values.iter().filter(|value| test(value)).count() * 10 >= values.len() * 8
    };
    // A column called "text" that holds three words is not the article; the longest is.
    let longest = names.iter().max_by_key(|name| mean(name)).cloned();
    let text = by_name(TEXT)
        .filter(|name| longest.as_ref().is_none_or(|longest| mean(name) * 3 >= mean(longest)))
        .or(longest)
        .filter(|name| mean(name) >= SHORTEST_TEXT);
    let is_free = |name: &Option<String>| name.as_ref().is_some_and(|name| Some(name) != text.as_ref());
    let free = |name: Option<String>| Some(name).filter(is_free).flatten();
    let is_date = |value: &str| read_date(value, Order::Unknown).is_some() || slashed(value).is_some();
    let published = free(by_name(DATE).filter(|name| mostly(name, &is_date)))
        .or_else(|| names.iter().find(|name| mostly(name, &is_date) && mean(name) < 60 && fold(name) != "id").cloned());
    let is_address = |value: &str| value.starts_with("http://") || value.starts_with("https://");
    let url = free(by_name(URL))
        .filter(|name| mostly(name, &is_address))
        .or_else(|| names.iter().find(|name| mostly(name, &is_address) && !fold(name).contains("image")).cloned());
    let title = free(by_name(TITLE));
    let outlet = free(by_name(OUTLET)).filter(|name| url.as_ref() != Some(name) && mean(name) < 80);
    let (byline, id) = (free(by_name(BYLINE)), free(by_name(ID)));
    Columns { text, title, published, url, outlet, byline, id }
}

fn value<'a>(row: &'a Row, name: &str) -> Option<&'a str> {
    row.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// In which order a column writes `03/04/2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

/// The two small numbers and the year of `03/04/2025`, `3-4-2025 10:00`.
fn slashed(value: &str) -> Option<(i8, i8, i16)> {
    let head = value.trim().split([' ', 'T', ',']).next()?;
    let mut parts = head.split(['/', '-']);
    let (one, two, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    (year.len() == 4 && parts.next().is_none()).then(|| year.parse().ok()).flatten().map(|year| (one, two, year))
}

/// One value beyond twelve tells how the whole column is written.
fn order(values: impl Iterator<Item = (i8, i8, i16)>) -> Order {
    let (mut day, mut month) = (false, false);
    for (one, two, _) in values {
        day |= one > 12;
        month |= two > 12;
    }
    match (day, month) {
        (true, false) => Order::DayFirst,
        (false, true) => Order::MonthFirst,
        _ => Order::Unknown,
    }
}

fn read_date(value: &str, order: Order) -> Option<Date> {
    field_date(value).or_else(|| {
        let (one, two, year) = slashed(value)?;
        match order {
            Order::DayFirst => Date::new(year, two, one).ok(),
            Order::MonthFirst => Date::new(year, one, two).ok(),
            Order::Unknown => None,
        }
    })
}

/// An article for each row. Its identity is the file and the row, so that other columns give the same articles anew.
pub(super) fn articles(rows: &[Row], bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let names = names(rows);
    let columns = hint.columns.clone().unwrap_or_else(|| guess(&names, rows));
    let Some(text_column) = columns.text.clone() else { return Err(ReadError::NoText) };
    let told: Vec<String> =
        columns.roles().into_iter().filter_map(|(role, column)| Some(format!("{role} = {}", column.as_ref()?))).collect();
    warnings.push(Warning::new("columns", format!("Columns: {}", told.join(", "))));
    let of = |row: &Row, column: &Option<String>| {
        column.as_ref().and_then(|name| value(row, name)).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
    };
    let order = order(rows.iter().filter_map(|row| slashed(&of(row, &columns.published)?)));
    let mut articles = Vec::new();
    let (mut empty, mut undated) = (0_usize, 0_usize);
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for (number, row) in (1_u32..).zip(rows.iter().take(LIMITS.entries)) {
        let Some(text) = value(row, &text_column).filter(|text| text.chars().any(char::is_alphanumeric)) else {
            empty += 1;
            continue;
        };
        let date = of(row, &columns.published);
        let mut found = Candidates::default();
        if let (Some(value), Some(name)) = (&date, &columns.published) {
            let day = read_date(value, order);
            undated += usize::from(day.is_none());
            found.push(PublishedFrom::Meta, day, || format!("column {name} = {value}"));
        }
        let own = of(row, &columns.id).filter(|id| id.len() < 200).unwrap_or_else(|| format!("{}-{number}", stem(&hint.name)));
        let again = ids.entry(own.clone()).or_default();
        *again += 1;
        let about = About {
            doc_id: if *again > 1 { format!("{own}-{again}") } else { own },
            title: of(row, &columns.title),
            outlet: of(row, &columns.outlet),
            byline: of(row, &columns.byline),
            url: of(row, &columns.url).filter(|url| url.starts_with("http")),
            date_candidates: found.into_vec(),
            ..about_from_hint(hint)
        };
        let id = article_id(bytes, number);
        let mut own = Warnings::new();
        if is_markup(text) {
            let mut sheet = Sheet::default();
            if let Some(title) = &about.title {
                sheet.add(BlockKind::Headline, title);
            }
            let (words, blocks) = html::fragment(text, None);
            sheet.append(&words, &blocks);
            articles.extend(sheet.article(id, about, "", &mut own).ok());
        } else {
            articles.push(plain::article(id, text.to_owned(), about, "", &mut own));
        }
    }
    let mut tell = |count: usize, one: &str, many: &str| {
        if count > 0 {
            let words = if count == 1 { format!("1 row {one}") } else { format!("{count} rows {many}") };
            warnings.push(Warning::new("row-not-read", words));
        }
    };
    tell(empty, "has no text", "have no text");
    tell(undated, "has a date that can be read in two ways or none", "have dates that can be read in two ways or none");
    if rows.len() > LIMITS.entries {
        warnings.push(Warning::new("truncated", format!("Only the first {} rows were read", LIMITS.entries)));
    }
    if articles.is_empty() { Err(ReadError::NoText) } else { Ok(articles) }
}

/// Is a cell HTML rather than words?
fn is_markup(text: &str) -> bool {
    ["<p>", "<p ", "<br>", "<br/>", "<br />", "<div", "</a>"].iter().any(|tag| text.contains(tag))
}
