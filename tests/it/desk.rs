//! Journeys through the window, by accessible name and without a GPU.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::app::{Desk, Line, hear};
use dateline::job::{News, Order, Outcome, Row};
use dateline::model::{Change, Workspace};
use dateline::query::{ChipKind, Thing};
use dateline::ui::COMMANDS;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::Date;

use crate::story;

/// The window on a workspace, with the orders kept aside.
pub fn desk(workspace: Workspace, articles: Vec<Arc<dateline::model::Article>>) -> Harness<'static, Desk> {
    let mut window = Desk::new(&egui::Context::default(), Line::Aside(Vec::new()));
    let opened = dateline::job::Opened {
        workspace: Arc::new(workspace),
        remembered: None,
        path: None,
        access: dateline::job::Access::Write,
        recent: Vec::new(),
        outdated: 0,
    };
    hear(&mut window.state, News::Opened(Box::new(opened)));
    for article in articles {
        hear(&mut window.state, News::Text(article, None));
    }
    hear(&mut window.state, News::Idle);
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(64)
        .with_wait_for_pending_images(false)
        .with_context_setup(|ctx| {
            dateline::ui::install_fonts(ctx);
            dateline::ui::install_style(ctx, &dateline::ui::Theme::paper());
        })
        .build_ui_state(
            |ui, window: &mut Desk| {
                window.think(ui.ctx());
                window.frame(ui);
            },
            window,
        );
    harness.run_steps(4);
    harness
}

pub fn talks() -> Harness<'static, Desk> {
    let (workspace, articles) = story::talks();
    desk(workspace, articles)
}

/// Accessible names that begin with `start` and hold `part`.
pub fn names(harness: &Harness<'_, Desk>, start: &str, part: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut queue = vec![harness.root()];
    while let Some(node) = queue.pop() {
        // What a label says is its value; what a button is called is its name.
        let access = node.accesskit_node();
        if let Some(label) = access.label().or_else(|| access.value())
            && label.starts_with(start)
            && label.contains(part)
        {
            found.push(label.clone());
        }
        queue.extend(node.children());
    }
    found.sort();
    found
}

#[test]
fn a_click_on_a_venue_narrows_map_timeline_and_actors_to_the_same_events() {
    let mut harness = talks();
    assert_eq!(names(&harness, "12 events", "").len(), 1);
    harness.get_by_label_contains("Geneva, lane").click();
    harness.run_steps(4);
    let view = harness.state().view().clone();
    assert_eq!(view.events.len(), 3);
    assert_eq!(names(&harness, "3 of 12 events", "").len(), 1, "the count is printed");
    assert_eq!(names(&harness, "Remove filter Geneva", "").len(), 1, "one chip takes it back");
    // Map: the venue's pin counts the same events.
    let facts = &harness.state().state.data.facts;
    let pin = view.pins.iter().find(|pin| facts.place(pin.place).name == "Geneva").expect("Geneva is on the map");
    assert_eq!(pin.shown as usize, 3);
    assert!(!names(&harness, "Geneva, venue, 3 events", "").is_empty(), "the pin says so: {:?}", names(&harness, "Geneva", ""));
    // Timeline: one lane with three bars, each with a node.
    assert_eq!(names(&harness, "Geneva, lane, 3 events", "").len(), 1);
    let bars: usize = view.lanes.iter().map(|lane| lane.bars.len()).sum();
    assert_eq!(bars, 3);
    // Actors: those of the three events, by the same counts.
    assert_eq!(names(&harness, "Ana Lindqvist, person, 1 event", "").len(), 1);
    assert_eq!(names(&harness, "Omar Haddad, person, 0 events", "").len(), 1);
    harness.get_by_label("Remove filter Geneva").click();
    harness.run_steps(4);
    assert_eq!(harness.state().view().events.len(), 12);
}

#[test]
fn escape_takes_back_what_a_click_made_and_then_the_rest() {
    let mut harness = talks();
    harness.get_by_label_contains("Omar Haddad, person").click();
    harness.run_steps(4);
    assert_eq!(harness.state().view().events.len(), 2);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(4);
    assert_eq!(harness.state().view().events.len(), 12);
    assert!(harness.state().state.choice.selection.picked.is_empty());
}

#[test]
fn a_click_on_a_bar_lights_its_sentence_and_says_why() {
    let mut harness = talks();
    harness.get_by_label_contains("Talks: First round ends").click();
    harness.run_steps(4);
    let picked = harness.state().state.choice.selection.picked.clone();
    assert!(matches!(picked.as_slice(), [Thing::Event(_, 2)]), "{picked:?}");
    assert_eq!(harness.state().view().events.len(), 12, "an event gives detail, it does not filter");
    harness.get_by_label("Event").click();
    harness.run_steps(4);
    assert!(!names(&harness, "weekday ← published", "").is_empty());
    harness.get_by_label("Why").click();
    harness.run_steps(4);
    assert!(!names(&harness, "verb “ended”", "").is_empty());
}

#[test]
fn pointing_at_an_actor_lights_its_events_and_places() {
    let mut harness = talks();
    harness.get_by_label_contains("Omar Haddad, person").hover();
    harness.run_steps(3);
    let hovered = harness.state().state.choice.selection.hovered.clone();
    assert!(matches!(hovered, Some(Thing::Actor(_))), "{hovered:?}");
}

