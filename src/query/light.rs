//! Things picked or pointed at → what they light: the events, places and actors that belong together.

use std::collections::BTreeSet;

use super::filter::Thing;
use crate::model::{ActorNo, EventNo, Facts, PlaceNo};

/// What is lit. `core` is the thing itself; the sets hold it and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Light {
    pub core: Vec<Thing>,
    pub events: BTreeSet<EventNo>,
    pub places: BTreeSet<PlaceNo>,
    pub actors: BTreeSet<ActorNo>,
}

impl Light {
    #[must_use]
    pub const fn is_dark(&self) -> bool {
        self.core.is_empty()
    }

    #[must_use]
    pub fn is_core(&self, thing: &Thing) -> bool {
        self.core.contains(thing)
    }
}

/// The event a thing stands for, if it is one and still there.
#[must_use]
pub fn event_no(facts: &Facts, thing: &Thing) -> Option<EventNo> {
    let Thing::Event(id, row) = thing else { return None };
    facts.event_of(*id, *row)
}

/// The thing an event is.
#[must_use]
pub fn event_thing(facts: &Facts, no: EventNo) -> Thing {
    let event = facts.event(no);
    Thing::Event(facts.article(event.article).id, event.row)
}

/// Lights an event with its places and actors; a place or actor with its events and, of those, the other parts.
/// Cost is linear in the number of events.
#[must_use]
pub fn light(facts: &Facts, things: &[Thing]) -> Light {
    let mut light = Light { core: things.to_vec(), ..Light::default() };
    for thing in things {
        match thing {
            Thing::Event(..) => light.events.extend(event_no(facts, thing)),
            Thing::Place(id) => {
                if let Some(no) = facts.place_no(id) {
                    light.places.insert(no);
                    light.events.extend(events_where(facts, |event| event.places.iter().any(|(place, _)| *place == no)));
                }
            }
            Thing::Actor(key) => {
                if let Some(no) = facts.actor_no(key) {
                    light.actors.insert(no);
                    light.events.extend(events_where(facts, |event| event.actors.iter().any(|(actor, _)| *actor == no)));
                }
            }
            Thing::Article(id) => {
                let article = facts.article_no(*id);
                light.events.extend(events_where(facts, |event| event.reports().any(|report| Some(report.article) == article)));
            }
        }
    }
    for no in &light.events {
        let event = facts.event(*no);
        light.places.extend(event.places.iter().map(|(place, _)| *place));
        light.actors.extend(event.actors.iter().map(|(actor, _)| *actor));
    }
    light
}

fn events_where<'a>(
    facts: &'a Facts,
    test: impl Fn(&crate::model::EventFact) -> bool + 'a,
) -> impl Iterator<Item = EventNo> + 'a {
    (0_u32..).map(EventNo).zip(&facts.events).filter(move |(_, event)| test(event)).map(|(no, _)| no)
}
