//! Clusters without a country + the places round them → the country each belongs to, with the reason.
//!
//! Wire copy names the country of an office once and then leaves it out: "Interior Minister X" in a story from Nairobi is
//! Kenya's. World bodies, agencies and companies get nothing here.

use std::collections::BTreeMap;

use super::View;
use super::cluster::Cluster;
use crate::extract::name::book::{OrgKind, bit};
use crate::lang::Upos;
use crate::model::{ActorKind, MentionForm, Place, PlaceKind, PlaceRole, Span};

/// Where the article is at home: the country of its dateline, else the one its places name most.
pub struct Home {
    pub country: Option<String>,
    why: &'static str,
    /// Start of each place mention and its country, in text order.
    told: Vec<(u32, String)>,
}

/// Place mentions of a sentence that are looked at: no real sentence names more.
const LISTED: usize = 64;

/// Share of all place mentions that the most named country needs to be the article's home.
const SHARE: usize = 3;

impl Home {
    pub fn new(places: &[Place]) -> Self {
        let mut told: Vec<(u32, String)> = Vec::new();
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        let mut dateline = None;
        for place in places {
            let Some(iso) = place.country.as_deref() else { continue };
            for mention in &place.mentions {
                told.push((mention.span.start, iso.to_owned()));
                *count.entry(iso).or_default() += 1;
                if mention.role == PlaceRole::Dateline && dateline.is_none_or(|(start, _)| mention.span.start < start) {
                    dateline = Some((mention.span.start, iso));
                }
            }
        }
        told.sort();
        let most = count.iter().max_by_key(|(_, n)| **n).filter(|(_, n)| **n * SHARE >= told.len().max(2));
        let (country, why) = match (dateline, most) {
            (Some((_, iso)), _) => (Some(iso.to_owned()), "country of the article's dateline"),
            (None, Some((iso, _))) => (Some((*iso).to_owned()), "the country that the article is about"),
            _ => (None, ""),
        };
        Self { country, why, told }
    }

    /// The one country named in a sentence, where it names one alone.
    fn alone_in(&self, sentence: Span) -> Option<&str> {
        let from = self.told.partition_point(|(start, _)| *start < sentence.start);
        let mut here = self.told[from..].iter().take_while(|(start, _)| *start < sentence.end).map(|(_, iso)| iso.as_str());
        let first = here.next()?;
        here.take(LISTED).all(|iso| iso == first).then_some(first)
    }

    fn within(&self, span: Span) -> Option<&str> {
        let from = self.told.partition_point(|(start, _)| *start < span.start);
        self.told.get(from).filter(|(start, _)| *start < span.end).map(|(_, iso)| iso.as_str())
    }
}

/// Gives a country to people who hold an office and to institutions of states.
pub fn settle(view: &View<'_>, home: &Home, titles: &[(Span, Span)], clusters: &mut [Cluster]) {
    // (mention, cluster) of everybody who may be named in a title, in text order
    let mut named: Vec<(Span, usize)> = clusters
        .iter()
        .enumerate()
        .filter(|(_, cluster)| cluster.kind != ActorKind::Role)
        .flat_map(|(row, cluster)| cluster.mentions.iter().map(move |mention| (mention.span, row)))
        .collect();
    named.sort_unstable();
    for row in 0..clusters.len() {
        if clusters[row].country.is_some() {
            continue;
        }
        let found = match clusters[row].kind {
            ActorKind::Person => person(view, home, titles, &named, clusters, row),
            ActorKind::Organisation if is_institution(view, &clusters[row]) => {
                by_place(view, home, clusters[row].mentions[0].span)
            }
            _ => None,
        };
        if let Some((iso, why)) = found {
            clusters[row].country = Some(iso);
            clusters[row].why = format!("{}; {why}", clusters[row].why);
        }
    }
}

fn person(
    view: &View<'_>,
    home: &Home,
    titles: &[(Span, Span)],
    named: &[(Span, usize)],
    clusters: &[Cluster],
    row: usize,
) -> Option<(String, String)> {
    let cluster = &clusters[row];
    let mention = cluster.mentions.iter().find(|mention| mention.form == MentionForm::Name)?;
    // (name, title) pairs are in text order of the names
    let own = cluster.mentions.iter().find_map(|mention| {
        let at = titles.partition_point(|(name, _)| name.start < mention.span.start);
        titles.get(at).filter(|(name, _)| name.start == mention.span.start).copied()
    });
    let Some((name, title)) = own else {
        // named without an office: a country only where the sentence leaves no other and the article is at home there
        let sentence = view.sentence_of(mention.span);
        let alone = home.alone_in(sentence);
        let home_country = home.country.as_deref()?;
        return (alone.is_none() || alone == Some(home_country))
            .then(|| (home_country.to_owned(), format!("no country told; {}", home.why)));
    };
    // "Trump's senior adviser", "RSF leader", "NATO chief": whose office it is
    let past = title.of(view.text).to_lowercase().starts_with("former ");
    let first = named.partition_point(|(span, _)| span.start < title.start);
    let inside = named[first..]
        .iter()
        .take_while(|(span, _)| span.start < title.end)
        .find(|(span, other)| title.holds(*span) && *other != row);
    if let Some(other) = inside.filter(|_| !past).map(|(_, other)| &clusters[*other]) {
        let iso = other.country.clone()?;
        return Some((iso, format!("country of {}, named in the title", other.name)));
    }
    let words = title.of(view.text);
    if is_world_body(words) {
        return None;
    }
    if let Some(iso) = home.within(title) {
        return Some((iso.to_owned(), format!("the title “{words}” names a place there")));
    }
    // "a judge in Boston, X", "X, mayor of Lviv": a place right round title and name
    let span = title.joined(name);
    let near = Span { start: span.start.saturating_sub(NEAR), end: span.start };
    let sentence = view.sentence_of(name);
    let near = Span { start: near.start.max(sentence.start), end: near.end };
    if near.of(view.text).trim_end().ends_with(',')
        && let Some(iso) = home.within(near)
    {
        return Some((iso.to_owned(), "named right behind a place there".to_owned()));
    }
    by_place(view, home, name)
}

