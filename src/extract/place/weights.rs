//! The table of learned weights → weights by feature.

use super::resolve::RANK_FEATURES;
use super::spot::SPOT_FEATURES;
use super::sure::SURE_FEATURES;

const TABLE: &str = include_str!("../../../assets/gazetteer/weights.tsv");

/// Learned by `dateline-assets gazetteer-learn`; see `assets/gazetteer/README.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    pub spot: [f32; SPOT_FEATURES.len()],
    pub rank: [f32; RANK_FEATURES.len()],
    pub sure: [f32; SURE_FEATURES.len()],
}

impl Weights {
    /// Rows `spot|rank|sure · feature · weight`; what is not named weighs nothing.
    #[must_use]
    pub fn load() -> Self {
        let mut weights =
            Self { spot: [0.0; SPOT_FEATURES.len()], rank: [0.0; RANK_FEATURES.len()], sure: [0.0; SURE_FEATURES.len()] };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let &[model, name, value] = fields.as_slice() else { continue };
            let value = value.parse().unwrap_or(0.0);
            let at = |names: &[&str]| names.iter().position(|one| *one == name);
            match model {
                "spot" => at(&SPOT_FEATURES).into_iter().for_each(|row| weights.spot[row] = value),
                "rank" => at(&RANK_FEATURES).into_iter().for_each(|row| weights.rank[row] = value),
                "sure" => at(&SURE_FEATURES).into_iter().for_each(|row| weights.sure[row] = value),
                _ => {}
            }
        }
        weights
    }

    /// Probability that a spot with these features means a place.
    #[must_use]
    pub fn spot_probability(&self, features: &[f32; SPOT_FEATURES.len()]) -> f32 {
        let score: f32 = features.iter().zip(&self.spot).map(|(feature, weight)| feature * weight).sum();
        1.0 / (1.0 + (-score).exp())
    }
}
