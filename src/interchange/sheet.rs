//! CSV for people with spreadsheets: no formula runs, no leading zero is eaten.

use super::{Encoding, encoding::UTF8_MARK};
use std::borrow::Cow;
use std::io::{self, Write};

/// Puts an apostrophe before a value that a spreadsheet would run (`=1+1`, `@sum`) or mend (`007`, `1-2`, seventeen
/// digits). Our own importer takes it off again.
pub fn sheet_cell(value: &[u8]) -> Cow<'_, [u8]> {
    let marked = match value {
        [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r', ..] => true,
        [b'\'', next, ..] => needs_mark(*next),
        _ => is_mended(value),
    };
    if marked { Cow::Owned([b"'", value].concat()) } else { Cow::Borrowed(value) }
}

/// Digits that lose their zeros or their precision, and what turns into a day of the year or a power of ten.
fn is_mended(value: &[u8]) -> bool {
    let parts: Vec<&[u8]> = value.split(|byte| matches!(byte, b'-' | b'/' | b'e' | b'E')).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit)) {
        return false;
    }
    match parts.as_slice() {
        [digits] => (digits.len() > 1 && digits.starts_with(b"0")) || digits.len() > 11,
        [left, right] => left.len() <= 4 && right.len() <= 2,
        _ => false,
    }
}

/// Whether an apostrophe before this byte can be ours.
pub(super) fn needs_mark(first: u8) -> bool {
    first.is_ascii_digit() || matches!(first, b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\'')
}

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

    fn cell(value: &str) -> String {
        String::from_utf8(sheet_cell(value.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn formulas_do_not_run_and_zeros_stay() {
        for (value, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+81", "'+81"),
            ("-1", "'-1"),
            ("@A1", "'@A1"),
            ("0000260", "'0000260"),
            ("01", "'01"),
            ("4-5", "'4-5"),
            ("1E5", "'1E5"),
            ("123456789012", "'123456789012"),
            ("'01", "''01"),
        ] {
            assert_eq!(cell(value), written);
        }
        for plain in ["", "0", "260", "2026-11-24", "03-3843-1457", "100-0001", "高橋", "O'Neill"] {
            assert_eq!(cell(plain), plain);
        }
    }

    #[test]
    fn a_sheet_opens_in_a_spreadsheet() {
        let mut sheet = SheetWriter::new(Vec::new(), Encoding::Utf8).unwrap();
        sheet.row(["記号", "内容"]).unwrap();
        sheet.row(["0001", "a\"b\r\nc,d"]).unwrap();
        let written = String::from_utf8(sheet.finish().unwrap()).unwrap();
        assert_eq!(written, "\u{FEFF}記号,内容\r\n'0001,\"a\"\"b\r\nc,d\"\r\n");
    }
}
