//! What goes to stdout and stderr.

use crate::config::ConfigError;
use crate::labels::cli::SystemFault;
use crate::labels::{Lang, files, refusals};
use crate::text::{plain_json, plain_page};
use crate::usecases::{Error, FailureKind};
use serde::Serialize;
use std::io::{self, BufWriter, Stdout, Write};

/// Why a command did not do what it should.
#[derive(Debug)]
pub(super) enum Failure {
    /// From a use case.
    UseCase(Error),
    /// From the command line itself: a stable code, and words in the chosen language.
    Other { code: &'static str, words: String },
    /// From the system around the program.
    System { fault: SystemFault, cause: anyhow::Error },
    /// The arguments are wrong: one sentence for `--json`, and the same with what helps for people.
    Usage { sentence: String, page: String },
    /// Done in part; what was printed says which part.
    Partial,
}

impl Failure {
    pub(super) fn new(code: &'static str, words: impl Into<String>) -> Self {
        Self::Other { code, words: words.into() }
    }

    pub(super) fn system(fault: SystemFault, cause: impl Into<anyhow::Error>) -> Self {
        Self::System { fault, cause: cause.into() }
    }

    /// The kind, and with it the exit code.
    pub(super) const fn kind(&self) -> FailureKind {
        match self {
            Self::UseCase(error) => error.kind(),
            Self::Usage { .. } => FailureKind::Usage,
            Self::Partial => FailureKind::Partial,
            Self::Other { .. } | Self::System { .. } => FailureKind::Refused,
        }
    }

