//! Labelled texts → the weights of the name tagger (`assets/names/tagger.bin`), and their score on held-out documents.
//!
//! A conditional random field trained with `AdaGrad` (Duchi, Hazan, Singer 2011) and the features of `extract::name::features`.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use dateline::extract::NameKind;
use dateline::extract::name::NameBook;
use dateline::extract::name::features::{LEXICAL, Seen, features, look, may_name, of_sentence};
use dateline::extract::name::tagger::{KINDS, LABELS, STEP, STEP_TEMPLATE, label, may_follow, sums, viterbi};
use dateline::lang::{English, weights};
use dateline::model::About;
use dateline::read::article_from_text;

use super::invent::Inventor;

/// A run of tokens that may be names, with its features and its true labels.
struct Run {
    features: Vec<Vec<u32>>,
    labels: Vec<usize>,
    document: usize,
}

/// Passes over the data; the score on held-out documents no longer rises after eight.
const EPOCHS: usize = 8;
/// `AdaGrad`'s rate.
const RATE: f32 = 0.01;
/// L2 pull towards zero per step of a feature that is met.
const PULL: f32 = 2.0e-5;
/// Share of tokens whose spelt-out features are left out in a step.
const DROPPED: f32 = 0.6;
/// Share of the documents that are also read in capitals, as agencies write headlines.
const SHOUTED: f32 = 0.1;
const SEED: u64 = 20_251_009;

pub(super) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// A document: text and its names in bytes.
pub(super) struct Labelled {
    pub text: String,
    pub names: Vec<(usize, usize, NameKind)>,
}

fn kind_of(name: &str) -> Option<NameKind> {
    match name {
        "PER" => Some(NameKind::Person),
        "ORG" => Some(NameKind::Organisation),
        "LOC" => Some(NameKind::Location),
        _ => None,
    }
}

/// `FILE.jsonl` with `text` and `entities`, or `event/meantime_events.jsonl` with its forms, or `*.iob2` with `# text`.
fn load(path: &str) -> Result<Vec<Labelled>> {
    let bytes = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    if path.ends_with(".iob2") {
        return Ok(load_iob2(&bytes));
    }
    bytes.lines().map(|line| load_json(line).with_context(|| path.to_owned())).collect()
}

fn load_json(line: &str) -> Result<Labelled> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    let mut text = value["text"].as_str().context("text")?.to_owned();
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let mut names = Vec::new();
    let place = |span: &serde_json::Value, start: &str| -> Option<usize> { offsets.get(span[start].as_u64()? as usize).copied() };
    for entity in value["entities"].as_array().context("entities")? {
        if entity["mentions"].is_array() {
            let Some(kind) = entity["type"].as_str().and_then(kind_of) else { continue };
            let heads = entity["heads"].as_array().context("heads")?;
            let forms = entity["forms"].as_array().context("forms")?;
            for (head, form) in heads.iter().zip(forms) {
                if form == "name" {
                    let at = |n: usize| head[n].as_u64().and_then(|at| offsets.get(at as usize).copied());
                    if let (Some(start), Some(end)) = (at(0), at(1)) {
                        names.push((start, end, kind));
                    }
                }
            }
        } else if let (Some(kind), Some(start), Some(end)) =
            (entity["type"].as_str().and_then(kind_of), place(entity, "start"), place(entity, "end"))
        {
            names.push((start, end, kind));
        }
    }
    names.sort_by_key(|(start, end, _)| (*start, usize::MAX - end));
    names.dedup_by(|later, kept| later.0 < kept.1);
    if let Some(end) = value["annotated_end"].as_u64().and_then(|end| offsets.get(end as usize)) {
        text.truncate(*end);
        names.retain(|(_, last, _)| last <= end);
    }
    Ok(Labelled { text, names })
}

