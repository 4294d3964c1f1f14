//! Unnamed holders of roles, populations, and the nominals and pronouns that stand for an actor.
//!
//! # Limits
//! "it" and "they" are left alone: their antecedent is right in about half the cases only.

use std::collections::HashMap;

use super::View;
use super::cluster::{Cluster, Gender};
use super::government::{How, countries};
use crate::extract::name::NameMention;
use crate::extract::name::book::{OrgKind, bit};
use crate::lang::Upos;
use crate::model::{ActorKind, MentionForm, Span};

/// Sentences back that a pronoun or nominal may reach.
const REACH: u32 = 3;

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
        for cluster in clusters.iter().filter(|cluster| cluster.kind != ActorKind::Government) {
            cluster.mentions.iter().for_each(|mention| fill(mention.span));
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

/// The cluster that fits and was met last before `at`, within reach.
fn nearest(view: &View<'_>, clusters: &[Cluster], at: usize, fits: impl Fn(&Cluster) -> bool) -> Option<usize> {
    let token = view.parsed.tokens[at];
    let mut best = None;
    for (row, cluster) in clusters.iter().enumerate().filter(|(_, cluster)| fits(cluster)) {
        if let Some(mention) = cluster.before(token.span.start) {
            let sentence = view.parsed.tokens.get(view.token_at(mention.span.start)).map_or(0, |token| token.sentence);
            if sentence + REACH >= token.sentence && best.is_none_or(|(start, _)| mention.span.start > start) {
                best = Some((mention.span.start, row));
            }
        }
    }
    best.map(|(_, row)| row)
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
        Some(OrgKind::Agency | OrgKind::Military | OrgKind::Church | OrgKind::Government) => {
            matches!(word, "agency" | "ministry" | "department" | "army" | "military" | "church")
        }
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
    let taken = Taken::new(view, names, clusters);
    let named = clusters.len();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for at in 0..view.parsed.tokens.len() {
        if taken.0[at] {
            continue;
        }
        let word = view.word(at);
        let lower = word.to_lowercase();
        if let Some(gender) = pronoun(&lower) {
            if let Some(row) = person_before(view, &clusters[..named], at, gender) {
                clusters[row].add(view.parsed.tokens[at].span, MentionForm::Pronoun);
            }
            continue;
        }
        if word.chars().next().is_some_and(char::is_uppercase) {
            population(view, at, clusters, &mut by_key);
            continue;
        }
        let bits = view.book.look(&lower).bits;
        if bits & (bit::ROLE | bit::GROUP_HEAD | bit::ORG_NOMINAL) == 0 || !matches!(view.upos(at), Upos::Noun | Upos::X) {
            continue;
        }
        // The head of the noun phrase is its last noun.
        if matches!(view.upos(at + 1), Upos::Noun | Upos::Propn)
            && view.parsed.tokens.get(at + 1).is_some_and(|next| next.sentence == view.parsed.tokens[at].sentence)
        {
            continue;
        }
        let first = modifiers(view, &taken, at);
        let span = view.parsed.tokens[first].span.joined(view.parsed.tokens[at].span);
        let definite = is_definite(view, first);
        if definite && at - first <= 1 && bits & bit::ORG_NOMINAL != 0 {
            if let Some(row) = nearest(view, &clusters[..named], at, |cluster| org_fits(cluster, bits, &lower)) {
                clusters[row].add(span, MentionForm::Nominal);
                let whole = view.parsed.tokens[first - 1].span.joined(span);
                let alias = whole.of(view.text).to_owned();
                clusters[row].alias(&alias);
                continue;
            }
        }
        if definite && first == at && bits & bit::ROLE_SINGULAR != 0 {
            let titled = |cluster: &Cluster| {
                cluster.kind == ActorKind::Person
                    && cluster
                        .titles
                        .iter()
                        .any(|title| title.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|own| own == lower))
            };
            if let Some(row) = nearest(view, &clusters[..named], at, titled) {
                clusters[row].add(span, MentionForm::Nominal);
                continue;
            }
            let role =
                |cluster: &Cluster| cluster.kind == ActorKind::Role && cluster.words.last().is_some_and(|own| *own == lower);
            if let Some(row) = nearest(view, clusters, at, role) {
                clusters[row].add(span, MentionForm::Nominal);
                continue;
            }
        }
        if bits & (bit::ROLE | bit::GROUP_HEAD) == 0 {
            continue;
        }
        let name = span.of(view.text);
        let key = name.to_lowercase();
        let row = *by_key.entry(key).or_insert_with(|| {
            let kind = if bits & bit::GROUP_HEAD != 0 { ActorKind::Group } else { ActorKind::Role };
            let mut cluster = Cluster::new(kind, name, "unnamed holder of a role");
            cluster.words = vec![lower.clone()];
            cluster.country = countries(view, first, at).into_iter().next().map(|country| country.iso);
            clusters.push(cluster);
            clusters.len() - 1
        });
        clusters[row].add(span, MentionForm::Nominal);
    }
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
fn person_before(view: &View<'_>, clusters: &[Cluster], at: usize, gender: Gender) -> Option<usize> {
    let token = view.parsed.tokens[at];
    let mut best: Option<(i32, usize)> = None;
    for (row, cluster) in
        clusters.iter().enumerate().filter(|(_, cluster)| cluster.kind == ActorKind::Person && cluster.gender.fits(gender))
    {
        let Some(mention) = cluster.before(token.span.start) else { continue };
        let (first, last) = view.tokens_of(mention.span);
        let Some(met) = view.parsed.tokens.get(first) else { continue };
        if met.sentence + REACH <= token.sentence {
            continue;
        }
        let back = (token.sentence - met.sentence) as i32;
        let next = view.word(last).to_lowercase();
        let mut score = -10 * back;
        // Subjects before objects and owners.
        let verb = |n: usize| matches!(view.upos(n), Upos::Verb | Upos::Aux) && view.parsed.tokens[n].sentence == met.sentence;
        if verb(last) || view.book.look(&next).bits & bit::SAYING != 0 {
            score += 6;
        }
        if matches!(next.as_str(), "'s" | "’s") {
            score -= 3;
        }
        if mention.form == MentionForm::Pronoun {
            score += 4;
        }
        if cluster.gender == gender {
            score += 4;
        }
        score += cluster.mentions.len().min(4) as i32;
        // Of two alike the one named first in its sentence.
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, row));
        }
    }
    best.map(|(_, row)| row)
}
