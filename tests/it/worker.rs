//! The reader's process: it reads as this process reads, and what kills it costs one row.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dateline::job::{Access, Lost, News, Order, Outcome, Pool, Readers, Row, start_apart};
use dateline::model::Warnings;
use dateline::read::{Hint, ReadError, read};
use rayon::prelude::*;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");
const ENOUGH: Duration = Duration::from_mins(1);

fn apart() -> Readers {
    Readers::Apart(PathBuf::from(PROGRAM))
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/read");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn a_process_reads_as_this_one() {
    let pool = Pool::new(apart());
    for (name, bytes) in samples() {
        let there = pool.read(&name, &bytes, None, ENOUGH, &AtomicBool::new(false));
        let mut warnings = Warnings::new();
        match (read(&bytes, &Hint::named(name.clone()), &mut warnings), there) {
            (Ok(articles), Ok(gave)) => assert_eq!((articles, warnings), (gave.articles, gave.warnings), "{name}"),
            (Err(error), Err(Lost::Refused(told))) => assert_eq!(error, told, "{name}"),
            (here, there) => panic!("{name}: {here:?} {there:?}"),
        }
    }
}

/// A program that is not the reader: it never answers, dies at once, or talks nonsense.
fn impostor(name: &str, script: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dateline-{name}-{}", std::process::id()));
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn a_reader_that_hangs_dies_or_babbles_costs_one_file() {
    let none = AtomicBool::new(false);
    let ask = |program: &Path, time: u64| {
        let start = Instant::now();
        let lost =
            Pool::new(Readers::Apart(program.to_owned())).read("a.txt", b"Text.", None, Duration::from_millis(time), &none);
        (lost.unwrap_err(), start.elapsed())
    };
    let hang = impostor("hang", "exec sleep 100");
    let (lost, took) = ask(&hang, 300);
    assert_eq!(lost, Lost::Slow(Duration::from_millis(300)));
    assert!(took < Duration::from_millis(1300), "{took:?}");
    assert_eq!(ask(&impostor("dead", "exit 1"), 5000).0, Lost::Died);
    assert_eq!(ask(&impostor("babble", "cat /dev/zero | head -c 100000"), 5000).0, Lost::Died);
    assert_eq!(ask(&impostor("starved", "echo memory allocation of 9 bytes failed >&2; kill -ABRT $$"), 5000).0, Lost::Memory);
    assert!(matches!(ask(Path::new("/nowhere/at/all"), 5000).0, Lost::Unable(_)));
    // Cancelling does not wait for the deadline.
    let pool = Pool::new(Readers::Apart(hang));
    let cancelled = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancelled);
    let start = Instant::now();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        flag.store(true, Ordering::Relaxed);
    });
    assert_eq!(pool.read("a.txt", b"Text.", None, ENOUGH, &cancelled).unwrap_err(), Lost::Cancelled);
    assert!(start.elapsed() < Duration::from_millis(700), "{:?}", start.elapsed());
}

/// Small files are read by processes as they are here; the wish is 80 % of the throughput.
#[test]
fn many_small_files_are_read_apart() {
    let page = |n: usize| {
        let story = "The ministers of Austria and Hungary met in Vienna on Thursday and agreed to open the locks on the river. "
            .repeat(20);
        format!("<html><head><title>Story {n} of the day</title></head><body><article><h1>Story {n} of the day</h1><p>{story}</p><p>{story}</p></article></body></html>")
            .into_bytes()
    };
    let pages: Vec<Vec<u8>> = (0..600).map(page).collect();
    let none = AtomicBool::new(false);
    let time = |pool: &Pool| {
        let start = Instant::now();
        let all = pages.par_iter().all(|page| pool.read("a.html", page, None, ENOUGH, &none).is_ok());
        assert!(all);
        start.elapsed().as_secs_f64()
    };
    let (here, apart) = (Pool::new(Readers::Here), Pool::new(apart()));
    let _ = (time(&here), time(&apart));
    // Printed only: the other tests run meanwhile, and a speed is no fact of a busy machine.
    let best = (0..3).map(|_| time(&here) / time(&apart)).fold(0.0, f64::max);
    println!("600 pages: {:.0} % of the throughput", 100.0 * best);
}

fn rows(news: Vec<News>) -> std::collections::BTreeMap<usize, Row> {
    news.into_iter().filter_map(|news| if let News::Row(row) = news { Some((row.number, row)) } else { None }).collect()
}

