//! Typed secrets: staff passwords, passphrases of files.

use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A typed secret. No `Display`; `Debug` is redacted; wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes ownership of what was typed.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The clear text, for hashing and for encryption only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(***)")
    }
}
