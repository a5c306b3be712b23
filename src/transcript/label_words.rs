//! The words that labels are made of: titles, roles, and words that stand before a colon without naming a speaker.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Titles and honorifics: what stands before a name.
static TITLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "MR MRS MME SRS STS BUNDESKANZLER BUNDESKANZLERIN SHRI USEC ASEC LADY MS MISS MX DR PROF PROFESSOR SIR LORD LADY DAME MADAM MADAME PRESIDENT MINISTER PREMIER CHANCELLOR \
    SECRETARY SEC UNDERSECRETARY DEPUTY SECRETARY-GENERAL AMBASSADOR AMB ENVOY REPRESENTATIVE REP SENATOR SEN \
    CONGRESSMAN CONGRESSWOMAN DELEGATE GOVERNOR GOV MAYOR COMMISSIONER ADMINISTRATOR DIRECTOR DIRECTOR-GENERAL \
    CHAIR CHAIRMAN CHAIRWOMAN CHAIRPERSON VICE-CHAIR COCHAIR LEADER SPEAKER WHIP JUDGE JUSTICE ATTORNEY COUNSEL \
    COUNSELOR ADVISER ADVISOR COORDINATOR GENERAL GEN ADMIRAL ADM LIEUTENANT LT COLONEL COL MAJOR MAJ CAPTAIN \
    CAPT COMMANDER CMDR CDR SERGEANT SGT BRIGADIER BRIG CORPORAL PRIVATE CHIEF OFFICER AGENT SHERIFF INSPECTOR \
    SUPERINTENDENT COACH KING QUEEN PRINCE PRINCESS SHEIKH SULTAN EMIR POPE CARDINAL ARCHBISHOP BISHOP FATHER \
    SISTER REV REVEREND RABBI IMAM PASTOR HON SPOKESMAN SPOKESWOMAN SPOKESPERSON GOVERNOR-GENERAL TREASURER \
    PRESIDENTE PRESIDENTA VICEPRESIDENTE VICEPRESIDENTA SECRETARIO SECRETARIA SUBSECRETARIO SUBSECRETARIA \
    DIRECTORA GOBERNADOR GOBERNADORA COORDINADOR COORDINADORA VOCERO VOCERA PORTAVOZ MINISTRO MINISTRA EMBAJADOR \
    EMBAJADORA DOCTOR DOCTORA LICENCIADO LICENCIADA SR SRA SEÑOR SEÑORA COMANDANTE ALMIRANTE CANCILLER ALCALDE \
    ALCALDESA TITULAR PROCURADOR PROCURADORA FISCAL JEFE JEFA"
        .split_whitespace()
        .collect()
});

/// Roles: who speaks without being named.
static ROLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "Q QUESTION QUESTIONS QUESTIONER REPORTER REPORTERS JOURNALIST JOURNALISTS CORRESPONDENT PARTICIPANT \
    PARTICIPANTS MODERATOR OPERATOR OFFICIAL OFFICIALS AIDE STAFFER INTERPRETER TRANSLATOR ANNOUNCER \
    UNIDENTIFIED UNKNOWN ATTENDEE ATTENDEES NARRATOR SPOKESMAN SPOKESWOMAN SPOKESPERSON FACILITATOR FRAGE ZUSATZFRAGE ZUSATZ VORSITZENDE VORSITZENDER JOURNALISTE BRIEFER \
    PREGUNTA PREGUNTAS RESPUESTA INTERLOCUTOR INTERLOCUTORA INTERLOCUTORES INTERVENCIÓN INTERVENCIONES VOZ VOCES \
    MODERADOR MODERADORA ASISTENTES INTÉRPRETE TRADUCTOR TRADUCTORA REPORTERO REPORTERA PERIODISTA CONDUCTOR \
    CONDUCTORA PRESENTADOR PRESENTADORA NARRADOR NARRADORA LOCUTOR LOCUTORA"
        .split_whitespace()
        .collect()
});

/// Words that stand before a title or role and say little without one: `PRESS SECRETARY`, but `PRESS FREEDOM`.
static PREFIXES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "VICE PRIME FOREIGN UNDER ASSISTANT ACTING INTERIM PRINCIPAL SENIOR SPECIAL FIRST NATIONAL PRESS HIGH \
    EXECUTIVE MANAGING ASSOCIATE MASTER TREASURY DEFENSE DEFENCE STATE WHITE HOUSE NATO UN EU SURGEON SOLICITOR \
    REAR"
        .split_whitespace()
        .collect()
});

/// Words that are a role alone or at the end, but begin other things: `FLIGHT CREW`, but `STUDENT LOANS`.
static WEAK_ROLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "PRESS ALL AUDIENCE STAFF CREW MEMBER MEMBERS STUDENT STUDENTS GUEST GUESTS MEDIA OFFICER SOLDIER CHILD \
    CHILDREN WITNESS PRESIDENT SECRETARY-GENERAL VOICE VOICES SPEAKER HOST ANCHOR CROWD CHORUS ANSWER \
    COORDINATOR"
        .split_whitespace()
        .collect()
});

