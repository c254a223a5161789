//! One row's cells while it is being understood: values come out as domain types, faults gather.

use super::header::Header;
use super::records::RawRecord;
use super::row_error::{is_slashed_date, lacks_its_zero, looks_spreadsheet_made};
use super::{Column, Encoding, FileError, RowCode, RowError, RowWarning};
use crate::text::{DateError, is_dash, is_private_use, nfkc, parse_date, plain_line, unmark, widen};
use chrono::NaiveDate;
use std::borrow::Cow;

/// A row's cells by place (an index into the row's `COLUMNS`).
#[derive(Debug)]
pub struct Cells<'a> {
    columns: &'static [Column],
    values: Vec<Cow<'a, str>>,
    /// The first column that no field was read from yet.
    next: usize,
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
        columns: &'static [Column],
    ) -> Result<Self, FileError> {
        let line = record.line();
        let mut values = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            let bytes = unmark(record.field(header.place(at)).unwrap_or_default());
            let undecodable =
                || FileError::Undecodable { line, column: column.header.to_owned(), encoding: encoding.name() };
            values.push(encoding.decode(bytes).ok_or_else(undecodable)?);
        }
        Ok(Self { columns, values, next: 0, line, errors: Vec::new(), warnings: Vec::new() })
    }

    /// Reads a field from its columns, which follow those of the field before. See [`super::columns`].
    pub(super) fn field<T, const N: usize>(
        &mut self,
        _: [Column; N],
        parser: impl FnOnce(&mut Self, [usize; N]) -> Option<T>,
    ) -> Option<T> {
        let first = self.next;
        self.next += N;
        parser(self, std::array::from_fn(|at| first + at))
    }

    /// What stands in the column.
    pub(super) fn raw(&self, at: usize) -> &str {
        self.values.get(at).map_or("", |value| value)
    }

    /// Whether nothing but space stands there.
    pub(super) fn is_blank(&self, at: usize) -> bool {
        self.raw(at).trim().is_empty()
    }

    /// A value of a domain type, or a fault.
    pub(super) fn parse<T>(&mut self, [at]: [usize; 1], parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = parse(self.raw(at));
        if value.is_none() {
            self.fault(at);
        }
        value
    }

    /// A date that may be blank; the outer nothing is a fault.
    pub(super) fn date(&mut self, at: [usize; 1]) -> Option<Option<NaiveDate>> {
        self.parse(at, |text| parse_date(text).ok())
    }

    /// A date that must be there.
    pub(super) fn required_date(&mut self, at: [usize; 1]) -> Option<NaiveDate> {
        self.parse(at, |text| parse_date(text).and_then(|date| date.ok_or(DateError::NoDate)).ok())
    }

    /// A date that may be blank, and is a fault of its own before the day on which it began.
    pub(super) fn end_date(&mut self, [at]: [usize; 1], began: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
        let ended = self.date([at])?;
        if ended.zip(began).is_some_and(|(ended, began)| ended < began) {
            self.fault_of(at, RowCode::LostBeforeAcquired);
        }
        Some(ended)
    }

    /// One line of text, safe to show and print, half-width kana widened. What a spreadsheet made is warned of.
    pub(super) fn text(&mut self, [at]: [usize; 1]) -> Option<String> {
        let value = self.raw(at);
        let damaged = looks_spreadsheet_made(value) || is_slashed_date(value);
        let text = widen(&plain_line(value)).into_owned();
        if damaged {
            self.warn(RowWarning::ExcelDamage);
        }
        Some(text)
    }

    /// A telephone number, as it was typed. One that has lost its first zero is warned of.
    pub(super) fn phone(&mut self, [at]: [usize; 1]) -> Option<String> {
        if lacks_its_zero(self.raw(at)) {
            self.warn(RowWarning::ExcelDamage);
        }
        self.text([at])
    }

    /// A name that must be there: its spaces become one full-width space each. Unprintable characters are warned of.
    pub(super) fn name(&mut self, [at]: [usize; 1]) -> Option<String> {
        let name = spaced(&self.text([at])?);
        if name.is_empty() {
            self.fault(at);
            return None;
        }
        if name.chars().any(|c| is_private_use(c) || c == char::REPLACEMENT_CHARACTER) {
            self.warn(RowWarning::UnprintableName);
        }
        Some(name)
    }

    /// A person's reading in full-width kana, which must be there.
    pub(super) fn kana(&mut self, at: [usize; 1]) -> Option<String> {
        self.parse(at, |text| reading(text, is_reading).filter(|kana| !kana.is_empty()))
    }

    /// An employer's reading, which may have what stands in the names of firms, `カ)ホクト`, `NTTデータ`, and be blank.
    pub(super) fn firm_kana(&mut self, at: [usize; 1]) -> Option<String> {
        let fits = |c: char| is_reading(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '&');
        self.parse(at, |text| reading(text, fits))
    }

    /// A reading as it was typed, kana or not: it is for the clerk to see.
    pub(super) fn typed_kana(&mut self, [at]: [usize; 1]) -> Option<String> {
        Some(spaced(&plain_line(&nfkc(&widen(self.raw(at))))))
    }

    /// Notes that the value does not fit, with the column's own code.
    pub(super) fn fault(&mut self, at: usize) {
        let code = self.columns.get(at).and_then(|column| column.code).unwrap_or(RowCode::BadKind);
        self.fault_of(at, code);
    }

    /// Notes that the value does not fit, with another code.
    pub(super) fn fault_of(&mut self, at: usize, code: RowCode) {
        let header = self.columns.get(at).map_or("", |column| column.header);
        self.errors.push(RowError::new(self.line, header, self.raw(at), code));
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

/// A parser of a column whose value is of a domain type.
pub(super) fn parsed<T>(parse: impl FnOnce(&str) -> Option<T>) -> impl FnOnce(&mut Cells<'_>, [usize; 1]) -> Option<T> {
    |cells, at| cells.parse(at, parse)
}

/// A parser of a column that has one of a list of codes (`1`, `2`, …) in any width.
pub(super) fn one_of<T: Copy>(list: &[(&str, T)]) -> impl FnOnce(&mut Cells<'_>, [usize; 1]) -> Option<T> {
    parsed(|text| {
        let text = nfkc(text);
        list.iter().find(|(code, _)| *code == text).map(|(_, value)| *value)
    })
}

/// A reading in full-width kana, if every character of it fits.
fn reading(text: &str, fits: impl Fn(char) -> bool) -> Option<String> {
    let kana = spaced(&nfkc(&widen(text)));
    kana.chars().all(fits).then_some(kana)
}

/// One full-width space between the parts of a name.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("　")
}

/// Kana, its marks, and what joins parts of a foreign name.
fn is_reading(c: char) -> bool {
    is_dash(c) || matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ァ'..='ヺ' | '・'..='ヾ' | '　' | '.' | '\'' | '’' | ',')
}
