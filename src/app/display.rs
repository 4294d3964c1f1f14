//! The environment → where a window can open, or one sentence on what is missing.

use std::any::Any;
use std::ffi::OsString;

use thiserror::Error;

/// Why there is no window. Each says what is missing and what works all the same.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NoWindow {
    #[error("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); `dateline extract FILE…` works without one")]
    NoDisplay,
    #[error("the window cannot open: {0}; `dateline extract FILE…` works without one")]
    Refused(String),
}

/// The window system to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// Also where Wayland runs beside it: drops arrive only here (winit 0.30 delivers none on Wayland).
    X11,
    Wayland,
    /// Windows and macOS have one and no name for it.
    Native,
}

/// Chooses from the environment; `var` looks up a variable.
pub fn display(var: impl Fn(&str) -> Option<OsString>) -> Result<Display, NoWindow> {
    if cfg!(any(windows, target_os = "macos")) {
        return Ok(Display::Native);
    }
    let set = |name: &str| var(name).is_some_and(|value| !value.is_empty());
    if set("DISPLAY") {
        Ok(Display::X11)
    } else if set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") {
        Ok(Display::Wayland)
    } else {
        Err(NoWindow::NoDisplay)
    }
}

/// What a panic said, on one line: the window libraries panic where a system library is missing.
pub fn said(panic: &(dyn Any + Send)) -> String {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a system library is missing");
    words.lines().next().unwrap_or(words).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn drops_arrive_on_x11_so_it_comes_first() {
        let with = |names: &'static [&str]| move |name: &str| names.contains(&name).then(|| OsString::from(":0"));
        assert_eq!(display(with(&["DISPLAY", "WAYLAND_DISPLAY"])), Ok(Display::X11));
        assert_eq!(display(with(&["WAYLAND_DISPLAY"])), Ok(Display::Wayland));
        assert_eq!(display(with(&[])), Err(NoWindow::NoDisplay));
    }

    #[test]
    fn a_refusal_names_what_works() {
        assert!(NoWindow::NoDisplay.to_string().contains("dateline extract"));
        assert!(NoWindow::Refused("libGL is missing".into()).to_string().contains("libGL"));
    }
}
