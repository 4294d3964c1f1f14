//! The nouns. Plain data; nothing here reads a clock, a disk or a text.
//!
//! - **article**: one piece of news as read, with its text and blocks
//! - **span**: bytes of one article's text; every finding has one, so every fact leads back to its sentence
//! - **time**: an expression in the text, its TIMEX3 value and the days it denotes
//! - **place**: somewhere on Earth that an article names, with the reading chosen and those rejected
//! - **venue**: a place where something happens; **capital**: the seat of a government that acts. Never mixed
//! - **actor**: who acts, is acted on or speaks
//! - **event**: who did what, where and when, with its standing (fact, plan, claim …)
//! - **analysis**: everything found in one article
//! - **edit**: what a person did, anchored in words of an article; **entry**: an edit in the log; **change**: what the
//!   workspace and the store are told
//! - **report**: a row of one analysis that tells an event; several may tell the same
//! - **orphan**: an edit whose words no longer mean anything it could hold on to
//! - **facts**: the merged tables over all articles, from which views are made
//! - **workspace**: what a person has gathered

mod actor;
mod analysis;
mod article;
mod edit;
mod event;
mod facts;
mod place;
mod span;
mod time;
mod workspace;

pub use actor::{Actor, ActorKind, ActorMention, MentionForm};
pub use analysis::Analysis;
pub use article::{About, Article, ArticleId, Block, BlockKind, Published, PublishedFrom, Warning, Warnings};
pub use edit::{Anchor, Edit, Entry, EventChange, Naming, Reach, Reading, Remark, Target};
pub use event::{ActorRole, Event, EventActor, EventPlace, EventType, Figure, Quote, Standing};
pub use facts::{
    ActorFact, ActorKey, ActorNo, ArticleNo, EventFact, EventNo, Facts, Judged, Orphan, Part, PlaceFact, PlaceNo, Remarks,
    Report, Row, Shown, Starred, date_of_day, day_number, days,
};
pub use place::{Candidate, LonLat, Place, PlaceId, PlaceKind, PlaceMention, PlaceRole};
pub use span::Span;
pub use time::{How, Interval, Order, Precision, TimeKind, TimeMention, When};
pub use workspace::{Change, Filed, Fingerprint, Wording, Workspace};
