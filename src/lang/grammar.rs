//! The names of grammar: universal parts of speech, Penn tags, dependency relations, each with its written form.

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

impl Upos {
    /// Every part of speech; its place here is its number in the models.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    const LABELS: [&'static str; 17] = [
        "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
        "VERB", "X",
    ];

    /// As written in CoNLL-U: `PROPN`.
    pub const fn label(self) -> &'static str {
        Self::LABELS[self as usize]
    }

    /// Reads a CoNLL-U label; `_` and strangers are `X`.
    pub fn of(label: &str) -> Self {
        Self::LABELS.iter().position(|known| *known == label).map_or(Self::X, |at| Self::ALL[at])
    }

    /// Noun, proper noun, pronoun or number: what can name a participant.
    pub const fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Propn | Self::Pron | Self::Num)
    }
}

/// Penn Treebank tags as the English treebanks of Universal Dependencies write them, sorted; `Token::xpos` is an index here.
pub const PENN: [&str; 51] = [
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ", "JJR",
    "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO",
    "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "_", "``",
];

/// Index of a Penn tag in [`PENN`]; strangers are `XX`.
pub fn penn_index(tag: &str) -> u8 {
    PENN.binary_search(&tag).unwrap_or(48) as u8
}

macro_rules! relations {
    ($($(#[$note:meta])* $name:ident = $label:literal),+ $(,)?) => {
        /// Basic universal dependency relations, subtypes that extraction needs included.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rel {
            $($(#[$note])* $name,)+
        }

        impl Rel {
            /// Every relation; its place here is its number in the models.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As written in CoNLL-U: `nsubj:pass`.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)+
                }
            }
        }
    };
}

relations! {
    Root = "root",
    Nsubj = "nsubj",
    NsubjPass = "nsubj:pass",
    Csubj = "csubj",
    Obj = "obj",
    Iobj = "iobj",
    Ccomp = "ccomp",
    Xcomp = "xcomp",
    Obl = "obl",
    OblAgent = "obl:agent",
    /// Bare noun phrase as an adverb ("met **Monday**"); also `obl:tmod`, `obl:npmod`.
    OblUnmarked = "obl:unmarked",
    Advcl = "advcl",
    AdvclRelcl = "advcl:relcl",
    Advmod = "advmod",
    Acl = "acl",
    AclRelcl = "acl:relcl",
    Amod = "amod",
    Appos = "appos",
    Aux = "aux",
    AuxPass = "aux:pass",
    Case = "case",
    Cc = "cc",
    CcPreconj = "cc:preconj",
    Compound = "compound",
    CompoundPrt = "compound:prt",
    Conj = "conj",
    Cop = "cop",
    Csubjpass = "csubj:pass",
    Det = "det",
    DetPredet = "det:predet",
    Discourse = "discourse",
    Dislocated = "dislocated",
    Expl = "expl",
    Fixed = "fixed",
    Flat = "flat",
    Goeswith = "goeswith",
    List = "list",
    Mark = "mark",
    Nmod = "nmod",
    /// A title or description before a name: "**President** Macron", "special **assistant** Kori Schulman".
    NmodDesc = "nmod:desc",
    NmodPoss = "nmod:poss",
    NmodUnmarked = "nmod:unmarked",
    NsubjOuter = "nsubj:outer",
    CsubjOuter = "csubj:outer",
    Nummod = "nummod",
    Orphan = "orphan",
    Parataxis = "parataxis",
    Punct = "punct",
    Reparandum = "reparandum",
    Vocative = "vocative",
    #[default]
    Dep = "dep",
}

impl Rel {
    /// Reads a CoNLL-U label. Older names of bare noun phrases are mapped; an unknown subtype falls back to its relation.
    pub fn of(label: &str) -> Self {
        let label = match label {
            "obl:tmod" | "obl:npmod" => "obl:unmarked",
            "nmod:tmod" | "nmod:npmod" => "nmod:unmarked",
            other => other,
        };
        let exact = |name: &str| Self::ALL.iter().copied().find(|rel| rel.label() == name);
        exact(label).or_else(|| label.split(':').next().and_then(exact)).unwrap_or_default()
    }

    /// Subject of any kind.
    pub const fn is_subject(self) -> bool {
        matches!(self, Self::Nsubj | Self::NsubjPass | Self::NsubjOuter | Self::Csubj | Self::Csubjpass | Self::CsubjOuter)
    }

    /// Heads a clause below another word.
    pub const fn is_clause(self) -> bool {
        matches!(
            self,
            Self::Ccomp
                | Self::Xcomp
                | Self::Advcl
                | Self::AdvclRelcl
                | Self::Acl
                | Self::AclRelcl
                | Self::Csubj
                | Self::Csubjpass
                | Self::CsubjOuter
                | Self::Parataxis
        )
    }
}
