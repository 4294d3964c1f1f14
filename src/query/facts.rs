//! Articles ⊕ log → the merged tables that views are made from. Pure; the order of import plays no part.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::actors;
use super::copies;
use super::same::{Tables, Unit, is_compared, same};
use super::shown::{Edits, Judgement, Shown, event_row, shown};
use crate::model::{
    ActorFact, ActorNo, ArticleNo, Edit, Entry, EventFact, EventNo, Facts, Filed, Judged, Orphan, Part, Place, PlaceFact,
    PlaceNo, Remark, Report, Row, Shown as Sight, Starred, Target, Workspace, days,
};

/// Brings a workspace's facts in line with its articles and its log.
pub fn settle(workspace: &mut Workspace) {
    workspace.facts = Arc::new(facts(workspace));
}

/// What is shown: everything found in the articles on the desk, with the edits in force on top, one row for one thing.
#[must_use]
pub fn facts(workspace: &Workspace) -> Facts {
    let in_force = workspace.in_force();
    let edits = Edits::of(&in_force);
    let mut desk: Vec<Shown> =
        workspace.on_desk().iter().filter_map(|id| workspace.articles.get(id)).map(|filed| shown(filed, &edits)).collect();
    desk.sort_by_key(|shown| {
        let date = shown.filed.about.published.as_ref().map(|published| published.date);
        (date.is_none(), date, shown.filed.id)
    });
    let mut facts = Facts::default();
    for shown in &desk {
        facts.article_rows.insert(shown.filed.id, ArticleNo(row(facts.articles.len())));
        facts.articles.push(Arc::clone(&shown.filed));
        facts.orphans.extend(shown.orphans.iter().cloned());
    }
    facts.parts = vec![Part::default(); desk.len()];
    add_places(&mut facts, &in_force);
    add_actors(&mut facts, &in_force);
    let articles: Vec<&Filed> = desk.iter().map(|shown| &*shown.filed).collect();
    for (part, kin) in facts.parts.iter_mut().zip(copies::kin(&articles)) {
        part.source = row(kin.source);
        part.copies = kin.copies.into_iter().map(|at| ArticleNo(row(at))).collect();
        part.replaced_by = kin.replaced_by.map(|at| ArticleNo(row(at)));
    }
    add_events(&mut facts, &desk, &in_force);
    add_remarks(&mut facts, &in_force);
    absent(&mut facts, workspace, &in_force);
    facts.orphans.sort_by(|a, b| (a.number, &a.reason).cmp(&(b.number, &b.reason)));
    facts.orphans.dedup();
    facts
}

fn row(index: usize) -> u32 {
    u32::try_from(index).expect("memory ends long before four thousand million rows")
}

fn add_places(facts: &mut Facts, in_force: &[(usize, &Entry)]) {
    // The reading that most articles are surest of gives name and point: best score, then the first article.
    let mut rows: BTreeMap<(usize, usize), &Place> = BTreeMap::new();
    let articles = facts.articles.clone();
    for (article, filed) in articles.iter().enumerate() {
        let used: BTreeSet<u32> =
            filed.analysis.events.iter().flat_map(|event| event.places.iter().map(|place| place.place)).collect();
        for (own, place) in filed.analysis.places.iter().enumerate() {
            if !(place.mentions.is_empty() && place.roles.is_empty()) || used.contains(&row(own)) {
                rows.insert((article, own), place);
            }
        }
        facts.parts[article].places = vec![None; filed.analysis.places.len()].into();
    }
    for ((article, own), place) in rows {
        let next = PlaceNo(row(facts.places.len()));
        let no = *facts.place_rows.entry(place.id.clone()).or_insert(next);
        if no == next {
            facts.places.push(PlaceFact {
                id: place.id.clone(),
                name: place.name.clone(),
                kind: place.kind,
                point: place.point,
                country: place.country.clone(),
                radius_km: place.radius_km,
                score: place.score,
                contested: place.contested.clone(),
                mentioned: Vec::new(),
            });
        }
        let fact = &mut facts.places[no.0 as usize];
        fact.score = fact.score.max(place.score);
        fact.mentioned.push((ArticleNo(row(article)), row(own)));
        facts.parts[article].places[own] = Some(no);
    }
    for &(number, entry) in in_force {
        let (id, what) = match &entry.edit {
            Edit::MovePlace { place, name, .. } => (place, name),
            Edit::RenamePlace { place, was, .. } => (place, was),
            _ => continue,
        };
        let Some(no) = facts.place_no(id) else {
            facts.orphans.push(Orphan { number, reason: format!("no article names {what} any more") });
            continue;
        };
        let fact = &mut facts.places[no.0 as usize];
        match &entry.edit {
            Edit::MovePlace { to, .. } => (fact.point, fact.radius_km) = (Some(*to), 0.0),
            Edit::RenamePlace { name, .. } => fact.name.clone_from(name),
            _ => {}
        }
    }
}

