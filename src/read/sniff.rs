//! Bytes → what they are, where they are no text that Dateline reads.

use super::decode::wide;

/// Bytes looked at.
const HEAD: usize = 64 * 1024;

/// Names the kind of a file that is no readable article, as in "this is a PNG image, which Dateline does not read yet".
/// Formats that have a reader pass.
pub(super) fn unsupported(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(b"%PDF-")
        || head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || head.starts_with(b"\x1f\x8b\x08")
    {
        return None;
    }
    if head.starts_with(b"bplist00") || head.starts_with(b"{\\rtf") {
        return None;
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some("an old Microsoft Office document (.doc, to be saved as .docx)".into());
    }
    if is_drawing(head) {
        return Some("an SVG drawing".into());
    }
    // Some formats are told by two letters that begin many a text: bytes that are text are asked no further.
    if !is_text(head)
        && let Some(kind) = infer::get(head)
        && !matches!(kind.mime_type(), "text/html" | "text/plain" | "text/xml" | "text/x-shellscript" | "application/pdf")
    {
        return Some(in_words(kind.mime_type(), kind.extension()));
    }
    // A PDF may have other bytes before its head; a web archive and a mailbox hold any bytes at all.
    let holds_bytes = head.starts_with(b"WARC/")
        || head.starts_with(b"From ")
        || head[..head.len().min(1024)].windows(5).any(|five| five == b"%PDF-");
    (!holds_bytes && is_binary(head)).then(|| "a binary file".into())
}

fn is_drawing(head: &[u8]) -> bool {
    super::xml::root(head).is_some_and(|name| name == "svg")
}

/// Whole UTF-8 without a control character, but for a character cut at the end.
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    is_utf8 && !head.iter().any(|b| is_control(*b))
}

/// A control character that no text holds.
const fn is_control(b: u8) -> bool {
    matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)
}

/// More than one byte in fifty is a control character that no text holds, and it is no UTF-16.
fn is_binary(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || wide(head).is_some() {
        return false;
    }
    let controls = head.iter().filter(|b| is_control(**b)).count();
    controls * 50 > head.len()
}

fn in_words(mime: &str, extension: &str) -> String {
    let upper = extension.to_ascii_uppercase();
    let noun = match mime.split('/').next() {
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "sound file",
        Some("font") => "font",
        _ => match extension {
            "zip" | "gz" | "bz2" | "7z" | "xz" | "rar" | "tar" | "zst" | "lz" | "lz4" => "archive",
            "exe" | "elf" | "dll" | "mach" | "wasm" | "class" => "program",
            "pdf" | "docx" | "doc" | "odt" | "xlsx" | "xls" | "ods" | "pptx" | "ppt" | "odp" | "rtf" | "epub" | "mobi" => {
                "document"
            }
            _ => "file",
        },
    };
    // "an MP3", "an ODT", but "a PNG": letters that are spoken with a vowel first.
    let article = if upper.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X']) { "an" } else { "a" };
    format!("{article} {upper} {noun}")
}
