//! The language floor: spans, sentences, trees.

use dateline::lang::{English, detect};
use dateline::model::{Block, BlockKind, Span};

fn whole(text: &str) -> Vec<Block> {
    vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }]
}

/// The sentences of a text, one string each.
fn sentences(text: &str) -> Vec<&str> {
    English::load().segment(text, &whole(text)).sentences.iter().map(|sentence| sentence.span.of(text)).collect()
}

#[test]
fn sentences_end_where_news_ends_them() {
    let rows: [&[&str]; 9] = [
        &["Mr. Blinken met Gen. Dan Caine in Washington, D.C. on Monday.", "They talked."],
        &["He lives in the U.S.", "The envoy left at 5 p.m.", "It rained."],
        &["PARIS, Oct. 9 (Reuters) - France said on Thursday it would help.", "“We are ready,” he said."],
        &["“Why now?” Macron asked.", "\"It is over.\"", "Nobody knew..."],
        &["The firm, Acme Inc., paid $1.5 million to J. K. Simmons.", "Shares fell 2.5 percent."],
        &["He cited sources (e.g. Reuters) and No. 10.", "It is true!", "Is it?"],
        &["Talks ended at 9 a.m. local time.", "See https://example.org/a.html.", "Then go."],
        &["The U.N. Security Council voted.", "The U.S. Secretary of State left."],
        &["One. [1]", "Two?", "Three"],
    ];
    for row in rows {
        let text = row.join(" ");
        let want: Vec<String> = row.iter().map(ToString::to_string).collect();
        assert_eq!(sentences(&text), want);
    }
}

#[test]
fn spans_are_views_into_the_text() {
    let odd = "“Ça va?”\u{a0}said É. Zola—twice… 🇫🇷 a\u{301}b \u{200b}(x) n't ' '' -- - $ US$5bn 5km ... .5 #Tag @me e@x.org ''' ((( a-b-c- -d\n\n• one\n• two \u{0}";
    for text in [odd, "", " ", "'", "-", "…", "a.b.c.d.e", ".....", "\n\n\n", "\u{301}", "'s", "’’’’", "1-2-3", "n't", "I."]
    {
        let parsed = English::load().parse(text, &whole(text));
        let mut end = 0;
        for token in &parsed.tokens {
            let span = token.span;
            assert!(span.start < span.end && text.get(span.range()).is_some(), "{text:?} {span:?}");
            let between = &text[end..span.start as usize];
            assert!(!between.contains(char::is_alphanumeric), "{text:?} lost {between:?}");
            end = span.end as usize;
        }
        assert!(!text[end..].contains(char::is_alphanumeric));
        assert_eq!(parsed.lemmas.len(), parsed.tokens.len());
        for sentence in &parsed.sentences {
            assert!(!sentence.tokens().is_empty());
        }
    }
}

#[test]
fn sentences_never_cross_a_block() {
    let text = "Headline without a stop\nThe text begins";
    let blocks = [
        Block { span: Span::new(0, 23), kind: BlockKind::Headline },
        Block { span: Span::new(24, text.len()), kind: BlockKind::Paragraph },
    ];
    let parsed = English::load().parse(text, &blocks);
    let rows: Vec<_> = parsed.sentences.iter().map(|sentence| (sentence.block, sentence.span.of(text))).collect();
    assert_eq!(rows, [(0, "Headline without a stop"), (1, "The text begins")]);
}

#[test]
fn a_text_without_stops_or_spaces_is_cut_hard() {
    for text in ["word ".repeat(20_000), "x".repeat(50_000), "é".repeat(30_000), "a-".repeat(20_000), ". ".repeat(20_000)] {
        let parsed = English::load().segment(&text, &whole(&text));
        assert!(parsed.sentences.iter().all(|sentence| sentence.span.len() <= 11_000), "{}", &text[..10]);
    }
}

#[test]
fn another_language_is_told_and_english_is_not() {
    let rows = [
        (
            "Le président français a reçu mardi à Paris les ministres des affaires étrangères de plusieurs pays arabes.",
            Some("fr"),
        ),
        (
            "Der Bundeskanzler traf am Montag in Berlin mit dem ukrainischen Präsidenten zusammen, um über Hilfe zu sprechen.",
            Some("de"),
        ),
        ("Президент России заявил в среду, что переговоры с Украиной продолжатся на следующей неделе в Стамбуле.", Some("ru")),
        (
            "The French president received the foreign ministers of several Arab states in Paris on Tuesday, officials said.",
            Some("en"),
        ),
        ("Abdel Fattah, Benjamin, Recep Tayyip", None),
        ("", None),
    ];
    for (text, want) in rows {
        assert_eq!(detect(text).map(|language| language.code), want, "{text}");
    }
}
