//! The language floor: spans, sentences, trees.

use dateline::lang::{English, LANGUAGES, Parsed, Rel, Setting, Upos, detect};
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
    let rows: [&[&str]; 10] = [
        &["Mr. Blinken met Gen. Dan Caine in Washington, D.C. on Monday.", "They talked."],
        &["He lives in the U.S.", "The envoy left at 5 p.m.", "It rained."],
        &["PARIS, Oct. 9 (Reuters) -", "France said on Thursday it would help.", "“We are ready,” he said."],
        &["BONN - not a dateline, the mayor wrote.", "NATO met."],
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
        (
            "São Paulo, Côte d’Ivoire, Reykjavík: Mauro Vieira met João Lourenço in Luanda, the Élysée said; Öğretmen Şahin went home.",
            Some("en"),
        ),
        (
            "De premier zei dinsdag in Den Haag dat het kabinet meer geld of wapens voor Oekraïne zoekt, aldus zijn woordvoerder.",
            Some("nl"),
        ),
        ("Abdel Fattah, Benjamin, Recep Tayyip", None),
        ("", None),
    ];
    for (text, want) in rows {
        assert_eq!(detect(text).map(|language| language.code), want, "{text}");
    }
}

#[test]
fn names_and_dates_of_another_language_are_still_found() {
    let text = "Der deutsche Bundeskanzler Olaf Scholz ist am 2024-03-05 in Ankara mit dem türkischen Präsidenten Recep Tayyip \
                Erdogan zusammengetroffen. Die Gespräche werden in Berlin fortgesetzt, wie das Auswärtige Amt mitteilte.";
    let article = dateline::read::article_from_text(text.into(), dateline::model::About::default());
    let found = dateline::extract::extract(&dateline::extract::Knowledge::load(), &article);
    let told = found.warnings.iter().any(|warning| warning.message.contains("in German; Dateline reads English today"));
    assert!(told, "{:?}", found.warnings);
    let dates: Vec<&str> = found.times.iter().map(|time| time.span.of(&article.text)).collect();
    assert_eq!(dates, ["2024-03-05"]);
    let mut places: Vec<&str> = found.places.iter().map(|place| place.name.as_str()).collect();
    places.sort_unstable();
    assert_eq!(places, ["Ankara", "Berlin"]);
    assert!(found.actors.iter().any(|actor| actor.name.contains("Olaf Scholz")), "{:?}", found.actors);
    assert_eq!(found.events.len(), 0, "a text that is not understood tells of nothing");
}

#[test]
fn a_language_is_a_folder_and_a_row() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lang");
    let mut folders: Vec<String> =
        std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    let mut rows: Vec<&str> = LANGUAGES.iter().map(|language| language.code).collect();
    rows.sort_unstable();
    assert_eq!(folders, rows);
    for language in LANGUAGES {
        assert!(root.join(language.code).join("README.md").is_file(), "{}: data and licences", language.name);
        for setting in [Setting::Fast, Setting::Better] {
            let _loads = language.load(setting);
        }
        // The whole folder has a limit, so that the program stays small.
        let size: u64 =
            std::fs::read_dir(root.join(language.code)).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
        assert!(size <= 25_000_000, "{size}");
    }
}

/// Every sentence has one root, and every word comes to it.
fn assert_trees(parsed: &Parsed, text: &str) {
    for sentence in &parsed.sentences {
        let tokens = sentence.tokens();
        let head = |at: usize| parsed.tokens[at].head as usize;
        let roots: Vec<usize> = tokens.clone().filter(|at| head(*at) == *at).collect();
        assert_eq!(roots.len(), 1, "{}", sentence.span.of(text));
        assert_eq!(parsed.tokens[roots[0]].rel, Rel::Root);
        // How deep each word hangs, found without walking any stretch twice.
        let mut deep = vec![0_usize; tokens.len()];
        for start in tokens.clone() {
            let mut path = vec![start];
            let mut at = start;
            while deep[at - tokens.start] == 0 && head(at) != at {
                at = head(at);
                assert!(tokens.contains(&at) && path.len() <= tokens.len(), "a ring in {}", sentence.span.of(text));
                path.push(at);
            }
            let from = deep[at - tokens.start].max(1);
            for (more, at) in path.iter().rev().enumerate() {
                deep[at - tokens.start] = from + more;
            }
        }
    }
}

