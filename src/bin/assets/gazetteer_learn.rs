//! Articles with their places marked by hand → `assets/gazetteer/weights.tsv`: a few dozen weights of three log-linear models.
//!
//! Logistic regression with an L2 penalty, fitted by full-batch Adam; three rounds, because some features of the second model
//! hang on the weights. The third, which says how sure a place is, is fitted on each half of the articles as the other two see
//! it after learning on the other half. `fold=K/N` leaves out every N-th article and prints how the rest does on it;
//! `spans=F` resolves the marked names themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use dateline::extract::place::resolve::{Group, RANK_FEATURES};
use dateline::extract::place::spot::{SPOT_FEATURES, Spot};
use dateline::extract::place::sure::SURE_FEATURES;
use dateline::extract::place::{self, weights::Weights};
use dateline::extract::{Draft, Knowledge, PASSES};
use dateline::model::{About, Analysis, LonLat};
use dateline::read::article_from_text;
use rayon::prelude::*;
use serde_json::Value;

/// What counts as the right place, as in the scorer.
const NEAR_KM: f64 = 161.0;
/// Strength of the penalty on squared weights, per example, where `penalty=` gives no other.
const PENALTY: f64 = 1e-4;

/// Folded name of a country, continent or ocean → its known middle points (latitude, longitude).
type Centres = BTreeMap<String, Vec<(f64, f64)>>;

struct Story {
    text: String,
    about: About,
    /// Bytes, and the point where one is given.
    gold: Vec<(usize, usize, String, Option<LonLat>)>,
    ignored: Vec<(usize, usize)>,
}

/// One example: features of each choice (one for a yes-or-no question), which are right, and its weight.
struct Example {
    features: Vec<Vec<f32>>,
    right: Vec<bool>,
    weight: f64,
}

/// See the command's usage.
pub fn run(arguments: &[String]) -> Result<()> {
    let option = |name: &str| arguments.iter().find_map(|one| one.strip_prefix(name)?.strip_prefix('='));
    let out = option("out").context("out=FILE is missing")?;
    let centres: Centres = match option("centroids") {
        Some(path) => serde_json::from_str(&fs::read_to_string(path)?)?,
        None => BTreeMap::new(),
    };
    let fold = option("fold")
        .and_then(|fold| fold.split_once('/'))
        .and_then(|(k, n)| Some((k.parse::<usize>().ok()?, n.parse::<usize>().ok()?)));
    let penalty = option("penalty").and_then(|value| value.parse().ok()).unwrap_or(PENALTY);
    let mut stories = Vec::new();
    for path in arguments.iter().filter(|one| !one.contains('=')) {
        for line in fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?.lines() {
            stories.push(story(&serde_json::from_str(line)?));
        }
    }
    let mut knowledge = Knowledge::load();
    let left_out = |number: usize| fold.is_some_and(|(k, n)| number % n == k);
    let kept: Vec<&Story> = stories.iter().enumerate().filter(|(number, _)| !left_out(*number)).map(|(_, story)| story).collect();
    let rest: Vec<&Story> = stories.iter().enumerate().filter(|(number, _)| left_out(*number)).map(|(_, story)| story).collect();
    let mut sures = Vec::new();
    for half in 0..2 {
        let part = |odd: usize| kept.iter().enumerate().filter(move |(number, _)| number % 2 == odd).map(|(_, story)| *story);
        let (learnt, fresh): (Vec<&Story>, Vec<&Story>) = (part(half).collect(), part(1 - half).collect());
        learn(&mut knowledge, &learnt, &[], &centres, penalty);
        let seen: Vec<_> = fresh.par_iter().map(|story| look(&knowledge, story)).collect();
        for (story, (spots, groups)) in fresh.iter().zip(&seen) {
            sures.extend(groups.iter().filter_map(|group| sure_example(&knowledge, story, spots, group, &centres)));
        }
    }
    learn(&mut knowledge, &kept, &rest, &centres, penalty);
    let fitted = fit(&sures, SURE_FEATURES.len(), penalty);
    knowledge.places.weights.sure.copy_from_slice(&fitted);
    println!("sure: {} places, {:.1} % told right from wrong", sures.len(), score(&sures, &fitted));
    reliability(&sures, &fitted);
    if let Some(path) = option("predict") {
        println!("predictions of {} articles to {path}", if fold.is_some() { "the left-out" } else { "all" });
        let lines: Vec<String> = stories
            .par_iter()
            .enumerate()
            .filter(|(number, _)| fold.is_none_or(|(k, n)| number % n == k))
            .map(|(_, story)| prediction(&knowledge, story))
            .collect();
        fs::write(path, lines.join("\n")).with_context(|| format!("cannot write {path}"))?;
    }
    if let Some(path) = option("spans") {
        let lines: Vec<String> = stories.par_iter().map(|story| resolved(&knowledge, story)).collect();
        fs::write(path, lines.join("\n")).with_context(|| format!("cannot write {path}"))?;
    }
    fs::write(out, table(&knowledge.places.weights)).with_context(|| format!("cannot write {out}"))
}

