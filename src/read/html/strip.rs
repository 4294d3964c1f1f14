//! HTML text → its words, without building a tree: for pages that the gate refuses. Linear.

use super::gate::{is_raw, next_tag, raw_end};

/// The visible words, a line for each block.
pub(super) fn strip(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut text = String::new();
    let (mut at, mut hidden) = (0, 0_u32);
    while let Some(tag) = next_tag(bytes, at) {
        if hidden == 0 {
            // Comments stand between `at` and the tag too; they are cut out below.
            push_words(&mut text, html.get(at..tag.start).unwrap_or(""));
        }
        at = tag.end;
        let name = tag.name.to_ascii_lowercase();
        if !tag.is_end && is_raw(&name) {
            at = raw_end(bytes, &name, at);
        }
        match (name.as_slice(), tag.is_end) {
            (b"nav" | b"footer" | b"noscript" | b"svg" | b"template" | b"select", false) if !tag.closes_itself => hidden += 1,
            (b"nav" | b"footer" | b"noscript" | b"svg" | b"template" | b"select", true) => hidden = hidden.saturating_sub(1),
            (
                b"a" | b"b" | b"i" | b"em" | b"strong" | b"span" | b"u" | b"s" | b"small" | b"font" | b"sup" | b"sub" | b"time"
                | b"abbr" | b"q" | b"mark" | b"cite" | b"code",
                _,
            ) => {}
            _ if !text.ends_with('\n') && !text.is_empty() => text.push('\n'),
            _ => {}
        }
    }
    if hidden == 0 {
        push_words(&mut text, html.get(at..).unwrap_or(""));
    }
    text
}

/// Adds words with their entities decoded and runs of white space made one.
fn push_words(text: &mut String, mut raw: &str) {
    while !raw.is_empty() {
        let Some(open) = raw.find("<!") else {
            push_plain(text, raw);
            return;
        };
        push_plain(text, &raw[..open]);
        let rest = &raw[open..];
        let close =
            if rest.starts_with("<!--") { rest.find("-->").map(|end| end + 3) } else { rest.find('>').map(|end| end + 1) };
        raw = close.map_or("", |end| &rest[end..]);
    }
}

fn push_plain(text: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let mut used = c.len_utf8();
        let mut c = c;
        if c == '&'
            && let Some((decoded, length)) = entity(rest)
        {
            (c, used) = (decoded, length);
        }
        rest = &rest[used..];
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

/// `&amp;`, `&#8217;`, `&#x2019;` at the start, and how many bytes it takes.
pub(crate) fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => ' ',
            "ndash" => '–',
            "mdash" => '—',
            "lsquo" => '‘',
            "rsquo" => '’',
            "ldquo" => '“',
            "rdquo" => '”',
            "hellip" => '…',
            "eacute" => 'é',
            "copy" => '©',
            "bull" => '•',
            "pound" => '£',
            "euro" => '€',
            _ => return None,
        }
    };
    Some((c, end + 1))
}