#[test]
fn trees_are_trees_in_both_settings() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lang");
    let mut text: String = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap().lines().next().unwrap().to_owned() + " ")
        .collect();
    text.push_str("((( ' '' -- - $ ... .5 #Tag e@x.org \u{0} 🇫🇷 a\u{301}b . ? ! ; , , , and and and of of of the the the");
    for setting in [Setting::Fast, Setting::Better] {
        assert_trees(&LANGUAGES[0].load(setting).parse(&text, &whole(&text)), &text);
    }
    // Far longer than the net reads at a time: read in pieces that hang together.
    let long = "the envoy who met ministers, and ".repeat(250);
    assert_trees(&English::load().parse(&long, &whole(&long)), &long);
}

#[test]
fn a_sentence_of_a_million_words_is_cut_hard() {
    let text = "word ".repeat(1_000_000);
    let parsed = English::load().segment(&text, &whole(&text));
    assert_eq!(parsed.tokens.len(), 1_000_000);
    // The cost of a tree grows with the words of a sentence, and these are few.
    assert!(parsed.sentences.iter().all(|sentence| sentence.tokens().len() <= 2_500));
}

/// A sentence with its tree, one word per line: form, part of speech and Penn tag, lemma, relation, head.
fn drawn(english: &English, text: &str) -> String {
    let parsed = english.parse(text, &whole(text));
    let mut out = format!("{text}\n\n");
    for (at, token) in parsed.tokens.iter().enumerate() {
        let head = parsed.head(at).map_or("", |head| parsed.tokens[head].span.of(text));
        let row = [token.span.of(text), &[token.upos.label(), token.penn()].join("/"), parsed.lemma(at), token.rel.label(), head];
        out.push_str(row.join("\t").trim_end());
        out.push('\n');
    }
    out.push('\n');
    let words = |list: Vec<usize>| list.iter().map(|at| parsed.tokens[*at].span.of(text)).collect::<Vec<_>>().join(", ");
    for (at, token) in parsed.tokens.iter().enumerate().filter(|(_, token)| token.upos == Upos::Verb) {
        let usage = parsed.usage(at);
        let mut facts = vec![format!("{:?}", usage.tense).to_lowercase()];
        for (holds, name) in [
            (usage.perfect, "perfect"),
            (usage.progressive, "progressive"),
            (usage.passive, "passive"),
            (usage.negated, "negated"),
            (usage.infinitive, "infinitive"),
        ] {
            if holds {
                facts.push(name.to_owned());
            }
        }
        let (who, whom) = (words(parsed.agents(at)), words(parsed.patients(at)));
        out.push_str(&format!("{} ({}): [{who}] → [{whom}]\n", token.span.of(text), facts.join(" ")));
    }
    out
}

/// Each file of `tests/cases/lang` is a sentence and its tree; `UPDATE=1` writes the trees anew.
#[test]
fn trees_of_news_sentences_stay_as_they_are() {
    let english = English::load();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lang");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files {
        let want = std::fs::read_to_string(&file).unwrap();
        let found = drawn(&english, want.lines().next().unwrap());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, found).unwrap();
        } else if want != found {
            wrong.push(format!("{}\n{found}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_text_reads_the_same_on_every_thread() {
    let english = English::load();
    let text = "The envoy met ministers in Doha. He said talks would resume “soon”, but officials denied it.".repeat(20);
    let one = drawn(&english, &text);
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| drawn(&English::load(), &text))).collect();
        for other in others {
            assert_eq!(other.join().unwrap(), one);
        }
    });
}

/// The scorer of `dateline-assets`.
#[allow(dead_code)] // the tool's own command is not called from here
#[path = "../../src/bin/assets/score.rs"]
mod score;

#[allow(dead_code)] // the trainer reads more of a treebank than the scorer
#[path = "../../src/bin/assets/conllu.rs"]
mod conllu;

/// The figures of the language floor on the test parts of the treebanks, in the default setting, for the accuracy table;
/// speeds are left out.
pub fn accuracy(shared: &std::path::Path) -> Vec<(String, f64)> {
    let english = English::load();
    let mut out = Vec::new();
    for part in ["ewt-test", "gum-open-test", "pud"] {
        if let Ok(documents) = conllu::read(&shared.join(format!("corpora/treebank/{part}.conllu"))) {
            out.extend(score::figures(&english, part, &documents, None));
        }
    }
    out.retain(|(name, _)| !name.ends_with("per second"));
    out
}
