//! Corrections: what each does, that all can be taken back, and 10,000 random steps beside a plain model.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dateline::extract::{Knowledge, extract};
use dateline::model::{
    ActorKey, ActorKind, Analysis, Anchor, Article, Change, Edit, Entry, EventChange, EventType, Filed, Interval, Naming, Reach,
    Reading, Remark, Span, Standing, Target, Workspace,
};
use dateline::query::{edits_from_text, edits_to_text, event_anchor, file, lean, reanchored, settle, take_over, what_changes};
use dateline::store::{Batch, Store};

use crate::merge::{Dice, article, desk, dump};

const TEXT: &str = "Envoys meet in Geneva\n\nGENEVA - Foreign Minister Ana Lindqvist met envoys in Geneva on Thursday. Police arrested \
    ten protesters in Amman on Monday. Lindqvist said talks would go on in Cairo.";

fn one() -> (Knowledge, Article, Workspace) {
    let knowledge = Knowledge::load();
    let article = article(TEXT, "2025-10-09", "Courier");
    let workspace = desk(&knowledge, &[&article]);
    (knowledge, article, workspace)
}

fn anchor(article: &Article, words: &str) -> Anchor {
    let at = article.text.find(words).unwrap();
    Anchor { article: article.id, span: Span::new(at, at + words.len()), words: words.into() }
}

fn with(workspace: &Workspace, edits: Vec<Edit>) -> Workspace {
    let mut workspace = workspace.clone();
    for edit in edits {
        let step = workspace.next_step();
        workspace.apply([Change::Did(Entry::bare(step, edit))]);
    }
    settle(&mut workspace);
    workspace
}

fn row_of(workspace: &Workspace, article: &Article, words: &str) -> u32 {
    let at = anchor(article, words);
    let filed = &workspace.facts.articles[0];
    u32::try_from(dateline::query::event_row(filed, &at).unwrap_or_else(|| panic!("no event at {words}"))).unwrap()
}

