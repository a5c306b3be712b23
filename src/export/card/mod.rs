//! Quote cards.
