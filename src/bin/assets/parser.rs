//! Treebank → `parser.bin`.
//!
//! Two kinds of training: greedy with a dynamic oracle and exploration (Goldberg & Nivre 2012), and with a beam and
//! max-violation updates (Huang, Fayong & Guo 2012), which goes on from the first. Tags are those that taggers trained on the other folds give.

use std::path::Path;

use anyhow::{Context, Result};
use dateline::lang::lemma::lemma;
use dateline::lang::tag::{Seen, Tagger};
use dateline::lang::tree::features::{Node, features};
use dateline::lang::tree::state::{Move, NONE, State};
use dateline::lang::tree::{self, Action, CLASSES, allows};
use dateline::lang::words::Lexicon;
use dateline::lang::{Rel, node_of};

use crate::conllu::Document;
use crate::perceptron::{Averaged, Dice, Perceptron, packed};
use crate::{tagger, words};

/// How often the parser is sent on down its own mistaken path (greedy training, from the second epoch on).
const EXPLORE: f64 = 0.9;
/// Folds for tagging the training data.
const FOLDS: usize = 4;
/// The weight that fills a byte.
const TOP: f64 = 32.0;

/// A sentence as the parser sees it, with its gold tree.
pub struct Sample {
    pub nodes: Vec<Node>,
    /// Gold head; the sentence's length for the root.
    heads: Vec<u16>,
    rels: Vec<Rel>,
    /// Gold dependants of each word (and of the root), in order.
    children: Vec<Vec<u16>>,
}

pub fn run(arguments: &[String]) -> Result<()> {
    let [treebank, out, width, epochs] = arguments else { anyhow::bail!("give TREEBANK OUT WIDTH EPOCHS") };
    let (width, epochs): (usize, usize) = (width.parse()?, epochs.parse()?);
    let documents = words::training(Path::new(treebank))?;
    let lexicon_bytes = std::fs::read(Path::new(out).join("lexicon.bin"))?;
    let lexicon = Lexicon::read(&lexicon_bytes).context("lexicon.bin")?;
    let samples = samples(&documents, &lexicon)?;
    let actions = actions(&samples);
    println!("{} sentences, {} actions", samples.len(), actions.len());
    let list = tree::print_actions(&actions);
    let head = [&(list.len() as u32).to_le_bytes()[..], list.as_bytes()].concat();
    let save = |rows: &[Averaged], top: f64, name: &str| -> Result<()> {
        for (size, least) in SIZES {
            let worth: Vec<Averaged> = rows
                .iter()
                .filter(|(_, pairs)| pairs.iter().any(|(_, weight)| weight.abs() >= least * top / TOP))
                .cloned()
                .collect();
            let bytes = [head.clone(), packed(actions.len(), &worth, top)].concat();
            let path = Path::new(out).join(format!("{name}{size}.bin"));
            println!("{}: {} bytes, seeds {SEEDS:?}, data {}", path.display(), bytes.len(), crate::data_hash(&documents));
            std::fs::write(path, bytes)?;
        }
        Ok(())
    };
    let mut sum: Vec<Averaged> = Vec::new();
    for (number, seed) in SEEDS.into_iter().enumerate() {
        let model = greedy(&samples, &actions, epochs, seed);
        sum = added(sum, model.rows(1, 0.0), 1.0 / SEEDS.len() as f64);
        // Worth looking at before all are done; the shares say how many are in.
        let share = SEEDS.len() as f64 / (number + 1) as f64;
        save(&sum, TOP / share, "parser")?;
    }
    if width > 1 {
        beam(Perceptron::from_rows(&sum), &samples, &actions, width, &|model| save(&model.rows(3, 0.0), TOP, "parser-beam"))?;
    }
    Ok(())
}

/// Adds a share of some rows to others; both are sorted by key.
fn added(one: Vec<Averaged>, two: Vec<Averaged>, share: f64) -> Vec<Averaged> {
    let mut all: std::collections::BTreeMap<u64, std::collections::BTreeMap<u8, f64>> =
        one.into_iter().map(|(key, pairs)| (key, pairs.into_iter().collect())).collect();
    for (key, pairs) in two {
        let row = all.entry(key).or_default();
        for (class, weight) in pairs {
            *row.entry(class).or_default() += weight * share;
        }
    }
    all.into_iter().map(|(key, row)| (key, row.into_iter().collect())).collect()
}

