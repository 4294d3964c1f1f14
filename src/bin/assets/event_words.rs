//! `WordNet` 3.0 database files → event nouns by the verb they are derived from.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};

/// A synonym set: lexicographer file, words, pointers (symbol, offset, part of speech, source/target).
struct Synset {
    lexicographer: u8,
    words: Vec<String>,
    pointers: Vec<[String; 4]>,
}

/// Lexicographer files of nouns for acts and for happenings (lexnames(5WN)).
const ACT: u8 = 4;
const HAPPENING: u8 = 11;

pub fn run(arguments: &[String]) -> Result<()> {
    let folder = Path::new(arguments.first().context("which folder holds WordNet's data.noun?")?);
    let out = Path::new(arguments.get(1).context("which file to write?")?);
    let (nouns, verbs) = (synsets(&folder.join("data.noun"))?, synsets(&folder.join("data.verb"))?);
    let mut by_verb: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in std::fs::read_to_string(folder.join("index.noun"))?.lines().filter(|line| !line.starts_with(' ')) {
        let field: Vec<&str> = line.split_whitespace().collect();
        let Some(word) = field.first().filter(|word| word.len() > 3) else { continue };
        if !word.chars().all(|c| c.is_ascii_alphabetic() || c == '-') {
            continue;
        }
        // the first of the senses, which stand at the end of the line, most frequent first
        let count: usize = field.get(2).and_then(|count| count.parse().ok()).unwrap_or(1);
        let Some(first) = field.len().checked_sub(count).and_then(|row| nouns.get(field[row])) else { continue };
        if !matches!(first.lexicographer, ACT | HAPPENING) {
            continue;
        }
        if let Some(verb) = derived_from(word, first, &verbs) {
            by_verb.entry(verb).or_default().push((*word).to_owned());
        }
    }
    let mut table = String::from(
        "# Nouns whose first sense is an act or a happening, by the verb they are derived from. Made from WordNet 3.0 by \
         `dateline-assets event-words`.\n",
    );
    for (verb, mut nouns) in by_verb {
        nouns.sort();
        table.push_str(&format!("{verb}\t{}\n", nouns.join(" ")));
    }
    std::fs::write(out, table)?;
    Ok(())
}

/// The verb that a noun's "+" pointers name; one that begins alike is preferred.
fn derived_from(noun: &str, synset: &Synset, verbs: &HashMap<String, Synset>) -> Option<String> {
    let place = synset.words.iter().position(|word| word == noun)? + 1;
    let mut found = None;
    for [symbol, offset, part, ends] in &synset.pointers {
        let (source, target) = ends.split_at_checked(2)?;
        let source = usize::from_str_radix(source, 16).ok()?;
        if symbol != "+" || part != "v" || !(source == 0 || source == place) {
            continue;
        }
        let words = &verbs.get(offset)?.words;
        let verb = words.get(usize::from_str_radix(target, 16).ok()?.saturating_sub(1))?.clone();
        let alike = verb.get(..3) == noun.get(..3);
        found = Some(verb);
        if alike {
            break;
        }
    }
    found
}

/// wndb(5WN): `offset lexicographer type count word id … pointers symbol offset part ends …`
fn synsets(path: &Path) -> Result<HashMap<String, Synset>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut found = HashMap::new();
    for line in content.lines().filter(|line| !line.starts_with(' ')) {
        let field: Vec<&str> = line.split_whitespace().collect();
        let [offset, lexicographer, _, count, ..] = field[..] else { continue };
        let count = usize::from_str_radix(count, 16)?;
        let word = |row: usize| field[4 + 2 * row].split('(').next().unwrap_or("").to_lowercase();
        let at = 4 + 2 * count;
        let pointers: usize = field.get(at).and_then(|n| n.parse().ok()).unwrap_or(0);
        let pointer = |row: usize| std::array::from_fn(|part| field[at + 1 + 4 * row + part].to_owned());
        found.insert(
            offset.to_owned(),
            Synset {
                lexicographer: lexicographer.parse()?,
                words: (0..count).map(word).collect(),
                pointers: (0..pointers).map(pointer).collect(),
            },
        );
    }
    Ok(found)
}
