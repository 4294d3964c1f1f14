//! Words of a sentence → their tags, by an averaged perceptron from left to right.
//!
//! A class is a pair of universal part of speech and Penn tag that the treebanks hold together. Words that only ever have one
//! tag are not scored at all. After Collins (2002), "Discriminative training methods for hidden Markov models".

use super::grammar::{PENN, Upos, penn_index};
use super::weights::{Weights, hash, key};
use super::words::{self, Lexicon};

/// Room for the scores of all classes.
pub const CLASSES: usize = 128;

/// What the features see of one word, computed once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Hash of the lower case.
    pub word: u64,
    /// Hash of the form as written, and of its lower case, as features; rare words have none of their own, so that training
    /// and reading meet strangers alike (Ratnaparkhi 1996).
    pub form: u64,
    pub lower: u64,
    /// Last 1, 2, 3, 4 characters and first 1, 2, 3, packed.
    pub suffixes: [u64; 4],
    pub prefixes: [u64; 3],
    /// Letters by kind: capitals, small, figures, marks.
    pub shape: u64,
    /// What the lexicon knows, inflections included.
    pub known: u64,
    pub ambiguity: u64,
    pub sense: u64,
    /// Lists of names that hold it.
    pub names: u64,
    /// The only tag it can have, plus one.
    pub certain: u32,
}

/// Stands for every word that the treebanks hardly hold.
const RARE: u64 = 7;

/// What stands outside a sentence.
const EDGE: Seen = Seen {
    word: 1,
    form: 1,
    lower: 1,
    suffixes: [1; 4],
    prefixes: [1; 3],
    shape: 99,
    known: 99,
    ambiguity: 999,
    sense: 999,
    names: 99,
    certain: 0,
};

impl Seen {
    /// Do the treebanks hardly hold it?
    #[must_use]
    pub const fn is_rare(&self) -> bool {
        self.ambiguity == 0
    }

    /// Looks a word up. `buffer` is room for its lower case.
    #[must_use]
    pub fn of(lexicon: &Lexicon<'_>, form: &str, buffer: &mut String) -> Self {
        buffer.clear();
        if form.is_ascii() {
            buffer.push_str(form);
            buffer.make_ascii_lowercase();
        } else {
            buffer.extend(form.chars().flat_map(char::to_lowercase).map(plain));
        }
        let form_hash = hash(form.as_bytes());
        let lower = hash(buffer.as_bytes());
        let entry = lexicon.entry(lower);
        let pack =
            |chars: &mut dyn Iterator<Item = char>| chars.fold(0_u64, |packed, c| packed << 16 | u64::from(c as u32 & 0xffff));
        let mut suffixes = [0; 4];
        let mut prefixes = [0; 3];
        let mut packed = 0;
        for (at, c) in buffer.chars().rev().take(4).enumerate() {
            packed = packed << 16 | u64::from(c as u32 & 0xffff);
            suffixes[at] = packed;
        }
        for (at, slot) in prefixes.iter_mut().enumerate() {
            *slot = pack(&mut buffer.chars().take(at + 1));
        }
        let base = entry.unwrap_or_default();
        let (inflected, stem) = if buffer.len() > 3 && buffer.is_ascii() { words::detached(lexicon, buffer) } else { (0, None) };
        let meant = if base.bits() == 0 { stem.unwrap_or(base) } else { base };
        let rare = base.ambiguity() == 0;
        Self {
            word: lower,
            form: if rare { RARE } else { form_hash },
            lower: if rare { RARE } else { lower },
            suffixes,
            prefixes,
            shape: shape(form),
            known: u64::from(base.bits() | base.main() << 5 | inflected << 8 | base.irregular() << 16),
            ambiguity: u64::from(base.ambiguity()),
            sense: u64::from(meant.noun() | meant.verb() << 5),
            names: u64::from(lexicon.naming(lower) | u32::from(base.is_often_name()) << 4),
            certain: lexicon.certain(form_hash).map_or(0, |class| class + 1),
        }
    }
}

/// Typographic quotes count as plain ones.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        other => other,
    }
}

