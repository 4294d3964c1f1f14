//! View or analysis → bytes.

mod jsonl;

pub use jsonl::jsonl;
