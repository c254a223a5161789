//! Kinds of records with a period of retention (保存期間).

use super::coded;
use chrono::{Months, NaiveDate};

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
