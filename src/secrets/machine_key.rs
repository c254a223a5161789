//! What a machine account signs in with.

use super::{Passphrase, SecretsError};
use std::fmt::Write;
use zeroize::Zeroizing;

/// Bytes of the secret part.
const BYTES: usize = 32;

/// The key of a machine account: its staff ID, and a secret of 256 bits. As text it is one line, `nightly:9f2c…`.
#[derive(Debug, Clone)]
pub struct MachineKey {
    id: String,
    secret: Passphrase,
}

impl MachineKey {
    /// A new one from the operating system's random source.
    pub fn generate(id: &str) -> Result<Self, SecretsError> {
        let mut bytes = Zeroizing::new([0_u8; BYTES]);
        getrandom::fill(bytes.as_mut())?;
        let mut secret = String::with_capacity(2 * BYTES);
        for byte in bytes.iter() {
            // Writing into a string cannot fail.
            let _ = write!(secret, "{byte:02x}");
        }
        Ok(Self { id: id.to_owned(), secret: Passphrase::new(secret) })
    }

    /// From its line; nothing where it is none.
    pub fn parse(line: &str) -> Option<Self> {
        let (id, secret) = line.trim().split_once(':')?;
        let whole = !id.is_empty() && secret.len() == 2 * BYTES && secret.bytes().all(|b| b.is_ascii_hexdigit());
        whole.then(|| Self { id: id.to_owned(), secret: Passphrase::new(secret.to_owned()) })
    }

    /// Its line, for the file of the machine only.
    pub fn line(&self) -> Passphrase {
        Passphrase::new(format!("{}:{}", self.id, self.secret.expose()))
    }

    /// 職員ID of the machine account.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The part that is hashed and verified.
    pub const fn secret(&self) -> &Passphrase {
        &self.secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_line_and_debug_hides_its_secret() {
        let key = MachineKey::generate("nightly").unwrap();
        let again = MachineKey::parse(&format!("{}\n", key.line().expose())).unwrap();
        assert_eq!((again.id(), again.secret().expose()), ("nightly", key.secret().expose()));
        assert!(!format!("{key:?}").contains(key.secret().expose()));
        let other = MachineKey::generate("nightly").unwrap();
        assert_ne!(key.secret().expose(), other.secret().expose());
    }

    #[test]
    fn what_is_not_whole_is_no_key() {
        let key = MachineKey::generate("nightly").unwrap().line();
        let line = key.expose();
        for wrong in
            ["", "nightly", "a password", &line[..line.len() - 1], &line["nightly".len()..], &line.replace(':', " ")]
        {
            assert!(MachineKey::parse(wrong).is_none(), "{wrong}");
        }
    }
}
