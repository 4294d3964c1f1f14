//! Arguments → the window, or `dateline extract` without one.

fn main() {}
