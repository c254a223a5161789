//! Files from and for other systems: decoding, records, columns, typed rows, reports, the credential feed.
//!
//! [`Source`] reads bytes and hashes them, [`Records`] cuts them into records with bounded memory, [`Table`] finds the
//! columns by their header names and gives typed rows. A file is refused as a whole ([`FileError`]) only where its
//! bytes cannot be trusted; a row that is wrong is given with line, column, value and code ([`RowError`]) while the
//! rest goes on. Nothing here knows a database: `unknown_employer`, `unknown_member`, `duplicate_row`, `stale_event`
//! and the society's own insurer number are the importer's to check.

mod cells;
mod column;
#[macro_use]
mod columns;
pub mod demo;
mod encoding;
mod error;
mod feed;
mod files;
mod header;
mod limits;
mod mail;
mod recognise;
mod records;
mod rejects;
mod report;
mod row_error;
mod rows;
mod seen;
mod sheet;
mod source;
mod table;

pub use column::{Column, Presence};
pub use encoding::Encoding;
pub use error::FileError;
pub use feed::{FEED_COLUMNS, FeedRow, FeedWriter};
pub use files::FileKind;
pub use limits::{MAX_COLUMNS, MAX_RECORD};
pub use mail::MailFile;
pub use recognise::{Unrecognised, recognise};
pub use records::{OwnedRecord, RawRecord, Records};
pub use rejects::RejectsWriter;
pub use report::Report;
pub use row_error::{RowCode, RowError, RowWarning};
pub use rows::{EmployerRow, MemberRow, PortalEventRow, RequestRow, TypedKey};
pub use seen::Seen;
pub use sheet::SheetWriter;
pub use source::{FileFacts, Source};
pub use table::{Entry, Row, Rows, Table};
