//! Who speaks: people with offices, and roles that are nobody in particular.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a label stands for when it names nobody in particular.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Role {
    /// A reporter asks: `Q`, `QUESTION`.
    Questioner,
    /// Somebody leads the event: `MODERATOR`, `OPERATOR`.
    Moderator,
    /// An official who is not named: `SENIOR ADMINISTRATION OFFICIAL`.
    Official,
    /// An aide, an interpreter, a voice from the staff.
    Staff,
    /// Several people at once: `PARTICIPANTS`, `AUDIENCE`.
    Audience,
}

impl Role {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Questioner => "questioner",
            Self::Moderator => "moderator",
            Self::Official => "official",
            Self::Staff => "staff",
            Self::Audience => "audience",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 5] = [Self::Questioner, Self::Moderator, Self::Official, Self::Staff, Self::Audience];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// Who says so.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Origin {
    /// A suggestion of the machine.
    Machine,
    /// An editor's word, which always outranks it.
    Editor,
}

impl Origin {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Editor => "editor",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 2] = [Self::Machine, Self::Editor];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// An office held from one date to another; the dates are the first and last on which the archive saw it held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Office {
    /// The title as used in the archive ("White House Press Secretary").
    pub title: String,
    /// First date on which it is known to be held.
    pub from: Option<Date>,
    /// Last date on which it is known to be held.
    pub to: Option<Date>,
}

impl Office {
    /// Whether it is known to be held on a day. Without any date nothing is known of that.
    pub fn covers(&self, day: Date) -> bool {
        (self.from.is_some() || self.to.is_some())
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }

    /// Whether two offices are known to be held on some same day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins = |office: &Self| office.from.or(office.to);
        let ends = |office: &Self| office.to.or(office.from);
        match (begins(self), ends(self), begins(other), ends(other)) {
            (Some(from), Some(to), Some(other_from), Some(other_to)) => from <= other_to && other_from <= to,
            _ => false,
        }
    }
}

/// An item of Wikidata: `Q` and a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WikidataId(String);

impl WikidataId {
    /// Reads what somebody typed or pasted: the number, or the address of the item's page.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('/');
        let id = text.rsplit('/').next()?.to_ascii_uppercase();
        let digits = id.strip_prefix('Q')?;
        let well_formed = (1..=12).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        well_formed.then_some(Self(id))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_a_q_and_a_number() {
        for typed in ["Q42", " q42 ", "https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42/"] {
            assert_eq!(WikidataId::parse(typed).expect(typed).as_str(), "Q42");
        }
        for wrong in ["", "Q", "Q0", "Q042", "42", "Q42x", "P42", "Q1234567890123", "Q４２"] {
            assert_eq!(WikidataId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn offices_overlap_where_they_share_a_day() {
        let office = |from: &str, to: &str| Office {
            title: "Minister".to_owned(),
            from: from.parse().ok(),
            to: to.parse().ok(),
        };
        assert!(office("2020-01-01", "2021-01-01").overlaps(&office("2021-01-01", "2022-01-01")));
        assert!(!office("2020-01-01", "2021-01-01").overlaps(&office("2021-01-02", "")));
        assert!(!office("", "").overlaps(&office("2020-01-01", "2021-01-01")));
        assert!(office("2020-01-01", "").covers(jiff::civil::date(2024, 1, 1)));
        assert!(!office("", "").covers(jiff::civil::date(2024, 1, 1)));
    }
}
