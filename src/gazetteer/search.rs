//! What a person has typed → the places whose names begin so, most prominent first.

use super::fold::key_of;
use super::{Entry, Gazetteer, Ref, Sense, Surface};
use crate::model::PlaceKind;

/// A name that is what was typed, whole, counts as so many times more people.
const WHOLE: f64 = 40.0;
/// And one that is only another name of its place counts as so many times fewer.
const OTHER: f64 = 0.05;

impl Gazetteer {
    /// At most `most` places, none twice; nothing for fewer than two letters. Within ten milliseconds for two letters, one for
    /// four.
    #[must_use]
    pub fn search(&self, typed: &str, most: usize) -> Vec<Entry> {
        let key = key_of(typed);
        if key.chars().count() < 2 {
            return Vec::new();
        }
        let mut found: Vec<(f64, Ref)> = Vec::new();
        let mut add = |name: &str, place: Ref, other: bool| {
            let people = match self.kind(place) {
                PlaceKind::Country | PlaceKind::Continent => 5e7,
                PlaceKind::City => f64::from(self.population(place)) + 500.0,
                PlaceKind::Venue => 2e5,
                _ => f64::from(self.population(place)).max(3e5),
            };
            let weight = people * if name == key { WHOLE } else { 1.0 } * if other { OTHER } else { 1.0 };
            found.push((weight, place));
        };
        for (name, reading) in self.hand.beginning(&key) {
            if matches!(reading.sense, Sense::Name | Sense::Alias) && reading.surface != Surface::Postal {
                add(name, reading.place, false);
            }
        }
        for (name, first) in self.world.beginning(&key) {
            for posting in self.world.postings(first) {
                add(&name, Ref(posting.record), posting.alternate);
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen: Vec<Ref> = Vec::new();
        for (_, place) in found {
            if seen.len() == most {
                break;
            }
            if !seen.contains(&place) {
                seen.push(place);
            }
        }
        seen.into_iter().map(|place| self.entry(place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Gazetteer;

    #[test]
    fn the_prominent_comes_first() {
        let gazetteer = Gazetteer::load();
        for (typed, name) in [("pari", "Paris"), ("Buenos A", "Buenos Aires"), ("Élys", "Élysée Palace"), ("Turk", "Turkey")] {
            let found = gazetteer.search(typed, 8);
            assert!(found.iter().take(3).any(|entry| entry.name.starts_with(name)), "{typed}: {:?}", found.first());
        }
        assert!(gazetteer.search("x", 8).is_empty() && gazetteer.search("", 8).is_empty());
        assert!(gazetteer.search("san", 8).len() == 8);
    }
}
