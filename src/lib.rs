//! The staff console of a health insurance society's (健康保険組合) member portal.
//!
//! One layer per module. Dependencies point down only, and no files depend on each other in a circle;
//! `tests/integration/layers.rs` checks both:
//!
//! `cli` → `tui` → `labels` → `usecases` → `store`, `print`, `interchange`, `telemetry` → `secrets` → `domain` → `text`, `files`
//!
//! `domain` takes "now" and "today" as arguments and knows no file, clock, database or terminal.

pub mod cli;
pub mod config;
pub mod domain;
pub mod files;
pub mod interchange;
pub mod labels;
pub mod print;
pub mod secrets;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod tui;
pub mod usecases;

// The tests' own helpers name the library as a user of it does.
#[cfg(test)]
extern crate self as mykempo_console;
