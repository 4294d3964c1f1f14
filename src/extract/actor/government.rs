//! Country names, demonyms and seats of government → governments, where they act, attend, hold talks or are represented.

use std::collections::BTreeMap;

use super::View;
use super::cluster::Cluster;
use super::home;
use crate::extract::name::book::bit;
use crate::extract::name::{NameKind, NameMention};
use crate::lang::Upos;
use crate::model::{ActorKind, MentionForm, Place, PlaceKind, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Name,
    /// "French"
    Adjective,
    /// "Gazans"
    People,
    /// "Washington", "the Kremlin"
    Seat,
}

/// A country as the text names it: tokens `first..last`.
#[derive(Clone, Debug)]
pub struct Country {
    pub first: usize,
    pub last: usize,
    pub iso: String,
    pub how: How,
}

/// Longest country name, in tokens ("Democratic Republic of the Congo").
const LONGEST: usize = 6;

/// The countries named in tokens `first..last`, in text order.
pub fn countries(view: &View<'_>, first: usize, last: usize) -> Vec<Country> {
    let mut out = Vec::new();
    let mut at = first;
    let last = last.min(view.parsed.tokens.len());
    while at < last {
        let word = view.word(at);
        if !word.chars().next().is_some_and(char::is_uppercase) {
            at += 1;
            continue;
        }
        let sentence = view.parsed.tokens[at].sentence;
        let longest = (1..=LONGEST.min(last - at)).rev().find_map(|length| {
            let end = view.parsed.tokens[at + length - 1];
            let span = view.parsed.tokens[at].span.joined(end.span);
            if end.sentence != sentence
                || length > 1 && !view.word(at + length - 1).chars().next().is_some_and(char::is_alphabetic)
            {
                return None;
            }
            view.gazetteer.country_by_name(span.of(view.text)).map(|country| (length, country.iso.clone()))
        });
        if let Some((length, iso)) = longest {
            out.push(Country { first: at, last: at + length, iso, how: How::Name });
            at += length;
            continue;
        }
        let demonyms = view.gazetteer.demonyms(word);
        if let Some(demonym) = demonyms.first()
            && let Some(iso) = demonym.country
        {
            let people =
                demonyms.iter().any(|d| d.is_people) && word.ends_with(['s', 'i']) && !matches!(view.upos(at), Upos::Adj);
            out.push(Country {
                first: at,
                last: at + 1,
                iso: iso.to_owned(),
                how: if people { How::People } else { How::Adjective },
            });
        }
        at += 1;
    }
    out
}

/// Words after which a place is where something is, not who acts.
const LOCATIVE: [&str; 27] = [
    "in",
    "at",
    "from",
    "to",
    "near",
    "across",
    "throughout",
    "inside",
    "outside",
    "into",
    "of",
    "around",
    "through",
    "over",
    "via",
    "toward",
    "towards",
    "within",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "for",
    "leave",
    "left",
    "on",
];

/// Nouns that make a country before them its government: "Turkey's role", "US officials", "Iran talks".
const OFFICIAL: [&str; 74] = [
    "attack",
    "attacks",
    "strike",
    "strikes",
    "airstrike",
    "airstrikes",
    "raid",
    "raids",
    "assault",
    "threat",
    "threats",
    "bombing",
    "bombardment",
    "shelling",
    "missile",
    "missiles",
    "drone",
    "drones",
    "rockets",
    "response",
    "request",
    "rejection",
    "refusal",
    "announcement",
    "occupation",
    "annexation",
    "blockade",
    "siege",
    "sanctions",
    "claims",
    "government",
    "administration",
    "authorities",
    "officials",
    "official",
    "delegation",
    "delegations",
    "diplomats",
    "diplomat",
    "diplomatic",
    "military",
    "army",
    "forces",
    "troops",
    "navy",
    "president",
    "minister",
    "ministry",
    "envoy",
    "envoys",
    "negotiators",
    "mediators",
    "leadership",
    "leaders",
    "leader",
    "ambassador",
    "foreign",
    "prime",
    "embassy",
    "cabinet",
    "parliament",
    "role",
    "decision",
    "mediation",
    "withdrawal",
    "invasion",
    "offensive",
    "refusal",
    "support",
    "demand",
    "proposal",
    "plan",
    "position",
    "side",
];

