//! The one clock → its buttons beside the tab, and its line across the lanes.

use egui::{Align2, CursorIcon, Rect, Role, Sense, Stroke, WidgetInfo, pos2, vec2};

use super::axis::Axis;
use crate::model::date_of_day;
use crate::query::{AtEnd, PACES, PlayMode, Running};
use crate::ui::theme::{self, GRID, size};
use crate::ui::{Command, Ctx, Theme, glyph, icon_button};

/// Play or pause, and while there is a clock: pace, window, loop, stop.
pub fn play_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let running = ctx.play.running == Running::Yes;
    let name = if running { "Pause" } else { "Play through time" };
    let play = icon_button(ctx, ui, name, |painter, at, stroke| {
        if running { glyph::pause(painter, at, 6.0, stroke.color) } else { glyph::play(painter, at, 6.0, stroke.color) }
    });
    if play.clicked() {
        ctx.send(Command::PlayPause);
    }
    let Some(at) = ctx.play.at else { return };
    let day = date_of_day(at.floor() as i32).strftime("%a %-d %b %Y").to_string();
    // As wide as the widest day, so that nothing beside it jumps.
    let words = ui.painter().layout_no_wrap(day.clone(), theme::medium(size::CHROME), ctx.theme.accent);
    let (rect, response) = ui.allocate_exact_size(vec2(112.0, GRID * 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Clock at {day}")));
    ui.painter().galley(pos2(rect.left(), rect.center().y - words.size().y / 2.0), words, ctx.theme.accent);
    egui::ComboBox::from_id_salt("pace").selected_text(pace_name(ctx.play.pace)).width(56.0).show_ui(ui, |ui| {
        for pace in PACES {
            if ui.selectable_label((pace - ctx.play.pace).abs() < 1e-3, pace_name(pace)).clicked() {
                ctx.send(Command::PlayPace(pace));
            }
        }
    });
    let window = ctx.play.mode == PlayMode::Window;
    if ui.selectable_label(window, "Window").on_hover_text("Shows a moving window instead of everything so far").clicked() {
        ctx.send(Command::PlayMode(if window { PlayMode::UpTo } else { PlayMode::Window }));
    }
    let looped = ctx.play.at_end == AtEnd::Loop;
    if ui.selectable_label(looped, "Loop").on_hover_text("Begins anew at the end").clicked() {
        ctx.send(Command::PlayAtEnd(if looped { AtEnd::Stop } else { AtEnd::Loop }));
    }
    let stop = icon_button(ctx, ui, "Stop playing", |painter, at, stroke| {
        glyph::cross(painter, at, 4.0, stroke);
    });
    if stop.clicked() {
        ctx.send(Command::StopPlaying);
    }
}

fn pace_name(pace: f32) -> String {
    if pace < 1.0 { format!("1/{}×", (1.0 / pace).round()) } else { format!("{pace}×") }
}

/// The clock's line, with a handle on the scale that can be dragged; what is to come lies under a veil.
pub fn cursor_ui(ctx: &Ctx<'_>, ui: &egui::Ui, axis: &Axis, scale: Rect, lanes: Rect) {
    let Some(at) = ctx.play.at else { return };
    let plot = Rect::from_x_y_ranges(axis.left..=axis.left + axis.width, scale.top()..=lanes.bottom());
    let x = axis.x_from_day(at);
    let painter = ui.painter().with_clip_rect(plot);
    if x < plot.right() {
        let ahead = Rect::from_x_y_ranges(x.max(plot.left())..=plot.right(), lanes.y_range());
        painter.rect_filled(ahead, 0.0, Theme::faded(ctx.theme.panel, 0.72));
    }
    if let Some(clock) = ctx.filter.clock.filter(|clock| clock.from > i32::MIN) {
        let past = plot.left()..=axis.x_from_day(f64::from(clock.from)).clamp(plot.left(), plot.right());
        painter.rect_filled(Rect::from_x_y_ranges(past, lanes.y_range()), 0.0, Theme::faded(ctx.theme.panel, 0.72));
    }
    painter.vline(x, plot.y_range(), Stroke::new(1.5, ctx.theme.accent));
    let grip = Rect::from_center_size(pos2(x, scale.bottom() - 7.0), vec2(14.0, 14.0));
    let response = ui.interact(grip.intersect(plot), ui.scope_id().with("clock"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, "Clock"));
    painter.circle_filled(grip.center(), if response.hovered() || response.dragged() { 6.5 } else { 5.0 }, ctx.theme.accent);
    if response.has_focus() {
        painter.circle_stroke(grip.center(), 8.0, Stroke::new(2.0, ctx.theme.accent));
        let step = ui.input(|input| {
            i8::from(input.key_pressed(egui::Key::ArrowRight)) - i8::from(input.key_pressed(egui::Key::ArrowLeft))
        });
        if step != 0 {
            ctx.send(Command::SeekDay(at + f64::from(step)));
        }
    }
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        ctx.send(Command::SeekDay(axis.day_from_x(pointer.x)));
    }
}

/// A line at the day that is today, where plans and facts part.
pub fn today_ui(ctx: &Ctx<'_>, ui: &egui::Ui, axis: &Axis, scale: Rect, lanes: Rect) {
    let x = axis.x_from_day(f64::from(ctx.today) + 0.5);
    if x < axis.left || x > axis.left + axis.width {
        return;
    }
    let line = [pos2(x, scale.center().y), pos2(x, lanes.bottom())];
    ui.painter().extend(egui::Shape::dashed_line(&line, Stroke::new(1.2, ctx.theme.ink_faint), 3.0, 3.0));
    let words = ui.painter().layout_no_wrap("today".into(), theme::sans(size::CHROME - 1.0), ctx.theme.ink_soft);
    let at = Align2::CENTER_TOP.anchor_size(pos2(x, scale.top() + 1.0), words.size());
    ui.painter().rect_filled(at.expand2(vec2(3.0, 0.0)), 3.0, ctx.theme.panel);
    ui.painter().galley(at.min, words, ctx.theme.ink_soft);
}