#[cfg(unix)]
#[test]
fn a_deadly_file_is_stopped_kept_out_and_tried_again_when_asked() {
    let folder = std::env::temp_dir().join(format!("dateline-kept-out-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("deadly.txt");
    std::fs::write(&file, "It kills.").unwrap();
    let dead = impostor("deadly", "exit 1");
    let store = folder.join("desk.dateline");
    let outcome = |worker: &dateline::job::Worker| rows(worker.finish()).into_values().next_back().unwrap();
    let worker = start_apart(Some(store.clone()), Readers::Apart(dead), Box::new(|| ()));
    worker.finish();
    for _ in 0..2 {
        worker.send(Order::Import(vec![file.clone()]));
        assert!(matches!(outcome(&worker).outcome, Outcome::Stopped(reason) if reason.contains("reader failed")));
    }
    worker.send(Order::Import(vec![file.clone()]));
    let row = outcome(&worker);
    assert!(matches!(&row.outcome, Outcome::Stopped(reason) if reason.contains("2 times")), "{row:?}");
    drop(worker);
    // Another window, a reader that works: quarantine holds until a person asks.
    let worker = (0..50)
        .find_map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            let worker = start_apart(Some(store.clone()), apart(), Box::new(|| ()));
            let news = worker.finish();
            news.iter().any(|news| matches!(news, News::Opened(opened) if opened.access == Access::Write)).then_some(worker)
        })
        .unwrap();
    worker.send(Order::Import(vec![file]));
    let row = outcome(&worker);
    assert!(matches!(row.outcome, Outcome::Stopped(_)), "{row:?}");
    worker.send(Order::Retry(vec![row.number]));
    let row = outcome(&worker);
    assert!(matches!(&row.outcome, Outcome::Done { .. }), "{row:?}");
    let _ = std::fs::remove_dir_all(folder);
}

/// On Linux the process has no files, no network and no more memory than its share.
#[cfg(target_os = "linux")]
#[test]
fn the_process_is_locked_in() {
    let mut child = Command::new(PROGRAM).arg("--worker").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let head = br#"{"name":"a.txt","columns":null}"#;
    for frame in [&head[..], b"Ministers met in Vienna on Thursday."] {
        input.write_all(&u32::try_from(frame.len()).unwrap().to_le_bytes()).unwrap();
        input.write_all(frame).unwrap();
    }
    input.flush().unwrap();
    // The answer is there: the sandbox stands.
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut [0; 4]).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let says = |field: &str| status.lines().find_map(|line| line.strip_prefix(field)).map_or("", str::trim).to_owned();
    assert_eq!(says("Seccomp:"), "2", "{status}");
    assert_eq!(says("NoNewPrivs:"), "1", "{status}");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let limit = limits.lines().find(|line| line.starts_with("Max address space")).unwrap();
    assert!(limit.contains(&(512 << 20).to_string()), "{limit}");
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn limits_are_told_by_name() {
    let pool = Pool::new(apart());
    let ask = |name: &str, bytes: &[u8]| pool.read(name, bytes, None, ENOUGH, &AtomicBool::new(false)).unwrap_err();
    assert_eq!(ask("empty.txt", b""), Lost::Refused(ReadError::Empty));
    assert!(matches!(ask("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Lost::Refused(ReadError::Unsupported(_))));
}

/// Many small files: cancelled in the midst within half a second, taken up again without an article twice.
#[test]
fn a_long_import_is_cancelled_at_once_and_taken_up_again() {
    let folder = std::env::temp_dir().join(format!("dateline-long-{}", std::process::id()));
    let inbox = folder.join("in");
    std::fs::create_dir_all(&inbox).unwrap();
    let count: usize = if std::env::var_os("DATELINE_MANY").is_some() { 10_000 } else { 400 };
    for number in 0..count {
        let text = format!(
            "Ministers meet for round {number}\n\nVIENNA, 9 October 2025 - The foreign ministers of Austria and Hungary met in Vienna on Thursday for round {number} of their talks, a spokesman said.\n\nThey will meet again in Budapest on Monday. Police in Graz arrested {} men.\n",
            number % 7 + 2
        );
        std::fs::write(inbox.join(format!("{number}.txt")), text).unwrap();
    }
    let store = folder.join("desk.dateline");
    let worker = start_apart(Some(store), apart(), Box::new(|| ()));
    worker.finish();
    worker.send(Order::Import(vec![inbox.clone()]));
    let (mut done, start) = (0, Instant::now());
    while done < count / 4 {
        done +=
            worker.news().filter(|news| matches!(news, News::Row(row) if matches!(row.outcome, Outcome::Done { .. }))).count();
        assert!(start.elapsed() < Duration::from_mins(5));
        std::thread::sleep(Duration::from_millis(5));
    }
    let cancel = Instant::now();
    worker.send(Order::Cancel);
    let told = rows(worker.finish());
    let took = cancel.elapsed();
    println!("cancelled after {took:?}");
    // Half a second in a release; telling each of the rows takes its time in a test build.
    assert!(took < Duration::from_millis(1500), "{took:?}");
    assert!(told.values().any(|row| row.outcome == Outcome::Skipped("cancelled".into())));
    let again = Instant::now();
    worker.send(Order::Import(vec![inbox]));
    let told = rows(worker.finish());
    let fresh = told.values().filter(|row| matches!(row.outcome, Outcome::Done { .. })).count();
    let known = told.values().filter(|row| row.outcome == Outcome::Duplicate).count();
    println!("{fresh} new in {:?}, {known} known", again.elapsed());
    assert_eq!(fresh + known, count);
    assert!(known >= count / 4 && fresh > 0);
    drop(worker);
    let _ = std::fs::remove_dir_all(folder);
}
