//! `onrecord serve`: the site.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::archive::Archive;
use super::first_start;
use crate::config;
use crate::jobs::{follower, people};
use crate::search::{Access, Index};
use crate::{telemetry, web};

pub(super) async fn run(settings: &config::Archive, serve: config::Serve) -> anyhow::Result<ExitCode> {
    let listener = TcpListener::bind(serve.listen).await.with_context(|| {
        format!("{} is taken. Stop what listens there, or choose another address with --listen", serve.listen)
    })?;
    let address = format!("http://{}", listener.local_addr()?);
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
    let jobs = jobs(&archive, &index, &stopped);
    let public_url = serve.public_url.unwrap_or_else(|| address.clone());
    let link = first_start::editor_link(&archive, &public_url).await?;
    let app = web::App::new(
        archive.pool.clone(),
        index,
        web::Settings { public_url, trusted_proxies: serve.trusted_proxies },
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

fn jobs(archive: &Archive, index: &Arc<Index>, stopped: &watch::Receiver<bool>) -> Vec<tokio::task::JoinHandle<()>> {
    let keep_index = follower::follow(archive.pool.clone(), Arc::clone(index), stopped.clone());
    vec![tokio::spawn(keep_index), tokio::spawn(people::keep_fresh(archive.pool.clone(), stopped.clone()))]
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
