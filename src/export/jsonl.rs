//! Article + analysis → one line of the open format, offsets in Unicode code points.
//!
//! The format is a promise to other programs: fields may be added, never renamed.

use serde_json::{Value, json};

use crate::model::{Analysis, Article, Event, Interval, Published, Span};

/// One JSON object, without the line break.
#[must_use]
pub fn jsonl(article: &Article, analysis: &Analysis) -> String {
    document(article, analysis).to_string()
}

/// Byte offsets of a text → code points, in constant time each.
struct CodePoints {
    /// Code points before each 64-byte stretch of the text.
    before: Vec<u32>,
    ascii: bool,
}

/// Stretch length: long enough to be small beside the text, short enough to count quickly.
const STRETCH: usize = 64;

impl CodePoints {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new(), ascii: true };
        }
        let mut before = Vec::with_capacity(text.len() / STRETCH + 1);
        let mut count = 0_u32;
        for (at, byte) in text.bytes().enumerate() {
            if at % STRETCH == 0 {
                before.push(count);
            }
            count += u32::from(is_first(byte));
        }
        before.push(count);
        Self { before, ascii: false }
    }

    fn at(&self, text: &str, offset: u32) -> usize {
        let offset = (offset as usize).min(text.len());
        if self.ascii {
            return offset;
        }
        let stretch = offset / STRETCH;
        let known = self.before.get(stretch).copied().unwrap_or_default() as usize;
        let from = (stretch * STRETCH).min(offset);
        known + text.as_bytes()[from..offset].iter().filter(|byte| is_first(**byte)).count()
    }
}

/// Is it the first byte of a code point in UTF-8?
const fn is_first(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn document(article: &Article, analysis: &Analysis) -> Value {
    let text = article.text.as_str();
    let points = CodePoints::new(text);
    let start = |span: Span| points.at(text, span.start);
    let end = |span: Span| points.at(text, span.end);
    let pair = |span: Span| json!({"start": start(span), "end": end(span)});
    let about = &article.about;
    let published = about.published.as_ref();
    let place_id = |row: u32| analysis.places.get(row as usize).map_or("", |place| place.id.0.as_str());
    json!({
        "doc_id": about.doc_id,
        "source": about.source,
        "title": about.title,
        "outlet": about.outlet,
        "byline": about.byline,
        "url": about.url,
        "language": about.language,
        "published": published.map(|p| p.date.to_string()),
        "published_from": published.map(|p| json!(p.from)),
        "published_candidates": about.date_candidates.iter().map(candidate).collect::<Vec<_>>(),
        "text": text,
        "blocks": article.blocks.iter().map(|b| {
            json!({"start": start(b.span), "end": end(b.span), "kind": b.kind})
        }).collect::<Vec<_>>(),
        "sentences": analysis.sentences.iter().map(|s| pair(*s)).collect::<Vec<_>>(),
        "times": analysis.times.iter().map(|t| {
            let (from, to) = t.interval.as_ref().map_or((None, None), ends);
            json!({
                "start": start(t.span), "end": end(t.span), "text": t.span.of(text), "type": t.kind, "value": t.value,
                "edtf": t.edtf, "from": from, "to": to, "why": t.why,
            })
        }).collect::<Vec<_>>(),
        "places": analysis.places.iter().map(|p| json!({
            "id": p.id.0, "name": p.name, "kind": p.kind,
            "lat": p.point.map(|point| rounded(point.lat)), "lon": p.point.map(|point| rounded(point.lon)),
            "country": p.country, "radius_km": score(p.radius_km), "score": score(p.score),
            "candidates": p.candidates.iter().map(|c| json!({
                "id": c.id.0, "name": c.name, "score": score(c.score), "why": c.why,
            })).collect::<Vec<_>>(),
            "roles": p.roles.iter().map(|role| json!(role)).collect::<Vec<_>>(),
            "contested": p.contested, "why": p.why,
            "mentions": p.mentions.iter().map(|m| json!({
                "start": start(m.span), "end": end(m.span), "text": m.span.of(text),
                "role": m.role, "metonym": m.metonym,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "actors": analysis.actors.iter().enumerate().map(|(row, a)| json!({
            "id": actor_id(row), "name": a.name, "kind": a.kind, "country": a.country, "titles": a.titles,
            "aliases": a.aliases, "why": a.why,
            "mentions": a.mentions.iter().map(|m| json!({
                "start": start(m.span), "end": end(m.span), "text": m.span.of(text), "form": m.form,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "events": analysis.events.iter().enumerate().map(|(row, e)| json!({
            "id": event_id(row), "type": e.kind, "summary": e.summary, "trigger": pair(e.trigger), "sentence": pair(e.sentence),
            "when": when(e),
            "places": e.places.iter().map(|p| json!({"place": place_id(p.place), "role": p.role})).collect::<Vec<_>>(),
            "actors": e.actors.iter().map(|a| {
                json!({"actor": actor_id(a.actor as usize), "role": a.role})
            }).collect::<Vec<_>>(),
            "standing": e.standing,
            "attributed_to": e.attributed_to.iter().map(|a| actor_id(*a as usize)).collect::<Vec<_>>(),
            "certainty": score(e.certainty), "salience": score(e.salience),
            "same_as": e.same_as.iter().map(|other| event_id(*other as usize)).collect::<Vec<_>>(),
            "figures": e.figures.iter().map(|f| {
                json!({"kind": f.kind, "value": f.value, "start": start(f.span), "end": end(f.span)})
            }).collect::<Vec<_>>(),
            "why": e.why,
        })).collect::<Vec<_>>(),
        "quotes": analysis.quotes.iter().map(|q| {
            json!({"start": start(q.span), "end": end(q.span), "speaker": q.speaker.map(|a| actor_id(a as usize))})
        }).collect::<Vec<_>>(),
        "warnings": analysis.warnings.iter().map(|w| json!({
            "code": w.code, "message": w.message, "start": w.span.map(start), "end": w.span.map(end),
        })).collect::<Vec<_>>(),
    })
}

fn actor_id(row: usize) -> String {
    format!("a{}", row + 1)
}

fn event_id(row: usize) -> String {
    format!("e{}", row + 1)
}

/// Five decimals of a degree are a metre: more would be noise from the way the number is stored.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// Three decimals, so that the same probability prints the same on every machine.
fn score(value: f32) -> f64 {
    (f64::from(value) * 1e3).round() / 1e3
}

fn candidate(published: &Published) -> Value {
    json!({
        "date": published.date.to_string(), "from": published.from, "evidence": published.evidence,
    })
}

/// Dates of both ends; a clock time is added where the interval tells one.
fn ends(interval: &Interval) -> (Option<String>, Option<String>) {
    let end = |date: Option<jiff::civil::Date>, minute: Option<u16>| {
        date.map(|date| {
            minute.map_or_else(|| date.to_string(), |minute| format!("{date}T{:02}:{:02}", minute / 60 % 24, minute % 60))
        })
    };
    (end(interval.from, interval.clock.map(|c| c.0)), end(interval.to, interval.clock.map(|c| c.1)))
}

fn when(event: &Event) -> Value {
    let interval = &event.when.interval;
    let days = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    json!({
        "from": days(interval.from), "to": days(interval.to), "precision": interval.precision,
        "fuzzy": interval.fuzzy, "time": event.when.time, "why": event.when.why,
        "order": event.when.order.iter().map(|order| json!({ "event": format!("e{}", order.than + 1), "how": order.how })).collect::<Vec<_>>(),
    })
}
