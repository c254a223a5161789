//! What the checks are made of.

use crate::domain::Anchor;
use crate::store::DbUrl;
use crate::usecases::Clock;
use std::path::PathBuf;

/// What is checked.
#[derive(Debug)]
pub struct Scene {
    /// The address of the database.
    pub place: DbUrl,
    /// Now and today.
    pub clock: Clock,
    /// An anchor that was kept elsewhere.
    pub anchor: Option<Anchor>,
    /// Files with secrets that do not belong to the database.
    pub private: Vec<PathBuf>,
}
