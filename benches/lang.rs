//! What the language floor costs: `cargo bench --bench lang` prints tokens a second of one thread for each step, and the time
//! to load.
//!
//! Time is the processor's for this thread (Linux; elsewhere the clock's), the best of several runs. A busy machine is slower
//! all the same: the yardstick of `benches/street.rs` (words counted in a hash map) stands beside.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use dateline::lang::tag::{Seen, Tagger};
use dateline::lang::{English, LANGUAGES, Setting};
use dateline::model::{Block, BlockKind, Span};

const STORY: &str = concat!(
    include_str!("../assets/sample/1-anchorage.md"),
    include_str!("../assets/sample/2-white-house.md"),
    include_str!("../assets/sample/3-venue.md"),
);
const RUNS: usize = 5;
const LEAST_SECONDS: f64 = 0.2;

fn main() {
    let text = STORY.repeat(4);
    let mut blocks = Vec::new();
    let mut at = 0;
    for paragraph in text.split_inclusive("\n\n") {
        blocks.push(Block { span: Span::new(at, at + paragraph.trim_end().len()), kind: BlockKind::Paragraph });
        at += paragraph.len();
    }
    let (load, english) = best(English::load);
    let tokens = english.segment(&text, &blocks).tokens.len();
    let row = |name: &str, seconds: f64| println!("{name:<44} {:>12.0} tokens/s", tokens as f64 / seconds);
    println!("{:<44} {:>12.2} ms", "load", load * 1e3);
    let first = "Envoys met.";
    let whole = [Block { span: Span::new(0, first.len()), kind: BlockKind::Paragraph }];
    let (load, _) = best(|| LANGUAGES[0].load(Setting::Better).parse(first, &whole));
    println!("{:<44} {:>12.2} ms", "load the better net and read a sentence", load * 1e3);
    let counted = best(|| {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        text.split_whitespace().for_each(|word| *counts.entry(word).or_default() += 1);
        counts.len()
    });
    row("yardstick: count words", counted.0);
    row("sentences and tokens", best(|| english.segment(&text, &blocks)).0);
    let parsed = english.segment(&text, &blocks);
    let tagger = Tagger::read(include_bytes!("../assets/lang/en/tagger.bin")).expect("made by dateline-assets");
    let tagged = best(|| {
        let (mut seen, mut classes, mut buffer) = (Vec::new(), Vec::new(), String::new());
        for sentence in &parsed.sentences {
            seen.clear();
            let tokens = &parsed.tokens[sentence.tokens()];
            seen.extend(tokens.iter().map(|token| Seen::of(english.lexicon(), token.span.of(&text), &mut buffer)));
            tagger.tag(&seen, &mut classes);
        }
        classes
    });
    row("tags alone", tagged.0);
    for (name, setting) in [("tags, lemmas and trees, fast", Setting::Fast), ("tags, lemmas and trees, better", Setting::Better)]
    {
        let english = LANGUAGES[0].load(setting);
        let mut parsed = parsed.clone();
        row(name, best(|| english.annotate(&text, &mut parsed)).0);
    }
}

/// Seconds of processor time that this thread has had.
fn busy() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next().and_then(|first| first.parse::<f64>().ok()));
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |ns| ns / 1e9)
}

/// Seconds of the quickest run, and what a run gives. The system counts in coarse steps, so a run is as often repeated as
/// needed to fill many of them.
fn best<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut one = || {
        let began = busy();
        let mut count = 0.0;
        loop {
            let done = black_box(work());
            count += 1.0;
            let taken = busy() - began;
            if taken >= LEAST_SECONDS {
                return (taken / count, done);
            }
        }
    };
    let first = one();
    (1..RUNS).fold(first, |best, _| {
        let next = one();
        if next.0 < best.0 { next } else { best }
    })
}
