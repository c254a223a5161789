//! The rejects file: rows that were not imported, to be corrected and imported again.

use super::sheet::SheetWriter;
use super::{Encoding, RawRecord, RowError};
use std::io::{self, Write};

/// Added after the original columns; the importer knows and ignores them.
pub(super) const EXTRA_COLUMNS: [&str; 3] = ["元の行", "エラーコード", "理由"];

/// Writes rejected rows with their original columns, in the original encoding.
#[derive(Debug)]
pub struct RejectsWriter<W: Write> {
    sheet: SheetWriter<W>,
    encoding: Encoding,
    titles: Vec<Vec<u8>>,
    kept: Vec<usize>,
}

impl<W: Write> RejectsWriter<W> {
    /// Begins the file with the original header. Columns of an earlier rejects file are not written twice.
    pub fn new(out: W, encoding: Encoding, titles: &[Vec<u8>]) -> io::Result<Self> {
        let extra: Vec<Vec<u8>> = EXTRA_COLUMNS.iter().map(|title| encoding.encode(title).into_owned()).collect();
        let kept: Vec<usize> = (0..titles.len()).filter(|at| !extra.contains(&titles[*at])).collect();
        let mut writer = Self { sheet: SheetWriter::new(out, encoding)?, encoding, titles: titles.to_vec(), kept };
        let titles: Vec<Vec<u8>> = writer.kept.iter().map(|at| writer.titles[*at].clone()).chain(extra).collect();
        writer.sheet.record(titles)?;
        Ok(writer)
    }

    /// Writes one row with its line, codes and reason. A row of another width than the header keeps every field it has,
    /// and the three columns follow those.
    pub fn write(&mut self, record: RawRecord<'_>, errors: &[RowError], reason: &str) -> io::Result<()> {
        let mut cells: Vec<Vec<u8>> = if record.len() == self.titles.len() {
            self.kept.iter().filter_map(|at| record.field(*at)).map(<[u8]>::to_vec).collect()
        } else {
            record.fields().map(<[u8]>::to_vec).collect()
        };
        let mut codes: Vec<&str> = errors.iter().map(|error| error.code.code()).collect();
        codes.dedup();
        cells.push(record.line().to_string().into_bytes());
        cells.push(codes.join(" ").into_bytes());
        cells.push(self.encoding.encode(reason).into_owned());
        self.sheet.record(cells)
    }

    /// Flushes and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.sheet.finish()
    }
}
