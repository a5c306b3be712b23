//! How long a search takes: builds an index of a wanted size with the word statistics of real texts and asks it.
//!
//! `ONRECORD_CORPORA=folder cargo bench --bench search_index -- 271000`

use std::path::Path;
use std::time::{Duration, Instant};

use onrecord::domain::indexed::{Change, IndexedBriefing, IndexedUtterance};
use onrecord::domain::{BriefingId, BriefingKind, SeriesId, SpeakerId, TopicId, UtteranceId, UtteranceKind};
use onrecord::search::{Access, Index, Query, Sort, language, snippet};

const TURNS_IN_A_BRIEFING: usize = 100;
const ROUNDS: usize = 200;

fn main() {
    let Ok(corpora) = std::env::var("ONRECORD_CORPORA") else {
        println!("search_index: skipped, ONRECORD_CORPORA is not set");
        return;
    };
    let wanted = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(27_100);
    let mut paragraphs = Vec::new();
    read_folder(Path::new(&corpora), &mut paragraphs);
    println!("{} paragraphs read", paragraphs.len());
    let dir = std::env::var("ONRECORD_BENCH_DIR").map_or_else(
        |_| std::env::temp_dir().join(format!("onrecord-search-bench-{}", std::process::id())),
        Into::into,
    );
    let index = Index::open(&dir, Access::Writer).expect("an index");
    if index.utterances() == 0 {
        build(&index, &paragraphs, wanted);
    }
    println!("{} utterances, {} MB resident, {} MB on disk", index.utterances(), resident(), size(&dir));
    ask(&index, &paragraphs);
    measure_commit(&index, &paragraphs);
    if std::env::var_os("ONRECORD_BENCH_DIR").is_none() {
        let _ = std::fs::remove_dir_all(dir);
    }
}

fn ask(index: &Index, paragraphs: &[String]) {
    let mut random = Random(7);
    let six_words = || -> Vec<String> {
        let mut random = Random(11);
        let mut phrases = Vec::new();
        while phrases.len() < ROUNDS {
            let words: Vec<&str> = random.pick(paragraphs).split_whitespace().collect();
            if words.len() >= 8 {
                let at = random.below(words.len() - 6);
                phrases.push(format!("\"{}\"", words[at..at + 6].join(" ").replace('"', "")));
            }
        }
        phrases
    };
    let fixed = |text: &str| vec![text.to_owned(); ROUNDS];
    let rare: Vec<String> = (0..ROUNDS)
        .map(|_| random.pick(paragraphs).split_whitespace().max_by_key(|word| word.len()).unwrap_or("x").to_owned())
        .collect();
    let plain = Query { limit: 20, ..Query::default() };
    let spoken = |id| {
        let mut query = plain.clone();
        query.filters.speakers = vec![SpeakerId(id)];
        query
    };
    let newest = Query { sort: Sort::Newest, ..plain.clone() };
    let dated = {
        let mut query = plain.clone();
        query.filters.years = vec![2015];
        query
    };
    let kinds: Vec<(&str, Vec<String>, &Query)> = vec![
        ("commonest word", fixed("the"), &plain),
        ("common word", fixed("president"), &plain),
        ("rare words", rare, &plain),
        ("two common words", fixed("president people"), &plain),
        ("three words", fixed("middle east peace"), &plain),
        ("either word", fixed("president OR secretary"), &plain),
        ("excluded word", fixed("president -trump"), &plain),
        ("phrases of six words", six_words(), &plain),
        ("phrase of two common words", fixed("\"the president\""), &plain),
        ("phrase \"i think that the\"", fixed("\"i think that the\""), &plain),
        ("near", fixed("\"president congress\"~5"), &plain),
        ("beginning of a word", fixed("negot*"), &plain),
        ("common word, one speaker", fixed("president"), &spoken(3)).clone_with(),
        ("common word, rare speaker", fixed("president"), &spoken(900)).clone_with(),
        ("common word, one year", fixed("president"), &dated),
        ("common word, newest first", fixed("president"), &newest),
        ("one speaker, no words", fixed(""), &spoken(3)).clone_with(),
        ("everything", fixed(""), &plain),
    ];
    for (name, texts, query) in kinds {
        let mut times = Vec::new();
        if std::env::var("ONRECORD_BENCH_ONLY").is_ok_and(|only| !name.contains(&only)) {
            continue;
        }
        let used = cpu();
        let (mut total, mut marked) = (0, Duration::ZERO);
        for text in &texts {
            let started = Instant::now();
            let query = Query { expr: language::read(text).expr, ..query.clone() };
            let answer = index.search(&query).expect("an answer");
            times.push(started.elapsed());
            total = answer.total.max(total);
            if let Some(expr) = &query.expr {
                let started = Instant::now();
                for paragraph in paragraphs.iter().filter(|text| text.len() > 300).take(20) {
                    std::hint::black_box(snippet::snippet(paragraph, Some("en"), Some(expr), 300));
                }
                marked += started.elapsed();
            }
        }
        let used = (cpu() - used).saturating_sub(marked).as_secs_f64() * 1e3 / texts.len() as f64;
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        let marked = marked.as_secs_f64() * 1e3 / texts.len() as f64;
        println!(
            "{name:32} best {:7.3} ms   median {:7.3} ms   95 % {:7.3} ms   cpu {used:.2} ms   up to {total} matches   20 snippets {marked:.2} ms",
            at(0.0),
            at(0.5),
            at(0.95)
        );
    }
}

