//! An article's findings → marks in its text: where, what kind, and what a click on it picks.

use egui::Color32;

use crate::model::{ArticleId, Facts, Filed, MentionForm, Span, TimeKind};
use crate::query::{Terms, Thing, event_no};
use crate::ui::{Ctx, Theme};

/// What a mark shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    Place,
    Time,
    Actor,
    Event,
}

impl MarkKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Time => "time",
            Self::Actor => "actor",
            Self::Event => "event",
        }
    }

    /// Fill behind the words and line under them.
    pub const fn inks(self, theme: &Theme) -> (Color32, Color32) {
        match self {
            Self::Place => theme.mark.place,
            Self::Time => theme.mark.time,
            Self::Actor => theme.mark.actor,
            Self::Event => theme.mark.event,
        }
    }
}

/// A marked piece of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub span: Span,
    pub kind: MarkKind,
    /// What a click picks; a time picks the event that rests on it.
    pub thing: Option<Thing>,
    /// For the screen reader and the tip: "Paris", "2025-10-09 ← Thursday …".
    pub name: String,
    /// "the minister", "he": marked fainter than names.
    pub nominal: bool,
}

/// All marks of one article, sorted by start; made anew when the workspace or the slider changes.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    made_for: Option<(u64, ArticleId, u32, usize)>,
    pub all: Vec<Mark>,
    /// Sentences that told nothing, in order.
    pub silent: Vec<Span>,
    /// Names without a place on Earth and dates without a day, in order.
    pub unresolved: Vec<Span>,
    /// Where the text says the words searched for; made anew with them.
    pub hits: Vec<Span>,
    hits_for: Option<(ArticleId, String)>,
}

impl Marks {
    pub fn update(&mut self, ctx: &Ctx<'_>, filed: &Filed, text: &str) {
        let salience = ctx.filter.salience;
        // The lean copy has no times: their number tells the two apart.
        let key = (ctx.workspace.version, filed.id, salience.to_bits(), filed.analysis.times.len());
        if self.made_for != Some(key) {
            self.made_for = Some(key);
            self.all = marks_of(ctx.facts(), filed, salience);
            self.silent = silent(filed);
            self.unresolved = unresolved(filed);
        }
        let asked = (filed.id, ctx.filter.words.clone());
        if self.hits_for.as_ref() != Some(&asked) {
            self.hits = Terms::parse(&asked.1).spans(text);
            self.hits_for = Some(asked);
        }
    }

    /// Words searched for that touch the span.
    pub fn hits_within(&self, span: Span) -> &[Span] {
        let start = self.hits.partition_point(|hit| hit.start + LONGEST < span.start);
        let end = self.hits.partition_point(|hit| hit.start < span.end);
        &self.hits[start..end.max(start)]
    }

    /// Marks that touch the span, by binary search; overlapping ones before it are found because a mark is short.
    pub fn within(&self, span: Span) -> &[Mark] {
        let start = self.all.partition_point(|mark| mark.span.start + LONGEST < span.start);
        let end = self.all.partition_point(|mark| mark.span.start < span.end);
        &self.all[start..end.max(start)]
    }
}

/// Longest mark that is looked for before a block's start, in bytes.
const LONGEST: u32 = 400;

