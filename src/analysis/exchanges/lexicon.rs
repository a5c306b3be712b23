//! The words that tell what a turn does, in English and Spanish, folded as [`super::said`] folds them.

use super::said::Word;

/// Words of greetings, thanks and forms of address.
const COURTESY: &[&str] = &[
    "thank", "thanks", "you", "good", "morning", "afternoon", "evening", "hi", "hello", "hey", "welcome", "appreciate",
    "it", "sir", "ma'am", "madam", "mr", "mrs", "ms", "dr", "president", "presidente", "presidenta", "secretary",
    "admiral", "general", "chair", "chairman", "administrator", "ambassador", "director", "governor", "senator", "again",
    "so", "very", "much", "for", "taking", "my", "the", "this", "your", "question", "questions", "time", "doing", "call",
    "a", "lot", "everybody", "everyone", "all", "guys", "folks", "and", "happy", "birthday", "new", "year", "friday",
    "monday", "weekend", "have", "one", "nice", "great", "to", "see", "be", "here", "sorry", "excuse", "me", "pardon",
    "us", "i", "i'm", "we", "that", "that's", "of", "course", "back", "congratulations", "vice", "press", "both", "well",
    "okay", "ok", "yes", "right", "gracias", "buenos", "buenas", "dias", "tardes", "noches", "muchas", "muy", "amable",
    "hola", "senor", "senora", "doctora", "doctor", "que", "tal", "dia", "a", "todos", "todas", "con", "su", "permiso",
    "saludos", "usted", "ustedes", "le", "agradezco", "igualmente", "si", "bueno", "hosting", "opportunity",
];

/// Those without which there is no courtesy.
const THANKS: &[&str] = &[
    "thank", "thanks", "hi", "hello", "hey", "welcome", "appreciate", "morning", "afternoon", "evening", "gracias",
    "buenos", "buenas", "hola", "saludos", "agradezco", "birthday", "congratulations", "weekend", "excuse", "sorry",
];

/// Words that only take note of what was said.
const NOTED: &[&str] = &[
    "okay", "ok", "yes", "yeah", "yep", "yup", "right", "sure", "no", "nope", "correct", "exactly", "understood", "got",
    "it", "gotcha", "mm", "hmm", "mm-hmm", "uh-huh", "uh", "um", "oh", "wow", "ah", "i", "see", "true", "great", "good",
    "fine", "all", "that's", "fair", "enough", "of", "course", "absolutely", "never", "mind", "cool", "perfect", "well",
    "understand", "just", "wanted", "to", "be", "clear", "checking", "making", "do", "did", "know", "so", "please", "thank", "thanks", "you", "indeed", "agreed", "alright", "will",
    "si", "claro", "bien", "muy", "esta", "bueno", "ajá", "aja", "de", "acuerdo", "ok", "exacto", "asi", "es", "correcto",
    "ah", "ya", "perfecto",
];

/// Words that beg for the floor and say nothing else, as beginnings of sentences.
const BIDS: &[&str] = &[
    "one more", "just one more", "one other", "one last", "one quick", "one follow", "just one", "just two", "just a quick",
    "just a follow", "just quickly", "just very quickly", "two questions", "two quick", "two things", "couple of questions",
    "a couple of questions", "a couple questions", "couple questions", "three questions", "i have two questions",
    "i have a question", "i have one more", "i have a couple", "i have a follow", "i've got a question", "i have one",
    "i have another", "i had a question", "i got a question", "i just have one", "i just have a", "i just have two",
    "can i ask", "could i ask", "may i ask", "can i just ask", "can i follow", "could i follow", "may i follow",
    "can i just follow", "if i may", "if i could", "if i can", "let me follow", "let me just follow", "let me ask",
    "let me just ask", "a follow", "follow-up", "follow up", "quick follow", "quick question", "a quick", "a question",
    "another question", "second question", "a second question", "my second question", "and a second", "and second",
    "different topic", "on another", "a different", "another topic", "in the back", "to the back", "over here", "back here",
    "right here", "up here", "time for one", "can i get", "can we get", "could we get", "may i", "can i", "could i", "question",
    "on a different", "new topic", "and then", "and one more", "and just", "last one", "last question", "on that",
    "on this", "una pregunta", "otra pregunta", "una mas", "la ultima", "puedo", "si me permite", "nada mas una",
    "segunda pregunta", "otro tema", "en otro tema", "la segunda", "dos preguntas", "tengo dos", "and also", "can you take",
    "will you take", "would you take", "do i get", "am i next", "me", "oh me", "can you hear", "can y'all hear",
    "can you guys hear", "can everyone hear", "can everybody hear", "do you hear", "is this on", "should i", "am i on",
    "me escucha", "me escuchan", "se escucha",
];