fn load_iob2(bytes: &str) -> Vec<Labelled> {
    let mut out = vec![];
    let mut one = Labelled { text: String::new(), names: Vec::new() };
    let (mut base, mut at) = (0, 0);
    for line in bytes.lines() {
        if line.starts_with("# newdoc") && !one.text.is_empty() {
            out.push(std::mem::replace(&mut one, Labelled { text: String::new(), names: Vec::new() }));
        } else if let Some(text) = line.strip_prefix("# text = ") {
            base = one.text.len();
            at = base;
            one.text.push_str(text);
            one.text.push('\n');
        } else if !line.starts_with('#') && !line.is_empty() {
            let mut columns = line.split('\t');
            let (Some(_), Some(word), Some(tag)) = (columns.next(), columns.next(), columns.next()) else { continue };
            let Some(found) = one.text[at..].find(word) else { continue };
            let (start, end) = (at + found, at + found + word.len());
            at = end;
            if let Some(kind) = tag.strip_prefix("B-").and_then(kind_of) {
                one.names.push((start, end, kind));
            } else if let (Some(kind), Some(last)) = (tag.strip_prefix("I-").and_then(kind_of), one.names.last_mut())
                && last.2 == kind
                && last.0 >= base
            {
                last.1 = end;
            }
        }
    }
    out.push(one);
    out
}

/// Cuts documents into runs with features; unknown features get a number on first sight when `index` may grow.
struct Reader<'a> {
    book: &'a NameBook,
    english: &'a English,
    index: HashMap<u64, u32>,
    keys: Vec<u64>,
    met: Vec<u32>,
    misfit: usize,
    total: usize,
}

impl Reader<'_> {
    fn read(&mut self, labelled: &Labelled, document: usize, out: &mut Vec<Run>) {
        let article = article_from_text(labelled.text.clone(), About::default());
        let parsed = self.english.segment(&article.text, &article.blocks);
        let seen = look(self.book, &article.text, &parsed);
        let mut keys = Vec::new();
        self.total += labelled.names.len();
        let mut fitted = 0;
        for sentence in &parsed.sentences {
            let tokens = &parsed.tokens[sentence.first as usize..sentence.last as usize];
            let seen: &[Seen] = of_sentence(&seen, sentence);
            let mut labels = vec![0; tokens.len()];
            for (start, end, kind) in &labelled.names {
                let row = KINDS.iter().position(|k| k == kind).unwrap_or(0);
                let first = tokens.iter().position(|token| token.span.start as usize == *start);
                let last = tokens.iter().position(|token| token.span.end as usize == *end);
                if let (Some(first), Some(last)) = (first, last)
                    && first <= last
                    && (first..=last).all(|at| may_name(seen, at))
                {
                    fitted += 1;
                    for at in first..=last {
                        labels[at] = label(row, at - first, last - first + 1);
                    }
                }
            }
            let mut at = 0;
            while at < tokens.len() {
                if !may_name(seen, at) {
                    at += 1;
                    continue;
                }
                let mut run = Run { features: Vec::new(), labels: Vec::new(), document };
                while at < tokens.len() && may_name(seen, at) {
                    features(seen, at, &mut keys);
                    let ids = keys.iter().map(|key| {
                        let next = self.keys.len() as u32;
                        let id = *self.index.entry(*key).or_insert(next);
                        if id == next {
                            self.keys.push(*key);
                            self.met.push(0);
                        }
                        self.met[id as usize] += 1;
                        id
                    });
                    run.features.push(ids.collect());
                    run.labels.push(labels[at]);
                    at += 1;
                }
                out.push(run);
            }
        }
        self.misfit += labelled.names.len() - fitted;
    }
}

type Rows = Vec<[f32; LABELS]>;

