//! One event's reports → where they disagree, side by side, how its figures moved, and why they are one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::same::{Reason, Tables, Unit, agreement};
use crate::model::{EventFact, EventNo, Facts, Filed, PlaceRole, Report, days};

/// One answer to a question, with the reports that give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub words: String,
    pub reports: Vec<Report>,
}

/// A figure as one report gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When the report was published, where that is known.
    pub published: Option<Date>,
    pub value: f64,
    pub report: Report,
}

/// What the reports of one event say differently.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dispute {
    /// "type", "day", "place", "standing" with two answers or more each.
    pub questions: Vec<(&'static str, Vec<Answer>)>,
    /// Each kind of figure through time; one step where all agree.
    pub figures: Vec<(String, Vec<Step>)>,
}

/// Lays the reports of an event side by side.
#[must_use]
pub fn dispute(facts: &Facts, no: EventNo) -> Dispute {
    let event = facts.event(no);
    let place = |report: Report| -> Option<String> {
        let part = facts.part(report.article);
        let venue = facts.report(report).places.iter().find(|place| place.role == PlaceRole::Venue)?;
        Some(facts.place(part.places.get(venue.place as usize).copied().flatten()?).name.clone())
    };
    let day = |report: Report| -> Option<String> {
        let (from, to) = days(&facts.report(report).when.interval)?;
        Some(super::days_in_words(super::Days { from, to }))
    };
    let questions = [
        ("type", answers(event, |report| Some(facts.report(report).kind.name().to_owned()))),
        ("day", answers(event, day)),
        ("place", answers(event, place)),
        ("standing", answers(event, |report| Some(facts.report(report).standing.name().to_owned()))),
    ];
    let mut figures: BTreeMap<String, Vec<Step>> = BTreeMap::new();
    for report in event.reports() {
        let published = facts.article(report.article).about.published.as_ref().map(|published| published.date);
        for figure in &facts.report(report).figures {
            figures.entry(figure.kind.clone()).or_default().push(Step { published, value: figure.value, report });
        }
    }
    for steps in figures.values_mut() {
        steps.sort_by_key(|a| (a.published.is_none(), a.published, a.report));
        steps.dedup_by(|later, earlier| later.value.total_cmp(&earlier.value).is_eq());
    }
    Dispute {
        questions: questions.into_iter().filter(|(_, answers)| answers.len() > 1).collect(),
        figures: figures.into_iter().collect(),
    }
}

fn answers(event: &EventFact, answer: impl Fn(Report) -> Option<String>) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for report in event.reports() {
        let Some(words) = answer(report) else { continue };
        match answers.iter_mut().find(|own| own.words == words) {
            Some(own) => own.reports.push(report),
            None => answers.push(Answer { words, reports: vec![report] }),
        }
    }
    answers.sort_by(|a, b| b.reports.len().cmp(&a.reports.len()).then_with(|| a.reports.cmp(&b.reports)));
    answers
}

/// Why two reports are taken for one event, or would be; `None` where something rules it out.
#[must_use]
pub fn why_same(facts: &Facts, a: Report, b: Report) -> Option<Vec<Reason>> {
    let kinds: Vec<_> = facts.actors.iter().map(|actor| actor.kind).collect();
    let articles: Vec<&Filed> = facts.articles.iter().map(|filed| &**filed).collect();
    let tables = Tables { articles, parts: &facts.parts, places: &facts.places, actor_kinds: &kinds };
    let unit = |report: Report| Unit::of(&tables, report.article.0 as usize, &[report.row]);
    agreement(&tables, &unit(a), &unit(b))
}
