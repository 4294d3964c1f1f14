//! One article's findings ⊕ the edits on it → the article as shown.
//!
//! Rows stay where they are: what edits take away is emptied, what they add comes last. So the number of an event or an
//! actor means the same with and without the edits.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::{
    Actor, ActorKey, ActorMention, ActorRole, Anchor, ArticleId, Edit, Entry, Event, EventActor, EventChange, EventPlace, Filed,
    Interval, MentionForm, Naming, Orphan, Place, PlaceMention, PlaceRole, Reach, Reading, Span, When,
};

/// What a person said about a row of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    Accepted,
    Rejected,
}

/// An article as shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The very article that was found where no edit touches it.
    pub filed: Arc<Filed>,
    pub judged: BTreeMap<u32, Judgement>,
    pub orphans: Vec<Orphan>,
}

/// The edits in force, sorted by the articles they can touch.
#[derive(Debug, Default)]
pub struct Edits<'a> {
    by_article: HashMap<ArticleId, Vec<(usize, &'a Entry)>>,
    rules: HashMap<&'a str, Vec<(usize, &'a Entry)>>,
}

impl<'a> Edits<'a> {
    #[must_use]
    pub fn of(in_force: &[(usize, &'a Entry)]) -> Self {
        let mut edits = Self::default();
        for &(number, entry) in in_force {
            match &entry.edit {
                Edit::Place { at, reach: Reach::Everywhere, .. } | Edit::Actor { at, reach: Reach::Everywhere, .. } => {
                    edits.rules.entry(at.words.as_str()).or_default().push((number, entry));
                }
                Edit::Event { at, .. } | Edit::AddEvent { at, .. } | Edit::Place { at, .. } | Edit::Actor { at, .. } => {
                    edits.by_article.entry(at.article).or_default().push((number, entry));
                }
                _ => {}
            }
        }
        edits
    }

    /// Those that may touch the article, in the order in which they were made.
    fn on(&self, filed: &Filed) -> Vec<(usize, &'a Entry)> {
        let mut found = self.by_article.get(&filed.id).cloned().unwrap_or_default();
        if !self.rules.is_empty() {
            let rules = filed.wording.mentions.iter().filter_map(|(_, words)| self.rules.get(&**words));
            found.extend(rules.flatten());
            // The words a rule was made on count also where the machine reads them as nothing.
            let own = self.rules.values().flatten();
            found.extend(own.filter(|(_, entry)| entry.edit.anchor().is_some_and(|at| at.article == filed.id)));
        }
        found.sort_by_key(|(number, _)| *number);
        found.dedup_by_key(|(number, _)| *number);
        found
    }
}

/// Shows one article.
#[must_use]
pub fn shown(filed: &Arc<Filed>, edits: &Edits<'_>) -> Shown {
    let on = edits.on(filed);
    if on.is_empty() {
        return Shown { filed: Arc::clone(filed), judged: BTreeMap::new(), orphans: Vec::new() };
    }
    let mut desk = Desk { filed: Filed::clone(filed), judged: BTreeMap::new() };
    let mut orphans = Vec::new();
    for (number, entry) in on {
        if let Err(reason) = desk.perform(entry) {
            orphans.push(Orphan { number, reason });
        }
    }
    Shown { filed: Arc::new(desk.filed), judged: desk.judged, orphans }
}

/// The row of the event that an anchor means: the one expressed by its very words, else by a word that shares a letter with
/// them, else the only one of its sentence that is expressed by the same words.
#[must_use]
pub fn event_row(filed: &Filed, at: &Anchor) -> Option<usize> {
    let events = &filed.analysis.events;
    if let Some(row) = events.iter().position(|event| event.trigger == at.span) {
        return Some(row);
    }
    let shared = |event: &Event| event.trigger.end.min(at.span.end).saturating_sub(event.trigger.start.max(at.span.start));
    let near = (0..events.len()).rev().max_by_key(|row| shared(&events[*row])).filter(|row| shared(&events[*row]) > 0);
    near.or_else(|| {
        let mut same = (0..events.len()).filter(|row| {
            let event = &events[*row];
            event.sentence.holds(at.span) && !at.words.is_empty() && trigger_words(filed, event) == at.words
        });
        same.next().filter(|_| same.next().is_none())
    })
}

/// The words that express an event; empty where its sentence is not known.
#[must_use]
pub fn trigger_words<'a>(filed: &'a Filed, event: &Event) -> &'a str {
    let sentence = filed.wording.sentence(event.sentence);
    let from = event.trigger.start.saturating_sub(event.sentence.start) as usize;
    sentence.get(from..from + event.trigger.len()).unwrap_or("")
}

