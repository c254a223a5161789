//! What a database is to its society: its own, or a copy.

use super::coded;

coded! {
    /// What a database was declared to be, where it lies.
    pub enum InstallationKind {
        /// The society works with it.
        Live = "live",
        /// A copy for practice.
        Drill = "drill",
    }
}

coded! {
    /// How a database came to be where it lies.
    pub enum Settling {
        /// It was made there, or was there before installations were told apart.
        Begun = "begun",
        /// It was moved there, and is nowhere else.
        Moved = "moved",
        /// It was restored there, and the society goes on with it.
        Restored = "restored",
        /// It is a copy for practice.
        Drill = "drill",
    }
}

impl Settling {
    /// What the database is then.
    pub const fn kind(self) -> InstallationKind {
        match self {
            Self::Begun | Self::Moved | Self::Restored => InstallationKind::Live,
            Self::Drill => InstallationKind::Drill,
        }
    }
}
