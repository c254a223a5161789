//! The thread that reads and parses a file, a few batches ahead of the database.

use crate::files::IoFault;
use crate::interchange::{FileError, FileFacts, OwnedRecord, Row, RowError, RowWarning, Table};
use crate::usecases::{Error, Refusal};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

const BATCH: usize = 2_000;
const AHEAD: usize = 3;

/// A row that was read.
pub(super) struct Parsed<T> {
    pub(super) line: u64,
    pub(super) row: Result<T, Vec<RowError>>,
    pub(super) warnings: Vec<RowWarning>,
    /// The row as it stands in the file: always where it was rejected, otherwise if asked for.
    pub(super) raw: Option<OwnedRecord>,
}

/// Some rows, and how many bytes of the file were read up to them.
pub(super) struct RowBatch<T> {
    pub(super) rows: Vec<Parsed<T>>,
    pub(super) bytes: u64,
}

/// Which rows are kept as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Rows that the reader rejects.
    Rejected,
    /// Every row: it may be rejected later, too.
    All,
}

/// An open file whose header was read.
pub(super) struct Opened<T> {
    pub(super) table: Table<File, T>,
    pub(super) total: u64,
}

/// A file that is being read.
pub(super) struct Reader<T> {
    batches: mpsc::Receiver<RowBatch<T>>,
    done: JoinHandle<Result<FileFacts, FileError>>,
}

/// Opens the file and reads its header.
pub(super) fn open<T: Row>(path: &Path) -> Result<Opened<T>, Error> {
    let unreadable = |e: std::io::Error| Refusal::File { path: path.to_owned(), why: e.into() };
    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(unreadable(std::io::ErrorKind::IsADirectory.into()).into());
    }
    let table = Table::open(file).map_err(|fault| Error::BadFile { path: path.to_owned(), fault })?;
    Ok(Opened { table, total: about.len() })
}

/// Rows as they stand in the file, by line: for those that were found wrong only when they were compared. The file is read
/// once more, where there are any.
pub(super) fn raw_rows<T: Row>(path: &Path, lines: BTreeSet<u64>) -> Result<BTreeMap<u64, OwnedRecord>, Error> {
    let mut rows = BTreeMap::new();
    if lines.is_empty() {
        return Ok(rows);
    }
    let mut table = open::<T>(path)?.table;
    while let Some(entry) = table.advance().map_err(|fault| Error::BadFile { path: path.to_owned(), fault })? {
        if lines.contains(&entry.line) {
            rows.insert(entry.line, table.raw().keep());
        }
    }
    Ok(rows)
}

impl<T> Opened<T>
where
    T: Row + Send + 'static,
{
    /// Starts the thread. `take` converts or rejects a row, and may add warnings.
    pub(super) fn start<U: Send + 'static>(
        self,
        keep: Keep,
        take: impl FnMut(T, u64, &mut Vec<RowWarning>) -> Result<U, Vec<RowError>> + Send + 'static,
    ) -> Reader<U> {
        let (sender, batches) = mpsc::channel(AHEAD);
        let done = tokio::task::spawn_blocking(move || read(self.table, keep, take, &sender));
        Reader { batches, done }
    }
}

impl<T> Reader<T> {
    /// The next rows; none at the end of the file or of its readable part.
    pub(super) async fn next(&mut self) -> Option<RowBatch<T>> {
        self.batches.recv().await
    }

    /// Hash and length of the file.
    ///
    /// # Errors
    /// Why reading stopped.
    pub(super) async fn finish(self, path: &Path) -> Result<FileFacts, Error> {
        match self.done.await {
            Ok(Ok(facts)) => Ok(facts),
            Ok(Err(fault)) => Err(Error::BadFile { path: path.to_owned(), fault }),
            Err(e) => Err(Refusal::File { path: path.to_owned(), why: IoFault::Said(e.to_string()) }.into()),
        }
    }
}

fn read<T: Row, U>(
    mut table: Table<File, T>,
    keep: Keep,
    mut take: impl FnMut(T, u64, &mut Vec<RowWarning>) -> Result<U, Vec<RowError>>,
    batches: &mpsc::Sender<RowBatch<U>>,
) -> Result<FileFacts, FileError> {
    let mut rows = Vec::with_capacity(BATCH);
    while let Some(entry) = table.advance()? {
        let mut warnings = entry.warnings;
        let row = entry.row.and_then(|row| take(row, entry.line, &mut warnings));
        let raw = (row.is_err() || keep == Keep::All).then(|| table.raw().keep());
        rows.push(Parsed { line: entry.line, row, warnings, raw });
        if rows.len() == BATCH {
            let batch =
                RowBatch { rows: std::mem::replace(&mut rows, Vec::with_capacity(BATCH)), bytes: table.bytes() };
            if batches.blocking_send(batch).is_err() {
                // The import was cancelled or has failed.
                return Ok(table.facts());
            }
        }
    }
    // As above.
    let _ = batches.blocking_send(RowBatch { rows, bytes: table.bytes() });
    Ok(table.facts())
}
