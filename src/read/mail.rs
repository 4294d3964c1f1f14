//! An e-mail message → the article in its body and those in its attachments; a page saved as MHTML → its article.

use jiff::civil::Date;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::block::blocks;
use super::bundle::{Bundle, is_furniture};
use super::published::Candidates;
use super::sheet::Sheet;
use super::{Hint, ReadError, about_from_hint, article_id, html};
use crate::model::{Article, BlockKind, PublishedFrom, Warnings};

/// Does it begin with the fields of a message, one of them a field that only messages have?
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut known = 0;
    for line in head[..head.len().min(8192)].split(|b| *b == b'\n').take(60) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) {
            continue;
        }
        let Some(at) = line.iter().position(|b| *b == b':') else { break };
        let name = line[..at].to_ascii_lowercase();
        match name.as_slice() {
            b"mime-version" | b"message-id" | b"received" | b"return-path" | b"delivered-to" | b"snapshot-content-location" => {
                return true;
            }
            b"from" | b"to" | b"subject" | b"date" | b"content-type" | b"reply-to" => known += 1,
            // A text may begin with any word and a colon; a field's name has no space in it.
            _ if name.is_empty() || name.contains(&b' ') => return false,
            _ => {}
        }
    }
    // "Subject: … Date: … From: …" is how wire stories were kept, too; what tells a message is the address.
    known >= 3 && head[..head.len().min(2048)].contains(&b'@')
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    message(bytes, hint, warnings)
}

/// Reads one message.
pub(super) fn message(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| ReadError::Broken("it is not a message".into()))?;
    if let Some(page) = saved_page(&message) {
        let inner = Hint { url: page.url.or_else(|| hint.url.clone()), ..hint.clone() };
        return html::read(page.html.as_bytes(), &inner, warnings);
    }
    let mut bundle = Bundle::new(hint);
    let mut own = Warnings::new();
    match body(&message, bytes, hint, &mut own) {
        Ok(article) => bundle.take("", vec![article], own, warnings),
        Err(ReadError::NoText) => {}
        Err(error) => return Err(error),
    }
    for part in message.attachments() {
        let name = part.attachment_name().unwrap_or("");
        let is_picture = part.content_type().is_some_and(|kind| matches!(&*kind.c_type, "image" | "audio" | "video" | "font"));
        let is_invitation = part.content_type().is_some_and(|kind| kind.c_subtype.as_deref() == Some("calendar"));
        let is_body = matches!(part.body, PartType::Text(_) | PartType::Html(_)) && name.is_empty();
        if is_picture || is_body || (!name.is_empty() && is_furniture(name)) || is_invitation {
            continue;
        }
        bundle.part(if name.is_empty() { "attachment" } else { name }, None, part.contents(), warnings);
    }
    bundle.finish(warnings)
}

struct Page {
    html: String,
    url: Option<String>,
}

/// A page as browsers save it: the root part is HTML and says where it came from.
fn saved_page(message: &Message<'_>) -> Option<Page> {
    let url = message.header_raw("Snapshot-Content-Location").map(|url| url.trim().to_owned());
    let root = message.html_bodies().next().filter(|part| part.is_text_html())?;
    let place = root.content_location().map(str::to_owned);
    let is_saved = url.is_some()
        || place.as_deref().is_some_and(|place| place.starts_with("http"))
        || message.header_raw("From").is_some_and(|from| from.contains("<Saved by"));
    let html = root.text_contents()?.to_owned();
    is_saved.then(|| Page { html, url: url.or(place).filter(|url| url.starts_with("http")) })
}

fn body(message: &Message<'_>, bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Article, ReadError> {
    let mut about = about_from_hint(hint);
    let subject = message.subject().map(bare_subject).filter(|subject| !subject.is_empty());
    about.title.clone_from(&subject);
    about.byline = message
        .from()
        .and_then(|from| from.first())
        .and_then(|sender| sender.name().or_else(|| sender.address()))
        .map(str::to_owned);
    let mut found = Candidates::default();
    if let Some(date) = message.date() {
        let day =
            i16::try_from(date.year).ok().and_then(|year| Date::new(year, date.month.cast_signed(), date.day.cast_signed()).ok());
        found.push(PublishedFrom::Meta, day, || format!("mail date = {}", date.to_rfc3339()));
    }
    about.date_candidates = found.into_vec();
    let mut sheet = Sheet::default();
    if let Some(subject) = &subject {
        sheet.add(BlockKind::Headline, subject);
    }
    let html_body = message.html_bodies().find(|part| part.is_text_html()).and_then(|part| part.text_contents());
    let text_body =
        message.text_bodies().find(|part| part.is_text() && !part.is_text_html()).and_then(|part| part.text_contents());
    // The plain form of a newsletter is often a stump that says "view in your browser".
    match (text_body, html_body) {
        (text, Some(page)) if text.is_none_or(|text| text.trim().len() < 400) => {
            let (words, found) = html::fragment(page, None);
            sheet.append(&words, &found);
        }
        (Some(text), _) => {
            let own = own_words(text);
            sheet.append(&own, &blocks(&own, subject.as_deref()));
        }
        _ => {}
    }
    if sheet.prose() == 0 {
        return Err(ReadError::NoText);
    }
    sheet.article(article_id(bytes, 0), about, "", warnings)
}

/// "Fwd: Re: Talks open" → "Talks open".
fn bare_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((head, tail)) = rest.split_once(':') {
        if !matches!(head.trim().to_ascii_lowercase().as_str(), "re" | "fw" | "fwd" | "aw" | "wg" | "tr" | "rv" | "sv") {
            break;
        }
        rest = tail.trim();
    }
    rest.to_owned()
}

/// The body without what was quoted, the fields of a forwarded message and the signature.
fn own_words(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let is_field = |line: &str| {
        ["From:", "To:", "Cc:", "Sent:", "Date:", "Subject:", "Reply-To:"].iter().any(|field| line.starts_with(field))
    };
    let is_rule = |line: &str| line.starts_with("-----") && line.to_lowercase().contains("message");
    let mut kept = String::new();
    for line in text.lines() {
        if line == "-- " {
            break;
        }
        if line.starts_with('>') || is_rule(line) || is_field(line) {
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    if kept.trim().is_empty() {
        // Nothing but a quotation: then it is what was sent.
        return text.lines().map(|line| line.trim_start_matches(['>', ' '])).collect::<Vec<_>>().join("\n");
    }
    kept
}
