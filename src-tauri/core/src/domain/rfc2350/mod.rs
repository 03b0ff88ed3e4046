//! The RFC 2350 document: what a team says of itself to those who may call it (RFC 2350, June 1998, BCP 21).
//!
//! The document holds only what the team types. Names, addresses, hours and keys come from the profile and the team's
//! key when it is composed, so that nothing is typed twice and nothing can differ from what the product does.

pub mod check;
mod claims;
pub mod compose;
pub mod difference;
pub mod document;
pub mod fix;
pub mod html;
pub mod key;
pub mod lang;
mod links;
pub mod para;
pub mod placeholder;
pub mod plain;
pub mod readiness;
pub mod section;
pub mod security_txt;
pub mod text;
mod traces;

#[cfg(test)]
mod testing;

pub use check::{Finding, FindingCode, Level, Published, check};
pub use compose::{Composed, Part, compose, facts};
pub use document::{Place, Rfc2350, Text, Translation};
pub use fix::{Fix, apply};
pub use key::{Fingerprint, OtherKey, TeamKeyFacts};
pub use lang::{Lang, Pair, day};
pub use para::{Item, Para, Span, text_of};
pub use section::{Chapter, Section, SectionKind};
