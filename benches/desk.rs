//! What a frame of the desk costs: `cargo bench --bench desk` pans map and timeline over 100,000 and 1,000,000 events.
//!
//! A headless egui context: everything that the processor does for a frame (layout, drawing, triangles), nothing that the
//! graphics card does. Aims: 8 ms at 100,000 events, 16 ms at 1,000,000.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::app::{Desk, Line, apply, hear};
use dateline::job::{Access, News, Opened};
use dateline::model::{
    About, Actor, ActorKind, ActorMention, ActorRole, Analysis, ArticleId, Change, Edit, Entry, Event as Told, EventActor,
    EventPlace, EventType, Filed, Fingerprint, Interval, LonLat, MentionForm, Place, PlaceId, PlaceKind, PlaceRole, Span,
    Standing, When, Wording, Workspace, date_of_day,
};
use dateline::ui::Command;
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};

const EACH: usize = 100;

fn main() {
    println!("{:<46} {:>9} {:>9} {:>9}", "frames of the desk", "median", "p99", "most");
    let counts = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect::<Vec<usize>>();
    let counts = if counts.is_empty() { vec![1_000, 100_000, 1_000_000] } else { counts };
    for events in counts {
        let began = Instant::now();
        let workspace = workspace(events);
        let mut bench = Bench::new(workspace);
        println!("{events} events: gathered and first drawn in {:.1} s", began.elapsed().as_secs_f64());
        bench.row("at rest", |_| Vec::new());
        let map = pos2(700.0, 300.0);
        bench.press(map);
        bench.row("pan the map", |n| vec![Event::PointerMoved(map + vec2((n % 120) as f32, (n % 37) as f32))]);
        bench.release(map);
        let plot = pos2(800.0, 640.0);
        bench.press(plot);
        bench.row("pan the timeline", |n| vec![Event::PointerMoved(plot + vec2((n % 200) as f32, 0.0))]);
        bench.release(plot);
        bench.wheel(plot, 900.0);
        bench.press(plot);
        bench.row("pan the timeline, near", |n| vec![Event::PointerMoved(plot + vec2((n % 200) as f32, 0.0))]);
        bench.release(plot);
        bench.row("point at the map", |n| vec![Event::PointerMoved(map + vec2((n * 7 % 300) as f32, (n * 3 % 150) as f32))]);
        apply(&mut bench.desk.state, Command::FocusSearch);
        bench.row("type a word", |n| if n % 12 == 0 { vec![Event::Text("a".into())] } else { Vec::new() });
    }
}

struct Bench {
    ctx: egui::Context,
    desk: Desk,
    time: f64,
}

impl Bench {
    fn new(workspace: Workspace) -> Self {
        let ctx = egui::Context::default();
        let mut desk = Desk::new(&ctx, Line::Aside(Vec::new()));
        let opened = Opened {
            workspace: Arc::new(workspace),
            remembered: None,
            path: None,
            access: Access::Write,
            recent: Vec::new(),
            outdated: 0,
        };
        hear(&mut desk.state, News::Opened(Box::new(opened)));
        hear(&mut desk.state, News::Idle);
        let mut bench = Self { ctx, desk, time: 0.0 };
        // Tiles are drawn on threads of the pool: the bench waits for them.
        for _ in 0..40 {
            bench.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(10));
        }
        bench
    }

    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let began = Instant::now();
        let desk = &mut self.desk;
        let mut output = self.ctx.run_ui(input, |ui| {
            desk.think(ui.ctx());
            desk.frame(ui);
        });
        // Nothing is uploaded: there is no graphics card here.
        output.textures_delta.clear();
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(triangles);
        began.elapsed()
    }

    fn row(&mut self, name: &str, mut input: impl FnMut(usize) -> Vec<Event>) {
        let mut times: Vec<Duration> = (0..240).map(|n| self.frame(input(n))).collect();
        times.sort();
        let ms = |at: usize| format!("{:.2} ms", times[at].as_secs_f64() * 1e3);
        println!("  {name:<44} {:>9} {:>9} {:>9}", ms(120), ms(237), ms(239));
    }

    fn press(&mut self, at: Pos2) {
        self.frame(vec![Event::PointerMoved(at)]);
        self.frame(vec![button(at, true)]);
    }

    fn release(&mut self, at: Pos2) {
        self.frame(vec![button(at, false)]);
        self.frame(Vec::new());
    }

    fn wheel(&mut self, at: Pos2, points: f32) {
        self.frame(vec![Event::PointerMoved(at)]);
        for _ in 0..10 {
            self.frame(vec![Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, points / 10.0),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            }]);
        }
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// Articles of a hundred events each, over ten years, at 3,000 places, with 5,000 actors; the same in every run.
fn workspace(events: usize) -> Workspace {
    let mut changes = Vec::new();
    let mut ids = Vec::new();
    for number in 0..events.div_ceil(EACH) {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(number as u64).to_be_bytes());
        ids.push(ArticleId(id));
        changes.push(Change::File(Arc::new(article(ArticleId(id), number))));
    }
    changes.push(Change::Did(Entry::bare(1, Edit::Import { articles: ids })));
    let mut workspace = Workspace::default();
    workspace.apply(changes);
    dateline::query::settle(&mut workspace);
    workspace
}

fn article(id: ArticleId, number: usize) -> Filed {
    let span = Span::new(0, 4);
    let mut analysis = Analysis { sentences: vec![span], ..Analysis::default() };
    for n in 0..10 {
        let place = (number * 7 + n * 311) % 3_000;
        analysis.places.push(Place {
            id: PlaceId(format!("bench:{place}")),
            name: format!("Place {place}"),
            kind: PlaceKind::City,
            point: LonLat::new((place * 37 % 3_600) as f64 / 10.0 - 180.0, (place * 53 % 1_400) as f64 / 10.0 - 60.0),
            country: Some("FR".into()),
            radius_km: 5.0,
            score: 0.9,
            candidates: Vec::new(),
            roles: BTreeSet::from([PlaceRole::Venue]),
            mentions: Vec::new(),
            contested: None,
            why: String::new(),
        });
        let actor = (number * 11 + n * 97) % 5_000;
        analysis.actors.push(Actor {
            name: format!("Actor {actor}"),
            kind: ActorKind::Person,
            country: None,
            titles: Vec::new(),
            aliases: Vec::new(),
            mentions: vec![ActorMention { span, form: MentionForm::Name }],
            why: String::new(),
        });
    }
    let index = |n: usize| u32::try_from(n).expect("small");
    for n in 0..EACH {
        let day = 16_000 + i32::try_from((number * 31 + n * 7) % 3_650).expect("small");
        let kind = EventType::ALL[(number + n) % EventType::ALL.len()];
        analysis.events.push(Told {
            kind,
            summary: format!("Actor {n} meets another in the place of event {number}"),
            trigger: span,
            sentence: span,
            when: When { interval: Interval::day(date_of_day(day)), ..When::default() },
            places: vec![EventPlace { place: index(n % 10), role: PlaceRole::Venue }],
            actors: vec![
                EventActor { actor: index(n % 10), role: ActorRole::Agent },
                EventActor { actor: index((n + 3) % 10), role: ActorRole::Target },
            ],
            standing: Standing::Happened,
            attributed_to: Vec::new(),
            certainty: 0.9,
            salience: 0.8,
            same_as: Vec::new(),
            figures: Vec::new(),
            why: String::new(),
        });
    }
    let about = About { doc_id: format!("bench-{number}"), ..About::default() };
    Filed { id, about, blocks: Vec::new(), analysis, wording: Wording::default(), fingerprint: Fingerprint::default() }
}
