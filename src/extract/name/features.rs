//! Tokens of a sentence → the features that the name tagger weighs.

use super::book::{Acronym, NameBook, Phrase, bit, fold, word_hash};
use crate::lang::weights::{hash, key};
use crate::lang::{Parsed, Sentence};

/// How a word is written.
pub mod form {
    pub const CAPITAL: u32 = 1;
    pub const ALL_CAPS: u32 = 1 << 1;
    pub const DIGIT: u32 = 1 << 2;
    pub const FIRST_IN_SENTENCE: u32 = 1 << 3;
    /// The sentence is written like a headline: most words with a capital.
    pub const HEADLINE: u32 = 1 << 4;
    /// Also written small in this text.
    pub const SEEN_SMALL: u32 = 1 << 5;
    /// Also written with a capital inside a sentence of this text.
    pub const SEEN_CAPITAL: u32 = 1 << 6;
    pub const ORG_BEGIN: u32 = 1 << 7;
    pub const ORG_INSIDE: u32 = 1 << 8;
    pub const PERSON_PHRASE: u32 = 1 << 9;
    pub const PLACE_BEGIN: u32 = 1 << 10;
    pub const PLACE_INSIDE: u32 = 1 << 11;
    pub const TITLE_PHRASE: u32 = 1 << 12;
    pub const MARK: u32 = 1 << 13;
}

/// A token with all that is known of it outside its sentence's wording.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Hash of the word in small letters.
    pub lower: u64,
    /// Hash of the folded word; 0 for marks.
    pub folded: u64,
    shape: u64,
    ends: [u64; 5],
    pub bits: u32,
    /// See [`form`].
    pub form: u32,
    noun: u8,
    verb: u8,
}

impl Seen {
    #[must_use]
    pub const fn is(&self, form: u32) -> bool {
        self.form & form != 0
    }
}

fn shape(word: &str, into: &mut String) {
    into.clear();
    let mut last = ' ';
    let mut run = 0;
    for c in word.chars().take(40) {
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        run = if class == last { run + 1 } else { 1 };
        // Runs of three and more look alike.
        if run < 3 {
            into.push(class);
        }
        last = class;
    }
}

/// Looks at every token once. Linear in the text.
#[must_use]
pub fn look(book: &NameBook, text: &str, parsed: &Parsed) -> Vec<Seen> {
    let mut seen = Vec::with_capacity(parsed.tokens.len());
    let mut lower = String::new();
    let mut buffer = String::new();
    for token in &parsed.tokens {
        let word = token.span.of(text);
        let mut one = Seen::default();
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        one.lower = hash(lower.as_bytes());
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if word.chars().next().is_some_and(char::is_uppercase) || (capitals > 0 && word.chars().count() > 2) {
            one.form |= form::CAPITAL;
        }
        if letters > 1 && capitals == letters {
            one.form |= form::ALL_CAPS;
        }
        if word.chars().any(|c| c.is_ascii_digit()) {
            one.form |= form::DIGIT;
        }
        shape(word, &mut buffer);
        one.shape = hash(buffer.as_bytes());
        let chars = lower.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        let head = |n: usize| chars.get(n).map_or(lower.as_str(), |at| &lower[..*at]);
        let tail = |n: usize| chars.len().checked_sub(n).map_or(lower.as_str(), |at| &lower[chars[at]..]);
        if letters > 0 {
            one.ends = [head(3), head(4), tail(2), tail(3), tail(4)].map(|piece| hash(piece.as_bytes()));
        }
        if fold(word, &mut buffer) {
            one.folded = word_hash(&buffer);
            let mut known = book.word(one.folded);
            if known.bits == 0 && known.noun == 0 {
                known = stem(book, &buffer);
            }
            one.bits = known.bits;
            one.noun = known.noun;
            one.verb = known.verb;
        } else {
            one.form |= form::MARK;
        }
        seen.push(one);
    }
    for sentence in &parsed.sentences {
        mark_sentence(book, &mut seen[sentence.first as usize..sentence.last as usize]);
    }
    mark_document(&mut seen);
    seen
}

/// A plural or an inflected verb is known as its stem is.
fn stem(book: &NameBook, folded: &str) -> super::book::Known {
    for (ending, put) in [("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")] {
        if let Some(cut) = folded.strip_suffix(ending)
            && cut.len() > 2
        {
            let mut known = book.word(word_hash(&format!("{cut}{put}")));
            known.bits &= bit::COMMON;
            if known.bits != 0 {
                return known;
            }
        }
    }
    super::book::Known::default()
}

