//! A file packed with gzip → what is in it.

use flate2::read::MultiGzDecoder;

use super::bundle::Bundle;
use super::zip::inflate;
use super::{Hint, ReadError};
use crate::model::{Article, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b\x08")
}

/// Unpacks one file and reads it by its own kind.
pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let content = inflate(MultiGzDecoder::new(bytes), bytes.len(), hint)?;
    let name = hint.name.strip_suffix(".gz").unwrap_or(&hint.name);
    let mut bundle = Bundle::new(hint);
    bundle.part(name, hint.url.clone(), &content, warnings);
    bundle.finish(warnings)
}
