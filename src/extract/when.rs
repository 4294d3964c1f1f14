//! Draft with events → the same with each event dated.

use super::{Draft, Knowledge};

pub fn when(_knowledge: &Knowledge, _draft: &mut Draft<'_>) {}
