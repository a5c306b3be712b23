//! What the text means.
