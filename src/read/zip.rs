//! A ZIP archive → its entries, in memory and within limits; nothing is ever written. After APPNOTE 6.3.10.
//!
//! Only the central directory is believed about what there is; only the bytes themselves about how long they are.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::bundle::{Bundle, is_furniture};
use super::{Hint, LIMITS, ReadError};
use crate::model::{Article, Warning, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Reads every file in an archive that can hold an article.
pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let archive = Archive::open(bytes)?;
    let mut bundle = Bundle::new(hint);
    let mut left_out = 0;
    for entry in &archive.entries {
        if bundle.is_full() {
            break;
        }
        if entry.name.ends_with(['/', '\\']) || is_furniture(&entry.name) || is_index(&entry.name, &archive) {
            left_out += usize::from(!entry.name.ends_with(['/', '\\']));
            continue;
        }
        match archive.unpack(entry, hint) {
            Ok(content) => bundle.part(&entry.name, None, &content, warnings),
            // The whole is a bomb, or all that may be unpacked is used up: what comes after is no better.
            Err(error @ ReadError::TooLarge(_)) if hint.nest.room() == 0 => return Err(error),
            Err(error) => bundle.refuse(&entry.name, error, warnings),
        }
    }
    if left_out > 0 {
        let words = if left_out == 1 {
            "1 file that holds no article was".into()
        } else {
            format!("{left_out} files that hold no articles were")
        };
        warnings.push(Warning::new("left-out", format!("{words} left out")));
    }
    bundle.finish(warnings)
}

/// What a WACZ (a web archive in a ZIP) keeps about itself.
fn is_index(name: &str, archive: &Archive<'_>) -> bool {
    archive.has("datapackage.json") && !name.starts_with("archive/")
}

/// An archive's directory.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    /// Where its local header begins.
    at: usize,
    packed: u64,
    method: u16,
    is_encrypted: bool,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}

fn broken(why: &str) -> ReadError {
    ReadError::Broken(format!("the archive is damaged: {why}"))
}

impl<'a> Archive<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let (mut at, count) = directory(bytes).ok_or_else(|| broken("its directory is missing"))?;
        if count > LIMITS.entries as u64 {
            return Err(ReadError::TooLarge(format!("{} files in an archive", LIMITS.entries)));
        }
        let mut entries = Vec::new();
        while let Some((entry, next)) = entry(bytes, at) {
            if entries.len() >= LIMITS.entries {
                return Err(ReadError::TooLarge(format!("{} files in an archive", LIMITS.entries)));
            }
            entries.push(entry);
            at = next;
        }
        // Files that share bytes make a small archive unpack to any size.
        let mut places: Vec<(usize, u64)> = entries.iter().map(|entry| (entry.at, entry.packed)).collect();
        places.sort_unstable();
        if places.windows(2).any(|pair| pair[0].0 as u64 + 30 + pair[0].1 > pair[1].0 as u64) {
            return Err(ReadError::Broken("files in the archive overlap, as in a bomb".into()));
        }
        Ok(Self { bytes, entries })
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The content of the file with this name; `None` where there is none.
    pub fn file(&self, name: &str, hint: &Hint) -> Result<Option<Vec<u8>>, ReadError> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| self.unpack(entry, hint)).transpose()
    }

    fn unpack(&self, entry: &Entry, hint: &Hint) -> Result<Vec<u8>, ReadError> {
        if entry.is_encrypted {
            return Err(ReadError::Encrypted);
        }
        let header = self
            .bytes
            .get(entry.at..)
            .filter(|rest| rest.starts_with(b"PK\x03\x04"))
            .ok_or_else(|| broken("a file's header is not where it should be"))?;
        let (name, extra) = (u16_at(header, 26), u16_at(header, 28));
        let start = 30 + usize::from(name.unwrap_or(0)) + usize::from(extra.unwrap_or(0));
        let length = usize::try_from(entry.packed).unwrap_or(usize::MAX);
        let end = start.checked_add(length).ok_or_else(|| broken("a file's length is wrong"))?;
        let packed = header.get(start..end).ok_or_else(|| broken("a file ends beyond the archive"))?;
        match entry.method {
            0 => {
                hint.nest.take(packed.len())?;
                if packed.len() > LIMITS.entry_bytes {
                    return Err(too_large());
                }
                Ok(packed.to_vec())
            }
            8 => inflate(DeflateDecoder::new(packed), packed.len(), hint),
            _ => Err(ReadError::Broken("it is packed in a way that Dateline does not know".into())),
        }
    }
}