#[test]
fn each_correction_is_shown_and_taken_back() {
    let (_, article, workspace) = one();
    let met = anchor(&article, "met");
    let before = dump(&workspace.facts);
    let row = row_of(&workspace, &article, "met");
    let place = |name: &str| Reading {
        id: dateline::model::PlaceId(format!("test:{name}")),
        name: name.into(),
        kind: dateline::model::PlaceKind::City,
        point: dateline::model::LonLat::new(1.0, 2.0),
        country: Some("XX".into()),
    };
    let event = |change: EventChange| Edit::Event { at: met.clone(), change };
    let day = Interval::day(jiff::civil::Date::constant(2025, 10, 1));
    let lindqvist = workspace.facts.actors.iter().find(|actor| actor.name.contains("Lindqvist")).unwrap().key.clone();
    let told = |workspace: &Workspace| workspace.facts.event_of(article.id, row).map(|no| workspace.facts.event(no).clone());
    type Check<'a> = Box<dyn Fn(&Workspace) -> bool + 'a>;
    let checks: Vec<(Edit, Check<'_>)> = vec![
        (event(EventChange::Reject), Box::new(|shown| told(shown).is_none())),
        (event(EventChange::Accept), Box::new(|shown| told(shown).unwrap().judged == dateline::model::Judged::Accepted)),
        (event(EventChange::Retype(EventType::Court)), Box::new(|shown| told(shown).unwrap().kind == EventType::Court)),
        (event(EventChange::Standing(Standing::Denied)), Box::new(|shown| told(shown).unwrap().standing == Standing::Denied)),
        (event(EventChange::Date(Some(day))), Box::new(|shown| told(shown).unwrap().interval == day)),
        (event(EventChange::Date(None)), Box::new(|shown| told(shown).unwrap().days.is_none())),
        (
            event(EventChange::Rename("Envoys meet".into())),
            Box::new(|shown| shown.facts.told(shown.facts.event_of(article.id, row).unwrap()).summary == "Envoys meet"),
        ),
        (
            event(EventChange::Venue(place("Bern"))),
            Box::new(|shown| told(shown).unwrap().places.iter().any(|(no, _)| shown.facts.place(*no).name == "Bern")),
        ),
        (
            Edit::Place { at: anchor(&article, "Cairo"), to: Some(place("Cairo, Illinois")), reach: Reach::Everywhere },
            Box::new(|shown| {
                let names: Vec<_> = shown.facts.places.iter().map(|place| place.name.as_str()).collect();
                names.contains(&"Cairo, Illinois") && !names.contains(&"Cairo")
            }),
        ),
        (
            Edit::Place { at: anchor(&article, "Amman"), to: None, reach: Reach::Article },
            Box::new(|shown| shown.facts.places.iter().all(|place| place.name != "Amman")),
        ),
        (
            Edit::MovePlace {
                place: workspace.facts.places[0].id.clone(),
                name: "x".into(),
                to: dateline::model::LonLat::new(3.0, 4.0).unwrap(),
            },
            Box::new(|shown| shown.facts.places[0].point == dateline::model::LonLat::new(3.0, 4.0)),
        ),
        (
            Edit::Actor {
                at: anchor(&article, "envoys"),
                to: Some(Naming { name: "Envoys of four".into(), kind: ActorKind::Group, country: None }),
                reach: Reach::Here,
            },
            Box::new(|shown| shown.facts.actors.iter().any(|actor| actor.name == "Envoys of four")),
        ),
        (
            Edit::RenameActor { actor: lindqvist.clone(), name: "A. Lindqvist".into() },
            Box::new(|shown| shown.facts.actors.iter().any(|actor| actor.name == "A. Lindqvist")),
        ),
        (
            Edit::AddEvent {
                at: anchor(&article, "go on"),
                kind: EventType::Consult,
                summary: "Talks go on".into(),
                interval: Some(day),
                standing: Standing::Planned,
            },
            Box::new(|shown| {
                shown.facts.events.iter().enumerate().any(|(no, _)| {
                    shown.facts.told(dateline::model::EventNo(u32::try_from(no).unwrap())).summary == "Talks go on"
                })
            }),
        ),
        (
            Edit::Remark { on: Target::Event(met.clone()), remark: Remark::Note("look again".into()) },
            Box::new(|shown| shown.facts.remarks.values().any(|remarks| remarks.note == "look again")),
        ),
        (
            Edit::Remark { on: Target::Actor(lindqvist), remark: Remark::Hide },
            Box::new(|shown| {
                let open = dateline::query::Filter { salience: 0.0, ..Default::default() };
                let view = dateline::query::view(shown, &open, &dateline::query::Selection::default());
                view.actors.iter().all(|line| !shown.facts.actor(line.actor).name.contains("Lindqvist"))
            }),
        ),
        (Edit::Remove { articles: vec![article.id] }, Box::new(|shown| shown.facts.articles.is_empty())),
    ];
    for (edit, check) in checks {
        let name = edit.name();
        let mut after = with(&workspace, vec![edit]);
        assert!(check(&after), "{name} is not shown");
        assert!(after.facts.orphans.is_empty(), "{name}: {:?}", after.facts.orphans);
        assert_eq!(after.undo_name(), Some(name.clone()));
        let mark = after.mark_before().unwrap();
        after.apply([Change::Mark(mark)]);
        settle(&mut after);
        assert_eq!(dump(&after.facts), before, "{name} is not taken back");
        assert_eq!(after.redo_name(), Some(name));
    }
}

#[test]
fn edits_survive_another_reading_or_say_why_not() {
    let (knowledge, article, workspace) = one();
    let met = anchor(&article, "met");
    let arrested = anchor(&article, "arrested");
    let edited = with(
        &workspace,
        vec![
            Edit::Event { at: met, change: EventChange::Retype(EventType::Agree) },
            Edit::Event { at: arrested, change: EventChange::Reject },
            Edit::Place { at: anchor(&article, "Cairo"), to: None, reach: Reach::Everywhere },
        ],
    );
    // Another engine: triggers one letter longer, rows the other way round, one event not found at all.
    let full = file(&article, extract(&knowledge, &article));
    let mut analysis: Analysis = full.analysis.clone();
    analysis.events.retain(|event| event.trigger.of(&article.text) != "arrested");
    analysis.events.reverse();
    for event in &mut analysis.events {
        event.same_as.clear();
        event.trigger.end += 1;
    }
    let draft = Arc::new(lean(&file(&article, analysis)));
    let told = what_changes(&edited, std::slice::from_ref(&draft));
    assert!(told[0].starts_with("1 of 1 articles"), "{told:?}");
    let mut after = edited.clone();
    after.apply([Change::File(draft)]);
    settle(&mut after);
    let row = row_of(&after, &article, "met");
    assert_eq!(after.facts.articles[0].analysis.events[row as usize].kind, EventType::Agree);
    let reasons: Vec<&str> = after.facts.orphans.iter().map(|orphan| orphan.reason.as_str()).collect();
    assert_eq!(reasons, ["no event is found at “arrested” any more"]);
    assert!(after.facts.places.iter().all(|place| place.name != "Cairo"));
}

