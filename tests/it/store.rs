//! The workspace file: kill −9, a full disk, damage, older and newer files, two windows, search.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::job::{Access, News, Order, start};
use dateline::model::{About, Analysis, Article, ArticleId, Change, Edit, Entry, Filed, Remark, Target, Workspace};
use dateline::query::{Terms, file, lean, settle};
use dateline::read::article_from_text;
use dateline::store::{Batch, Store, StoreError};
use proptest::prelude::*;

use crate::merge::Dice;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        // In memory where the system offers it: what is killed is the process, not the machine.
        let shared = Path::new("/dev/shm");
        let at = if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() };
        let path = at.join(format!("dateline-store-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(number: usize) -> String {
    format!("Report {number}\n\nEnvoys met in Geneva for round {number} of the talks. {}", "More was said. ".repeat(number % 40))
}

fn article(number: usize) -> Article {
    article_from_text(text(number), About { doc_id: number.to_string(), source: "x.txt".into(), ..About::default() })
}

fn hash(number: usize) -> [u8; 32] {
    *blake3::hash(text(number).as_bytes()).as_bytes()
}

/// Saves an article as an import does; nothing where it is there.
fn add(store: &mut Store, number: usize) -> Result<(), StoreError> {
    if !store.articles_of(&hash(number))?.is_empty() {
        return Ok(());
    }
    let article = article(number);
    let full = Arc::new(file(&article, Analysis::default()));
    let import = Entry::bare(number as u64 + 1, Edit::Import { articles: vec![article.id] });
    let changes = vec![Change::File(Arc::new(lean(&full))), Change::Did(import)];
    let hash = hash(number);
    let batch = Batch {
        source: Some((&hash, "x.txt")),
        texts: std::slice::from_ref(&article),
        full: std::slice::from_ref(&full),
        changes: &changes,
        ..Batch::default()
    };
    store.save(&batch)
}

fn note(store: &mut Store, number: usize, id: ArticleId) -> Result<(), StoreError> {
    let remark = Remark::Note(format!("note {number}"));
    let entry = Entry::bare(1_000_000 + number as u64, Edit::Remark { on: Target::Article(id), remark });
    store.save(&Batch { changes: &[Change::Did(entry)], ..Batch::default() })
}

const CHILD: &str = "DATELINE_KILLED_CHILD";

/// Not a test of its own: the harness below starts this in a process that it kills. Without its variable it does nothing.
#[test]
fn the_child_that_is_killed() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = Store::open(Path::new(&path), None).unwrap();
    let mut out = std::io::stdout();
    let mut number = store.load().unwrap().workspace.articles.len();
    // What was under way when the last child died comes in again.
    number = number.saturating_sub(3);
    loop {
        add(&mut store, number).unwrap();
        let _ = writeln!(out, "\nARTICLE {number}").and_then(|()| out.flush());
        note(&mut store, number, article(number).id).unwrap();
        let _ = writeln!(out, "\nNOTE {number}").and_then(|()| out.flush());
        number += 1;
    }
}

