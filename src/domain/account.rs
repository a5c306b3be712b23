//! Who edits: accounts, what they and their programs may do, and who did something.

use serde::{Deserialize, Serialize};

use super::ids::AccountId;

/// What an account may do. Not to be mixed up with [`super::Role`], which is what a label stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum AccountRole {
    /// Uploads, checks, publishes, corrects.
    Editor,
    /// Also looks after accounts, reads the audit log, redacts.
    Admin,
}

impl AccountRole {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// Every value, in order: each may do what those before it may.
    pub const ALL: [Self; 2] = [Self::Editor, Self::Admin];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// Who does something: an editor, or the machine itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; none for the machine and for the command line without `--as`.
    pub account: Option<AccountId>,
    /// How editors see it named: the account's address, or what the machine was doing ("import").
    pub name: String,
}

impl Actor {
    /// The machine itself, doing this.
    pub fn machine(doing: &str) -> Self {
        Self { account: None, name: doing.to_owned() }
    }
}

/// What a program may do with its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum TokenScope {
    /// Reads, drafts too.
    Read,
    /// Also brings in drafts.
    Upload,
    /// Also publishes, corrects, withdraws.
    Edit,
}

impl TokenScope {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Upload => "upload",
            Self::Edit => "edit",
        }
    }

    /// Every value, in order: each allows what those before it allow.
    pub const ALL: [Self; 3] = [Self::Read, Self::Upload, Self::Edit];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// What somebody signs in with: in lower case, without blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Longest that mail can be sent to.
    const LONGEST: usize = 254;

    /// Reads what somebody typed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let (name, host) = text.rsplit_once('@')?;
        let plain = text.len() <= Self::LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        (plain && !name.is_empty() && !host.is_empty()).then_some(Self(text))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether mail servers take it as it is: nothing in it would have to be quoted.
    pub fn takes_mail(&self) -> bool {
        let dotted =
            |text: &str, fine: fn(u8) -> bool| text.split('.').all(|part| !part.is_empty() && part.bytes().all(fine));
        let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
        let in_host = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        self.0.rsplit_once('@').is_some_and(|(name, host)| dotted(name, in_name) && dotted(host, in_host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_name_at_a_host() {
        assert_eq!(Email::parse(" Ada@Harbour.example ").unwrap().as_str(), "ada@harbour.example");
        for wrong in ["", "ada", "@harbour.example", "ada@", "a b@harbour.example", "a\0@b", &"a".repeat(300)] {
            assert_eq!(Email::parse(wrong), None, "{wrong}");
        }
    }
    #[test]
    fn what_would_have_to_be_quoted_takes_no_mail() {
        let takes = |text: &str| Email::parse(text).is_some_and(|email| email.takes_mail());
        for fine in ["ada@harbour.example", "a.b+c_d@mail.harbour.example", "o'neil@harbour.example"] {
            assert!(takes(fine), "{fine}");
        }
        for wrong in
            ["<ada>@harbour.example", "a@b@c", "a..b@c", "ada@harbour..example", "a,b@c", "ada@[::1]", "\"a\"@b"]
        {
            assert!(!takes(wrong), "{wrong}");
        }
    }
}
