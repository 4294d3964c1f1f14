//! Article + analysis → what the workspace keeps of them while the text stays in the store.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::gazetteer::fold::{Words, fold_into, key_of};
use crate::model::{Analysis, Article, BlockKind, Filed, Fingerprint, MentionForm, Quote, Span, TimeMention, When, Wording};

/// Words in a shingle: five are seldom the same by chance in two texts about one thing.
const SHINGLE: usize = 5;

/// Hash functions of the fingerprint. The error of a share is about 1 / √96, a tenth.
pub(super) const FUNCTIONS: usize = 96;

/// Agency as written → the name that counts.
static AGENCIES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    include_str!("../../assets/read/agencies.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap_or((line, line)))
        .map(|(written, counts)| (key_of(written), counts))
        .collect()
});

/// Everything that was found, with the words and the fingerprint that the text itself is not needed for any more.
#[must_use]
pub fn file(article: &Article, analysis: Analysis) -> Filed {
    Filed {
        id: article.id,
        about: article.about.clone(),
        blocks: article.blocks.clone(),
        wording: wording(article, &analysis),
        fingerprint: fingerprint(article),
        analysis,
    }
}

/// The same without reasons, other readings and quotes: what stays in memory for every article.
#[must_use]
pub fn lean(filed: &Filed) -> Filed {
    let mut lean = filed.clone();
    let analysis = &mut lean.analysis;
    for place in &mut analysis.places {
        place.candidates = Vec::new();
        place.why = String::new();
    }
    for actor in &mut analysis.actors {
        actor.why = String::new();
    }
    for event in &mut analysis.events {
        event.why = String::new();
        // That an expression gave the day is kept; which one, and why, is fetched.
        event.when = When { interval: event.when.interval, time: event.when.time, ..When::default() };
        event.attributed_to = Vec::new();
    }
    analysis.times = Vec::<TimeMention>::new();
    analysis.quotes = Vec::<Quote>::new();
    analysis.warnings = Vec::new();
    lean.blocks = Vec::new();
    lean.about.date_candidates.truncate(4);
    lean
}

fn wording(article: &Article, analysis: &Analysis) -> Wording {
    let words = |span: Span| (span, Box::from(span.of(&article.text)));
    let places = analysis.places.iter().flat_map(|place| place.mentions.iter().map(|mention| mention.span));
    let names = analysis.actors.iter().flat_map(|actor| &actor.mentions).filter(|mention| mention.form == MentionForm::Name);
    let mut mentions: Vec<_> = places.chain(names.map(|mention| mention.span)).map(words).collect();
    mentions.sort();
    mentions.dedup();
    let mut sentences: Vec<_> = analysis.events.iter().map(|event| words(event.sentence)).collect();
    sentences.sort();
    sentences.dedup();
    Wording { mentions, sentences }
}

/// Shingles of the article's own words; links, credits and boilerplate differ from copy to copy.
fn fingerprint(article: &Article) -> Fingerprint {
    let own = article
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Subheading | BlockKind::Paragraph));
    let mut words: Vec<u64> = Vec::new();
    let mut folded = String::new();
    for block in own {
        for word in block.span.of(&article.text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            folded.clear();
            fold_into(word, &mut folded);
            words.push(hash(folded.as_bytes()));
        }
    }
    let length = SHINGLE.min(words.len().max(1));
    let mut least = vec![u32::MAX; if words.is_empty() { 0 } else { FUNCTIONS }];
    for shingle in words.windows(length) {
        let mut mixed =
            shingle.iter().fold(0_u64, |sum, word| sum.rotate_left(11).wrapping_add(*word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for least in &mut least {
            // One step of xorshift64* gives the next function's value of the same shingle.
            mixed ^= mixed >> 12;
            mixed ^= mixed << 25;
            mixed ^= mixed >> 27;
            *least = (*least).min((mixed.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32);
        }
    }
    Fingerprint { least, words: u32::try_from(words.len()).unwrap_or(u32::MAX), agency: agency(article) }
}

/// FNV-1a.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The one agency behind the article: its outlet, its byline, or the brackets of its dateline, "CAIRO, Oct 9 (Reuters) - ".
/// "With agencies" names none.
fn agency(article: &Article) -> Option<String> {
    let known = |words: &str| AGENCIES.get(&key_of(words)).map(|name| (*name).to_owned());
    let about = &article.about;
    let by = about.byline.as_deref().map(|byline| byline.trim_start_matches("By ").trim_start_matches("by "));
    let stated = about.outlet.as_deref().and_then(known).or_else(|| by.and_then(known));
    stated.or_else(|| {
        // A dateline's brackets stand within the first 60 bytes of the first paragraph that has any.
        let heads = article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).take(2);
        heads.into_iter().find_map(|block| {
            let text = block.span.of(&article.text);
            let open = text.find('(').filter(|at| *at < 60)?;
            let close = text[open..].find(')')? + open;
            text[close + 1..].trim_start().starts_with(['-', '–', '—']).then(|| known(&text[open + 1..close]))?
        })
    })
}

/// The folded words of a name, without a leading "the".
pub(super) fn name_words(name: &str) -> Vec<String> {
    let words = Words::of(name);
    let from = usize::from(words.len() > 1 && words.key(0) == "the");
    (from..words.len()).map(|at| words.key(at).to_owned()).filter(|word| !word.is_empty()).collect()
}