/// Three rounds of the first two models on `stories`; prints how they do there and on `others`.
fn learn(knowledge: &mut Knowledge, stories: &[&Story], others: &[&Story], centres: &Centres, penalty: f64) {
    for round in 0..3 {
        let examples = |knowledge: &Knowledge, stories: &[&Story]| {
            let seen: Vec<(Vec<Spot>, Vec<Group>)> = stories.par_iter().map(|story| look(knowledge, story)).collect();
            let (mut spots, mut ranks) = (Vec::new(), Vec::new());
            for (story, (found, groups)) in stories.iter().zip(&seen) {
                spots.extend(found.iter().filter(|spot| !spot.is_demonym).filter_map(|spot| spot_example(story, spot)));
                ranks.extend(groups.iter().filter_map(|group| rank_example(knowledge, story, found, group, centres)));
            }
            (spots, ranks)
        };
        let (spots, ranks) = examples(knowledge, stories);
        let (left_spots, left_ranks) = examples(knowledge, others);
        let fitted = fit(&spots, SPOT_FEATURES.len(), penalty);
        knowledge.places.weights.spot.copy_from_slice(&fitted);
        let fitted = fit(&ranks, RANK_FEATURES.len(), penalty);
        knowledge.places.weights.rank.copy_from_slice(&fitted);
        let weights = &knowledge.places.weights;
        println!(
            "round {round}: {} spots {:.1} %, {} groups {:.1} %; left out: {} spots {:.1} %, {} groups {:.1} %",
            spots.len(),
            score(&spots, &weights.spot),
            ranks.len(),
            score(&ranks, &weights.rank),
            left_spots.len(),
            score(&left_spots, &weights.spot),
            left_ranks.len(),
            score(&left_ranks, &weights.rank),
        );
    }
}

/// Of the places told at each tenth of probability, how many are right.
fn reliability(examples: &[Example], weights: &[f32]) {
    let weights: Vec<f64> = weights.iter().map(|weight| f64::from(*weight)).collect();
    for tenth in 0..10 {
        let low = f64::from(tenth) / 10.0;
        let bin: Vec<(f64, bool)> = examples
            .iter()
            .map(|example| (probabilities(example, &weights)[0], example.right[0]))
            .filter(|(told, _)| (low..low + 0.1).contains(told))
            .collect();
        let told: f64 = bin.iter().map(|(told, _)| told).sum();
        let right = bin.iter().filter(|(_, right)| *right).count();
        println!(
            "told {:.2}: {} places, right {:.2}",
            told / bin.len().max(1) as f64,
            bin.len(),
            right as f64 / bin.len().max(1) as f64
        );
    }
}

/// The points of the marked names in the scorer's form: recognition is given, resolution is ours.
fn resolved(knowledge: &Knowledge, story: &Story) -> String {
    let (spots, groups) = look(knowledge, story);
    let gazetteer = &knowledge.gazetteer;
    let points = |byte: usize| story.text.get(..byte).map_or(0, |head| head.chars().count());
    let toponyms: Vec<Value> = story
        .gold
        .iter()
        .map(|(start, end, surface, _)| {
            let over = |spot: &Spot| {
                let range = spot.span.range();
                range.end.min(*end).saturating_sub(range.start.max(*start))
            };
            let row = (0..spots.len()).filter(|row| over(&spots[*row]) > 0).max_by_key(|row| over(&spots[*row]));
            let read = row.and_then(|row| {
                let group = groups.iter().find(|group| group.spots.contains(&row));
                group.and_then(place::best).map(|choice| choice.place).or_else(|| Some(spots[row].readings.first()?.place))
            });
            let point = read.or_else(|| gazetteer.places(surface).next()).map(|place| gazetteer.point(place));
            serde_json::json!({
                "start": points(*start), "end": points(*end), "lat": point.map(|point| point.lat), "lon": point.map(|point| point.lon),
            })
        })
        .collect();
    serde_json::json!({ "doc_id": story.about.doc_id, "toponyms": toponyms }).to_string()
}

