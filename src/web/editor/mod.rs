//! What only editors see: the drafts, and the act that makes one public.
//!
//! Invariant: every handler here but `enter` takes [`crate::web::extract::Editor`], which refuses everybody else.

pub mod draft;
pub mod drafts;
pub mod enter;
