//! SQL once, two engines.
