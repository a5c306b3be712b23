//! Traps, one by one.

use super::*;

fn slugs_in(text: &str, language: &str, home: Option<&str>) -> Vec<&'static str> {
    tag(text, Some(language), &Context { home })
        .into_iter()
        .filter_map(|span| all().get(span.topic))
        .map(|topic| topic.slug)
        .collect()
}

fn slugs(text: &str) -> Vec<&'static str> {
    slugs_in(text, "en", Some("united-states"))
}

#[test]
fn names_adjectives_people_and_governments() {
    assert_eq!(slugs("Iranian officials left Tehran."), ["iran", "iran"]);
    assert_eq!(slugs("Moscow and Beijing object; the Kremlin's line."), ["russia", "china", "russia"]);
    assert_eq!(slugs("The Ukrainians’ allies in NATO"), ["ukraine", "nato"]);
    assert_eq!(slugs("U.S.-China talks, anti-Iran measures"), ["china", "iran"]);
}

#[test]
fn ones_own_country_is_no_topic() {
    assert_eq!(slugs("America and the United States"), Vec::<&str>::new());
    assert_eq!(slugs_in("the United States", "en", None), ["united-states"]);
    assert_eq!(slugs_in("México y Estados Unidos", "es", Some("mexico")), ["united-states"]);
    assert_eq!(home_of(Some("White House press briefing"), None), Some("united-states"));
}

#[test]
fn georgia_is_a_state_unless_its_neighbours_are_near() {
    assert_eq!(slugs("the runoff in Georgia"), Vec::<&str>::new());
    assert_eq!(slugs("Russia still holds parts of Georgia."), ["russia", "georgia"]);
    assert_eq!(slugs("Georgia Meloni spoke."), Vec::<&str>::new());
}

#[test]
fn people_bear_names_of_countries() {
    for text in [
        "Vernon Jordan called.",
        "Jim Jordan asked and Jordan left.",
        "Mr. Monaco",
        "Ms. Ireland said",
        "Congressman Steve Israel",
        "Kenya Johnson won.",
        "Thank you, Chad.",
    ] {
        assert_eq!(slugs(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(slugs("The King of Jordan met Israel's minister."), ["jordan", "israel"]);
    assert_eq!(slugs("refugees from Sudan in Chad"), ["refugees", "sudan", "chad"]);
}

#[test]
fn small_letters_are_words() {
    for text in ["a turkey", "fine china", "who told us", "in march", "polish the text", "japan lacquer"] {
        assert_eq!(slugs(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(slugs("the WHO said"), ["world-health-organization"]);
}

#[test]
fn longer_names_hide_shorter_ones() {
    assert_eq!(slugs("New Mexico, the Gulf of Mexico and Mexico"), ["mexico"]);
    assert_eq!(slugs("Nigeria"), ["nigeria"]);
    assert_eq!(
        slugs("Papua New Guinea, Equatorial Guinea, Guinea-Bissau"),
        ["papua-new-guinea", "equatorial-guinea", "guinea-bissau"]
    );
    assert_eq!(
        slugs("the Republic of the Congo, the Democratic Republic of the Congo, the Congo"),
        ["republic-of-the-congo", "democratic-republic-of-the-congo", "democratic-republic-of-the-congo"]
    );
    assert_eq!(slugs("North Korea, South Korea, Korea"), ["north-korea", "south-korea"]);
    assert_eq!(slugs("the Paris Agreement"), ["climate-change"]);
    assert_eq!(slugs("the Islamic State, the Islamic Republic"), ["islamic-state", "iran"]);
    assert_eq!(slugs("American Indians"), ["native-american-affairs"]);
    assert_eq!(slugs("Northern Ireland and Ireland"), ["united-kingdom", "ireland"]);
    assert_eq!(slugs("East Palestine"), ["east-palestine-derailment"]);
}

#[test]
fn towns_in_american_states_are_there() {
    for text in ["Lebanon, Pennsylvania", "Panama City, Florida", "Cairo, Illinois", "Peru, IN"] {
        assert_eq!(slugs(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(slugs("Mexican-Americans and Irish Americans"), Vec::<&str>::new());
}

#[test]
fn washington_and_brussels_mean_nothing() {
    assert_eq!(slugs("Washington and Brussels agree."), Vec::<&str>::new());
}

#[test]
fn watching_a_disease_is_no_surveillance_of_people() {
    assert_eq!(slugs("The health office has surveillance for the flu."), Vec::<&str>::new());
    assert_eq!(slugs("The surveillance of a compound went on for hours."), Vec::<&str>::new());
    assert_eq!(slugs("The court held that the surveillance needs a warrant."), ["encryption-and-surveillance"]);
}

#[test]
fn spans_count_characters() {
    let spans = tag("Où? “Türkiye” — Iran’s", Some("en"), &Context::default());
    let found: Vec<(usize, usize)> = spans.iter().map(|span| (span.start, span.end)).collect();
    assert_eq!(found, [(5, 12), (16, 20)]);
}

#[test]
fn accents_may_be_missing() {
    assert_eq!(
        slugs_in("la inflacion y la inflación; PEMEX y Pemex", "es", Some("mexico")),
        ["inflation", "inflation", "pemex", "pemex"]
    );
}
