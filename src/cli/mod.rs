//! The command line: one file per subcommand.
//!
//! Invariant: nobody imports `cli`; it alone reads the clock, opens the archive and starts the server.
