//! The pure rules of the field: no input or output, no clock, no chance. What a rule needs is passed in.

pub mod base64_lines;
pub mod calendar;
pub mod case;
pub mod entity;
pub mod fold;
pub mod geo;
pub mod identifiers;
pub mod intake;
pub mod mail;
pub mod marking;
pub mod organisation;
pub mod people;
pub mod rfc2350;
pub mod team;
pub mod triage;
