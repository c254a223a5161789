//! Kinds of records with a period of retention (保存期間).

use super::{UnknownCode, coded};
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

coded! {
    /// What retention knows.
    pub enum RetentionKind {
        /// 対応記録
        Notes = "notes",
        /// 処理の済んだ送付依頼
        Requests = "requests",
        /// 資格を喪失した加入者 with tombstones and old cards.
        Members = "members",
        /// 監査記録: the anchor of what was removed stays.
        Audit = "audit",
    }
}

/// Years that each kind is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// 対応記録
    pub notes: u32,
    /// 送付依頼
    pub requests: u32,
    /// 喪失した加入者
    pub tombstone: u32,
    /// 監査記録
    pub audit: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { notes: 5, requests: 5, tombstone: 5, audit: 7 }
    }
}

impl Retention {
    /// What is from this day or later must be kept.
    pub fn kept_from(&self, kind: RetentionKind, today: NaiveDate) -> NaiveDate {
        let years = match kind {
            RetentionKind::Notes => self.notes,
            RetentionKind::Requests => self.requests,
            RetentionKind::Members => self.tombstone,
            RetentionKind::Audit => self.audit,
        };
        today.checked_sub_months(Months::new(12 * years)).unwrap_or(NaiveDate::MIN)
    }
}

/// How many records of each kind are removed, as text `notes=2 requests=0`. A kind that policy still protects is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RetentionCounts(BTreeMap<RetentionKind, i64>);

impl RetentionCounts {
    /// Kind by kind.
    pub fn iter(&self) -> impl Iterator<Item = (RetentionKind, i64)> {
        self.0.iter().map(|(kind, count)| (*kind, *count))
    }

    /// The sum of all kinds.
    pub fn total(&self) -> i64 {
        self.0.values().sum()
    }
}

impl FromIterator<(RetentionKind, i64)> for RetentionCounts {
    fn from_iter<I: IntoIterator<Item = (RetentionKind, i64)>>(counts: I) -> Self {
        Self(counts.into_iter().collect())
    }
}

impl fmt::Display for RetentionCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (kind, count)) in self.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{}={count}", kind.code())?;
        }
        Ok(())
    }
}

impl FromStr for RetentionCounts {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let count = |part: &str| {
            let unknown = || UnknownCode { of: "RetentionCounts", code: part.to_owned(), known: &[] };
            let (kind, count) = part.split_once('=').ok_or_else(unknown)?;
            Ok((kind.parse()?, count.parse().map_err(|_| unknown())?))
        };
        text.split_whitespace().map(count).collect()
    }
}

impl TryFrom<String> for RetentionCounts {
    type Error = UnknownCode;

    fn try_from(text: String) -> Result<Self, UnknownCode> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_they_were_written() {
        let counts: RetentionCounts = [(RetentionKind::Notes, 2), (RetentionKind::Requests, 0)].into_iter().collect();
        assert_eq!(counts.to_string(), "notes=2 requests=0");
        assert_eq!("notes=2 requests=0".parse(), Ok(counts));
        assert_eq!("".parse(), Ok(RetentionCounts::default()));
        for wrong in ["notes", "notes=", "notes=x", "letters=1"] {
            assert!(wrong.parse::<RetentionCounts>().is_err(), "{wrong}");
        }
    }
}
