//! HTML text → may a tree be built of it? A linear scan, run before the parser.
//!
//! Every HTML parser and reader in reach is quadratic in the depth of nesting and in the number of attributes; a page of
//! 53 KB of nested `div` took 5 to 39 seconds. The scan follows the tree construction of the HTML standard (13.2.6) only as
//! far as it must never find a tree shallower than the parser builds: where in doubt an element stays open here.

/// Why a page is not given to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// More than this many elements inside one another.
    Deep(usize),
    /// A tag with more than this many attributes.
    Wide(usize),
    /// More than this many elements.
    Many(usize),
    /// Tags so crossed that following them is no longer linear.
    Tangled,
}

impl Refusal {
    /// For people, after "the page".
    pub fn words(self) -> String {
        match self {
            Self::Deep(limit) => format!("nests more than {limit} elements"),
            Self::Wide(limit) => format!("has a tag with more than {limit} attributes"),
            Self::Many(limit) => format!("has more than {limit} elements"),
            Self::Tangled => "crosses its tags without end".into(),
        }
    }
}

/// The gate's own limits.
#[derive(Clone, Copy, Debug)]
pub struct Gate {
    pub depth: usize,
    pub attributes: usize,
    pub elements: usize,
}

/// How an element's end tag is obeyed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Closed by its like or its parent; it never makes a chain of its own.
    Implied,
    /// Its end tag takes only itself off: formatting elements (adoption agency) and `form`.
    Alone,
    /// Its end tag closes all inside it, unless a marker stands between.
    Special,
    /// As special, and a wall for the end tags of elements around it.
    Marker,
    /// Its end tag closes what is inside it only as long as nothing special is.
    Ordinary,
}

fn class(name: &[u8]) -> Class {
    match name {
        b"p" | b"li" | b"dt" | b"dd" | b"tr" | b"td" | b"th" | b"thead" | b"tbody" | b"tfoot" | b"colgroup" | b"option"
        | b"optgroup" | b"rp" | b"rt" | b"rb" | b"rtc" | b"html" | b"head" | b"body" => Class::Implied,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike" | b"strong" | b"tt"
        | b"u" | b"form" => Class::Alone,
        b"applet" | b"object" | b"marquee" | b"template" | b"table" | b"caption" | b"button" | b"select" | b"svg" | b"math"
        | b"foreignobject" | b"desc" | b"annotation-xml" => Class::Marker,
        b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dialog" | b"dir" | b"div" | b"dl"
        | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"frameset" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6"
        | b"header" | b"hgroup" | b"iframe" | b"listing" | b"main" | b"menu" | b"nav" | b"noscript" | b"ol" | b"pre"
        | b"search" | b"section" | b"summary" | b"ul" => Class::Special,
        _ => Class::Ordinary,
    }
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"basefont"
            | b"bgsound"
            | b"br"
            | b"col"
            | b"embed"
            | b"frame"
            | b"hr"
            | b"img"
            | b"image"
            | b"input"
            | b"keygen"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements whose content is text up to their own end tag.
pub(super) fn is_raw(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"textarea" | b"title" | b"xmp" | b"iframe" | b"noembed" | b"noframes")
}

/// HTML elements that end a drawing or a formula they are met in.
fn breaks_out(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"li"
            | b"dt"
            | b"dd"
            | b"head"
            | b"body"
            | b"span"
            | b"sub"
            | b"sup"
            | b"var"
            | b"ruby"
            | b"table"
            | b"blockquote"
    ) || (matches!(class(name), Class::Alone | Class::Special) && name != b"form")
}

/// One tag of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    pub name: &'a [u8],
    pub is_end: bool,
    pub closes_itself: bool,
    pub attributes: usize,
    /// Bytes of the whole tag, and of the raw text after it where there is any.
    pub start: usize,
    pub end: usize,
}

