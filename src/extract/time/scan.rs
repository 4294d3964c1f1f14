//! Text → small tokens with word classes: the only pass over the characters; everything later works on tokens.

use super::words::{Class, Words};
use crate::lang::Parsed;

/// What lies between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing: "10" and "pm" in "10pm".
    None,
    /// Blanks or one line break.
    Space,
    /// An empty line: no expression goes across.
    Paragraph,
}

/// Verb forms that tell a tense (Penn tags); `Unknown` where the text was not tagged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verb {
    #[default]
    Unknown,
    /// Tagged, and no verb.
    No,
    Past,
    Participle,
    Present,
    Base,
    Gerund,
    Modal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Word,
    Number,
    Mark,
}

/// One token. Invariant: `start < end`, both on char boundaries of the text.
#[derive(Clone, Copy, Debug)]
pub struct Tok {
    pub start: u32,
    pub end: u32,
    pub shape: Shape,
    pub gap: Gap,
    /// Does it begin with a capital letter?
    pub capital: bool,
    /// Number of the word in the word table; 0 for a word that no rule knows.
    pub word: u16,
    /// Bits of [`Class`].
    pub classes: u64,
    /// What the tagger says of it as a verb.
    pub verb: Verb,
    /// Value of a run of digits, at most `MAX_NUMBER`; for a mark its character.
    pub number: u32,
}

impl Tok {
    pub fn is(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    pub fn is_mark(&self, mark: char) -> bool {
        self.shape == Shape::Mark && self.number == mark as u32
    }

    pub fn len(&self) -> u32 {
        self.end - self.start
    }
}

/// Longer runs of digits are no number of days or years.
pub const MAX_NUMBER: u32 = 999_999_999;

/// Cuts a text into tokens, in order. Linear in the text.
pub fn scan(words: &Words, text: &str) -> Vec<Tok> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Tok> = Vec::with_capacity(bytes.len() / 5);
    let mut at = 0;
    let mut gap = Gap::Paragraph;
    let mut lower = String::new();
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b' ' | b'\t' | b'\r' => {
                gap = gap.max(Gap::Space);
                at += 1;
            }
            b'\n' => {
                // a second line break before the next word ends the paragraph
                let mut breaks = 0;
                while at < bytes.len() && matches!(bytes[at], b' ' | b'\t' | b'\r' | b'\n') {
                    breaks += usize::from(bytes[at] == b'\n');
                    at += 1;
                }
                gap = gap.max(if breaks > 1 { Gap::Paragraph } else { Gap::Space });
            }
            b'0'..=b'9' => {
                let start = at;
                let mut number: u32 = 0;
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    number = number.saturating_mul(10).saturating_add(u32::from(bytes[at] - b'0')).min(MAX_NUMBER);
                    at += 1;
                }
                tokens.push(Tok {
                    start: start as u32,
                    end: at as u32,
                    shape: Shape::Number,
                    gap,
                    capital: false,
                    word: 0,
                    classes: 0,
                    verb: Verb::Unknown,
                    number,
                });
                gap = Gap::None;
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let start = at;
                at = word_end(text, at);
                lower.clear();
                lower.extend(bytes[start..at].iter().map(|b| b.to_ascii_lowercase() as char));
                let ascii = bytes[start..at].is_ascii();
                let mut end = at;
                if ascii {
                    end = dotted(bytes, start, at, &mut lower).unwrap_or(end);
                }
                let capital = byte.is_ascii_uppercase();
                let known = if ascii { words.look_up(&lower, capital) } else { None };
                if end == at && known.is_some_and(|known| known.abbreviation) && bytes.get(at) == Some(&b'.') {
                    end += 1;
                }
                at = end;
                let (word, classes) = known.map_or((0, 0), |known| (known.word, known.classes));
                tokens.push(Tok {
                    start: start as u32,
                    end: end as u32,
                    shape: Shape::Word,
                    gap,
                    capital,
                    word,
                    classes,
                    verb: Verb::Unknown,
                    number: 0,
                });
                gap = Gap::None;
            }
            _ => {
                let Some(ch) = text[at..].chars().next() else { break };
                let start = at;
                at += ch.len_utf8();
                if ch.is_whitespace() {
                    gap = gap.max(Gap::Space);
                    continue;
                }
                if ch.is_alphabetic() {
                    at = word_end(text, at);
                    tokens.push(Tok {
                        start: start as u32,
                        end: at as u32,
                        shape: Shape::Word,
                        gap,
                        capital: ch.is_uppercase(),
                        word: 0,
                        classes: 0,
                        verb: Verb::Unknown,
                        number: 0,
                    });
                    gap = Gap::None;
                    continue;
                }
                let plain = match ch {
                    '’' | '‘' | '`' => '\'',
                    '–' | '‐' | '‑' => '-',
                    other => other,
                };
                // 's and 'll are words of their own
                if plain == '\'' && gap == Gap::None {
                    let end = word_end(text, at);
                    let tail = &text[at..end];
                    if matches!(tail, "s" | "ll" | "d" | "re" | "ve") {
                        lower.clear();
                        lower.push('\'');
                        lower.push_str(tail);
                        let known = words.look_up(&lower, false);
                        tokens.push(Tok {
                            start: start as u32,
                            end: end as u32,
                            shape: Shape::Word,
                            gap,
                            capital: false,
                            word: known.map_or(0, |known| known.word),
                            classes: known.map_or(0, |known| known.classes),
                            verb: Verb::Unknown,
                            number: 0,
                        });
                        at = end;
                        continue;
                    }
                }
                let mut buffer = [0; 4];
                let known = words.look_up(plain.encode_utf8(&mut buffer), false);
                tokens.push(Tok {
                    start: start as u32,
                    end: at as u32,
                    shape: Shape::Mark,
                    gap,
                    capital: false,
                    word: known.map_or(0, |known| known.word),
                    classes: known.map_or(0, |known| known.classes),
                    verb: Verb::Unknown,
                    number: plain as u32,
                });
                gap = Gap::None;
            }
        }
    }
    tokens
}

