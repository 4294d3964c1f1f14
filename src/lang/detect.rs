//! Text → the language it is written in.

use whatlang::{Lang, detect as guess};

/// A language, for people and for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1 where there is one, else 639-3.
    pub code: &'static str,
    /// In English.
    pub name: &'static str,
}

/// Bytes looked at: the language of an article shows in its first paragraphs.
const SAMPLE: usize = 4_000;
/// Fewer letters tell nothing: names in a headline look like any language.
const FEWEST_LETTERS: usize = 80;
/// Below this the guess is not told. English news with many foreign names stays English at 0.5 and more.
const SURE: f64 = 0.8;

/// Words that every English text is full of and that its neighbours hardly write.
const ENGLISH: [&str; 16] = [
    "the", "and", "of", "said", "that", "with", "for", "from", "were", "has", "will", "until", "which", "after", "their", "would",
];
/// One word in so many is among `ENGLISH`: news has one in five; Dutch ("of") and Norwegian ("for") one in forty.
const ENGLISH_EVERY: usize = 12;

/// Foreign names and quotations can outweigh a short English report in its letters, but not in its little words. To take English for
/// another language would lose its events, so this is asked first.
fn is_english(sample: &str) -> bool {
    let words = || sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let english = words().filter(|word| ENGLISH.iter().any(|own| word.eq_ignore_ascii_case(own))).count();
    english > 0 && english * ENGLISH_EVERY >= words().count()
}

/// `None` where the text is too short or the guess unsure.
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    if is_english(sample) {
        return Some(Language { code: code(Lang::Eng), name: Lang::Eng.eng_name() });
    }
    // Chinese and Japanese have few letters; their script alone is sure.
    let info = guess(sample)?;
    (info.confidence() >= SURE || info.is_reliable()).then(|| Language { code: code(info.lang()), name: info.lang().eng_name() })
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Pol => "pl",
        Lang::Nld => "nl",
        Lang::Tur => "tr",
        Lang::Kor => "ko",
        Lang::Swe => "sv",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Fin => "fi",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Ell => "el",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ron => "ro",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Ind => "id",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Ben => "bn",
        Lang::Cat => "ca",
        other => other.code(),
    }
}
