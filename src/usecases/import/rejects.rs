//! The rejects file, begun when the first row needs it, and given its name when it is whole.

use crate::files::{Existing, OutputError, OutputFile, Protected, folder_of, private};
use crate::interchange::{Encoding, RawRecord, RejectsWriter, RowError};
use crate::usecases::{AppContext, Refusal, exports};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// Where rejected rows go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RejectsTo {
    /// Into this file.
    File(PathBuf, Existing),
    /// Beside the file that is imported, or into the export folder where that folder takes no file. No file is ever
    /// replaced: it may be being corrected.
    FreeName,
}

/// What there is when nothing is rejected, and after that an unfinished file.
pub(super) struct Rejects {
    to: Option<RejectsTo>,
    input: PathBuf,
    /// The export folder, or why nothing is written there.
    spare: Result<PathBuf, Refusal>,
    /// The database and the file that is being read.
    protected: Protected,
    encoding: Encoding,
    titles: Vec<Vec<u8>>,
    begun: Option<Begun>,
}

struct Begun {
    /// What an error names.
    path: PathBuf,
    writer: RejectsWriter<OutputFile>,
}

impl Rejects {
    pub(super) fn none() -> Self {
        Self {
            to: None,
            input: PathBuf::new(),
            spare: Ok(PathBuf::new()),
            protected: Protected::default(),
            encoding: Encoding::Utf8,
            titles: Vec::new(),
            begun: None,
        }
    }

    /// Refuses, before any row is read, a place where no file may be written.
    pub(super) fn new(
        to: Option<RejectsTo>,
        input: &Path,
        ctx: &AppContext,
        encoding: Encoding,
        titles: &[Vec<u8>],
    ) -> Result<Self, Refusal> {
        let protected = ctx.protected().and(input);
        if let Some(RejectsTo::File(path, existing)) = &to {
            OutputFile::check(path, *existing, &protected)?;
        }
        let (input, spare) = (input.to_owned(), exports::spare(ctx));
        Ok(Self { to, input, spare, protected, encoding, titles: titles.to_vec(), begun: None })
    }

    pub(super) fn write(&mut self, record: RawRecord<'_>, errors: &[RowError], reason: &str) -> Result<(), Refusal> {
        let Some(to) = &self.to else { return Ok(()) };
        let begun = match &mut self.begun {
            Some(begun) => begun,
            None => {
                let file = match to {
                    RejectsTo::File(path, existing) => OutputFile::create(path, *existing, self.protected.clone())?,
                    RejectsTo::FreeName => self.free(folder_of(&self.input)).or_else(|_| {
                        let spare = self.spare.clone()?;
                        private::create_folder(&spare).map_err(|e| unusable(&spare, &e))?;
                        self.free(&spare).map_err(Refusal::from)
                    })?,
                };
                let path = file.path().to_owned();
                let writer = RejectsWriter::new(file, self.encoding, &self.titles);
                let writer = writer.map_err(|e| unusable(&path, &e))?;
                self.begun.insert(Begun { path, writer })
            }
        };
        begun.writer.write(record, errors, reason).map_err(|e| unusable(&begun.path, &e))
    }

    /// A file of the first free name in the folder.
    fn free(&self, folder: &Path) -> Result<OutputFile, OutputError> {
        OutputFile::create_free(folder, &self.input, name, self.protected.clone())
    }

    /// Forces it to the disk and gives it its name. Where it is, if there is one.
    pub(super) fn finish(&mut self) -> Result<Option<PathBuf>, Refusal> {
        let Some(Begun { path, writer }) = self.begun.take() else { return Ok(None) };
        let file = writer.finish().map_err(|e| unusable(&path, &e))?;
        Ok(Some(file.finish()?))
    }
}

fn unusable(path: &Path, e: &io::Error) -> Refusal {
    Refusal::Folder { path: path.to_owned(), why: e.into() }
}

/// `members-rejects.csv`, `members-rejects-2.csv`, … A corrected rejects file's own rejects go on with that name.
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
