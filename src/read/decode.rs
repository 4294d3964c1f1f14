//! Bytes → text: byte order mark, declared character set, then a guess; never fails, tells what was lost.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::{Warning, Warnings};

/// Bytes that the guess looks at.
const LOOKED_AT: usize = 256 * 1024;

/// Decodes `bytes`. `declared` is the label that the content itself gives, if any. Where the file goes on beyond `bytes`,
/// a character cut in two at the end is dropped in silence.
pub(super) fn decode<'a>(bytes: &'a [u8], declared: Option<&[u8]>, end: End, warnings: &mut Warnings) -> Cow<'a, str> {
    let (encoding, mark) = encoding(bytes, declared);
    let body = &bytes[mark.min(bytes.len())..];
    let (mut text, had_errors) = encoding.decode_without_bom_handling(body);
    let mut lost = had_errors;
    if end == End::Cut && had_errors {
        let whole = text.trim_end_matches('\u{fffd}').len();
        lost = text[..whole].contains('\u{fffd}');
        match &mut text {
            Cow::Borrowed(text) => *text = &text[..whole],
            Cow::Owned(text) => text.truncate(whole),
        }
    }
    if lost {
        let message = format!("Some characters could not be read as {} and were replaced", encoding.name());
        warnings.push(Warning::new("replaced-characters", message));
    }
    text
}

/// Is the last byte given the file's last byte?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    Cut,
}

/// The encoding and the length of its byte order mark.
fn encoding(bytes: &[u8], declared: Option<&[u8]>) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length);
    }
    if let Some(encoding) = wide(bytes) {
        return (encoding, 0);
    }
    // Text that is valid UTF-8 and not plain ASCII is UTF-8, whatever it declares: the chance of another encoding giving
    // valid sequences is nil beyond a few characters.
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() + 4 > head.len(),
    };
    if is_utf8 && !has_escapes(head) {
        return (UTF_8, 0);
    }
    if let Some(encoding) = declared.and_then(Encoding::for_label) {
        // A page read as bytes cannot be UTF-16 when its declaration could be read byte by byte.
        let encoding = if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding };
        if encoding != UTF_8 {
            return (encoding, 0);
        }
    }
    let mostly_utf8 = nearly_utf8(head);
    if mostly_utf8 {
        return (UTF_8, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, true);
    (detector.guess(None, Utf8Detection::Allow), 0)
}

/// ISO-2022-JP hides its letters in ASCII behind escapes.
fn has_escapes(head: &[u8]) -> bool {
    head.windows(2).any(|pair| pair == [0x1b, b'$'] || pair == [0x1b, b'('])
}

/// Valid UTF-8 but for a few bytes, with at least some letters beyond ASCII that are right.
fn nearly_utf8(head: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && bad * 10 <= good
}

/// UTF-16 without a mark: every other byte of Western text is zero.
pub(super) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 >= half * 7 && even * 10 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 10 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}
