//! Sources and treebanks → the files under `assets/`. Run by developers, never by users.
//!
//! `dateline-assets COMMAND ARGUMENTS…`; each command is one file here and one line in `COMMANDS`.

use anyhow::{Result, bail};

/// A thing this tool makes or measures.
struct Command {
    name: &'static str,
    usage: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command { name: "basemap", usage: "SOURCES OUT: build the map inside the program", run: basemap::run },
    Command {
        name: "gazetteer",
        usage: "cities=F counties=F county-shapes=F divisions=F airports=F out=F: build assets/gazetteer/world.bin",
        run: gazetteer::run,
    },
    Command { name: "score-lang", usage: "TREEBANK: print the scores of the language floor", run: score::run },
];

mod basemap;
mod conllu;
mod gazetteer;
mod gazetteer_shapes;
mod score;

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
