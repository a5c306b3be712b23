//! `onrecord editors`: who may edit, from the machine itself.

use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use super::archive::Archive;
use crate::auth::{Refused, Token, accounts as acts};
use crate::config;
use crate::domain::{AccountRole, Actor, Email};
use crate::store::accounts;

/// What is done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an account; without a password, print a link that works once to choose one.
    Add(config::NewEditor),
    /// List all accounts.
    List,
    /// Take an account out of use; whoever is signed in with it is signed out.
    Disable {
        /// What they sign in with.
        email: String,
    },
    /// Put a disabled account back to use.
    Enable {
        /// What they sign in with.
        email: String,
    },
}

pub(super) async fn run(settings: &config::Archive, command: Command) -> anyhow::Result<ExitCode> {
    // Asked for before anything is started.
    let password = match &command {
        Command::Add(new) if new.password_stdin => Some(password()?),
        _ => None,
    };
    let archive = Archive::open(settings).await?;
    let done = act(&archive, command, password).await;
    archive.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn act(archive: &Archive, command: Command, password: Option<String>) -> anyhow::Result<()> {
    let (pool, actor, now) = (&archive.pool, Actor::machine("command line"), super::now());
    match command {
        Command::Add(new) => {
            let role = AccountRole::parse(&new.role).context("A role is editor or admin")?;
            if let Some(password) = password {
                acts::add_with_password(pool, &actor, &new.email, role, &password, now).await?;
                println!("{} can sign in at {}/editor", new.email, new.public_url.trim_end_matches('/'));
            } else {
                let token = acts::invite(pool, &actor, &new.email, role, now).await?;
                println!("{} enters once, within a day, by {}", new.email, link(&new.public_url, &token));
            }
        }
        Command::List => list(archive).await?,
        Command::Disable { email } => acts::disable(pool, &actor, find(archive, &email).await?.id, now).await?,
        Command::Enable { email } => acts::enable(pool, &actor, find(archive, &email).await?.id, now).await?,
    }
    Ok(())
}

async fn list(archive: &Archive) -> anyhow::Result<()> {
    for account in accounts::list(&mut *archive.pool.acquire().await?).await? {
        let state = match (account.disabled_at, &account.password_hash) {
            (Some(_), _) => "disabled",
            (None, None) => "invited",
            (None, Some(_)) => "active",
        };
        println!("{}\t{}\t{state}", account.email, account.role.as_str());
    }
    Ok(())
}

/// The account of somebody who is named on the command line.
pub(super) async fn find(archive: &Archive, email: &str) -> anyhow::Result<accounts::Account> {
    let email = Email::parse(email).ok_or(Refused::NoEmail)?;
    Ok(accounts::of_email(&mut *archive.pool.acquire().await?, &email).await?.ok_or(Refused::NoAccount)?)
}

/// Who acts on the command line: an account that is in use.
pub(super) async fn acting(archive: &Archive, email: &str) -> anyhow::Result<Actor> {
    let account = find(archive, email).await?;
    anyhow::ensure!(account.disabled_at.is_none(), Refused::Disabled);
    Ok(Actor { account: Some(account.id), name: account.email })
}

/// Where a link leads.
pub(super) fn link(public_url: &str, token: &Token) -> String {
    format!("{}/editor/enter?token={token}", public_url.trim_end_matches('/'))
}

/// The first line of standard input.
fn password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("The password cannot be read from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