/// Trains on the runs that `take` lets through.
fn train(runs: &[Run], features: usize, take: impl Fn(&Run) -> bool) -> (Rows, Rows) {
    let mut weights: Rows = vec![[0.0; LABELS]; features];
    let mut squares: Rows = vec![[1.0e-3; LABELS]; features];
    let mut steps: Rows = vec![[0.0; LABELS]; LABELS];
    let mut step_squares: Rows = vec![[1.0e-3; LABELS]; LABELS];
    let mut order: Vec<usize> = (0..runs.len()).filter(|n| take(&runs[*n])).collect();
    let mut random = Random(SEED);
    for _ in 0..EPOCHS {
        for n in (1..order.len()).rev() {
            order.swap(n, (random.next() % (n as u64 + 1)) as usize);
        }
        for n in &order {
            let run = &runs[*n];
            let used: Vec<&[u32]> =
                run.features.iter().map(|ids| if random.share() < DROPPED { &ids[LEXICAL..] } else { &ids[..] }).collect();
            let scores: Rows = used.iter().map(|ids| score(ids, &weights)).collect();
            let fixed: &[[f32; LABELS]; LABELS] = steps[..].try_into().expect("steps has one row per label");
            let (forward, backward, total) = sums(&scores, fixed);
            let mut step_gradient = [[0.0_f32; LABELS]; LABELS];
            for at in 0..used.len() {
                let mut gradient = [0.0; LABELS];
                for l in 0..LABELS {
                    gradient[l] = (forward[at][l] + backward[at][l] - total).exp().min(1.0);
                }
                gradient[run.labels[at]] -= 1.0;
                for id in used[at] {
                    let (row, square) = (&mut weights[*id as usize], &mut squares[*id as usize]);
                    for l in 0..LABELS {
                        let g = gradient[l] + PULL * row[l];
                        if g.abs() > 1.0e-4 {
                            square[l] += g * g;
                            row[l] -= RATE * g / square[l].sqrt();
                        }
                    }
                }
                let before = if at == 0 { 0 } else { run.labels[at - 1] };
                step_gradient[before][run.labels[at]] -= 1.0;
                for before in 0..LABELS {
                    for next in (0..LABELS).filter(|next| may_follow(before, *next)) {
                        let log = if at == 0 {
                            if before != 0 {
                                continue;
                            }
                            forward[0][next] + backward[0][next] - total
                        } else {
                            forward[at - 1][before] + fixed[before][next] + scores[at][next] + backward[at][next] - total
                        };
                        step_gradient[before][next] += log.exp().min(1.0);
                    }
                }
            }
            for before in 0..LABELS {
                for next in 0..LABELS {
                    let g = step_gradient[before][next] + PULL * steps[before][next];
                    step_squares[before][next] += g * g;
                    steps[before][next] -= RATE * g / step_squares[before][next].sqrt();
                }
            }
        }
    }
    (weights, steps)
}

fn score(ids: &[u32], weights: &Rows) -> [f32; LABELS] {
    let mut sum = [0.0; LABELS];
    for id in ids {
        for (to, from) in sum.iter_mut().zip(weights[*id as usize]) {
            *to += from;
        }
    }
    sum
}

/// Names of a label sequence: first, one past the last, kind row.
fn chunks(labels: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    let mut open = None;
    for (at, l) in labels.iter().enumerate() {
        if *l == 0 {
            open = None;
            continue;
        }
        let (kind, position) = ((l - 1) / 4, (l - 1) % 4);
        match position {
            0 => open = Some(at),
            2 => {
                if let Some(first) = open.take() {
                    out.push((first, at + 1, kind));
                }
            }
            3 => out.push((at, at + 1, kind)),
            _ => {}
        }
    }
    out
}

/// How much is invented beside the labelled data.
struct Plan {
    disguised: usize,
    filled: usize,
}

/// Names right, given and wanted, by kind.
#[derive(Default)]
struct Tally([[u32; 3]; 3]);

impl Tally {
    fn add(&mut self, run: &Run, (weights, steps): &(Rows, Rows)) {
        let fixed: &[[f32; LABELS]; LABELS] = steps[..].try_into().expect("steps has one row per label");
        let scores: Rows = run.features.iter().map(|ids| score(ids, weights)).collect();
        let (found, gold) = (chunks(&viterbi(&scores, fixed)), chunks(&run.labels));
        for (_, _, kind) in &found {
            self.0[*kind][1] += 1;
        }
        for name in &gold {
            self.0[name.2][2] += 1;
            self.0[name.2][0] += u32::from(found.contains(name));
        }
    }

    fn print(&self, of: &str) {
        for (row, kind) in KINDS.iter().enumerate() {
            let [right, given, wanted] = self.0[row].map(f64::from);
            print!(
                "{kind:?} P {:.1} R {:.1} F1 {:.1} (n={wanted})  ",
                100.0 * right / given,
                100.0 * right / wanted,
                200.0 * right / (given + wanted)
            );
        }
        println!("{of}");
    }
}

