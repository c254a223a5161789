//! Random identifiers, which no other database has.

use super::SecretsError;
use crate::text::hex;

/// 32 random hexadecimal digits.
pub fn random_id() -> Result<String, SecretsError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    Ok(hex(&random))
}
