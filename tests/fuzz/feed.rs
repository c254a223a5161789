//! Reads bytes as a file of one kind, and checks what must hold of any bytes.

use super::subject::*;

/// Reads to the end or to the refusal; what was rejected must be writable and readable again.
fn read<T: Row>(bytes: &[u8], texts: impl Fn(&T) -> Vec<String>) {
    let Ok(mut table) = Table::<_, T>::open(bytes) else { return };
    let mut rejects = RejectsWriter::new(Vec::new(), table.encoding(), table.titles()).unwrap();
    let mut rejected = 0;
    while let Ok(Some(entry)) = table.advance() {
        match entry.row {
            Ok(row) => {
                for text in texts(&row) {
                    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
                    words(&text);
                }
            }
            Err(errors) => {
                assert!(errors.iter().all(|error| plain_line(&error.value) == error.value));
                rejects.write(table.raw(), &errors, "理由").unwrap();
                rejected += 1;
            }
        }
    }
    let written = rejects.finish().unwrap();
    let mut again = Table::<_, T>::open(&written[..]).unwrap();
    let mut rows = 0;
    while let Ok(Some(_)) = again.advance() {
        rows += 1;
    }
    assert_eq!(rows, rejected, "every rejected row is in the rejects file, once");
}

/// Dates, keys and search forms take any text; a search form is its own search form.
pub fn words(text: &str) {
    let _ = (widen(text), parse_date(text), parse_moment(text));
    let (kana, name) = (kana_key(text), name_key(text));
    assert_eq!(kana_key(&kana), kana, "{text:?}");
    assert_eq!(name_key(&name), name, "{text:?}");
    let mut parts = text.split(['-', ' ']);
    let mut next = || parts.next().unwrap_or_default();
    if let Ok(key) = MemberKey::parse(next(), next(), next()) {
        let shown = key.to_string();
        let mut again = shown.split('-');
        let mut next = || again.next().unwrap_or_default();
        assert_eq!(MemberKey::parse(next(), next(), next()).as_ref(), Ok(&key), "{text:?}");
    }
}

/// As a file of this kind.
pub fn feed(kind: FileKind, bytes: &[u8]) {
    match kind {
        FileKind::Employers => read::<EmployerRow>(bytes, |row| vec![row.name.clone(), row.address2.clone()]),
        FileKind::Members => read::<MemberRow>(bytes, |row| vec![row.name.clone(), row.kana.clone()]),
        FileKind::PortalEvents => read::<PortalEventRow>(bytes, |row| row.login_id.clone().into_iter().collect()),
        FileKind::Requests => {
            read::<RequestRow>(bytes, |row| vec![row.name.clone(), row.body.clone(), row.member.number.clone()])
        }
    }
}
