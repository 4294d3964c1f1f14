//! A parsed sentence with its mentions → the same with subjects put right where words alone decide.
//!
//! Greedy parsers lose the subject of a clause that a preposition-like word opens ("as Israel insists", "after Trump
//! personally asked") or that follows a verb of saying without "that" ("insists Hamas must disarm").

use super::book::{Cue, VerbBook};
use super::tree::Standin;
use crate::lang::{Parsed, Rel, Sentence, Upos};
use crate::model::{EventType, Span};

/// Longest nominal, in tokens, that is moved.
const NOMINAL: usize = 10;

/// Longest phrase, in tokens, that stands before a subject: "On Monday in the northern city of X,".
const FRONTED: usize = 14;

/// Words that open a clause and that parsers take for prepositions.
const OPENS: &[&str] = &[
    "as", "after", "before", "since", "while", "because", "when", "until", "that", "if", "although", "though", "whether",
    "unless", "once", "where",
];

/// What is put right, token by token.
pub struct Repair<'a> {
    pub text: &'a str,
    pub parsed: &'a Parsed,
    pub lemmas: &'a [String],
    pub stands: &'a [Standin],
    pub book: &'a VerbBook,
}

impl Repair<'_> {
    pub fn sentence(&self, sentence: &Sentence, heads: &mut [u32], rels: &mut [Rel]) {
        self.infinitives(sentence, heads, rels);
        self.headline_infinitive(sentence, heads, rels);
        self.neighbours(sentence, heads, rels);
        let range = sentence.tokens();
        for verb in range.clone() {
            if self.parsed.tokens[verb].upos == Upos::Verb {
                self.subject(verb, range.start, heads, rels);
            }
        }
        for of in range.start + 1..range.end.saturating_sub(1) {
            self.place_of(of, heads, rels);
        }
        self.bare_objects(sentence, heads, rels);
    }

    /// "UN special representative A B urged": no word of a title is the verb's; the name is.
    pub fn titles(&self, titles: &[(Span, Span)], heads: &mut [u32], rels: &mut [Rel]) {
        let tokens = &self.parsed.tokens;
        let first = |offset: u32| tokens.partition_point(|token| token.span.end <= offset);
        let last = |offset: u32| tokens.partition_point(|token| token.span.start < offset);
        let number = |at: usize| u32::try_from(at).unwrap_or(0);
        let close = |(title, name): &&(Span, Span)| {
            let gap = if title.end <= name.start { name.start - title.end } else { title.start.saturating_sub(name.end) };
            gap < 6
        };
        for (title, name) in titles.iter().filter(close) {
            let behind = title.start > name.start;
            let (from, middle) = (first(title.start), first(name.start));
            let (until, to) = (last(title.end), last(name.end));
            let inside = |at: usize| (from..until).contains(&at) || (middle..to).contains(&at);
            let Some(top) = (middle..to).find(|&t| heads[t] as usize == t || !inside(heads[t] as usize)) else {
                if !behind && middle > 0 {
                    lift(middle, to, from, heads, rels);
                }
                continue;
            };
            for at in from..until {
                let head = heads[at] as usize;
                if head == at || inside(head) || reaches(heads, top, at) || matches!(rels[at], Rel::Case | Rel::Det | Rel::Punct)
                {
                    continue;
                }
                let loose = matches!(
                    rels[top],
                    Rel::Parataxis | Rel::Dep | Rel::Appos | Rel::Root | Rel::List | Rel::Flat | Rel::Dislocated | Rel::Vocative
                );
                let part = matches!(rels[at], Rel::Nsubj | Rel::NsubjPass | Rel::Obj | Rel::Iobj | Rel::Obl | Rel::Conj);
                if loose && part && !reaches(heads, head, top) {
                    heads[top] = number(head);
                    rels[top] = rels[at];
                } else if behind && !matches!(rels[at], Rel::Nsubj | Rel::NsubjPass) {
                    continue;
                }
                heads[at] = number(top);
                rels[at] = if behind { Rel::Appos } else { Rel::Compound };
            }
        }
    }

    /// "Apple to lower prices": a headline's name before its infinitive is the subject.
    fn headline_infinitive(&self, sentence: &Sentence, heads: &mut [u32], rels: &mut [Rel]) {
        let range = sentence.tokens();
        let Some(to) = range.clone().take(NOMINAL).find(|&at| !self.is_nominal(at)) else { return };
        let verb = to + 1;
        let named = to > range.start && self.stands[to - 1].actor.is_some() && self.lemmas[to] == "to";
        if !named || verb >= range.end || self.upos(verb) != Upos::Verb || self.parsed.tokens[verb].penn() != "VB" {
            return;
        }
        let inside = |at: usize| (range.start..to).contains(&at);
        let Some(top) = (range.start..to).find(|&t| heads[t] as usize == t || !inside(heads[t] as usize)) else { return };
        let number = |at: usize| u32::try_from(at).unwrap_or(0);
        if heads[top] as usize != top && heads[top] as usize != verb {
            return;
        }
        if inside(heads[verb] as usize) {
            heads[verb] = number(verb);
            rels[verb] = Rel::Root;
        }
        if !reaches(heads, verb, top) {
            heads[top] = number(verb);
            rels[top] = Rel::Nsubj;
        }
    }

    /// Words whose place their neighbour decides: "stop attacking", "withdrawal from Rafah".
    fn neighbours(&self, sentence: &Sentence, heads: &mut [u32], rels: &mut [Rel]) {
        let number = |at: usize| u32::try_from(at).unwrap_or(0);
        let range = sentence.tokens();
        for at in range.start + 1..range.end {
            let before = at - 1;
            let participle = self.upos(at) == Upos::Verb && self.parsed.tokens[at].penn() == "VBG";
            if participle
                && self.upos(before) == Upos::Verb
                && self.book.is(&self.lemmas[before], Cue::Aspect)
                && heads[at] as usize != before
                && !reaches(heads, before, at)
            {
                heads[at] = number(before);
                rels[at] = Rel::Xcomp;
            }
            // what "from" names belongs to the withdrawal right before it, not to a verb farther off
            let moves = matches!(self.lemmas[at].as_str(), "from" | "to") && self.upos(at) == Upos::Adp;
            if moves && self.upos(before) == Upos::Noun && self.book.noun(&self.lemmas[before]).is_some() {
                let place = heads[at] as usize;
                let far =
                    place > at && place < range.end && self.stands[place].place.is_some() && (heads[place] as usize) < before;
                if far && !reaches(heads, before, place) {
                    heads[place] = number(before);
                    rels[place] = Rel::Nmod;
                }
            }
        }
    }

    /// "was due to meet the adviser", taken for a "to meet adviser": the infinitive governs what follows it.
    fn infinitives(&self, sentence: &Sentence, heads: &mut [u32], rels: &mut [Rel]) {
        let range = sentence.tokens();
        for at in range.start + 1..range.end {
            let noun = heads[at] as usize;
            let lost = self.upos(at) == Upos::Verb && rels[at] == Rel::Compound && noun > at && noun < range.end;
            if !lost || self.lemmas[at - 1] != "to" || self.parsed.tokens[at].penn() != "VB" {
                continue;
            }
            let number = |at: usize| u32::try_from(at).unwrap_or(0);
            heads[at] = if heads[noun] as usize == noun { number(at) } else { heads[noun] };
            rels[at] = rels[noun];
            heads[noun] = number(at);
            rels[noun] = Rel::Obj;
            for other in range.start..at {
                if heads[other] as usize == noun {
                    heads[other] = number(at);
                    if rels[other] == Rel::Cop {
                        rels[other] = Rel::Aux;
                    }
                }
            }
            heads[at - 1] = number(at);
            rels[at - 1] = Rel::Mark;
        }
    }

    /// "was to meet President X in Paris": an actor behind its verb that no preposition marks is the object.
    fn bare_objects(&self, sentence: &Sentence, heads: &[u32], rels: &mut [Rel]) {
        let range = sentence.tokens();
        let base = range.start;
        let mut marked = vec![false; range.len()];
        let mut complete = vec![false; range.len()];
        for at in range.clone() {
            let Some(head) = (heads[at] as usize).checked_sub(base).filter(|head| *head < marked.len()) else { continue };
            match rels[at] {
                Rel::Case | Rel::Mark if !matches!(self.lemmas[at].as_str(), "'s" | "’s") => marked[head] = true,
                Rel::Obj | Rel::AuxPass | Rel::NsubjPass | Rel::Ccomp => complete[head] = true,
                _ => {}
            }
        }
        for at in range {
            let head = heads[at] as usize;
            let bare = rels[at] == Rel::Obl && head < at && head >= base && !marked[at - base] && !complete[head - base];
            if bare && self.upos(head) == Upos::Verb && self.stands[at].actor.is_some() && !self.stands[at].time {
                rels[at] = Rel::Obj;
                complete[head - base] = true;
            }
        }
    }

    /// "In London, Britain and Rwanda signed": where the names joined to the last one before the verb begin.
    fn list_start(&self, start: usize, first: usize) -> usize {
        let mut start = start;
        let mut joined = false;
        while start > first + 1 {
            let and = self.upos(start - 1) == Upos::Cconj;
            let comma = self.parsed.tokens[start - 1].span.of(self.text) == ",";
            let mut end = start - 1;
            if and && end > first && self.parsed.tokens[end - 1].span.of(self.text) == "," {
                end -= 1;
            }
            if !(and && !joined || comma && joined) || end == first || self.stands[end - 1].actor.is_none() {
                break;
            }
            joined = true;
            start = end;
            while start > first && end - start < NOMINAL && self.is_nominal(start - 1) {
                start -= 1;
            }
        }
        start
    }

    /// Does a phrase of place or time and a comma open the sentence up to here?
    fn is_fronted(&self, comma: usize, first: usize) -> bool {
        let opens = matches!(self.upos(first), Upos::Adp | Upos::Adv) || self.stands[first].time;
        self.parsed.tokens[comma].span.of(self.text) == ","
            && comma - first <= FRONTED
            && opens
            && (first..comma).all(|at| !matches!(self.upos(at), Upos::Verb | Upos::Aux | Upos::Pron))
    }

    /// "South Korea's minister A and his counterpart B agreed": A is a subject too where the tree lost it.
    fn other_subjects(&self, verb: usize, first: usize, start: usize, heads: &mut [u32], rels: &mut [Rel]) {
        let Some(subject) = (start..verb).find(|&t| heads[t] as usize == verb && matches!(rels[t], Rel::Nsubj | Rel::NsubjPass))
        else {
            return;
        };
        let mut begin = self.list_start(start, first);
        if begin == start || begin > first && self.upos(begin - 1) == Upos::Adp {
            return;
        }
        let of_verb =
            |t: usize, heads: &[u32], rels: &[Rel]| heads[t] as usize == verb && matches!(rels[t], Rel::Nsubj | Rel::NsubjPass);
        while begin < start {
            let end = (begin..start).find(|&t| !self.is_nominal(t)).unwrap_or(start);
            let inside = |at: usize| (begin..end).contains(&at);
            let top = (begin..end).find(|&t| heads[t] as usize == t || !inside(heads[t] as usize));
            if let Some(top) = top.filter(|&top| {
                end > begin && self.stands[end - 1].actor.is_some() && !of_verb(top, heads, rels) && rels[top] != Rel::NmodPoss
            }) && !reaches(heads, verb, top)
                && !reaches(heads, subject, top)
            {
                heads[top] = u32::try_from(verb).unwrap_or(0);
                rels[top] = rels[subject];
            }
            begin = end.max(begin) + 1;
        }
    }

    /// "in the Egyptian resort of Aswan": what "of" names belongs to the noun right before it.
    fn place_of(&self, of: usize, heads: &mut [u32], rels: &mut [Rel]) {
        let (noun, name) = (of - 1, of + 1);
        let place = self.stands[name].place;
        if self.lemmas[of] != "of" || self.upos(noun) != Upos::Noun || place.is_none() {
            return;
        }
        let last = (name..heads.len()).take_while(|&t| self.stands[t].place == place).last().unwrap_or(name);
        let inside = |at: usize| (name..=last).contains(&at);
        let Some(top) = (name..=last).find(|&t| heads[t] as usize == t || !inside(heads[t] as usize)) else { return };
        if heads[top] as usize != noun && !reaches(heads, noun, top) && !reaches(heads, noun, of) {
            heads[top] = u32::try_from(noun).unwrap_or(0);
            rels[top] = Rel::Nmod;
            heads[of] = u32::try_from(top).unwrap_or(0);
            rels[of] = Rel::Case;
        }
    }

    fn upos(&self, at: usize) -> Upos {
        self.parsed.tokens[at].upos
    }

    fn subject(&self, verb: usize, first: usize, heads: &mut [u32], rels: &mut [Rel]) {
        let mut finite = matches!(self.parsed.tokens[verb].penn(), "VBD" | "VBZ" | "VBP");
        let mut passive = false;
        let mut end = verb;
        // "Apple today unveiled": the day between subject and verb is skipped too
        while end > first && (self.stands[end - 1].time || matches!(self.upos(end - 1), Upos::Adv | Upos::Aux | Upos::Part)) {
            end -= 1;
            if self.lemmas[end] == "to" {
                return;
            }
            finite |= matches!(self.parsed.tokens[end].penn(), "MD" | "VBD" | "VBZ" | "VBP");
            passive |= self.lemmas[end] == "be" && self.parsed.tokens[verb].penn() == "VBN";
        }
        if !finite || end == first || verb - end > 5 {
            return;
        }
        let last = end - 1;
        let acting = self.stands[last].actor.is_some() || self.upos(last) == Upos::Pron;
        if !acting {
            return;
        }
        let mut start = end;
        while start > first && end - start < NOMINAL && self.is_nominal(start - 1) {
            start -= 1;
        }
        let before = self.list_start(start, first).checked_sub(1).filter(|&before| before >= first);
        let inside = |at: usize| (start..end).contains(&at);
        let subject_already =
            (start..end).any(|t| heads[t] as usize == verb && matches!(rels[t], Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter));
        if subject_already {
            self.other_subjects(verb, first, start, heads, rels);
            return;
        }
        let top = (start..end).find(|&t| heads[t] as usize == t || !inside(heads[t] as usize)).unwrap_or(last);
        let mark = before.filter(|&word| OPENS.contains(&self.lemmas[word].as_str()));
        let teller = before.filter(|&word| self.upos(word) == Upos::Verb && self.tells(word));
        // a name that begins the sentence, right before its verb
        let heads_sentence = before.is_none_or(|before| self.is_fronted(before, first))
            && (0..end - first).all(|t| {
                heads[first + t] as usize != verb || {
                    let other = first + t;
                    self.stands[other].time || !matches!(rels[other], Rel::Nsubj | Rel::NsubjPass)
                }
            });
        if mark.is_none() && teller.is_none() && !heads_sentence {
            return;
        }
        let number = |at: usize| u32::try_from(at).unwrap_or(0);
        // the verb must not hang on its own subject
        if reaches(heads, verb, top) {
            let above = heads[top] as usize;
            if above == verb || above == top || reaches(heads, above, top) {
                return;
            }
            heads[verb] = number(above);
            rels[verb] = Rel::Advcl;
        }
        for other in (first..verb).filter(|other| !inside(*other)) {
            if heads[other] as usize == verb && matches!(rels[other], Rel::Nsubj | Rel::NsubjPass) {
                rels[other] = if self.stands[other].time { Rel::OblUnmarked } else { Rel::Dep };
            }
        }
        heads[top] = number(verb);
        rels[top] = if passive { Rel::NsubjPass } else { Rel::Nsubj };
        if let Some(mark) = mark.filter(|&mark| !reaches(heads, verb, mark)) {
            heads[mark] = number(verb);
            rels[mark] = Rel::Mark;
            if matches!(rels[verb], Rel::Conj | Rel::Parataxis | Rel::Acl) {
                rels[verb] = if self.lemmas[mark] == "that" { Rel::Ccomp } else { Rel::Advcl };
            }
        } else if let Some(teller) = teller.filter(|&teller| !reaches(heads, teller, verb)) {
            heads[verb] = number(teller);
            rels[verb] = Rel::Ccomp;
        }
        self.other_subjects(verb, first, start, heads, rels);
    }

    fn is_nominal(&self, at: usize) -> bool {
        let word = self.parsed.tokens[at].span.of(self.text);
        matches!(self.upos(at), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num | Upos::Pron)
            && !matches!(self.parsed.tokens[at].penn(), "WDT" | "WP" | "IN")
            || matches!(word, "-" | "'s" | "’s" | "’" | "'")
    }

    fn tells(&self, verb: usize) -> bool {
        let lemma = self.lemmas[verb].as_str();
        let kind = self.book.verb(lemma).map(|frame| frame.kind);
        self.book.is(lemma, Cue::Reporting) || kind == Some(EventType::Statement)
    }
}

