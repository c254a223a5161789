//! Why a database that lies elsewhere than it lived, or a folder of exports, is not worked with.

use std::path::{Path, PathBuf};

/// Why something outside the database is not touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstallationRefusal {
    /// The database is a copy for practice.
    Drill,
    /// The database was copied or moved from there, and it is not said what it is here.
    Elsewhere {
        /// The path of the file, or the database of the server, where it lived.
        of: String,
    },
    /// It is said to have been moved, and there is still a database where it lived.
    StillThere(PathBuf),
    /// It lies where it lived already.
    AtHome,
    /// The folder of exports is another database's.
    FolderOfAnother {
        /// The folder of exports.
        folder: PathBuf,
        /// Where that database lives.
        of: String,
    },
    /// The folder has batches, and none of them is known here.
    UnknownFolder(PathBuf),
    /// Other users of the machine may change what is in the folder.
    OpenFolder {
        /// The folder of exports.
        folder: PathBuf,
        /// Its mode, as `ls` would say in octal.
        mode: u32,
    },
    /// The path that is recorded for a batch is not a folder of that batch.
    StrayPath(PathBuf),
}

impl InstallationRefusal {
    /// The path that it is about.
    pub(in crate::usecases) fn path(&self) -> Option<&Path> {
        match self {
            Self::Drill | Self::Elsewhere { .. } | Self::AtHome => None,
            Self::FolderOfAnother { folder: path, .. }
            | Self::OpenFolder { folder: path, .. }
            | Self::StillThere(path)
            | Self::UnknownFolder(path)
            | Self::StrayPath(path) => Some(path),
        }
    }

    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Drill => "drill_copy",
            Self::Elsewhere { .. } => "copied_database",
            Self::StillThere(_) => "database_still_there",
            Self::AtHome => "database_at_home",
            Self::FolderOfAnother { .. } => "folder_of_another",
            Self::UnknownFolder(_) => "folder_unknown",
            Self::OpenFolder { .. } => "folder_open",
            Self::StrayPath(_) => "stray_path",
        }
    }
}
