//! Panels and where they stand → sides of the desk with tabs, which fold together where the window is small.

use std::collections::BTreeMap;

use egui::{Popup, Rect, Role, Sense, Stroke, WidgetInfo, vec2};
use serde::{Deserialize, Serialize};

use super::theme::{self, GRID, size};
use super::{Command, Ctx, Looks, PANELS, Panel, Tab, glyph};

/// A side of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stand {
    Left,
    LeftBelow,
    Centre,
    Right,
    Bottom,
}

impl Stand {
    pub const ALL: [Self; 5] = [Self::Left, Self::LeftBelow, Self::Centre, Self::Right, Self::Bottom];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::LeftBelow => "left, below",
            Self::Centre => "middle",
            Self::Right => "right",
            Self::Bottom => "bottom",
        }
    }
}

/// How much room the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    width: Width,
    height: Height,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Width {
    #[default]
    Wide,
    /// No room for three columns: what stands left goes to the right.
    Narrow,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Height {
    #[default]
    High,
    /// No room for map over timeline: they share the middle.
    Low,
}

impl Room {
    /// The least sizes, in points, at which no panel's controls are cut: looked at in the window, at 100 and 200 %.
    #[must_use]
    pub fn of(size: egui::Vec2) -> Self {
        Self {
            width: if size.x < 900.0 { Width::Narrow } else { Width::Wide },
            height: if size.y < 500.0 { Height::Low } else { Height::High },
        }
    }
}

/// Which panel stands where, and which is in front; kept with the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Only those that a person moved.
    moved: BTreeMap<Tab, Stand>,
    front: Vec<Tab>,
}

impl Layout {
    /// Where the panel stands in a window of this room.
    #[must_use]
    pub fn stand(&self, panel: &Panel, room: Room) -> Stand {
        match self.wished(panel) {
            Stand::Left | Stand::LeftBelow if room.width == Width::Narrow => Stand::Right,
            Stand::Bottom if room.height == Height::Low => Stand::Centre,
            stand => stand,
        }
    }

    /// The panels of a side: its own in the order of the table, then those that a small window folds onto it.
    pub fn on(&self, stand: Stand, room: Room) -> impl Iterator<Item = &'static Panel> {
        let own = PANELS.iter().filter(move |panel| self.wished(panel) == stand && self.stand(panel, room) == stand);
        own.chain(PANELS.iter().filter(move |panel| self.wished(panel) != stand && self.stand(panel, room) == stand))
    }

    fn wished(&self, panel: &Panel) -> Stand {
        self.moved.get(&panel.tab).copied().unwrap_or(panel.stand)
    }

    /// The panel in front on a side: the one last brought there.
    #[must_use]
    pub fn front(&self, stand: Stand, room: Room) -> Option<&'static Panel> {
        let last = self.front.iter().rev().find_map(|tab| self.on(stand, room).find(|panel| panel.tab == *tab));
        last.or_else(|| self.on(stand, room).next())
    }

    /// Brings a panel to the front of its side.
    pub fn bring(&mut self, tab: Tab) {
        self.front.retain(|own| *own != tab);
        self.front.push(tab);
    }

    pub fn put(&mut self, tab: Tab, stand: Stand) {
        self.moved.insert(tab, stand);
        self.bring(tab);
    }
}

/// Height of the row of tabs, in points.
const ROW: f32 = GRID * 8.5;

/// Draws a side: its tabs, and the panel in front. What is left of the row of tabs is the panel's, for its controls.
pub fn side_ui(ctx: &Ctx<'_>, own: &mut Looks, ui: &mut egui::Ui, stand: Stand) {
    let panels: Vec<&'static Panel> = ctx.layout.on(stand, ctx.room).collect();
    let Some(front) = ctx.layout.front(stand, ctx.room) else { return };
    let row = Rect::from_min_size(ui.max_rect().min, vec2(ui.max_rect().width(), ROW));
    ui.advance_cursor_after_rect(row);
    ui.painter().rect_filled(row, 0.0, ctx.theme.panel);
    let mut x = row.left() + GRID;
    let single = panels.len() == 1;
    // Tabs that find no room are in a menu at the end.
    let mut left_out = Vec::new();
    for panel in panels {
        let on = panel.tab == front.tab;
        let width = tab_width(ctx, ui, panel, on);
        // The controls of the panel in front come before the names of those behind it.
        if x + width > row.right() - 34.0 - front.controls && !on {
            left_out.push(panel);
            continue;
        }
        let rect = Rect::from_min_size(egui::pos2(x, row.top()), vec2(width, ROW));
        tab_ui(
            ctx,
            ui,
            panel,
            rect,
            if single {
                Sort::Alone
            } else if on {
                Sort::Front
            } else {
                Sort::Behind
            },
        );
        x += width;
    }
    if !left_out.is_empty() {
        more_ui(ctx, ui, &left_out, Rect::from_min_size(egui::pos2(x, row.top()), vec2(26.0, ROW)));
        x += 26.0;
    }
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, ctx.theme.line));
    let head = Rect::from_min_max(egui::pos2(x + GRID, row.top()), egui::pos2(row.right() - GRID * 2.0, row.bottom() - 1.0));
    ui.push_id(front.tab, |ui| (front.draw)(ctx, own, ui, head));
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A heading: there is nothing to choose.
    Alone,
    Front,
    Behind,
}

