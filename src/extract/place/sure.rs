//! A group of mentions with its best reading → the probability that both are right: a place is meant, and this one.
//!
//! The ranker's probabilities compare the readings that the gazetteer has; they say nothing of a place that it lacks, and a
//! name with a single reading always gets 1. This third model (Platt 1999, with a few more features than the score) is fitted
//! on articles that the other two have not seen, so that of places shown at 0.9 nine in ten are right.

use super::resolve::{Choice, Group, rank_feature};
use super::weights::Weights;
use crate::gazetteer::Gazetteer;
use crate::model::PlaceKind;

/// In the order of `features`.
pub const SURE_FEATURES: [&str; 16] = [
    "bias",
    "choice",
    "spot",
    "alternate",
    "only-choice",
    "country-named",
    "country-share",
    "pair-inside",
    "pair-outside",
    "by-hand",
    "country",
    "population",
    "home-country",
    "sibling-near",
    "mentions",
    "alternate-afar",
];

/// Beyond this a probability's odds say no more.
const MOST_ODDS: f32 = 6.0;

fn odds(probability: f32) -> f32 {
    (probability / (1.0 - probability).max(1e-6)).max(1e-6).ln().clamp(-MOST_ODDS, MOST_ODDS)
}

/// What the model looks at. `spot`: the highest probability of the group's spots that they mean a place.
#[must_use]
pub fn features(gazetteer: &Gazetteer, group: &Group, best: &Choice, spot: f32) -> [f32; SURE_FEATURES.len()] {
    let is = |truth: bool| f32::from(u8::from(truth));
    let told = |name: &str| best.features[rank_feature(name)];
    let named = told("country-named").max(told("division-named"));
    let alternate = told("alternate");
    [
        1.0,
        odds(best.probability),
        odds(spot),
        alternate,
        is(group.choices.len() == 1),
        named,
        told("country-share"),
        told("pair-inside"),
        told("pair-outside"),
        is(gazetteer.is_by_hand(best.place)),
        is(gazetteer.kind(best.place) == PlaceKind::Country),
        told("population"),
        told("home-country"),
        told("sibling-near"),
        (group.spots.len() as f32).ln(),
        is(alternate > 0.0 && named == 0.0 && told("country-share") < 0.1),
    ]
}

/// The probability.
#[must_use]
pub fn probability(weights: &Weights, features: &[f32; SURE_FEATURES.len()]) -> f32 {
    let score: f32 = features.iter().zip(&weights.sure).map(|(feature, weight)| feature * weight).sum();
    1.0 / (1.0 + (-score).exp())
}
