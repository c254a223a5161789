//! The console as people see it.

mod admin;
mod auth;
mod batches;
mod bindings;
mod callers;
mod documents;
mod driven;
mod filter;
mod find;
mod fixtures;
mod forms;
mod frame;
mod home;
mod import;
mod in_sight;
mod inbox;
mod late;
mod manual;
mod members;
mod notes;
mod phone;
mod promises;
mod queue;
mod requests;
mod scrolling;
pub(super) mod testing;
mod wire;
