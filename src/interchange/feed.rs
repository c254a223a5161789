//! The credential feed for the portal: UTF-8 without byte-order mark, LF, ascending sequence number.
//!
//! It is read by a machine: no mark (readers that do not expect one take it for part of `連番`), and no apostrophes
//! before values, which would no longer be the member's. No value can begin a formula: keys are letters, digits and
//! kana, login IDs begin with a letter or digit (checked when they come in), hashes with `$`. The zeros of keys are
//! already dropped; a branch is two digits and loses its zero only if a person saves the file from a spreadsheet.

use super::sheet::writer;
use std::io::{self, Write};

/// Columns, in this order.
pub const FEED_COLUMNS: [&str; 12] = [
    "連番",
    "発生日時",
    "操作",
    "種別",
    "記号",
    "番号",
    "枝番",
    "ログインID",
    "ハッシュ",
    "有効開始日",
    "要変更",
    "有効終了日",
];

/// One instruction, in words. No `Debug`: it holds a hash.
#[derive(serde::Serialize)]
pub struct FeedRow<'a> {
    /// 連番
    pub seq: i64,
    /// 発生日時, as Japan's wall clock.
    pub at: chrono::DateTime<chrono::Utc>,
    /// 操作: activate, revoke, close.
    pub operation: &'a str,
    /// 種別: login, viewing; blank for close.
    pub kind: &'a str,
    /// 記号
    pub symbol: &'a str,
    /// 番号
    pub number: &'a str,
    /// 枝番
    pub branch: &'a str,
    /// ログインID
    pub login_id: &'a str,
    /// ハッシュ (PHC string)
    pub hash: &'a str,
    /// 有効開始日
    pub valid_from: chrono::NaiveDate,
    /// 要変更 (L3)
    pub must_change: bool,
    /// 有効終了日, the last day; blank without an end (L5).
    pub valid_until: Option<chrono::NaiveDate>,
}

/// Writes the feed.
#[derive(Debug)]
pub struct FeedWriter<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> FeedWriter<W> {
    /// Begins with the header.
    pub fn new(out: W) -> io::Result<Self> {
        let mut feed = Self { out: writer(csv::Terminator::Any(b'\n'), out) };
        feed.record(FEED_COLUMNS)?;
        Ok(feed)
    }

    /// Writes one instruction.
    pub fn write(&mut self, row: &FeedRow<'_>) -> io::Result<()> {
        let at = crate::text::japan::local(row.at);
        self.record([
            row.seq.to_string().as_str(),
            &at.format("%Y-%m-%d %H:%M:%S").to_string(),
            row.operation,
            row.kind,
            row.symbol,
            row.number,
            row.branch,
            row.login_id,
            row.hash,
            &row.valid_from.to_string(),
            if row.must_change { "1" } else { "0" },
            &row.valid_until.map(|day| day.to_string()).unwrap_or_default(),
        ])
    }

    /// Flushes and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn record(&mut self, cells: [&str; 12]) -> io::Result<()> {
        Ok(self.out.write_record(cells)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, TimeZone, Utc};

    #[test]
    fn an_instruction_is_one_line_for_a_machine() {
        let mut feed = FeedWriter::new(Vec::new()).unwrap();
        feed.write(&FeedRow {
            seq: 12,
            at: Utc.with_ymd_and_hms(2026, 11, 24, 1, 2, 3).unwrap(),
            operation: "activate",
            kind: "viewing",
            symbol: "260",
            number: "1",
            branch: "00",
            login_id: "taro",
            hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
            valid_from: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            must_change: false,
            valid_until: NaiveDate::from_ymd_opt(2026, 12, 24),
        })
        .unwrap();
        let text = String::from_utf8(feed.finish().unwrap()).unwrap();
        let second = text.lines().nth(1).unwrap();
        assert_eq!(
            second,
            "12,2026-11-24 10:02:03,activate,viewing,260,1,00,taro,\"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA\",2026-11-24,0,2026-12-24"
        );
    }
}
