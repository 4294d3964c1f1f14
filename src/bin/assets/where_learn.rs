//! Sentences with one event and its places marked → `assets/lang/en/events_where.tsv`: the weights of `extract::event::locate`.
//!
//! `fold=K/N` leaves out every N-th sentence and prints how the rest does on it.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use dateline::extract::locate::WHERE_FEATURES;
use dateline::extract::{Draft, Knowledge, PASSES};
use dateline::model::{About, Analysis};
use dateline::read::article_from_text;
use rayon::prelude::*;
use serde_json::Value;

/// One place of a sentence: what the model sees, and whether the marked event happens there.
struct Example {
    features: Vec<f64>,
    right: bool,
}

/// See the command's usage.
pub fn run(arguments: &[String]) -> Result<()> {
    let option = |name: &str| arguments.iter().find_map(|one| one.strip_prefix(name)?.strip_prefix('='));
    let out = option("out").context("out=FILE is missing")?;
    let fold = option("fold")
        .and_then(|fold| fold.split_once('/'))
        .and_then(|(k, n)| Some((k.parse::<usize>().ok()?, n.parse::<usize>().ok()?)));
    let mut lines: Vec<Value> = Vec::new();
    for path in arguments.iter().filter(|one| !one.contains('=')) {
        for line in fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?.lines() {
            lines.push(serde_json::from_str(line)?);
        }
    }
    let knowledge = Knowledge::load();
    let looked: Vec<Vec<Example>> = lines.par_iter().map(|line| examples(&knowledge, line)).collect();
    let (mut kept, mut left) = (Vec::new(), Vec::new());
    for (number, examples) in looked.into_iter().enumerate() {
        if fold.is_some_and(|(k, n)| number % n == k) { left.extend(examples) } else { kept.extend(examples) }
    }
    let weights = fit(&kept);
    for (name, part) in [("learned on", &kept), ("left out", &left)] {
        for bar in [0.3, 0.4, 0.5, 0.6] {
            let (mut hit, mut told, mut right) = (0, 0, 0);
            for example in part {
                let is_told = probability(&example.features, &weights) >= bar;
                told += usize::from(is_told);
                right += usize::from(example.right);
                hit += usize::from(is_told && example.right);
            }
            let share = |of: usize| 100.0 * hit as f64 / of.max(1) as f64;
            println!(
                "{name}: {} places, from {bar}: precision {:.1}, recall of those found {:.1}",
                part.len(),
                share(told),
                share(right)
            );
        }
    }
    let mut table = String::from("# feature\tweight; written by `dateline-assets where-learn`\n");
    for (name, weight) in WHERE_FEATURES.iter().zip(&weights) {
        let _ = writeln!(table, "{name}\t{weight:.3}");
    }
    fs::write(out, table).with_context(|| format!("cannot write {out}"))
}

fn examples(knowledge: &Knowledge, line: &Value) -> Vec<Example> {
    let text = line["text"].as_str().unwrap_or("").to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let offset = |value: &Value| value.as_u64().and_then(|at| bytes.get(at as usize)).copied().unwrap_or(0);
    let span = |one: &Value| (offset(&one["start"]), offset(&one["end"]));
    let event = span(&line["event"]);
    let gold: Vec<(usize, usize)> = line["locations"].as_array().into_iter().flatten().map(span).collect();
    let article = article_from_text(text.clone(), About::default());
    // the reader may have moved the text; then its offsets say nothing
    if article.text != text {
        return Vec::new();
    }
    let parsed = knowledge.english.parse(&article.text, &article.blocks);
    let mut draft = Draft { article: &article, parsed, names: Vec::new(), analysis: Analysis::default() };
    draft.analysis.sentences = draft.parsed.sentences.iter().map(|sentence| sentence.span).collect();
    for pass in PASSES.iter().take_while(|pass| pass.name != "event") {
        (pass.run)(knowledge, &mut draft);
    }
    let meets = |a: (usize, usize), b: (usize, usize)| a.0 < b.1 && b.0 < a.1;
    dateline::extract::sites(knowledge, &draft)
        .into_iter()
        .filter(|(trigger, _)| meets((trigger.range().start, trigger.range().end), event))
        .flat_map(|(_, sites)| sites)
        .map(|site| {
            let range = site.span.range();
            Example {
                features: site.features.iter().map(|value| f64::from(*value)).collect(),
                right: gold.iter().any(|gold| meets((range.start, range.end), *gold)),
            }
        })
        .collect()
}

fn probability(features: &[f64], weights: &[f64]) -> f64 {
    let score: f64 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
    1.0 / (1.0 + (-score).exp())
}

/// Logistic regression by full-batch Adam, with a small penalty on squared weights.
fn fit(examples: &[Example]) -> Vec<f64> {
    let width = WHERE_FEATURES.len();
    let (mut weights, mut first, mut second) = (vec![0.0; width], vec![0.0; width], vec![0.0; width]);
    for step in 1..=500 {
        let mut gradient: Vec<f64> = weights.iter().map(|weight: &f64| 1e-4 * weight).collect();
        for example in examples {
            let target = f64::from(u8::from(example.right));
            let slope = (probability(&example.features, &weights) - target) / examples.len() as f64;
            for (sum, feature) in gradient.iter_mut().zip(&example.features) {
                *sum += slope * feature;
            }
        }
        for at in 0..width {
            first[at] = 0.9 * first[at] + 0.1 * gradient[at];
            second[at] = 0.999 * second[at] + 0.001 * gradient[at] * gradient[at];
            let (m, v): (f64, f64) = (first[at] / (1.0 - 0.9_f64.powi(step)), second[at] / (1.0 - 0.999_f64.powi(step)));
            weights[at] -= 0.05 * m / (v.sqrt() + 1e-8);
        }
    }
    weights
}
