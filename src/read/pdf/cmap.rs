//! A `ToUnicode` or encoding `CMap` stream → what its codes stand for; a text string of the file → text.

use std::collections::BTreeMap;

use encoding_rs::UTF_16BE;

/// Codes and their text, and how many bytes a code takes.
#[derive(Debug, Default)]
pub(super) struct CMap {
    text: BTreeMap<u32, String>,
    /// Ranges to the number that the first code stands for, as in an encoding `CMap`.
    numbers: Vec<(u32, u32, u32)>,
    /// Codes that begin so take two bytes; by the first byte.
    two: Vec<(u8, u8)>,
    one: Vec<(u8, u8)>,
}

/// Entries kept: a font of 65,536 glyphs at most.
const MOST: usize = 70_000;

impl CMap {
    pub fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut held: Vec<Word> = Vec::new();
        for word in (Words { bytes, at: 0 }) {
            match word {
                Word::Name(name) => {
                    match name {
                        b"endcodespacerange" => map.spaces(&held),
                        b"endbfchar" => map.chars(&held),
                        b"endbfrange" => map.ranges(&held),
                        b"endcidrange" => map.number_ranges(&held, 3),
                        b"endcidchar" => map.number_ranges(&held, 2),
                        _ => {}
                    }
                    held.clear();
                }
                word if held.len() < 3 * MOST => held.push(word),
                _ => {}
            }
        }
        map
    }

    fn spaces(&mut self, held: &[Word]) {
        for pair in held.chunks_exact(2) {
            if let [Word::Code(low), Word::Code(high)] = pair
                && let (Some(first), Some(last)) = (low.first(), high.first())
            {
                if low.len() >= 2 { self.two.push((*first, *last)) } else { self.one.push((*first, *last)) }
            }
        }
    }

    fn chars(&mut self, held: &[Word]) {
        for pair in held.chunks_exact(2) {
            if let [Word::Code(code), Word::Code(text)] = pair {
                self.put(number(code), utf16(text));
            }
        }
    }

    fn ranges(&mut self, held: &[Word]) {
        let mut at = 0;
        while let (Some(Word::Code(low)), Some(Word::Code(high))) = (held.get(at), held.get(at + 1)) {
            let (low, high) = (number(low), number(high));
            match held.get(at + 2) {
                Some(Word::Code(first)) => {
                    // The last unit of the text counts up.
                    let mut units = utf16_units(first);
                    for code in low..=high.min(low.saturating_add(0xffff)) {
                        self.put(code, String::from_utf16_lossy(&units));
                        if let Some(last) = units.last_mut() {
                            *last = last.wrapping_add(1);
                        }
                    }
                    at += 3;
                }
                Some(Word::Open) => {
                    at += 3;
                    let mut code = low;
                    while let Some(Word::Code(text)) = held.get(at) {
                        self.put(code, utf16(text));
                        code = code.saturating_add(1);
                        at += 1;
                    }
                    at += 1;
                }
                _ => return,
            }
        }
    }

    fn number_ranges(&mut self, held: &[Word], size: usize) {
        for group in held.chunks_exact(size) {
            match group {
                [Word::Code(low), Word::Code(high), Word::Number(first)] => {
                    self.numbers.push((number(low), number(high), *first));
                }
                [Word::Code(one), Word::Number(first)] => self.numbers.push((number(one), number(one), *first)),
                _ => {}
            }
        }
    }

    fn put(&mut self, code: u32, text: String) {
        if self.text.len() < MOST {
            self.text.insert(code, text);
        }
    }

    pub fn text(&self, code: u32) -> Option<&str> {
        self.text.get(&code).map(String::as_str)
    }

    /// The glyph's number that an encoding gives a code.
    pub fn number(&self, code: u32) -> Option<u32> {
        let range = self.numbers.iter().find(|(low, high, _)| (*low..=*high).contains(&code))?;
        Some(range.2 + (code - range.0))
    }

    /// How many bytes the code takes that begins with `first`.
    pub fn width(&self, first: u8) -> usize {
        let fits = |list: &[(u8, u8)]| list.iter().any(|(low, high)| (*low..=*high).contains(&first));
        if fits(&self.one) && !fits(&self.two) { 1 } else { 2 }
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn utf16_units(bytes: &[u8]) -> Vec<u16> {
    if let [one] = bytes {
        return vec![u16::from(*one)];
    }
    bytes.chunks_exact(2).take(16).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&utf16_units(bytes))
}

enum Word<'a> {
    Code(Vec<u8>),
    Number(u32),
    Name(&'a [u8]),
    Open,
    Close,
}

struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let first = *self.bytes.get(self.at)?;
            self.at += 1;
            match first {
                b'<' if self.bytes.get(self.at) == Some(&b'<') => self.at += 1,
                b'<' => {
                    let rest = &self.bytes[self.at..];
                    let end = rest.iter().position(|b| *b == b'>').unwrap_or(rest.len());
                    self.at += end + 1;
                    let digits: Vec<u8> =
                        rest[..end].iter().filter_map(|b| char::from(*b).to_digit(16)).map(|digit| digit as u8).collect();
                    return Some(Word::Code(
                        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect(),
                    ));
                }
                b'[' => return Some(Word::Open),
                b']' => return Some(Word::Close),
                b'%' => {
                    let rest = &self.bytes[self.at..];
                    self.at += rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
                }
                _ if first.is_ascii_alphanumeric() || matches!(first, b'/' | b'-') => {
                    let start = self.at - 1;
                    let rest = &self.bytes[start + 1..];
                    let end = rest
                        .iter()
                        .position(|b| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'[' | b']' | b'/' | b'('))
                        .unwrap_or(rest.len());
                    self.at = start + 1 + end;
                    let word = &self.bytes[start..self.at];
                    if let Some(number) = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok()) {
                        return Some(Word::Number(number));
                    }
                    if first != b'/' {
                        return Some(Word::Name(word));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A text string (7.9.2.2): UTF-16 or UTF-8 with its mark, else near enough to Latin.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let text = if let Some(wide) = bytes.strip_prefix(b"\xfe\xff") {
        UTF_16BE.decode_without_bom_handling(wide).0.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        text.to_owned()
    } else {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    };
    text.chars().filter(|c| !c.is_control()).take(1000).collect()
}