fn word_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphabetic() {
            at += 1;
        } else if bytes[at] >= 0x80 {
            match text[at..].chars().next() {
                Some(ch) if ch.is_alphabetic() => at += ch.len_utf8(),
                _ => break,
            }
        } else {
            break;
        }
    }
    at
}

/// "a.m.", "p.m.", "B.C.", "A.D." and "o'clock" are one word each; gives the end and sets the plain form.
fn dotted(bytes: &[u8], start: usize, end: usize, lower: &mut String) -> Option<usize> {
    if end - start != 1 {
        return None;
    }
    let first = bytes[start].to_ascii_lowercase();
    if first == b'o' {
        let rest = &bytes[end..];
        let skip = if rest.starts_with(b"'clock") {
            6
        } else if rest.starts_with("’clock".as_bytes()) {
            8
        } else {
            return None;
        };
        *lower = "oclock".into();
        return Some(end + skip);
    }
    if bytes.get(end) != Some(&b'.') {
        return None;
    }
    let mut next = end + 1;
    if bytes.get(next) == Some(&b' ') {
        next += 1;
    }
    let second = bytes.get(next)?.to_ascii_lowercase();
    let word = match (first, second) {
        (b'a', b'm') => "am",
        (b'p', b'm') => "pm",
        (b'b', b'c') => "bc",
        (b'a', b'd') if next == end + 1 => "ad",
        _ => return None,
    };
    if next == end + 2 && bytes.get(next + 1) != Some(&b'.') {
        return None;
    }
    let mut end = next + 1;
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    if bytes.get(end) == Some(&b'.') {
        end += 1;
    }
    *lower = word.into();
    Some(end)
}

/// Puts the tags of a parsed text on the tokens: both are in the order of the text.
pub fn tag(tokens: &mut [Tok], parsed: &Parsed) {
    let mut at = 0;
    for tok in tokens {
        while parsed.tokens.get(at).is_some_and(|known| known.span.end <= tok.start) {
            at += 1;
        }
        let Some(known) = parsed.tokens.get(at).filter(|known| known.span.start < tok.end) else { continue };
        tok.verb = match known.penn() {
            "VBD" => Verb::Past,
            "VBN" => Verb::Participle,
            "VBZ" | "VBP" => Verb::Present,
            "VB" => Verb::Base,
            "VBG" => Verb::Gerund,
            "MD" => Verb::Modal,
            _ => Verb::No,
        };
    }
}
