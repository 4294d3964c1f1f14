//! View or analysis → bytes.

mod brief;
mod jsonl;

pub use brief::brief;
pub use jsonl::jsonl;