fn mark_sentence(book: &NameBook, seen: &mut [Seen]) {
    let words = seen.iter().filter(|one| one.bits & bit::CALENDAR == 0 && !one.is(form::MARK | form::DIGIT)).count();
    let capitals = seen.iter().filter(|one| one.is(form::CAPITAL)).count();
    let shouting = seen.iter().filter(|one| one.is(form::ALL_CAPS)).count() * 10 >= words * 7 && words > 3;
    // Sentences of names alone are no headlines; seven of ten words is above what running text reaches.
    let headline = words > 3 && capitals * 10 >= words * 7;
    if let Some(first) = seen.iter_mut().find(|one| !one.is(form::MARK)) {
        first.form |= form::FIRST_IN_SENTENCE;
    }
    if headline {
        for one in seen.iter_mut() {
            one.form |= form::HEADLINE;
        }
    }
    let mut at = 0;
    while at < seen.len() {
        let rest = &seen[at..];
        let run = rest.iter().enumerate().filter(|(_, one)| one.folded != 0).map(|(n, one)| (one.folded, n + 1));
        let known = book.word(rest[0].folded);
        let found = if rest[0].folded == 0 { None } else { book.longest(known, run) };
        let Some((phrase, length)) = found else {
            at += 1;
            continue;
        };
        let capital = rest[..length].iter().any(|one| one.is(form::CAPITAL));
        let (begin, inside) = match phrase {
            Phrase::Organisation(_, Acronym::Yes) if !rest[0].is(form::ALL_CAPS) || shouting => (0, 0),
            Phrase::Organisation(..) if capital => (form::ORG_BEGIN, form::ORG_INSIDE),
            Phrase::Person(_) if capital => (form::PERSON_PHRASE, form::PERSON_PHRASE),
            Phrase::Place if capital => (form::PLACE_BEGIN, form::PLACE_INSIDE),
            Phrase::Title => (form::TITLE_PHRASE, form::TITLE_PHRASE),
            _ => (0, 0),
        };
        for (n, one) in seen[at..at + length].iter_mut().enumerate() {
            one.form |= if n == 0 { begin } else { inside };
        }
        at += if begin == 0 { 1 } else { length };
    }
}

fn mark_document(seen: &mut [Seen]) {
    let mut written: std::collections::HashMap<u64, u32> = std::collections::HashMap::new();
    for one in seen.iter().filter(|one| !one.is(form::MARK | form::HEADLINE | form::FIRST_IN_SENTENCE)) {
        *written.entry(one.lower).or_default() |= if one.is(form::CAPITAL) { form::SEEN_CAPITAL } else { form::SEEN_SMALL };
    }
    for one in seen.iter_mut() {
        one.form |= written.get(&one.lower).copied().unwrap_or(0);
    }
}

/// May the token be part of a name? Capitals and digits, and small words between two capitals at most two words apart.
#[must_use]
pub fn may_name(seen: &[Seen], at: usize) -> bool {
    let open = |at: usize| seen.get(at).is_some_and(|one| one.is(form::CAPITAL));
    if open(at) {
        return true;
    }
    let before = (1..=3).any(|back| at >= back && open(at - back));
    let after = (1..=3).any(|on| open(at + on));
    before && (after || seen[at].is(form::DIGIT) || seen[at].is(form::ORG_INSIDE) || seen[at].is(form::MARK))
        || (seen[at].is(form::DIGIT | form::ORG_BEGIN) || seen[at].bits & bit::PARTICLE != 0) && after
}

/// Number of features that are left out now and then in training, so that lists and surroundings learn to stand alone: those
/// pushed first.
pub const LEXICAL: usize = 14;

