//! What a large workspace costs: `cargo bench --bench workspace -- [articles]` prints one table.
//!
//! The articles are the sample's paragraphs with other cities, days and numbers, really extracted; beyond the first few
//! hundred they are copies on other days.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::extract::{Knowledge, extract};
use dateline::model::{
    Article, ArticleId, Change, Edit, Entry, EventChange, EventType, Filed, Published, PublishedFrom, Warnings,
};
use dateline::query::{Filter, Selection, Terms, event_anchor, file, lean, settle, view};
use dateline::read::{Hint, read};
use dateline::store::{Batch, Store};
use rayon::prelude::*;

const STORY: &str = concat!(
    include_str!("../assets/sample/1-anchorage.md"),
    include_str!("../assets/sample/2-white-house.md"),
    include_str!("../assets/sample/3-venue.md"),
);

/// Cities that take the places of the sample's.
const CITIES: [&str; 12] =
    ["Lima", "Oslo", "Accra", "Hanoi", "Quito", "Perth", "Turin", "Izmir", "Lagos", "Osaka", "Minsk", "Dakar"];

/// Articles that are really extracted.
const REAL: usize = 300;

fn main() {
    let count = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10_000);
    let folder = std::env::temp_dir().join(format!("dateline-bench-workspace-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the system's folder for passing files is there");
    let path = folder.join("large.dateline");
    fill(&path, count);
    let size = std::fs::metadata(&path).map_or(0, |kind| kind.len());
    row("the file", &format!("{} MB", size >> 20));

    let before = resident();
    let began = Instant::now();
    let store = Store::open(&path, None).expect("the file was just made");
    let loaded = store.load().expect("the file was just made");
    let read = began.elapsed();
    let mut workspace = loaded.workspace;
    settle(&mut workspace);
    let settled = began.elapsed();
    let open = Filter::default();
    let none = Selection::default();
    black_box(view(&workspace, &open, &none));
    let first = began.elapsed();
    let events = workspace.facts.events.len();
    row("opening: rows read", &ms(read));
    row("opening: facts settled", &ms(settled));
    row("opening: first view", &ms(first));
    row("memory", &format!("{} MB", (resident().saturating_sub(before)) >> 20));
    row("articles", &workspace.facts.articles.len().to_string());
    row("events", &events.to_string());
    let everything = Filter { salience: 0.0, ..Filter::default() };
    let shown = view(&workspace, &everything, &none).events.len();
    row(&format!("view over {shown} events, no filter"), &ms(median(9, || view(&workspace, &everything, &none))));
    let main = view(&workspace, &open, &none).events.len();
    row(&format!("view over {main} main events"), &ms(median(9, || view(&workspace, &open, &none))));
    for typed in ["troops ", "\"foreign minister\"", "nego*", "geneva -talks ", "the "] {
        let asked = Terms::parse(typed).full_text().expect("words are asked for");
        let found = store.search(&asked).expect("the index is whole").len();
        row(&format!("search {typed:?}: {found} articles"), &ms(median(9, || store.search(&asked))));
        let ids: BTreeSet<ArticleId> = store.search(&asked).expect("the index is whole").into_iter().collect();
        let filter = Filter { words: typed.into(), found: Some(Arc::new(ids)), ..Filter::default() };
        row(&format!("view with {typed:?}"), &ms(median(3, || view(&workspace, &filter, &none))));
    }
    let filed = workspace.facts.articles[0].clone();
    if let Some(at) = event_anchor(&filed, 0) {
        let edit = Edit::Event { at, change: EventChange::Retype(EventType::Sport) };
        workspace.apply([Change::Did(Entry::bare(workspace.next_step(), edit))]);
    }
    row("settling after an edit", &ms(median(3, || settle(&mut workspace))));
    // Best effort: the system clears this folder itself.
    let _ = std::fs::remove_dir_all(folder);
}

fn row(name: &str, value: &str) {
    println!("{name:<52} {value:>14}");
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
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

/// Bytes of this process in memory; 0 where the system does not say.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|line| line.split(' ').nth(1)?.parse::<usize>().ok());
    pages.unwrap_or(0) * 4096
}

fn text(number: usize) -> String {
    let paragraphs: Vec<&str> = STORY.split("\n\n").filter(|paragraph| paragraph.split_whitespace().count() > 12).collect();
    let mut text = format!("Report {number} from {}\n\n", CITIES[number % CITIES.len()]);
    for at in 0..8 {
        text.push_str(paragraphs[(number * 5 + at * 3) % paragraphs.len()]);
        text.push_str("\n\n");
    }
    text.replace("Anchorage", CITIES[number % CITIES.len()]).replace("Washington", CITIES[(number / 12) % CITIES.len()])
}

fn dated(number: usize, text: &str) -> Article {
    let hint = Hint::named(format!("{number}.txt"));
    let mut article = read(text.as_bytes(), &hint, &mut Warnings::new()).expect("plain text can be read").remove(0);
    let mut id = [0; 16];
    id[..8].copy_from_slice(&(number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    article.id = ArticleId(id);
    let day = jiff::civil::Date::constant(2024, 1, 1);
    let days = i64::try_from(number % 700).expect("less than 700");
    let date = day.checked_add(jiff::Span::new().days(days)).expect("in this century");
    article.about.outlet = Some(format!("Paper {}", number % 40));
    article.about.published = Some(Published { date, from: PublishedFrom::Given, evidence: String::new() });
    article
}

fn fill(path: &std::path::Path, count: usize) {
    let knowledge = Knowledge::load();
    let real: Vec<(Article, Filed)> = (0..REAL.min(count))
        .into_par_iter()
        .map(|number| {
            let article = dated(number, &text(number));
            let filed = file(&article, extract(&knowledge, &article));
            (article, filed)
        })
        .collect();
    let words: usize = real.iter().map(|(article, _)| article.text.split_whitespace().count()).sum::<usize>() / real.len();
    let events: usize = real.iter().map(|(_, filed)| filed.analysis.events.len()).sum::<usize>() / real.len();
    row("words of an article, on average", &words.to_string());
    row("events found in an article, on average", &events.to_string());
    let mut store = Store::open(path, None).expect("there is room");
    for number in 0..count {
        let (article, filed) = &real[number % REAL];
        let own = dated(number, &format!("Copy {number}\n\n{}", article.text));
        let article = Article { text: article.text.clone(), blocks: article.blocks.clone(), ..own };
        let days =
            i64::try_from(number % 700).expect("less than 700") - i64::try_from(number % REAL % 700).expect("less than 700");
        let mut filed = Filed { id: article.id, about: article.about.clone(), ..filed.clone() };
        for event in &mut filed.analysis.events {
            let later =
                |date: Option<jiff::civil::Date>| date.and_then(|date| date.checked_add(jiff::Span::new().days(days)).ok());
            event.when.interval.from = later(event.when.interval.from);
            event.when.interval.to = later(event.when.interval.to);
        }
        let full = [Arc::new(filed)];
        let import = Entry::bare(number as u64 + 1, Edit::Import { articles: vec![article.id] });
        let changes = vec![Change::File(Arc::new(lean(&full[0]))), Change::Did(import)];
        let mut hash = [0; 32];
        hash[..16].copy_from_slice(&article.id.0);
        let texts = [article];
        let batch = Batch { source: Some((&hash, "x")), texts: &texts, full: &full, changes: &changes, ..Batch::default() };
        store.save(&batch).expect("there is room");
    }
}
