//! Why a machine account was not made, changed or let in.

use std::path::PathBuf;

/// Why nothing was done with a machine account, or by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MachineRefusal {
    /// The key is not, or no longer, that of an account; or the account is disabled.
    Key,
    /// The file holds no key.
    NotAKey(PathBuf),
    /// What only people have, a password or a device, was to be changed of a machine.
    Account(String),
    /// A key was to be made for a person.
    Person(String),
    /// A person was to become a machine, or a machine a person or another machine.
    Role(String),
    /// What a machine may do was named for a person.
    May,
}

impl MachineRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Key => "key_refused",
            Self::NotAKey(_) => "not_a_key",
            Self::Account(_) => "machine_account",
            Self::Person(_) => "no_machine",
            Self::Role(_) => "machine_role",
            Self::May => "may_of_a_person",
        }
    }
}
