//! Hand-made findings → workspaces for the tests of the window.

use std::collections::BTreeSet;
use std::sync::Arc;

use dateline::model::{
    About, Actor, ActorKind, ActorMention, ActorRole, Analysis, Article, BlockKind, Candidate, Event, EventActor, EventPlace,
    EventType, Filed, Interval, LonLat, MentionForm, Place, PlaceId, PlaceKind, PlaceMention, PlaceRole, Precision, Published,
    PublishedFrom, Span, Standing, TimeKind, TimeMention, When, Workspace,
};
use jiff::civil::Date;

/// An article under construction: findings are given by the words that say them.
pub struct Story {
    pub article: Article,
    pub analysis: Analysis,
}

/// An event in short: sentence (its first words), trigger, type, standing, day, venue, actors.
pub struct Told<'a> {
    pub sentence: &'a str,
    pub trigger: &'a str,
    pub summary: &'a str,
    pub kind: EventType,
    pub standing: Standing,
    pub when: Option<Interval>,
    pub places: Vec<(usize, PlaceRole)>,
    pub actors: Vec<(usize, ActorRole)>,
    pub salience: f32,
}

impl Story {
    pub fn new(title: &str, published: Option<Date>, paragraphs: &[(BlockKind, &str)]) -> Self {
        let text = paragraphs.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n\n");
        let about = About {
            doc_id: title.to_lowercase().replace(' ', "-"),
            source: "sample.txt".into(),
            title: Some(title.into()),
            outlet: Some("The Example Courier".into()),
            published: published.map(|date| Published {
                date,
                from: PublishedFrom::Meta,
                evidence: format!("meta article:published_time = {date}"),
            }),
            ..About::default()
        };
        let mut article = dateline::read::article_from_text(text, about);
        for (block, (kind, _)) in article.blocks.iter_mut().zip(paragraphs) {
            block.kind = *kind;
        }
        Self { article, analysis: Analysis::default() }
    }

    /// Every occurrence of the words.
    fn spans(&self, words: &str) -> Vec<Span> {
        self.article.text.match_indices(words).map(|(at, _)| Span::new(at, at + words.len())).collect()
    }

    fn sentence(&self, start: &str) -> Span {
        let at = self.article.text.find(start).expect("the sentence is in the text");
        let end = self.article.text[at..].find(". ").map_or_else(|| self.article.text[at..].find('\n'), Some);
        Span::new(at, end.map_or(self.article.text.len(), |end| at + end + 1))
    }

    pub fn place(&mut self, words: &str, lon: f64, lat: f64, kind: PlaceKind, country: &str, role: PlaceRole) -> usize {
        let mentions = self.spans(words).into_iter().map(|span| PlaceMention { span, role, metonym: false }).collect();
        let candidate = |name: &str, country: &str, score: f32| Candidate {
            id: PlaceId(format!("test:{name}-{country}")),
            name: name.into(),
            kind,
            point: LonLat::new(lon, lat),
            country: Some(country.into()),
            score,
            why: "name and population".into(),
        };
        self.analysis.places.push(Place {
            id: PlaceId(format!("test:{words}")),
            name: words.into(),
            kind,
            point: LonLat::new(lon, lat),
            country: Some(country.into()),
            radius_km: 8.0,
            score: 0.94,
            candidates: vec![candidate(words, country, 0.94), candidate(words, "US", 0.05), candidate(words, "CA", 0.01)],
            roles: BTreeSet::from([role]),
            mentions,
            contested: None,
            why: "largest place of this name; the country is named nearby".into(),
        });
        self.analysis.places.len() - 1
    }

    pub fn actor(&mut self, name: &str, words: &str, kind: ActorKind, country: Option<&str>, title: &str) -> usize {
        let mentions = self.spans(words).into_iter().map(|span| ActorMention { span, form: MentionForm::Name }).collect();
        self.analysis.actors.push(Actor {
            name: name.into(),
            kind,
            country: country.map(Into::into),
            titles: if title.is_empty() { Vec::new() } else { vec![title.into()] },
            aliases: if name == words { Vec::new() } else { vec![words.into()] },
            mentions,
            why: "same surname, no other bearer in the article".into(),
        });
        self.analysis.actors.len() - 1
    }

    pub fn time(&mut self, words: &str, value: &str, interval: Option<Interval>) {
        for span in self.spans(words) {
            self.analysis.times.push(TimeMention {
                span,
                kind: TimeKind::Date,
                value: value.into(),
                edtf: interval.map(|_| value.to_owned()).unwrap_or_default(),
                interval,
                why: interval.map_or_else(String::new, |_| format!("{words} ← published Thu 9 Oct 2025")),
            });
        }
    }