/// Writes the model of an epoch.
type Save<'a> = &'a dyn Fn(&Perceptron) -> Result<()>;

/// What is written: features with a weight of at least this. Down to the smallest size the dev parts lose less than 0.2 LAS.
const SIZES: [(&str, f64); 3] = [("-full", 0.3), ("", 1.3), ("-small", 1.8)];
/// One model per seed is trained; what is written is their mean (`McDonald`, Hall & Mann 2010, parameter mixing).
const SEEDS: [u64; 1] = [5];
/// Passes with the beam, over the weights that greedy training found.
const BEAM_EPOCHS: usize = 8;

/// Training samples with tags from taggers that have not seen them.
fn samples(documents: &[Document], lexicon: &Lexicon<'_>) -> Result<Vec<Sample>> {
    let mut folds: Vec<Vec<Document>> = vec![Vec::new(); FOLDS];
    for (at, document) in documents.iter().enumerate() {
        folds[at % FOLDS].push(document.clone());
    }
    let mut samples = Vec::new();
    for held in 0..FOLDS {
        let others: Vec<Document> =
            folds.iter().enumerate().filter(|(at, _)| *at != held).flat_map(|(_, fold)| fold.clone()).collect();
        let bytes: &'static [u8] = tagger::train(&others, lexicon).leak();
        let tagger = Tagger::read(bytes).context("the tagger just trained")?;
        samples.extend(
            folds[held].iter().flat_map(|document| &document.sentences).map(|sentence| sample(sentence, lexicon, &tagger)),
        );
    }
    Ok(samples)
}

fn sample(sentence: &[crate::conllu::Word], lexicon: &Lexicon<'_>, tagger: &Tagger) -> Sample {
    let mut buffer = String::new();
    let seen: Vec<Seen> = sentence.iter().map(|word| Seen::of(lexicon, &word.form, &mut buffer)).collect();
    let mut classes = Vec::new();
    tagger.tag(&seen, &mut classes);
    let tags: Vec<_> = classes.iter().map(|class| tagger.classes[usize::from(*class)]).collect();
    let mut nodes: Vec<Node> = sentence
        .iter()
        .zip(&seen)
        .zip(&tags)
        .map(|((word, seen), (upos, xpos))| node_of(&lemma(lexicon, &word.form, *upos, *xpos), seen, *upos, *xpos))
        .collect();
    tree::count_between(&mut nodes, tags.iter().map(|(upos, _)| *upos), |at| sentence[at].form == ",");
    let count = sentence.len();
    let heads: Vec<u16> =
        sentence.iter().enumerate().map(|(at, word)| if word.head == at { count as u16 } else { word.head as u16 }).collect();
    let mut children = vec![Vec::new(); count + 1];
    for (at, head) in heads.iter().enumerate() {
        children[usize::from(*head)].push(at as u16);
    }
    Sample { nodes, heads, rels: sentence.iter().map(|word| word.rel).collect(), children }
}

/// Every action that the gold trees could ask for.
fn actions(samples: &[Sample]) -> Vec<Action> {
    let mut left = std::collections::BTreeMap::new();
    let mut right = std::collections::BTreeMap::new();
    for sample in samples {
        for (at, (head, rel)) in sample.heads.iter().zip(&sample.rels).enumerate() {
            *if usize::from(*head) > at { left.entry(*rel).or_insert(0) } else { right.entry(*rel).or_insert(0) } += 1;
        }
    }
    let mut actions = vec![Action { step: Move::Shift, rel: Rel::Dep }, Action { step: Move::Reduce, rel: Rel::Dep }];
    actions.extend(left.iter().filter(|(_, n)| **n > 3).map(|(rel, _)| Action { step: Move::Left, rel: *rel }));
    actions.extend(right.iter().filter(|(_, n)| **n > 3).map(|(rel, _)| Action { step: Move::Right, rel: *rel }));
    actions
}

