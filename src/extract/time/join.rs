//! A sighting and the one before it → one expression where the two are one: "10 p.m." + "Wednesday".

use super::figure::Line;
use super::find::{Sighting, is_day, says_any};
use super::meaning::{Core, DayPart, Part, Toward, Year};
use super::scan::Gap;

/// A length with "before" or "after" and the date that follows it.
fn counted_from(length: &Core, date: &Core) -> Option<Core> {
    let date = Box::new(date.clone());
    match *length {
        Core::FromContext { unit, n } => Some(Core::Beside { unit, n, date }),
        Core::Offset { amount, unit, forward, told: true } if amount % 100 == 0 => {
            Some(Core::Counted { unit, n: if forward { amount / 100 } else { -amount / 100 }, date })
        }
        _ => None,
    }
}

/// Adds a sighting, joined with the one before where the two are one expression: "10 p.m." + "Wednesday", "Friday" + "morning",
/// "the morning of" + "31 January", "5 p.m. EST," + "Nov. 6".
pub(super) fn join(line: Line<'_>, sightings: &mut Vec<Sighting>, new: Sighting) {
    let Some(last) = sightings.last_mut() else {
        sightings.push(new);
        return;
    };
    let between = &line.tokens[last.end..new.start];
    let near = new.start == 0 || line.tokens[last.end..=new.start].iter().all(|tok| tok.gap != Gap::Paragraph);
    let joined_by = |words: &[&str]| match between {
        [] => true,
        [tok] => words.iter().any(|word| line.says(tok, word)),
        _ => false,
    };
    // "the day before Easter", "two weeks after 9 May"
    if near
        && between.is_empty()
        && says_any(line, line.get(last.end - 1), &["before", "after"])
        && is_day(&new.meaning.core)
        && new.meaning.part.is_none()
        && let Some(core) = counted_from(&last.meaning.core, &new.meaning.core)
    {
        last.end = new.end;
        last.core_end = new.core_end;
        last.meaning.core = core;
        return;
    }
    let (bare_first, bare_second) = (last.meaning.core == Core::Bare, new.meaning.core == Core::Bare);
    let part_of_day = matches!(last.meaning.core, Core::Same { unit: super::calendar::Unit::Day }) && last.meaning.part.is_some();
    if near
        && (bare_first || part_of_day)
        && is_day(&new.meaning.core)
        && new.meaning.part.is_none()
        && joined_by(&[",", "on", "of"])
    {
        last.end = new.end;
        last.core_end = new.core_end;
        last.meaning.core = new.meaning.core;
        return;
    }
    // "10 p.m. tonight"
    let clock = bare_first && matches!(last.meaning.part, Some(DayPart::Clock(_)));
    if near && clock && between.is_empty() && is_day(&new.meaning.core) && matches!(new.meaning.part, Some(DayPart::Named(_))) {
        last.end = new.end;
        last.core_end = new.core_end;
        last.meaning.core = new.meaning.core;
        return;
    }
    if near && is_day(&last.meaning.core) && last.meaning.part.is_none() {
        let part_word = matches!(new.meaning.part, Some(DayPart::Named(_)));
        if bare_second && (between.is_empty() || !part_word && joined_by(&["at", ","])) {
            last.end = new.end;
            last.core_end = new.core_end;
            last.meaning.part = new.meaning.part;
            return;
        }
    }
    // "Friday morning": the part alone is no sighting of its own, see `find`
    let month_of =
        |core: &Core| matches!(core, Core::Calendar { year: Year::Open, part: Part::Month(_), toward: Toward::Tense, .. });
    if near
        && let Core::Calendar { year, part: Part::Whole, .. } = new.meaning.core
        && month_of(&last.meaning.core)
        && joined_by(&[",", "of"])
        && let Core::Calendar { year: open, .. } = &mut last.meaning.core
    {
        *open = year;
        last.end = new.end;
        last.core_end = new.core_end;
        return;
    }
    sightings.push(new);
}
