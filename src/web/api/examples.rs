//! A call to each address, as the document shows it, with what the sample archive answers.
//!
//! The answers are those that it gave when a test asked it; `BLESS=1 cargo test examples` writes them anew.

/// Where the archive of the examples stands.
pub const ADDRESS: &str = "https://onrecord.example";

/// One call.
pub struct Example {
    /// The name of the operation in the document.
    pub operation: &'static str,
    /// Where it goes, below the address of the archive.
    pub path: &'static str,
    /// What it sends.
    pub body: Body,
    /// What it is answered; of long lists only a piece.
    pub answer: &'static str,
}

/// What a call sends.
pub enum Body {
    /// Nothing: it reads.
    Nothing,
    /// Nothing, but it does something.
    Bare,
    /// JSON.
    Json(&'static str),
    /// A form with a file, by its name and what is in it, and a field.
    File {
        /// Its name.
        name: &'static str,
        /// What is in it.
        text: &'static str,
        /// A field, with its value.
        field: (&'static str, &'static str),
    },
}

macro_rules! example {
    ($operation:literal, $path:expr, $body:expr) => {
        Example {
            operation: $operation,
            path: $path,
            body: $body,
            answer: include_str!(concat!("examples/", $operation, ".json")),
        }
    };
    ($operation:literal, $path:expr) => {
        example!($operation, $path, Body::Nothing)
    };
}

/// All of them, in an order in which they can be made one after the other.
pub const ALL: [Example; 24] = [
    example!("search", "/api/v1/search?q=observers+boats&speaker=mirela-castane&per_page=1"),
    example!(
        "check",
        "/api/v1/check",
        Body::Json(r#"{"quote": "thirty-five have been trained, and we needed thirty", "speaker": "Mirela Castane"}"#)
    ),
    example!("questions", "/api/v1/questions?label=declined&from=2026-05-19&to=2026-05-19&per_page=1"),
    example!("claims", "/api/v1/claims?kind=figure&from=2026-05-19&to=2026-05-19&per_page=1"),
    example!("suggest", "/api/v1/suggest?q=cas"),
    example!("briefings", "/api/v1/briefings?from=2026"),
    example!("briefing", "/api/v1/briefings/2026-05-19-daily-press-briefing-may-19-2026"),
    example!("series", "/api/v1/series"),
    example!("speakers", "/api/v1/speakers"),
    example!("speaker", "/api/v1/speakers/mirela-castane"),
    example!("topics", "/api/v1/topics"),
    example!("topic", "/api/v1/topics/chile"),
    example!("follow_ups", "/api/v1/follow-ups?from=2024-11-14&to=2024-11-14&sort=oldest&per_page=1"),
    example!("trends", "/api/v1/trends?q=trawler&q=observers&by=year"),
    example!("coverage", "/api/v1/coverage?speaker=mirela-castane&from=2025"),
    example!(
        "series_coverage",
        "/api/v1/series/foreign-ministry-of-tarvenia-daily-briefing/coverage?from=2025-06&to=2025-10"
    ),
    example!("token", "/api/v1/token"),
    example!(
        "correct",
        "/api/v1/briefings/2026-05-19-daily-press-briefing-may-19-2026/corrections",
        Body::Json(
            r#"{"act": "words", "revision": 1, "number": 28, "text": "None. Thirty-five have been trained, and we needed thirty.", "compared": true, "reason": "Heard again."}"#
        )
    ),
    example!(
        "changed",
        "/api/v1/changed?link=/briefings/2026-05-19-daily-press-briefing-may-19-2026/28%3Frevision%3D1"
    ),
    example!(
        "withdraw",
        "/api/v1/briefings/2026-05-19-daily-press-briefing-may-19-2026/withdraw",
        Body::Json(r#"{"revision": 2, "reason": "The issuer asks for it."}"#)
    ),
    example!(
        "republish",
        "/api/v1/briefings/2026-05-19-daily-press-briefing-may-19-2026/republish",
        Body::Json(r#"{"revision": 3, "reason": "The issuer has sent the same text again."}"#)
    ),
    example!(
        "upload",
        "/api/v1/briefings",
        Body::File {
            name: "2026-06-02-press-briefing.txt",
            text: "Press Briefing on the Ferries\nJune 2, 2026\n\n\
                   MR. PELL: Good morning. The ferries to Brannoch sail again from noon.\n\n\
                   Q: All of them?\n\n\
                   MR. PELL: All but one, which is still being painted.\n",
            field: ("series", "Harbour House press briefing"),
        }
    ),
    example!("batch", "/api/v1/batches/1"),
    example!("publish", "/api/v1/briefings/2026-06-02-press-briefing-on-the-ferries/publish", Body::Bare),
];

impl Example {
    /// The same as a line of a shell.
    pub fn curl(&self, token: bool) -> String {
        let mut parts = vec![format!("curl '{ADDRESS}{}'", self.path)];
        if token {
            parts.push(r#"-H "Authorization: Bearer $TOKEN""#.to_owned());
        }
        match self.body {
            Body::Nothing => {}
            Body::Bare => parts.push("-X POST".to_owned()),
            Body::Json(body) => {
                parts.push("-H 'Content-Type: application/json'".to_owned());
                parts.push(format!("-d '{}'", body.replace(", \"", ",\n       \"")));
            }
            Body::File { name, field: (field, value), .. } => {
                parts.push(format!("-F 'files=@{name}'"));
                parts.push(format!("-F '{field}={value}'"));
            }
        }
        parts.join(" \\\n  ")
    }
}
