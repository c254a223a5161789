//! The log as a file for a spreadsheet.

use super::AuditEntry;
use crate::interchange::{Encoding, SheetWriter};
use crate::text::{japan, plain_line};
use std::io::{self, Write};

/// Writes entries under the names of nine columns: number, time, staff, terminal, action, member, batch, facts, hash.
/// `facts` puts an entry into words. Times are Japan's; no cell can run as a formula.
pub fn sheet<W: Write>(
    out: W,
    columns: &[&str; 9],
    entries: &[AuditEntry],
    facts: impl Fn(&AuditEntry) -> String,
) -> io::Result<W> {
    let mut sheet = SheetWriter::new(out, Encoding::Utf8)?;
    sheet.row(columns)?;
    for entry in entries {
        let (seq, at) = (entry.seq.to_string(), japan::local(entry.at).format("%F %T").to_string());
        let [member, batch] = [&entry.member, &entry.batch].map(|text| text.as_deref().unwrap_or_default());
        let facts = facts(entry);
        let cells = [&seq, &at, &entry.staff, &entry.terminal, &entry.action, member, batch, &facts, &entry.hash];
        sheet.row(cells.map(|cell| plain_line(cell)))?;
    }
    sheet.finish()
}