/// The places of an article in the scorer's form; with `fold`, only those left out of the learning are written.
fn prediction(knowledge: &Knowledge, story: &Story) -> String {
    let article = article_from_text(story.text.clone(), story.about.clone());
    let analysis = dateline::extract::extract(knowledge, &article);
    let points = |byte: u32| article.text.get(..byte as usize).map_or(0, |head| head.chars().count());
    let toponyms: Vec<Value> = analysis
        .places
        .iter()
        .flat_map(|place| place.mentions.iter().map(move |mention| (place, mention)))
        .map(|(place, mention)| {
            serde_json::json!({
                "start": points(mention.span.start), "end": points(mention.span.end), "score": place.score,
                "lat": place.point.map(|point| point.lat), "lon": place.point.map(|point| point.lon),
            })
        })
        .collect();
    serde_json::json!({ "doc_id": story.about.doc_id, "toponyms": toponyms }).to_string()
}

fn story(line: &Value) -> Story {
    let text = line["text"].as_str().unwrap_or("").to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let offset = |value: &Value| value.as_u64().and_then(|at| bytes.get(at as usize)).copied().unwrap_or(0);
    let span = |one: &Value| (offset(&one["start"]), offset(&one["end"]));
    let list = |name: &str| line[name].as_array().cloned().unwrap_or_default();
    let gold = list("toponyms")
        .iter()
        .map(|one| {
            let (start, end) = span(one);
            let point = one["lon"].as_f64().zip(one["lat"].as_f64()).and_then(|(lon, lat)| LonLat::new(lon, lat));
            (start, end, one["surface"].as_str().unwrap_or("").to_lowercase(), point)
        })
        .collect();
    let field = |name: &str| line[name].as_str().filter(|value| !value.is_empty()).map(str::to_owned);
    let about =
        About { doc_id: field("doc_id").unwrap_or_default(), url: field("url"), title: field("title"), ..About::default() };
    Story { gold, ignored: list("ignore").iter().map(span).collect(), text, about }
}

fn look(knowledge: &Knowledge, story: &Story) -> (Vec<Spot>, Vec<Group>) {
    let article = article_from_text(story.text.clone(), story.about.clone());
    let parsed = knowledge.english.parse(&article.text, &article.blocks);
    let mut draft = Draft { article: &article, parsed, names: Vec::new(), analysis: Analysis::default() };
    for pass in PASSES.iter().take_while(|pass| pass.name != "place") {
        (pass.run)(knowledge, &mut draft);
    }
    let (_, spots, groups) = place::weigh(&knowledge.gazetteer, &knowledge.places, &article, &draft.parsed, &draft.names);
    (spots, groups)
}

fn spot_example(story: &Story, spot: &Spot) -> Option<Example> {
    let range = spot.span.range();
    let meets = |start: usize, end: usize| start < range.end && range.start < end;
    let exact = story.gold.iter().find(|gold| (gold.0, gold.1) == (range.start, range.end));
    let right = match exact {
        Some(gold) => gold.3.is_some().then_some(true)?,
        None if story.gold.iter().any(|gold| meets(gold.0, gold.1)) || story.ignored.iter().any(|i| meets(i.0, i.1)) => {
            return None;
        }
        None => false,
    };
    Some(Example { features: vec![spot.features.to_vec()], right: vec![right], weight: 1.0 })
}

/// A place as shown: is it one, and the right one? Left out where the marks say neither.
fn sure_example(knowledge: &Knowledge, story: &Story, spots: &[Spot], group: &Group, centres: &Centres) -> Option<Example> {
    let best = place::best(group)?;
    let spot = group.spots.iter().map(|row| spots[*row].probability).fold(0.0, f32::max);
    if spot < 0.5 {
        return None;
    }
    let at = knowledge.gazetteer.point(best.place);
    let (mut right, mut wrong) = (0, 0);
    for row in &group.spots {
        let range = spots[*row].span.range();
        let meets = |start: usize, end: usize| start < range.end && range.start < end;
        match story.gold.iter().find(|gold| meets(gold.0, gold.1)) {
            Some((_, _, surface, Some(point))) => {
                let others = centres.get(surface).map_or(&[][..], Vec::as_slice);
                let near = |point: LonLat| at.distance_km(point) <= NEAR_KM;
                let is_right = near(*point) || others.iter().filter_map(|(lat, lon)| LonLat::new(*lon, *lat)).any(near);
                right += usize::from(is_right);
                wrong += usize::from(!is_right);
            }
            Some(_) => {}
            None if story.ignored.iter().any(|i| meets(i.0, i.1)) => {}
            None => wrong += 1,
        }
    }
    if right + wrong == 0 {
        return None;
    }
    let features = place::sure::features(&knowledge.gazetteer, group, best, spot);
    Some(Example { features: vec![features.to_vec()], right: vec![right > wrong], weight: 1.0 })
}

