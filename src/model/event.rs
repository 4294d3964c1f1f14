//! What: an event with its type, its parts, its standing, and the sentence that says so.

use serde::{Deserialize, Serialize};

use super::{Span, When};

/// PLOVER's event types and plain non-political kinds beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Cooperate,
    Aid,
    Concede,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    Disaster,
    Accident,
    Election,
    Court,
    Business,
    Sport,
    Culture,
    /// A saying that is none of the above.
    Statement,
    Other,
}

impl EventType {
    /// Every type, in the order in which legends list them.
    pub const ALL: [Self; 25] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Cooperate,
        Self::Aid,
        Self::Concede,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
        Self::Disaster,
        Self::Accident,
        Self::Election,
        Self::Court,
        Self::Business,
        Self::Sport,
        Self::Culture,
        Self::Statement,
        Self::Other,
    ];
}

impl EventType {
    /// How people call it: a lane, a chip, a card.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "Agreement",
            Self::Consult => "Talks",
            Self::Support => "Support",
            Self::Cooperate => "Cooperation",
            Self::Aid => "Aid",
            Self::Concede => "Concession",
            Self::Retreat => "Withdrawal",
            Self::Request => "Demand",
            Self::Accuse => "Accusation",
            Self::Reject => "Rejection",
            Self::Threaten => "Threat",
            Self::Protest => "Protest",
            Self::Sanction => "Sanction",
            Self::Mobilize => "Mobilisation",
            Self::Coerce => "Coercion",
            Self::Assault => "Attack",
            Self::Disaster => "Disaster",
            Self::Accident => "Accident",
            Self::Election => "Election",
            Self::Court => "Court",
            Self::Business => "Business",
            Self::Sport => "Sport",
            Self::Culture => "Culture",
            Self::Statement => "Statement",
            Self::Other => "Other",
        }
    }
}

/// What the text says about whether the event is a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Happened,
    Ongoing,
    Planned,
    /// Said or demanded by an actor: the saying is the event.
    Stated,
    /// Claimed by somebody, or "reportedly".
    Reported,
    Denied,
    Hypothetical,
}

impl Standing {
    /// How people call it: "stated or demanded".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Ongoing => "ongoing",
            Self::Planned => "planned",
            Self::Stated => "stated or demanded",
            Self::Reported => "reported or claimed",
            Self::Denied => "denied",
            Self::Hypothetical => "hypothetical",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorRole {
    Agent,
    Target,
    Attendee,
    Mediator,
    Recipient,
    Speaker,
    Other,
}

/// A place's part in one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventPlace {
    /// Index into the analysis' places.
    pub place: u32,
    pub role: super::PlaceRole,
}

/// An actor's part in one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventActor {
    /// Index into the analysis' actors.
    pub actor: u32,
    pub role: ActorRole,
}

/// A number that belongs to an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// `killed`, `injured`, `missing`, `displaced`, `arrested`, `people`, `money-USD` …
    pub kind: String,
    pub value: f64,
    pub span: Span,
}

/// One event of one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub kind: EventType,
    /// A short clause for people: "Rubio meets ministers in Paris".
    pub summary: String,
    /// The one word that expresses it.
    pub trigger: Span,
    pub sentence: Span,
    pub when: When,
    pub places: Vec<EventPlace>,
    pub actors: Vec<EventActor>,
    pub standing: Standing,
    /// Who vouches for it, nearest source first, as indices into the analysis' actors.
    pub attributed_to: Vec<u32>,
    /// Probability that the event is told in the text as given here, 0..=1.
    pub certainty: f32,
    /// How much it belongs on a foreign desk's timeline, 0..=1. The desk shows those of 0.5 and more at first.
    pub salience: f32,
    /// Indices of other mentions of the same event in this article.
    pub same_as: Vec<u32>,
    pub figures: Vec<Figure>,
    /// The rule or model that found it, in words.
    pub why: String,
}

/// Words in quotation marks and who spoke them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub span: Span,
    /// Index into the analysis' actors.
    pub speaker: Option<u32>,
}
