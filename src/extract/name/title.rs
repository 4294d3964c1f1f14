//! A proposed person and the words round the name → the name alone and the office held.
//!
//! [nationality] [office] [of X] Name: "Qatari Prime Minister Sheikh Mohammed bin Abdulrahman al-Thani"; Name, [office of X]:
//! "Jens Stoltenberg, the secretary general of NATO, said".

use super::NameKind;
use super::book::{NameBook, Phrase, bit};
use super::features::{Seen, form};
use super::vote::{Proposal, span_of};
use crate::lang::{Parsed, Sentence, Upos};
use crate::model::Span;

/// No title in the development data is longer, in tokens.
const LONGEST: usize = 12;

fn is_title(one: &Seen) -> bool {
    one.bits & (bit::TITLE | bit::HONORIFIC) != 0 || one.is(form::TITLE_PHRASE)
}

/// Cuts leading title words off a person's name ("Sheikh", "Mr"), unless nothing or only a listed name would be lost.
pub fn strip(book: &NameBook, text: &str, seen: &[Seen], parsed: &Parsed, one: &mut Proposal) {
    if one.kind != NameKind::Person {
        return;
    }
    let whole = span_of(parsed, one.first, one.last);
    if matches!(book.find(whole.of(text)), Some(Phrase::Person(_))) {
        return;
    }
    // An office inside ("US President Donald Trump"): the name is what follows it.
    let inside = (one.first + 1..one.last - 1).rev().find(|at| {
        let here = &seen[*at];
        let office = here.bits & bit::TITLE != 0 && here.bits & bit::KIN == 0 || here.is(form::TITLE_PHRASE);
        office && here.is(form::CAPITAL) && seen[at + 1].is(form::CAPITAL)
    });
    let generation = |at: usize| matches!(parsed.tokens[at].span.of(text), "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV");
    if let Some(at) = inside
        && !generation(at + 1)
    {
        let leads = |one: &Seen| {
            one.bits & (bit::DEMONYM | bit::OFFICE | bit::TITLE | bit::TITLE_LEAD) != 0
                || one.is(form::ALL_CAPS | form::PLACE_BEGIN | form::PLACE_INSIDE | form::ORG_BEGIN | form::TITLE_PHRASE)
                || !one.is(form::CAPITAL)
        };
        if seen[one.first].bits & bit::FIRST == 0 || seen[one.first..at].iter().all(leads) {
            one.first = at + 1;
        }
    }
    while one.last - one.first > 1 {
        let here = &seen[one.first];
        // A title that is also a given name ("Major", "Earl", "Dean") stays before a lone surname only when it is no honorific.
        let title = here.bits & bit::HONORIFIC != 0 || here.bits & bit::TITLE != 0 && here.bits & bit::FIRST == 0;
        let next = &seen[one.first + 1];
        let origin = here.bits & (bit::DEMONYM | bit::OFFICE | bit::TITLE_LEAD) != 0
            || here.is(form::PLACE_BEGIN | form::ORG_BEGIN) && here.bits & bit::FIRST == 0;
        if title || here.is(form::MARK) || origin && is_title(next) && one.last - one.first > 2 {
            one.first += 1;
        } else if next.is(form::MARK) && here.bits & bit::TITLE != 0 {
            one.first += 2;
        } else {
            break;
        }
    }
    one.first = one.first.min(one.last - 1);
}

/// The office of a person's name: words before it, else an apposition behind it.
pub fn title(
    seen: &[Seen],
    text: &str,
    parsed: &Parsed,
    sentence: &Sentence,
    one: &Proposal,
    names: &[Proposal],
) -> Option<Span> {
    before(seen, text, parsed, sentence, one, names).or_else(|| behind(seen, text, parsed, sentence, one, names))
}

/// Does a word that is no title itself belong to an office: "Foreign" Minister, "Turkish" envoy, "Defence Department" chief?
fn belongs(here: &Seen, office: bool) -> bool {
    let lead = here.bits & bit::TITLE_LEAD != 0;
    let of_office = lead || here.bits & bit::OFFICE != 0;
    let named = here.is(form::PLACE_BEGIN | form::PLACE_INSIDE | form::ORG_BEGIN | form::ORG_INSIDE);
    let of_people = here.bits & bit::DEMONYM != 0 && here.is(form::CAPITAL);
    of_office && (office || lead || here.is(form::CAPITAL)) || office && (named || of_people)
}

