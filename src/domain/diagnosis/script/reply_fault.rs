//! What is wrong with a file of replies.

use super::Language;
use super::reply_slot::ReplySlot;

/// A fault in a file of replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyFault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: ReplyProblem,
}

/// What is wrong in a file of replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyProblem {
    /// No TOML, or another shape: as the parser says it.
    Syntax(String),
    /// No such table.
    UnknownTable(String),
    /// A placeholder that has no value here.
    UnknownSlot {
        /// As it is written.
        name: String,
        /// Those that have one.
        known: Vec<ReplySlot>,
    },
    /// A placeholder that only one of the two languages has.
    OneLanguage(String),
    /// A brace without its partner.
    Brace,
    /// No words in a language.
    Empty(Language),
    /// The page does not say where the reply stands.
    NoText,
}
