//! Why a whole file is refused.

/// The file cannot be trusted as a whole; nothing of it is taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The operating system could not read the file.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// No header line.
    #[error("the file is empty")]
    Empty,
    /// UTF-16, with or without a byte-order mark.
    #[error("the file is UTF-16; save it as CSV UTF-8 or as CP932")]
    Utf16,
    /// A NUL byte: binary, or damaged in transfer.
    #[error("line {line}: a NUL byte, so this is no CSV file or it is damaged")]
    Nul {
        /// Line in the file, counted from 1.
        line: u64,
    },
    /// Data after Ctrl-Z.
    #[error("line {line}: data after the end mark (Ctrl-Z), so the file may be damaged")]
    AfterEndMark {
        /// Where the mark is.
        line: u64,
    },
    /// Bytes that the encoding does not have: a cut character, or two encodings mixed.
    #[error("line {line}, column {column}: bytes that are no character in {encoding}")]
    Undecodable {
        /// Line in the file, counted from 1.
        line: u64,
        /// Header name, or place from 1.
        column: String,
        /// What the file was taken for.
        encoding: &'static str,
    },
    /// More bytes than a record can have; often a quotation mark that is never closed.
    #[error("line {line}: a record of more than {} KiB; is a quotation mark left open?", super::MAX_RECORD / 1024)]
    RecordTooLong {
        /// Where it begins.
        line: u64,
    },
    /// The file ends inside quotation marks: it was cut, or a stray mark has swallowed the rows behind it.
    #[error("line {line}: a quotation mark is opened and never closed, so the file may be cut")]
    OpenQuote {
        /// Where the record begins.
        line: u64,
    },
    /// More columns than any file of ours has.
    #[error("line {line}: more than {} columns", super::MAX_COLUMNS)]
    TooManyColumns {
        /// Line in the file, counted from 1.
        line: u64,
    },
    /// Columns that the file must have.
    #[error("missing columns: {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
    /// One column twice: which one counts is not ours to guess.
    #[error("column {0} stands twice in the header")]
    DuplicateColumn(&'static str),
}

impl FileError {
    /// The stable code for scripts and labels.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "unreadable",
            Self::Empty => "empty_file",
            Self::Utf16 => "utf16",
            Self::Nul { .. } => "nul_byte",
            Self::AfterEndMark { .. } => "after_end_mark",
            Self::Undecodable { .. } => "undecodable",
            Self::RecordTooLong { .. } => "record_too_long",
            Self::OpenQuote { .. } => "open_quote",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::MissingColumns(_) => "missing_columns",
            Self::DuplicateColumn(_) => "duplicate_column",
        }
    }
}