fn shape(form: &str) -> u64 {
    let (mut upper, mut lower, mut digit, mut hyphen, mut other, mut dot) = (0_u64, 0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for c in form.chars() {
        if c.is_lowercase() {
            lower = 1;
        } else if c.is_uppercase() {
            upper = (upper + 1).min(3);
        } else if c.is_numeric() {
            digit = 1;
        } else if c == '-' {
            hyphen = 1;
        } else if c == '.' {
            dot = 1;
        } else {
            other = 1;
        }
    }
    let first = u64::from(form.starts_with(char::is_uppercase));
    upper | lower << 2 | digit << 3 | hyphen << 4 | dot << 5 | other << 6 | first << 7
}

/// The features of word `at`, whose two predecessors have the classes `before` (nearest first; plus one, 0 outside).
pub fn features(seen: &[Seen], at: usize, before: [u32; 2], out: &mut Vec<u64>) {
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|i| seen.get(i)).unwrap_or(&EDGE);
    let (here, left, left2, right, right2) = (word(0), word(-1), word(-2), word(1), word(2));
    let [one, two] = before.map(u64::from);
    let initial = u64::from(at == 0);
    let shape = here.shape << 1 | initial;
    let pair = one << 8 | two;
    out.clear();
    let mut template = 0;
    let mut add = |a: u64, b: u64| {
        out.push(key(template, a, b));
        template += 1;
    };
    add(here.form, 0);
    add(here.lower, 0);
    add(here.suffixes[0], shape);
    add(here.suffixes[1], 0);
    add(here.suffixes[2], 0);
    add(here.suffixes[3], 0);
    add(here.prefixes[0], shape);
    add(here.prefixes[1], 0);
    add(here.prefixes[2], 0);
    add(shape, 0);
    add(one, 0);
    add(pair, 0);
    add(one, here.lower);
    add(pair, here.lower);
    add(left.lower, 0);
    add(left.lower, here.lower);
    add(left2.lower, 0);
    add(right.lower, 0);
    add(right.lower, here.lower);
    add(right2.lower, 0);
    add(left.suffixes[2], 0);
    add(right.suffixes[2], 0);
    add(right.suffixes[1], one);
    add(here.known, shape);
    add(here.known, here.suffixes[1]);
    add(here.known, one);
    add(here.known, pair);
    add(right.known, one);
    add(here.known, right.known);
    add(right.ambiguity, one);
    add(here.ambiguity, one);
    add(here.ambiguity << 8 | right.ambiguity, one);
    add(right.ambiguity << 8 | right2.ambiguity, here.lower);
    add(right.lower, one);
    add(right.shape, shape);
    add(left.shape, shape << 8 | right.shape);
    add(here.sense, here.ambiguity);
    add(here.suffixes[2], one);
    add(here.suffixes[1], right.ambiguity);
    add(shape, one);
    add(here.ambiguity, left.lower);
    add(here.ambiguity, right.lower);
    add(pair, right.lower);
    add(here.names, shape);
    add(here.names << 5 | left.names, shape);
    add(here.names << 5 | right.names, shape << 8 | right.shape);
    add(here.names, one << 8 | shape);
    add(left.lower, right.lower);
    add(here.suffixes[2], shape);
    add(here.suffixes[2], right.ambiguity << 8 | left.ambiguity);
    add(here.known, left.lower);
    add(here.known, right.lower);
    add(here.lower, right.ambiguity);
    add(here.lower, right.suffixes[1]);
    add(here.known << 20 | right.known, one);
    add(here.lower, shape);
}

/// The tagger of one language.
#[derive(Clone, Debug)]
pub struct Tagger {
    weights: Weights<'static>,
    /// What each class stands for.
    pub classes: Vec<(Upos, u8)>,
}

impl Tagger {
    /// Layout: length of the class list `u32`, the list (`UPOS XPOS` per line), the weights.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let (classes, rest) = read_classes(bytes)?;
        Some(Self { weights: Weights::read(rest)?, classes })
    }

    /// Appends the class of each word of one sentence.
    pub fn tag(&self, seen: &[Seen], out: &mut Vec<u8>) {
        let mut keys = Vec::with_capacity(64);
        let mut before = [0, 0];
        for at in 0..seen.len() {
            let class = if seen[at].certain > 0 {
                seen[at].certain - 1
            } else {
                features(seen, at, before, &mut keys);
                let mut scores = [0_i32; CLASSES];
                self.weights.add_all(&keys, &mut scores);
                best(&scores, self.classes.len())
            };
            out.push(class as u8);
            before = [class + 1, before[0]];
        }
    }
}

/// The first class with the highest score.
pub fn best<T: PartialOrd + Copy>(scores: &[T], classes: usize) -> u32 {
    let mut top = 0;
    for class in 1..classes.min(scores.len()) {
        if scores[class] > scores[top] {
            top = class;
        }
    }
    top as u32
}

/// Reads a class list at the head of a file: its length `u32`, then `UPOS XPOS` per line. Also gives what follows.
#[must_use]
#[allow(clippy::type_complexity)] // two things that are read together
pub fn read_classes(bytes: &[u8]) -> Option<(Vec<(Upos, u8)>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (list, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let rows = std::str::from_utf8(list).ok()?.lines().filter_map(|line| line.split_once(' '));
    Some((rows.map(|(upos, xpos)| (Upos::of(upos), penn_index(xpos))).take(CLASSES).collect(), rest))
}

/// Writes a class list as [`read_classes`] reads it.
#[must_use]
pub fn class_list(classes: &[(Upos, u8)]) -> Vec<u8> {
    let lines: Vec<String> =
        classes.iter().map(|(upos, xpos)| format!("{} {}\n", upos.label(), PENN[usize::from(*xpos)])).collect();
    let list = lines.concat();
    [&(list.len() as u32).to_le_bytes()[..], list.as_bytes()].concat()
}
