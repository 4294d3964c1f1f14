//! Draft → actors: which words mean whom.

use super::{Draft, Knowledge};

pub fn actors(_knowledge: &Knowledge, _draft: &mut Draft<'_>) {}
