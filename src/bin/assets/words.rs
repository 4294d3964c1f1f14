//! `WordNet` and treebanks → `lexicon.bin`: parts of speech, senses, tags and lemma rules of words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use dateline::lang::lemma;
use dateline::lang::weights::hash;
use dateline::lang::words::{CERTAIN, Entry, LEMMAS, Lexicon, NAMES, WORDS, naming, pack_map, word_key};
use dateline::lang::{Upos, penn_index};

use crate::conllu::{self, Document};

/// A form is said to have one tag only if it was seen so often with no other; chosen on the dev parts.
const CERTAIN_COUNT: usize = 30;
/// A form's tags in the treebanks are told to the tagger from this count on; rarer ones are left as strangers.
const FREQUENT: usize = 4;

pub fn run(arguments: &[String]) -> Result<()> {
    let [wordnet, treebank, names, out] = arguments else { anyhow::bail!("give WORDNET TREEBANK NAMES OUT") };
    let documents = training(Path::new(treebank))?;
    let bytes = lexicon(Path::new(wordnet), Path::new(names), &documents)?;
    let path = Path::new(out).join("lexicon.bin");
    println!("{}: {} bytes", path.display(), bytes.len());
    std::fs::write(path, bytes)?;
    Ok(())
}

/// The training parts of the treebanks.
pub fn training(treebank: &Path) -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    for part in ["ewt-train", "gum-open-train"] {
        documents.extend(conllu::read(&treebank.join(format!("{part}.conllu")))?);
    }
    Ok(documents)
}

/// Every pair of tags in the training parts, in order: the classes of the tagger.
pub fn classes(documents: &[Document]) -> Vec<(Upos, u8)> {
    let mut count: BTreeMap<(Upos, u8), usize> = BTreeMap::new();
    for word in documents.iter().flat_map(|document| document.sentences.iter().flatten()) {
        *count.entry((word.upos, word.xpos)).or_default() += 1;
    }
    count.into_iter().filter(|(_, n)| *n > 2).map(|(class, _)| class).collect()
}

#[derive(Default)]
struct Known {
    bits: u32,
    noun: u32,
    verb: u32,
    irregular: u32,
    /// Tagged occurrences as noun, verb, adjective, adverb.
    counts: [u32; 4],
}