/// The next tag at or after `at`; comments and declarations are passed over. `None` at the end.
pub(super) fn next_tag(html: &[u8], mut at: usize) -> Option<Tag<'_>> {
    loop {
        at += html.get(at..)?.iter().position(|b| *b == b'<')?;
        let rest = &html[at + 1..];
        match rest.first()? {
            b'!' if rest.starts_with(b"!--") => {
                // `<!-->` and `<!--->` are whole comments.
                let body = at + 4;
                if html[body..].starts_with(b">") || html[body..].starts_with(b"->") {
                    at = body + 1;
                } else {
                    at = comment_end(html, body);
                }
            }
            b'!' | b'?' => at += 1 + rest.iter().position(|b| *b == b'>').unwrap_or(rest.len()),
            b'/' if rest.get(1).is_some_and(u8::is_ascii_alphabetic) => return tag_at(html, at, at + 2, End::Yes),
            b'/' => at += 2,
            first if first.is_ascii_alphabetic() => return tag_at(html, at, at + 1, End::No),
            _ => at += 1,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Yes,
    No,
}

/// Where a comment whose text begins at `at` ends: after `-->` or `--!>`.
fn comment_end(html: &[u8], mut at: usize) -> usize {
    while let Some(skip) = html.get(at..).and_then(|rest| rest.windows(2).position(|pair| pair == b"--")) {
        at += skip + 1;
        let after = &html[at + 1..];
        if after.starts_with(b">") || after.starts_with(b"!>") {
            return at + 2;
        }
    }
    html.len()
}

/// Reads a tag whose name begins at `name`.
fn tag_at(html: &[u8], start: usize, name: usize, end: End) -> Option<Tag<'_>> {
    let is_space = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    let mut at = name + html[name..].iter().position(|b| is_space(*b) || matches!(b, b'/' | b'>'))?;
    let mut tag = Tag { name: &html[name..at], is_end: end == End::Yes, closes_itself: false, attributes: 0, start, end: at };
    loop {
        at += html[at..].iter().position(|b| !is_space(*b))?;
        match html[at] {
            b'>' => {
                tag.end = at + 1;
                return Some(tag);
            }
            b'/' => {
                tag.closes_itself = html.get(at + 1) == Some(&b'>');
                at += 1;
            }
            _ => {
                tag.attributes += 1;
                // A leading "=" belongs to the name.
                at += 1;
                at += html[at..].iter().position(|b| is_space(*b) || matches!(b, b'/' | b'>' | b'='))?;
                let value = at + html[at..].iter().position(|b| !is_space(*b))?;
                if html[value] != b'=' {
                    continue;
                }
                at = value + 1;
                at += html[at..].iter().position(|b| !is_space(*b))?;
                match html[at] {
                    quote @ (b'"' | b'\'') => at += 2 + html[at + 1..].iter().position(|b| *b == quote)?,
                    b'>' => {}
                    _ => at += html[at..].iter().position(|b| is_space(*b) || *b == b'>')?,
                }
            }
        }
    }
}

