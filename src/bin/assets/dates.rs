//! Gold events of a corpus → when and in which order the program has them, in the forms of the shared scorers.
//!
//! The triggers are the gold's own, so that dating is measured apart from finding. Triggers that the event pass has not found
//! are put into the draft before the `when` pass runs.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use dateline::extract::{Draft, Knowledge, PASSES};
use dateline::model::{About, Analysis, Event, EventType, Interval, Published, PublishedFrom, Span, Standing, When};
use dateline::read::article_from_text;
use jiff::civil::Date;
use serde_json::{Value, json};

pub fn run(arguments: &[String]) -> Result<()> {
    let [kind, file, rest @ ..] = arguments else { bail!("event-time FILE, timelines FILE, or matres FILE TEXTS…") };
    let knowledge = Knowledge::load();
    match kind.as_str() {
        "event-time" => event_time(&knowledge, Path::new(file)),
        "timelines" => timelines(&knowledge, Path::new(file), Path::new(rest.first().context("which file holds the texts?")?)),
        "matres" => matres(&knowledge, Path::new(file), rest),
        other => bail!("{other}: event-time, timelines or matres"),
    }
}

pub fn lines(file: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

pub fn text_of<'a>(line: &'a Value, name: &str) -> &'a str {
    line[name].as_str().unwrap_or("")
}

/// Code points → bytes.
pub fn bytes_of_points(text: &str) -> Vec<u32> {
    text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect()
}

pub fn published_of(line: &Value) -> Option<Date> {
    text_of(line, "dct").get(..10)?.parse().ok()
}

/// A text read, with events at the given places, dated.
fn dated(knowledge: &Knowledge, text: &str, published: Option<Date>, triggers: &[Span]) -> Analysis {
    let about = About {
        published: published.map(|date| Published { date, from: PublishedFrom::Given, evidence: "given".into() }),
        ..About::default()
    };
    let article = article_from_text(text.to_owned(), about);
    let parsed = knowledge.english.parse(&article.text, &article.blocks);
    let analysis = Analysis { sentences: parsed.sentences.iter().map(|s| s.span).collect(), ..Analysis::default() };
    let mut draft = Draft { article: &article, parsed, names: Vec::new(), analysis };
    for pass in PASSES {
        if pass.name == "when" {
            for trigger in triggers {
                if !draft.analysis.events.iter().any(|event| event.trigger == *trigger) {
                    let sentence = draft.analysis.sentences.iter().find(|sentence| sentence.holds(*trigger)).copied();
                    draft.analysis.events.push(plain(*trigger, sentence.unwrap_or(*trigger)));
                }
            }
        }
        (pass.run)(knowledge, &mut draft);
    }
    draft.analysis
}

fn plain(trigger: Span, sentence: Span) -> Event {
    Event {
        kind: EventType::Other,
        summary: String::new(),
        trigger,
        sentence,
        when: When::default(),
        places: Vec::new(),
        actors: Vec::new(),
        standing: Standing::Happened,
        attributed_to: Vec::new(),
        certainty: 0.5,
        salience: 0.0,
        same_as: Vec::new(),
        figures: Vec::new(),
        why: "gold trigger".into(),
    }
}

fn event_time(knowledge: &Knowledge, file: &Path) -> Result<()> {
    for line in lines(file)? {
        let text = text_of(&line, "text");
        let bytes = bytes_of_points(text);
        let gold = line["events"].as_array().context("events")?;
        // some gold spans begin with a blank
        let span = |event: &Value| {
            let span = span_of(&bytes, &event["start"], &event["end"])?;
            let blanks = text[span.range()].len() - text[span.range()].trim_start().len();
            Some(Span { start: span.start + blanks as u32, ..span })
        };
        let spans: Vec<Span> = gold.iter().filter_map(&span).collect();
        let analysis = dated(knowledge, text, published_of(&line), &spans);
        let events: Vec<Value> = gold
            .iter()
            .filter_map(|event| {
                let span = span(event)?;
                let found = analysis.events.iter().find(|event| event.trigger == span)?;
                Some(json!({"eid": event["eid"], "pred": shown(&found.when.interval), "why": found.when.why}))
            })
            .collect();
        println!("{}", json!({"doc_id": line["doc_id"], "events": events}));
    }
    Ok(())
}

fn span_of(bytes: &[u32], start: &Value, end: &Value) -> Option<Span> {
    let (start, end) = (*bytes.get(start.as_u64()? as usize)?, *bytes.get(end.as_u64()? as usize)?);
    Some(Span { start, end })
}

/// As `from_contract.py` shows an interval to the scorer.
fn shown(interval: &Interval) -> Value {
    match (interval.from, interval.to) {
        (Some(from), Some(to)) if from == to => json!({"kind": "single", "date": from}),
        (Some(from), Some(to)) => json!({"kind": "single", "after": from, "before": to}),
        (Some(from), None) => json!({"kind": "single", "after": from}),
        (None, Some(to)) => json!({"kind": "single", "before": to}),
        (None, None) => json!({"kind": "single"}),
    }
}

/// A date as timelines write it: a day, a month or a year.
fn calendar_value(interval: &Interval) -> Option<String> {
    let (from, to) = (interval.from?, interval.to?);
    if from == to {
        return Some(from.to_string());
    }
    let whole_month = from.day() == 1 && to == from.last_of_month();
    if whole_month {
        return Some(format!("{:04}-{:02}", from.year(), from.month()));
    }
    (from.year() == to.year() && from.day_of_year() == 1 && to == to.last_of_year()).then(|| format!("{:04}", from.year()))
}