/// Beginnings of sentences that ask, whatever their end.
const ASKS: &[&str] = &[
    "what", "what's", "why", "how", "how's", "when", "where", "where's", "who", "who's", "whose", "which", "is", "are",
    "was", "were", "does", "did", "do", "has", "have", "had", "can", "could", "would", "will", "should", "isn't", "aren't",
    "wasn't", "weren't", "doesn't", "didn't", "don't", "hasn't", "haven't", "can't", "couldn't", "wouldn't", "won't",
    "shouldn't", "any",
];

/// Words that ask within a sentence.
const ASKING: &[&str] = &[
    "wonder", "wondering", "wondered", "curious", "ask", "asking", "explain", "describe", "elaborate", "clarify", "comment",
    "reaction", "reactions", "thoughts", "preguntarle", "preguntar", "quisiera", "gustaria", "opina", "saber", "conocer",
];

/// Two words that ask.
const ASKING_TOGETHER: &[&str] = &[
    "tell us", "tell me", "give us", "give me", "walk us", "walk me", "talk about", "speak to", "share with", "help us",
    "help me", "what about", "how about", "can you", "could you", "would you", "will you", "do you", "did you", "are you",
    "have you", "is it", "is there", "are there", "is that", "is the", "does the", "did the", "was it", "was there",
    "what is", "what are", "what was", "what does", "what do", "how do", "how does", "how is", "how are", "how much",
    "question about", "question on", "your response", "a response", "any response", "you respond", "his response",
    "how many", "how long", "why is", "why are", "why did", "why not", "when will", "when did", "whether the", "to know",
    "nos puede", "me puede", "podria decirnos", "nos podria", "si nos", "si usted",
];

/// Sentences that ask nothing though they end in a question mark.
const TAGS: &[&str] = &[
    "right", "okay", "ok", "yes", "yeah", "no", "you know", "correct", "is that right", "is that okay", "is that fair",
    "all right", "verdad", "si", "eh", "bueno", "cierto", "you know what", "you know what i mean", "huh",
];

/// Words of answers that hold on and answer nothing, where something was asked.
const HOLDING: &[&str] = &[
    "okay", "ok", "go", "ahead", "please", "hold", "on", "wait", "sorry", "i'm", "hi", "hello", "oh", "um", "uh", "hey",
    "all", "right", "alright", "let", "him", "her", "finish", "me", "just", "second", "one", "a", "adelante", "ver",
    "espera", "permite", "permiteme", "espere", "go", "guys", "hang", "thank", "you", "thanks", "excuse", "good",
    "afternoon", "morning", "evening", "great", "bien", "bueno", "muy",
];

/// Words that also let somebody ask who only begged for the floor.
const PERMITTING: &[&str] = &[
    "yes", "yeah", "yep", "sure", "of", "course", "absolutely", "mm-hmm", "you", "may", "can", "shoot", "fire", "away",
    "no", "problem", "si", "claro", "dime", "digame", "welcome", "back", "quick", "quickly", "really", "very", "last",
    "question", "more", "sir", "ma'am", "what", "what's", "your", "up", "is", "it", "uh-huh",
];

/// Beginnings of sentences that give the floor or take it away.
const CALLS: &[&str] = &[
    "go ahead", "let's go", "let me go", "i'll go", "i'm going to go", "i'll come", "i'm going to move", "i'm going to try",
    "i'm going to call", "i'll call", "going to move", "we're going to move", "let's move", "let me move", "moving on",
    "next question", "last question", "one more", "in the back", "all the way in", "way in the back", "back there",
    "over here", "right here", "in the middle", "in the front", "yes sir", "yes ma'am", "yes go", "yeah go", "okay go",
    "all right go", "next", "who's next", "who else", "anybody else", "anyone else", "other questions", "anything else",
    "please go", "sure go", "i want to get", "let me get", "we'll go", "we will go", "we'll take", "we'll do",
    "we're gonna", "i'm gonna go", "time for", "last one", "adelante", "a ver", "siguiente", "por aca", "aqui", "ahora",
    "okay in the", "yes in the", "yeah in the", "and then", "then", "the gentleman", "the lady", "to the back",
    "operator", "we have time", "i think we have time", "got to go", "i got to", "we got to", "i have to go", "this side",
];

