//! Parsed text with actors, places and times → one view of its trees: heads, children, and what each word stands for.

use super::book::VerbBook;
use super::repair::Repair;
use super::shallow;
use crate::lang::{Parsed, Rel, Sentence, Token, Upos};
use crate::model::{Analysis, MentionForm, PlaceKind, PlaceRole, Span};

/// What stands at a token.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standin {
    /// Actor that the token is part of a mention of, and how it is worded.
    pub actor: Option<(u32, MentionForm)>,
    /// Place, and whether its name stands for a government here.
    pub place: Option<(u32, bool)>,
    /// The place pass reads this mention as a venue.
    pub venue: bool,
    /// Part of the name of a country: before a noun it tells of origin, not of place.
    pub country: bool,
    /// Part of a time expression.
    pub time: bool,
}

/// The trees of one article. Every index is one of `Parsed::tokens`.
pub struct Tree<'a> {
    pub text: &'a str,
    pub parsed: &'a Parsed,
    pub heads: Vec<u32>,
    pub rels: Vec<Rel>,
    pub stands: Vec<Standin>,
    /// Lower-case lemmas.
    lemmas: Vec<String>,
    /// Children of token `i`: `children[starts[i]..starts[i + 1]]`, in text order.
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl<'a> Tree<'a> {
    pub fn new(text: &'a str, parsed: &'a Parsed, analysis: &Analysis, titles: &[(Span, Span)], book: &VerbBook) -> Self {
        let tokens = &parsed.tokens;
        let mut heads: Vec<u32> = tokens.iter().map(|token| token.head).collect();
        let mut rels: Vec<Rel> = tokens.iter().map(|token| token.rel).collect();
        let lemmas: Vec<String> = parsed.lemmas.iter().map(|lemma| lemma.to_lowercase()).collect();
        let limit = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
        for (row, head) in heads.iter_mut().enumerate() {
            if *head >= limit {
                *head = u32::try_from(row).unwrap_or(0);
            }
        }
        let stands = stands(tokens, analysis);
        let repair = Repair { text, parsed, lemmas: &lemmas, stands: &stands, book };
        repair.titles(titles, &mut heads, &mut rels);
        for sentence in &parsed.sentences {
            if has_tree(sentence, &rels) {
                repair.sentence(sentence, &mut heads, &mut rels);
            } else {
                shallow::attach(text, parsed, sentence, &lemmas, &mut heads, &mut rels);
            }
        }
        let mut starts = vec![0u32; tokens.len() + 1];
        for (row, &head) in heads.iter().enumerate() {
            if head as usize != row {
                starts[head as usize + 1] += 1;
            }
        }
        for row in 1..starts.len() {
            starts[row] += starts[row - 1];
        }
        let mut next = starts.clone();
        let mut children = vec![0u32; starts.last().copied().unwrap_or(0) as usize];
        for (row, &head) in heads.iter().enumerate() {
            if head as usize != row {
                children[next[head as usize] as usize] = u32::try_from(row).unwrap_or(0);
                next[head as usize] += 1;
            }
        }
        Self { text, parsed, heads, rels, stands, lemmas, starts, children }
    }

    pub fn len(&self) -> usize {
        self.heads.len()
    }

    pub fn token(&self, at: usize) -> &Token {
        &self.parsed.tokens[at]
    }

    pub fn upos(&self, at: usize) -> Upos {
        self.parsed.tokens[at].upos
    }

    pub fn penn(&self, at: usize) -> &'static str {
        self.parsed.tokens[at].penn()
    }

    pub fn word(&self, at: usize) -> &'a str {
        self.parsed.tokens[at].span.of(self.text)
    }

    pub fn lemma(&self, at: usize) -> &str {
        self.lemmas.get(at).map_or("", String::as_str)
    }

    pub fn rel(&self, at: usize) -> Rel {
        self.rels[at]
    }

    /// The governing token; `None` for a root.
    pub fn head(&self, at: usize) -> Option<usize> {
        let head = self.heads[at] as usize;
        (head != at).then_some(head)
    }

    /// Direct dependents in text order.
    pub fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        let (from, to) = (self.starts[at] as usize, self.starts[at + 1] as usize);
        self.children[from..to].iter().map(|&child| child as usize)
    }

    pub fn child(&self, at: usize, rel: Rel) -> Option<usize> {
        self.children(at).find(|&child| self.rels[child] == rel)
    }

    /// Lemma of the preposition that marks a nominal, in lower case.
    pub fn case(&self, at: usize) -> Option<usize> {
        self.children(at).find(|&child| self.rels[child] == Rel::Case && self.word(child) != "'s" && self.word(child) != "’s")
    }

    pub fn sentence(&self, at: usize) -> &'a Sentence {
        &self.parsed.sentences[self.parsed.tokens[at].sentence as usize]
    }

    /// Is it a predicate in the passive voice? A participle that was tagged as an adjective is.
    pub fn is_passive(&self, at: usize) -> bool {
        if self.children(at).any(|child| matches!(self.rels[child], Rel::AuxPass | Rel::NsubjPass | Rel::OblAgent)) {
            return true;
        }
        if self.upos(at) == Upos::Adj {
            return true;
        }
        if self.penn(at) != "VBN" || self.has_aux(at) {
            return false;
        }
        // "was tried and sentenced": the second participle shares the first one's voice
        let shares = |head: usize| self.children(head).any(|c| matches!(self.rels[c], Rel::AuxPass | Rel::NsubjPass));
        let active = self.children(at).any(|c| matches!(self.rels[c], Rel::Nsubj | Rel::Obj));
        matches!(self.rels[at], Rel::Acl | Rel::Amod | Rel::Advcl)
            || (self.rels[at] == Rel::Xcomp && !active)
            || (self.rels[at] == Rel::Conj && !active && self.head(at).is_some_and(shares))
    }

    pub fn has_aux(&self, at: usize) -> bool {
        self.children(at).any(|child| self.rels[child] == Rel::Aux)
    }

    /// The words of the nominal headed here: its contiguous left and right dependents without clauses.
    pub fn nominal(&self, at: usize) -> Span {
        let mut span = self.token(at).span;
        for child in self.children(at) {
            let keep = matches!(
                self.rels[child],
                Rel::Det
                    | Rel::Amod
                    | Rel::Compound
                    | Rel::Nummod
                    | Rel::Flat
                    | Rel::NmodPoss
                    | Rel::Goeswith
                    | Rel::Fixed
                    | Rel::NmodUnmarked
                    | Rel::NmodDesc
            );
            if keep {
                span = span.joined(self.nominal_inner(child, 0));
            }
        }
        span
    }

    fn nominal_inner(&self, at: usize, depth: usize) -> Span {
        let mut span = self.token(at).span;
        if depth < 6 {
            for child in self.children(at) {
                if !matches!(self.rels[child], Rel::Punct | Rel::AclRelcl | Rel::Acl | Rel::Appos | Rel::Conj | Rel::Cc) {
                    span = span.joined(self.nominal_inner(child, depth + 1));
                }
            }
        }
        span
    }
}

