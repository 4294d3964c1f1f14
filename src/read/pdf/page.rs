//! A page's content stream → its letters with their places. After ISO 32000-1, 9.4.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::cmap::text_string;
use super::font::{Font, Fonts};

/// A letter or a few drawn at one place. The page's upper left corner is (0, 0), y grows downward, units are points.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub text: String,
    pub x: f32,
    /// Of the baseline.
    pub y: f32,
    pub end: f32,
    pub size: f32,
    pub is_bold: bool,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Drawn {
    /// In the order of drawing.
    pub glyphs: Vec<Glyph>,
    pub height: f32,
    /// Letters drawn, and those of them that are not told.
    pub letters: usize,
    pub unknown: usize,
    pub has_pictures: bool,
}

/// Work allowed for a whole file: a page of dense text takes some ten thousand steps.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(20_000_000)
    }
}

impl Budget {
    pub const fn is_spent(&self) -> bool {
        self.0 == 0
    }

    const fn take(&mut self) -> bool {
        self.0 = self.0.saturating_sub(1);
        self.0 > 0
    }
}

/// Forms inside one another.
const DEEPEST: u8 = 8;

type Matrix = [f32; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// What marked content says of the text in it.
enum Mark {
    Plain,
    /// Not part of the text: running heads, page numbers, watermarks.
    Artifact,
    /// Stands for the letters drawn, until it is used.
    Instead(Option<String>),
}

struct Pen<'a> {
    drawn: Drawn,
    fonts: &'a mut Fonts,
    budget: &'a mut Budget,
    marks: Vec<Mark>,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
}

/// Follows the page's content stream.
pub(super) fn drawn(page: &Page<'_>, fonts: &mut Fonts, budget: &mut Budget) -> Drawn {
    let (_, height) = page.render_dimensions();
    let start = page.initial_transform(true).as_coeffs().map(|number| number as f32);
    let state =
        State { place: start, font: None, size: 0.0, letter_space: 0.0, word_space: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 };
    let drawn = Drawn { height, ..Drawn::default() };
    let mut pen = Pen { drawn, fonts, budget, marks: Vec::new(), state, saved: Vec::new(), text: UNIT, line: UNIT };
    pen.run(&mut page.typed_operations(), page.resources(), 0);
    pen.drawn
}