fn add_actors(facts: &mut Facts, in_force: &[(usize, &Entry)]) {
    let articles = facts.articles.clone();
    let plain: Vec<&Filed> = articles.iter().map(|filed| &**filed).collect();
    let ones = actors::one(&plain, in_force.iter().copied(), &mut facts.orphans);
    for (article, filed) in articles.iter().enumerate() {
        facts.parts[article].actors = vec![None; filed.analysis.actors.len()].into();
    }
    for one in ones {
        let no = ActorNo(row(facts.actors.len()));
        let found = || one.rows.iter().map(|(article, own)| &articles[*article].analysis.actors[*own]);
        // By the name most articles use, the longer of two, the first of the alphabet.
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        found().for_each(|actor| *votes.entry(&actor.name).or_default() += 1);
        let best = votes.iter().max_by_key(|(name, count)| (name.split(' ').count() > 1, **count, name.len(), Reverse(**name)));
        let name = one.renamed.clone().unwrap_or_else(|| best.map(|(name, _)| (*name).to_owned()).unwrap_or_default());
        let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
        found().filter_map(|actor| actor.country.as_deref()).for_each(|code| *countries.entry(code).or_default() += 1);
        let country = countries.iter().max_by_key(|(code, count)| (**count, Reverse(**code))).map(|(code, _)| (*code).to_owned());
        let mut titles: Vec<String> = Vec::new();
        let mut aliases: BTreeSet<String> = BTreeSet::new();
        for actor in found() {
            titles.extend(actor.titles.iter().filter(|title| !titles.contains(title)).cloned().collect::<Vec<_>>());
            aliases.extend(actor.aliases.iter().cloned());
            aliases.insert(actor.name.clone());
        }
        aliases.remove(&name);
        facts.actors.push(ActorFact {
            key: one.key.clone(),
            name,
            kind: found().next().map_or(crate::model::ActorKind::Group, |actor| actor.kind),
            country,
            titles,
            aliases: aliases.into_iter().collect(),
            mentioned: one.rows.iter().map(|(article, own)| (ArticleNo(row(*article)), row(*own))).collect(),
            why: one.why,
        });
        for (article, own) in one.rows {
            facts.parts[article].actors[own] = Some(no);
        }
        for key in one.known {
            facts.actor_rows.entry(key).or_insert(no);
        }
        facts.actor_rows.insert(one.key, no);
    }
}

