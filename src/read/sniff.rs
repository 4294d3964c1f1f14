//! Bytes → what they are, where they are no text that Dateline reads.

use super::decode::wide;

/// Bytes looked at.
const HEAD: usize = 64 * 1024;

/// Names the kind of a file that is no readable article, as in "this is a PNG image, which Dateline does not read yet".
pub(super) fn unsupported(bytes: &[u8], name: &str) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(words) = by_signature(head) {
        return Some(words.into());
    }
    // Some formats are told by two letters that begin many a text: bytes that are text are asked no further.
    if !is_text(head)
        && let Some(kind) = infer::get(head)
        && !matches!(kind.mime_type(), "text/html" | "text/plain" | "text/xml" | "text/x-shellscript")
    {
        return Some(in_words(kind.mime_type(), kind.extension()));
    }
    if is_binary(head) {
        return Some("a binary file".into());
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())?;
    match extension.as_str() {
        "csv" | "tsv" => Some("a table".into()),
        "json" | "jsonl" | "ndjson" => Some("a JSON file".into()),
        "url" | "webloc" | "desktop" => Some("a link to a page".into()),
        _ => None,
    }
}

/// Formats that are text to the eye of a sniffer by magic numbers.
fn by_signature(head: &[u8]) -> Option<&'static str> {
    let body = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |prefix: &str| body.len() >= prefix.len() && body[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes());
    if starts("%PDF-") {
        return Some("a PDF document");
    }
    if starts("{\\rtf") {
        return Some("an RTF document");
    }
    if starts("WARC/") {
        return Some("a web archive");
    }
    if starts("From ") && has_header(body) {
        return Some("a mailbox");
    }
    if ["mime-version:", "return-path:", "delivered-to:", "received:", "message-id:"].iter().any(|field| starts(field)) {
        return Some("an e-mail message");
    }
    if starts("<?xml") || starts("<rss") || starts("<feed") || starts("<nitf") || starts("<newsItem") {
        let rest = String::from_utf8_lossy(&body[..body.len().min(2048)]).to_lowercase();
        if rest.contains("<html") {
            return None;
        }
        if rest.contains("<rss") || rest.contains("<feed") || rest.contains("<rdf") {
            return Some("a news feed");
        }
        return Some(if rest.contains("<svg") { "an SVG drawing" } else { "an XML file" });
    }
    let mut signs = body.iter().filter(|b| !b.is_ascii_whitespace());
    match (signs.next(), signs.next()) {
        (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{')) => Some("a JSON file"),
        _ => None,
    }
}

/// A line like `Subject: …` among the first.
fn has_header(body: &[u8]) -> bool {
    body.split(|b| *b == b'\n').take(20).any(|line| {
        ["subject:", "date:", "from:"]
            .iter()
            .any(|field| line.len() >= field.len() && line[..field.len()].eq_ignore_ascii_case(field.as_bytes()))
    })
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
