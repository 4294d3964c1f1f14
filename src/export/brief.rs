//! Article + analysis → a brief in plain text: who, then what in order of time, then where.
//!
//! What is printed is what the desk shows at first: events of salience 0.5 and more, each told once.

use std::fmt::Write;

use crate::model::{ActorRole, Analysis, Article, Event, EventPlace, Interval, PlaceRole, Standing};

/// Salience from which the desk shows an event at first; what [`Event::salience`] promises.
const SHOWN: f32 = 0.5;

/// Actors listed: a brief names those who do something, and no more than a page holds.
const MOST_ACTORS: usize = 20;

/// The brief of one article, without the line break at its end.
#[must_use]
pub fn brief(article: &Article, analysis: &Analysis) -> String {
    let mut out = String::new();
    let about = &article.about;
    line(&mut out, about.title.as_deref().unwrap_or(&about.doc_id));
    let mut head: Vec<String> = about.outlet.iter().cloned().collect();
    head.push(
        about
            .published
            .as_ref()
            .map_or_else(|| "date of publication unknown".to_owned(), |published| format!("published {}", published.date)),
    );
    let mut shown: Vec<&Event> = analysis.events.iter().filter(|event| event.salience >= SHOWN).collect();
    head.push(format!("{} of {} events", shown.len(), analysis.events.len()));
    line(&mut out, &head.join(" · "));
    who(&mut out, analysis, &shown);
    shown.sort_by_key(|event| {
        let interval = &event.when.interval;
        let day = interval.from.or(interval.to);
        (day.is_none(), day, event.trigger.start)
    });
    line(&mut out, "\nWhat");
    for event in shown {
        what(&mut out, analysis, event);
    }
    line(&mut out, "\nWhere");
    for place in analysis.places.iter().filter(|place| !place.roles.is_empty()) {
        let roles: Vec<String> = place.roles.iter().map(|role| format!("{role:?}").to_lowercase()).collect();
        let country = place.country.as_deref().unwrap_or("–");
        line(&mut out, &format!("  {} ({country}): {}", place.name, roles.join(", ")));
    }
    out.truncate(out.trim_end().len());
    out
}

fn line(out: &mut String, words: &str) {
    writeln!(out, "{words}").expect("a String takes whatever is written to it");
}

/// Those who take part in the events shown, most events first.
fn who(out: &mut String, analysis: &Analysis, shown: &[&Event]) {
    let mut count = vec![0_usize; analysis.actors.len()];
    for actor in shown.iter().flat_map(|event| &event.actors) {
        if let Some(count) = count.get_mut(actor.actor as usize) {
            *count += 1;
        }
    }
    let mut rows: Vec<usize> = (0..count.len()).filter(|row| count[*row] > 0).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(count[*row]), *row));
    line(out, "\nWho");
    for &row in rows.iter().take(MOST_ACTORS) {
        let actor = &analysis.actors[row];
        let mut about = vec![format!("{:?}", actor.kind).to_lowercase()];
        about.extend(actor.country.iter().cloned());
        about.extend(actor.titles.iter().cloned());
        line(out, &format!("  {} × {} ({})", count[row], actor.name, about.join(", ")));
    }
    if rows.len() > MOST_ACTORS {
        line(out, &format!("  and {} more", rows.len() - MOST_ACTORS));
    }
}

fn what(out: &mut String, analysis: &Analysis, event: &Event) {
    let name = |row: u32| analysis.actors.get(row as usize).map_or("?", |actor| actor.name.as_str());
    let days = days(&event.when.interval);
    let venue = |place: &&EventPlace| !matches!(place.role, PlaceRole::Capital | PlaceRole::Topic);
    let place_name = |place: &EventPlace| {
        let name = analysis.places.get(place.place as usize).map_or("?", |place| place.name.as_str());
        match place.role {
            PlaceRole::Venue => name.to_owned(),
            role => format!("{name} ({})", format!("{role:?}").to_lowercase()),
        }
    };
    let places: Vec<String> = event.places.iter().filter(venue).map(place_name).collect();
    line(out, &format!("  {days}  {}", event.summary));
    let mut parts = vec![format!("{:?}", event.kind).to_uppercase()];
    let by: Vec<&str> = event.attributed_to.iter().map(|row| name(*row)).collect();
    let mut standing = event.standing.name().to_owned();
    if !by.is_empty() && event.standing != Standing::Happened {
        write!(standing, ", says {}", by.join(" to ")).expect("a String takes whatever is written to it");
    }
    parts.push(standing);
    let who: Vec<String> = event
        .actors
        .iter()
        .map(|actor| match actor.role {
            ActorRole::Agent => name(actor.actor).to_owned(),
            role => format!("{} ({})", name(actor.actor), format!("{role:?}").to_lowercase()),
        })
        .collect();
    parts.extend((!who.is_empty()).then(|| who.join(", ")));
    parts.extend((!places.is_empty()).then(|| format!("in {}", places.join(", "))));
    parts.extend(event.figures.iter().map(|figure| format!("{} {}", figure.kind, figure.value)));
    line(out, &format!("              {}", parts.join(" · ")));
}

/// `2025-10-09`, `2025-10-06/2025-10-09`, `../2025-10-09`; as wide as a day.
fn days(interval: &Interval) -> String {
    let end = |date: Option<jiff::civil::Date>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
    match (interval.from, interval.to) {
        (None, None) => "undated   ".to_owned(),
        (from, to) if from == to => end(from),
        (from, to) => format!("{}/{}", end(from), end(to)),
    }
}