    /// On stderr, as words or as `{"error":{"code","kind","message"}}`.
    pub(super) fn report(&self, lang: Lang, json: bool) {
        self.log();
        let (code, message) = match self {
            Self::UseCase(error) => (error.code(), refusals::explain(lang, error)),
            Self::Other { code, words } => (*code, words.clone()),
            Self::System { fault, cause } => {
                (fault.code(), lang.labels().cli.start.system(*fault, cause_in_words(lang, cause)))
            }
            Self::Usage { sentence, page } => (self.kind().code(), if json { sentence } else { page }.clone()),
            Self::Partial => return,
        };
        if json {
            let error = serde_json::json!({ "code": code, "kind": self.kind(), "message": message });
            let document = serde_json::json!({ "error": error }).to_string();
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
            Self::Usage { .. } | Self::Partial => tracing::warn!(code = self.kind().code(), "command not done"),
            // The cause may quote a line of the settings file.
            Self::System { fault, .. } => tracing::warn!(code = fault.code(), "command not done"),
        }
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::UseCase(error.into())
    }
}

/// What the system said, in the person's language where it is one of the usual things.
fn cause_in_words(lang: Lang, cause: &anyhow::Error) -> String {
    let path = match cause.downcast_ref::<ConfigError>() {
        Some(ConfigError::Unreadable { path, .. }) => format!("{}: ", path.display()),
        _ => String::new(),
    };
    match cause.chain().find_map(|part| part.downcast_ref::<io::Error>()) {
        Some(error) => format!("{path}{}", files::io_fault(lang, &error.into())),
        None => format!("{cause:#}"),
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
        let text = match self {
            Self::Words => plain_page(&words()),
            Self::Json => {
                let document =
                    serde_json::to_string_pretty(value).map_err(|e| Failure::system(SystemFault::Json, e))?;
                plain_json(&document).into_owned()
            }
        };
        match writeln!(std::io::stdout(), "{}", text.trim_end()) {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::system(SystemFault::Stdout, e)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// What is said of a result that is on standard output itself.
    pub(super) fn tell<T: Serialize>(self, value: &T, words: impl FnOnce() -> String) -> Result<(), Failure> {
        let text = match self {
            Self::Words => format!("mykempo: {}", plain_page(&words())),
            Self::Json => {
                let document = serde_json::to_string(value).map_err(|e| Failure::system(SystemFault::Json, e))?;
                plain_json(&document).into_owned()
            }
        };
        // A terminal that is gone changes nothing of what was done.
        let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
        Ok(())
    }

    /// Begins a list that is printed as it is read: `{"name": […]}`, or lines. The text is the same as that of
    /// [`Self::print`] with all of it.
    pub(super) fn list(self, name: &'static str) -> ListOutput<Stdout> {
        ListOutput { format: self, name, out: BufWriter::new(std::io::stdout()), state: ListState::Empty }
    }
}

/// A list that is printed item by item.
#[derive(Debug)]
pub(super) struct ListOutput<W: Write> {
    format: Format,
    name: &'static str,
    out: BufWriter<W>,
    state: ListState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListState {
    Empty,
    /// Another list of the document has ended; this one is empty.
    Another,
    Begun,
    /// The reader has seen enough, which is no fault.
    Closed,
}

impl<W: Write> ListOutput<W> {
    /// Whether the reader wants more.
    pub(super) fn is_open(&self) -> bool {
        self.state != ListState::Closed
    }

    /// Prints an item; its line is made only where it is wanted.
    pub(super) fn push<T: Serialize>(&mut self, item: &T, line: impl FnOnce() -> String) -> Result<(), Failure> {
        let text = match self.format {
            Format::Words => format!("{}\n", plain_page(&line())),
            Format::Json => {
                let item = serde_json::to_string_pretty(item).map_err(|e| Failure::system(SystemFault::Json, e))?;
                let before = match self.state {
                    ListState::Empty => format!("{{\n  \"{}\": [\n    ", self.name),
                    ListState::Another => format!("  \"{}\": [\n    ", self.name),
                    ListState::Begun | ListState::Closed => ",\n    ".to_owned(),
                };
                format!("{before}{}", plain_json(&item).replace('\n', "\n    "))
            }
        };
        if matches!(self.state, ListState::Empty | ListState::Another) {
            self.state = ListState::Begun;
        }
        self.write(&text)
    }

    /// Ends the list and begins another one of the same document.
    pub(super) fn and(&mut self, name: &'static str) -> Result<(), Failure> {
        let end = match (self.format, self.state) {
            (Format::Words, _) => String::new(),
            (Format::Json, ListState::Empty) => format!("{{\n  \"{}\": [],\n", self.name),
            (Format::Json, ListState::Another) => format!("  \"{}\": [],\n", self.name),
            (Format::Json, _) => "\n  ],\n".to_owned(),
        };
        self.write(&end)?;
        self.name = name;
        if self.is_open() {
            self.state = ListState::Another;
        }
        Ok(())
    }

    /// Ends the list.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.end()
    }

    fn end(&mut self) -> Result<(), Failure> {
        let end = match (self.format, self.state) {
            (Format::Words, ListState::Empty) => "\n".to_owned(),
            (Format::Words, _) => String::new(),
            (Format::Json, ListState::Empty) => format!("{{\n  \"{}\": []\n}}\n", self.name),
            (Format::Json, ListState::Another) => format!("  \"{}\": []\n}}\n", self.name),
            (Format::Json, _) => "\n  ]\n}\n".to_owned(),
        };
        self.write(&end)?;
        let flushed = self.out.flush();
        self.written(flushed)
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        if self.state == ListState::Closed {
            return Ok(());
        }
        let written = self.out.write_all(text.as_bytes());
        self.written(written)
    }

    fn written(&mut self, result: io::Result<()>) -> Result<(), Failure> {
        match result {
            Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::system(SystemFault::Stdout, e)),
            Err(_) => {
                self.state = ListState::Closed;
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(format: Format, items: &[serde_json::Value], others: &[serde_json::Value]) -> String {
        let mut list = ListOutput { format, name: "entries", out: BufWriter::new(Vec::new()), state: ListState::Empty };
        for item in items {
            list.push(item, || item["a"].to_string()).unwrap();
        }
        list.and("routes").unwrap();
        for item in others {
            list.push(item, || item["a"].to_string()).unwrap();
        }
        list.end().unwrap();
        String::from_utf8(list.out.into_inner().unwrap()).unwrap()
    }

    fn listed(format: Format, items: &[serde_json::Value]) -> String {
        let mut list = ListOutput { format, name: "entries", out: BufWriter::new(Vec::new()), state: ListState::Empty };
        for item in items {
            list.push(item, || item["a"].to_string()).unwrap();
        }
        list.end().unwrap();
        String::from_utf8(list.out.into_inner().unwrap()).unwrap()
    }

    #[test]
    fn a_list_reads_as_if_it_were_printed_at_once() {
        let items = [serde_json::json!({ "a": 1, "b": ["x\ny", {}] }), serde_json::json!({ "a": "\u{202E}" })];
        for items in [&items[..], &items[..1], &[]] {
            let whole = serde_json::to_string_pretty(&serde_json::json!({ "entries": items })).unwrap();
            assert_eq!(listed(Format::Json, items), format!("{}\n", plain_json(&whole)));
        }
        for (items, others) in [(&items[..], &items[..1]), (&items[..1], &[]), (&[], &items[..]), (&[], &[])] {
            let whole = serde_json::json!({ "entries": items, "routes": others });
            let whole = plain_json(&serde_json::to_string_pretty(&whole).unwrap()).into_owned();
            assert_eq!(two(Format::Json, items, others), format!("{whole}\n"));
        }
        assert_eq!(listed(Format::Words, &items), "1\n\"\u{FFFD}\"\n");
    }
}
