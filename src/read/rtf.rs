//! Rich Text Format (RTF 1.9) → one article: the words of the body, without fonts, pictures, headers and notes.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::date::field_date;
use super::published::Candidates;
use super::sheet::Sheet;
use super::{Hint, LIMITS, ReadError, about_from_hint, article_id};
use crate::model::{Article, BlockKind, PublishedFrom, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"{\\rtf")
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let mut document = Document::new();
    document.run(bytes);
    document.end_paragraph();
    let mut about = about_from_hint(hint);
    about.title = document.title.take().filter(|title| title.split(' ').count() >= 3);
    about.byline = document.author.take();
    let [year, month, day] = document.made;
    let mut found = Candidates::default();
    let written = format!("{year:04}-{month:02}-{day:02}");
    found.push(PublishedFrom::File, field_date(&written), || format!("document created = {written}"));
    about.date_candidates = found.into_vec();
    document.sheet.article(article_id(bytes, 0), about, &hint.name, warnings).map(|article| vec![article])
}

/// What the words of a group are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    Body,
    Fonts,
    Styles,
    Title,
    Author,
    Made,
    Nothing,
}

/// What a group inherits and forgets at its end.
#[derive(Clone, Copy)]
struct Group {
    goal: Goal,
    encoding: &'static Encoding,
    font: i32,
    /// Bytes to skip after a `\u`.
    skip: usize,
    is_hidden: bool,
}

struct Document {
    sheet: Sheet,
    group: Group,
    outer: Vec<Group>,
    line: String,
    /// Bytes in the code page, not decoded yet: a character may take two.
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    /// Font number and its encoding.
    fonts: Vec<(i32, &'static Encoding)>,
    /// Style numbers that head something, with "title" told apart.
    styles: Vec<(i32, BlockKind)>,
    naming: (i32, String),
    kind: Option<BlockKind>,
    title: Option<String>,
    author: Option<String>,
    made: [i32; 3],
    /// Bytes still to be skipped after a `\u`.
    left: usize,
    /// The first half of a letter beyond the first plane.
    pending: Option<u16>,
}

/// Groups inside one another; deeper ones are read as if they were one.
const DEEPEST: usize = 1_000;

impl Document {
    fn new() -> Self {
        let group = Group { goal: Goal::Body, encoding: WINDOWS_1252, font: 0, skip: 1, is_hidden: false };
        Self {
            sheet: Sheet::default(),
            group,
            outer: Vec::new(),
            line: String::new(),
            bytes: Vec::new(),
            encoding: WINDOWS_1252,
            fonts: Vec::new(),
            styles: Vec::new(),
            naming: (0, String::new()),
            kind: None,
            title: None,
            author: None,
            made: [0; 3],
            left: 0,
            pending: None,
        }
    }

