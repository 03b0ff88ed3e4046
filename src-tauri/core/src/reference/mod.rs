//! Data that ships with the product: where each file comes from stands in `data/SOURCES.md`.

pub mod case_words;
pub mod communes;
pub mod demo;
pub mod labels;
pub mod mail_templates;
pub mod naf;
mod packed;
pub mod places;
pub mod profiles;
pub mod reflex;
pub mod regions;
pub mod rfc2350;
pub mod rsit;
pub mod script;
pub mod severity;
