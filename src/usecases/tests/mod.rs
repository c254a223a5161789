//! Tests of several use cases together.

#[path = "../../../tests/integration/common/mod.rs"]
mod common;
mod held;
mod model;
mod pieces;
