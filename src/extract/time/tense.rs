//! Place of an expression among its words → does it look back or ahead?

use super::figure::Line;
use super::scan::{Gap, Shape, Tok, Verb};
use super::words::Class;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Past,
    Present,
    Future,
    Unknown,
}

/// How far a verb may stand from the expression it takes, in tokens: longer clauses are rare in news.
const REACH: usize = 25;

/// Does a sentence begin at `at`?
pub fn sentence_starts(line: Line<'_>, at: usize) -> bool {
    let Some(tok) = line.get(at) else { return true };
    if at == 0 || tok.gap == Gap::Paragraph {
        return true;
    }
    let mut before = at - 1;
    // a bound, so that a text of quotation marks alone costs no more than any other
    let low = at.saturating_sub(4);
    while before > low && line.tokens[before].shape == Shape::Mark && is_quote(&line.tokens[before]) {
        before -= 1;
    }
    let stop = &line.tokens[before];
    stop.is_mark('.') && (tok.capital || tok.shape != Shape::Word) && !initial(line, before)
        || stop.is_mark('?')
        || stop.is_mark('!')
}

fn is_quote(tok: &Tok) -> bool {
    ['"', '“', '”', '\'', ')', '('].iter().any(|mark| tok.is_mark(*mark))
}

/// "J." and "U.S." end no sentence.
fn initial(line: Line<'_>, stop: usize) -> bool {
    stop > 0 && line.tokens[stop - 1].len() == 1 && line.tokens[stop - 1].capital && line.tokens[stop].gap == Gap::None
}

/// Regular past forms that the word table does not list.
fn regular_past(line: Line<'_>, tok: &Tok) -> bool {
    tok.shape == Shape::Word && tok.classes == 0 && tok.len() > 4 && line.str(tok).ends_with("ed") && !tok.capital
}

/// Does a noun follow, so that an "-ed" form is an adjective ("preferred shares")?
fn before_noun(line: Line<'_>, at: usize) -> bool {
    line.near(at + 1).is_some_and(|next| {
        next.shape == Shape::Word
            && line.plain(next)
            && !next.capital
            && ![
                "the", "its", "his", "her", "their", "it", "him", "them", "this", "these", "those", "some", "any", "all", "out",
                "up", "down", "off", "with", "into", "not",
            ]
            .iter()
            .any(|word| line.says(next, word))
            && !line.str(next).ends_with("ly")
    })
}

enum Cue {
    Past,
    Future,
    Present,
    /// Simple present of a verb that is no state and no saying.
    Act,
    /// "to meet": the verb above decides, and leans ahead where there is none.
    Infinitive,
    Nothing,
}

fn cue(line: Line<'_>, at: usize) -> Cue {
    let tok = &line.tokens[at];
    let previous = at.checked_sub(1).and_then(|before| line.get(before));
    let bare = previous.is_some_and(|before| line.says(before, "be"));
    // "neither could be found Wednesday", "could not be reached": of what was tried
    if line.says(tok, "could") && denied(line, at) {
        return Cue::Past;
    }
    // "886 million shares Thursday": a count, whatever the tagger has it for
    if matches!(tok.verb, Verb::Present | Verb::Base)
        && previous.is_some_and(|before| before.shape == Shape::Number || before.is(Class::Number) || before.is(Class::Measure))
    {
        return Cue::Nothing;
    }
    if tok.is(Class::Future) && !tok.is(Class::Past) && !(tok.verb == Verb::No && tok.is(Class::Present)) {
        // "would have met", "could have", "may have": about the past
        let have = line.near(at + 1).is_some_and(|next| line.says(next, "have"));
        return if have && !line.says(tok, "will") { Cue::Past } else { Cue::Future };
    }
    // "set to meet", "set for Monday", but "a record set on Monday"
    if line.says(tok, "set") {
        let ahead = line.near(at + 1).is_some_and(|next| next.is(Class::To) || line.says(next, "for"));
        return if ahead { Cue::Future } else { Cue::Past };
    }
    match tok.verb {
        Verb::Past => return Cue::Past,
        // "must be returned by Friday": the modal decides
        Verb::Participle => return if bare { Cue::Nothing } else { Cue::Past },
        Verb::Unknown => {
            let past = tok.is(Class::Past) || tok.is(Class::Said) || tok.is(Class::Plan);
            if (past || regular_past(line, tok) && !before_noun(line, at)) && !bare {
                return Cue::Past;
            }
        }
        _ => {}
    }
    if tok.is(Class::To)
        && let Some(next) = line.near(at + 1)
    {
        let verb = match next.verb {
            Verb::Base => true,
            Verb::Unknown => {
                next.shape == Shape::Word
                    && !next.capital
                    && next.classes & (Class::Month.bit() | Class::Weekday.bit() | Class::Part.bit()) == 0
                    && !["the", "a", "an", "its", "his", "their", "her"].iter().any(|word| line.says(next, word))
            }
            _ => false,
        };
        if verb {
            return Cue::Infinitive;
        }
    }
    if tok.verb == Verb::Present || tok.verb == Verb::Unknown && tok.is(Class::Present) {
        // "is to meet", "are to be": ahead
        let ahead = line.near(at + 1).is_some_and(|next| next.is(Class::To))
            && ["is", "are", "am"].iter().any(|word| line.says(tok, word));
        // "returns Monday": a plain present of an act is a plan
        let act = tok.verb == Verb::Present && !tok.is(Class::Present);
        return if ahead {
            Cue::Future
        } else if act {
            Cue::Act
        } else {
            Cue::Present
        };
    }
    Cue::Nothing
}