/// The anchor of an event, from which it can be found again.
#[must_use]
pub fn event_anchor(filed: &Filed, row: u32) -> Option<Anchor> {
    let event = filed.analysis.events.get(row as usize)?;
    Some(Anchor { article: filed.id, span: event.trigger, words: trigger_words(filed, event).to_owned() })
}

struct Desk {
    filed: Filed,
    judged: BTreeMap<u32, Judgement>,
}

impl Desk {
    fn perform(&mut self, entry: &Entry) -> Result<(), String> {
        let by = if entry.by.is_empty() { "a person" } else { entry.by.as_str() };
        match &entry.edit {
            Edit::Event { at, change } => {
                let row = event_row(&self.filed, at).ok_or_else(|| format!("no event is found at “{}” any more", at.words))?;
                self.change(row, change, by);
            }
            Edit::AddEvent { at, kind, summary, interval, standing } => {
                let sentence = self.sentence_of(at.span).unwrap_or(at.span);
                let event = Event {
                    kind: *kind,
                    summary: summary.clone(),
                    trigger: at.span,
                    sentence,
                    when: when(*interval, by),
                    places: self.places_in(sentence),
                    actors: self.actors_in(sentence),
                    standing: *standing,
                    attributed_to: Vec::new(),
                    certainty: 1.0,
                    salience: 1.0,
                    same_as: Vec::new(),
                    figures: Vec::new(),
                    why: format!("added by {by}"),
                };
                let row = number(self.filed.analysis.events.len());
                self.filed.analysis.events.push(event);
                self.judged.insert(row, Judgement::Accepted);
                if self.filed.wording.sentence(sentence).is_empty() {
                    insert(&mut self.filed.wording.sentences, sentence, &at.words);
                }
            }
            Edit::Place { at, to, reach } => self.read_place(at, to.as_ref(), *reach, by)?,
            Edit::Actor { at, to, reach } => self.read_actor(at, to.as_ref(), *reach, by)?,
            _ => {}
        }
        Ok(())
    }

    fn change(&mut self, row: usize, change: &EventChange, by: &str) {
        let no = number(row);
        if !matches!(change, EventChange::Reject) {
            self.judged.insert(no, Judgement::Accepted);
        }
        if let EventChange::Venue(reading) = change {
            let place = self.place_row(reading, PlaceRole::Venue, by);
            let event = &mut self.filed.analysis.events[row];
            event.places.retain(|own| !matches!(own.role, PlaceRole::Venue | PlaceRole::Destination | PlaceRole::Target));
            event.places.insert(0, EventPlace { place, role: PlaceRole::Venue });
        }
        let event = &mut self.filed.analysis.events[row];
        match change {
            EventChange::Accept => {
                event.why = format!("accepted by {by}; {}", event.why);
            }
            EventChange::Reject => {
                self.judged.insert(no, Judgement::Rejected);
                // Below the least the slider can ask for: shown nowhere.
                event.salience = -1.0;
                return;
            }
            EventChange::Retype(kind) => event.kind = *kind,
            EventChange::Standing(standing) => event.standing = *standing,
            EventChange::Date(interval) => event.when = when(*interval, by),
            EventChange::Rename(summary) => event.summary.clone_from(summary),
            EventChange::Venue(_) => {}
        }
        event.certainty = 1.0;
        // What a person has vouched for belongs on the desk: the least that the slider shows at first.
        event.salience = event.salience.max(0.5);
    }

    /// The whole words of a sentence that tells events, where the span lies in one.
    fn sentence_of(&self, span: Span) -> Option<Span> {
        let sentences = &self.filed.analysis.sentences;
        sentences.iter().copied().find(|sentence| sentence.holds(span))
    }

