//! A point of the audit chain, kept outside the database: a chain that was cut or rewritten does not run through it.

use std::fmt;
use std::str::FromStr;

/// `SEQ:HASH`, where the hash is a SHA-256 in hex. The anchor of an empty log is `0:`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Anchor {
    /// Position in the chain.
    pub seq: i64,
    /// Hash of the entry there.
    pub hash: String,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

/// Not of the form `SEQ:HASH`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not SEQ:HASH, with 64 hex digits")]
pub struct NoAnchor;

impl FromStr for Anchor {
    type Err = NoAnchor;

    fn from_str(text: &str) -> Result<Self, NoAnchor> {
        let (seq, hash) = text.trim().split_once(':').ok_or(NoAnchor)?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0).ok_or(NoAnchor)?;
        let hash = hash.to_ascii_lowercase();
        let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if is_hash || (seq == 0 && hash.is_empty()) { Ok(Self { seq, hash }) } else { Err(NoAnchor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_reads_as_it_was_written() {
        let anchor = Anchor { seq: 1204, hash: "9f".repeat(32) };
        assert_eq!(anchor.to_string().parse(), Ok(anchor.clone()));
        assert_eq!(format!(" 1204:{} ", "9F".repeat(32)).parse(), Ok(anchor));
        assert_eq!("0:".parse(), Ok(Anchor { seq: 0, hash: String::new() }));
        for wrong in ["", "12", "12:abc", "-1:", "x:9f", &format!("1:{}", "g".repeat(64))] {
            assert_eq!(wrong.parse::<Anchor>(), Err(NoAnchor), "{wrong}");
        }
    }
}
