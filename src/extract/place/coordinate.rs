//! A text → the positions written out in it: "48°51′24″N 2°21′03″E", "48.85 N, 2.35 E", "lat. 48.85, long. 2.35",
//! "48 degrees 51 minutes north, 2 degrees 21 minutes east", "(48.8566, 2.3522)".
//!
//! Two bare decimals are a position only where something says so: a label, a bracket with a cue before it, or degree signs.
//! What is no place on Earth, and 0, 0 (what programs write that know nothing), is found and marked as such, never drawn.

use crate::model::{LonLat, Span};

/// A position in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    pub span: Span,
    /// `None` where the numbers are no place on Earth, or 0, 0.
    pub point: Option<LonLat>,
    /// Half of the last digit written, or of the range.
    pub radius_km: f32,
}

/// Kilometres of a degree of latitude.
const DEGREE_KM: f64 = 111.2;
/// Longest text between the two angles (", and longitude ").
const MOST_BETWEEN: usize = 4;

/// All positions, in text order. Linear: every attempt looks at a bounded stretch.
pub(super) fn written(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let first = bytes[at];
        let begins = (first.is_ascii_digit() || matches!(first, b'-' | b'N' | b'S' | b'E' | b'W' | b'L' | b'l' | 0xe2))
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && !matches!(bytes[at - 1], b'.' | b'$'));
        if begins
            && text.is_char_boundary(at)
            && let Some((end, point, radius_km)) = pair(text, at)
        {
            found.push(Written { span: Span::new(at, end), point, radius_km });
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Which way an angle points, and how it is written.
#[derive(Clone, Copy, Debug)]
struct Angle {
    degrees: f64,
    /// Half of what the last digit stands for, or of the range, in degrees.
    slack: f64,
    /// 'N', 'S', 'E', 'W', or a label without direction: 'a' (latitude), 'o' (longitude).
    way: Option<char>,
    has_sign: bool,
    decimals: usize,
}

fn pair(text: &str, start: usize) -> Option<(usize, Option<LonLat>, f32)> {
    let mut cursor = Cursor { text, at: start };
    let first = cursor.angle()?;
    // what has neither sign, direction, label nor two decimals is a number like any other
    if first.way.is_none() && !first.has_sign && first.decimals < 2 {
        return None;
    }
    let mut between = 0;
    while between < MOST_BETWEEN && cursor.any(&[", ", ",", "; ", " ", "/", " and ", "and ", " by ", "by ", "\u{a0}"]) {
        between += 1;
    }
    let second = cursor.angle()?;
    let is_lat = |angle: &Angle| matches!(angle.way, Some('N' | 'S' | 'a'));
    let is_lon = |angle: &Angle| matches!(angle.way, Some('E' | 'W' | 'o'));
    let told = is_lat(&first) && is_lon(&second) || is_lon(&first) && is_lat(&second);
    let bare = first.way.is_none() && second.way.is_none();
    let signed = bare && first.has_sign && second.has_sign;
    let decimal = bare && first.decimals >= 2 && second.decimals >= 2 && between > 0 && is_announced(text, start);
    if !(told || signed || decimal) {
        return None;
    }
    let (lat, lon) = if is_lon(&first) { (second, first) } else { (first, second) };
    let turn = |angle: &Angle| if matches!(angle.way, Some('S' | 'W')) { -angle.degrees.abs() } else { angle.degrees };
    let (y, x) = (turn(&lat), turn(&lon));
    // 0, 0 lies in the sea off Africa, where next to nothing happens but in tables of missing values
    let point = LonLat::new(x, y).filter(|_| x != 0.0 || y != 0.0);
    let radius_km = (lat.slack.hypot(lon.slack * y.to_radians().cos()) * DEGREE_KM).clamp(0.05, 2000.0) as f32;
    Some((cursor.at, point, radius_km))
}

/// Does a word or bracket before the numbers say that they are a position?
fn is_announced(text: &str, start: usize) -> bool {
    let mut from = start.saturating_sub(48);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text[from..start].to_lowercase();
    ["coordinate", "position", "gps", "latitude", "located at", "geoloc", "lat/lon", "lat, lon"]
        .iter()
        .any(|cue| before.contains(cue))
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn eat(&mut self, word: &str) -> bool {
        let is_here = self.rest().starts_with(word);
        if is_here {
            self.at += word.len();
        }
        is_here
    }

    /// Eats the first of these that is here; longer ones stand first.
    fn any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(word))
    }

    /// A word in any case, which no letter follows.
    fn word(&mut self, words: &[&str]) -> bool {
        let rest = self.rest().as_bytes();
        let found = words.iter().find(|word| {
            rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
                && !rest.get(word.len()).is_some_and(u8::is_ascii_alphabetic)
        });
        if let Some(word) = found {
            self.at += word.len();
        }
        found.is_some()
    }

    /// "lat.", "Longitude:"
    fn label(&mut self) -> Option<char> {
        let way = if self.word(&["latitude", "lat"]) {
            'a'
        } else if self.word(&["longitude", "long", "lon", "lng"]) {
            'o'
        } else {
            return None;
        };
        for _ in 0..3 {
            if !self.any(&[" of ", ". ", ".", ":", "=", " "]) {
                break;
            }
        }
        Some(way)
    }

    /// N, S, E, W, or the word, with a space before it or none.
    fn way(&mut self) -> Option<char> {
        let from = self.at;
        let _ = self.any(&[" ", "\u{a0}", "-"]);
        let ways = [(["north", "n"], 'N'), (["south", "s"], 'S'), (["east", "e"], 'E'), (["west", "w"], 'W')];
        for (words, way) in ways {
            let is_word = self.word(&words[..1]);
            if is_word || self.rest().starts_with(way) && self.word(&words[1..]) {
                if is_word {
                    let _ = self.any(&[" latitude", " longitude"]);
                }
                return Some(way);
            }
        }
        self.at = from;
        None
    }

    /// The number and its decimals; no more than three digits before the point.
    fn number(&mut self) -> Option<(f64, usize)> {
        let bytes = self.rest().as_bytes();
        let digits = bytes.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > 3 {
            return None;
        }
        let mut end = digits;
        let mut decimals = 0;
        if bytes.get(digits) == Some(&b'.') {
            decimals = bytes[digits + 1..].iter().take(12).take_while(|byte| byte.is_ascii_digit()).count();
            if decimals > 0 {
                end += 1 + decimals;
            }
        }
        let value = self.rest()[..end].parse().ok()?;
        self.at += end;
        Some((value, decimals))
    }

    fn angle(&mut self) -> Option<Angle> {
        let label = self.label();
        let before = label.is_none().then(|| self.way()).flatten();
        if before.is_some() {
            let _ = self.eat(" ");
        }
        let minus = self.any(&["-", "\u{2212}"]);
        let (value, decimals) = self.number()?;
        let unit = 0.5 * 0.1_f64.powi(decimals as i32);
        let mut angle = Angle { degrees: value, slack: unit, way: label, has_sign: false, decimals };
        // "12–14°N"
        let from = self.at;
        if self.any(&["-", "\u{2013}", " to "])
            && let Some((to, _)) = self.number()
            && self.any(&["\u{b0}", "\u{ba}", "\u{2da}"])
        {
            angle.has_sign = true;
            angle.slack = (to - value).abs() / 2.0 + unit;
            angle.degrees = f64::midpoint(value, to);
        } else {
            self.at = from;
            self.parts(&mut angle);
        }
        if minus {
            angle.degrees = -angle.degrees;
        }
        if let Some(way) = before.or_else(|| self.way()) {
            angle.way = Some(way);
        }
        Some(angle)
    }

    /// The degree sign, minutes and seconds.
    fn parts(&mut self, angle: &mut Angle) {
        if !self.any(&["\u{b0}", "\u{ba}", "\u{2da}", " degrees", " degree", " deg"]) {
            return;
        }
        angle.has_sign = true;
        let smaller: [(f64, &[&str]); 2] = [
            (60.0, &["\u{2032}", "'", "\u{2019}", " minutes", " minute", " min"]),
            (3600.0, &["\u{2033}", "\"", "\u{201d}", "''", "\u{2032}\u{2032}", " seconds", " second", " sec"]),
        ];
        for (share, signs) in smaller {
            let from = self.at;
            let _ = self.any(&[", ", " and ", " ", "\u{a0}"]);
            match self.number() {
                Some((value, decimals)) if value < 60.0 && self.any(signs) => {
                    angle.degrees += value / share;
                    angle.slack = 0.5 * 0.1_f64.powi(decimals as i32) / share;
                }
                _ => {
                    self.at = from;
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn all_forms_are_read() {
        for (text, lat, lon) in [
            ("at 48°51′24″N 2°21′03″E.", 48.8567, 2.3508),
            ("at 48°51'N, 2°21'E today", 48.85, 2.35),
            ("at 48.85°N 2.35°E", 48.85, 2.35),
            ("at 48.85 N, 2.35 E", 48.85, 2.35),
            ("at N 48.85, E 2.35", 48.85, 2.35),
            ("at N48.85 E2.35", 48.85, 2.35),
            ("lat. 48.85, long. 2.35", 48.85, 2.35),
            ("Latitude: 48.85, Longitude: -2.35", 48.85, -2.35),
            ("latitude 48.85 and longitude 2.35", 48.85, 2.35),
            ("coordinates (48.8566, 2.3522)", 48.8566, 2.3522),
            ("coordinates -33.8688, 151.2093", -33.8688, 151.2093),
            ("33°52′S 151°12′E", -33.8667, 151.2),
            ("48 degrees 51 minutes north, 2 degrees 21 minutes east", 48.85, 2.35),
            ("12 degrees north latitude and 43.5 degrees east longitude", 12.0, 43.5),
            ("12–14°N 42–44°E", 13.0, 43.0),
            ("2°21′E, 48°51′N", 48.85, 2.35),
            ("14.5 degrees south, 170.7 degrees west", -14.5, -170.7),
        ] {
            let found = written(text);
            let point = found.first().and_then(|one| one.point).unwrap_or_else(|| panic!("{text}: {found:?}"));
            assert!((point.lat - lat).abs() < 1e-3 && (point.lon - lon).abs() < 1e-3, "{text}: {point:?}");
        }
    }

    #[test]
    fn what_is_no_place_is_marked() {
        for text in ["at 95°N 20°E", "at 45°N 190°E", "coordinates 0.00, 0.00", "at 0°N 0°E", "lat. 91.5, long. 10.1"] {
            let found = written(text);
            assert!(found.len() == 1 && found[0].point.is_none(), "{text}: {found:?}");
        }
    }

    #[test]
    fn other_numbers_are_let_alone() {
        for text in [
            "rose from 48.85 to 50.21, a gain",
            "won 6.42, 7.58 on points",
            "It was 30 degrees, 5 more than usual",
            "in 2014, 25 people",
            "a score of 12-14, 42-44",
            "5 N. Main St., 12 E. Oak St.",
            "$48.85, 2.35 less",
        ] {
            assert_eq!(written(text), Vec::new(), "{text}");
        }
    }
}
