//! Word table → classes and values of single words.

use std::collections::HashMap;

/// What a word can be in a rule. The names are those used in the rule tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    Month,
    Weekday,
    /// day, week … as a count or a calendar unit.
    Unit,
    /// "days", "weeks": the plural forms alone.
    Units,
    Season,
    /// morning, evening, night.
    Part,
    /// January … as plural or possessive do not occur here: "Mondays", "mornings".
    Weekdays,
    /// one … ninety, hundred, thousand.
    Number,
    /// first … thirty-first.
    Ordinal,
    /// "early", "late", "mid" before a date.
    Edge,
    /// "about", "nearly", "more than" before an amount.
    About,
    /// Time zones.
    Zone,
    /// AM or PM.
    Meridiem,
    /// Words that make what hangs on them future.
    Future,
    /// Finite past verbs.
    Past,
    /// Finite present verbs.
    Present,
    /// Ends a clause.
    Boundary,
    /// Prepositions of time.
    Prep,
    /// Words after which a number is no year, and units of other things.
    Measure,
    /// Verb of saying, past.
    Said,
    /// Quarter-related nouns: quarter, period.
    Report,
    /// Nouns and titles before a name of a month that is a person.
    Article,
    /// Word that an amount may begin with: a, an, few, several.
    Vague,
    /// Business words of results: earnings, profit, sales.
    Money,
    /// Infinitive particle.
    To,
    /// Past verbs that make an infinitive below them future: "agreed to meet Monday".
    Plan,
    /// daily, weekly, annual.
    Rate,
}

impl Class {
    pub const ALL: [(&'static str, Self); 27] = [
        ("MONTH", Self::Month),
        ("WEEKDAY", Self::Weekday),
        ("UNIT", Self::Unit),
        ("UNITS", Self::Units),
        ("SEASON", Self::Season),
        ("PART", Self::Part),
        ("WEEKDAYS", Self::Weekdays),
        ("NUMBER", Self::Number),
        ("ORDINAL", Self::Ordinal),
        ("EDGE", Self::Edge),
        ("ABOUT", Self::About),
        ("ZONE", Self::Zone),
        ("MERIDIEM", Self::Meridiem),
        ("FUTURE", Self::Future),
        ("PAST", Self::Past),
        ("PRESENT", Self::Present),
        ("BOUNDARY", Self::Boundary),
        ("PREP", Self::Prep),
        ("MEASURE", Self::Measure),
        ("SAID", Self::Said),
        ("REPORT", Self::Report),
        ("ARTICLE", Self::Article),
        ("VAGUE", Self::Vague),
        ("MONEY", Self::Money),
        ("TO", Self::To),
        ("PLAN", Self::Plan),
        ("RATE", Self::Rate),
    ];

    pub const fn bit(self) -> u64 {
        1 << self as u32
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
    }
}

/// What the table says about one word.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub word: u16,
    pub classes: u64,
    /// Classes that hold only where the word is capitalised: "May", "Sun".
    capital: u64,
    /// May be followed by a dot that belongs to it: "Sept."
    pub abbreviation: bool,
    values: Vec<(Class, i32)>,
}

/// All words that rules speak of.
#[derive(Debug, Default)]
pub struct Words {
    known: HashMap<Box<str>, u16>,
    rows: Vec<Known>,
    /// The same rows without the classes that need a capital.
    small: Vec<Known>,
    /// Words from this number on occur in names of holidays alone.
    festive: Option<u16>,
}

impl Words {
    /// Reads `CLASS value word word …` lines; `CLASS!` needs a capital, a word ending in a dot is an abbreviation.
    pub fn read(table: &str) -> Self {
        let mut words = Self { rows: vec![Known::default()], ..Self::default() };
        for line in table.lines() {
            let line = line.split('#').next().unwrap_or("").trim();
            let mut parts = line.split_ascii_whitespace();
            let (Some(class), Some(value)) = (parts.next(), parts.next()) else { continue };
            let capital = class.ends_with('!');
            let Some(class) = Class::named(class.trim_end_matches('!')) else { continue };
            let Ok(value) = value.parse::<i32>() else { continue };
            for word in parts {
                let plain = word.trim_end_matches('.');
                let number = words.intern(plain);
                let row = &mut words.rows[usize::from(number)];
                row.classes |= class.bit();
                if capital {
                    row.capital |= class.bit();
                }
                row.abbreviation |= plain.len() < word.len();
                row.values.push((class, value));
            }
        }
        words
    }

    /// The number of a word, new or known.
    pub fn intern(&mut self, word: &str) -> u16 {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let number = u16::try_from(self.rows.len()).unwrap_or(0);
        self.rows.push(Known { word: number, ..Known::default() });
        self.known.insert(word.into(), number);
        number
    }

    /// To be called before the names of holidays are read.
    pub fn begin_holidays(&mut self) {
        self.festive = Some(self.count());
    }

    /// Does no rule but the name of a holiday know this word?
    pub fn is_plain(&self, word: u16) -> bool {
        word == 0 || self.festive.is_some_and(|first| word >= first)
    }

    pub fn is_festive(&self, word: u16) -> bool {
        word != 0 && self.is_plain(word)
    }

    /// To be called when all words are in.
    pub fn close(&mut self) {
        self.small = self.rows.iter().map(|row| Known { classes: row.classes & !row.capital, ..row.clone() }).collect();
    }

    pub fn count(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    pub fn look_up(&self, lower: &str, capital: bool) -> Option<&Known> {
        let number = usize::from(*self.known.get(lower)?);
        Some(if capital { &self.rows[number] } else { &self.small[number] })
    }

    /// The value of a word in a class.
    pub fn value(&self, word: u16, class: Class) -> Option<i32> {
        let row = self.rows.get(usize::from(word))?;
        row.values.iter().find(|(of, _)| *of == class).map(|(_, value)| *value)
    }
}
