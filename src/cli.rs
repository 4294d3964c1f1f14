//! Command line → articles on stdout in the open format, or the window.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::{Parser, Subcommand};
use dateline::export::{brief, jsonl};
use dateline::extract::{Knowledge, extract};
use dateline::job::{Pool, Readers, bytes_of, time_for};
use dateline::model::{About, Article, Published, PublishedFrom, Warnings};
use dateline::read::article_from_text;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;

/// News articles in; who did what, where and when out.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Task>,
    /// Read files from standard input for another Dateline; not for people
    #[arg(long, hide = true)]
    worker: bool,
    /// Articles to open in the window
    files: Vec<PathBuf>,
}

#[derive(Subcommand)]
enum Task {
    /// Read articles without a window: one JSON object per article per line on stdout
    Extract(Extract),
}

#[derive(clap::Args)]
struct Extract {
    /// Articles in any format that Dateline reads; with --jsonl one file of lines, or none for standard input
    files: Vec<PathBuf>,
    /// The input is lines {"`doc_id`", "text", "published"|"dct"?, "title"?, "url"?, "outlet"?}
    #[arg(long)]
    jsonl: bool,
    /// Publication date where the input has none
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Date>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Worker threads; the output is the same for any number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

/// The formats of `dateline extract`.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// The open format: one JSON object per article and line
    Jsonl,
    /// A brief for people: who, what in order of time, where; an empty line between articles
    Text,
}

/// Inputs taken at a time: enough to keep the threads busy, few enough that output begins at once.
const BATCH: usize = 64;

pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.worker {
        // The other side knows best why a pipe broke.
        return if dateline::job::serve().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match arguments.command {
        Some(Task::Extract(task)) => task.run(),
        None => open_desk(&arguments.files),
    }
}

#[cfg(not(feature = "desk"))]
fn open_desk(_files: &[PathBuf]) -> ExitCode {
    eprintln!("dateline: this build has no window; use `dateline extract FILE…`");
    ExitCode::from(2)
}

#[cfg(feature = "desk")]
fn open_desk(files: &[PathBuf]) -> ExitCode {
    match dateline::app::open_desk(files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("dateline: {reason}");
            ExitCode::from(2)
        }
    }
}

/// A line of `--jsonl` input; other fields are left alone.
#[derive(Deserialize)]
struct Line {
    doc_id: Option<String>,
    text: String,
    published: Option<String>,
    dct: Option<String>,
    title: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
}

/// What one input gave: lines for stdout, complaints for stderr.
struct Outcome {
    lines: Vec<String>,
    complaint: Option<String>,
}

