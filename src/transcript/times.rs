//! Reads times of day as printed: `1:40 P.M. EST`, `2:13 p.m. EDT`, `12:00 noon`, `7 h 30`, `14.05 CET`.

use std::sync::LazyLock;

use jiff::civil::Time;
use regex::Regex;

use super::model::LocalTime;

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?P<h>\d{1,2})
        (?: \s*[:.]\s*(?P<m>\d{2}) (?:\s*[:.]\s*\d{2}\b)? | \s?h(?:oras|rs\.?)?\s?(?P<hm>\d{2})? )?
        \s* (?P<half>[AaPp]\.?\s?[Mm]\b\.? | noon | NOON | midnight )?
        (?: [\s,]* \(? (?P<zone> [A-Z]{1,4}T | GMT | UTC | MYT | WITA | WIB | KST | JST | BST | IST
            | [Ll]ocal(?:\s+[Tt]ime)? | LOCAL(?:\s+TIME)? | Eastern(?:\s+(?:[Ss]tandard|[Dd]aylight))?(?:\s+[Tt]ime)? | hrs\.? | horas | hours ) \b \.? \)? )?
        ",
    )
    .ok()
});

/// The first time of day in a line, and where it stands.
pub fn first(line: &str) -> Option<(LocalTime, std::ops::Range<usize>)> {
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    TIME.as_ref()?.captures_iter(line).find_map(|captures| {
        let whole = captures.get(0)?;
        let hour: i8 = captures.name("h")?.as_str().parse().ok()?;
        let minute = captures.name("m").or_else(|| captures.name("hm"));
        let half = captures.name("half").map(|half| half.as_str().to_lowercase());
        let zone = captures.name("zone").map(|zone| zone.as_str());
        let hours = whole.as_str().contains(['h', 'H']) && captures.name("hm").is_some();
        // A bare number is no time: it takes minutes and a half of the day, or a zone, or an "h".
        if half.is_none() && !hours && (minute.is_none() || zone.is_none()) {
            return None;
        }
        let minute: i8 = minute.map_or(Some(0), |minute| minute.as_str().parse().ok())?;
        let hour = match half.as_deref() {
            Some(half) if half.starts_with('p') && hour < 12 => hour + 12,
            Some(half) if half.starts_with('a') && hour == 12 => 0,
            Some("midnight") => 0,
            _ => hour,
        };
        let time = Time::new(hour, minute, 0, 0).ok()?;
        Some((LocalTime { time, zone: zone.and_then(named) }, whole.range()))
    })
}

fn named(zone: &str) -> Option<String> {
    let zone = zone.to_uppercase().replace('.', "");
    match zone.as_str() {
        "HRS" | "HORAS" | "HOURS" => None,
        "EASTERN" | "EASTERN TIME" => Some("ET".to_owned()),
        "EASTERN STANDARD" | "EASTERN STANDARD TIME" => Some("EST".to_owned()),
        "EASTERN DAYLIGHT" | "EASTERN DAYLIGHT TIME" => Some("EDT".to_owned()),
        other if other.starts_with("LOCAL") => Some("LOCAL".to_owned()),
        other => Some(other.to_owned()),
    }
}

/// Words that may stand beside a time.
const FILLERS: &str = "end|as|delivered|at|local|time|the|briefing|began|started|was|concluded|ended|on|from|to|and|approximately|\
    around|a|de|inicio|hora|horas|call|gaggle";

/// Whether a line says nothing but times (`1:40 P.M. EST`, `END 3:52 P.M. EDT`, `(As delivered at 1:15 p.m.)`).
pub fn only(line: &str) -> Option<LocalTime> {
    let (time, range) = first(line)?;
    let mut rest = String::new();
    rest.push_str(line.get(..range.start)?);
    rest.push(' ');
    rest.push_str(line.get(range.end..)?);
    while let Some((_, range)) = first(&rest) {
        rest.replace_range(range, " ");
    }
    let words: Vec<String> =
        rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.iter().all(|word| FILLERS.split('|').any(|other| other == word)).then_some(time)
}
