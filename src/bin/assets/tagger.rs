//! Treebank → `tagger.bin`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::lang::Upos;
use dateline::lang::tag::{CLASSES, Seen, Tagger, best, class_list, features};
use dateline::lang::words::Lexicon;

use crate::conllu::{self, Document};
use crate::perceptron::{Averaged, Dice, Perceptron, added, packed};
use crate::words;

/// Passes over the data; scores on the dev parts stop growing here.
const EPOCHS: usize = 8;
/// Features updated less often are dropped.
const LEAST: u16 = 3;
/// Weights below this are dropped (the average weight of a feature that mattered is near 1).
const CUT: f64 = 0.04;
/// The weight that fills a byte.
const TOP: f64 = 24.0;
/// One model per seed is trained; what is written is their mean (`McDonald`, Hall & Mann 2010, parameter mixing).
pub const SEEDS: [u64; 3] = [3, 4, 5];

/// A sentence as the tagger sees it, with its gold classes.
pub struct Sample {
    pub seen: Vec<Seen>,
    pub gold: Vec<u32>,
}

pub fn run(arguments: &[String]) -> Result<()> {
    let [treebank, out] = arguments else { anyhow::bail!("give TREEBANK OUT") };
    let documents = words::training(Path::new(treebank))?;
    let lexicon_bytes = std::fs::read(Path::new(out).join("lexicon.bin"))?;
    let lexicon = Lexicon::read(&lexicon_bytes).context("lexicon.bin")?;
    let bytes = train(&documents, &lexicon, &SEEDS);
    let path = Path::new(out).join("tagger.bin");
    println!("{}: {} bytes, seeds {SEEDS:?}, data {}", path.display(), bytes.len(), crate::data_hash(&documents));
    std::fs::write(path, &bytes)?;
    measure(Path::new(treebank), &documents, &lexicon, bytes.leak())?;
    Ok(())
}

/// The training samples of documents.
pub fn samples(documents: &[Document], lexicon: &Lexicon<'_>, classes: &[(Upos, u8)]) -> Vec<Sample> {
    let numbers: BTreeMap<(Upos, u8), u32> = classes.iter().copied().zip(0..).collect();
    let mut buffer = String::new();
    documents
        .iter()
        .flat_map(|document| &document.sentences)
        .map(|sentence| Sample {
            seen: sentence.iter().map(|word| Seen::of(lexicon, &word.form, &mut buffer)).collect(),
            gold: sentence.iter().map(|word| numbers.get(&(word.upos, word.xpos)).copied().unwrap_or(0)).collect(),
        })
        .collect()
}

/// Share of tags that are right on the dev parts: universal, Penn, and universal on forms that training has not seen.
fn measure(treebank: &Path, training: &[Document], lexicon: &Lexicon<'_>, model: &'static [u8]) -> Result<()> {
    let tagger = Tagger::read(model).context("the tagger just trained")?;
    let known: std::collections::BTreeSet<&str> =
        training.iter().flat_map(|document| document.sentences.iter().flatten()).map(|word| word.form.as_str()).collect();
    let (mut buffer, mut found) = (String::new(), Vec::new());
    for part in ["ewt-dev", "gum-open-dev"] {
        let (mut words, mut upos, mut xpos, mut strange, mut strange_right) = (0, 0, 0, 0, 0);
        for sentence in conllu::read(&treebank.join(format!("{part}.conllu")))?.iter().flat_map(|document| &document.sentences) {
            let seen: Vec<Seen> = sentence.iter().map(|word| Seen::of(lexicon, &word.form, &mut buffer)).collect();
            found.clear();
            tagger.tag(&seen, &mut found);
            for (word, class) in sentence.iter().zip(&found) {
                let (tag, penn) = tagger.classes[usize::from(*class)];
                words += 1;
                upos += usize::from(tag == word.upos);
                xpos += usize::from(penn == word.xpos);
                if !known.contains(word.form.as_str()) {
                    strange += 1;
                    strange_right += usize::from(tag == word.upos);
                }
            }
        }
        let share = |n: usize, of: usize| 100.0 * n as f64 / of as f64;
        println!(
            "{part}: UPOS {:.2} XPOS {:.2} unknown {:.2}",
            share(upos, words),
            share(xpos, words),
            share(strange_right, strange)
        );
    }
    Ok(())
}

/// Trains on all sentences, once per seed, and packs the mean of the models.
pub fn train(documents: &[Document], lexicon: &Lexicon<'_>, seeds: &[u64]) -> Vec<u8> {
    let classes = words::classes(documents);
    let samples = samples(documents, lexicon, &classes);
    let mut sum: Vec<Averaged> = Vec::new();
    for seed in seeds {
        sum = added(sum, one(&samples, classes.len(), *seed).rows(LEAST, 0.0), 1.0 / seeds.len() as f64);
    }
    for (_, pairs) in &mut sum {
        pairs.retain(|(_, weight)| weight.abs() >= CUT);
    }
    [class_list(&classes), packed(classes.len(), &sum, TOP)].concat()
}

/// One model of the mean.
fn one(samples: &[Sample], classes: usize, seed: u64) -> Perceptron {
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut dice = Dice(seed);
    let mut model = Perceptron::default();
    let mut keys = Vec::new();
    for epoch in 0..EPOCHS {
        dice.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for index in &order {
            let Sample { seen, gold } = &samples[*index];
            let mut before = [0, 0];
            for at in 0..seen.len() {
                let class = if seen[at].certain > 0 {
                    seen[at].certain - 1
                } else {
                    features(seen, at, before, &mut keys);
                    dice.drop_some(&mut keys);
                    let mut scores = [0_f32; CLASSES];
                    model.score(&keys, &mut scores);
                    let guess = best(&scores, classes);
                    model.tick();
                    total += 1;
                    if guess == gold[at] {
                        right += 1;
                    } else {
                        model.update(&keys, gold[at] as u8, 1.0);
                        model.update(&keys, guess as u8, -1.0);
                    }
                    guess
                };
                before = [class + 1, before[0]];
            }
        }
        println!("epoch {epoch}: {:.2} % of {total}, {} features", 100.0 * f64::from(right) / f64::from(total), model.features());
    }
    model
}
