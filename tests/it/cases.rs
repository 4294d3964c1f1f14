//! Case files: text in, the same text with its findings marked out. `UPDATE=1 cargo test` rewrites them; the diff is the review.
//!
//! ```text
//! published: 2024-03-05
//!
//! On [Sunday](time 2024-03-03) some 2,000 people marched through [Cologne](place DE/Köln venue).
//!
//! - PROTEST | 2024-03-03 | Köln | people: agent | happened | "marched"
//! ```
//!
//! The folder says which findings are marked: `time`, `place`, `actor`, `event`, or all of them in `story`.
//! Adding a case is adding a file; a mark may be left out or wrong in it before `UPDATE=1`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dateline::extract::{Knowledge, extract};
use dateline::model::{About, Analysis, Article, Event, Interval, MentionForm, Published, PublishedFrom, Span};
use dateline::read::article_from_text;

/// Loaded once for all tests of the binary.
pub static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);

/// The folders of cases and the findings marked in each.
const ROOMS: &[(&str, &[Kind])] = &[
    ("time", &[Kind::Time]),
    ("place", &[Kind::Place]),
    ("actor", &[Kind::Actor]),
    ("event", &[Kind::Event]),
    ("story", &[Kind::Time, Kind::Place, Kind::Actor, Kind::Event]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Time,
    Place,
    Actor,
    Event,
}

#[test]
fn every_case_reads_as_marked() {
    let mut wrong = Vec::new();
    for (room, kinds) in ROOMS {
        for path in files(room) {
            let written = fs::read_to_string(&path).unwrap();
            let found = found(&written, kinds);
            if found == written {
                continue;
            }
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, found).unwrap();
            } else {
                wrong.push(format!("{}:\n{}", path.display(), difference(&written, &found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} case files differ (UPDATE=1 rewrites them)\n\n{}", wrong.len(), wrong.join("\n\n"));
}

fn files(room: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(room);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files
}

fn difference(written: &str, found: &str) -> String {
    let (written, found): (Vec<&str>, Vec<&str>) = (written.lines().collect(), found.lines().collect());
    let mut lines = Vec::new();
    for at in 0..written.len().max(found.len()) {
        let (a, b) = (written.get(at), found.get(at));
        if a != b {
            lines.extend(a.map(|line| format!("- {line}")));
            lines.extend(b.map(|line| format!("+ {line}")));
        }
    }
    lines.join("\n")
}

/// Head lines (`key: value`), an empty line, the marked text, and, after an empty line, the events.
fn found(written: &str, kinds: &[Kind]) -> String {
    let (head, rest) = written.split_once("\n\n").unwrap_or(("", written));
    let body = rest.split("\n\n- ").next().unwrap_or(rest).trim_end();
    let article = article(head, unmarked(body));
    let analysis = extract(&KNOWLEDGE, &article);
    let mut out = format!("{head}\n\n{}\n", marked(&article.text, &analysis, kinds));
    if kinds.contains(&Kind::Event) {
        out.push('\n');
        for event in analysis.events.iter().filter(|event| kinds.len() == 1 || event.salience >= 0.5) {
            out.push_str(&event_line(&article.text, &analysis, event));
        }
    }
    out
}

/// An article for a test: `published`, `title`, `outlet` from head lines.
pub fn article(head: &str, text: String) -> Article {
    let value = |key: &str| head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).map(str::to_owned);
    let published = value("published").map(|date| Published {
        date: date.parse().unwrap(),
        from: PublishedFrom::Given,
        evidence: "given".into(),
    });
    let about = About { doc_id: "case".into(), title: value("title"), outlet: value("outlet"), published, ..About::default() };
    article_from_text(text, about)
}

/// `[words](kind value)` → `words`. A bracket that no mark follows stays.
fn unmarked(marked: &str) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let closed = after.find(']').filter(|middle| after[*middle..].starts_with("](") && !after[..*middle].contains('['));
        let mark = closed.and_then(|middle| {
            let value = &after[middle + 2..];
            let kind = ["time ", "place ", "actor "].iter().any(|kind| value.starts_with(kind));
            Some((middle, middle + 2 + value.find(')').filter(|_| kind)?))
        });
        if let Some((middle, end)) = mark {
            out.push_str(&after[..middle]);
            rest = &after[end + 1..];
        } else {
            out.push('[');
            rest = after;
        }
    }
    out + rest
}

fn marked(text: &str, analysis: &Analysis, kinds: &[Kind]) -> String {
    let mut marks: Vec<(Span, String)> = Vec::new();
    if kinds.contains(&Kind::Time) {
        marks.extend(analysis.times.iter().map(|time| (time.span, format!("time {}", time.value))));
    }
    if kinds.contains(&Kind::Place) {
        for place in &analysis.places {
            for mention in &place.mentions {
                let role = serde_json::to_value(mention.role).unwrap();
                let metonym = if mention.metonym { " metonym" } else { "" };
                let country = place.country.as_deref().unwrap_or("-");
                let value = format!("place {country}/{} {}{metonym}", place.name.replace(')', ""), role.as_str().unwrap());
                marks.push((mention.span, value));
            }
        }
    }
    if kinds.contains(&Kind::Actor) {
        for actor in &analysis.actors {
            for mention in actor.mentions.iter().filter(|mention| kinds.len() == 1 || mention.form == MentionForm::Name) {
                let kind = serde_json::to_value(actor.kind).unwrap();
                marks.push((mention.span, format!("actor {} {}", kind.as_str().unwrap(), actor.name.replace(')', ""))));
            }
        }
    }
    // The longer of two that overlap; marks do not nest.
    marks.sort_by_key(|(span, value)| (span.start, std::cmp::Reverse(span.end), value.clone()));
    let mut out = String::new();
    let mut at = 0;
    for (span, value) in marks {
        if (span.start as usize) < at {
            continue;
        }
        out.push_str(&text[at..span.start as usize]);
        out.push_str(&format!("[{}]({value})", span.of(text)));
        at = span.end as usize;
    }
    out + &text[at..]
}

fn event_line(text: &str, analysis: &Analysis, event: &Event) -> String {
    let name = |value: serde_json::Value| value.as_str().unwrap_or("?").to_owned();
    let places: Vec<String> = event
        .places
        .iter()
        .map(|part| {
            let role = name(serde_json::to_value(part.role).unwrap());
            let place = &analysis.places[part.place as usize].name;
            if role == "venue" { place.clone() } else { format!("{place}: {role}") }
        })
        .collect();
    let actors: Vec<String> = event
        .actors
        .iter()
        .map(|part| format!("{}: {}", analysis.actors[part.actor as usize].name, name(serde_json::to_value(part.role).unwrap())))
        .collect();
    let sources: Vec<&str> = event.attributed_to.iter().map(|row| analysis.actors[*row as usize].name.as_str()).collect();
    let said = if sources.is_empty() { String::new() } else { format!(" by {}", sources.join(", ")) };
    format!(
        "- {} | {} | {} | {} | {}{said} | \"{}\"\n",
        name(serde_json::to_value(event.kind).unwrap()),
        days(&event.when.interval),
        places.join(", "),
        actors.join(", "),
        name(serde_json::to_value(event.standing).unwrap()),
        event.trigger.of(text),
    )
}

fn days(interval: &Interval) -> String {
    let end = |date: Option<jiff::civil::Date>| date.map_or_else(|| "..".into(), |date| date.to_string());
    match (interval.from, interval.to) {
        (None, None) => "undated".into(),
        (from, to) if from == to => end(from),
        (from, to) => format!("{}/{}", end(from), end(to)),
    }
}

#[test]
fn marks_come_off_and_brackets_stay() {
    assert_eq!(unmarked("On [Sunday](time 2024-03-03) [sic] in [Cologne](place DE/Köln venue)."), "On Sunday [sic] in Cologne.");
}
