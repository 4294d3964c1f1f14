//! "Sudan's army", "the government", "Ukrainian forces" → the government meant, or the institution of that state.
//!
//! # Limits
//! An institution that no owner is told for belongs to the article's home; a foreign one named only as "the army" is mistaken.

use std::collections::HashMap;

use super::View;
use super::cluster::Cluster;
use super::government::countries;
use crate::extract::name::{NameKind, NameMention};
use crate::lang::Upos;
use crate::model::{ActorKind, MentionForm};

/// Bodies with a life of their own: actors beside their government.
const BODIES: [&str; 16] = [
    "army",
    "military",
    "navy",
    "police",
    "parliament",
    "air force",
    "armed forces",
    "central bank",
    "coast guard",
    "coastguard",
    "border guard",
    "judiciary",
    "senate",
    "foreign ministry",
    "defence ministry",
    "defense ministry",
];

/// Words for a government itself.
const GOVERNMENTS: [&str; 4] = ["government", "administration", "regime", "junta"];

/// What acts for its state where an adjective of origin stands before it: "Ukrainian forces".
const FORCES: [&str; 16] = [
    "forces",
    "troops",
    "warplanes",
    "jets",
    "drones",
    "missiles",
    "artillery",
    "warships",
    "tanks",
    "airstrikes",
    "rockets",
    "aircraft",
    "shelling",
    "gunboats",
    "helicopters",
    "commandos",
];

/// Sentences back in which "the army" means the army named last.
const REACH: u32 = 12;

/// Whose institution it is.
enum Owner {
    /// ISO code, and the token its name begins at.
    Told(String),
    /// "the army", "police": not told.
    None,
}

