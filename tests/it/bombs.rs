//! Hostile containers, made here: bombs, lying headers, entities, names that lead out, PDF knots → a reason, quickly.

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use dateline::job::{Gave, Lost, Pool, Readers};
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Unoptimised builds of our own code are some times slower than the 2 s and 1 s that hold for a release.
const SLOW: u32 = 5;

struct Reader(Pool);

impl Reader {
    fn new() -> Self {
        Self(Pool::new(Readers::Apart(env!("CARGO_BIN_EXE_dateline").into())))
    }

    /// The answer, which must come in time and from a process that lives.
    fn ask(&self, name: &str, bytes: &[u8]) -> Result<Gave, String> {
        let start = Instant::now();
        let gave = self.0.read(name, bytes, None, Duration::from_mins(1), &AtomicBool::new(false));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(2) * SLOW, "{name} took {took:?}");
        match gave {
            Ok(gave) => Ok(gave),
            Err(Lost::Refused(error)) => Err(error.to_string()),
            Err(lost) => panic!("{name}: {lost}"),
        }
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An archive of packed entries; `said` is the size that the headers tell.
fn zip(files: &[(&[u8], Vec<u8>, u32)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, packed, said) in files {
        let at = out.len() as u32;
        let mut fields = Vec::new();
        for number in [20_u16, 0, 8, 0, 0] {
            fields.extend(number.to_le_bytes());
        }
        for number in [0, packed.len() as u32, *said] {
            fields.extend(number.to_le_bytes());
        }
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(*name);
        out.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(*name);
    }
    let (at, size, count) = (out.len() as u32, directory.len() as u32, files.len() as u16);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn entry<'a>(name: &'a [u8], content: &[u8]) -> (&'a [u8], Vec<u8>, u32) {
    (name, deflate(content), content.len() as u32)
}

const STORY: &[u8] = b"Talks open\n\nGENEVA, 9 October 2025 - Ministers met in Geneva on Thursday to discuss the river.\n";

#[test]
fn archives_that_burst() {
    let reader = Reader::new();
    let zeros = vec![b'a'; 200 << 20];
    let flat = zip(&[entry(b"a.txt", &zeros)]);
    assert!(flat.len() < 1 << 20);
    let told = reader.ask("flat.zip", &flat).unwrap_err();
    assert!(told.contains("limit"), "{told}");
    let lying = zip(&[(b"a.txt", deflate(&zeros), 10)]);
    assert!(reader.ask("lying.zip", &lying).unwrap_err().contains("limit"));
    // Each archive in the next: the fourth is not opened.
    let mut nested = zip(&[entry(b"a.txt", STORY)]);
    for _ in 0..5 {
        nested = zip(&[entry(b"inner.zip", &nested)]);
    }
    assert!(reader.ask("nested.zip", &nested).unwrap_err().contains("nested"));
    let three = zip(&[entry(b"b.zip", &zip(&[entry(b"c.zip", &zip(&[entry(b"a.txt", STORY)]))]))]);
    assert_eq!(reader.ask("three.zip", &three).unwrap().articles.len(), 1);
    // Two entries that are the same bytes.
    let mut twice = zip(&[entry(b"a.txt", STORY), entry(b"b.txt", STORY)]);
    let second = twice.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    twice[second + 42..second + 46].copy_from_slice(&5_u32.to_le_bytes());
    assert!(reader.ask("overlap.zip", &twice).unwrap_err().contains("overlap"));
    let many: Vec<(&[u8], Vec<u8>, u32)> = (0..10_001).map(|_| (&b"a.txt"[..], Vec::new(), 0)).collect();
    assert!(reader.ask("many.zip", &zip(&many)).unwrap_err().contains("10000 files"));
    let told = reader.ask("cut.zip", &flat[..flat.len() / 2]).unwrap_err();
    assert!(told.contains("damaged"), "{told}");
    let mut locked = zip(&[entry(b"a.txt", STORY)]);
    let central = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    locked[central + 8] |= 1;
    assert!(reader.ask("locked.zip", &locked).unwrap_err().contains("encrypted"));
}

#[test]
fn names_that_lead_out_are_only_names() {
    let reader = Reader::new();
    let huge = "x".repeat(60_000) + ".txt";
    let names: [&[u8]; 7] =
        [b"../../out.txt", b"/etc/out.txt", b"C:\\out.txt", b"a\0b.txt", b"..\\..\\out.txt", b"\xff\xfe.txt", huge.as_bytes()];
    let files: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(n, name)| {
            entry(
                name,
                format!("Talks {n} open\n\nGENEVA, 9 October 2025 - Ministers met in Geneva for day {n} of the talks.")
                    .as_bytes(),
            )
        })
        .collect();
    let gave = reader.ask("names.zip", &zip(&files)).unwrap();
    assert_eq!(gave.articles.len(), names.len());
    for place in ["/etc/out.txt", "out.txt", "../out.txt", "../../out.txt"] {
        assert!(!Path::new(place).exists(), "{place}");
    }
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let reader = Reader::new();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let remote = "<?xml version=\"1.0\"?><!DOCTYPE d SYSTEM \"http://127.0.0.1:9/x.dtd\">";
    let rss = "<rss><channel><title>T</title><item><title>Talks open in Geneva</title><description>Ministers met in Geneva. &b; &x;</description></item></channel></rss>";
    let nitf = "<nitf><body><body.head><hedline><hl1>Talks open</hl1></hedline></body.head><body.content><p>Ministers met in Geneva &b; &x;.</p></body.content></body></nitf>";
    let docx = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Ministers met in Geneva &b; &x;.</w:t></w:r></w:p></w:body></w:document>";
    let container = "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";
    for (name, head, fails) in [("bomb", bomb, true), ("remote", remote, false)] {
        let word = |body: &str| zip(&[entry(b"word/document.xml", format!("{head}{body}").as_bytes())]);
        let book = zip(&[entry(b"META-INF/container.xml", format!("{head}{container}").as_bytes())]);
        let odt = "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument\"><office:body><office:text><p>Ministers met in Geneva.</p></office:text></office:body></office:document>";
        for (file, bytes) in [
            ("a.rss", format!("{head}{rss}").into_bytes()),
            ("a.nitf", format!("{head}{nitf}").into_bytes()),
            ("a.docx", word(docx)),
            ("a.fodt", format!("{head}{odt}").into_bytes()),
            ("a.epub", book),
        ] {
            match reader.ask(file, &bytes) {
                Err(told) if fails => assert!(told.contains("entities"), "{name} {file}: {told}"),
                Err(told) => assert!(file == "a.epub", "{name} {file}: {told}"),
                Ok(gave) => {
                    assert!(!fails, "{name} {file}");
                    let text = &gave.articles[0].text;
                    assert!(text.contains("Geneva") && !text.contains("root:") && !text.contains("haha"), "{file}: {text}");
                }
            }
        }
    }
    let deep = format!("<rss>{}x{}</rss>", "<a>".repeat(5_000), "</a>".repeat(5_000));
    assert!(reader.ask("deep.rss", deep.as_bytes()).unwrap_err().contains("100 elements"));
    let wide = format!("<rss {}/>", (0..300).map(|n| format!("a{n}=\"1\" ")).collect::<String>());
    assert!(reader.ask("wide.rss", wide.as_bytes()).unwrap_err().contains("256 attributes"));
    let json = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(reader.ask("deep.json", json.as_bytes()).is_err());
    let rtf = format!("{{\\rtf1 {}Ministers met.{}}}", "{".repeat(200_000), "}".repeat(200_000));
    let _ = reader.ask("deep.rtf", rtf.as_bytes());
    let mut mail = String::from("From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nMessage-ID: <1@b>\r\n");
    for n in 0..2_000 {
        mail.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"));
    }
    let _ = reader.ask("deep.eml", mail.as_bytes());
}

