//! CoNLL-U treebank files → documents with their text, gold sentences, tokens, tags and trees.

use std::path::Path;

use anyhow::{Context, Result};
use dateline::lang::{Rel, Upos, penn_index};
use dateline::model::{Block, BlockKind, Span};

/// One word of a treebank sentence.
#[derive(Clone, Debug)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: Upos,
    pub xpos: u8,
    /// Index in the sentence; its own index for the root.
    pub head: usize,
    pub rel: Rel,
    /// Where it stands in the document's text.
    pub span: Span,
}

pub type Sentence = Vec<Word>;

/// A text with its gold reading.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub text: String,
    /// Paragraphs.
    pub blocks: Vec<Block>,
    pub sentences: Vec<Sentence>,
}

/// Reads a file; sentences of one document are joined by a space, paragraphs by a line feed.
pub fn read(path: &Path) -> Result<Vec<Document>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut documents: Vec<Document> = Vec::new();
    let mut paragraph = true;
    for block in content.split("\n\n") {
        let mut rows: Vec<Vec<&str>> = Vec::new();
        let mut raw = "";
        for line in block.lines() {
            if line.starts_with("# newdoc") {
                documents.push(Document::default());
                paragraph = true;
            } else if line.starts_with("# newpar") {
                paragraph = true;
            } else if let Some(text) = line.strip_prefix("# text = ") {
                raw = text;
            } else if !line.starts_with('#') && !line.is_empty() {
                rows.push(line.split('\t').collect());
            }
        }
        rows.retain(|row| row.len() == 10 && row[0].bytes().all(|b| b.is_ascii_digit()));
        if rows.is_empty() {
            continue;
        }
        if documents.is_empty() {
            documents.push(Document::default());
        }
        let document = documents.last_mut().context("a document was begun")?;
        if !document.text.is_empty() {
            document.text.push(if paragraph { '\n' } else { ' ' });
        }
        let start = document.text.len();
        document.text.push_str(raw);
        if paragraph {
            document.blocks.push(Block { span: Span::new(start, start), kind: BlockKind::Paragraph });
            paragraph = false;
        }
        if let Some(last) = document.blocks.last_mut() {
            last.span.end = document.text.len() as u32;
        }
        let mut at = 0;
        let mut sentence = Sentence::new();
        for (row, fields) in rows.iter().enumerate() {
            let found = raw[at..].find(fields[1]).with_context(|| format!("{} is not in: {raw}", fields[1]))?;
            let from = at + found;
            at = from + fields[1].len();
            let head: usize = fields[6].parse().context("the head is a number")?;
            sentence.push(Word {
                form: fields[1].into(),
                lemma: fields[2].into(),
                upos: Upos::of(fields[3]),
                xpos: penn_index(fields[4]),
                head: head.checked_sub(1).unwrap_or(row),
                rel: Rel::of(fields[7]),
                span: Span::new(start + from, start + at),
            });
        }
        document.sentences.push(sentence);
    }
    Ok(documents)
}
