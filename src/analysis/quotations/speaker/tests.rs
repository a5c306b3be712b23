//! Who is who in an article.

use super::super::quotations;

/// Whose words contain a part of the article.
fn speaker(text: &str, part: &str) -> Option<String> {
    let at = text.find(part).map(|at| text[..at].chars().count()).expect("part of the text");
    let found = quotations(text).into_iter().find(|one| one.content.iter().any(|piece| piece.contains(&at)));
    found.unwrap_or_else(|| panic!("{part} is nobody's")).speaker
}

#[test]
fn a_surname_is_the_full_name_of_the_article() {
    let text = "Harbour Minister Joren Pell visited the pier. “It is older than I thought,” Pell said.";
    assert_eq!(speaker(text, "It is older").as_deref(), Some("Joren Pell"));
}

#[test]
fn a_form_of_address_tells_two_of_one_name_apart() {
    let text = "Joren Pell and his wife, Anna Pell, visited the pier on Monday. “It is very old,” Mrs. Pell said. “It will have \
                to go,” Mr. Pell said.";
    assert_eq!(speaker(text, "It is very old").as_deref(), Some("Anna Pell"));
    assert_eq!(speaker(text, "It will have").as_deref(), Some("Joren Pell"));
}

#[test]
fn a_pronoun_is_whoever_spoke_before() {
    let text = "Senator Anna Vale said the pier would stay. Governor David Stone was not there on Monday.\n\n“We will repair \
                it,” she said.\n\n“No, you will not,” Stone said on Tuesday. “There is no money,” he added.";
    assert_eq!(speaker(text, "We will repair").as_deref(), Some("Anna Vale"));
    assert_eq!(speaker(text, "There is no money").as_deref(), Some("David Stone"));
}

#[test]
fn an_office_is_whoever_was_given_it() {
    let text = "Mayor Anna Vale and Governor David Stone met on Monday.\n\n“We will repair the pier,” the mayor said.\n\n“There \
                is no money for that,” the governor said.";
    assert_eq!(speaker(text, "We will repair").as_deref(), Some("Anna Vale"));
    assert_eq!(speaker(text, "There is no money").as_deref(), Some("David Stone"));
}

#[test]
fn a_name_may_stand_behind_the_office() {
    let text = "“We will repair the pier,” said a spokesman for the harbour ministry, Joren Pell.";
    assert_eq!(speaker(text, "We will repair").as_deref(), Some("Joren Pell"));
}

#[test]
fn papers_and_bodies_are_called_by_their_name() {
    let text = "The northern pier will close in June, the Harbour Guardian reported on Monday. The Stone administration said the \
                pier was not safe.";
    assert_eq!(speaker(text, "The northern pier").as_deref(), Some("The Harbour Guardian"));
    assert_eq!(speaker(text, "pier was not safe").as_deref(), Some("Stone administration"));
}

#[test]
fn words_within_words_are_those_of_the_one_inside() {
    let text = "“I told the council that the pier is not safe,” Governor David Stone said.";
    assert_eq!(speaker(text, "I told").as_deref(), Some("David Stone"));
}

#[test]
fn nobody_is_guessed() {
    let text = "It was said that the pier would close in June.";
    assert!(quotations(text).iter().all(|one| one.speaker.is_none()));
}