fn add_events(facts: &mut Facts, desk: &[Shown], in_force: &[(usize, &Entry)]) {
    let articles = facts.articles.clone();
    let kinds: Vec<_> = facts.actors.iter().map(|actor| actor.kind).collect();
    let tables = Tables {
        articles: articles.iter().map(|filed| &**filed).collect(),
        parts: &facts.parts,
        places: &facts.places,
        actor_kinds: &kinds,
    };
    let mut units: Vec<Unit> = Vec::new();
    // What is not looked for in other articles stays as its article tells it.
    let mut alone: Vec<Vec<Report>> = Vec::new();
    for (article, shown) in desk.iter().enumerate() {
        let events = &shown.filed.analysis.events;
        for rows in own_groups(shown) {
            if is_compared(rows.iter().map(|own| &events[*own as usize])) {
                units.push(Unit::of(&tables, article, &rows));
            } else {
                alone.push(rows.into_iter().map(|own| Report { article: ArticleNo(row(article)), row: own }).collect());
            }
        }
    }
    let mut groups: Vec<Vec<Report>> = same(&tables, &units)
        .into_iter()
        .map(|set| set.into_iter().flat_map(|at| units[at].reports.iter().copied()).collect())
        .collect();
    drop(units);
    groups.append(&mut alone);
    let mut orphans = Vec::new();
    for &(number, entry) in in_force {
        if let Err(reason) = regroup(facts, &mut groups, &entry.edit) {
            orphans.push(Orphan { number, reason });
        }
    }
    facts.orphans.extend(orphans);
    groups.retain(|group| !group.is_empty());
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    for (article, filed) in articles.iter().enumerate() {
        facts.parts[article].events = vec![None; filed.analysis.events.len()].into();
    }
    for group in groups {
        let no = EventNo(row(facts.events.len()));
        let fact = event_fact(facts, desk, &group);
        for report in &group {
            facts.parts[report.article.0 as usize].events[report.row as usize] = Some(no);
        }
        facts.events.push(fact);
    }
    facts.by_day = (0..row(facts.events.len())).map(EventNo).collect();
    let events = &facts.events;
    facts.by_day.sort_by_key(|no| {
        let days = events[no.0 as usize].days;
        (days.is_none(), days.map(|(from, _)| from), *no)
    });
}

/// The rows of one article that tell the same event, by what the extraction says; rejected ones are left out.
fn own_groups(shown: &Shown) -> Vec<Vec<u32>> {
    let events = &shown.filed.analysis.events;
    let mut groups = actors::Groups::new(events.len());
    let stays = |at: usize| shown.judged.get(&row(at)) != Some(&Judgement::Rejected);
    for (at, event) in events.iter().enumerate().filter(|(at, _)| stays(*at)) {
        for other in event.same_as.iter().map(|other| *other as usize).filter(|other| *other < events.len() && stays(*other)) {
            groups.join(at, other);
        }
    }
    let mut sets: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for at in (0..events.len()).filter(|at| stays(*at)) {
        sets.entry(groups.root(at)).or_default().push(row(at));
    }
    sets.into_values().collect()
}

