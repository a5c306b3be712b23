//! Files made to do harm, through the upload page of a running server: each is told within ten seconds, memory stays
//! flat, and others are served meanwhile.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::fiction;
use super::http;
use super::import::zip;
use super::malformed::{packed, pdf, pdf_bomb};
use super::program::Program;
use super::world::World;

/// A transcript in which everything is in order.
fn good(number: usize) -> String {
    fiction::briefing(number, 6)
}

fn docx(document: &str) -> Vec<u8> {
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
        wordprocessingml.document.main+xml\"/></Types>";
    zip(&[("[Content_Types].xml", types.as_bytes()), ("word/document.xml", document.as_bytes())])
}

/// Ten entities, each ten times the one before.
fn laughs() -> String {
    let mut text = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a0 \"lol\">".to_owned();
    for n in 1..=12 {
        let _ = write!(text, "<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
    }
    text + "]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>\
            <w:t>&a12;</w:t></w:r></w:p></w:body></w:document>"
}

fn numbered(lines: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    (0..lines).map(line).collect::<String>().into_bytes()
}

fn cues() -> Vec<u8> {
    let clock = |n: usize| format!("{:02}:{:02}:{:02}.000", n / 3600 % 100, n / 60 % 60, n % 60);
    let mut text = b"WEBVTT\n\n".to_vec();
    text.extend(numbered(1_000_000, |n| format!("{} --> {}\nword {n}\n\n", clock(n), clock(n + 1))));
    text
}

/// Long runs of what patterns look for.
fn runs() -> Vec<u8> {
    let piece = |text: &str| text.repeat(60_000);
    let runs =
        [" ", "\"", "“", "A", "A B ", "MR. ", "(", "[", "a: ", "A: ", "...", "--", "\t", "1:", "’s ", "Q ", "-A"];
    let lines = runs.map(piece);
    format!("Press briefing\n\nQ: {}\n\nMS. VOSS: Yes.\n", lines.join("\n\n")).into_bytes()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Every file, with its name.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let spaces = vec![b' '; 100 << 20];
    let bomb = zip(&[("bomb.txt", &spaces)]);
    let nested = (0..5).fold(bomb.clone(), |inner, _| zip(&[("a.zip", &inner), ("b.zip", &inner)]));
    let traversal = zip(&[
        ("../../../etc/cron.d/evil.txt", good(901).as_bytes()),
        ("/etc/passwd.txt", good(902).as_bytes()),
        ("..\\..\\evil.txt", good(903).as_bytes()),
    ]);
    let many: Vec<(String, Vec<u8>)> = (0..5_000).map(|n| (format!("{n}.txt"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let described = [b"file,title\n".to_vec(), numbered(100_000, |n| format!("f{n}.txt,Title {n}\n"))].concat();
    let mut with_table = many[..1_000].to_vec();
    with_table.push(("manifest.csv", &described));
    let with_table = zip(&with_table);
    let document =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>";
    let aliases = (1..20).fold("a0: &a0 [x]\n".to_owned(), |text, n| {
        let before = format!("*a{},", n - 1).repeat(10);
        format!("{text}a{n}: &a{n} [{before}]\n")
    });
    let binary: Vec<u8> = (0..300_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let text = fiction::text("", "Press Briefing by Mara Voss", "May 6, 2020", "The works will close.");
    let controls: String = (1..32).filter_map(char::from_u32).filter(|c| *c != '\n').collect();
    vec![
        ("zip-bomb.zip", bomb),
        ("nested.zip", nested),
        ("many.zip", zip(&many)),
        ("table.zip", with_table),
        ("traversal.zip", traversal),
        ("deep.html", [b"<p>Q: Why?</p>".to_vec(), "<div><b>".repeat(150_000).into_bytes()].concat()),
        ("pdf-bomb.pdf", pdf_bomb()),
        (
            "pdf-loop.pdf",
            pdf("/Filter /FlateDecode", &packed(b"BT (x) Tj ET"))
                .into_iter()
                .map(|b| if b == b'3' { b'2' } else { b })
                .collect(),
        ),
        ("truncated.docx", docx(&format!("{document}Q: Why?"))[..200].to_vec()),
        ("laughs.docx", docx(&laughs())),
        ("bomb.docx", docx(&format!("{document}{}", " ".repeat(60 << 20)))),
        ("deep.docx", docx(&format!("{document}{}", "<w:p>".repeat(300_000)))),
        ("line.txt", "words and more words without an end ".repeat(1_600_000).into_bytes()),
        ("labels.txt", numbered(200_000, |n| format!("MR. V{n}: Word {n}.\n\n"))),
        (
            "head.md",
            [b"---\n".to_vec(), numbered(300_000, |n| format!("k{n}: [{n}]\n")), b"---\nQ: Why?\n".to_vec()].concat(),
        ),
        ("aliases.md", format!("---\n{aliases}---\nQ: Why?\n\nMS. VOSS: No.\n").into_bytes()),
        ("deep.md", format!("---\na: {}\n---\nQ: Why?\n", "[".repeat(200_000)).into_bytes()),
        ("cues.vtt", cues()),
        ("runs.txt", runs()),
        ("picture.txt", [b"\x89PNG\r\n\x1a\n".to_vec(), binary.clone()].concat()),
        ("random.txt", binary),
        ("nul.txt", text.replace(' ', "\0").into_bytes()),
        ("controls.txt", text.replace("works", &format!("works{controls}\u{1b}[31m")).into_bytes()),
        ("latin.txt", text.bytes().map(|b| if b == b'e' { 0xE9 } else { b }).collect()),
        ("\u{202e}txt.exe", text.replace("MS. VOSS", "MS. \u{202e}SSOV\u{2066}").into_bytes()),
        ("empty.txt", Vec::new()),
        ("mark.txt", b"\xef\xbb\xbf".to_vec()),
        ("packed.txt", gz(&spaces)),
        ("manifest.csv", described),
    ]
}

/// Memory of a process and its children, PostgreSQL left out, in MiB.
fn memory(server: i32) -> (u64, u64) {
    let field = |pid: &str, name: &str| -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
    };
    let own = field(&server.to_string(), "VmRSS:").unwrap_or_default();
    let children = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| {
        let pid = entry.ok()?.file_name().into_string().ok()?;
        let is_child = field(&pid, "PPid:")? == server as u64;
        let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
        (is_child && name.trim() == "onrecord").then(|| field(&pid, "VmRSS:")).flatten()
    });
    (own / 1024, children.sum::<u64>() / 1024)
}

fn middle(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

/// Uploads a file on the page, and gives what was said of it.
fn told(program: &Program, address: &str, name: &str, bytes: &[u8]) -> String {
    // A table about files is no source by itself.
    let alone = name != "manifest.csv";
    let beside: &[(&str, &[u8])] = &[(name, bytes), ("beside.txt", name.as_bytes())];
    let answer = program.upload_on_page(address, if alone { &beside[..1] } else { beside }).unwrap();
    if answer.status != 303 {
        assert_eq!(answer.status, 400, "{name}: {}", answer.body);
        return "refused as a whole".to_owned();
    }
    let batch = answer.header("location").rsplit('/').next().unwrap();
    let became = program.became(address, batch).unwrap();
    let briefings = became["briefings"].as_array().unwrap().len();
    let failures = became["failures"].as_array().unwrap();
    let reason = failures.first().map_or("", |failure| failure["reason"].as_str().unwrap());
    assert!(briefings + failures.len() > 0, "{name} is not told: {became}");
    assert!(!reason.contains("failed unexpectedly"), "{name}: {reason}");
    format!("{briefings} drafts, {} failures: {reason}", failures.len())
}

#[test]
fn every_hostile_file_is_told_in_time_and_others_are_served_meanwhile() {
    let world = World::new("hostile");
    let folder: Vec<String> = (0..20).map(|n| world.file(&format!("good/{n}.html"), good(n))).collect();
    assert_eq!(folder.len(), 20);
    world.import(&["--publish", &world.path("good")]).assert_counts(20, 0, 0);
    let server = world.serve();
    let program = Program::new(&world, &server);
    let (address, pid) = (server.address.clone(), server.pid());
    let asked = AtomicU64::new(0);
    let ask = || {
        let n = asked.fetch_add(1, Ordering::Relaxed);
        let path = [format!("/search?q=boats+{n}"), format!("/briefings?page=1&n={n}"), format!("/?n={n}")];
        let began = Instant::now();
        assert_eq!(http::get(&address, &path[n as usize % 3]).unwrap().status, 200);
        began.elapsed()
    };
    let quiet = middle((0..120).map(|_| ask()).collect());
    let before = memory(pid);
    let files = files();
    assert!(files.len() >= 20);
    let (over, times, peak) = (AtomicBool::new(false), Mutex::new(Vec::new()), Mutex::new((0, 0)));
    let mut slow = Vec::new();
    scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                times.lock().unwrap().push(ask());
                sleep(Duration::from_millis(5));
            }
        });
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                let (own, children) = memory(pid);
                let mut peak = peak.lock().unwrap();
                *peak = (own.max(peak.0), children.max(peak.1));
                drop(peak);
                sleep(Duration::from_millis(30));
            }
        });
        for (name, bytes) in &files {
            let began = Instant::now();
            let told = told(&program, &address, name, bytes);
            let took = began.elapsed();
            let (own, children) = memory(pid);
            let (seconds, size) = (took.as_secs_f64(), bytes.len() / 1024);
            println!("{name}: {seconds:.1} s, {size} kB, then {own} and {children} MiB: {told}");
            if took > Duration::from_secs(10) {
                slow.push(*name);
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    let busy = middle(times.into_inner().unwrap());
    let (peak, after) = (peak.into_inner().unwrap(), memory(pid));
    println!("others: quiet {quiet:?}, meanwhile {busy:?} (median, 99 of 100)");
    println!("memory (server, children) in MiB: before {before:?}, peak {peak:?}, after {after:?}");
    assert_eq!(slow, Vec::<&str>::new(), "these took more than ten seconds");
    assert!(busy.0 < quiet.0 * 5 + Duration::from_millis(50), "others wait: {quiet:?}, {busy:?}");
    assert!(busy.1 < Duration::from_secs(2), "others wait: {quiet:?}, {busy:?}");
    // What the largest files took is taken again by the next ones, and no more.
    let mut line = files.iter().find(|(name, _)| *name == "line.txt").expect("a line").1.clone();
    for round in 0..3_u8 {
        line[0] = b'A' + round;
        told(&program, &address, "line.txt", &line);
    }
    let at_last = memory(pid);
    println!("memory after three more of the largest: {at_last:?}");
    assert!(after.0 < before.0 + 250 && at_last.0 < after.0 + 60, "memory is kept");
    // Nothing was published by any of it, and what was there is.
    assert_eq!(server.total("lighthouse"), 20);
    assert_eq!(server.briefings().len(), 20);
}
