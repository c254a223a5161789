//! A file as typed rows, one at a time.

use super::cells::Cells;
use super::header::Header;
use super::records::encoding_of;
use super::{Column, Encoding, FileError, FileFacts, RawRecord, Records, RowCode, RowError, RowWarning};
use std::io::Read;
use std::marker::PhantomData;
use std::sync::Arc;

/// A kind of row: its columns, and how its cells become one.
pub trait Row: Sized {
    /// In the sender's order.
    const COLUMNS: &'static [Column];

    /// Understands the cells. Every fault is noted in `cells`, not only the first.
    fn parse(cells: &mut Cells<'_>) -> Option<Self>;

    /// Names of the columns.
    fn headers() -> impl Iterator<Item = &'static str> {
        Self::COLUMNS.iter().map(|column| column.header)
    }
}

/// A file of rows.
#[derive(Debug)]
pub struct Table<R, T> {
    records: Records<R>,
    titles: Vec<Vec<u8>>,
    rows: Rows<T>,
}

/// How a file's records become rows, apart from the file: a record that was kept can be understood again.
#[derive(Debug)]
pub struct Rows<T> {
    encoding: Encoding,
    header: Arc<Header>,
    row: PhantomData<fn() -> T>,
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Self { encoding: self.encoding, header: self.header.clone(), row: PhantomData }
    }
}

impl<T: Row> Rows<T> {
    /// Understands a record.
    pub fn understand(&self, record: RawRecord<'_>) -> Result<Entry<T>, FileError> {
        let line = record.line();
        if record.len() != self.header.width() {
            let counted = format!("{}", record.len());
            let error = RowError::new(line, "", &counted, RowCode::ColumnCount);
            return Ok(Entry { line, row: Err(vec![error]), warnings: Vec::new() });
        }
        let mut cells = Cells::decode(record, self.encoding, &self.header, T::COLUMNS)?;
        let row = T::parse(&mut cells);
        let (errors, warnings) = cells.finish();
        let row = if errors.is_empty() { row.ok_or(errors) } else { Err(errors) };
        Ok(Entry { line, row, warnings })
    }
}

/// One row of the file.
#[derive(Debug)]
pub struct Entry<T> {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The row, or everything that is wrong with it.
    pub row: Result<T, Vec<RowError>>,
    /// What is worth a look, whether the row was accepted or not.
    pub warnings: Vec<RowWarning>,
}

impl<R: Read, T: Row> Table<R, T> {
    /// Reads the header: tells the encoding and finds the columns.
    pub fn open(input: R) -> Result<Self, FileError> {
        let mut records = Records::open(input)?;
        let Some(first) = records.advance()? else { return Err(FileError::Empty) };
        let encoding = encoding_of(first);
        let header = Header::read(first, encoding, T::COLUMNS)?;
        let titles = first.fields().map(<[u8]>::to_vec).collect();
        Ok(Self { records, titles, rows: Rows { encoding, header: Arc::new(header), row: PhantomData } })
    }

    /// The next row, or nothing at the end of the file. Blank rows, which spreadsheets leave behind, are no rows.
    pub fn advance(&mut self) -> Result<Option<Entry<T>>, FileError> {
        let record = loop {
            match self.records.advance()? {
                None => return Ok(None),
                Some(record) if is_blank(record, self.rows.encoding) => {}
                Some(_) => break self.records.current(),
            }
        };
        self.rows.understand(record).map(Some)
    }

    /// How its records become rows.
    pub fn rows(&self) -> Rows<T> {
        self.rows.clone()
    }

    /// The row last given, as it stands in the file.
    pub fn raw(&self) -> RawRecord<'_> {
        self.records.current()
    }

    /// The header as it stands in the file.
    pub fn titles(&self) -> &[Vec<u8>] {
        &self.titles
    }

    /// How the file is written.
    pub fn encoding(&self) -> Encoding {
        self.rows.encoding
    }

    /// Columns that were ignored.
    pub fn ignored(&self) -> &[String] {
        self.rows.header.unknown()
    }

    /// Bytes read so far, for a progress bar.
    pub fn bytes(&self) -> u64 {
        self.records.bytes()
    }

    /// Hash and length of what was read.
    pub fn facts(self) -> FileFacts {
        self.records.facts()
    }
}

