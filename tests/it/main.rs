//! Every test of the house in one binary; one module per room.

mod cases;
mod lang;
mod place;
mod street;
mod tidy;
mod time;