#[test]
fn a_withdrawn_edit_holds_no_longer_and_can_come_back() {
    let (_, article, workspace) = one();
    let row = row_of(&workspace, &article, "met");
    let kind = workspace.facts.articles[0].analysis.events[row as usize].kind;
    let retype = Edit::Event { at: anchor(&article, "met"), change: EventChange::Retype(EventType::Sport) };
    let edited = with(&workspace, vec![retype, Edit::Withdraw { number: 1, name: "x".into() }]);
    assert_eq!(edited.facts.articles[0].analysis.events[row as usize].kind, kind);
    let again = with(&edited, vec![Edit::Withdraw { number: 2, name: "x".into() }]);
    assert_eq!(again.facts.articles[0].analysis.events[row as usize].kind, EventType::Sport);
}

#[test]
fn a_colleague_takes_edits_over_and_contradictions_are_shown() {
    let (_, article, workspace) = one();
    let retype = |kind: EventType| Edit::Event { at: anchor(&article, "met"), change: EventChange::Retype(kind) };
    let mine = with(
        &workspace,
        vec![
            retype(EventType::Sport),
            Edit::Event { at: anchor(&article, "arrested"), change: EventChange::Accept },
            Edit::Place { at: anchor(&article, "Cairo"), to: None, reach: Reach::Everywhere },
        ],
    );
    let entries = edits_from_text(&edits_to_text(&mine)).unwrap();
    assert_eq!(entries.len(), 3);
    let theirs = with(
        &workspace,
        vec![retype(EventType::Court), Edit::Event { at: anchor(&article, "arrested"), change: EventChange::Accept }],
    );
    let taken = take_over(&theirs, entries.clone());
    assert_eq!((taken.new.len(), taken.same, taken.conflicts.len()), (1, 1, 1));
    assert_eq!(taken.conflicts[0].theirs.edit, retype(EventType::Sport));
    let all = take_over(&workspace, entries);
    assert_eq!((all.new.len(), all.same, all.conflicts.len()), (3, 0, 0));
    // In another copy of the text the words stand elsewhere.
    let moved = reanchored(retype(EventType::Sport), &format!("Updated\n\n{TEXT}"));
    assert_eq!(moved.anchor().unwrap().span.start, anchor(&article, "met").span.start + 9);
    assert!(edits_from_text("hello").is_err());
    assert!(edits_from_text("# Dateline corrections, version 1\n{\"x\":1}\n").unwrap_err().starts_with("line 2"));
}

/// Six articles of two events and two actors each, which nothing but a person would merge.
fn fixtures(reading: usize) -> Vec<Arc<Filed>> {
    let places = ["Lima", "Oslo", "Accra", "Hanoi", "Quito", "Perth"];
    (0..6)
        .map(|at| {
            let text = format!(
                "Report {at}\n\nWorkers met in {} on a day of spring. Then Person {at} opened a school, and everybody was glad.",
                places[at]
            );
            let article = article(&text, &format!("2024-0{}-11", at + 1), &format!("Paper {at}"));
            let span = |words: &str| {
                let start = text.find(words).unwrap();
                Span::new(start, start + words.len())
            };
            let actor = |name: String, kind: ActorKind, words: &str| dateline::model::Actor {
                name,
                kind,
                country: None,
                titles: Vec::new(),
                aliases: Vec::new(),
                mentions: vec![dateline::model::ActorMention { span: span(words), form: dateline::model::MentionForm::Name }],
                why: String::new(),
            };
            let event = |trigger: &str, sentence: &str, actor: u32| dateline::model::Event {
                kind: EventType::Consult,
                summary: format!("{trigger} {at}"),
                // The second reading cuts every trigger by a letter: anchors must find it all the same.
                trigger: Span { end: span(trigger).end - u32::try_from(reading).unwrap(), ..span(trigger) },
                sentence: span(sentence),
                when: dateline::model::When::default(),
                places: Vec::new(),
                actors: vec![dateline::model::EventActor { actor, role: dateline::model::ActorRole::Agent }],
                standing: Standing::Happened,
                attributed_to: Vec::new(),
                certainty: 0.5,
                salience: 0.1,
                same_as: Vec::new(),
                figures: Vec::new(),
                why: String::new(),
            };
            let sentence = text[text.find("Workers").unwrap()..text.find(" Then").unwrap()].to_owned();
            let second = text[text.find("Then").unwrap()..].to_owned();
            let mut events = vec![event("met", &sentence, 0), event("opened", &second, 1)];
            if reading == 1 {
                events.reverse();
            }
            let actors = vec![
                actor(format!("Union {at}"), ActorKind::Organisation, "Workers"),
                actor(format!("Person {at}"), ActorKind::Person, &format!("Person {at}")),
            ];
            Arc::new(file(
                &article,
                Analysis { events, actors, sentences: vec![span(&sentence), span(&second)], ..Analysis::default() },
            ))
        })
        .collect()
}

