//! Embedded lists → what is known of a word or of a run of words before any sentence is read.

use std::collections::HashMap;

use crate::lang::weights::{hash, key};

/// What the lists say of one word, one bit each.
pub mod bit {
    pub const FIRST: u32 = 1;
    pub const LAST: u32 = 1 << 1;
    pub const TITLE: u32 = 1 << 2;
    pub const ORG_HEAD: u32 = 1 << 3;
    pub const ORG_SUFFIX: u32 = 1 << 4;
    pub const PLACE_HEAD: u32 = 1 << 5;
    pub const PARTICLE: u32 = 1 << 6;
    pub const CALENDAR: u32 = 1 << 7;
    pub const SAYING: u32 = 1 << 8;
    pub const ROLE: u32 = 1 << 9;
    /// An English word that is written small.
    pub const COMMON: u32 = 1 << 10;
    pub const TITLE_LEAD: u32 = 1 << 11;
    pub const OFFICE: u32 = 1 << 12;
    pub const HONORIFIC: u32 = 1 << 13;
    pub const DEMONYM: u32 = 1 << 14;
    pub const KIN: u32 = 1 << 15;
    pub const FEMALE: u32 = 1 << 16;
    pub const MALE: u32 = 1 << 17;
    pub const ROLE_SINGULAR: u32 = 1 << 18;
    pub const GROUP_HEAD: u32 = 1 << 19;
    pub const ORG_NOMINAL: u32 = 1 << 20;
    pub const COMPANY_NOMINAL: u32 = 1 << 21;
    pub const ARMED_NOMINAL: u32 = 1 << 22;
    pub const PARTY_NOMINAL: u32 = 1 << 23;
    pub const COUNTRY_NOMINAL: u32 = 1 << 24;
    pub const POPULATION: u32 = 1 << 25;
    pub const FEMALE_NAME: u32 = 1 << 26;
    pub const MALE_NAME: u32 = 1 << 27;
}

const CLASSES: &[(&str, u32)] = &[
    ("title", bit::TITLE),
    ("honorific", bit::HONORIFIC),
    ("titlelead", bit::TITLE_LEAD),
    ("office", bit::OFFICE),
    ("orghead", bit::ORG_HEAD),
    ("orgsuffix", bit::ORG_SUFFIX),
    ("placehead", bit::PLACE_HEAD),
    ("particle", bit::PARTICLE),
    ("kin", bit::KIN),
    ("calendar", bit::CALENDAR),
    ("saying", bit::SAYING),
    ("female", bit::FEMALE),
    ("male", bit::MALE),
    ("role", bit::ROLE),
    ("rolesg", bit::ROLE_SINGULAR),
    ("grouphead", bit::GROUP_HEAD),
    ("orgnominal", bit::ORG_NOMINAL),
    ("companynominal", bit::COMPANY_NOMINAL),
    ("armednominal", bit::ARMED_NOMINAL),
    ("partynominal", bit::PARTY_NOMINAL),
    ("countrynominal", bit::COUNTRY_NOMINAL),
    ("population", bit::POPULATION),
];

/// What the lists say of one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// See [`bit`].
    pub bits: u32,
    /// `WordNet`'s lexicographer file of the first sense as noun and as verb, a letter each; 0 for none.
    pub noun: u8,
    pub verb: u8,
    /// Phrases may begin with this word.
    starts: bool,
}

/// Kind of an organisation, as `organisations.tsv` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrgKind {
    Igo,
    Armed,
    Party,
    Company,
    Media,
    Agency,
    Ngo,
    Military,
    Court,
    Parliament,
    Team,
    University,
    Church,
    Government,
}

impl OrgKind {
    fn of(name: &str) -> Self {
        match name {
            "igo" => Self::Igo,
            "armed" => Self::Armed,
            "party" => Self::Party,
            "company" => Self::Company,
            "media" => Self::Media,
            "ngo" => Self::Ngo,
            "military" => Self::Military,
            "court" => Self::Court,
            "parliament" => Self::Parliament,
            "team" => Self::Team,
            "university" => Self::University,
            "church" => Self::Church,
            "government" => Self::Government,
            _ => Self::Agency,
        }
    }
}

