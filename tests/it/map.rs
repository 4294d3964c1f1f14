//! The map panel without a window: found by name, clicked, and asked what it sent.

use std::cell::RefCell;
use std::rc::Rc;

use dateline::model::{LonLat, PlaceFact, PlaceId, PlaceKind, PlaceNo, Workspace};
use dateline::query::{Filter, Light, Pin, PinKind, Playback, Selection, Thing, Tie, View};
use dateline::ui::map::{MapState, map_ui};
use dateline::ui::{Command, Ctx, Fit, Front, Layout, Likes, Room, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

const PLACES: [(&str, f64, f64, PinKind, u32); 6] = [
    ("Paris", 2.35, 48.86, PinKind::Venue, 5),
    ("Doha", 51.53, 25.29, PinKind::Venue, 1),
    ("Paris", 2.35, 48.86, PinKind::Capital, 2),
    ("Suva", 178.44, -18.14, PinKind::Capital, 1),
    ("Brazil", -53.0, -10.0, PinKind::Area, 3),
    ("North Pole", 0.0, 90.0, PinKind::Venue, 0),
];

struct Desk {
    workspace: Workspace,
    view: View,
    map: MapState,
    fit: Fit,
    asked: Rc<RefCell<Vec<Command>>>,
}

fn desk() -> Desk {
    let mut workspace = Workspace::default();
    let mut facts = dateline::model::Facts::default();
    let mut view = View::default();
    for (no, (name, lon, lat, kind, shown)) in (0..).zip(PLACES) {
        let point = LonLat { lon, lat };
        facts.places.push(PlaceFact {
            id: PlaceId(format!("test:{no}")),
            name: name.to_owned(),
            kind: PlaceKind::City,
            point: Some(point),
            country: Some("FR".into()),
            radius_km: if no == 5 { f32::INFINITY } else { 10.0 },
            score: 1.0,
            contested: None,
            mentioned: Vec::new(),
        });
        let radius_km = if no == 5 { f32::NAN } else { 10.0 };
        view.pins.push(Pin {
            place: PlaceNo(no),
            kind,
            point,
            radius_km,
            shown,
            total: shown + u32::from(no == 1),
            acts: true,
            sources: 1,
        });
    }
    workspace.facts = std::sync::Arc::new(facts);
    let [from, to] = [3, 0].map(|n: usize| view.pins[n].point);
    view.ties.push(Tie { capital: PlaceNo(3), venue: PlaceNo(0), from, to, shown: 1 });
    Desk { workspace, view, map: MapState::default(), fit: Fit::default(), asked: Rc::default() }
}

fn harness(desk: Desk, width: f32, height: f32) -> Harness<'static, Desk> {
    let show = |ui: &mut egui::Ui, desk: &mut Desk| {
        let commands = RefCell::new(Vec::new());
        let (filter, selection, light, theme) = (Filter::default(), Selection::default(), Light::default(), Theme::paper());
        let front = Front::default();
        let (layout, play, likes) = (Layout::default(), Playback::default(), Likes::default());
        let ctx = Ctx {
            workspace: &desk.workspace,
            view: &desk.view,
            stamp: 1,
            today: 20_000,
            filter: &filter,
            selection: &selection,
            picked: &light,
            hovered: &light,
            theme: &theme,
            layout: &layout,
            room: Room::default(),
            play: &play,
            views: &[],
            likes: &likes,
            article: None,
            full: &std::collections::BTreeMap::new(),
            imports: &[],
            fit: desk.fit,
            front: &front,
            commands: &commands,
        };
        let (head, rest) = ui.max_rect().split_top_bottom_at_y(ui.max_rect().top() + 34.0);
        ui.scope_builder(egui::UiBuilder::new().max_rect(rest), |ui| map_ui(&ctx, &mut desk.map, ui, head));
        desk.asked.borrow_mut().extend(commands.into_inner());
    };
    let fonts = |ctx: &egui::Context| {
        let mut fonts = egui::FontDefinitions::default();
        let sans = fonts.families.get(&egui::FontFamily::Proportional).cloned().unwrap_or_default();
        fonts.families.insert(egui::FontFamily::Name(dateline::ui::theme::family::MEDIUM.into()), sans);
        ctx.set_fonts(fonts);
    };
    Harness::builder().with_size([width, height]).with_max_steps(40).with_context_setup(fonts).build_ui_state(show, desk)
}

#[test]
fn a_click_on_a_venue_picks_it_and_narrows() {
    let desk = desk();
    let asked = Rc::clone(&desk.asked);
    let mut harness = harness(desk, 900.0, 600.0);
    harness.run();
    harness.get_by_label("Paris, venue, 5 events").click();
    harness.run();
    let thing = Thing::Place(PlaceId("test:0".into()));
    assert!(asked.borrow().contains(&Command::PickAndFilter(thing)), "{:?}", asked.borrow());
}

#[test]
fn venue_and_capital_of_one_town_are_two_marks() {
    let desk = desk();
    let asked = Rc::clone(&desk.asked);
    let mut harness = harness(desk, 900.0, 600.0);
    harness.run();
    harness.get_by_label("Doha, venue, 1 of 2 events");
    harness.get_by_label("Brazil, area, 3 events");
    harness.get_by_label("Paris, capital, 2 events").click();
    harness.run();
    assert!(asked.borrow().contains(&Command::PickAndFilter(Thing::Place(PlaceId("test:2".into())))));
}

#[test]
fn buttons_zoom_and_bring_all_back() {
    let mut harness = harness(desk(), 900.0, 600.0);
    harness.run();
    for _ in 0..12 {
        harness.get_by_label("Zoom in").click();
        harness.run();
    }
    assert!(harness.query_by_label("Doha, venue, 1 of 2 events").is_none(), "Doha is out of view");
    harness.get_by_label("Show all pins").click();
    harness.run();
    harness.get_by_label("Doha, venue, 1 of 2 events");
    for _ in 0..12 {
        harness.get_by_label("Zoom out").click();
        harness.run();
    }
    harness.get_by_label("Doha, venue, 1 of 2 events");
}

#[test]
fn any_size_of_panel_will_do() {
    for (width, height) in [(1.0, 1.0), (40.0, 700.0), (2400.0, 60.0), (300.0, 200.0)] {
        harness(desk(), width, height).run();
    }
    let mut empty = desk();
    (empty.view, empty.fit) = (View::default(), Fit { all: 3, selection: 1 });
    let mut harness = harness(empty, 500.0, 400.0);
    harness.run();
    harness.state_mut().fit.selection += 1;
    harness.run();
}
