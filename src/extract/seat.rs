//! Draft with events → capitals of the governments that take part, and the final roles of places.

use super::{Draft, Knowledge};

pub fn seats(_knowledge: &Knowledge, _draft: &mut Draft<'_>) {}
