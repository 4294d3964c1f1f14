//! Seats of government, demonyms and metonyms: who speaks when a capital "says" something.

use std::collections::{BTreeMap, HashMap};

use super::fold::key_of;
use super::hand::{DEMONYMS, METONYMS, SEATS, rows};
use super::{Entry, Gazetteer, Ref, Sense, Surface};
use crate::model::PlaceKind;

/// A word for what comes from a place, or for its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demonym<'a> {
    /// ISO 3166-1 alpha-2; `None` for regions of several states ("European").
    pub country: Option<&'a str>,
    pub place: Ref,
    /// "Frenchmen" rather than "French".
    pub is_people: bool,
}

/// A seat of government.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    pub place: Ref,
    /// For a disputed or shared seat: one sentence that says so.
    pub contested: Option<&'static str>,
}

#[derive(Debug, Default)]
pub(super) struct Seats {
    /// ISO code → seats, the one drawn first.
    by_country: BTreeMap<String, Vec<Seat>>,
    /// Folded name → ISO code. Only looked up.
    metonyms: HashMap<String, &'static str>,
    /// Only looked up.
    seat_of: HashMap<Ref, String>,
}

impl Seats {
    pub fn load(gazetteer: &mut Gazetteer) -> Self {
        let mut seats = Self::default();
        for row in rows(SEATS, 3) {
            if let Some(place) = town(gazetteer, row[1], row[0]) {
                let contested = (!row[2].is_empty()).then_some(row[2]);
                seats.by_country.entry(row[0].to_owned()).or_default().push(Seat { place, contested });
            }
        }
        for country in gazetteer.countries() {
            if !country.seat.is_empty()
                && !seats.by_country.contains_key(&country.iso)
                && let Some(place) = town(gazetteer, &country.seat, &country.iso)
            {
                seats.by_country.insert(country.iso.clone(), vec![Seat { place, contested: None }]);
            }
        }
        for (iso, list) in &seats.by_country {
            for seat in list {
                seats.seat_of.entry(seat.place).or_insert_with(|| iso.clone());
            }
        }
        for row in rows(METONYMS, 2) {
            seats.metonyms.insert(key_of(row[0]), row[1]);
        }
        for row in rows(DEMONYMS, 3) {
            let sense = match row[2] {
                "people" => Sense::People,
                "alias" => Sense::Alias,
                "name" => Sense::Name,
                _ => Sense::Adjective,
            };
            let place = row[1];
            let place = match place.split_once('@') {
                Some((name, iso)) => town(gazetteer, name, iso),
                None => gazetteer.hand.get(&key_of(place)).first().map(|reading| reading.place),
            };
            if let Some(place) = place {
                for word in row[0].split('|') {
                    gazetteer.hand.name(word, place, sense);
                }
            }
        }
        seats
    }
}

/// The most populous town of that name in the country.
fn town(gazetteer: &Gazetteer, name: &str, iso: &str) -> Option<Ref> {
    let key = key_of(name);
    let hand = gazetteer.hand.get(&key).iter().map(|reading| reading.place);
    let world = gazetteer.world.get(&key).into_iter().flat_map(|first| gazetteer.world.postings(first));
    let all = || world.map(|posting| Ref(posting.record));
    all()
        .chain(hand)
        .filter(|place| gazetteer.country_code(*place) == iso)
        .filter(|place| matches!(gazetteer.kind(*place), PlaceKind::City | PlaceKind::Admin1 | PlaceKind::Region))
        .max_by_key(|place| {
            // "New Delhi" is the seat, not Delhi, which is also called so
            let own = key_of(gazetteer.name(*place)) == key;
            (gazetteer.kind(*place) == PlaceKind::City, own, gazetteer.population(*place))
        })
}

impl Gazetteer {
    /// Seats of government of a country (ISO 3166-1 alpha-2), the first the one drawn; with a sentence where disputed or shared.
    #[must_use]
    pub fn capitals(&self, country: &str) -> Vec<(Entry, Option<String>)> {
        self.seats(country).iter().map(|seat| (self.entry(seat.place), seat.contested.map(Into::into))).collect()
    }

    /// The same as references.
    #[must_use]
    pub fn seats(&self, country: &str) -> &[Seat] {
        self.seats.by_country.get(country).map_or(&[], Vec::as_slice)
    }

    /// ISO code of the country whose government sits at this place.
    #[must_use]
    pub fn seat_of(&self, place: Ref) -> Option<&str> {
        self.seats.seat_of.get(&place).map(String::as_str)
    }

    /// ISO code of the country whose government speaks through this name: "the Kremlin", "Downing Street", "Washington".
    #[must_use]
    pub fn metonym(&self, name: &str) -> Option<&str> {
        let key = key_of(name);
        if let Some(iso) = self.seats.metonyms.get(&key) {
            return Some(iso);
        }
        let world = self.world.get(&key)?;
        self.world.postings(world).find_map(|posting| self.seat_of(Ref(posting.record)))
    }

    /// Can this place speak for a government under this name ("Kremlin")?
    #[must_use]
    pub fn metonym_place(&self, place: Ref, key: &str) -> bool {
        self.kind(place) == PlaceKind::Venue && self.seats.metonyms.contains_key(key)
    }

    /// What the word says of origin: "Turkish", "Gazans", "European", "Parisian". The usual one comes first.
    #[must_use]
    pub fn demonyms(&self, word: &str) -> Vec<Demonym<'_>> {
        let capitals = !word.chars().any(char::is_lowercase);
        self.hand
            .get(&key_of(word))
            .iter()
            .filter(|reading| matches!(reading.sense, Sense::Adjective | Sense::People))
            .filter(|reading| reading.surface != Surface::Capitals || capitals)
            .map(|reading| {
                let code = self.country_code(reading.place);
                Demonym {
                    country: self.country(&code).map(|country| country.iso.as_str()),
                    place: reading.place,
                    is_people: reading.sense == Sense::People,
                }
            })
            .collect()
    }

    /// The country a demonym means, where it means one: "Turkish" → `TR`, "European" → none.
    #[must_use]
    pub fn demonym_country(&self, word: &str) -> Option<&str> {
        self.demonyms(word).first().and_then(|demonym| demonym.country)
    }
}