    fn places_in(&self, sentence: Span) -> Vec<EventPlace> {
        let places = (0_u32..).zip(&self.filed.analysis.places);
        let told = places.filter(|(_, place)| {
            place.mentions.iter().any(|mention| sentence.holds(mention.span) && mention.role == PlaceRole::Venue)
        });
        told.map(|(place, _)| EventPlace { place, role: PlaceRole::Venue }).collect()
    }

    fn actors_in(&self, sentence: Span) -> Vec<EventActor> {
        let actors = (0_u32..).zip(&self.filed.analysis.actors);
        let told = actors.filter(|(_, actor)| actor.mentions.iter().any(|mention| sentence.holds(mention.span)));
        told.map(|(actor, _)| EventActor { actor, role: ActorRole::Other }).collect()
    }

    /// The mentions that a correction of a name moves.
    fn meant(&self, at: &Anchor, reach: Reach, spans: impl Iterator<Item = Span>) -> Vec<Span> {
        let wording = &self.filed.wording;
        spans
            .filter(|span| match reach {
                Reach::Here => *span == at.span || span.overlaps(at.span),
                Reach::Article | Reach::Everywhere => {
                    *span == at.span && at.article == self.filed.id || wording.mention(*span) == at.words
                }
            })
            .collect()
    }

    fn read_place(&mut self, at: &Anchor, to: Option<&Reading>, reach: Reach, by: &str) -> Result<(), String> {
        let places = &self.filed.analysis.places;
        let spans = self.meant(at, reach, places.iter().flat_map(|place| place.mentions.iter().map(|mention| mention.span)));
        let own = at.article == self.filed.id;
        if spans.is_empty() && !own {
            return Ok(());
        }
        let Some(reading) = to else {
            if spans.is_empty() {
                return Err(format!("“{}” is not read as a place any more", at.words));
            }
            for span in spans {
                self.take_place(span, None);
            }
            return Ok(());
        };
        let target = self.place_row(reading, PlaceRole::Venue, by);
        let new = spans.is_empty();
        for span in spans {
            self.take_place(span, Some(target));
        }
        if new {
            self.filed.analysis.places[target as usize].mentions.push(PlaceMention {
                span: at.span,
                role: PlaceRole::Venue,
                metonym: false,
            });
            insert(&mut self.filed.wording.mentions, at.span, &at.words);
        }
        let place = &mut self.filed.analysis.places[target as usize];
        place.mentions.sort_by_key(|mention| mention.span);
        place.roles.extend(place.mentions.iter().map(|mention| mention.role));
        place.why = format!("chosen by {by}");
        place.score = 1.0;
        Ok(())
    }

    /// Moves one mention from the place it was read as; events of its sentence, and with the last mention all others, follow.
    fn take_place(&mut self, span: Span, to: Option<u32>) {
        let analysis = &mut self.filed.analysis;
        for from in 0..number(analysis.places.len()) {
            if Some(from) == to {
                continue;
            }
            let place = &mut analysis.places[from as usize];
            let Some(at) = place.mentions.iter().position(|mention| mention.span == span) else { continue };
            let mention = place.mentions.remove(at);
            let gone = place.mentions.is_empty();
            if gone {
                place.roles.clear();
            } else {
                let seat = place.roles.contains(&PlaceRole::Capital);
                place.roles = place.mentions.iter().map(|mention| mention.role).collect();
                place.roles.extend(seat.then_some(PlaceRole::Capital));
            }
            let stays: Vec<Span> = place.mentions.iter().map(|mention| mention.span).collect();
            for event in &mut analysis.events {
                let follows = gone || event.sentence.holds(span) && !stays.iter().any(|other| event.sentence.holds(*other));
                if !follows {
                    continue;
                }
                match to {
                    Some(to) => event.places.iter_mut().filter(|own| own.place == from).for_each(|own| own.place = to),
                    None => event.places.retain(|own| own.place != from),
                }
            }
            if let Some(to) = to {
                analysis.places[to as usize].mentions.push(mention);
            }
        }
    }

