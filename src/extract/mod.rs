//! Article → analysis. Pure and infallible: a worse text gives a smaller answer, never an error.

mod actor;
mod event;
pub mod name;
pub mod place;
mod seat;
mod time;
mod when;

use crate::gazetteer::Gazetteer;
use crate::lang::{English, LANGUAGES, Parsed, detect, languages};
use crate::model::{Analysis, Article, Warning};

pub use event::{locate, sites};
pub use name::{NameKind, NameMention};
pub use when::WhenBook;

/// Everything the passes know about the world and the language, loaded once and shared by all threads.
#[derive(Debug)]
pub struct Knowledge {
    pub english: English,
    pub gazetteer: Gazetteer,
    pub time: time::TimeRules,
    pub places: place::PlaceBook,
    pub names: name::NameBook,
    pub name_tagger: name::tagger::Tagger,
    pub verbs: event::VerbBook,
    pub dating: WhenBook,
}

impl Knowledge {
    /// Decodes the tables embedded in the program.
    #[must_use]
    pub fn load() -> Self {
        Self {
            english: English::load(),
            gazetteer: Gazetteer::load(),
            time: time::TimeRules::load(),
            places: place::PlaceBook::load(),
            names: name::NameBook::load(),
            name_tagger: name::tagger::Tagger::read(include_bytes!("../../assets/names/tagger.bin")),
            verbs: event::VerbBook::load(),
            dating: WhenBook::load(),
        }
    }
}

/// What the passes work on: each adds to what earlier ones decided.
#[derive(Debug)]
pub struct Draft<'a> {
    pub article: &'a Article,
    pub parsed: Parsed,
    /// Proposed names with types; `place` and `actor` decide.
    pub names: Vec<NameMention>,
    pub analysis: Analysis,
}

/// What a pass needs of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Names and figures: it also runs over languages that are not read.
    Writing,
    /// Verbs and their clauses: over other languages it would only find what is not there.
    Grammar,
}

/// A step of the extraction, named for what it creates.
pub struct Pass {
    pub name: &'static str,
    pub creates: &'static str,
    pub needs: Needs,
    pub run: fn(&Knowledge, &mut Draft<'_>),
}

/// The passes in order; each may use what those before it created.
pub const PASSES: &[Pass] = &[
    Pass { name: "time", needs: Needs::Writing, creates: "times: expressions with value and interval", run: time::times },
    Pass {
        name: "name",
        needs: Needs::Writing,
        creates: "names: proposed person, organisation and place names",
        run: name::names,
    },
    Pass {
        name: "place",
        needs: Needs::Writing,
        creates: "places: resolved, with the roles that the wording of each mention gives",
        run: place::places,
    },
    Pass { name: "actor", needs: Needs::Writing, creates: "actors: who is meant by which words", run: actor::actors },
    Pass {
        name: "event",
        needs: Needs::Grammar,
        creates: "events: type, who, where, standing, attribution, figures; quotes",
        run: event::events,
    },
    Pass { name: "when", needs: Needs::Grammar, creates: "the dates of the events", run: when::when },
    Pass {
        name: "seat",
        needs: Needs::Grammar,
        creates: "capitals of the governments that take part, final roles of places",
        run: seat::seats,
    },
];

/// Reads an article for people: who did what, where and when.
#[must_use]
pub fn extract(knowledge: &Knowledge, article: &Article) -> Analysis {
    let parsed = knowledge.english.parse(&article.text, &article.blocks);
    let mut analysis = Analysis { sentences: parsed.sentences.iter().map(|s| s.span).collect(), ..Analysis::default() };
    let stranger = detect(&article.text).filter(|found| LANGUAGES.iter().all(|own| own.code != found.code));
    if let Some(language) = stranger {
        let message = format!("This article seems to be in {}; Dateline reads {} today", language.name, languages());
        analysis.warnings.push(Warning::new("other-language", message));
    }
    let mut draft = Draft { article, parsed, names: Vec::new(), analysis };
    for pass in PASSES.iter().filter(|pass| stranger.is_none() || pass.needs == Needs::Writing) {
        (pass.run)(knowledge, &mut draft);
    }
    draft.analysis
}
