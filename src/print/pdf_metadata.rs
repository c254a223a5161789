//! What a PDF says about itself.

use chrono::NaiveDate;

/// Metadata of a document. The date is that of the paper, not of the clock, so that a batch always
/// gives the same bytes.
#[derive(Debug, Clone)]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) date: NaiveDate,
    pub(super) duplex: Duplex,
}

/// One-sided or double-sided printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duplex {
    OneSided,
    /// 長辺とじ: double-sided, turned along the long edge.
    LongEdge,
}