#[test]
fn kill_minus_nine_loses_nothing_that_was_acknowledged() {
    // 1,000 in a long run: DATELINE_KILLS=1000.
    let kills: usize = std::env::var("DATELINE_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(200);
    let folder = Folder::new("kill");
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut path = folder.at("0.dateline");
    let (mut articles, mut notes) = (Vec::new(), Vec::new());
    for kill in 0..kills {
        if kill % 25 == 0 {
            path = folder.at(&format!("{kill}.dateline"));
            (articles, notes) = (Vec::new(), Vec::new());
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["store::the_child_that_is_killed", "--exact", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let patience = Duration::from_micros(500 + dice.roll(12_000) as u64);
        let mut began: Option<Instant> = None;
        for line in lines.map_while(Result::ok) {
            if let Some(number) = line.strip_prefix("ARTICLE ") {
                articles.push(number.parse::<usize>().unwrap());
            } else if let Some(number) = line.strip_prefix("NOTE ") {
                notes.push(number.parse::<usize>().unwrap());
            }
            if began.get_or_insert_with(Instant::now).elapsed() >= patience {
                // Lines that are still in the pipe count too: they were acknowledged.
                let _ = child.kill();
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        let store = Store::open(&path, None).unwrap();
        store.check().unwrap();
        let loaded = store.load().unwrap().workspace;
        for number in &articles {
            let id = article(*number).id;
            assert!(loaded.articles.contains_key(&id), "kill {kill}: article {number} was acknowledged and is gone");
            assert_eq!(store.article(id).unwrap().unwrap().text, text(*number));
        }
        let imports: Vec<ArticleId> = loaded
            .log
            .iter()
            .filter_map(|entry| match &entry.edit {
                Edit::Import { articles } => articles.first().copied(),
                _ => None,
            })
            .collect();
        let mut once = imports.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), imports.len(), "kill {kill}: an article came in twice");
        let noted = |number: usize| {
            loaded.log.iter().any(|entry| matches!(&entry.edit, Edit::Remark { remark: Remark::Note(note), .. } if *note == format!("note {number}")))
        };
        for number in &notes {
            assert!(noted(*number), "kill {kill}: note {number} was acknowledged and is gone");
        }
    }
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = Folder::new("full");
    let path = folder.at("desk.dateline");
    let mut store = Store::open(&path, None).unwrap();
    (0..5).for_each(|number| add(&mut store, number).unwrap());
    let pages = store.pages().unwrap();
    store.limit_pages(pages + 6).unwrap();
    let mut saved = 5;
    let error = loop {
        match add(&mut store, saved) {
            Ok(()) => saved += 1,
            Err(error) => break error,
        }
        assert!(saved < 1_000, "the limit is not kept");
    };
    assert!(matches!(error, StoreError::Full(_)) && error.to_string().contains("disk is full"), "{error}");
    assert_eq!(store.load().unwrap().workspace.articles.len(), saved);
    store.limit_pages(1_000_000).unwrap();
    add(&mut store, saved).unwrap();
    drop(store);
    let store = Store::open(&path, None).unwrap();
    store.check().unwrap();
    assert_eq!(store.load().unwrap().workspace.articles.len(), saved + 1);
}

/// All that a file holds, in words.
fn contents(store: &Store) -> Result<String, StoreError> {
    let workspace = store.load()?.workspace;
    let mut out = format!("{:?} {:?} {}", workspace.articles, workspace.log, workspace.mark);
    for id in workspace.articles.keys() {
        out.push_str(&format!("{:?}", store.found(*id)?));
    }
    Ok(out)
}

#[test]
fn a_damaged_file_is_an_error_or_right() {
    let folder = Folder::new("damage");
    let path = folder.at("desk.dateline");
    let mut store = Store::open(&path, None).unwrap();
    for number in 0..12 {
        add(&mut store, number).unwrap();
        note(&mut store, number, article(number).id).unwrap();
    }
    store.save(&Batch { changes: &[Change::Mark(20)], ..Batch::default() }).unwrap();
    let whole = contents(&store).unwrap();
    drop(store);
    let bytes = fs::read(&path).unwrap();
    let mut dice = Dice(0xDA3E_39CB_94B9_5BDB);
    let (mut refused, mut right, mut recovered) = (0, 0, 0);
    for round in 0..1_000 {
        let mut damaged = bytes.clone();
        match dice.roll(5) {
            0 => damaged.truncate(dice.roll(bytes.len())),
            1 => {
                let at = dice.roll(bytes.len());
                let end = (at + 1 + dice.roll(600)).min(bytes.len());
                damaged[at..end].fill(dice.roll(256) as u8);
            }
            2 => {
                let (a, b) = (dice.roll(bytes.len() / 512) * 512, dice.roll(bytes.len() / 512) * 512);
                damaged.copy_within(a..a + 512, b);
            }
            _ => {
                for _ in 0..=dice.roll(8) {
                    let at = dice.roll(bytes.len());
                    damaged[at] ^= 1 << dice.roll(8);
                }
            }
        }
        let file = folder.at("damaged.dateline");
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.at(&format!("damaged.dateline{ending}")));
        }
        fs::write(&file, &damaged).unwrap();
        match Store::open(&file, None).and_then(|store| contents(&store)) {
            // A file of nothing is a new workspace.
            Ok(_) if damaged.is_empty() => {}
            Ok(found) => {
                let at = found.bytes().zip(whole.bytes()).position(|(a, b)| a != b).unwrap_or(found.len().min(whole.len()));
                let near = |text: &str| text.chars().skip(at.saturating_sub(60)).take(160).collect::<String>();
                assert!(found == whole, "round {round}: {} was taken for {}", near(&found), near(&whole));
                right += 1;
            }
            Err(error) => {
                assert!(error.to_string().contains("damaged.dateline"), "{error}");
                refused += 1;
                if round % 10 == 0 {
                    let copy = folder.at("copy.dateline");
                    for ending in ["", "-wal", "-shm"] {
                        let _ = fs::remove_file(folder.at(&format!("copy.dateline{ending}")));
                        let _ = fs::remove_file(folder.at(&format!("damaged.dateline{ending}")));
                    }
                    fs::write(&file, &damaged).unwrap();
                    if Store::recover(&file, &copy).is_ok() {
                        let store = Store::open(&copy, None).unwrap();
                        store.check().unwrap();
                        let loaded = store.load().unwrap();
                        assert!(loaded.workspace.articles.len() + loaded.unfiled.len() <= 12);
                        for id in loaded.workspace.articles.keys() {
                            assert!((0..12).any(|number| article(number).id == *id));
                        }
                        recovered += 1;
                    }
                }
            }
        }
    }
    println!("{refused} refused, {right} right, {recovered} recovered");
    assert!(refused > 300 && recovered > 10, "{refused} refused, {right} right, {recovered} recovered");
}

#[test]
fn an_older_file_is_migrated_after_a_snapshot() {
    let folder = Folder::new("older");
    let (path, snapshot) = (folder.at("desk.dateline"), folder.at("before.dateline"));
    let article = article(7);
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../../src/store/schema/001_street.sql")).unwrap();
    old.pragma_update(None, "application_id", 0x444C_4E31).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    let json = |value: &dyn erased::Json| value.json();
    old.execute("INSERT INTO source VALUES (?1, 'x.txt')", [hash(7)]).unwrap();
    old.execute(
        "INSERT INTO article (id, source, about, blocks, analysis, engine, text) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)",
        rusqlite::params![
            article.id.0,
            hash(7),
            json(&article.about),
            json(&article.blocks),
            json(&Analysis::default()),
            article.text
        ],
    )
    .unwrap();
    let import = format!("{{\"import\":{{\"batch\":3,\"articles\":[{:?}]}}}}", article.id.0);
    let import = import.replace(", ", ",");
    old.execute("INSERT INTO edit VALUES (1, ?1)", [import]).unwrap();
    old.execute("INSERT INTO setting VALUES ('mark', '1'), ('remembered', '{}')", []).unwrap();
    drop(old);
    let store = Store::open(&path, Some(&snapshot)).unwrap();
    let loaded = store.load().unwrap();
    assert_eq!(loaded.unfiled, [article.id], "its findings are filed in the new form by the worker");
    assert_eq!(loaded.workspace.log[0].edit, Edit::Import { articles: vec![article.id] });
    assert_eq!((loaded.workspace.log[0].step, loaded.workspace.mark), (3, 1));
    assert_eq!(store.found(article.id).unwrap().unwrap().0.text, article.text);
    assert_eq!(store.setting("remembered").unwrap().as_deref(), Some("{}"));
    assert_eq!(store.search("\"envoys\"").unwrap(), [article.id]);
    drop(store);
    let kept = rusqlite::Connection::open(&snapshot).unwrap();
    assert_eq!(kept.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0)).unwrap(), 1);
    // The worker files it again, without reading it anew.
    let worker = start(Some(path), Box::new(|| ()));
    let opened = worker.finish().into_iter().find_map(|news| match news {
        News::Opened(opened) => Some(opened),
        _ => None,
    });
    let opened = opened.unwrap();
    assert_eq!(opened.workspace.facts.articles.len(), 1);
    assert_eq!(opened.outdated, 1);
}