/// Turns that ask back, as beginnings or ends of a sentence.
const ASKS_BACK: &[&str] = &[
    "say that again", "say it again", "say that one more", "say that last", "can you say", "can you repeat",
    "could you repeat", "repeat the", "repeat that", "i'm sorry", "i didn't hear", "i couldn't hear", "i can't hear",
    "i missed", "didn't catch", "what's the question", "what was the question", "what is your question",
    "what's your question", "ask that again", "ask it again", "say again", "what do you mean", "which one", "who's that",
    "como", "perdon", "mande", "no te escuche", "cual es la pregunta", "i don't understand", "i'm not sure i understand",
    "i'm not following", "what", "sorry", "i don't follow", "speak up", "talk louder", "a little louder",
];

/// Question words that somebody's name answers.
pub(super) const FOR_NAMES: &[&str] = &["who", "who's", "whom", "whose", "which", "name", "named", "quien", "quienes"];

/// Words that are no names, though they may stand alone with a capital.
const NO_NAMES: &[&str] = &[
    "absolutely", "correct", "exactly", "yes", "no", "yeah", "yep", "nope", "okay", "sure", "right", "both",
    "neither", "either", "today", "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "definitely", "certainly", "indeed", "never", "none", "nothing", "maybe", "perhaps",
    "possibly", "probably", "traveling", "good", "great", "well", "understood", "agreed", "true", "false",
    "seriously", "really", "interesting", "what", "why", "who", "which", "when", "where", "how", "sorry", "hello",
    "hi", "thanks", "oh", "hmm", "january", "february", "march", "july", "august", "september", "october", "november",
    "december", "so", "but", "and", "look", "listen", "again", "i", "we", "it", "he", "she", "they", "that", "this",
    "there", "the", "not", "all", "some", "many", "most", "please", "claro", "si", "bueno", "bien", "pues", "exacto",
    "cierto", "nunca", "nada", "ambos", "hoy", "manana", "ayer", "correcto", "period", "soon", "always", "obviously",
    "clearly", "here", "now", "you", "your", "my", "our", "his", "her", "their", "its", "is", "are", "was", "were",
    "do", "does", "did", "can", "could", "would", "will", "should", "have", "has", "had", "if", "in", "on", "at",
    "for", "of", "to", "with", "as", "an", "a", "or", "because", "just", "also", "then", "than", "about", "after",
    "before", "from", "by", "any", "one", "two", "three", "more", "i'm", "it's", "that's", "there's", "we're",
    "they're", "he's", "she's", "don't", "let", "let's", "wait", "hold", "stop", "see", "sounds", "fair",
];

/// Words of a sentence that turns away from what was asked before.
const TURNS_AWAY: &[&str] = &[
    "another topic", "different topic", "new topic", "another subject", "different subject", "new subject", "another issue",
    "different issue", "change topics", "changing topics", "switch topics", "switching topics", "switch gears",
    "switching gears", "change of subject", "change the subject", "changing the subject", "change of topic", "separately",
    "new question", "next question", "next subject", "next segment", "next topic", "move on", "unrelated", "en otro tema",
    "otro tema", "cambiando de tema", "cambio de tema",
];

/// "Thanks, everybody." ends the event.
pub(super) fn takes_leave(words: &[Word]) -> bool {
    const ALL: &[&str] = &["everybody", "everyone", "guys", "all", "folks", "todos", "todas"];
    is_courtesy(words) && words.iter().any(|word| ALL.contains(&word.folded.as_str()))
}

/// Whether every word belongs to a list.
fn only(words: &[Word], list: &[&str]) -> bool {
    words.iter().all(|word| list.contains(&word.folded.as_str()))
}

