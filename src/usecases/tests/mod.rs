//! Tests of several use cases together.

mod model;
