//! Everything that readers see, as an export gives it.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;

/// Reads an export of the whole archive, of each briefing as much as is wanted.
pub fn briefings<T: DeserializeOwned>(data: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["export", "--format", "jsonl", "--data-dir", data])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let briefings: Result<Vec<T>, Box<dyn Error>> = lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect();
    if !child.wait()?.success() {
        return Err("the export failed".into());
    }
    briefings
}
