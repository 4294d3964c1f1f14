//! Two versions of an article, or of its reading → what was added, changed, gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::facts::facts;
use crate::gazetteer::fold::folded_words;
use crate::model::{Change, Event, Filed, Span, Workspace, days};

/// What became of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    Added(String),
    Gone(String),
    /// As it was, and as it is.
    Changed(String, String),
}

/// A later version against an earlier one, in the order of the later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    pub pieces: Vec<Piece>,
}

impl Compared {
    /// Sentences added, changed and gone.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |test: fn(&Piece) -> bool| self.pieces.iter().filter(|piece| test(piece)).count();
        (
            count(|piece| matches!(piece, Piece::Added(_))),
            count(|piece| matches!(piece, Piece::Changed(..))),
            count(|piece| matches!(piece, Piece::Gone(_))),
        )
    }
}

/// Sentences of each side that are laid side by side; what stands beyond them is compared as a set.
const MOST: usize = 1_500;

/// Least share of words that an old and a new sentence have in common to be one sentence changed.
const ALIKE: f64 = 0.5;

/// Lays the later text beside the earlier, sentence by sentence.
#[must_use]
pub fn compare(earlier: &str, first: &[Span], later: &str, second: &[Span]) -> Compared {
    let cut = |text: &str, spans: &[Span]| -> Vec<String> {
        let words = |span: &Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        spans.iter().map(words).filter(|sentence| !sentence.is_empty()).collect()
    };
    let (old, new) = (cut(earlier, first), cut(later, second));
    let old = &old[..old.len().min(MOST)];
    let new = &new[..new.len().min(MOST)];
    // Longest common subsequence, from the end.
    let width = new.len() + 1;
    let mut best = vec![0_u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            best[i * width + j] = if old[i] == new[j] {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut gone, mut added): (Vec<&String>, Vec<&String>) = (Vec::new(), Vec::new());
    loop {
        let same = i < old.len() && j < new.len() && old[i] == new[j];
        let end = i == old.len() && j == new.len();
        if same || end {
            settle_run(&mut pieces, &mut gone, &mut added);
        }
        if end {
            break;
        }
        if same {
            pieces.push(Piece::Same(new[j].clone()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && best[(i + 1) * width + j] >= best[i * width + j + 1] {
            gone.push(&old[i]);
            i += 1;
        } else {
            added.push(&new[j]);
            j += 1;
        }
    }
    Compared { pieces }
}

/// Between two sentences that stayed: each new one that is like an old one is that one changed.
fn settle_run(pieces: &mut Vec<Piece>, gone: &mut Vec<&String>, added: &mut Vec<&String>) {
    let bag = |sentence: &str| folded_words(sentence).into_iter().collect::<BTreeSet<_>>();
    let old: Vec<BTreeSet<String>> = gone.iter().map(|sentence| bag(sentence)).collect();
    let mut taken = vec![false; gone.len()];
    for sentence in added.drain(..) {
        let words = bag(sentence);
        let like = |at: usize| old[at].intersection(&words).count() as f64 / old[at].len().max(words.len()).max(1) as f64;
        let best = (0..gone.len()).filter(|at| !taken[*at]).max_by(|a, b| like(*a).total_cmp(&like(*b)).then(b.cmp(a)));
        match best.filter(|at| like(*at) >= ALIKE) {
            Some(at) => {
                taken[at] = true;
                pieces.push(Piece::Changed(gone[at].clone(), sentence.clone()));
            }
            None => pieces.push(Piece::Added(sentence.clone())),
        }
    }
    for (at, sentence) in gone.drain(..).enumerate() {
        if !taken[at] {
            pieces.push(Piece::Gone(sentence.clone()));
        }
    }
}

/// What accepting new readings of articles would change, in a few sentences.
#[must_use]
pub fn what_changes(workspace: &Workspace, drafts: &[Arc<Filed>]) -> Vec<String> {
    let (mut articles, mut new, mut gone, mut retyped, mut redated) = (0, 0, 0, 0, 0);
    for draft in drafts {
        let Some(before) = workspace.articles.get(&draft.id) else { continue };
        let rows = |filed: &'_ Filed| -> BTreeMap<Span, Event> {
            filed.analysis.events.iter().map(|event| (event.trigger, event.clone())).collect()
        };
        let (old, now) = (rows(before), rows(draft));
        let both: Vec<(&Event, &Event)> = old.iter().filter_map(|(span, event)| Some((event, now.get(span)?))).collect();
        let counts = [
            now.keys().filter(|span| !old.contains_key(span)).count(),
            old.keys().filter(|span| !now.contains_key(span)).count(),
            both.iter().filter(|(a, b)| a.kind != b.kind).count(),
            both.iter().filter(|(a, b)| days(&a.when.interval) != days(&b.when.interval)).count(),
        ];
        let differs = counts.iter().any(|count| *count > 0) || before.analysis != draft.analysis;
        articles += usize::from(differs);
        new += counts[0];
        gone += counts[1];
        retyped += counts[2];
        redated += counts[3];
    }
    let mut told = vec![format!("{articles} of {} articles would change", drafts.len())];
    if articles > 0 {
        told.push(format!("{new} events are new, {gone} are gone, {retyped} change type, {redated} change date"));
    }
    let mut after = workspace.clone();
    after.apply(drafts.iter().cloned().map(Change::File));
    let held: BTreeSet<usize> = workspace.facts.orphans.iter().map(|orphan| orphan.number).collect();
    let lost: Vec<_> = facts(&after).orphans.into_iter().filter(|orphan| !held.contains(&orphan.number)).collect();
    if !lost.is_empty() {
        told.push(format!("{} of your corrections would find nothing to hold on to", lost.len()));
        told.extend(lost.iter().take(5).filter_map(|orphan| {
            let entry = workspace.log.get(orphan.number)?;
            Some(format!("{}: {}", entry.edit.name(), orphan.reason))
        }));
    }
    told
}
