//! Reading: files in `tests/data/read` against what was read of them before, in `tests/cases/read`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dateline::model::{About, Article, BlockKind, PublishedFrom, Warnings};
use dateline::read::{Hint, READERS, article_from_text, read};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name).join("read")
}

fn samples() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder("data")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn shown(article: &Article, warnings: &Warnings) -> String {
    let about = &article.about;
    let mut out = String::new();
    let words = |value: &Option<String>| value.clone().unwrap_or_else(|| "?".into());
    writeln!(out, "title: {}", words(&about.title)).unwrap();
    writeln!(out, "outlet: {}", words(&about.outlet)).unwrap();
    writeln!(out, "byline: {}", words(&about.byline)).unwrap();
    writeln!(out, "url: {}", words(&about.url)).unwrap();
    writeln!(out, "language: {}", words(&about.language)).unwrap();
    let date = about.published.as_ref().map_or_else(|| "?".into(), |found| found.date.to_string());
    writeln!(out, "published: {date}").unwrap();
    for candidate in &about.date_candidates {
        writeln!(out, "  {} from {:?}: {}", candidate.date, candidate.from, candidate.evidence).unwrap();
    }
    for warning in warnings {
        writeln!(out, "warning: {} {}", warning.code, warning.message).unwrap();
    }
    writeln!(out).unwrap();
    for block in &article.blocks {
        writeln!(out, "{:?} | {}", block.kind, block.span.of(&article.text).replace(['\n', '\r'], "⏎")).unwrap();
    }
    out
}

/// What every article must keep, whatever it was read from.
pub fn check_spans(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.span.start >= end && block.span.start < block.span.end, "{block:?} after {end}");
        let words = article.text.get(block.span.range()).expect("on char boundaries");
        assert_eq!(words.trim(), words, "{block:?}");
        end = block.span.end;
    }
    assert!(article.text.len() <= 2 << 20);
    let best = article.about.date_candidates.first();
    assert_eq!(best.map(|found| found.date), article.about.published.as_ref().map(|found| found.date));
}

