//! The console as people see it.

mod batches;
mod bindings;
mod fixtures;
mod frame;
mod gate;
mod members;
mod phone;
mod queue;