/// Merges and splits that a person asked for.
fn regroup(facts: &Facts, groups: &mut Vec<Vec<Report>>, edit: &Edit) -> Result<(), String> {
    let find = |at: &crate::model::Anchor| -> Result<Report, String> {
        let article = facts.article_no(at.article).ok_or("its article is not on the desk")?;
        let own = event_row(facts.article(article), at).ok_or_else(|| format!("no event is found at “{}” any more", at.words))?;
        Ok(Report { article, row: row(own) })
    };
    match edit {
        Edit::MergeEvents { events } => {
            let mut whole = Vec::new();
            let mut first = None;
            let mut missing = Ok(());
            for at in events {
                match find(at) {
                    Ok(report) => {
                        if let Some(group) = groups.iter().position(|group| group.contains(&report)) {
                            first = first.or(Some(group));
                            whole.append(&mut groups[group]);
                        }
                    }
                    Err(reason) => missing = Err(reason),
                }
            }
            if let Some(first) = first {
                groups[first] = whole;
            }
            missing
        }
        Edit::SplitEvent { at } => {
            let report = find(at)?;
            if let Some(group) = groups.iter().position(|group| group.contains(&report))
                && groups[group].len() > 1
            {
                groups[group].retain(|own| *own != report);
                groups.push(vec![report]);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn event_fact(facts: &Facts, desk: &[Shown], group: &[Report]) -> EventFact {
    let told = |report: &Report| facts.report(*report);
    let accepted = |report: &Report| desk[report.article.0 as usize].judged.get(&report.row) == Some(&Judgement::Accepted);
    // The report that tells most: a person's word, then one with a day, then the weightiest, the surest, the first.
    let lead = group
        .iter()
        .max_by(|a, b| {
            let (x, y) = (told(a), told(b));
            let dated = |report: &Report| days(&told(report).when.interval).is_some();
            (accepted(a), dated(a))
                .cmp(&(accepted(b), dated(b)))
                .then(x.salience.total_cmp(&y.salience))
                .then(x.certainty.total_cmp(&y.certainty))
                .then(b.cmp(a))
        })
        .copied()
        .expect("a group holds at least one report");
    let event = told(&lead);
    let mut places = Vec::new();
    let mut actors = Vec::new();
    let mut sources = BTreeSet::new();
    let ordered = std::iter::once(lead).chain(group.iter().copied().filter(|report| *report != lead));
    for report in ordered {
        let part = facts.part(report.article);
        sources.insert(part.source);
        for place in &told(&report).places {
            if let Some(no) = part.places.get(place.place as usize).copied().flatten()
                && !places.contains(&(no, place.role))
            {
                places.push((no, place.role));
            }
        }
        for actor in &told(&report).actors {
            if let Some(no) = part.actors.get(actor.actor as usize).copied().flatten()
                && !actors.contains(&(no, actor.role))
            {
                actors.push((no, actor.role));
            }
        }
    }
    EventFact {
        article: lead.article,
        row: lead.row,
        more: group.iter().copied().filter(|report| *report != lead).collect(),
        sources: row(sources.len()),
        kind: event.kind,
        standing: event.standing,
        interval: event.when.interval,
        days: days(&event.when.interval),
        places: places.into(),
        actors: actors.into(),
        certainty: group.iter().map(|report| told(report).certainty).fold(0.0, f32::max),
        salience: group.iter().map(|report| told(report).salience).fold(0.0, f32::max),
        judged: if group.iter().any(accepted) { Judged::Accepted } else { Judged::Open },
    }
}

fn add_remarks(facts: &mut Facts, in_force: &[(usize, &Entry)]) {
    for &(number, entry) in in_force {
        let Edit::Remark { on, remark } = &entry.edit else { continue };
        let found = match on {
            Target::Article(id) => facts.article_no(*id).map(Row::Article).ok_or_else(|| "its article is not on the desk".into()),
            Target::Place(id) => facts.place_no(id).map(Row::Place).ok_or_else(|| "no article names the place any more".into()),
            Target::Actor(key) => {
                facts.actor_no(key).map(Row::Actor).ok_or_else(|| format!("no actor is called “{}” any more", key.name()))
            }
            Target::Event(at) => facts
                .article_no(at.article)
                .and_then(|no| event_row(facts.article(no), at))
                .and_then(|own| facts.event_of(at.article, row(own)))
                .map(Row::Event)
                .ok_or_else(|| format!("no event is found at “{}” any more", at.words)),
        };
        let remarks = match found {
            Ok(row) => facts.remarks.entry(row).or_default(),
            Err(reason) => {
                facts.orphans.push(Orphan { number, reason });
                continue;
            }
        };
        match remark {
            Remark::Hide => remarks.hidden = Sight::Hidden,
            Remark::Unhide => remarks.hidden = Sight::Yes,
            Remark::Star => remarks.starred = Starred::Yes,
            Remark::Unstar => remarks.starred = Starred::No,
            Remark::Tag(tag) => {
                remarks.tags.insert(tag.clone());
            }
            Remark::Untag(tag) => {
                remarks.tags.remove(tag);
            }
            Remark::Note(note) => remarks.note.clone_from(note),
        }
    }
    facts.remarks.retain(|_, remarks| *remarks != crate::model::Remarks::default());
}

/// Edits on articles that the workspace does not have at all, as a colleague's may be.
fn absent(facts: &mut Facts, workspace: &Workspace, in_force: &[(usize, &Entry)]) {
    let known = &workspace.articles;
    for &(number, entry) in in_force {
        let lacks = match &entry.edit {
            Edit::Published { article, .. } | Edit::SplitActor { article, .. } => !known.contains_key(article),
            edit => edit.anchor().is_some_and(|at| !known.contains_key(&at.article)),
        };
        if lacks && !entry.edit.is_rule() {
            facts.orphans.push(Orphan { number, reason: "its article is not in this workspace".into() });
        }
    }
}