fn counted(ctx: &Ctx<'_>, panel: &Panel) -> String {
    (panel.count)(ctx).filter(|count| *count > 0).map_or_else(String::new, |count| count.to_string())
}

fn tab_width(ctx: &Ctx<'_>, ui: &egui::Ui, panel: &Panel, on: bool) -> f32 {
    let font = if on { theme::medium(size::LIST) } else { theme::sans(size::LIST) };
    let words = ui.painter().layout_no_wrap(panel.tab.name().into(), font, ctx.theme.ink);
    let count = ui.painter().layout_no_wrap(counted(ctx, panel), theme::sans(size::CHROME), ctx.theme.ink);
    let gap = if count.size().x > 0.0 { GRID * 1.5 } else { 0.0 };
    words.size().x + count.size().x + gap + GRID * 4.5
}

fn tab_ui(ctx: &Ctx<'_>, ui: &egui::Ui, panel: &Panel, rect: Rect, sort: Sort) {
    let theme = ctx.theme;
    let on = sort != Sort::Behind;
    let response = ui.interact(rect, ui.scope_id().with(("tab", panel.tab)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, panel.tab.name()));
    let hot = response.hovered() && sort != Sort::Alone;
    if hot {
        ui.painter().rect_filled(rect.shrink2(vec2(2.0, 5.0)), 5.0, theme.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink2(vec2(2.0, 4.0)), 5.0, Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
    }
    let ink = if on || hot { theme.ink } else { theme.ink_soft };
    let font = if on { theme::medium(size::LIST) } else { theme::sans(size::LIST) };
    let words = ui.painter().layout_no_wrap(panel.tab.name().into(), font, ink);
    let left = rect.left() + GRID * 2.25;
    let y = rect.center().y;
    let end = left + words.size().x;
    ui.painter().galley(egui::pos2(left, y - words.size().y / 2.0), words, ink);
    let count = ui.painter().layout_no_wrap(counted(ctx, panel), theme::sans(size::CHROME), theme.ink_faint);
    let right = if count.size().x > 0.0 { end + GRID * 1.5 + count.size().x } else { end };
    ui.painter().galley(egui::pos2(end + GRID * 1.5, y - count.size().y / 2.0), count, theme.ink_faint);
    if sort == Sort::Front {
        ui.painter().hline(left..=right, rect.bottom() - 1.5, Stroke::new(2.0, theme.accent));
    }
    if response.clicked() {
        ctx.send(Command::ShowTab(panel.tab));
    }
    Popup::context_menu(&response).show(|ui| {
        ui.set_min_width(150.0);
        for stand in Stand::ALL {
            let here = ctx.layout.stand(panel, ctx.room) == stand;
            if ui.add_enabled(!here, egui::Button::new(format!("Move to the {}", stand.name()))).clicked() {
                ctx.send(Command::MoveTab(panel.tab, stand));
            }
        }
    });
}

fn more_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, panels: &[&'static Panel], rect: Rect) {
    let response = ui.interact(rect, ui.scope_id().with("more tabs"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "More panels"));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 6.0)), 5.0, ctx.theme.hover);
    }
    glyph::dots(ui.painter(), rect.center(), ctx.theme.ink_soft);
    Popup::menu(&response).show(|ui| {
        for panel in panels {
            if ui.button(panel.tab.name()).clicked() {
                ctx.send(Command::ShowTab(panel.tab));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_window_folds_its_sides_together_and_loses_no_panel() {
        let layout = Layout::default();
        for size in [vec2(1280.0, 800.0), vec2(640.0, 800.0), vec2(1280.0, 400.0), vec2(640.0, 400.0)] {
            let room = Room::of(size);
            let count: usize = Stand::ALL.iter().map(|stand| layout.on(*stand, room).count()).sum();
            assert_eq!(count, PANELS.len());
        }
        assert_eq!(layout.on(Stand::Left, Room::of(vec2(640.0, 400.0))).count(), 0);
        assert_eq!(layout.on(Stand::Bottom, Room::of(vec2(640.0, 400.0))).count(), 0);
    }

    #[test]
    fn the_panel_last_brought_to_a_side_is_in_front() {
        let mut layout = Layout::default();
        let wide = Room::of(vec2(1280.0, 800.0));
        let front = |layout: &Layout, stand| layout.front(stand, wide).map(|panel| panel.tab);
        assert_eq!(front(&layout, Stand::Right), Some(Tab::Article));
        layout.bring(Tab::Why);
        layout.bring(Tab::Matrix);
        assert_eq!(front(&layout, Stand::Right), Some(Tab::Why));
        layout.put(Tab::Matrix, Stand::Right);
        assert_eq!((front(&layout, Stand::Right), front(&layout, Stand::Centre)), (Some(Tab::Matrix), Some(Tab::Map)));
    }
}
