//! Corpora with gold time expressions → how many of each kind have the right value, printed.
//!
//! A gold expression that is not found counts as wrong; pairs are made from left to right, as `score_time.py` makes them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use dateline::extract::Knowledge;
use dateline::model::{About, TimeMention};
use dateline::read::article_from_text;

use super::dates::{bytes_of_points, lines, published_of, text_of};

/// A gold expression, in bytes of the text.
struct Gold {
    start: u32,
    end: u32,
    text: String,
    kind: String,
    value: String,
}

pub fn run(arguments: &[String]) -> Result<()> {
    let knowledge = Knowledge::load();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for file in arguments {
        for line in lines(Path::new(file))? {
            let text = text_of(&line, "text");
            let bytes = bytes_of_points(text);
            let at = |value: &serde_json::Value| value.as_u64().and_then(|at| bytes.get(at as usize)).copied().unwrap_or(0);
            let mut gold: Vec<Gold> = line["timexes"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|timex| Gold {
                    start: at(&timex["start"]),
                    end: at(&timex["end"]),
                    text: text_of(timex, "text").to_lowercase(),
                    kind: text_of(timex, "type").to_owned(),
                    value: text_of(timex, "value").to_owned(),
                })
                .collect();
            gold.sort_by_key(|gold| (gold.start, gold.end));
            let article = article_from_text(text.to_owned(), About::default());
            let parsed = knowledge.english.parse(text, &article.blocks);
            let (found, _) = knowledge.time.read_parsed(text, published_of(&line), Some(&parsed), None);
            count(&gold, &found, &mut counts);
        }
    }
    for (kind, (right, all)) in counts {
        println!("{kind:<24} {:>5.1} % of {all}", 100.0 * right as f64 / all.max(1) as f64);
    }
    Ok(())
}

fn count(gold: &[Gold], found: &[TimeMention], counts: &mut BTreeMap<&'static str, (usize, usize)>) {
    let mut rest = found.iter().peekable();
    for gold in gold {
        while rest.peek().is_some_and(|time| time.span.end <= gold.start) {
            rest.next();
        }
        let mate = rest.next_if(|time| time.span.start < gold.end);
        let right = mate.is_some_and(|time| time.value == gold.value);
        for kind in kinds(gold) {
            let (ok, all) = counts.entry(kind).or_default();
            *ok += usize::from(right);
            *all += 1;
        }
    }
}

fn kinds(gold: &Gold) -> Vec<&'static str> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const COUNTS: [&str; 18] = [
        "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty",
        "couple", "several", "few",
    ];
    const LEADS: [&str; 9] = [
        "that same ",
        "the same ",
        "the previous ",
        "the preceding ",
        "the following ",
        "the next ",
        "the prior ",
        "that ",
        "the ",
    ];
    const UNITS: [&str; 17] = [
        "day",
        "week",
        "month",
        "year",
        "decade",
        "quarter",
        "period",
        "weekend",
        "morning",
        "evening",
        "night",
        "afternoon",
        "summer",
        "winter",
        "spring",
        "autumn",
        "time",
    ];
    let text = gold.text.as_str();
    let date = matches!(gold.kind.as_str(), "DATE" | "TIME");
    let mut kinds = Vec::new();
    if gold.kind == "DATE" && DAYS.contains(&text.strip_prefix("on ").unwrap_or(text)) {
        kinds.push("bare weekdays");
    }
    let counted = text.split(' ').any(|word| word.parse::<f64>().is_ok() || COUNTS.contains(&word));
    if date && counted && [" ago", " later", " earlier", " from now"].iter().any(|end| text.ends_with(end)) {
        kinds.push("N units ago, later");
    }
    let rest = LEADS.iter().find_map(|lead| text.strip_prefix(lead));
    let unit = rest.and_then(|rest| rest.split(' ').next().map(|unit| (unit, rest.split(' ').nth(1))));
    if date
        && unit.is_some_and(|(unit, after)| {
            UNITS.contains(&unit) && after.is_none_or(|word| matches!(word, "before" | "after" | "earlier"))
        })
    {
        kinds.push("anaphoric");
    }
    let clock = ["noon", "midnight", "gmt", "utc", "o'clock", " a.m", " p.m", " am", " pm"].iter().any(|cue| text.contains(cue))
        || text
            .split(':')
            .next_back()
            .is_some_and(|minutes| text.contains(':') && minutes.starts_with(|c: char| c.is_ascii_digit()));
    if date && clock {
        kinds.push("clock times");
    }
    if gold.kind == "SET" {
        kinds.push("sets");
    }
    if gold.kind == "DATE" && text.contains("quarter") {
        kinds.push("quarters");
    }
    kinds
}
