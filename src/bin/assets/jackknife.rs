//! Training sentences → the tags that taggers give which have not seen them.

use anyhow::{Context, Result};
use dateline::lang::Upos;
use dateline::lang::tag::{Seen, Tagger};
use dateline::lang::words::Lexicon;

use crate::conllu::Document;
use crate::tagger;

/// Parts, each tagged by a tagger that was trained on the others.
const FOLDS: usize = 5;

/// The same documents, part by part, and for each of their sentences the tags as numbers in `classes`.
pub fn read(documents: Vec<Document>, lexicon: &Lexicon<'_>, classes: &[(Upos, u8)]) -> Result<(Vec<Document>, Vec<Vec<u8>>)> {
    let mut folds: Vec<Vec<Document>> = vec![Vec::new(); FOLDS];
    for (at, document) in documents.into_iter().enumerate() {
        folds[at % FOLDS].push(document);
    }
    let mut readings = Vec::new();
    for held in 0..FOLDS {
        let others: Vec<Document> =
            folds.iter().enumerate().filter(|(at, _)| *at != held).flat_map(|(_, fold)| fold.clone()).collect();
        let bytes: &'static [u8] = tagger::train(&others, lexicon, &tagger::SEEDS[..1]).leak();
        let tagger = Tagger::read(bytes).context("the tagger just trained")?;
        // A fold's tagger may lack the rarest classes.
        let number = |class: u8| {
            let own = tagger.classes[usize::from(class)];
            classes.iter().position(|other| *other == own).unwrap_or(0) as u8
        };
        readings.extend(
            tagged(&folds[held], lexicon, &tagger).into_iter().map(|list| list.into_iter().map(number).collect::<Vec<u8>>()),
        );
    }
    Ok((folds.concat(), readings))
}

/// The classes of each sentence.
pub fn tagged(documents: &[Document], lexicon: &Lexicon<'_>, tagger: &Tagger) -> Vec<Vec<u8>> {
    let mut buffer = String::new();
    documents
        .iter()
        .flat_map(|document| &document.sentences)
        .map(|sentence| {
            let seen: Vec<Seen> = sentence.iter().map(|word| Seen::of(lexicon, &word.form, &mut buffer)).collect();
            let mut classes = Vec::new();
            tagger.tag(&seen, &mut classes);
            classes
        })
        .collect()
}
