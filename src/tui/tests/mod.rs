//! The console as people see it.

mod frame;
mod gate;
