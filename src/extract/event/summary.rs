//! Trigger with its parts → a short clause for people, in the historic present: "Hamas hands over lists of hostages".
//!
//! Every content word stands in the text; only forms of "be", "do" and the verb's ending are made.

use super::trigger::Trigger;
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::{MentionForm, Span};

/// Longest summary in words: two lines of a card at its usual width.
const LONGEST: usize = 14;

/// Longest part that is told whole, in words; of a longer one only its head and what stands before it.
const PART: usize = 9;

/// No real clause nests deeper; broken trees may.
const DEEPEST: usize = 3;

impl Reader<'_> {
    /// A plain clause of at most fourteen words or so.
    pub fn summary(&self, trigger: &Trigger<'_>) -> String {
        let words = if trigger.is_verb { self.clause(trigger.at, 0) } else { self.noun_clause(trigger) };
        begin_large(words)
    }

    fn clause(&self, at: usize, depth: usize) -> String {
        let tree = self.tree;
        let mut out = Words::default();
        let subjects: Vec<usize> = self
            .subjects(at)
            .into_iter()
            .map(|subject| if self.is_relative(subject) { self.antecedent(subject).unwrap_or(subject) } else { subject })
            .collect();
        let (who, plural) = self.subject(&subjects, at);
        out.push(&who);
        out.push(&self.verb_words(at, plural, 0));
        let from = at.max(self.last_of_group(at));
        let children: Vec<usize> = tree.children(at).filter(|&c| c > from || c > at && tree.rel(c) == Rel::Obj).collect();
        let has_object = children.iter().any(|&c| tree.rel(c) == Rel::Obj);
        for child in children {
            if tree.stands[child].time && tree.rel(child) != Rel::Obj {
                continue;
            }
            match tree.rel(child) {
                Rel::Obj | Rel::Iobj => out.push(&self.phrase(child)),
                Rel::Xcomp | Rel::Ccomp if tree.upos(child) == Upos::Verb && depth < DEEPEST => {
                    let more = self.governed_clause(child, depth);
                    out.push_if(&more);
                }
                Rel::Xcomp | Rel::Ccomp => out.push_if(&self.phrase(child)),
                Rel::Acl | Rel::Advcl if self.is_charge(child) => out.push_if(&self.raw(child)),
                Rel::Obl | Rel::OblAgent | Rel::Nmod => {
                    let told = tree.stands[child].actor.is_some()
                        || self.holds_place(child)
                        || !has_object
                        || tree.rel(child) == Rel::OblAgent;
                    if told && !self.holds_time(child) {
                        out.push_if(&self.marked_phrase(child));
                    }
                }
                _ => {}
            }
        }
        // "ruled out on Tuesday that soldiers would be sent", where the tree hangs the clause on the day
        let bare = count(&out.text) == count(&who) + count(&self.verb_words(at, plural, 0));
        if bare && depth == 0 {
            let range = at + 1..tree.sentence(at).tokens().end;
            let that = range.clone().find(|&t| tree.lemma(t) == "that" && tree.rel(t) == Rel::Mark);
            if let Some(told) = that.and_then(|that| tree.head(that)).filter(|&told| told > at && tree.upos(told) == Upos::Verb) {
                out.push_if(&self.clause(told, depth + 1));
            }
        }
        // "accused the army of bombing a market", where the tree hangs it on the army
        if let Some(object) = tree.child(at, Rel::Obj)
            && let Some(charge) = tree.children(object).find(|&c| tree.rel(c) == Rel::Acl && self.is_charge(c))
        {
            out.push_if(&self.raw(charge));
        }
        out.text
    }

    /// "of bombing a market", "for shelling the town"
    fn is_charge(&self, at: usize) -> bool {
        let tree = self.tree;
        tree.penn(at) == "VBG"
            && tree.children(at).any(|c| {
                c < at
                    && matches!(tree.rel(c), Rel::Mark | Rel::Case)
                    && matches!(tree.lemma(c), "of" | "for" | "from" | "with" | "by")
            })
    }

    /// Who does it, as few words as name them; and is it a plural?
    fn subject(&self, subjects: &[usize], verb: usize) -> (String, bool) {
        let tree = self.tree;
        let Some(&first) = subjects.first() else { return (String::new(), false) };
        let mut tokens: Vec<usize> = subjects.to_vec();
        if subjects.len() == 1 {
            tokens.extend(tree.children(first).filter(|&c| tree.rel(c) == Rel::Conj && tree.upos(c) != Upos::Verb));
        }
        let mut names: Vec<String> = Vec::new();
        for token in tokens.iter().take(3) {
            let name = self.short_name(*token);
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        let plural = names.len() > 1
            || tokens.len() > 1
            || matches!(tree.penn(first), "NNS" | "NNPS")
            || tree.upos(first) == Upos::Num && tree.lemma(first) != "one"
            || matches!(tree.lemma(first), "police" | "they" | "we" | "people")
            || tree.children(verb).any(|c| {
                matches!(tree.rel(c), Rel::Aux | Rel::AuxPass)
                    && matches!(tree.word(c).to_lowercase().as_str(), "are" | "were" | "have" | "'re" | "’re" | "'ve" | "’ve")
            });
        let singular_name = tokens.len() == 1
            && tree.stands[first].actor.is_some_and(|(_, form)| form != MentionForm::Nominal)
            && tree.upos(first) == Upos::Propn
            // "the Financial Times" is one, "the Houthis" are many
            && (tree.penn(first) != "NNPS" || self.mention(first).of(tree.text).contains(' '));
        let text = match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [one, two] if tokens.len() == 2 => format!("{one} and {two}"),
            [one, two, three] if tokens.len() == 3 => format!("{one}, {two} and {three}"),
            [one, ..] => format!("{one} and others"),
        };
        (text, plural && !singular_name || names.len() > 1)
    }

    /// A person by name alone, a pronoun by whom it means, anything else by its nominal.
    fn short_name(&self, token: usize) -> String {
        let tree = self.tree;
        if let Some(name) = self.name_behind(token) {
            return plain(self.mention(name).of(tree.text));
        }
        match tree.stands[token].actor {
            Some((_, MentionForm::Name)) => plain(self.mention(token).of(tree.text)),
            Some((actor, MentionForm::Pronoun)) => self.names.get(actor as usize).cloned().unwrap_or_default(),
            Some((actor, MentionForm::Nominal)) if tree.upos(token) != Upos::Pron => {
                // "Her rival A B": the name is what readers look for
                let named = tree.children(token).find(|&c| {
                    c > token
                        && matches!(tree.rel(c), Rel::Appos | Rel::Flat | Rel::NmodDesc)
                        && tree.stands[c].actor.is_some_and(|(_, form)| form == MentionForm::Name)
                });
                let title = matches!(tree.rel(token), Rel::NmodDesc | Rel::Compound);
                match named {
                    Some(name) => plain(self.mention(name).of(tree.text)),
                    None if title => self.names.get(actor as usize).cloned().unwrap_or_default(),
                    None => self.nominal_words(token),
                }
            }
            _ => self.nominal_words(token),
        }
    }

    fn nominal_words(&self, token: usize) -> String {
        let span = self.tree.nominal(token);
        // "Last week Ukrainian forces": the day is told apart
        let tokens = &self.tree.parsed.tokens;
        let mut first = tokens.partition_point(|token| token.span.end <= span.start);
        while first < token && self.tree.stands[first].time {
            first += 1;
        }
        let words = plain(Span { start: tokens[first].span.start, ..span }.of(self.tree.text));
        if count(&words) <= PART { words } else { self.tree.word(token).to_owned() }
    }

    /// The verb with its helpers, past told as present.
    fn verb_words(&self, at: usize, plural: bool, depth: usize) -> String {
        let tree = self.tree;
        let be = if plural { "are" } else { "is" };
        let lemma = tree.lemma(at);
        let particle = tree.children(at).find(|&c| tree.rel(c) == Rel::CompoundPrt && c > at);
        let with_particle = |word: &str| particle.map_or(word.to_owned(), |p| format!("{word} {}", tree.word(p)));
        let passive = tree.is_passive(at);
        let not =
            tree.children(at).any(|c| c < at && matches!(tree.word(c).to_lowercase().as_str(), "not" | "n't" | "n’t" | "never"));
        let to = tree.children(at).find(|&c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to" && c < at);
        let participle = with_particle(tree.word(at));
        let base = if tree.upos(at) == Upos::Verb { with_particle(lemma) } else { tree.word(at).to_owned() };
        if to.is_some() {
            let tail = if passive { format!("to be {participle}") } else { format!("to {base}") };
            // "is expected to visit", "refuses to meet": nothing but "to" and adverbs stand between
            let head = tree.head(at).filter(|&head| {
                matches!(tree.rel(at), Rel::Xcomp | Rel::Ccomp)
                    && head < at
                    && at - head < 6
                    && depth < DEEPEST
                    && tree.child(head, Rel::Obj).is_none()
                    && tree.child(head, Rel::Iobj).is_none()
                    && matches!(tree.upos(head), Upos::Verb | Upos::Adj)
            });
            return match head {
                Some(head) if tree.upos(head) == Upos::Verb => format!("{} {tail}", self.verb_words(head, plural, depth + 1)),
                Some(head) => format!("{be} {} {tail}", tree.word(head)),
                None if tree.children(at).any(|c| tree.rel(c) == Rel::Aux && tree.lemma(c) == "be") => format!("{be} {tail}"),
                None => tail,
            };
        }
        let modal = tree.children(at).find(|&c| tree.rel(c) == Rel::Aux && tree.penn(c) == "MD");
        if let Some(modal) = modal {
            let modal = match tree.word(modal).to_lowercase().as_str() {
                "wo" | "'ll" | "’ll" => "will".to_owned(),
                "ca" => "can".to_owned(),
                "'d" | "’d" => "would".to_owned(),
                word => word.to_owned(),
            };
            let not = if not { " not" } else { "" };
            return if passive { format!("{modal}{not} be {participle}") } else { format!("{modal}{not} {base}") };
        }
        let progressive = tree.penn(at) == "VBG" && tree.children(at).any(|c| tree.rel(c) == Rel::Aux && tree.lemma(c) == "be");
        match (passive || progressive, not) {
            (true, true) => format!("{be} not {participle}"),
            (true, false) => format!("{be} {participle}"),
            (false, true) => format!("{} not {base}", if plural { "do" } else { "does" }),
            (false, false) if plural => base,
            (false, false) => with_particle(&third_person(lemma)),
        }
    }

    /// The last token that the verb group holds.
    fn last_of_group(&self, at: usize) -> usize {
        self.tree.children(at).filter(|&c| self.tree.rel(c) == Rel::CompoundPrt && c > at && c < at + 4).max().unwrap_or(at)
    }

    /// "to help persuade Hamas", "Kyiv would accept no settlement"
    fn governed_clause(&self, at: usize, depth: usize) -> String {
        let tree = self.tree;
        let to = tree.children(at).any(|c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to");
        let own_subject = tree.children(at).any(|c| matches!(tree.rel(c), Rel::Nsubj | Rel::NsubjPass));
        if own_subject && !to {
            return self.clause(at, depth + 1);
        }
        let words = self.raw(at);
        if !words.is_empty() {
            return words;
        }
        // too long to be told whole: the verb and its object
        let mut short = Words::default();
        short.push(if to { "to" } else { "" });
        short.push(tree.word(at));
        if let Some(object) = tree.child(at, Rel::Obj) {
            short.push(&self.phrase(object));
        }
        short.text
    }

    /// The words of a subtree as they stand, without what hangs loosely on it.
    fn raw(&self, at: usize) -> String {
        let words = plain(self.extent(at).of(self.tree.text));
        if count(&words) <= LONGEST - 2 { words } else { String::new() }
    }

    /// A nominal: whole where it is short, else its head with what stands before it.
    fn phrase(&self, at: usize) -> String {
        let tree = self.tree;
        if let Some((actor, MentionForm::Pronoun)) = tree.stands[at].actor
            && tree.upos(at) == Upos::Pron
            && tree.penn(at) == "PRP"
        {
            return self.names.get(actor as usize).cloned().unwrap_or_default();
        }
        let whole = plain(self.extent(at).of(tree.text));
        if count(&whole) <= PART {
            return whole;
        }
        let name = self.name_behind(at);
        let span = name.map_or(tree.nominal(at), |name| tree.nominal(at).joined(self.mention(name)));
        let short = plain(span.of(tree.text));
        if count(&short) <= PART { short } else { tree.word(at).to_owned() }
    }

    /// A phrase with its preposition: "in Geneva", "with the minister".
    fn marked_phrase(&self, at: usize) -> String {
        let tree = self.tree;
        let Some(case) = tree.case(at) else { return String::new() };
        if case > at {
            return String::new();
        }
        let phrase = self.phrase(at);
        let words = plain(
            Span { start: tree.token(case).span.start, end: tree.token(at).span.end.max(tree.nominal(at).end) }.of(tree.text),
        );
        let preposition = tree.word(case).to_lowercase();
        if phrase.to_lowercase().starts_with(&format!("{preposition} ")) {
            phrase
        } else if count(&words) <= PART && words.len() >= phrase.len() {
            words
        } else {
            format!("{preposition} {phrase}")
        }
    }

    fn holds_place(&self, at: usize) -> bool {
        let tree = self.tree;
        tree.stands[at].place.is_some() || tree.children(at).any(|c| tree.stands[c].place.is_some())
    }

    fn holds_time(&self, at: usize) -> bool {
        let tree = self.tree;
        tree.stands[at].time
            || tree
                .children(at)
                .any(|c| tree.stands[c].time && tree.stands[at].place.is_none() && tree.stands[at].actor.is_none())
    }

    fn noun_clause(&self, trigger: &Trigger<'_>) -> String {
        let (tree, at) = (self.tree, trigger.at);
        if let Some(carrier) = trigger.carrier.filter(|&c| tree.upos(c) == Upos::Verb && tree.rel(c) != Rel::Acl) {
            return self.clause(carrier, 0);
        }
        // the phrase without the preposition that ties it to its verb
        let extent = self.extent(at);
        let case = tree.children(at).rfind(|&c| c < at && matches!(tree.rel(c), Rel::Case | Rel::Mark | Rel::Cc));
        let start = case.map_or(extent.start, |case| tree.token(case).span.end);
        let whole = plain(Span { start: start.max(extent.start), ..extent }.of(tree.text));
        if count(&whole) <= LONGEST {
            return whole;
        }
        let mut out = Words::default();
        out.push(&plain(tree.nominal(at).of(tree.text)));
        for child in tree.children(at).filter(|&c| c > at && tree.rel(c) == Rel::Nmod && !tree.stands[c].time) {
            out.push_if(&self.marked_phrase(child));
        }
        out.text
    }

    /// All words of the mention that a token is part of.
    fn mention(&self, at: usize) -> Span {
        let tree = self.tree;
        let actor = tree.stands[at].actor;
        let range = tree.sentence(at).tokens();
        let end = (at..range.end).take_while(|&t| tree.stands[t].actor == actor).last().unwrap_or(at);
        let start = (range.start..=at).rev().take_while(|&t| tree.stands[t].actor == actor).last().unwrap_or(at);
        tree.token(start).span.joined(tree.token(end).span)
    }

    /// A subtree without the clauses that hang on it.
    fn extent(&self, at: usize) -> Span {
        let tree = self.tree;
        let mut span = tree.token(at).span;
        let mut stack = vec![(at, 0)];
        while let Some((here, depth)) = stack.pop() {
            span = span.joined(tree.token(here).span);
            if depth > 8 {
                continue;
            }
            for child in tree.children(here) {
                let skip = matches!(
                    tree.rel(child),
                    Rel::AclRelcl
                        | Rel::Acl
                        | Rel::Punct
                        | Rel::Parataxis
                        | Rel::Advcl
                        | Rel::AdvclRelcl
                        | Rel::Appos
                        | Rel::List
                        | Rel::Discourse
                ) || (depth == 0 && matches!(tree.rel(child), Rel::Conj | Rel::Cc))
                    || tree.stands[child].time && matches!(tree.rel(child), Rel::Nmod | Rel::Obl | Rel::OblUnmarked);
                if !skip {
                    stack.push((child, depth + 1));
                }
            }
        }
        span
    }
}

/// Words of a summary with a count.
#[derive(Default)]
struct Words {
    text: String,
}

impl Words {
    fn push(&mut self, more: &str) {
        if more.is_empty() || self.text.ends_with(more) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(more);
    }

    /// Adds what still fits; a part that does not is left out whole, so that nothing dangles.
    fn push_if(&mut self, more: &str) {
        if count(&self.text) + count(more) <= LONGEST {
            self.push(more);
        }
    }
}

fn count(words: &str) -> usize {
    words.split_whitespace().count()
}

/// One line, single spaces, no marks at the ends, no lone quotation mark.
fn plain(words: &str) -> String {
    let mut out: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let double = |c: char| matches!(c, '"' | '“' | '”');
    if out.chars().filter(|c| double(*c)).count() % 2 == 1 {
        out.retain(|c| !double(c));
    }
    out.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | ')') || c.is_whitespace()).to_owned()
}

/// "agree" → "agrees", "carry" → "carries", "have" → "has".
fn third_person(lemma: &str) -> String {
    match lemma {
        "be" => return "is".to_owned(),
        "have" => return "has".to_owned(),
        "do" | "go" | "undergo" | "veto" => return format!("{lemma}es"),
        _ => {}
    }
    let before_y = lemma.chars().rev().nth(1);
    if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") {
        format!("{lemma}es")
    } else if lemma.ends_with('y') && before_y.is_some_and(|c| !"aeiou".contains(c)) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else {
        format!("{lemma}s")
    }
}

fn begin_large(words: String) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_person_is_spelt_right() {
        let made = ["agree", "carry", "deploy", "reach", "veto", "have", "be"].map(third_person);
        assert_eq!(made, ["agrees", "carries", "deploys", "reaches", "vetoes", "has", "is"]);
    }
}
