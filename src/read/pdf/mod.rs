//! PDF → one article out of its text layer: in reading order, words joined over lines, running heads and page numbers
//! dropped. A scan and a locked file are said to be such.
//!
//! The crate `hayro-syntax` reads the file's objects; what letters its codes stand for (`font`), where they stand (`page`)
//! and in which order they are read (`layout`, `flow`) is decided here. After ISO 32000-1.
//!
//! Chosen by a bake-off of readers on 40 PDFs that were made for it (Chromium's print, `WeasyPrint` and `wkhtmltopdf`, `LibreOffice`,
//! LaTeX, groff, ps2pdf, typewriter text, `ReportLab`, fpdf; one to three columns, running heads, hyphens), F1 over runs of
//! four words against the text that was put in: this 0.960, `pdftotext` 0.884. `pdf-extract` needs 72 crates and `pdf_oxide`
//! 167, font writers among them; `hayro-syntax` needs two.
//!
//! # Limits
//! A newspaper page with several articles gives one article. Text along the margin that runs upwards is left out.

mod cmap;
mod flow;
mod font;
mod layout;
mod page;

use hayro_syntax::{LoadPdfError, Pdf};

use super::published::Candidates;
use super::sheet::Sheet;
use super::{Hint, LIMITS, ReadError, about_from_hint, article_id};
use crate::model::{Article, PublishedFrom, Warning, Warnings};

/// The mark may stand a little into the file.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::Broken("it is not a whole PDF file".into()),
    })?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(ReadError::Broken("no page could be found in it".into()));
    }
    let mut fonts = font::Fonts::default();
    let mut budget = page::Budget::default();
    let pages: Vec<page::Drawn> =
        pdf.pages().iter().take(LIMITS.pages).map(|page| page::drawn(page, &mut fonts, &mut budget)).collect();
    let (letters, unknown) = pages.iter().fold((0, 0), |(all, unknown), page| (all + page.letters, unknown + page.unknown));
    if letters == 0 {
        return Err(if pages.iter().any(|page| page.has_pictures) { ReadError::Scanned } else { ReadError::NoText });
    }
    if unknown * 2 > letters {
        return Err(ReadError::Broken("its fonts do not say which letters they draw".into()));
    }
    if unknown * 50 > letters {
        let message = "Some letters could not be told from the fonts of the PDF and were left out";
        warnings.push(Warning::new("replaced-characters", message));
    }
    if count > LIMITS.pages || budget.is_spent() {
        warnings.push(Warning::new("truncated", "Only the first pages of the PDF were read"));
    }
    let lines: Vec<Vec<layout::Line>> = pages.into_iter().map(layout::lines).collect();
    let mut about = about_from_hint(hint);
    let mut sheet = Sheet::default();
    let told = flow::write(lines, &mut sheet);
    if about.url.is_none() {
        about.url = told.url;
    }
    let metadata = pdf.metadata();
    about.title = told.title.or_else(|| metadata.title.as_deref().map(cmap::text_string).filter(|title| is_title(title)));
    about.byline = metadata.author.as_deref().map(cmap::text_string).filter(|name| is_name(name));
    if let Some(made) = metadata.creation_date {
        let mut found = Candidates::default();
        let day = i16::try_from(made.year)
            .ok()
            .and_then(|year| jiff::civil::Date::new(year, made.month.cast_signed(), made.day.cast_signed()).ok());
        found.push(PublishedFrom::File, day, || format!("document created = {:04}-{:02}-{:02}", made.year, made.month, made.day));
        about.date_candidates = found.into_vec();
    }
    sheet.article(article_id(bytes, 0), about, &hint.name, warnings).map(|article| vec![article])
}

/// Programs write the file's name where the title belongs.
fn is_title(title: &str) -> bool {
    title.split_whitespace().count() >= 3
        && !["Microsoft Word", "untitled", "Untitled", "about:blank"].iter().any(|head| title.starts_with(head))
        && !title.starts_with("http")
}

fn is_name(name: &str) -> bool {
    (2..=8).contains(&name.split_whitespace().count()) && !name.chars().any(|c| c.is_ascii_digit() || c == '@')
}
