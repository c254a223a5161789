//! Why an import was not done.

use std::path::PathBuf;

/// Why an import was not done. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportRefusal {
    /// The import would reject more than the policy allows.
    Threshold {
        /// Rows that would be rejected.
        rejected: u64,
        /// Rows in the file.
        rows: u64,
        /// Limit of the setting, in percent.
        percent: u8,
    },
    /// The import would end more memberships than the policy allows.
    Losses {
        /// Members who would lose their qualification.
        lost: u64,
        /// Members in force.
        members: u64,
        /// Limit of the setting, in percent.
        percent: u8,
    },
    /// The import would close more accounts than the policy allows.
    Closings {
        /// Accounts that would close.
        closed: u64,
        /// Members in force.
        members: u64,
        /// Limit of the setting, in percent.
        percent: u8,
    },
    /// The file repeats what is known, but lacks more members than the policy allows.
    Shrunken {
        /// Members in force who are not in the file.
        missing: u64,
        /// Members in force.
        members: u64,
        /// Limit of the setting, in percent.
        percent: u8,
    },
    /// The file has a header, and no row. Of the registry that is damage.
    NoRows,
    /// Another import was applied while this one was read.
    Overtaken,
    /// No such import.
    Unknown(i64),
    /// The file is not the one that was checked.
    FileChanged(PathBuf),
}

impl ImportRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Threshold { .. } => "import_threshold",
            Self::Losses { .. } => "import_losses",
            Self::Closings { .. } => "import_closings",
            Self::Shrunken { .. } => "import_shrunken",
            Self::NoRows => "import_no_rows",
            Self::Overtaken => "import_overtaken",
            Self::Unknown(_) => "import_unknown",
            Self::FileChanged(_) => "import_file_changed",
        }
    }
}