/// How many gold arcs a move makes impossible (Goldberg & Nivre 2012).
fn cost(sample: &Sample, state: &State, step: Move) -> usize {
    let next = state.next;
    let top = state.top(0);
    // Gold dependants of a word that are still to be read, the next one included from `from` on.
    let unread = |word: u16, from: u16| {
        sample.children[usize::from(word)].len() - sample.children[usize::from(word)].partition_point(|child| *child < from)
    };
    // Gold dependants of the next word that wait on the stack without a head.
    let waiting = || {
        sample.children[usize::from(next)]
            .iter()
            .take_while(|child| **child < next)
            .filter(|child| state.arcs[usize::from(**child)].head == NONE && state.stack.contains(child))
            .count()
    };
    let head_on_stack = |word: u16| state.stack.contains(&sample.heads[usize::from(word)]);
    match step {
        Move::Shift => usize::from(head_on_stack(next)) + waiting(),
        Move::Reduce => unread(top, next),
        Move::Left => {
            let head = sample.heads[usize::from(top)];
            usize::from(head != next && head > next) + unread(top, next)
        }
        Move::Right => {
            let head = sample.heads[usize::from(next)];
            usize::from(head != top && (head_on_stack(next) || head > next)) + waiting()
        }
    }
}

/// The actions that cost least: one label each.
fn wanted(sample: &Sample, state: &State, actions: &[Action], out: &mut Vec<bool>) {
    out.clear();
    out.resize(actions.len(), false);
    let mut costs = [usize::MAX; 4];
    for step in [Move::Shift, Move::Reduce, Move::Left, Move::Right] {
        if state.allows(step) {
            costs[step as usize] = cost(sample, state, step);
        }
    }
    let least = costs.iter().min().copied().unwrap_or(0);
    let at_root = usize::from(state.next) == sample.nodes.len();
    for (number, action) in actions.iter().enumerate() {
        if costs[action.step as usize] != least || !allows(state, *action) {
            continue;
        }
        out[number] = match action.step {
            Move::Shift | Move::Reduce => true,
            Move::Left => at_root || action.rel == sample.rels[usize::from(state.top(0))],
            Move::Right => action.rel == sample.rels[usize::from(state.next)],
        };
    }
    if !out.contains(&true) {
        // The gold label is unknown here: any label will do.
        for (number, action) in actions.iter().enumerate() {
            out[number] = costs[action.step as usize] == least && allows(state, *action);
        }
    }
}

fn top_of(scores: &[f32], actions: &[Action], fits: impl Fn(usize) -> bool) -> Option<usize> {
    (0..actions.len()).filter(|at| fits(*at)).fold(None, |best, at| match best {
        Some(top) if scores[top] >= scores[at] => best,
        _ => Some(at),
    })
}

fn greedy(samples: &[Sample], actions: &[Action], epochs: usize, seed: u64) -> Perceptron {
    let mut model = Perceptron::default();
    let mut dice = Dice(seed);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let (mut keys, mut good) = (Vec::new(), Vec::new());
    let mut state = State::default();
    for epoch in 0..epochs {
        dice.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for index in &order {
            let sample = &samples[*index];
            state.begin(sample.nodes.len());
            while !state.is_final() {
                features(&sample.nodes, &state, &mut keys);
                dice.drop_some(&mut keys);
                let mut scores = [0_f32; CLASSES];
                model.score(&keys, &mut scores);
                wanted(sample, &state, actions, &mut good);
                let guess = top_of(&scores, actions, |at| allows(&state, actions[at]));
                let gold = top_of(&scores, actions, |at| good[at]);
                let (Some(guess), Some(gold)) = (guess, gold) else { break };
                model.tick();
                total += 1;
                let mut taken = guess;
                if good[guess] {
                    right += 1;
                } else {
                    model.update(&keys, gold as u8, 1.0);
                    model.update(&keys, guess as u8, -1.0);
                    if epoch == 0 || dice.chance() > EXPLORE {
                        taken = gold;
                    }
                }
                state.make(actions[taken].step, actions[taken].rel as u8);
            }
        }
        println!("epoch {epoch}: {:.2} % of {total}, {} features", 100.0 * f64::from(right) / f64::from(total), model.features());
    }
    model
}

/// One parse of the beam: where it came from and by which action.
struct Item {
    state: State,
    score: f32,
    from: usize,
    action: usize,
    gold: bool,
}

