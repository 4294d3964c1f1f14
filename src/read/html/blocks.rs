//! The cleaned tree of a page → text and blocks: headings, paragraphs, captions, links to other articles.

use dom_query::NodeRef;

use crate::model::{Block, BlockKind, Span};
use crate::read::block::same_words;
use crate::read::cues::{is_byline, kind_by_cue};
use crate::read::lines::{ends_sentence, is_blank, starts_low};
use crate::read::published::stamp;

/// Deepest nesting followed; the gate lets 512 pass and the cleaning adds a few.
const DEPTH: usize = 600;
/// Characters of an element that may be a box as its class says ("related", "newsletter"); more is the article itself in a
/// wrapper with an unlucky name.
const BOX: usize = 700;

/// Text and blocks of `root`, under the headline `title`.
pub(super) fn blocks(root: &NodeRef<'_>, title: Option<&str>, limit: usize) -> (String, Vec<Block>) {
    let mut page = Page { limit, ..Page::default() };
    if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
        title.clone_into(&mut page.line);
        page.flush(Context { kind: Some(BlockKind::Headline), ..Context::default() });
    }
    page.walk(root, Context::default(), 0);
    page.flush(Context::default());
    page.settle(title);
    (page.text, page.blocks)
}

/// Where in the page the walk is.
#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // kinds of element, each of them open or not
struct Context {
    /// What the elements around say that their text is.
    kind: Option<BlockKind>,
    in_link: bool,
    in_bold: bool,
    in_time: bool,
    /// In a list or a box beside the text, where links lead away.
    in_aside: bool,
}

#[derive(Default)]
struct Page {
    text: String,
    blocks: Vec<Block>,
    /// The block being gathered, and how much of it is linked, bold and in time elements, in bytes.
    line: String,
    linked: usize,
    bold: usize,
    timed: usize,
    limit: usize,
}