/// Whether nothing but space stands in any cell.
fn is_blank(record: RawRecord<'_>, encoding: Encoding) -> bool {
    record.fields().all(|cell| encoding.decode(cell).is_some_and(|text| text.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::{EmployerRow, RejectsWriter};

    const HEADER: &str = "事業所記号,名称カナ,名称,郵便番号,住所1,住所2,電話,担当部署,担当者,適用日,全喪日";

    fn open(file: &[u8]) -> Result<Table<&[u8], EmployerRow>, FileError> {
        Table::open(file)
    }

    #[test]
    fn columns_are_found_in_any_order_unknown_ones_are_named() {
        let shuffled = "備考,全喪日,適用日,担当者,担当部署,電話,住所２, 住所１ ,郵便番号,名称,名称ｶﾅ,事業所記号\r\n,,,,,,,東京都,,北斗,ﾎｸﾄ,101\r\n";
        let mut table = open(shuffled.as_bytes()).unwrap();
        assert_eq!(table.ignored(), ["備考"]);
        let row = table.advance().unwrap().unwrap().row.unwrap();
        assert_eq!((row.code.key(), row.address1.as_str(), row.kana.as_str()), ("101", "東京都", "ホクト"));
    }

    #[test]
    fn a_missing_column_and_a_doubled_one_refuse_the_file() {
        assert!(
            matches!(open("事業所記号,名称".as_bytes()), Err(FileError::MissingColumns(names)) if names.len() == 9)
        );
        let doubled = format!("{HEADER},名称\r\n");
        assert!(matches!(open(doubled.as_bytes()), Err(FileError::DuplicateColumn("名称"))));
        assert!(matches!(open(b""), Err(FileError::Empty)));
    }

    #[test]
    fn both_encodings_are_told_by_the_header_with_and_without_mark() {
        let text = format!("{HEADER}\r\n101,ﾎｸﾄ,髙﨑,,東京都,,,,,,\r\n\x1a");
        let cp932 = Encoding::Cp932.encode(&text).into_owned();
        let marked = format!("\u{FEFF}{text}");
        for (bytes, encoding) in
            [(&cp932[..], Encoding::Cp932), (text.as_bytes(), Encoding::Utf8), (marked.as_bytes(), Encoding::Utf8)]
        {
            let mut table = open(bytes).unwrap();
            assert_eq!(table.encoding(), encoding);
            assert_eq!(table.advance().unwrap().unwrap().row.unwrap().name, "髙﨑");
            assert!(table.advance().unwrap().is_none());
        }
    }

    #[test]
    fn a_cut_character_refuses_the_file_and_names_line_and_column() {
        let mut bytes = Encoding::Cp932.encode(&format!("{HEADER}\r\n101,ﾎｸﾄ,北")).into_owned();
        bytes.pop();
        bytes.extend(b",,,,,,,,\r\n");
        let error = open(&bytes).unwrap().advance().unwrap_err();
        assert!(matches!(error, FileError::Undecodable { line: 2, ref column, .. } if column == "名称"), "{error}");
    }

    #[test]
    fn corrected_rejects_file_imports_without_doubling_columns() {
        let file = format!("{HEADER}\r\n0101,ﾎｸﾄ,北斗,12,=1+1,\"a\r\nb\",,,,,\r\n");
        let bytes = Encoding::Cp932.encode(&file).into_owned();
        let rejects = |bytes: &[u8]| {
            let mut table = open(bytes).unwrap();
            let mut writer = RejectsWriter::new(Vec::new(), table.encoding(), table.titles()).unwrap();
            let errors = table.advance().unwrap().unwrap().row.unwrap_err();
            writer.write(table.raw(), &errors, "郵便番号が7桁ではありません。").unwrap();
            writer.finish().unwrap()
        };
        let first = rejects(&bytes);
        let shown = Encoding::Cp932.decode(&first).unwrap().into_owned();
        assert!(shown.starts_with(&format!("{HEADER},元の行,エラーコード,理由\r\n'0101,")), "{shown}");
        assert!(shown.ends_with(",2,bad_postcode,郵便番号が7桁ではありません。\r\n"), "{shown}");
        let second = rejects(&first);
        assert_eq!(Encoding::Cp932.decode(&second).unwrap().matches("エラーコード").count(), 1);
        let mended = Encoding::Cp932.encode(&shown.replace(",12,", ",'0100012,")).into_owned();
        let row = open(&mended).unwrap().advance().unwrap().unwrap().row.unwrap();
        assert_eq!(
            (row.code.shown(), row.postcode.as_deref(), row.address1.as_str()),
            ("0101", Some("0100012"), "=1+1")
        );
    }

    #[test]
    fn blank_rows_that_a_spreadsheet_leaves_are_no_rows() {
        let text = format!("{HEADER}\r\n,,,,,,,,,,\r\n101,ﾎｸﾄ,北斗,,,,,,,,\r\n,,　,,\r\n \r\n,,,,,,,,,,,,,\r\n");
        for bytes in [text.as_bytes(), &Encoding::Cp932.encode(&text)] {
            let mut table = open(bytes).unwrap();
            let first = table.advance().unwrap().unwrap();
            assert_eq!((first.line, first.row.is_ok()), (3, true));
            assert!(table.advance().unwrap().is_none());
        }
    }

    #[test]
    fn the_facts_of_a_file_are_its_hash_and_length() {
        let mut table = open(HEADER.as_bytes()).unwrap();
        assert!(table.advance().unwrap().is_none());
        let facts = table.facts();
        assert_eq!((facts.bytes, facts.sha256.len()), (HEADER.len() as u64, 64));
    }
}
