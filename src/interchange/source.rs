//! The bytes of a file: hashed and counted as they pass, checked for NUL and Ctrl-Z.

use super::FileError;
use sha2::{Digest, Sha256};
use std::io::Read;

const CTRL_Z: u8 = 0x1A;

/// Bytes on their way in. A trailing Ctrl-Z, which old systems write as end of file, is taken off.
#[derive(Debug)]
pub struct Source<R> {
    input: R,
    hash: Sha256,
    bytes: u64,
    line: u64,
    end_mark: Option<u64>,
}

/// What a file was, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// SHA-256 of every byte, in hexadecimal.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
}

impl<R: Read> Source<R> {
    /// Wraps a reader.
    pub fn new(input: R) -> Self {
        Self { input, hash: Sha256::new(), bytes: 0, line: 1, end_mark: None }
    }

    /// Fills the buffer from its start; 0 at the end of the file.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, FileError> {
        loop {
            let count = self.read(buffer)?;
            if count == 0 {
                return Ok(0);
            }
            let usable = self.check(&buffer[..count])?;
            if usable > 0 {
                return Ok(usable);
            }
        }
    }

    /// Whether Ctrl-Z has come.
    pub(super) fn has_end_mark(&self) -> bool {
        self.end_mark.is_some()
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Hash and length, once the file has been read to its end.
    pub fn facts(self) -> FileFacts {
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        FileFacts { sha256, bytes: self.bytes }
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, FileError> {
        loop {
            match self.input.read(buffer) {
                Ok(count) => {
                    self.hash.update(&buffer[..count]);
                    self.bytes += count as u64;
                    return Ok(count);
                }
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e.into()),
            }
        }
    }

    /// How many of these bytes are data. After Ctrl-Z only more of it and padding may come: blanks, NUL, and what a
    /// spreadsheet writes around and behind a cell.
    fn check(&mut self, bytes: &[u8]) -> Result<usize, FileError> {
        let mut usable = 0;
        for byte in bytes {
            match (*byte, self.end_mark) {
                (CTRL_Z, None) => self.end_mark = Some(self.line),
                (CTRL_Z | 0 | b'\r' | b'\n' | b'\t' | b' ' | b',' | b'"', Some(_)) => {}
                (0, None) => return Err(FileError::Nul { line: self.line }),
                (_, Some(line)) => return Err(FileError::AfterEndMark { line }),
                (b'\n', None) => {
                    self.line += 1;
                    usable += 1;
                }
                (_, None) => usable += 1,
            }
        }
        Ok(usable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Result<(Vec<u8>, FileFacts), FileError> {
        let mut source = Source::new(bytes);
        let mut all = Vec::new();
        let mut buffer = [0; 3];
        loop {
            match source.fill(&mut buffer)? {
                0 => return Ok((all, source.facts())),
                count => all.extend_from_slice(&buffer[..count]),
            }
        }
    }

    #[test]
    fn a_trailing_ctrl_z_is_no_data_but_part_of_the_hash() {
        let (data, facts) = read_all(b"a,b\r\n\x1a").unwrap();
        assert_eq!(data, b"a,b\r\n");
        assert_eq!(facts.bytes, 6);
        assert_ne!(facts.sha256, read_all(b"a,b\r\n").unwrap().1.sha256);
        assert_eq!(read_all(b"a,b\x1a\r\n\x1a").unwrap().0, b"a,b");
    }

    #[test]
    fn data_after_ctrl_z_and_nul_bytes_are_refused_with_their_line() {
        assert!(matches!(read_all(b"a\nb\x1ac\n"), Err(FileError::AfterEndMark { line: 2 })));
        assert!(matches!(read_all(b"a\nb\n\0"), Err(FileError::Nul { line: 3 })));
    }
}