/// A sentence whose relations are all unset was not parsed.
fn has_tree(sentence: &Sentence, rels: &[Rel]) -> bool {
    rels[sentence.tokens()].iter().any(|rel| *rel != Rel::Dep)
}

/// Marks tokens with what covers them; of overlapping actor mentions names win over wider nominals.
fn stands(tokens: &[Token], analysis: &Analysis) -> Vec<Standin> {
    let mut stands = vec![Standin::default(); tokens.len()];
    let mut cover = |span: Span, set: &mut dyn FnMut(&mut Standin)| {
        let from = tokens.partition_point(|token| token.span.end <= span.start);
        for (row, token) in tokens.iter().enumerate().skip(from) {
            if token.span.start >= span.end {
                break;
            }
            set(&mut stands[row]);
        }
    };
    for (row, actor) in analysis.actors.iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        for mention in &actor.mentions {
            cover(mention.span, &mut |stand| {
                if stand.actor.is_none_or(|(_, form)| form != MentionForm::Name) {
                    stand.actor = Some((row, mention.form));
                }
            });
        }
    }
    for (row, place) in analysis.places.iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        for mention in &place.mentions {
            cover(mention.span, &mut |stand| {
                stand.place = Some((row, mention.metonym));
                stand.venue = mention.role == PlaceRole::Venue;
                stand.country = place.kind == PlaceKind::Country;
            });
        }
    }
    for time in &analysis.times {
        cover(time.span, &mut |stand| stand.time = true);
    }
    stands
}
