//! A row of a table as the importer compares and writes it, declared once: its struct, and every SQL text that names its
//! columns.

use super::copy::CopyText;
use chrono::NaiveDate;
use std::fmt::{Display, Write};

/// What a column holds.
pub(super) trait RecordField {
    /// The column as text on SQLite, `{}` for its name; NULL is empty.
    const SQLITE: &'static str;
    /// The same on PostgreSQL.
    const POSTGRES: &'static str;
    /// PostgreSQL's name of the type.
    const TYPE: &'static str;

    /// Appends the same text.
    fn write(&self, text: &mut String);

    /// Appends the value to a COPY.
    fn copy(&self, copy: &mut CopyText);
}

fn append(text: &mut String, value: impl Display) {
    // Writing into a String does not fail.
    let _ = write!(text, "{value}");
}

impl RecordField for String {
    const SQLITE: &'static str = "{}";
    const POSTGRES: &'static str = "{}";
    const TYPE: &'static str = "text";

    fn write(&self, text: &mut String) {
        text.push_str(self);
    }

    fn copy(&self, copy: &mut CopyText) {
        copy.text(Some(self));
    }
}

impl RecordField for Option<String> {
    const SQLITE: &'static str = "COALESCE({}, '')";
    const POSTGRES: &'static str = "COALESCE({}, '')";
    const TYPE: &'static str = "text";

    fn write(&self, text: &mut String) {
        text.push_str(self.as_deref().unwrap_or_default());
    }

    fn copy(&self, copy: &mut CopyText) {
        copy.text(self.as_deref());
    }
}

impl RecordField for NaiveDate {
    const SQLITE: &'static str = "{}";
    const POSTGRES: &'static str = "to_char({}, 'YYYY-MM-DD')";
    const TYPE: &'static str = "date";

    fn write(&self, text: &mut String) {
        append(text, self);
    }

    fn copy(&self, copy: &mut CopyText) {
        copy.date(Some(*self));
    }
}

impl RecordField for Option<NaiveDate> {
    const SQLITE: &'static str = "COALESCE({}, '')";
    const POSTGRES: &'static str = "COALESCE(to_char({}, 'YYYY-MM-DD'), '')";
    const TYPE: &'static str = "date";

    fn write(&self, text: &mut String) {
        self.iter().for_each(|date| append(text, date));
    }

    fn copy(&self, copy: &mut CopyText) {
        copy.date(*self);
    }
}

impl RecordField for Option<i64> {
    const SQLITE: &'static str = "COALESCE({}, '')";
    const POSTGRES: &'static str = "COALESCE({}::text, '')";
    const TYPE: &'static str = "bigint";

    fn write(&self, text: &mut String) {
        self.iter().for_each(|number| append(text, number));
    }

    fn copy(&self, copy: &mut CopyText) {
        copy.number(*self);
    }
}

impl RecordField for bool {
    const SQLITE: &'static str = "{}";
    const POSTGRES: &'static str = "{}::int";
    const TYPE: &'static str = "boolean";

    fn write(&self, text: &mut String) {
        text.push(if *self { '1' } else { '0' });
    }

    fn copy(&self, copy: &mut CopyText) {
        copy.truth(*self);
    }
}

/// Between two fields of a content; no field has it, because control characters never come in.
pub(super) const BETWEEN: char = '\u{1F}';

/// A column's name, and what [`RecordField`] says of its type.
pub(super) struct RecordColumn {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    of_type: &'static str,
}

impl RecordColumn {
    pub(super) const fn of<T: RecordField>(name: &'static str) -> Self {
        Self { name, sqlite: T::SQLITE, postgres: T::POSTGRES, of_type: T::TYPE }
    }
}

/// The columns of a table: those of the key, and the others.
pub(super) struct Columns {
    pub(super) keys: &'static [RecordColumn],
    pub(super) others: &'static [RecordColumn],
}

impl Columns {
    /// `symbol, number, …`, the key first.
    pub(super) fn names(&self) -> String {
        self.join(", ", |column| column.name.to_owned())
    }

    /// The expressions that make one text of a row, which is the record's `content`: on SQLite and on PostgreSQL.
    pub(super) fn content(&self) -> [String; 2] {
        let sqlite = self.join(" || char(31) || ", |column| column.sqlite.replace("{}", column.name));
        let postgres = self.join(", ", |column| column.postgres.replace("{}", column.name));
        [format!("{sqlite} || char(31)"), format!("concat_ws(chr(31), {postgres}, '')")]
    }

    /// An UPDATE of the columns that are no key, of many rows: `$1` is a JSON list of records with their `id`, `$2` the
    /// number of the import.
    pub(super) fn update(&self, table: &str) -> [String; 2] {
        let each = |text: &dyn Fn(&RecordColumn) -> String| self.others.iter().map(text).collect::<Vec<_>>().join(", ");
        let assigned = each(&|column| format!("{0} = j.{0}", column.name));
        let read = each(&|column| format!("value ->> '{0}' AS {0}", column.name));
        let typed = each(&|column| format!("{} {}", column.name, column.of_type));
        let from = |source: String| {
            format!("UPDATE {table} SET run_id = $2, {assigned} FROM {source} j WHERE {table}.id = j.id")
        };
        let of_postgres = format!(
            "UPDATE {table} SET run_id = $2, {assigned} FROM json_to_recordset($1::json)
             AS j (id bigint, {typed}) WHERE {table}.id = j.id"
        );
        [from(format!("(SELECT value ->> 'id' AS id, {read} FROM json_each($1))")), of_postgres]
    }

    fn join(&self, between: &str, each: impl Fn(&RecordColumn) -> String) -> String {
        self.keys.iter().chain(self.others).map(each).collect::<Vec<_>>().join(between)
    }
}

/// Declares a record: from one list of fields its struct, its [`Columns`], and the ways in which its values go to the
/// database, always in the same order.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $record:ident {
            key { $($(#[$key_doc:meta])* $key:ident: $key_type:ty,)+ }
            $($(#[$doc:meta])* $field:ident: $type:ty,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
        pub struct $record {
            $($(#[$key_doc])* pub $key: $key_type,)+
            $($(#[$doc])* pub $field: $type,)+
        }

        impl $record {
            const COLUMNS: Columns = Columns {
                keys: &[$(RecordColumn::of::<$key_type>(stringify!($key))),+],
                others: &[$(RecordColumn::of::<$type>(stringify!($field))),+],
            };

            /// Every field in one text, the key first: what the database makes of the row, too.
            pub fn content(&self) -> String {
                let mut text = String::with_capacity(256);
                $(self.$key.write(&mut text); text.push(BETWEEN);)+
                $(self.$field.write(&mut text); text.push(BETWEEN);)+
                text
            }

            fn copy(&self, copy: &mut CopyText) {
                $(self.$key.copy(copy);)+
                $(self.$field.copy(copy);)+
            }

            fn push(&self, row: &mut Separated<'_, Sqlite, &'static str>) {
                $(row.push_bind(&self.$key);)+
                $(row.push_bind(&self.$field);)+
            }
        }
    };
}
pub(super) use record;
