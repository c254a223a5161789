//! 郵便番号: what Japan Post's own tables say of a postcode, and what of an address goes into the customer barcode.

mod check;
mod fold;
mod numbers;
mod tables;

pub use check::{AddressCheck, AddressReason, PostcodeKind};
pub use tables::{OfficeRow, PostalTables, TownRow, compact_offices, compact_towns};

#[cfg(test)]
mod tests;