fn lexicon(folder: &Path, name_lists: &Path, documents: &[Document]) -> Result<Vec<u8>> {
    let mut known = wordnet(folder)?;
    let mut lower_tags: BTreeMap<String, BTreeMap<Upos, usize>> = BTreeMap::new();
    let mut form_tags: BTreeMap<&str, BTreeMap<(Upos, u8), usize>> = BTreeMap::new();
    let mut lemmas: BTreeMap<(String, u8), BTreeMap<&str, usize>> = BTreeMap::new();
    for word in documents.iter().flat_map(|document| document.sentences.iter().flatten()) {
        let lower = word.form.to_lowercase().replace('’', "'");
        *lower_tags.entry(lower.clone()).or_default().entry(word.upos).or_default() += 1;
        *form_tags.entry(&word.form).or_default().entry((word.upos, word.xpos)).or_default() += 1;
        if !matches!(word.upos, Upos::Propn | Upos::X | Upos::Sym | Upos::Punct) && word.lemma != "_" {
            *lemmas.entry((lower, word.xpos)).or_default().entry(&word.lemma).or_default() += 1;
        }
    }
    // Sets of tags, numbered by how common they are.
    let sets: BTreeMap<&String, BTreeSet<Upos>> = lower_tags
        .iter()
        .filter_map(|(word, tags)| {
            let total: usize = tags.values().sum();
            let set = tags.iter().filter(|(_, n)| **n * 25 >= total).map(|(tag, _)| *tag).collect();
            (total >= FREQUENT).then_some((word, set))
        })
        .collect();
    let mut common: BTreeMap<&BTreeSet<Upos>, usize> = BTreeMap::new();
    for set in sets.values() {
        *common.entry(set).or_default() += 1;
    }
    let mut ranked: Vec<_> = common.into_iter().collect();
    ranked.sort_by_key(|(set, count)| (std::cmp::Reverse(*count), (*set).clone()));
    let rank: BTreeMap<BTreeSet<Upos>, u32> =
        ranked.into_iter().take(254).enumerate().map(|(at, (set, _))| (set.clone(), at as u32 + 1)).collect();
    for word in sets.keys() {
        known.entry((*word).clone()).or_default();
    }
    let mut words = Vec::new();
    for (word, facts) in &known {
        let best = (0..4).max_by_key(|at| (facts.counts[*at], 4 - at)).filter(|at| facts.counts[*at] > 0);
        let main = best.map_or(0, |at| at as u32 + 1);
        let ambiguity = sets.get(word).and_then(|set| rank.get(set)).copied().unwrap_or(0);
        let entry = Entry::new(facts.bits, facts.noun, facts.verb, main, ambiguity, facts.irregular);
        let tags = lower_tags.get(word);
        let names = tags.and_then(|tags| tags.get(&Upos::Propn)).copied().unwrap_or(0);
        let all: usize = tags.map_or(0, |tags| tags.values().sum());
        let entry = if names * 5 >= all && all > 0 { entry.often_name() } else { entry };
        words.push((word_key(WORDS, hash(word.as_bytes()), 0), entry.0));
    }
    let numbers: BTreeMap<(Upos, u8), u32> = classes(documents).into_iter().zip(0..).collect();
    let certain = form_tags
        .iter()
        .filter(|(_, tags)| tags.len() == 1 && tags.values().all(|n| *n >= CERTAIN_COUNT))
        .filter_map(|(form, tags)| {
            let class = numbers.get(tags.keys().next()?)?;
            Some((word_key(CERTAIN, hash(form.as_bytes()), 0), *class))
        })
        .collect();
    let mut bytes = pack_map(words);
    bytes.extend(pack_map(certain));
    let without_lemmas = [bytes.clone(), pack_map(Vec::new()), pack_map(Vec::new())].concat();
    let plain = Lexicon::read(&without_lemmas).context("the lexicon just packed")?;
    let (table, endings) = lemma_table(&plain, folder, &lemmas)?;
    bytes.extend(table);
    bytes.extend(names(name_lists)?);
    bytes.extend(endings);
    Ok(bytes)
}

/// The table of words in the lists of names under `assets/names`.
fn names(folder: &Path) -> Result<Vec<u8>> {
    let mut bits: BTreeMap<String, u32> = BTreeMap::new();
    for (file, bit) in [
        ("first.txt", naming::GIVEN),
        ("last.txt", naming::SURNAME),
        ("places.txt", naming::PLACE),
        ("demonyms.txt", naming::DEMONYM),
    ] {
        let list = std::fs::read_to_string(folder.join(file)).with_context(|| format!("the list {file}"))?;
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            // The sex behind a given name, and names of several words, are left out.
            let mut words = line.split_whitespace();
            let (Some(word), more) = (words.next(), words.next()) else { continue };
            if more.is_none_or(|more| bit == naming::GIVEN && more.len() == 1) {
                *bits.entry(word.to_lowercase()).or_default() |= bit;
            }
        }
    }
    Ok(pack_map(bits.into_iter().map(|(word, bits)| (word_key(NAMES, hash(word.as_bytes()), 0), bits)).collect()))
}