/// Meetings whose host the country round them is.
const MEETING: [&str; 12] = [
    "talks",
    "negotiations",
    "meeting",
    "summit",
    "conference",
    "negotiators",
    "mediators",
    "ceremony",
    "forum",
    "session",
    "consultations",
    "gathering",
];

/// Words before a list of those who take part, and before a partner or opponent.
const PARTNER: [&str; 10] =
    ["with", "by", "between", "against", "alongside", "including", "include", "includes", "among", "urged"];

fn acts(view: &View<'_>, all: &[Country], at: usize, acting: &[bool], titled: &[bool]) -> bool {
    let country = &all[at];
    // "French President X": he acts, not France
    if titled[country.first] && country.how != How::Seat {
        return false;
    }
    let sentence = view.parsed.tokens[country.first].sentence;
    let inside = |n: usize| view.parsed.tokens.get(n).is_some_and(|token| token.sentence == sentence);
    let lower = |n: usize| if inside(n) { view.word(n).to_lowercase() } else { String::new() };
    let mut before = if country.first == 0 { String::new() } else { lower(country.first - 1) };
    let mut first = country.first;
    if before == "the" && first > 1 {
        first -= 1;
        before = lower(first - 1);
    }
    let next = lower(country.last);
    let noun = |n: usize| {
        let word = lower(n);
        OFFICIAL.contains(&word.as_str()) || view.book.look(&word).bits & (bit::TITLE | bit::OFFICE) != 0
    };
    match country.how {
        How::People => false,
        How::Adjective => (country.last..country.last + 3).any(noun) || next == "-",
        How::Seat if home::speaks(view, country.first, country.last) => true,
        How::Seat | How::Name => {
            if noun(country.last)
                || matches!(next.as_str(), "'s" | "’s" | "'" | "’") && (noun(country.last + 1) || noun(country.last + 2))
            {
                return true;
            }
            if country.how == How::Name && MEETING.contains(&next.as_str()) {
                return true;
            }
            if PARTNER.contains(&before.as_str()) || country.how == How::Name && next == "," && lower(country.last + 1) == "which"
            {
                return true;
            }
            if LOCATIVE.contains(&before.as_str()) {
                // "ceasefire talks continue in Egypt": its host.
                let host = before == "in"
                    && country.how == How::Name
                    && (2..6).any(|back| first > back && MEETING.contains(&lower(first - back).as_str()));
                let office =
                    before == "of" && first > 1 && view.book.look(&lower(first - 2)).bits & (bit::TITLE | bit::ORG_NOMINAL) != 0;
                return host || office;
            }
            let verb = |n: usize| {
                inside(n)
                    && matches!(view.upos(n), Upos::Verb | Upos::Aux)
                    && !matches!(view.parsed.tokens[n].penn(), "VBG" | "VBN")
            };
            let subject = verb(country.last) || matches!(view.upos(country.last), Upos::Adv) && verb(country.last + 1);
            if subject {
                return true;
            }
            if country.how == How::Seat {
                return false;
            }
            // A list of countries: acting as its neighbours do.
            let listed = matches!(before.as_str(), "," | "and" | "or" | "both")
                && at > 0
                && all[at - 1].last + 3 > country.first
                && acting[at - 1];
            let object =
                first > 0 && inside(first - 1) && view.upos(first - 1) == Upos::Verb && !matches!(next.as_str(), "'s" | "’s");
            listed || object
        }
    }
}

/// Which of the countries act; lists are read twice so that the first of a list follows the last.
fn acting(view: &View<'_>, all: &[Country], titled: &[bool]) -> Vec<bool> {
    let mut out = vec![false; all.len()];
    for at in 0..all.len() {
        out[at] = acts(view, all, at, &out, titled);
    }
    for at in (1..all.len()).rev() {
        let (one, next) = (&all[at - 1], &all[at]);
        let gap: Vec<&str> = (one.last..next.first).map(|n| view.word(n)).collect();
        let joined =
            gap.len() <= 3 && !gap.is_empty() && gap.iter().all(|word| matches!(*word, "," | "and" | "or" | "the" | "&"));
        if joined && out[at] && one.how == How::Name && next.how != How::Adjective {
            let before = if one.first > 0 { view.word(one.first - 1).to_lowercase() } else { String::new() };
            out[at - 1] |= !LOCATIVE.contains(&before.as_str());
        }
    }
    out
}

