//! Name mentions of people and organisations → clusters, one per actor.

use std::collections::HashMap;

use super::View;
use crate::extract::name::book::{NameBook, OrgKind, Phrase, bit, fold};
use crate::extract::name::{NameKind, NameMention};
use crate::model::{Actor, ActorKind, ActorMention, MentionForm, Span};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    Female,
    Male,
    #[default]
    Unknown,
}

impl Gender {
    pub fn fits(self, other: Self) -> bool {
        self == other || self == Self::Unknown || other == Self::Unknown
    }
}

/// An actor in the making.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub kind: ActorKind,
    pub name: String,
    pub country: Option<String>,
    pub titles: Vec<String>,
    pub aliases: Vec<String>,
    pub mentions: Vec<ActorMention>,
    pub why: String,
    pub gender: Gender,
    pub org: Option<OrgKind>,
    /// Folded words of the fullest name, particles left out.
    pub words: Vec<String>,
}

impl Cluster {
    pub fn new(kind: ActorKind, name: &str, why: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            country: None,
            titles: Vec::new(),
            aliases: Vec::new(),
            mentions: Vec::new(),
            why: why.to_owned(),
            gender: Gender::Unknown,
            org: None,
            words: Vec::new(),
        }
    }

    pub fn add(&mut self, span: Span, form: MentionForm) {
        self.mentions.push(ActorMention { span, form });
    }

    pub fn alias(&mut self, name: &str) {
        if name != self.name && !self.aliases.iter().any(|alias| alias == name) {
            self.aliases.push(name.to_owned());
        }
    }

    pub fn into_actor(mut self) -> Option<Actor> {
        self.mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
        self.mentions.dedup_by(|later, kept| later.span.overlaps(kept.span));
        (!self.mentions.is_empty()).then_some(Actor {
            name: self.name,
            kind: self.kind,
            country: self.country,
            titles: self.titles,
            aliases: self.aliases,
            mentions: self.mentions,
            why: self.why,
        })
    }
}

/// Folded words of a name without particles and marks.
pub fn words_of(book: &NameBook, name: &str) -> Vec<String> {
    let mut folded = String::new();
    let mut words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '.' | ','))
        .filter_map(|piece| {
            let piece = piece.strip_suffix("'s").or_else(|| piece.strip_suffix("’s")).unwrap_or(piece);
            fold(piece, &mut folded).then(|| folded.clone())
        })
        .filter(|word| !matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "the"))
        .collect();
    if words.len() > 1 {
        let plain: Vec<String> = words.iter().filter(|word| book.look(word).bits & bit::PARTICLE == 0).cloned().collect();
        if !plain.is_empty() {
            words = plain;
        }
    }
    words
}

fn gender_of(book: &NameBook, title: &str, name: &str) -> Gender {
    let mut folded = String::new();
    for word in title.split_whitespace() {
        if fold(word, &mut folded) {
            let bits = book.look(&folded).bits;
            if bits & bit::FEMALE != 0 {
                return Gender::Female;
            }
            if bits & bit::MALE != 0 {
                return Gender::Male;
            }
        }
    }
    if name.split_whitespace().count() > 1
        && let Some(first) = name.split_whitespace().next()
    {
        let bits = book.look(first).bits;
        return match (bits & bit::FEMALE_NAME != 0, bits & bit::MALE_NAME != 0) {
            (true, false) => Gender::Female,
            (false, true) => Gender::Male,
            _ => Gender::Unknown,
        };
    }
    Gender::Unknown
}

struct Person<'a> {
    mention: &'a NameMention,
    words: Vec<String>,
    gender: Gender,
}

