//! What a database is where it lies: the society's own, or a copy.
//!
//! The database says where it lives. A copy of it, made by whatever means, lies elsewhere: until a person has said what it
//! is there, and for ever where it is for practice, it touches no folder of exports, gives no feed and dispatches nothing.

use super::Error;
use super::refusal::InstallationRefusal;
use crate::domain::InstallationKind;
use crate::files::folder_of;
use crate::store::installation::{self as rows, Installation};
use crate::store::{DbUrl, Tx};
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Where a database lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The machine of a file, as a digest; the server's own identity.
    pub(super) machine: String,
    /// The path of the file through all links; the database of the server.
    pub(super) place: String,
}

impl Place {
    pub(super) async fn of(url: &DbUrl, tx: &mut Tx) -> Result<Self, Error> {
        Ok(match (url, rows::on_server(tx).await?) {
            (DbUrl::Postgres(_), Some((machine, place))) => Self { machine, place },
            (DbUrl::Postgres(url), None) => Self { machine: String::new(), place: url.clone() },
            (DbUrl::Sqlite(path), _) => Self { machine: machine(), place: real(path).to_string_lossy().into_owned() },
        })
    }

    /// The file of a database that lies on this machine.
    fn file(&self, here: &Self) -> Option<PathBuf> {
        (self.machine == here.machine).then(|| PathBuf::from(&self.place)).filter(|path| path.is_absolute())
    }

    /// Whether a database's file is there, on this machine.
    pub(super) fn is_there(&self, here: &Self) -> bool {
        self.file(here).is_some_and(|path| path.exists())
    }
}

/// The machine's identity; systemd asks that it is not shown as it is. Empty where there is none: the path tells copies apart
/// there, too.
fn machine() -> String {
    let id = std::fs::read_to_string("/etc/machine-id").unwrap_or_default();
    match id.trim() {
        "" => String::new(),
        id => hex(&Sha256::digest(format!("mykempo {id}")))[..32].to_owned(),
    }
}

/// The absolute path of a file, through links; it may not be there yet.
fn real(path: &Path) -> PathBuf {
    let behind_folder = || Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(behind_folder).unwrap_or_else(|| path.to_owned())
}

/// What the database is, here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Life {
    /// The society's own, by its id.
    Live(String),
    /// The same, of an earlier version: it has no id yet.
    Unnamed,
    /// A copy for practice.
    Drill,
    /// A copy of which it is not said what it is, or a database that was moved.
    Elsewhere {
        /// Where it lived.
        of: String,
    },
}

impl Life {
    pub(super) async fn of(tx: &mut Tx, here: &Place) -> Result<Self, Error> {
        Ok(match rows::get(tx).await? {
            None => Self::Unnamed,
            Some(Installation { kind: InstallationKind::Drill, .. }) => Self::Drill,
            Some(row) if row.machine == here.machine && row.place == here.place => Self::Live(row.id),
            Some(row) => Self::Elsewhere { of: row.place },
        })
    }

    /// The code of what it is, for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Live(_) | Self::Unnamed => "live",
            Self::Drill => "drill",
            Self::Elsewhere { .. } => "elsewhere",
        }
    }

    /// Why nothing outside the database is touched; none where it is the society's own.
    pub fn refusal(&self) -> Option<InstallationRefusal> {
        match self {
            Self::Live(_) | Self::Unnamed => None,
            Self::Drill => Some(InstallationRefusal::Drill),
            Self::Elsewhere { of } => Some(InstallationRefusal::Elsewhere { of: of.clone() }),
        }
    }
}
