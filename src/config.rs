//! Every setting, read once, from the command line or the environment.
//!
//! Invariant: nothing else reads the environment; settings reach the modules as values.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::Args;
use ipnet::IpNet;

/// Settings of every command.
#[derive(Debug, Clone, Args)]
pub struct Archive {
    /// Folder of the search index and, without a database address, of the private PostgreSQL.
    #[arg(long, global = true, env = "ONRECORD_DATA_DIR", default_value = "data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// Address of a PostgreSQL (14 or newer) to use instead of a private one.
    #[arg(long, global = true, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder with the programs of PostgreSQL, if they are not in a usual place.
    #[arg(long, global = true, env = "ONRECORD_POSTGRES_BIN", value_name = "DIR")]
    pub postgres_bin: Option<PathBuf>,
    /// Where PostgreSQL is downloaded from when this machine has none.
    #[arg(
        long,
        global = true,
        env = "ONRECORD_POSTGRES_DOWNLOAD",
        default_value = "https://github.com/theseus-rs/postgresql-binaries/releases/download",
        value_name = "URL"
    )]
    pub postgres_download: String,
    /// Folder below which the usual installation folders of PostgreSQL, and downloads of root, lie; for tests.
    #[arg(long, global = true, env = "ONRECORD_POSTGRES_ROOT", default_value = "/", value_name = "DIR", hide = true)]
    pub postgres_root: PathBuf,
    /// Write logs as JSON lines.
    #[arg(long, global = true, env = "ONRECORD_LOG_JSON")]
    pub log_json: bool,
}

/// Settings of the server.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address and port to listen on.
    #[arg(long, env = "ONRECORD_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Address under which readers reach the server; links in feeds, JSON and citations begin with it.
    #[arg(long, env = "ONRECORD_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Proxies in front of the server, as addresses or networks (10.0.0.0/8): what they write into X-Forwarded-For is
    /// believed. Without them, everybody behind a proxy shares one limit on signing in and on reporting problems.
    #[arg(
        long,
        env = "ONRECORD_TRUSTED_PROXIES",
        value_name = "NETWORK",
        value_delimiter = ',',
        value_parser = network
    )]
    pub trusted_proxies: Vec<IpNet>,
    /// Mail server that sends replies to readers who report a problem: `smtp://user:password@host:587` or
    /// `smtps://host`. Without it they are not asked for an address.
    #[arg(long, env = "ONRECORD_SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Sender of that mail, as archive@example.org or “Onrecord <archive@example.org>”.
    #[arg(long, env = "ONRECORD_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// A provider of OpenID Connect through which editors may sign in, by its address (its "issuer"). It knows this
    /// server as a client that comes back to /editor/sign-in/provider/back.
    #[arg(long, env = "ONRECORD_OIDC_ISSUER", value_name = "URL", requires = "oidc_client_id")]
    pub oidc_issuer: Option<String>,
    /// What the provider calls this server.
    #[arg(long, env = "ONRECORD_OIDC_CLIENT_ID", value_name = "ID", requires = "oidc_issuer")]
    pub oidc_client_id: Option<String>,
    /// The secret that the provider gave this server; without one it asks as a public client.
    #[arg(long, env = "ONRECORD_OIDC_CLIENT_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub oidc_client_secret: Option<String>,
    /// The name of the provider on the sign-in page; without one it is the host in its address.
    #[arg(long, env = "ONRECORD_OIDC_NAME", value_name = "NAME")]
    pub oidc_name: Option<String>,
}

/// Reads a network, or an address, which is a network of one.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "write an address like 10.0.0.1, or a network like 10.0.0.0/8".to_owned())
}

/// Settings of new accounts.
#[derive(Debug, Clone, Args)]
pub struct NewEditor {
    /// What they sign in with.
    pub email: String,
    /// What they may do.
    #[arg(long, default_value = "editor", value_parser = ["editor", "admin"])]
    pub role: String,
    /// Read the password from the first line of standard input, instead of printing a link to choose one.
    #[arg(long)]
    pub password_stdin: bool,
    /// Address under which editors reach the server; the link begins with it.
    #[arg(long, env = "ONRECORD_PUBLIC_URL", default_value = "http://127.0.0.1:3000", value_name = "URL")]
    pub public_url: String,
}

/// Settings of an import.
#[derive(Debug, Clone, Args)]
pub struct Import {
    /// Files, folders, zip archives or http(s) addresses.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// Slug of the series all of it belongs to.
    #[arg(long)]
    pub series: Option<String>,
    /// What all of it is: transcript, statement or report.
    #[arg(long, value_name = "KIND", value_parser = ["transcript", "statement", "report"])]
    pub kind: Option<String>,
    /// Date of the event, as 2026-03-14.
    #[arg(long)]
    pub date: Option<jiff::civil::Date>,
    /// Title, for a single source.
    #[arg(long)]
    pub title: Option<String>,
    /// Who published it.
    #[arg(long)]
    pub publisher: Option<String>,
    /// The official address, for a single source.
    #[arg(long)]
    pub url: Option<String>,
    /// Language, as a two-letter code.
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// The account of whoever brings it in.
    #[arg(long = "as", value_name = "EMAIL")]
    pub editor: Option<String>,
    /// Show it to readers at once.
    #[arg(long)]
    pub publish: bool,
    /// Say what would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// End with one line of JSON instead of sentences.
    #[arg(long)]
    pub json: bool,
}

/// Settings of an export.
#[derive(Debug, Clone, Args)]
pub struct Export {
    /// Form of the export.
    #[arg(long, default_value = "jsonl", value_parser = ["jsonl"])]
    pub format: String,
    /// Address under which readers reach the archive; links in the export begin with it.
    #[arg(long, env = "ONRECORD_PUBLIC_URL", default_value = "http://127.0.0.1:3000", value_name = "URL")]
    pub public_url: String,
    /// Folder to write to; standard output without it.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Slugs of the briefings; all that are published without any.
    #[arg(value_name = "SLUG")]
    pub slugs: Vec<String>,
}
