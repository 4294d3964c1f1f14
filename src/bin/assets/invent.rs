//! Labelled texts, templates and lists → more labelled texts: names exchanged for others, headlines, filled templates.
//!
//! A field trained on few names remembers them; exchanged names make it look at lists and surroundings.

use dateline::extract::NameKind;

use super::names::{Labelled, Random};

const TEMPLATES: &str = include_str!("../../../assets/names/templates.txt");
const FIRST: &str = include_str!("../../../assets/names/first.txt");
const LAST: &str = include_str!("../../../assets/names/last.txt");
const PLACES: &str = include_str!("../../../assets/names/places.txt");
const DEMONYMS: &str = include_str!("../../../assets/names/demonyms.txt");
const ORGANISATIONS: &str = include_str!("../../../assets/names/organisations.tsv");
const COUNTRIES: &str = include_str!("../../../assets/gazetteer/src/countries.tsv");

const FIELDS: [&str; 28] = [
    "Health",
    "Education",
    "Finance",
    "Defence",
    "Interior",
    "Justice",
    "Agriculture",
    "Labour",
    "Energy",
    "Transport",
    "Trade",
    "Tourism",
    "Culture",
    "Sports",
    "Foreign Affairs",
    "Information",
    "Environment",
    "Housing",
    "Planning",
    "Water",
    "Commerce",
    "Industry",
    "Science",
    "Technology",
    "Women",
    "Youth",
    "Home Affairs",
    "Religious Affairs",
];
const TITLES: [&str; 40] = [
    "president",
    "prime minister",
    "foreign minister",
    "chairman",
    "director",
    "secretary general",
    "spokesman",
    "mayor",
    "governor",
    "head",
    "chief executive",
    "ambassador",
    "commissioner",
    "speaker",
    "vice president",
    "general secretary",
    "founder",
    "coach",
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Defence Minister",
    "Finance Minister",
    "Interior Minister",
    "Secretary",
    "Chairman",
    "Director",
    "Ambassador",
    "Governor",
    "Mayor",
    "Legislator",
    "MP",
    "Commissioner",
    "Chief Minister",
    "Professor",
    "lawmaker",
    "manager",
    "editor",
    "analyst",
    "commander",
];
const BODIES: [&str; 44] = [
    "Electoral Commission",
    "Chamber of Commerce",
    "Football Federation",
    "Medical Association",
    "Supreme Court",
    "Red Crescent",
    "High Court",
    "Central Bank",
    "Workers Union",
    "Development Bank",
    "Police",
    "University",
    "City Council",
    "Stock Exchange",
    "Times",
    "Post",
    "Herald",
    "Daily News",
    "Airlines",
    "Railways",
    "Broadcasting Corporation",
    "News Agency",
    "Parliament",
    "National Assembly",
    "Senate",
    "Army",
    "Navy",
    "Liberation Front",
    "People's Party",
    "Socialist Party",
    "Democratic Party",
    "National Congress",
    "Business Council",
    "Teachers' Union",
    "Olympic Committee",
    "Cricket Board",
    "Tourism Board",
    "Oil Company",
    "Telecom",
    "Steel",
    "Institute of Technology",
    "Human Rights Commission",
    "Tax Authority",
    "Space Agency",
];
const SUFFIXES: [&str; 26] = [
    "Inc",
    "Inc.",
    "Corp",
    "Corp.",
    "Ltd",
    "Group",
    "Holdings",
    "Motors",
    "Industries",
    "& Co",
    "Bank",
    "Foundation",
    "Capital",
    "Partners",
    "Energy",
    "Securities",
    "Airways",
    "Pharmaceuticals",
    "Systems",
    "International",
    "Investments",
    "Electronics",
    "Foods",
    "Insurance",
    "SA",
    "AG",
];
const ADJECTIVES: [&str; 20] = [
    "National",
    "Democratic",
    "United",
    "Popular",
    "Progressive",
    "Free",
    "Islamic",
    "Christian",
    "Social",
    "Liberal",
    "Patriotic",
    "Revolutionary",
    "New",
    "Independent",
    "Federal",
    "International",
    "Global",
    "African",
    "Asian",
    "European",
];
const NOUNS: [&str; 22] = [
    "Party",
    "Front",
    "Alliance",
    "Movement",
    "Union",
    "Congress",
    "Coalition",
    "Council",
    "Forum",
    "Committee",
    "Commission",
    "Authority",
    "Agency",
    "Federation",
    "Association",
    "Network",
    "Initiative",
    "Trust",
    "Fund",
    "Society",
    "Institute",
    "Centre",
];
const SYLLABLES: [&str; 44] = [
    "ba", "ko", "ri", "ta", "mu", "sha", "len", "dor", "vik", "zan", "pel", "ro", "gi", "ne", "hal", "tor", "ma", "ki", "lu",
    "san", "bek", "ov", "ich", "ez", "al", "ur", "ni", "ya", "mo", "di", "ka", "wan", "chi", "ju", "hy", "gar", "stan", "bre",
    "ffi", "quo", "lei", "ndu", "mbe", "zhu",
];

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn lines(table: &'static str) -> Vec<&'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
}

