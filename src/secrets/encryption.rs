//! Files sealed with a passphrase: Argon2id makes the key, XChaCha20-Poly1305 in the STREAM construction seals. Nothing
//! can be changed, cut off or moved inside without being noticed.
//!
//! A header, which every chunk answers for, then chunks of 64 KiB with 16 bytes more each. The salt is new for every
//! file, so no two files share a key.

use super::Passphrase;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// A sealed file begins so.
pub const MAGIC: &[u8; 16] = b"mykempo sealed 1";
const SALT: usize = 16;
const NONCE: usize = 19;
const HEADER: usize = MAGIC.len() + 8 + SALT + NONCE;
const CHUNK: usize = 1 << 16;
const TAG: usize = 16;
/// 64 MiB and three passes: a passphrase is tried by whoever has the file, as long as he likes.
const MEMORY_KIB: u32 = 1 << 16;
const PASSES: u32 = 3;
/// A header that asks for more memory is not from here.
const MOST_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 16;

/// A file cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum EncryptionError {
    /// It does not begin as a sealed file does.
    #[error("not a sealed file")]
    NotSealed,
    /// Another passphrase, or another content than was sealed.
    #[error("wrong passphrase, or the file was changed")]
    Wrong,
    /// The file could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No randomness, or no memory for the key.
    #[error("{0}")]
    Machine(String),
}

/// Seals everything that `from` gives into `to`.
pub fn encrypt(passphrase: &Passphrase, from: impl Read, mut to: impl Write) -> Result<(), EncryptionError> {
    let mut random = [0; SALT + NONCE];
    getrandom::fill(&mut random).map_err(|e| EncryptionError::Machine(e.to_string()))?;
    let header = [&MAGIC[..], &MEMORY_KIB.to_be_bytes(), &PASSES.to_be_bytes(), &random].concat();
    let mut stream = EncryptorBE32::from_aead(cipher(passphrase, &header)?, header[HEADER - NONCE..].into());
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

/// Opens what [`seal`] wrote. What has come out before an error is not to be trusted.
pub fn decrypt(passphrase: &Passphrase, mut from: impl Read, mut to: impl Write) -> Result<(), EncryptionError> {
    let mut header = [0; HEADER];
    from.read_exact(&mut header).map_err(|_| EncryptionError::NotSealed)?;
    if !header.starts_with(MAGIC) {
        return Err(EncryptionError::NotSealed);
    }
    let mut stream = DecryptorBE32::from_aead(cipher(passphrase, &header)?, header[HEADER - NONCE..].into());
    let mut chunks = Chunks::new(from, CHUNK + TAG)?;
    while let Some(mut chunk) = chunks.before_last()? {
        stream.decrypt_next_in_place(&header, &mut *chunk).map_err(|_| EncryptionError::Wrong)?;
        to.write_all(&chunk)?;
    }
    let mut last = chunks.last();
    stream.decrypt_last_in_place(&header, &mut *last).map_err(|_| EncryptionError::Wrong)?;
    Ok(to.write_all(&last)?)
}

/// The cipher under the key that passphrase and header make.
fn cipher(passphrase: &Passphrase, header: &[u8]) -> Result<XChaCha20Poly1305, EncryptionError> {
    let number = |at: usize| header[at..].first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
    let (memory, passes) = (number(MAGIC.len()), number(MAGIC.len() + 4));
    if memory > MOST_KIB || passes > MOST_PASSES {
        return Err(EncryptionError::NotSealed);
    }
    let salt = &header[MAGIC.len() + 8..HEADER - NONCE];
    let machine = |e: argon2::Error| EncryptionError::Machine(e.to_string());
    let params = Params::new(memory, passes, 1, None).map_err(|_| EncryptionError::NotSealed)?;
    let mut key = Zeroizing::new([0; 32]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.expose().as_bytes(), salt, &mut *key).map_err(machine)?;
    Ok(XChaCha20Poly1305::new((&*key).into()))
}

/// Equal pieces of a stream; which one is the last is known before it is given out.
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
        // Room for the tag, so that nothing clear is left behind by growing.
        let mut piece = Zeroizing::new(Vec::with_capacity(self.size + TAG));
        self.from.by_ref().take(self.size as u64).read_to_end(&mut piece)?;
        Ok(piece)
    }

    /// The next piece, if another one follows it.
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

    fn sealed(clear: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        encrypt(&pass("open sesame"), clear, &mut out).unwrap();
        out
    }

    fn opened(sealed: &[u8]) -> Result<Vec<u8>, EncryptionError> {
        let mut out = Vec::new();
        decrypt(&pass("open sesame"), sealed, &mut out).map(|()| out)
    }

    #[test]
    fn what_was_sealed_opens_with_its_passphrase_alone() {
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7] {
            let clear: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            let sealed = sealed(&clear);
            assert_eq!(sealed.len(), HEADER + size + TAG * size.div_ceil(CHUNK).max(1), "{size}");
            assert_eq!(opened(&sealed).unwrap(), clear, "{size}");
        }
        let other = decrypt(&pass("open Sesame"), &sealed(b"secret")[..], io::sink());
        assert!(matches!(other, Err(EncryptionError::Wrong)));
        assert_ne!(sealed(b"secret"), sealed(b"secret"), "every file has its own key");
    }

    #[test]
    fn a_byte_changed_cut_off_or_moved_is_noticed() {
        let clear = vec![7; 2 * CHUNK + 100];
        let sealed = sealed(&clear);
        for at in [0, MAGIC.len() + 7, MAGIC.len() + 8, HEADER - 1, HEADER, HEADER + CHUNK + TAG, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(opened(&changed).is_err(), "byte {at}");
        }
        let second = HEADER + CHUNK + TAG;
        for end in [0, HEADER - 1, HEADER, second, second + CHUNK + TAG, sealed.len() - 1] {
            assert!(opened(&sealed[..end]).is_err(), "cut at {end}");
        }
        let swapped = [&sealed[..HEADER], &sealed[second..second + CHUNK + TAG], &sealed[HEADER..second]].concat();
        assert!(opened(&swapped).is_err());
        assert!(opened(&[&sealed[..], b"x"].concat()).is_err());
        assert!(matches!(opened(b"SQLite format 3"), Err(EncryptionError::NotSealed)));
    }

    #[test]
    fn a_header_that_asks_for_all_memory_is_refused() {
        let mut greedy = sealed(b"");
        greedy[MAGIC.len()] = 0xff;
        assert!(matches!(opened(&greedy), Err(EncryptionError::NotSealed)));
    }
}
