//! First versions of the RFC 2350 document, what programmes ask of a team, and the sentences of the checks.

pub mod criteria;
pub mod documents;
pub mod sentences;
