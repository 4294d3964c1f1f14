//! Word → what the lexicon knows of it: parts of speech and senses from `WordNet`, tags from the treebanks. Read in place.

use super::weights::{hash, key};

/// A flat map from a hash to a number, embedded in the program.
///
/// Layout, little-endian: `DLM1`, bucket bits `u32`, count `u32`; one `u32` first entry per bucket and one past the last; the
/// entries `(low 32 bits of the hash, value)`. A stranger passes for a known word about once in four thousand million entries.
#[derive(Clone, Copy, Debug)]
pub struct FlatMap<'a> {
    bits: u32,
    firsts: &'a [u8],
    entries: &'a [u8],
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl<'a> FlatMap<'a> {
    /// Reads the header; `None` where the bytes are no such map. Also gives what follows it.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        if bytes.get(..4)? != b"DLM1" {
            return None;
        }
        let bits = number(bytes, 4).filter(|bits| (1..32).contains(bits))?;
        let count = number(bytes, 8)? as usize;
        let middle = 12 + ((1_usize << bits) + 1) * 4;
        let end = middle + count * 8;
        Some((Self { bits, firsts: bytes.get(12..middle)?, entries: bytes.get(middle..end)? }, bytes.get(end..)?))
    }

    #[inline]
    #[must_use]
    pub fn get(&self, hash: u64) -> Option<u32> {
        let bucket = (hash >> (64 - self.bits)) as usize;
        let first = number(self.firsts, bucket * 4)? as usize;
        let last = number(self.firsts, bucket * 4 + 4)? as usize;
        (first..last)
            .find_map(|entry| (number(self.entries, entry * 8)? == hash as u32).then(|| number(self.entries, entry * 8 + 4))?)
    }
}

/// Packs a map; the same entries give the same bytes in any order.
#[must_use]
pub fn pack_map(mut entries: Vec<(u64, u32)>) -> Vec<u8> {
    entries.sort_unstable();
    entries.dedup_by_key(|(hash, _)| *hash);
    let bits = (entries.len().max(2) as f64).log2().floor() as u32;
    let mut out = b"DLM1".to_vec();
    out.extend(bits.to_le_bytes());
    out.extend((entries.len() as u32).to_le_bytes());
    let mut at = 0;
    for bucket in 0..=(1_u64 << bits) {
        while at < entries.len() && entries[at].0 >> (64 - bits) < bucket {
            at += 1;
        }
        out.extend((at as u32).to_le_bytes());
    }
    for (hash, value) in &entries {
        out.extend((*hash as u32).to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out
}

/// What the lexicon knows of a lower-case word form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry(pub u32);

impl Entry {
    pub const NOUN: u32 = 1;
    pub const VERB: u32 = 2;
    pub const ADJECTIVE: u32 = 4;
    pub const ADVERB: u32 = 8;
    /// Its first noun sense is an instance: "paris".
    pub const NAME: u32 = 16;

    /// Puts the parts together. `noun` and `verb` are `WordNet`'s numbers of the lexicographer files (0: none).
    #[must_use]
    pub const fn new(bits: u32, noun: u32, verb: u32, main: u32, ambiguity: u32, irregular: u32) -> Self {
        let low = bits & 31 | (noun & 31) << 5 | (verb & 15) << 10;
        Self(low | (main & 7) << 14 | (ambiguity & 255) << 17 | (irregular & 7) << 25)
    }

    /// Which of the bits above are set.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0 & 31
    }

    /// Lexicographer file of the first noun sense, minus 2 (1 act … 26 Tops); 0 for none.
    #[must_use]
    pub const fn noun(self) -> u32 {
        self.0 >> 5 & 31
    }

    /// Lexicographer file of the first verb sense, minus 28 (1 body … 15 weather); 0 for none.
    #[must_use]
    pub const fn verb(self) -> u32 {
        self.0 >> 10 & 15
    }

    /// The same, marked as a word that is a proper name in a fifth of its places in the treebanks or more.
    #[must_use]
    pub const fn often_name(self) -> Self {
        Self(self.0 | 1 << 28)
    }

    #[must_use]
    pub const fn is_often_name(self) -> bool {
        self.0 >> 28 & 1 == 1
    }

    /// An irregular form in `WordNet`'s lists: 1 plural, 2 verb form, 4 comparative.
    #[must_use]
    pub const fn irregular(self) -> u32 {
        self.0 >> 25 & 7
    }

    /// The part of speech it mostly is in `WordNet`'s tagged texts: 0 unknown, 1 noun, 2 verb, 3 adjective, 4 adverb.
    #[must_use]
    pub const fn main(self) -> u32 {
        self.0 >> 14 & 7
    }

    /// Number of the set of tags it has in the treebanks; 0 for rare and unknown words.
    #[must_use]
    pub const fn ambiguity(self) -> u32 {
        self.0 >> 17 & 255
    }
}

/// The lexicon of one language.
#[derive(Clone, Debug)]
pub struct Lexicon<'a> {
    words: FlatMap<'a>,
    certain: FlatMap<'a>,
    lemmas: FlatMap<'a>,
    names: FlatMap<'a>,
    /// Word endings that lemma rules append.
    endings: Vec<&'a str>,
}

/// Tables have separate hash spaces in the key's template.
pub const WORDS: u32 = 1;
pub const CERTAIN: u32 = 2;
pub const LEMMAS: u32 = 3;
pub const NAMES: u32 = 4;