impl Extract {
    fn run(&self) -> ExitCode {
        if self.files.is_empty() && !self.jsonl {
            eprintln!("dateline: no files given; see `dateline extract --help`");
            return ExitCode::from(2);
        }
        if let Some(threads) = self.threads
            && let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()
        {
            eprintln!("dateline: --threads {threads}: {error}");
            return ExitCode::from(2);
        }
        let knowledge = Knowledge::load();
        let result = if self.jsonl { self.run_lines(&knowledge) } else { self.run_files(&knowledge) };
        match result {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            // The reader of the pipe went away; that is its right.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("dateline: {error}");
                ExitCode::from(1)
            }
        }
    }

    fn run_files(&self, knowledge: &Knowledge) -> std::io::Result<bool> {
        let pool = Pool::new(Readers::apart());
        write_all(self.files.iter().map(|file| Ok(file.clone())), |file| self.file(knowledge, &pool, file))
    }

    fn file(&self, knowledge: &Knowledge, pool: &Pool, path: &Path) -> Outcome {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let gave = bytes_of(path).and_then(|bytes| {
            let time = time_for(&name, &bytes);
            pool.read(&name, &bytes, None, time, &AtomicBool::new(false)).map_err(|error| error.to_string())
        });
        match gave {
            Err(reason) => Outcome { lines: Vec::new(), complaint: Some(format!("{}: {reason}", path.display())) },
            Ok(gave) => Outcome {
                lines: gave.articles.into_iter().map(|article| self.line(knowledge, article, &gave.warnings)).collect(),
                complaint: None,
            },
        }
    }

    fn run_lines(&self, knowledge: &Knowledge) -> std::io::Result<bool> {
        let mut good = true;
        let inputs: Vec<Option<PathBuf>> =
            if self.files.is_empty() { vec![None] } else { self.files.iter().cloned().map(Some).collect() };
        for input in inputs {
            let name = input.as_ref().map_or_else(|| "standard input".into(), |path| path.display().to_string());
            let source: Box<dyn BufRead> = match &input {
                None => Box::new(std::io::stdin().lock()),
                Some(path) => match std::fs::File::open(path) {
                    Ok(file) => Box::new(std::io::BufReader::new(file)),
                    Err(error) => {
                        eprintln!("dateline: {name}: {error}");
                        good = false;
                        continue;
                    }
                },
            };
            let lines = source.lines().enumerate().map(|(row, line)| line.map(|line| (row + 1, line)));
            good &= write_all(lines, |(row, line)| self.json_line(knowledge, &name, *row, line))?;
        }
        Ok(good)
    }

    fn json_line(&self, knowledge: &Knowledge, name: &str, row: usize, line: &str) -> Outcome {
        if line.trim().is_empty() {
            return Outcome { lines: Vec::new(), complaint: None };
        }
        match serde_json::from_str::<Line>(line) {
            Err(error) => Outcome { lines: Vec::new(), complaint: Some(format!("{name}: line {row}: {error}")) },
            Ok(line) => {
                let given = line.published.as_deref().or(line.dct.as_deref()).and_then(leading_date);
                let about = About {
                    doc_id: line.doc_id.unwrap_or_else(|| row.to_string()),
                    source: name.to_owned(),
                    title: line.title,
                    outlet: line.outlet,
                    url: line.url,
                    published: given.map(given_date),
                    ..About::default()
                };
                let article = article_from_text(line.text, about);
                Outcome { lines: vec![self.line(knowledge, article, &Warnings::new())], complaint: None }
            }
        }
    }

    fn line(&self, knowledge: &Knowledge, mut article: Article, warnings: &Warnings) -> String {
        if article.about.published.is_none() {
            article.about.published = self.published.map(given_date);
        }
        let mut analysis = extract(knowledge, &article);
        analysis.warnings.splice(0..0, warnings.iter().cloned());
        match self.format {
            Format::Jsonl => jsonl(&article, &analysis),
            Format::Text => format!("{}\n", brief(&article, &analysis)),
        }
    }
}

/// The date at the head of an ISO 8601 date or time: `2009-03-20 12:24:52.002364-05` → 2009-03-20.
fn leading_date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn given_date(date: Date) -> Published {
    Published { date, from: PublishedFrom::Given, evidence: "given".into() }
}

/// Works through the inputs in batches on all threads and prints in input order. `false` where an input failed.
fn write_all<T: Send + Sync>(
    inputs: impl Iterator<Item = std::io::Result<T>>,
    work: impl Fn(&T) -> Outcome + Sync,
) -> std::io::Result<bool> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut good = true;
    let mut inputs = inputs.peekable();
    while inputs.peek().is_some() {
        let batch: Vec<T> = inputs.by_ref().take(BATCH).collect::<std::io::Result<_>>()?;
        let outcomes: Vec<Outcome> = batch.par_iter().map(&work).collect();
        for outcome in outcomes {
            for line in outcome.lines {
                writeln!(out, "{line}")?;
            }
            if let Some(complaint) = outcome.complaint {
                eprintln!("dateline: {complaint}");
                good = false;
            }
        }
    }
    out.flush()?;
    Ok(good)
}
