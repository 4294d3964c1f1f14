//! Everything found in one article.

use serde::{Deserialize, Serialize};

use super::{Actor, Event, Place, Quote, Span, TimeMention, Warning};

/// What `extract` found. Invariants: all spans lie in the article's text; all indices (`EventPlace::place`,
/// `EventActor::actor`, `When::time` …) point into these lists; each list is in text order where it has a place in the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    pub sentences: Vec<Span>,
    pub times: Vec<TimeMention>,
    pub places: Vec<Place>,
    pub actors: Vec<Actor>,
    pub events: Vec<Event>,
    pub quotes: Vec<Quote>,
    pub warnings: Vec<Warning>,
}