/// May the two full names mean one person? Same last word and first words that are equal, an initial, or missing.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 2 {
        return false;
    }
    let mut rest = long.iter();
    let inside =
        short.iter().all(|word| rest.any(|other| other == word || (word.len() == 1 && other.starts_with(word.as_str()))));
    let last = short.last() == long.last();
    let first = matches!((short.first(), long.first()), (Some(s), Some(l)) if s == l || s.len() == 1 && l.starts_with(s.as_str()) || l.len() == 1 && s.starts_with(l.as_str()));
    inside || last && first
}

/// Clusters the people of a text: full names first, then single words with the name they are part of.
pub fn people(view: &View<'_>, names: &[NameMention], out: &mut Vec<Cluster>) {
    let book = view.book;
    let text = view.text;
    let people: Vec<Person<'_>> = names
        .iter()
        .filter(|mention| mention.kind == NameKind::Person)
        .map(|mention| {
            let name = mention.span.of(text);
            let title = mention.title.map_or("", |span| span.of(text));
            Person { mention, words: words_of(book, name), gender: gender_of(book, title, name) }
        })
        .collect();
    let base = out.len();
    let mut row_of: Vec<Option<usize>> = vec![None; people.len()];
    // By last word, so that the search stays short in long texts.
    let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, one) in people.iter().enumerate().filter(|(_, one)| one.words.len() > 1) {
        let last = one.words.last().cloned().unwrap_or_default();
        let found = by_word
            .get(&last)
            .into_iter()
            .flatten()
            .copied()
            .find(|row| same_person(&out[*row].words, &one.words) && out[*row].gender.fits(one.gender));
        let row = found.unwrap_or_else(|| {
            let mut cluster = Cluster::new(ActorKind::Person, one.mention.span.of(text), "full name");
            cluster.words.clone_from(&one.words);
            out.push(cluster);
            out.len() - 1
        });
        if one.words.len() > out[row].words.len() {
            out[row].words.clone_from(&one.words);
            let longer = one.mention.span.of(text).to_owned();
            let shorter = std::mem::replace(&mut out[row].name, longer);
            out[row].alias(&shorter);
        }
        for word in &one.words {
            let rows = by_word.entry(word.clone()).or_default();
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        row_of[at] = Some(row);
        if out[row].gender == Gender::Unknown {
            out[row].gender = one.gender;
        }
    }
    // Where each cluster was last met, to prefer the nearest of several.
    let mut met: HashMap<usize, usize> = HashMap::new();
    for (at, one) in people.iter().enumerate() {
        if let Some(row) = row_of[at] {
            met.insert(row, at);
            continue;
        }
        let Some(word) = one.words.first() else { continue };
        let candidates =
            by_word.get(word).into_iter().flatten().copied().take(200).filter(|row| out[*row].gender.fits(one.gender));
        // A surname before a given name, then the one met last, then the one that comes first.
        let best = candidates.max_by_key(|row| {
            (out[*row].words.last() == Some(word), met.get(row).map_or(-1, |at| *at as i64), std::cmp::Reverse(*row))
        });
        let row = best.unwrap_or_else(|| {
            let mut cluster = Cluster::new(ActorKind::Person, one.mention.span.of(text), "named by one word");
            cluster.words.clone_from(&one.words);
            out.push(cluster);
            by_word.entry(word.clone()).or_default().push(out.len() - 1);
            out.len() - 1
        });
        row_of[at] = Some(row);
        met.insert(row, at);
        if out[row].gender == Gender::Unknown {
            out[row].gender = one.gender;
        }
    }
    for (one, row) in people.iter().zip(&row_of) {
        let Some(row) = *row else { continue };
        let cluster = &mut out[row];
        cluster.add(one.mention.span, MentionForm::Name);
        cluster.alias(one.mention.span.of(text));
        if let Some(span) = one.mention.title {
            let title = span.of(text);
            if !cluster.titles.iter().any(|known| known == title) {
                cluster.titles.push(title.to_owned());
            }
            if cluster.country.is_none()
                && let Some(country) = view.country_in(span)
            {
                cluster.country = Some(country);
                cluster.why = format!("{}; country from the title “{title}”", cluster.why);
            }
        }
    }
    for cluster in &mut out[base..] {
        if cluster.country.is_none() {
            let row = match book.find(&cluster.name) {
                Some(Phrase::Person(row)) => book.recurring.get(row as usize),
                _ if cluster.words.len() == 1 => book.figure(&cluster.name),
                _ => None,
            };
            if let Some(figure) = row
                && let Some(country) = figure.country
            {
                cluster.country = Some(country.to_owned());
                cluster.why = format!("{}; known as {} of {country}", cluster.why, figure.office);
            }
        }
    }
    inherit(view, &people, &row_of, out);
}