/// "Airbus chief executive A B stated": the name takes the place in the tree that a word of its title has.
fn lift(name: usize, end: usize, title: usize, heads: &mut [u32], rels: &mut [Rel]) {
    let number = |at: usize| u32::try_from(at).unwrap_or(0);
    let inside = |at: usize| (title..end).contains(&at);
    let Some(top) = (title..name).find(|&t| heads[t] as usize == t || !inside(heads[t] as usize)) else { return };
    for at in name + 1..end {
        if (title..name).contains(&(heads[at] as usize)) {
            heads[at] = number(name);
            rels[at] = Rel::Flat;
        }
    }
    heads[name] = if heads[top] as usize == top { number(name) } else { heads[top] };
    rels[name] = rels[top];
    heads[top] = number(name);
    rels[top] = Rel::Compound;
    // what ties the title to its verb ties the name
    for at in title.saturating_sub(6)..end {
        if heads[at] as usize == top && matches!(rels[at], Rel::Case | Rel::Cc | Rel::Mark) {
            heads[at] = number(name);
        }
    }
}

/// Does the way up from `from` pass `to`? A word reaches itself.
fn reaches(heads: &[u32], from: usize, to: usize) -> bool {
    let mut at = from;
    // deeper than any real sentence; a longer way counts as one that does, so that nothing is moved
    for _ in 0..200 {
        if at == to {
            return true;
        }
        let head = heads[at] as usize;
        if head == at || head >= heads.len() {
            return false;
        }
        at = head;
    }
    true
}
