//! The size of a record, so that memory stays bounded whatever a file says.

/// The longest record, in bytes. Ours have a few hundred.
pub const MAX_RECORD: usize = 64 * 1024;
/// The most columns. Ours have twenty.
pub const MAX_COLUMNS: usize = 256;
