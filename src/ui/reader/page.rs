//! Blocks of an article → typeset text with marks, and the gestures on it.

use std::sync::Arc;

use egui::text::{CCursor, LayoutJob};
use egui::text_selection::LabelSelectionState;
use egui::{Color32, FontId, Galley, Pos2, Rect, Role, Sense, Stroke, TextFormat, WidgetInfo, vec2};

use super::marks::{Mark, MarkKind, Marks, is_hovered};
use crate::model::{Article, ArticleId, Block, BlockKind, Span};
use crate::query::{Thing, event_no};
use crate::ui::theme::{self, GRID, size};
use crate::ui::{Command, Coverage, Ctx, Theme};

/// Heights of the blocks, so that only those in sight are typeset.
#[derive(Clone, Debug, Default)]
pub struct PageState {
    made_for: Option<(ArticleId, u32)>,
    /// In points, with the gap above; estimated until the block has been typeset once.
    heights: Vec<f32>,
}

/// The place of the page in the scroll area.
pub struct Frame {
    pub left: f32,
    pub column: f32,
    /// What of the page is in sight.
    pub seen: Rect,
    /// Scroll so that this is in sight.
    pub goal: Option<Span>,
    /// The mention that "n / N" counts.
    pub current: Option<Span>,
}

/// How a kind of block is set.
struct Setting {
    font: FontId,
    ink: Color32,
    line: f32,
    above: f32,
}

fn setting(theme: &Theme, kind: BlockKind) -> Setting {
    let (font, ink, line, above) = match kind {
        BlockKind::Headline => (theme::read_bold(size::HEAD), theme.ink, 28.0, GRID * 4.0),
        BlockKind::Subheading => (theme::read_bold(size::READ), theme.ink, 22.0, GRID * 5.0),
        BlockKind::Paragraph => (theme::read(size::READ), theme.ink, 25.0, GRID * 3.0),
        BlockKind::Caption => (theme::read_italic(size::LIST), theme.ink_soft, 20.0, GRID * 3.0),
        BlockKind::RelatedLink => (theme::sans(size::LIST), theme.ink_faint, 20.0, GRID * 3.0),
        BlockKind::Credit | BlockKind::Boilerplate => (theme::sans(size::CHROME), theme.ink_faint, 18.0, GRID * 3.0),
    };
    Setting { font, ink, line, above }
}

/// Draws the page; text and marks answer to pointer and click.
pub fn page_ui(
    ctx: &Ctx<'_>,
    own: &mut PageState,
    ui: &mut egui::Ui,
    marks: &Marks,
    article: &Arc<Article>,
    about: &str,
    frame: &Frame,
) {
    let key = (article.id, frame.column.to_bits());
    if own.made_for != Some(key) {
        own.made_for = Some(key);
        own.heights = article.blocks.iter().map(|block| estimate(ctx.theme, *block, frame.column)).collect();
    }
    let origin = ui.min_rect().min;
    let mut y = 0.0;
    let headline = article.blocks.iter().position(|block| block.kind == BlockKind::Headline);
    if headline.is_none() {
        y += about_ui(ctx, ui, origin + vec2(frame.left, y), about, frame.column);
    }
    for (at, block) in article.blocks.iter().enumerate() {
        let holds_goal = frame.goal.is_some_and(|goal| goal.start >= block.span.start && goal.start < block.span.end);
        let height = own.heights[at];
        if holds_goal || (y + height >= frame.seen.top() - 400.0 && y <= frame.seen.bottom() + 400.0) {
            let top_left = origin + vec2(frame.left, y);
            own.heights[at] = block_ui(ctx, ui, marks, article, *block, top_left, frame, holds_goal);
        }
        y += own.heights[at];
        if headline == Some(at) {
            y += about_ui(ctx, ui, origin + vec2(frame.left, y), about, frame.column);
        }
    }
    ui.allocate_rect(Rect::from_min_size(origin, vec2(frame.left + frame.column, y + GRID * 12.0)), Sense::hover());
}

/// Some 2.1 characters to the width of a line's height holds for the reading sizes used here.
fn estimate(theme: &Theme, block: Block, column: f32) -> f32 {
    let set = setting(theme, block.kind);
    let per_line = (column / (set.font.size * 0.5)).max(8.0);
    (block.span.len() as f32 / per_line).ceil().max(1.0) * set.line + set.above
}

/// Outlet and date under the headline. Returns its height.
fn about_ui(ctx: &Ctx<'_>, ui: &egui::Ui, at: Pos2, about: &str, column: f32) -> f32 {
    if about.is_empty() {
        return 0.0;
    }
    let job = LayoutJob::simple(about.to_owned(), theme::sans(size::CHROME), ctx.theme.ink_faint, column);
    let galley = ui.painter().layout_job(job);
    let height = galley.size().y + GRID * 2.0;
    ui.painter().galley(at + vec2(0.0, GRID * 2.0), galley, ctx.theme.ink_faint);
    height
}

