//! Every test of the house in one binary; one module per room.

mod accuracy;
mod cases;
#[cfg(feature = "desk")]
mod colour;
#[cfg(feature = "desk")]
mod desk;
mod event;
mod hostile;
mod lang;
#[cfg(feature = "desk")]
mod map;
mod place;
#[cfg(feature = "desk")]
mod story;
mod read;
mod street;
mod tidy;
mod time;
#[cfg(all(feature = "desk", target_os = "linux"))]
mod window;
