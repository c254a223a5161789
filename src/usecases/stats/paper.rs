//! The statistics as a page for the 理事会, and as a file for a spreadsheet.

use crate::files::OutputFile;
use crate::interchange::{Encoding, SheetWriter};
use crate::print::{self, StatsPaper};
use crate::usecases::batches::fonts;
use crate::usecases::{AppContext, Error};
use chrono::NaiveDate;
use std::io::{self, Write};
use std::path::PathBuf;

/// Writes the page, and gives the file its name. Its words come from `labels`.
///
/// # Errors
/// A font that cannot be read; what the disk says.
pub fn write_pdf(ctx: &AppContext, paper: &StatsPaper, date: NaiveDate, mut out: OutputFile) -> Result<PathBuf, Error> {
    print::statistics(&fonts(&ctx.settings)?, paper, date, &mut out).map_err(Error::Print)?;
    Ok(out.finish()?)
}

/// A file with one row for each figure.
#[derive(Debug)]
pub struct StatsSheet<W: Write>(SheetWriter<W>);

impl<W: Write> StatsSheet<W> {
    /// Begins a file with the names of its columns.
    pub fn new(out: W, columns: &[&str; 7]) -> io::Result<Self> {
        let mut sheet = SheetWriter::new(out, Encoding::Utf8)?;
        sheet.row(columns)?;
        Ok(Self(sheet))
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[String; 7]) -> io::Result<()> {
        self.0.row(cells)
    }

    /// Flushes and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}