fn too_large() -> ReadError {
    ReadError::TooLarge(format!("{} MiB for one file in an archive", LIMITS.entry_bytes >> 20))
}

/// Unpacks a stream within the limits of size and ratio. What a damaged stream gave before its end is kept.
pub(super) fn inflate(mut stream: impl Read, packed: usize, hint: &Hint) -> Result<Vec<u8>, ReadError> {
    let mut content = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let count = match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(_) if !content.is_empty() => break,
            Err(error) => return Err(broken(&error.to_string())),
        };
        hint.nest.take(count)?;
        if content.len() + count > LIMITS.entry_bytes {
            return Err(too_large());
        }
        content.extend_from_slice(&chunk[..count]);
        let size = content.len() as u64;
        if size > LIMITS.ratio_from && size > LIMITS.ratio * packed as u64 {
            return Err(ReadError::TooLarge(format!("{} times its packed size, as in a bomb", LIMITS.ratio)));
        }
    }
    Ok(content)
}

/// Where the central directory begins and how many entries it says it has.
fn directory(bytes: &[u8]) -> Option<(usize, u64)> {
    // The end record is 22 bytes and a comment of at most 65,535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = from + bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let (count, size, at) = (u16_at(bytes, end + 10)?, u32_at(bytes, end + 12)?, u32_at(bytes, end + 16)?);
    if count != u16::MAX && at != u32::MAX {
        let at = usize::try_from(at).ok()?;
        // An archive with something put before it: the directory ends where the end record begins.
        let shifted = end.checked_sub(usize::try_from(size).ok()?)?;
        let at = if bytes.get(at..)?.starts_with(b"PK\x01\x02") || count == 0 { at } else { shifted };
        return Some((at, u64::from(count)));
    }
    let locator = end.checked_sub(20)?;
    bytes.get(locator..)?.starts_with(b"PK\x06\x07").then_some(())?;
    let record = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
    bytes.get(record..)?.starts_with(b"PK\x06\x06").then_some(())?;
    Some((usize::try_from(u64_at(bytes, record + 48)?).ok()?, u64_at(bytes, record + 32)?))
}

/// The entry of the central directory at `at`, and where the next begins.
fn entry(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    let head = bytes.get(at..)?;
    head.starts_with(b"PK\x01\x02").then_some(())?;
    let (flags, method) = (u16_at(head, 8)?, u16_at(head, 10)?);
    let (mut packed, unpacked) = (u64::from(u32_at(head, 20)?), u32_at(head, 24)?);
    let (name, extra, comment) = (usize::from(u16_at(head, 28)?), usize::from(u16_at(head, 30)?), usize::from(u16_at(head, 32)?));
    let mut offset = u64::from(u32_at(head, 42)?);
    let words = head.get(46..46 + name)?;
    // ZIP64 keeps what does not fit in an extra field, in this order, only what is missing.
    let mut fields = head.get(46 + name..46 + name + extra)?;
    while let (Some(kind), Some(size)) = (u16_at(fields, 0), u16_at(fields, 2)) {
        if kind == 1 {
            let mut place = 4 + if unpacked == u32::MAX { 8 } else { 0 };
            if packed == u64::from(u32::MAX) {
                packed = u64_at(fields, place)?;
                place += 8;
            }
            if offset == u64::from(u32::MAX) {
                offset = u64_at(fields, place)?;
            }
        }
        fields = fields.get(4 + usize::from(size)..).unwrap_or(&[]);
    }
    let name_text = String::from_utf8_lossy(words).into_owned();
    let entry = Entry { name: name_text, at: usize::try_from(offset).ok()?, packed, method, is_encrypted: flags & 1 == 1 };
    Some((entry, at + 46 + name + extra + comment))
}