/// The lists, cut once.
pub struct Inventor {
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    places: Vec<&'static str>,
    demonyms: Vec<&'static str>,
    organisations: Vec<&'static str>,
    countries: Vec<&'static str>,
    templates: Vec<&'static str>,
}

impl Inventor {
    pub fn new() -> Self {
        let column = |table, number: usize| {
            lines(table).into_iter().filter_map(move |line| line.split('\t').nth(number)).collect::<Vec<_>>()
        };
        Self {
            first: lines(FIRST).into_iter().filter_map(|line| line.split(' ').next()).filter(|word| word.len() > 2).collect(),
            last: lines(LAST).into_iter().filter(|word| word.len() > 1).collect(),
            places: lines(PLACES),
            demonyms: lines(DEMONYMS)
                .into_iter()
                .filter(|word| word.ends_with("an") || word.ends_with("ese") || word.ends_with("ish"))
                .collect(),
            organisations: column(ORGANISATIONS, 2)
                .into_iter()
                .flat_map(|names| names.split('|'))
                .filter(|name| name.chars().any(char::is_uppercase))
                .collect(),
            countries: column(COUNTRIES, 1),
            templates: lines(TEMPLATES),
        }
    }

    fn invented(random: &mut Random) -> String {
        let length = 2 + random.below(2);
        title_case(&(0..length).map(|_| *random.of(&SYLLABLES)).collect::<String>())
    }

    fn surname(&self, random: &mut Random) -> String {
        if random.below(3) == 0 { Self::invented(random) } else { title_case(random.of::<&str>(&self.last)) }
    }

    fn given(&self, random: &mut Random) -> String {
        if random.below(5) == 0 { Self::invented(random) } else { title_case(random.of::<&str>(&self.first)) }
    }

    /// A full name and its surname.
    pub fn person(&self, random: &mut Random) -> (String, String) {
        let (first, last) = (self.given(random), self.surname(random));
        let small = |word: String| word.to_lowercase();
        match random.below(16) {
            0 => (format!("{first} {}. {last}", title_case(random.of::<&str>(&SYLLABLES)).chars().next().unwrap_or('J')), last),
            1 => (format!("{first} al-{last}"), format!("al-{last}")),
            2 => (format!("{first} bin {} {last}", self.given(random)), last),
            3 => (
                format!(
                    "{last} {}-{}",
                    first.chars().take(4).collect::<String>(),
                    small(title_case(random.of::<&str>(&SYLLABLES)))
                ),
                last,
            ),
            4 => (format!("{first} {} {last}", self.given(random)), last),
            5 => (format!("{first} {last} {}", self.surname(random)), last),
            6 => (format!("{}. {last}", first.chars().next().unwrap_or('A')), last),
            7 => (format!("{first} de {last}"), last),
            8 => (format!("{first}-{} {last}", self.given(random)), last),
            9 => (format!("{first} {last}-{}", self.surname(random)), last),
            10 => (format!("{} {} {last}", first.chars().next().unwrap_or('K'), last.chars().next().unwrap_or('P')), last),
            _ => (format!("{first} {last}"), last),
        }
    }

    pub fn place(&self, random: &mut Random) -> String {
        match random.below(4) {
            0 => Self::invented(random),
            1 => (*random.of(&self.countries)).to_owned(),
            _ => (*random.of(&self.places)).to_owned(),
        }
    }

