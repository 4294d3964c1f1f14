//! The accuracy table: figures on the shared corpora, recomputed where they stand. The numbers may only go up.
//!
//! `UPDATE=1 cargo test accuracy` writes `tests/accuracy.tsv` anew; the diff is the review.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One figure: which corpus, what becomes of `dateline extract`'s output, which scorer, and where it prints the figure.
struct Measure {
    name: &'static str,
    /// Under `corpora/`, without `.jsonl`.
    corpus: &'static str,
    /// The scorer's own form, made by `from_contract.py`; empty where it reads the open format.
    form: &'static str,
    /// Arguments of the scorer; GOLD, PRED and SHARED are put in.
    scorer: &'static [&'static str],
    /// The line begins so, trimmed; the figure is number `nth` after `after` in it.
    line: &'static str,
    after: &'static str,
    nth: usize,
}

const fn time(name: &'static str, corpus: &'static str, line: &'static str) -> Measure {
    Measure { name, corpus, form: "time", scorer: &["score_time.py", "GOLD", "PRED"], line, after: "F ", nth: 0 }
}

const fn place(name: &'static str, corpus: &'static str, line: &'static str) -> Measure {
    const SCORER: &[&str] =
        &["score_geo.py", "score", "GOLD", "PRED", "--no-demonym", "--centroids", "SHARED/corpora/place/centroids.json"];
    Measure { name, corpus, form: "geo", scorer: SCORER, line, after: ":", nth: 0 }
}

const fn name(name: &'static str, corpus: &'static str) -> Measure {
    Measure { name, corpus, form: "ner", scorer: &["score_ner.py", "score", "GOLD", "PRED"], line: "pred", after: "/", nth: 1 }
}

const fn who(name: &'static str, line: &'static str, after: &'static str) -> Measure {
    const SCORER: &[&str] = &["score_who.py", "GOLD", "PRED"];
    Measure { name, corpus: "event/meantime_events", form: "", scorer: SCORER, line, after, nth: 0 }
}

const fn dated(name: &'static str, after: &'static str) -> Measure {
    const SCORER: &[&str] = &["score_events.py", "eventtime", "GOLD", "PRED"];
    Measure { name, corpus: "event/event_time", form: "event-time", scorer: SCORER, line: "events", after, nth: 0 }
}

const MEASURES: &[Measure] = &[
    time("time: TimeBank, value F1", "time/timebank", "value"),
    time("time: TimeBank, day F1", "time/timebank", "day"),
    time("time: AQUAINT, value F1", "time/aquaint", "value"),
    time("time: AQUAINT, day F1", "time/aquaint", "day"),
    time("time: MEANTIME, value F1", "time/meantime", "value"),
    time("time: MEANTIME, day F1", "time/meantime", "day"),
    time("time: WikiWars, value F1", "time/wikiwars", "value"),
    place("place: LGL, F1 within 161 km", "place/lgl", "\"F161_all\""),
    place("place: LGL, recognition F1", "place/lgl", "\"F_exact\""),
    place("place: TR-News, F1 within 161 km", "place/trnews", "\"F161_all\""),
    place("place: TR-News, recognition F1", "place/trnews", "\"F_exact\""),
    place("place: GWN, F1 within 161 km", "place/gwn", "\"F161_all\""),
    place("place: GWN, recognition F1", "place/gwn", "\"F_exact\""),
    name("name: Worldwide, F1", "name/worldwide"),
    name("name: CoNLL-2003 dev, F1", "name/conll2003_dev"),
    name("name: GUM news, F1", "name/gum_news"),
    who("event: MEANTIME, F1", "a events", "F1"),
    who("event: MEANTIME, salient recall", "salient", "  R"),
    who("event: MEANTIME, who one-to-one", "who_11 actors", "F1"),
    who("event: MEANTIME, who end to end", "who_11 end to end", "F1"),
    who("event: MEANTIME, when exact", "d when exact", "F1"),
    who("event: MEANTIME, standing macro F1", "e standing", "macro F1"),
    who("event: MEANTIME, wholly right F1", "g whole", "F1"),
    who("actor: MEANTIME, B-cubed", "f actor", "F1"),
    who("actor: MEANTIME, nominals and pronouns resolved", "nominals+pronouns", "F1"),
    dated("when: event_time, day", "day acc"),
    dated("when: event_time, strict", "strict acc"),
    Measure {
        name: "event: MUC-4 dev, F1",
        corpus: "event/muc4",
        form: "muc",
        scorer: &["score_event.py", "muc", "GOLD", "PRED", "--split", "dev"],
        line: "pred",
        after: "ALL SLOTS",
        nth: 2,
    },
    Measure {
        name: "where: event_location, F1",
        corpus: "event/event_location",
        form: "event-loc",
        scorer: &["score_event.py", "loc", "GOLD", "PRED"],
        line: "pred",
        after: "'F1':",
        nth: 0,
    },
];

