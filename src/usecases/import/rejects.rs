//! The rejects file, made when the first row needs it.

use crate::interchange::{Encoding, RawRecord, RejectsWriter, RowError};
use crate::secrets::private;
use crate::usecases::Refusal;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

pub(super) struct Rejects {
    path: Option<PathBuf>,
    encoding: Encoding,
    titles: Vec<Vec<u8>>,
    writer: Option<RejectsWriter<BufWriter<File>>>,
}

impl Rejects {
    pub(super) fn new(path: Option<PathBuf>, encoding: Encoding, titles: &[Vec<u8>]) -> Self {
        Self { path, encoding, titles: titles.to_vec(), writer: None }
    }

    /// Refuses to write over the file that is being read.
    pub(super) fn apart_from(self, input: &Path) -> Result<Self, Refusal> {
        let Some(path) = &self.path else { return Ok(self) };
        match (path.canonicalize(), input.canonicalize()) {
            (Ok(rejects), Ok(input)) if rejects == input => {
                let why = io::Error::from(io::ErrorKind::AlreadyExists).to_string();
                Err(Refusal::Folder { path: path.clone(), why })
            }
            _ => Ok(self),
        }
    }

    pub(super) fn write(&mut self, record: RawRecord<'_>, errors: &[RowError], reason: &str) -> Result<(), Refusal> {
        let Some(path) = &self.path else { return Ok(()) };
        let fault = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.to_string() };
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                // It holds personal data: for its owner only.
                let made = private::create(path);
                let out = BufWriter::new(made.map_err(fault)?);
                let writer = RejectsWriter::new(out, self.encoding, &self.titles).map_err(fault)?;
                self.writer.insert(writer)
            }
        };
        writer.write(record, errors, reason).map_err(fault)
    }

    pub(super) fn finish(&mut self) -> Result<(), Refusal> {
        let (Some(path), Some(writer)) = (&self.path, self.writer.take()) else { return Ok(()) };
        let done = writer.finish().map(drop);
        done.map_err(|e| Refusal::Folder { path: path.clone(), why: e.to_string() })
    }
}
