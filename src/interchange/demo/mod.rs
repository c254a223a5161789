//! A made-up society, written in the registry's, the portal's and the form's own formats.
//!
//! Deterministic: the same size gives the same bytes on every machine. The files under `assets/demo` are these, and a
//! test keeps them so. Members are written one family at a time, so a file of any size takes no memory.

mod dates;
mod draw;
mod employers;
mod events;
mod family;
mod members;
mod names;
mod record;
mod requests;
mod society;

pub use society::{INSURER, MEMBERS, SOCIETY};

use super::FileKind;
use std::io::{self, Write};

/// Writes one of the four files for a society of so many members. Portal events and requests are those of the first
/// [`MEMBERS`] members whatever the size: what a society of any size has open on one day.
pub fn write(kind: FileKind, members: u64, out: &mut impl Write) -> io::Result<()> {
    match kind {
        FileKind::Employers => employers::write(out),
        FileKind::Members => members::write(members, out),
        FileKind::PortalEvents => events::write(members.min(MEMBERS), out),
        FileKind::Requests => requests::write(members.min(MEMBERS), out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::{EmployerRow, MemberRow, PortalEventRow, RequestRow, Row, RowWarning, Seen, Table};
    use std::collections::HashSet;

    fn bytes(kind: FileKind, members: u64) -> Vec<u8> {
        let mut out = Vec::new();
        write(kind, members, &mut out).unwrap();
        out
    }

    fn rows<T: Row + std::fmt::Debug>(kind: FileKind, members: u64) -> (Vec<T>, Vec<RowWarning>) {
        let file = bytes(kind, members);
        let mut table = Table::<_, T>::open(&file[..]).unwrap();
        let (mut rows, mut warnings) = (Vec::new(), Vec::new());
        while let Some(entry) = table.advance().unwrap() {
            rows.push(entry.row.unwrap());
            warnings.extend(entry.warnings);
        }
        (rows, warnings)
    }

    /// To write them again after a change of the generator: `MYKEMPO_WRITE_DEMO=1 cargo test the_committed_demo_files`.
    #[test]
    fn the_committed_demo_files_are_what_the_generator_writes() {
        for kind in FileKind::ALL {
            let path = format!("{}/assets/demo/{}.csv", env!("CARGO_MANIFEST_DIR"), kind.code());
            let written = bytes(*kind, MEMBERS);
            if std::env::var_os("MYKEMPO_WRITE_DEMO").is_some() {
                std::fs::write(&path, &written).unwrap();
            }
            assert!(std::fs::read(&path).unwrap() == written, "{path} is not what the generator writes");
        }
    }

    #[test]
    fn every_row_of_the_demo_files_is_good_and_of_this_society() {
        let (employers, _) = rows::<EmployerRow>(FileKind::Employers, MEMBERS);
        let codes: HashSet<String> = employers.iter().map(|row| row.code.key().to_owned()).collect();
        assert_eq!((employers.len(), codes.len()), (40, 40));
        let (members, warnings) = rows::<MemberRow>(FileKind::Members, MEMBERS);
        assert_eq!(members.len(), 1_500);
        let mut seen = Seen::default();
        for row in &members {
            assert_eq!(row.insurer.as_str(), INSURER);
            assert!(row.employer.as_ref().is_none_or(|code| codes.contains(code.key())));
            assert!(seen.is_new(&row.key), "{}", row.key);
        }
        assert_eq!(warnings.iter().filter(|w| **w == RowWarning::UnprintableName).count(), 2);
        assert!(members.iter().any(|row| row.employer.is_none()), "voluntary continuation");
        assert!(members.iter().filter(|row| row.former.is_some()).count() > 5, "number changes");
        for hard in ["髙", "﨑", "濵", "德", "　ゴンザレス"] {
            assert!(members.iter().any(|row| row.name.contains(hard)), "{hard}");
        }
    }

    #[test]
    fn the_demo_events_and_requests_have_what_a_clerk_meets() {
        let (events, _) = rows::<PortalEventRow>(FileKind::PortalEvents, MEMBERS);
        assert!((400..1_200).contains(&events.len()), "{}", events.len());
        assert!(events.windows(2).all(|pair| pair[0].seq < pair[1].seq && pair[0].occurred_at <= pair[1].occurred_at));
        let (requests, _) = rows::<RequestRow>(FileKind::Requests, MEMBERS);
        assert!((24..=28).contains(&requests.len()), "{}", requests.len());
        let receipts: HashSet<&str> = requests.iter().map(|row| row.receipt.as_str()).collect();
        assert_eq!(receipts.len(), requests.len() - 1, "one came twice");
        assert!(requests.iter().any(|row| row.member.key.is_none()), "one without a usable key");
    }

    #[test]
    fn a_larger_society_has_as_many_members_as_asked_each_once() {
        let (members, _) = rows::<MemberRow>(FileKind::Members, 20_011);
        let mut seen = Seen::default();
        assert_eq!(members.len(), 20_011);
        assert!(members.iter().all(|row| seen.is_new(&row.key)));
    }
}