/// Where the raw text of `name` that begins at `at` ends: at its end tag, or at the end.
pub(super) fn raw_end(html: &[u8], name: &[u8], mut at: usize) -> usize {
    while let Some(skip) = html.get(at..).and_then(|rest| rest.windows(2).position(|pair| pair == b"</")) {
        at += skip;
        let after = &html[at + 2..];
        if after.len() >= name.len()
            && after[..name.len()].eq_ignore_ascii_case(name)
            && after.get(name.len()).is_none_or(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>'))
        {
            return at;
        }
        at += 2;
    }
    html.len()
}

/// Elements open at one point of the scan.
struct Open {
    stack: Vec<(Vec<u8>, Class)>,
    /// How many of the open elements share a hash: most stray end tags are seen to be stray without a search.
    shares: [u16; 256],
    /// Steps of search so far.
    steps: usize,
}

impl Open {
    fn share(name: &[u8]) -> usize {
        usize::from(name.iter().fold(name.len() as u8, |hash, b| hash.wrapping_mul(31).wrapping_add(*b)))
    }

    fn push(&mut self, name: Vec<u8>, class: Class) {
        self.shares[Self::share(&name)] += 1;
        self.stack.push((name, class));
    }

    fn truncate(&mut self, length: usize) {
        while self.stack.len() > length {
            if let Some((name, _)) = self.stack.pop() {
                self.shares[Self::share(&name)] -= 1;
            }
        }
    }

    /// The nearest open drawing, formula or doorway back to HTML.
    fn is_foreign(&self) -> bool {
        self.stack
            .iter()
            .rev()
            .find(|(name, _)| {
                matches!(
                    name.as_slice(),
                    b"svg" | b"math" | b"foreignobject" | b"desc" | b"annotation-xml" | b"mi" | b"mo" | b"mtext"
                )
            })
            .is_some_and(|(name, _)| matches!(name.as_slice(), b"svg" | b"math"))
    }

    fn close(&mut self, name: &[u8]) {
        if self.shares[Self::share(name)] == 0 {
            return;
        }
        let Some(at) = self.stack.iter().rposition(|(open, _)| open == name) else {
            self.steps += self.stack.len();
            return;
        };
        self.steps += self.stack.len() - at;
        let inside = &self.stack[at + 1..];
        match self.stack[at].1 {
            Class::Implied => {}
            Class::Alone => {
                self.stack.remove(at);
                self.shares[Self::share(name)] -= 1;
            }
            Class::Special | Class::Marker => {
                if inside.iter().all(|(_, class)| *class != Class::Marker) {
                    self.truncate(at);
                }
            }
            Class::Ordinary => {
                if inside.iter().all(|(_, class)| matches!(class, Class::Ordinary | Class::Alone)) {
                    self.truncate(at);
                }
            }
        }
    }
}

/// Scans the page. Linear: below 50 ms per MB.
///
/// # Errors
/// The first limit that is passed.
pub fn check(html: &str, gate: Gate) -> Result<(), Refusal> {
    let bytes = html.as_bytes();
    let mut open = Open { stack: Vec::new(), shares: [0; 256], steps: 0 };
    let (mut at, mut elements, mut foreign) = (0, 0, false);
    while let Some(tag) = next_tag(bytes, at) {
        at = tag.end;
        if tag.attributes > gate.attributes {
            return Err(Refusal::Wide(gate.attributes));
        }
        // Sixteen steps for each byte: far more than any real page takes, far less than a square.
        if open.steps > 100_000 + bytes.len() * 16 {
            return Err(Refusal::Tangled);
        }
        let name = tag.name.to_ascii_lowercase();
        if tag.is_end {
            open.close(&name);
            foreign = foreign && open.is_foreign();
            continue;
        }
        elements += 1;
        if elements > gate.elements {
            return Err(Refusal::Many(gate.elements));
        }
        if foreign && breaks_out(&name) {
            let outer = open.stack.iter().rposition(|(open, _)| matches!(open.as_slice(), b"svg" | b"math")).unwrap_or(0);
            open.truncate(outer);
            foreign = open.is_foreign();
        }
        let class = class(&name);
        if is_void(&name) || class == Class::Implied || (foreign && tag.closes_itself) {
            continue;
        }
        if !foreign && is_raw(&name) {
            at = raw_end(bytes, &name, at);
            continue;
        }
        let may_turn = matches!(name.as_slice(), b"svg" | b"math" | b"foreignobject" | b"desc" | b"annotation-xml");
        open.push(name, class);
        if may_turn {
            foreign = open.is_foreign();
        }
        if open.stack.len() > gate.depth {
            return Err(Refusal::Deep(gate.depth));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Gate, Refusal, check};

    const GATE: Gate = Gate { depth: 512, attributes: 1000, elements: 200_000 };

    #[test]
    fn at_the_limit_and_beyond() {
        let nested = |n: usize| "<div>".repeat(n) + &"</div>".repeat(n);
        assert_eq!(check(&nested(511), GATE), Ok(()));
        assert_eq!(check(&nested(512), GATE), Ok(()));
        assert_eq!(check(&nested(513), GATE), Err(Refusal::Deep(512)));
        let wide = |n: usize| format!("<p a{}=1>", (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join("=1 a"));
        assert_eq!(check(&wide(1000), GATE), Ok(()));
        assert_eq!(check(&wide(1001), GATE), Err(Refusal::Wide(1000)));
        assert_eq!(check(&"<br>".repeat(200_000), GATE), Ok(()));
        assert_eq!(check(&"<br>".repeat(200_001), GATE), Err(Refusal::Many(200_000)));
    }

    #[test]
    fn depth_cannot_be_hidden() {
        for trick in [
            "<div></x>",
            "<span><div></span>",
            "<b><div></b>",
            "<div><table></div>",
            "<svg><div/></svg>",
            "<form><div></form>",
            "<svg><style><g>",
        ] {
            assert_eq!(check(&trick.repeat(600), GATE), Err(Refusal::Deep(512)), "{trick}");
        }
    }

    #[test]
    fn ordinary_carelessness_passes() {
        for page in [
            "<p>one".repeat(2000),
            "<ul>".to_owned() + &"<li>one".repeat(2000) + "</ul>",
            "<table>".to_owned() + &"<tr><td>x".repeat(2000),
        ] {
            assert_eq!(check(&page, GATE), Ok(()));
        }
        assert_eq!(check("<script>var a = '<div><div>' < 3;</script><!-- <div> --><style>a<b</style>", GATE), Ok(()));
        for broken in ["<", "</", "<a", "<a href=", "<a href='", "<!--", "<!-", "<script>", "<a b=c", "<!-->", "<?x"] {
            assert_eq!(check(broken, GATE), Ok(()), "{broken}");
        }
    }
}
