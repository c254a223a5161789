//! What a filled-in form hands on: the value of each row, in their order.

use crate::usecases::staff::Passphrase;
use chrono::NaiveDate;

/// What stood in a row.
#[derive(Debug)]
pub(super) enum FilledValue {
    /// As it was typed, or the code of the choice.
    Text(String),
    /// Never shown; wiped when dropped.
    Secret(Passphrase),
    /// As it was understood; none where the row was left empty.
    Day(Option<NaiveDate>),
}

/// The values, to be taken one after another. A row that is of another kind gives an empty one.
#[derive(Debug)]
pub(crate) struct Filled(std::vec::IntoIter<FilledValue>);

impl Filled {
    pub(super) fn of(values: Vec<FilledValue>) -> Self {
        Self(values.into_iter())
    }

    /// The text of the next row, or the code of its choice.
    pub(crate) fn text(&mut self) -> String {
        match self.0.next() {
            Some(FilledValue::Text(text)) => text,
            Some(FilledValue::Secret(_) | FilledValue::Day(_)) | None => String::new(),
        }
    }

    /// The next row, which was typed hidden.
    pub(crate) fn secret(&mut self) -> Passphrase {
        match self.0.next() {
            Some(FilledValue::Secret(secret)) => secret,
            Some(FilledValue::Text(_) | FilledValue::Day(_)) | None => Passphrase::new(String::new()),
        }
    }

    /// The day of the next row.
    pub(crate) fn day(&mut self) -> Option<NaiveDate> {
        match self.0.next() {
            Some(FilledValue::Day(day)) => day,
            Some(FilledValue::Text(_) | FilledValue::Secret(_)) | None => None,
        }
    }
}
