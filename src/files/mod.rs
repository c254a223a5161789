//! Files that the program writes: for their owner alone, without following links, whole or not at all.

mod fault;
mod folder;
mod network;
mod output;
pub mod private;

pub use fault::IoFault;
pub use folder::Folder;
pub use network::network_file_system;
pub use output::{Existing, OutputError, OutputFile, Protected};

use std::path::Path;

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
