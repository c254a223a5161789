//! One row's cells while it is being understood: values come out as domain types, faults gather.

use super::header::Header;
use super::records::RawRecord;
use super::row_error::{is_slashed_date, lacks_its_zero, looks_spreadsheet_made};
use super::{Encoding, FileError, RowCode, RowError, RowWarning};
use crate::text::{DateError, is_dash, is_private_use, nfkc, parse_date, plain_line, unmark, widen};
use chrono::NaiveDate;
use std::borrow::Cow;

/// A row's cells by column (an index into the row's `COLUMNS`).
#[derive(Debug)]
pub struct Cells<'a> {
    columns: &'static [&'static str],
    values: Vec<Cow<'a, str>>,
    line: u64,
    errors: Vec<RowError>,
    warnings: Vec<RowWarning>,
}

impl<'a> Cells<'a> {
    /// Decodes the cells of the expected columns.
    pub(super) fn decode(
        record: RawRecord<'a>,
        encoding: Encoding,
        header: &Header,
        columns: &'static [&'static str],
    ) -> Result<Self, FileError> {
        let line = record.line();
        let mut values = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            let bytes = unmark(record.field(header.place(at)).unwrap_or_default());
            let undecodable =
                || FileError::Undecodable { line, column: (*column).to_owned(), encoding: encoding.name() };
            values.push(encoding.decode(bytes).ok_or_else(undecodable)?);
        }
        Ok(Self { columns, values, line, errors: Vec::new(), warnings: Vec::new() })
    }

    /// What stands in the column.
    pub(super) fn raw(&self, column: usize) -> &str {
        self.values.get(column).map_or("", |value| value)
    }

    /// Whether nothing but space stands there.
    pub(super) fn is_blank(&self, column: usize) -> bool {
        self.raw(column).trim().is_empty()
    }

    /// A value of a domain type, or a fault of this code.
    pub(super) fn parse<T>(
        &mut self,
        column: usize,
        code: RowCode,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = parse(self.raw(column));
        if value.is_none() {
            self.fault(column, code);
        }
        value
    }

    /// One of a list of codes (`1`, `2`, …) in any width.
    pub(super) fn one_of<T: Copy>(&mut self, column: usize, list: &[(&str, T)]) -> Option<T> {
        self.parse(column, RowCode::BadKind, |text| {
            let text = nfkc(text);
            list.iter().find(|(code, _)| *code == text).map(|(_, value)| *value)
        })
    }

    /// A date that may be blank; the outer nothing is a fault.
    pub(super) fn date(&mut self, column: usize) -> Option<Option<NaiveDate>> {
        self.parse(column, RowCode::BadDate, |text| parse_date(text).ok())
    }

    /// A date that must be there.
    pub(super) fn required_date(&mut self, column: usize) -> Option<NaiveDate> {
        self.parse(column, RowCode::BadDate, |text| {
            parse_date(text).and_then(|date| date.ok_or(DateError::NoDate)).ok()
        })
    }

    /// One line of text, safe to show and print, half-width kana widened. What a spreadsheet made is warned of.
    pub(super) fn text(&mut self, column: usize) -> String {
        let value = self.raw(column);
        let damaged = looks_spreadsheet_made(value) || is_slashed_date(value);
        let text = widen(&plain_line(value)).into_owned();
        if damaged {
            self.warn(RowWarning::ExcelDamage);
        }
        text
    }

    /// A telephone number, as it was typed. One that has lost its first zero is warned of.
    pub(super) fn phone(&mut self, column: usize) -> String {
        if lacks_its_zero(self.raw(column)) {
            self.warn(RowWarning::ExcelDamage);
        }
        self.text(column)
    }

    /// A name that must be there: its spaces become one full-width space each. Unprintable characters are warned of.
    pub(super) fn name(&mut self, column: usize) -> Option<String> {
        let text = self.text(column);
        let name = spaced(&text);
        if name.is_empty() {
            self.fault(column, RowCode::MissingName);
            return None;
        }
        if name.chars().any(|c| is_private_use(c) || c == char::REPLACEMENT_CHARACTER) {
            self.warn(RowWarning::UnprintableName);
        }
        Some(name)
    }

    /// A person's reading in full-width kana; the outer nothing is a fault.
    pub(super) fn kana(&mut self, column: usize) -> Option<String> {
        self.reading(column, is_reading)
    }

    /// An employer's reading, which may have what stands in the names of firms: `カ)ホクト`, `NTTデータ`.
    pub(super) fn firm_kana(&mut self, column: usize) -> Option<String> {
        self.reading(column, |c| is_reading(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '&'))
    }

    /// A reading as somebody typed it, kana or not: it is for the clerk to see.
    pub(super) fn typed_kana(&self, column: usize) -> String {
        spaced(&plain_line(&nfkc(&widen(self.raw(column)))))
    }

    fn reading(&mut self, column: usize, fits: impl Fn(char) -> bool) -> Option<String> {
        self.parse(column, RowCode::BadKana, |text| {
            let kana = spaced(&nfkc(&widen(text)));
            kana.chars().all(fits).then_some(kana)
        })
    }

    /// Notes a fault.
    pub(super) fn fault(&mut self, column: usize, code: RowCode) {
        let name = self.columns.get(column).copied().unwrap_or_default();
        self.errors.push(RowError::new(self.line, name, self.raw(column), code));
    }

    /// Notes a warning, once.
    pub(super) fn warn(&mut self, warning: RowWarning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// What has gathered.
    pub(super) fn finish(self) -> (Vec<RowError>, Vec<RowWarning>) {
        (self.errors, self.warnings)
    }
}

/// One full-width space between the parts of a name.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("　")
}

/// Kana, its marks, and what joins parts of a foreign name.
fn is_reading(c: char) -> bool {
    is_dash(c) || matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ァ'..='ヺ' | '・'..='ヾ' | '　' | '.' | '\'' | '’' | ',')
}
