//! Feeds and lists for programs that come back.
