//! Actors of all articles → which of them are one.
//!
//! Full names make one; a surname alone never does: it joins the only full name that ends in it when title or country says
//! so too. Which article came first plays no part.
//!
//! # Limits
//! Two people of one full name are taken for one until somebody splits them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::filing::name_words;
use crate::model::{Actor, ActorKey, ActorKind, Edit, Entry, Filed, Orphan};

/// One actor over all articles, as rows (article, actor of its analysis) in order.
#[derive(Debug)]
pub(super) struct One {
    pub key: ActorKey,
    /// Keys it is also known by: those of its parts.
    pub known: BTreeSet<ActorKey>,
    pub rows: Vec<(usize, usize)>,
    pub why: String,
    /// The name a person gave it.
    pub renamed: Option<String>,
}

/// An actor of one article.
struct Own<'a> {
    at: (usize, usize),
    actor: &'a Actor,
    /// What it is called by itself.
    key: ActorKey,
    words: Vec<String>,
    titles: BTreeSet<String>,
}

/// Groups the actors of all articles. The articles stand in an order that does not hang on their import.
pub(super) fn one<'a>(
    articles: &[&Filed],
    edits: impl Iterator<Item = (usize, &'a Entry)>,
    orphans: &mut Vec<Orphan>,
) -> Vec<One> {
    let mut own: Vec<Own<'_>> = Vec::new();
    for (article, filed) in articles.iter().enumerate() {
        for (row, actor) in filed.analysis.actors.iter().enumerate().filter(|(_, actor)| !actor.mentions.is_empty()) {
            own.push(Own {
                at: (article, row),
                actor,
                key: ActorKey::new(actor.kind, &actor.name),
                words: name_words(&actor.name),
                titles: actor.titles.iter().map(|title| name_words(title).join(" ")).collect(),
            });
        }
    }
    let mut joined = Groups::new(own.len());
    let mut apart: BTreeMap<usize, String> = BTreeMap::new();
    same_names(articles, &own, &mut joined, &mut apart);
    part_names(&own, &mut joined, &mut apart, articles);
    short_names(&own, &mut joined);
    let mut ones = gather(&own, &mut joined, &apart);
    for (number, entry) in edits {
        if let Err(reason) = perform(&mut ones, &entry.edit, articles) {
            orphans.push(Orphan { number, reason });
        }
    }
    ones.retain(|one| !one.rows.is_empty());
    ones.sort_by(|a, b| a.rows.cmp(&b.rows));
    ones
}

/// Sets that grow together; the least member stands for its set.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// A person's name that tells who is meant: two words or more, the first of them no particle ("bin Salman").
fn is_full(own: &Own<'_>) -> bool {
    let starts_small = own.actor.name.chars().next().is_some_and(char::is_lowercase);
    own.words.len() > 1 && !starts_small
}