/// A PDF of objects, with their table.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let at = out.len();
    out.push_str(&table);
    out.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1));
    out.into_bytes()
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

#[test]
fn knotted_pdfs() {
    let reader = Reader::new();
    let font = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
    let words = "BT /F 12 Tf 72 400 Td (Ministers met in Geneva on Thursday to discuss the river.) Tj ET";
    let sheet = |content: &str| {
        pdf(&[
            "<< /Type /Catalog /Pages 2 0 R >>".into(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources {font} >>"),
            stream(content),
        ])
    };
    let gave = reader.ask("plain.pdf", &sheet(words)).unwrap();
    assert!(gave.articles[0].text.contains("Ministers met in Geneva on Thursday"), "{}", gave.articles[0].text);
    // No letters but a picture: a scan. No letters and no picture: nothing.
    let scan = reader.ask("scan.pdf", &sheet("BI /W 1 /H 1 /CS /G /BPC 8 ID x EI")).unwrap_err();
    assert!(scan.contains("scanned"), "{scan}");
    assert!(reader.ask("blank.pdf", &sheet("0 0 m 9 9 l S")).is_err());
    let cycle = pdf(&["<< /Type /Catalog /Pages 2 0 R >>".into(), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".into()]);
    assert!(reader.ask("cycle.pdf", &cycle).is_err());
    let _ = reader.ask("arrays.pdf", &sheet(&("[".repeat(100_000) + words)));
    let deep = pdf(&[format!("<< /Type /Catalog /Pages 2 0 R /X {} >>", "[".repeat(100_000))]);
    assert!(reader.ask("deep.pdf", &deep).is_err());
    // A form that draws itself.
    let own = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".into(),
        stream("/X Do /X Do"),
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 17 >>\nstream\n/X Do /X Do /X Do\nendstream".into(),
    ]);
    assert!(reader.ask("form.pdf", &own).is_err());
    let pages: Vec<String> = (0..5_000).map(|n| format!("{} 0 R", n + 4)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        format!("<< /Type /Pages /Kids [{}] /Count 5000 >>", pages.join(" ")),
        stream(words),
    ];
    objects.extend(
        (0..5_000).map(|_| format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources {font} >>")),
    );
    let gave = reader.ask("long.pdf", &pdf(&objects)).unwrap();
    assert!(gave.warnings.iter().any(|warning| warning.code == "truncated"));
    let locked = pdf(&["<< /Type /Catalog /Pages 2 0 R >>".into(), "<< /Type /Pages /Kids [] /Count 0 >>".into()]);
    let locked = String::from_utf8(locked).unwrap().replace(
        "/Root 1 0 R",
        "/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (0123456789abcdef0123456789abcdef) /U (0123456789abcdef0123456789abcdef) >>",
    );
    let told = reader.ask("locked.pdf", locked.as_bytes()).unwrap_err();
    assert!(told.contains("encrypted") || told.contains("could not be read"), "{told}");
}