/// `UPDATE=1 cargo test` rewrites; the diff is the review.
#[test]
fn samples_read_as_before() {
    let mut wrong = Vec::new();
    for path in samples() {
        let name = name_of(&path);
        let mut warnings = Warnings::new();
        let bytes = std::fs::read(&path).unwrap();
        // A link is told and not fetched: its sample gives a reason.
        let text = match read(&bytes, &Hint::named(name.clone()), &mut warnings) {
            Err(error) => format!("error: {error}\n"),
            Ok(articles) => {
                articles.iter().for_each(check_spans);
                let texts: Vec<String> = articles.iter().map(|article| shown(article, &warnings)).collect();
                texts.join("\n----\n\n")
            }
        };
        let case = folder("cases").join(format!("{name}.case"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&case, &text).unwrap();
        } else if std::fs::read_to_string(&case).unwrap_or_default() != text {
            wrong.push(format!("{name}:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "read otherwise than in tests/cases/read (UPDATE=1 rewrites):\n{}", wrong.join("\n"));
}

#[test]
fn every_reader_has_a_sample() {
    let names: Vec<String> = samples().iter().map(|path| name_of(path)).collect();
    for reader in READERS {
        let has_sample =
            reader.extensions.iter().any(|extension| names.iter().any(|name| name.ends_with(&format!(".{extension}"))));
        assert!(has_sample, "{} has no sample in tests/data/read", reader.name);
    }
}

#[test]
fn plain_text_stays_as_it_stands() {
    let text = "Ein Titel ohne Punkt\r\n\r\n  Größe „zählt“ 🙂 immer.  \r\n\u{feff}Noch ein Satz.\0\n";
    let article = article_from_text(text.into(), About::default());
    assert_eq!(article.text, text);
    check_spans(&article);
    let mut warnings = Warnings::new();
    let read = read(text.as_bytes(), &Hint::named("a.txt"), &mut warnings).unwrap();
    assert_eq!(read[0].text, text);
}

#[test]
fn the_same_bytes_are_the_same_article() {
    let id = |text: &str| read(text.as_bytes(), &Hint::default(), &mut Warnings::new()).unwrap()[0].id;
    assert_eq!(id("One sentence."), id("One sentence."));
    assert_ne!(id("One sentence."), id("Another sentence."));
}

#[test]
fn a_given_date_stays() {
    let given =
        dateline::model::Published { date: jiff::civil::date(2020, 1, 2), from: PublishedFrom::Given, evidence: "given".into() };
    let about = About { published: Some(given.clone()), ..About::default() };
    let article = article_from_text("PARIS, 9 October 2025 - Ministers met.".into(), about);
    assert_eq!(article.about.published, Some(given));
    assert_eq!(article.about.date_candidates[0].date.to_string(), "2025-10-09");
}

/// (text, name of the file, day, where it was found)
#[test]
fn days_of_publication() {
    use PublishedFrom::{Dateline, File, Text, Url};
    for (text, name, day, from) in [
        ("PARIS, Oct. 9, 2025 (AFP) - Ministers met on Thursday.", "a.txt", "2025-10-09", Dateline),
        ("SANTIAGO, 5 JAN 90 -- THE JUNTA MET.", "a.txt", "1990-01-05", Dateline),
        ("Nairobi, 9 October 2025 – Ministers met.", "a.txt", "2025-10-09", Dateline),
        ("Talks open\n\nBRUSSELS, Belgium, October 9th, 2025 (DW) — Ministers met.", "a.txt", "2025-10-09", Dateline),
        ("Frankfort, Ky. (November 28, 2016) – Police received a call.", "a.txt", "2016-11-28", Dateline),
        ("LAGOS, Nigeria 2014-05-02\nMinisters met on Friday.", "a.txt", "2014-05-02", Dateline),
        ("Talks open\nPublished: 9 October 2025\nMinisters met.", "a.txt", "2025-10-09", Text),
        ("Talks open\nOctober 9, 2025 / 3:15 PM EDT / CBN News\nMinisters met.", "a.txt", "2025-10-09", Text),
        ("Talks open\nBy Ann Lee | Oct 9, 2025\nMinisters met.", "a.txt", "2025-10-09", Text),
        ("Talks open\n\nThursday, October 9, 2025\n\nMinisters met.", "a.txt", "2025-10-09", Text),
        ("Ministers met.\n\nThis article was originally published on October 9, 2025.", "a.txt", "2025-10-09", Text),
        ("Ann Lee, The Post October 9, 2025 2:36 pm. Ministers met.", "a.txt", "2025-10-09", Text),
        ("https://post.example/2025/10/9/talks-open\n\nMinisters met.", "a.txt", "2025-10-09", Url),
        ("https://post.example/2025/10/talks-open\n\nPARIS, Oct 9 (AFP) - Ministers met.", "a.txt", "2025-10-09", Dateline),
        ("Ministers met.", "talks 2025-10-09.txt", "2025-10-09", File),
        ("Ministers met.", "20251009_talks.txt", "2025-10-09", File),
        ("Talks open\nUpdated 10 October 2025\nPublished 9 October 2025\nMinisters met.", "a.txt", "2025-10-09", Text),
        ("Talks open\nUpdated 10 October 2025\nMinisters met.", "a.txt", "2025-10-10", Text),
    ] {
        let articles = read(text.as_bytes(), &Hint::named(name), &mut Warnings::new()).unwrap();
        let found = articles[0].about.published.clone().unwrap_or_else(|| panic!("no date in {text}"));
        assert_eq!((found.date.to_string().as_str(), found.from), (day, from), "{text}");
    }
}

/// A date that a sentence tells of is not the day of publication.
#[test]
fn unknown_stays_unknown() {
    for text in [
        "The treaty of 9 October 2019 was signed in Oslo.",
        "The report, published on 9 October 2023, said that prices rose.",
        "Summit opens\n\nThe two met on March 3, 2020, and again in May.",
        "PARIS (AFP) - Ministers met on Thursday.",
        "Elections are due in 2026. The last were held on 5 May 2021.",
    ] {
        assert_eq!(article_from_text(text.into(), About::default()).about.published, None, "{text}");
    }
}

#[test]
fn encodings() {
    let western = "Déclaration à Besançon : le ministre a rencontré ses homologues près de la frontière, où des négociations ont été menées.";
    let czech = "Ministr zahraničí řekl v Plzni, že příští týden začnou jednání o dohodě, kterou země podepíší v Žilině.";
    let russian =
        "Министр иностранных дел заявил в Казани, что переговоры начнутся на следующей неделе и продолжатся до пятницы.";
    let chinese = "外交部长星期四在日内瓦表示，三国将于下周开始就水资源问题举行新一轮谈判，并将公布有关数据。";
    let japanese = "外務大臣は木曜日、ジュネーブで、三か国が来週から水資源に関する新たな協議を始めると述べました。";
    let rows: [(&str, &str); 6] = [
        ("windows-1252", western),
        ("iso-8859-2", czech),
        ("koi8-r", russian),
        ("gb18030", chinese),
        ("shift_jis", japanese),
        ("utf-8", western),
    ];
    for (label, text) in rows {
        let (bytes, _, lost) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!lost);
        let mut warnings = Warnings::new();
        let articles = read(&bytes, &Hint::named("a.txt"), &mut warnings).unwrap();
        assert_eq!(articles[0].text, text, "{label}");
        let page = format!(
            "<html><head><meta charset=\"{label}\"><title>x</title></head><body><p>{}</p></body></html>",
            [text; 6].join(" ")
        );
        let (bytes, _, _) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&page);
        let articles = read(&bytes, &Hint::named("a.html"), &mut warnings).unwrap();
        assert!(articles[0].text.contains(text), "{label} page: {}", articles[0].text);
    }
    let wide = |mark: &[u8], order: fn(u16) -> [u8; 2]| {
        let mut bytes = mark.to_vec();
        bytes.extend(western.encode_utf16().flat_map(order));
        read(&bytes, &Hint::named("a.txt"), &mut Warnings::new()).unwrap()[0].text.clone()
    };
    assert_eq!(wide(b"\xff\xfe", u16::to_le_bytes), western);
    assert_eq!(wide(b"\xfe\xff", u16::to_be_bytes), western);
    assert_eq!(wide(b"", u16::to_le_bytes), western);
    assert_eq!(wide(b"", u16::to_be_bytes), western);
    let marked = [b"\xef\xbb\xbf", western.as_bytes()].concat();
    assert_eq!(read(&marked, &Hint::default(), &mut Warnings::new()).unwrap()[0].text, western);
}

#[test]
fn wrongly_declared_encoding_is_said() {
    let mut warnings = Warnings::new();
    let bytes = b"A caf\xe9 and a r\xe9sum\xe9 in text that says \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9.";
    let articles = read(bytes, &Hint::default(), &mut warnings).unwrap();
    assert!(articles[0].text.contains('\u{fffd}'));
    assert_eq!(warnings[0].code, "replaced-characters");
}

#[test]
fn a_pasted_page_is_told_apart() {
    use BlockKind::{Credit, Paragraph, RelatedLink, Subheading};
    // The kinds that a reader sees at once in a pasted page: two links, two subheadings, a credit.
    let text = "The ministers met in Vienna to discuss the plan for the river, officials said on Thursday.\n\
        Danube states hail flood plan as Serbia agrees to open locks\n\
        Rallying support\n\
        The plan has been discussed since May, and the ministers hope to sign it before winter begins.\n\n\
        (With Reuters)";
    let article = article_from_text(text.into(), About::default());
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Paragraph, RelatedLink, Subheading, Paragraph, Credit]);
}