    pub fn event(&mut self, told: &Told<'_>) {
        let sentence = self.sentence(told.sentence);
        let trigger = self.article.text[sentence.range()].find(told.trigger).expect("the trigger is in the sentence");
        let start = sentence.start as usize + trigger;
        let number = |index: usize| u32::try_from(index).expect("small");
        self.analysis.events.push(Event {
            kind: told.kind,
            summary: told.summary.into(),
            trigger: Span::new(start, start + told.trigger.len()),
            sentence,
            when: When {
                interval: told.when.unwrap_or_default(),
                time: None,
                why: if told.when.is_some() { "weekday ← published Thu 9 Oct 2025".into() } else { String::new() },
                order: Vec::new(),
            },
            places: told.places.iter().map(|(place, role)| EventPlace { place: number(*place), role: *role }).collect(),
            actors: told.actors.iter().map(|(actor, role)| EventActor { actor: number(*actor), role: *role }).collect(),
            standing: told.standing,
            attributed_to: Vec::new(),
            certainty: 0.85,
            salience: told.salience,
            same_as: Vec::new(),
            figures: Vec::new(),
            why: format!("verb “{}”, subject and place of the clause", told.trigger),
        });
    }

    pub fn filed(&self) -> Arc<Filed> {
        Arc::new(dateline::query::file(&self.article, self.analysis.clone()))
    }
}

pub fn day(day: i8) -> Interval {
    Interval::day(Date::constant(2025, 10, day))
}

pub fn range(from: i8, to: i8, fuzzy: bool) -> Interval {
    Interval {
        from: Some(Date::constant(2025, 10, from)),
        to: Some(Date::constant(2025, 10, to)),
        precision: Precision::Range,
        clock: None,
        fuzzy,
    }
}

#[expect(clippy::too_many_arguments, reason = "a row of the table below")]
fn told<'a>(
    sentence: &'a str,
    trigger: &'a str,
    summary: &'a str,
    kind: EventType,
    standing: Standing,
    when: Option<Interval>,
    places: &[(usize, PlaceRole)],
    actors: &[(usize, ActorRole)],
) -> Told<'a> {
    Told { sentence, trigger, summary, kind, standing, when, places: places.to_vec(), actors: actors.to_vec(), salience: 0.8 }
}

