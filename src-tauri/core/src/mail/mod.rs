//! A mail as it is written and read.

pub mod delivery_report;
