//! `onrecord serve`: the site.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::archive::Archive;
use super::first_start;
use crate::auth::oidc::Provider;
use crate::config;
use crate::ingest::child::{Pool as Readers, WorkerCommand};
use crate::ingest::fetch::Fetcher;
use crate::jobs::mail::{self, Mailer};
use crate::jobs::uploads::{self, Desk};
use crate::jobs::{
    analyses, embargo, fingerprints, follower, forgetting, people, refetch, resolutions, sweep, threads, topics,
};
use crate::search::{Access, Index};
use crate::{telemetry, web};

pub(super) async fn run(settings: &config::Archive, serve: config::Serve) -> anyhow::Result<ExitCode> {
    let listener = TcpListener::bind(serve.listen).await.with_context(|| {
        format!("{} is taken. Stop what listens there, or choose another address with --listen", serve.listen)
    })?;
    let address = format!("http://{}", listener.local_addr()?);
    let public_url = serve.public_url.clone().unwrap_or_else(|| address.clone());
    let mailer = mailer(&serve, &public_url)?;
    let provider = provider(&serve)?;
    let archive = Archive::open(settings).await?;
    if archive.is_private() {
        first_start::load_sample(&archive).await?;
        people::refresh(&archive.pool).await?;
    }
    let (index, access) = archive.index()?;
    if access == Access::Writer {
        follower::catch_up(&archive.pool, &index).await?;
    }
    let (stop, stopped) = watch::channel(false);
    let mut jobs = jobs(&archive, &index, &stopped)?;
    let sends_mail = mailer.is_some();
    if let Some(mailer) = mailer {
        jobs.push(tokio::spawn(mail::keep_sending(archive.pool.clone(), mailer, super::now, stopped)));
    }
    let link = first_start::editor_link(&archive, &public_url).await?;
    let app = web::App::new(
        archive.pool.clone(),
        index,
        web::Settings { public_url, trusted_proxies: serve.trusted_proxies, provider, sends_mail },
        Some(telemetry::metrics()?),
        super::now,
    );
    println!("Onrecord is at {address}");
    if let Some(link) = link {
        println!("Nobody can sign in yet. The first admin enters once, within a day, by {link}");
    }
    web::serve(listener, app, async move {
        until_asked_to_stop().await;
        stop.send_replace(true);
    })
    .await?;
    for job in jobs {
        let _ = job.await;
    }
    archive.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Whoever sends mail, if a mail server is set.
fn mailer(serve: &config::Serve, public_url: &str) -> anyhow::Result<Option<Mailer>> {
    match (&serve.smtp_url, &serve.mail_from) {
        (Some(server), Some(from)) => Ok(Some(Mailer::new(server, from, public_url)?)),
        (None, None) => Ok(None),
        _ => anyhow::bail!("--smtp-url and --mail-from are needed together, to send mail"),
    }
}

/// Through whom editors may come in, if somebody is set.
fn provider(serve: &config::Serve) -> anyhow::Result<Option<Provider>> {
    let (Some(issuer), Some(client_id)) = (&serve.oidc_issuer, &serve.oidc_client_id) else { return Ok(None) };
    let name = serve.oidc_name.as_deref().unwrap_or_default();
    let provider = Provider::new(issuer, client_id, serve.oidc_client_secret.clone(), name);
    provider.map(Some).context("The provider in ONRECORD_OIDC_ISSUER cannot be used")
}

fn jobs(
    archive: &Archive,
    index: &Arc<Index>,
    stopped: &watch::Receiver<bool>,
) -> anyhow::Result<Vec<tokio::task::JoinHandle<()>>> {
    let keep_index = follower::follow(archive.pool.clone(), Arc::clone(index), stopped.clone());
    let mut jobs =
        vec![tokio::spawn(keep_index), tokio::spawn(people::keep_fresh(archive.pool.clone(), stopped.clone()))];
    jobs.push(tokio::spawn(archive.keep_database(stopped.clone())));
    jobs.push(tokio::spawn(embargo::keep_publishing(archive.pool.clone(), super::now, stopped.clone())));
    jobs.push(tokio::spawn(topics::keep_tagged(archive.pool.clone(), stopped.clone())));
    jobs.push(tokio::spawn(threads::keep_found(archive.pool.clone(), stopped.clone())));
    jobs.push(tokio::spawn(analyses::keep_read(archive.pool.clone(), stopped.clone())));
    jobs.push(tokio::spawn(resolutions::keep_looking(archive.pool.clone(), stopped.clone())));
    jobs.push(tokio::spawn(forgetting::keep_forgetting(archive.pool.clone(), super::now, stopped.clone())));
    jobs.push(tokio::spawn(sweep::keep_sweeping(archive.pool.clone(), super::now, stopped.clone())));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let desk = Arc::new(Desk {
        pool: archive.pool.clone(),
        readers: Readers::new(threads, WorkerCommand::current()?),
        fetcher: Fetcher::new(false).map_err(|diagnostic| anyhow::anyhow!(diagnostic.message))?,
        clock: super::now,
    });
    jobs.push(tokio::spawn(fingerprints::take_beside(archive.pool.clone())));
    jobs.push(tokio::spawn(refetch::keep_fetching(Arc::clone(&desk), stopped.clone())));
    jobs.extend((0..threads).map(|_| tokio::spawn(uploads::keep_reading(Arc::clone(&desk), stopped.clone()))));
    Ok(jobs)
}

/// Returns at Ctrl-C, or when a service manager asks.
async fn until_asked_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => terminate.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}
