//! Sources and treebanks → the files under `assets/`. Run by developers, never by users.
//!
//! `dateline-assets COMMAND ARGUMENTS…`; each command is one file here and one line in `COMMANDS`.

#![allow(clippy::format_push_string)] // a builder may be slow and plain
#![allow(clippy::float_cmp)] // a ring is closed when its ends are the very same numbers
#![allow(clippy::single_match_else)] // what is drawn at which zoom reads as a table
#![allow(clippy::case_sensitive_file_extension_comparisons)] // the corpora's own names
#![allow(clippy::needless_range_loop)] // labels are set over a stretch of tokens

use anyhow::{Result, bail};

/// A thing this tool makes or measures.
struct Command {
    name: &'static str,
    usage: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "train-names",
        usage: "OUT FILE…: train the name tagger, or with OUT - score it in five folds",
        run: names::run,
    },
    Command { name: "basemap", usage: "SOURCES OUT: build the map inside the program", run: basemap::run },
    Command {
        name: "gazetteer-learn",
        usage: "out=F centroids=F [fold=K/N predict=F] [spans=F] FILE.jsonl…: learn assets/gazetteer/weights.tsv",
        run: gazetteer_learn::run,
    },
    Command {
        name: "gazetteer",
        usage: "cities=F counties=F county-shapes=F divisions=F districts=F airports=F out=F: build assets/gazetteer/world.bin",
        run: gazetteer::run,
    },
    Command {
        name: "where-learn",
        usage: "out=F [fold=K/N] FILE.jsonl…: learn assets/lang/en/events_where.tsv",
        run: where_learn::run,
    },
    Command { name: "words", usage: "WORDNET TREEBANK NAMES OUT: lexicon.bin", run: words::run },
    Command { name: "train-tagger", usage: "TREEBANK OUT: tagger.bin", run: tagger::run },
    Command {
        name: "event-words",
        usage: "WORDNET OUT: list event nouns by the verb they are derived from",
        run: event_words::run,
    },
    Command {
        name: "date-gold",
        usage: "event-time FILE | timelines FILE TEXTS | matres FILE TEXTS…: date gold events, in the scorers' forms",
        run: dates::run,
    },
    Command { name: "train-net", usage: "TREEBANK OUT fast|better: net_fast.bin or net_better.bin", run: net::run },
    Command { name: "time-phenomena", usage: "FILE…: values right by kind of time expression", run: phenomena::run },
    Command { name: "score-lang", usage: "TREEBANK: print the scores of the language floor", run: score::run },
];

mod basemap;
mod conllu;
mod dates;
mod event_words;
mod gazetteer;
mod gazetteer_learn;
mod gazetteer_shapes;
mod invent;
mod jackknife;
mod matrix;
mod names;
mod net;
mod perceptron;
mod phenomena;
mod score;
mod tagger;
mod where_learn;
mod words;

/// Hash of the texts and readings that a model is made from, to record beside it.
fn data_hash(documents: &[conllu::Document]) -> String {
    let mut hasher = blake3::Hasher::new();
    for document in documents {
        for word in document.sentences.iter().flatten() {
            hasher.update(format!("{} {:?} {} {} {:?}\n", word.form, word.upos, word.xpos, word.head, word.rel).as_bytes());
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some((name, rest)) = arguments.split_first()
        && let Some(command) = COMMANDS.iter().find(|command| command.name == name)
    {
        return (command.run)(rest);
    }
    for command in COMMANDS {
        eprintln!("dateline-assets {} {}", command.name, command.usage);
    }
    bail!("which command?")
}
