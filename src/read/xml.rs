//! XML text → a small tree, within limits. No entity is fetched or expanded beyond the five of XML and those of HTML; a
//! document type with an internal subset is refused.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::decode::{End, decode};
use super::html::entity;
use super::{LIMITS, ReadError};
use crate::model::{Warning, Warnings};

/// An element, its names without their prefixes.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element of this name anywhere inside, in the order of the text.
    pub fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }

    /// All elements of this name anywhere inside; those inside one another too.
    pub fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.all(name, found);
        }
    }

    /// Everything written inside.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => element.write(text),
            }
        }
    }

    /// The text of a child, without white space around it; `None` where there is none.
    pub fn said(&self, name: &str) -> Option<String> {
        let words = self.child(name)?.text();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }
}

/// Reads a document. Where it breaks off, what stands before is kept with a warning.
pub(super) fn parse(bytes: &[u8], warnings: &mut Warnings) -> Result<Element, ReadError> {
    if bytes.len() > LIMITS.xml_bytes {
        return Err(ReadError::TooLarge(format!("{} MB for an XML document", LIMITS.xml_bytes / 1_000_000)));
    }
    let text = decode(bytes, declared(bytes), End::Whole, warnings);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.check_end_names = false;
    let mut open = vec![Element::default()];
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                if open[0].children.is_empty() && open.len() == 1 {
                    return Err(ReadError::Broken(format!("its XML is wrong: {error}")));
                }
                warnings.push(Warning::new("broken-off", format!("Its XML breaks off ({error}); what stands before was read")));
                break;
            }
        };
        match event {
            Event::Start(start) => {
                if open.len() > LIMITS.xml_depth {
                    return Err(ReadError::Broken(format!("its XML nests more than {} elements", LIMITS.xml_depth)));
                }
                open.push(element(&start)?);
            }
            Event::Empty(start) => {
                let element = element(&start)?;
                push(&mut open, Node::Element(element));
            }
            Event::End(_) => close(&mut open),
            Event::Text(words) => push_text(&mut open, &words.xml10_content()),
            Event::CData(words) => push_text(&mut open, &words.xml10_content()),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", name.xml10_content());
                match entity(&reference) {
                    Some((c, _)) => push_text(&mut open, c.encode_utf8(&mut [0; 4])),
                    None => push_text(&mut open, &reference),
                }
            }
            Event::DocType(doctype) => {
                if doctype.xml10_content().contains('[') {
                    return Err(ReadError::Broken("it defines entities of its own, which Dateline refuses".into()));
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    let mut top = open.pop().unwrap_or_default();
    let root = top.children.iter().position(|node| matches!(node, Node::Element(_)));
    match root.map(|at| top.children.swap_remove(at)) {
        Some(Node::Element(root)) => Ok(root),
        _ => Err(ReadError::Broken("there is no element in its XML".into())),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, ReadError> {
    let mut element = Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.html_attributes().with_checks(false).flatten() {
        if element.attributes.len() >= LIMITS.xml_attributes {
            return Err(ReadError::Broken(format!("an XML element has more than {} attributes", LIMITS.xml_attributes)));
        }
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
        element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(element)
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn push_text(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.children.push(Node::Text(words.to_owned())),
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(element) = open.pop()
    {
        push(open, Node::Element(element));
    }
}

/// `<?xml … encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(200)];
    let head = &head[..head.windows(2).position(|pair| pair == b"?>")?];
    let at = head.windows(9).position(|window| window == b"encoding=")? + 9;
    let quote = *head.get(at).filter(|b| matches!(b, b'"' | b'\''))?;
    let rest = &head[at + 1..];
    Some(&rest[..rest.iter().position(|b| *b == quote)?])
}

/// The name of the first element, without its prefix, in the first bytes of a document; `None` where it is no XML.
pub(super) fn root(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(8192)];
    // UTF-16 has a zero beside each letter.
    let head: Vec<u8> = head.iter().filter(|b| **b != 0).copied().collect();
    let head = String::from_utf8_lossy(&head);
    let mut rest = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->")?.1.trim_start();
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest = rest.split_once('>')?.1.trim_start();
            // The rest of a document type's own subset.
            rest = rest.strip_prefix("]>").unwrap_or(rest).trim_start();
        } else {
            let name = rest.strip_prefix('<')?;
            let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
            let name = &name[..end];
            return Some(name.rsplit(':').next().unwrap_or(name).to_owned());
        }
    }
}
