//! Unnamed holders of roles, populations, and the nominals and pronouns that stand for an actor.
//!
//! # Limits
//! "it", "its", "they" and "their" are resolved only where an organisation or government is the clear subject before them.

use std::collections::HashMap;

use super::View;
use super::apposition;
use super::cluster::{Cluster, Gender};
use super::government::{How, countries};
use crate::extract::name::book::{OrgKind, bit};
use crate::extract::name::{NameKind, NameMention};
use crate::lang::Upos;
use crate::model::{ActorKind, ActorMention, MentionForm, Span};

/// Sentences back that a pronoun or nominal may reach.
const REACH: u32 = 3;
/// Sentences back that "the minister" may reach to a person with that office.
const OFFICE_REACH: u32 = 8;

/// What a token already belongs to.
struct Taken(Vec<bool>);

impl Taken {
    fn new(view: &View<'_>, names: &[NameMention], clusters: &[Cluster]) -> Self {
        let mut taken = vec![false; view.parsed.tokens.len()];
        let mut fill = |span: Span| {
            let (first, last) = view.tokens_of(span);
            taken[first..last].fill(true);
        };
        for mention in names {
            fill(mention.span);
            if let Some(title) = mention.title {
                fill(title);
            }
        }
        for cluster in clusters {
            // a country's adjective stays free: "the French minister"
            let named = |mention: &&ActorMention| cluster.kind != ActorKind::Government || mention.form == MentionForm::Nominal;
            cluster.mentions.iter().filter(named).for_each(|mention| fill(mention.span));
        }
        Self(taken)
    }
}

/// First token of the modifiers that stand before the noun at `head`.
fn modifiers(view: &View<'_>, taken: &Taken, head: usize) -> usize {
    let sentence = view.parsed.tokens[head].sentence;
    let mut first = head;
    while first > 0 && head - first < 6 {
        let at = first - 1;
        let token = &view.parsed.tokens[at];
        let word = view.word(at);
        let fits = matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn) || word == "-" && first < head;
        if token.sentence != sentence
            || taken.0[at] && token.upos != Upos::Adj && !view.book.look(word).bits & bit::DEMONYM != 0
            || !fits
        {
            break;
        }
        first = at;
    }
    while first < head && view.word(first) == "-" {
        first += 1;
    }
    first
}

