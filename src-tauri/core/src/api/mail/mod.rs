//! Mail: what came, what it belongs to, what is written and sent.

mod filing;
mod import;
mod inbox;
mod kept;
mod receive;
mod report;