    /// The row of a place with this reading, added where there is none.
    fn place_row(&mut self, reading: &Reading, role: PlaceRole, by: &str) -> u32 {
        let places = &mut self.filed.analysis.places;
        if let Some(row) = places.iter().position(|place| place.id == reading.id) {
            return number(row);
        }
        places.push(Place {
            id: reading.id.clone(),
            name: reading.name.clone(),
            kind: reading.kind,
            point: reading.point,
            country: reading.country.clone(),
            radius_km: 0.0,
            score: 1.0,
            candidates: Vec::new(),
            roles: std::iter::once(role).collect(),
            mentions: Vec::new(),
            contested: None,
            why: format!("chosen by {by}"),
        });
        number(places.len() - 1)
    }

    fn read_actor(&mut self, at: &Anchor, to: Option<&Naming>, reach: Reach, by: &str) -> Result<(), String> {
        let actors = &self.filed.analysis.actors;
        let spans = self.meant(at, reach, actors.iter().flat_map(|actor| actor.mentions.iter().map(|mention| mention.span)));
        let own = at.article == self.filed.id;
        if spans.is_empty() && !own {
            return Ok(());
        }
        let Some(naming) = to else {
            if spans.is_empty() {
                return Err(format!("“{}” is not read as an actor any more", at.words));
            }
            for span in spans {
                self.take_actor(span, None);
            }
            return Ok(());
        };
        let target = self.actor_row(naming, by);
        let new = spans.is_empty();
        for span in spans {
            self.take_actor(span, Some(target));
        }
        let actor = &mut self.filed.analysis.actors[target as usize];
        if new {
            actor.mentions.push(ActorMention { span: at.span, form: MentionForm::Name });
            insert(&mut self.filed.wording.mentions, at.span, &at.words);
        }
        let actor = &mut self.filed.analysis.actors[target as usize];
        actor.mentions.sort_by_key(|mention| mention.span);
        if at.words != actor.name && !actor.aliases.contains(&at.words) {
            actor.aliases.push(at.words.clone());
        }
        Ok(())
    }

    fn take_actor(&mut self, span: Span, to: Option<u32>) {
        let analysis = &mut self.filed.analysis;
        for from in 0..number(analysis.actors.len()) {
            if Some(from) == to {
                continue;
            }
            let actor = &mut analysis.actors[from as usize];
            let Some(at) = actor.mentions.iter().position(|mention| mention.span == span) else { continue };
            let mention = actor.mentions.remove(at);
            let gone = actor.mentions.is_empty();
            let stays: Vec<Span> = actor.mentions.iter().map(|mention| mention.span).collect();
            for event in &mut analysis.events {
                let follows = gone || event.sentence.holds(span) && !stays.iter().any(|other| event.sentence.holds(*other));
                if !follows {
                    continue;
                }
                if let Some(to) = to {
                    event.actors.iter_mut().filter(|own| own.actor == from).for_each(|own| own.actor = to);
                    event.attributed_to.iter_mut().filter(|own| **own == from).for_each(|own| *own = to);
                } else {
                    event.actors.retain(|own| own.actor != from);
                    event.attributed_to.retain(|own| *own != from);
                }
            }
            if let Some(to) = to {
                analysis.actors[to as usize].mentions.push(mention);
            }
        }
    }

    fn actor_row(&mut self, naming: &Naming, by: &str) -> u32 {
        let key = ActorKey::new(naming.kind, &naming.name);
        let actors = &mut self.filed.analysis.actors;
        if let Some(row) = actors.iter().position(|actor| ActorKey::new(actor.kind, &actor.name) == key) {
            return number(row);
        }
        actors.push(Actor {
            name: naming.name.clone(),
            kind: naming.kind,
            country: naming.country.clone(),
            titles: Vec::new(),
            aliases: Vec::new(),
            mentions: Vec::new(),
            why: format!("named by {by}"),
        });
        number(actors.len() - 1)
    }
}

fn when(interval: Option<Interval>, by: &str) -> When {
    let why = if interval.is_some() { format!("set by {by}") } else { format!("{by} says that no date is told") };
    When { interval: interval.unwrap_or_default(), why, ..When::default() }
}

fn insert(list: &mut Vec<(Span, Box<str>)>, span: Span, words: &str) {
    if let Err(at) = list.binary_search_by_key(&span, |(own, _)| *own) {
        list.insert(at, (span, words.into()));
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("an article of 2 MiB has fewer findings than four thousand million")
}
