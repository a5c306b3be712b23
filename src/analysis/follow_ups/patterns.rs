//! The words that promise to come back, in English and Spanish.

use std::sync::LazyLock;

use regex::Regex;
use regex_filtered::Regexes;

use crate::domain::PromiseKind;

/// Who promises: "I'll", "let me", "somebody can".
const WHO: &str = r"(?:i'll|i will|we'll|we will|i can|we can|i could|we could|let me|let us|let's|happy to|glad to|i'm going to|we're going to|i'm gonna|we're gonna|(?:i|we|i'll|we'll|i'd|we'd|i may|we may|i might|we might) (?:need|have|got|be able) to|(?:they|he|she|somebody|someone|team|office|folks|people|colleagues?)(?:'ll| will| can)|have (?:somebody|someone|them|him|her|my \w+|our \w+|the \w+|one of \w+ \w+|folks)|get (?:somebody|someone|my \w+|our \w+|one of \w+ \w+)|why don't (?:i|we)|can i|can we|could i|may i)";
/// Words that may stand before what they do: "certainly", "go and", "see if we can".
const THEN: &str = r"(?: [\w'-]+){0,4}?";
/// The same where only few may.
const SOON: &str = r"(?: (?:certainly|definitely|just|go|and|have|to|try|also|absolutely|always|individually|probably|i|we|will|can|go|back|be|able|happy|glad|please|actually|that|again|be|sure|see|if))*?";
/// Those who are told.
const YOU: &str = r"(?:you|y'all|ya|all of you|everybody|everyone|folks|reporters|the pool|your \w+)";

