//! Cards to paper.
