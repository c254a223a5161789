//! CSV records with bounded memory, whatever the file says.
//!
//! Bytes are cut before they are decoded: in CP932 no second byte of a character is a comma, a quotation mark or a
//! line break, so a record keeps its very bytes for the rejects file.

use super::encoding::{Encoding, UTF8_MARK, is_utf16};
use super::{FileError, FileFacts, Source};
use csv_core::ReadRecordResult;
use std::io::Read;

/// The longest record, in bytes. Ours have a few hundred.
pub const MAX_RECORD: usize = 64 * 1024;
/// The most columns. Ours have twenty.
pub const MAX_COLUMNS: usize = 256;

const CHUNK: usize = 64 * 1024;

/// Reads record after record.
#[derive(Debug)]
pub struct Records<R> {
    source: Source<R>,
    parser: csv_core::Reader,
    input: Vec<u8>,
    from: usize,
    to: usize,
    text: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    line: u64,
    newlines: u64,
    ended: bool,
}

/// A record as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub struct RawRecord<'a> {
    text: &'a [u8],
    ends: &'a [usize],
    line: u64,
}

impl<'a> RawRecord<'a> {
    /// The line on which it begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many fields.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no field at all; a blank line is not even a record.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One field's bytes, without its quotation marks.
    pub fn field(&self, at: usize) -> Option<&'a [u8]> {
        let end = *self.ends.get(at)?;
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(start..end)
    }

    /// Every field's bytes.
    pub fn fields(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).filter_map(move |at| self.field(at))
    }
}

/// A record kept for later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedRecord {
    text: Box<[u8]>,
    ends: Box<[usize]>,
    line: u64,
}

impl RawRecord<'_> {
    /// A copy that outlives the next record.
    pub fn keep(&self) -> OwnedRecord {
        let end = self.ends.last().copied().unwrap_or_default();
        let text = self.text.get(..end).unwrap_or_default().into();
        OwnedRecord { text, ends: self.ends.into(), line: self.line }
    }
}

impl OwnedRecord {
    /// The record as a borrowed view.
    pub fn raw(&self) -> RawRecord<'_> {
        RawRecord { text: &self.text, ends: &self.ends, line: self.line }
    }
}

impl<R: Read> Records<R> {
    /// Looks at the first bytes; UTF-16 is refused here.
    pub fn open(input: R) -> Result<Self, FileError> {
        let mut records = Self {
            source: Source::new(input),
            parser: csv_core::Reader::new(),
            input: vec![0; CHUNK],
            from: 0,
            to: 0,
            text: vec![0; MAX_RECORD],
            ends: vec![0; MAX_COLUMNS],
            fields: 0,
            line: 1,
            newlines: 0,
            ended: false,
        };
        records.to = match records.source.fill(&mut records.input) {
            Err(FileError::Nul { .. } | FileError::AfterEndMark { .. }) if is_utf16(&records.input) => {
                return Err(FileError::Utf16);
            }
            filled => filled?,
        };
        if is_utf16(&records.input[..records.to]) {
            return Err(FileError::Utf16);
        }
        if records.input[..records.to].starts_with(UTF8_MARK) {
            records.from = UTF8_MARK.len();
        }
        Ok(records)
    }

    /// The next record, or nothing at the end of the file.
    pub fn advance(&mut self) -> Result<Option<RawRecord<'_>>, FileError> {
        let (mut text, mut ends) = (0, 0);
        loop {
            if self.from == self.to {
                self.from = 0;
                self.to = self.source.fill(&mut self.input)?;
                if self.to == 0 && !self.ended {
                    // A line break ends the last record where the file has none.
                    self.ended = true;
                    self.input[0] = b'\n';
                    self.to = 1;
                }
            }
            let input = &self.input[self.from..self.to];
            let (result, read, wrote, ended) =
                self.parser.read_record(input, &mut self.text[text..], &mut self.ends[ends..]);
            self.newlines += input[..read].iter().filter(|byte| **byte == b'\n').count() as u64;
            let own_end = u64::from(input[..read].last() == Some(&b'\n'));
            self.from += read;
            text += wrote;
            ends += ended;
            if self.ended && wrote > 0 {
                // Inside quotation marks that line break is text. The parser would take the end of the file for the
                // closing mark, and what is cut off, or what a stray mark has swallowed, would go unnoticed.
                return self.quote_left_open(text, ends);
            }
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => return Err(FileError::RecordTooLong { line: self.begin(text, 0) }),
                ReadRecordResult::OutputEndsFull => {
                    return Err(FileError::TooManyColumns { line: self.begin(text, 0) });
                }
                ReadRecordResult::Record => {
                    self.fields = ends;
                    self.line = self.begin(text, own_end);
                    return Ok(Some(self.current()));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// The record that [`Self::advance`] gave last.
    pub fn current(&self) -> RawRecord<'_> {
        RawRecord { text: &self.text, ends: &self.ends[..self.fields], line: self.line }
    }

    /// A spreadsheet that quotes everything has put the end mark in quotes, too: then nothing is missing.
    fn quote_left_open(&self, text: usize, ends: usize) -> Result<Option<RawRecord<'_>>, FileError> {
        let nothing_but_end_mark = text == 1 && ends == 0 && self.source.has_end_mark();
        if nothing_but_end_mark { Ok(None) } else { Err(FileError::OpenQuote { line: self.begin(text, 0) }) }
    }