fn is_definite(view: &View<'_>, first: usize) -> bool {
    first > 0 && matches!(view.word(first - 1).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
}

/// A mention met on the way through the text.
#[derive(Clone, Copy, Debug)]
struct Met {
    row: usize,
    span: Span,
    sentence: u32,
    form: MentionForm,
}

/// All mentions before the token that is looked at, newest last; looking back is bounded, so that cost stays linear.
struct Trail {
    names: Vec<Met>,
    upto: usize,
    recent: Vec<Met>,
}

/// Mentions looked at before giving up; articles name fewer actors in three sentences.
const LOOK_BACK: usize = 40;

impl Trail {
    fn new(view: &View<'_>, clusters: &[Cluster]) -> Self {
        let mut names: Vec<Met> = clusters
            .iter()
            .enumerate()
            .flat_map(|(row, cluster)| cluster.mentions.iter().map(move |mention| (row, mention)))
            .map(|(row, mention)| {
                let sentence = view.parsed.tokens.get(view.token_at(mention.span.start)).map_or(0, |token| token.sentence);
                Met { row, span: mention.span, sentence, form: mention.form }
            })
            .collect();
        names.sort_by_key(|met| met.span.start);
        Self { names, upto: 0, recent: Vec::new() }
    }

    fn advance(&mut self, start: u32) {
        while self.names.get(self.upto).is_some_and(|met| met.span.start < start) {
            self.recent.push(self.names[self.upto]);
            self.upto += 1;
        }
    }

    fn add(&mut self, clusters: &mut [Cluster], row: usize, span: Span, sentence: u32, form: MentionForm) {
        clusters[row].add(span, form);
        self.recent.push(Met { row, span, sentence, form });
    }

    /// Mentions within `reach` sentences, newest first.
    fn back(&self, sentence: u32, reach: u32) -> impl Iterator<Item = &Met> {
        self.recent.iter().rev().take(LOOK_BACK).take_while(move |met| met.sentence + reach >= sentence)
    }

    /// The cluster that fits and was met last.
    fn nearest(&self, clusters: &[Cluster], sentence: u32, reach: u32, fits: impl Fn(&Cluster) -> bool) -> Option<usize> {
        self.back(sentence, reach).find(|met| fits(&clusters[met.row])).map(|met| met.row)
    }
}

/// Does an organisation's name begin right behind the offset?
fn names_next(view: &View<'_>, names: &[NameMention], end: u32) -> bool {
    let at = names.partition_point(|name| name.span.start < end);
    names.get(at).is_some_and(|name| {
        name.kind == NameKind::Organisation && view.text[end as usize..name.span.start as usize].trim().is_empty()
    })
}

/// Bare words that tell no more than that somebody was there: no actors of a story.
const ANYBODY: [&str; 20] = [
    "people",
    "person",
    "persons",
    "man",
    "men",
    "woman",
    "women",
    "child",
    "children",
    "reporters",
    "reporter",
    "journalists",
    "families",
    "family",
    "others",
    "members",
    "member",
    "wife",
    "son",
    "daughter",
];

fn holds_office(cluster: &Cluster, office: &str) -> bool {
    let same = |title: &String| title.split(|c: char| !c.is_alphanumeric() && c != '-').any(|own| own.to_lowercase() == office);
    cluster.kind == ActorKind::Person && cluster.titles.iter().any(same)
}

fn org_fits(cluster: &Cluster, bits: u32, word: &str) -> bool {
    if cluster.kind != ActorKind::Organisation {
        return false;
    }
    if cluster.words.len() > 1 && cluster.words.iter().any(|own| own == word) {
        return true;
    }
    match cluster.org {
        Some(OrgKind::Armed) => bits & bit::ARMED_NOMINAL != 0,
        Some(OrgKind::Party) => bits & bit::PARTY_NOMINAL != 0,
        Some(OrgKind::Company) => bits & bit::COMPANY_NOMINAL != 0,
        Some(OrgKind::Ngo | OrgKind::Igo) => {
            matches!(word, "group" | "organisation" | "organization" | "agency" | "body" | "bloc" | "alliance" | "charity")
        }
        Some(OrgKind::Media) => matches!(
            word,
            "newspaper" | "paper" | "channel" | "broadcaster" | "agency" | "network" | "site" | "website" | "outlet" | "magazine"
        ),
        Some(OrgKind::Team) => matches!(word, "club" | "team" | "side"),
        Some(OrgKind::University) => matches!(word, "university" | "institution" | "college" | "institute"),
        Some(OrgKind::Parliament) => matches!(word, "parliament" | "assembly" | "legislature" | "chamber"),
        Some(OrgKind::Court) => word == "court" || word == "tribunal",
        Some(OrgKind::Military) => matches!(word, "army" | "military" | "force"),
        Some(OrgKind::Agency) => matches!(word, "agency" | "department" | "bureau" | "office" | "service"),
        Some(OrgKind::Church) => word == "church",
        Some(OrgKind::Government) => matches!(word, "ministry" | "department"),
        None => {
            bits & (bit::COMPANY_NOMINAL | bit::ORG_NOMINAL) != 0
                && !matches!(
                    word,
                    "government"
                        | "administration"
                        | "parliament"
                        | "congress"
                        | "senate"
                        | "police"
                        | "army"
                        | "court"
                        | "church"
                        | "university"
                        | "newspaper"
                )
        }
    }
}

pub fn nominals(view: &View<'_>, names: &[NameMention], clusters: &mut Vec<Cluster>) {
    apposition::appositions(view, names, clusters);
    let taken = Taken::new(view, names, clusters);
    let mut trail = Trail::new(view, clusters);
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for at in 0..view.parsed.tokens.len() {
        let token = view.parsed.tokens[at];
        trail.advance(token.span.start);
        if taken.0[at] {
            continue;
        }
        let word = view.word(at);
        let lower = word.to_lowercase();
        if matches!(lower.as_str(), "it" | "its" | "itself" | "they" | "their" | "themselves") {
            if let Some(row) = body_before(view, clusters, &trail, at, lower.starts_with("the")) {
                trail.add(clusters, row, token.span, token.sentence, MentionForm::Pronoun);
            }
            continue;
        }
        if let Some(gender) = pronoun(&lower) {
            if let Some(row) = person_before(view, clusters, &trail, at, gender) {
                trail.add(clusters, row, token.span, token.sentence, MentionForm::Pronoun);
            }
            continue;
        }
        let bits = view.book.look(&lower).bits;
        if word.chars().next().is_some_and(char::is_uppercase) {
            let office = bits & bit::TITLE != 0
                && matches!(view.word_before(token.span.start).as_str(), "the" | "prime" | "vice" | "foreign");
            if office
                && let Some(row) = trail.nearest(clusters, token.sentence, OFFICE_REACH, |cluster| holds_office(cluster, &lower))
            {
                trail.add(clusters, row, token.span, token.sentence, MentionForm::Nominal);
            } else {
                population(view, at, clusters, &mut by_key);
            }
            continue;
        }
        if bits & (bit::ROLE | bit::GROUP_HEAD | bit::ORG_NOMINAL) == 0 || !matches!(token.upos, Upos::Noun | Upos::X) {
            continue;
        }
        // The head of the noun phrase is its last noun.
        let next = view.parsed.tokens.get(at + 1);
        if next.is_some_and(|next| next.sentence == token.sentence && matches!(next.upos, Upos::Noun | Upos::Propn)) {
            continue;
        }
        let first = modifiers(view, &taken, at);
        let span = view.parsed.tokens[first].span.joined(token.span);
        let definite = is_definite(view, first);
        if definite
            && bits & bit::ORG_NOMINAL != 0
            && at - first <= 2
            && let Some(row) = trail.nearest(clusters, token.sentence, REACH, |cluster| org_fits(cluster, bits, &lower))
        {
            trail.add(clusters, row, span, token.sentence, MentionForm::Nominal);
            let alias = view.parsed.tokens[first - 1].span.joined(span).of(view.text).to_owned();
            clusters[row].alias(&alias);
            continue;
        }
        if definite && bits & (bit::ROLE_SINGULAR | bit::TITLE) != 0 {
            let titled = trail.nearest(clusters, token.sentence, OFFICE_REACH, |cluster| holds_office(cluster, &lower));
            let role =
                |cluster: &Cluster| cluster.kind == ActorKind::Role && cluster.words.last().is_some_and(|own| *own == lower);
            if let Some(row) = titled.or_else(|| trail.nearest(clusters, token.sentence, REACH, role)) {
                trail.add(clusters, row, span, token.sentence, MentionForm::Nominal);
                continue;
            }
        }
        // "the opposition Republican People's Party": the name says who
        if bits & (bit::ROLE | bit::GROUP_HEAD) == 0 || names_next(view, names, token.span.end) {
            continue;
        }
        let name = span.of(view.text);
        if first == at && ANYBODY.contains(&lower.as_str()) {
            continue;
        }
        let row = *by_key.entry(name.to_lowercase()).or_insert_with(|| {
            let kind = if bits & bit::GROUP_HEAD != 0 { ActorKind::Group } else { ActorKind::Role };
            let mut cluster = Cluster::new(kind, name, "unnamed holder of a role");
            cluster.words = vec![lower.clone()];
            cluster.country = countries(view, first, at).into_iter().next().map(|country| country.iso);
            clusters.push(cluster);
            clusters.len() - 1
        });
        trail.add(clusters, row, span, token.sentence, MentionForm::Nominal);
    }
}

/// The organisation or government that "it" or "they" means: the subject of this sentence, or of the one before where that
/// names no second one.
fn body_before(view: &View<'_>, clusters: &[Cluster], trail: &Trail, at: usize, plural: bool) -> Option<usize> {
    let token = view.parsed.tokens[at];
    let body = |met: &&Met| {
        let kind = clusters[met.row].kind;
        kind == ActorKind::Organisation
            || kind == ActorKind::Government && view.gazetteer.demonym_country(met.span.of(view.text)).is_none()
    };
    let subject = |met: &Met| {
        let last = view.parsed.tokens.partition_point(|token| token.span.start < met.span.end);
        let verb =
            |n: usize| matches!(view.upos(n), Upos::Verb | Upos::Aux) && !matches!(view.parsed.tokens[n].penn(), "VBG" | "VBN");
        verb(last) || verb(last + 1) && matches!(view.upos(last), Upos::Adv) || met.form == MentionForm::Pronoun
    };
    if plural {
        // A plural noun or two joined persons nearby are likelier meant.
        let first = at.saturating_sub(14);
        let crowd = (first..at)
            .any(|n| view.parsed.tokens[n].sentence == token.sentence && matches!(view.parsed.tokens[n].penn(), "NNS" | "NNPS"));
        let here = trail.back(token.sentence, 0).filter(body).find(|met| subject(met));
        return here.filter(|_| !crowd).map(|met| met.row);
    }
    let mut here: Vec<&Met> = trail.back(token.sentence, 0).filter(body).collect();
    if let Some(met) = here.iter().find(|met| subject(met)) {
        return Some(met.row);
    }
    here.dedup_by_key(|met| met.row);
    if let [only] = here[..] {
        return Some(only.row);
    }
    if !here.is_empty() || token.sentence == 0 {
        return None;
    }
    let before: Vec<&Met> = trail.back(token.sentence, 1).filter(|met| met.sentence + 1 == token.sentence).filter(body).collect();
    let owner = before.iter().rfind(|met| subject(met))?;
    before.iter().all(|met| met.row == owner.row || !subject(met)).then_some(owner.row)
}

/// "Gazans hail Trump": a people by its name.
fn population(view: &View<'_>, at: usize, clusters: &mut Vec<Cluster>, by_key: &mut HashMap<String, usize>) {
    let Some(country) = countries(view, at, at + 1).into_iter().find(|country| country.how == How::People) else { return };
    let next_noun = matches!(view.upos(at + 1), Upos::Noun | Upos::Propn)
        && view.parsed.tokens.get(at + 1).is_some_and(|next| next.sentence == view.parsed.tokens[at].sentence);
    let word = view.word(at);
    if next_noun || !word.ends_with('s') {
        return;
    }
    let row = *by_key.entry(word.to_lowercase()).or_insert_with(|| {
        let mut cluster = Cluster::new(ActorKind::Population, word, "a people by its name");
        cluster.country = Some(country.iso);
        clusters.push(cluster);
        clusters.len() - 1
    });
    clusters[row].add(view.parsed.tokens[at].span, MentionForm::Name);
}

fn pronoun(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

/// The person a singular pronoun means: of those named in this sentence or the two before, the subject of the nearest.
fn person_before(view: &View<'_>, clusters: &[Cluster], trail: &Trail, at: usize, gender: Gender) -> Option<usize> {
    let token = view.parsed.tokens[at];
    let mut best: Option<(i32, usize)> = None;
    // "arrested his wife; she was released": an unnamed woman met later than any name is meant
    let marked = if gender == Gender::Female { bit::FEMALE } else { bit::MALE };
    let unnamed = (at.saturating_sub(40)..at)
        .rev()
        .take_while(|&n| view.parsed.tokens[n].sentence + 1 >= token.sentence)
        .find(|&n| view.upos(n) == Upos::Noun && view.book.look(&view.word(n).to_lowercase()).bits & marked != 0)
        .map(|n| view.parsed.tokens[n].span.start);
    for met in trail.back(token.sentence, REACH - 1) {
        let cluster = &clusters[met.row];
        if cluster.kind != ActorKind::Person || !cluster.gender.fits(gender) {
            continue;
        }
        let last = view.parsed.tokens.partition_point(|token| token.span.start < met.span.end);
        let next = view.word(last).to_lowercase();
        if unnamed.is_some_and(|start| start > met.span.end && cluster.gender != gender) {
            continue;
        }
        let mut score = -10 * (token.sentence - met.sentence) as i32;
        // Subjects before objects and owners.
        let verb = matches!(view.upos(last), Upos::Verb | Upos::Aux) && view.parsed.tokens[last].sentence == met.sentence;
        if verb || view.book.look(&next).bits & bit::SAYING != 0 {
            score += 6;
        }
        if matches!(next.as_str(), "'s" | "’s") {
            score -= 3;
        }
        if met.form == MentionForm::Pronoun {
            score += 4;
        }
        if cluster.gender == gender {
            score += 4;
        }
        score += cluster.mentions.len().min(4) as i32;
        // Newest first, so that of two alike the one named first in the text wins.
        if best.is_none_or(|(top, _)| score >= top) {
            best = Some((score, met.row));
        }
    }
    best.map(|(_, row)| row)
}