/// The words by which each kind is told; `{who}`, `{then}`, `{soon}`, `{you}` stand for the lists above.
const PATTERNS: &[(PromiseKind, &str)] = &[
    (PromiseKind::TakenQuestion, r"{who}{soon} take (?:that|the|this) question\b"),
    (
        PromiseKind::TakenQuestion,
        r"{who}{soon} take (?:your|both|those|these) questions? (?:and|back|for|on that|under)",
    ),
    (
        PromiseKind::TakenQuestion,
        r"{who}{soon} take (?:that|it|this|that one|the question) (?:back|as a taken|for the record)\b",
    ),
    (PromiseKind::TakenQuestion, r"{who}{soon} take (?:that|it|this|that one) and (?:get|come|follow|see|circle)\b"),
    (PromiseKind::GetBack, r"{who}(?: [\w'-]+){0,9}? get back (?:to|with|at) {you}"),
    (PromiseKind::GetBack, r"{who}{then} (?:get|bring|have|come|be) (?:[\w'-]+ ){1,5}back (?:to|with) {you}"),
    (PromiseKind::GetBack, r"{who}{then} come back to {you}(?: \w+)? (?:on|with|about|when|as)\b"),
    (PromiseKind::GetBack, r"{who}{soon} come back (?:with|and (?:tell|give|let))\b"),
    (PromiseKind::GetBack, r"{who}{then} (?:circle|report) back\b"),
    (PromiseKind::GetBack, r"{who}(?: [\w'-]+){0,9}? follow up with {you}"),
    (
        PromiseKind::GetBack,
        r"{who}{then} (?:follow|following) up (?:directly |separately |offline )?(?:with {you}|on (?:that|this|it|your|those|these)|offline|after|later|separately|afterwards?)\b",
    ),
    (PromiseKind::GetBack, r"{who}{then} (?:be in|get in) touch with {you}"),
    (PromiseKind::GetBack, r"{who}{soon} (?:e-?mail|call|reach out to) (?:you|y'all)\b"),
    (
        PromiseKind::GetBack,
        r"{who}{then} (?:let|tell) (?:you|y'all|everybody|everyone|folks)(?: guys| all)? know(?:$| (?:if|when|as|once|whether|what|later|tomorrow|on|about|for sure|the|more|who|where)\b)",
    ),
    (
        PromiseKind::Provide,
        r"{who}{soon} (?:get|send|shoot|e-?mail|provide|forward|hand out|pull|dig up|furnish)(?: for)? (?:you|y'all|you guys|all of you|everybody|everyone|folks)(?: guys| all)?(?: with)? (?:a|an|the|that|those|this|some|more|exact|specific|specifics|additional|further|better|something|answers?|numbers?|details?|information|copies|updated|any|all|what|as|it|one|guidance|both|these)\b",
    ),
    (
        PromiseKind::Provide,
        r"{who}{then} (?:get|send|bring|provide|release|distribute|forward|supply) (?:that|it|those|this|them|these|more|some|something|the|an?|all|whatever|any)(?: [\w'-]+){0,5}? (?:to|for|out to|around to|back to) {you}",
    ),
    (
        PromiseKind::Provide,
        r"(?:i'll|we'll|i will|we will){soon} (?:get|send|put|release|have) (?:that|it|those|this|them|these|something|a list|the list|more|more information)(?: [\w'-]+){0,2}? out\b",
    ),
    (
        PromiseKind::Provide,
        r"(?:i'll|we'll|i will|we will|happy to|we can|i can){soon} share (?:that|it|those|more|them|this|the|any|those \w+)(?: [\w'-]+){0,4}? with {you}",
    ),
    (
        PromiseKind::Provide,
        r"(?:i'll|we'll|i will|we will){soon} share (?:that|it|those)(?: [\w'-]+){0,2}? (?:later|tomorrow|soon|shortly|in the next|when|once|as soon)\b",
    ),
    (
        PromiseKind::Provide,
        r"(?:i'll|we'll|i will|we will|we can|i can|let me) make sure (?:that )?(?:you|somebody|he|she)(?: guys| all)? (?:get|have|has|gets|can get|are provided)\b",
    ),
    (
        PromiseKind::Provide,
        r"(?:we'll|we will|we certainly will|will certainly|we're going to|i'm sure we'll|we should|i'll|i will)(?: [\w'-]+){0,3}? (?:have|get|do|give|provide|put out|issue|release)(?: you| out)? (?:a|an|the|some|that|another)(?: [\w'-]+){0,2}? (?:readout|read-out|fact sheet|factsheet|transcript|list of)\b",
    ),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|we'll|we will|i can|we can|let me|let us|happy to|(?:i|we|i'll|we'll|i'd|we'd) (?:have|need) to){soon} (?:double-check|doublecheck|check|recheck|cross-check)(?:$| (?:on|into|with|that|it|this|and|if|whether|to|for|the|in|back|again|exactly|what|when|who|how|where|my|his|her|their|those|individually|by|as)\b)",
    ),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|we'll|we will|i can|we can|let me|happy to|glad to|(?:i|we|i'll|we'll|i'd|we'd) (?:have|need) to){soon} (?:look|check|dig|inquire) (?:further |more )?(?:into|in to) (?:that|it|this|the|whether|what|those|these|your|who|how|when|where|all)\b",
    ),
    (PromiseKind::Check, r"{who}{soon} look (?:that|it|this) up\b"),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|let me|i can|i'd have to|i'll have to|i have to|i need to|why don't we|why don't i){soon} take a (?:closer |better )?look\b",
    ),
    (
        PromiseKind::Check,
        r"(?:we'll|we will|we can){soon} take a look at (?:it|that|this)(?:$| and (?:get|see|let|come))",
    ),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|let me|i can|i'd have to|i'll have to|i'll try to|i need to|i have to|happy to){soon} (?:find|figure) (?:that |it |this )?out\b",
    ),
    (PromiseKind::Check, r"we(?:'ll| will){soon} find (?:that |it |this )?out (?:for|and)\b"),
    (PromiseKind::Check, r"we(?:'ll| will) (?:certainly|definitely) find out$"),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|let me|i can|we can|we'll|we will|happy to|go){soon} see (?:if|whether) (?:i|we|somebody|someone|he|she|they|there|my|our|the \w+)(?:'s|'re|'ve)?(?: [\w'-]+){0,3}? (?:get|find|share|provide|track|offer|give|pull|send|more|anything|something|read)\b",
    ),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|let me|we'll|i can){soon} see what (?:i|we)(?: [\w'-]+)? (?:can|could) (?:find|get|do|dig|learn|share|provide)\b",
    ),
    (
        PromiseKind::Check,
        r"{who}{soon} (?:track|run|chase|hunt|nail) (?:that|it|this|those|the \w+|them|an? \w+) (?:\w+ )?down\b",
    ),
    (
        PromiseKind::Check,
        r"{who}{soon} (?:get|find|have) (?:you )?(?:an|the|a better|a more \w+|a specific|some) answers?\b",
    ),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|i can|let me|i'll have to|i'd have to|i have to|happy to|i'd need to|we can){soon} ask (?:him|her|them|that|about|around|if|whether|the \w+|my \w+|our \w+|somebody|someone)\b",
    ),
    (PromiseKind::Check, r"(?:we'll|we will){soon} ask (?:him|her|them|about|around|if|whether)\b"),
    (
        PromiseKind::Check,
        r"(?:i'll|i will|we'll|we will|let me|i can|we can|i'd have to|happy to|see if i can|see if we can){soon} (?:get|find) (?:some )?(?:more|better|further|additional|exact|specific|a more \w+|a better) (?:information|details?|clarity|specifics|guidance|read|numbers?|readout)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:we|i)(?:'ll| will| should| may| might| expect to| hope to| expect we'll)(?: [\w'-]+){0,4}? have (?:[\w'-]+ ){0,3}?(?:more|additional|further|something|anything|some|a little|much)(?: [\w'-]+){0,2}? (?:to (?:say|share|report|announce|offer|tell|add|read|discuss)|on (?:that|this|it|the)|for (?:you|all)|about (?:that|this|it|the)|details?|information|specifics|updates?|guidance|announcements?|later|tomorrow|soon|this week|next week|in the (?:coming|next|days|weeks|near|upcoming)|as we|when|once)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:we|i)(?:'ll| will| should| may| might| expect to| hope to| expect we'll)(?: [\w'-]+){0,4}? have (?:[\w'-]+ ){0,2}?(?:more(?: of that)?|more details?|more information|details|an update|updates|an announcement|announcements|news|a schedule)(?:$| (?:to|on|for|about|soon|later|tomorrow|next|this|in|as|when|once|at|over|by)\b)",
    ),
    (
        PromiseKind::MoreLater,
        r"^(?:and |so |but |which )?(?:will|should) (?:certainly |probably |definitely )?have (?:[\w'-]+ ){0,2}?(?:more|additional|details?|updates?) (?:to|on|for|about|soon|later|tomorrow|next|this|in|as|when|once|details|information)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"there(?:'ll| will) be (?:[\w'-]+ ){0,2}?(?:an announcement|announcements|details|a readout|an update|updates|more details?|more information|more on|more to|more about|additional details|additional information)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:you'll|you will|you're going to)(?: [\w'-]+)? (?:hear|be hearing|get|see|have) (?:a little |a little bit |a bit |a lot |some |much )?(?:more (?:on|about|from|of) (?:that|this|us|it|him|her|the)|from us (?:on|about|soon|later|in)|updates? (?:on|from|about)|more details|details (?:on|about|of) (?:that|this|it))\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:when|once|as soon as|whenever|if|until)(?: [\w'-]+){1,14}? (?:we'll|we will|i'll|i will|we certainly will|will certainly)(?: [\w'-]+){0,3}? (?:share (?:that|it|those|more|them)|let you|let y'all|announce (?:that|it|those)|provide (?:that|it|you|those|them|more)|update you|tell you|make (?:that|it) public|be sure to|read (?:that|it) out|do that|certainly will|certainly$|will$)",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:when|once|as soon as) we(?: do| actually| finally)? have (?:more|something|anything|an update|updates|details|information|an announcement|news)(?: [\w'-]+){0,8}? (?:we will|we'll|i'll|i will|we certainly will)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:we|i)(?:'ll| will| can| certainly will)(?: [\w'-]+){0,2}? (?:keep|provide|give) (?:you|y'all|everybody|everyone|folks|all of you)(?: guys| all)?(?: with)? (?:posted|updated|apprised|informed|abreast|up to date|updates?|an update|in the loop)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:we|i)(?:'ll| will| can| will be|'ll be)(?: [\w'-]+){0,2}? (?:update|updating) (?:you|y'all|everybody|everyone|folks)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:we|i)(?:'ll| will)(?: [\w'-]+){0,3}? (?:talk|speak|say|share|announce|discuss|lay)(?: [\w'-]+){0,3}? more(?: [\w'-]+){0,8}? (?:later|tomorrow|soon|shortly|tonight|week|weeks|days|closer|monday|tuesday|wednesday|thursday|friday|month|months)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"^(?:and |so |but )?more (?:on that|to come|details|information|to share|to say)(?: [\w'-]+){0,5}? (?:later|tomorrow|soon|shortly|week|days|come)\b",
    ),
    (
        PromiseKind::GetBack,
        r"(?:te|le|les|se lo|se los|te lo) (?:vamos a |voy a )?(?:respondemos|respondo|contesto|contestamos|informamos|informo|damos a conocer|doy a conocer|informar|responder|contestar|confirmo|confirmamos)\b(?: [\w'-]+){0,6}? (?:manana|luego|despues|lunes|martes|miercoles|jueves|viernes|semana|rato)\b",
    ),
    (
        PromiseKind::Check,
        r"(?:lo|la|eso|esto) (?:vamos a|voy a) (?:revisar|checar|ver|consultar|investigar|preguntar)\b",
    ),
    (
        PromiseKind::Check,
        r"(?:voy a|vamos a|dejame|dejenme|permiteme) (?:revisarlo|checarlo|consultarlo|preguntarlo|investigarlo|preguntar|checar|consultar)\b",
    ),
    (
        PromiseKind::MoreLater,
        r"(?:manana|luego|despues|el lunes|el martes|el miercoles|el jueves|el viernes|la proxima semana)(?: [\w'-]+){0,3}? (?:les informamos|les informo|informamos|vamos a informar|damos a conocer|vamos a dar a conocer|les presentamos|respondemos|lo vemos)\b",
    ),
];

/// What before a promise makes it none: it is refused, it was made before, it is somebody else's.
const AGAINST: &str = r"\b(?:not (?:going to|able to|in a position to)|won't|can't|cannot|never|told you|asked you|you can|you should|you might|you may want to|you have to|(?:don't|not) (?:anticipate|expect|think|believe)|don't know (?:that|if|whether))(?: that)?\s*$";
/// What follows and makes it something else: "ask the doctor to come up".
const ELSE: &str = r"^(?: [\w'-]+){0,3}? to (?:come|step|say|speak|talk|take|answer|address|add|join|monitor|do|help|make|provide)\b|^ (?:answer|help|opportunit)";

/// The patterns, in order.
static COMPILED: LazyLock<Option<Regexes>> = LazyLock::new(|| {
    let compiled = PATTERNS.iter().map(|(_, pattern)| {
        let pattern = pattern.replace("{who}", WHO).replace("{then}", THEN);
        let pattern = pattern.replace("{soon}", SOON).replace("{you}", YOU);
        format!(r"(?-u)\b{pattern}")
    });
    regex_filtered::Builder::new().push_all(compiled).ok()?.build().ok()
});
static AGAINST_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(AGAINST).ok());
static SOMETHING_ELSE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ELSE).ok());