fn beam(mut model: Perceptron, samples: &[Sample], actions: &[Action], width: usize, save: Save<'_>) -> Result<()> {
    let mut dice = Dice(SEEDS[0]);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    for epoch in 0..BEAM_EPOCHS {
        dice.shuffle(&mut order);
        let mut right = 0;
        for index in &order {
            right += usize::from(learn(&mut model, &samples[*index], actions, width));
        }
        let share = 100.0 * right as f64 / order.len() as f64;
        println!("epoch {epoch}: {share:.2} % of sentences, {} features", model.features());
        save(&model)?;
    }
    Ok(())
}

/// Parses one sentence with a beam and, where the gold parse loses by most, moves the weights. Was it right?
fn learn(model: &mut Perceptron, sample: &Sample, actions: &[Action], width: usize) -> bool {
    model.tick();
    let (mut keys, mut good) = (Vec::new(), Vec::new());
    let steps = sample.nodes.len() * 2;
    let mut first = State::default();
    first.begin(sample.nodes.len());
    // The gold derivation: of the least costly actions the one the model likes best.
    let mut gold_state = first.clone();
    let mut gold_total = 0.0;
    let mut gold_path: Vec<usize> = Vec::new();
    let mut layers: Vec<Vec<Item>> = vec![vec![Item { state: first, score: 0.0, from: 0, action: 0, gold: true }]];
    let mut worst: Option<(usize, f32)> = None;
    for step in 0..steps {
        features(&sample.nodes, &gold_state, &mut keys);
        let mut scores = [0_f32; CLASSES];
        model.score(&keys, &mut scores);
        wanted(sample, &gold_state, actions, &mut good);
        let Some(gold) = top_of(&scores, actions, |at| good[at]) else { return true };
        let mut found: Vec<(f32, usize, usize, bool)> = Vec::new();
        for (from, item) in layers[step].iter().enumerate() {
            let own = if item.gold {
                scores
            } else {
                features(&sample.nodes, &item.state, &mut keys);
                let mut own = [0_f32; CLASSES];
                model.score(&keys, &mut own);
                own
            };
            for (at, action) in actions.iter().enumerate() {
                let score = item.score + own[at];
                let full = found.len() >= width;
                if full && found.last().is_some_and(|last| last.0 >= score) || !allows(&item.state, *action) {
                    continue;
                }
                if full {
                    found.pop();
                }
                let place = found.partition_point(|other| other.0 >= score);
                found.insert(place, (score, from, at, item.gold && at == gold));
            }
        }
        gold_total += scores[gold];
        gold_path.push(gold);
        gold_state.make(actions[gold].step, actions[gold].rel as u8);
        let layer: Vec<Item> = found
            .iter()
            .map(|(score, from, action, gold)| {
                let mut state = layers[step][*from].state.clone();
                state.make(actions[*action].step, actions[*action].rel as u8);
                Item { state, score: *score, from: *from, action: *action, gold: *gold }
            })
            .collect();
        let Some(best) = layer.first() else { break };
        let lost = best.score - gold_total;
        if !best.gold && worst.is_none_or(|(_, most)| lost >= most) {
            worst = Some((step + 1, lost));
        }
        let fallen = !layer.iter().any(|item| item.gold);
        layers.push(layer);
        // Behind the point where the gold parse fell out, the violation seldom grows; eight steps more are looked at.
        if fallen && worst.is_some_and(|(at, _)| step > at + 8) {
            break;
        }
    }
    let Some((step, _)) = worst
        .filter(|(step, _)| *step == steps || !layers.last().is_some_and(|layer| layer.first().is_some_and(|best| best.gold)))
    else {
        return true;
    };
    // The mistaken path, back from the best item of that layer.
    let mut path = Vec::with_capacity(step);
    let mut at = 0;
    for layer in (1..=step).rev() {
        path.push(layers[layer][at].action);
        at = layers[layer][at].from;
    }
    path.reverse();
    let shared = path.iter().zip(&gold_path).take_while(|(a, b)| a == b).count();
    for (actions_taken, by) in [(&gold_path[..step], 1.0), (&path[..], -1.0)] {
        let mut state = State::default();
        state.begin(sample.nodes.len());
        for (number, at) in actions_taken.iter().enumerate() {
            if number >= shared {
                features(&sample.nodes, &state, &mut keys);
                model.update(&keys, *at as u8, by);
            }
            state.make(actions[*at].step, actions[*at].rel as u8);
        }
    }
    false
}
