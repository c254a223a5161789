//! The staff console of a health insurance society's (健康保険組合) member portal.
//!
//! One room per module; arrows run down only, and `tests/integration/arrows.rs` guards them:
//!
//! `cli` → `tui` → `labels` → `usecases` → `store`, `print`, `interchange`, `secrets` → `domain` → `text`, `files`
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