/// What the lists of names say of a word, as bits.
pub mod naming {
    pub const GIVEN: u32 = 1;
    pub const SURNAME: u32 = 2;
    pub const PLACE: u32 = 4;
    pub const DEMONYM: u32 = 8;
}

/// The key of a word in one of the tables above.
#[inline]
#[must_use]
pub const fn word_key(table: u32, word: u64, more: u64) -> u64 {
    key(table, word, more)
}

impl<'a> Lexicon<'a> {
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (words, rest) = FlatMap::read(bytes)?;
        let (certain, rest) = FlatMap::read(rest)?;
        let (lemmas, rest) = FlatMap::read(rest)?;
        let (names, rest) = FlatMap::read(rest)?;
        Some(Self { words, certain, lemmas, names, endings: std::str::from_utf8(rest).ok()?.lines().collect() })
    }

    /// By the hash of the lower-case form.
    #[inline]
    #[must_use]
    pub fn entry(&self, lower: u64) -> Option<Entry> {
        self.words.get(word_key(WORDS, lower, 0)).map(Entry)
    }

    /// The entry of a written word in lower case.
    #[must_use]
    pub fn of(&self, lower: &str) -> Option<Entry> {
        self.entry(hash(lower.as_bytes()))
    }

    /// The only tag this very form ever has (its number in the tagger), by the hash of the form.
    #[inline]
    #[must_use]
    pub fn certain(&self, form: u64) -> Option<u32> {
        self.certain.get(word_key(CERTAIN, form, 0))
    }

    /// Bits of [`naming`], by the hash of the lower-case form.
    #[inline]
    #[must_use]
    pub fn naming(&self, lower: u64) -> u32 {
        self.names.get(word_key(NAMES, lower, 0)).unwrap_or(0)
    }

    /// How a form becomes its lemma in a part of speech: how many bytes to take away and what to append.
    #[must_use]
    pub fn lemma_rule(&self, lower: u64, class: u64) -> Option<(usize, &'a str)> {
        let rule = self.lemmas.get(word_key(LEMMAS, lower, class))?;
        Some(((rule & 31) as usize, *self.endings.get((rule >> 5) as usize)?))
    }
}

/// Inflections that an unknown form could be of known words: bits of what [`detached`] found.
pub mod inflection {
    pub const PLURAL: u32 = 1;
    pub const THIRD: u32 = 2;
    pub const PAST: u32 = 4;
    pub const GERUND: u32 = 8;
    pub const COMPARATIVE: u32 = 16;
    pub const SUPERLATIVE: u32 = 32;
    pub const ADVERB: u32 = 64;
}

/// Looks for base forms of `lower` in the lexicon by taking off English endings (as `WordNet`'s morphy does): "grappled" →
/// `PAST` because "grapple" is a verb. Also what is known of the first base form found.
#[must_use]
pub fn detached(lexicon: &Lexicon<'_>, lower: &str) -> (u32, Option<Entry>) {
    use inflection::{ADVERB, COMPARATIVE, GERUND, PAST, PLURAL, SUPERLATIVE, THIRD};
    let mut found = 0;
    let mut first = None;
    let mut try_base = |base: &[&str], bit: u32, flag: u32| {
        let mut buffer = [0_u8; 40];
        let mut length = 0;
        for part in base {
            if length + part.len() > buffer.len() {
                return;
            }
            buffer[length..length + part.len()].copy_from_slice(part.as_bytes());
            length += part.len();
        }
        if length > 1
            && let Some(entry) = lexicon.entry(hash(&buffer[..length])).filter(|entry| entry.bits() & bit != 0)
        {
            found |= flag;
            first = first.or(Some(entry));
        }
    };
    let doubled = |stem: &str| {
        let bytes = stem.as_bytes();
        bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] && bytes[bytes.len() - 1].is_ascii_alphabetic()
    };
    if let Some(stem) = lower.strip_suffix('s') {
        for (bit, flag) in [(Entry::NOUN, PLURAL), (Entry::VERB, THIRD)] {
            try_base(&[stem], bit, flag);
            if let Some(short) = stem.strip_suffix("ie") {
                try_base(&[short, "y"], bit, flag);
            }
            if let Some(short) = stem.strip_suffix('e') {
                try_base(&[short], bit, flag);
            }
        }
    }
    for (ending, flag) in [("ed", PAST), ("ing", GERUND)] {
        if let Some(stem) = lower.strip_suffix(ending) {
            try_base(&[stem], Entry::VERB, flag);
            try_base(&[stem, "e"], Entry::VERB, flag);
            if doubled(stem) {
                try_base(&[&stem[..stem.len() - 1]], Entry::VERB, flag);
            }
            if let Some(short) = stem.strip_suffix('i') {
                try_base(&[short, "y"], Entry::VERB, flag);
            }
        }
    }
    for (ending, flag) in [("er", COMPARATIVE), ("est", SUPERLATIVE)] {
        if let Some(stem) = lower.strip_suffix(ending) {
            try_base(&[stem], Entry::ADJECTIVE, flag);
            try_base(&[stem, "e"], Entry::ADJECTIVE, flag);
            if let Some(short) = stem.strip_suffix('i') {
                try_base(&[short, "y"], Entry::ADJECTIVE, flag);
            }
        }
    }
    if let Some(stem) = lower.strip_suffix("ly") {
        try_base(&[stem], Entry::ADJECTIVE, ADVERB);
        try_base(&[stem, "le"], Entry::ADJECTIVE, ADVERB);
    }
    (found, first)
}