/// Joins what has the same name and can be told by it.
fn same_names(articles: &[&Filed], own: &[Own<'_>], joined: &mut Groups, apart: &mut BTreeMap<usize, String>) {
    let mut known: HashMap<(ActorKind, String, Option<&str>), usize> = HashMap::new();
    for (at, actor) in own.iter().enumerate() {
        let name = actor.words.join(" ");
        let key = match actor.actor.kind {
            ActorKind::Person if is_full(actor) => (ActorKind::Person, name, None),
            ActorKind::Organisation | ActorKind::Government => (actor.actor.kind, name, None),
            // "Protesters" are a crowd of their country, not the same people everywhere.
            ActorKind::Group | ActorKind::Population => (actor.actor.kind, name, actor.actor.country.as_deref()),
            // A surname alone, or "a diplomatic source": one article's own until something more is known.
            ActorKind::Person | ActorKind::Role => {
                apart.insert(at, short_id(articles[actor.at.0]));
                continue;
            }
        };
        if let Some(country) = key.2 {
            apart.insert(at, country.to_owned());
        }
        match known.get(&key) {
            Some(first) => joined.join(*first, at),
            None => {
                known.insert(key, at);
            }
        }
    }
}

fn short_id(filed: &Filed) -> String {
    filed.id.to_string()[..8].to_owned()
}

/// Joins "Rubio" or "Anna Ekström" to the only full name that ends in it, or that it abbreviates, where title or country
/// says so too.
fn part_names(own: &[Own<'_>], joined: &mut Groups, apart: &mut BTreeMap<usize, String>, articles: &[&Filed]) {
    struct Full {
        words: Vec<String>,
        countries: BTreeSet<String>,
        titles: BTreeSet<String>,
    }
    let mut full: BTreeMap<usize, Full> = BTreeMap::new();
    for (at, actor) in own.iter().enumerate().filter(|(_, actor)| actor.actor.kind == ActorKind::Person && is_full(actor)) {
        let one = full.entry(joined.root(at)).or_insert_with(|| Full {
            words: actor.words.clone(),
            countries: BTreeSet::new(),
            titles: BTreeSet::new(),
        });
        one.countries.extend(actor.actor.country.clone());
        one.titles.extend(actor.titles.iter().cloned());
    }
    let mut by_last: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (root, one) in &full {
        by_last.entry(one.words.last().map_or("", String::as_str)).or_default().push(*root);
    }
    let mut joins: Vec<(usize, usize)> = Vec::new();
    // A full name with a middle name or initial left out.
    for roots in by_last.values() {
        for &short in roots {
            let own_words = &full[&short].words;
            let longer: Vec<usize> = roots
                .iter()
                .copied()
                .filter(|other| {
                    let words = &full[other].words;
                    words.len() > own_words.len() && words[0] == own_words[0] && is_part(own_words, words)
                })
                .collect();
            if let [only] = longer[..] {
                joins.push((only, short));
            }
        }
    }
    for (at, actor) in own.iter().enumerate().filter(|(_, actor)| actor.actor.kind == ActorKind::Person && !is_full(actor)) {
        let Some(last) = actor.words.last() else { continue };
        let fits: Vec<usize> = by_last
            .get(last.as_str())
            .into_iter()
            .flatten()
            .copied()
            .filter(|root| full[root].words.ends_with(&actor.words))
            .filter(|root| {
                let one = &full[root];
                let country = actor.actor.country.as_ref();
                let same_country = country.is_some_and(|own| one.countries.contains(own));
                let other_country = country.is_some() && !one.countries.is_empty() && !same_country;
                let same_title = actor.titles.iter().any(|title| one.titles.iter().any(|other| titles_agree(title, other)));
                !other_country && (same_country || same_title)
            })
            .collect();
        if let [only] = fits[..] {
            joins.push((only, at));
            apart.remove(&at);
        } else if let (Some(country), Some(title)) = (&actor.actor.country, actor.titles.first()) {
            // "French Foreign Minister Barrot" in two articles: name, title and country together do tell.
            apart.insert(at, format!("{country} {title}"));
        }
    }
    for (a, b) in joins {
        joined.join(a, b);
    }
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (at, actor) in own.iter().enumerate() {
        if actor.actor.kind == ActorKind::Person
            && let Some(tag) = apart.get(&at)
            && *tag != short_id(articles[actor.at.0])
        {
            match told.get(&(actor.key.0.as_str(), tag.as_str())) {
                Some(first) => joined.join(*first, at),
                None => {
                    told.insert((&actor.key.0, tag), at);
                }
            }
        }
    }
}

/// Do the words occur in the longer name, in order, with the same last word? An initial stands for its name.
fn is_part(short: &[String], long: &[String]) -> bool {
    if short.last() != long.last() {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|own| own == word || word.len() == 1 && own.starts_with(word.as_str())))
}

/// "US secretary of state" agrees with "secretary of state".
fn titles_agree(a: &str, b: &str) -> bool {
    a == b || a.ends_with(b) && b.contains(' ') || b.ends_with(a) && a.contains(' ')
}

/// Joins an organisation known by initials to the only one whose article gives both.
fn short_names(own: &[Own<'_>], joined: &mut Groups) {
    let mut by_alias: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let institutional = |actor: &&Own<'_>| matches!(actor.actor.kind, ActorKind::Organisation | ActorKind::Government);
    for (at, actor) in own.iter().enumerate().filter(|(_, actor)| institutional(actor)) {
        for alias in &actor.actor.aliases {
            let words = name_words(alias);
            let initials = words.len() == 1 && is_initials(alias, &actor.words);
            if initials || words.len() > 1 && words != actor.words {
                by_alias.entry(words.join(" ")).or_default().insert(joined.root(at));
            }
        }
    }
    let mut joins = Vec::new();
    for (at, actor) in own.iter().enumerate().filter(|(_, actor)| institutional(actor)) {
        let Some(bearers) = by_alias.get(&actor.words.join(" ")) else { continue };
        let bearers: BTreeSet<usize> =
            bearers.iter().copied().filter(|bearer| own[*bearer].actor.kind == actor.actor.kind).collect();
        if let [only] = bearers.iter().copied().collect::<Vec<_>>()[..] {
            joins.push((only, at));
        }
    }
    for (a, b) in joins {
        joined.join(a, b);
    }
}

/// "WHO" of "World Health Organization": small words may be left out.
fn is_initials(short: &str, words: &[String]) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut at = 0;
    for word in words {
        if at < letters.len() && word.starts_with(letters[at]) {
            at += 1;
        } else if word.len() > 3 {
            return false;
        }
    }
    letters.len() > 1 && at == letters.len()
}

fn gather(own: &[Own<'_>], joined: &mut Groups, apart: &BTreeMap<usize, String>) -> Vec<One> {
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..own.len() {
        sets.entry(joined.root(at)).or_default().push(at);
    }
    let mut ones: Vec<One> = sets
        .into_values()
        .map(|set| {
            let key = |at: usize| apart.get(&at).map_or_else(|| own[at].key.clone(), |by| own[at].key.apart(by));
            let keys: BTreeSet<ActorKey> = set.iter().map(|at| key(*at)).collect();
            let best =
                set.iter().map(|at| (own[*at].words.len(), &own[*at].actor.name)).max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)));
            let chief = set.iter().copied().find(|at| Some(&own[*at].actor.name) == best.map(|(_, name)| name)).unwrap_or(set[0]);
            let names: BTreeSet<&str> = set.iter().map(|at| own[*at].actor.name.as_str()).collect();
            let why = if names.len() > 1 {
                let listed: Vec<&str> = names.into_iter().take(4).collect();
                format!("one by name, title and country: {}", listed.join(", "))
            } else {
                String::new()
            };
            One { key: key(chief), known: keys, rows: set.iter().map(|at| own[*at].at).collect(), why, renamed: None }
        })
        .collect();
    // A key means one actor only.
    let mut seen = BTreeSet::new();
    for one in &mut ones {
        let mut count = 1;
        while !seen.insert(one.key.clone()) {
            count += 1;
            one.key = one.key.apart(&count.to_string());
        }
    }
    ones
}

