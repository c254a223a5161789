//! Columns by their header names, in any order.

use super::FileError;
use super::encoding::Encoding;
use super::records::RawRecord;
use super::rejects::EXTRA_COLUMNS;
use crate::text::nfkc;

/// Where each expected column stands, and what else the header has.
#[derive(Debug)]
pub(super) struct Header {
    /// The place of each expected column, in the order expected.
    places: Vec<usize>,
    width: usize,
    unknown: Vec<String>,
}

impl Header {
    /// Finds every expected column, whatever its width and case.
    pub(super) fn read(
        record: RawRecord<'_>,
        encoding: Encoding,
        expected: &[&'static str],
    ) -> Result<Self, FileError> {
        let names: Vec<String> = record
            .fields()
            .enumerate()
            .map(|(at, bytes)| name(bytes, at, record.line(), encoding))
            .collect::<Result<_, _>>()?;
        let mut places = Vec::with_capacity(expected.len());
        let mut missing = Vec::new();
        for column in expected {
            let mut found = names.iter().enumerate().filter(|(_, name)| **name == fold(column));
            match (found.next(), found.next()) {
                (Some((place, _)), None) => places.push(place),
                (None, _) => missing.push(*column),
                (Some(_), Some(_)) => return Err(FileError::DuplicateColumn(column)),
            }
        }
        if !missing.is_empty() {
            return Err(FileError::MissingColumns(missing));
        }
        let known = |name: &str| expected.iter().chain(&EXTRA_COLUMNS).any(|column| fold(column) == name);
        let unknown = names.iter().filter(|name| !name.is_empty() && !known(name)).cloned().collect();
        Ok(Self { places, width: names.len(), unknown })
    }

    /// Where the expected column stands.
    pub(super) fn place(&self, column: usize) -> usize {
        self.places.get(column).copied().unwrap_or(usize::MAX)
    }

    /// How many fields a row has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Columns that are not ours: ignored, and said so.
    pub(super) fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

fn name(bytes: &[u8], at: usize, line: u64, encoding: Encoding) -> Result<String, FileError> {
    let undecodable = || FileError::Undecodable { line, column: (at + 1).to_string(), encoding: encoding.name() };
    encoding.decode(bytes).map(|text| fold(&text)).ok_or_else(undecodable)
}

/// Width, case and space do not matter in a column's name.
fn fold(name: &str) -> String {
    nfkc(name).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
