//! Rule table → one automaton over tokens; tokens → every rule that matches at a place, longest first.

use super::figure::{Line, Value};
use super::holiday::Feast;
use super::scan::{Gap, Shape};
use super::words::{Class, Words};

/// One test on the tokens at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Atom {
    Word(u16),
    Class(Class),
    Number,
    Amount,
    Nth,
    Year,
    Day,
    Clock,
    Numeric,
    Slashed,
    Decade,
    /// What stands before it is context and no part of the expression.
    Start,
}

/// What a slot was filled by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Class(Class),
    Number,
    Amount,
    Nth,
    Year,
    Day,
    Clock,
    Numeric,
    Decade,
}

/// A filled slot of a match: which, the first token, what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Filled {
    pub slot: Slot,
    pub token: usize,
    pub value: Value,
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Rule {
    pub pattern: String,
    /// Name of the meaning and its numbers or words.
    pub meaning: String,
    pub args: Vec<i32>,
    pub word: Option<&'static str>,
    /// The day of a holiday.
    pub feast: Option<Feast>,
    pub example: String,
}

#[derive(Debug, Default)]
struct Node {
    edges: Vec<(Atom, bool, u32)>,
    rules: Vec<u16>,
}

/// The automaton: a tree of atoms in which rules with the same beginning share their states.
#[derive(Debug, Default)]
pub struct Rules {
    pub rows: Vec<Rule>,
    nodes: Vec<Node>,
    /// Edges of the root that a word can take, by the word's number.
    by_word: Vec<Vec<u16>>,
    by_digits: Vec<u16>,
    by_quote: Vec<u16>,
    by_unknown: Vec<u16>,
}

/// A rule that matched: tokens `start..end`.
#[derive(Clone, Debug)]
pub struct Hit {
    pub rule: u16,
    pub start: usize,
    pub end: usize,
    pub filled: Vec<Filled>,
}

/// Patterns are finite; a table row that unfolds into more sequences than this is a mistake in the table.
const MOST_SEQUENCES: usize = 4096;

