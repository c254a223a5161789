//! The log as a file for a spreadsheet.

use super::{AuditEntry, AuditRoute};
use crate::interchange::{Encoding, SheetWriter};
use crate::text::{japan, plain_line};
use std::io::{self, Write};

/// A file with one row for each entry.
#[derive(Debug)]
pub struct AuditSheet<W: Write>(SheetWriter<W>);

impl<W: Write> AuditSheet<W> {
    /// Begins a file with the names of nine columns: number, time, staff, terminal, action, member, batch, facts, hash.
    pub fn new(out: W, columns: &[&str; 9]) -> io::Result<Self> {
        let mut sheet = SheetWriter::new(out, Encoding::Utf8)?;
        sheet.row(columns)?;
        Ok(Self(sheet))
    }

    /// Writes entries; `facts` puts one into words. Times are Japan's; no cell can run as a formula.
    pub fn write(&mut self, entries: &[AuditEntry], facts: impl Fn(&AuditEntry) -> String) -> io::Result<()> {
        for entry in entries {
            let (seq, at) = (entry.seq.to_string(), japan::local(entry.at).format("%F %T").to_string());
            let [member, batch] = [&entry.member, &entry.batch].map(|text| text.as_deref().unwrap_or_default());
            let facts = facts(entry);
            let cells = [&seq, &at, &entry.staff, &entry.terminal, &entry.action, member, batch, &facts, &entry.hash];
            self.0.row(cells.map(|cell| plain_line(cell)))?;
        }
        Ok(())
    }

    /// Writes where cards were approved to go; `facts` puts that into words. They are rows without a number and a hash: the
    /// log names what was approved by its digest.
    pub fn write_routes(&mut self, routes: &[AuditRoute], facts: impl Fn(&AuditRoute) -> String) -> io::Result<()> {
        for route in routes {
            let card = &route.approved;
            let at = japan::local(card.approved_at).format("%F %T").to_string();
            let (batch, facts) = (card.batch.to_string(), facts(route));
            let by = route.approved_by.as_deref().unwrap_or_default();
            let cells = ["", &at, by, "", "card_route", &card.member, &batch, &facts, ""];
            self.0.row(cells.map(|cell| plain_line(cell)))?;
        }
        Ok(())
    }

    /// Flushes and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}
