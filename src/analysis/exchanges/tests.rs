//! Small stories of people who ask and people who respond.

use super::*;

/// Turns by their labels; those who have the same label are the same speaker.
fn turns<'a>(story: &[(&'a str, &'a str)]) -> Vec<Turn<'a>> {
    let mut speakers: Vec<&str> = Vec::new();
    let turn = |&(label, text): &(&'a str, &'a str)| {
        if !speakers.contains(&label) {
            speakers.push(label);
        }
        let role = role_of(label);
        Turn {
            kind: if label.is_empty() { UtteranceKind::Heading } else { UtteranceKind::Turn },
            asker: Turn::asks_by(role),
            speaker: speakers.iter().position(|it| *it == label).map(|at| at as u64),
            role,
            text,
            asked_by: None,
        }
    };
    story.iter().map(turn).collect()
}

fn words(turns: &[Turn<'_>], parts: &[Part]) -> String {
    let cut =
        |part: &Part| turns[part.turn].text.chars().skip(part.span.start).take(part.span.len()).collect::<String>();
    parts.iter().map(cut).collect::<Vec<_>>().join(" / ")
}

/// The exchanges of a story: question, response, and what it follows.
fn told(story: &[(&str, &str)]) -> Vec<(String, String, Option<usize>)> {
    let turns = turns(story);
    let told = |it: &Exchange| (words(&turns, &it.question), words(&turns, &it.response), it.follows);
    exchanges(&turns).iter().map(told).collect()
}

/// Questions and responses only.
fn pairs(story: &[(&str, &str)]) -> Vec<(String, String)> {
    told(story).into_iter().map(|(question, response, _)| (question, response)).collect()
}

fn pair(question: &str, response: &str) -> (String, String) {
    (question.to_owned(), response.to_owned())
}

#[test]
fn a_question_is_paired_with_what_comes_after_it() {
    let found = pairs(&[
        ("", "Press Briefing by Mara Voss"),
        ("MS. VOSS", "Good afternoon, everybody. The harbour opens on Friday. Questions?"),
        ("Q", "Good afternoon."),
        ("Q", "Thanks, Mara. When will the ferry sail again?"),
        ("MS. VOSS", "On Monday, if the storm is over by then."),
        ("Q", "Thank you."),
    ]);
    assert_eq!(found, [pair("When will the ferry sail again?", "On Monday, if the storm is over by then.")]);
}

#[test]
fn who_listens_has_not_responded() {
    let found = pairs(&[
        ("Q", "Did the minister read the treaty? Because he said on Sunday that he had not."),
        ("MS. VOSS", "Yeah."),
        ("Q", "And the islands say that nobody sent it to them. So who has it?"),
        ("MS. VOSS", "The embassy has it."),
        ("Q", "Did he read it?"),
        ("MS. VOSS", "Yeah."),
        ("Q", "And will he sign it?"),
        ("MS. VOSS", "He will."),
    ]);
    let responses: Vec<&str> = found.iter().map(|(_, response)| response.as_str()).collect();
    assert_eq!(responses, ["The embassy has it.", "Yeah.", "He will."]);
}

#[test]
fn who_breaks_in_and_asks_nothing_presses_the_same_question() {
    let found = pairs(&[
        ("Q", "Why did the minister leave Kallenport before the vote?"),
        ("MS. VOSS", "He had said all week that he would --"),
        ("Q", "That is not what he told the islands on Sunday."),
        ("MS. VOSS", "He told them that he would leave when the count began, and he did."),
        ("Q", "So did he vote?"),
        ("MS. VOSS", "He voted by letter."),
    ]);
    assert_eq!(
        found,
        [
            pair(
                "Why did the minister leave Kallenport before the vote? / That is not what he told the islands on Sunday.",
                "He had said all week that he would -- / He told them that he would leave when the count began, and he did."
            ),
            pair("So did he vote?", "He voted by letter."),
        ]
    );
}

#[test]
fn who_was_interrupted_before_asking_comes_to_ask() {
    let found = pairs(&[
        ("Q", "You said on Monday that the harbour would be closed for the whole of the winter, and --"),
        ("MS. VOSS", "I said that the northern harbour would be closed."),
        ("Q", "Right, the northern one. Who told the fishermen?"),
        ("MS. VOSS", "The harbour master told them."),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.ends_with("Who told the fishermen?"));
    assert!(found[0].1.ends_with("The harbour master told them."));
}

#[test]
fn pieces_of_a_question_are_one_question() {
    let found = pairs(&[
        ("Q", "Did the minister sign the treaty?"),
        ("MR. PELL", "He has read it, and he likes what he has read --"),
        ("Q", "But --"),
        ("MR. PELL", "-- as I said last week."),
        ("Q", "-- will he sign it?"),
        ("MR. PELL", "He will sign it when the islands have signed."),
    ]);
    assert_eq!(
        found,
        [
            pair(
                "Did the minister sign the treaty?",
                "He has read it, and he likes what he has read -- / -- as I said last week."
            ),
            pair("But -- / -- will he sign it?", "He will sign it when the islands have signed."),
        ]
    );
}

#[test]
fn who_is_talked_over_asks_once_and_gets_one_response() {
    let found = pairs(&[
        ("Q", "I’m sorry to push on it. It’s just because —"),
        ("MS. VOSS", "No, I’ve already —"),
        ("Q", "— there’s been criticism —"),
        ("MS. VOSS", "We just went back and forth."),
        ("Q", "— that the port is not safe."),
        ("MS. VOSS", "The port is safe. The inspectors were there on Tuesday and found nothing. (Laughter.)"),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].0,
        "I’m sorry to push on it. It’s just because — / — there’s been criticism — / — that the port is not safe."
    );
    assert!(found[0].1.ends_with("The inspectors were there on Tuesday and found nothing."), "{}", found[0].1);
}

#[test]
fn who_asks_back_has_not_responded_yet() {
    let found = pairs(&[
        ("Q", "What does the ministry say to the report on the lighthouse?"),
        ("MS. VOSS", "Which report?"),
        ("Q", "The one in the Sentinel."),
        ("MS. VOSS", "Okay."),
        ("Q", "Yeah."),
        ("MS. VOSS", "I have not read it, but the lighthouse has had no keeper since March."),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "What does the ministry say to the report on the lighthouse? / The one in the Sentinel.");
    assert_eq!(found[0].1, "Which report? / I have not read it, but the lighthouse has had no keeper since March.");
}

#[test]
fn who_keeps_the_floor_follows_up() {
    let found = told(&[
        ("Q", "Thanks, Mara. Is the bridge open?"),
        ("MS. VOSS", "It opened this morning."),
        ("Q", "For lorries as well?"),
        ("MS. VOSS", "Not yet.\n\nGo ahead, Jeff."),
        ("Q", "Hi, Mara. Has the budget been agreed?"),
        ("MS. VOSS", "It has not."),
        ("Q", "Will it be agreed this week?"),
        ("MS. VOSS", "I hope so."),
        ("Q", "On a different topic, who pays for the new ferry?"),
        ("MS. VOSS", "The islands pay half of it."),
    ]);
    let follows: Vec<Option<usize>> = found.iter().map(|it| it.2).collect();
    assert_eq!(follows, [None, Some(0), None, Some(2), None]);
    assert_eq!(found[1].1, "Not yet.", "giving the floor is no response");
}

#[test]
fn a_call_of_a_name_is_no_response_but_a_name_can_answer() {
    let found = pairs(&[
        ("Q", "Is the dam safe?"),
        ("MR. PELL", "It is."),
        ("MS. VOSS", "Jeff."),
        ("Q", "Who inspected it?"),
        ("MR. PELL", "Jeff."),
    ]);
    assert_eq!(found, [pair("Is the dam safe?", "It is."), pair("Who inspected it?", "Jeff.")]);
}

#[test]
fn several_speakers_answer_one_question() {
    let found = pairs(&[
        ("Q", "What will the tunnel cost, and who will pay?"),
        ("MS. VOSS", "About two billion. Joren can say who pays."),
        ("MR. PELL", "The state pays a third of it."),
        ("SECRETARY LIND", "And the towns pay the rest."),
    ]);
    let response =
        "About two billion. Joren can say who pays. / The state pays a third of it. / And the towns pay the rest.";
    assert_eq!(found, [pair("What will the tunnel cost, and who will pay?", response)]);
}

#[test]
fn a_question_of_the_speaker_is_none() {
    let found = pairs(&[
        ("Q", "Is the strike over?"),
        ("MS. VOSS", "They signed at noon. It already happened, right?"),
        ("Q", "Right."),
        ("MS. VOSS", "So what does that tell you? It tells you that talking helps."),
    ]);
    assert_eq!(found.len(), 1);
    assert!(found[0].1.ends_with("talking helps."), "{found:?}");
}

#[test]
fn a_statement_of_a_reporter_can_be_a_question() {
    let turns = turns(&[
        ("Q", "You said yesterday that the fleet would stay in port until the talks are over."),
        ("MS. VOSS", "I said that it would stay as long as the storm lasts."),
    ]);
    let found = exchanges(&turns);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].asked, found[0].question, "it asks as a whole");
}

#[test]
fn begging_for_the_floor_belongs_to_the_question_that_comes() {
    let found = pairs(&[
        ("Q", "One more question."),
        ("MS. VOSS", "Okay."),
        ("Q", "Does the governor support the fisheries bill?"),
        ("MS. VOSS", "She does."),
        ("Q", "Mara, can I ask a question on the canal?"),
        ("MS. VOSS", "Sure."),
        ("Q", "Is it deep enough for the new ships?"),
        ("MS. VOSS", "Yes."),
    ]);
    assert_eq!(
        found,
        [
            pair("One more question. / Does the governor support the fisheries bill?", "She does."),
            pair("Mara, can I ask a question on the canal? / Is it deep enough for the new ships?", "Yes."),
        ]
    );
}

#[test]
fn every_thing_that_is_asked_is_found() {
    let turns = turns(&[
        (
            "Q",
            "Thank you. Two on Varen. Has the envoy arrived? And I was wondering whom he will meet. You know? Thanks.",
        ),
        ("MS. VOSS", "He arrived last night."),
    ]);
    let found = exchanges(&turns);
    assert_eq!(words(&turns, &found[0].asked), "Has the envoy arrived? / And I was wondering whom he will meet.");
}

#[test]
fn who_takes_leave_no_longer_responds() {
    let found = pairs(&[
        ("Q", "Will there be a briefing on Monday?"),
        ("MS. VOSS", "There will be one."),
        ("Q", "Thank you, Mara."),
        ("MS. VOSS", "Thank you, everybody. Have a good weekend. The next press conference is on Monday at noon."),
        ("Q", "Why did the mayor resign?"),
        ("MS. VOSS", "Thanks, everybody."),
    ]);
    assert_eq!(
        found,
        [pair("Will there be a briefing on Monday?", "There will be one."), pair("Why did the mayor resign?", "")]
    );
}

#[test]
fn a_moderator_of_a_call_only_gives_the_floor() {
    let found = pairs(&[
        ("MODERATOR", "Thanks for joining. Can we go to the first question?"),
        ("Q", "Hi, thanks for doing this. How many ships are in the strait?"),
        ("SENIOR ADMINISTRATION OFFICIAL", "About forty, and six of them are ours."),
        ("MODERATOR", "Our next question comes from Ada Vale with the Evening Sentinel. Your line is open."),
        ("Q", "Thank you. Will there be more?"),
        ("MODERATOR", "Senior official two, do you want to take that?"),
        ("SENIOR ADMINISTRATION OFFICIAL", "There will be two more next week."),
    ]);
    assert_eq!(found[0], pair("How many ships are in the strait?", "About forty, and six of them are ours."));
    assert_eq!(found.len(), 2);
    assert!(found[1].1.ends_with("There will be two more next week."), "{found:?}");
}

#[test]
fn reporters_ask_under_their_own_names() {
    let mut story = vec![(
        "CHAIR LIND",
        "Good afternoon. The bank has left its rate where it was, and I will say in many words why we believe that this is \
         right, as prices have hardly risen since the spring and work is easy to find. I am glad to take your questions.",
    )];
    for (name, question) in [
        ("ADA VALE", "Ada Vale from the Evening Sentinel. Chair Lind, will you raise the rate in June?"),
        ("TOM HASK", "Tom Hask, Harbour Radio. What would it take for you to cut it?"),
    ] {
        story.push((name, question));
        story.push((
            "CHAIR LIND",
            "We will look at prices, at wages, at the harbour traffic, and we decide in June as we always do.",
        ));
    }
    story.push(("TOM HASK", "And is June too late?"));
    story.push(("CHAIR LIND", "It is not."));
    let found = told(&story);
    assert_eq!(found.len(), 3);
    assert_eq!(found.iter().map(|it| it.2).collect::<Vec<_>>(), [None, None, Some(1)]);
    assert_eq!(found[2].1, "It is not.");
}

#[test]
fn in_a_debate_the_moderator_asks_and_both_respond() {
    let long = "I believe that the islands need a second harbour, and that we can build it in four years with the money that \
                we have, as my opponent knows very well. Why did he vote against it? He has never said.";
    let found = pairs(&[
        (
            "Ada Vale",
            "Good evening, and welcome to the first debate of the candidates. Governor Lind, do you want a second harbour?",
        ),
        ("Sten Lind", long),
        ("Ada Vale", "Mayor Hask, ninety seconds."),
        (
            "Tom Hask",
            "I voted against it because nobody could tell me what it costs, and nobody can tell me now, a year later.",
        ),
        ("Ada Vale", "New question. Mayor Hask, what would you do about the fishing fleet?"),
        (
            "Tom Hask",
            "I would buy back a third of the boats, and I would pay a fair price for each of them, as we did in the north.",
        ),
    ]);
    assert_eq!(found.len(), 2);
    assert!(found[0].1.contains("second harbour, and that") && found[0].1.contains("I voted against it"), "{found:?}");
    assert!(found[1].0.ends_with("what would you do about the fishing fleet?"));
}

#[test]
fn in_an_interview_the_one_who_asks_asks() {
    let found = pairs(&[
        ("VALE", "You have been a keeper of the lighthouse for thirty years. What has changed?"),
        ("PELL", "Everything has changed. The lamp is electric, the boats have radios, and nobody waves any more."),
        ("VALE", "Do you miss that?"),
        ("PELL", "I miss the waving, and I miss the old lamp, which you had to wind up by hand four times a night."),
        ("VALE", "Will there be a keeper after you?"),
        ("PELL", "No, and why should there be one? The lamp no longer needs anybody."),
    ]);
    assert_eq!(found.len(), 3);
    assert_eq!(found[1].0, "Do you miss that?");
}

#[test]
fn a_spanish_conference_works_alike() {
    let found = told(&[
        ("PRESIDENTA MARA VOSS", "Muy buenos días. El puerto abre mañana. A ver, adelante."),
        ("PREGUNTA", "Gracias, presidenta. Buenos días. ¿Cuándo abre la aduana?"),
        ("PRESIDENTA MARA VOSS", "El lunes próximo, con todo el personal."),
        ("INTERLOCUTORA", "Presidenta, y preguntarle por el costo de la obra, que se dijo que era mayor."),
        ("PRESIDENTA MARA VOSS", "El costo es el mismo. ¿No?, así se informó."),
        ("INTERLOCUTORA", "Muchas gracias."),
        ("VOZ MUJER", "La primera fábrica de barcos del país se fundó cuando nadie lo esperaba y es un orgullo."),
        ("PRESIDENTA MARA VOSS", "Adelante."),
    ]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].0, "¿Cuándo abre la aduana?");
    assert_eq!(found[1].1, "El costo es el mismo. ¿No?, así se informó.");
}

#[test]
fn without_turns_or_questions_there_is_nothing() {
    assert_eq!(exchanges(&[]), []);
    assert!(told(&[("MS. VOSS", "Good afternoon. That is all. Are there questions? No? Thank you.")]).is_empty());
    assert!(told(&[("Q", "(Laughter.)"), ("Q", "Thank you."), ("MS. VOSS", "Thanks, guys.")]).is_empty());
}

#[test]
fn hostile_turns_take_no_long_time() {
    let wall = "a".repeat(1_000_000);
    let brackets = "(".repeat(200_000);
    let dashes = "-- ".repeat(200_000);
    let marks = "? ".repeat(300_000);
    let began = std::time::Instant::now();
    for text in [&wall, &brackets, &dashes, &marks] {
        exchanges(&turns(&[("Q", text), ("MS. VOSS", text), ("Q", text)]));
    }
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