/// Plain data → JSON, behind one name for values of several types.
mod erased {
    pub trait Json {
        fn json(&self) -> String;
    }
    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> String {
            serde_json::to_string(self).unwrap()
        }
    }
}

#[test]
fn a_newer_or_foreign_file_stays_as_it_is_to_the_byte() {
    let folder = Folder::new("newer");
    let path = folder.at("desk.dateline");
    let mut store = Store::open(&path, None).unwrap();
    add(&mut store, 1).unwrap();
    drop(store);
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let other = folder.at("other.dateline");
    let foreign = rusqlite::Connection::open(&other).unwrap();
    foreign.execute_batch("CREATE TABLE notes (words TEXT); INSERT INTO notes VALUES ('mine')").unwrap();
    drop(foreign);
    for (path, words) in [(&path, "newer Dateline"), (&other, "not a Dateline workspace")] {
        let before = fs::read(path).unwrap();
        let error = Store::open(path, None).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(Store::open_read_only(path).is_err());
        assert_eq!(fs::read(path).unwrap(), before);
        assert!(fs::read_dir(&folder.0).unwrap().count() == 2, "nothing is left beside it");
    }
}

#[test]
fn a_second_window_reads_and_sees_what_the_first_writes() {
    let folder = Folder::new("two");
    let path = folder.at("desk.dateline");
    let first = start(Some(path.clone()), Box::new(|| ()));
    first.finish();
    let second = start(Some(path), Box::new(|| ()));
    let opened = second.finish().into_iter().find_map(|news| match news {
        News::Opened(opened) => Some(opened),
        _ => None,
    });
    let opened = opened.expect("the second window opens");
    assert_eq!(opened.access, Access::Read);
    let known = opened.workspace.facts.articles.len();
    assert!(known > 0);
    let id = opened.workspace.facts.articles[0].id;
    second.send(Order::Edit(vec![Edit::Remove { articles: vec![id] }]));
    let refused =
        second.finish().into_iter().any(|news| matches!(news, News::Trouble(reason) if reason.contains("reading only")));
    assert!(refused, "an edit in the second window is refused with a sentence");
    first.send(Order::Paste("Harbour opens\n\nOSLO - The new harbour opened in Oslo on Monday, officials said.".into()));
    first.finish();
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let seen =
            second.news().any(|news| matches!(news, News::Changed(workspace, _) if workspace.facts.articles.len() == known + 1));
        if seen {
            break;
        }
        assert!(Instant::now() < end, "the second window does not see what the first has written");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn reading_anew_is_a_draft_until_accepted() {
    let folder = Folder::new("anew");
    let path = folder.at("desk.dateline");
    let worker = start(Some(path.clone()), Box::new(|| ()));
    let last = |news: Vec<News>| -> Option<Arc<Workspace>> {
        news.into_iter().rev().find_map(|news| match news {
            News::Changed(workspace, _) => Some(workspace),
            News::Opened(opened) => Some(opened.workspace),
            _ => None,
        })
    };
    let before = last(worker.finish()).unwrap();
    worker.send(Order::ReadAnew);
    let heard = worker.finish();
    let ready =
        heard.iter().any(|news| matches!(news, News::Anew(dateline::job::Anew::Ready(told)) if told[0].starts_with("0 of ")));
    assert!(ready, "the same engine changes nothing: {heard:?}");
    assert!(last(heard).is_none(), "nothing changes before it is accepted");
    worker.send(Order::AcceptAnew);
    let after = last(worker.finish()).unwrap();
    assert_eq!(after.articles, before.articles);
    drop(worker);
    let kept: Vec<_> = fs::read_dir(folder.at("desk.dateline.snapshots")).unwrap().collect();
    assert!(!kept.is_empty(), "a snapshot is made before");
}

#[test]
fn search_finds_words_and_never_fails() {
    let mut store = Store::in_memory().unwrap();
    (0..60).for_each(|number| add(&mut store, number).unwrap());
    let found = |typed: &str| Terms::parse(typed).full_text().map_or(60, |asked| store.search(&asked).unwrap().len());
    assert_eq!(found("geneva "), 60);
    assert_eq!(found("\"round 7\""), 1);
    assert_eq!(found("\"7 round\""), 0);
    assert_eq!(found("rou* "), 60);
    assert_eq!(found("rou "), 0);
    assert_eq!(found("geneva -\"round 7\""), 59);
    assert_eq!(found("zürich "), 0);
    let strange =
        ["don't", "C++", "\"", "NEAR(", "a AND", "OR", "*", "-", "\u{0}", "^x", "words:", "(((((", "\"unclosed", "–", "🙂"];
    for typed in strange {
        let _ = found(typed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn no_search_is_an_error(typed in "\\PC{0,40}|[\"*()^:+,.'A-Za-z -]{0,60}|(AND|OR|NOT|NEAR|\\(|\\)|\"|\\*| ){0,20}") {
        thread_local! {
            static STORE: Store = {
                let mut store = Store::in_memory().unwrap();
                (0..3).for_each(|number| add(&mut store, number).unwrap());
                store
            };
        }
        let terms = Terms::parse(&typed);
        let _ = terms.spans("Envoys met in Geneva; don't ask. C++");
        if let Some(asked) = terms.full_text() {
            STORE.with(|store| store.search(&asked).unwrap());
        }
    }
}

#[test]
fn an_open_workspace_settles_the_same_again() {
    let mut store = Store::in_memory().unwrap();
    (0..8).for_each(|number| add(&mut store, number).unwrap());
    let mut a = store.load().unwrap().workspace;
    let mut b = store.load().unwrap().workspace;
    settle(&mut a);
    settle(&mut b);
    assert_eq!(crate::merge::dump(&a.facts), crate::merge::dump(&b.facts));
    let unknown = Filed::clone(a.articles.values().next().unwrap());
    assert_eq!(lean(&unknown), unknown, "lean is lean already");
}
