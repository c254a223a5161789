//! The rejects file, begun when the first row needs it, and given its name when it is whole.

use crate::interchange::{Encoding, RawRecord, RejectsWriter, RowError};
use crate::secrets::private;
use crate::usecases::Refusal;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where rejected rows go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RejectsTo {
    /// Into this file; one that exists is replaced by the new one when that is whole.
    File(PathBuf),
    /// Beside the file that is imported, or into the export folder where that folder takes no file. No file is ever
    /// replaced: it may be being corrected.
    FreeName,
}

/// What there is when nothing is rejected, and after that an unfinished file.
pub(super) struct Rejects {
    to: Option<RejectsTo>,
    input: PathBuf,
    /// The export folder.
    spare: PathBuf,
    encoding: Encoding,
    titles: Vec<Vec<u8>>,
    begun: Option<Begun>,
}

struct Begun {
    folder: PathBuf,
    writer: RejectsWriter<BufWriter<NamedTempFile>>,
}

impl Rejects {
    /// No file.
    pub(super) fn none() -> Self {
        let nowhere = PathBuf::new;
        Self { to: None, input: nowhere(), spare: nowhere(), encoding: Encoding::Utf8, titles: Vec::new(), begun: None }
    }

    /// Refuses to write over the file that is being read.
    pub(super) fn new(
        to: Option<RejectsTo>,
        input: &Path,
        spare: PathBuf,
        encoding: Encoding,
        titles: &[Vec<u8>],
    ) -> Result<Self, Refusal> {
        if let Some(RejectsTo::File(path)) = &to
            && let (Ok(rejects), Ok(read)) = (path.canonicalize(), input.canonicalize())
            && rejects == read
        {
            return Err(unusable(path, &ErrorKind::AlreadyExists.into()));
        }
        Ok(Self { to, input: input.to_owned(), spare, encoding, titles: titles.to_vec(), begun: None })
    }

    pub(super) fn write(&mut self, record: RawRecord<'_>, errors: &[RowError], reason: &str) -> Result<(), Refusal> {
        let Some(to) = &self.to else { return Ok(()) };
        let begun = match &mut self.begun {
            Some(begun) => begun,
            None => {
                let (folder, part) = match to {
                    RejectsTo::File(path) => part_in(folder_of(path)).map_err(|e| unusable(path, &e))?,
                    RejectsTo::FreeName => part_in(folder_of(&self.input))
                        .or_else(|_| private::create_folder(&self.spare).and_then(|()| part_in(&self.spare)))
                        .map_err(|e| unusable(&self.spare, &e))?,
                };
                let writer = RejectsWriter::new(BufWriter::new(part), self.encoding, &self.titles);
                let writer = writer.map_err(|e| unusable(&folder, &e))?;
                self.begun.insert(Begun { folder, writer })
            }
        };
        begun.writer.write(record, errors, reason).map_err(|e| unusable(&begun.folder, &e))
    }

    /// Forces it to the disk and gives it its name. Where it is, if there is one.
    pub(super) fn finish(&mut self) -> Result<Option<PathBuf>, Refusal> {
        let (Some(to), Some(Begun { folder, writer })) = (&self.to, self.begun.take()) else { return Ok(None) };
        let named = || {
            let part = writer.finish()?.into_inner().map_err(|e| e.into_error())?;
            part.as_file().sync_all()?;
            let path = match to {
                RejectsTo::File(path) => {
                    part.persist(path)?;
                    path.clone()
                }
                RejectsTo::FreeName => named_freely(part, &folder, &self.input)?,
            };
            File::open(&folder)?.sync_all()?;
            Ok(path)
        };
        named().map(Some).map_err(|e: io::Error| unusable(&folder, &e))
    }
}

fn unusable(path: &Path, e: &io::Error) -> Refusal {
    Refusal::Folder { path: path.to_owned(), why: e.to_string() }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// An unfinished file, gone unless it gets its name. It holds personal data: for its owner only.
fn part_in(folder: &Path) -> io::Result<(PathBuf, NamedTempFile)> {
    let part = tempfile::Builder::new().prefix(".mykempo-").suffix(".part").tempfile_in(folder)?;
    Ok((folder.to_owned(), part))
}

/// `members-rejects.csv`, or the first of `members-rejects-2.csv`, … that is free.
fn named_freely(mut part: NamedTempFile, folder: &Path, input: &Path) -> io::Result<PathBuf> {
    for number in 1_u32.. {
        let path = folder.join(name(input, number));
        match part.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => part = taken.file,
            Err(other) => return Err(other.error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// The rejects of a corrected rejects file are named as the first ones, with the next number.
fn name(input: &Path, number: u32) -> OsString {
    const MARK: &str = "-rejects";
    let stem = input.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = match stem.rsplit_once(MARK) {
        Some((before, "")) => before,
        Some((before, rest)) if rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok()) => before,
        _ => &stem,
    };
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    format!("{stem}{MARK}{number}.csv").into()
}

#[cfg(test)]
mod tests {
    use super::name;
    use std::path::Path;

    #[test]
    fn rejects_of_rejects_keep_the_first_name() {
        let named = |input: &str, number| name(Path::new(input), number).into_string().unwrap();
        assert_eq!(named("/in/加入者.csv", 1), "加入者-rejects.csv");
        assert_eq!(named("/in/members.csv", 2), "members-rejects-2.csv");
        assert_eq!(named("/in/members-rejects.csv", 2), "members-rejects-2.csv");
        assert_eq!(named("/in/members-rejects-2.csv", 3), "members-rejects-3.csv");
        assert_eq!(named("/in/members-rejects-old.csv", 1), "members-rejects-old-rejects.csv");
    }
}
