//! The real window under Xvfb: it opens, takes a file dropped by XDND, and shows it.
//!
//! Skipped, loudly, where Xvfb or openbox is not installed; never in CI (`DATELINE_ALL_TESTS`).

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dateline::read::SAMPLE;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

const ARTICLE: &str = "Ministers meet in Lisbon\n\nLISBON, 14 March 2024 - The foreign ministers of Portugal and Norway met in Lisbon \
                       on Thursday to discuss fishing rights, a spokesman said.\n";

/// Longest wait for the window and for what it does: software rendering on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(90);

/// Ends with the test, also when it fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn installed(tool: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(tool).is_file()))
}

/// Xvfb on a free display: the process and its number.
fn display() -> (Running, String) {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    let running = Running(child);
    let mut number = String::new();
    let mut byte = [0];
    while out.read(&mut byte).unwrap() == 1 && byte[0] != b'\n' {
        number.push(char::from(byte[0]));
    }
    (running, format!(":{}", number.trim()))
}

struct Screen {
    connection: RustConnection,
    root: Window,
    own: Window,
}

impl Screen {
    fn new(display: &str) -> Self {
        let (connection, screen) = x11rb::connect(Some(display)).unwrap();
        let root = connection.setup().roots[screen].root;
        let own = connection.generate_id().unwrap();
        let aux = CreateWindowAux::new();
        connection.create_window(0, own, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &aux).unwrap().check().unwrap();
        Self { connection, root, own }
    }

    fn atom(&self, name: &str) -> Atom {
        self.connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn title(&self, window: Window) -> Option<String> {
        let (name, utf8) = (self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"));
        let reply = self.connection.get_property(false, window, name, utf8, 0, 1024).ok()?.reply().ok()?;
        String::from_utf8(reply.value).ok()
    }

    /// The window that takes drops and has "Dateline" in its title, anywhere in the tree.
    fn find(&self, window: Window) -> Option<Window> {
        let aware = self.atom("XdndAware");
        let property = self.connection.get_property(false, window, aware, AtomEnum::ANY, 0, 1).ok()?.reply().ok()?;
        if property.value_len > 0 && self.title(window).is_some_and(|title| title.contains("Dateline")) {
            return Some(window);
        }
        let children = self.connection.query_tree(window).ok()?.reply().ok()?.children;
        children.into_iter().find_map(|child| self.find(child))
    }

    fn tell(&self, target: Window, kind: &str, data: [u32; 5]) {
        let event = ClientMessageEvent::new(32, target, self.atom(kind), data);
        self.connection.send_event(false, target, EventMask::NO_EVENT, event).unwrap().check().unwrap();
        self.connection.flush().unwrap();
    }

    /// Drops a file as a file manager does: owns the selection, enters, points, drops, and answers for the data.
    fn drop_file(&self, target: Window, file: &Path) {
        let (selection, uris) = (self.atom("XdndSelection"), self.atom("text/uri-list"));
        self.connection.set_selection_owner(self.own, selection, x11rb::CURRENT_TIME).unwrap().check().unwrap();
        self.tell(target, "XdndEnter", [self.own, 5 << 24, uris, 0, 0]);
        let at = (400 << 16) | 300;
        self.tell(target, "XdndPosition", [self.own, 0, at, x11rb::CURRENT_TIME, self.atom("XdndActionCopy")]);
        let list = format!("file://{}\r\n", file.display());
        let mut dropped = false;
        let end = Instant::now() + PATIENCE;
        let entered = Instant::now();
        while Instant::now() < end {
            // The window wants the list while the file still hovers; it needs a moment to show its overlay.
            if !dropped && entered.elapsed() > Duration::from_millis(700) {
                self.tell(target, "XdndDrop", [self.own, 0, x11rb::CURRENT_TIME, 0, 0]);
                dropped = true;
            }
            match self.connection.poll_for_event().unwrap() {
                Some(Event::SelectionRequest(request)) => {
                    self.connection
                        .change_property8(PropMode::REPLACE, request.requestor, request.property, uris, list.as_bytes())
                        .unwrap()
                        .check()
                        .unwrap();
                    let event = SelectionNotifyEvent {
                        response_type: SELECTION_NOTIFY_EVENT,
                        sequence: 0,
                        time: request.time,
                        requestor: request.requestor,
                        selection: request.selection,
                        target: request.target,
                        property: request.property,
                    };
                    self.connection.send_event(false, request.requestor, EventMask::NO_EVENT, event).unwrap().check().unwrap();
                    self.connection.flush().unwrap();
                }
                Some(Event::ClientMessage(message)) if message.type_ == self.atom("XdndFinished") => return,
                Some(_) => {}
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        }
        panic!("the window did not take the file");
    }
}

fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if let Some(seen) = look() {
            return seen;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("waited {PATIENCE:?} in vain for {what}");
}

fn desk(display: &str, folder: &Path) -> Running {
    let child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    Running(child)
}

#[test]
fn a_file_dropped_on_the_real_window_is_on_the_desk() {
    if !installed("Xvfb") || !installed("openbox") {
        assert!(std::env::var_os("DATELINE_ALL_TESTS").is_none(), "CI must install xvfb and openbox");
        let _ = writeln!(std::io::stderr(), "SKIPPED the real window: needs Xvfb and openbox");
        return;
    }
    let folder: PathBuf = std::env::temp_dir().join(format!("dateline-window-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("lisbon.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let (_server, display) = display();
    let _manager = Running(Command::new("openbox").env("DISPLAY", &display).stderr(Stdio::null()).spawn().unwrap());
    let _desk = desk(&display, &folder);
    let screen = Screen::new(&display);
    let window = wait_for("the window", || screen.find(screen.root));
    let articles = |title: &str| title.split_whitespace().find_map(|word| word.parse::<usize>().ok());
    // The title tells how many articles are on the desk; the sample story comes first, one article after the other.
    let shown = |count: usize| screen.title(window).as_deref().and_then(articles).filter(|shown| *shown == count);
    wait_for("the sample story", || shown(SAMPLE.len()));
    screen.drop_file(window, &file);
    wait_for("one article more in the title", || shown(SAMPLE.len() + 1));
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn without_a_display_it_says_so_and_names_extract() {
    let run = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(!run.status.success());
    assert!(said.contains("display") && said.contains("dateline extract"), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
}