impl Rules {
    pub fn read(table: &'static str, words: &mut Words) -> Self {
        let mut rules = Self { nodes: vec![Node::default()], ..Self::default() };
        for line in table.lines() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut columns = line.split('\t');
            let (Some(pattern), Some(meaning)) = (columns.next(), columns.next()) else { continue };
            let mut parts = meaning.split_ascii_whitespace();
            let Some(name) = parts.next() else { continue };
            let rest: Vec<&'static str> = parts.collect();
            let row = u16::try_from(rules.rows.len()).unwrap_or(u16::MAX);
            rules.rows.push(Rule {
                pattern: pattern.into(),
                meaning: name.into(),
                args: rest.iter().filter_map(|arg| arg.parse().ok()).collect(),
                word: rest.iter().find(|arg| arg.parse::<i32>().is_err()).copied(),
                feast: None,
                example: columns.next().unwrap_or("").into(),
            });
            for sequence in unfold(pattern, words) {
                rules.insert(&sequence, row);
            }
        }
        rules
    }

    /// Reads `name TAB day TAB example` rows of holidays; years, "last" and "next" are understood.
    pub fn read_holidays(&mut self, table: &'static str, words: &mut Words) {
        words.begin_holidays();
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let mut columns = line.split('\t');
            let (Some(name), Some(feast)) = (columns.next(), columns.next().and_then(Feast::read)) else { continue };
            let pattern = format!("(last|next|this)? {name} ((of)? YEAR)?");
            let row = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
            self.rows.push(Rule {
                pattern: pattern.clone(),
                meaning: "holiday".into(),
                args: Vec::new(),
                word: None,
                feast: Some(feast),
                example: columns.next().unwrap_or("").into(),
            });
            for sequence in unfold(&pattern, words) {
                self.insert(&sequence, row);
            }
        }
    }

    /// To be called when all words are in: which edges of the root each word can take.
    pub fn close(&mut self, words: &Words) {
        let fits = |atom: Atom, word: u16| -> bool {
            match atom {
                Atom::Word(id) => id == word,
                Atom::Class(class) => words.value(word, class).is_some(),
                Atom::Number => words.value(word, Class::Number).is_some() || word_is(words, word, &["a", "an"]),
                Atom::Amount => {
                    words.value(word, Class::Number).is_some()
                        || word_is(
                            words,
                            word,
                            &["a", "an", "couple", "several", "few", "many", "dozens", "hundreds", "thousands"],
                        )
                }
                Atom::Nth | Atom::Day => {
                    words.value(word, Class::Ordinal).is_some() || words.value(word, Class::Number).is_some()
                }
                Atom::Year | Atom::Clock => words.value(word, Class::Number).is_some() || word_is(words, word, &["ad"]),
                Atom::Decade => words.value(word, Class::Number).is_some_and(|value| (15..=20).contains(&value)),
                Atom::Numeric | Atom::Slashed | Atom::Start => false,
            }
        };
        let edges = &self.nodes[0].edges;
        let all = |keep: &dyn Fn(Atom) -> bool| -> Vec<u16> {
            edges.iter().enumerate().filter(|(_, edge)| keep(edge.0)).map(|(row, _)| row as u16).collect()
        };
        self.by_word = (0..words.count()).map(|word| all(&|atom| fits(atom, word))).collect();
        let figure = |atom| !matches!(atom, Atom::Word(_) | Atom::Class(_) | Atom::Start);
        self.by_digits = all(&figure);
        self.by_quote = all(&|atom| matches!(atom, Atom::Year | Atom::Decade));
        self.by_unknown = all(&|atom| matches!(atom, Atom::Decade));
    }

    fn insert(&mut self, sequence: &[(Atom, bool)], rule: u16) {
        let mut node = 0;
        for (atom, glued) in sequence {
            let found = self.nodes[node].edges.iter().find(|(known, near, _)| known == atom && near == glued);
            node = if let Some((_, _, next)) = found {
                *next as usize
            } else {
                let next = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[node].edges.push((*atom, *glued, next as u32));
                next
            };
        }
        if node != 0 && !self.nodes[node].rules.contains(&rule) {
            self.nodes[node].rules.push(rule);
        }
    }

    /// All rules that match at `start`, longest first, then in the order of the table. The automaton has no loops, so the work at
    /// one place is bounded by its size whatever the text says.
    pub fn at(&self, line: Line<'_>, start: usize, hits: &mut Vec<Hit>) {
        hits.clear();
        let Some(first) = line.get(start) else { return };
        let edges = match first.shape {
            Shape::Number => &self.by_digits,
            Shape::Mark if first.is_mark('\'') => &self.by_quote,
            Shape::Word if first.word == 0 => &self.by_unknown,
            _ => match self.by_word.get(usize::from(first.word)) {
                Some(edges) => edges,
                None => return,
            },
        };
        let mut walk = Walk { rules: self, line, from: start, begin: start, filled: Vec::new(), hits };
        for edge in edges {
            let (atom, glued, next) = self.nodes[0].edges[usize::from(*edge)];
            walk.step(atom, glued, next as usize, start);
        }
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.end), hit.start, hit.rule));
    }
}

fn word_is(words: &Words, word: u16, any: &[&str]) -> bool {
    any.iter().any(|name| words.look_up(name, false).is_some_and(|known| known.word == word && word != 0))
}

struct Walk<'a, 'b> {
    rules: &'a Rules,
    line: Line<'a>,
    from: usize,
    begin: usize,
    filled: Vec<Filled>,
    hits: &'b mut Vec<Hit>,
}

