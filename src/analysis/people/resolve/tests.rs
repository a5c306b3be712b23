//! Stories of fictional people.
