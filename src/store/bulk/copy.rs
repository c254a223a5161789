//! PostgreSQL's COPY text format.

use crate::store::StoreError;
use chrono::NaiveDate;
use sqlx::{Postgres, Transaction};
use std::fmt::Write;

/// Rows on their way into one table.
#[derive(Debug, Default)]
pub(super) struct CopyText {
    text: String,
    fields: usize,
}

impl CopyText {
    /// One field; nothing is NULL.
    pub(super) fn text(&mut self, value: Option<&str>) {
        self.separate();
        let Some(value) = value else { return self.text.push_str("\\N") };
        for c in value.chars() {
            match c {
                '\\' => self.text.push_str("\\\\"),
                '\t' => self.text.push_str("\\t"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                other => self.text.push(other),
            }
        }
    }

    pub(super) fn number(&mut self, value: Option<i64>) {
        match value {
            Some(value) => self.plain(value),
            None => self.text(None),
        }
    }

    pub(super) fn date(&mut self, value: Option<NaiveDate>) {
        match value {
            Some(value) => self.plain(value),
            None => self.text(None),
        }
    }

    pub(super) fn truth(&mut self, value: bool) {
        self.plain(if value { 't' } else { 'f' });
    }

    /// Ends a row.
    pub(super) fn end(&mut self) {
        self.text.push('\n');
        self.fields = 0;
    }

    /// Sends the rows.
    pub(super) async fn send(self, tx: &mut Transaction<'static, Postgres>, into: &str) -> Result<(), StoreError> {
        let mut copy = tx.copy_in_raw(into).await?;
        copy.send(self.text.into_bytes()).await?;
        copy.finish().await?;
        Ok(())
    }

    fn plain(&mut self, value: impl std::fmt::Display) {
        self.separate();
        // Writing into a String does not fail.
        let _ = write!(self.text, "{value}");
    }

    fn separate(&mut self) {
        if self.fields > 0 {
            self.text.push('\t');
        }
        self.fields += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::CopyText;

    #[test]
    fn what_would_end_a_field_or_row_is_escaped() {
        let mut copy = CopyText::default();
        copy.text(Some("a\tb\\c\nd\r"));
        copy.text(None);
        copy.number(Some(-3));
        copy.truth(true);
        copy.end();
        copy.text(Some("\\N"));
        copy.end();
        assert_eq!(copy.text, "a\\tb\\\\c\\nd\\r\t\\N\t-3\tt\n\\\\N\n");
    }
}