/// A figure may fall by so much and still count as the same: scorers print one or two decimals.
const ROUNDING: f64 = 0.051;

#[test]
fn no_figure_falls() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../shared");
    if !shared.join("corpora").is_dir() || Command::new("python3").arg("--version").output().is_err() {
        // Not `eprintln!`: the test runner would swallow it.
        let _ = writeln!(std::io::stderr(), "SKIPPED accuracy: needs ../shared/corpora and python3");
        return;
    }
    let table = root.join("tests/accuracy.tsv");
    let before = read_table(&fs::read_to_string(&table).unwrap_or_default());
    let now = figures(&shared);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&table, print_table(&now)).unwrap();
        return;
    }
    let fallen: Vec<String> = before
        .iter()
        .filter_map(|(name, before)| {
            let now = now.iter().find(|(own, _)| own == name).map(|(_, figure)| *figure);
            (now.is_none_or(|now| now < before - ROUNDING)).then(|| format!("{name}: {before} before, {now:?} now"))
        })
        .collect();
    assert!(fallen.is_empty(), "figures fell:\n{}\n\nthe whole table:\n{}", fallen.join("\n"), print_table(&now));
    let missing: Vec<&String> =
        now.iter().map(|(name, _)| name).filter(|name| !before.iter().any(|(own, _)| own == *name)).collect();
    assert!(missing.is_empty(), "not in tests/accuracy.tsv: {missing:?}\n{}", print_table(&now));
}

fn read_table(text: &str) -> Vec<(String, f64)> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, figure)| (name.to_owned(), figure.trim().parse().unwrap()))
        .collect()
}

fn print_table(figures: &[(String, f64)]) -> String {
    let head = "# Figures on the development corpora; `UPDATE=1 cargo test accuracy` writes them anew. They may only go up.\n";
    let lines = figures.iter().map(|(name, figure)| format!("{name}\t{figure:.1}\n"));
    head.to_owned() + &lines.collect::<String>()
}

