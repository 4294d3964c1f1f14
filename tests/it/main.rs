//! Every test of the house in one binary; one module per room.

#![allow(clippy::many_single_char_names)] // colour spaces are written with one letter an axis
#![allow(clippy::format_push_string)] // a test may be slow and plain
#![allow(clippy::format_collect)] // likewise
#![allow(clippy::type_complexity)] // tables of a test name their columns beside them
#![allow(clippy::items_after_statements)] // names used in one table stand beside it
#![allow(clippy::decimal_bitwise_operands)] // X11 packs two coordinates into one number

mod accuracy;
mod bombs;
mod cases;
mod contract;
#[cfg(feature = "desk")]
mod colour;
#[cfg(feature = "desk")]
mod corrections;
#[cfg(feature = "desk")]
mod desk;
mod edits;
mod encodings;
mod event;
#[cfg(feature = "desk")]
mod gestures;
mod hostile;
mod lang;
#[cfg(feature = "desk")]
mod map;
mod merge;
#[cfg(feature = "desk")]
mod monkey;
mod mutants;
mod pages;
mod place;
#[cfg(feature = "desk")]
mod story;
mod read;
mod store;
mod street;
mod tidy;
mod time;
#[cfg(all(feature = "desk", target_os = "linux"))]
mod window;
mod worker;
