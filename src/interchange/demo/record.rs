//! How the files of the made-up society are written.

use crate::interchange::Encoding;
use crate::interchange::sheet::writer;
use std::io::{self, Write};

/// A CSV record, quoted where it must be. No apostrophes: these are files between machines.
pub(super) fn record<'a>(
    cells: impl IntoIterator<Item = &'a str>,
    encoding: Encoding,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut record = writer(csv::Terminator::CRLF, out);
    for cell in cells {
        record.write_field(encoding.encode(cell))?;
    }
    record.write_record(None::<&[u8]>)?;
    record.flush()
}
