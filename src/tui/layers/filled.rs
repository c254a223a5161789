//! What a filled-in form hands on: the value of each row, in their order.

use crate::secrets::Passphrase;
use chrono::NaiveDate;

/// What stood in a row.
#[derive(Debug)]
pub(super) enum Value {
    /// As it was typed, or the code of the choice.
    Text(String),
    /// Never shown; wiped when dropped.
    Secret(Passphrase),
    /// As it was understood; none where the row was left empty.
    Day(Option<NaiveDate>),
}

/// The values, to be taken one after another. A row that is of another kind gives an empty one.
#[derive(Debug)]
pub(crate) struct Filled(std::vec::IntoIter<Value>);

impl Filled {
    pub(super) fn of(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    /// The text of the next row, or the code of its choice.
    pub(crate) fn text(&mut self) -> String {
        match self.0.next() {
            Some(Value::Text(text)) => text,
            Some(Value::Secret(_) | Value::Day(_)) | None => String::new(),
        }
    }

    /// The next row, which was typed hidden.
    pub(crate) fn secret(&mut self) -> Passphrase {
        match self.0.next() {
            Some(Value::Secret(secret)) => secret,
            Some(Value::Text(_) | Value::Day(_)) | None => Passphrase::new(String::new()),
        }
    }

    /// The day of the next row.
    pub(crate) fn day(&mut self) -> Option<NaiveDate> {
        match self.0.next() {
            Some(Value::Day(day)) => day,
            Some(Value::Text(_) | Value::Secret(_)) | None => None,
        }
    }
}
