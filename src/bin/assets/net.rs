//! Treebank → `net_fast.bin` or `net_better.bin`: a small neural net that reads tags and trees (two layers of LSTM in both
//! directions and a biaffine scorer of heads and relations, after Dozat & Manning 2017), trained on one core.

mod learn;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::lang::net::{self, Initial, Plan};
use dateline::lang::tag::{Seen, Tagger};
use dateline::lang::words::{FlatMap, Lexicon, pack_map};
use dateline::lang::{Rel, Upos};

use crate::perceptron::Dice;
use crate::words;
use learn::{Batch, Hits, Net, Sample, Way};

/// A net of one size. Sizes were chosen for speed, the rest on the dev parts.
struct Kind {
    name: &'static str,
    hidden: usize,
    rel: usize,
    /// Shares of units left out by chance: input, between the layers, before the scorers.
    dropped: [f64; 3],
    epochs: usize,
}

const KINDS: [Kind; 2] = [
    Kind { name: "fast", hidden: 64, rel: 24, dropped: [0.05, 0.18, 0.18], epochs: 25 },
    Kind { name: "better", hidden: 112, rel: 32, dropped: [0.1, 0.25, 0.25], epochs: 22 },
];

/// Words that the training parts hold less often are strangers to the net.
const FREQUENT: usize = 2;
/// Longer sentences are left out of training; reading cuts them.
const LONGEST: usize = 120;
/// Words of a batch: sentences of one length, about so many words together.
const BATCH: usize = 400;
const RATE: f32 = 0.002;
/// Steps until the rate is reached; then it falls to nothing in a straight line.
const WARM: f32 = 200.0;
const SEED: u64 = 11;

/// Every sentence of documents as the net sees it, with the tags given.
fn samples(
    documents: &[crate::conllu::Document],
    readings: &[Vec<u8>],
    lexicon: &Lexicon<'_>,
    words: &FlatMap<'_>,
    classes: &[(Upos, u8)],
) -> Vec<Sample> {
    let numbers: BTreeMap<(Upos, u8), u8> = classes.iter().copied().zip(0..).collect();
    let mut buffer = String::new();
    documents
        .iter()
        .flat_map(|document| &document.sentences)
        .zip(readings)
        .map(|(sentence, reading)| {
            let id = |at: usize, buffer: &mut String| {
                let initial = if at == 0 { Initial::Yes } else { Initial::No };
                net::ids(words, &Seen::of(lexicon, &sentence[at].form, buffer), reading[at], initial)
            };
            Sample {
                ids: (0..sentence.len()).map(|at| id(at, &mut buffer)).collect(),
                heads: sentence
                    .iter()
                    .enumerate()
                    .map(|(at, word)| if word.head == at { sentence.len() as u16 } else { word.head as u16 })
                    .collect(),
                rels: sentence.iter().map(|word| word.rel as u8).collect(),
                tags: sentence.iter().map(|word| numbers.get(&(word.upos, word.xpos)).copied().unwrap_or(0)).collect(),
            }
        })
        .collect()
}

/// Words seen often enough to have an embedding, by their lower case.
fn vocabulary(documents: &[crate::conllu::Document], lexicon: &Lexicon<'_>) -> Vec<(u64, u32)> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    let mut buffer = String::new();
    for word in documents.iter().flat_map(|document| document.sentences.iter().flatten()) {
        *counts.entry(Seen::of(lexicon, &word.form, &mut buffer).word).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, n)| *n >= FREQUENT)
        .zip(net::fact_rows()..)
        .map(|((word, _), row)| (net::word_key(word), row))
        .collect()
}

pub fn run(arguments: &[String]) -> Result<()> {
    let [treebank, out, name] = arguments else { anyhow::bail!("give TREEBANK OUT fast|better") };
    let kind = KINDS.iter().find(|kind| kind.name == name).context("which net? fast or better")?;
    let documents = words::training(Path::new(treebank))?;
    let lexicon_bytes = std::fs::read(Path::new(out).join("lexicon.bin"))?;
    let lexicon = Lexicon::read(&lexicon_bytes).context("lexicon.bin")?;
    let tagger = Tagger::read(std::fs::read(Path::new(out).join("tagger.bin"))?.leak()).context("tagger.bin")?;
    let vocabulary = vocabulary(&documents, &lexicon);
    let packed_words = pack_map(vocabulary.clone());
    let (map, _) = FlatMap::read(&packed_words).context("the words just packed")?;
    let (documents, readings) = crate::jackknife::read(documents, &lexicon, &tagger.classes)?;
    let train = samples(&documents, &readings, &lexicon, &map, &tagger.classes);
    let mut tests = Vec::new();
    for part in ["ewt-dev", "gum-open-dev"] {
        let documents = crate::conllu::read(&Path::new(treebank).join(format!("{part}.conllu")))?;
        let readings = crate::jackknife::tagged(&documents, &lexicon, &tagger);
        tests.push((part, samples(&documents, &readings, &lexicon, &map, &tagger.classes)));
    }
    let plan = Plan {
        rows: net::fact_rows() as usize + vocabulary.len(),
        input: kind.hidden,
        hidden: kind.hidden,
        arc: kind.hidden * 3 / 4,
        rel: kind.rel,
        tags: tagger.classes.len(),
        labels: Rel::ALL.len(),
    };
    let mut dice = Dice(SEED);
    let mut model = Net::new(plan, kind.dropped, &mut dice);
    println!("{plan:?}, {} weights", plan.slots().total);
    let mut by_length: BTreeMap<usize, Vec<&Sample>> = BTreeMap::new();
    for sample in train.iter().filter(|sample| sample.ids.len() <= LONGEST) {
        by_length.entry(sample.ids.len()).or_default().push(sample);
    }
    let begin = std::time::Instant::now();
    let count = |by_length: &BTreeMap<usize, Vec<&Sample>>| -> usize {
        by_length.iter().map(|(length, list)| list.len().div_ceil((BATCH / length).max(1))).sum()
    };
    let steps = count(&by_length) * kind.epochs;
    let mut step = 0;
    for epoch in 0..kind.epochs {
        let mut batches: Vec<Vec<&Sample>> = Vec::new();
        for (length, list) in &mut by_length {
            dice.shuffle(list);
            batches.extend(list.chunks((BATCH / length).max(1)).map(<[&Sample]>::to_vec));
        }
        dice.shuffle(&mut batches);
        let mut hits = Hits::default();
        let mut loss = 0.0;
        for list in &batches {
            let batch = Batch::of(list);
            loss += f64::from(model.pass(&batch, Way::Learn(&mut dice), &mut hits, &tagger.classes));
            let rate = RATE * (step as f32 / WARM).min(1.0) * (1.0 - step as f32 / steps as f32);
            model.walk(&batch, rate);
            step += 1;
        }
        println!(
            "epoch {epoch}: loss {:.3}, {} ({:.0} s)",
            loss / batches.len() as f64,
            hits.print(),
            begin.elapsed().as_secs_f64()
        );
        if epoch % 3 == 2 || epoch + 1 == kind.epochs {
            for (part, tests) in &tests {
                let mut hits = Hits::default();
                for sample in tests {
                    model.pass(&Batch::of(&[sample]), Way::Read, &mut hits, &tagger.classes);
                }
                println!("  {part}: {}", hits.print());
            }
        }
    }
    let bytes = model.pack(&tagger.classes, &packed_words);
    let path = Path::new(out).join(format!("net_{name}.bin"));
    println!("{}: {} bytes, seed {SEED}, data {}", path.display(), bytes.len(), crate::data_hash(&documents));
    std::fs::write(path, bytes)?;
    Ok(())
}
