//! Logs and metrics.
//!
//! Invariant: set up once, by the command line; everything else only speaks through `tracing` and `metrics`.

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// Sends logs to standard error: warnings of everything and what we say ourselves, unless `RUST_LOG` says otherwise.
pub fn logs(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,onrecord=info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second set-up in the same process (tests) keeps the first.
    let _ = if json { logs.json().try_init() } else { logs.with_target(false).compact().try_init() };
}

/// Starts counting; the handle renders what was counted in Prometheus's text format.
pub fn metrics() -> Result<PrometheusHandle, BuildError> {
    let recorder = PrometheusBuilder::new()
        .set_buckets(&[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])?
        .build_recorder();
    let handle = recorder.handle();
    // Already set in this process (tests): that one counts on, this handle stays empty.
    let _ = ::metrics::set_global_recorder(recorder);
    Ok(handle)
}