/// The places in the text being read that mean what is picked: an event's sentence, an actor's or a place's mentions.
pub fn of_picked(ctx: &Ctx<'_>) -> Vec<Span> {
    let Some(filed) = ctx.reading() else { return Vec::new() };
    let mut spans: Vec<Span> = ctx.selection.picked.iter().flat_map(|thing| spans_of(ctx.facts(), filed, thing)).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// Where this article speaks of the thing.
pub fn spans_of(facts: &Facts, filed: &Filed, thing: &Thing) -> Vec<Span> {
    let analysis = &filed.analysis;
    match thing {
        Thing::Event(..) => {
            let reports = event_no(facts, thing).into_iter().flat_map(|no| facts.event(no).reports());
            let own = reports.filter(|report| facts.article(report.article).id == filed.id);
            own.filter_map(|report| analysis.events.get(report.row as usize)).map(|event| event.sentence).collect()
        }
        Thing::Article(_) => Vec::new(),
        Thing::Place(id) => analysis
            .places
            .iter()
            .filter(|place| place.id == *id)
            .flat_map(|place| place.mentions.iter().map(|mention| mention.span))
            .collect(),
        Thing::Actor(key) => {
            let wanted = facts.actor_no(key);
            (0_u32..)
                .zip(&analysis.actors)
                .filter(|(row, _)| wanted.is_some() && facts.actor_of(filed.id, *row) == wanted)
                .flat_map(|(_, actor)| actor.mentions.iter().map(|mention| mention.span))
                .collect()
        }
    }
}

/// Sentences in which no event was found, whatever its weight.
fn silent(filed: &Filed) -> Vec<Span> {
    let analysis = &filed.analysis;
    let mut told: Vec<Span> = analysis.events.iter().map(|event| event.sentence).collect();
    told.sort_unstable();
    let is_told = |sentence: &Span| {
        let near = told.partition_point(|span| span.start < sentence.end);
        told[..near].iter().rev().take(64).any(|span| span.overlaps(*sentence))
    };
    analysis.sentences.iter().filter(|sentence| !is_told(sentence)).copied().collect()
}

/// What was seen to be a name or a date, and not understood.
fn unresolved(filed: &Filed) -> Vec<Span> {
    let analysis = &filed.analysis;
    let places =
        analysis.places.iter().filter(|place| place.point.is_none()).flat_map(|place| place.mentions.iter().map(|m| m.span));
    let dated = |time: &&crate::model::TimeMention| {
        let hangs = matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value.contains("_REF");
        hangs && time.interval.as_ref().is_none_or(|interval| interval.from.is_none() && interval.to.is_none())
    };
    let times = analysis.times.iter().filter(dated).map(|time| time.span);
    let mut spans: Vec<Span> = places.chain(times).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn marks_of(facts: &Facts, filed: &Filed, salience: f32) -> Vec<Mark> {
    let analysis = &filed.analysis;
    let mut all = Vec::new();
    for place in &analysis.places {
        let thing = Thing::Place(place.id.clone());
        all.extend(place.mentions.iter().map(|mention| Mark {
            span: mention.span,
            kind: MarkKind::Place,
            thing: Some(thing.clone()),
            name: place.name.clone(),
            nominal: false,
        }));
    }
    for (row, actor) in (0_u32..).zip(&analysis.actors) {
        let Some(no) = facts.actor_of(filed.id, row) else { continue };
        let thing = Thing::Actor(facts.actor(no).key.clone());
        all.extend(actor.mentions.iter().map(|mention| Mark {
            span: mention.span,
            kind: MarkKind::Actor,
            thing: Some(thing.clone()),
            name: actor.name.clone(),
            nominal: mention.form != MentionForm::Name,
        }));
    }
    for (at, time) in analysis.times.iter().enumerate() {
        let event = analysis.events.iter().position(|event| event.when.time.is_some_and(|own| own as usize == at));
        let words = if time.edtf.is_empty() { time.value.clone() } else { time.edtf.clone() };
        all.push(Mark {
            span: time.span,
            kind: MarkKind::Time,
            thing: event.and_then(|row| u32::try_from(row).ok()).map(|row| Thing::Event(filed.id, row)),
            name: if time.why.is_empty() { words } else { format!("{words} · {}", time.why) },
            nominal: false,
        });
    }
    for (row, event) in (0_u32..).zip(&analysis.events) {
        if event.salience >= salience {
            all.push(Mark {
                span: event.trigger,
                kind: MarkKind::Event,
                thing: Some(Thing::Event(filed.id, row)),
                name: event.summary.clone(),
                nominal: false,
            });
        }
    }
    all.sort_by_key(|mark| (mark.span.start, mark.span.end, mark.kind));
    all
}

/// Is the mark lit because of what is pointed at, somewhere?
pub fn is_hovered(ctx: &Ctx<'_>, mark: &Mark) -> bool {
    let Some(thing) = &mark.thing else { return false };
    if ctx.hovered.is_core(thing) {
        return true;
    }
    match thing {
        Thing::Place(id) => ctx.facts().place_no(id).is_some_and(|no| ctx.hovered.places.contains(&no)),
        Thing::Actor(key) => ctx.facts().actor_no(key).is_some_and(|no| ctx.hovered.actors.contains(&no)),
        Thing::Event(..) => event_no(ctx.facts(), thing).is_some_and(|no| ctx.hovered.events.contains(&no)),
        Thing::Article(_) => false,
    }
}