/// "Trump has dispatched his envoy A and son-in-law B": aides and kin without a country have that of the person before them.
fn inherit(view: &View<'_>, people: &[Person<'_>], row_of: &[Option<usize>], out: &mut [Cluster]) {
    let mut from: Option<(usize, u32)> = None;
    for (at, one) in people.iter().enumerate() {
        let Some(row) = row_of[at] else { continue };
        let Some(title) = one.mention.title else { continue };
        let before = view.word_before(title.start);
        let his = matches!(before.as_str(), "his" | "her" | "'s" | "’s");
        let chained = before == "and" && from.is_some_and(|(chain, end)| at == chain + 1 && title.start.saturating_sub(end) < 8);
        if (his || chained) && out[row].country.is_none() && title.start < one.mention.span.start {
            let whose =
                if chained { row_of[at - 1] } else { row_of[..at].iter().rev().flatten().copied().find(|other| *other != row) };
            if let Some(country) = whose.and_then(|other| out[other].country.clone()) {
                out[row].country = Some(country);
                out[row].why = format!("{}; country of the person whose “{}” it is", out[row].why, title.of(view.text));
                from = Some((at, one.mention.span.end));
            }
        }
    }
}

/// "PA" from "Palestinian Authority"; small words count where they are written with a capital.
fn initials(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect()
}

fn is_acronym(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > 1
        && letters.len() < 8
        && letters.iter().filter(|c| c.is_uppercase()).count() * 3 >= letters.len() * 2
        && !name.contains(' ')
}