/// A name known beforehand.
#[derive(Clone, Debug)]
pub struct Recurring {
    pub name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    /// `None` for a person.
    pub org: Option<OrgKind>,
    pub office: &'static str,
}

/// What a run of words is known as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// Row of [`NameBook::recurring`], and whether the name is an acronym, to be met in capitals only.
    Organisation(u32, Acronym),
    Person(u32),
    Place,
    Title,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acronym {
    Yes,
    No,
}

/// Recurring names of world news, offices and titles, given names and surnames, senses of common words.
#[derive(Debug, Default)]
pub struct NameBook {
    words: HashMap<u64, Known>,
    phrases: HashMap<u64, Phrase>,
    pub recurring: Vec<Recurring>,
    surnames: HashMap<u64, Option<u32>>,
}

const TEMPLATE: u32 = 900;
/// Words of the longest phrase that is looked up; the longest listed name has ten.
pub const LONGEST_PHRASE: usize = 10;

/// A word as the lists hold it: small, without marks, accents of Latin letters dropped. `None` where no letter or digit is left.
pub fn fold(word: &str, into: &mut String) -> bool {
    into.clear();
    if word.is_ascii() {
        into.extend(word.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())));
        return !into.is_empty();
    }
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ả'..='ặ' | 'ǎ' | 'ə' | 'ạ' => into.push('a'),
            'æ' => into.push_str("ae"),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => into.push('c'),
            'ď' | 'đ' | 'ð' => into.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => into.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => into.push('g'),
            'ĥ' | 'ħ' | 'ḥ' => into.push('h'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => into.push('i'),
            'ĵ' => into.push('j'),
            'ķ' => into.push('k'),
            'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => into.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => into.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => into.push('o'),
            'œ' => into.push_str("oe"),
            'ŕ' | 'ŗ' | 'ř' => into.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => into.push('s'),
            'ß' => into.push_str("ss"),
            'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' => into.push('t'),
            'þ' => into.push_str("th"),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => into.push('u'),
            'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => into.push('y'),
            'ź' | 'ż' | 'ž' => into.push('z'),
            // Combining marks and apostrophes vanish.
            c if c.is_alphanumeric() => into.push(c),
            _ => {}
        }
    }
    !into.is_empty()
}

/// Hash of a folded word.
pub fn word_hash(folded: &str) -> u64 {
    hash(folded.as_bytes())
}

/// Hash of a run of words from the hash of the run so far (0 for none) and the next word's.
pub fn phrase_hash(before: u64, word: u64) -> u64 {
    key(TEMPLATE, before, word)
}

/// The words of a listed name, cut as running text is cut: at spaces, hyphens, slashes and before a possessive s.
fn words_of(name: &str) -> Vec<u64> {
    let mut folded = String::new();
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | ','))
        .flat_map(|piece| {
            let cut = piece.strip_suffix("'s").or_else(|| piece.strip_suffix("’s"));
            cut.map_or([piece, ""], |stem| [stem, "s"])
        })
        .filter_map(|piece| if fold(piece, &mut folded) { Some(word_hash(&folded)) } else { None })
        .collect()
}

