//! Samples of every format, broken at random → an answer for each, and the reader's process alive.
//!
//! The seed is fixed: a find is found again. In CI (`DATELINE_ALL_TESTS`) 10,000 files, elsewhere 1,000.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use dateline::job::{Lost, Pool, Readers};
use rayon::prelude::*;

/// Numbers as by Marsaglia's xorshift.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Signs that parsers stumble over.
const WORDS: [&[u8]; 16] = [
    b"<",
    b">",
    b"\0",
    b"\xff\xff\xff\xff",
    b"&#x110000;",
    b"]]>",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"endobj",
    b"<<",
    b"[[[[[[[[",
    b"{\\*\\",
    b"PK\x05\x06",
    b"\r\n\r\n",
    b"-1",
    b"99999999999999999999",
    b"\xf0\x9f\x99\x82",
];

fn mutant(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len());
        match dice.roll(8) {
            0 => bytes.truncate(at),
            1 | 2 if !bytes.is_empty() => bytes[at] = dice.roll(256) as u8,
            3 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            4 => {
                let word = WORDS[dice.roll(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            5 => {
                let end = (at + dice.roll(200)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let times = 1 + dice.roll(20);
                bytes.splice(at..at, part.repeat(times));
            }
            6 => {
                let end = (at + dice.roll(400)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let from = dice.roll(other.len());
                let to = (from + dice.roll(500)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
    bytes
}

#[test]
fn mutated_files_cost_a_row_each() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/read");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let seeds: Vec<(String, Vec<u8>)> = paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    let count: u64 = if std::env::var_os("DATELINE_ALL_TESTS").is_some() { 10_000 } else { 1_000 };
    let pool = Pool::new(Readers::Apart(env!("CARGO_BIN_EXE_dateline").into()));
    let none = AtomicBool::new(false);
    let bad = Mutex::new(Vec::new());
    (0..count).into_par_iter().for_each(|number| {
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        dice.roll(2);
        let (name, seed) = &seeds[number as usize % seeds.len()];
        let other = &seeds[dice.roll(seeds.len())].1;
        let bytes = mutant(seed, other, &mut dice);
        match pool.read(name, &bytes, None, Duration::from_secs(30), &none) {
            Ok(_) | Err(Lost::Refused(_)) => {}
            Err(lost) => bad.lock().unwrap().push(format!("{number} of {name}: {lost}")),
        }
    });
    let bad = bad.into_inner().unwrap();
    assert!(bad.is_empty(), "{} of {count}:\n{}", bad.len(), bad.join("\n"));
}
