//! Keys of machine accounts, written where a job finds them.

use super::context::CliContext;
use super::output::Failure;
use crate::files::OutputFile;
use crate::usecases::Refusal;
use crate::usecases::staff::MachineKey;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

/// Where a new key goes: a file for its owner alone, or what the command prints.
#[derive(Debug)]
pub(super) struct KeyOut(Option<OutputFile>);

impl KeyOut {
    /// Begun before the key is made, so that none is lost to a path that cannot be written.
    pub(super) fn begin(cli: &CliContext, path: Option<PathBuf>) -> Result<Self, Failure> {
        Ok(Self(path.map(|path| cli.output(&path, false)).transpose()?))
    }

    /// Writes the key; its field in the document, and what is said of it.
    pub(super) fn give(self, cli: &CliContext, key: &MachineKey) -> Result<(&'static str, Value, String), Failure> {
        let line = key.line();
        let Some(mut file) = self.0 else {
            return Ok(("key", json!(line.expose()), cli.texts().proposal.key(key.id(), line.expose())));
        };
        let path = file.path().to_owned();
        let unusable = |e: std::io::Error| Refusal::Folder { path: path.clone(), why: e.into() };
        file.write_all(line.expose().as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(unusable)?;
        let path = file.finish()?;
        Ok(("key_file", json!(path), cli.texts().staff.key_written(key.id(), path.display())))
    }
}
