//! Draft → places, resolved for the whole article at once.

use super::{Draft, Knowledge};

pub fn places(_knowledge: &Knowledge, _draft: &mut Draft<'_>) {}
