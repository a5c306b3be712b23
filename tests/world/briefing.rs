//! Builds briefings as an import would have written them.

use onrecord::domain::{BriefingId, Slug};
use onrecord::store::feed;
use serde_json::json;
use sqlx::PgConnection;

use super::World;

/// A briefing in the making.
pub struct BriefingBuilder<'a> {
    world: &'a World,
    title: String,
    kind: &'static str,
    status: &'static str,
    date: Option<String>,
    series: Option<String>,
    language: &'static str,
    fiction: bool,
    embargo: Option<(String, String)>,
    people: Vec<(String, String, String)>,
    doubts: Vec<(String, String, String)>,
    pieces: Vec<Piece>,
}

#[derive(Default)]
struct Piece {
    kind: &'static str,
    label: Option<String>,
    text: String,
    topics: Vec<String>,
    marks: Vec<(&'static str, usize, usize)>,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Made {
    pub slug: String,
}

impl<'a> BriefingBuilder<'a> {
    pub fn new(world: &'a World, title: &str) -> Self {
        Self {
            world,
            title: title.to_owned(),
            kind: "transcript",
            status: "published",
            date: None,
            series: None,
            language: "en",
            fiction: false,
            embargo: None,
            people: Vec::new(),
            doubts: Vec::new(),
            pieces: Vec::new(),
        }
    }

    pub fn held_on(mut self, date: &str) -> Self {
        self.date = Some(date.to_owned());
        self
    }

    pub fn in_series(mut self, name: &str) -> Self {
        self.series = Some(name.to_owned());
        self
    }

    pub fn of_kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    pub fn in_language(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    pub fn draft(mut self) -> Self {
        self.status = "draft";
        self
    }

    pub fn withdrawn(mut self) -> Self {
        self.status = "withdrawn";
        self
    }

    pub fn fiction(mut self) -> Self {
        self.fiction = true;
        self
    }

    /// Restricts its publication by this line, until this moment.
    pub fn embargoed(mut self, line: &str, until: &str) -> Self {
        self.embargo = Some((line.to_owned(), until.to_owned()));
        self.draft()
    }

    /// Says who a label stands for, with the office held then.
    pub fn person(mut self, label: &str, name: &str, office: &str) -> Self {
        self.people.push((label.to_owned(), name.to_owned(), office.to_owned()));
        self
    }

    /// Says who a label may stand for, and why.
    pub fn perhaps(mut self, label: &str, name: &str, reason: &str) -> Self {
        self.doubts.push((label.to_owned(), name.to_owned(), reason.to_owned()));
        self
    }

    pub fn turn(self, label: &str, text: &str) -> Self {
        self.piece("turn", Some(label), text)
    }

    pub fn heading(self, text: &str) -> Self {
        self.piece("heading", None, text)
    }

    pub fn note(self, text: &str) -> Self {
        self.piece("note", None, text)
    }

    pub fn paragraph(self, text: &str) -> Self {
        self.piece("paragraph", None, text)
    }

    fn piece(mut self, kind: &'static str, label: Option<&str>, text: &str) -> Self {
        self.pieces.push(Piece { kind, label: label.map(str::to_owned), text: text.to_owned(), ..Piece::default() });
        self
    }

    /// Tags the last utterance with a country.
    pub fn about(mut self, topic: &str) -> Self {
        self.pieces.last_mut().expect("an utterance to tag").topics.push(topic.to_owned());
        self
    }

    /// Marks words of the last utterance.
    pub fn marked(mut self, kind: &'static str, words: &str) -> Self {
        let piece = self.pieces.last_mut().expect("an utterance to mark");
        let byte = piece.text.find(words).expect("the words to mark");
        let start = piece.text[..byte].chars().count();
        piece.marks.push((kind, start, start + words.chars().count()));
        self
    }

    /// Writes it, and brings the index up to date.
    pub async fn create(self) -> Made {
        let world = self.world;
        let mut conn = world.pool.acquire().await.expect("a connection");
        let (id, slug) = self.insert(&mut conn).await;
        if self.status != "draft" {
            feed::advance(&mut conn, &[BriefingId(id)]).await.expect("the feed");
            drop(conn);
            world.follow().await;
        }
        Made { slug }
    }

    async fn insert(&self, conn: &mut PgConnection) -> (i64, String) {
        let dated = self.date.clone().map(|date| format!("{date}-")).unwrap_or_default();
        let slug = Slug::from_text(&format!("{dated}{}", self.title)).expect("a title").to_string();
        let series: Option<i32> = match &self.series {
            Some(name) => Some(named(conn, "series", name).await as i32),
            None => None,
        };
        let id: i64 = sqlx::query_scalar(
            "insert into briefing (slug, title, briefing_kind, status, series_id, date, date_origin, language, fiction,
                                   published_at, created_at, withdrawn_reason, withdrawn_at)
             values ($1, $2, $3, $4, $5, $6::text::date, case when $6 is null then null else 'given' end, $7, $8,
                     case when $4 = 'draft' then null else timestamptz '2026-01-02 03:04:05Z' end,
                     '2026-01-02 03:04:05Z', case when $4 = 'withdrawn' then 'Published by mistake.' end,
                     case when $4 = 'withdrawn' then timestamptz '2026-02-03 04:05:06Z' end) returning id",
        )
        .bind(&slug)
        .bind(&self.title)
        .bind(self.kind)
        .bind(self.status)
        .bind(series)
        .bind(&self.date)
        .bind(self.language)
        .bind(self.fiction)
        .fetch_one(&mut *conn)
        .await
        .expect("a briefing");
        if let Some((line, until)) = &self.embargo {
            sqlx::query("update briefing set embargo_text = $2, embargo_until = $3::text::timestamptz where id = $1")
                .bind(id)
                .bind(line)
                .bind(until)
                .execute(&mut *conn)
                .await
                .expect("an embargo");
        }
        self.insert_text(conn, id).await;
        (id, slug)
    }