/// Bytes before a name in which "a judge in Boston," stands.
const NEAR: u32 = 24;

/// The article's home, unless the sentence names one other country alone.
fn by_place(view: &View<'_>, home: &Home, span: Span) -> Option<(String, String)> {
    let sentence = view.sentence_of(span);
    // only what stands before the name tells whose it is: "a court jailed X over a deal with a Singapore-based firm"
    let alone = home.alone_in(sentence).filter(|iso| home.within(Span { start: sentence.start, end: span.start }) == Some(*iso));
    match (alone, home.country.as_deref()) {
        (Some(alone), Some(country)) if alone != country => {
            Some((alone.to_owned(), "the only country that its sentence names".to_owned()))
        }
        (_, Some(country)) => Some((country.to_owned(), format!("no country told; {}", home.why))),
        (Some(alone), None) => Some((alone.to_owned(), "the only country that its sentence names".to_owned())),
        (None, None) => None,
    }
}

/// Courts, ministries, parties, forces: they belong to a state though their name does not say which.
fn is_institution(view: &View<'_>, cluster: &Cluster) -> bool {
    match cluster.org {
        Some(OrgKind::Court | OrgKind::Parliament | OrgKind::Party | OrgKind::Military | OrgKind::Government) => true,
        Some(_) => false,
        None => {
            cluster.words.len() > 1
                && cluster.words.iter().any(|word| STATE.contains(&word.as_str()))
                && !cluster.words.iter().any(|word| WORLD.contains(&word.as_str()))
                && cluster.words.iter().all(|word| view.book.look(word).bits & bit::DEMONYM == 0)
        }
    }
}

/// Words in the names of institutions of a state.
const STATE: [&str; 30] = [
    "ministry",
    "court",
    "commission",
    "party",
    "parliament",
    "senate",
    "assembly",
    "police",
    "army",
    "department",
    "council",
    "authority",
    "agency",
    "congress",
    "bureau",
    "office",
    "tribunal",
    "directorate",
    "guard",
    "navy",
    "treasury",
    "cabinet",
    "brigade",
    "battalion",
    "front",
    "coalition",
    "alliance",
    "movement",
    "service",
    "prosecutor",
];

/// Words of bodies above states.
const WORLD: [&str; 12] =
    ["international", "european", "united", "world", "global", "nations", "african", "arab", "eu", "un", "security", "islamic"];

impl View<'_> {
    fn sentence_of(&self, span: Span) -> Span {
        let at = self.token_at(span.start).min(self.parsed.tokens.len().saturating_sub(1));
        let sentence = self.parsed.tokens.get(at).map_or(0, |token| token.sentence as usize);
        self.parsed.sentences.get(sentence).map_or(span, |sentence| sentence.span)
    }
}

fn is_world_body(words: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| WORLD.contains(&word.to_lowercase().as_str()))
}

/// "Moscow annexed", "Kyiv would accept": the seat of a government before a verb of which no town is the subject.
pub fn speaks(view: &View<'_>, first: usize, last: usize) -> bool {
    let sentence = view.parsed.tokens[first].sentence;
    let inside = |n: usize| view.parsed.tokens.get(n).is_some_and(|token| token.sentence == sentence);
    if first > 0 && inside(first - 1) {
        let before = view.upos(first - 1);
        let word = view.word(first - 1).to_lowercase();
        let opens = matches!(word.as_str(), "that" | "as" | "after" | "before" | "while" | "because" | "if" | "when" | "whether");
        if matches!(before, Upos::Adp | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Det) && !opens {
            return false;
        }
    }
    let mut at = last;
    while inside(at) && matches!(view.upos(at), Upos::Aux | Upos::Adv | Upos::Part) && at < last + 5 {
        at += 1;
    }
    if !inside(at) || view.upos(at) != Upos::Verb {
        return false;
    }
    let finite = matches!(view.parsed.tokens[at].penn(), "VBD" | "VBZ" | "VBP") || at > last;
    let lemma = view.parsed.lemmas.get(at).map_or("", String::as_str);
    finite && !TOWNS_DO.contains(&lemma)
}

/// Verbs whose subject may be the town itself.
const TOWNS_DO: [&str; 33] = [
    "be",
    "have",
    "lie",
    "sit",
    "wake",
    "see",
    "experience",
    "suffer",
    "host",
    "record",
    "boast",
    "remain",
    "become",
    "get",
    "face",
    "lose",
    "look",
    "feel",
    "seem",
    "appear",
    "go",
    "fall",
    "rank",
    "celebrate",
    "burn",
    "flood",
    "shake",
    "sleep",
    "grow",
    "shut",
    "open",
    "bustle",
    "brace",
];

/// Does the place count as a town that may speak for its government?
pub fn is_seat(view: &View<'_>, place: &Place, word: &str) -> Option<String> {
    (place.kind == PlaceKind::City || place.kind == PlaceKind::Admin1)
        .then(|| view.gazetteer.metonym(word))
        .flatten()
        .filter(|iso| place.country.as_deref() == Some(*iso))
        .map(str::to_owned)
}