fn rank_example(knowledge: &Knowledge, story: &Story, spots: &[Spot], group: &Group, centres: &Centres) -> Option<Example> {
    let golds: Vec<_> = group
        .spots
        .iter()
        .filter_map(|row| {
            let range = spots[*row].span.range();
            story.gold.iter().find(|gold| (gold.0, gold.1) == (range.start, range.end) && gold.3.is_some())
        })
        .collect();
    let gold = golds.first()?;
    let point = gold.3?;
    let others = centres.get(&gold.2).map_or(&[][..], Vec::as_slice);
    let right: Vec<bool> = group
        .choices
        .iter()
        .map(|choice| {
            let at = knowledge.gazetteer.point(choice.place);
            at.distance_km(point) <= NEAR_KM
                || others.iter().filter_map(|(lat, lon)| LonLat::new(*lon, *lat)).any(|other| at.distance_km(other) <= NEAR_KM)
        })
        .collect();
    if !right.contains(&true) {
        return None;
    }
    let features = group.choices.iter().map(|choice| choice.features.to_vec()).collect();
    Some(Example { features, right, weight: golds.len().min(4) as f64 })
}

/// Probabilities of the choices of an example.
fn probabilities(example: &Example, weights: &[f64]) -> Vec<f64> {
    let scores: Vec<f64> =
        example.features.iter().map(|row| row.iter().zip(weights).map(|(f, w)| f64::from(*f) * w).sum()).collect();
    if let [score] = scores.as_slice()
        && example.features[0].len() != RANK_FEATURES.len()
    {
        return vec![1.0 / (1.0 + (-score).exp())];
    }
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let whole: f64 = scores.iter().map(|score| (score - top).exp()).sum();
    scores.iter().map(|score| (score - top).exp() / whole).collect()
}

fn fit(examples: &[Example], width: usize, penalty: f64) -> Vec<f32> {
    let mut weights = vec![0.0_f64; width];
    let (mut first, mut second) = (vec![0.0; width], vec![0.0; width]);
    let whole: f64 = examples.iter().map(|example| example.weight).sum();
    for step in 1..=600 {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| penalty * weight).collect();
        for example in examples {
            let told = probabilities(example, &weights);
            let yes_or_no = width != RANK_FEATURES.len();
            let mass: f64 = told.iter().zip(&example.right).filter(|(_, right)| **right).map(|(p, _)| p).sum();
            for ((row, p), right) in example.features.iter().zip(&told).zip(&example.right) {
                let target = match (yes_or_no, right) {
                    (true, true) => 1.0,
                    (false, true) => p / mass.max(1e-9),
                    (_, false) => 0.0,
                };
                let slope = (p - target) * example.weight / whole;
                if slope != 0.0 {
                    for (sum, feature) in gradient.iter_mut().zip(row) {
                        *sum += slope * f64::from(*feature);
                    }
                }
            }
        }
        for at in 0..width {
            first[at] = 0.9 * first[at] + 0.1 * gradient[at];
            second[at] = 0.999 * second[at] + 0.001 * gradient[at] * gradient[at];
            let (m, v): (f64, f64) = (first[at] / (1.0 - 0.9_f64.powi(step)), second[at] / (1.0 - 0.999_f64.powi(step)));
            weights[at] -= 0.05 * m / (v.sqrt() + 1e-8);
        }
    }
    weights.into_iter().map(|weight| weight as f32).collect()
}

/// Per cent of examples decided rightly.
fn score(examples: &[Example], weights: &[f32]) -> f64 {
    let weights: Vec<f64> = weights.iter().map(|weight| f64::from(*weight)).collect();
    let (mut right, mut whole) = (0.0, 0.0);
    for example in examples {
        let told = probabilities(example, &weights);
        let yes = match told.as_slice() {
            [p] if example.features[0].len() != RANK_FEATURES.len() => (*p >= 0.5) == example.right[0],
            _ => told.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).is_some_and(|(at, _)| example.right[at]),
        };
        whole += example.weight;
        right += if yes { example.weight } else { 0.0 };
    }
    100.0 * right / f64::max(whole, 1.0)
}

fn table(weights: &Weights) -> String {
    let mut out = String::from("# model\tfeature\tweight; written by `dateline-assets gazetteer-learn`\n");
    for (name, weight) in SPOT_FEATURES.iter().zip(weights.spot) {
        let _ = writeln!(out, "spot\t{name}\t{weight:.3}");
    }
    for (name, weight) in RANK_FEATURES.iter().zip(weights.rank) {
        let _ = writeln!(out, "rank\t{name}\t{weight:.3}");
    }
    for (name, weight) in SURE_FEATURES.iter().zip(weights.sure) {
        let _ = writeln!(out, "sure\t{name}\t{weight:.3}");
    }
    out
}
