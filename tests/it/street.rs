//! The street behind the window: import, close, open, undo, redate.

use std::fs;
use std::path::PathBuf;

use dateline::job::{News, Order, Outcome, Worker, start};
use dateline::model::{ArticleId, Workspace};

const TEXT: &str = "Talks resume on Monday\n\nGENEVA (Example News) - Envoys met in Geneva on Monday, a spokesman said.\n";

/// A folder of its own for each test, gone when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dateline-street-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A worker with a window's copy of the workspace.
struct Desk {
    worker: Worker,
    workspace: Workspace,
    rows: Vec<(String, Outcome)>,
}

impl Desk {
    fn open(path: Option<PathBuf>) -> Self {
        let mut desk = Self { worker: start(path, Box::new(|| ())), workspace: Workspace::default(), rows: Vec::new() };
        desk.settle();
        desk.rows.clear();
        desk
    }

    fn ask(&mut self, order: Order) {
        self.worker.send(order);
        self.settle();
    }

    fn settle(&mut self) {
        for news in self.worker.finish() {
            match news {
                News::Opened(opened) => self.workspace = Workspace::clone(&opened.workspace),
                News::Changed(workspace, _) => self.workspace = Workspace::clone(&workspace),
                News::Row(row) => {
                    self.rows.retain(|(name, _)| *name != row.name);
                    self.rows.push((row.name, row.outcome));
                }
                News::Refused(reason) | News::Trouble(reason) => panic!("{reason}"),
                _ => {}
            }
        }
    }

    fn outcome(&self, name: &str) -> &Outcome {
        &self.rows.iter().find(|(row, _)| row == name).unwrap_or_else(|| panic!("no row for {name}")).1
    }

    fn import(&mut self, paths: Vec<PathBuf>) -> Vec<ArticleId> {
        self.rows.clear();
        self.ask(Order::Import(paths));
        self.rows
            .iter()
            .flat_map(|(_, outcome)| match outcome {
                Outcome::Done { articles, .. } => articles.clone(),
                _ => Vec::new(),
            })
            .collect()
    }
}

/// Everything that must be the same after closing and opening again.
fn dump(workspace: &Workspace) -> String {
    format!("{:?} {:?} {} {:?}", workspace.articles, workspace.log, workspace.mark, workspace.facts.events)
}

#[test]
fn everything_is_there_after_closing_and_opening_again() {
    let folder = Folder::new("reopen");
    let file = folder.file("talks.txt", TEXT.as_bytes());
    let workspace = folder.0.join("desk.dateline");
    let mut desk = Desk::open(Some(workspace.clone()));
    let ids = desk.import(vec![file]);
    assert_eq!(ids.len(), 1);
    desk.ask(Order::Publish(ids[0], Some("2025-10-09".parse().unwrap())));
    let before = dump(&desk.workspace);
    drop(desk);
    // The worker closes the file after the window has hung up.
    let mut again = Desk::open_when_free(&workspace);
    assert_eq!(dump(&again.workspace), before);
    assert_eq!(again.workspace.given_date(ids[0]), Some(Some("2025-10-09".parse().unwrap())));
    again.ask(Order::Undo);
    assert_eq!(again.workspace.given_date(ids[0]), None);
    assert_eq!(again.workspace.articles[&ids[0]].about.published, None);
}

impl Desk {
    fn open_when_free(path: &std::path::Path) -> Self {
        for _ in 0..100 {
            let worker = start(Some(path.to_owned()), Box::new(|| ()));
            let heard = worker.finish();
            let free = |news: &News| matches!(news, News::Opened(opened) if opened.access == dateline::job::Access::Write);
            if !heard.iter().any(free) {
                std::thread::sleep(std::time::Duration::from_millis(50));
                continue;
            }
            let mut desk = Self { worker, workspace: Workspace::default(), rows: Vec::new() };
            for news in heard {
                if let News::Opened(opened) = news {
                    desk.workspace = Workspace::clone(&opened.workspace);
                }
            }
            return desk;
        }
        panic!("the workspace stays locked");
    }
}

#[test]
fn the_same_file_twice_adds_nothing_and_says_so() {
    let folder = Folder::new("twice");
    let (one, copy) = (folder.file("one.txt", TEXT.as_bytes()), folder.file("copy.txt", TEXT.as_bytes()));
    let mut desk = Desk::open(None);
    desk.import(vec![one.clone(), copy]);
    assert!(matches!(desk.outcome("one.txt"), Outcome::Done { .. }));
    assert_eq!(desk.outcome("copy.txt"), &Outcome::Duplicate);
    let before = dump(&desk.workspace);
    desk.import(vec![one]);
    assert_eq!(desk.outcome("one.txt"), &Outcome::Duplicate);
    assert_eq!(dump(&desk.workspace), before);
}

#[test]
fn an_import_is_undone_and_redone_as_one_step() {
    let folder = Folder::new("undo");
    let files = vec![folder.file("a.txt", TEXT.as_bytes()), folder.file("b.txt", TEXT.replace("Geneva", "Vienna").as_bytes())];
    let mut desk = Desk::open(None);
    let shown = |desk: &Desk| desk.workspace.facts.articles.len();
    let at_first = shown(&desk);
    desk.import(files.clone());
    assert_eq!(shown(&desk), at_first + 2);
    assert_eq!(desk.workspace.undo_name().as_deref(), Some("import of 2 articles"));
    desk.ask(Order::Undo);
    assert_eq!(shown(&desk), at_first);
    assert_eq!(desk.workspace.redo_name().as_deref(), Some("import of 2 articles"));
    desk.ask(Order::Redo);
    assert_eq!(shown(&desk), at_first + 2);
    // Undone, then dropped again: the articles come back, nothing is doubled.
    desk.ask(Order::Undo);
    desk.import(files);
    assert_eq!(shown(&desk), at_first + 2);
}

#[test]
fn bad_input_is_one_row_with_its_reason() {
    let folder = Folder::new("bad");
    let empty_folder = folder.0.join("nothing");
    fs::create_dir(&empty_folder).unwrap();
    let good = folder.file("good.txt", TEXT.as_bytes());
    let inputs = vec![
        folder.file("empty.txt", b""),
        folder.file("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"),
        folder.file(
            "latin.txt",
            "Le Premier ministre a \u{e9}t\u{e9} re\u{e7}u.".chars().map(|c| c as u8).collect::<Vec<_>>().as_slice(),
        ),
        folder.0.join("gone.txt"),
        empty_folder,
        good,
    ];
    let mut desk = Desk::open(None);
    desk.import(inputs);
    for name in ["empty.txt", "picture.png", "gone.txt", "nothing"] {
        assert!(
            matches!(desk.outcome(name), Outcome::Failed(reason) | Outcome::Skipped(reason) if !reason.is_empty()),
            "{name}: {:?}",
            desk.outcome(name)
        );
    }
    assert!(matches!(desk.outcome("good.txt"), Outcome::Done { .. }));
    assert!(matches!(desk.outcome("latin.txt"), Outcome::Done { .. }), "{:?}", desk.outcome("latin.txt"));
    assert_eq!(desk.rows.len(), 6);
}

#[test]
fn a_foreign_or_newer_file_is_refused_and_left_alone() {
    let folder = Folder::new("foreign");
    let text = folder.file("notes.dateline", b"these are somebody's notes, not a workspace at all");
    let worker = start(Some(text.clone()), Box::new(|| ()));
    assert!(worker.finish().iter().any(|news| matches!(news, News::Refused(reason) if reason.contains("notes.dateline"))));
    assert_eq!(fs::read(text).unwrap(), b"these are somebody's notes, not a workspace at all");
}
