//! The gazetteer's tables hang together, and places are found, resolved and given roles as the case files say.

use std::sync::LazyLock;

use dateline::gazetteer::Gazetteer;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

#[test]
fn every_country_has_its_seat() {
    for country in GAZETTEER.countries() {
        // what has no government of its own, or no town of 500 people
        let without = ["AQ", "BV", "HM", "UM", "GS", "TF", "IO", "BQ"];
        if !without.contains(&country.iso.as_str()) {
            let seats = GAZETTEER.capitals(&country.iso);
            assert!(!seats.is_empty(), "no seat for {} ({})", country.name, country.seat);
        }
    }
}

#[test]
fn names_are_found_under_their_spellings() {
    for (name, country) in [
        ("Sharm el-Sheikh", "EG"),
        ("Sharm El Sheikh", "EG"),
        ("Khan Younis", "PS"),
        ("Kiev", "UA"),
        ("Kyiv", "UA"),
        ("St. Louis", "US"),
        ("Saint Louis", "US"),
        ("Zürich", "CH"),
        ("U.A.E.", "AE"),
        ("UK", "GB"),
        ("Türkiye", "TR"),
        ("Rapides Parish", "US"),
        ("The Hague", "NL"),
    ] {
        let found = GAZETTEER.lookup(name);
        assert!(found.iter().any(|entry| entry.country == country), "{name}: {found:?}");
    }
}

#[test]
fn demonyms_and_metonyms_lead_to_countries() {
    for (word, country) in [("Turkish", "TR"), ("Gazans", "PS"), ("Parisian", "FR"), ("Iraqis", "IQ"), ("Scottish", "GB")] {
        assert_eq!(GAZETTEER.demonym_country(word), Some(country), "{word}");
    }
    assert_eq!(GAZETTEER.demonym_country("European"), None);
    assert!(!GAZETTEER.demonyms("European").is_empty());
    for (name, country) in [("the Kremlin", "RU"), ("Washington", "US"), ("Downing Street", "GB"), ("Moscow", "RU")] {
        assert_eq!(GAZETTEER.metonym(name), Some(country), "{name}");
    }
    assert_eq!(GAZETTEER.country_by_name("us").map(|c| &c.iso), None);
    assert_eq!(GAZETTEER.country_by_name("U.S.").map(|c| c.iso.as_str()), Some("US"));
}
