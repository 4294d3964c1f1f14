//! Tagged words of a sentence → their dependency tree, by moves that an averaged perceptron scores; greedy or with a beam.

pub mod features;
pub mod state;

use super::grammar::{Rel, Upos};
use super::weights::Weights;
use features::{Node, features};
use state::{Move, NONE, State};

/// Room for the scores of all moves.
pub const CLASSES: usize = 128;

/// What a class of the model stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Action {
    pub step: Move,
    pub rel: Rel,
}

/// How far the parser looks: 1 is greedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width(pub usize);

/// The parser of one language.
#[derive(Clone, Debug)]
pub struct Parser {
    weights: Weights<'static>,
    actions: Vec<Action>,
    /// Number of parses kept side by side.
    pub width: Width,
}

/// Writes a list of actions, `MOVE relation` per line.
#[must_use]
pub fn print_actions(actions: &[Action]) -> String {
    let name = |step| match step {
        Move::Shift => "shift",
        Move::Reduce => "reduce",
        Move::Left => "left",
        Move::Right => "right",
    };
    let lines: Vec<String> = actions.iter().map(|action| format!("{} {}\n", name(action.step), action.rel.label())).collect();
    lines.concat()
}

/// Reads a list of actions.
#[must_use]
pub fn parse_actions(list: &str) -> Vec<Action> {
    list.lines()
        .filter_map(|line| line.split_once(' '))
        .take(CLASSES)
        .map(|(step, rel)| {
            let step = match step {
                "shift" => Move::Shift,
                "reduce" => Move::Reduce,
                "left" => Move::Left,
                _ => Move::Right,
            };
            Action { step, rel: Rel::of(rel) }
        })
        .collect()
}

/// May this action be taken here? The root takes its dependants only as `root`, and nothing else does.
#[inline]
#[must_use]
pub fn allows(state: &State, action: Action) -> bool {
    let at_root = usize::from(state.next) == state.arcs.len();
    state.allows(action.step) && (action.step != Move::Left || (action.rel == Rel::Root) == at_root)
}

/// As `Node::upos` counts.
const PUNCT: u64 = 1 + Upos::Punct as u64;

/// Fills in what the features see of tokens beyond their own words.
pub fn count_between(nodes: &mut [Node], tokens: impl Iterator<Item = Upos>, commas: impl Fn(usize) -> bool) {
    let (mut comma, mut verb, mut join) = (0, 0, 0);
    for (at, (node, upos)) in nodes.iter_mut().zip(tokens).enumerate() {
        (node.commas, node.verbs, node.joins) = (comma, verb, join);
        comma += u16::from(commas(at));
        verb += u16::from(matches!(upos, Upos::Verb));
        join += u16::from(matches!(upos, Upos::Cconj | Upos::Sconj));
    }
}

/// One parse of the beam that is about to make a move.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    score: i32,
    from: usize,
    action: u8,
}

impl Parser {
    /// Layout: length of the action list `u32`, the list, the weights.
    #[must_use]
    pub fn read(bytes: &'static [u8], width: Width) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (list, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let actions = parse_actions(std::str::from_utf8(list).ok()?);
        Some(Self { weights: Weights::read(rest)?, actions, width })
    }

    fn score(&self, nodes: &[Node], state: &State, keys: &mut Vec<u64>) -> [i32; CLASSES] {
        features(nodes, state, keys);
        let mut scores = [0_i32; CLASSES];
        self.weights.add_all(keys, &mut scores);
        scores
    }

    /// Heads (the root's own index for a root) and relations of the words of one sentence.
    pub fn parse(&self, nodes: &[Node], out: &mut Vec<(u16, Rel)>) {
        let state = if self.width.0 <= 1 { self.greedy(nodes) } else { self.beam(nodes) };
        out.clear();
        out.extend(state.arcs.iter().enumerate().map(|(at, arcs)| {
            let root = usize::from(arcs.head) >= nodes.len();
            let rel = Rel::ALL.get(usize::from(arcs.label)).copied().unwrap_or_default();
            (if root { at as u16 } else { arcs.head }, rel)
        }));
        single_root(out);
        // Nothing hangs on a punctuation mark: what would, hangs where the mark does.
        let is_mark = |at: u16| nodes.get(usize::from(at)).is_some_and(|node| node.upos == PUNCT);
        for at in 0..out.len() {
            let mark = out[at].0;
            if is_mark(mark) && usize::from(mark) != at && out[usize::from(mark)].0 != mark {
                out[at].0 = out[usize::from(mark)].0;
            }
        }
    }

    fn greedy(&self, nodes: &[Node]) -> State {
        let mut keys = Vec::with_capacity(features::TEMPLATES + 8);
        let mut state = State::default();
        state.begin(nodes.len());
        while !state.is_final() {
            let scores = self.score(nodes, &state, &mut keys);
            let best = self.actions.iter().zip(&scores).filter(|(action, _)| allows(&state, **action)).fold(
                None,
                |best: Option<(Action, i32)>, (action, score)| match best {
                    Some((_, top)) if top >= *score => best,
                    _ => Some((*action, *score)),
                },
            );
            let Some((action, _)) = best else { break };
            state.make(action.step, action.rel as u8);
        }
        state
    }

    fn beam(&self, nodes: &[Node]) -> State {
        let mut keys = Vec::with_capacity(features::TEMPLATES + 8);
        let mut first = State::default();
        first.begin(nodes.len());
        let mut beam: Vec<(State, i32)> = vec![(first, 0)];
        let mut next: Vec<(State, i32)> = Vec::new();
        let mut candidates: Vec<Candidate> = Vec::new();
        for _ in 0..nodes.len() * 2 {
            candidates.clear();
            for (from, (state, total)) in beam.iter().enumerate() {
                let scores = self.score(nodes, state, &mut keys);
                for (number, (action, score)) in self.actions.iter().zip(&scores).enumerate() {
                    let score = total + score;
                    let worst = candidates.last().map_or(i32::MIN, |candidate| candidate.score);
                    if candidates.len() >= self.width.0 && score <= worst || !allows(state, *action) {
                        continue;
                    }
                    if candidates.len() >= self.width.0 {
                        candidates.pop();
                    }
                    let at = candidates.partition_point(|candidate| candidate.score >= score);
                    candidates.insert(at, Candidate { score, from, action: number as u8 });
                }
            }
            if candidates.is_empty() {
                break;
            }
            while next.len() < candidates.len() {
                next.push((State::default(), 0));
            }
            for (slot, candidate) in next.iter_mut().zip(&candidates) {
                slot.0.clone_from(&beam[candidate.from].0);
                slot.1 = candidate.score;
                let action = self.actions[usize::from(candidate.action)];
                slot.0.make(action.step, action.rel as u8);
            }
            next.truncate(candidates.len());
            std::mem::swap(&mut beam, &mut next);
        }
        beam.into_iter().next().map(|(state, _)| state).unwrap_or_default()
    }
}

/// A sentence has one root: the first found; other ones hang on it.
fn single_root(tree: &mut [(u16, Rel)]) {
    let mut root = None;
    for at in 0..tree.len() {
        if tree[at].0 == NONE || usize::from(tree[at].0) >= tree.len() {
            tree[at].0 = at as u16;
        }
        if usize::from(tree[at].0) == at {
            match root {
                None => {
                    root = Some(at);
                    tree[at].1 = Rel::Root;
                }
                Some(first) => tree[at] = (first as u16, Rel::Parataxis),
            }
        }
    }
}
