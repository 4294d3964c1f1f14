//! Time expressions: every row of the rule table by its example, hostile texts, unknown and impossible dates.

use dateline::model::TimeMention;
use jiff::civil::date;

use crate::cases::KNOWLEDGE;

fn read(text: &str, published: Option<jiff::civil::Date>) -> Vec<(String, String)> {
    let (times, _) = KNOWLEDGE.time.read(text, published);
    times.iter().map(|time: &TimeMention| (time.span.of(text).to_owned(), time.value.clone())).collect()
}

#[test]
fn every_rule_does_what_its_example_says() {
    let mut wrong = Vec::new();
    for (pattern, example) in KNOWLEDGE.time.examples() {
        if let Some(text) = example.strip_suffix(" → none") {
            let found = read(text, Some(date(2025, 10, 9)));
            if !found.is_empty() {
                wrong.push(format!("{pattern}: {example}: {found:?}"));
            }
            continue;
        }
        let Some((marked, value)) = example.split_once(" → ") else {
            wrong.push(format!("{pattern} has no example"));
            continue;
        };
        let text = marked.replace(['[', ']'], "");
        let words = marked.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or("", |(words, _)| words);
        let found = read(&text, Some(date(2025, 10, 9)));
        if !found.iter().any(|(said, means)| said == words && means == value) {
            wrong.push(format!("{pattern}: {example}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows of time_rules.tsv\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_unknown_publication_date_invents_no_day() {
    let (times, _) = KNOWLEDGE.time.read("They met on Thursday, and will meet again next week and on 3 May.", None);
    let values: Vec<&str> = times.iter().map(|time| time.value.as_str()).collect();
    assert_eq!(values, ["XXXX-WXX-4", "XXXX-WXX", "XXXX-05-03"]);
    assert!(times.iter().all(|time| time.interval.is_none()));
}

#[test]
fn impossible_dates_are_kept_and_doubted() {
    let published = Some(date(2025, 10, 9));
    let (times, warnings) =
        KNOWLEDGE.time.read("He was born on 31 February 1990, on Wednesday, 9 October 2025 he died.", published);
    assert_eq!(times[0].value, "1990-02-31");
    assert_eq!(times[1].value, "2025-10-09");
    assert_eq!(warnings.iter().map(|warning| warning.code.as_str()).collect::<Vec<_>>(), ["doubtful-date", "doubtful-date"]);
}

/// Texts made to hurt: the work must stay in proportion to the length, and no text may panic.
#[test]
fn hostile_texts_are_read_in_proportion() {
    let pieces = [
        "on Monday or ",
        "the first half of ",
        "two hundred and ",
        "1/2 ",
        "1,000,",
        "a few ",
        "early late mid-",
        "more than about nearly ",
        "'98",
        "99999999999999999999 days ago ",
        "31 February 0000 ",
        "10:10:10:",
        "2025-10-09-",
        "the year the year ",
        "\u{2019}\u{2013}½é",
        "9999 years later ",
        "a million decades ago ",
        "\"",
        "May ",
    ];
    for piece in pieces {
        for published in [None, Some(date(2025, 10, 9)), Some(jiff::civil::Date::MAX), Some(jiff::civil::Date::MIN)] {
            let text = piece.repeat(20_000 / piece.len());
            let (times, _) = KNOWLEDGE.time.read(&text, published);
            for time in &times {
                assert!(text.get(time.span.range()).is_some(), "{piece}");
                if let Some((from, to)) = time.interval.and_then(|interval| Some((interval.from?, interval.to?))) {
                    assert!(from <= to, "{piece}: {time:?}");
                }
            }
        }
    }
}
