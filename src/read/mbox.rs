//! A mailbox (RFC 4155) → an article for each message.

use super::bundle::Bundle;
use super::{Hint, ReadError, mail};
use crate::model::{Article, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"From ") && has_header(&bytes[..bytes.len().min(8192)])
}

/// A line like `Subject: …` among the first.
fn has_header(head: &[u8]) -> bool {
    head.split(|b| *b == b'\n').skip(1).take(40).any(|line| {
        ["subject:", "date:", "from:"]
            .iter()
            .any(|field| line.len() >= field.len() && line[..field.len()].eq_ignore_ascii_case(field.as_bytes()))
    })
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let mut bundle = Bundle::new(hint);
    let mut rest = bytes;
    let mut number = 0;
    while !rest.is_empty() && !bundle.is_full() {
        // The first line is the envelope's.
        let start = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
        let end = next_message(rest, start);
        number += 1;
        let mut own = Warnings::new();
        match mail::message(&rest[start..end], hint, &mut own) {
            Ok(mut articles) => {
                for article in &mut articles {
                    if article.about.source == hint.name {
                        article.about.doc_id = format!("{}-{number}", super::stem(&hint.name));
                    }
                }
                bundle.take("", articles, own, warnings);
            }
            Err(error) => bundle.refuse(&format!("message {number}"), error, warnings),
        }
        rest = &rest[end..];
    }
    bundle.finish(warnings)
}

/// "From ann@paper.example Thu May  9 10:00:00 2024": an address or a clock time, and a year at the end. A sentence may begin
/// with "From", too.
fn is_envelope(line: &[u8]) -> bool {
    let has_clock = line.windows(3).any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit());
    has_clock || (line.contains(&b'@') && line.split(|b| *b == b' ').count() <= 9)
}

/// Where the next message begins: at a line "From " after an empty line.
fn next_message(bytes: &[u8], mut at: usize) -> usize {
    while let Some(skip) = bytes.get(at..).and_then(|rest| rest.windows(6).position(|window| window == b"\nFrom ")) {
        let line = at + skip;
        let before = bytes[..line].strip_suffix(b"\r").unwrap_or(&bytes[..line]);
        let end = bytes[line + 1..].iter().take(300).position(|b| *b == b'\n').unwrap_or(0);
        if before.ends_with(b"\n") && is_envelope(&bytes[line + 1..line + 1 + end]) {
            return line + 1;
        }
        at = line + 1;
    }
    bytes.len()
}