fn figures(shared: &Path) -> Vec<(String, f64)> {
    let folder = std::env::temp_dir().join(format!("dateline-accuracy-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut extracted: BTreeMap<&str, PathBuf> = BTreeMap::new();
    let mut figures = Vec::new();
    for measure in MEASURES {
        let gold = shared.join("corpora").join(format!("{}.jsonl", measure.corpus));
        let out = extracted.entry(measure.corpus).or_insert_with(|| {
            let out = folder.join(format!("{}.out", measure.corpus.replace('/', "-")));
            let run = Command::new(env!("CARGO_BIN_EXE_dateline"))
                .args(["extract", "--jsonl"])
                .arg(&gold)
                .stdout(fs::File::create(&out).unwrap())
                .status()
                .unwrap();
            assert!(run.success(), "dateline extract --jsonl {}: {run}", gold.display());
            out
        });
        let pred = if measure.form.is_empty() { out.clone() } else { scorers_form(shared, measure.form, out, &folder) };
        figures.push((measure.name.to_owned(), score(shared, measure, &gold, &pred)));
    }
    let story = shared.join("articles/paris-gaza-talks.txt");
    let pred = folder.join("story.out");
    let run = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["extract", "--published", "2025-10-09"])
        .arg(story)
        .stdout(fs::File::create(&pred).unwrap())
        .status()
        .unwrap();
    assert!(run.success());
    let gold = shared.join("gold/paris-gaza-talks.json");
    let measure = Measure {
        name: "story: Paris and Gaza talks, score",
        corpus: "",
        form: "",
        scorer: &["score_story.py", "GOLD", "PRED"],
        line: "story score",
        after: "score",
        nth: 0,
    };
    figures.push((measure.name.to_owned(), score(shared, &measure, &gold, &pred)));
    figures.extend(on_gold_triggers(shared, &folder));
    let _ = fs::remove_dir_all(folder);
    figures.extend(super::lang::accuracy(shared));
    figures
}

/// Dating and order measured apart from finding: the triggers are the gold's own.
fn on_gold_triggers(shared: &Path, folder: &Path) -> Vec<(String, f64)> {
    const TIME: &[&str] = &["score_events.py", "eventtime", "GOLD", "PRED"];
    const LINES: &[&str] = &["score_events.py", "timeline", "GOLD", "PRED"];
    const ORDER: &[&str] = &["score_events.py", "matres", "GOLD", "PRED"];
    let rows: [(&str, &str, &[&str], &[&str], &str, &str); 4] = [
        ("when: event_time on gold triggers, day", "event-time", &["event/event_time"], TIME, "events", "day acc"),
        ("when: event_time on gold triggers, strict", "event-time", &["event/event_time"], TIME, "events", "strict acc"),
        ("when: timelines, date per mention", "timelines", &["event/timelines", "event/timelines_docs"], LINES, "all:", "exact"),
        ("when: MATRES, F1", "matres", &["event/matres", "time/timebank", "time/aquaint"], ORDER, "pairs", "F1"),
    ];
    let pred = folder.join("gold-triggers");
    rows.into_iter()
        .map(|(name, kind, corpora, scorer, line, after)| {
            let files = corpora.iter().map(|corpus| shared.join("corpora").join(format!("{corpus}.jsonl")));
            let run = Command::new(env!("CARGO_BIN_EXE_dateline-assets"))
                .args(["date-gold", kind])
                .args(files)
                .stdout(fs::File::create(&pred).unwrap())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            assert!(run.success(), "dateline-assets date-gold {kind}");
            let measure = Measure { name, corpus: "", form: "", scorer, line, after, nth: 0 };
            let gold = shared.join("corpora").join(format!("{}.jsonl", corpora[0]));
            (name.to_owned(), score(shared, &measure, &gold, &pred))
        })
        .collect()
}

fn scorers_form(shared: &Path, form: &str, out: &Path, folder: &Path) -> PathBuf {
    // Some scorers print the file's name at the head of their line, where `Measure::line` looks for it.
    let pred = folder.join("pred");
    let run = Command::new("python3")
        .arg(shared.join("score/from_contract.py"))
        .arg(form)
        .stdin(fs::File::open(out).unwrap())
        .stdout(fs::File::create(&pred).unwrap())
        .status()
        .unwrap();
    assert!(run.success(), "from_contract.py {form}");
    pred
}

fn score(shared: &Path, measure: &Measure, gold: &Path, pred: &Path) -> f64 {
    let script = shared.join("score").join(measure.scorer[0]);
    let run = Command::new("python3")
        .arg(script)
        .args(measure.scorer[1..].iter().map(|argument| match *argument {
            "GOLD" => gold.display().to_string(),
            "PRED" => pred.display().to_string(),
            other => other.replace("SHARED", &shared.display().to_string()),
        }))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&run.stdout);
    figure(&printed, measure).unwrap_or_else(|| panic!("{}: no figure in:\n{printed}", measure.name))
}

fn figure(printed: &str, measure: &Measure) -> Option<f64> {
    let line = printed.lines().map(str::trim).find(|line| line.starts_with(measure.line))?;
    let at = line.find(measure.after)? + measure.after.len();
    let words = line[at..].split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'));
    let printed = words.filter_map(|word| word.parse::<f64>().ok()).nth(measure.nth)?;
    // Some scorers print shares of one, others of a hundred; the table has the latter.
    let share_of_one = ["place", "where"].iter().any(|kind| measure.name.starts_with(kind));
    Some(if share_of_one && printed <= 1.0 { printed * 100.0 } else { printed })
}
