//! Draft → time expressions with TIMEX3 value and interval.

use super::{Draft, Knowledge};

/// The rule tables of one language, compiled.
#[derive(Debug, Default)]
pub struct TimeRules {}

impl TimeRules {
    #[must_use]
    pub fn load() -> Self {
        Self {}
    }
}

pub fn times(_knowledge: &Knowledge, _draft: &mut Draft<'_>) {}