    /// The line of the record's first byte: line breaks passed, less its own end and those inside it.
    fn begin(&self, text: usize, own_end: u64) -> u64 {
        let inside = self.text[..text].iter().filter(|byte| **byte == b'\n').count() as u64;
        (1 + self.newlines).saturating_sub(own_end + inside).max(1)
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.source.bytes()
    }

    /// Hash and length of what was read.
    pub fn facts(self) -> FileFacts {
        self.source.facts()
    }
}

/// The encoding of a whole header record.
pub(super) fn encoding_of(header: RawRecord<'_>) -> Encoding {
    let names: Vec<u8> = header.fields().flatten().copied().collect();
    Encoding::of_header(&names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, FileError> {
        let mut records = Records::open(bytes)?;
        let mut all = Vec::new();
        while let Some(record) = records.advance()? {
            all.push((record.line(), record.fields().map(|f| String::from_utf8_lossy(f).into_owned()).collect()));
        }
        Ok(all)
    }

    #[test]
    fn a_record_knows_the_line_on_which_it_begins() {
        let file = b"a,b\r\n\"1\r\n1\",2\r\n\r\n3,4\n\"x\ny\nz\",5\r\n6,7";
        let begins: Vec<u64> = lines(file).unwrap().iter().map(|(line, _)| *line).collect();
        assert_eq!(begins, [1, 2, 5, 6, 9]);
    }

    #[test]
    fn quoted_line_breaks_and_doubled_quotation_marks_are_text() {
        let rows = lines(b"\"a\r\nb\",\"say \"\"hi\"\"\",\r\n").unwrap();
        assert_eq!(rows[0].1, ["a\r\nb", "say \"hi\"", ""]);
    }

    #[test]
    fn a_line_without_end_is_refused_with_bounded_memory() {
        let endless = std::io::Read::take(std::io::repeat(b'x'), 100 * 1024 * 1024);
        let mut records = Records::open(endless).unwrap();
        assert!(matches!(records.advance(), Err(FileError::RecordTooLong { line: 1 })));
        assert!(records.bytes() < 1024 * 1024);
    }

    #[test]
    fn a_quotation_mark_left_open_is_named_by_its_line() {
        let mut file = b"a,b\r\n1,2\r\n\"3,4\r\n".to_vec();
        file.extend(b"5,6\r\n".repeat(20_000));
        let mut records = Records::open(&file[..]).unwrap();
        records.advance().unwrap();
        records.advance().unwrap();
        assert!(matches!(records.advance(), Err(FileError::RecordTooLong { line: 3 })));
    }

    #[test]
    fn a_file_that_ends_inside_quotation_marks_is_refused() {
        for cut in ["a,b\r\n1,\"2", "a,b\r\n\"1,2\r\n3,4\r\n", "a,b\n1,\"say \"\"", "a,b\n1,\"\x1a", "a,b\n\""] {
            assert!(matches!(lines(cut.as_bytes()), Err(FileError::OpenQuote { line: 2 })), "{cut:?}");
        }
        for whole in ["a,b\r\n1,\"2\"", "a,b\r\n1,2\"", "a,b\r\n1,\"\"", "a,b\r\n\"1\r\n\",2\r\n"] {
            assert_eq!(lines(whole.as_bytes()).unwrap().len(), 2, "{whole:?}");
        }
    }

    #[test]
    fn an_end_mark_that_went_through_a_spreadsheet_is_no_record() {
        for end in ["\x1a,,,,,\r\n", "\"\x1a\"\r\n", "\"\x1a\",\"\",\"\"\n", "\x1a\0\0\0", "\x1a\r\n  \t\0"] {
            assert_eq!(lines(format!("a,b\r\n1,2\r\n{end}").as_bytes()).unwrap().len(), 2, "{end:?}");
        }
    }

    #[test]
    fn ten_thousand_columns_are_refused() {
        let wide = vec![b','; 10_000];
        assert!(matches!(lines(&wide), Err(FileError::TooManyColumns { line: 1 })));
    }

    #[test]
    fn utf16_is_refused_with_and_without_its_mark() {
        for (bom, text) in [(&b""[..], "a,b\r\n"), (b"\xFF\xFE", "a,b\r\n"), (b"", "受付番号,受付日時\r\n")] {
            let body: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(matches!(lines(&[bom, &body].concat()), Err(FileError::Utf16)));
        }
    }

    proptest! {
        #[test]
        fn bytes_of_any_kind_are_read_or_refused(bytes in any::<Vec<u8>>()) {
            if let Ok(rows) = lines(&bytes) {
                let newlines = bytes.iter().filter(|b| **b == b'\n').count() as u64;
                prop_assert!(rows.iter().all(|(line, _)| (1..=newlines + 1).contains(line)));
            }
        }

        #[test]
        fn lines_only_grow(rows in proptest::collection::vec("[a-z\",\r\n]{0,8}", 0..20)) {
            if let Ok(rows) = lines(rows.join("\r\n").as_bytes()) {
                prop_assert!(rows.windows(2).all(|pair| pair[0].0 <= pair[1].0));
            }
        }
    }
}