fn before(seen: &[Seen], text: &str, parsed: &Parsed, sentence: &Sentence, one: &Proposal, names: &[Proposal]) -> Option<Span> {
    let begin = (sentence.first as usize).max(one.first.saturating_sub(LONGEST));
    let mut first = one.first;
    let mut office = false;
    // Nearest first; names are in text order.
    let mut earlier = names.iter().rev().filter(|name| name.last <= one.first && name.first >= begin).peekable();
    while first > begin {
        let at = first - 1;
        while earlier.peek().is_some_and(|name| name.first >= first) {
            earlier.next();
        }
        if let Some(name) = earlier.peek()
            && name.last == first
            && name.kind != NameKind::Person
            && office
        {
            first = name.first;
            continue;
        }
        let here = &seen[at];
        let word = parsed.tokens[at].span.of(text);
        // "his Iranian counterpart, X Y"
        if word == ","
            && at + 1 == one.first
            && at > begin
            && one.last - one.first > 1
            && seen[at - 1].bits & (bit::TITLE | bit::ROLE) != 0
            && !seen[at - 1].is(form::CAPITAL)
        {
            office = true;
            first = at;
            continue;
        }
        if is_title(here) || office && first == at + 1 && here.bits & bit::ROLE != 0 {
            office = true;
        } else if belongs(here, office) {
            // It stands inside the office.
        } else if office && matches!(word, "-" | "." | "'s" | "’s" | "for" | "of" | "and" | "&") && at > begin {
            let far = &seen[at - 1];
            let joins = is_title(far)
                || far.bits & (bit::OFFICE | bit::TITLE_LEAD) != 0
                || far.is(form::PLACE_BEGIN | form::PLACE_INSIDE | form::ORG_BEGIN | form::ORG_INSIDE)
                || far.bits & bit::DEMONYM != 0;
            let possessive = matches!(word, "'s" | "’s");
            if !(joins || word == "." && at == one.first - 1) || possessive && !far.is(form::CAPITAL) {
                break;
            }
        } else {
            let abbreviated = word == "." && at + 1 == one.first && at > begin && is_title(&seen[at - 1]);
            if !abbreviated {
                break;
            }
        }
        first = at;
    }
    while first < one.first
        && (seen[first].is(form::MARK) || matches!(parsed.tokens[first].span.of(text), "of" | "and" | "for" | "'s" | "’s"))
    {
        first += 1;
    }
    let mut last = one.first;
    // "Foreign Minister Prince X": the honorific is no part of the office
    while last > first + 1 && seen[last - 1].bits & bit::HONORIFIC != 0 && !seen[last - 1].is(form::MARK) {
        last -= 1;
    }
    while last > first && seen[last - 1].is(form::MARK) && parsed.tokens[last - 1].span.of(text) != "." {
        last -= 1;
    }
    (office && first < last).then(|| span_of(parsed, first, last))
}

/// Words after which an apposition is over.
fn ends_office(word: &str) -> bool {
    let mark = matches!(word, "," | "." | ";" | "(" | ")" | "–" | "—" | "-" | ":");
    mark || matches!(
        word,
        "and" | "who" | "whose" | "said" | "while" | "as" | "after" | "when" | "where" | "which" | "that" | "but"
    )
}

fn behind(seen: &[Seen], text: &str, parsed: &Parsed, sentence: &Sentence, one: &Proposal, names: &[Proposal]) -> Option<Span> {
    let end = (sentence.last as usize).min(one.last + LONGEST + 1);
    let word = |at: usize| parsed.tokens[at].span.of(text);
    let mut at = one.last;
    if at >= end || word(at) != "," {
        return None;
    }
    at += 1;
    // An age may stand between: "Kofi Annan, 61, the secretary general".
    if at + 1 < end && seen[at].is(form::DIGIT) && word(at + 1) == "," {
        at += 2;
    }
    while at < end && matches!(word(at), "the" | "a" | "an" | "his" | "her" | "its" | "their") {
        at += 1;
    }
    let first = at;
    let mut office = None;
    let joins = |at: usize| word(at) == "and" && at + 1 < end && is_title(&seen[at + 1]);
    while at < end && (!ends_office(word(at)) || joins(at)) {
        // "a former prosecutor backed by the party": the office ends where a clause begins; "X, president Y and": Y's office
        let verb = parsed.tokens[at].upos == Upos::Verb && office.is_some();
        if verb {
            break;
        }
        if names.iter().any(|name| name.kind == NameKind::Person && name.first == at) {
            return None;
        }
        if is_title(&seen[at]) && office.is_none() {
            office = Some(at);
        }
        if office.is_none() && at - first > 4 || seen[at].bits & bit::SAYING != 0 && office.is_none() {
            return None;
        }
        at += 1;
    }
    let clause = first < end && matches!(word(first), "while" | "as" | "after" | "when" | "where" | "which" | "who");
    (!clause && office.is_some() && at > first && at < end).then(|| span_of(parsed, first, at))
}
