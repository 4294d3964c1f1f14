//! Treebank parts → the scores of the language floor, printed.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::lang::{English, LANGUAGES, Parsed, Sentence, Setting, Token};
use dateline::model::Span;

use super::conllu::{self, Document};

/// Seconds of processor time this thread has had (Linux; elsewhere seconds on the clock), so that a busy machine is no slower.
fn busy() -> f64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next().and_then(|first| first.parse::<f64>().ok()));
    nanoseconds.map_or_else(|| START.get_or_init(std::time::Instant::now).elapsed().as_secs_f64(), |ns| ns / 1e9)
}

/// Counts of found, expected and right things.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    found: usize,
    gold: usize,
    right: usize,
}

impl Count {
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

pub fn run(arguments: &[String]) -> Result<()> {
    let folder = Path::new(arguments.first().context("which folder holds the treebanks?")?);
    let mut show = None;
    let mut parts = vec!["pud", "gum-open-dev", "gum-open-test", "ewt-dev", "ewt-test"];
    let mut english = English::load();
    for option in &arguments[1..] {
        match option.split_once('=') {
            Some(("setting", "better")) => english = LANGUAGES[0].load(Setting::Better),
            Some(("net", file)) => english = english.with_net(std::fs::read(file)?.leak()).context("no net")?,
            Some(("part", name)) => parts.retain(|part| *part == name),
            _ => show = Some(option.as_str()),
        }
    }
    for part in parts {
        let documents = conllu::read(&folder.join(format!("{part}.conllu")))?;
        for (name, figure) in figures(&english, part, &documents, show) {
            println!("{name}\t{figure:.2}");
        }
    }
    Ok(())
}

/// All figures of one part of the treebanks, named as in the accuracy table; with `show`, errors of a kind are printed.
pub fn figures(english: &English, part: &str, documents: &[Document], show: Option<&str>) -> Vec<(String, f64)> {
    let mut out = Vec::new();
    segmentation(english, part, documents, show, &mut out);
    reading(english, part, documents, show, &mut out);
    out.into_iter().map(|(name, figure)| (format!("lang {part} {name}"), figure)).collect()
}

/// Sentences and tokens against raw text.
fn segmentation(english: &English, part: &str, documents: &[Document], show: Option<&str>, out: &mut Vec<(&'static str, f64)>) {
    let (mut sentences, mut tokens) = (Count::default(), Count::default());
    let mut seconds = 0.0;
    for document in documents {
        let begin = busy();
        let parsed = english.segment(&document.text, &document.blocks);
        seconds += busy() - begin;
        let gold: BTreeSet<_> = document.sentences.iter().map(|s| (s[0].span.start, s[s.len() - 1].span.end)).collect();
        let found: BTreeSet<_> = parsed.sentences.iter().map(|s| (s.span.start, s.span.end)).collect();
        let gold_tokens: BTreeSet<_> = document.sentences.iter().flatten().map(|w| (w.span.start, w.span.end)).collect();
        let found_tokens: BTreeSet<_> = parsed.tokens.iter().map(|t| (t.span.start, t.span.end)).collect();
        sentences.found += found.len();
        sentences.gold += gold.len();
        sentences.right += gold.intersection(&found).count();
        tokens.found += found_tokens.len();
        tokens.gold += gold_tokens.len();
        tokens.right += gold_tokens.intersection(&found_tokens).count();
        let words = |set: &BTreeSet<(u32, u32)>, sign: char| {
            for (from, to) in set {
                println!("{sign} {}", &document.text[*from as usize..*to as usize]);
            }
        };
        if show == Some(&format!("sentences:{part}")) {
            words(&gold.difference(&found).copied().collect(), '-');
            words(&found.difference(&gold).copied().collect(), '+');
        }
        if show == Some(&format!("tokens:{part}")) {
            words(&gold_tokens.difference(&found_tokens).copied().collect(), '-');
            words(&found_tokens.difference(&gold_tokens).copied().collect(), '+');
        }
    }
    out.push(("sentences", sentences.f1()));
    out.push(("tokens", tokens.f1()));
    out.push(("k tokens cut per second", tokens.found as f64 / seconds / 1000.0));
}

/// The gold sentences and tokens of a document, without tags.
fn gold_segments(document: &Document) -> Parsed {
    let mut parsed = Parsed::default();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let first = parsed.tokens.len() as u32;
        parsed.tokens.extend(sentence.iter().map(|word| Token { span: word.span, sentence: number as u32, ..Token::default() }));
        let span = Span { start: sentence[0].span.start, end: sentence[sentence.len() - 1].span.end };
        parsed.sentences.push(Sentence { span, first, last: parsed.tokens.len() as u32, block: 0 });
    }
    parsed
}

/// Tags, lemmas and trees on gold tokens.
fn reading(english: &English, part: &str, documents: &[Document], show: Option<&str>, out: &mut Vec<(&'static str, f64)>) {
    let (mut words, mut upos, mut xpos, mut lemmas) = (0, 0, 0, 0);
    let (mut heads, mut labels, mut plain) = (0, 0, 0);
    let mut seconds = 0.0;
    let mut confusion: std::collections::BTreeMap<(&str, &str), usize> = std::collections::BTreeMap::new();
    for document in documents {
        let mut parsed = gold_segments(document);
        let begin = busy();
        english.annotate(&document.text, &mut parsed);
        seconds += busy() - begin;
        let mut first = 0;
        for sentence in &document.sentences {
            for (at, word) in sentence.iter().enumerate() {
                let token = &parsed.tokens[first + at];
                words += 1;
                upos += usize::from(token.upos == word.upos);
                xpos += usize::from(token.xpos == word.xpos);
                if token.upos != word.upos {
                    *confusion.entry((word.upos.label(), token.upos.label())).or_default() += 1;
                }
                let same = parsed.lemmas[first + at].eq_ignore_ascii_case(&word.lemma);
                lemmas += usize::from(same);
                if !same && show == Some(&format!("lemmas:{part}")) {
                    println!("{} {} gold {} found {}", word.form, token.penn(), word.lemma, parsed.lemmas[first + at]);
                }
                if token.head as usize == first + word.head {
                    heads += 1;
                    labels += usize::from(token.rel == word.rel);
                    plain += usize::from(token.rel.label().split(':').next() == word.rel.label().split(':').next());
                }
            }
            first += sentence.len();
        }
    }
    let percent = |n: usize| 100.0 * n as f64 / f64::from(words);
    out.extend([
        ("UPOS", percent(upos)),
        ("XPOS", percent(xpos)),
        ("lemmas", percent(lemmas)),
        ("UAS", percent(heads)),
        ("LAS", percent(labels)),
        ("LAS without subtypes", percent(plain)),
        ("k tokens read per second", f64::from(words) / seconds / 1000.0),
    ]);
    if show == Some(&format!("tags:{part}")) {
        let mut rows: Vec<_> = confusion.into_iter().collect();
        rows.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        for ((gold, found), n) in rows.into_iter().take(20) {
            println!("  {gold} read as {found}: {n}");
        }
    }
}
