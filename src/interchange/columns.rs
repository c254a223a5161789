//! [`columns!`] makes a kind of row of its columns: everything that is known of a column stands in one place.

/// Makes a kind of row, and how one is read, of rows
/// `field: Type = NAME "header" [code] [may lack][, NAME …] => parser;` in the order of the file. A field that is read
/// from several columns has them side by side.
///
/// `parser` is a function of the cells and the places of the columns. It notes what is wrong and gives nothing then. It
/// may use what the fields before it gave, by their names.
macro_rules! columns {
    (
        $(#[$meta:meta])*
        $vis:vis struct $row:ident {
            $(
                $(#[$doc:meta])*
                $field:ident: $type:ty =
                    $($name:ident $header:literal $($code:ident)? $([$presence:ident])?),+ => $parser:expr;
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $row {
            $($(#[doc = $header])+ $(#[$doc])* $vis $field: $type,)+
        }

        impl $row {
            $($(
                #[doc = $header]
                $vis const $name: $crate::interchange::Column = $crate::interchange::Column {
                    header: $header,
                    code: columns!(@code $($code)?),
                    presence: columns!(@presence $($presence)?),
                };
            )+)+
        }

        impl $crate::interchange::Row for $row {
            const COLUMNS: &'static [$crate::interchange::Column] = &[$($(Self::$name),+),+];

            fn parse(cells: &mut $crate::interchange::cells::Cells<'_>) -> Option<Self> {
                $(let $field: Option<$type> = cells.field([$(Self::$name),+], $parser);)+
                Some(Self { $($field: $field?),+ })
            }
        }
    };
    (@code) => { None };
    (@code $code:ident) => { Some($crate::interchange::RowCode::$code) };
    (@presence) => { $crate::interchange::Presence::Must };
    (@presence $presence:ident) => { $crate::interchange::Presence::$presence };
}

#[cfg(test)]
mod tests {
    use crate::interchange::cells::{Cells, parsed};
    use crate::interchange::{FileError, Row, RowCode, Table};

    columns! {
        /// A row of a file for these tests.
        struct Example {
            number: u32 = NUMBER "番号" BadKey => parsed(|text| text.parse().ok());
            both: String = FIRST "姓", SECOND "名" => |cells, [first, second]: [usize; 2]| {
                Some(format!("{}{}", cells.raw(first), cells.raw(second)))
            };
            twice: u32 = TWICE "二倍" BadKind => |cells: &mut Cells<'_>, at| {
                cells.parse(at, |text| text.parse().ok().filter(|twice| Some(*twice) == number.map(|n| 2 * n)))
            };
            new: String = NEW "新しい列" [May] => Cells::text;
        }
    }

    /// The first row, or its faults by column.
    type FirstRow = Result<Example, Vec<(&'static str, RowCode)>>;

    fn read(file: &str) -> Result<FirstRow, FileError> {
        let mut table = Table::<_, Example>::open(file.as_bytes())?;
        let row = table.advance()?.unwrap().row;
        Ok(row.map_err(|errors| errors.into_iter().map(|error| (error.column, error.code)).collect()))
    }

    #[test]
    fn a_field_is_read_from_its_columns_in_any_order() {
        let row = read("名,新しい列,二倍,番号,姓\n郎,x,4,2,太\n").unwrap().unwrap();
        assert_eq!(row, Example { number: 2, both: "太郎".into(), twice: 4, new: "x".into() });
        assert_eq!(Example::COLUMNS.len(), 5);
    }

    #[test]
    fn a_value_that_does_not_fit_has_the_code_of_its_column() {
        let errors = read("番号,姓,名,二倍,新しい列\nx,太,郎,3,\n").unwrap().unwrap_err();
        assert_eq!(errors, [("番号", RowCode::BadKey), ("二倍", RowCode::BadKind)]);
    }

    #[test]
    fn a_file_may_lack_a_new_column_and_no_other() {
        assert_eq!(read("番号,姓,名,二倍\n2,太,郎,4\n").unwrap().unwrap().new, "");
        let error = read("番号,姓,二倍,新しい列\n2,太,4,\n").unwrap_err();
        assert!(matches!(error, FileError::MissingColumns(missing) if missing == ["名"]));
        let error = read("番号,姓,名,二倍,新しい列,新しい列\n").unwrap_err();
        assert!(matches!(error, FileError::DuplicateColumn("新しい列")));
    }
}
