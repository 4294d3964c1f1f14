//! Every gesture that the desk promises, made in the window by accessible name, key and pointer.

use dateline::app::{Desk, apply};
use dateline::model::Workspace;
use dateline::query::{Days, PlayMode, Running, Thing};
use dateline::ui::{Command, Coverage, Tab};
use egui::{Key, Modifiers, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::{desk, names, talks};

type Window = Harness<'static, Desk>;

fn days(window: &Window) -> Option<Days> {
    window.state().state.choice.filter.days
}

fn shown(window: &Window) -> usize {
    window.state().view().events.len()
}

fn picked(window: &Window) -> Vec<Thing> {
    window.state().state.choice.selection.picked.clone()
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

/// A drag with the left button, in steps as a hand makes it.
fn drag(window: &mut Window, modifiers: Modifiers, way: &[Pos2]) {
    let button = |pos, pressed| egui::Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers };
    window.event(egui::Event::ModifiersChanged(modifiers));
    window.event(egui::Event::PointerMoved(way[0]));
    window.run_steps(1);
    window.event(button(way[0], true));
    window.run_steps(1);
    for pair in way.windows(2) {
        for step in 1..=4_u8 {
            window.event(egui::Event::PointerMoved(pair[0] + (pair[1] - pair[0]) * (f32::from(step) / 4.0)));
            window.run_steps(1);
        }
    }
    window.event(button(way[way.len() - 1], false));
    window.run_steps(3);
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    window.run_steps(1);
}

fn click_at(window: &mut Window, at: Pos2, modifiers: Modifiers) {
    drag(window, modifiers, &[at]);
}

/// Two clicks within the time of a double click: each in one frame, a quarter of a second apart.
fn double_click_at(window: &mut Window, at: Pos2) {
    window.event(egui::Event::PointerMoved(at));
    window.run_steps(1);
    for _ in 0..2 {
        for pressed in [true, false] {
            let button = egui::PointerButton::Primary;
            let event = egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE };
            window.input_mut().events.push(event);
        }
        window.step();
    }
    window.run_steps(3);
}

fn show(window: &mut Window, tab: Tab) {
    apply(&mut window.state_mut().state, Command::ShowTab(tab));
    window.run_steps(3);
}

#[test]
fn ctrl_toggles_shift_ranges_escape_clears_in_the_list_of_events() {
    let mut window = talks();
    show(&mut window, Tab::Events);
    let rows = names(&window, "", ", row");
    assert!(rows.len() >= 5, "{rows:?}");
    let at = |window: &Window, n: usize| {
        let mut found: Vec<Pos2> = window.query_all_by_role(egui::Role::Row).map(|row| row.rect().center()).collect();
        found.sort_by(|a, b| a.y.total_cmp(&b.y));
        found[n]
    };
    let place = at(&window, 0);
    click_at(&mut window, place, Modifiers::NONE);
    assert_eq!(picked(&window).len(), 1);
    let place = at(&window, 2);
    click_at(&mut window, place, Modifiers::COMMAND);
    assert_eq!(picked(&window).len(), 2);
    click_at(&mut window, place, Modifiers::COMMAND);
    assert_eq!(picked(&window).len(), 1);
    let place = at(&window, 0);
    click_at(&mut window, place, Modifiers::NONE);
    let place = at(&window, 3);
    click_at(&mut window, place, Modifiers::SHIFT);
    let range = picked(&window);
    assert_eq!(range.len(), 4, "{range:?}");
    assert_eq!(shown(&window), 12, "a selection of events does not filter");
    window.get_by_label("Only these 4").click();
    window.run_steps(3);
    assert_eq!(shown(&window), 4);
    assert_eq!(names(&window, "Remove filter 4 chosen events", "").len(), 1);
    key(&mut window, Modifiers::NONE, Key::Escape);
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!((shown(&window), picked(&window).len()), (12, 0));
}

#[test]
fn the_list_of_events_sorts_groups_and_puts_doubt_first() {
    let mut window = talks();
    show(&mut window, Tab::Events);
    let first = |window: &Window| {
        let mut rows: Vec<(f32, String)> = window
            .query_all_by_role(egui::Role::Row)
            .map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default()))
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows[0].1.clone()
    };
    let by_day = first(&window);
    window.get_by_label("Sort by When").click();
    window.run_steps(3);
    assert_ne!(first(&window), by_day, "a second click turns the order round");
    window.get_by_label("Check first").click();
    window.run_steps(3);
    assert!(first(&window).contains("undated"), "{}", first(&window));
    window.get_by_label("Groups: no groups").click();
    window.run_steps(3);
    window.get_by_label("By place").click();
    window.run_steps(3);
    assert_eq!(names(&window, "Geneva, group of 3, open", "").len(), 1);
    window.get_by_label("Geneva, group of 3, open").click();
    window.run_steps(3);
    assert_eq!(names(&window, "Geneva, group of 3, closed", "").len(), 1);
}