#[expect(clippy::too_many_arguments, reason = "one block with everything it is drawn from; called in one place")]
fn block_ui(
    ctx: &Ctx<'_>,
    ui: &mut egui::Ui,
    marks: &Marks,
    article: &Article,
    block: Block,
    top_left: Pos2,
    frame: &Frame,
    holds_goal: bool,
) -> f32 {
    let set = setting(ctx.theme, block.kind);
    let text = block.span.of(&article.text);
    let indent = if matches!(block.kind, BlockKind::Caption | BlockKind::RelatedLink) { GRID * 3.0 } else { 0.0 };
    let format = TextFormat { font_id: set.font, color: set.ink, line_height: Some(set.line), ..TextFormat::default() };
    let mut job = inked(ctx, marks, block, text, &format);
    job.wrap.max_width = frame.column - indent;
    let galley = ui.painter().layout_job(job);
    let at = top_left + vec2(indent, set.above);
    let rect = Rect::from_min_size(at, vec2(frame.column - indent, galley.size().y));
    let drag = egui::Id::unique(("dragged over", article.id));
    let dragged = ui.data(|data| data.get_temp::<Span>(drag));
    let set_block = Set { ctx, block, text, galley: &galley, at, dragged };
    if indent > 0.0 {
        let edge = Rect::from_min_size(rect.min - vec2(indent, 0.0), vec2(2.0, rect.height()));
        ui.painter().rect_filled(edge, 1.0, ctx.theme.line);
    }
    let response = ui.interact(rect, ui.scope_id().with(("block", block.span.start)), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, text));
    set_block.behind(ui, marks, frame);
    LabelSelectionState::label_text_selection(ui, &response, at, Arc::clone(&galley), set.ink, Stroke::NONE);
    set_block.drag(ui, &response, drag);
    set_block.gestures(ui, marks, &response);
    set_block.nodes(ui, marks, frame.seen);
    if holds_goal && let Some(goal) = frame.goal {
        let lines = set_block.rects(goal);
        if let Some(area) = lines.into_iter().reduce(Rect::union) {
            ui.scroll_to_rect(area.expand2(vec2(0.0, 72.0)), None);
        }
    }
    set.above + galley.size().y
}

/// The block's text, with what told nothing in a fainter ink while coverage is shown.
fn inked(ctx: &Ctx<'_>, marks: &Marks, block: Block, text: &str, format: &TextFormat) -> LayoutJob {
    if ctx.likes.coverage == Coverage::Hidden {
        return LayoutJob::single_section(text.to_owned(), format.clone());
    }
    let faint = TextFormat { color: ctx.theme.ink_faint, ..format.clone() };
    let mut job = LayoutJob::default();
    let mut done = 0;
    let from = marks.silent.partition_point(|span| span.end <= block.span.start);
    for span in marks.silent[from..].iter().take_while(|span| span.start < block.span.end) {
        let local = |byte: u32| (byte.clamp(block.span.start, block.span.end) - block.span.start) as usize;
        let (start, end) = (local(span.start).max(done), local(span.end));
        let (Some(told), Some(silent)) = (text.get(done..start), text.get(start..end)) else { continue };
        job.append(told, 0.0, format.clone());
        job.append(silent, 0.0, faint.clone());
        done = end;
    }
    job.append(&text[done..], 0.0, format.clone());
    job
}

/// One block as it is set.
struct Set<'a> {
    ctx: &'a Ctx<'a>,
    block: Block,
    text: &'a str,
    galley: &'a Galley,
    at: Pos2,
    /// The words last dragged over in this article.
    dragged: Option<Span>,
}

