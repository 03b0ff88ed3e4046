//! Mail over real servers: aiosmtpd takes it, dovecot gives it, and whatever breaks in between, nothing is lost and nothing
//! leaves twice.

#[path = "cli/demo.rs"]
mod demo;
#[path = "transport/fetching.rs"]
mod fetching;
#[path = "transport/held.rs"]
mod held;
#[path = "transport/office.rs"]
mod office;
#[path = "transport/sending.rs"]
mod sending;
