//! Markdown → one article: front matter, headings, paragraphs, captions of images.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::block::same_words;
use super::cues::{is_byline, kind_by_cue};
use super::date::field_date;
use super::lines::is_blank;
use super::published::{Candidates, settle, stamp};
use super::{Hint, ReadError, about_from_hint, article_id, plain};
use crate::lang::detect;
use crate::model::{About, Article, Block, BlockKind, PublishedFrom, Span, Warnings};

/// Front matter or a heading on the first line: plain text begins with neither.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines = head[..head.len().min(1024)].split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end);
    match lines.next() {
        Some(b"---") => {
            lines.next().is_some_and(|line| line.first().is_some_and(u8::is_ascii_alphabetic) && line.contains(&b':'))
        }
        Some(line) => line.starts_with(b"# ") && line.len() > 4,
        None => false,
    }
}

/// Reads Markdown (`CommonMark` with front matter).
pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let source = plain::text_of(bytes, None, warnings);
    let mut about = about_from_hint(hint);
    let mut page = Page::default();
    for event in Parser::new_ext(&source, Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_STRIKETHROUGH) {
        page.take(event, &mut about);
    }
    page.flush(None);
    let Page { text, blocks, .. } = page;
    if blocks.is_empty() {
        return Err(if source.trim_matches(is_blank).is_empty() { ReadError::Empty } else { ReadError::NoText });
    }
    if about.title.is_none() {
        about.title = blocks.iter().find(|block| block.kind == BlockKind::Headline).map(|block| block.span.of(&text).to_owned());
    }
    settle(&mut about, &text, &blocks, &hint.name, warnings);
    about.language = detect(&text).map(|language| language.code.to_owned()).or(about.language);
    Ok(vec![Article { id: article_id(bytes, 0), about, blocks, text }])
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // kinds of element, each of them open or not
struct Page {
    text: String,
    blocks: Vec<Block>,
    line: String,
    linked: usize,
    in_link: bool,
    in_image: bool,
    in_front: bool,
    in_code: bool,
}

impl Page {
    fn take(&mut self, event: Event<'_>, about: &mut About) {
        match event {
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => self.in_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => {
                self.in_front = false;
                let front = std::mem::take(&mut self.line);
                fill(&front, about);
            }
            Event::Start(Tag::Link { .. }) => self.in_link = true,
            Event::End(TagEnd::Link) => self.in_link = false,
            Event::Start(Tag::Image { .. }) => {
                self.flush(None);
                self.in_image = true;
            }
            Event::End(TagEnd::Image) => {
                self.in_image = false;
                self.flush(Some(BlockKind::Caption));
            }
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                self.flush(Some(BlockKind::Boilerplate));
            }
            Event::End(TagEnd::Heading(level)) => {
                let is_first = !self.blocks.iter().any(|block| block.kind == BlockKind::Headline);
                let is_title = about.title.as_deref().is_some_and(|title| same_words(title, &self.line));
                let is_head = is_first && (level == HeadingLevel::H1 || is_title) && !self.has_begun();
                self.flush(Some(if is_head { BlockKind::Headline } else { BlockKind::Subheading }));
            }
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_))
            | Event::Rule
            | Event::HardBreak => self.flush(None),
            Event::Text(words) | Event::Code(words) => {
                self.linked += if self.in_link { words.len() } else { 0 };
                self.line.push_str(&words);
            }
            Event::SoftBreak => self.line.push(if self.in_front { '\n' } else { ' ' }),
            _ => {}
        }
    }

    fn has_begun(&self) -> bool {
        self.blocks.iter().any(|block| block.kind == BlockKind::Paragraph)
    }

    fn flush(&mut self, kind: Option<BlockKind>) {
        if self.in_front || self.in_code {
            return;
        }
        let line = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        let line = line.trim_matches(is_blank);
        if !line.chars().any(char::is_alphanumeric) {
            return;
        }
        let kind = match kind {
            Some(kind @ (BlockKind::Headline | BlockKind::Caption | BlockKind::Boilerplate)) => kind,
            Some(kind) => kind_by_cue(line).unwrap_or(kind),
            None if is_byline(line) || stamp(line).is_some_and(|stamp| stamp.has_cue || !self.has_begun()) => BlockKind::Credit,
            None => kind_by_cue(line).unwrap_or(if linked * 10 >= line.len() * 8 && !line.ends_with('.') {
                BlockKind::RelatedLink
            } else {
                BlockKind::Paragraph
            }),
        };
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(line);
        self.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
    }
}

/// Front matter, one `key: value` a line.
fn fill(front: &str, about: &mut About) {
    let mut found = Candidates::default();
    for line in front.lines().take(100) {
        let Some((key, value)) = line.split_once(':') else { continue };
        let (key, value) = (key.trim().to_lowercase(), value.trim().trim_matches(['"', '\'']).trim());
        if value.is_empty() {
            continue;
        }
        let words = Some(value.to_owned());
        match key.as_str() {
            "title" | "headline" => about.title = words,
            "outlet" | "publisher" | "site" | "source" | "publication" => about.outlet = words,
            "author" | "authors" | "byline" | "by" => about.byline = words,
            "url" | "link" | "canonical" | "canonical_url" if value.starts_with("http") => about.url = words,
            "lang" | "language" => about.language = Some(value.to_lowercase().chars().take(2).collect()),
            "date" | "published" | "publishdate" | "publish_date" | "pubdate" | "date_published" | "created" | "modified"
            | "updated" | "lastmod" => {
                let key = if key == "lastmod" { "modified" } else { &key };
                found.push(PublishedFrom::Meta, field_date(value), || format!("front matter {key} = {value}"));
            }
            _ => {}
        }
    }
    about.date_candidates = found.into_vec();
}