impl Set<'_> {
    /// Where a span of the article lies on the screen: one rectangle for each line it touches.
    fn rects(&self, span: Span) -> Vec<Rect> {
        let local = |byte: u32| {
            let byte = (byte.clamp(self.block.span.start, self.block.span.end) - self.block.span.start) as usize;
            self.text.get(..byte).map_or(0, |before| before.chars().count())
        };
        let (from, to) = (local(span.start), local(span.end));
        let mut rects = Vec::new();
        let mut first = 0;
        for placed in &self.galley.rows {
            let glyphs = placed.char_count_including_newline().0;
            let (start, end) = (from.max(first), to.min(first + glyphs));
            if start < end {
                let x = |char: usize| placed.pos.x + placed.row.x_offset(egui::text::CharIndex(char - first));
                let row = placed.rect();
                let band = Rect::from_x_y_ranges(x(start)..=x(end), row.top()..=row.bottom());
                rects.push(band.translate(self.at.to_vec2()));
            }
            first += glyphs;
        }
        rects
    }

    /// Lit sentences, fills and underlines: all that lies behind the letters.
    fn behind(&self, ui: &egui::Ui, marks: &Marks, frame: &Frame) {
        let theme = self.ctx.theme;
        let painter = ui.painter();
        for (sentence, ink) in self.lit_sentences() {
            for rect in self.rects(sentence) {
                painter.rect_filled(rect.expand2(vec2(2.0, 0.0)), 2.0, ink);
            }
        }
        for hit in marks.hits_within(self.block.span).iter().filter(|hit| hit.overlaps(self.block.span)) {
            for rect in self.rects(*hit) {
                painter.rect_filled(rect.expand2(vec2(1.5, -1.0)), 2.0, Theme::faded(theme.glow, 0.6));
            }
        }
        for mark in marks.within(self.block.span) {
            if !mark.span.overlaps(self.block.span) {
                continue;
            }
            let picked = mark.thing.as_ref().is_some_and(|thing| self.ctx.selection.has(thing));
            let lit = is_hovered(self.ctx, mark);
            let (fill, line) = mark.kind.inks(theme);
            for rect in self.rects(mark.span) {
                let word = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 2.0..=rect.bottom() - 2.0);
                if picked && mark.kind != MarkKind::Event {
                    painter.rect_filled(word.expand2(vec2(2.0, 0.0)), 3.0, Theme::faded(theme.accent, 0.22));
                } else if lit {
                    painter.rect_filled(word.expand2(vec2(2.0, 0.0)), 3.0, Theme::faded(theme.glow, 0.45));
                } else if mark.kind == MarkKind::Event {
                    painter.rect_filled(word.expand2(vec2(1.5, 0.0)), 3.0, fill);
                }
                if mark.kind != MarkKind::Event {
                    let ink = if mark.nominal { Theme::faded(line, 0.45) } else { line };
                    // Times a step lower than names, so that "Thursday in Paris" shows two lines where they touch.
                    let y = rect.bottom() - 3.5;
                    painter.hline(rect.x_range(), y, Stroke::new(1.4, ink));
                }
            }
        }
        if self.ctx.likes.coverage == Coverage::Shown {
            for span in marks.unresolved.iter().filter(|span| span.overlaps(self.block.span)) {
                for rect in self.rects(*span) {
                    let word = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 2.0..=rect.bottom() - 2.0);
                    painter.rect_filled(word.expand2(vec2(2.0, 0.0)), 3.0, theme.warning_soft);
                    painter.rect_stroke(
                        word.expand2(vec2(2.0, 0.0)),
                        3.0,
                        Stroke::new(1.0, theme.warning),
                        egui::StrokeKind::Inside,
                    );
                }
            }
        }
        if let Some(current) = frame.current.filter(|span| span.overlaps(self.block.span)) {
            for rect in self.rects(current) {
                let edge = Rect::from_x_y_ranges(self.at.x - GRID * 3.0..=self.at.x - GRID * 2.25, rect.y_range());
                painter.rect_filled(edge, 1.0, theme.accent);
            }
        }
    }

    /// Sentences of events that are picked, and of those pointed at elsewhere.
    fn lit_sentences(&self) -> Vec<(Span, Color32)> {
        let theme = self.ctx.theme;
        let facts = self.ctx.facts();
        let reading = self.ctx.selection.reading;
        let own = |thing: &Thing| -> Vec<Span> {
            let reports = event_no(facts, thing).into_iter().flat_map(|no| facts.event(no).reports());
            let here = reports.filter(|report| Some(facts.article(report.article).id) == reading);
            here.map(|report| facts.report(report).sentence).collect()
        };
        let hovered = self.ctx.hovered.core.iter().flat_map(own).map(|span| (span, theme.mark.hover));
        let picked = self.ctx.selection.picked.iter().flat_map(own).map(|span| (span, theme.mark.sentence));
        picked.chain(hovered).filter(|(span, _)| span.overlaps(self.block.span)).collect()
    }

    /// The mark under the pointer: the shortest, so that a name inside a longer one can be reached.
    fn mark_at<'m>(&self, marks: &'m Marks, pointer: Pos2) -> Option<&'m Mark> {
        let byte = self.byte_at(pointer);
        marks
            .within(self.block.span)
            .iter()
            .filter(|mark| mark.span.start <= byte && byte <= mark.span.end)
            .filter(|mark| self.rects(mark.span).iter().any(|rect| rect.contains(pointer)))
            .min_by_key(|mark| (mark.span.len(), mark.kind))
    }

    /// Keeps the words dragged over, so that a menu can be about them.
    fn drag(&self, ui: &egui::Ui, response: &egui::Response, id: egui::Id) {
        let from = id.with("from");
        let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged_by(egui::PointerButton::Primary)) else {
            if response.clicked() {
                ui.data_mut(|data| data.remove_temp::<Span>(id));
            }
            return;
        };
        let byte = self.byte_at(pointer);
        if response.drag_started() {
            let began = ui.input(|input| input.pointer.press_origin()).map_or(byte, |origin| self.byte_at(origin));
            ui.data_mut(|data| data.insert_temp(from, began));
        }
        let began = ui.data(|data| data.get_temp::<u32>(from)).unwrap_or(byte);
        let span = Span { start: began.min(byte), end: began.max(byte) };
        ui.data_mut(|data| data.insert_temp(id, span));
    }

    fn gestures(&self, ui: &egui::Ui, marks: &Marks, response: &egui::Response) {
        let Some(pointer) = response.hover_pos() else { return };
        let mark = self.mark_at(marks, pointer);
        if let Some(mark) = mark {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            if let Some(thing) = &mark.thing {
                self.ctx.hover(thing.clone());
            }
            if !ui.input(|input| input.pointer.any_down()) {
                response.clone().on_hover_text_at_pointer(&mark.name);
            }
        }
        crate::ui::corrections::words_menu(self.ctx, ui, response, || self.anchor(marks, pointer));
        if response.clicked() {
            let toggles = ui.input(|input| input.modifiers.command);
            match mark.and_then(|mark| mark.thing.clone()) {
                Some(thing) if toggles => self.ctx.send(Command::TogglePick(thing)),
                Some(thing) => self.ctx.send(Command::Pick(thing)),
                None => self.pick_sentence(pointer),
            }
        }
    }

    /// What a menu at the pointer is about: the words dragged over, else the mark, else the word.
    fn anchor(&self, marks: &Marks, pointer: Pos2) -> Option<crate::model::Anchor> {
        let article = self.ctx.article?;
        let holds = |span: Span| self.rects(span).iter().any(|rect| rect.contains(pointer));
        let dragged = self.ctx.reading().and(self.dragged).filter(|span| !span.is_empty() && holds(*span));
        let mark = || self.mark_at(marks, pointer).map(|mark| mark.span);
        let word = || {
            let byte = self.byte_at(pointer);
            let inside = self.text.get(..(byte - self.block.span.start) as usize)?;
            let start = inside
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |at| at + inside[at..].chars().next().map_or(1, char::len_utf8));
            let rest = &self.text[start..];
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let from = self.block.span.start as usize + start;
            Some(Span::new(from, from + end))
        };
        crate::ui::corrections::anchor_at(article, dragged.or_else(mark).or_else(word)?)
    }

    /// The byte of the article under the pointer.
    fn byte_at(&self, pointer: Pos2) -> u32 {
        let cursor: CCursor = self.galley.cursor_from_pos(pointer - self.at);
        let byte = self.text.char_indices().nth(cursor.index.0).map_or(self.text.len(), |(byte, _)| byte);
        self.block.span.start + u32::try_from(byte).unwrap_or(0)
    }

    /// A click beside all marks picks the event of the sentence, if it tells one.
    fn pick_sentence(&self, pointer: Pos2) {
        let Some(filed) = self.ctx.reading() else { return };
        let events = (0_u32..).zip(&filed.analysis.events).filter(|(_, event)| {
            event.salience >= self.ctx.filter.salience
                && event.sentence.overlaps(self.block.span)
                && self.rects(event.sentence).iter().any(|rect| rect.contains(pointer))
        });
        let most = events.max_by(|(_, a), (_, b)| a.salience.total_cmp(&b.salience));
        if let Some((row, _)) = most {
            self.ctx.send(Command::Pick(Thing::Event(filed.id, row)));
        }
    }

    /// Names for the screen reader on every mark in sight; the pointer goes to the block, the keyboard uses next/previous.
    fn nodes(&self, ui: &egui::Ui, marks: &Marks, _seen: Rect) {
        for (at, mark) in marks.within(self.block.span).iter().enumerate() {
            let Some(rect) = self.rects(mark.span).into_iter().next().filter(|rect| ui.is_rect_visible(*rect)) else { continue };
            let response = ui.interact(rect, ui.scope_id().with(("mark", self.block.span.start, at)), Sense::empty());
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Mark, true, format!("{}, {} in the text", mark.name, mark.kind.name()))
            });
        }
    }
}
