//! Words around a name → what they say of it: locative, title, body, saying, motion. The lists are data, in
//! `assets/gazetteer/src/cues.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const GIVEN_NAMES: &str = include_str!("../../../assets/gazetteer/src/given_names.txt");
const WORDS: &str = include_str!("../../../assets/gazetteer/src/words.txt");
const NOT_PLACES: &str = include_str!("../../../assets/gazetteer/src/not_places.txt");

const CUES: &str = include_str!("../../../assets/gazetteer/src/cues.tsv");

/// Word → the lists it stands in, one bit each, in the order of `LISTS`. Only looked up, never walked.
static LISTED: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut listed = HashMap::new();
    for (list, words) in CUES.lines().filter_map(|line| line.split_once('\t')) {
        if let Some(bit) = LISTS.iter().position(|name| *name == list) {
            for word in words.split(' ') {
                *listed.entry(word).or_insert(0) |= 1 << bit;
            }
        }
    }
    listed
});

const LISTS: [&str; 24] = [
    "inside",
    "away",
    "toward",
    "blow",
    "gathering",
    "statecraft",
    "affair",
    "dealing",
    "title",
    "body",
    "paper",
    "street",
    "settlement",
    "division",
    "language_cue",
    "side",
    "never_alone",
    "extends",
    "calendar",
    "hazard",
    "shaken",
    "preposition",
    "of_place",
    "also_given",
];

fn stands_in(word: &str, bit: usize) -> bool {
    LISTED.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
}

/// Word lists that are too long for a `match`. Only looked up, never walked.
#[derive(Debug)]
pub struct WordLists {
    given_names: HashSet<&'static str>,
    common: HashSet<&'static str>,
    not_places: HashSet<&'static str>,
}

impl WordLists {
    #[must_use]
    pub fn load() -> Self {
        let set = |text: &'static str| text.lines().filter(|line| !line.starts_with('#')).collect();
        Self { given_names: set(GIVEN_NAMES), common: set(WORDS), not_places: set(NOT_PLACES) }
    }

    pub(super) fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    /// A body, product or people of world news that is also a name of some small place ("Nato", "Hamas").
    pub(super) fn is_no_place(&self, word: &str) -> bool {
        self.not_places.contains(word)
    }

    /// An English word that is also a name of some place ("nice", "reading", "mobile").
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }
}

/// "in Paris": something is or happens there.
pub(super) fn is_inside(word: &str) -> bool {
    stands_in(word, 0)
}

/// "from Paris".
pub(super) fn is_away(word: &str) -> bool {
    stands_in(word, 1)
}

/// "to Paris".
pub(super) fn is_toward(word: &str) -> bool {
    stands_in(word, 2)
}

/// What is done to a place: "the attack on X", "strikes against X".
pub(super) fn is_blow(word: &str) -> bool {
    stands_in(word, 3)
}

/// "the Paris talks": the noun makes the name before it a venue.
pub(super) fn is_gathering(word: &str) -> bool {
    stands_in(word, 4)
}

/// "Washington signals": a government speaks or decides. Third person, past and bare forms.
pub(super) fn is_statecraft(word: &str) -> bool {
    let stem = |word: &str| stands_in(word, 5);
    // "signalled"
    let doubled = word.strip_suffix("led").is_some_and(|head| head.ends_with('l') && stem(head));
    doubled || stem(word) || ["s", "es", "ed", "d"].iter().any(|ending| word.strip_suffix(ending).is_some_and(stem))
}

/// What a capital has when it stands for its government: "Moscow's position", "relations with Moscow".
pub(super) fn is_affair(word: &str) -> bool {
    stands_in(word, 6)
}

/// "ties with Moscow", "talks between Washington and Tehran", "told Moscow".
pub(super) fn is_dealing(word: &str) -> bool {
    stands_in(word, 7)
}

/// A word before a person's name.
pub(super) fn is_title(word: &str) -> bool {
    stands_in(word, 8)
}

/// The rest of a body's name: "Paris Police Department", "Ohio State University".
pub(super) fn is_body(word: &str) -> bool {
    stands_in(word, 9)
}

/// "The Washington Post": the name belongs to a paper.
pub(super) fn is_paper(word: &str) -> bool {
    stands_in(word, 10)
}

/// "Memphis Street": an address, not the town.
pub(super) fn is_street(word: &str) -> bool {
    stands_in(word, 11)
}

/// "the city of X".
pub(super) fn is_settlement(word: &str) -> bool {
    stands_in(word, 12)
}

/// "X Province", "the province of X".
pub(super) fn is_division(word: &str) -> bool {
    stands_in(word, 13)
}

/// A language rather than a people: "speaks Arabic", "in English".
pub(super) fn is_language_cue(word: &str) -> bool {
    stands_in(word, 14)
}

/// "north of X", "the outskirts of X".
pub(super) fn is_side(word: &str) -> bool {
    stands_in(word, 15)
}

/// Capitalised words that are names of places somewhere, and hardly ever mean them when they stand alone.
pub(super) fn is_never_alone(word: &str) -> bool {
    stands_in(word, 16)
}

/// "Kanawha River", "Hamilton Township": the town's name begins a longer one.
pub(super) fn extends(word: &str) -> bool {
    stands_in(word, 17)
}

/// Months and days of the week.
pub(super) fn is_calendar(word: &str) -> bool {
    stands_in(word, 18)
}

/// What strikes without aim.
pub(super) fn is_hazard(word: &str) -> bool {
    stands_in(word, 19)
}

/// Verbs whose object is where a thing happens.
pub(super) fn is_shaken(word: &str) -> bool {
    stands_in(word, 20)
}

/// A preposition before a name.
pub(super) fn is_preposition(word: &str) -> bool {
    is_inside(word) || stands_in(word, 21)
}

/// What a place does or suffers, as against its government: "lies", "was flooded".
pub(super) fn is_of_place(word: &str) -> bool {
    stands_in(word, 22)
}

/// Countries whose names people bear as well.
pub(super) fn is_also_given(word: &str) -> bool {
    stands_in(word, 23)
}
