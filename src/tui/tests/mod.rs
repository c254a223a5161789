//! The console as people see it.

mod bindings;
mod fixtures;
mod frame;
mod gate;
mod members;
mod queue;
