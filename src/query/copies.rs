//! Articles → which are copies of one text, versions of one article, and one source.

use std::collections::BTreeMap;

use super::actors::Groups;
use super::filing::FUNCTIONS;
use crate::gazetteer::fold::folded_words;
use crate::model::{Filed, Fingerprint};

/// Rows of the fingerprint that must agree in one band for two articles to be compared: texts that share three tenths of
/// their shingles meet in one of 48 bands of two with 99 %.
const BAND: usize = 2;

/// Least share of shingles, of those of both texts together.
const ALIKE: f64 = 0.25;

/// Least share of the shorter text's shingles that the longer one has: a wire story cut to half is still a copy.
const CONTAINED: f64 = 0.6;

/// Least share for two texts to be versions of one article: more is the same than not.
const VERSION: f64 = 0.5;

/// Shorter texts are compared as wholes: ten words make too few shingles to tell by.
const SHORTEST: u32 = 12;

/// What an article is to the others; numbers are rows of the list given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kin {
    /// The least row of those that are one source with it.
    pub source: usize,
    pub copies: Vec<usize>,
    pub replaced_by: Option<usize>,
}

/// Estimated share of shingles that two texts have in common, of those of both together, 0..=1.
#[must_use]
pub fn likeness(a: &Fingerprint, b: &Fingerprint) -> f64 {
    if a.least.is_empty() || b.least.is_empty() {
        return 0.0;
    }
    let same = a.least.iter().zip(&b.least).filter(|(a, b)| a == b).count();
    same as f64 / FUNCTIONS as f64
}

/// Are the two near-duplicates: the same words, or one a cut of the other?
#[must_use]
pub fn are_copies(a: &Fingerprint, b: &Fingerprint) -> bool {
    let alike = likeness(a, b);
    if a.words.min(b.words) < SHORTEST {
        return alike >= 1.0 && a.words == b.words;
    }
    let (short, long) = (f64::from(a.words.min(b.words)), f64::from(a.words.max(b.words)));
    let shared = alike / (1.0 + alike) * (short + long);
    alike >= ALIKE && shared / short >= CONTAINED
}

/// Sorts out the articles, which stand in order of publication.
pub(super) fn kin(articles: &[&Filed]) -> Vec<Kin> {
    let mut kin: Vec<Kin> = (0..articles.len()).map(|row| Kin { source: row, ..Kin::default() }).collect();
    let mut sources = Groups::new(articles.len());
    let mut versions = Groups::new(articles.len());
    for (a, b) in pairs(articles) {
        if !are_copies(&articles[a].fingerprint, &articles[b].fingerprint) {
            continue;
        }
        kin[a].copies.push(b);
        kin[b].copies.push(a);
        sources.join(a, b);
        let same_outlet = outlet(articles[a]) == outlet(articles[b]);
        if same_outlet && likeness(&articles[a].fingerprint, &articles[b].fingerprint) >= VERSION {
            versions.join(a, b);
        }
    }
    join_by(articles, |filed| filed.about.url.as_deref().and_then(plain_url), &mut [&mut versions, &mut sources]);
    join_by(articles, |filed| filed.fingerprint.agency.clone(), &mut [&mut sources]);
    join_by(articles, outlet, &mut [&mut sources]);
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    for row in 0..articles.len() {
        kin[row].source = sources.root(row);
        kin[row].copies.sort_unstable();
        if let Some(before) = last.insert(versions.root(row), row) {
            kin[before].replaced_by = Some(row);
        }
    }
    kin
}

fn outlet(filed: &Filed) -> Option<String> {
    filed.about.outlet.as_deref().map(|outlet| folded_words(outlet).join(" ")).filter(|outlet| !outlet.is_empty())
}

/// An address without scheme, "www.", query and fragment. A site's front page stands for no article.
fn plain_url(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.contains('/').then(|| rest.to_lowercase())
}

fn join_by(articles: &[&Filed], key: impl Fn(&Filed) -> Option<String>, groups: &mut [&mut Groups]) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (row, filed) in articles.iter().enumerate() {
        let Some(key) = key(filed) else { continue };
        let at = *first.entry(key).or_insert(row);
        for group in groups.iter_mut() {
            group.join(at, row);
        }
    }
}

/// Pairs of articles that agree in a whole band, each once, in order.
fn pairs(articles: &[&Filed]) -> Vec<(usize, usize)> {
    /// Articles of one band that are compared with those after them; a thousand copies need no million comparisons.
    const MOST: usize = 16;
    let mut pairs = Vec::new();
    for band in 0..FUNCTIONS / BAND {
        let part = |row: usize| articles[row].fingerprint.least.get(band * BAND..(band + 1) * BAND);
        let mut rows: Vec<(&[u32], usize)> = (0..articles.len()).filter_map(|row| Some((part(row)?, row))).collect();
        rows.sort_unstable();
        for (at, (key, row)) in rows.iter().enumerate() {
            pairs.extend(rows[at + 1..].iter().take(MOST).take_while(|(other, _)| other == key).map(|(_, other)| (*row, *other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
