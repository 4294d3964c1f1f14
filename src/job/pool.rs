//! Bytes of a file → its articles, read in a process that may die: a few processes of the same binary, used again and again.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use super::frame::{Answer, Request, receive, send, send_json};
use super::serve::answers;
use crate::model::{Article, Warning};
use crate::read::Columns;

/// Where files are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readers {
    /// In this process: for tests and for what the program itself brings along.
    Here,
    /// In processes of this program, called with `--worker`.
    Apart(PathBuf),
}

impl Readers {
    /// In processes of the program that is running.
    #[must_use]
    pub fn apart() -> Self {
        // The program as it was started, also when an update has put another file in its place.
        let own = PathBuf::from("/proc/self/exe");
        if own.exists() { Self::Apart(own) } else { std::env::current_exe().map_or(Self::Here, Self::Apart) }
    }
}

/// What a file gave.
#[derive(Debug)]
pub struct Gave {
    pub articles: Vec<Article>,
    pub warnings: Vec<Warning>,
    /// The columns of a table, and what they were taken for.
    pub table: Option<(Vec<String>, Columns)>,
}

/// Why there is no answer. The words end a sentence about the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// The reader said why.
    #[error("{0}")]
    Refused(crate::read::ReadError),
    #[error("reading took longer than {} s and was stopped", .0.as_secs())]
    Slow(Duration),
    #[error("reading it needs more memory than Dateline allows a file")]
    Memory,
    #[error("the reader failed on it and was started anew")]
    Died,
    #[error("Dateline failed on it: this is a defect, please report it")]
    Defect,
    #[error("cancelled")]
    Cancelled,
    #[error("no process could be started to read it: {0}")]
    Unable(String),
}

impl Lost {
    /// Did the file take its reader down?
    #[must_use]
    pub const fn is_deadly(&self) -> bool {
        matches!(self, Self::Slow(_) | Self::Memory | Self::Died)
    }
}

/// A process reads so many files and is then replaced: what a file may have left behind in it goes.
const FILES_EACH: u32 = 200;

/// How often a waiting thread looks whether the person has cancelled.
const GLANCE: Duration = Duration::from_millis(50);

/// The processes that wait for a file.
#[derive(Debug)]
pub struct Pool {
    readers: Readers,
    idle: Mutex<Vec<Process>>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    input: ChildStdin,
    answers: Receiver<std::io::Result<Option<Vec<u8>>>>,
    files: u32,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Pool {
    #[must_use]
    pub const fn new(readers: Readers) -> Self {
        Self { readers, idle: Mutex::new(Vec::new()) }
    }

    /// Reads one file within the time given. May be called from many threads at once; each takes a process of its own.
    ///
    /// # Errors
    /// [`Lost`] tells whether the file was refused or took its reader down.
    pub fn read(
        &self,
        name: &str,
        bytes: &[u8],
        columns: Option<Columns>,
        time: Duration,
        cancelled: &AtomicBool,
    ) -> Result<Gave, Lost> {
        if cancelled.load(Ordering::Relaxed) {
            return Err(Lost::Cancelled);
        }
        let request = Request { name: name.to_owned(), columns };
        let Readers::Apart(program) = &self.readers else {
            return gather(answers(&request, bytes).into_iter().map(Ok));
        };
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut process = match idle {
            Some(process) => process,
            None => Process::start(program).map_err(|error| Lost::Unable(error.to_string()))?,
        };
        let given = process.ask(&request, bytes);
        let end = Instant::now() + time;
        let gave = match given {
            Ok(()) => gather(std::iter::from_fn(|| Some(process.answer(end, time, cancelled)))),
            Err(_) => Err(Lost::Died),
        };
        if let Err(Lost::Died) = gave {
            return Err(process.cause());
        }
        process.files += 1;
        let is_well = !matches!(gave, Err(Lost::Slow(_) | Lost::Cancelled | Lost::Memory));
        if is_well
            && process.files < FILES_EACH
            && let Ok(mut idle) = self.idle.lock()
        {
            idle.push(process);
        }
        gave
    }
}

/// Articles up to the last frame.
fn gather(answers: impl Iterator<Item = Result<Answer, Lost>>) -> Result<Gave, Lost> {
    let mut articles = Vec::new();
    for answer in answers {
        match answer? {
            Answer::Article(article) => articles.push(*article),
            Answer::End { warnings, table } => return Ok(Gave { articles, warnings, table }),
            Answer::Refused(error) => return Err(Lost::Refused(error)),
            Answer::Defect => return Err(Lost::Defect),
        }
    }
    Err(Lost::Died)
}

impl Process {
    fn start(program: &std::path::Path) -> std::io::Result<Self> {
        let mut child = Command::new(program)
            .arg("--worker")
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let gone = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        let (input, mut output) = (child.stdin.take().ok_or_else(gone)?, child.stdout.take().ok_or_else(gone)?);
        // A thread waits for the process, so that whoever asked can stop waiting.
        let (sender, answers) = bounded(64);
        std::thread::Builder::new().name("reader".into()).spawn(move || {
            loop {
                let frame = receive(&mut output);
                let is_last = !matches!(frame, Ok(Some(_)));
                if sender.send(frame).is_err() || is_last {
                    return;
                }
            }
        })?;
        Ok(Self { child, input, answers, files: 0 })
    }

    fn ask(&mut self, request: &Request, bytes: &[u8]) -> std::io::Result<()> {
        send_json(&mut self.input, request)?;
        send(&mut self.input, bytes)?;
        self.input.flush()
    }

    fn answer(&self, end: Instant, time: Duration, cancelled: &AtomicBool) -> Result<Answer, Lost> {
        loop {
            if cancelled.load(Ordering::Relaxed) {
                return Err(Lost::Cancelled);
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left.min(GLANCE)) {
                Ok(Ok(Some(frame))) => return serde_json::from_slice(&frame).map_err(|_| Lost::Died),
                Ok(_) | Err(RecvTimeoutError::Disconnected) => return Err(Lost::Died),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Err(Lost::Slow(time)),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Why the process has ended, by its last words.
    fn cause(mut self) -> Lost {
        let _ = self.child.kill();
        // Whoever else holds the pipe must not be kept waiting by ours.
        self.answers = crossbeam_channel::never();
        let mut words = String::new();
        if let Some(errors) = self.child.stderr.take() {
            let _ = errors.take(4096).read_to_string(&mut words);
        }
        if words.contains("memory allocation") { Lost::Memory } else { Lost::Died }
    }
}

/// How long a file may take to be read, by what its first bytes and its name say.
#[must_use]
pub fn time_for(name: &str, bytes: &[u8]) -> Duration {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let is_container = [&b"PK\x03\x04"[..], b"\x1f\x8b", b"WARC/", b"From "].iter().any(|head| bytes.starts_with(head))
        || matches!(extension.as_str(), "csv" | "tsv" | "json" | "jsonl" | "ndjson" | "mbox" | "rss" | "xml" | "atom" | "eml");
    let seconds = if is_container {
        600
    } else if bytes.starts_with(b"%PDF") || extension == "pdf" {
        20
    } else {
        10
    };
    Duration::from_secs(seconds)
}
