//! The second factor of staff: time-based codes (RFC 6238), and recovery codes for a lost device.

use super::{Passphrase, PasswordPolicy, SecretsError};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::fmt;
use totp_rs::{Builder, Secret, Totp};

/// Seconds of a step, digits of a code and the hash are what every authenticator app expects.
const BYTES: usize = 20;

/// The secret shared with a person's device. `Debug` shows nothing; wiped when dropped.
#[derive(Clone)]
pub struct TotpSecret(Totp);

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(***)")
    }
}

impl TotpSecret {
    /// A new one from the operating system's random source.
    pub fn generate() -> Result<Self, SecretsError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(totp(Secret::new_stack(bytes))))
    }

    /// From base32, as [`TotpSecret::base32`] gives it; nothing where it is none, or shorter than 128 bits.
    pub fn parse(base32: &str) -> Option<Self> {
        let bare: String = base32.chars().filter(|c| !c.is_whitespace()).collect();
        let secret = Secret::try_from_base32(bare.to_ascii_uppercase()).ok()?;
        (secret.as_bytes().len() >= 16).then(|| Self(totp(secret)))
    }

    /// For the database, and for typing into a device that has no camera.
    pub fn base32(&self) -> Passphrase {
        Passphrase::new(self.0.secret().to_base32())
    }

    /// The URI in the QR code, as short as authenticator apps allow: the code must fit into a terminal.
    pub fn uri(&self, staff: &str) -> Passphrase {
        Passphrase::new(format!("otpauth://totp/MyKempo:{staff}?secret={}", self.0.secret().to_base32()))
    }

    /// The step that a code belongs to, if it is the code of this step, the one before or the one after.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let seconds = u64::try_from(now.timestamp()).ok()?;
        i64::try_from(self.0.check(&digits(code)?, seconds)?).ok()
    }

    /// The code at an instant.
    pub fn code_at(&self, at: DateTime<Utc>) -> String {
        self.0.generate(u64::try_from(at.timestamp()).unwrap_or_default()).to_string()
    }
}

fn totp(secret: Secret) -> Totp {
    // A minimum of 128 bits is checked above; "noncompliant" is only what the builder calls leaving it to us.
    Builder::new().with_secret(secret).with_skew(1).build_noncompliant()
}

/// Six digits, also in full width and with a gap.
fn digits(code: &str) -> Option<String> {
    let code: String = crate::text::nfkc(code).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

/// How many recovery codes a person gets.
pub const RECOVERY_CODES: usize = 8;
const RECOVERY_LENGTH: usize = 16;

/// New recovery codes, to be shown once.
pub fn recovery_codes() -> Result<Vec<Passphrase>, SecretsError> {
    let policy = PasswordPolicy::new(PasswordPolicy::ALPHABET, RECOVERY_LENGTH)?;
    (0..RECOVERY_CODES).map(|_| Ok(Passphrase::new(policy.generate()?.expose().to_owned()))).collect()
}

/// `abcd-efgh-jkmn-pqrs`
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The stored hash of a recovery code; nothing where the text cannot be one. 79 random bits need no slow hash.
pub fn recovery_hash(staff: &str, code: &str) -> Option<String> {
    let bare: String = crate::text::nfkc(code).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    (bare.len() == RECOVERY_LENGTH).then(|| crate::text::hex(&Sha256::digest(format!("{staff}:{bare}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use totp_rs::Algorithm;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// Appendix B of RFC 6238, every row.
    #[test]
    fn rfc_6238_test_vectors() {
        let rows = [
            (59, "94287082", "46119246", "90693936"),
            (1_111_111_109, "07081804", "68084774", "25091201"),
            (1_111_111_111, "14050471", "67062674", "99943326"),
            (1_234_567_890, "89005924", "91819424", "93441116"),
            (2_000_000_000, "69279037", "90698825", "38618901"),
            (20_000_000_000, "65353130", "77737706", "47863826"),
        ];
        let seed = b"1234567890".repeat(7);
        let code = |algorithm, length: usize, time| {
            let builder = Builder::new().with_secret(seed[..length].to_vec()).with_digits(8).with_algorithm(algorithm);
            builder.build_noncompliant().generate(time).to_string()
        };
        for (time, sha1, sha256, sha512) in rows {
            assert_eq!(code(Algorithm::SHA1, 20, time), sha1, "{time}");
            assert_eq!(code(Algorithm::SHA256, 32, time), sha256, "{time}");
            assert_eq!(code(Algorithm::SHA512, 64, time), sha512, "{time}");
        }
    }

    /// The same seed with the six digits that authenticator apps show: the last six of the RFC's eight.
    #[test]
    fn a_code_is_accepted_one_step_early_or_late_and_no_more() {
        let secret = TotpSecret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert_eq!(secret.code_at(at(59)), "287082");
        for (now, step) in [(29, Some(1)), (30, Some(1)), (59, Some(1)), (89, Some(1)), (90, None)] {
            assert_eq!(secret.step_of("287 082", at(now)), step, "{now}");
        }
        assert_eq!(secret.step_of("２８７０８２", at(59)), Some(1));
        for wrong in ["287083", "87082", "", "abcdef", "94287082"] {
            assert_eq!(secret.step_of(wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_read_back_and_a_short_one_is_none() {
        let secret = TotpSecret::generate().unwrap();
        let again = TotpSecret::parse(&secret.base32().expose().to_lowercase()).unwrap();
        assert_eq!(secret.code_at(at(1_000_000_000)), again.code_at(at(1_000_000_000)));
        assert!(TotpSecret::parse("GEZDGNBV").is_none());
        assert!(TotpSecret::parse("no base 32!").is_none());
        assert_eq!(format!("{secret:?}"), "TotpSecret(***)");
        assert!(secret.uri("sato").expose().starts_with("otpauth://totp/MyKempo:sato?secret="));
    }

    #[test]
    fn recovery_codes_differ_and_match_their_hash_however_typed() {
        let codes = recovery_codes().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let first = codes[0].expose();
        assert!(codes[1..].iter().all(|other| other.expose() != first));
        let kept = recovery_hash("sato", first);
        assert!(kept.is_some());
        assert_eq!(recovery_hash("sato", &grouped(first).to_uppercase()), kept);
        assert_ne!(recovery_hash("suzuki", first), kept);
        assert_eq!(recovery_hash("sato", "123456"), None);
    }
}