/// The table of lemmas that the rules get wrong, and the list of endings.
fn lemma_table(
    plain: &Lexicon<'_>,
    folder: &Path,
    seen: &BTreeMap<(String, u8), BTreeMap<&str, usize>>,
) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut wanted: BTreeMap<(String, u8), String> = BTreeMap::new();
    for (file, tags) in [
        ("noun.exc", &["NNS"][..]),
        ("verb.exc", &["VBD", "VBN", "VBG", "VBZ"]),
        ("adj.exc", &["JJR", "JJS"]),
        ("adv.exc", &["RBR", "RBS"]),
    ] {
        for line in std::fs::read_to_string(folder.join(file))?.lines() {
            let mut fields = line.split(' ');
            let (Some(form), Some(base)) = (fields.next(), fields.next()) else { continue };
            let fits = |tag: &str| match tag {
                "VBG" => form.ends_with("ing"),
                "VBZ" => form.ends_with('s') && !matches!(form, "was"),
                "VBD" | "VBN" => !form.ends_with("ing"),
                "JJR" | "RBR" => form.ends_with('r'),
                "JJS" | "RBS" => form.ends_with("st"),
                _ => true,
            };
            if form.contains('_') {
                continue;
            }
            for tag in tags.iter().filter(|tag| fits(tag)) {
                wanted.entry((form.into(), penn_index(tag))).or_insert_with(|| base.into());
            }
        }
    }
    for ((form, xpos), lemmas) in seen {
        let top = lemmas.iter().max_by_key(|(lemma, n)| (**n, std::cmp::Reverse(**lemma))).context("seen at least once")?;
        wanted.insert((form.clone(), *xpos), top.0.to_lowercase());
    }
    wanted.retain(|(form, xpos), lemma| lemma::regular(plain, form, *xpos) != *lemma);
    let rules: BTreeMap<(String, u8), (usize, String)> = wanted
        .into_iter()
        .map(|((form, xpos), lemma)| {
            let shared: usize = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
            ((form.clone(), xpos), (form.len() - shared, lemma[shared..].to_owned()))
        })
        .filter(|(_, (strip, _))| *strip < 32)
        .collect();
    let mut endings: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, ending) in rules.values() {
        *endings.entry(ending).or_default() += 1;
    }
    let numbers: BTreeMap<&str, u32> = endings.keys().copied().zip(0..).collect();
    let entries = rules
        .iter()
        .map(|((form, xpos), (strip, ending))| {
            let value = *strip as u32 | numbers[ending.as_str()] << 5;
            (word_key(LEMMAS, hash(form.as_bytes()), u64::from(*xpos)), value)
        })
        .collect();
    Ok((pack_map(entries), endings.keys().flat_map(|ending| [ending.as_bytes(), b"\n"].concat()).collect()))
}

/// Single words of `WordNet`.
fn wordnet(folder: &Path) -> Result<BTreeMap<String, Known>> {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for (at, (name, bit)) in
        [("noun", Entry::NOUN), ("verb", Entry::VERB), ("adj", Entry::ADJECTIVE), ("adv", Entry::ADVERB)].into_iter().enumerate()
    {
        let data = std::fs::read_to_string(folder.join(format!("data.{name}"))).context("WordNet's data files")?;
        let index = std::fs::read_to_string(folder.join(format!("index.{name}")))?;
        for line in index.lines().filter(|line| !line.starts_with(' ')) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let word = fields[0];
            if word.contains('_') {
                continue;
            }
            let pointers: usize = fields[3].parse()?;
            let tagged: u32 = fields[5 + pointers].parse()?;
            let offset: usize = fields[6 + pointers].parse()?;
            let synset = data[offset..].lines().next().unwrap_or("");
            let parts: Vec<&str> = synset.split(' ').collect();
            let file: u32 = parts[1].parse()?;
            let entry = known.entry(word.to_owned()).or_default();
            entry.bits |= bit;
            entry.counts[at] += tagged;
            match name {
                // 03 is Tops (entity, person …): number 26, as 3 - 2 would collide with nothing else but 04 act = 1.
                "noun" => entry.noun = if file == 3 { 26 } else { file - 3 },
                "verb" => entry.verb = file - 28,
                _ => {}
            }
            let capital =
                parts.iter().skip(4).step_by(2).any(|w| w.eq_ignore_ascii_case(word) && w.starts_with(char::is_uppercase));
            if name == "noun" && capital {
                entry.bits |= Entry::NAME;
            }
        }
    }
    for (file, bit) in [("noun.exc", 1), ("verb.exc", 2), ("adj.exc", 4)] {
        for line in std::fs::read_to_string(folder.join(file))?.lines() {
            let mut fields = line.split(' ');
            if let (Some(form), Some(base)) = (fields.next(), fields.next())
                && !form.contains('_')
            {
                let (noun, verb) = known.get(base).map_or((0, 0), |base| (base.noun, base.verb));
                let entry = known.entry(form.to_owned()).or_default();
                entry.irregular |= bit;
                if bit == 1 && entry.noun == 0 {
                    entry.noun = noun;
                }
                if bit == 2 && entry.verb == 0 {
                    entry.verb = verb;
                }
            }
        }
    }
    Ok(known)
}
