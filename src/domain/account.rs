//! Who edits: accounts, what they may do, and who did something.

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