/// Talks in Geneva and Amman told by one dated and one undated article.
pub fn talks() -> (Workspace, Vec<Arc<Article>>) {
    let mut first = Story::new(
        "Harbour talks move to Geneva",
        Some(Date::constant(2025, 10, 9)),
        &[
            (BlockKind::Headline, "Harbour talks move to Geneva"),
            (
                BlockKind::Paragraph,
                "GENEVA, 9 October. Foreign Minister Ana Lindqvist met envoys of four countries in Geneva on Thursday to \
                 settle who will run the northern harbours. The Coastal Union said on Wednesday that it would sign only if \
                 patrols are withdrawn. A first round had ended without agreement in Amman on Monday.",
            ),
            (
                BlockKind::Paragraph,
                "Lindqvist told reporters that a monitoring mission would be sent to Port Said next week. Cairo signals that it \
                 will attend. “We are close,” said Omar Haddad, the mediator, who has shuttled between the capitals since \
                 early October.",
            ),
            (BlockKind::Subheading, "Doubts at home"),
            (
                BlockKind::Paragraph,
                "Opposition leaders accused the government of giving too much away. Haddad rejected a report that two \
                 patrol boats had been fired on near Port Said. Demonstrators gathered in Stockholm on Tuesday evening. \
                 Should the talks fail, the Coastal Union may turn to the Security Council.",
            ),
            (BlockKind::Caption, "Envoys arrive at the Palace of Nations in Geneva. Photo: Example"),
            (BlockKind::RelatedLink, "Read more: Who owns the northern harbours?"),
            (BlockKind::Credit, "(With agencies)"),
        ],
    );
    let geneva = first.place("Geneva", 6.14, 46.2, PlaceKind::City, "CH", PlaceRole::Venue);
    let amman = first.place("Amman", 35.93, 31.95, PlaceKind::City, "JO", PlaceRole::Venue);
    let port = first.place("Port Said", 32.3, 31.26, PlaceKind::City, "EG", PlaceRole::Venue);
    let cairo = first.place("Cairo", 31.24, 30.04, PlaceKind::City, "EG", PlaceRole::Capital);
    let stockholm = first.place("Stockholm", 18.07, 59.33, PlaceKind::City, "SE", PlaceRole::Venue);
    let lindqvist = first.actor("Ana Lindqvist", "Lindqvist", ActorKind::Person, Some("SE"), "Foreign Minister");
    let union = first.actor("Coastal Union", "Coastal Union", ActorKind::Organisation, None, "");
    let haddad = first.actor("Omar Haddad", "Haddad", ActorKind::Person, Some("JO"), "mediator");
    let egypt = first.actor("Egypt", "Cairo", ActorKind::Government, Some("EG"), "");
    let opposition = first.actor("Opposition leaders", "Opposition leaders", ActorKind::Group, Some("SE"), "");
    let crowd = first.actor("Demonstrators", "Demonstrators", ActorKind::Population, Some("SE"), "");
    first.time("Thursday", "2025-10-09", Some(day(9)));
    first.time("Wednesday", "2025-10-08", Some(day(8)));
    first.time("Monday", "2025-10-06", Some(day(6)));
    first.time("Tuesday evening", "2025-10-07TEV", Some(day(7)));
    first.time("next week", "2025-W42", Some(range(13, 19, false)));
    first.time("early October", "2025-10", Some(range(1, 9, true)));
    let venue = PlaceRole::Venue;
    let capital = PlaceRole::Capital;
    use ActorRole::{Agent, Attendee, Mediator, Speaker, Target};
    use EventType as T;
    use Standing as S;
    for event in [
        told(
            "Foreign Minister Ana",
            "met",
            "Lindqvist meets envoys of four countries",
            T::Consult,
            S::Happened,
            Some(day(9)),
            &[(geneva, venue), (cairo, capital)],
            &[(lindqvist, Agent), (egypt, Attendee)],
        ),
        told(
            "The Coastal Union said",
            "said",
            "Coastal Union makes signing depend on withdrawal",
            T::Request,
            S::Stated,
            Some(day(8)),
            &[(geneva, venue)],
            &[(union, Speaker)],
        ),
        told(
            "A first round",
            "ended",
            "First round ends without agreement",
            T::Consult,
            S::Happened,
            Some(day(6)),
            &[(amman, venue)],
            &[(union, Agent)],
        ),
        told(
            "Lindqvist told reporters",
            "sent",
            "Monitoring mission to go to Port Said",
            T::Mobilize,
            S::Planned,
            Some(range(13, 19, false)),
            &[(port, venue)],
            &[(lindqvist, Speaker)],
        ),
        told(
            "Cairo signals",
            "signals",
            "Egypt signals that it will attend",
            T::Agree,
            S::Stated,
            Some(day(9)),
            &[(geneva, venue), (cairo, capital)],
            &[(egypt, Agent)],
        ),
        told(
            "“We are close,”",
            "shuttled",
            "Haddad shuttles between the capitals",
            T::Cooperate,
            S::Ongoing,
            Some(range(1, 9, true)),
            &[],
            &[(haddad, Mediator)],
        ),
        told(
            "Opposition leaders",
            "accused",
            "Opposition accuses the government",
            T::Accuse,
            S::Happened,
            None,
            &[],
            &[(opposition, Agent)],
        ),
        told(
            "Haddad rejected",
            "fired on",
            "Two patrol boats fired on near Port Said",
            T::Assault,
            S::Denied,
            None,
            &[(port, venue)],
            &[(haddad, Speaker)],
        ),
        told(
            "Demonstrators gathered",
            "gathered",
            "Demonstrators gather in Stockholm",
            T::Protest,
            S::Happened,
            Some(day(7)),
            &[(stockholm, venue)],
            &[(crowd, Agent)],
        ),
        told(
            "Should the talks fail",
            "turn",
            "Coastal Union may turn to the Security Council",
            T::Request,
            S::Hypothetical,
            None,
            &[],
            &[(union, Agent)],
        ),
    ] {
        first.event(&event);
    }
    let mut second = Story::new(
        "Patrols leave the strait",
        None,
        &[
            (BlockKind::Headline, "Patrols leave the strait"),
            (
                BlockKind::Paragraph,
                "Patrol boats left the waters off Port Said on Thursday, officials said, a day after the Coastal Union asked \
                 for it. Fishermen welcomed the move and took to sea on Wednesday night.",
            ),
        ],
    );
    second.article.about.date_candidates = vec![Published {
        date: Date::constant(2025, 10, 10),
        from: PublishedFrom::File,
        evidence: "the file was last changed on this day".into(),
    }];
    let port = second.place("Port Said", 32.3, 31.26, PlaceKind::City, "EG", PlaceRole::Venue);
    let union = second.actor("Coastal Union", "Coastal Union", ActorKind::Organisation, None, "");
    let fishers = second.actor("Fishermen", "Fishermen", ActorKind::Population, None, "");
    second.time("Thursday", "XXXX-WXX-4", None);
    second.time("Wednesday night", "XXXX-WXX-3TNI", None);
    second.event(&told(
        "Patrol boats left",
        "left",
        "Patrol boats leave the waters off Port Said",
        T::Retreat,
        S::Reported,
        None,
        &[(port, venue)],
        &[(union, Target)],
    ));
    second.event(&told(
        "Fishermen welcomed",
        "welcomed",
        "Fishermen welcome the withdrawal",
        T::Support,
        S::Happened,
        None,
        &[(port, venue)],
        &[(fishers, Agent)],
    ));
    let stories = [first, second];
    let filed: Vec<Arc<Filed>> = stories.iter().map(Story::filed).collect();
    let ids = filed.iter().map(|filed| filed.id).collect();
    let log = vec![dateline::model::Entry::bare(1, dateline::model::Edit::Import { articles: ids })];
    let mut workspace = Workspace::from_parts(filed, log, 1);
    dateline::query::settle(&mut workspace);
    (workspace, stories.into_iter().map(|story| Arc::new(story.article)).collect())
}
