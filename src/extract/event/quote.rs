//! Text with trees → words in quotation marks and who spoke them.

use super::book::Cue;
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::{Article, EventType, Quote, Span};

/// Quotes in text order. A quote never crosses a block: an unclosed mark ends with its paragraph, as in print.
pub fn quotes(reader: &Reader<'_>, article: &Article) -> Vec<Quote> {
    let mut found = Vec::new();
    let blocks: Vec<Span> = if article.blocks.is_empty() {
        vec![Span::new(0, article.text.len())]
    } else {
        article.blocks.iter().map(|block| block.span).collect()
    };
    for block in blocks {
        let mut last: Option<u32> = None;
        for span in marked(block.of(&article.text), block.start as usize) {
            let speaker = reader.speaker(span).or_else(|| last.filter(|_| span.len() > 40));
            last = speaker.or(last);
            found.push(Quote { span, speaker });
        }
    }
    found
}

/// Spans between quotation marks, marks included; straight single marks are left out: they are apostrophes as often.
fn marked(text: &str, offset: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '“' | '„' | '«') => open = Some((at, c)),
            (None, '"' | '‘') if !before.is_alphanumeric() => open = Some((at, c)),
            (Some((from, mark)), _) if closes(mark, c) && !(c == '’' && next_is_letter(text, at + c.len_utf8())) => {
                if at > from + mark.len_utf8() {
                    found.push(Span::new(offset + from, offset + at + c.len_utf8()));
                }
                open = None;
            }
            _ => {}
        }
        before = c;
    }
    if let Some((from, mark)) = open.filter(|(from, mark)| *mark == '“' && text.len() - from > 20) {
        debug_assert!(mark.len_utf8() > 0);
        found.push(Span::new(offset + from, offset + text.len()));
    }
    found
}

fn closes(open: char, c: char) -> bool {
    matches!((open, c), ('“' | '„', '”' | '“') | ('«', '»') | ('"', '"') | ('‘', '’'))
}

fn next_is_letter(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
}

impl Reader<'_> {
    /// The actor who says what stands in `span`: subject of the verb of saying that governs or follows it.
    fn speaker(&self, span: Span) -> Option<u32> {
        let tree = self.tree;
        let tokens = &tree.parsed.tokens;
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let last = tokens.partition_point(|token| token.span.start < span.end);
        if first >= last {
            return None;
        }
        let mut spoken: Option<usize> = None;
        let sentences = (tokens[first].sentence as usize, tokens[last - 1].sentence as usize);
        let range = tree.parsed.sentences.get(sentences.0).map_or(first, |s| s.first as usize)
            ..tree.parsed.sentences.get(sentences.1).map_or(last, |s| s.last as usize);
        // nearest verb of saying outside the marks, in the sentences the quote touches
        for at in range {
            if (first..last).contains(&at) || tree.upos(at) != Upos::Verb {
                continue;
            }
            let says = self.book.verb(tree.lemma(at)).is_some_and(|frame| frame.kind == EventType::Statement)
                || self.book.is(tree.lemma(at), Cue::States)
                || self.book.is(tree.lemma(at), Cue::Reporting);
            let distance = |at: usize| if at < first { first - at } else { at - last };
            if says && spoken.is_none_or(|known| distance(at) < distance(known)) {
                spoken = Some(at);
            }
        }
        let verb = spoken?;
        let by = tree.child(verb, Rel::OblAgent).map(|agent| vec![agent]);
        let subjects = by.unwrap_or_else(|| self.subjects(verb));
        subjects.into_iter().find_map(|subject| self.actors(subject).first().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_paired_and_apostrophes_left_alone() {
        let text = "He said “we’re ready” and ‘Gaza’s future’ is \"open\".";
        let words: Vec<&str> = marked(text, 0).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["“we’re ready”", "‘Gaza’s future’", "\"open\""]);
    }
}