fn find(ones: &[One], key: &ActorKey) -> Option<usize> {
    let live = |one: &&One| !one.rows.is_empty();
    let exact = ones.iter().position(|one| live(&one) && one.key == *key);
    exact.or_else(|| ones.iter().position(|one| live(&one) && one.known.contains(key)))
}

fn perform(ones: &mut Vec<One>, edit: &Edit, articles: &[&Filed]) -> Result<(), String> {
    let gone = |key: &ActorKey| format!("no actor is called “{}” any more", key.name());
    match edit {
        Edit::MergeActors { into, others } => {
            let mut missing = Vec::new();
            let mut found: Vec<usize> = Vec::new();
            for key in std::iter::once(into).chain(others) {
                match find(ones, key) {
                    Some(at) if found.contains(&at) => {}
                    Some(at) => found.push(at),
                    None => missing.push(gone(key)),
                }
            }
            let Some((first, rest)) = found.split_first() else { return Err(missing.remove(0)) };
            for at in rest {
                let other = std::mem::replace(
                    &mut ones[*at],
                    One { key: ActorKey::default(), known: BTreeSet::new(), rows: Vec::new(), why: String::new(), renamed: None },
                );
                let one = &mut ones[*first];
                one.known.insert(other.key);
                one.known.extend(other.known);
                one.rows.extend(other.rows);
                one.rows.sort_unstable();
                one.why = "merged by a person".into();
            }
            if missing.is_empty() { Ok(()) } else { Err(missing.remove(0)) }
        }
        Edit::SplitActor { actor, article } => {
            let at = find(ones, actor).ok_or_else(|| gone(actor))?;
            let of = |row: &(usize, usize)| articles[row.0].id == *article;
            let parted: Vec<_> = ones[at].rows.iter().copied().filter(of).collect();
            if parted.is_empty() {
                return Err(format!("{} is not named in the article any more", actor.name()));
            }
            if parted.len() == ones[at].rows.len() {
                return Ok(());
            }
            ones[at].rows.retain(|row| !of(row));
            let key = actor.apart(&article.to_string()[..8]);
            ones.push(One { key, known: BTreeSet::new(), rows: parted, why: "split off by a person".into(), renamed: None });
            Ok(())
        }
        Edit::RenameActor { actor, name } => {
            let at = find(ones, actor).ok_or_else(|| gone(actor))?;
            ones[at].renamed = Some(name.clone());
            Ok(())
        }
        _ => Ok(()),
    }
}
