//! Reads every transcript beside this file and compares the outcome with what stands beside it.