/// The tense of the clause around tokens `start..end`: verbs before it in the clause, nearest first, then verbs after it, then
/// the rest of the sentence. Cue words (set, scheduled, due, until …) count as future whatever their own tense: "The talks were
/// due to resume Monday".
pub fn tense(line: Line<'_>, start: usize, end: usize) -> Tense {
    // "Wednesday's ruling": what the verb before it does is not when the ruling was
    if line.near(end).is_some_and(|tok| line.says(tok, "'s") || line.says(tok, "’s")) {
        let ahead = start.checked_sub(2).and_then(|at| line.get(at)).is_some_and(|tok| line.says(tok, "ahead"));
        return match after(line, end + 1, true) {
            Some(Tense::Future) => Tense::Future,
            _ if ahead => Tense::Future,
            _ => Tense::Past,
        };
    }
    // "as soon as Tuesday", "no later than Friday"
    let word = |n: usize, words: &[&str]| {
        start.checked_sub(n).and_then(|at| line.get(at)).is_some_and(|tok| words.iter().any(|word| line.says(tok, word)))
    };
    if word(1, &["as"]) && word(2, &["soon", "early"]) && !word(2, &["late"])
        || word(1, &["than"]) && word(2, &["later", "sooner"])
    {
        return Tense::Future;
    }
    if let Some(found) = before(line, start, true) {
        // "the first countries to accede on Friday were …": the expression ends the subject of a past verb
        let finite = line.near(end).is_some_and(|tok| {
            tok.verb == Verb::Past
                || tok.verb == Verb::Unknown && ["was", "were", "had", "did"].iter().any(|word| line.says(tok, word))
        });
        return if finite && found == Tense::Future && only_infinitive(line, start) { Tense::Past } else { found };
    }
    if let Some(found) = after(line, end, true).or_else(|| after(line, end, false)) {
        return found;
    }
    before(line, start, false).unwrap_or(Tense::Unknown)
}

fn before(line: Line<'_>, start: usize, clause: bool) -> Option<Tense> {
    let mut infinitive = false;
    let mut present = false;
    let mut at = start;
    let low = start.saturating_sub(if clause { REACH } else { REACH * 2 });
    while at > low && !sentence_starts(line, at) {
        at -= 1;
        let tok = &line.tokens[at];
        if clause && (tok.is(Class::Boundary) || is_break(line, at)) && !tok.is(Class::Future) {
            if at + 1 == start && tok.is(Class::Prep) {
                continue;
            }
            break;
        }
        // "ahead of Sunday's vote"
        if line.says(tok, "ahead") && line.near(at + 1).is_some_and(|next| line.says(next, "of")) {
            return Some(Tense::Future);
        }
        match cue(line, at) {
            // "had not met until Thursday"
            Cue::Future if line.says(tok, "until") || line.says(tok, "till") => {
                return Some(if denied_past(line, at, low) { Tense::Past } else { Tense::Future });
            }
            Cue::Future => return Some(Tense::Future),
            // "agreed to meet Monday"
            Cue::Past if tok.is(Class::Plan) && (infinitive || line.says(tok, "planned") && at + 1 < start) => {
                return Some(Tense::Future);
            }
            Cue::Past => return Some(past_or_planned(line, at)),
            Cue::Infinitive => infinitive = true,
            Cue::Act if !present && !infinitive => return Some(Tense::Future),
            Cue::Present | Cue::Act => present = true,
            Cue::Nothing => {}
        }
    }
    if infinitive {
        return Some(Tense::Future);
    }
    present.then_some(Tense::Present)
}

