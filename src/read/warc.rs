//! A web archive (WARC 1.1, ISO 28500), packed or not → an article for each page in it.

use std::io::Read as _;

use flate2::bufread::GzDecoder;

use super::bundle::{Bundle, is_furniture};
use super::zip::inflate;
use super::{Hint, LIMITS, ReadError};
use crate::model::{Article, Warning, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"WARC/") {
        return true;
    }
    let mut head = [0; 5];
    bytes.starts_with(b"\x1f\x8b\x08") && GzDecoder::new(bytes).read_exact(&mut head).is_ok() && &head == b"WARC/"
}

/// Reads every page that was fetched well.
pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let mut bundle = Bundle::new(hint);
    let mut empty = 0_usize;
    let mut page = |record: &[u8], bundle: &mut Bundle<'_>, warnings: &mut Warnings| {
        let Some(page) = page(record, hint) else { return };
        let mut own = Warnings::new();
        let name = page.url.split(['?', '#']).next().unwrap_or("").trim_end_matches('/').rsplit('/').next().unwrap_or("page");
        if is_furniture(name) {
            return;
        }
        let inner = Hint { name: name.to_owned(), url: Some(page.url.clone()), nest: hint.nest.clone(), ..Hint::default() };
        match super::read(&page.body, &inner, &mut own) {
            Ok(articles) => bundle.take(&page.url, articles, own, warnings),
            Err(ReadError::NoText | ReadError::Empty | ReadError::Unsupported(_)) => empty += 1,
            Err(error) => bundle.refuse(&page.url, error, warnings),
        }
    };
    if bytes.starts_with(b"WARC/") {
        let mut rest = bytes;
        while let Some((record, after)) = record(rest) {
            page(record, &mut bundle, warnings);
            rest = after;
            if bundle.is_full() {
                break;
            }
        }
    } else {
        // Each record is packed by itself, one after the other.
        let mut rest = bytes;
        while !rest.is_empty() && !bundle.is_full() {
            let before = rest.len();
            let mut stream = GzDecoder::new(rest);
            let content = inflate(&mut stream, before, hint)?;
            rest = stream.into_inner();
            let mut inside = content.as_slice();
            while let Some((record, after)) = record(inside) {
                page(record, &mut bundle, warnings);
                inside = after;
            }
            if rest.len() >= before {
                break;
            }
        }
    }
    if empty > 0 {
        let words = if empty == 1 {
            "1 page in it holds no article text".into()
        } else {
            format!("{empty} pages in it hold no article text")
        };
        warnings.push(Warning::new("no-text", words));
    }
    bundle.finish(warnings)
}

/// The first record, head and body, and what follows it.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let start = bytes.windows(5).take(64).position(|window| window == b"WARC/")?;
    let bytes = &bytes[start..];
    let (head, body) = parts(bytes)?;
    let length: usize = field(head, "content-length")?.parse().ok()?;
    let end = (bytes.len() - body.len()).checked_add(length)?.min(bytes.len());
    Some((&bytes[..end], &bytes[end..]))
}

/// Head and body, parted by an empty line.
fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let most = bytes.len().min(64 * 1024);
    let (at, skip) = bytes[..most]
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map(|at| (at, 4))
        .or_else(|| bytes[..most].windows(2).position(|window| window == b"\n\n").map(|at| (at, 2)))?;
    Some((&bytes[..at], &bytes[at + skip..]))
}

/// A field of a head of lines, its name in lower case.
fn field(head: &[u8], name: &str) -> Option<String> {
    head.split(|b| *b == b'\n').find_map(|line| {
        let at = line.iter().position(|b| *b == b':')?;
        line[..at].eq_ignore_ascii_case(name.as_bytes()).then(|| String::from_utf8_lossy(&line[at + 1..]).trim().to_owned())
    })
}

struct Page {
    url: String,
    body: Vec<u8>,
}

fn page(record: &[u8], hint: &Hint) -> Option<Page> {
    let (head, body) = parts(record)?;
    let url = field(head, "warc-target-uri")?;
    let url = url.trim_matches(['<', '>']).to_owned();
    match field(head, "warc-type")?.as_str() {
        "conversion" => Some(Page { url, body: body.to_vec() }),
        "resource" => is_page(&field(head, "content-type")?).then(|| Page { url, body: body.to_vec() }),
        "response" => {
            let (http, content) = parts(body)?;
            let status = http.split(|b| *b == b' ').nth(1)?;
            if status != b"200" || !is_page(&field(http, "content-type")?) {
                return None;
            }
            let chunked = field(http, "transfer-encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked"));
            let content = if chunked { unchunk(content).unwrap_or_else(|| content.to_vec()) } else { content.to_vec() };
            let packed = field(http, "content-encoding").is_some_and(|how| how.eq_ignore_ascii_case("gzip"))
                && content.starts_with(b"\x1f\x8b");
            let content = if packed { inflate(GzDecoder::new(content.as_slice()), content.len(), hint).ok()? } else { content };
            Some(Page { url, body: content })
        }
        _ => None,
    }
}

fn is_page(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    ["text/html", "application/xhtml", "application/pdf", "text/plain"].iter().any(|page| kind.contains(page))
}

/// RFC 9112, 7.1: lengths in hexadecimal, each before its chunk. `None` where the body is not chunked after all.
fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.iter().take(32).position(|b| *b == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let length = usize::from_str_radix(line.trim().split(';').next()?, 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 || body.len() > LIMITS.page_bytes {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..length.min(rest.len()))?);
        rest = rest.get(length..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}
