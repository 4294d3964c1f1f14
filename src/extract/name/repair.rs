//! Proposals → the same with listed names added, pieces joined at hyphens, and what is a country or an office taken out.

use super::NameKind;
use super::book::{Acronym, NameBook, OrgKind, Phrase, bit};
use super::features::{Seen, form};
use super::vote::{Proposal, span_of};
use crate::lang::{Parsed, Sentence};

/// How sure a name is that stands in the lists of recurring names.
const LISTED: f32 = 0.9;
/// How sure capitals behind an office are a person.
const AFTER_TITLE: f32 = 0.7;

/// Nouns behind the name of an area: "Rukum West district".
const AREAS: [&str; 11] = [
    "district",
    "province",
    "village",
    "town",
    "county",
    "municipality",
    "governorate",
    "prefecture",
    "region",
    "township",
    "upazila",
];

fn word<'a>(text: &'a str, parsed: &Parsed, at: usize) -> &'a str {
    parsed.tokens[at].span.of(text)
}

/// No white space between two neighbouring tokens.
fn touches(parsed: &Parsed, at: usize) -> bool {
    parsed.tokens.get(at + 1).is_some_and(|next| next.span.start == parsed.tokens[at].span.end)
}

fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "‐" | "‑")
}

/// Adds names that stand in the lists where nothing else is proposed.
pub fn add_listed(book: &NameBook, seen: &[Seen], sentence: &Sentence, out: &mut Vec<Proposal>) {
    let mut taken = vec![false; sentence.tokens().len()];
    let base = sentence.first as usize;
    for one in out.iter().filter(|one| one.first >= base) {
        taken[one.first - base..one.last - base].fill(true);
    }
    let seen = &seen[sentence.tokens()];
    let mut at = 0;
    while at < seen.len() {
        let one = &seen[at];
        at += 1;
        let begins = one.is(form::ORG_BEGIN) || one.is(form::PERSON_PHRASE) && (at < 2 || !seen[at - 2].is(form::PERSON_PHRASE));
        if !begins || one.folded == 0 || taken[at - 1] {
            continue;
        }
        let from = at - 1;
        let run = seen[from..].iter().enumerate().filter(|(_, one)| one.folded != 0).map(|(n, one)| (one.folded, n + 1));
        let Some((phrase, length)) = book.longest(book.word(one.folded), run) else { continue };
        let tokens = &seen[from..from + length];
        if taken[from..from + length].iter().any(|taken| *taken)
            || !tokens.last().is_some_and(|last| last.is(form::CAPITAL)) && length > 1
        {
            continue;
        }
        let alone = length == 1;
        // "Nato" is also a surname somewhere; bodies and armed groups are meant before strangers of their name.
        let body = matches!(phrase, Phrase::Organisation(row, _)
            if matches!(book.recurring[row as usize].org, Some(OrgKind::Igo | OrgKind::Armed | OrgKind::Military)));
        let doubtful = if body { bit::COMMON | bit::DEMONYM } else { bit::COMMON | bit::FIRST | bit::LAST | bit::DEMONYM };
        let plain = tokens.iter().all(|one| one.bits & doubtful != 0 || one.is(form::SEEN_SMALL));
        let next = seen.get(from + length);
        let goes_on = next.is_some_and(|next| next.is(form::CAPITAL) && !next.is(form::HEADLINE) && next.bits & bit::TITLE == 0)
            || from > 0
                && seen[from - 1].is(form::CAPITAL)
                && !seen[from - 1].is(form::HEADLINE | form::FIRST_IN_SENTENCE)
                && seen[from - 1].bits & (bit::DEMONYM | bit::TITLE) == 0;
        let kind = match phrase {
            Phrase::Organisation(_, Acronym::Yes) if !one.is(form::ALL_CAPS) || one.is(form::HEADLINE) => continue,
            Phrase::Organisation(_, Acronym::No) if alone && (plain || goes_on) => continue,
            Phrase::Organisation(..) if goes_on && alone => continue,
            Phrase::Organisation(..) => NameKind::Organisation,
            Phrase::Person(_) if !alone => NameKind::Person,
            _ => continue,
        };
        taken[from..from + length].fill(true);
        out.push(Proposal {
            first: base + from,
            last: base + from + length,
            kind,
            score: LISTED,
            why: "a recurring name of world news",
        });
        at = from + length;
    }
    out.sort_by_key(|one| one.first);
}

