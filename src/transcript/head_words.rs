//! Words that tell the lines of a head apart: titles, places, issuers.

/// Whether a line (in capitals) is worded like the title of a briefing.
pub fn has_title_word(upper: &str) -> bool {
    const WORDS: &str = "BRIEFING|GAGGLE|PRESS CONFERENCE|NEWS CONFERENCE|PRESS CALL|CONFERENCE CALL|REMARKS|STATEMENT|INTERVIEW|READOUT|\
    TRANSCRIPT|PRESS AVAILABILITY|STAKEOUT|ADVISORY|MESSAGE|DEBATE|FACT SHEET|ROUNDTABLE|CONFERENCIA|\
    VERSIÓN ESTENOGRÁFICA|DECLARACI|COMUNICADO|MENSAJE|ENTREVISTA|PRESS POINT|DOORSTEP|MEDIA AVAILABILITY|PRESSER|\
    Q&A|TELECONFERENCE WITH|NOMINATION|PROCLAMATION";
    WORDS.split('|').any(|word| upper.contains(word))
}

/// Whether a line (in capitals) names a place.
pub fn has_place_word(upper: &str) -> bool {
    const WORDS: &str = "ROOM|ABOARD|EN ROUTE|VIA TELECONFERENCE|VIA CONFERENCE|VIA TELEPHONE|VIA VIDEO|VIA ZOOM|TELECONFERENCE|HOTEL|\
    CENTER|CENTRE|WHITE HOUSE|HALL|AIRPORT|AIR BASE|AIR FORCE BASE|EMBASSY|AUDITORIUM|GARDEN|LAWN|STUDIO|PALACE|\
    BUILDING|UNIVERSITY|SCHOOL|PENTAGON|HEADQUARTERS|WASHINGTON, D|SALON|SALÓN|PALACIO|LIBRARY|THEATER|THEATRE|\
    PORTICO|OVAL OFFICE|CAMP DAVID|RESORT|INN|MUSEUM|CASTLE|CHANCELLERY|VILLA|RESIDENCE|FILING CENTER|TARMAC|\
    DRIVEWAY|CABINET ROOM|CAPITOL|PLAZA|PARK|STADIUM|COLLEGE|CHURCH|CLUB|BY PHONE|BY TELEPHONE";
    let bounded = |word: &str| {
        upper.match_indices(word).any(|(at, _)| {
            let before = upper.get(..at).and_then(|text| text.chars().next_back());
            let after = upper.get(at + word.len()..).and_then(|text| text.chars().next());
            before.is_none_or(|c| !c.is_alphanumeric())
                && (after.is_none_or(|c| !c.is_alphabetic()) || word.ends_with(", D"))
        })
    };
    !is_issuer(upper) && WORDS.split('|').any(bounded)
}

/// Whether a line (in capitals) names the body that issued the text.
pub fn is_issuer(upper: &str) -> bool {
    const EXACT: &str = "THE WHITE HOUSE|WHITE HOUSE|U.S. DEPARTMENT OF STATE|US DEPARTMENT OF STATE|DEPARTMENT OF STATE|\
    U.S. DEPARTMENT OF DEFENSE|DEPARTMENT OF DEFENSE|UNITED NATIONS|NATO|FEDERAL RESERVE|\
    BOARD OF GOVERNORS OF THE FEDERAL RESERVE SYSTEM|EUROPEAN COMMISSION|EUROPEAN CENTRAL BANK|\
    EXECUTIVE OFFICE OF THE PRESIDENT|THE VICE PRESIDENT";
    const STARTS: &str = "OFFICE OF|BUREAU OF|DEPARTMENT OF|U.S. DEPARTMENT|MINISTRY OF|EMBASSY OF|PRESIDENCIA DE|GOBIERNO DE|\
    SECRETARÍA DE|PRESS OFFICE OF|PRIME MINISTER’S OFFICE|PRIME MINISTER'S OFFICE|FEDERAL GOVERNMENT";
    EXACT.split('|').any(|name| name == upper.trim())
        || upper.len() < 70 && STARTS.split('|').any(|start| upper.starts_with(start))
}

/// "Kuala Lumpur, Malaysia", "En route to X", "Washington, DC": capitalised words, a comma, capitalised words.
pub fn is_region(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', '.']);
    let Some((town, country)) = line.rsplit_once(',') else { return false };
    let capitalised = |text: &str| {
        let mut words = text.split_whitespace().peekable();
        words.peek().is_some()
            && words
                .all(|word| word.starts_with(|c: char| c.is_uppercase()) || matches!(word, "of" | "de" | "and" | "the"))
    };
    line.split_whitespace().count() <= 8
        && capitalised(town)
        && capitalised(country)
        && !has_office_word(&line.to_uppercase())
        && !line.chars().any(|c| c.is_ascii_digit())
}

/// Whether a line (in capitals) names an office that somebody holds, or goes on with "AND", "TO THE", "BY".
pub fn has_office_word(upper: &str) -> bool {
    const WORDS: &str = "SECRETARY|DIRECTOR|SPOKES|ADVISOR|ADVISER|PRESIDENT|MINISTER|CHAIR|AMBASSADOR|GENERAL|JR|DEPUTY|DEUTY|ASSISTANT|\
    ADMINISTRATOR|COORDINATOR|CZAR|COUNSEL|OFFICER|COMMANDER|CHIEF|SENATOR|GOVERNOR";
    let first = upper.split_whitespace().next().unwrap_or_default();
    matches!(first, "AND" | "BY" | "TO" | "WITH" | "ON" | "FOR" | "OF")
        || upper.ends_with(" AND")
        || WORDS.split('|').any(|word| upper.contains(word))
}
