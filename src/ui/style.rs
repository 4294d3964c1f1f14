//! Theme → egui's own style, for the widgets that are egui's.

use egui::style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2};

use super::theme::{GRID, Theme, medium, sans, size};

/// Sets style of both of egui's themes, so that the system's wish changes nothing behind our back.
pub fn install(ctx: &egui::Context, theme: &Theme) {
    ctx.all_styles_mut(|style| *style = style_of(theme));
}

fn style_of(theme: &Theme) -> Style {
    let text_styles = [
        (TextStyle::Heading, medium(size::LIST)),
        (TextStyle::Body, sans(size::LIST)),
        (TextStyle::Button, sans(size::LIST)),
        (TextStyle::Small, sans(size::CHROME)),
        (TextStyle::Monospace, egui::FontId::monospace(size::CHROME)),
    ]
    .into();
    let mut style = Style { text_styles, visuals: visuals_of(theme), animation_time: 0.1, ..Style::default() };
    style.spacing.item_spacing = vec2(GRID * 2.0, GRID);
    style.spacing.button_padding = vec2(GRID * 2.0, GRID);
    style.spacing.interact_size = vec2(GRID * 7.0, GRID * 6.0);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(12);
    style.spacing.scroll = ScrollStyle::floating();
    style.spacing.slider_rail_height = 4.0;
    style.spacing.tooltip_width = 360.0;
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style
}

fn visuals_of(theme: &Theme) -> Visuals {
    let base = if theme.dark { Visuals::dark() } else { Visuals::light() };
    let radius = CornerRadius::same(5);
    let widget = |fill, stroke, ink| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, stroke),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: theme.shadow };
    Visuals {
        widgets: Widgets {
            noninteractive: widget(theme.panel, theme.line, theme.ink),
            inactive: widget(theme.raised, theme.line, theme.ink_soft),
            hovered: widget(theme.hover, theme.line_strong, theme.ink),
            active: widget(theme.accent_soft, theme.accent, theme.ink),
            open: widget(theme.hover, theme.line_strong, theme.ink),
        },
        selection: Selection { bg_fill: theme.accent_soft, stroke: Stroke::new(1.0, theme.accent) },
        hyperlink_color: theme.accent,
        faint_bg_color: theme.hover,
        extreme_bg_color: theme.raised,
        code_bg_color: theme.hover,
        warn_fg_color: theme.warning,
        error_fg_color: theme.error,
        weak_text_color: Some(theme.ink_faint),
        window_corner_radius: CornerRadius::same(8),
        window_shadow: shadow,
        window_fill: theme.raised,
        window_stroke: Stroke::new(1.0, theme.line_strong),
        menu_corner_radius: CornerRadius::same(6),
        popup_shadow: shadow,
        panel_fill: theme.panel,
        text_cursor: TextCursorStyle { stroke: Stroke::new(1.5, theme.accent), ..base.text_cursor.clone() },
        slider_trailing_fill: true,
        striped: false,
        ..base
    }
}
