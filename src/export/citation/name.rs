//! A person's name, taken apart for the styles that put the family first.

use std::fmt;

/// What follows a family name and belongs to neither part.
const SUFFIXES: [&str; 8] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "V"];

/// Given names that often come second, so that only one family name follows them.
const SECOND_GIVEN: [&str; 36] = [
    "Alberto",
    "Alejandra",
    "Alejandro",
    "Andrés",
    "Antonio",
    "Arturo",
    "Carlos",
    "Carmen",
    "Cristina",
    "Eduardo",
    "Elena",
    "Enrique",
    "Fernanda",
    "Fernando",
    "Francisco",
    "Guadalupe",
    "Ignacio",
    "Isabel",
    "Javier",
    "Jesús",
    "José",
    "Laura",
    "Luis",
    "Luisa",
    "Luz",
    "Manuel",
    "María",
    "Miguel",
    "Pablo",
    "Patricia",
    "Rafael",
    "Ramón",
    "Ricardo",
    "Roberto",
    "Teresa",
    "Ángel",
];

fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "del" | "la" | "las" | "los" | "y")
}

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as it is said: "Sam van der Hill Jr."
    pub full: String,
    /// "van der Hill"; the whole name where it has one part only.
    pub family: String,
    /// "Sam"
    pub given: Option<String>,
    /// "Jr."
    pub suffix: Option<String>,
}

impl Name {
    /// Takes a name apart as the archive's own alphabetical lists do ("van der Hill Jr., Sam").
    pub fn new(full: &str, sort_name: &str) -> Self {
        let (family, given) = match sort_name.split_once(", ") {
            Some((family, given)) if !family.is_empty() && !given.is_empty() => (family, Some(given)),
            _ => (full, None),
        };
        let suffixed = family.rsplit_once(' ').filter(|(_, last)| given.is_some() && SUFFIXES.contains(last));
        let (family, suffix) = suffixed.map_or((family, None), |(family, suffix)| (family, Some(suffix)));
        Self {
            full: full.to_owned(),
            family: family.trim_end_matches(',').to_owned(),
            given: given.map(str::to_owned),
            suffix: suffix.map(str::to_owned),
        }
    }

    /// The same where two family names are the custom: "Ana Luz Soto del Val" is Soto del Val, Ana Luz. A family name of
    /// more than one word that the lists have already is somebody's decision and stays.
    pub fn spanish(full: &str, sort_name: &str) -> Self {
        let name = Self::new(full, sort_name);
        let Some(given) = name.given.as_deref() else { return name };
        let mut given: Vec<&str> = given.split_whitespace().collect();
        let decided = name.family.split_whitespace().filter(|word| !is_particle(word)).count() > 1;
        let two_given = given.len() == 2 && given.last().is_some_and(|second| SECOND_GIVEN.contains(second));
        if decided || given.len() < 2 || two_given {
            return name;
        }
        let mut first = given.len() - 1;
        while first > 1 && given.get(first - 1).is_some_and(|word| is_particle(word)) {
            first -= 1;
        }
        let family = given.split_off(first).join(" ");
        Self { family: format!("{family} {}", name.family), given: Some(given.join(" ")), ..name }
    }

    /// "Hill, Sam, Jr."
    pub fn family_first(&self) -> String {
        [Some(&self.family), self.given.as_ref(), self.suffix.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// "Hill, S., Jr."
    pub fn initials_last(&self) -> String {
        let initials = self.given.as_deref().map(initials);
        [Some(&self.family), initials.as_ref(), self.suffix.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

/// "Jean-Luc Q." becomes "J.-L. Q.", "J.D." becomes "J. D."
fn initials(given: &str) -> String {
    let given = given.replace('.', ". ");
    let name = |part: &str| part.chars().find(|c| c.is_alphabetic()).map(|c| format!("{}.", c.to_uppercase()));
    let names = given.split_whitespace();
    let initials = names.map(|one| one.split('-').filter_map(name).collect::<Vec<_>>().join("-"));
    initials.filter(|initials| !initials.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_as_the_lists_do() {
        let name = Name::new("Sam van der Hill Jr.", "van der Hill Jr., Sam");
        assert_eq!(name.family_first(), "van der Hill, Sam, Jr.");
        assert_eq!(name.initials_last(), "van der Hill, S., Jr.");
        assert_eq!(Name::new("Íñigo O’Dunn-Vesk", "O’Dunn-Vesk, Íñigo").initials_last(), "O’Dunn-Vesk, Í.");
        assert_eq!(Name::new("Jean-Luc J.D. Moss", "Moss, Jean-Luc J.D.").initials_last(), "Moss, J.-L. J. D.");
    }

    #[test]
    fn two_family_names_stay_together_where_that_is_the_custom() {
        let family = |full, sort_name| Name::spanish(full, sort_name).family_first();
        assert_eq!(family("Ana Soto Marín", "Marín, Ana Soto"), "Soto Marín, Ana");
        assert_eq!(family("Luis Ciro Soto Marín", "Marín, Luis Ciro Soto"), "Soto Marín, Luis Ciro");
        assert_eq!(family("Ana Soto de la Vega", "de la Vega, Ana Soto"), "Soto de la Vega, Ana");
        assert_eq!(family("José Luis Soto", "Soto, José Luis"), "Soto, José Luis");
        assert_eq!(family("Ana Soto", "Soto, Ana"), "Soto, Ana");
        assert_eq!(family("Ana Luz Soto Marín", "Soto Marín, Ana Luz"), "Soto Marín, Ana Luz");
    }

    #[test]
    fn a_name_of_one_part_is_not_taken_apart() {
        let name = Name::new("Downing", "Downing");
        assert_eq!((name.family_first().as_str(), name.given), ("Downing", None));
    }
}
