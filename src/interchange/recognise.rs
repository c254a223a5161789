//! Which of the four files one is, by its header.

use super::{EmployerRow, FileError, FileKind, MemberRow, PortalEventRow, RequestRow, Table};
use std::io::{self, Read};

/// Why a file is taken for none of the four.
#[derive(Debug)]
pub enum Unrecognised {
    /// The header fits none. The kind that it is nearest to, and what keeps it from being that.
    Neither(FileKind, FileError),
    /// The header fits several: its author must say which.
    Several(Vec<FileKind>),
}

/// Reads the header once for each kind.
pub fn recognise<R: Read>(open: impl Fn() -> io::Result<R>) -> Result<FileKind, Unrecognised> {
    let (mut fits, mut nearest) = (Vec::new(), None);
    for kind in FileKind::ALL.iter().copied() {
        let Err(fault) = open().map_err(FileError::from).and_then(|input| header(kind, input)) else {
            fits.push(kind);
            continue;
        };
        if nearest.as_ref().is_none_or(|(_, known)| lacks(&fault) < lacks(known)) {
            nearest = Some((kind, fault));
        }
    }
    match (fits.as_slice(), nearest) {
        ([kind], _) => Ok(*kind),
        ([], Some((kind, fault))) => Err(Unrecognised::Neither(kind, fault)),
        _ => Err(Unrecognised::Several(fits)),
    }
}

fn header<R: Read>(kind: FileKind, input: R) -> Result<(), FileError> {
    match kind {
        FileKind::Employers => Table::<R, EmployerRow>::open(input).map(drop),
        FileKind::Members => Table::<R, MemberRow>::open(input).map(drop),
        FileKind::PortalEvents => Table::<R, PortalEventRow>::open(input).map(drop),
        FileKind::Requests => Table::<R, RequestRow>::open(input).map(drop),
    }
}

/// How far a file is from a kind: what is wrong with the file itself is wrong for each.
fn lacks(fault: &FileError) -> usize {
    match fault {
        FileError::MissingColumns(names) => names.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::Row;

    fn of(bytes: &[u8]) -> Result<FileKind, Unrecognised> {
        recognise(|| Ok(bytes))
    }

    fn headers<T: Row>() -> String {
        T::headers().collect::<Vec<_>>().join(",")
    }

    #[test]
    fn each_kind_is_recognised_by_its_header_alone() {
        for (kind, header) in [
            (FileKind::Employers, headers::<EmployerRow>()),
            (FileKind::Members, headers::<MemberRow>()),
            (FileKind::PortalEvents, headers::<PortalEventRow>()),
            (FileKind::Requests, headers::<RequestRow>()),
        ] {
            assert_eq!(of(header.as_bytes()).unwrap(), kind);
            let cp932 = crate::interchange::Encoding::Cp932.encode(&header).into_owned();
            assert_eq!(of(&cp932).unwrap(), kind);
        }
    }

    #[test]
    fn a_header_of_two_kinds_is_taken_for_neither() {
        let mut columns: Vec<&str> = EmployerRow::headers().chain(MemberRow::headers()).collect();
        columns.sort_unstable();
        columns.dedup();
        let found = of(columns.join(",").as_bytes());
        let two = [FileKind::Employers, FileKind::Members];
        assert!(matches!(&found, Err(Unrecognised::Several(kinds)) if *kinds == two), "{found:?}");
    }

    #[test]
    fn what_is_no_file_of_ours_is_named_by_what_it_lacks() {
        let short = headers::<MemberRow>().rsplit_once(',').unwrap().0.to_owned();
        let short = short.split_once(',').unwrap().1.to_owned();
        let found = of(short.as_bytes());
        assert!(
            matches!(found, Err(Unrecognised::Neither(FileKind::Members, FileError::MissingColumns(_)))),
            "{found:?}"
        );
        assert!(matches!(of(b""), Err(Unrecognised::Neither(_, FileError::Empty))));
        assert!(matches!(of(b"a\0b"), Err(Unrecognised::Neither(_, FileError::Nul { .. }))));
    }
}
