//! A batch (バッチ): cards that are exported, printed and dispatched together.

use super::{coded, steps};
use chrono::NaiveDate;
use std::fmt;

coded! {
    /// Where a batch stands.
    pub enum BatchState {
        /// 作成
        Draft = "draft",
        /// 承認済
        Approved = "approved",
        /// 出力済: the PDF exists.
        Exported = "exported",
        /// 印刷済
        Printed = "printed",
        /// 発送済
        Dispatched = "dispatched",
        /// 取消
        Cancelled = "cancelled",
        /// 期限切れ: its PDF was gone before it was printed (B16).
        Expired = "expired",
    }
}

coded! {
    /// What can be done with a batch.
    pub enum BatchStep {
        /// 承認
        Approve = "approve",
        /// 出力
        Export = "export",
        /// 印刷完了
        Print = "print",
        /// 発送確定
        Dispatch = "dispatch",
        /// 取消
        Cancel = "cancel",
        /// 期限切れ: a step of the program, not of a person (B16).
        Expire = "expire",
    }
}

/// The life of a batch, whole: from, step, to.
pub const BATCH_TABLE: &[(BatchState, BatchStep, BatchState)] = {
    use BatchState as S;
    use BatchStep as T;
    &[
        (S::Draft, T::Approve, S::Approved),
        (S::Draft, T::Cancel, S::Cancelled),
        (S::Approved, T::Export, S::Exported),
        (S::Approved, T::Cancel, S::Cancelled),
        (S::Exported, T::Print, S::Printed),
        (S::Exported, T::Cancel, S::Cancelled),
        (S::Exported, T::Expire, S::Expired),
        (S::Printed, T::Dispatch, S::Dispatched),
    ]
};

impl BatchState {
    /// Where the step leads, or nothing where the table has no such row.
    pub fn after(self, step: BatchStep) -> Option<Self> {
        steps::after(BATCH_TABLE, self, step)
    }

    /// What a person may do next, in the order of the table.
    pub fn next(self) -> impl Iterator<Item = BatchStep> {
        let steps = BATCH_TABLE.iter().filter(move |(from, _, _)| *from == self).map(|(_, step, _)| *step);
        steps.filter(|step| *step != BatchStep::Expire)
    }
}

/// `B20261122-001`: the day of drafting and a running number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchNumber(String);

impl BatchNumber {
    /// The n-th batch of a day, from 1.
    pub fn new(day: NaiveDate, n: u32) -> Self {
        Self(format!("B{}-{n:03}", day.format("%Y%m%d")))
    }

    /// Parses any width and case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = crate::text::nfkc(text).to_uppercase();
        let (day, n) = text.strip_prefix('B')?.split_once('-')?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let fits = day.len() == 8 && digits(day) && n.len() >= 3 && digits(n);
        fits.then_some(Self(text))
    }

    /// B6: `B20261122-001-0042`.
    pub fn serial(&self, position: usize) -> String {
        format!("{}-{position:04}", self.0)
    }

    /// The number as text, as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BatchNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for BatchNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl TryFrom<String> for BatchNumber {
    type Error = super::UnknownCode;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or(super::UnknownCode { of: "BatchNumber", code, known: &[] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b6_serials_are_batch_and_position() {
        let number = BatchNumber::new(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(), 1);
        assert_eq!(number.serial(42), "B20261122-001-0042");
        assert_eq!(BatchNumber::parse("ｂ20261122－001"), Some(number));
        assert_eq!(BatchNumber::parse("B2026-1"), None);
    }

    #[test]
    fn a_printed_batch_is_not_cancelled() {
        assert_eq!(BatchState::Printed.after(BatchStep::Cancel), None);
        assert_eq!(BatchState::Exported.after(BatchStep::Cancel), Some(BatchState::Cancelled));
    }
}