#[test]
fn an_article_without_a_date_says_so_and_takes_one() {
    let mut harness = talks();
    harness.get_by_label_contains("Patrols leave the strait, article, no date").click();
    harness.run_steps(4);
    harness.get_by_label("This article gives no publication date");
    harness.get_by_label_contains("“Thursday” and “Wednesday night” cannot be placed");
    harness.get_by_label("Publication date").focus();
    harness.run_steps(2);
    harness.get_by_label("Publication date").type_text("9 Oct 2025");
    harness.run_steps(2);
    harness.get_by_label("Set").click();
    harness.run_steps(3);
    let orders = harness.state_mut().orders();
    let given = orders.iter().any(|order| matches!(order, Order::Publish(_, Some(date)) if *date == Date::constant(2025, 10, 9)));
    assert!(given, "{orders:?}");
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window hands paths on; the worker reads".into())
    }
}

#[test]
fn a_drop_becomes_an_order_and_a_row_for_each_file() {
    let mut harness = talks();
    harness.input_mut().hovered_files.push(egui::HoveredFile::default());
    harness.run_steps(2);
    harness.input_mut().hovered_files.clear();
    harness.input_mut().dropped_files.push(Arc::new(Dropped("/in/a.txt".into())));
    harness.run_steps(3);
    let orders = harness.state_mut().orders();
    assert!(
        orders.iter().any(|order| matches!(order, Order::Import(paths) if paths == &[PathBuf::from("/in/a.txt")])),
        "{orders:?}"
    );
    for (number, outcome) in [(1, Outcome::Duplicate), (2, Outcome::Failed("the file is empty".into())), (3, Outcome::Reading)] {
        let row = Row { number, name: format!("{number}.txt"), outcome };
        hear(&mut harness.state_mut().state, News::Row(row));
    }
    harness.run_steps(3);
    harness.get_by_label("1.txt: already on the desk");
    harness.get_by_label("2.txt: the file is empty");
    harness.get_by_label("3.txt: reading…");
    harness.get_by_label("Close imports").click();
    harness.run_steps(3);
    assert!(names(&harness, "1.txt", "").is_empty());
}

#[test]
fn pasted_text_goes_to_the_worker() {
    let mut harness = talks();
    harness.event(egui::Event::Paste("PARIS, Oct 9. Ministers met.".into()));
    harness.run_steps(2);
    let orders = harness.state_mut().orders();
    assert!(orders.iter().any(|order| matches!(order, Order::Paste(text) if text.starts_with("PARIS"))), "{orders:?}");
}

#[test]
fn the_menu_names_what_undo_takes_back() {
    let mut harness = talks();
    harness.get_by_label("Dateline").click();
    harness.run_steps(3);
    assert_eq!(names(&harness, "Undo import of 2 articles", "").len(), 1);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(2);
    assert!(harness.state_mut().orders().iter().any(|order| matches!(order, Order::Undo)));
}

#[test]
fn what_is_gone_is_neither_selected_nor_read() {
    let mut harness = talks();
    harness.get_by_label_contains("Geneva, lane").click();
    harness.run_steps(3);
    let moved = |harness: &mut Harness<'_, Desk>, mark: usize| {
        let state = &mut harness.state_mut().state;
        let mut workspace = Workspace::clone(&state.data);
        workspace.apply([Change::Mark(mark)]);
        dateline::query::settle(&mut workspace);
        hear(state, News::Changed(Arc::new(workspace), None));
    };
    moved(&mut harness, 0);
    harness.run_steps(3);
    let state = &harness.state().state;
    assert!(state.choice.selection.picked.is_empty() && state.choice.selection.reading.is_none());
    moved(&mut harness, 1);
    harness.run_steps(3);
    assert!(harness.state().state.choice.selection.reading.is_some());
}

#[test]
fn an_empty_desk_says_what_to_do() {
    let harness = desk(Workspace::default(), Vec::new());
    assert!(!names(&harness, "Drop an article on the window", "").is_empty());
}

#[test]
fn every_chip_can_be_taken_away() {
    let mut harness = talks();
    let (place, actor) = {
        let facts = &harness.state().state.data.facts;
        (facts.places[0].id.clone(), facts.actors[0].key.clone())
    };
    let filter = &mut harness.state_mut().state.choice.filter;
    filter.places.insert(place);
    filter.actors.insert(actor);
    filter.words = "talks".into();
    filter.days = Some(dateline::query::Days { from: 20_360, to: 20_370 });
    filter.standings.insert(dateline::model::Standing::Happened);
    harness.run_steps(3);
    let kinds: Vec<ChipKind> = harness.state().view().chips.iter().map(|chip| chip.kind.clone()).collect();
    assert_eq!(kinds.len(), 5);
    for kind in kinds {
        dateline::app::apply(&mut harness.state_mut().state, dateline::ui::Command::DropChip(kind));
    }
    harness.run_steps(3);
    assert!(harness.state().state.choice.filter.is_open());
}

#[test]
fn no_shortcut_occurs_twice_and_every_command_is_told() {
    let mut seen = Vec::new();
    for entry in COMMANDS {
        assert!(!entry.doc.is_empty() && !entry.doc.ends_with('.'), "{}", entry.name);
        if let Some(shortcut) = entry.shortcut {
            let key = (shortcut.modifiers, shortcut.logical_key);
            assert!(!seen.contains(&key), "{} has the shortcut of another", entry.name);
            seen.push(key);
        }
    }
}
