//! Files encrypted with a passphrase: Argon2id makes the key, XChaCha20-Poly1305 in the STREAM construction encrypts.
//! No byte can be changed, cut off or moved without being noticed.
//!
//! A file is a header, which every chunk authenticates, then chunks of 64 KiB, each 16 bytes longer than its plain text. The
//! salt is random for every file, so no two files share a key.

use super::Passphrase;
use aead_stream::{DecryptorBE32, EncryptorBE32};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// The first bytes of an encrypted file.
pub const MAGIC: &[u8; 16] = b"mykempo sealed 1";
const SALT: usize = 16;
const NONCE: usize = 19;
const HEADER: usize = MAGIC.len() + 8 + SALT + NONCE;
const CHUNK: usize = 1 << 16;
const TAG: usize = 16;
/// 64 MiB and three passes: an attacker who has the file can try passphrases without limit.
const MEMORY_KIB: u32 = 1 << 16;
const PASSES: u32 = 3;
/// A header that asks for more memory or passes was not written here.
const MOST_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 16;

/// A file cannot be encrypted or decrypted.
#[derive(Debug, thiserror::Error)]
pub enum EncryptionError {
    /// The file does not begin with [`MAGIC`] and a header within bounds.
    #[error("not an encrypted file")]
    NotEncrypted,
    /// Another passphrase, or the content was changed.
    #[error("wrong passphrase, or the file was changed")]
    Wrong,
    /// The file could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The system gave no random bytes.
    #[error(transparent)]
    Random(#[from] getrandom::Error),
    /// The key could not be derived, for lack of memory.
    #[error(transparent)]
    Key(argon2::Error),
}

/// Encrypts everything that `from` gives into `to`.
pub fn encrypt(passphrase: &Passphrase, from: impl Read, mut to: impl Write) -> Result<(), EncryptionError> {
    let mut random = [0; SALT + NONCE];
    getrandom::fill(&mut random)?;
    let header = [&MAGIC[..], &MEMORY_KIB.to_be_bytes(), &PASSES.to_be_bytes(), &random].concat();
    let (cipher, nonce) = cipher(passphrase, &header)?;
    let mut stream = EncryptorBE32::from_aead(cipher, (&nonce).into());
    to.write_all(&header)?;
    let mut chunks = Chunks::new(from, CHUNK)?;
    while let Some(mut chunk) = chunks.before_last()? {
        stream.encrypt_next_in_place(&header, &mut *chunk).map_err(|_| EncryptionError::Wrong)?;
        to.write_all(&chunk)?;
    }
    let mut last = chunks.last();
    stream.encrypt_last_in_place(&header, &mut *last).map_err(|_| EncryptionError::Wrong)?;
    Ok(to.write_all(&last)?)
}

/// Decrypts what [`encrypt`] wrote. Output written before an error must not be trusted.
pub fn decrypt(passphrase: &Passphrase, mut from: impl Read, mut to: impl Write) -> Result<(), EncryptionError> {
    let mut header = [0; HEADER];
    from.read_exact(&mut header).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => EncryptionError::NotEncrypted,
        _ => error.into(),
    })?;
    if !header.starts_with(MAGIC) {
        return Err(EncryptionError::NotEncrypted);
    }
    let (cipher, nonce) = cipher(passphrase, &header)?;
    let mut stream = DecryptorBE32::from_aead(cipher, (&nonce).into());
    let mut chunks = Chunks::new(from, CHUNK + TAG)?;
    while let Some(mut chunk) = chunks.before_last()? {
        stream.decrypt_next_in_place(&header, &mut *chunk).map_err(|_| EncryptionError::Wrong)?;
        to.write_all(&chunk)?;
    }
    let mut last = chunks.last();
    stream.decrypt_last_in_place(&header, &mut *last).map_err(|_| EncryptionError::Wrong)?;
    Ok(to.write_all(&last)?)
}

