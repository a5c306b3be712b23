//! What a measurement was asked for: `--name value` pairs and paths.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::exit;
use std::str::FromStr;

/// The command line of a measurement.
pub struct Arguments {
    options: BTreeMap<String, String>,
    /// What is no option.
    pub paths: Vec<PathBuf>,
}

impl Arguments {
    /// Reads the command line. Asked for nothing (a bare `cargo bench`), it says how to ask and ends well.
    pub fn read(usage: &str, known: &[&str]) -> Self {
        // Cargo adds `--bench` of its own.
        let mut given = std::env::args().skip(1).filter(|argument| argument != "--bench").peekable();
        if given.peek().is_none_or(|first| first == "--help") {
            println!("{usage}");
            exit(0);
        }
        let mut read = Self { options: BTreeMap::new(), paths: Vec::new() };
        while let Some(argument) = given.next() {
            match argument.strip_prefix("--") {
                None => read.paths.push(argument.into()),
                Some(name) if known.contains(&name) => match given.next() {
                    Some(value) => drop(read.options.insert(name.to_owned(), value)),
                    None => wrong(usage, &format!("--{name} wants a value")),
                },
                Some(name) => wrong(usage, &format!("there is no --{name}")),
            }
        }
        read
    }

    /// An option, if it was given.
    pub fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        let value = self.options.get(name)?;
        Some(value.parse().unwrap_or_else(|_| wrong("", &format!("--{name} {value} makes no sense; --help says more"))))
    }
}

fn wrong(usage: &str, what: &str) -> ! {
    eprintln!("{what}\n{usage}");
    exit(2)
}
