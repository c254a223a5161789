//! The diagnostic log: where it goes and how much of it is written.
//!
//! It holds ids only (staff IDs, batch numbers, row ids, codes): no name, member key, secret or search word at any level.
//! A reader of the log file need not be allowed to see members.

use crate::files::private::{self, Appended};
use crate::files::{OutputError, Protected};
use chrono::DateTime;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Mutex;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Where the diagnostic log goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LogTarget {
    /// Log lines are discarded.
    #[default]
    Off,
    /// Standard error, beside the messages of a command.
    Stderr,
    /// The end of a file, readable by its owner only.
    File(PathBuf),
    /// The system's journal.
    Journald,
}

/// Target and level, written as `TARGET[,LEVEL]`: `stderr`, `journald,debug`, `file:/var/log/mykempo.log,warn`, `off`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// Where it goes.
    pub target: LogTarget,
    /// The least important level that is written; `info` where none is given.
    pub level: LevelFilter,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { target: LogTarget::Off, level: LevelFilter::INFO }
    }
}

/// A text that names no target or level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not off, stderr, journald or file:PATH, with ,error ,warn ,info ,debug or ,trace behind it")]
pub struct LogConfigError(String);

impl LogConfigError {
    /// What was given.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl FromStr for LogConfig {
    type Err = LogConfigError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || LogConfigError(text.to_owned());
        // A path may hold a comma: only what reads as a level is one.
        let (target, level) = match text.rsplit_once(',').map(|(target, level)| (target, level.parse())) {
            Some((target, Ok(level))) => (target, level),
            _ => (text, LevelFilter::INFO),
        };
        let target = match target.split_once(':') {
            None if target == "off" => LogTarget::Off,
            None if target == "stderr" => LogTarget::Stderr,
            None if target == "journald" => LogTarget::Journald,
            Some(("file", path)) if !path.is_empty() => LogTarget::File(path.into()),
            _ => return Err(unknown()),
        };
        Ok(Self { target, level })
    }
}

/// Why the log cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file cannot be opened, or is one that the program must not touch.
    #[error(transparent)]
    File(#[from] OutputError),
    /// The file holds something else than a log of this program, and stays as it is.
    #[error("{} is no log of this program", .0.display())]
    Foreign(PathBuf),
    /// There is no journal on this machine.
    #[error("the journal does not answer: {0}")]
    Journald(#[source] std::io::Error),
    /// A second subscriber in one process.
    #[error(transparent)]
    Taken(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts the log for the rest of the process. A panic is logged by its place before it is reported: its message
/// may hold data.
///
/// # Errors
/// A file that cannot be opened, that is protected or no regular file; a machine without a journal.
pub fn start(config: &LogConfig, protected: &Protected) -> Result<(), LogError> {
    // Other crates' events may hold statements and values.
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), config.level);
    let registry = tracing_subscriber::registry();
    match &config.target {
        LogTarget::Off => return Ok(()),
        LogTarget::Stderr => {
            let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
            registry.with(layer.with_filter(ours)).try_init()?;
        }
        LogTarget::File(path) => {
            let file = append(path, protected)?;
            let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
            registry.with(layer.with_filter(ours)).try_init()?;
        }
        LogTarget::Journald => {
            let layer = tracing_journald::layer().map_err(LogError::Journald)?;
            registry.with(layer.with_filter(ours)).try_init()?;
        }
    }
    log_panics();
    Ok(())
}

/// The file at its end: a new one, an empty one, or a log of this program. Any other file stays as it is.
fn append(path: &Path, protected: &Protected) -> Result<File, LogError> {
    protected.refuse(path)?;
    let unusable = |source| OutputError::Io { path: path.to_owned(), source };
    match private::append(path).map_err(unusable)? {
        Appended::New(file) => Ok(file),
        Appended::Existing(file) if is_log(&file).map_err(unusable)? => Ok(file),
        Appended::Existing(_) => Err(LogError::Foreign(path.to_owned())),
    }
}

/// Whether a file is empty, or begins as this program's log does: with an instant, and a line that names the program.
fn is_log(file: &File) -> io::Result<bool> {
    const BEGINNING: u64 = 8192;
    let mut begins = Vec::new();
    file.take(BEGINNING).read_to_end(&mut begins)?;
    let line = begins.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let instant = line.split_whitespace().next().and_then(|word| DateTime::parse_from_rfc3339(word).ok());
    Ok(begins.is_empty() || instant.is_some() && line.contains(env!("CARGO_CRATE_NAME")))
}

fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string);
        tracing::error!(place, "panicked");
        before(info);
    }));
}

/// The system's own code of what is behind an error: an SQLSTATE, an SQLite code, or a kind of I/O error. Messages are left
/// out: they may hold values.
pub fn system_cause(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        let database = error.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
        if let Some(code) = database.and_then(sqlx::error::DatabaseError::code) {
            return Some(code.into_owned());
        }
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return Some(io.kind().to_string());
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_may_have_a_level_behind_it() {
        let parsed = |text: &str| text.parse::<LogConfig>().map(|it| (it.target, it.level));
        assert_eq!(parsed("off"), Ok((LogTarget::Off, LevelFilter::INFO)));
        assert_eq!(parsed("stderr,debug"), Ok((LogTarget::Stderr, LevelFilter::DEBUG)));
        assert_eq!(parsed("journald"), Ok((LogTarget::Journald, LevelFilter::INFO)));
        assert_eq!(parsed("file:/a,b.log"), Ok((LogTarget::File("/a,b.log".into()), LevelFilter::INFO)));
        assert_eq!(parsed("file:/a.log,trace"), Ok((LogTarget::File("/a.log".into()), LevelFilter::TRACE)));
        for wrong in ["", "file:", "stdout", "stderr,loud", "debug"] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}
