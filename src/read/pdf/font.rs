//! A font dictionary → what its codes stand for and how wide they are.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::LazyLock;

use encoding_rs::Encoding;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::cmap::CMap;

/// Letters by the names of their glyphs.
static NAMES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../assets/read/glyph-names.tsv");
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).chain([("space", " ")]).collect()
});

/// Widths of the printing letters of ASCII in the standard fonts, thousandths of the size: they may be left out of a file.
/// From the metrics that every such font has.
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722,
    667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278,
    500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// Fonts that were looked at, by where they stand in the file.
#[derive(Default)]
pub(super) struct Fonts(BTreeMap<(u32, i32), Rc<Font>>);

impl Fonts {
    pub fn font(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let Some(id) = dict.obj_id() else { return Rc::new(Font::new(dict)) };
        let key = (id.obj_number, id.gen_number);
        Rc::clone(self.0.entry(key).or_insert_with(|| Rc::new(Font::new(dict))))
    }
}

/// How the codes of a composite font become text where no table says so.
enum Codes {
    /// Codes are numbers of glyphs: they say nothing.
    Glyphs,
    /// Codes are UTF-16.
    Wide,
    /// Codes are of an East Asian encoding.
    Legacy(&'static Encoding),
}

pub(super) struct Font {
    to_text: CMap,
    /// Text of the 256 codes of a simple font.
    simple: Vec<String>,
    is_composite: bool,
    codes: Codes,
    encoding: Option<CMap>,
    /// Thousandths of the size, by code or, in a composite font, by number of glyph.
    widths: BTreeMap<u32, f32>,
    usual_width: f32,
    pub is_bold: bool,
}

/// One letter drawn.
pub(super) struct Code<'a> {
    /// `None` where the font does not tell.
    pub text: Option<std::borrow::Cow<'a, str>>,
    /// In parts of the size.
    pub width: f32,
    /// Word spacing is added to it.
    pub is_space: bool,
}

impl Font {
    fn new(dict: &Dict<'_>) -> Self {
        let kind = dict.get::<Name<'_>>("Subtype").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let base = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let to_text = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| stream.decoded().ok().map(|data| CMap::parse(&data)))
            .unwrap_or_default();
        let low = base.to_lowercase();
        let mut font = Self {
            to_text,
            simple: Vec::new(),
            is_composite: kind == "Type0",
            codes: Codes::Glyphs,
            encoding: None,
            widths: BTreeMap::new(),
            usual_width: 1000.0,
            is_bold: ["bold", "black", "heavy", "cmbx", "-bd", "semibold"].iter().any(|word| low.contains(word)),
        };
        if font.is_composite {
            font.fill_composite(dict);
        } else {
            font.fill_simple(dict, &kind, &low);
        }
        font
    }