fn timelines(knowledge: &Knowledge, file: &Path, texts: &Path) -> Result<()> {
    struct Doc {
        text: String,
        starts: Vec<usize>,
        sentences: Vec<String>,
        published: Option<Date>,
    }
    let mut docs: BTreeMap<String, Doc> = BTreeMap::new();
    for line in lines(texts)? {
        let sentences: Vec<String> =
            line["sentences"].as_array().context("sentences")?.iter().map(|s| s.as_str().unwrap_or("").to_owned()).collect();
        let (mut text, mut starts) = (String::new(), Vec::new());
        for (row, sentence) in sentences.iter().enumerate() {
            if row > 0 {
                text.push_str(if row <= 2 { "\n\n" } else { " " });
            }
            starts.push(text.len());
            text.push_str(sentence);
        }
        docs.insert(text_of(&line, "doc_id").to_owned(), Doc { text, starts, sentences, published: published_of(&line) });
    }
    let gold = lines(file)?;
    let mut asked: BTreeMap<String, Vec<(Value, Span)>> = BTreeMap::new();
    for timeline in &gold {
        for mention in timeline["events"]
            .as_array()
            .context("events")?
            .iter()
            .flat_map(|event| event["mentions"].as_array().into_iter().flatten())
        {
            let name = text_of(mention, "doc");
            let Some(doc) = docs.get(name) else { continue };
            let row = mention["sent"].as_u64().unwrap_or(0) as usize;
            let event = text_of(mention, "event");
            let first = event.split('_').next().unwrap_or(event).split(' ').next().unwrap_or(event);
            // sentences are counted from 0 in the list
            let Some(at) = doc.sentences.get(row).and_then(|sentence| word_in(sentence, first)) else {
                eprintln!("{name} {row} {event}: not in its sentence");
                continue;
            };
            let start = (doc.starts[row] + at) as u32;
            let span = Span { start, end: start + first.len() as u32 };
            asked
                .entry(name.to_owned())
                .or_default()
                .push((json!({"target": timeline["target"], "doc": name, "sent": row, "event": event}), span));
        }
    }
    for (name, mentions) in asked {
        let doc = &docs[&name];
        let spans: Vec<Span> = mentions.iter().map(|(_, span)| *span).collect();
        let analysis = dated(knowledge, &doc.text, doc.published, &spans);
        for (mut row, span) in mentions {
            let found = analysis.events.iter().find(|event| event.trigger == span);
            row["date"] = json!(found.and_then(|event| calendar_value(&event.when.interval)));
            row["why"] = json!(found.map(|event| event.when.why.as_str()));
            println!("{row}");
        }
    }
    Ok(())
}

/// Where a word stands in a sentence, as a word of its own if it can be.
fn word_in(sentence: &str, word: &str) -> Option<usize> {
    let lower = sentence.to_lowercase();
    let word = word.to_lowercase();
    let whole = lower.match_indices(&word).map(|(at, _)| at).find(|at| {
        let free = |ch: Option<char>| ch.is_none_or(|ch| !ch.is_alphanumeric());
        free(lower[..*at].chars().next_back()) && free(lower[at + word.len()..].chars().next())
    });
    whole.or_else(|| lower.find(&word)).filter(|at| sentence.is_char_boundary(*at) && lower.len() == sentence.len())
}

fn matres(knowledge: &Knowledge, file: &Path, texts: &[String]) -> Result<()> {
    let mut pairs: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in lines(file)? {
        pairs.entry(text_of(&line, "doc_id").to_owned()).or_default().push(line);
    }
    for texts in texts {
        for doc in lines(Path::new(texts))? {
            let Some(pairs) = pairs.get(text_of(&doc, "doc_id")) else { continue };
            let text = text_of(&doc, "text");
            let bytes = bytes_of_points(text);
            let ends = |pair: &Value| {
                Some((span_of(&bytes, &pair["e1"][0], &pair["e1"][1])?, span_of(&bytes, &pair["e2"][0], &pair["e2"][1])?))
            };
            let mut spans: Vec<Span> = pairs.iter().filter_map(ends).flat_map(|(a, b)| [a, b]).collect();
            spans.sort_unstable();
            spans.dedup();
            let analysis = dated(knowledge, text, published_of(&doc), &spans);
            let row = |span: Span| analysis.events.iter().position(|event| event.trigger == span);
            for pair in pairs {
                let order = ends(pair).and_then(|(a, b)| order_of(&analysis, row(a)?, row(b)?));
                println!(
                    "{}",
                    json!({"doc_id": pair["doc_id"], "e1": pair["e1"], "e2": pair["e2"], "pred": order.unwrap_or("VAGUE")})
                );
            }
        }
    }
    Ok(())
}

/// Which of two events begins first, by their days.
fn order_of(analysis: &Analysis, first: usize, second: usize) -> Option<&'static str> {
    let (a, b) = (&analysis.events[first].when.interval, &analysis.events[second].when.interval);
    let before = |a: &Interval, b: &Interval| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
    if before(a, b) {
        return Some("BEFORE");
    }
    before(b, a).then_some("AFTER")
}
