//! Text → sentences, tokens, tags, tree. Pure; the same text gives the same answer on any thread.

mod abbreviations;
mod clause;
mod detect;
mod folder;
mod grammar;
mod headline;
pub mod lemma;
pub mod net;
mod sentence;
pub mod tag;
mod tokenise;
pub mod weights;
pub mod words;

use crate::model::{Block, Span};

pub use clause::{Tense, Usage};
pub use detect::{Language, detect};
pub use folder::{Folder, LANGUAGES, names as languages};
pub use grammar::{PENN, Rel, Upos, penn_index};

/// How carefully trees are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// The small net.
    #[default]
    Fast,
    /// The larger net, at half the speed.
    Better,
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

impl Token {
    /// Penn tag: `VBD`.
    #[must_use]
    pub fn penn(&self) -> &'static str {
        PENN.get(usize::from(self.xpos)).copied().unwrap_or("XX")
    }
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

impl Sentence {
    /// Its tokens, as indices into `Parsed::tokens`.
    #[must_use]
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.first as usize..self.last as usize
    }
}

/// A text read as language. Spans are views into the article's own text.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    pub sentences: Vec<Sentence>,
    pub tokens: Vec<Token>,
    /// Lemma of each token, lower case except for proper names. Same length as `tokens`.
    pub lemmas: Vec<String>,
    family: clause::Family,
}

/// The trained models and word tables of one language. Read in place: loading decodes nothing.
#[derive(Clone, Debug)]
pub struct English {
    lexicon: words::Lexicon<'static>,
    tagger: tag::Tagger,
    net: net::Net,
}

impl Default for English {
    fn default() -> Self {
        Self::load()
    }
}

impl English {
    /// Opens the tables embedded in the program, in the setting that reads fast enough for the window.
    #[must_use]
    pub fn load() -> Self {
        LANGUAGES[0].load(Setting::default())
    }

    fn of(folder: &Folder, setting: Setting) -> Option<Self> {
        Some(Self {
            lexicon: words::Lexicon::read(folder.lexicon)?,
            tagger: tag::Tagger::read(folder.tagger)?,
            net: net::Net::read(folder.net(setting))?,
        })
    }

    /// The same with another net, as the trainer writes it; `None` where the bytes are none.
    #[must_use]
    pub fn with_net(mut self, bytes: &'static [u8]) -> Option<Self> {
        self.net = net::Net::read(bytes)?;
        Some(self)
    }

    /// What is known of words outside any text.
    #[must_use]
    pub const fn lexicon(&self) -> &words::Lexicon<'static> {
        &self.lexicon
    }

    /// Sentences never cross a block. Linear in the text; a sentence of more than 10,000 characters is split hard.
    #[must_use]
    pub fn parse(&self, text: &str, blocks: &[Block]) -> Parsed {
        let mut parsed = self.segment(text, blocks);
        self.annotate(text, &mut parsed);
        parsed
    }

    /// Fills in tags, lemmas and trees where sentences and tokens stand.
    pub fn annotate(&self, text: &str, parsed: &mut Parsed) {
        let mut buffer = String::new();
        let mut seen = Vec::new();
        let mut classes = Vec::new();
        let mut tree = Vec::new();
        let mut room = net::Room::default();
        parsed.lemmas.clear();
        for sentence in &parsed.sentences {
            let tokens = &mut parsed.tokens[sentence.tokens()];
            seen.clear();
            classes.clear();
            let capitals = headline::capitals(tokens.iter().map(|token| token.span.of(text)));
            seen.extend(tokens.iter().map(|token| {
                let form = token.span.of(text);
                match headline::plain(&self.lexicon, form, capitals) {
                    Some(plain) => tag::Seen::of(&self.lexicon, &plain, &mut buffer),
                    None => tag::Seen::of(&self.lexicon, form, &mut buffer),
                }
            }));
            self.tagger.tag(&seen, &mut classes);
            self.net.parse(&seen, &mut classes, &mut room, &mut tree);
            for (token, class) in tokens.iter_mut().zip(&classes) {
                (token.upos, token.xpos) = self.net.classes[usize::from(*class)];
                parsed.lemmas.push(lemma::lemma(&self.lexicon, token.span.of(text), token.upos, token.xpos));
            }
            for (token, (head, rel)) in tokens.iter_mut().zip(&tree) {
                token.head = sentence.first + u32::from(*head);
                token.rel = *rel;
            }
        }
        parsed.regather();
        self.settle_participles(text, parsed);
    }

    /// "The sides, at war since 2022, **agreed** on Tuesday": a participle with a subject of its own and no auxiliary is a
    /// past tense, if the form can be one. Headlines without a full stop may mean the passive: "Two held in Cairo".
    fn settle_participles(&self, text: &str, parsed: &mut Parsed) {
        let (participle, past) = (penn_index("VBN"), penn_index("VBD"));
        for at in 0..parsed.tokens.len() {
            let token = &parsed.tokens[at];
            if token.xpos != participle || token.upos != Upos::Verb || token.rel == Rel::Amod {
                continue;
            }
            let helped = |child: usize| matches!(parsed.tokens[child].rel, Rel::Aux | Rel::AuxPass | Rel::Cop | Rel::OblAgent);
            let subject = parsed.children(at).find(|child| matches!(parsed.tokens[*child].rel, Rel::Nsubj | Rel::NsubjPass));
            let Some(subject) = subject.filter(|_| !parsed.children(at).any(helped)) else { continue };
            let shared = token.rel == Rel::Conj;
            let last = parsed.sentence_of(at).last as usize - 1;
            let full = parsed.tokens[last].upos == Upos::Punct || parsed.tokens[subject].rel == Rel::Nsubj;
            let lower = token.span.of(text).to_lowercase();
            let fits =
                lower.ends_with("ed") || self.lexicon.lemma_rule(weights::hash(lower.as_bytes()), u64::from(past)).is_some();
            if full && fits && !shared {
                parsed.tokens[at].xpos = past;
                parsed.tokens[subject].rel = Rel::Nsubj;
            }
        }
    }

    /// Sentences and tokens alone, without tags and tree.
    #[must_use]
    pub fn segment(&self, text: &str, blocks: &[Block]) -> Parsed {
        let mut parsed = Parsed::default();
        let mut spans = Vec::new();
        let mut ends = Vec::new();
        for (row, block) in blocks.iter().enumerate() {
            spans.clear();
            ends.clear();
            tokenise::tokenise(text, block.span, &mut spans);
            sentence::sentence_ends(text, &spans, &mut ends);
            let mut from = 0;
            for &end in &ends {
                let first = parsed.tokens.len();
                let sentence = parsed.sentences.len() as u32;
                parsed.tokens.extend(spans[from..end].iter().enumerate().map(|(at, span)| Token {
                    span: *span,
                    head: (first + at) as u32,
                    sentence,
                    ..Token::default()
                }));
                let span = Span { start: spans[from].start, end: spans[end - 1].end };
                parsed.sentences.push(Sentence {
                    span,
                    first: first as u32,
                    last: parsed.tokens.len() as u32,
                    block: row as u32,
                });
                from = end;
            }
        }
        parsed
    }
}
