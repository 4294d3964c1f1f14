//! What stands about an article → the town it was written for: its outlet's, which local names are then read near.

use std::collections::HashMap;

use super::cues;
use super::spot::{Scene, Spot};
use crate::gazetteer::fold::key_of;
use crate::gazetteer::{Gazetteer, Ref, Sense};
use crate::model::{About, PlaceKind};

const OUTLETS: &str = include_str!("../../../assets/gazetteer/src/outlets.tsv");

/// Outlets by host and by folded name. Only looked up.
#[derive(Debug)]
pub struct Outlets {
    towns: HashMap<String, (&'static str, &'static str, &'static str)>,
}

impl Outlets {
    pub(super) fn load() -> Self {
        let mut towns = HashMap::new();
        for line in OUTLETS.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (names, town, country) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""), fields.next().unwrap_or(""));
            let division = fields.next().unwrap_or("");
            for name in names.split('|') {
                let name = if name.contains('.') && !name.contains(' ') { name.to_owned() } else { key_of(name) };
                towns.insert(name, (town, country, division));
            }
        }
        Self { towns }
    }

    /// The home town of the article's outlet, by the outlet's name or the address it came from.
    pub(super) fn home(&self, gazetteer: &Gazetteer, about: &About) -> Option<Ref> {
        let name = about.outlet.as_deref().map(key_of);
        if let Some(row) = name.as_ref().and_then(|name| self.towns.get(name)) {
            return find(gazetteer, row);
        }
        let host = about.url.as_deref().and_then(host_of)?;
        // www.news.example.com, then news.example.com, then example.com
        let mut rest = host;
        loop {
            if let Some(row) = self.towns.get(rest) {
                return find(gazetteer, row);
            }
            match rest.split_once('.') {
                Some((_, tail)) if tail.contains('.') => rest = tail,
                _ => break,
            }
        }
        town_in_host(gazetteer, rest)
    }
}

fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', ':']).next().filter(|host| host.contains('.'))
}

fn find(gazetteer: &Gazetteer, &(town, country, division): &(&str, &str, &str)) -> Option<Ref> {
    gazetteer
        .places(town)
        .filter(|place| gazetteer.kind(*place) == PlaceKind::City && gazetteer.country_code(*place) == country)
        .filter(|place| division.is_empty() || gazetteer.division(*place) == division)
        .max_by_key(|place| gazetteer.population(*place))
}

/// "dallasnews.com": a town's name and then the name of a paper.
fn town_in_host(gazetteer: &Gazetteer, host: &str) -> Option<Ref> {
    let label = host.split('.').next()?;
    let label = label.strip_prefix("the").unwrap_or(label);
    let label: String = label.chars().filter(char::is_ascii_alphabetic).collect();
    (5..=label.len()).rev().find_map(|cut| {
        let (town, rest) = label.split_at(cut);
        let is_paper = rest.is_empty()
            || cues::is_paper(rest)
            || matches!(rest, "online" | "newspress" | "newsonline" | "now" | "sentinel" | "patriot" | "citizen");
        let place = gazetteer
            .places(town)
            .filter(|place| gazetteer.kind(*place) == PlaceKind::City)
            .max_by_key(|place| gazetteer.population(*place))?;
        (is_paper && gazetteer.population(place) > 10_000).then_some(place)
    })
}

/// The place of the dateline, as far as its own words tell: the most populous reading inside what follows the comma.
pub(super) fn dateline(scene: &Scene<'_>, spots: &[Spot]) -> Option<Ref> {
    let (row, spot) = spots.iter().enumerate().take(6).find(|(row, spot)| {
        !spot.is_demonym && scene.is_start(spot.first) && scene.is_dateline(spot.first + spot.len, spot, spots.get(row + 1))
    })?;
    let outer: Vec<Ref> = spots
        .get(row + 1)
        .filter(|next| next.first == spot.first + spot.len)
        .map(|next| next.readings.iter().map(|r| r.place).collect())
        .unwrap_or_default();
    let gazetteer = scene.gazetteer;
    spot.readings
        .iter()
        .filter(|r| matches!(r.sense, Sense::Name | Sense::Alias) && gazetteer.kind(r.place) == PlaceKind::City)
        .map(|r| r.place)
        .max_by_key(|place| {
            let inside = outer.iter().any(|outer| {
                gazetteer.country_code(*outer) == gazetteer.country_code(*place)
                    && (gazetteer.kind(*outer) == PlaceKind::Country
                        || key_of(gazetteer.division(*place)) == key_of(gazetteer.name(*outer)))
            });
            (inside, gazetteer.population(*place))
        })
}
