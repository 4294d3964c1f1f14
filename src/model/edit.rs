//! What people do to the findings: edits as data, anchored in the text so that they outlive the extraction they were made on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ActorKey, ActorKind, ArticleId, Candidate, EventType, Interval, LonLat, PlaceId, PlaceKind, Span, Standing};

/// Words of one article that an edit hangs on. The text of an article never changes, so the span stays true; what a newer
/// extraction finds there may change, and is looked up again each time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    pub article: ArticleId,
    pub span: Span,
    /// The words at the span, for people and for finding them again in another copy of the text.
    pub words: String,
}

/// How far a correction of a name goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// This mention alone.
    #[default]
    Here,
    /// The same words in this article.
    Article,
    /// The same words in every article, also in those still to come: a rule.
    Everywhere,
}

/// The place that a name was meant to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    pub id: PlaceId,
    pub name: String,
    pub kind: PlaceKind,
    pub point: Option<LonLat>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

impl From<&Candidate> for Reading {
    fn from(candidate: &Candidate) -> Self {
        Self {
            id: candidate.id.clone(),
            name: candidate.name.clone(),
            kind: candidate.kind,
            point: candidate.point,
            country: candidate.country.clone(),
        }
    }
}

/// The actor that a name was meant to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Naming {
    pub name: String,
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

/// What a person says about one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventChange {
    /// It is right as it stands.
    Accept,
    /// It is not told in the text.
    Reject,
    Retype(EventType),
    Standing(Standing),
    /// `None`: the text gives no date.
    Date(Option<Interval>),
    Rename(String),
    /// It happened here, and nowhere else.
    Venue(Reading),
}

/// What a remark stands on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    Article(ArticleId),
    Place(PlaceId),
    Actor(ActorKey),
    Event(Anchor),
}

/// A remark of the person on a thing; it changes nothing about what is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    Hide,
    Unhide,
    Star,
    Unstar,
    Tag(String),
    Untag(String),
    /// Replaces the note; an empty one takes it away.
    Note(String),
}

/// What a person did. The machine's findings are never overwritten: an edit is a row on top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// These articles came in from one source file; undoing it takes them off the desk (they stay in the workspace).
    Import {
        articles: Vec<ArticleId>,
    },
    /// These articles were taken off the desk.
    Remove {
        articles: Vec<ArticleId>,
    },
    /// The publication date of an article was given or changed; `None` says it is unknown.
    Published {
        article: ArticleId,
        date: Option<Date>,
    },
    Event {
        at: Anchor,
        change: EventChange,
    },
    /// An event that the machine did not find; the anchor is the word that expresses it.
    AddEvent {
        at: Anchor,
        kind: EventType,
        summary: String,
        interval: Option<Interval>,
        standing: Standing,
    },
    /// These words name this place (`None`: no place at all), whether or not the machine read them as one.
    Place {
        at: Anchor,
        to: Option<Reading>,
        reach: Reach,
    },
    /// A place lies elsewhere than the gazetteer says.
    MovePlace {
        place: PlaceId,
        name: String,
        to: LonLat,
    },
    RenamePlace {
        place: PlaceId,
        was: String,
        name: String,
    },
    /// These words mean this actor (`None`: no actor at all), whether or not the machine read them as one.
    Actor {
        at: Anchor,
        to: Option<Naming>,
        reach: Reach,
    },
    /// The others are `into` by another name, in all articles.
    MergeActors {
        into: ActorKey,
        others: Vec<ActorKey>,
    },
    /// The actor of this article only shares the name with those of the others.
    SplitActor {
        actor: ActorKey,
        article: ArticleId,
    },
    RenameActor {
        actor: ActorKey,
        name: String,
    },
    /// Reports of one and the same event.
    MergeEvents {
        events: Vec<Anchor>,
    },
    /// This report tells of another event than those it was merged with.
    SplitEvent {
        at: Anchor,
    },
    Remark {
        on: Target,
        remark: Remark,
    },
    /// An earlier edit no longer holds; its number counts from 0 in the log.
    Withdraw {
        number: usize,
        name: String,
    },
}

