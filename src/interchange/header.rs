//! Columns by their header names, in any order.

use super::encoding::Encoding;
use super::records::RawRecord;
use super::rejects::EXTRA_COLUMNS;
use super::{Column, FileError, Presence};
use crate::text::nfkc;

/// Where each expected column stands, and what else the header has.
#[derive(Debug)]
pub(super) struct Header {
    /// The place of each expected column, in the order expected; beyond every row where the file lacks it.
    places: Vec<usize>,
    width: usize,
    unknown: Vec<String>,
}

impl Header {
    /// Finds every expected column, whatever its width and case.
    pub(super) fn read(record: RawRecord<'_>, encoding: Encoding, expected: &[Column]) -> Result<Self, FileError> {
        let names: Vec<String> = record
            .fields()
            .enumerate()
            .map(|(at, bytes)| name(bytes, at, record.line(), encoding))
            .collect::<Result<_, _>>()?;
        let mut places = Vec::with_capacity(expected.len());
        let mut missing = Vec::new();
        for column in expected {
            let title = fold(column.header);
            let mut found = names.iter().enumerate().filter(|(_, name)| **name == title);
            match (found.next(), found.next(), column.presence) {
                (Some((place, _)), None, _) => places.push(place),
                (None, _, Presence::May) => places.push(usize::MAX),
                (None, _, Presence::Must) => missing.push(column.header),
                (Some(_), Some(_), _) => return Err(FileError::DuplicateColumn(column.header)),
            }
        }
        if !missing.is_empty() {
            return Err(FileError::MissingColumns(missing));
        }
        let ours = || expected.iter().map(|column| column.header).chain(EXTRA_COLUMNS);
        let known = |name: &str| ours().any(|header| fold(header) == name);
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
