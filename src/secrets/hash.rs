//! Argon2id, as PHC strings that the portal and the sign-in verify.

use super::SecretsError;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

/// The cost of one hash. The default is OWASP's second choice: 19 MiB, two passes, one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Default for HashCost {
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2 }
    }
}

impl HashCost {
    /// Whether an attacker's work is at least that of OWASP's choices for Argon2id with one lane.
    pub const fn is_enough(self) -> bool {
        let least = match self.passes {
            0 => return false,
            1 => 47_104,
            2 => 19_456,
            3 => 12_288,
            4 => 9_216,
            _ => 7_168,
        };
        self.memory_kib >= least
    }
}

/// A new salted hash as a PHC string.
///
/// # Errors
/// A cost out of range, no memory, no random bytes.
pub fn hash(clear: &str, cost: HashCost) -> Result<String, SecretsError> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None)?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(clear.as_bytes())?;
    Ok(hash.to_string())
}

/// Whether a PHC string has this cost.
pub fn costs(phc: &str, cost: HashCost) -> bool {
    let params = PasswordHash::new(phc).ok().and_then(|hash| Params::try_from(&hash).ok());
    params.is_some_and(|params| (params.m_cost(), params.t_cost()) == (cost.memory_kib, cost.passes))
}

/// Whether the clear text matches the PHC string. A string that is no PHC hash matches nothing.
pub fn verifies(clear: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|hash| Argon2::default().verify_password(clear.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_of_owasp_are_enough_and_less_is_not() {
        let enough = |memory_kib, passes| HashCost { memory_kib, passes }.is_enough();
        assert!(HashCost::default().is_enough() && enough(47_104, 1) && enough(12_288, 3) && enough(7_168, 9));
        assert!(!enough(19_456, 1) && !enough(19_455, 2) && !enough(8_192, 1));
    }

    #[test]
    fn a_hash_verifies_its_own_password_alone() {
        let cost = HashCost { memory_kib: 64, passes: 1 };
        let phc = hash("k7mp-2xw9", cost).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        assert!(verifies("k7mp-2xw9", &phc));
        assert!(!verifies("k7mp-2xw8", &phc));
        assert!(!verifies("k7mp-2xw9", "no hash"));
    }
}
