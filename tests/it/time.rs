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

#[test]
fn a_date_that_contradicts_itself_is_doubted_with_both_readings() {
    let (_, warnings) = KNOWLEDGE.time.read("They met on Wednesday, 9 October 2025.", Some(date(2025, 10, 12)));
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].message.contains("Thu 2025-10-09") && warnings[0].message.contains("Wed 2025-10-08"), "{warnings:?}");
}

#[test]
fn figures_with_strokes_follow_the_habit_of_the_article() {
    let published = Some(date(2025, 10, 20));
    let values = |text: &str| -> Vec<String> { read(text, published).into_iter().map(|(_, value)| value).collect() };
    assert_eq!(values("The 3 March law of 9/10/2025 ended."), ["2025-03-03", "2025-10-09"]);
    assert_eq!(values("The March 3 law of 9/10/2025 ended."), ["2025-03-03", "2025-09-10"]);
    // nothing tells: the reading near the publication, with a doubt that names both
    let (times, warnings) = KNOWLEDGE.time.read("Signed on 5/10/2025 in Accra.", published);
    assert_eq!(times[0].value, "2025-10-05");
    assert!(warnings[0].message.contains("2025-05-10") && warnings[0].message.contains("2025-10-05"), "{warnings:?}");
}

#[test]
fn years_at_the_ends_of_the_calendar_are_kept() {
    for text in ["in the year 9999", "on 31 December 9999", "on 1 January 0001", "44 BC", "a year after 9999", "on 29/02/0000"] {
        for published in [None, Some(date(9999, 12, 31)), Some(date(1, 1, 1))] {
            let (times, _) = KNOWLEDGE.time.read(text, published);
            assert!(times.iter().all(|time| !time.value.is_empty()), "{text}");
        }
    }
}

/// A moon or a sighting decides: the days are a range with vague ends.
#[test]
fn feasts_of_the_moon_are_ranges() {
    let (times, _) = KNOWLEDGE.time.read("They met on Eid al-Fitr and at Diwali.", Some(date(2025, 10, 9)));
    let interval = times[0].interval.unwrap();
    assert_eq!((interval.from, interval.to, interval.fuzzy), (Some(date(2025, 3, 30)), Some(date(2025, 4, 1)), true));
    assert!(times[1].interval.unwrap().fuzzy);
}

/// Text, trigger, days: what the grammar licenses, and where an event lies that no expression dates.
const DATED: &[(&str, &str, &str)] = &[
    ("He was seized in the port at 10 p.m. Wednesday, police said.", "said", "2025-10-09/2025-10-09"),
    ("The president was forced to resign.", "resign", "2025-10-09/2025-10-09"),
    ("The army has sent a team to find the guide kidnapped two years ago.", "kidnapped", "2023-01-01/2023-12-31"),
    ("The army has sent a team to find the guide kidnapped two years ago.", "sent", "2025-10-09/2025-10-09"),
    ("The talks will not resume until Monday.", "resume", "2025-10-13/2025-10-13"),
    ("The two sides met two weeks before 9 May.", "met", "2025-04-25/2025-04-25"),
    ("The government seemed to reject the plan.", "reject", "2025-10-09/2025-10-09"),
    ("The firm is preparing to launch a rival, the X2, in 2027.", "launch", "2027-01-01/2027-12-31"),
    ("Rebels attacked the town on 3 October. The attack was condemned.", "attack", "2025-10-03/2025-10-03"),
    ("The trial is due to begin.", "begin", "2025-10-09/.."),
    ("Rebels shelled the town before troops arrived on 3 October.", "shelled", "../2025-10-03"),
    (
        "Rebels attacked the town on 3 October. The minister resigned three days after the attack.",
        "resigned",
        "2025-10-06/2025-10-06",
    ),
];

#[test]
fn events_are_dated_as_told() {
    let end = |date: Option<jiff::civil::Date>| date.map_or_else(|| "..".into(), |date| date.to_string());
    let mut wrong = Vec::new();
    for (text, trigger, days) in DATED {
        let article = crate::cases::article("published: 2025-10-09", (*text).to_owned());
        let analysis = dateline::extract::extract(&KNOWLEDGE, &article);
        let found = analysis.events.iter().rev().find(|event| event.trigger.of(text) == *trigger);
        let found =
            found.map(|event| format!("{}/{} {}", end(event.when.interval.from), end(event.when.interval.to), event.when.why));
        if !found.as_deref().is_some_and(|found| found.starts_with(days)) {
            wrong.push(format!("{text} {trigger}: {days}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A megabyte of one expression after another is read to its end, each in its place.
#[test]
fn a_megabyte_of_mondays_is_read() {
    let text = "on Monday or ".repeat(1_000_000 / 13);
    let (times, _) = KNOWLEDGE.time.read(&text, Some(date(2025, 10, 9)));
    assert_eq!(times.len(), 1_000_000 / 13);
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