/// Whether a phrase begins with one of these, with the end of a word behind.
pub(super) fn begins(phrase: &str, list: &[&str]) -> bool {
    list.iter().any(|it| phrase.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-'])))
}

/// "Thank you, Josh." "Good morning." Names count where they have a capital.
pub(super) fn is_courtesy(words: &[Word]) -> bool {
    let list = |word: &Word| COURTESY.contains(&word.folded.as_str());
    words.len() <= 14
        && words.iter().any(|word| THANKS.contains(&word.folded.as_str()))
        && words.iter().all(|word| list(word) || word.capital)
        && words.iter().filter(|word| !list(word)).count() <= 3
}

/// "Okay." "Right." "I see."
pub(super) fn is_noted(words: &[Word]) -> bool {
    words.len() <= 8 && only(words, NOTED)
}

/// "One more." "Ada, can I follow up?" But not "Can I ask why?", and not "On another topic, who pays?".
pub(super) fn is_bid(words: &[Word], asks: bool) -> bool {
    const PLEADS: &[&str] =
        &["can", "could", "may", "if", "do i", "am i", "should i", "me", "do you hear", "would you take", "will you take"];
    const OUTRIGHT: &[&str] = &["what", "why", "how", "who", "when", "where", "which", "whether", "whose"];
    let filler = |word: &&Word| {
        matches!(word.folded.as_str(), "and" | "so" | "okay" | "yeah" | "yes" | "just" | "sorry" | "hey")
            || word.capital && !NO_NAMES.contains(&word.folded.as_str())
    };
    let rest = words.get(words.iter().take_while(filler).count().min(2)..).unwrap_or_default();
    let begs = |words: &[Word]| {
        let phrase = words.iter().take(6).map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
        begins(&phrase, BIDS) && (!asks || words.len() <= 6 || begins(&phrase, PLEADS))
    };
    let outright = asks && words.iter().skip(1).any(|word| OUTRIGHT.contains(&word.folded.as_str()));
    words.len() <= 10 && !outright && (begs(rest) || begs(words))
}

/// Whether a sentence asks though no question mark ends it.
pub(super) fn asks(words: &[Word], phrase: &str) -> bool {
    let phrase = ["and ", "but ", "so ", "or ", "then ", "well ", "okay ", "y ", "pero "]
        .iter()
        .fold(phrase, |phrase, word| phrase.strip_prefix(word).unwrap_or(phrase));
    begins(phrase, ASKS)
        || words.iter().any(|word| ASKING.contains(&word.folded.as_str()))
        || words.windows(2).any(|two| match two {
            [first, second] => ASKING_TOGETHER.iter().any(|it| {
                it.split_once(' ').is_some_and(|(one, other)| first.folded == one && second.folded == other)
            }),
            _ => false,
        })
}

/// "On a different topic".
pub(super) fn turns_away(phrase: &str) -> bool {
    let phrase = format!(" {phrase} ");
    TURNS_AWAY.iter().any(|it| phrase.find(it).is_some_and(|at| phrase.get(..at).is_some_and(|it| it.ends_with(' '))))
}

/// "Right?"
pub(super) fn is_tag(phrase: &str) -> bool {
    TAGS.contains(&phrase)
}

/// "Okay. Go ahead." answers nothing.
pub(super) fn holds(words: &[Word]) -> bool {
    words.len() <= 8 && only(words, HOLDING)
}

/// "Sure." lets somebody ask.
pub(super) fn permits(words: &[Word]) -> bool {
    words.len() <= 8 && words.iter().all(|word| {
        let word = word.folded.as_str();
        HOLDING.contains(&word) || PERMITTING.contains(&word)
    })
}

/// "Say that again?"
pub(super) fn asks_back(phrase: &str) -> bool {
    begins(phrase, ASKS_BACK)
}

/// "Go ahead, Jeff." "Next question."
pub(super) fn calls(phrase: &str, words: usize) -> bool {
    let phrase = ["okay ", "all right ", "and ", "so ", "with that ", "yes ", "yeah ", "sorry "]
        .iter()
        .fold(phrase, |phrase, word| phrase.strip_prefix(word).unwrap_or(phrase));
    words <= 12 && begins(phrase, CALLS)
        || words <= 7 && (phrase.ends_with(" go ahead") || phrase.ends_with(" go") || phrase.ends_with(" adelante"))
        || words <= 14 && ["next question", "final question", "last question"].iter().any(|it| phrase.contains(it))
        || words <= 10 && ["last one", "last question", "final question", "ultima"].iter().any(|it| phrase.ends_with(it))
}

/// Words of somebody who gives the floor to the next who asks, whatever else they say.
pub(super) fn passes_on(words: &[Word]) -> bool {
    const NEXT: &[&str] = &["next", "question", "questions", "queue", "line", "last", "final", "turn", "operator", "siguiente"];
    words.iter().any(|word| NEXT.contains(&word.folded.as_str()))
        || words.windows(2).any(|two| matches!(two, [one, other] if one.folded == "go" && other.folded == "to"))
}

/// One to three words with capitals: it may be somebody's name.
pub(super) fn may_be_name(words: &[Word]) -> bool {
    let title = |word: &Word| matches!(word.folded.as_str(), "yes" | "okay" | "and" | "then" | "yeah");
    let rest = words.get(words.iter().take_while(|word| title(word)).count()..).unwrap_or_default();
    (1..=3).contains(&rest.len()) && rest.iter().all(|word| word.capital && !NO_NAMES.contains(&word.folded.as_str()))
}