    pub fn organisation(&self, random: &mut Random) -> String {
        let place = |random: &mut Random| match random.below(3) {
            0 => Self::invented(random),
            1 => (*random.of(&self.demonyms)).to_owned(),
            _ => (*random.of(&self.places)).to_owned(),
        };
        match random.below(20) {
            0..=5 => (*random.of(&self.organisations)).to_owned(),
            6 | 7 => format!("{} {}", place(random), random.of(&BODIES)),
            8 => format!("Ministry of {}", random.of(&FIELDS)),
            9 => format!(
                "{} of {} and {}",
                if random.below(2) == 0 { "Ministry" } else { "Department" },
                random.of(&FIELDS),
                random.of(&FIELDS)
            ),
            10 => format!("National {} {}", random.of(&FIELDS), random.of(&NOUNS)),
            11 => format!("University of {}", random.of(&self.places)),
            12 | 13 => format!("{} {}", self.surname(random), random.of(&SUFFIXES)),
            14 => format!("{} {}", Self::invented(random), random.of(&SUFFIXES)),
            15 => format!("{} {} {}", random.of(&ADJECTIVES), random.of(&ADJECTIVES), random.of(&NOUNS)),
            16 => format!("{} for {}", random.of(&NOUNS), random.of(&FIELDS)),
            17 => acronym(random),
            18 => Self::invented(random),
            _ => format!("{} {} {}", place(random), random.of(&ADJECTIVES), random.of(&NOUNS)),
        }
    }

    /// One text from a few templates.
    pub fn filled(&self, random: &mut Random) -> Labelled {
        let mut out = Labelled { text: String::new(), names: Vec::new() };
        let mut last = self.person(random).1;
        let mut short = acronym(random);
        for _ in 0..8 {
            let mut rest = *random.of(&self.templates);
            while let Some((before, slot, after)) = cut(rest) {
                out.text.push_str(before);
                let (name, kind) = match slot {
                    "PER" => {
                        let (full, surname) = self.person(random);
                        last = surname;
                        (full, Some(NameKind::Person))
                    }
                    "LAST" => (last.clone(), Some(NameKind::Person)),
                    "ORG" => {
                        let name = self.organisation(random);
                        let letters: String =
                            name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
                        if letters.len() > 1 {
                            short = letters;
                        }
                        (name, Some(NameKind::Organisation))
                    }
                    "ACR" => (short.clone(), Some(NameKind::Organisation)),
                    "LOC" => (self.place(random), Some(NameKind::Location)),
                    "CTRY" => ((*random.of(&self.countries)).to_owned(), Some(NameKind::Location)),
                    "TEAM" => {
                        let name =
                            if random.below(3) == 0 { Self::invented(random) } else { (*random.of(&self.places)).to_owned() };
                        (name, Some(NameKind::Organisation))
                    }
                    "DEM" => ((*random.of(&self.demonyms)).to_owned(), None),
                    "TITLE" => ((*random.of(&TITLES)).to_owned(), None),
                    _ => ((*random.of(&FIELDS)).to_owned(), None),
                };
                // A name's own stop is not doubled by the sentence's.
                let name = name.trim_end_matches('.').to_owned();
                let start = out.text.len();
                out.text.push_str(&name);
                if let Some(kind) = kind {
                    out.names.push((start, out.text.len(), kind));
                }
                rest = after;
            }
            out.text.push_str(rest);
            out.text.push('\n');
        }
        out
    }

    /// The same text with other names; one name is exchanged alike wherever it stands.
    pub fn disguised(&self, of: &Labelled, random: &mut Random) -> Labelled {
        let mut out = Labelled { text: String::new(), names: Vec::new() };
        let mut given: std::collections::HashMap<&str, String> = std::collections::HashMap::new();
        for (start, end, kind) in &of.names {
            let name = &of.text[*start..*end];
            if *kind == NameKind::Person && name.contains(' ') && !given.contains_key(name) {
                let (full, last) = self.person(random);
                given.insert(name, full);
                given.insert(name.rsplit(' ').next().unwrap_or(name), last);
            }
        }
        let mut at = 0;
        for (start, end, kind) in &of.names {
            let name = &of.text[*start..*end];
            let new = given.entry(name).or_insert_with(|| match kind {
                NameKind::Person => self.surname(random),
                NameKind::Organisation if !name.contains(' ') && name.len() < 6 && name.chars().all(char::is_uppercase) => {
                    acronym(random)
                }
                NameKind::Organisation => self.organisation(random),
                _ => self.place(random),
            });
            out.text.push_str(&of.text[at..*start]);
            let from = out.text.len();
            out.text.push_str(new);
            out.names.push((from, out.text.len(), *kind));
            at = *end;
        }
        out.text.push_str(&of.text[at..]);
        out
    }

    /// The same text in capitals, as headlines of agencies are written; lines that would change length are left out.
    pub fn shouted(of: &Labelled) -> Option<Labelled> {
        let text = of.text.to_uppercase();
        (text.len() == of.text.len()).then(|| Labelled { text, names: of.names.clone() })
    }
}

fn acronym(random: &mut Random) -> String {
    (0..2 + random.below(3)).map(|_| char::from(b'A' + random.below(26) as u8)).collect()
}

fn cut(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once('[')?;
    let (slot, after) = rest.split_once(']')?;
    Some((before, slot, after))
}
