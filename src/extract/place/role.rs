//! A place's mention in its wording → its role there, and whether a government is meant.
//!
//! "in Paris" is a venue, "from Paris" an origin, "to Paris" a destination, "strikes on Gaza" a target; "Washington signals"
//! is a government: a capital that is the subject of a saying or deciding, with no preposition of place before it.

use super::cues;
use super::spot::{Scene, Spot};
use crate::gazetteer::fold::Join;
use crate::model::{PlaceKind, PlaceRole};

/// The role of spot `row`, and is it a metonym? `seat`: it can speak for a government.
#[must_use]
pub fn role(scene: &Scene<'_>, spots: &[Spot], row: usize, kind: PlaceKind, seat: bool) -> (PlaceRole, bool) {
    let spot = &spots[row];
    if spot.is_demonym {
        return (PlaceRole::Origin, false);
    }
    let (first, past) = (spot.first, spot.first + spot.len);
    if (scene.is_start(first) || first < 3) && scene.is_dateline(past, spot, spots.get(row + 1)) {
        return (PlaceRole::Dateline, false);
    }
    let Head { word: preposition, at } = head(scene, spots, row);
    let before = scene.before(at);
    let possessive = scene.is_possessive(past - 1);
    let after = if possessive { scene.words.key(past + 1) } else { scene.after(past) };
    if seat && is_metonym(scene, spots, row, preposition, before, after, possessive) {
        return (PlaceRole::Capital, true);
    }
    // "the Paris meeting", "Paris's summit": two words on at most
    let gathers = (0..2).any(|n| {
        let word = past + usize::from(possessive) + n;
        scene.join(word) == Join::Space
            && cues::is_gathering(scene.words.key(word))
            && (0..n).all(|m| scene.join(past + usize::from(possessive) + m) == Join::Space)
    });
    if gathers && !cues::is_away(preposition) {
        return (PlaceRole::Venue, false);
    }
    if scene.join(past) == Join::Hyphen {
        return match scene.words.key(past) {
            "based" | "born" | "made" | "backed" | "led" | "bred" | "trained" | "hosted" => (PlaceRole::Origin, false),
            "bound" => (PlaceRole::Destination, false),
            _ => (PlaceRole::Topic, false),
        };
    }
    // a modifier ("Gaza plan") or owner ("Gaza's future") is what is talked about
    let modifies = possessive || (scene.join(past) == Join::Space && scene.is_capital(past));
    let hazard = (1..4).any(|n| at >= n && cues::is_hazard(scene.words.key(at - n)));
    let role = match preposition {
        // "a tornado struck Paris" happens there; nobody aimed at it
        word if hazard && cues::is_blow(word) || cues::is_shaken(word) => PlaceRole::Venue,
        _ if cues::is_blow(before)
            && matches!(preposition, "on" | "against" | "of" | "in" | "at" | "into" | "over" | "targeting") =>
        {
            PlaceRole::Target
        }
        "against" => PlaceRole::Target,
        word if cues::is_blow(word) => PlaceRole::Target,
        word if cues::is_inside(word) => {
            if possessive && !matches!(word, "in" | "at" | "near" | "outside" | "inside") {
                PlaceRole::Topic
            } else {
                PlaceRole::Venue
            }
        }
        "on" if matches!(kind, PlaceKind::Water | PlaceKind::Mountain | PlaceKind::Venue) => PlaceRole::Venue,
        word if cues::is_away(word) => PlaceRole::Origin,
        "for" if !matches!(before, "left" | "leave" | "leaving" | "bound" | "departed" | "headed" | "heading" | "depart") => {
            PlaceRole::Topic
        }
        word if cues::is_toward(word) && !modifies => PlaceRole::Destination,
        word if cues::is_toward(word) && kind != PlaceKind::Country => PlaceRole::Destination,
        "of" if cues::is_settlement(before) || cues::is_side(before) => {
            // "in the outskirts of X", "north of X"
            PlaceRole::Venue
        }
        _ => PlaceRole::Topic,
    };
    (role, false)
}

/// Members of a list that are looked through for the word that governs them all; keeps the cost linear in the text.
const LONGEST_LIST: usize = 40;

/// The word that governs the name, skipping articles, adjectives and "city of"; and where it stands.
struct Head<'a> {
    word: &'a str,
    at: usize,
}

