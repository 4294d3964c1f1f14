//! Words of an article → spots: runs of words that may name a place, each with the features of its surroundings.
//!
//! A small logistic model over these features says whether the spot means a place; its weights are data
//! (`assets/gazetteer/weights.tsv`), learned by `dateline-assets gazetteer-learn`. The features look at classes of words and
//! at the gazetteer, never at single names, so nothing of a training text is remembered.

use std::collections::{HashMap, HashSet};

use super::cues;
use crate::extract::{NameKind, NameMention};
use crate::gazetteer::fold::{Caps, Join, Words};
use crate::gazetteer::{Found, Gazetteer, Reading, Ref, Sense, Surface};
use crate::lang::Parsed;
use crate::model::{PlaceKind, Span};

/// A run of words that may name a place.
#[derive(Clone, Debug)]
pub struct Spot {
    /// First word and number of words.
    pub first: usize,
    pub len: usize,
    pub span: Span,
    /// Folded name.
    pub key: String,
    /// Readings that the surface allows; never empty.
    pub readings: Vec<Reading>,
    /// A longer name that only begins with the known one ("Kanawha River").
    pub is_extended: bool,
    /// "Turkish", "Gazans": a word of origin and nothing else.
    pub is_demonym: bool,
    pub features: [f32; SPOT_FEATURES.len()],
    /// Probability that it means a place, 0..=1.
    pub probability: f32,
}

/// In the order of `Spot::features`.
pub const SPOT_FEATURES: [&str; 60] = [
    "bias",
    "country",
    "admin1",
    "region",
    "venue",
    "county",
    "city",
    "population",
    "alternate-only",
    "one-word",
    "long",
    "sentence-start",
    "common-word",
    "lower-elsewhere",
    "after-in",
    "after-from-to",
    "after-of",
    "after-preposition",
    "after-the",
    "after-capital",
    "after-given-name",
    "after-title",
    "after-initial",
    "given-name",
    "before-capital",
    "before-body",
    "before-paper",
    "before-street",
    "pair-before",
    "pair-after",
    "possessive",
    "before-verb",
    "all-capitals",
    "person-elsewhere",
    "repeated",
    "named-person",
    "named-organisation",
    "named-place",
    "named-nothing",
    "cue-before",
    "cue-after",
    "dateline",
    "abbreviation",
    "list",
    "hyphen-before",
    "hyphen-after",
    "in-organisation-first",
    "capital-run-long",
    "before-capital-body",
    "after-place",
    "small-town-common",
    "one-word-city-capital-next",
    "elsewhere-located",
    "near-home",
    "county-full",
    "saint-body",
    "extended",
    "after-direction",
    "before-ground",
    "large-city",
];

/// Row of a feature.
///
/// # Panics
/// On a name that is none of the features, which tests would show.
#[must_use]
pub fn feature(name: &str) -> usize {
    SPOT_FEATURES.iter().position(|one| *one == name).expect("features are asked for by names in the table above")
}

/// What all spots of an article are looked at against.
pub struct Scene<'a> {
    pub text: &'a str,
    pub words: Words,
    pub gazetteer: &'a Gazetteer,
    pub lists: &'a cues::WordLists,
    pub names: &'a [NameMention],
    /// The town the article was written for.
    home: Option<Ref>,
    /// Folded words that stand uncapitalised somewhere. Only looked up.
    lower: HashSet<&'a str>,
    /// Folded words that are part of a person's name somewhere. Only looked up.
    persons: HashSet<String>,
    /// Where finite verbs begin. Only looked up.
    verbs: HashSet<u32>,
}

