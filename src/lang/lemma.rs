//! Form and tags → lemma: a table of what the rules do not say, then the rules of English inflection.

use super::grammar::{PENN, Upos};
use super::weights::hash;
use super::words::{Entry, Lexicon};

/// The lemma: lower case, except that a proper name stays as it is written.
#[must_use]
pub fn lemma(lexicon: &Lexicon<'_>, form: &str, upos: Upos, xpos: u8) -> String {
    if matches!(upos, Upos::Propn | Upos::X | Upos::Sym) {
        return form.to_owned();
    }
    let mut lower = form.to_lowercase();
    if lower.contains('’') {
        lower = lower.replace('’', "'");
    }
    if let Some((strip, ending)) = lexicon.lemma_rule(hash(lower.as_bytes()), u64::from(xpos))
        && let Some(stem) = lower.len().checked_sub(strip).and_then(|length| lower.get(..length))
    {
        return [stem, ending].concat();
    }
    regular(lexicon, &lower, xpos)
}

/// By rule alone; also what the trainer compares the treebank with.
#[must_use]
pub fn regular(lexicon: &Lexicon<'_>, lower: &str, xpos: u8) -> String {
    let tag = PENN.get(usize::from(xpos)).copied().unwrap_or("XX");
    let is = |base: &str, bit: u32| lexicon.of(base).is_some_and(|entry| entry.bits() & bit != 0);
    let found = match tag {
        "NNS" => plural(lower, &|base| is(base, Entry::NOUN)),
        "VBZ" => plural(lower, &|base| is(base, Entry::VERB)),
        "VBD" | "VBN" => lower.strip_suffix("ed").map(|stem| stemmed(stem, &|base| is(base, Entry::VERB))),
        "VBG" => lower.strip_suffix("ing").filter(|stem| stem.len() > 1).map(|stem| stemmed(stem, &|base| is(base, Entry::VERB))),
        "JJR" | "RBR" => lower.strip_suffix("er").map(|stem| stemmed(stem, &|base| is(base, Entry::ADJECTIVE | Entry::ADVERB))),
        "JJS" | "RBS" => lower.strip_suffix("est").map(|stem| stemmed(stem, &|base| is(base, Entry::ADJECTIVE | Entry::ADVERB))),
        _ => None,
    };
    found.unwrap_or_else(|| lower.to_owned())
}

/// Takes off the s of plurals and of third persons.
fn plural(lower: &str, is: &dyn Fn(&str) -> bool) -> Option<String> {
    let stem = lower.strip_suffix('s')?;
    if stem.len() < 2 || stem.ends_with('s') && !stem.ends_with("es") {
        return None;
    }
    if let Some(short) = stem.strip_suffix("ie").filter(|short| short.len() > 1) {
        let with_y = format!("{short}y");
        return Some(if is(stem) && !is(&with_y) { stem.to_owned() } else { with_y });
    }
    if is(stem) {
        return Some(stem.to_owned());
    }
    if let Some(short) = stem.strip_suffix('e') {
        let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| short.ends_with(end));
        if is(short) || hissing && !short.ends_with("us") {
            return Some(short.to_owned());
        }
    }
    Some(stem.to_owned())
}

/// The base of a stem whose ending was taken off: "mak" → "make", "stopp" → "stop", "tri" → "try".
fn stemmed(stem: &str, is: &dyn Fn(&str) -> bool) -> String {
    let with_e = format!("{stem}e");
    let doubled = stem.len() > 2 && stem.is_ascii() && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    if doubled && is(&stem[..stem.len() - 1]) && !is(stem) {
        return stem[..stem.len() - 1].to_owned();
    }
    if let Some(short) = stem.strip_suffix('i').filter(|short| !short.is_empty()) {
        return format!("{short}y");
    }
    match (is(stem), is(&with_e)) {
        // "hoping": hope; but "seeing": see, "helping": help.
        (true, true) if ends_short(stem) => with_e,
        (false, true) => with_e,
        (false, false) if doubled && !stem.ends_with(['l', 's', 'z', 'f', 'e', 'o']) => stem[..stem.len() - 1].to_owned(),
        (false, false) if stem.ends_with(['c', 'v', 'u', 'z']) || ends_short(stem) && stem.len() > 3 && stem.ends_with("at") => {
            with_e
        }
        (true, _) | (false, false) => stem.to_owned(),
    }
}

/// One vowel and one consonant at the end, in one syllable: such a base would have doubled its consonant.
fn ends_short(stem: &str) -> bool {
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let bytes = stem.as_bytes();
    let count = bytes.iter().filter(|b| vowel(**b)).count();
    matches!(bytes, [.., v, c] if vowel(*v) && !vowel(*c) && !matches!(c, b'w' | b'x' | b'y')) && count == 1
}