fn head<'a>(scene: &'a Scene<'_>, spots: &[Spot], row: usize) -> Head<'a> {
    let mut at = spots[row].first;
    // the first of a list or pair governs all: "in London, Paris and Rome"
    let mut number = row;
    while number > 0 && row - number < LONGEST_LIST {
        let previous = &spots[number - 1];
        let past = previous.first + previous.len;
        let joined = past == at && scene.join(at) == Join::Comma
            || past + 1 == at
                && matches!(scene.words.key(past), "and" | "or")
                && scene.join(past) != Join::Break
                && scene.join(at) == Join::Space;
        if !joined || previous.is_demonym {
            break;
        }
        number -= 1;
        at = previous.first;
    }
    for _ in 0..4 {
        let word = scene.before(at);
        let passes = matches!(
            word,
            "the"
                | "a"
                | "an"
                | "north"
                | "south"
                | "east"
                | "west"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "central"
                | "northeastern"
                | "northwestern"
                | "southeastern"
                | "southwestern"
                | "nearby"
                | "war"
                | "torn"
                | "neighbouring"
                | "neighboring"
                | "occupied"
                | "annexed"
                | "besieged"
                | "rural"
                | "downtown"
                | "far"
                | "upper"
                | "lower"
                | "greater"
                | "mainland"
                | "city"
                | "town"
                | "village"
                | "port"
                | "capital"
                | "resort"
                | "camp"
                | "suburb"
                | "island"
                | "province"
                | "region"
                | "district"
                | "state"
                | "its"
                | "his"
                | "her"
                | "their"
                | "our"
                | "modern"
                | "coastal"
                | "historic"
                | "former"
                | "ancient"
                | "both"
                | "famous"
                | "small"
                | "tiny"
                | "remote"
                | "neighbor"
                | "border"
                | "sea"
                | "red"
        ) || scene.lists_origin(at);
        let of = word == "of"
            && (cues::is_settlement(scene.before(at - 1))
                || cues::is_division(scene.before(at - 1))
                || cues::is_side(scene.before(at - 1)));
        if of {
            at -= 2;
        } else if passes {
            at -= 1;
        } else {
            break;
        }
    }
    Head { word: scene.before(at), at: at.saturating_sub(1) }
}

fn is_metonym(
    scene: &Scene<'_>,
    spots: &[Spot],
    row: usize,
    preposition: &str,
    before: &str,
    after: &str,
    possessive: bool,
) -> bool {
    let (first, past) = (spots[row].first, spots[row].first + spots[row].len);
    let direct = scene.before(first);
    let venue_like =
        cues::is_inside(preposition) && !(preposition == "between" && (cues::is_dealing(before) || deals(scene, first)));
    if venue_like
        || cues::is_away(preposition)
            && !possessive
            && !matches!(
                before,
                "pressure"
                    | "support"
                    | "backing"
                    | "approval"
                    | "statement"
                    | "response"
                    | "independence"
                    | "demands"
                    | "message"
                    | "signal"
                    | "assurances"
                    | "signals"
            )
    {
        return false;
    }
    // what could be away ("pressure from") was told apart above
    if preposition == "between" || cues::is_away(preposition) && !possessive {
        return true;
    }
    // a person of that name or a part of a longer name
    if scene.is_capital(past) && scene.join(past) == Join::Space {
        return false;
    }
    if possessive {
        return cues::is_affair(after) || cues::is_affair(scene.words.key(past + 2));
    }
    let adverb = after.ends_with("ly") || matches!(after, "also" | "has" | "had" | "itself" | "now" | "still" | "never");
    let verb = if adverb { scene.after(past + 1) } else { after };
    // a deed of any kind is a government's, but a place lies, burns and is struck
    let at = past + usize::from(adverb);
    let suffers = matches!(verb, "is" | "was" | "are" | "were" | "has" | "had" | "have") && is_struck(scene, at + 1);
    let acts = scene.is_finite(at) && !cues::is_of_place(verb);
    let says = scene.join(past) == Join::Space
        && !suffers
        && (cues::is_statecraft(verb) || adverb && cues::is_statecraft(after) || acts);
    let subject = !cues::is_preposition(preposition) || direct.is_empty();
    if says && subject {
        return true;
    }
    if scene.words.key(past) == "and" && says_later(scene, spots, row) {
        return true;
    }
    // "ties with Moscow", "told Tehran", "both Washington and Israel"
    match preposition {
        "by" if before.ends_with("ed") && !matches!(before, "followed" | "surrounded" | "divided") => true,
        "with" | "between" => cues::is_dealing(before) || before.ends_with("ing") || before.ends_with("ed"),
        "on" | "against" | "by" | "to" | "for" | "from" => {
            cues::is_dealing(before) && !matches!(before, "talks" | "negotiations")
        }
        "both" => true,
        word if direct == word => cues::is_dealing(word),
        _ => direct == "both",
    }
}

/// "was shelled", "has been hit": the place suffers.
fn is_struck(scene: &Scene<'_>, at: usize) -> bool {
    let at = at + usize::from(scene.after(at) == "been");
    cues::is_blow(scene.after(at)) || cues::is_of_place(scene.after(at))
}

/// "Washington and Tehran said": the verb stands after the second name.
fn says_later(scene: &Scene<'_>, spots: &[Spot], row: usize) -> bool {
    spots.get(row + 1).is_some_and(|next| {
        let past = next.first + next.len;
        next.first == spots[row].first + spots[row].len + 1
            && scene.join(past) == Join::Space
            && (cues::is_statecraft(scene.words.key(past)) || scene.is_finite(past) && !cues::is_of_place(scene.words.key(past)))
            && !cues::is_preposition(scene.before(spots[row].first))
    })
}

/// "talks between Moscow and Kyiv" rather than "the road between Moscow and Kyiv".
fn deals(scene: &Scene<'_>, first: usize) -> bool {
    (1..4).any(|n| first > n && cues::is_dealing(scene.words.key(first - n)))
}
