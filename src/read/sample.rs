//! The sample story that the desk opens with at the first start: file names and bytes.
//!
//! Written for the project from the public facts of August 2025; each title says that it is a sample.

/// Name and content of each file, in the order of their dates.
pub const SAMPLE: &[(&str, &[u8])] = &[
    ("1-anchorage.md", include_bytes!("../../assets/sample/1-anchorage.md")),
    ("2-white-house.md", include_bytes!("../../assets/sample/2-white-house.md")),
    ("3-venue.md", include_bytes!("../../assets/sample/3-venue.md")),
];