/// `train-names OUT FILE…`; files with `@` before them are scored, not learnt. `train-names - FILE…` scores five folds.
///
/// `disguised=N` and `filled=N` set how many copies with other names each document gets, and how many texts are written from
/// the templates.
pub fn run(arguments: &[String]) -> Result<()> {
    let [out, files @ ..] = arguments else { bail!("train-names OUT FILE…") };
    let mut plan = Plan { disguised: 0, filled: 900 };
    for (key, value) in files.iter().filter_map(|file| file.split_once('=')) {
        match key {
            "disguised" => plan.disguised = value.parse()?,
            "filled" => plan.filled = value.parse()?,
            _ => bail!("no setting {key}"),
        }
    }
    let (book, english) = (NameBook::load(), English::load());
    let mut reader =
        Reader { book: &book, english: &english, index: HashMap::new(), keys: Vec::new(), met: Vec::new(), misfit: 0, total: 0 };
    let mut runs = Vec::new();
    let mut document = 0;
    let inventor = Inventor::new();
    let mut random = Random(SEED);
    let mut held_out: Vec<(&str, Vec<Run>, usize)> = Vec::new();
    for file in files.iter().filter(|file| !file.starts_with('@') && !file.contains('=')) {
        for labelled in load(file)? {
            reader.read(&labelled, document, &mut runs);
            for _ in 0..plan.disguised {
                reader.read(&inventor.disguised(&labelled, &mut random), document, &mut runs);
            }
            if random.share() < SHOUTED
                && let Some(loud) = Inventor::shouted(&labelled)
            {
                reader.read(&loud, document, &mut runs);
            }
            document += 1;
        }
    }
    for _ in 0..plan.filled {
        reader.read(&inventor.filled(&mut random), document, &mut runs);
        document += 1;
    }
    let trained = reader.keys.len();
    for file in files.iter().filter_map(|file| file.strip_prefix('@')) {
        let mut other = Vec::new();
        let before = reader.total;
        for labelled in load(file)? {
            reader.read(&labelled, document, &mut other);
        }
        held_out.push((file, other, reader.total - before));
    }
    let tokens: usize = runs.iter().map(|run| run.labels.len()).sum();
    println!("{document} documents, {} runs, {tokens} tokens, {} names, {} misfit", runs.len(), reader.total, reader.misfit);
    // A feature met once is noise.
    let mut renumbered = vec![u32::MAX; reader.keys.len()];
    let mut kept = Vec::new();
    for (id, met) in reader.met.iter().enumerate() {
        if *met > 1 && id < trained {
            renumbered[id] = kept.len() as u32;
            kept.push(reader.keys[id]);
        }
    }
    let nothing = kept.len() as u32;
    for ids in runs.iter_mut().chain(held_out.iter_mut().flat_map(|(_, runs, _)| runs)).flat_map(|run| &mut run.features) {
        for id in ids.iter_mut() {
            *id = renumbered[*id as usize].min(nothing);
        }
    }
    if out == "-" {
        let mut tally = Tally::default();
        for fold in 0..5 {
            let trained = train(&runs, kept.len() + 1, |run| run.document % 5 != fold);
            runs.iter().filter(|run| run.document % 5 == fold).for_each(|run| tally.add(run, &trained));
        }
        tally.print("five folds");
        return Ok(());
    }
    let trained = train(&runs, kept.len() + 1, |_| true);
    for (file, runs, names) in &held_out {
        let mut tally = Tally::default();
        for run in runs {
            tally.add(run, &trained);
        }
        tally.print(&format!("{file} ({names} names)"));
    }
    let (weights, steps) = trained;
    let quantise = |row: &[f32; LABELS]| -> Vec<(u8, i8)> {
        row.iter()
            .enumerate()
            .filter_map(|(l, w)| {
                let step = (w / STEP).round().clamp(-127.0, 127.0) as i8;
                (step.abs() > 1).then_some((l as u8, step))
            })
            .collect()
    };
    let mut rows: Vec<weights::Row> = kept.iter().zip(&weights).map(|(key, row)| (*key, quantise(row))).collect();
    rows.extend(steps.iter().enumerate().map(|(before, row)| (weights::key(STEP_TEMPLATE, before as u64, 0), quantise(row))));
    let packed = weights::pack(LABELS, rows);
    println!("{} features, {} bytes", kept.len(), packed.len());
    std::fs::write(out, packed)?;
    Ok(())
}
