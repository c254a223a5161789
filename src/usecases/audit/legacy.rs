//! Facts that versions before typed events wrote in words. This is the only place that reads such words.

use crate::domain::Anchor;

/// `audit_purged`: the last entry that was removed, `SEQ:HASH`.
pub(super) fn purged(detail: &str) -> Option<Anchor> {
    detail.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_older_versions_give_their_facts() {
        let anchor = Anchor { seq: 2, hash: "9f".repeat(32) };
        assert_eq!(purged(&anchor.to_string()), Some(anchor));
    }
}
