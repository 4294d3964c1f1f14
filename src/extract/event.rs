//! Draft → events with type, parts, standing, attribution and figures; quotes with speakers.

use super::{Draft, Knowledge};

/// Verbs and event nouns with their types and roles.
#[derive(Debug, Default)]
pub struct VerbBook {}

impl VerbBook {
    #[must_use]
    pub fn load() -> Self {
        Self {}
    }
}

pub fn events(_knowledge: &Knowledge, _draft: &mut Draft<'_>) {}