impl Page {
    fn walk(&mut self, node: &NodeRef<'_>, context: Context, depth: usize) {
        if depth > DEPTH || self.text.len() > self.limit {
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                self.push(&child.text(), context);
                continue;
            }
            let Some(name) = child.node_name() else { continue };
            let mut inner = context;
            match &*name {
                "script" | "style" | "noscript" | "svg" | "form" | "button" | "input" | "select" | "iframe" | "nav"
                | "template" | "audio" | "video" | "canvas" | "object" => continue,
                "td" | "th" if !is_small(&child) => {}
                "br" => {
                    if ends_sentence(&self.line) || self.line.ends_with('\n') || kind_by_cue(self.line.trim()).is_some() {
                        self.flush(context);
                    } else {
                        self.line.push('\n');
                    }
                    continue;
                }
                "hr" | "img" => {
                    if &*name == "hr" {
                        self.flush(context);
                    }
                    continue;
                }
                "a" => {
                    inner.in_link = true;
                    self.walk(&child, inner, depth + 1);
                    continue;
                }
                "b" | "strong" => {
                    inner.in_bold = true;
                    self.walk(&child, inner, depth + 1);
                    continue;
                }
                "time" => {
                    inner.in_time = true;
                    self.walk(&child, inner, depth + 1);
                    continue;
                }
                "span" | "em" | "i" | "u" | "s" | "small" | "font" | "sup" | "sub" | "abbr" | "q" | "mark" | "cite" | "code"
                | "ins" | "del" | "bdi" | "bdo" | "dfn" | "kbd" | "var" | "data" | "label" => {
                    self.walk(&child, inner, depth + 1);
                    continue;
                }
                "td" | "th" => {
                    if !self.line.trim().is_empty() {
                        self.line.push_str(", ");
                    }
                    self.walk(&child, inner, depth + 1);
                    continue;
                }
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => inner.kind = inner.kind.or(Some(BlockKind::Subheading)),
                "figcaption" | "figure" | "caption" => inner.kind = Some(BlockKind::Caption),
                "li" | "aside" => inner.in_aside = true,
                _ => {}
            }
            self.flush(context);
            if is_foreign(&child) {
                continue;
            }
            if let Some(kind) = by_class(&child) {
                inner.kind = Some(kind);
            }
            self.walk(&child, inner, depth + 1);
            self.flush(inner);
        }
    }

    fn push(&mut self, words: &str, context: Context) {
        let before = self.line.len();
        for c in words.chars() {
            if !c.is_whitespace() {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
        let added = self.line.len() - before;
        self.linked += if context.in_link { added } else { 0 };
        self.bold += if context.in_bold { added } else { 0 };
        self.timed += if context.in_time { added } else { 0 };
    }

    /// Ends the block being gathered.
    fn flush(&mut self, context: Context) {
        let line = std::mem::take(&mut self.line);
        let (linked, bold, timed) =
            (std::mem::take(&mut self.linked), std::mem::take(&mut self.bold), std::mem::take(&mut self.timed));
        let share = |part: usize| part * 10 >= line.len() * 8;
        let (is_linked, is_bold, is_timed) = (share(linked), share(bold), share(timed));
        // Lines broken by hand are one paragraph where the next goes on with a small letter.
        let mut pieces: Vec<String> = Vec::new();
        for piece in line.split('\n').map(|piece| piece.trim_matches(is_blank)).filter(|piece| !piece.is_empty()) {
            match pieces.last_mut() {
                Some(last) if starts_low(piece) || last.ends_with([',', ';']) => {
                    last.push(' ');
                    last.push_str(piece);
                }
                _ => pieces.push(piece.to_owned()),
            }
        }
        for piece in pieces.iter().filter(|piece| piece.chars().any(char::is_alphanumeric)) {
            let kind = if is_timed { BlockKind::Credit } else { kind_of(piece, context, is_linked, is_bold) };
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            let start = self.text.len();
            self.text.push_str(piece);
            self.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
        }
    }

    /// What can be said only with the whole page in view.
    fn settle(&mut self, title: Option<&str>) {
        // The headline stands in the page once more.
        if let Some(title) = title {
            let again = self.blocks.iter().skip(1).position(|block| same_words(title, block.span.of(&self.text)));
            if let Some(at) = again.filter(|at| *at < 4) {
                self.blocks[at + 1].kind = BlockKind::Boilerplate;
            }
        }
        // A heading with nothing but links under it heads the links.
        for at in (0..self.blocks.len()).rev() {
            let next = self.blocks.get(at + 1).map(|block| block.kind);
            if self.blocks[at].kind == BlockKind::Subheading
                && matches!(next, None | Some(BlockKind::RelatedLink | BlockKind::Boilerplate))
            {
                let is_last = next.is_none();
                let has_text_after = self.blocks[at + 1..].iter().any(|block| block.kind == BlockKind::Paragraph);
                if is_last || !has_text_after {
                    self.blocks[at].kind = BlockKind::Boilerplate;
                }
            }
        }
    }
}

fn kind_of(line: &str, context: Context, is_linked: bool, is_bold: bool) -> BlockKind {
    let words = line.split_whitespace().count();
    match context.kind {
        Some(BlockKind::Headline) => return BlockKind::Headline,
        Some(BlockKind::Subheading) => {
            return if is_linked && words >= 4 {
                BlockKind::RelatedLink
            } else {
                kind_by_cue(line).unwrap_or(BlockKind::Subheading)
            };
        }
        Some(BlockKind::Paragraph) | None => {}
        Some(kind) => return kind,
    }
    if let Some(kind) = kind_by_cue(line) {
        return kind;
    }
    if is_byline(line) || stamp(line).is_some_and(|stamp| stamp.has_cue || words <= 8) {
        return BlockKind::Credit;
    }
    if is_linked && !line.ends_with('.') {
        return if words >= 4 { BlockKind::RelatedLink } else { BlockKind::Boilerplate };
    }
    let is_short = words <= 12 && !ends_sentence(line) && !line.ends_with([':', ',', ';']);
    if is_bold && is_short && !context.in_aside {
        return BlockKind::Subheading;
    }
    BlockKind::Paragraph
}

/// Consent walls and readers' comments, of whatever size: nothing in them is the article's.
fn is_foreign(node: &NodeRef<'_>) -> bool {
    let named = |name: Option<String>| {
        name.is_some_and(|name| {
            let name = name.to_lowercase();
            name.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| {
                matches!(part, "cookie" | "cookies" | "gdpr" | "onetrust" | "didomi" | "consent" | "comments" | "disqus" | "cmp")
            })
        })
    };
    (named(node.class().map(|name| name.to_string())) || named(node.attr("id").map(|name| name.to_string())))
        && !node.node_name().is_some_and(|name| matches!(&*name, "body" | "main" | "article"))
}

/// What an element's class says that it holds, where it is small enough to be believed.
fn by_class(node: &NodeRef<'_>) -> Option<BlockKind> {
    let class = node.class()?.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| class.contains(word));
    let kind = if says(&[
        "newsletter",
        "subscribe",
        "signup",
        "sign-up",
        "advert",
        "ad-slot",
        "sharing",
        "social-",
        "cookie",
        "pullquote",
        "pull-quote",
        "toolbar",
        "paywall",
        "twitter-tweet",
        "instagram-media",
        "tiktok-embed",
        "bluesky-embed",
        "fb-post",
        "telegram-post",
        "jp-relatedposts",
        "most-read",
        "mostread",
    ]) {
        BlockKind::Boilerplate
    } else if says(&[
        "related",
        "read-more",
        "readmore",
        "read-also",
        "more-on",
        "recirc",
        "recommended",
        "rich-link",
        "inline-promo",
        "also-read",
        "teaser",
    ]) {
        BlockKind::RelatedLink
    } else if says(&["byline", "copyright", "article-author", "author-info"]) {
        BlockKind::Credit
    } else if says(&["caption", "image-credit", "photo-credit"]) {
        BlockKind::Caption
    } else {
        return None;
    };
    is_small(node).then_some(kind)
}

fn is_small(node: &NodeRef<'_>) -> bool {
    let mut bytes = 0;
    node.descendants_it().filter(NodeRef::is_text).all(|text| {
        bytes += text.text().trim().len();
        bytes <= BOX
    })
}
