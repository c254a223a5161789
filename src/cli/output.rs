//! What goes to stdout and stderr.

use crate::labels::{Lang, refusals};
use crate::text::{plain_json, plain_page};
use crate::usecases::Error;
use serde::Serialize;

/// Why a command did not do what it should.
#[derive(Debug)]
pub(super) enum Failure {
    /// From a use case.
    UseCase(Error),
    /// From the command line itself: a stable code, and words in both languages or none.
    Other { code: &'static str, words: String },
}

impl Failure {
    pub(super) fn new(code: &'static str, words: impl Into<String>) -> Self {
        Self::Other { code, words: words.into() }
    }

    /// On stderr, as words or as `{"error":{"code","message"}}`.
    pub(super) fn report(&self, lang: Lang, json: bool) {
        self.log();
        let (code, message) = match self {
            Self::UseCase(error) => (error.code(), refusals::explain(lang, error)),
            Self::Other { code, words } => (*code, words.clone()),
        };
        if json {
            let document = serde_json::json!({ "error": { "code": code, "message": message } }).to_string();
            eprintln!("{}", plain_json(&document));
        } else {
            eprintln!("mykempo: {}", plain_page(&message));
        }
    }
}

impl Failure {
    /// Codes only: a message may name a member or a search word.
    fn log(&self) {
        match self {
            Self::UseCase(error) => {
                tracing::warn!(code = error.code(), cause = crate::telemetry::system_cause(error), "command not done");
            }
            Self::Other { code, .. } => tracing::warn!(code, "command not done"),
        }
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::UseCase(error.into())
    }
}

/// How results are shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Format {
    /// Sentences and tables for people.
    Words,
    /// One document for scripts.
    Json,
}

impl Format {
    /// Prints a result; the words are made only where they are wanted. A closed pipe is no fault.
    pub(super) fn print<T: Serialize>(self, value: &T, words: impl FnOnce() -> String) -> Result<(), Failure> {
        use std::io::Write;
        let text = match self {
            Self::Words => plain_page(&words()),
            Self::Json => {
                let document = serde_json::to_string_pretty(value).map_err(|e| Failure::new("json", e.to_string()))?;
                plain_json(&document).into_owned()
            }
        };
        match writeln!(std::io::stdout(), "{}", text.trim_end()) {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new("stdout", e.to_string())),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}