/// Adds the governments; gives back, in text order, the capitals' names that speak for one.
pub fn governments(view: &View<'_>, names: &[NameMention], places: &[Place], out: &mut Vec<Cluster>) -> Vec<Span> {
    // A country's name inside a person's or organisation's name acts not by itself.
    let mut covered = vec![false; view.parsed.tokens.len()];
    for mention in names.iter().filter(|mention| mention.kind != NameKind::Location) {
        let (first, last) = view.tokens_of(mention.span);
        if mention.kind == NameKind::Person || last - first > 1 {
            covered[first..last].fill(true);
        }
    }
    let mut titled = vec![false; view.parsed.tokens.len()];
    for title in names.iter().filter_map(|name| name.title) {
        let (first, last) = view.tokens_of(title);
        titled[first..last].fill(true);
    }
    let mut all = found(view, places);
    all.extend(palaces(view, names, &all));
    all.sort_by_key(|country| country.first);
    all.retain(|country| !covered[country.first..country.last].iter().any(|covered| *covered));
    let acting = acting(view, &all, &titled);
    let mut spoken = Vec::new();
    let mut by_iso: BTreeMap<String, Vec<(Country, bool)>> = BTreeMap::new();
    for (country, acts) in all.into_iter().zip(acting) {
        by_iso.entry(country.iso.clone()).or_default().push((country, acts));
    }
    for (iso, mentions) in by_iso {
        if !mentions.iter().any(|(_, acts)| *acts) {
            continue;
        }
        let Some(country) = view.gazetteer.country(&iso) else { continue };
        let mut cluster = Cluster::new(ActorKind::Government, &country.name, "the country acts, attends or is represented");
        cluster.country = Some(iso);
        for (mention, acts) in mentions {
            if !acts {
                continue;
            }
            let span = view.parsed.tokens[mention.first].span.joined(view.parsed.tokens[mention.last - 1].span);
            if mention.how == How::Seat {
                spoken.push(span);
            }
            cluster.add(span, MentionForm::Name);
            cluster.alias(span.of(view.text));
        }
        out.push(cluster);
    }
    spoken.sort();
    spoken
}

/// "The White House said": palaces and ministries' streets that speak for a government and that no place stands for.
fn palaces(view: &View<'_>, names: &[NameMention], known: &[Country]) -> Vec<Country> {
    let mut out = Vec::new();
    for name in names.iter().filter(|name| name.kind == NameKind::Organisation) {
        let (first, last) = view.tokens_of(name.span);
        let Some(iso) = view.gazetteer.metonym(name.span.of(view.text)) else { continue };
        let before = if first > 0 { view.word(first - 1).to_lowercase() } else { String::new() };
        let before = if before == "the" && first > 1 { view.word(first - 2).to_lowercase() } else { before };
        let place = LOCATIVE.contains(&before.as_str());
        // `known` is in text order
        let near = known.partition_point(|other| other.last <= first);
        if first < last && !place && known.get(near).is_none_or(|other| other.first >= last) {
            out.push(Country { first, last, iso: iso.to_owned(), how: How::Name });
        }
    }
    out
}

/// The countries of the text: as the place pass resolved them, else by the gazetteer alone.
fn found(view: &View<'_>, places: &[Place]) -> Vec<Country> {
    if places.is_empty() {
        return countries(view, 0, view.parsed.tokens.len());
    }
    let mut out = Vec::new();
    for place in places {
        let Some(iso) = &place.country else { continue };
        for mention in &place.mentions {
            let (first, last) = view.tokens_of(mention.span);
            if first >= last {
                continue;
            }
            let word = mention.span.of(view.text);
            let seat = home::is_seat(view, place, word).filter(|_| home::speaks(view, first, last));
            let how = if mention.metonym || seat.is_some() {
                How::Seat
            } else if place.kind != PlaceKind::Country {
                continue;
            } else if view.gazetteer.country_by_name(word).is_some() && !matches!(view.upos(first), Upos::Adj) {
                How::Name
            } else {
                let demonyms = view.gazetteer.demonyms(word);
                match demonyms.first() {
                    None => How::Name,
                    Some(_)
                        if demonyms.iter().any(|d| d.is_people)
                            && word.ends_with(['s', 'i'])
                            && view.upos(first) != Upos::Adj =>
                    {
                        How::People
                    }
                    Some(_) => How::Adjective,
                }
            };
            out.push(Country { first, last, iso: iso.clone(), how });
        }
    }
    out.sort_by_key(|country| country.first);
    out
}