#[test]
fn a_second_gesture_or_the_button_narrows_to_an_event() {
    let mut window = talks();
    window.get_by_label_contains("Talks: First round ends").click();
    window.run_steps(4);
    assert_eq!(shown(&window), 12);
    window.get_by_label("Filter by selection").click();
    window.run_steps(4);
    assert_eq!(shown(&window), 1);
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(shown(&window), 12, "back brings the filter before");
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(shown(&window), 1, "and forward the one after");
    let bar = window.get_by_label_contains("Talks: First round ends").rect().center();
    apply(&mut window.state_mut().state, Command::ShowAll);
    window.run_steps(4);
    let bar = window.query_by_label_contains("Talks: First round ends").map_or(bar, |node| node.rect().center());
    double_click_at(&mut window, bar);
    assert_eq!(shown(&window), 1, "a double click does it too");
}

#[test]
fn the_brush_is_drawn_resized_moved_nudged_and_cleared() {
    let mut window = talks();
    let rect = window.get_by_label_contains("Days, all shown").rect();
    let y = rect.center().y;
    let x = |part: f32| rect.left() + rect.width() * part;
    drag(&mut window, Modifiers::NONE, &[pos2(x(0.3), y), pos2(x(0.6), y)]);
    let first = days(&window).expect("a drag makes a brush");
    assert!(shown(&window) < 12);
    let edge = |window: &Window, day: i32| {
        // The brush is drawn on the same scale for every state: ask where its edges are by its share of the days.
        let all = window.state().view().extent.expect("there are days");
        let (from, to) = (f64::from(all.from) - 0.5, f64::from(all.to) + 1.5);
        rect.left() + ((f64::from(day) - from) / (to - from)) as f32 * rect.width()
    };
    let right = edge(&window, first.to + 1);
    drag(&mut window, Modifiers::NONE, &[pos2(right, y), pos2(right + rect.width() * 0.2, y)]);
    let wider = days(&window).expect("the brush stays");
    assert!(wider.from == first.from && wider.to > first.to, "{first:?} {wider:?}");
    let middle = edge(&window, wider.from).midpoint(edge(&window, wider.to + 1));
    drag(&mut window, Modifiers::NONE, &[pos2(middle, y), pos2(middle - rect.width() * 0.2, y)]);
    let moved = days(&window).expect("the brush stays");
    assert_eq!(moved.to - moved.from, wider.to - wider.from, "moving keeps the length");
    assert!(moved.from < wider.from);
    window.get_by_label_contains("Days, ").focus();
    window.run_steps(2);
    key(&mut window, Modifiers::NONE, Key::ArrowRight);
    let nudged = days(&window).expect("the brush stays");
    assert_eq!((nudged.from, nudged.to), (moved.from + 1, moved.to + 1));
    double_click_at(&mut window, pos2(x(0.5), y));
    assert_eq!((days(&window), shown(&window)), (None, 12));
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_home_and_f_fit() {
    let mut window = talks();
    let plot = window.get_by_label("Timeline plot").rect();
    window.event(egui::Event::PointerMoved(plot.center()));
    window.run_steps(1);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, 120.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(8);
    let zoomed = window.state().state.choice.window.expect("the wheel zooms");
    key(&mut window, Modifiers::NONE, Key::Home);
    assert_eq!(window.state().state.choice.window, None, "Home fits all");
    window.get_by_label_contains("Talks: First round ends").click();
    window.run_steps(3);
    key(&mut window, Modifiers::NONE, Key::F);
    let fitted = window.state().state.choice.window.expect("F fits the selection");
    assert!(fitted.span < 4.0 && zoomed.span > fitted.span, "{fitted:?} {zoomed:?}");
    window.get_by_label("Zoom in").click();
    window.run_steps(3);
    window.get_by_label("Zoom out").click();
    window.run_steps(3);
}

#[test]
fn space_plays_through_time_in_every_panel_with_one_clock() {
    let mut window = talks();
    key(&mut window, Modifiers::NONE, Key::Space);
    let play = window.state().state.choice.play.clone();
    assert_eq!(play.running, Running::Yes);
    let early = shown(&window);
    assert!(early < 12, "the future is not shown yet");
    let pins = |window: &Window| window.state().view().pins.iter().map(|pin| pin.shown).sum::<u32>();
    let few = pins(&window);
    assert!(names(&window, "Remove filter Until", "").len() == 1 && names(&window, "Clock at ", "").len() == 1);
    window.run_steps(60);
    assert!(shown(&window) > early && pins(&window) > few, "time passes for list and map");
    window.get_by_label("Pause").click();
    window.run_steps(3);
    assert_eq!(window.state().state.choice.play.running, Running::No);
    let held = shown(&window);
    window.run_steps(20);
    assert_eq!(shown(&window), held);
    window.get_by_label("Window").click();
    window.run_steps(3);
    assert_eq!(window.state().state.choice.play.mode, PlayMode::Window);
    window.get_by_label("Loop").click();
    window.run_steps(3);
    window.get_by_label("Clock").focus();
    window.run_steps(2);
    let before = window.state().state.choice.play.at;
    key(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert_ne!(window.state().state.choice.play.at, before, "the clock moves by keys");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!((window.state().state.choice.play.at, shown(&window)), (None, 12));
}

#[test]
fn a_box_or_a_lasso_narrows_to_exactly_what_lies_inside() {
    let mut window = talks();
    let map = window.get_by_label("World map").rect();
    let pin = window.get_by_label_contains("Geneva, venue").rect().center();
    let (a, b) = (pin - vec2(9.0, 9.0), pin + vec2(9.0, 9.0));
    drag(&mut window, Modifiers::SHIFT, &[a.max(map.min), b]);
    let area = window.state().state.choice.filter.area.clone().expect("a box makes an area");
    let state = &window.state().state;
    let facts = &state.data.facts;
    for no in &window.state().view().events {
        let inside = facts.event(*no).places.iter().any(|(place, _)| facts.place(*place).point.is_some_and(|at| area.holds(at)));
        assert!(inside);
    }
    assert!(shown(&window) >= 3 && shown(&window) < 12, "{}", shown(&window));
    window.get_by_label("Remove filter Area on the map").click();
    window.run_steps(3);
    window.get_by_label("Lasso").click();
    window.run_steps(3);
    let round: Vec<Pos2> = (0..=8_u8)
        .map(|n| {
            let angle = f32::from(n) / 8.0 * std::f32::consts::TAU;
            pin + vec2(angle.cos(), angle.sin()) * 14.0
        })
        .collect();
    drag(&mut window, Modifiers::NONE, &round);
    assert!(window.state().state.choice.filter.area.is_some() && shown(&window) < 12);
    key(&mut window, Modifiers::COMMAND, Key::Backspace);
    assert_eq!(shown(&window), 12);
    window.get_by_label("In sight").click();
    window.run_steps(3);
    assert!(window.state().state.choice.filter.area.is_some(), "an area without a mouse");
}

#[test]
fn ctrl_f_searches_and_no_query_is_an_error() {
    let mut window = talks();
    key(&mut window, Modifiers::COMMAND, Key::F);
    window.get_by_label("Search").type_text("geneva");
    window.run_steps(3);
    let found = shown(&window);
    assert!(found > 0 && found < 12);
    for typed in ["\"", "AND OR NOT", "(*", "'; drop table events --", "\u{0}"] {
        apply(&mut window.state_mut().state, Command::FilterWords(typed.into()));
        window.run_steps(2);
        assert!(window.state().state.look.front.trouble.is_none(), "{typed}");
    }
}

#[test]
fn ctrl_k_finds_a_command_by_a_few_letters() {
    let mut window = talks();
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.event(egui::Event::Text("matri".into()));
    window.run_steps(3);
    key(&mut window, Modifiers::NONE, Key::Enter);
    window.run_steps(3);
    assert!(!names(&window, "Who with whom", "").is_empty(), "the matrix is in front");
}

#[test]
fn matrix_and_network_lead_to_the_events_two_share() {
    let mut window = talks();
    show(&mut window, Tab::Matrix);
    let cells = names(&window, "", " and ");
    let cell = cells.iter().find(|name| name.starts_with("Ana Lindqvist and Geneva")).expect("who where").clone();
    window.get_by_label(&cell).click();
    window.run_steps(3);
    assert!(picked(&window).iter().all(|thing| matches!(thing, Thing::Event(..))) && !picked(&window).is_empty());
    show(&mut window, Tab::Network);
    let nodes = names(&window, "", "in the network");
    assert!(nodes.len() >= 2, "{nodes:?}");
    window.get_by_label(&nodes[0]).click();
    window.run_steps(3);
    assert!(shown(&window) < 12);
}

#[test]
fn coverage_shows_what_was_missed() {
    let mut window = talks();
    window.get_by_label("Coverage").click();
    window.run_steps(3);
    assert_eq!(window.state().state.choice.likes.coverage, Coverage::Shown);
    assert_eq!(names(&window, "", "sentences told an event").len(), 1);
    key(&mut window, Modifiers::NONE, Key::C);
    assert!(names(&window, "", "sentences told an event").is_empty());
}

#[test]
fn the_slider_trades_recall_for_weight_with_live_counts() {
    let mut window = talks();
    let before = window.state().view().total;
    window.get_by_label("Weight").focus();
    window.run_steps(2);
    for _ in 0..40 {
        window.key_press(Key::ArrowRight);
        window.run_steps(1);
    }
    window.run_steps(3);
    assert!(window.state().view().total < before, "{before}");
}

#[test]
fn views_are_kept_shown_and_forgotten_and_a_view_file_restores_the_desk() {
    let mut window = talks();
    window.get_by_label_contains("Geneva, lane").click();
    window.run_steps(3);
    window.get_by_label("Views").click();
    window.run_steps(3);
    window.get_by_label("Keep this view").click();
    window.run_steps(3);
    key(&mut window, Modifiers::COMMAND, Key::Backspace);
    apply(&mut window.state_mut().state, Command::MoveTab(Tab::Events, dateline::ui::Stand::Left));
    window.get_by_label("Views").click();
    window.run_steps(3);
    window.get_by_label("Geneva").click();
    window.run_steps(3);
    assert_eq!(shown(&window), 3);
    let kept = window.state().state.remembered().expect("a choice is plain data");
    let again: dateline::app::Choice = serde_json::from_str(&kept).expect("and is read back");
    assert_eq!(again.filter, window.state().state.choice.filter);
    assert_eq!(again.layout, window.state().state.choice.layout);
    assert_eq!(again.views.len(), 1);
    apply(&mut window.state_mut().state, Command::DropView(0));
    assert!(window.state().state.choice.views.is_empty());
}

#[test]
fn hints_close_one_by_one_and_stay_closed() {
    let mut window = talks();
    for _ in 0..3 {
        window.get_by_label("Close hint").click();
        window.run_steps(3);
    }
    assert!(names(&window, "Close hint", "").is_empty());
    assert_eq!(window.state().state.choice.likes.hints_closed.len(), 3);
}

#[test]
fn everything_is_reached_by_keyboard() {
    let mut window = talks();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..160 {
        window.key_press(Key::Tab);
        window.run_steps(1);
        let focused = window.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        if let Some(label) = focused.and_then(|node| node.accesskit_node().label()) {
            reached.insert(label);
        }
    }
    for part in [
        "Dateline",
        "Search",
        "Views",
        "Weight",
        "Map",
        "Geneva, venue",
        "Geneva, lane",
        "Talks: First round ends",
        "Days, ",
        "Play through time",
    ] {
        assert!(reached.iter().any(|label| label.contains(part)), "{part} is not reached: {reached:#?}");
    }
    window.get_by_label_contains("Geneva, venue").focus();
    window.run_steps(2);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(shown(&window), 3, "Enter presses what has the keyboard");
}

/// Names of controls that must never be cut, whatever the size of the window.
const CONTROLS: [&str; 12] = [
    "Dateline",
    "Views",
    "Search",
    "Help",
    "Weight",
    "Map",
    "Article",
    "Play through time",
    "Timeline",
    "Box",
    "Zoom in",
    "Coverage",
];

#[test]
fn no_control_is_cut_from_100_to_200_percent() {
    for size in [vec2(1280.0, 800.0), vec2(1920.0, 1080.0)] {
        for scale in [1.0, 1.25, 1.5, 1.75, 2.0] {
            let mut window = talks();
            window.set_size(size / scale);
            window.run_steps(6);
            let all = egui::Rect::from_min_size(Pos2::ZERO, size / scale);
            for name in CONTROLS {
                let Some(node) = window.query_by_label(name) else {
                    // A side without room shows one panel: the map or the timeline; the others are one tab or menu away.
                    let behind = ["Play through time", "Box", "Zoom in", "Timeline"].contains(&name);
                    assert!(behind && !names(&window, "More panels", "").is_empty(), "{name} is gone at {size} × {scale}");
                    continue;
                };
                let rect = node.rect();
                assert!(all.expand(0.6).contains_rect(rect), "{name} is cut at {size} × {scale}: {rect:?}");
            }
            let tabs: Vec<egui::Rect> = window.query_all_by_role(egui::Role::Tab).map(|tab| tab.rect().shrink(0.6)).collect();
            for name in ["Box", "Lasso", "In sight", "Heat", "Play through time"] {
                let Some(node) = window.query_by_label(name) else { continue };
                assert!(!tabs.iter().any(|tab| tab.intersects(node.rect())), "{name} stands on a tab at {size} × {scale}");
            }
        }
    }
}

#[test]
fn an_empty_desk_takes_every_key_and_says_what_to_do() {
    let mut window = desk(Workspace::default(), Vec::new());
    for pressed in [Key::Space, Key::Enter, Key::Home, Key::F, Key::J, Key::K, Key::N, Key::P, Key::C, Key::Escape] {
        key(&mut window, Modifiers::NONE, pressed);
    }
    for tab in [Tab::Network, Tab::Matrix, Tab::Events, Tab::Event, Tab::Why] {
        show(&mut window, tab);
    }
    assert!(!names(&window, "Events are listed here", "").is_empty());
}
