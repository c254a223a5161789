//! What can keep the machine from making a secret.

/// A password, a hash or a key could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The system gave no random bytes.
    #[error(transparent)]
    Random(#[from] getrandom::Error),
    /// The cost of a hash or a key is out of range, or there is no memory for it.
    #[error("argon2: {0}")]
    Cost(#[from] argon2::Error),
    /// Argon2 refused its parameters or its input.
    #[error("argon2: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    /// Alphabet and length make passwords that are too easy to guess.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// S1: fewer than 45 bits are refused, and so is an alphabet that repeats a character or leaves printable ASCII.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum EntropyError {
    /// Too easy to guess.
    #[error("{bits:.1} bits, at least 45 are needed")]
    TooWeak {
        /// What the setting would give.
        bits: f64,
    },
    /// A character twice would make the choice uneven.
    #[error("the alphabet repeats {0:?}")]
    Repeated(char),
    /// Cannot be typed everywhere.
    #[error("the alphabet contains {0:?}")]
    Unprintable(char),
}
