//! CSV for people with spreadsheets, whose cells [`sheet_cell`] guards.

use super::{Encoding, encoding::UTF8_MARK};
use crate::text::sheet_cell;
use std::io::{self, Write};

/// Writes records with CRLF; UTF-8 gets a byte-order mark, without which spreadsheets misread it.
#[derive(Debug)]
pub struct SheetWriter<W: Write> {
    out: csv::Writer<W>,
    encoding: Encoding,
}

impl<W: Write> SheetWriter<W> {
    /// Begins a file.
    pub fn new(mut out: W, encoding: Encoding) -> io::Result<Self> {
        if encoding == Encoding::Utf8 {
            out.write_all(UTF8_MARK)?;
        }
        Ok(Self { out: writer(csv::Terminator::CRLF, out), encoding })
    }

    /// A record of texts.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> io::Result<()> {
        let encoding = self.encoding;
        self.record(cells.into_iter().map(move |cell| encoding.encode(cell.as_ref()).into_owned()))
    }

    /// A record of values that are in the file's encoding already.
    pub(super) fn record<B: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = B>) -> io::Result<()> {
        for cell in cells {
            self.out.write_field(sheet_cell(cell.as_ref()))?;
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    /// Flushes and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// A writer that quotes where it must.
pub(super) fn writer<W: Write>(end: csv::Terminator, out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().flexible(true).terminator(end).from_writer(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_opens_in_a_spreadsheet() {
        let mut sheet = SheetWriter::new(Vec::new(), Encoding::Utf8).unwrap();
        sheet.row(["記号", "内容"]).unwrap();
        sheet.row(["0001", "a\"b\r\nc,d"]).unwrap();
        let written = String::from_utf8(sheet.finish().unwrap()).unwrap();
        assert_eq!(written, "\u{FEFF}記号,内容\r\n'0001,\"a\"\"b\r\nc,d\"\r\n");
    }
}
