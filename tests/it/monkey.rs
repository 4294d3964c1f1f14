//! Random input on the window: no panic, no lost data, and frames that stay short.
//!
//! `MONKEY=100000 cargo test monkey` plays as many inputs; a plain run plays a few hundred.

use std::time::{Duration, Instant};

use dateline::ui::{COMMANDS, Command};
use egui::{Event, Key, Modifiers, PointerButton, pos2, vec2};

use crate::desk::talks;

/// A small generator (xorshift), so that a run can be played again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn part(&mut self) -> f32 {
        self.roll(10_000) as f32 / 10_000.0
    }
}

const KEYS: [Key; 24] = [
    Key::Tab,
    Key::Enter,
    Key::Space,
    Key::Escape,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::F,
    Key::J,
    Key::K,
    Key::N,
    Key::P,
    Key::C,
    Key::Plus,
    Key::Minus,
    Key::Z,
    Key::D,
    Key::F1,
    Key::Num0,
    Key::Num5,
    Key::Backspace,
    Key::Delete,
];

#[test]
fn random_input_breaks_nothing_and_frames_stay_short() {
    let inputs: u32 = std::env::var("MONKEY").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let mut window = talks();
    let articles = window.state().state.data.facts.articles.len();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut times: Vec<Duration> = Vec::new();
    for number in 0..inputs {
        let at = pos2(dice.part() * 1280.0, dice.part() * 800.0);
        let modifiers = match dice.roll(8) {
            0 => Modifiers::COMMAND,
            1 => Modifiers::SHIFT,
            2 => Modifiers::ALT,
            _ => Modifiers::NONE,
        };
        window.event(egui::Event::ModifiersChanged(modifiers));
        let button = |pressed| Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers };
        match dice.roll(12) {
            0..=2 => {
                window.event(Event::PointerMoved(at));
                window.event(button(true));
                window.event(button(false));
            }
            3 => {
                window.event(Event::PointerMoved(at));
                window.event(button(true));
            }
            4 => window.event(button(false)),
            5 | 6 => window.event(Event::PointerMoved(at)),
            7 => window.event(Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, (dice.part() - 0.5) * 600.0),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers,
            }),
            8 => window.event(Event::Text(["a", "Geneva", "\"", "*", "ش", "\u{200f}", "Київ"][dice.roll(7) as usize].into())),
            9 => {
                // The system's dialogs are not ours, and what is asked of the worker is seen below.
                let entry = &COMMANDS[dice.roll(COMMANDS.len() as u64) as usize];
                let command = (entry.make)();
                if !matches!(command, Command::OpenFiles | Command::SaveDesk | Command::OpenDesk) {
                    dateline::app::apply(&mut window.state_mut().state, command);
                }
            }
            _ => {
                let key = KEYS[dice.roll(KEYS.len() as u64) as usize];
                for pressed in [true, false] {
                    window.event(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
                }
            }
        }
        let began = Instant::now();
        window.step();
        times.push(began.elapsed());
        window.state_mut().orders();
        assert_eq!(window.state().state.data.facts.articles.len(), articles, "data is lost after input {number}");
    }
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    let most = if cfg!(debug_assertions) { 250 } else { 33 };
    assert!(p99 < Duration::from_millis(most), "the slowest frame in a hundred takes {p99:?}");
    if inputs > 1_000 {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "{inputs} inputs: median {:?}, p99 {p99:?}", times[times.len() / 2]);
    }
}