impl Pen<'_> {
    fn run(&mut self, operations: &mut TypedIter<'_>, resources: &Resources<'_>, depth: u8) {
        while let Some(operation) = operations.next() {
            if !self.budget.take() {
                break;
            }
            self.step(&operation, resources, depth);
        }
    }

    fn step(&mut self, operation: &Op<'_, '_>, resources: &Resources<'_>, depth: u8) {
        match operation {
            Op::SaveState(_) if self.saved.len() < 200 => self.saved.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(own) => {
                let own = [own.0, own.1, own.2, own.3, own.4, own.5].map(|number| number.as_f32());
                self.state.place = then(own, self.state.place);
            }
            Op::BeginText(_) => (self.text, self.line) = (UNIT, UNIT),
            Op::CharacterSpacing(own) => self.state.letter_space = own.0.as_f32(),
            Op::WordSpacing(own) => self.state.word_space = own.0.as_f32(),
            Op::HorizontalScaling(own) => self.state.stretch = own.0.as_f32() / 100.0,
            Op::TextLeading(own) => self.state.leading = own.0.as_f32(),
            Op::TextRise(own) => self.state.rise = own.0.as_f32(),
            Op::TextFont(own) => {
                self.state.font = resources.get_font(own.0).map(|dict| self.fonts.font(&dict));
                self.state.size = own.1.as_f32();
            }
            Op::NextLine(own) => self.next_line(own.0.as_f32(), own.1.as_f32()),
            Op::NextLineAndSetLeading(own) => {
                self.state.leading = -own.1.as_f32();
                self.next_line(own.0.as_f32(), own.1.as_f32());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::SetTextMatrix(own) => {
                self.line = [own.0, own.1, own.2, own.3, own.4, own.5].map(|number| number.as_f32());
                self.text = self.line;
            }
            Op::ShowText(own) => self.show(own.0.as_bytes()),
            Op::NextLineAndShowText(own) => {
                self.next_line(0.0, -self.state.leading);
                self.show(own.0.as_bytes());
            }
            Op::ShowTextWithParameters(own) => {
                self.state.word_space = own.0.as_f32();
                self.state.letter_space = own.1.as_f32();
                self.next_line(0.0, -self.state.leading);
                self.show(own.2.as_bytes());
            }
            Op::ShowTexts(own) => {
                for part in own.0.iter::<Object<'_>>() {
                    match part {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(number) => {
                            let by = -number.as_f32() / 1000.0 * self.state.size * self.state.stretch;
                            self.text = then([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
                        }
                        _ => {}
                    }
                }
            }
            Op::InlineImage(_) => self.drawn.has_pictures = true,
            Op::XObject(own) => {
                if let Some(stream) = resources.get_x_object(own.0) {
                    self.object(&stream, resources, depth);
                }
            }
            Op::BeginMarkedContent(own) => self.marks.push(mark(own.0.as_str(), None)),
            Op::BeginMarkedContentWithProperties(own) => {
                let properties = match own.1 {
                    Object::Dict(dict) => Some(dict.clone()),
                    Object::Name(name) => resources.properties.get::<Dict<'_>>(name),
                    _ => None,
                };
                self.marks.push(mark(own.0.as_str(), properties.as_ref()));
            }
            Op::EndMarkedContent(_) => {
                self.marks.pop();
            }
            _ => {}
        }
    }

    fn object(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, depth: u8) {
        let dict = stream.dict();
        let kind = dict.get::<Name<'_>>("Subtype").map(|name| name.as_str().to_owned());
        if kind.as_deref() == Some("Image") {
            self.drawn.has_pictures = true;
        }
        if kind.as_deref() != Some("Form") || depth >= DEEPEST {
            return;
        }
        let Ok(content) = stream.decoded() else { return };
        let own = dict.get::<Array<'_>>("Matrix").map(|matrix| matrix.iter::<f32>().collect::<Vec<f32>>());
        let before = (self.state.clone(), std::mem::take(&mut self.saved), self.text, self.line, self.marks.len());
        if let Some([a, b, c, d, e, f]) = own.as_deref() {
            self.state.place = then([*a, *b, *c, *d, *e, *f], self.state.place);
        }
        match dict.get::<Dict<'_>>("Resources") {
            Some(inner) => self.run(&mut TypedIter::new(&content), &Resources::new(inner), depth + 1),
            None => self.run(&mut TypedIter::new(&content), resources, depth + 1),
        }
        let marks;
        (self.state, self.saved, self.text, self.line, marks) = before;
        self.marks.truncate(marks);
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        let is_artifact = self.marks.iter().any(|mark| matches!(mark, Mark::Artifact));
        for code in font.codes(bytes) {
            let state = &self.state;
            let own = [state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise];
            let place = then(then(own, self.text), state.place);
            let space = state.letter_space + if code.is_space { state.word_space } else { 0.0 };
            let by = (code.width * state.size + space) * state.stretch;
            self.text = then([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
            let size = place[2].hypot(place[3]);
            // Upright text only: what runs along the margin is no part of the article.
            let is_upright = place[0] > 0.0 && place[1].abs() < place[0] * 0.2 && size.is_finite() && size > 0.5;
            let told = code.text.as_deref().unwrap_or("\u{fffd}");
            if !is_upright || is_artifact || !place[4].is_finite() || !place[5].is_finite() {
                continue;
            }
            let is_blank = told.chars().all(char::is_whitespace);
            self.drawn.letters += usize::from(!is_blank);
            self.drawn.unknown += usize::from(code.text.is_none() || told.contains('\u{fffd}'));
            let text =
                match self.marks.iter_mut().rev().find_map(|mark| if let Mark::Instead(text) = mark { Some(text) } else { None })
                {
                    Some(instead) => instead.take().unwrap_or_default(),
                    None if code.text.is_none() => String::new(),
                    None => told.to_owned(),
                };
            let glyph =
                Glyph { text, x: place[4], y: place[5], end: place[4] + place[0] * code.width, size, is_bold: font.is_bold };
            self.drawn.glyphs.push(glyph);
        }
    }
}

fn mark(tag: &str, properties: Option<&Dict<'_>>) -> Mark {
    if tag == "Artifact" {
        return Mark::Artifact;
    }
    match properties.and_then(|dict| dict.get::<hayro_syntax::object::String<'_>>("ActualText")) {
        Some(text) => Mark::Instead(Some(text_string(text.as_bytes()))),
        None => Mark::Plain,
    }
}
