//! Passwords: made, held, hashed. Types that have no `Display`, redact `Debug` and wipe their memory (S2).
//! And [`private`]: files that only their owner may read (S4).

mod hash;
mod passphrase;
mod password;
pub mod private;

pub use hash::{HashCost, HashError, hash, verifies};
pub use passphrase::Passphrase;
pub use password::{EntropyError, Password, PasswordPolicy};