/// What a sentence promises, given as its folded words, and whether it ends in a question mark.
pub(super) fn promised(phrase: &str, asks: bool) -> Option<PromiseKind> {
    let offers = |it: &str| phrase.starts_with(it) || phrase.contains(&format!(" {it}"));
    let tagged = [" okay", " ok", " right", " all right"].iter().any(|tag| phrase.ends_with(tag));
    if asks && !tagged && !["can i ", "can we ", "could i ", "may i ", "how about i "].iter().any(|it| offers(it)) {
        return None;
    }
    let mut there = COMPILED.as_ref()?.matching(phrase);
    let (first, _) = there.find(|(_, pattern)| pattern.find_iter(phrase).any(|found| holds(phrase, &found)))?;
    PATTERNS.get(first).map(|(kind, _)| *kind)
}

/// Whether words that look like a promise are one.
fn holds(phrase: &str, found: &regex::Match<'_>) -> bool {
    let refused = found.as_str().split(' ').any(|word| word == "not" || word.ends_with("n't") && word != "don't");
    let before = phrase.get(..found.start()).unwrap_or_default();
    let behind = phrase.get(found.end()..).unwrap_or_default();
    let matches = |pattern: &Option<Regex>, text: &str| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
    !refused && !matches(&AGAINST_IT, before) && !matches(&SOMETHING_ELSE, behind)
}

#[cfg(test)]
mod tests {
    use super::COMPILED;

    #[test]
    fn every_pattern_can_be_read() {
        assert!(COMPILED.is_some());
    }
}
