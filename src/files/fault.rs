//! Why the system did not let a file or a connection be used, apart from the system's own language.

use std::io::{self, ErrorKind};

/// Why a file, folder or connection cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IoFault {
    /// There is nothing of that name.
    Missing,
    /// The system does not permit it.
    Denied,
    /// A folder where a file is wanted.
    IsFolder,
    /// A file where a folder is wanted.
    NotFolder,
    /// No room left on the disk, or in the person's share of it.
    Full,
    /// A place that is never written.
    ReadOnly,
    /// The other side takes no connection.
    Refused,
    /// The connection broke.
    Closed,
    /// No answer in time.
    TimedOut,
    /// No way through the network.
    Unreachable,
    /// What the system, or the program that failed, said.
    Said(String),
}

impl From<&io::Error> for IoFault {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::IsADirectory => Self::IsFolder,
            ErrorKind::NotADirectory => Self::NotFolder,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::ConnectionRefused => Self::Refused,
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::NotConnected
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Self::Closed,
            ErrorKind::TimedOut => Self::TimedOut,
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => Self::Unreachable,
            _ => Self::Said(error.to_string()),
        }
    }
}

impl From<io::Error> for IoFault {
    fn from(error: io::Error) -> Self {
        Self::from(&error)
    }
}