/// "did not … until", "Until Thursday they had not …"
fn denied_past(line: Line<'_>, until: usize, low: usize) -> bool {
    let says = |at: usize, words: &[&str]| line.get(at).is_some_and(|tok| words.iter().any(|word| line.says(tok, word)));
    if sentence_starts(line, until) {
        return (until..until + REACH)
            .take_while(|at| *at == until || !sentence_starts(line, *at))
            .any(|at| says(at, &["had", "was", "were", "did"]));
    }
    let before = move || (low..until).rev().take_while(move |at| !sentence_starts(line, *at));
    // "will not resume until Monday", "is not due until October" look ahead all the same
    let ahead = before().any(|at| says(at, &["will", "wo", "'ll", "is", "are", "can", "ca"]));
    !ahead && before().any(|at| says(at, &["not", "never", "t", "had"]))
}

/// "could not", "neither … could", "nobody could"
fn denied(line: Line<'_>, at: usize) -> bool {
    let after =
        (1..=2).filter_map(|n| line.near(at + n)).any(|tok| ["not", "n't", "never", "t"].iter().any(|word| line.says(tok, word)));
    let low = at.saturating_sub(10);
    after
        || (low..at)
            .rev()
            .take_while(|before| !sentence_starts(line, before + 1))
            .any(|before| ["neither", "nobody", "none", "no"].iter().any(|word| line.says(&line.tokens[before], word)))
}

/// Is what looks ahead before `start` no more than "to meet"?
fn only_infinitive(line: Line<'_>, start: usize) -> bool {
    let low = start.saturating_sub(REACH);
    (low..start)
        .rev()
        .take_while(|at| !sentence_starts(line, at + 1) && !line.tokens[*at].is(Class::Boundary))
        .all(|at| !matches!(cue(line, at), Cue::Future | Cue::Past | Cue::Act))
}

/// "was scheduled", "had planned": the participle above a past auxiliary is a plan.
fn past_or_planned(line: Line<'_>, at: usize) -> Tense {
    // "previously had been scheduled"
    let over = (1..=2).filter_map(|n| at.checked_sub(n)).chain([at + 1]).filter_map(|at| line.get(at));
    if over.into_iter().any(|tok| line.says(tok, "previously") || line.says(tok, "originally")) {
        return Tense::Past;
    }
    let planned = (1..=3).filter_map(|n| line.near(at + n)).take_while(|tok| tok.shape == Shape::Word);
    for tok in planned {
        if ["scheduled", "due", "expected", "slated", "planned", "supposed"].iter().any(|word| line.says(tok, word)) {
            return Tense::Future;
        }
        if tok.is(Class::Boundary) {
            break;
        }
    }
    Tense::Past
}

/// A comma before a capital or a verb ends a clause only loosely: it is passed over here except before a quotation.
fn is_break(line: Line<'_>, at: usize) -> bool {
    let tok = &line.tokens[at];
    tok.is_mark('"') || tok.is_mark('”') || tok.is_mark('“')
}

fn after(line: Line<'_>, end: usize, clause: bool) -> Option<Tense> {
    let mut infinitive = false;
    let mut present = false;
    for at in end..(end + REACH).min(line.tokens.len()) {
        if sentence_starts(line, at) {
            break;
        }
        let tok = &line.tokens[at];
        if clause && at > end + 1 && (tok.is(Class::Boundary) || is_break(line, at)) {
            break;
        }
        match cue(line, at) {
            Cue::Future => return Some(Tense::Future),
            Cue::Past => return Some(past_or_planned(line, at)),
            Cue::Infinitive => infinitive = true,
            Cue::Act if !present => return Some(Tense::Present),
            Cue::Present | Cue::Act => present = true,
            Cue::Nothing => {}
        }
    }
    if present {
        return Some(Tense::Present);
    }
    infinitive.then_some(Tense::Future)
}
