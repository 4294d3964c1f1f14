//! What the language floor costs: `cargo bench --bench lang` prints tokens a second of one thread for each step, and the time
//! to load.
//!
//! A busy machine is slower: the best of several runs is told, and beside it the yardstick of `benches/street.rs` (words
//! counted in a hash map) measured in the same run.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use dateline::lang::tag::{Seen, Tagger};
use dateline::lang::{English, LANGUAGES, Setting};
use dateline::model::{Block, BlockKind, Span};

const STORY: &str = concat!(
    include_str!("../assets/sample/1-anchorage.md"),
    include_str!("../assets/sample/2-white-house.md"),
    include_str!("../assets/sample/3-venue.md"),
);
const RUNS: usize = 15;

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
    let row = |name: &str, time: Duration| {
        println!("{name:<44} {:>12.0} tokens/s", tokens as f64 / time.as_secs_f64());
    };
    println!("{:<44} {:>12.2} ms", "load", load.as_secs_f64() * 1e3);
    let first = "Envoys met.";
    let whole = [Block { span: Span::new(0, first.len()), kind: BlockKind::Paragraph }];
    let began = Instant::now();
    black_box(LANGUAGES[0].load(Setting::Better).parse(first, &whole));
    println!("{:<44} {:>12.2} ms", "load the better net and read a sentence", began.elapsed().as_secs_f64() * 1e3);
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

fn best<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut one = || {
        let began = Instant::now();
        let done = black_box(work());
        (began.elapsed(), done)
    };
    (1..RUNS).map(|_| ()).fold(one(), |best, ()| {
        let next = one();
        if next.0 < best.0 { next } else { best }
    })
}