/// The features of token `at` of a sentence. The first [`LEXICAL`] spell out the word itself.
pub fn features(seen: &[Seen], at: usize, out: &mut Vec<u64>) {
    out.clear();
    let edge = Seen { lower: 1, ..Seen::default() };
    let get = |offset: isize| at.checked_add_signed(offset).and_then(|at| seen.get(at)).copied().unwrap_or(edge);
    let [b2, b1, here, a1, a2] = [get(-2), get(-1), get(0), get(1), get(2)];
    let mut template = 0;
    let mut push = |a: u64, b: u64| {
        template += 1;
        out.push(key(template, a, b));
    };
    push(here.lower, 0);
    push(here.lower, b1.lower);
    push(here.lower, a1.lower);
    for end in here.ends {
        push(end, 0);
    }
    push(here.lower, b1.shape);
    push(here.lower, a1.shape);
    push(here.folded, u64::from(here.is(form::FIRST_IN_SENTENCE)));
    push(here.ends[3], b1.lower);
    push(here.ends[3], a1.lower);
    push(here.shape, here.ends[2]);
    // Here ends what spells out the word.
    push(b1.lower, 0);
    push(a1.lower, 0);
    push(b2.lower, 0);
    push(a2.lower, 0);
    push(b2.lower, b1.lower);
    push(a1.lower, a2.lower);
    push(here.shape, 0);
    push(b1.shape, 0);
    push(a1.shape, 0);
    push(here.shape, b1.shape);
    push(here.shape, a1.shape);
    push(here.shape ^ b1.shape.rotate_left(7), a1.shape);
    push(b1.ends[3], here.shape);
    push(a1.ends[3], here.shape);
    for one in [b2, b1, here, a1, a2] {
        push(u64::from(one.noun), u64::from(one.verb));
    }
    push(u64::from(b1.noun), here.shape);
    push(u64::from(a1.noun) << 8 | u64::from(a1.verb), here.shape);
    push(u64::from(b1.noun), u64::from(b2.noun));
    // What the lists say, together and one by one.
    let lists = |one: Seen| {
        let names = one.bits
            & (bit::FIRST
                | bit::LAST
                | bit::COMMON
                | bit::TITLE
                | bit::ORG_HEAD
                | bit::PLACE_HEAD
                | bit::DEMONYM
                | bit::PARTICLE
                | bit::CALENDAR);
        u64::from(names) << 32 | u64::from(one.form & !(form::SEEN_SMALL | form::SEEN_CAPITAL | form::HEADLINE))
    };
    let (l0, l1, l2) = (lists(b1), lists(here), lists(a1));
    push(l1, 0);
    push(l0, l1);
    push(l1, l2);
    push(u64::from(here.form), 0);
    push(
        u64::from(here.form & (form::SEEN_SMALL | form::SEEN_CAPITAL | form::FIRST_IN_SENTENCE | form::HEADLINE)),
        u64::from(here.bits & bit::COMMON),
    );
    push(u64::from(here.form & (form::SEEN_SMALL | form::SEEN_CAPITAL | form::FIRST_IN_SENTENCE | form::HEADLINE)), l1);
    // The run of capitals it stands in, and what stands round that.
    let inside = |one: &Seen| one.is(form::CAPITAL) || one.bits & bit::PARTICLE != 0 && !one.is(form::MARK);
    let first = (0..at).rev().take(12).take_while(|n| inside(&seen[*n])).last().unwrap_or(at);
    let last = (at + 1..seen.len()).take(12).take_while(|n| inside(&seen[*n])).last().unwrap_or(at);
    let outer = |n: Option<usize>| n.and_then(|n| seen.get(n)).copied().unwrap_or(edge);
    let (before, after) = (outer(first.checked_sub(1)), outer(Some(last + 1)));
    let place = (at - first).min(3) as u64 * 4 + (last - at).min(3) as u64;
    push(place, 0);
    push(place, l1);
    push(before.lower, place);
    push(after.lower, place);
    push(u64::from(before.noun) << 8 | u64::from(before.verb), place);
    push(u64::from(after.noun) << 8 | u64::from(after.verb), place);
    push(lists(before), place);
    push(lists(after), place);
    push(lists(seen[first]), place);
    push(lists(seen[last]), place);
    push(seen[last].lower, place);
    push(lists(seen[first]), lists(seen[last]));
    push(before.lower, after.lower);
    let any = seen[first..=last]
        .iter()
        .fold(0, |all, one| all | (one.bits & (bit::FIRST | bit::ORG_HEAD | bit::TITLE | bit::ORG_SUFFIX | bit::PLACE_HEAD)));
    push(u64::from(any), place);
    push(u64::from(any), l1);
    for (offset, one) in [b1, here, a1].into_iter().enumerate() {
        template = 100 + 64 * offset as u32;
        let mut flags = |mut set: u32| {
            while set != 0 {
                out.push(key(template + set.trailing_zeros(), 7, 0));
                set &= set - 1;
            }
            template += 32;
        };
        flags(one.bits & 0xFFFF);
        flags(one.form);
    }
}

/// The tokens of a sentence.
#[must_use]
pub fn of_sentence<'a>(seen: &'a [Seen], sentence: &Sentence) -> &'a [Seen] {
    &seen[sentence.first as usize..sentence.last as usize]
}
