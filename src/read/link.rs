//! A link saved as a file (.url, .webloc, .desktop) → the address, which is told and never fetched.

use super::{Hint, ReadError};
use crate::model::{Article, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(head);
    let body = text.trim_start_matches('\u{feff}').trim_start();
    body.starts_with("[InternetShortcut]")
        || body.starts_with("[Desktop Entry]")
        || (head.starts_with(b"bplist00") || body.contains("<plist")) && text.contains("URL")
}

/// Gives no article: the address, as the reason.
pub(super) fn read(bytes: &[u8], _hint: &Hint, _warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(64 * 1024)]);
    let named = text.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let key = key.trim();
        (key.eq_ignore_ascii_case("URL") || key.starts_with("URL[")).then(|| value.trim())
    });
    let found = named.or_else(|| ["https://", "http://"].iter().find_map(|head| text.find(head).map(|at| &text[at..])));
    let address: String = found
        .unwrap_or("")
        .chars()
        .take_while(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '"'))
        .take(300)
        .collect();
    // A binary property list holds its strings one after the other; the address ends where ASCII does.
    let address: String = address.chars().take_while(char::is_ascii).collect();
    if address.starts_with("http://") || address.starts_with("https://") {
        Err(ReadError::Link(address))
    } else {
        Err(ReadError::Broken("it is a link without a web address".into()))
    }
}
