//! # Dateline
//!
//! News articles in; who did what, where and when out: as a map, a timeline and a list of actors, linked, every fact
//! traceable to its sentence. Offline, in one program.
//!
//! > **bytes → Article → Analysis → Workspace → View → panels**, and **Commands** go back round.
//!
//! The floors, lowest first. A floor uses the floors below it, never one above; `tests/it/tidy.rs` holds that.

#![forbid(unsafe_code)]

/// 1 · The nouns. Plain data: no text is read here, no clock, no disk.
pub mod model;
/// 2 · Text → sentences, tokens, tags, tree. Pure; every span is exact to the byte.
pub mod lang;
/// 3 · Name → candidate places. Pure; the world is inside the program.
pub mod gazetteer;
/// 4 · Bytes → articles. Pure; what cannot be read is a reason, never a panic.
pub mod read;
/// 5 · Article → analysis. Pure; cannot fail, a worse text gives a smaller answer.
pub mod extract;
/// 6 · Workspace ⇄ SQLite. The only floor that knows SQL; one transaction per source file.
pub mod store;
/// 7 · Workspace + filter + selection → view. Pure; nothing here knows the time of day.
pub mod query;
/// 8 · View → bytes. Pure; each format is one file.
pub mod export;
/// 9 · Files → read → extract → save, in the background. Cancel is checked per article.
pub mod job;
/// 10 · Panels: read a view, send a command. They never change data or choice.
#[cfg(feature = "desk")]
pub mod ui;
/// 11 · The window, the state, and the one place that changes it.
#[cfg(feature = "desk")]
pub mod app;
