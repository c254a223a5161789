//! S1: passwords on cards, from the operating system's random source, uniformly chosen.

use super::error::{EntropyError, SecretsError};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A generated password, which exists only in memory during an export (S2).
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Password(String);

impl Password {
    /// The clear text, for the printed page and for hashing only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// Alphabet and length of generated passwords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordPolicy {
    alphabet: Vec<char>,
    length: usize,
}

impl PasswordPolicy {
    /// No look-alikes, one case.
    pub const ALPHABET: &'static str = "abcdefghjkmnpqrstuvwxyz23456789";
    /// Three groups of four.
    pub const LENGTH: usize = 12;

    const FLOOR_BITS: f64 = 45.0;

    /// Checks the entropy floor.
    pub fn new(alphabet: &str, length: usize) -> Result<Self, EntropyError> {
        let mut seen: Vec<char> = Vec::new();
        for c in alphabet.chars() {
            match c {
                _ if !c.is_ascii_graphic() => return Err(EntropyError::Unprintable(c)),
                _ if seen.contains(&c) => return Err(EntropyError::Repeated(c)),
                _ => seen.push(c),
            }
        }
        let bits = length as f64 * (seen.len().max(1) as f64).log2();
        if bits < Self::FLOOR_BITS { Err(EntropyError::TooWeak { bits }) } else { Ok(Self { alphabet: seen, length }) }
    }

    /// Characters of a password.
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The characters that passwords are made of.
    pub fn alphabet(&self) -> String {
        self.alphabet.iter().collect()
    }

    /// A new password from the operating system's random source.
    pub fn generate(&self) -> Result<Password, SecretsError> {
        Ok(self.generate_from(getrandom::fill)?)
    }

    /// The same from any source of bytes. Bytes past the last whole multiple of the alphabet are thrown away, so
    /// every character is equally likely.
    pub fn generate_from<E>(&self, mut fill: impl FnMut(&mut [u8]) -> Result<(), E>) -> Result<Password, E> {
        let size = self.alphabet.len();
        let limit = 256 - 256 % size;
        let mut text = String::with_capacity(self.length);
        let mut byte = [0u8; 1];
        while text.len() < self.length {
            fill(&mut byte)?;
            let drawn = usize::from(byte[0]);
            if drawn < limit {
                text.push(self.alphabet[drawn % size]);
            }
        }
        byte.zeroize();
        Ok(Password(text))
    }
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { alphabet: Self::ALPHABET.chars().collect(), length: Self::LENGTH }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s1_below_45_bits_is_refused() {
        assert!(matches!(PasswordPolicy::new(PasswordPolicy::ALPHABET, 9), Err(EntropyError::TooWeak { .. })));
        assert!(PasswordPolicy::new(PasswordPolicy::ALPHABET, 10).is_ok());
        assert!(matches!(PasswordPolicy::new("", 12), Err(EntropyError::TooWeak { .. })));
        assert_eq!(PasswordPolicy::new("aba", 60), Err(EntropyError::Repeated('a')));
        assert_eq!(PasswordPolicy::new("aあ", 60), Err(EntropyError::Unprintable('あ')));
    }

    #[test]
    fn s1_every_character_is_equally_likely() {
        let policy = PasswordPolicy::default();
        let mut counts = std::collections::BTreeMap::new();
        let mut next = 0u8;
        for _ in 0..256 {
            let password = policy
                .generate_from(|bytes| {
                    bytes.fill(next);
                    next = next.wrapping_add(1);
                    Ok::<_, std::convert::Infallible>(())
                })
                .unwrap_or_else(|never| match never {});
            for c in password.expose().chars() {
                *counts.entry(c).or_insert(0usize) += 1;
            }
        }
        let (least, most) = (counts.values().min(), counts.values().max());
        assert_eq!(counts.len(), 31);
        assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 8), "{counts:?}");
    }

    #[test]
    fn s1_the_floor_is_45_bits_for_any_alphabet_and_length() {
        let every: String = ('!'..='~').collect();
        for size in 1..=every.len() {
            for length in 1..=32 {
                let bits = length as f64 * (size as f64).log2();
                let accepted = PasswordPolicy::new(&every[..size], length).is_ok();
                assert_eq!(accepted, bits >= 45.0, "{length} of {size}: {bits}");
            }
        }
    }

    /// A source that is the same on every run: xorshift, its upper bytes.
    fn seeded() -> impl FnMut() -> u8 {
        let mut state = 0x2026_1124_0613_9992_u64;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_be_bytes()[0]
        }
    }

    /// How far counts are from even, in standard deviations of the chi-square distribution.
    fn unevenness(drawn: &str, size: usize) -> f64 {
        let mut counts = std::collections::BTreeMap::new();
        drawn.chars().for_each(|c| *counts.entry(c).or_insert(0u32) += 1);
        let (expected, freedom) = (drawn.len() as f64 / size as f64, size as f64 - 1.0);
        let square = |count: u32| (f64::from(count) - expected).powi(2) / expected;
        let missing = (size - counts.len()) as f64 * expected;
        (counts.into_values().map(square).sum::<f64>() + missing - freedom) / (2.0 * freedom).sqrt()
    }

    #[test]
    fn s1_characters_are_uniform_for_alphabets_of_any_size() {
        let every: String = ('!'..='~').collect();
        for (alphabet, length) in [(PasswordPolicy::ALPHABET, 12), (&every[..10], 14), (&every[..62], 8), (&every, 7)] {
            let policy = PasswordPolicy::new(alphabet, length).unwrap();
            let mut next = seeded();
            let mut draw = |bytes: &mut [u8]| {
                bytes.fill_with(&mut next);
                Ok::<_, std::convert::Infallible>(())
            };
            let made: Vec<Password> = (0..20_000).map(|_| policy.generate_from(&mut draw).unwrap()).collect();
            for place in 0..length {
                let there: String = made.iter().map(|p| p.expose().as_bytes()[place] as char).collect();
                let off = unevenness(&there, alphabet.len());
                assert!(off.abs() < 5.0, "place {place} of {length} from {}: {off}", alphabet.len());
            }
        }
        // The same measure finds the bias of a mere remainder.
        let mut next = seeded();
        let biased: String = (0..20_000).map(|_| every.as_bytes()[usize::from(next()) % 62] as char).collect();
        assert!(unevenness(&biased, 62) > 5.0);
    }

    #[test]
    fn s2_debug_shows_nothing() {
        let password = PasswordPolicy::default().generate();
        assert_eq!(format!("{password:?}"), "Ok(Password(***))");
    }
}
