//! Tags of a sentence that was not parsed → the heads and relations that event extraction needs, by nearness.
//!
//! # Limits
//! No attachment is weighed: a noun group before a verb is its subject, the first one after it its object, and a
//! prepositional phrase belongs to the verb before it ("of" to the noun before it). Used where no tree is there.

use crate::lang::{Parsed, Rel, Sentence, Upos};

/// Fills heads and relations of one sentence.
pub fn attach(text: &str, parsed: &Parsed, sentence: &Sentence, lemmas: &[String], heads: &mut [u32], rels: &mut [Rel]) {
    let range = sentence.tokens();
    let tokens = &parsed.tokens;
    let mut set = |at: usize, head: usize, rel: Rel| {
        heads[at] = u32::try_from(head).unwrap_or(0);
        rels[at] = rel;
    };
    let nominal = |at: usize| matches!(tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let inside = |at: usize| {
        matches!(tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det) || tokens[at].span.of(text) == "-"
    };
    let (mut verb, mut subject, mut preposition): (Option<usize>, Option<usize>, Option<usize>) = (None, None, None);
    let (mut mark, mut relative, mut noun): (Option<usize>, Option<usize>, Option<usize>) = (None, None, None);
    let (mut has_object, mut conjoined, mut to, mut comma) = (false, false, false, false);
    let mut aux: Vec<usize> = Vec::new();
    let mut root: Option<usize> = None;
    let mut at = range.start;
    while at < range.end {
        let word = tokens[at].span.of(text);
        match tokens[at].upos {
            Upos::Part if word == "to" => to = true,
            Upos::Part if word == "'s" || word == "’s" || word == "'" || word == "’" => {}
            Upos::Aux | Upos::Part | Upos::Adv => aux.push(at),
            Upos::Adp => preposition = Some(at),
            Upos::Sconj => mark = Some(at),
            Upos::Cconj => conjoined = true,
            Upos::Punct => {
                comma = word == ",";
                preposition = None;
            }
            Upos::Verb => {
                let penn = tokens[at].penn();
                let finite = matches!(penn, "VBD" | "VBZ" | "VBP" | "VB") || !aux.is_empty();
                let passive = penn == "VBN" && aux.iter().any(|&a| lemmas[a] == "be" || lemmas[a] == "get");
                match (verb, root) {
                    (_, None) => {
                        set(at, at, Rel::Root);
                        root = Some(at);
                    }
                    (Some(before), _) if to => set(at, before, Rel::Xcomp),
                    _ if relative.is_some() => {
                        set(at, noun.unwrap_or(range.start), Rel::AclRelcl);
                    }
                    (Some(before), _) if conjoined && subject.is_none() => set(at, before, Rel::Conj),
                    (Some(before), _) if subject.is_some() && finite => {
                        set(at, before, if mark.is_some_and(|m| lemmas[m] != "that") { Rel::Advcl } else { Rel::Ccomp });
                    }
                    (_, Some(top)) if noun.is_none() || comma => set(at, verb.unwrap_or(top), Rel::Advcl),
                    (_, Some(top)) => set(at, noun.unwrap_or(top), Rel::Acl),
                }
                if let Some(who) = subject.or(relative) {
                    set(who, at, if passive { Rel::NsubjPass } else { Rel::Nsubj });
                }
                for &word in &aux {
                    let be = passive && lemmas[word] == "be" && tokens[word].upos == Upos::Aux;
                    let adverb = tokens[word].upos != Upos::Aux;
                    set(
                        word,
                        at,
                        if adverb {
                            Rel::Advmod
                        } else if be {
                            Rel::AuxPass
                        } else {
                            Rel::Aux
                        },
                    );
                }
                if let Some(word) = mark {
                    set(word, at, Rel::Mark);
                }
                verb = Some(at);
                aux.clear();
                (subject, relative, mark, preposition, noun) = (None, None, None, None, None);
                (has_object, conjoined, to, comma) = (false, false, false, false);
            }
            Upos::Pron if matches!(word, "who" | "which" | "that") && noun.is_some() => relative = Some(at),
            _ if inside(at) || nominal(at) => {
                let mut end = at;
                if tokens[at].upos != Upos::Pron {
                    while end + 1 < range.end && inside(end + 1) {
                        end += 1;
                    }
                }
                let head = (at..=end).rev().find(|&t| nominal(t)).unwrap_or(end);
                for (inner, token) in tokens.iter().enumerate().take(end + 1).skip(at) {
                    if inner != head {
                        let rel = match token.upos {
                            Upos::Det => Rel::Det,
                            Upos::Adj => Rel::Amod,
                            Upos::Num => Rel::Nummod,
                            _ => Rel::Compound,
                        };
                        set(inner, head, rel);
                    }
                }
                let possessor = end + 1 < range.end && matches!(tokens[end + 1].span.of(text), "'s" | "’s" | "'" | "’");
                if possessor {
                    let owner = (end + 2..range.end).find(|&t| matches!(tokens[t].upos, Upos::Noun | Upos::Propn));
                    set(head, owner.unwrap_or(head), Rel::NmodPoss);
                    set(end + 1, head, Rel::Case);
                } else if let Some(case) = preposition.take() {
                    set(case, head, Rel::Case);
                    let of = matches!(lemmas[case].as_str(), "of" | "between");
                    match (noun, verb) {
                        (Some(before), _) if of || verb.is_none() => set(head, before, Rel::Nmod),
                        (_, Some(before)) => set(head, before, Rel::Obl),
                        _ => set(head, root.unwrap_or(head), Rel::Obl),
                    }
                } else if conjoined && noun.is_some() && subject.is_none() {
                    set(head, noun.unwrap_or(head), Rel::Conj);
                    conjoined = false;
                } else if let Some(before) = verb.filter(|_| !has_object && !comma) {
                    set(head, before, Rel::Obj);
                    has_object = true;
                    subject = Some(head);
                } else {
                    subject = Some(head);
                }
                noun = Some(head);
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    let top = root.or(subject).unwrap_or(range.start);
    for at in range {
        if heads[at] as usize == at && rels[at] == Rel::Dep && at != top {
            heads[at] = u32::try_from(top).unwrap_or(0);
        }
    }
    if rels[top] == Rel::Dep {
        heads[top] = u32::try_from(top).unwrap_or(0);
        rels[top] = Rel::Root;
    }
}
