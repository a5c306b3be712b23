//! JSON-LD in the words of schema.org: each stretch of words is a `Quotation`.

use serde_json::{Map, Value, json};

use super::{ARCHIVE, Author, Citation, Spoken, Voice};
use crate::domain::UtteranceKind;
use crate::export::in_script;

impl Citation {
    /// The document, safe inside a `<script>` element.
    pub fn json_ld(&self) -> String {
        in_script(&self.json_ld_value())
    }

    /// The document: one quotation, a graph of several, or the briefing itself.
    pub fn json_ld_value(&self) -> Value {
        let context = ("@context".to_owned(), Value::from("https://schema.org"));
        match self.said.as_slice() {
            [] => with(context, self.whole()),
            [one] => with(context, self.quotation(one, self.question.as_ref(), self.whole())),
            many => {
                // The briefing is described once; the others point to it.
                let part_of = |i| if i == 0 { self.whole() } else { self.pointer() };
                let mut asked = self.question.as_ref();
                let mut all = Vec::new();
                for (i, spoken) in many.iter().enumerate() {
                    asked = asked.filter(|_| spoken.kind != UtteranceKind::Heading);
                    let answers = spoken.voice.as_ref().is_some_and(Voice::answers);
                    all.push(Value::Object(self.quotation(spoken, asked.filter(|_| answers), part_of(i))));
                    if spoken.voice.as_ref().is_some_and(Voice::asks) {
                        asked = Some(spoken);
                    }
                }
                json!({"@context": "https://schema.org", "@graph": all})
            }
        }
    }

    /// `asked` is what the words answer.
    fn quotation(&self, spoken: &Spoken, asked: Option<&Spoken>, part_of: Map<String, Value>) -> Map<String, Value> {
        let voice = spoken.voice.as_ref();
        let body = self.issuer.as_ref().map(|issuer| json!({"@type": "Organization", "name": issuer}));
        object([
            ("@type", Some("Quotation".into())),
            ("@id", Some(spoken.url.as_str().into())),
            ("url", Some(spoken.url.as_str().into())),
            ("text", Some(spoken.text.as_str().into())),
            ("inLanguage", self.language.as_deref().map(Value::from)),
            ("dateCreated", self.date.map(|date| date.to_string().into())),
            ("spokenByCharacter", voice.map(speaker)),
            ("creator", body.filter(|_| voice.is_none())),
            ("position", spoken.number.map(Value::from)),
            ("version", Some(format!("revision {}", self.revision).into())),
            ("isPartOf", Some(Value::Object(part_of))),
            ("recordedAt", Some(self.saying())),
            ("about", asked.map(question)),
            ("genre", self.fiction.then(|| "Fiction".into())),
        ])
    }

    /// The briefing: the text, and the event that it is a text of.
    fn whole(&self) -> Map<String, Value> {
        let place = self.place.as_ref().map(|place| json!({"@type": "Place", "name": place}));
        let issuer = self.issuer.as_ref().map(|issuer| json!({"@type": "Organization", "name": issuer}));
        let event = self.date.map(|date| {
            Value::Object(object([
                ("@type", Some("Event".into())),
                ("@id", Some(self.event_id().into())),
                ("name", Some(self.title.as_str().into())),
                ("startDate", Some(date.to_string().into())),
                ("location", place.clone()),
                ("organizer", issuer.clone()),
            ]))
        });
        let series = self.series.as_ref().map(|series| json!({"@type": "CreativeWorkSeries", "name": series}));
        let fiction = self.fiction.then_some("Fiction");
        object([
            ("@type", Some("CreativeWork".into())),
            ("@id", Some(self.briefing_url.as_str().into())),
            ("url", Some(self.briefing_url.as_str().into())),
            ("name", Some(self.title.as_str().into())),
            ("genre", Some(fiction.unwrap_or(self.genre()).into())),
            ("inLanguage", self.language.as_deref().map(Value::from)),
            ("dateCreated", self.date.map(|date| date.to_string().into())),
            ("locationCreated", place),
            ("publisher", issuer),
            ("archivedAt", Some(format!("{}?revision={}", self.briefing_url, self.revision).into())),
            ("isBasedOn", self.official.as_deref().map(Value::from)),
            ("recordedAt", event),
            ("isPartOf", series),
        ])
    }

    /// The briefing, where it has been described already.
    fn pointer(&self) -> Map<String, Value> {
        object([
            ("@type", Some("CreativeWork".into())),
            ("@id", Some(self.briefing_url.as_str().into())),
            ("url", Some(self.briefing_url.as_str().into())),
            ("name", Some(self.title.as_str().into())),
        ])
    }

    fn event_id(&self) -> String {
        format!("{}#event", self.briefing_url)
    }

    /// The event at which the words were said, and the text that records it: in schema.org `recordedIn` is said of events
    /// only.
    fn saying(&self) -> Value {
        Value::Object(object([
            ("@type", Some("Event".into())),
            ("@id", Some(self.event_id().into())),
            ("name", Some(self.title.as_str().into())),
            ("recordedIn", Some(self.record())),
        ]))
    }

    /// The text as it was issued and received.
    fn record(&self) -> Value {
        let issuer = self.issuer.as_ref().map(|issuer| json!({"@type": "Organization", "name": issuer}));
        Value::Object(object([
            ("@type", Some("CreativeWork".into())),
            ("name", Some(format!("{}: {}", self.genre(), self.title).into())),
            ("url", Some(self.official.as_deref().unwrap_or(&self.briefing_url).into())),
            ("publisher", issuer),
            ("version", Some(format!("revision {}", self.revision).into())),
            ("dateModified", Some(self.retrieved.to_string().into())),
            ("maintainer", Some(json!({"@type": "Organization", "name": ARCHIVE}))),
        ]))
    }
}

fn speaker(voice: &Voice) -> Value {
    let kind = if matches!(voice.author(), Author::Body(_)) { "Organization" } else { "Person" };
    let affiliation = voice.asked_by.as_ref().filter(|_| voice.asks()).and_then(|asked| asked.outlet.as_ref());
    let office = voice.office.as_deref().filter(|_| voice.speaker.is_some() && kind == "Person");
    let role = voice.asks().then_some("Reporter");
    Value::Object(object([
        ("@type", Some(kind.into())),
        ("name", Some(voice.author().to_string().into())),
        ("jobTitle", office.or(role).map(Value::from)),
        ("alternateName", Some(voice.label.as_str().into()).filter(|_| voice.speaker.is_some())),
        ("affiliation", affiliation.map(|outlet| json!({"@type": "Organization", "name": outlet}))),
        ("url", voice.speaker_url.as_deref().map(Value::from)),
    ]))
}

/// What an answer answers.
fn question(spoken: &Spoken) -> Value {
    Value::Object(object([
        ("@type", Some("Question".into())),
        ("@id", Some(spoken.url.as_str().into())),
        ("text", Some(spoken.text.as_str().into())),
        ("url", Some(spoken.url.as_str().into())),
        ("author", spoken.voice.as_ref().map(speaker)),
    ]))
}

fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn with(first: (String, Value), rest: Map<String, Value>) -> Value {
    Value::Object(std::iter::once(first).chain(rest).collect())
}