/// The plain model: the list of what was done, and what it means, worked out the slow way.
#[derive(Clone, Debug)]
enum Did {
    Import(usize),
    Remove(usize),
    Judge(usize, &'static str, Option<EventType>),
    Merge((usize, &'static str), (usize, &'static str)),
    Split((usize, &'static str)),
    MergeActors(usize, usize),
    Rename(usize, String),
    Withdraw(usize),
}

#[derive(Default)]
struct Plain {
    log: Vec<Did>,
    mark: usize,
}

impl Plain {
    fn did(&mut self, what: Did) {
        self.log.truncate(self.mark);
        self.log.push(what);
        self.mark = self.log.len();
    }

    fn holding(&self) -> Vec<&Did> {
        let mut off: BTreeSet<usize> = BTreeSet::new();
        for at in (0..self.mark).rev() {
            if let Did::Withdraw(earlier) = self.log[at]
                && !off.contains(&at)
            {
                off.insert(earlier);
            }
        }
        (0..self.mark).filter(|at| !off.contains(at)).map(|at| &self.log[at]).collect()
    }

    /// Events in their groups with their types, and actors in their groups with their names.
    fn shown(&self) -> (BTreeSet<(Vec<String>, Vec<String>)>, BTreeSet<(Vec<String>, String)>) {
        let holding = self.holding();
        let mut desk: BTreeSet<usize> = BTreeSet::new();
        for did in &holding {
            match did {
                Did::Import(at) => drop(desk.insert(*at)),
                Did::Remove(at) => drop(desk.remove(at)),
                _ => {}
            }
        }
        let mut kinds: BTreeMap<(usize, &str), EventType> = BTreeMap::new();
        let mut gone: BTreeSet<(usize, &str)> = BTreeSet::new();
        let all: Vec<(usize, &'static str)> = desk.iter().flat_map(|at| [(*at, "met"), (*at, "opened")]).collect();
        for did in &holding {
            if let Did::Judge(at, word, to) = did {
                match to {
                    None => drop(gone.insert((*at, *word))),
                    Some(kind) => {
                        gone.remove(&(*at, *word));
                        kinds.insert((*at, *word), *kind);
                    }
                }
            }
        }
        let mut group: BTreeMap<(usize, &str), usize> =
            all.iter().filter(|event| !gone.contains(*event)).enumerate().map(|(number, event)| (*event, number)).collect();
        let mut fresh = group.len();
        for did in &holding {
            match did {
                Did::Merge(a, b) => {
                    if let (Some(from), Some(to)) = (group.get(b).copied(), group.get(a).copied()) {
                        group.values_mut().filter(|own| **own == from).for_each(|own| *own = to);
                    }
                }
                Did::Split(event) => {
                    if let Some(own) = group.get_mut(event) {
                        *own = fresh;
                        fresh += 1;
                    }
                }
                _ => {}
            }
        }
        let mut events: BTreeMap<usize, (Vec<String>, Vec<String>)> = BTreeMap::new();
        for (event, number) in &group {
            let own = events.entry(*number).or_default();
            own.0.push(format!("{} {}", event.1, event.0));
            own.1.push(format!("{:?}", kinds.get(event).unwrap_or(&EventType::Consult)));
        }
        let mut actors: BTreeMap<usize, usize> = desk.iter().map(|at| (*at, *at)).collect();
        let mut names: BTreeMap<usize, String> = BTreeMap::new();
        for did in &holding {
            match did {
                Did::MergeActors(into, other) => {
                    if let (Some(to), Some(from)) = (actors.get(into).copied(), actors.get(other).copied())
                        && to != from
                    {
                        actors.values_mut().filter(|own| **own == from).for_each(|own| *own = to);
                        names.remove(&from);
                    }
                }
                Did::Rename(at, name) => {
                    if let Some(own) = actors.get(at) {
                        names.insert(*own, name.clone());
                    }
                }
                _ => {}
            }
        }
        let mut people: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (at, own) in &actors {
            people.entry(*own).or_default().push(format!("Person {at}"));
        }
        let people = people.into_iter().map(|(own, list)| {
            let name = names.get(&own).cloned().unwrap_or_default();
            (list, name)
        });
        (events.into_values().collect(), people.collect())
    }
}

fn shown(
    workspace: &Workspace,
    names: &BTreeSet<String>,
) -> (BTreeSet<(Vec<String>, Vec<String>)>, BTreeSet<(Vec<String>, String)>) {
    let facts = &workspace.facts;
    let events = facts.events.iter().map(|event| {
        let mut told: Vec<(usize, String, String)> = event
            .reports()
            .map(|report| {
                let told = facts.report(report);
                let mut words = told.summary.split(' ');
                let (word, at) = (words.next().unwrap(), words.next().unwrap());
                (at.parse().unwrap(), word.to_owned(), format!("{:?}", told.kind))
            })
            .collect();
        told.sort();
        (told.iter().map(|(at, word, _)| format!("{word} {at}")).collect(), told.iter().map(|(.., kind)| kind.clone()).collect())
    });
    let people = facts.actors.iter().filter(|actor| actor.kind == ActorKind::Person).map(|actor| {
        let mut list: Vec<String> = actor
            .mentioned
            .iter()
            .map(|(article, row)| facts.article(*article).analysis.actors[*row as usize].name.clone())
            .collect();
        list.sort();
        (list, if names.contains(&actor.name) { actor.name.clone() } else { String::new() })
    });
    (events.collect(), people.collect())
}

#[test]
fn ten_thousand_steps_beside_a_plain_model() {
    let readings = [fixtures(0), fixtures(1)];
    let shared = std::path::Path::new("/dev/shm");
    let folder = if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() };
    let path = folder.join(format!("dateline-steps-{}.dateline", std::process::id()));
    let clear = || {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
        }
    };
    clear();
    let texts: Vec<Article> = readings[0]
        .iter()
        .map(|filed| Article { id: filed.id, about: filed.about.clone(), blocks: filed.blocks.clone(), text: "text".into() })
        .collect();
    let mut store = Store::open(&path, None).unwrap();
    let mut workspace = Workspace::default();
    for (filed, text) in readings[0].iter().zip(&texts) {
        let hash = [filed.id.0, filed.id.0].concat().try_into().unwrap();
        let changes = vec![Change::File(Arc::new(lean(filed)))];
        let full = [Arc::clone(filed)];
        let texts = std::slice::from_ref(text);
        store.save(&Batch { source: Some((&hash, "x")), texts, full: &full, changes: &changes, ..Batch::default() }).unwrap();
        workspace.apply(changes);
    }
    let mut plain = Plain::default();
    let mut reading = 0;
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let names: BTreeSet<String> = (0..20).map(|n| format!("Name {n}")).collect();
    let words = ["met", "opened"];
    let at = |workspace: &Workspace, at: usize, word: &str| -> Anchor {
        let filed = &workspace.articles[&readings[0][at].id];
        let row = filed.analysis.events.iter().position(|event| event.summary.starts_with(word)).unwrap();
        event_anchor(filed, u32::try_from(row).unwrap()).unwrap()
    };
    let key = |at: usize| ActorKey::new(ActorKind::Person, &format!("Person {at}"));
    for step in 0..10_000_u64 {
        let (a, b) = (dice.roll(6), dice.roll(6));
        let (v, w) = (words[dice.roll(2)], words[dice.roll(2)]);
        let id = readings[0][a].id;
        let (did, edit) = match dice.roll(14) {
            0 | 1 => (Did::Import(a), Edit::Import { articles: vec![id] }),
            2 => (Did::Remove(a), Edit::Remove { articles: vec![id] }),
            3 => (Did::Judge(a, v, None), Edit::Event { at: at(&workspace, a, v), change: EventChange::Reject }),
            4 | 5 => {
                let kind = EventType::ALL[dice.roll(25)];
                (Did::Judge(a, v, Some(kind)), Edit::Event { at: at(&workspace, a, v), change: EventChange::Retype(kind) })
            }
            6 | 7 => {
                let events = vec![at(&workspace, a, v), at(&workspace, b, w)];
                (Did::Merge((a, v), (b, w)), Edit::MergeEvents { events })
            }
            8 => (Did::Split((a, v)), Edit::SplitEvent { at: at(&workspace, a, v) }),
            9 if a != b => (Did::MergeActors(a, b), Edit::MergeActors { into: key(a), others: vec![key(b)] }),
            9 | 10 => {
                let name = format!("Name {}", dice.roll(20));
                (Did::Rename(a, name.clone()), Edit::RenameActor { actor: key(a), name })
            }
            11 if plain.mark > 0 => {
                let number = dice.roll(plain.mark);
                (Did::Withdraw(number), Edit::Withdraw { number, name: "x".into() })
            }
            12 => {
                // Undo or redo.
                let to = if dice.roll(2) == 0 { workspace.mark_before() } else { workspace.mark_after() };
                if let Some(mark) = to {
                    let changes = vec![Change::Mark(mark)];
                    store.save(&Batch { changes: &changes, ..Batch::default() }).unwrap();
                    workspace.apply(changes);
                    plain.mark = mark;
                }
                settle(&mut workspace);
                assert_eq!(shown(&workspace, &names), plain.shown(), "step {step}");
                continue;
            }
            _ => {
                // Another reading of everything, or the same file opened again.
                if dice.roll(3) == 0 {
                    reading = 1 - reading;
                    let full = &readings[reading];
                    let changes: Vec<Change> = full.iter().map(|filed| Change::File(Arc::new(lean(filed)))).collect();
                    store.save(&Batch { full, changes: &changes, ..Batch::default() }).unwrap();
                    workspace.apply(changes);
                } else {
                    drop(store);
                    store = Store::open(&path, None).unwrap();
                    let loaded = store.load().unwrap();
                    assert_eq!(loaded.workspace.log, workspace.log, "step {step}");
                    assert_eq!((loaded.workspace.mark, &loaded.workspace.articles), (workspace.mark, &workspace.articles));
                    workspace = loaded.workspace;
                }
                settle(&mut workspace);
                assert_eq!(shown(&workspace, &names), plain.shown(), "step {step}");
                continue;
            }
        };
        let changes = vec![Change::Did(Entry::bare(step + 1, edit))];
        store.save(&Batch { changes: &changes, ..Batch::default() }).unwrap();
        workspace.apply(changes);
        plain.did(did.clone());
        settle(&mut workspace);
        assert_eq!(shown(&workspace, &names), plain.shown(), "step {step}: {did:?}");
        // A log that never ends would make this test slow and tell nothing new.
        if plain.mark > 60 {
            let all = dump(&workspace.facts);
            let end = workspace.mark;
            workspace.apply([Change::Mark(0)]);
            settle(&mut workspace);
            let mut empty = Workspace::from_parts(workspace.articles.values().cloned().collect(), Vec::new(), 0);
            settle(&mut empty);
            assert_eq!(dump(&workspace.facts), dump(&empty.facts), "everything undone, step {step}");
            workspace.apply([Change::Mark(end)]);
            settle(&mut workspace);
            assert_eq!(dump(&workspace.facts), all, "everything done again, step {step}");
            let changes = vec![Change::Mark(dice.roll(8))];
            store.save(&Batch { changes: &changes, ..Batch::default() }).unwrap();
            plain.mark = match &changes[0] {
                Change::Mark(mark) => *mark,
                _ => 0,
            };
            workspace.apply(changes);
            settle(&mut workspace);
        }
    }
    drop(store);
    clear();
}