/// Outlets that some transcripts print in place of a name.
static OUTLETS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "REUTERS BLOOMBERG AFP AP CNN BBC CBS NBC ABC PBS NPR CCTV CGTN XINHUA NHK KYODO TASS RIA DPA EFE ANSA YONHAP PTI ANI"
        .split_whitespace()
        .collect()
});

/// Words of heads and furniture that stand before a colon and name nobody.
static NEVER: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "NOTE NOTES ADVISORY TRANSCRIPT INDEX SUBJECT SUBJECTS RE FROM CC DATE TIME PLACE LOCATION CONTACT CONTACTS \
    WASHINGTON SOURCE SOURCES UPDATE UPDATED CORRECTION CORRECTIONS CLARIFICATION EMBARGO EMBARGOED WHEN WHERE WHO \
    WHAT WHY HOW BACKGROUND PRESENTER PRESENTERS END SHARE ISSUED RELATED READ WATCH PHOTO IMAGE VIDEO CAPTION MORE \
    FOLLOW EMAIL TAGS TAG PUBLISHED LISTEN TOPICS TOPIC CREDIT CATEGORY CATEGORIES PHONE TEL FAX WEB WEBSITE HTTP \
    HTTPS TITLE SUMMARY BOTTOM EDITOR EDITORS FACT FACTS FEDERAL STATEMENT REMARKS READOUT BRIEFING RELEASE \
    IMMEDIATE FILE PAGE LANGUAGE PARTICIPATING NOTA FECHA LUGAR ASUNTO FUENTE TEMAS UBICACIÓN"
        .split_whitespace()
        .collect()
});

/// Words that begin a sentence and hence no name, in mixed case.
static SENTENCE_STARTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "AND BUT SO A AN IN ON AT TO FOR OF WITH BY AS IF NOW HERE HERE’S HERE'S MY OUR HIS HER THEIR YOUR ITS LET’S \
    LET'S LET I WE YOU THEY HE SHE IT THAT THIS THESE THOSE ONE TWO THREE FOUR FIVE SECOND THIRD FOURTH FINALLY \
    LASTLY AGAIN ALSO LOOK REMEMBER YES NO OKAY WELL THEN THERE BECAUSE SINCE AFTER BEFORE STARTING ANOTHER POINT \
    NUMBER STEP PART SECTION CHAPTER ALL EVERY SOME OR NOT JUST ONLY LIKE ABOUT OVER UNDER THANK THANKS PLEASE GOOD \
    OH BOTTOM EN EL LA LOS LAS UN UNA UNO DOS TRES Y PERO PRIMERO SEGUNDO TERCERO ESTO ESTE ESTA ESE ESA ES SON POR \
    PARA CON DE DEL AL QUE QUÉ CÓMO SI SÍ COMO LO LE SE NOS ME MI SU AHORA ENTONCES TAMBIÉN BUENO DICE DIJO"
        .split_whitespace()
        .collect()
});

/// Abbreviations that end in a full stop inside a label.
static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "MR MRS MS MX DR PROF SEC AMB REP SEN GOV GEN ADM LT COL MAJ CAPT CMDR CDR SGT BRIG REV HON JR SR SRA ST PH PHD \
    MD ESQ U.S U.N U.K LIC ING DRA NO GENL BG RADM VADM RET ASST DEP DIR SPOX MESSRS"
        .split_whitespace()
        .collect()
});

/// Lower-case words inside names.
static CONNECTORS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "of the and for de del la las los le du da do dos di van von der den al el bin bint ibn ben y e to ter ten zu af \
    abu"
    .split_whitespace()
    .collect()
});

/// Whether a word (in capitals, without its full stop) is a title.
pub fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

/// Whether a word (in capitals) only stands before titles and roles.
pub fn is_prefix(word: &str) -> bool {
    PREFIXES.contains(word)
}

/// Whether a word (in capitals) is a role when it stands alone or last.
pub fn is_weak_role(word: &str) -> bool {
    WEAK_ROLES.contains(word)
}

/// Whether a word (in capitals) is the name of an outlet.
pub fn is_outlet(word: &str) -> bool {
    OUTLETS.contains(word)
}

/// Whether a word (in capitals) is a role.
pub fn is_role(word: &str) -> bool {
    ROLES.contains(word)
}

/// Whether a word (in capitals) names nobody when a colon follows.
pub fn is_never(word: &str) -> bool {
    NEVER.contains(word)
}

/// Whether a word (in capitals) begins sentences, not names.
pub fn starts_sentence(word: &str) -> bool {
    SENTENCE_STARTS.contains(word)
}

/// Whether a word (in capitals, without its full stop) is an abbreviation.
pub fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains(word)
}

/// Whether a word stands in lower case inside names.
pub fn is_connector(word: &str) -> bool {
    CONNECTORS.contains(word)
}