    async fn insert_text(&self, conn: &mut PgConnection, id: i64) {
        let revision: i64 = sqlx::query_scalar(
            "with s as (insert into source (sha256, bytes, media_type, retrieved_at, source_text)
                        values (sha256(convert_to($2, 'UTF8')), convert_to($2, 'UTF8'), 'text/plain', '2026-01-02 03:04:05Z', '') returning id),
                  t as (insert into transcript (briefing_id, source_id, is_main, issuer, status, format, diagnostics, evidence, resolved)
                        select $1, id, true, 'Press office', 'official', 'plain', '[]', '{}', true from s returning id),
                  r as (insert into revision (transcript_id, number, kind, reason, actor, created_at, facts, salt, hash)
                        select t.id, 1, 'imported', 'import', 'test', '2026-01-02 03:04:05Z',
                               revision_facts(title, date, date_origin, series_id, place, language, '{}'), new_salt(),
                               sha256('')
                        from t, briefing b where b.id = $1 returning id)
             select id from r",
        )
        .bind(id)
        .bind(self.bytes(id))
        .fetch_one(&mut *conn)
        .await
        .expect("a text");
        sqlx::query("update transcript set revision_id = $2 where briefing_id = $1")
            .bind(id)
            .bind(revision)
            .execute(&mut *conn)
            .await
            .expect("the current revision");
        for (position, piece) in self.pieces.iter().enumerate() {
            let label = match &piece.label {
                Some(label) => Some(self.label(conn, id, label).await),
                None => None,
            };
            let mut topics: Vec<i32> = Vec::new();
            for topic in &piece.topics {
                topics.push(named(conn, "topic", topic).await as i32);
            }
            let marks: Vec<_> = piece
                .marks
                .iter()
                .map(|(kind, start, end)| json!({"kind": kind, "start": start, "end": end}))
                .collect();
            sqlx::query(
                "insert into utterance (revision_id, position, number, kind, label_id, text, marks, topic_ids, salt, hash)
                 select $1, $2, $2 + 1, $3, $4, $5, $6, $7, salt,
                        utterance_hash(salt, $2 + 1, $3, $8, false, $5, $6, null, null)
                 from (select new_salt() as salt offset 0) as made",
            )
            .bind(revision)
            .bind(position as i32)
            .bind(piece.kind)
            .bind(label)
            .bind(&piece.text)
            .bind(json!(marks))
            .bind(topics)
            .bind(&piece.label)
            .execute(&mut *conn)
            .await
            .expect("an utterance");
        }
        sqlx::query(
            "with hashed as (
               update revision r set hash = revision_hash(
                 s.sha256, r.number, r.kind, r.created_at, null, r.salt, r.actor, r.reason, r.facts,
                 (select coalesce(string_agg(u.hash, '' order by u.position), '') from utterance u where u.revision_id = r.id))
               from transcript t join source s on s.id = t.source_id where t.id = r.transcript_id and r.id = $1)
             update briefing set last_number = $3 where id = $2",
        )
        .bind(revision)
        .bind(id)
        .bind(self.pieces.len() as i32)
        .execute(&mut *conn)
        .await
        .expect("the hash of the revision");
    }

    /// What came in: the words, below the number of the briefing.
    fn bytes(&self, id: i64) -> String {
        let said = |piece: &Piece| format!("{}: {}", piece.label.as_deref().unwrap_or_default(), piece.text);
        let lines: Vec<String> = std::iter::once(id.to_string()).chain(self.pieces.iter().map(said)).collect();
        lines.join("\n")
    }

    /// The row of a label, made when it is used first.
    async fn label(&self, conn: &mut PgConnection, briefing: i64, label: &str) -> i64 {
        let person = self.people.iter().find(|person| person.0 == label);
        let doubt = self.doubts.iter().find(|doubt| doubt.0 == label);
        let speaker = match person {
            Some((_, name, _)) => Some(named(conn, "speaker", name).await),
            None => None,
        };
        let suggested = match doubt {
            Some((_, name, _)) => Some(named(conn, "speaker", name).await),
            None => None,
        };
        let role = match label {
            "Q" | "QUESTION" => Some("questioner"),
            "MODERATOR" => Some("moderator"),
            "SENIOR OFFICIAL" => Some("official"),
            _ => None,
        };
        let office = person.map(|person| person.2.clone());
        if let (Some(speaker), Some(office), Some(date)) = (speaker, &office, &self.date) {
            sqlx::query(
                "insert into office (speaker_id, title, from_date, to_date, origin)
                 values ($1, $2, $3::text::date, $3::text::date, 'machine')
                 on conflict (speaker_id, title) where origin = 'machine' do update set
                   from_date = least(office.from_date, excluded.from_date),
                   to_date = greatest(office.to_date, excluded.to_date)",
            )
            .bind(speaker)
            .bind(office)
            .bind(date)
            .execute(&mut *conn)
            .await
            .expect("an office");
        }
        sqlx::query_scalar(
            "insert into transcript_label (transcript_id, label, turns, role, speaker_id, office, named_id, named_office,
                                           suggested_speaker_id, reason)
             select id, $2, 1, $3, $4, $5, $4, $5, $6, $7 from transcript where briefing_id = $1
             on conflict (transcript_id, label) do update set turns = transcript_label.turns + 1 returning id",
        )
        .bind(briefing)
        .bind(label)
        .bind(role)
        .bind(speaker)
        .bind(office)
        .bind(suggested)
        .bind(doubt.map(|doubt| doubt.2.clone()))
        .fetch_one(&mut *conn)
        .await
        .expect("a label")
    }
}

/// The row of something with a slug and a name, made when it is used first.
async fn named(conn: &mut PgConnection, family: &str, name: &str) -> i64 {
    let slug = Slug::from_text(name).expect("a name").to_string();
    let sql = match family {
        "series" => {
            "insert into series (slug, name) values ($1, $2) on conflict (slug) do update set name = $2 returning id::bigint"
        }
        "topic" => {
            "insert into topic (slug, name, kind) values ($1, $2, 'country') on conflict (slug) do update set name = $2
             returning id::bigint"
        }
        _ => {
            "insert into speaker (slug, name, sort_name, machine_slug, machine_name)
             values ($1, $2, regexp_replace($2, '^(.*) ([^ ]+)$', '\\2, \\1'), $1, $2)
             on conflict (slug) do update set name = $2 returning id"
        }
    };
    sqlx::query_scalar(sql).bind(slug).bind(name).fetch_one(conn).await.expect("a row with a name")
}
