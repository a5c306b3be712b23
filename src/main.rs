//! The `onrecord` binary: parses the command line and runs it.

fn main() -> std::process::ExitCode {
    onrecord::cli::run()
}