/// The cipher under the key that passphrase and header make, and the header's nonce.
fn cipher(passphrase: &Passphrase, header: &[u8]) -> Result<(XChaCha20Poly1305, [u8; NONCE]), EncryptionError> {
    let number = |at: usize| header[at..].first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
    let (memory, passes) = (number(MAGIC.len()), number(MAGIC.len() + 4));
    if memory > MOST_KIB || passes > MOST_PASSES {
        return Err(EncryptionError::NotEncrypted);
    }
    let (salt, nonce) = header[HEADER - NONCE - SALT..].split_at(SALT);
    let params = Params::new(memory, passes, 1, None).map_err(|_| EncryptionError::NotEncrypted)?;
    let mut key = Zeroizing::new([0; 32]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.expose().as_bytes(), salt, &mut *key).map_err(EncryptionError::Key)?;
    let nonce = nonce.try_into().map_err(|_| EncryptionError::NotEncrypted)?;
    Ok((XChaCha20Poly1305::new((&*key).into()), nonce))
}

/// A reader cut into chunks of `size` bytes, one read ahead, so that the last one is known as such.
struct Chunks<R> {
    from: R,
    size: usize,
    next: Zeroizing<Vec<u8>>,
}

impl<R: Read> Chunks<R> {
    fn new(from: R, size: usize) -> io::Result<Self> {
        let mut chunks = Self { from, size, next: Zeroizing::new(Vec::new()) };
        chunks.next = chunks.read()?;
        Ok(chunks)
    }

    fn read(&mut self) -> io::Result<Zeroizing<Vec<u8>>> {
        // Room for the tag: a vector that grows would leave its old, unwiped buffer behind.
        let mut chunk = Zeroizing::new(Vec::with_capacity(self.size + TAG));
        self.from.by_ref().take(self.size as u64).read_to_end(&mut chunk)?;
        Ok(chunk)
    }

    /// The next chunk, if another one follows it.
    fn before_last(&mut self) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let following = self.read()?;
        Ok((!following.is_empty()).then(|| std::mem::replace(&mut self.next, following)))
    }

    fn last(self) -> Zeroizing<Vec<u8>> {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    fn encrypted(clear: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        encrypt(&pass("open sesame"), clear, &mut out).unwrap();
        out
    }

    fn decrypted(encrypted: &[u8]) -> Result<Vec<u8>, EncryptionError> {
        let mut out = Vec::new();
        decrypt(&pass("open sesame"), encrypted, &mut out).map(|()| out)
    }

    #[test]
    fn only_the_right_passphrase_decrypts() {
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7] {
            let clear: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            let encrypted = encrypted(&clear);
            assert_eq!(encrypted.len(), HEADER + size + TAG * size.div_ceil(CHUNK).max(1), "{size}");
            assert_eq!(decrypted(&encrypted).unwrap(), clear, "{size}");
        }
        let other = decrypt(&pass("open Sesame"), &encrypted(b"secret")[..], io::sink());
        assert!(matches!(other, Err(EncryptionError::Wrong)));
        assert_ne!(encrypted(b"secret"), encrypted(b"secret"), "every file has its own key");
    }

    #[test]
    fn changed_cut_or_moved_bytes_are_noticed() {
        let clear = vec![7; 2 * CHUNK + 100];
        let encrypted = encrypted(&clear);
        for at in [0, MAGIC.len() + 7, MAGIC.len() + 8, HEADER - 1, HEADER, HEADER + CHUNK + TAG, encrypted.len() - 1] {
            let mut changed = encrypted.clone();
            changed[at] ^= 1;
            assert!(decrypted(&changed).is_err(), "byte {at}");
        }
        let second = HEADER + CHUNK + TAG;
        for end in [0, HEADER - 1, HEADER, second, second + CHUNK + TAG, encrypted.len() - 1] {
            assert!(decrypted(&encrypted[..end]).is_err(), "cut at {end}");
        }
        let swapped =
            [&encrypted[..HEADER], &encrypted[second..second + CHUNK + TAG], &encrypted[HEADER..second]].concat();
        assert!(decrypted(&swapped).is_err());
        assert!(decrypted(&[&encrypted[..], b"x"].concat()).is_err());
        assert!(matches!(decrypted(b"SQLite format 3"), Err(EncryptionError::NotEncrypted)));
    }

    #[test]
    fn header_that_asks_for_too_much_memory_is_refused() {
        let mut greedy = encrypted(b"");
        greedy[MAGIC.len()] = 0xff;
        assert!(matches!(decrypted(&greedy), Err(EncryptionError::NotEncrypted)));
    }
}
