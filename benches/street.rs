//! What the street costs: `cargo bench` prints one table, each row beside the same yardstick measured in the same run.
//!
//! The yardstick is the time to split the bench's article into words and count them in a hash map: a machine twice as busy
//! makes both twice as slow, so the last column can be compared between runs where the times cannot.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::extract::{Knowledge, extract};
use dateline::gazetteer::Gazetteer;
use dateline::job::{News, Order, Outcome, start};
use dateline::model::{ActorKey, Article, ArticleId, Change, Edit, Entry, Filed, Warnings, Workspace};
use dateline::query::{Filter, Selection, file, lean, settle, view};
use dateline::read::{Hint, read};
use jiff::ToSpan;

/// The sample story; the bench takes its words as often as it needs them.
const STORY: &str = concat!(
    include_str!("../assets/sample/1-anchorage.md"),
    include_str!("../assets/sample/2-white-house.md"),
    include_str!("../assets/sample/3-venue.md"),
);

const WORDS: usize = 1_000;
const ARTICLES: usize = 1_000;
const EVENTS: usize = 100_000;

fn main() {
    let article_text = thousand_words();
    let yardstick = median(101, || words(&article_text));
    let row = |name: &str, each: &str, time: Duration| {
        let ratio = time.as_secs_f64() / yardstick.as_secs_f64();
        println!("{name:<58} {:>10.2} ms  {each:<12} {ratio:>10.1} ×", time.as_secs_f64() * 1e3);
    };
    println!("{:<58} {:>13}  {:<12} {:>12}", "what", "median", "each", "yardsticks");
    row("yardstick: count the words of the article", "", yardstick);

    row("load what the passes know", "", median(5, Knowledge::load));
    let knowledge = Knowledge::load();
    row("bytes → analysis, 1,000 words", "an article", median(21, || analyse(&knowledge, &article_text)));

    row("load the gazetteer", "", median(5, Gazetteer::load));
    let names = ["Paris", "Sharm el-Sheikh", "Khan Younis", "Nowhere at All", "San José", "Turkey", "Élysée Palace", "Geneva"];
    let lookups = median(21, || (0..10_000).filter(|at| knowledge.gazetteer.knows(names[at % names.len()])).count());
    row("10,000 names looked up", "10,000", lookups);
    row("places that begin with \u{201c}san\u{201d}", "a search", median(21, || knowledge.gazetteer.search("san", 8)));
    // the pass for time expressions alone; the last two stand for a cost in proportion to the length
    let megabyte = article_text.repeat(1_000_000 / article_text.len());
    let monday = "on Monday or ".repeat(1_000_000 / 13);
    let published = Some(jiff::civil::date(2025, 10, 9));
    row("time expressions of 1 MB of news", "a megabyte", median(5, || knowledge.time.read(&megabyte, published)));
    row("time expressions of 1 MB of “on Monday or ”", "a megabyte", median(5, || knowledge.time.read(&monday, published)));
    let twice = monday.repeat(2);
    row("time expressions of 2 MB of “on Monday or ”", "2 megabytes", median(5, || knowledge.time.read(&twice, published)));

    let folder = std::env::temp_dir().join(format!("dateline-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the system's folder for passing files is there");
    for number in 0..ARTICLES {
        let text = format!("Report number {number}\n\n{article_text}");
        std::fs::write(folder.join(format!("{number:04}.txt")), text).expect("there is room for a thousand small files");
    }
    let began = Instant::now();
    import(folder.clone());
    let whole = began.elapsed();
    row("import of 1,000 articles of 1,000 words, saved", "all", whole);
    // Best effort: the system clears this folder itself.
    let _ = std::fs::remove_dir_all(folder);

    let workspace = workspace(&knowledge, &article_text);
    let count = workspace.facts.events.len();
    let open = Filter { salience: 0.0, ..Filter::default() };
    let narrow = Filter {
        actors: workspace.facts.actors.first().map(|actor| ActorKey(actor.key.0.clone())).into_iter().collect(),
        ..open.clone()
    };
    let none = Selection::default();
    row(&format!("view over {count} events, no filter"), "a change", median(11, || view(&workspace, &open, &none)));
    row(&format!("view over {count} events, one actor"), "a change", median(11, || view(&workspace, &narrow, &none)));
}

/// Whole paragraphs of the sample until there are enough words.
fn thousand_words() -> String {
    let paragraphs: Vec<&str> = STORY.split("\n\n").filter(|paragraph| paragraph.split_whitespace().count() > 15).collect();
    let mut text = String::from("Envoys meet again\n\n");
    for paragraph in paragraphs.iter().cycle() {
        text.push_str(paragraph);
        text.push_str("\n\n");
        if text.split_whitespace().count() >= WORDS {
            break;
        }
    }
    text
}

fn words(text: &str) -> usize {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    counts.len()
}

fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            black_box(work());
            began.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn one(text: &str) -> Article {
    let hint = Hint::named("2025-10-09-bench.txt");
    read(text.as_bytes(), &hint, &mut Warnings::new()).expect("plain text can be read").remove(0)
}

fn analyse(knowledge: &Knowledge, text: &str) -> usize {
    extract(knowledge, &one(text)).events.len()
}

fn import(folder: std::path::PathBuf) {
    let worker = start(None, Box::new(|| ()));
    worker.finish();
    worker.send(Order::Import(vec![folder]));
    let done = worker
        .finish()
        .iter()
        .filter(|news| matches!(news, News::Row(row) if matches!(row.outcome, Outcome::Done { .. })))
        .count();
    assert_eq!(done, ARTICLES, "every article of the bench comes in");
}

/// One analysis again and again, each copy a day later, until there are enough events.
fn workspace(knowledge: &Knowledge, text: &str) -> Workspace {
    let article = one(text);
    let analysis = extract(knowledge, &article);
    let copies = EVENTS / analysis.events.len().max(1);
    let mut changes = Vec::new();
    let mut ids = Vec::new();
    for copy in 0..copies {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(copy as u64).to_be_bytes());
        let mut analysis = analysis.clone();
        for event in &mut analysis.events {
            let days = i64::try_from(copy % 3_000).expect("less than 3,000").days();
            let later = |date: Option<jiff::civil::Date>| date.and_then(|date| date.checked_add(days).ok());
            event.when.interval.from = later(event.when.interval.from);
            event.when.interval.to = later(event.when.interval.to);
        }
        let filed = Filed { id: ArticleId(id), ..lean(&file(&article, analysis)) };
        ids.push(filed.id);
        changes.push(Change::File(Arc::new(filed)));
    }
    changes.push(Change::Did(Entry::bare(1, Edit::Import { articles: ids })));
    let mut workspace = Workspace::default();
    workspace.apply(changes);
    settle(&mut workspace);
    workspace
}