impl NameBook {
    /// Reads the embedded lists.
    #[must_use]
    pub fn load() -> Self {
        let mut book = Self { words: HashMap::with_capacity(120_000), ..Self::default() };
        for line in include_str!("../../../assets/names/senses.tsv").lines() {
            let Some((code, words)) = line.split_once('\t') else { continue };
            let letter = |at: usize| code.as_bytes().get(at).copied().filter(|b| *b != b'-').unwrap_or(0);
            for word in words.split(' ') {
                let known = book.words.entry(word_hash(word)).or_default();
                known.bits |= bit::COMMON;
                known.noun = letter(0);
                known.verb = letter(1);
            }
        }
        for line in include_str!("../../../assets/names/first.txt").lines() {
            let (word, gender) = line.split_once(' ').unwrap_or((line, ""));
            book.words.entry(word_hash(word)).or_default().bits |= bit::FIRST
                | match gender {
                    "f" => bit::FEMALE_NAME,
                    "m" => bit::MALE_NAME,
                    _ => 0,
                };
        }
        for word in include_str!("../../../assets/names/last.txt").lines() {
            book.words.entry(word_hash(word)).or_default().bits |= bit::LAST;
        }
        let mut folded = String::new();
        for word in include_str!("../../../assets/names/demonyms.txt").lines() {
            if fold(word, &mut folded) {
                book.words.entry(word_hash(&folded)).or_default().bits |= bit::DEMONYM;
            }
        }
        for line in include_str!("../../../assets/names/words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let Some((class, words)) = line.split_once('\t') else { continue };
            let bit = CLASSES.iter().find(|(name, _)| *name == class).map_or(0, |(_, bit)| *bit);
            for listed in words.split(',').map(str::trim) {
                let cut = words_of(listed);
                match cut[..] {
                    [] => {}
                    [one] => book.words.entry(one).or_default().bits |= bit,
                    _ if bit == bit::TITLE => {
                        if let Some(last) = cut.last() {
                            book.words.entry(*last).or_default();
                        }
                        book.add_phrase(&cut, Phrase::Title);
                    }
                    _ => {}
                }
            }
        }
        for name in include_str!("../../../assets/names/places.txt").lines() {
            book.add_phrase(&words_of(name), Phrase::Place);
        }
        book.add_recurring(include_str!("../../../assets/names/organisations.tsv"), true);
        book.add_recurring(include_str!("../../../assets/names/people.tsv"), false);
        book
    }

    fn add_phrase(&mut self, words: &[u64], phrase: Phrase) {
        if let Some(first) = words.first() {
            self.words.entry(*first).or_default().starts = true;
            self.phrases.insert(words.iter().fold(0, |run, word| phrase_hash(run, *word)), phrase);
        }
    }

    /// Lines of three columns: kind and country of an organisation, or country and office of a person; then names with `|`.
    fn add_recurring(&mut self, table: &'static str, organisations: bool) {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(a), Some(b), Some(names)) = (columns.next(), columns.next(), columns.next()) else { continue };
            let (country, org, office) = if organisations { (b, Some(OrgKind::of(a)), "") } else { (a, None, b) };
            let row = self.recurring.len() as u32;
            let mut all = names.split('|');
            let Some(name) = all.next() else { continue };
            self.recurring.push(Recurring { name, country: Some(country).filter(|c| *c != "-"), org, office });
            for alias in std::iter::once(name).chain(all) {
                let words = words_of(alias);
                let acronym = alias.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && words.len() == 1;
                let phrase = if organisations {
                    Phrase::Organisation(row, if acronym { Acronym::Yes } else { Acronym::No })
                } else {
                    Phrase::Person(row)
                };
                self.add_phrase(&words, phrase);
                if !organisations && let Some(last) = words.last() {
                    // A surname that two recurring figures share names neither.
                    let entry = self.surnames.entry(*last).or_insert(Some(row));
                    if *entry != Some(row) {
                        *entry = None;
                    }
                }
            }
        }
    }

    /// What is known of a folded word.
    #[must_use]
    pub fn word(&self, hash: u64) -> Known {
        self.words.get(&hash).copied().unwrap_or_default()
    }

    /// The longest listed phrase at the head of `words` (hash and number of tokens it takes, marks included).
    #[must_use]
    pub fn longest(&self, known: Known, words: impl Iterator<Item = (u64, usize)>) -> Option<(Phrase, usize)> {
        if !known.starts {
            return None;
        }
        let mut run = 0;
        let mut found = None;
        for (word, tokens) in words.take(LONGEST_PHRASE) {
            run = phrase_hash(run, word);
            if let Some(phrase) = self.phrases.get(&run) {
                found = Some((*phrase, tokens));
            }
        }
        found
    }

    /// The listed name that these words are, whole.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Phrase> {
        self.phrases.get(&words_of(name).iter().fold(0, |run, word| phrase_hash(run, *word))).copied()
    }

    /// The one recurring figure with this surname.
    #[must_use]
    pub fn figure(&self, surname: &str) -> Option<&Recurring> {
        let words = words_of(surname);
        let row = (*self.surnames.get(words.last()?)?)?;
        self.recurring.get(row as usize)
    }

    /// What the lists say of a word as it stands in a text.
    #[must_use]
    pub fn look(&self, word: &str) -> Known {
        let mut folded = String::new();
        if fold(word, &mut folded) { self.word(word_hash(&folded)) } else { Known::default() }
    }
}
