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

#[test]
fn every_row_of_the_tables_is_read() {
    for (table, prefix) in [
        (include_str!("../../assets/gazetteer/src/venues.tsv"), "venue:"),
        (include_str!("../../assets/gazetteer/src/regions.tsv"), ""),
        (include_str!("../../assets/gazetteer/src/states.tsv"), "admin1:"),
    ] {
        for row in table.lines().filter(|line| !line.starts_with('#')) {
            let name = row.split('\t').nth(usize::from(prefix == "admin1:")).unwrap();
            let found = GAZETTEER.lookup(name);
            assert!(found.iter().any(|entry| entry.name == name && entry.id.0.starts_with(prefix)), "{name} is not found");
        }
    }
}

#[test]
fn venues_lie_in_their_countries() {
    // the nearest town of any size tells the country; what lies at sea or on a border is left out
    for row in include_str!("../../assets/gazetteer/src/venues.tsv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = row.split('\t').collect();
        let (name, country) = (fields[0], fields[3]);
        if let Some(capital) = GAZETTEER.country(country) {
            let at = dateline::model::LonLat::new(fields[2].parse().unwrap(), fields[1].parse().unwrap()).unwrap();
            let middle = GAZETTEER.point(capital.place);
            let reach = f64::from(GAZETTEER.radius_km(capital.place)) * 3.0 + 1500.0;
            assert!(at.distance_km(middle) < reach, "{name} lies {:.0} km from the middle of {country}", at.distance_km(middle));
        }
    }
}

#[test]
fn hostile_texts_cost_little() {
    let knowledge = &crate::cases::KNOWLEDGE;
    for text in
        ["San José, ".repeat(3000), "U.S. ".repeat(5000), "A,".repeat(9000), "Paris Texas ".repeat(3000), "St. ".repeat(9000)]
    {
        let article = crate::cases::article("", text);
        let (_, spots, groups) = dateline::extract::place::weigh(&knowledge.gazetteer, &knowledge.places, &article, &[]);
        assert!(groups.len() <= spots.len());
    }
}
