//! Who labels stand for.