    fn fill_composite(&mut self, dict: &Dict<'_>) {
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => self.codes = codes(name.as_str()),
            Some(Object::Stream(stream)) => self.encoding = stream.decoded().ok().map(|data| CMap::parse(&data)),
            _ => {}
        }
        let Some(inner) = dict.get::<Array<'_>>("DescendantFonts").and_then(|list| list.iter::<Dict<'_>>().next()) else {
            return;
        };
        self.usual_width = inner.get::<f32>("DW").unwrap_or(1000.0);
        let Some(list) = inner.get::<Array<'_>>("W") else { return };
        let mut parts = list.flex_iter();
        // "c [w1 w2 …]" or "first last w".
        while let Some(first) = parts.next::<f32>() {
            let first = first.max(0.0) as u32;
            if let Some(widths) = parts.next::<Array<'_>>() {
                for (code, width) in (first..).zip(widths.iter::<f32>()) {
                    self.widths.insert(code, width);
                }
            } else if let (Some(last), Some(width)) = (parts.next::<f32>(), parts.next::<f32>()) {
                for code in first..=(last.max(0.0) as u32).min(first.saturating_add(0xffff)) {
                    self.widths.insert(code, width);
                }
            } else {
                break;
            }
        }
    }

    fn fill_simple(&mut self, dict: &Dict<'_>, kind: &str, name: &str) {
        let encoding = dict.get::<Object<'_>>("Encoding");
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
        let (base, differences) = match &encoding {
            Some(Object::Name(name)) => (Some(name.as_str().to_owned()), None),
            Some(Object::Dict(own)) => {
                (own.get::<Name<'_>>("BaseEncoding").map(|name| name.as_str().to_owned()), own.get::<Array<'_>>("Differences"))
            }
            _ => (None, None),
        };
        let page = if base.as_deref() == Some("MacRomanEncoding") { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 };
        let is_standard = base.is_none() && kind != "TrueType";
        self.simple = (0..=255_u8)
            .map(|code| match code {
                b'\'' if is_standard => "’".to_owned(),
                b'`' if is_standard => "‘".to_owned(),
                0..=31 | 127 => String::new(),
                code => page.decode_without_bom_handling(&[code]).0.into_owned(),
            })
            .collect();
        if is_standard
            && let Some(own) = descriptor.as_ref().and_then(|own| own.get::<Stream<'_>>("FontFile"))
            && let Ok(data) = own.decoded()
        {
            self.built_in(&data);
        }
        if let Some(differences) = differences {
            let mut code = 0_usize;
            for part in differences.iter::<Object<'_>>() {
                match part {
                    Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(0),
                    Object::Name(name) => {
                        if let (Some(slot), Some(text)) = (self.simple.get_mut(code), letters(name.as_str())) {
                            *slot = text;
                        }
                        code += 1;
                    }
                    _ => {}
                }
            }
        }
        let scale = if kind == "Type3" {
            dict.get::<Array<'_>>("FontMatrix").and_then(|matrix| matrix.iter::<f32>().next()).unwrap_or(0.001).abs() * 1000.0
        } else {
            1.0
        };
        self.usual_width =
            descriptor.and_then(|own| own.get::<f32>("MissingWidth")).filter(|width| *width > 0.0).unwrap_or(500.0);
        if let Some(widths) = dict.get::<Array<'_>>("Widths") {
            let first = dict.get::<f32>("FirstChar").unwrap_or(0.0).max(0.0) as u32;
            self.widths = (first..=255).zip(widths.iter::<f32>()).map(|(code, width)| (code, width * scale)).collect();
        } else if name.contains("courier") || name.contains("mono") {
            self.usual_width = 600.0;
        } else {
            let table = if name.contains("times") || name.contains("serif") || name.contains("roman") { &SERIF } else { &SANS };
            // Bold letters are a twentieth wider.
            let factor = if self.is_bold { 1.05 } else { 1.0 };
            self.widths = (32..127).zip(table).map(|(code, width)| (code, f32::from(*width) * factor)).collect();
            self.usual_width = 530.0;
        }
    }

    /// `dup 65 /A put` in the clear part of a Type 1 font.
    fn built_in(&mut self, data: &[u8]) {
        let head = &data[..data.len().min(16 * 1024)];
        let clear = &head[..head.windows(5).position(|window| window == b"eexec").unwrap_or(head.len())];
        let text = String::from_utf8_lossy(clear);
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            if word != "dup" {
                continue;
            }
            let (Some(code), Some(name)) = (words.next(), words.next()) else { break };
            if let (Ok(code), Some(name)) = (code.parse::<usize>(), name.strip_prefix('/'))
                && let (Some(slot), Some(text)) = (self.simple.get_mut(code), letters(name))
            {
                *slot = text;
            }
        }
    }

    /// The letters of a string, one after the other.
    pub fn codes(&self, bytes: &[u8]) -> Vec<Code<'_>> {
        let mut codes = Vec::new();
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            if !self.is_composite {
                at += 1;
                let code = u32::from(first);
                let own = self.simple.get(usize::from(first)).map(String::as_str).filter(|text| !text.is_empty());
                let text = self.to_text.text(code).filter(|text| !text.is_empty()).or(own);
                let width = self.widths.get(&code).copied().unwrap_or(self.usual_width) / 1000.0;
                codes.push(Code { text: text.map(Into::into), width, is_space: first == b' ' });
                continue;
            }
            let size = match (&self.encoding, &self.codes) {
                (Some(encoding), _) => encoding.width(first),
                (None, Codes::Legacy(_)) if first < 0x80 => 1,
                _ => 2,
            };
            let end = (at + size).min(bytes.len());
            let code = bytes[at..end].iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            let text = match (self.to_text.text(code), &self.codes) {
                (Some(text), _) => Some(text.into()),
                (None, Codes::Wide) => char::from_u32(code).map(|c| c.to_string().into()),
                (None, Codes::Legacy(encoding)) => {
                    Some(encoding.decode_without_bom_handling(&bytes[at..end]).0.into_owned().into())
                }
                (None, Codes::Glyphs) => None,
            };
            let number = self.encoding.as_ref().and_then(|encoding| encoding.number(code)).unwrap_or(code);
            let width = self.widths.get(&number).copied().unwrap_or(self.usual_width) / 1000.0;
            codes.push(Code { text, width, is_space: size == 1 && first == b' ' });
            at = end;
        }
        codes
    }
}

/// What the codes of a `CMap` that every reader knows are, by its name (9.7.5.2).
fn codes(name: &str) -> Codes {
    if name.contains("UCS2") || name.contains("UTF16") {
        return Codes::Wide;
    }
    let legacy = |label: &str| Encoding::for_label(label.as_bytes()).map_or(Codes::Glyphs, Codes::Legacy);
    match name.split('-').next().unwrap_or("") {
        "GB" | "GBpc" | "GBK" | "GBKp" | "GBK2K" => legacy("gb18030"),
        "B5pc" | "HKscs" | "ETen" | "ETenms" => legacy("big5"),
        "83pv" | "90ms" | "90msp" | "90pv" | "Add" | "Ext" => legacy("shift_jis"),
        "EUC" => legacy("euc-jp"),
        "KSC" | "KSCms" | "KSCpc" => legacy("euc-kr"),
        _ => Codes::Glyphs,
    }
}

/// The letters that a glyph's name stands for, by the rules of the Adobe Glyph List.
fn letters(name: &str) -> Option<String> {
    let base = name.split('.').next().unwrap_or(name);
    let one = |part: &str| -> Option<String> {
        if let Some(text) = NAMES.get(part) {
            return Some((*text).to_owned());
        }
        let mut chars = part.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && c.is_alphanumeric()
        {
            return Some(c.to_string());
        }
        let hex = part.strip_prefix("uni").or_else(|| part.strip_prefix('u')).filter(|hex| hex.len() >= 4)?;
        u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).map(String::from)
    };
    if base.is_empty() {
        return None;
    }
    base.split('_').map(one).collect()
}