/// Adds a person where capitals follow an office and nothing is proposed: "Minister Usi", "Legislator Hung Sun-han".
pub fn add_titled(text: &str, seen: &[Seen], parsed: &Parsed, sentence: &Sentence, out: &mut Vec<Proposal>) {
    let tokens = sentence.tokens();
    let mut taken = vec![false; tokens.len()];
    for one in out.iter().filter(|one| one.first >= tokens.start) {
        taken[one.first - tokens.start..one.last - tokens.start].fill(true);
    }
    let mut added = Vec::new();
    let plain = |at: usize| {
        let one = &seen[at];
        one.is(form::CAPITAL)
            && !one.is(form::ALL_CAPS | form::HEADLINE | form::PLACE_BEGIN | form::ORG_BEGIN | form::DIGIT)
            && one.bits & (bit::TITLE | bit::OFFICE | bit::CALENDAR | bit::DEMONYM | bit::ORG_HEAD) == 0
    };
    for at in tokens.clone().skip(1) {
        let before = &seen[at - 1];
        let titled = before.bits & bit::TITLE != 0 && before.is(form::CAPITAL) && before.bits & bit::FIRST == 0
            || before.bits & bit::HONORIFIC != 0 && before.is(form::CAPITAL);
        if !titled || taken[at - tokens.start] || !plain(at) || seen[at].is(form::SEEN_SMALL) {
            continue;
        }
        let mut last = at + 1;
        while last < tokens.end
            && last - at < 5
            && !taken[last - tokens.start]
            && (plain(last)
                || is_hyphen(word(text, parsed, last)) && touches(parsed, last)
                || seen[last].bits & bit::PARTICLE != 0 && seen.get(last + 1).is_some_and(|next| next.is(form::CAPITAL)))
        {
            last += 1;
        }
        taken[at - tokens.start..last - tokens.start].fill(true);
        added.push(Proposal { first: at, last, kind: NameKind::Person, score: AFTER_TITLE, why: "capitals behind an office" });
    }
    out.append(&mut added);
    out.sort_by_key(|one| one.first);
}

/// Joins what a hyphen holds together ("Tsai Ing" + "-wen") and cuts marks and clitics at both ends.
pub fn join(text: &str, seen: &[Seen], parsed: &Parsed, out: &mut Vec<Proposal>) {
    let mut kept: Vec<Proposal> = Vec::with_capacity(out.len());
    for mut one in out.drain(..) {
        let sentence = parsed.tokens[one.first].sentence;
        while one.last - one.first > 1
            && (seen[one.first].is(form::MARK) && !word(text, parsed, one.first).starts_with(['\'', '‘', '’'])
                || matches!(word(text, parsed, one.first), "'s" | "’s"))
        {
            one.first += 1;
        }
        while one.last - one.first > 1 && (matches!(word(text, parsed, one.last - 1), "'s" | "’s" | "'" | "’" | "," | "-" | "/"))
        {
            one.last -= 1;
        }
        if one.kind == NameKind::Person {
            // A given name goes on behind a hyphen that touches both sides.
            while one.last + 1 < parsed.tokens.len()
                && parsed.tokens[one.last + 1].sentence == sentence
                && is_hyphen(word(text, parsed, one.last))
                && touches(parsed, one.last - 1)
                && touches(parsed, one.last)
                && (seen[one.last + 1].bits & bit::COMMON == 0 || seen[one.last + 1].is(form::CAPITAL))
                && !seen[one.last + 1].is(form::MARK)
            {
                one.last += 2;
            }
        }
        if let Some(previous) = kept.last_mut()
            && previous.last == one.first
            && previous.kind == NameKind::Person
            && one.kind == NameKind::Person
            && seen[previous.last - 1].bits & bit::PARTICLE != 0
            && !seen[previous.last - 1].is(form::CAPITAL)
        {
            previous.last = one.last;
            continue;
        }
        if let Some(previous) = kept.last_mut()
            && previous.last > one.first
        {
            if previous.last < one.last && previous.kind == NameKind::Person && one.kind == NameKind::Person {
                previous.last = one.last;
            }
            continue;
        }
        kept.push(one);
    }
    *out = kept;
}

