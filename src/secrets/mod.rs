//! Passwords: generation, storage in memory, hashing. Types that have no `Display`, redact `Debug` and wipe their memory (S2).

pub mod encryption;
mod error;
mod hash;
mod id;
mod machine_key;
mod passphrase;
mod password;
mod qr;
mod strength;
mod totp;

pub use error::{EntropyError, SecretsError};
pub use hash::{HashCost, costs, hash, verifies};
pub use id::random_id;
pub use machine_key::MachineKey;
pub use passphrase::Passphrase;
pub use password::{Password, PasswordPolicy};
pub use qr::Qr;
pub use strength::{LEAST, Rule, broken_rule};
pub use totp::{RECOVERY_CODES, TotpSecret, grouped, recovery_codes, recovery_hash};
