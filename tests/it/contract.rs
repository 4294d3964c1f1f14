//! `dateline extract` keeps its promises: offsets in code points, order, sameness for any number of threads, exit codes.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// Letters of two, three and four bytes before, inside and between the findings.
const TEXT: &str = "🕊️ Gespräche – «цены» 停火\n\nSÃO PAULO — Brazil’s foreign minister, Mauro Vieira, met Côte d’Ivoire’s president in São Paulo on \
                    Thursday. “Não,” he said. 𝒀es: talks go on in Reykjavík until Friday, the Élysée said.\n";

fn extract(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("extract")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn line(doc_id: &str) -> String {
    json!({"doc_id": doc_id, "text": TEXT, "dct": "2025-10-10"}).to_string()
}

fn piece(value: &Value) -> String {
    let at = |key: &str| usize::try_from(value[key].as_u64().unwrap()).unwrap();
    TEXT.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn offsets_are_code_points_of_the_text_as_given() {
    let run = extract(&["--jsonl"], &line("a"));
    assert!(run.status.success());
    let found: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(found["text"].as_str().unwrap(), TEXT);
    let mut checked = 0;
    let times = found["times"].as_array().unwrap().iter();
    let mentions = ["places", "actors"].iter().flat_map(|kind| found[kind].as_array().unwrap());
    for words in times.chain(mentions.flat_map(|thing| thing["mentions"].as_array().unwrap())) {
        assert_eq!(piece(words), words["text"].as_str().unwrap());
        checked += 1;
    }
    assert!(checked >= 6, "only {checked} findings in {found}");
    let words: Vec<String> = found["times"].as_array().unwrap().iter().map(piece).collect();
    assert_eq!(words, ["Thursday", "Friday"]);
    let triggers: Vec<String> = found["events"].as_array().unwrap().iter().map(|event| piece(&event["trigger"])).collect();
    assert!(triggers.iter().any(|trigger| trigger == "met") && triggers.iter().any(|trigger| trigger == "talks"), "{triggers:?}");
    let places: Vec<String> =
        found["places"].as_array().unwrap().iter().flat_map(|p| p["mentions"].as_array().unwrap()).map(piece).collect();
    assert!(places.contains(&"Reykjavík".to_owned()), "{places:?}");
}

#[test]
fn output_order_is_input_order_for_any_number_of_threads() {
    let input: String = (0..200).map(|number| line(&format!("doc-{number}")) + "\n").collect();
    let one = extract(&["--jsonl", "--threads", "1"], &input);
    let four = extract(&["--jsonl", "--threads", "4"], &input);
    assert!(one.stdout == four.stdout, "the output hangs on the number of threads");
    let ids: Vec<String> = String::from_utf8(one.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["doc_id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, (0..200).map(|number| format!("doc-{number}")).collect::<Vec<_>>());
}

#[test]
fn a_bad_input_is_named_and_the_rest_is_written() {
    let run = extract(&["--jsonl"], &format!("{}\nnot json\n{}\n", line("a"), line("b")));
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(String::from_utf8(run.stdout).unwrap().lines().count(), 2);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("line 2"), "{said}");
    assert_eq!(extract(&[], "").status.code(), Some(2));
    assert_eq!(extract(&["--format", "pigeon", "x.txt"], "").status.code(), Some(2));
    assert_eq!(extract(&["/nowhere/at/all.txt"], "").status.code(), Some(1));
    let folder = extract(&[env!("CARGO_MANIFEST_DIR")], "");
    assert!(String::from_utf8(folder.stderr).unwrap().contains("it is a folder"));
}