/// Turns countries and adjectives of origin out of people and organisations, and drops offices taken for organisations.
pub fn sort_out(
    seen: &[Seen],
    parsed: &Parsed,
    text: &str,
    is_country: impl Fn(&str) -> bool,
    is_place: impl Fn(&str) -> bool,
    is_seat: impl Fn(&str) -> bool,
    out: &mut [Proposal],
) {
    let surnames: std::collections::HashSet<u64> = out
        .iter()
        .filter(|one| one.kind == NameKind::Person && one.last - one.first > 1)
        .map(|one| seen[one.last - 1].lower)
        .collect();
    for proposal in out {
        let one = *proposal;
        let tokens = &seen[one.first..one.last];
        let name = span_of(parsed, one.first, one.last).of(text);
        // "Trump's Gaza" is no organisation where Trump is a person.
        let owner = (one.first + 1..one.last).find(|at| matches!(word(text, parsed, *at), "'s" | "’s"));
        if let (NameKind::Organisation, Some(owner)) = (one.kind, owner)
            && surnames.contains(&seen[owner - 1].lower)
            && owner == one.first + 1
        {
            proposal.last = owner;
            proposal.kind = NameKind::Person;
            continue;
        }
        let behind = parsed.tokens.get(one.last).filter(|next| next.sentence == parsed.tokens[one.first].sentence);
        let area = behind.is_some_and(|next| AREAS.contains(&next.span.of(text)));
        let by_name = one.kind == NameKind::Person && (tokens.len() > 1 || surnames.contains(&tokens[0].lower));
        let unlike_a_person = tokens.len() > 1 && tokens.iter().all(|one| one.bits & bit::FIRST == 0);
        let honoured = seen[one.first].bits & bit::HONORIFIC != 0;
        let part_of_a_place = one.kind == NameKind::Person && area && !honoured;
        let country = || one.kind != NameKind::Location && !by_name && is_country(name);
        let listed_place = || one.kind == NameKind::Person && unlike_a_person && is_place(name);
        // "Kyiv denounced": a capital, unless it is also somebody's name
        let seat = || {
            one.kind != NameKind::Location
                && tokens.len() == 1
                && !by_name
                && tokens[0].bits & (bit::FIRST | bit::LAST) == 0
                && is_seat(name)
        };
        // "Chief Operating Officer"
        let office = one.kind == NameKind::Person
            && tokens.len() == 1
            && seen.get(one.last).is_some_and(|next| next.bits & bit::TITLE != 0 && next.is(form::CAPITAL))
            && one.first > 0
            && seen[one.first - 1].bits & (bit::TITLE_LEAD | bit::TITLE) != 0
            && seen[one.first - 1].is(form::CAPITAL);
        if office {
            proposal.kind = NameKind::Misc;
            continue;
        }
        if part_of_a_place || country() || listed_place() || seat() {
            proposal.kind = NameKind::Location;
        } else if one.kind != NameKind::Misc
            && tokens.len() == 1
            && tokens[0].bits & bit::DEMONYM != 0
            && tokens[0].bits & (bit::FIRST | bit::LAST) == 0
            && !tokens[0].is(form::ORG_BEGIN)
        {
            proposal.kind = NameKind::Misc;
        } else if one.kind == NameKind::Organisation
            && tokens.last().is_some_and(|last| last.bits & bit::TITLE != 0 && last.bits & bit::ORG_HEAD == 0)
            && !tokens[0].is(form::ORG_BEGIN)
        {
            // "US Secretary" before "of State Marco Rubio"; "UN Special Rapporteur" keeps what is listed.
            proposal.kind = NameKind::Misc;
        }
    }
}