trait CloneWith<'a> {
    fn clone_with(self) -> (&'a str, Vec<String>, &'a Query);
}

impl<'a> CloneWith<'a> for (&'a str, Vec<String>, &Query) {
    fn clone_with(self) -> (&'a str, Vec<String>, &'a Query) {
        (self.0, self.1, Box::leak(Box::new(self.2.clone())))
    }
}

fn measure_commit(index: &Index, paragraphs: &[String]) {
    let mut random = Random(3);
    let mut times = Vec::new();
    for n in 0..20 {
        let change = briefing(5 + n, &mut random, paragraphs, &mut Sentences::of(paragraphs));
        let started = Instant::now();
        index.apply(1_000_000 + n as u64, [Ok(change)]).expect("applied");
        times.push(started.elapsed());
    }
    times.sort_unstable();
    println!("one briefing replaced, committed and seen: median {:.1} ms", times[10].as_secs_f64() * 1e3);
}

fn build(index: &Index, paragraphs: &[String], wanted: usize) {
    let started = Instant::now();
    let mut random = Random(1);
    let mut sentences = Sentences::of(paragraphs);
    let mut rebuild = index.rebuild().expect("a new generation");
    let mut making = Duration::ZERO;
    let mut characters = 0;
    for id in 0..wanted.div_ceil(TURNS_IN_A_BRIEFING) {
        let made = Instant::now();
        let change = briefing(id as i64, &mut random, paragraphs, &mut sentences);
        characters += change.now.iter().flat_map(|b| &b.utterances).map(|one| one.text.len()).sum::<usize>();
        making += made.elapsed();
        rebuild.add(change).expect("added");
    }
    rebuild.finish(1).expect("finished");
    println!(
        "{} MB indexed in {:.1} s (of which {:.1} s making them up)",
        characters / 1_000_000,
        started.elapsed().as_secs_f64(),
        making.as_secs_f64()
    );
}

/// Sentences of all texts, dealt out in another order.
struct Sentences(Vec<String>);

impl Sentences {
    fn of(paragraphs: &[String]) -> Self {
        Self(paragraphs.iter().flat_map(|text| text.split_inclusive(". ")).map(str::to_owned).collect())
    }
}

fn briefing(id: i64, random: &mut Random, paragraphs: &[String], sentences: &mut Sentences) -> Change {
    let day = jiff::civil::date(2009, 1, 1).saturating_add(jiff::ToSpan::days(id % 6000));
    let regular = 1 + random.below(40) as i64;
    let utterances = (0..TURNS_IN_A_BRIEFING).map(|position| {
        let length = random.pick(paragraphs).split_inclusive(". ").count();
        let text: String = (0..length).map(|_| random.pick(&sentences.0).as_str()).collect();
        let speaker = match position % 2 {
            0 => None,
            _ if random.below(10) == 0 => Some(SpeakerId(50 + random.below(1500) as i64)),
            _ => Some(SpeakerId(regular)),
        };
        let topics = (0..random.below(3)).map(|_| TopicId((random.below(18) * random.below(18)) as i32)).collect();
        IndexedUtterance {
            utterance_id: UtteranceId(id * 1000 + position as i64),
            position: position as u32,
            kind: if position == 0 { UtteranceKind::Heading } else { UtteranceKind::Turn },
            label: Some("Q".to_owned()),
            speaker_id: speaker,
            role: None,
            topics,
            text,
        }
    });
    let now = IndexedBriefing {
        briefing_kind: BriefingKind::Transcript,
        date: Some(day),
        series_id: Some(SeriesId((id % 12) as i32)),
        language: Some(if id % 20 == 0 { "es" } else { "en" }.to_owned()),
        utterances: utterances.collect(),
    };
    Change { briefing_id: BriefingId(id), now: Some(now) }
}

fn read_folder(folder: &Path, paragraphs: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, paragraphs);
        } else if path.extension().is_some_and(|kind| ["html", "md", "txt"].iter().any(|known| kind == *known)) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let text = text.replace("</p>", "\n\n").replace("<br", "\n\n<br").replace("&nbsp;", " ").replace("\r", "");
            let mut plain = String::new();
            let mut inside = false;
            for c in text.chars() {
                match c {
                    '<' => inside = true,
                    '>' => inside = false,
                    c if !inside => plain.push(c),
                    _ => {}
                }
            }
            let found = plain.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
            paragraphs.extend(found.filter(|part| part.len() > 1 && part.len() < 8000));
        }
    }
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    fn pick<'a>(&mut self, all: &'a [String]) -> &'a String {
        &all[self.below(all.len())]
    }
}

/// Processor time of this process so far, in steps of 10 ms.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<u64> = stat.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
    Duration::from_millis(fields.iter().sum::<u64>() * 10)
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn size(dir: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    let bytes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(data) if data.is_dir() => size(&entry.path()) * 1_000_000,
        Ok(data) => data.len(),
        Err(_) => 0,
    });
    bytes.sum::<u64>() / 1_000_000
}