impl<'a> Scene<'a> {
    #[must_use]
    pub fn new(
        text: &'a str,
        parsed: &Parsed,
        gazetteer: &'a Gazetteer,
        lists: &'a cues::WordLists,
        names: &'a [NameMention],
        home: Option<Ref>,
    ) -> Self {
        let words = Words::of(text);
        let finite = parsed.tokens.iter().filter(|token| matches!(token.penn(), "VBD" | "VBZ" | "VBP" | "MD"));
        let verbs = finite.map(|token| token.span.start).collect();
        let mut scene =
            Self { text, words, gazetteer, lists, names, home, lower: HashSet::new(), persons: HashSet::new(), verbs };
        for word in scene.words.list() {
            if word.caps == Caps::Lower {
                scene.lower.insert(&text[word.start as usize..word.end as usize]);
            }
        }
        for at in 0..scene.words.len() {
            if scene.is_given_at(at) {
                let mut next = at + 1;
                // a middle initial
                if scene.words.key(next).len() == 1 {
                    next += 1;
                }
                if scene.is_capital(next)
                    && matches!(scene.join(next), Join::Space | Join::Dot)
                    && scene.join(at + 1) == Join::Space
                {
                    scene.persons.insert(scene.words.key(next).to_owned());
                }
            }
        }
        for name in names.iter().filter(|name| name.kind == NameKind::Person && name.score >= 0.6) {
            for word in name.span.of(text).split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2) {
                scene.persons.insert(crate::gazetteer::fold::key_of(word));
            }
        }
        scene
    }

    fn is_given_at(&self, at: usize) -> bool {
        self.words.list().get(at).is_some_and(|word| word.caps == Caps::Title) && self.lists.is_given_name(self.words.key(at))
    }

    /// Is the word at `at` tagged as a finite verb?
    pub fn is_finite(&self, at: usize) -> bool {
        self.words.list().get(at).is_some_and(|word| self.verbs.contains(&word.start))
    }

    /// Is the word at `at` in capitals only?
    pub fn is_shout(&self, at: usize) -> bool {
        self.words.list().get(at).is_some_and(|word| word.caps == Caps::Upper)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.words.list().get(at).is_some_and(|word| word.caps != Caps::Lower)
    }

    /// Does the word at `at` stand uncapitalised elsewhere in the article, or is it a word of the language?
    pub fn is_word(&self, at: usize) -> bool {
        let key = self.words.key(at);
        self.lower.contains(key) || self.lists.is_common(key)
    }

    /// Is the word before `at` one of origin ("the Egyptian resort of")?
    pub fn lists_origin(&self, at: usize) -> bool {
        at > 0 && self.join(at) == Join::Space && self.is_capital(at - 1) && {
            let word = &self.words.list()[at - 1];
            !self.gazetteer.demonyms(&self.text[word.start as usize..word.end as usize]).is_empty()
        }
    }

    /// What stands before word `at`.
    pub fn join(&self, at: usize) -> Join {
        self.words.list().get(at).map_or(Join::Break, |word| word.join)
    }

    /// The folded word before `at`, if one space parts them.
    pub fn before(&self, at: usize) -> &str {
        if at > 0 && self.join(at) == Join::Space { self.words.key(at - 1) } else { "" }
    }

    /// The folded word at `at`, if one space parts it from the one before it.
    pub fn after(&self, at: usize) -> &str {
        if self.join(at) == Join::Space { self.words.key(at) } else { "" }
    }

    /// Does a sentence or line begin at word `at`?
    pub fn is_start(&self, at: usize) -> bool {
        at == 0
            || match self.join(at) {
                Join::Break => true,
                // a full stop, but not one of an initial or of "St."
                Join::Dot => {
                    self.words.key(at - 1).len() > 3 && !matches!(self.words.key(at - 1), "saint" | "sen" | "gov" | "rep")
                }
                _ => false,
            }
    }

    /// "'s" after word `last`.
    pub fn is_possessive(&self, last: usize) -> bool {
        self.join(last + 1) == Join::Apostrophe && matches!(self.words.key(last + 1), "s" | "")
    }

    /// Is the whole line in capitals, so that capitals say nothing?
    fn is_shouted(&self, at: usize) -> bool {
        let around = at.saturating_sub(4)..(at + 5).min(self.words.len());
        let (mut upper, mut lower) = (0, 0);
        for word in &self.words.list()[around] {
            match word.caps {
                Caps::Upper => upper += 1,
                Caps::Lower | Caps::Title if word.end - word.start > 1 => lower += 1,
                _ => {}
            }
        }
        upper > lower
    }

    fn is_allowed(&self, reading: Reading, first: usize, len: usize) -> bool {
        let list = self.words.list();
        let (head, last) = (&list[first], &list[first + len - 1]);
        let letters = (last.end - head.start) as usize;
        match reading.surface {
            Surface::Capitals => {
                list[first..first + len].iter().all(|word| word.caps == Caps::Upper || word.end - word.start == 1)
            }
            Surface::Dotted if len > 1 && letters <= 8 => list[first + 1..first + len].iter().all(|word| word.join == Join::Dot),
            Surface::Dotted => {
                // "Edmonton, Ky" without its stop
                let bare = head.join == Join::Comma
                    && first > 0
                    && self.is_capital(first - 1)
                    && !self.lists.is_common(self.words.key(first));
                self.text[last.end as usize..].starts_with('.') || bare
            }
            Surface::Postal => {
                head.caps == Caps::Upper
                    && matches!(head.join, Join::Comma | Join::Space)
                    && first > 0
                    && self.is_capital(first - 1)
                    && list[first - 1].caps == Caps::Title
                    && (head.join == Join::Comma || self.words.key(first + 1).parse::<u32>().is_ok_and(|zip| zip > 500))
            }
            Surface::Any => !(len == 1 && letters <= 3 && head.caps == Caps::Upper && !self.is_shouted(first)),
        }
    }

    /// All spots, in text order, not overlapping; the longest name at each word.
    #[must_use]
    pub fn spots(&self) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        let mut known: HashMap<String, Vec<Reading>> = HashMap::new();
        let mut at = 0;
        while at < self.words.len() {
            let word = self.words.list()[at];
            let is_tail = word.join == Join::Apostrophe && at > 0 && self.words.key(at - 1).len() < 3;
            if word.caps == Caps::Lower || is_tail {
                at += 1;
                continue;
            }
            let mut next = at + 1;
            for found in self.gazetteer.found_at(&self.words, at).into_iter().rev() {
                let last = at + found.len - 1;
                if found.key().len() < 2 {
                    continue;
                }
                let readings = known.entry(found.key().to_owned()).or_insert_with(|| self.gazetteer.readings(&found));
                let readings: Vec<Reading> = readings
                    .iter()
                    .filter(|reading| self.is_allowed(**reading, at, found.len))
                    .take(MOST_READINGS)
                    .copied()
                    .collect();
                let is_dotted = readings.iter().any(|reading| reading.surface == Surface::Dotted);
                // only names of the hand-written tables end in a common noun ("Rafah crossing")
                let whole = self.is_capital(last) || found.len > 1 && readings.iter().all(|r| self.gazetteer.is_by_hand(r.place));
                if !whole || readings.is_empty() || self.is_cut_short(&found, &readings, is_dotted) {
                    continue;
                }
                let stands_apart = spots.last().is_none_or(|spot: &Spot| spot.first + spot.len != at);
                if stands_apart && self.is_second_half(at, &readings) {
                    continue;
                }
                let is_extended = self.is_extended(&readings, last + 1);
                let last = last + usize::from(is_extended);
                let mut end = self.words.list()[last].end as usize;
                let initials = found.len > 1 && self.words.list()[last].join == Join::Dot && self.words.key(last).len() == 1;
                if (is_dotted || initials) && self.text[end..].starts_with('.') {
                    end += 1;
                }
                let is_demonym = readings.iter().all(|r| matches!(r.sense, Sense::Adjective | Sense::People));
                spots.push(Spot {
                    first: at,
                    len: found.len + usize::from(is_extended),
                    span: Span::new(word.start as usize, end),
                    key: if is_extended { format!("{} {}", found.key(), self.words.key(last)) } else { found.key().to_owned() },
                    readings,
                    is_extended,
                    is_demonym,
                    features: [0.0; SPOT_FEATURES.len()],
                    probability: 0.0,
                });
                next = last + 1;
                break;
            }
            at = next;
        }
        self.describe(&mut spots);
        spots
    }

    /// "Joint Base Pearl Harbor-Hickam": behind a hyphen and capitalised words that are no place, a name is half of another.
    fn is_second_half(&self, at: usize, readings: &[Reading]) -> bool {
        at > 1
            && self.join(at) == Join::Hyphen
            && self.is_capital(at - 1)
            && self.is_capital(at - 2)
            && self.join(at - 1) == Join::Space
            && readings
                .iter()
                .all(|r| matches!(self.gazetteer.kind(r.place), PlaceKind::City | PlaceKind::Admin1 | PlaceKind::Admin2))
    }

    /// Is the match a word that means no place alone, or "Dublin City" before "Council"?
    fn is_cut_short(&self, found: &Found, readings: &[Reading], is_dotted: bool) -> bool {
        let past = found.first + found.len;
        let by_itself = self.lists.is_no_place(found.key()) || found.len == 1 && cues::is_never_alone(found.key()) && !is_dotted;
        let calendar = found.key().len() < 4 || cues::is_calendar(found.key());
        let in_pair = !calendar && self.join(past) == Join::Comma && self.is_capital(past) && !self.is_start(found.first);
        let city = found.len > 1
            && self.words.key(past - 1) == "city"
            && self.join(past) == Join::Space
            && self.is_capital(past)
            && readings.iter().all(|reading| reading.sense != Sense::Name);
        by_itself && !in_pair && readings.iter().all(|reading| reading.surface == Surface::Any) || city
    }

    /// Does the next word make the town's name the beginning of a longer one?
    fn is_extended(&self, readings: &[Reading], past: usize) -> bool {
        self.join(past) == Join::Space
            && self.words.list().get(past).is_some_and(|word| word.caps == Caps::Title)
            && cues::extends(self.words.key(past))
            && readings
                .iter()
                .all(|r| matches!(self.gazetteer.kind(r.place), PlaceKind::City | PlaceKind::Admin2 | PlaceKind::Admin1))
            && readings.iter().all(|r| r.surface == Surface::Any)
    }

    /// Does a list end in this noun: "Becker, Clay and Swift counties"?
    pub fn list_noun(&self, past: usize) -> &str {
        for at in past..past + 14 {
            let key = self.words.key(at);
            if matches!(key, "counties" | "parishes" | "townships" | "provinces") {
                return key;
            }
            let goes_on =
                matches!(self.join(at), Join::Space | Join::Comma) && (self.is_capital(at) || matches!(key, "and" | "or"));
            if !goes_on {
                break;
            }
        }
        ""
    }

    /// Is the spot inside a person's name or a newspaper's ("Jordan Smith", "the Washington Post")?
    #[must_use]
    pub fn is_name_of_other(&self, spot: &Spot) -> bool {
        let past = spot.first + spot.len;
        let paper = self.before(spot.first) == "the" && self.is_capital(past) && cues::is_paper(self.after(past));
        let person = self.name_over(spot.span).is_some_and(|name| {
            name.kind == NameKind::Person && name.score >= 0.6 && name.span.holds(spot.span) && name.span != spot.span
        });
        // "Chad Brown": a given name and then no title, body or place
        let next = self.after(past);
        let given = spot.len == 1
            && (self.lists.is_given_name(&spot.key) || cues::is_also_given(&spot.key))
            && self.words.list().get(past).is_some_and(|word| word.caps == Caps::Title)
            && !next.is_empty()
            && !cues::is_inside(self.before(spot.first))
            && !(cues::is_body(next) || cues::is_title(next) || cues::is_gathering(next))
            && self.gazetteer.demonyms(next).is_empty()
            && spot.readings.iter().any(|r| self.gazetteer.kind(r.place) == PlaceKind::Country);
        paper || person || given
    }

    fn name_over(&self, span: Span) -> Option<&NameMention> {
        let from = self.names.partition_point(|name| name.span.end <= span.start);
        self.names[from..].iter().take_while(|name| name.span.start < span.end).max_by_key(|name| name.span.len())
    }

    fn describe(&self, spots: &mut [Spot]) {
        let mut count: HashMap<String, u32> = HashMap::new();
        for spot in spots.iter() {
            *count.entry(spot.key.clone()).or_default() += 1;
        }
        for at in 0..spots.len() {
            let features = self.features(spots, at, count[&spots[at].key]);
            spots[at].features = features;
        }
        // one sense per article: what stands in a place's wording once is likely one everywhere
        let wordings = [feature("after-in"), feature("pair-after"), feature("dateline"), feature("cue-before")];
        let is_located = |spot: &Spot| wordings.iter().any(|row| spot.features[*row] > 0.0);
        let mut located: HashMap<String, u32> = HashMap::new();
        for spot in spots.iter().filter(|spot| is_located(spot)) {
            *located.entry(spot.key.clone()).or_default() += 1;
        }
        let elsewhere = feature("elsewhere-located");
        for spot in spots.iter_mut() {
            let own = u32::from(is_located(spot));
            let all = located.get(&spot.key).copied().unwrap_or(0);
            spot.features[elsewhere] = f32::from(u8::from(all > own));
        }
    }

    /// Does some reading lie within an hour's drive of the town the article was written for?
    fn is_near_home(&self, spot: &Spot) -> bool {
        let Some(home) = self.home.map(|home| self.gazetteer.point(home)) else { return false };
        spot.readings
            .iter()
            .filter(|r| matches!(self.gazetteer.kind(r.place), PlaceKind::City | PlaceKind::Admin2 | PlaceKind::Venue))
            .any(|r| {
                let point = self.gazetteer.point(r.place);
                (point.lat - home.lat).abs() < 1.0 && point.distance_km(home) < 80.0
            })
    }

    fn features(&self, spots: &[Spot], number: usize, count: u32) -> [f32; SPOT_FEATURES.len()] {
        let spot = &spots[number];
        let (first, past) = (spot.first, spot.first + spot.len);
        let is = |truth: bool| f32::from(u8::from(truth));
        let kind = |kinds: &[PlaceKind]| {
            spot.readings
                .iter()
                .any(|r| matches!(r.sense, Sense::Name | Sense::Alias) && kinds.contains(&self.gazetteer.kind(r.place)))
        };
        let (before, after) = (self.before(first), self.after(past));
        let before2 = if first > 1 { self.before(first - 1) } else { "" };
        let is_big = kind(&[PlaceKind::Country, PlaceKind::Admin1, PlaceKind::Continent, PlaceKind::Region]);
        let population = spot.readings.iter().map(|r| self.gazetteer.population(r.place)).max().unwrap_or(0);
        let large = spot.readings.iter().any(|r| {
            self.gazetteer.kind(r.place) == PlaceKind::City
                && self.gazetteer.population(r.place) >= 100_000
                && !self.gazetteer.is_by_hand(r.place)
        });
        let alternate_only = spot.readings.iter().all(|r| r.sense != Sense::Name);
        let start = self.is_start(first);
        let common = spot.len == 1 && self.lists.is_common(&spot.key);
        let capital_before =
            first > 0 && self.join(first) == Join::Space && self.is_capital(first - 1) && !self.is_start(first - 1);
        let capital_before = capital_before || (first > 0 && self.join(first) == Join::Space && self.is_given_at(first - 1));
        let given_before = first > 0
            && (self.join(first) == Join::Space && self.is_given_at(first - 1)
                || self.words.key(first - 1).len() == 1 && first > 1 && self.is_given_at(first - 2));
        let initial_before =
            first > 0 && self.words.key(first - 1).len() == 1 && self.is_capital(first - 1) && self.join(first) == Join::Dot;
        let capital_after = self.join(past) == Join::Space && self.is_capital(past);
        let body_after = cues::is_body(after)
            || self.is_possessive(past - 1) && cues::is_body(self.words.key(past + 1)) && self.is_capital(past + 1);
        let adjoins = |other: Option<&Spot>, from: usize| other.is_some_and(|o| o.first == from && !o.is_demonym);
        let pair_after = self.join(past) == Join::Comma && adjoins(spots.get(number + 1), past) && {
            let next = &spots[number + 1];
            next.readings.iter().any(|r| self.gazetteer.kind(r.place).is_area())
        };
        let previous = number.checked_sub(1).map(|n| &spots[n]);
        let place_before = previous.is_some_and(|p| p.first + p.len == first && !p.is_demonym);
        let pair_before = place_before && matches!(self.join(first), Join::Comma | Join::Dot) && is_big;
        let list = |a: usize| matches!(self.join(a), Join::Comma) || matches!(self.words.key(a), "and" | "or");
        let in_list = previous.is_some_and(|p| {
            let gap = first.saturating_sub(p.first + p.len);
            gap <= 2 && (self.join(first) == Join::Comma || matches!(before, "and" | "or"))
        }) || spots.get(number + 1).is_some_and(|n| n.first.saturating_sub(past) <= 1 && list(past) && !pair_after);
        let name = self.name_over(spot.span);
        let named = |kind: NameKind| name.filter(|name| name.kind == kind).map_or(0.0, |name| name.score);
        let run_before =
            (1..4).take_while(|n| first >= *n && self.is_capital(first - n) && self.join(first + 1 - n) == Join::Space).count();
        let run_after = (0..4).take_while(|n| self.is_capital(past + n) && self.join(past + n) == Join::Space).count();
        let upper = self.words.list()[first].caps == Caps::Upper && spot.span.len() > 4;
        let dateline = (start || pair_before) && self.is_dateline(past, spot, spots.get(number + 1));
        let abbreviation = spot.readings.iter().any(|r| r.surface != Surface::Any);
        let hyphen_before = self.join(first) == Join::Hyphen;
        let hyphen_after = self.join(past) == Join::Hyphen;
        let cue_before =
            before == "of" && (cues::is_settlement(before2) || cues::is_division(before2)) || cues::is_settlement(before);
        let cue_after = cues::is_division(after) || cues::is_settlement(after) || !self.list_noun(past).is_empty();
        [
            1.0,
            is(kind(&[PlaceKind::Country])),
            is(kind(&[PlaceKind::Admin1])),
            is(kind(&[PlaceKind::Region, PlaceKind::Water, PlaceKind::Mountain, PlaceKind::Continent, PlaceKind::District])),
            is(kind(&[PlaceKind::Venue])),
            is(kind(&[PlaceKind::Admin2])),
            is(kind(&[PlaceKind::City])),
            (population as f32 + 1.0).ln() / 16.0,
            is(alternate_only),
            is(spot.len == 1),
            is(spot.len > 2),
            is(start),
            is(common),
            is(spot.len == 1 && self.lower.contains(spot.key.as_str())),
            is(cues::is_inside(before)),
            is(cues::is_away(before) || cues::is_toward(before)),
            is(before == "of"),
            is(cues::is_preposition(before)),
            is(before == "the"),
            is(capital_before),
            is(given_before),
            is(cues::is_title(before) && (capital_before || !cues::is_title(before2))),
            is(initial_before),
            is(spot.len == 1 && self.lists.is_given_name(&spot.key)),
            is(capital_after),
            is(body_after),
            is(cues::is_paper(after) && capital_after),
            is(cues::is_street(after) && capital_after),
            is(pair_before),
            is(pair_after),
            is(self.is_possessive(past - 1)),
            is(!capital_after && cues::is_statecraft(after)),
            is(upper),
            is(spot.len == 1 && self.persons.contains(spot.key.as_str())),
            is(count > 1),
            named(NameKind::Person),
            named(NameKind::Organisation),
            named(NameKind::Location),
            is(name.is_none() && !self.names.is_empty()),
            is(cue_before),
            is(cue_after),
            is(dateline),
            is(abbreviation),
            is(in_list),
            is(hyphen_before),
            is(hyphen_after),
            is(name.is_some_and(|n| {
                n.kind == NameKind::Organisation && n.span.start == spot.span.start && n.span.end > spot.span.end
            })),
            is(run_before + run_after >= 3),
            is(body_after && capital_after),
            is(place_before && self.join(first) == Join::Space),
            is(common && population < 50_000),
            is(spot.len == 1 && !is_big && capital_after && !body_after),
            0.0,
            is(self.is_near_home(spot)),
            is(spot.len > 1 && matches!(self.words.key(past - 1), "county" | "parish" | "borough") && kind(&[PlaceKind::Admin2])),
            is(spot.key.starts_with("saint ") && (body_after || self.is_possessive(past - 1) || capital_after)),
            is(spot.is_extended),
            is(before.ends_with("ern") || matches!(before, "rural" | "downtown" | "central" | "mainland" | "nearby" | "eastern")),
            is(matches!(
                after,
                "countryside" | "outskirts" | "suburbs" | "area" | "areas" | "front" | "axis" | "border" | "coast"
            ) && !capital_after),
            is(large),
        ]
    }

    /// "PARIS (AP) —", "TROY, N.C. —": the head of a wire story.
    pub fn is_dateline(&self, past: usize, spot: &Spot, next: Option<&Spot>) -> bool {
        let past = match next {
            Some(next) if next.first == past && matches!(self.join(past), Join::Comma) => next.span.end as usize,
            _ => spot.span.end as usize,
        };
        let rest: String = self.text[past..].chars().take(40).collect();
        let rest = rest.trim_start_matches(['.', ',', ' ']);
        let marks = ["(AP)", "(Reuters)", "(AFP)", "(CNN)", "(UPI)", "(Xinhua)", "\u{2014}", "\u{2013}", "--", "- "];
        marks.iter().any(|mark| rest.starts_with(mark))
            || rest.starts_with('(')
                && rest.find(')').is_some_and(|at| rest[at + 1..].trim_start().starts_with(['-', '\u{2013}', '\u{2014}']))
    }
}

/// Readings of one name that are weighed; "San José" has hundreds, the rest is below a village's size.
const MOST_READINGS: usize = 60;