    fn run(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' => {
                    self.decode();
                    if self.outer.len() < DEEPEST {
                        self.outer.push(self.group);
                    }
                    if bytes[at..].starts_with(b"\\*") {
                        self.group.goal = Goal::Nothing;
                    }
                }
                b'}' => {
                    self.decode();
                    self.close();
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' => {}
                _ => self.byte(byte),
            }
        }
        self.decode();
    }

    fn close(&mut self) {
        match self.group.goal {
            Goal::Styles if !self.naming.1.is_empty() => self.name_style(),
            _ => {}
        }
        if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
    }

    /// `heading 1;` in the list of styles.
    fn name_style(&mut self) {
        let (number, name) = std::mem::take(&mut self.naming);
        let name = name.trim_end_matches(';').trim().to_lowercase();
        let kind = match name.as_str() {
            "title" => BlockKind::Headline,
            "caption" => BlockKind::Caption,
            "header" | "footer" => BlockKind::Boilerplate,
            _ if name.starts_with("heading") || name == "subtitle" => BlockKind::Subheading,
            _ => return,
        };
        self.styles.push((number, kind));
    }

    /// Reads the control at `at`, behind its backslash, and gives where it ends.
    fn control(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            at += 1;
            match first {
                b'\'' => {
                    let hex = bytes
                        .get(at..at + 2)
                        .and_then(|pair| std::str::from_utf8(pair).ok())
                        .and_then(|pair| u8::from_str_radix(pair, 16).ok());
                    if let Some(byte) = hex {
                        self.byte(byte);
                        at += 2;
                    }
                }
                b'~' => self.character('\u{a0}'),
                b'_' => self.character('-'),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.end_paragraph(),
                _ => {}
            }
            return at;
        }
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && at - start < 32 {
            at += 1;
        }
        let word = &bytes[start..at];
        let is_negative = bytes.get(at) == Some(&b'-');
        at += usize::from(is_negative);
        let mut number: Option<i32> = None;
        while let Some(digit) = bytes.get(at).filter(|b| b.is_ascii_digit()) {
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(i32::from(digit - b'0')));
            at += 1;
        }
        if bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        let number = number.map(|number| if is_negative { -number } else { number });
        if word == b"bin" {
            // Raw bytes follow.
            return at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(bytes.len());
        }
        self.word(word, number);
        at
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        let value = number.unwrap_or(0);
        if word != b"u" {
            self.left = 0;
        }
        match word {
            b"u" => {
                self.decode();
                // Numbers are signed; letters beyond the first plane come as two halves.
                let half = (value & 0xffff) as u16;
                self.half(half);
                self.left = self.group.skip;
            }
            b"uc" => self.group.skip = usize::try_from(value).unwrap_or(1).min(16),
            b"ansicpg" => {
                self.encoding = code_page(value);
                self.group.encoding = self.encoding;
            }
            b"mac" => {
                self.encoding = encoding_rs::MACINTOSH;
                self.group.encoding = self.encoding;
            }
            b"fonttbl" => self.group.goal = Goal::Fonts,
            b"stylesheet" => self.group.goal = Goal::Styles,
            b"title" if self.group.goal == Goal::Nothing => self.group.goal = Goal::Title,
            b"author" if self.group.goal == Goal::Nothing => self.group.goal = Goal::Author,
            b"creatim" if self.group.goal == Goal::Nothing => self.group.goal = Goal::Made,
            b"yr" if self.group.goal == Goal::Made => self.made[0] = value,
            b"mo" if self.group.goal == Goal::Made => self.made[1] = value,
            b"dy" if self.group.goal == Goal::Made => self.made[2] = value,
            b"info" | b"colortbl" | b"pict" | b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl"
            | b"footerr" | b"footerf" | b"footnote" | b"object" | b"fldinst" | b"themedata" | b"listtable"
            | b"listoverridetable" | b"rsidtbl" | b"generator" | b"datastore" | b"latentstyles" | b"xmlnstbl" | b"annotation"
            | b"atnid" | b"atnauthor" | b"nonshppict" | b"bkmkstart" | b"bkmkend" | b"pntext" | b"listtext" | b"revtbl"
            | b"filetbl" => self.group.goal = Goal::Nothing,
            b"shptxt" | b"fldrslt" if self.group.goal == Goal::Nothing => {}
            b"shptxt" => self.group.goal = Goal::Body,
            b"f" | b"af" if self.group.goal == Goal::Fonts => self.group.font = value,
            b"fcharset" if self.group.goal == Goal::Fonts => {
                if let Some(encoding) = charset(value) {
                    self.fonts.push((self.group.font, encoding));
                }
            }
            b"f" => {
                self.decode();
                self.group.font = value;
                self.group.encoding =
                    self.fonts.iter().rev().find(|(font, _)| *font == value).map_or(self.encoding, |(_, encoding)| *encoding);
            }
            b"s" if self.group.goal == Goal::Styles => self.naming = (value, String::new()),
            b"s" => {
                self.kind = self.styles.iter().find(|(style, _)| *style == value).map(|(_, kind)| *kind);
            }
            b"outlinelevel" if self.group.goal == Goal::Body && value < 9 => self.kind = Some(BlockKind::Subheading),
            b"pard" => self.kind = None,
            b"plain" => self.group.is_hidden = false,
            b"v" | b"deleted" => self.group.is_hidden = number != Some(0),
            b"par" | b"sect" | b"page" | b"row" => self.end_paragraph(),
            b"line" | b"tab" | b"emspace" | b"enspace" | b"qmspace" => self.character(' '),
            b"cell" | b"nestcell" => {
                self.decode();
                if self.line.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '%')) {
                    self.line.push(',');
                }
                self.line.push(' ');
            }
            b"emdash" => self.character('—'),
            b"endash" => self.character('–'),
            b"lquote" => self.character('‘'),
            b"rquote" => self.character('’'),
            b"ldblquote" => self.character('“'),
            b"rdblquote" => self.character('”'),
            b"bullet" => self.character('•'),
            _ => {}
        }
    }

    /// One byte of text in the code page in force.
    fn byte(&mut self, byte: u8) {
        if self.left > 0 {
            self.left -= 1;
            return;
        }
        if self.bytes.len() < LIMITS.text_bytes * 2 {
            self.bytes.push(byte);
        }
    }

    fn character(&mut self, c: char) {
        self.decode();
        self.put(c.encode_utf8(&mut [0; 4]));
    }

    fn half(&mut self, half: u16) {
        if (0xdc00..0xe000).contains(&half)
            && let Some(high) = self.pending.take()
        {
            let text = String::from_utf16_lossy(&[high, half]);
            return self.put(&text);
        }
        if (0xd800..0xdc00).contains(&half) {
            self.pending = Some(half);
            return;
        }
        if let Some(c) = char::from_u32(u32::from(half)) {
            self.put(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let (text, _) = self.group.encoding.decode_without_bom_handling(&bytes);
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        let target = match self.group.goal {
            Goal::Body if !self.group.is_hidden => &mut self.line,
            Goal::Styles => &mut self.naming.1,
            Goal::Title => self.title.get_or_insert_default(),
            Goal::Author => self.author.get_or_insert_default(),
            _ => return,
        };
        if target.len() < LIMITS.text_bytes {
            target.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        self.decode();
        if self.group.goal != Goal::Body {
            return;
        }
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end_matches([',', ' ']);
        match self.kind {
            Some(kind) => self.sheet.add(kind, line),
            None => self.sheet.line(line),
        }
    }
}

fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        866 => "ibm866".to_owned(),
        65001 => "utf-8".to_owned(),
        874 => "windows-874".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// The character sets of Windows fonts.
fn charset(number: i32) -> Option<&'static Encoding> {
    Some(code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    }))
}