impl Edit {
    /// The article whose words it hangs on, where there is one.
    #[must_use]
    pub const fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Event { at, .. }
            | Self::AddEvent { at, .. }
            | Self::Place { at, .. }
            | Self::Actor { at, .. }
            | Self::SplitEvent { at } => Some(at),
            _ => None,
        }
    }

    /// Does it hold for words in every article, also in those to come?
    #[must_use]
    pub const fn is_rule(&self) -> bool {
        matches!(
            self,
            Self::Place { reach: Reach::Everywhere, .. }
                | Self::Actor { reach: Reach::Everywhere, .. }
                | Self::MergeActors { .. }
        )
    }

    /// How menu and log name it, so that "Undo" can stand before it: "merge of 2 actors".
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Import { articles } => counted("import of", articles.len(), "article"),
            Self::Remove { articles } => counted("removal of", articles.len(), "article"),
            Self::Published { .. } => "change of publication date".into(),
            Self::Event { at, change } => event_name(at, change),
            Self::AddEvent { summary, .. } => format!("adding of event “{}”", short(summary)),
            Self::Place { at, to: Some(to), reach } => format!("“{}” is {}{}", short(&at.words), to.name, reach_name(*reach)),
            Self::Place { at, to: None, reach } => format!("“{}” is no place{}", short(&at.words), reach_name(*reach)),
            Self::MovePlace { name, .. } => format!("move of {name}"),
            Self::RenamePlace { was, .. } => format!("renaming of {was}"),
            Self::Actor { at, to: Some(to), reach } => format!("“{}” is {}{}", short(&at.words), to.name, reach_name(*reach)),
            Self::Actor { at, to: None, reach } => format!("“{}” is no actor{}", short(&at.words), reach_name(*reach)),
            Self::MergeActors { others, .. } => counted("merge of", others.len() + 1, "actor"),
            Self::SplitActor { actor, .. } => format!("split of {}", actor.name()),
            Self::RenameActor { actor, .. } => format!("renaming of {}", actor.name()),
            Self::MergeEvents { events } => counted("merge of", events.len(), "event"),
            Self::SplitEvent { .. } => "split of an event".into(),
            Self::Remark { remark, .. } => match remark {
                Remark::Hide => "hiding".into(),
                Remark::Unhide => "showing again".into(),
                Remark::Star => "star".into(),
                Remark::Unstar => "taking away of a star".into(),
                Remark::Tag(tag) => format!("tag “{}”", short(tag)),
                Remark::Untag(tag) => format!("taking away of tag “{}”", short(tag)),
                Remark::Note(_) => "note".into(),
            },
            Self::Withdraw { name, .. } => format!("withdrawal of {name}"),
        }
    }
}

fn event_name(at: &Anchor, change: &EventChange) -> String {
    let words = short(&at.words);
    match change {
        EventChange::Accept => format!("acceptance of “{words}”"),
        EventChange::Reject => format!("rejection of “{words}”"),
        EventChange::Retype(kind) => format!("“{words}” becomes {}", kind.name()),
        EventChange::Standing(standing) => format!("“{words}” becomes {}", standing.name()),
        EventChange::Date(_) => format!("date of “{words}”"),
        EventChange::Rename(_) => format!("renaming of “{words}”"),
        EventChange::Venue(place) => format!("“{words}” moves to {}", place.name),
    }
}

const fn reach_name(reach: Reach) -> &'static str {
    match reach {
        Reach::Here => "",
        Reach::Article => " in this article",
        Reach::Everywhere => " everywhere",
    }
}

fn counted(what: &str, count: usize, noun: &str) -> String {
    format!("{what} {count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Enough of the words to know them again in a menu: 32 characters.
fn short(words: &str) -> String {
    const MOST: usize = 32;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    words.chars().take(MOST - 1).chain(['…']).collect()
}

/// An edit as it stands in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub edit: Edit,
    /// Entries of one step are undone and redone together; it grows along the log.
    pub step: u64,
    /// Who did it; empty where nobody is named.
    pub by: String,
    /// Seconds since 1970-01-01 UTC; 0 where it is not known.
    pub at: i64,
}

impl Entry {
    /// An edit by nobody at no time: for tests and for what is not yet in the log.
    #[must_use]
    pub const fn bare(step: u64, edit: Edit) -> Self {
        Self { edit, step, by: String::new(), at: 0 }
    }
}

/// How the menu names entries that go together: "import of 3 articles".
#[must_use]
pub fn step_name(entries: &[Entry]) -> Option<String> {
    let first = &entries.first()?.edit;
    let articles = |entry: &Entry| match &entry.edit {
        Edit::Import { articles } => Some(articles.len()),
        _ => None,
    };
    if entries.len() > 1 && entries.iter().all(|entry| articles(entry).is_some()) {
        return Some(counted("import of", entries.iter().filter_map(articles).sum(), "article"));
    }
    Some(match entries.len() {
        1 => first.name(),
        many => format!("{} and {} more", first.name(), many - 1),
    })
}
