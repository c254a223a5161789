//! User-visible words: Japanese first, English second. A text that lacks one of the two does not compile.
//!
//! One file per screen. Each holds one struct and its two constants; texts with something to fill in are functions.
// The two texts beside each other say what a field means.
#![allow(missing_docs)]

pub mod codes;
mod commands;
mod dialogs;
mod frame;
mod lang;
pub mod print;
pub mod refusals;
mod sign_in;
mod words;

pub use commands::{Command, Name};
pub use dialogs::Dialogs;
pub use frame::Frame;
pub use lang::Lang;
pub use sign_in::SignIn;
pub use words::Words;

/// Every text of one language.
#[derive(Debug)]
pub struct Labels {
    pub lang: Lang,
    pub words: Words,
    pub frame: Frame,
    pub dialogs: Dialogs,
    pub sign_in: SignIn,
}

/// Japanese.
pub const JA: Labels =
    Labels { lang: Lang::Ja, words: words::JA, frame: frame::JA, dialogs: dialogs::JA, sign_in: sign_in::JA };

/// English.
pub const EN: Labels =
    Labels { lang: Lang::En, words: words::EN, frame: frame::EN, dialogs: dialogs::EN, sign_in: sign_in::EN };