impl Walk<'_, '_> {
    fn step(&mut self, atom: Atom, glued: bool, next: usize, at: usize) {
        let line = self.line;
        if atom == Atom::Start {
            let begin = std::mem::replace(&mut self.begin, at);
            self.node(next, at);
            self.begin = begin;
            return;
        }
        let Some(tok) = line.get(at) else { return };
        if at > self.from && (tok.gap == Gap::Paragraph || glued && tok.gap != Gap::None) {
            return;
        }
        let int = |slot: Slot, found: Option<(usize, i64)>| found.map(|(used, value)| (used, Some((slot, Value::Int(value)))));
        let found = match atom {
            Atom::Word(word) => (tok.word == word).then_some((1, None)),
            Atom::Class(class) => {
                let value = if tok.is(class) { line.words.value(tok.word, class) } else { None };
                value.map(|value| (1, Some((Slot::Class(class), Value::Int(i64::from(value))))))
            }
            Atom::Number => line.number(at).map(|(used, value)| (used, Some((Slot::Number, Value::Amount(Some(value)))))),
            Atom::Amount => line.amount(at).map(|(used, value)| (used, Some((Slot::Amount, Value::Amount(value))))),
            Atom::Nth => int(Slot::Nth, line.nth(at)),
            Atom::Year => int(Slot::Year, line.year(at)),
            Atom::Day => int(Slot::Day, line.day(at)),
            Atom::Decade => int(Slot::Decade, line.decade_with_century(at)),
            Atom::Clock => line.clock(at).map(|(used, clock)| (used, Some((Slot::Clock, Value::Clock(clock))))),
            Atom::Numeric => line.numeric(at).map(|(used, value)| (used, Some((Slot::Numeric, value)))),
            Atom::Slashed => line.slashed(at).map(|(used, value)| (used, Some((Slot::Numeric, value)))),
            Atom::Start => None,
        };
        let Some((used, fill)) = found else { return };
        let depth = self.filled.len();
        if let Some((slot, value)) = fill {
            self.filled.push(Filled { slot, token: at, value });
        }
        self.node(next, at + used);
        self.filled.truncate(depth);
    }

    fn node(&mut self, node: usize, at: usize) {
        let node = &self.rules.nodes[node];
        for rule in &node.rules {
            self.hits.push(Hit { rule: *rule, start: self.begin, end: at, filled: self.filled.clone() });
        }
        for (atom, glued, next) in &node.edges {
            self.step(*atom, *glued, *next as usize, at);
        }
    }
}

/// A pattern as all sequences of atoms it stands for.
fn unfold(pattern: &str, words: &mut Words) -> Vec<Vec<(Atom, bool)>> {
    let spaced = pattern.replace('(', " ( ").replace(')', " ) ").replace('|', " | ").replace(") ?", ")?");
    let pieces: Vec<&str> = spaced.split_ascii_whitespace().collect();
    let mut at = 0;
    alternatives(&pieces, &mut at, words)
}

fn alternatives(pieces: &[&str], at: &mut usize, words: &mut Words) -> Vec<Vec<(Atom, bool)>> {
    let mut all = Vec::new();
    let mut here: Vec<Vec<(Atom, bool)>> = vec![Vec::new()];
    while *at < pieces.len() {
        let piece = pieces[*at];
        *at += 1;
        match piece {
            ")" | ")?" => {
                *at -= 1;
                break;
            }
            "|" => all.append(&mut std::mem::replace(&mut here, vec![Vec::new()])),
            _ => {
                let (mut choices, optional) = if piece == "(" {
                    let inner = alternatives(pieces, at, words);
                    let close = pieces.get(*at).copied().unwrap_or(")");
                    *at += 1;
                    (inner, close == ")?")
                } else {
                    let (piece, optional) = match piece.strip_suffix('?') {
                        Some(rest) if !rest.is_empty() => (rest, true),
                        _ => (piece, false),
                    };
                    (vec![vec![atom(piece, words)]], optional)
                };
                if optional {
                    choices.push(Vec::new());
                }
                here = here
                    .iter()
                    .flat_map(|left| choices.iter().map(move |right| [left.as_slice(), right.as_slice()].concat()))
                    .take(MOST_SEQUENCES)
                    .collect();
            }
        }
    }
    all.append(&mut here);
    all
}

fn atom(piece: &str, words: &mut Words) -> (Atom, bool) {
    let glued = piece.len() > 1 && piece.starts_with('~');
    let piece = if glued { &piece[1..] } else { piece };
    let atom = match piece {
        "NUM" => Atom::Number,
        "QTY" => Atom::Amount,
        "NTH" => Atom::Nth,
        "YEAR" => Atom::Year,
        "DD" => Atom::Day,
        "CLOCK" => Atom::Clock,
        "NUMERIC" => Atom::Numeric,
        "SLASHED" => Atom::Slashed,
        "DECADE" => Atom::Decade,
        "^" => Atom::Start,
        name => Class::named(name).map_or_else(|| Atom::Word(words.intern(name)), Atom::Class),
    };
    (atom, glued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_unfold() {
        let mut words = Words::read("UNIT 4 day days");
        assert_eq!(unfold("the? (past|last) NUM UNIT", &mut words).len(), 4);
        assert_eq!(unfold("a (b (c|d)?)? e", &mut words).len(), 4);
    }
}