/// Clusters the organisations of a text.
pub fn organisations(view: &View<'_>, names: &[NameMention], out: &mut Vec<Cluster>) {
    let (book, text) = (view.book, view.text);
    let base = out.len();
    let mut mentions: Vec<(&NameMention, Vec<String>)> = names
        .iter()
        .filter(|mention| mention.kind == NameKind::Organisation)
        // "the Kremlin", "the White House": their governments'
        .filter(|mention| view.gazetteer.metonym(mention.span.of(text)).is_none())
        .map(|mention| (mention, words_of(book, mention.span.of(text))))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    // Full names before what is short for them.
    mentions.sort_by_key(|(mention, words)| (words.len() == 1, mention.span.start));
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut by_row: HashMap<u32, usize> = HashMap::new();
    for (mention, words) in mentions {
        let name = mention.span.of(text);
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let known = match book.find(bare) {
            Some(Phrase::Organisation(row, _)) => Some(row),
            _ => None,
        };
        let key = words.join(" ");
        let mut found = by_key.get(&key).copied().or_else(|| known.and_then(|row| by_row.get(&row).copied()));
        let clusters = &out[base..];
        // The search over clusters stays short: texts name few organisations, and beyond these none is looked at.
        let nearby = || clusters.iter().enumerate().take(400);
        if found.is_none() && is_acronym(bare) {
            let letters: String = bare.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
            found = nearby()
                .find(|(_, cluster)| cluster.words.len() > 1 && initials(&cluster.name).to_uppercase() == letters)
                .map(|(row, _)| base + row);
        }
        if found.is_none() && words.len() == 1 && known.is_none() {
            let bits = book.look(&words[0]).bits;
            let start = mention.span.start;
            // Of the mentions gathered so far the last fifty tell well enough how near it was met.
            let near =
                |cluster: &Cluster| cluster.mentions.iter().rev().take(50).map(|m| m.span.start).filter(|s| *s < start).max();
            if bits & bit::ORG_HEAD != 0 {
                found = nearby()
                    .filter(|(_, cluster)| cluster.words.len() > 1 && cluster.words.contains(&words[0]))
                    .max_by_key(|(_, cluster)| near(cluster))
                    .map(|(row, _)| base + row);
            } else {
                found = nearby()
                    .find(|(_, cluster)| cluster.words.len() > 1 && cluster.words.first() == words.first())
                    .map(|(row, _)| base + row);
            }
        } else if found.is_none() && words.len() > 1 {
            found = nearby()
                .find(|(_, cluster)| {
                    cluster.words.len() > words.len() && cluster.words.starts_with(&words)
                        || cluster.words.len() > 1 && words.starts_with(&cluster.words) && words.len() <= cluster.words.len() + 1
                })
                .map(|(row, _)| base + row);
        }
        let row = found.unwrap_or_else(|| {
            let mut cluster = Cluster::new(ActorKind::Organisation, bare, "named as an organisation");
            cluster.words.clone_from(&words);
            out.push(cluster);
            out.len() - 1
        });
        by_key.entry(key).or_insert(row);
        let cluster = &mut out[row];
        if let Some(known) = known {
            by_row.entry(known).or_insert(row);
            let recurring = &book.recurring[known as usize];
            cluster.org = cluster.org.or(recurring.org);
            // "Supreme Court", "Socialist Party": the name alone does not tell whose
            let plain = words.len() > 1 && words.iter().all(|word| book.look(word).bits & (bit::COMMON | bit::ORG_HEAD) != 0);
            if cluster.country.is_none() && !plain {
                cluster.country = recurring.country.map(str::to_owned);
            }
        }
        if cluster.country.is_none() {
            cluster.country = view.country_in(mention.span);
        }
        cluster.add(mention.span, MentionForm::Name);
        if words.len() > cluster.words.len() && !is_acronym(bare) {
            let shorter = std::mem::replace(&mut cluster.name, bare.to_owned());
            cluster.words = words;
            cluster.alias(&shorter);
        } else {
            cluster.alias(bare);
        }
    }
}

/// "RSF leader A B, known as C": C is A B, whatever kind of name it was taken for.
pub fn known_as(view: &View<'_>, clusters: &mut [Cluster]) {
    let mut people: Vec<(u32, usize)> = Vec::new();
    for (row, cluster) in clusters.iter().enumerate().filter(|(_, cluster)| cluster.kind == ActorKind::Person) {
        people.extend(cluster.mentions.iter().map(|mention| (mention.span.end, row)));
    }
    people.sort_unstable();
    for row in 0..clusters.len() {
        let Some(span) = clusters[row].mentions.iter().map(|mention| mention.span).min() else { continue };
        let (first, _) = view.tokens_of(span);
        let before = |back: usize| first.checked_sub(back).map_or(String::new(), |at| view.word(at).to_lowercase());
        let linked = before(1) == "as" && before(2) == "known"
            || matches!(before(1).as_str(), "alias" | "aka" | "nicknamed" | "né" | "née");
        if !linked {
            continue;
        }
        let nearest = people.partition_point(|(end, _)| *end <= span.start).checked_sub(1).map(|at| people[at]);
        let Some((_, owner)) = nearest.filter(|(end, owner)| span.start - end < KNOWN_AS && *owner != row) else { continue };
        let mentions = std::mem::take(&mut clusters[row].mentions);
        let name = clusters[row].name.clone();
        clusters[owner].mentions.extend(mentions);
        clusters[owner].alias(&name);
    }
}

/// Bytes between a name and its alias: ", also popularly known as ".
const KNOWN_AS: u32 = 40;