/// Adds institutions and further words for governments.
pub fn institutions(view: &View<'_>, home: Option<&str>, names: &[NameMention], clusters: &mut Vec<Cluster>) {
    let mut covered = vec![false; view.parsed.tokens.len()];
    for name in names.iter().filter(|name| name.kind != NameKind::Location) {
        let (first, last) = view.tokens_of(name.span);
        covered[first..last].fill(true);
    }
    for cluster in clusters.iter() {
        for mention in &cluster.mentions {
            let (first, last) = view.tokens_of(mention.span);
            covered[first..last].fill(true);
        }
    }
    // Persons and organisations by the offset their mentions end at, for "Petro's government".
    let mut owners: HashMap<u32, String> = HashMap::new();
    let mut government: HashMap<String, usize> = HashMap::new();
    for (row, cluster) in clusters.iter().enumerate() {
        if let Some(iso) = &cluster.country {
            if cluster.kind == ActorKind::Government {
                government.entry(iso.clone()).or_insert(row);
            }
            owners.extend(cluster.mentions.iter().map(|mention| (mention.span.end, iso.clone())));
        }
    }
    let mut body: HashMap<(String, String), usize> = HashMap::new();
    // The body met last under each word, and its sentence.
    let mut latest: HashMap<String, (String, u32)> = HashMap::new();
    for at in 0..view.parsed.tokens.len() {
        let token = view.parsed.tokens[at];
        if covered[at] || !matches!(token.upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        let next = view.parsed.tokens.get(at + 1).filter(|next| next.sentence == token.sentence);
        if next.is_some_and(|next| matches!(next.upos, Upos::Noun | Upos::Propn)) {
            continue;
        }
        let word = view.word(at).to_lowercase();
        let pair = if at > 0 { format!("{} {word}", view.word(at - 1).to_lowercase()) } else { String::new() };
        let paired = BODIES.contains(&pair.as_str());
        let first = if paired { at - 1 } else { at };
        let is_body = paired || BODIES.contains(&word.as_str());
        let is_government = GOVERNMENTS.contains(&word.as_str());
        let is_force = FORCES.contains(&word.as_str());
        if !(is_body || is_government || is_force) || first > 0 && covered[first] {
            continue;
        }
        let key = if paired { pair } else { word.clone() };
        let (owner, begin) = owner(view, first, token.sentence, &owners);
        let span = view.parsed.tokens[first].span.joined(token.span);
        let Owner::Told(iso) = owner else {
            let before = view.word_before(view.parsed.tokens[first].span.start);
            let bare = matches!(before.as_str(), "the" | "" | "and" | "," | "that" | "by" | "to" | "with" | "said" | "but")
                || word == "police";
            if !bare || is_force {
                continue;
            }
            let recent = latest.get(&key).filter(|(_, sentence)| sentence + REACH >= token.sentence).map(|(iso, _)| iso.clone());
            let Some(iso) = recent.or_else(|| home.map(str::to_owned)) else { continue };
            if is_government {
                if before == "the" {
                    let row = government_row(view, &iso, &mut government, clusters);
                    if let Some(row) = row {
                        clusters[row].add(span, MentionForm::Nominal);
                    }
                }
                continue;
            }
            let row = body_row(view, &iso, &key, None, &mut body, clusters);
            clusters[row].add(span, MentionForm::Nominal);
            continue;
        };
        if is_government || is_force {
            if let Some(row) = government_row(view, &iso, &mut government, clusters) {
                clusters[row].add(span, MentionForm::Nominal);
            }
            latest.insert(key, (iso, token.sentence));
            continue;
        }
        let told = view.parsed.tokens[begin].span.joined(token.span).of(view.text);
        let row = body_row(view, &iso, &key, Some(told), &mut body, clusters);
        clusters[row].add(span, MentionForm::Nominal);
        clusters[row].alias(told);
        latest.insert(key, (iso, token.sentence));
    }
}

fn government_row(view: &View<'_>, iso: &str, known: &mut HashMap<String, usize>, clusters: &mut Vec<Cluster>) -> Option<usize> {
    if let Some(row) = known.get(iso) {
        return Some(*row);
    }
    let country = view.gazetteer.country(iso)?;
    let mut cluster = Cluster::new(ActorKind::Government, &country.name, "its government or forces are named");
    cluster.country = Some(iso.to_owned());
    clusters.push(cluster);
    known.insert(iso.to_owned(), clusters.len() - 1);
    Some(clusters.len() - 1)
}

fn body_row(
    view: &View<'_>,
    iso: &str,
    key: &str,
    told: Option<&str>,
    known: &mut HashMap<(String, String), usize>,
    clusters: &mut Vec<Cluster>,
) -> usize {
    *known.entry((iso.to_owned(), key.to_owned())).or_insert_with(|| {
        let country = view.gazetteer.country(iso).map_or(iso, |country| &country.name);
        let name = told.map_or_else(|| format!("{country} {key}"), |told| told.replace("'s ", " ").replace("’s ", " "));
        let mut cluster = Cluster::new(ActorKind::Organisation, &name, "an institution of a state");
        cluster.country = Some(iso.to_owned());
        cluster.words = vec![key.to_owned()];
        clusters.push(cluster);
        clusters.len() - 1
    })
}

/// The state before the word at `first`: by possessor ("Sudan's"), adjective ("Israeli") or bare name ("Sudan army").
fn owner(view: &View<'_>, first: usize, sentence: u32, owners: &HashMap<u32, String>) -> (Owner, usize) {
    let inside = |at: usize| view.parsed.tokens[at].sentence == sentence;
    let begin = (first.saturating_sub(4)..first).find(|&at| inside(at)).unwrap_or(first);
    if let Some(country) = countries(view, begin, first).pop() {
        let gap: Vec<String> = (country.last..first).map(|at| view.word(at).to_lowercase()).collect();
        let joined = gap.iter().all(|word| {
            matches!(word.as_str(), "'s" | "’s" | "'" | "’" | "military" | "new" | "transitional" | "interim" | "own" | "ground")
        });
        if joined {
            return (Owner::Told(country.iso), country.first);
        }
    }
    if first >= 2 && inside(first - 2) && matches!(view.word(first - 1), "'s" | "’s" | "'" | "’") {
        let whose = view.parsed.tokens[first - 2].span.end;
        if let Some(iso) = owners.get(&whose) {
            return (Owner::Told(iso.clone()), first - 2);
        }
    }
    (Owner::None, first)
}
