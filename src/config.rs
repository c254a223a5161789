//! Settings of this terminal: flags, then the environment, then `mykempo.toml`.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file's name in the current folder.
pub const FILE: &str = "mykempo.toml";
/// The database where nothing names another.
pub const DATABASE: &str = "mykempo.db";

/// What the file may say. It holds no secret: passwords come from the environment or a prompt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address of the database, as `--db` takes it.
    pub db: Option<String>,
    /// `ja` or `en`
    pub lang: Option<String>,
    /// The staff ID offered at sign-in.
    pub staff: Option<String>,
    /// Where the diagnostic log goes, as [`crate::telemetry::LogConfig`] reads it.
    pub log: Option<String>,
    /// The name of this terminal in the audit log; the machine's name where not given.
    pub terminal: Option<String>,
}

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}", path.display())]
    Unreadable {
        /// The settings file that is meant.
        path: PathBuf,
        /// What the operating system answered.
        source: std::io::Error,
    },
    /// It is not TOML, or has a key that the program does not know.
    #[error("{}", path.display())]
    Invalid {
        /// The settings file that is meant.
        path: PathBuf,
        /// Why, with line and column.
        source: toml::de::Error,
    },
}

impl Config {
    /// Reads the named file, or `mykempo.toml` if there is one.
    pub fn read(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = named.unwrap_or(Path::new(FILE));
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|source| ConfigError::Invalid { path: path.to_owned(), source }),
            Err(e) if named.is_none() && e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(ConfigError::Unreadable { path: path.to_owned(), source }),
        }
    }

    /// The name of this terminal.
    pub fn terminal(&self) -> String {
        let host = || std::fs::read_to_string("/etc/hostname").ok().map(|name| name.trim().to_owned());
        self.terminal.clone().or_else(host).unwrap_or_else(|| "unnamed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.toml");
        std::fs::write(&path, "db = \"x.db\"\npassword = \"p\"\n").unwrap();
        let error = format!("{:#}", anyhow::Error::from(Config::read(Some(&path)).unwrap_err()));
        assert!(error.contains("m.toml") && error.contains("line 2"), "{error}");
        assert!(Config::read(Some(&folder.path().join("none.toml"))).is_err());
    }
}
